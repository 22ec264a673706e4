"""The query language: text -> a query -> the rows it matches."""
