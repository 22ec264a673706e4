"""Import lists of other programs: read a file, parse its rows, match them to commitments, apply them as one change."""
