"""Write documents and commitments in the formats of other programs. One module a format, loaded when needed."""
