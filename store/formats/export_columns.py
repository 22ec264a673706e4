"""The columns of a CSV file; the descriptions of a calendar are made of them too.

A workbook has those of `store.formats.xlsx_columns`, in words, and behind them the rest of these.

The names are those of the JSON; a nested key has a name of two parts, as `seats_wanted`. Those that are not public are
`is_internal`.
"""

from __future__ import annotations

from store.rules.due_dates_and_extensions import extension_count
from store.rules.party_names import is_recorded_by_others
from store.rules.redacted_fields_and_mark import without_login
from store.sanitise_text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from store.model.record_types import DueChange, Voice
    from store.snapshot import Row, Snapshot

    Value = str | int | None
    Read = Callable[[Row, Snapshot], Value]

DAY = "day"
NUMBER = "number"
TEXT = "text"

OTHERS = "others"
"""Replaces the login of the recorder of a party's report in public exports, if that was not the party itself."""


class CommitmentColumn:
    """A column: its `name`, its `heading` for people, its `width` in characters, and `read`, its value in a row.

    `kind` is the type of its values: DAY (ISO), NUMBER, or TEXT of one or several lines without control characters.
    """

    __slots__ = ("heading", "is_internal", "kind", "name", "read", "width")

    def __init__(
        self, name: str, heading: str, width: int, read: Read, *, kind: str = TEXT, is_internal: bool = False
    ) -> None:
        self.name = name
        self.heading = heading
        self.width = width
        self.read = read
        self.kind = kind
        self.is_internal = is_internal


def columns(*, is_internal: bool) -> list[CommitmentColumn]:
    """The columns in their order; without `is_internal` the public ones."""
    return [column for group in GROUPS for column in group if is_internal or not column.is_internal]


def shown(text: str) -> str:
    """Format a text for a cell: line breaks stay, unprintable characters are made visible, who redacted is left out."""
    return printable(without_login(text))


def printable(text: str) -> str:
    """Make the unprintable characters of a text visible, whatever field it stands in; line breaks stay."""
    return text if text.isascii() and text.isprintable() else "\n".join(visible_lines(text))


def _joined(names: Iterable[str]) -> str:
    return "; ".join(visible(name) for name in names)


def _value(held: object) -> Value:
    """Convert a value of a record to one of a cell."""
    if isinstance(held, list):
        return _joined(held)
    return shown(held) if isinstance(held, str) else held if isinstance(held, int) else None


def _field(name: str) -> Read:
    """Read a field of the commitment."""
    return lambda row, snapshot: _value(row.commitment.get(name))


def _inner(name: str, field: str, otherwise: Value = None) -> Read:
    """Read a field of a nested record: a report, the seats, the closing."""

    def read(row: Row, snapshot: Snapshot) -> Value:
        commitment: Mapping[str, Any] = row.commitment
        inner: Mapping[str, object] | None = commitment.get(name)
        return None if inner is None else _value(inner.get(field, otherwise))

    return read


def _recorder(name: str) -> Read:
    """Read whether others than the party recorded its report, confirmation or return."""

    def read(row: Row, snapshot: Snapshot) -> Value:
        commitment: Mapping[str, Any] = row.commitment
        voice: Voice | None = commitment.get(name)
        return OTHERS if voice is not None and is_recorded_by_others(snapshot.parties, voice) else None

    return read


def _due_changes(row: Row, snapshot: Snapshot) -> Value:
    return "\n".join(map(_due_change, row.commitment.get("due_changes", ()))) or None


def _due_change(change: DueChange) -> str:
    """Format a change: `2026-11-01: 2026-12-01 -> none, a new minister (a correction, asked by X, agreed by Y)`."""
    named: Mapping[str, Any] = change
    people = [f"{word} by {visible(named[key])}" for key, word in _PEOPLE if key in named]
    about = ["a correction"] if change["correction"] else []
    behind = f" ({', '.join([*about, *people])})" if about or people else ""
    dates = f"{change.get('old', 'none')} -> {change.get('new', 'none')}"
    return visible(f"{change['on']}: {dates}, {without_login(change['reason'])}{behind}")


_PEOPLE = (("asked_by", "asked"), ("agreed_by", "agreed"))


def _notes(row: Row, snapshot: Snapshot) -> Value:
    notes = snapshot.notes(row.commitment["id"])
    return "\n".join(f"{visible(note['day'])} {visible(note['who'])}: {shown(note['note'])}" for note in notes) or None


