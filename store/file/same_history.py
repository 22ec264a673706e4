"""Whether a file among the copies of a store is one of this store: by the history in it.

Whoever may change a store can put any file there, also a private store of somebody else, under the name of a copy.
"""

from __future__ import annotations

import json
import os

from store.errors import StoreUnusable
from store.file.layout import header
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from store.file.quick_reader import StoreImage

_PIECE = 1 << 20
"""Bytes that are read at once."""

_BEGINS = b"\n" + header("events")


def refuse_another_history(copy: StoreImage, of_store: Any, of_copies: Sequence[Any]) -> None:
    """Refuse a copy that begins unlike the store and two copies, or either; `of_store` and `of_copies` are the first
    events of the store and of the other copies, None where unknown.

    One without a record, or into which a whole store was imported, begins anew. Raises: StoreUnusable.
    """
    beginning = next(copy.records("events"), None)
    others = [event for event in (of_store, *of_copies) if event is not None]
    if beginning in others:
        return
    # What another single copy holds says nothing: it may be the one that somebody put there.
    is_known = of_store is not None or any(others.count(event) > 1 for event in others)
    if not is_known or _is_empty(copy) or any(map(_is_import_of_store, copy.records("events"))):
        return
    sentence = tr("its history is neither that of the store nor that of another copy")
    raise StoreUnusable(sentence, code="copy.of-another-store")


def beginning_of(store: int) -> Any:
    """The first event in an open file, which may be damaged; None where unreadable."""
    text = b""
    while (start := text.find(_BEGINS)) < 0:
        piece = os.read(store, _PIECE)
        if not piece:
            return None
        text = text[-len(_BEGINS) :] + piece
    line = text[start + len(_BEGINS) :]
    while b"\n" not in line and len(line) < _PIECE and (piece := os.read(store, _PIECE)):
        line += piece
    try:
        event = json.loads(b"{%b}" % line.partition(b"\n")[0].rstrip(b","))
        return next(iter(event.values()), None)
    except (ValueError, AttributeError, RecursionError):
        return None


def is_part_of(copy: StoreImage, store: StoreImage) -> bool:
    """Whether a store holds all of the history of a copy, so that its readers may read the copy."""
    recorded = store.table("events")
    own = list(copy.records("events"))
    return (bool(own) or _is_empty(copy)) and all(recorded.get(event["seq"]) == event for event in own)


def goes_on_from(store: StoreImage, copy: StoreImage) -> bool:
    """Whether a store holds a history that begins with all of that of a copy, which has one."""
    return next(copy.records("events"), None) is not None and is_part_of(copy, store)


def _is_empty(copy: StoreImage) -> bool:
    return not any(next(copy.records(name), None) for name in ("visits", "parties", "commitments"))


def _is_import_of_store(event: Any) -> bool:
    is_event = isinstance(event, dict)  # The history of a copy may not have been validated.
    return is_event and event.get("action") == "import" and "imported" in event and "id" not in event
