"""Parse the lines of a list into rows of values, and the problems of bad rows."""
