"""The format of a store's file: its name, its version, its tables."""

FORMAT = "followup"
VERSION = 1
"""Raised when an older program could not read what a newer one writes."""

TABLES = ("visits", "parties", "commitments", "events")
"""The tables in the order in which they stand in the file, after `_meta`."""

HEAD = ("id", "state", "visit", "due", "news_on", "chase_on", "after")
"""The fields with which the line of a commitment starts: all that it takes to count it."""
