"""Upgrades of older file formats: one step from each version to the next.

Whoever changes the format raises `VERSION` and puts the step from the old number here; the strict reader takes all the
steps it needs, and the next change of the store writes it in today's format. There is no older format yet.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Document = dict[str, Any]
    """The parsed JSON of a file, before anything of it was checked but `_meta`'s number of the format."""

UPGRADES: dict[int, Callable[[Document], Document]] = {}
"""Version -> the function that turns its document into one of the next version, in place or not."""


def upgraded(document: Document) -> Document:
    """Upgrade a document to the current format; one without a step is returned unchanged."""
    while (meta := _meta_of(document)) and (step := UPGRADES.get(meta["schema"])):
        version = meta["schema"] + 1
        document = step(document)
        document["_meta"]["1"]["schema"] = version
    return document


def _meta_of(document: Document) -> Document | None:
    """The `_meta` record of a document, if it has one with a version."""
    table = document.get("_meta")
    meta = table.get("1") if isinstance(table, dict) else None
    return meta if isinstance(meta, dict) and type(meta.get("schema")) is int else None
