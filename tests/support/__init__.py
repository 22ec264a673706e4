"""What tests, torture and benchmarks share; `make golden` and the fixtures stand on it."""
