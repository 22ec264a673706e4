"""The words and the record types of a store."""
