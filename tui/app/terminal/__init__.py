"""The terminal of the app: driver, output by differences, input, signals, and restoring it at exit."""
