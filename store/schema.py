"""The format of a store's file: its name, its version, its tables."""

FORMAT = "followup"
VERSION = 1
"""Raised when an older program could not read what a newer one writes."""

TABLES = ("visits", "parties", "commitments", "events")
"""The tables in the order in which they stand in the file, after `_meta`."""

HEAD = ("id", "state", "visit", "due", "news_on", "chase_on", "after")
"""The fields with which the line of a commitment starts: all that it takes to count it."""


def is_whole(meta: object) -> bool:
    """Whether a `_meta` of this version holds all it must, as `store.validation` says in full."""
    if not isinstance(meta, dict):
        return False
    settings, following = meta.get("settings"), meta.get("next")
    if not isinstance(settings, dict) or not isinstance(following, dict):
        return False
    numbers = [meta.get("revision"), *(following.get(name) for name in TABLES), settings.get("silent_after", 1)]
    texts = [meta.get("crc32"), settings.get("timezone", "")]
    return (
        all(type(number) is int and number > 0 for number in numbers)
        and all(isinstance(text, str) for text in texts)
        and type(meta.get("events_at")) is int
    )
