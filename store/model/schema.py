"""The format of a store's file: its name, its version, its tables."""

FORMAT = "followup"
VERSION = 1
"""Raised when an older program could not read what a newer one writes."""

TABLES = ("visits", "parties", "commitments", "events")
"""The tables in the order in which they stand in the file, after `_meta`."""

HEADS = {
    "visits": ("id", "slug", "end"),
    "commitments": ("id", "state", "visit", "due", "news_on", "chase_on", "after"),
}
"""Table -> the fields with which its lines start, all that it takes to count: texts but for the first and the last."""
