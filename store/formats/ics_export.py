"""Export commitments as a calendar (RFC 5545): one to-do (VTODO) each, or one event (VEVENT) for each due date.

The same commitment has the same UID in every export, that of its event is another than that of its to-do.

The UID is made of the number and the instant of creation; SEQUENCE is the revision. Days are dates, the same in every
time zone; where the format wants an instant it is noon in UTC, which is on that day almost everywhere. A reported
commitment is not completed yet. What people read is in the language of the export, in English in the store's own words.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from store.formats.export_columns import DAY, GROUPS, printable, shown
from store.formats.xlsx_columns import in_words
from store.model.vocabulary_and_signs import STATES, State
from store.reports.commitment_text import CommitmentText
from store.reports.language_of_papers import load_words
from store.rules.calendar_alarms import has_alarm
from store.rules.calendar_uids import uid_of
from store.rules.day_done_and_outcome import done_day
from store.translation import ENGLISH, phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from icalendar import Alarm, Component

    from store.model.record_types import Commitment
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot

PRODUCT = "-//followup//followup//EN"
NAME = phrase("Commitments")

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
        escaped = (
            printable(self._text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        )
        return escaped.encode()


def export_ics(
    snapshot: Snapshot,
    rows: Iterable[Row],
    *,
    is_internal: bool,
    marks: Sequence[str] = (),
    alarm: int | None = None,
    is_of_events: bool = False,
    language: str = ENGLISH,
) -> bytes:
    """Export these commitments; with `alarm`, those not done get an alarm so many days before the due date.

    `is_of_events`: as events of a whole day, of those that have a due date, for calendars that show no to-dos.
    """
    if is_internal:
        snapshot.read_all_notes()
    from icalendar import Calendar

    calendar = Calendar()
    texts = CommitmentText(snapshot, load_words(language), is_internal=is_internal)
    title = " ".join([texts.words.tr(NAME), *marks])
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("x-wr-calname", title)):
        calendar.add(name, _Text(shown(value)), encode=False)
    first, last = calendar.to_ical().split(b"END:VCALENDAR")
    entries = _entries(texts, rows, is_internal=is_internal, marks=marks, alarm=alarm, is_of_events=is_of_events)
    # Written one by one: ten thousand components at once take 200 MiB.
    return b"".join((first, *(entry.to_ical() for entry in entries), b"END:VCALENDAR", last))


def _entries(
    texts: CommitmentText,
    rows: Iterable[Row],
    *,
    is_internal: bool,
    marks: Sequence[str],
    alarm: int | None,
    is_of_events: bool,
) -> Iterator[Component]:
    from icalendar import Event, Todo

    for row in rows:
        commitment = row.commitment
        if is_of_events and "due" not in commitment:
            continue
        changed = _instant(commitment["updated"])
        entry = Event() if is_of_events else Todo()
        entry.add("uid", ("event-" if is_of_events else "") + printable(uid_of(commitment)))
        entry.add("dtstamp", changed)
        entry.add("created", _instant(commitment["created"]))
        entry.add("last-modified", changed)
        entry.add("sequence", commitment["revision"])
        title = _title_of_event(texts.words, commitment) if is_of_events else shown(commitment["title"])
        entry.add("summary", _Text(title), encode=False)
        about = "\n".join([*map(shown, marks), *_description(texts, row, is_internal)])
        entry.add("description", _Text(about), encode=False)
        kind = commitment["kind"] if texts.words.language == ENGLISH else texts.kind(commitment["kind"])
        entry.add("categories", [shown(kind)])
        if marks:
            entry.add("class", "CONFIDENTIAL")
        if is_of_events:
            _add_day(entry, commitment)
        else:
            _add_dates(entry, commitment)
        if alarm is not None and has_alarm(commitment):
            entry.add_component(_alarm(commitment, alarm, "START" if is_of_events else "END"))
        yield entry


def _period(words: Words, commitment: Commitment) -> str:
    """The due date as it was agreed, if that is no day: `Q3 2026`."""
    due = commitment.get("due")
    text = "" if due is None else words.agreed_date(due, commitment.get("due_precision"))
    return "" if due is None or text == words.day(due) else text


def _title_of_event(words: Words, commitment: Commitment) -> str:
    """The title, and in brackets what the day of an event does not say: the period that was agreed, the state."""
    state = STATES[commitment["state"]]
    has_state = state.word in (State.PROPOSED, State.REPORTED, State.CONFIRMED, State.CLOSED)
    behind = "; ".join(
        [text for text in (_period(words, commitment), words.tr(state.text) if has_state else "") if text]
    )
    return shown(commitment["title"]) + (f" ({behind})" if behind else "")


def _add_day(event: Component, commitment: Commitment) -> None:
    """The due date as an event of a whole day, during which nobody is busy."""
    day = date.fromisoformat(commitment["due"])
    event.add("dtstart", day)
    if day < date.max:
        event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    state = commitment["state"]
    event.add("status", _EVENT_STATUS.get(state, "CONFIRMED"))


_EVENT_STATUS = {State.PROPOSED: "TENTATIVE", State.CLOSED: "CANCELLED"}
"""State -> STATUS of an event, where that is not CONFIRMED."""


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


def _alarm(commitment: Commitment, days: int, related: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _Text(shown(commitment["title"])), encode=False)
    alarm.add("trigger", timedelta(days=-days), parameters={"RELATED": related})
    return alarm


def _description(texts: CommitmentText, row: Row, is_internal: bool) -> Iterator[str]:
    words, snapshot = texts.words, texts.snapshot
    if period := _period(words, row.commitment):
        yield f"{words.tr('Due')}: {period}"
    for column in (column for group in GROUPS for column in group):
        if column.name in _ELSEWHERE or (column.is_internal and not is_internal):
            continue
        if words.language == ENGLISH:
            heading, value = (
                column.heading,
                column.read(row, snapshot),
            )
        else:
            words_of_column = in_words(texts, snapshot, column)
            heading, value = words_of_column.heading, words_of_column.read(row)
            if column.kind == DAY and isinstance(value, str):
                value = words.day(value)
        if value not in (None, "", 0):
            yield f"{heading}: {value}"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
