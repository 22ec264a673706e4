"""Export commitments as a calendar (RFC 5545): one to-do (VTODO) each, with the same UID in every export.

The UID is made of the number and the instant of creation; SEQUENCE is the revision. Days are dates, the same in every
time zone; where the format wants an instant it is noon in UTC, which is on that day almost everywhere. A reported
commitment is not completed yet.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from store.errors import UsageError
from store.formats.export_columns import GROUPS, shown
from store.model.vocabulary import STATES, UNDONE, State
from store.rules.numbering import uid_of
from store.rules.outcomes import done_day
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from icalendar import Alarm, Component, Todo

    from store.model.record_types import Commitment
    from store.snapshot import Row, Snapshot

PRODUCT = "-//followup//followup//EN"
NAME = "Commitments"
MOST_DAYS = 366
"""The most days of an alarm before the due date."""

_ELSEWHERE = {
    *("id", "title", "kind", "due", "created", "updated", "revision"),
    *("days_left", "silent_days", "band"),
}
"""Columns that the description leaves out: they have properties of their own, or hold for one day only."""


class _Text:
    """A text whose backslashes are kept: the text type of icalendar 7.3 writes `\\N` as a line break."""

    def __init__(self, text: str) -> None:
        self._text = text

    def to_ical(self) -> bytes:
        """Escape the text (RFC 5545, 3.3.11)."""
        escaped = self._text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


def alarm_days(text: str) -> int:
    """Parse `7d` or `2w` into days before the due date. Raises: UsageError."""
    digits, unit = text[:-1], text[-1:]
    if digits.isascii() and digits.isdigit() and len(digits) < 4 and unit in ("d", "w"):
        days = int(digits) * (7 if unit == "w" else 1)
        if days <= MOST_DAYS:
            return days
    raise UsageError(
        f'an alarm is set some days or weeks ahead, such as 7d or 2w, at most a year, not "{visible(text[:60])}"',
        code="alarm.not-understood",
    )


def export_ics(
    snapshot: Snapshot,
    rows: Iterable[Row],
    *,
    is_internal: bool,
    marks: Sequence[str] = (),
    alarm: int | None = None,
) -> bytes:
    """Export these commitments; with `alarm`, those not done get an alarm so many days before the due date."""
    if is_internal:
        snapshot.read_all_notes()
    from icalendar import Calendar

    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", " ".join([NAME, *marks]))):
        calendar.add(name, _Text(shown(value)), encode=False)
    first, last = calendar.to_ical().split(b"END:VCALENDAR")
    todos = _todos(snapshot, rows, is_internal=is_internal, marks=marks, alarm=alarm)
    # Written one by one: ten thousand components at once take 200 MiB.
    return b"".join((first, *(todo.to_ical() for todo in todos), b"END:VCALENDAR", last))


def _todos(
    snapshot: Snapshot, rows: Iterable[Row], *, is_internal: bool, marks: Sequence[str], alarm: int | None
) -> Iterator[Todo]:
    from icalendar import Todo

    for row in rows:
        commitment = row.commitment
        changed = _instant(commitment["updated"])
        todo = Todo()
        todo.add("uid", uid_of(commitment))
        todo.add("dtstamp", changed)
        todo.add("created", _instant(commitment["created"]))
        todo.add("last-modified", changed)
        todo.add("sequence", commitment["revision"])
        todo.add("summary", _Text(shown(commitment["title"])), encode=False)
        about = "\n".join([*map(shown, marks), *_description(row, snapshot, is_internal)])
        todo.add("description", _Text(about), encode=False)
        todo.add("categories", [shown(commitment["kind"])])
        if marks:
            todo.add("class", "CONFIDENTIAL")
        _add_dates(todo, commitment)
        if alarm is not None and "due" in commitment and commitment["state"] in UNDONE:
            todo.add_component(_ringing(commitment, alarm))
        yield todo


def _add_dates(todo: Component, commitment: Commitment) -> None:
    state = STATES[commitment["state"]]
    if "due" in commitment:
        todo.add("due", date.fromisoformat(commitment["due"]))
    todo.add("status", state.ics_status)
    if state.ics_percent is not None:
        todo.add("percent-complete", state.ics_percent)
    done = done_day(commitment)
    if state.word == State.CONFIRMED and done:
        todo.add("completed", _instant(f"{done}T12:00:00Z"))


def _ringing(commitment: Commitment, days: int) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(shown(commitment["title"])), encode=False)
    alarm.add("trigger", timedelta(days=-days), parameters={"RELATED": "END"})
    return alarm


def _description(row: Row, snapshot: Snapshot, is_internal: bool) -> Iterator[str]:
    for column in (column for group in GROUPS for column in group):
        if column.name in _ELSEWHERE or (column.is_internal and not is_internal):
            continue
        value = column.read(row, snapshot)
        if value not in (None, "", 0):
            yield f"{column.heading}: {value}"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
