"""How older formats of the file are read: a step for each, which turns it into the next one.

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
"""Number of a format -> what turns a document of it into one of the next number; it may change the one it is given."""


def upgraded(document: Document) -> Document:
    """The document in today's format; one whose format has no step, such as today's, as it is."""
    while (meta := _meta_of(document)) and (step := UPGRADES.get(meta["schema"])):
        version = meta["schema"] + 1
        document = step(document)
        document["_meta"]["1"]["schema"] = version
    return document


def _meta_of(document: Document) -> Document | None:
    """The `_meta` of a document, if it has one that tells the number of its format."""
    table = document.get("_meta")
    meta = table.get("1") if isinstance(table, dict) else None
    return meta if isinstance(meta, dict) and type(meta.get("schema")) is int else None
