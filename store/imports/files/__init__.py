"""Read a file of any format, in a limited child process, into a grid of cells."""
