"""Words for days, lateness, outcomes and counts.

The words, signs and styles of states and bands stand in `store.model.vocabulary`.
"""

from __future__ import annotations

from store.model.vocabulary import (
    BANDS,
    MONTH_NAMES,
    OUTCOMES,
    SHORT_MONTH_NAMES,
    WEEKDAY_NAMES,
    Band,
    Outcome,
    State,
)
from store.rules.days import days_between, local_time
from store.rules.due_dates import is_wish
from store.rules.outcomes import days_late, done_day, is_provisional
from store.rules.seats import missing_seats
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.record_types import Commitment
    from store.snapshot import Row


COUNTED = (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.NO_DATE, Band.UNCONFIRMED)
"""The bands in one line of counts (`status --short`)."""

_COUNTS = (*((BANDS[band].count, BANDS[band].short) for band in COUNTED), ("silent", "silent"), ("open", "open"))
"""Name in a tally, and its word in one line of counts."""

_SHORT_OUTCOMES = {
    **{word: entry.text for word, entry in OUTCOMES.items()},
    Outcome.MET_EXTENDED: "met, put off",
    Outcome.MET_UNDATED: "met without a date",
}

_HALF_A_YEAR = 182


def day(iso: str) -> str:
    """An ISO day as people in an office write it: `31 Mar 2027`."""
    return f"{int(iso[8:])} {SHORT_MONTH_NAMES[int(iso[5:7]) - 1]} {iso[:4]}"


def day_without_year(iso: str, today: str) -> str:
    """The same, without the year if it is this year or within half a year of today: `31 Mar`."""
    is_clear = iso[:4] == today[:4] or abs(days_between(iso, today)) <= _HALF_A_YEAR
    return day(iso)[:-5] if is_clear else day(iso)


def day_with_weekday(iso: str) -> str:
    """The same with its weekday: `Wed 31 Mar 2027`."""
    return f"{_weekday(iso)[:3]} {day(iso)}"


def long_day(iso: str) -> str:
    """The same in whole words: `Wednesday 31 March 2027`."""
    return f"{_weekday(iso)} {int(iso[8:])} {MONTH_NAMES[int(iso[5:7]) - 1]} {iso[:4]}"


def day_and_distance(iso: str, today: str) -> str:
    """A day as it was understood: `Tue 17 November 2026, 10 days ago`."""
    days = days_between(today, iso)
    near = {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)
    weekday, _, rest = long_day(iso).partition(" ")
    return f"{weekday[:3]} {rest}, {near or (f'in {days} days' if days > 0 else f'{-days} days ago')}"


def moment(at: str, today: str, timezone: str | None) -> str:
    """An instant by the clock of a time zone (None: the machine's): `27 Nov, 06:24`. `at` is as in the file, in UTC."""
    try:
        local = local_time(at, timezone)
        return f"{day_without_year(local[:10], today)}, {local[11:]}"
    except (ValueError, LookupError, OSError, OverflowError):
        return visible(at)  # A history edited by hand may hold anything.


def day_of(at: str, timezone: str | None) -> str | None:
    """The ISO day of an instant by the clock of a time zone (None: the machine's); None where it is no instant."""
    try:
        return local_time(at, timezone)[:10]
    except (ValueError, LookupError, OSError, OverflowError):
        return None  # A history edited by hand may hold anything.


def _weekday(iso: str) -> str:
    from datetime import date

    return WEEKDAY_NAMES[date.fromisoformat(iso).weekday()]


def visit_days(start: str, end: str) -> str:
    """The days of a visit: `6-8 Dec 2022`, `30 Nov - 2 Dec 2022`, or one day."""
    if start == end:
        return day(end)
    if start[:7] == end[:7]:
        return f"{int(start[8:])}-{day(end)}"
    return f"{day_without_year(start, end)} - {day(end)}"


def counted(count: int, word: str, words: str = "") -> str:
    """A count with its noun in singular or plural: `1 visit`, `2 visits`. `words` is an irregular plural."""
    return f"{count} {word}" if count == 1 else f"{count} {words or word + 's'}"


