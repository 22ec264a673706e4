"""Read the to-dos (VTODO) of a calendar, else its events, as rows of cells.

Each is parsed alone, so that a broken one is named. Instants, in UTC or in a named zone, are days in the time zone that
the calendar names, else the store's. A date without a time zone is that day (RFC 5545, 3.3.5).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from store.errors import NotAllowed
from store.imports.dates.date_in_cell import sentence_of_instants
from store.imports.grid.grid import NOUN_OF_EVENTS, Grid, GridRow, Notice, Problem
from store.imports.grid.row_nouns import row_named
from store.imports.states.state_meant_by_word import ICS_STATUSES
from store.operations import validate_timezone
from store.rules.calendar_uids import number_of
from store.sanitise_text import visible
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import tzinfo
    from typing import Any

    from store.imports.grid.grid import Cell

_PROPERTIES = {
    "UID": "source-id",
    "SUMMARY": "title",
    "DUE": "due",
    "STATUS": "state",
    "COMPLETED": "reported-on",
    "DESCRIPTION": "note",
    "CATEGORIES": "categories",
    "ORGANIZER": "organizer",
    "PERCENT-COMPLETE": "percent complete",
    "LOCATION": "location",
    "DTSTART": "start",
    "URL": "url",
    "ATTENDEE": "attendee",
    "RELATED-TO": "related to",
}
"""Property of a VTODO (RFC 5545) -> heading: a field of a row, or what no field has."""

_CANCELLED = "CANCELLED"

_OF_OUR_EXPORT = frozenset(("source-id", "title", "due", "state", "reported-on", "kind"))
"""What is read of a to-do of our own export, whose description repeats fields that have columns of their own."""


_OF_EVENTS = {name: _PROPERTIES[name] for name in _PROPERTIES if name not in ("DUE", "DTSTART", "STATUS")}
"""Property of a VEVENT -> heading; its last day is until when."""


def read_calendar(text: str, name: str, timezone: str | None, *, are_events_read: bool = False) -> Grid:
    """Read the to-dos of a calendar, its events where it has no to-do, or where these are to be read.

    An instant in UTC is its day in the time zone that the calendar names, else in `timezone` (None: the machine's).
    Raises: NotAllowed when there are none of both; UsageError for a time zone that this machine does not know.
    """
    items, events = _items(text, "VTODO"), _items(text, "VEVENT")
    if not items and not events:
        raise NotAllowed(
            tr("{name} holds no to-dos (VTODO) and no events (VEVENT)", name=visible(name)), code="import.no-to-dos"
        )
    left: list[str] = []
    if items and events:
        items, left = ([], items) if are_events_read else (items, events)
    zone = _Zone(text, timezone)
    noun = "to-do" if items else NOUN_OF_EVENTS
    fields_of = _fields if items else _event_fields
    found: list[dict[str, Cell]] = []
    problems: list[Problem] = []
    numbers: list[int] = []
    notices: list[Notice] = []
    for number, item in enumerate(items or events, 1):
        try:
            found.append(fields_of(item, zone))
            numbers.append(number)
            if _repeats(item):
                sentence = tr(
                    "{row} repeats (RRULE): one promise is made of it, for its first date",
                    row=row_named(noun, number),
                )
                notices.append(Notice(sentence))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
            problems.append(Problem(number, _unread(noun, visible(str(error))[:200])))
    headings = list(dict.fromkeys(key for fields in found for key in fields))
    lines = [
        GridRow(number, [fields.get(key, "") for key in headings])
        for number, fields in zip(numbers, found, strict=True)
    ]
    if left:
        notices.append(_notice_of_left(len(left), are_events=bool(items)))
    if zone.is_used:
        notices.append(Notice(sentence_of_instants(zone.in_words)))
    return Grid(name, lines, headings=headings, noun=noun, notices=notices, problems=problems)


def _notice_of_left(count: int, *, are_events: bool) -> Notice:
    """The notice of items left out of a calendar with items of another kind as well."""
    if are_events:
        sentence = plural(
            "{n} event was left out: the to-dos (VTODO) are read",
            "{n} events were left out: the to-dos (VTODO) are read",
            count,
        )
        return Notice(sentence, code="import.events-left-out", field="options")
    return Notice(
        plural(
            "{n} to-do was left out: the events (VEVENT) are read",
            "{n} to-dos were left out: the events (VEVENT) are read",
            count,
        )
    )


def _unread(noun: str, why: str) -> str:
    return (
        tr("the event cannot be read: {why}", why=why)
        if noun == NOUN_OF_EVENTS
        else tr("the to-do cannot be read: {why}", why=why)
    )


class _Zone:
    """The time zone in which the instants of a calendar are days; `is_used` once one was."""

    def __init__(self, text: str, timezone: str | None) -> None:
        """Raises: UsageError for a store's zone that this machine does not know."""
        from zoneinfo import ZoneInfo

        self.is_used = False
        named = next((line[len(_ZONE_OF) :].strip() for line in text.splitlines() if line.startswith(_ZONE_OF)), "")
        self._zone: tzinfo | None = None
        self.in_words = tr("the machine's time zone")
        if timezone is not None:
            self._zone, self.in_words = ZoneInfo(validate_timezone(timezone)), timezone
        try:
            if named:
                self._zone, self.in_words = (
                    ZoneInfo(named),
                    tr("{named}, which the calendar names", named=visible(named)),
                )
        except (ValueError, OSError, LookupError):
            self.in_words = tr(
                "{in_words} (the calendar names {named}, which is unknown here)",
                in_words=self.in_words,
                named=visible(named)[:40],
            )

    def day_of(self, instant: datetime) -> date:
        """The day of an instant in UTC or in a named zone; of a time without a zone the day that was written."""
        if instant.tzinfo is None:
            return instant.date()
        self.is_used = True
        return instant.astimezone(self._zone).date()


_ZONE_OF = "X-WR-TIMEZONE:"


def _items(text: str, kind: str) -> list[str]:
    """The text of each component of this kind, even if it is not ended."""
    items: list[str] = []
    current: list[str] | None = None
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = line.strip().upper()
        if mark == f"BEGIN:{kind}":
            if current:
                items.append("\r\n".join(current))
            current = []
        if current is not None and line:
            current.append(line)
        if mark == f"END:{kind}" and current:
            items.append("\r\n".join(current) + "\r\n")
            current = None
    if current:
        items.append("\r\n".join(current))
    return items


def _repeats(item: str) -> bool:
    """Whether a to-do recurs."""
    return any(line.upper().startswith(("RRULE:", "RRULE;", "RDATE:", "RDATE;")) for line in item.splitlines())


def _fields(item: str, zone: _Zone) -> dict[str, Cell]:
    from icalendar import Todo

    todo = _component(Todo, item, "VTODO")
    is_ours = number_of(str(todo.get("UID", ""))) is not None
    # Our own export writes days as noon in UTC.
    found = {_PROPERTIES[key]: _cell(key, value, None if is_ours else zone) for key, value in todo.items()
             if key in _PROPERTIES}  # fmt: skip
    if not is_ours:
        _add_comments(found, todo)
        start, length = todo.get("DTSTART"), todo.get("DURATION")
        if "due" not in found and start is not None and length is not None:
            end = start.dt + length.dt  # RFC 5545, 3.6.2: it is due at the end of its duration.
            found["due"] = zone.day_of(end) if isinstance(end, datetime) else end
        return found
    if "categories" in found:
        found["kind"] = found["categories"]
    return {field: value for field, value in found.items() if field in _OF_OUR_EXPORT}


def _add_comments(found: dict[str, Cell], component: Any) -> None:
    """Add the comments on a to-do or an event to its note."""
    comments = component.get("COMMENT", [])
    texts = [str(each) for each in (comments if isinstance(comments, list) else [comments]) if str(each).strip()]
    if texts:
        found["note"] = "\n".join(filter(None, (str(found.get("note", "")), *texts)))


def _component(kind: Any, item: str, name: str) -> Any:
    if not item.rstrip().upper().endswith(f"END:{name}"):
        raise ValueError(tr("it is not ended (no END:{name}); the file may be cut off", name=name))
    component = kind.from_ical(item)
    for wrong, why in getattr(component, "errors", ()):
        raise ValueError(f"{wrong}: {why}")
    return component


def _event_fields(item: str, zone: _Zone) -> dict[str, Cell]:
    from icalendar import Event

    event = _component(Event, item, "VEVENT")
    found = {_OF_EVENTS[key]: _cell(key, value, zone) for key, value in event.items() if key in _OF_EVENTS}
    _add_comments(found, event)
    if str(event.get("STATUS", "")).upper() == _CANCELLED:
        found["state"] = _CANCELLED
    start, end, length = event.get("DTSTART"), event.get("DTEND"), event.get("DURATION")
    if start is not None:
        last = end.dt if end is not None else start.dt + length.dt if length is not None else None
        found["due"] = _last_day(start.dt, last, zone)
    return found


def _last_day(start: date, end: date | None, zone: _Zone) -> date:
    """The last day of an event; it ends before its end (RFC 5545, 3.6.1)."""
    if end is None:
        return zone.day_of(start) if isinstance(start, datetime) else start
    if not isinstance(end, datetime) or not isinstance(start, datetime):
        return max(start, end - timedelta(1))
    return max(zone.day_of(start), zone.day_of(end - timedelta(seconds=1)))


def _cell(key: str, value: Any, zone: _Zone | None) -> Cell:
    when = getattr(value, "dt", None)
    if isinstance(when, datetime):
        return when.date() if zone is None else zone.day_of(when)
    if isinstance(when, date):
        return when
    if key == "CATEGORIES":
        return "; ".join(str(name) for each in (value if isinstance(value, list) else [value]) for name in each.cats)
    if key == "ORGANIZER":
        return str(value.params.get("CN", "")) or str(value)
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    if key == "STATUS" and zone is not None and text.upper() == _CANCELLED:
        return text  # Whether it was given up by agreement, only people know.
    return ICS_STATUSES.get(text.upper(), text) if key == "STATUS" else text
