"""Parse the names of parties in cells: one or several, placeholders, persons and posts; match them to parties."""
