"""Map the columns of a list to fields, by headings, cells and answers."""
