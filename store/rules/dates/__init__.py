"""Dates in words: a phrase -> its last day."""
