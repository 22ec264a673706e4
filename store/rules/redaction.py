"""Redaction: what is left of a commitment and its history when a passage is taken out of all fields of text.

Source: docs/rules.md, Events and undo.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol

    from store.model.record_types import Event

    class Records(Protocol):
        """Where the records of a store, or of a copy of one, are read from."""

        def record(self, name: str, number: int) -> Any: ...
        def records_with(self, name: str, needle: bytes) -> Iterable[Any]: ...


_TEXTS = frozenset(
    {
        "title",
        "quote",
        "source",
        "source_id",
        "imported",
        "due_words",
        "miss_reason",
        "owner",
        "kind",
        "note",
        "reason",
        "evidence",
        "letter",
        "asked_by",
        "agreed_by",
    }
)
"""The fields in which people write what they like, wherever they stand in a record or an event."""

_NAMES = frozenset({"by", "to", "via", "support"})
"""The fields that hold names of parties, which belong to other commitments as well."""


def redacted(value: Any, passage: str, mark: str, name: str = "") -> Any:
    """The value with `mark` in the place of the passage in every field of text, however deep."""
    if isinstance(value, dict):
        return {key: redacted(item, passage, mark, key) for key, item in value.items()}
    if isinstance(value, list):
        return [redacted(item, passage, mark, name) for item in value]
    if isinstance(value, str) and name in _TEXTS:
        return value.replace(passage, mark)
    return value


def party_field_with(events: Iterable[Event], passage: str) -> str | None:
    """The first field of these events in which the passage stands in the name of a party; None when in none."""
    for event in events:
        for field, pair in event.get("fields", {}).items():
            if field not in _NAMES and not (isinstance(pair[1], dict) and "said_by" in pair[1]):
                continue
            names = [value["said_by"] if isinstance(value, dict) else value for value in pair]
            if any(passage in str(name) for name in names):
                return field
    return None


def redacted_records(source: Records, number: int, clean: Callable[[Any], Any]) -> dict[str, dict[int, Any]]:
    """Table -> number -> the record after `clean`, of a commitment and its events, where that changes it."""
    found: dict[str, dict[int, Any]] = {"commitments": {}, "events": {}}
    record = source.record("commitments", number)
    if record is not None and clean(record) != record:
        found["commitments"][number] = clean(record)
    events = source.records_with("events", b'"id":%d,' % number)
    for event in events:
        if event.get("id") == number and clean(event) != event:
            found["events"][event["seq"]] = clean(event)
    return found
