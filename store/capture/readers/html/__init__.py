"""Reads a page without what its tags and its styles hide."""
