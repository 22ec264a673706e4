"""Parse the dates of a list: in words, in figures, in columns of months; tell the day from the month."""
