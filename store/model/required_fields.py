"""Which fields a record needs, may lose, and holds as one line of text: asked by every face."""

from __future__ import annotations

NEEDED = ("title", "visit", "by", "to")
"""The fields that whoever enters a commitment has to give; the others have a default or may be missing."""

ALWAYS_THERE = {
    "commitments": ("title", "visit", "kind", "by", "to", "owner"),
    "visits": ("slug", "title", "place", "start", "end"),
    "parties": ("name",),
}
"""Table -> the fields of its records that can be changed but not removed."""

CLEARABLE = ("via", "support", "quote", "source", "words", "after")
"""The fields of a commitment that an edit may clear, as the parameters of `edit`."""

VISIT_DETAILS = ("delegation", "programme", "donor")
"""The texts of a visit that may be missing."""

VISIT_TEXTS = ("title", "place", *VISIT_DETAILS)
"""All texts of a visit but its slug."""
