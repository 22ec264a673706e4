"""A calendar's to-dos -> lines of cells, one a VTODO; each is parsed alone, so that a broken one is named."""

from datetime import date, datetime

from store.errors import NotAllowed
from store.imports.grid import OWN_UID, Grid, Line, Problem
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
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
"""Property of a VTODO (RFC 5545) -> the field of a commitment that it is."""

_OWN = "X-FOLLOWUP-"
"""What begins the properties of our own that any field may come in: X-FOLLOWUP-BY."""

_STATUSES = {"NEEDS-ACTION": "open", "IN-PROCESS": "in progress", "COMPLETED": "done", "CANCELLED": "dropped"}
"""STATUS of a VTODO -> a word of `store.imports.states`."""


def read_calendar(text: str, name: str) -> Grid:
    """The to-dos of a calendar file. Raises: NotAllowed when it holds none."""
    items, others = _items(text)
    if not items:
        one = "1 event is in it, which is no promise"
        are = one if others == 1 else f"{others} events are in it, which are no promises"
        there = f" ({are})" if others else ""
        raise NotAllowed(f"{visible(name)} holds no to-dos (VTODO){there}")
    found: list[dict[str, Cell]] = []
    problems: list[Problem] = []
    numbers: list[int] = []
    said: list[str] = []
    for number, item in enumerate(items, 1):
        try:
            found.append(_fields(item))
            numbers.append(number)
            if _repeats(item):
                said.append(f"to-do {number} repeats (RRULE): one promise is made of it, for its first date")
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            problems.append(Problem(number, f"the to-do cannot be read: {visible(str(error))[:200]}"))
    headings = list(dict.fromkeys(key for fields in found for key in fields))
    lines = [
        Line(number, [fields.get(key, "") for key in headings]) for number, fields in zip(numbers, found, strict=True)
    ]
    if others:
        left = f"{others} event was" if others == 1 else f"{others} events were"
        said.append(f"{left} left out: only to-dos (VTODO) are promises")
    return Grid(name, lines, headings=headings, noun="to-do", said=said, problems=problems)


def _items(text: str) -> tuple[list[str], int]:
    """The text of each VTODO, also of one that is not ended, and how many events there are."""
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
    """Whether a to-do comes again and again."""
    return any(line.upper().startswith(("RRULE:", "RRULE;", "RDATE:", "RDATE;")) for line in item.splitlines())


def _fields(item: str) -> "dict[str, Cell]":
    from icalendar import Todo

    if not item.rstrip().upper().endswith("END:VTODO"):
        raise ValueError("it is not ended (no END:VTODO); the file may be cut off")
    todo = Todo.from_ical(item)
    for wrong, why in getattr(todo, "errors", ()):
        raise ValueError(f"{wrong}: {why}")
    found: dict[str, Cell] = {}
    for key, value in todo.items():
        field = _PROPERTIES.get(key) or (key.removeprefix(_OWN).lower() if key.startswith(_OWN) else None)
        if field is not None:
            found[field] = _cell(key, value)
    if str(found.get("source-id", "")).endswith(OWN_UID):
        # What an export of ours describes there stands in fields of its own.
        found.pop("note", None)
    return found


def _cell(key: str, value: "Any") -> "Cell":
    when = getattr(value, "dt", None)
    if isinstance(when, datetime):
        return when.date()
    if isinstance(when, date):
        return when
    if key == "CATEGORIES":
        each = value[0] if isinstance(value, list) else value
        return str(next(iter(getattr(each, "cats", [])), ""))
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return _STATUSES.get(text.upper(), text) if key == "STATUS" else text
