"""Sharing: what many records say alike is kept once, for a snapshot that stays in memory."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

_INSTANT = len("2023-03-31T08:00:00Z")
"""Letters of an instant. Hardly two records have one in common, and to remember them all would take more."""

_LISTS = frozenset({"by", "to", "support"})
"""The fields that hold lists of names."""


def shared(records: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The records, each changed in place before the next one is asked for: texts and lists of names that are equal
    become one object, so that the others' memory is free for the next record.
    """
    known: dict[object, Any] = {}
    share = known.setdefault
    for record in records:
        for name, value in record.items():
            if type(value) is str:
                if len(value) != _INSTANT:
                    record[name] = share(value, value)
            elif name in _LISTS:
                record[name] = share(tuple(value), value)
        yield record
