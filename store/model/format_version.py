"""The format of a store's file: its name, its version, its tables."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from store.model.record_types import Meta, Settings

FORMAT = "followup"
VERSION = 1
"""The version of the format: increase it when older programs could not read the new one."""

TABLES = ("visits", "parties", "commitments", "events")
"""The tables in the order of the file, after `_meta`."""

KEY_OF_TABLE: dict[str, Literal["id", "visit", "party"]] = {"commitments": "id", "visits": "visit", "parties": "party"}
"""Table -> the key under which an event names the number of the record that it changed."""

HEADS = {
    "visits": ("id", "slug", "end", "aside"),
    "commitments": ("id", "state", "visit", "due", "news_on", "chase_on", "after"),
}
"""Table -> the first fields of its lines, enough for counting: all texts but the first and the last."""

BETWEEN = b",\n"
"""The separator of records, and of tables."""

HEAD_ENDS = b',"title":'
"""What stands behind the HEADS fields of a line. It cannot stand in a text, where a quotation mark has a backslash
before it."""


def first_meta(settings: Settings) -> Meta:
    """The `_meta` of an empty store."""
    return {
        "format": FORMAT,
        "schema": VERSION,
        "revision": 1,
        "next": dict.fromkeys(TABLES, 1),
        "settings": settings,
    }