_WHAT = (
    CommitmentColumn("id", "No.", 6, _field("id"), kind=NUMBER),
    CommitmentColumn("title", "Commitment", 45, _field("title")),
    CommitmentColumn("by", "By", 24, _field("by")),
    CommitmentColumn("to", "To", 24, _field("to")),
    CommitmentColumn("state", "State", 12, _field("state")),
    CommitmentColumn("due", "Due", 11, _field("due"), kind=DAY),
    CommitmentColumn("days_left", "Days left", 7, lambda row, snapshot: row.days_left, kind=NUMBER),
    CommitmentColumn("band", "Urgency", 12, lambda row, snapshot: row.band),
    CommitmentColumn("visit", "Visit", 16, _field("visit")),
    CommitmentColumn("kind", "Kind", 18, _field("kind")),
    CommitmentColumn("via", "Via", 16, _field("via")),
    CommitmentColumn("support", "Support", 16, _field("support")),
)
_WHEN = (
    CommitmentColumn("due_precision", "Exact to", 9, _field("due_precision")),
    CommitmentColumn("original_due", "Original due", 11, _field("original_due"), kind=DAY),
    CommitmentColumn(
        "extension_count", "Extensions", 10, lambda row, snapshot: extension_count(row.commitment), kind=NUMBER
    ),
    CommitmentColumn("due_changes", "Changes of date", 40, _due_changes),
    CommitmentColumn("agreed_on", "Agreed on", 11, _field("agreed_on"), kind=DAY),
    CommitmentColumn("silent_days", "Days without news", 10, lambda row, snapshot: row.silent_days, kind=NUMBER),
    CommitmentColumn("after", "Waits for", 8, _field("after"), kind=NUMBER),
)
_DONE = (
    CommitmentColumn("outcome", "Outcome", 13, lambda row, snapshot: row.outcome),
    CommitmentColumn("miss_reason", "Reason for a miss", 30, _field("miss_reason")),
    CommitmentColumn("returned_on", "Returned on", 11, _inner("returned", "on"), kind=DAY),
    CommitmentColumn("returned_by", "Returned by", 20, _inner("returned", "said_by")),
    CommitmentColumn("returned_recorded", "Return recorded by", 16, _recorder("returned")),
    CommitmentColumn("reported_on", "Reported on", 11, _inner("reported", "on"), kind=DAY),
    CommitmentColumn("reported_by", "Reported by", 20, _inner("reported", "said_by")),
    CommitmentColumn("reported_recorded", "Report recorded by", 16, _recorder("reported")),
    CommitmentColumn("confirmed_on", "Confirmed on", 12, _inner("confirmed", "on"), kind=DAY),
    CommitmentColumn("confirmed_by", "Confirmed by", 20, _inner("confirmed", "said_by")),
    CommitmentColumn("confirmed_recorded", "Confirmation recorded by", 16, _recorder("confirmed")),
    CommitmentColumn("closed_because", "Closed because", 12, _inner("closed", "because")),
    CommitmentColumn("closed_on", "Closed on", 11, _inner("closed", "on"), kind=DAY),
    CommitmentColumn("closed_agreed_by", "Closing agreed by", 20, _inner("closed", "agreed_by")),
    CommitmentColumn("closed_by_id", "Superseded by", 10, _inner("closed", "by_id"), kind=NUMBER),
)
_SEATS = (
    CommitmentColumn("seats_wanted", "Seats wanted", 8, _inner("seats", "wanted"), kind=NUMBER),
    CommitmentColumn("seats_nominated", "Seats nominated", 10, _inner("seats", "nominated", 0), kind=NUMBER),
    CommitmentColumn("seats_acknowledged", "Seats acknowledged", 13, _inner("seats", "acknowledged", 0), kind=NUMBER),
    CommitmentColumn("seats_endorsed", "Endorsed on", 11, _inner("seats", "endorsed"), kind=DAY),
)
_INTERNAL = (
    CommitmentColumn("owner", "Owner", 14, _field("owner"), is_internal=True),
    CommitmentColumn("due_words", "Date in words", 24, _field("due_words"), is_internal=True),
    CommitmentColumn("chase_on", "Chase on", 11, _field("chase_on"), kind=DAY, is_internal=True),
    CommitmentColumn(
        "chased", "Times chased", 8, lambda row, _: row.commitment.get("chased", 0), kind=NUMBER, is_internal=True
    ),
    CommitmentColumn("last_chased", "Last chased", 11, _field("last_chased"), kind=DAY, is_internal=True),
    CommitmentColumn("returned_note", "Note of the return", 30, _inner("returned", "note"), is_internal=True),
    CommitmentColumn(
        "returned_recorded_by", "Return recorded by (login)", 14, _inner("returned", "recorded_by"), is_internal=True
    ),
    CommitmentColumn(
        "reported_evidence", "Evidence of the report", 24, _inner("reported", "evidence"), is_internal=True
    ),
    CommitmentColumn(
        "reported_recorded_by", "Report recorded by (login)", 14, _inner("reported", "recorded_by"), is_internal=True
    ),
    CommitmentColumn(
        "confirmed_evidence", "Evidence of confirmation", 24, _inner("confirmed", "evidence"), is_internal=True
    ),
    CommitmentColumn(
        "confirmed_recorded_by",
        "Confirmation recorded by (login)",
        14,
        _inner("confirmed", "recorded_by"),
        is_internal=True,
    ),
    CommitmentColumn("seats_letter", "Letter", 14, _inner("seats", "letter"), is_internal=True),
    CommitmentColumn("quote", "Words of the promise", 40, _field("quote"), is_internal=True),
    CommitmentColumn("source", "Source", 30, _field("source"), is_internal=True),
    CommitmentColumn("source_id", "Their number", 14, _field("source_id"), is_internal=True),
    CommitmentColumn("notes", "Notes", 50, _notes, is_internal=True),
    CommitmentColumn("created", "Entered (UTC)", 20, _field("created"), is_internal=True),
    CommitmentColumn("updated", "Changed (UTC)", 20, _field("updated"), is_internal=True),
    CommitmentColumn("revision", "Revision", 8, _field("revision"), kind=NUMBER),
)

GROUPS = (_WHAT, _WHEN, _DONE, _SEATS, _INTERNAL)
"""All columns in their order, in groups that are read together."""
