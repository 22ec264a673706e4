"""What the user answered on a list, as it is typed, and what is kept of it for the next list with these headings."""
