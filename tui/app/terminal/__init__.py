"""Between the app and its terminal: whether it can run there, what it writes and reads, how it is left."""
