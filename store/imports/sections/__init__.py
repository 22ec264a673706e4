"""Lines between the rows that are no rows: titles of sections, totals, notes; and what such a title says of its rows."""
