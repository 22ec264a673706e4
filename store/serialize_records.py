"""Serialises records to lines, `"7":{...}`, the same in every store; fields read first come first."""

from __future__ import annotations

from store.errors import StoreUnusable
from store.model.format_version import BETWEEN, HEADS
from store.quick_json import dumps, loads
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    _Numbered = Sequence[tuple[int, Mapping[str, object]]]
    _Orders = dict[tuple[str, ...], bool]  # The names of a record -> whether they stand as in a line.

LEADING = {
    **{table: (*fields, "title") for table, fields in HEADS.items()},
    # `action` is in every event, so that the number before it always has a comma behind it to be searched with.
    "events": ("seq", "change", "at", "day", "who", "id", "visit", "party", "action"),
}
"""Table -> the fields with which its lines start, in this order."""

_AT_ONCE = 64
"""The number of records that are verified together."""


def _ordered(table: str, record: Mapping[str, object], orders: _Orders) -> Mapping[str, object]:
    """The record with its leading fields first; most are in order already, and copying them takes time."""
    names = tuple(record)
    is_in_order = orders.get(names)
    if is_in_order is None:
        first = tuple([name for name in LEADING.get(table, ()) if name in record])
        is_in_order = orders[names] = names[: len(first)] == first
    if is_in_order:
        return record
    return {**{name: record[name] for name in LEADING[table] if name in record}, **record}


def _encoded(table: str, records: _Numbered, orders: _Orders) -> bytes:
    """Encode records as lines."""
    lines = [f'"{number}":{dumps(_ordered(table, record, orders), is_for_file=True)}' for number, record in records]
    # A lone surrogate (half of a character, as some programs write it) stands in the file as JSON escapes it: \ud800.
    return BETWEEN.decode().join(lines).encode("utf-8", "backslashreplace")


def encode_lines(table: str, records: _Numbered) -> Iterator[bytes]:
    """The lines of records with their separators, verified by parsing them again.

    Raises: StoreUnusable when a record reads back differently.
    """
    orders: _Orders = {}
    for start in range(0, len(records), _AT_ONCE):
        some = records[start : start + _AT_ONCE]
        lines = _encoded(table, some, orders)
        # Parsed together: the keys that they share are created once, which saves a third of the time.
        for (number, record), back in zip(some, loads(b"{%b}" % lines).values(), strict=True):
            if back != record:
                sentence = tr("record {number} does not survive being written; nothing was changed", number=number)
                raise StoreUnusable(sentence, code="store.reads-back-otherwise")
        yield BETWEEN + lines if start else lines


def parts_naming(visits: Iterable[str], parties: Iterable[str], numbers: Iterable[int]) -> list[bytes]:
    """Parts of lines: that of a commitment which names one of these visits (by slug), parties or commitments holds one.

    Those of others may hold one as well.
    """
    texts = [f'"visit":{dumps(slug, is_for_file=True)}' for slug in visits]
    texts += [dumps(name, is_for_file=True) for name in parties]
    texts += [f'"{key}":{number}' for number in numbers for key in ("after", "by_id")]
    return [text.encode("utf-8", "backslashreplace") for text in texts]
