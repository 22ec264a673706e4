"""Redaction of a passage from the text fields of a commitment and its events.

Source: docs/rules.md, Events and undo.
"""

from __future__ import annotations

from store.rules.days import said_day
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol

    from store.model.record_types import Event

    class Records(Protocol):
        """A source of records: a store or a copy of one."""

        def record(self, name: str, number: int) -> Any: ...
        def events_of(self, key: str, number: int) -> Iterable[Event]: ...


_TEXTS = frozenset(
    {
        "title",
        "quote",
        "source",
        "source_id",
        "imported",
        "captured",
        "script",
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
"""The fields of free text, at any depth of a record or an event."""

_NAMES = frozenset({"by", "to", "via", "support"})
"""The fields of names of parties, which other commitments share."""


_MARKS = ("[redacted by ", "[изъято: ")
"""How a mark begins, in English and in Russian: it is stored in the language of who redacts."""


def mark(who: str, day: str) -> str:
    """The text in place of a redacted passage, in the language of the program."""
    return tr("[redacted by {who}, {day}]", who=who, day=said_day(day))


def has_mark(value: Any) -> bool:
    """Whether a value contains the mark of a redaction, at any depth."""
    if isinstance(value, dict | list):
        return any(map(has_mark, value.values() if isinstance(value, dict) else value))
    return isinstance(value, str) and any(mark in value for mark in _MARKS)


def without_login(text: str) -> str:
    """A text for a report, its marks with the day of the redaction and without the user."""
    if "[" not in text:
        return text  # Most cells of a paper.
    for begins in _MARKS:
        at = 0
        while (start := text.find(begins, at)) >= 0 and (end := text.find("]", start)) > 0:
            _, comma, day = text[start:end].rpartition(", ")
            word = begins.removesuffix("by ").rstrip(": ")
            shorter = f"{word}, {day}]" if comma else text[start : end + 1]
            text = text[:start] + shorter + text[end + 1 :]
            at = start + len(shorter)
    return text


def redacted(value: Any, passage: str, mark: str) -> Any:
    """The value with `mark` instead of the passage in every text field, at any depth."""
    return _with_texts(value, lambda text: text.replace(passage, mark))


def without_texts(value: Any) -> Any:
    """The value with every text field emptied, at any depth: what a redaction cannot change."""
    return _with_texts(value, lambda text: "")


def _with_texts(value: Any, change: Callable[[str], str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _with_texts(item, change, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_texts(item, change, name) for item in value]
    return change(value) if isinstance(value, str) and name in _TEXTS else value


def party_field_with(events: Iterable[Event], passage: str) -> str | None:
    """The first field of these events with the passage in the name of a party; None without one."""
    for event in events:
        for field, pair in event.get("fields", {}).items():
            if field not in _NAMES and not (isinstance(pair[1], dict) and "said_by" in pair[1]):
                continue
            names = [value["said_by"] if isinstance(value, dict) else value for value in pair]
            if any(passage in str(name) for name in names):
                return field
    return None


def redacted_records(source: Records, number: int, clean: Callable[[Any], Any]) -> dict[str, dict[int, Any]]:
    """Table -> number -> `clean(record)`, for a commitment and those of its events that this changes."""
    found: dict[str, dict[int, Any]] = {"commitments": {}, "events": {}}
    record = source.record("commitments", number)
    if record is not None and clean(record) != record:
        found["commitments"][number] = clean(record)
    for event in source.events_of("id", number):
        if clean(event) != event:
            found["events"][event["seq"]] = clean(event)
    return found
