"""Everything that speaks to a terminal."""
