"""Apply parsed rows to the store as one change: match each to a commitment, add or update it, note what is left."""
