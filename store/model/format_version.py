"""The format of a store's file: its name, its version, its tables."""

FORMAT = "followup"
VERSION = 1
"""The version of the format: increase it when older programs could not read the new one."""

TABLES = ("visits", "parties", "commitments", "events")
"""The tables in the order of the file, after `_meta`."""

HEADS = {
    "visits": ("id", "slug", "end", "aside"),
    "commitments": ("id", "state", "visit", "due", "news_on", "chase_on", "after"),
}
"""Table -> the first fields of its lines, enough for counting: all texts but the first and the last."""