def due_words(commitment: Commitment) -> str:
    """The words of a deadline where they say more than its day; else ""."""
    words, due = commitment.get("due_words", ""), commitment.get("due")
    if not words or due is None:
        return words
    from store.rules.dates.parse import is_only_a_day  # it imports datetime

    return "" if is_only_a_day(words, due) else words


def lateness(row: Row, today: str) -> str:
    """When a commitment is due or was done, in short words: `12 d late`, `in 3 d`, `done 6 Jan`.

    The date of a proposed one is a wish: it is `12 d past`, never late.
    """
    commitment, band = row.commitment, row.band
    if band == Band.OVERDUE:
        return f"{row.days_overdue} d {'past' if is_wish(commitment) else 'late'}"
    if band == Band.TODAY:
        return "today"
    if band in (Band.WEEK, Band.MONTH):
        return f"in {row.days_left} d"
    if band == Band.LATER:
        return day(commitment["due"])
    if band == Band.NO_DATE:
        return "no date"
    closed = commitment.get("closed")
    if commitment["state"] == State.CLOSED and closed:
        return f"closed: {closed['because']}"
    done = done_day(commitment)
    return f"done {day_without_year(done, today)}" if done else "done"


def days_without_news(row: Row) -> str:
    """`silent 40 d`, `no news for 8 d`, `news today`; one without any says so instead of counting from the visit."""
    if row.silent_days and row.is_silent:
        return f"silent {row.silent_days} d"
    if "news_on" not in row.commitment:
        return "no news since the visit" if row.silent_days else "no news yet"
    return f"no news for {row.silent_days} d" if row.silent_days else "news today"


def next_chase(row: Row, today: str) -> list[str]:
    """`look again 15 Mar`, `to chase since 25 Feb`, `to chase today`; nothing where no day is set for it."""
    day = row.commitment.get("chase_on")
    if day is None:
        return []
    if row.is_to_chase:
        return ["to chase today" if day == today else f"to chase since {day_without_year(day, today)}"]
    return [f"look again {day_without_year(day, today)}"]


def long_lateness(row: Row, today: str) -> str:
    """The same where there is room: `12 d past, not agreed`, `in 84 d`, `done 6 Jan, 5 d late`."""
    if row.band == Band.LATER:
        return f"in {row.days_left} d"
    if row.band in (Band.OVERDUE, Band.TODAY, Band.WEEK, Band.MONTH):
        return lateness(row, today) + (", not agreed" if is_wish(row.commitment) else "")
    if row.outcome == Outcome.MET_LATE:
        return f"{lateness(row, today)}, {days_late(row.commitment)} d late"
    return lateness(row, today)


def outcome(row: Row) -> str:
    """The outcome in words; provisional while it is reported and not confirmed. Empty while it is open."""
    if row.outcome is None:
        return ""
    words = OUTCOMES[row.outcome].text
    missing = missing_seats(row.commitment)
    if row.outcome not in Outcome.UNMET and missing:
        words = f"{words}, {missing[0]} of {missing[1]}"
    return f"{words} (provisional, until it is confirmed)" if is_provisional(row.commitment) else words


def short_outcome(row: Row) -> str:
    """The same where there is little room: `met late, if confirmed`."""
    if row.outcome is None or not is_provisional(row.commitment):
        return outcome(row)
    missing = missing_seats(row.commitment)
    words = ", ".join([_SHORT_OUTCOMES[row.outcome], *([f"{missing[0]} of {missing[1]}"] if missing else [])])
    return f"{words}, if confirmed"


def counts(tally: Mapping[str, int]) -> str:
    """The seven counts in one line, zeros left out: `3 overdue, 1 today, 14 open`; `, 5 set aside` where some are."""
    shown = [f"{tally[name]} {word}" for name, word in _COUNTS if tally[name]] or ["nothing open"]
    return ", ".join([*shown, *([f"{tally['aside']} set aside"] if tally["aside"] else [])])
