"""Lines that are no rows of a list: titles of sections, totals, notes; and what such a title says of its rows."""
