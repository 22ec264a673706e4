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

VISIT_DETAILS = ("delegation", "programme", "donor", "grant", "contact")
"""The texts of a visit that may be missing."""

VISIT_TEXTS = ("title", "place", *VISIT_DETAILS)
"""All texts of a visit but its slug."""

OF_ALL_VISITS = ("programme", "grant", "contact")
"""The texts of a visit that a store may have once for all visits: those of a visit without its own."""

PAPER_SETTINGS = ("office", *OF_ALL_VISITS)
"""The settings of a store that stand on the first page of a report."""
