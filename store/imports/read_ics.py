"""Read the to-dos (VTODO) of a calendar as rows of cells; each is parsed alone, so that a broken one is named.

Calendar programs write instants in UTC: they are converted to days in the store's time zone. A date without a time
zone, or in a named one, is that day (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from store.errors import NotAllowed
from store.imports.grid import Grid, GridRow, Notice, Problem
from store.imports.state_words import ICS_STATUSES
from store.operations import validate_timezone
from store.rules.numbering import number_of
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Any

    from store.imports.grid import Cell

_PROPERTIES = {
    "UID": "source-id",
    "SUMMARY": "title",
    "DUE": "due",
    "STATUS": "state",
    "COMPLETED": "reported-on",
    "DESCRIPTION": "note",
    "CATEGORIES": "kind",
}
"""Property of a VTODO (RFC 5545) -> field of a row."""


def read_calendar(text: str, name: str, timezone: str | None) -> Grid:
    """Read the to-dos of a calendar; an instant in UTC becomes its day in `timezone` (None: the machine's).

    Raises: NotAllowed when there are none; UsageError for a time zone that this machine does not know.
    """
    items, others = _items(text)
    if not items:
        one = "1 event is in it, which is no promise"
        are = one if others == 1 else f"{others} events are in it, which are no promises"
        there = f" ({are})" if others else ""
        raise NotAllowed(f"{visible(name)} holds no to-dos (VTODO){there}", code="import.no-to-dos")
    zone = _zone(timezone)
    found: list[dict[str, Cell]] = []
    problems: list[Problem] = []
    numbers: list[int] = []
    notices: list[Notice] = []
    for number, item in enumerate(items, 1):
        try:
            found.append(_fields(item, zone))
            numbers.append(number)
            if _repeats(item):
                sentence = f"to-do {number} repeats (RRULE): one promise is made of it, for its first date"
                notices.append(Notice(sentence))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            problems.append(Problem(number, f"the to-do cannot be read: {visible(str(error))[:200]}"))
    headings = list(dict.fromkeys(key for fields in found for key in fields))
    lines = [
        GridRow(number, [fields.get(key, "") for key in headings])
        for number, fields in zip(numbers, found, strict=True)
    ]
    if others:
        left = f"{others} event was" if others == 1 else f"{others} events were"
        notices.append(Notice(f"{left} left out: only to-dos (VTODO) are promises"))
    return Grid(name, lines, headings=headings, noun="to-do", notices=notices, problems=problems)


def _zone(timezone: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    return ZoneInfo(validate_timezone(timezone)) if timezone is not None else None


def _items(text: str) -> tuple[list[str], int]:
    """The text of each VTODO, even if it is not ended, and the number of events."""
    items: list[str] = []
    current: list[str] | None = None
    events = 0
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = line.strip().upper()
        events += mark == "BEGIN:VEVENT"
        if mark == "BEGIN:VTODO":
            if current:
                items.append("\r\n".join(current))
            current = []
        if current is not None and line:
            current.append(line)
        if mark == "END:VTODO" and current:
            items.append("\r\n".join(current) + "\r\n")
            current = None
    if current:
        items.append("\r\n".join(current))
    return items, events


def _repeats(item: str) -> bool:
    """Whether a to-do recurs."""
    return any(line.upper().startswith(("RRULE:", "RRULE;", "RDATE:", "RDATE;")) for line in item.splitlines())


def _fields(item: str, zone: tzinfo | None) -> dict[str, Cell]:
    from icalendar import Todo

    if not item.rstrip().upper().endswith("END:VTODO"):
        raise ValueError("it is not ended (no END:VTODO); the file may be cut off")
    todo = Todo.from_ical(item)
    for wrong, why in getattr(todo, "errors", ()):
        raise ValueError(f"{wrong}: {why}")
    is_ours = number_of(str(todo.get("UID", ""))) is not None
    # Our own export writes days as noon in UTC.
    zone = UTC if is_ours else zone
    found = {_PROPERTIES[key]: _cell(key, value, zone) for key, value in todo.items() if key in _PROPERTIES}
    if is_ours:
        # The description of our own export repeats fields that have columns of their own.
        found.pop("note", None)
    return found


def _cell(key: str, value: Any, zone: tzinfo | None) -> Cell:
    when = getattr(value, "dt", None)
    if isinstance(when, datetime):
        return (when.astimezone(zone) if str(when.tzinfo) == "UTC" else when).date()
    if isinstance(when, date):
        return when
    if key == "CATEGORIES":
        each = value[0] if isinstance(value, list) else value
        return str(next(iter(getattr(each, "cats", [])), ""))
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return ICS_STATUSES.get(text.upper(), text) if key == "STATUS" else text
