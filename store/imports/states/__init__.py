"""Parse where a promise stands: words, shares of what is done, yes and no; find the columns that say it."""
