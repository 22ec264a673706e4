"""How quick the program is, as ratios to floors measured in the same run: `make bench`."""
