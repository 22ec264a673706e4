"""Words for days, lateness, outcomes and counts.

The words, signs and styles of states and bands stand in `store.model.vocabulary`.
"""

from __future__ import annotations

from store.model.months_and_weekdays import (
    MONTH_NAMES,
    SHORT_MONTH_NAMES,
    SHORT_WEEKDAY_NAMES,
    WRITTEN_DAYS,
    WRITTEN_SPANS,
)
from store.model.vocabulary import CLOSING_REASONS, KINDS, OUTCOMES, Band, Outcome, State
from store.rules.agreed_dates_and_extensions import is_wish
from store.rules.days import days_between, local_time
from store.rules.outcomes import days_late, done_day, is_provisional
from store.rules.seats import missing_seats
from store.text import visible
from store.translation import ENGLISH, language, phrase, phrase_in, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.snapshot import Row


_SHORT_OUTCOMES = {
    **{word: entry.text for word, entry in OUTCOMES.items()},
    Outcome.MET_EXTENDED: phrase("met, put off"),
    Outcome.MET_UNDATED: phrase("met without a date"),
}

_HALF_A_YEAR = 182

_TODAY = phrase_in("when", "today")


def day(iso: str) -> str:
    """An ISO day as people in an office write it: `31 Mar 2027`, `31.03.2027`."""
    return tr("{day} {month} {year}", **_parts(iso))


def day_without_year(iso: str, today: str) -> str:
    """The same, without the year if it is this year or within half a year of today: `31 Mar`, `31.03`."""
    is_clear = iso[:4] == today[:4] or abs(days_between(iso, today)) <= _HALF_A_YEAR
    return tr("{day} {month}", **_parts(iso)) if is_clear else day(iso)


def days_without_year(days: Sequence[str], today: str) -> list[str]:
    """Days that are compared, so written: all with the year where they are of different years (`1 Jan 2027`)."""
    if len({iso[:4] for iso in days}) > 1:
        return [*map(day, days)]
    return [day_without_year(iso, today) for iso in days]


def _parts(iso: str) -> dict[str, object]:
    """The parts of a day, of which a language takes those that it needs."""
    number = int(iso[5:7])
    return {"day": int(iso[8:]), "month": tr(SHORT_MONTH_NAMES[number - 1]), "number": number, "year": iso[:4]}


def written_day(iso: str) -> str:
    """An ISO day in a sentence: `31 Mar 2027`, `31 марта 2027 г.`."""
    return tr(WRITTEN_DAYS[int(iso[5:7]) - 1], day=int(iso[8:]), year=iso[:4])


def day_with_weekday(iso: str) -> str:
    """The same with its weekday: `Wed 31 Mar 2027`, `ср, 31 марта 2027 г.`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=written_day(iso))


def near_day(iso: str) -> str:
    """The same of a day near by, short: `Wed 31 Mar`, `ср, 31.03`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=tr("{day} {month}", **_parts(iso)))


def short_day_with_weekday(iso: str) -> str:
    """The same in a column: `Wed 31 Mar 2027`, `ср, 31.03.2027`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=day(iso))


def _long_day(iso: str, weekday: str) -> str:
    """A day with its month in whole words, behind its weekday: `Wed 31 March 2027`, `ср, 31 марта 2027 г.`."""
    month = tr_in("day", MONTH_NAMES[int(iso[5:7]) - 1])
    return tr("{weekday} {day} {month} {year}", weekday=weekday, day=int(iso[8:]), month=month, year=iso[:4])


def day_and_distance(iso: str, today: str) -> str:
    """A day as it was understood: `Tue 17 November 2026, 10 days ago`."""
    days = days_between(today, iso)
    near = {-1: phrase_in("when", "yesterday"), 0: _TODAY, 1: phrase_in("when", "tomorrow")}.get(days)
    if near is not None:
        distance = tr_in("when", near)
    elif days > 0:
        distance = plural("in {n} day", "in {n} days", days)
    else:
        distance = plural("{n} day ago", "{n} days ago", -days)
    return tr("{day}, {distance}", day=_long_day(iso, tr(SHORT_WEEKDAY_NAMES[_weekday(iso)])), distance=distance)


def moment(at: str, today: str, timezone: str | None) -> str:
    """An instant by the clock of a time zone (None: the machine's): `27 Nov, 06:24`. `at` is as in the file, in UTC."""
    try:
        local = local_time(at, timezone)
        return tr("{day}, {time}", day=day_without_year(local[:10], today), time=local[11:])
    except (ValueError, LookupError, OSError, OverflowError):
        return visible(at)  # A history edited by hand may hold anything.


def day_of(at: str, timezone: str | None) -> str | None:
    """The ISO day of an instant by the clock of a time zone (None: the machine's); None where it is no instant."""
    try:
        return local_time(at, timezone)[:10]
    except (ValueError, LookupError, OSError, OverflowError):
        return None  # A history edited by hand may hold anything.


def _weekday(iso: str) -> int:
    from datetime import date

    return date.fromisoformat(iso).weekday()


def visit_days(start: str, end: str) -> str:
    """The days of a visit: `6-8 Dec 2022`, `30 Nov - 2 Dec 2022`, or one day."""
    if start == end:
        return written_day(end)
    if start[:7] == end[:7]:
        return tr(WRITTEN_SPANS[int(end[5:7]) - 1], first=int(start[8:]), last=int(end[8:]), year=end[:4])
    return tr("{first} - {last}", first=_first_day(start, end), last=written_day(end))


def column_days(start: str, end: str) -> str:
    """The same in a column: `6-8 Dec 2022`, `06–08.12.2022`."""
    if start == end:
        return day(end)
    if start[:7] == end[:7]:
        return tr("{first}-{last} {month} {year}", first=int(start[8:]), last=int(end[8:]), **_parts(end))
    first = day_without_year(start, end) if language() == ENGLISH else day(start)
    return tr("{first} - {last}", first=first, last=day(end))


def _first_day(start: str, end: str) -> str:
    """The first day of a span, without its year where that is clear and the language can leave it out."""
    return day_without_year(start, end) if language() == ENGLISH else written_day(start)


def column_month(iso: str) -> str:
    """The month of an ISO day in a column: `Mar 2027`, `03.2027`."""
    return tr("{month} {year}", **_parts(iso))


def short_days(start: str, end: str) -> str:
    """Days near each other without their year, as short as can be: `2-8 Jan`, `30 Nov-6 Dec`, `02–08.01`."""
    if start[:7] == end[:7]:
        return tr("{first}-{last} {month}", first=int(start[8:]), last=int(end[8:]), **_parts(end))
    first, last = (tr("{day} {month}", **_parts(iso)) for iso in (start, end))
    return tr("{first}-{last}", first=first, last=last)


def counted(count: int, word: str, words: str = "") -> str:
    """A count with its noun in singular or plural: `1 visit`, `2 visits`. `words` is an irregular plural."""
    return f"{count} {word}" if count == 1 else f"{count} {words or word + 's'}"


def due_words(commitment: Commitment) -> str:
    """The words of a deadline where they say more than its day; else ""."""
    words, due = commitment.get("due_words", ""), commitment.get("due")
    if not words or due is None:
        return words
    from store.rules.dates.parse_date import is_only_a_day  # it imports datetime

    return "" if is_only_a_day(words, due) else words


def lateness(row: Row, today: str) -> str:
    """When a commitment is due or was done, in short words: `12 d late`, `in 3 d`, `done 6 Jan`.

    The date of a proposed one is a wish: it is `12 d past`, never late.
    """
    commitment = row.commitment
    if row.band != Band.FINISHED and row.band != Band.UNCONFIRMED:
        return _time_to_due(row)
    closed = commitment.get("closed")
    if commitment["state"] == State.CLOSED and closed:
        return tr_in("when", "closed: {because}", because=reason_text(closed["because"]))
    done = done_day(commitment)
    return tr_in("when", "done {day}", day=day_without_year(done, today)) if done else tr_in("when", "done")


def shorter_lateness(row: Row, today: str) -> str:
    """The same beside a column that says `closed` and `done` as well: the reason or the day alone."""
    commitment = row.commitment
    if row.band != Band.FINISHED and row.band != Band.UNCONFIRMED:
        return _time_to_due(row)
    closed, done = commitment.get("closed"), done_day(commitment)
    if commitment["state"] == State.CLOSED and closed:
        return reason_text(closed["because"])
    return day_without_year(done, today) if done else tr_in("when", "done")


def _time_to_due(row: Row) -> str:
    """The time to the due date of one that is to be done, or that there is none."""
    band = row.band
    if band == Band.OVERDUE and is_wish(row.commitment):
        return tr_in("when", "{n} d past", n=row.days_overdue)
    if band == Band.OVERDUE:
        return tr_in("when", "{n} d late", n=row.days_overdue)
    if band == Band.TODAY:
        return tr_in("when", _TODAY)
    if band in (Band.WEEK, Band.MONTH):
        return tr_in("when", "in {n} d", n=row.days_left)
    return day(row.commitment["due"]) if band == Band.LATER else tr("no date")


def reason_text(because: str) -> str:
    """The reason for closing, in words."""
    return tr(CLOSING_REASONS[because].text)


def kind_text(kind: str) -> str:
    """A kind as it is typed, in another language in its words; one of people's own as they wrote it."""
    entry = KINDS.get(kind)
    return kind if entry is None or language() == ENGLISH else tr(entry.text)


def days_without_news(row: Row) -> str:
    """`silent 40 d`, `no news for 8 d`, `news today`; one without any says so instead of counting from the visit."""
    if row.silent_days and row.is_silent:
        return plural("silent {n} d", "silent {n} d", row.silent_days)
    if "news_on" not in row.commitment:
        return tr("no news since the visit") if row.silent_days else tr("no news yet")
    return plural("no news for {n} d", "no news for {n} d", row.silent_days) if row.silent_days else tr("news today")


def next_chase(row: Row, today: str) -> list[str]:
    """`look again 15 Mar`, `to chase since 25 Feb`, `to chase today`; nothing where no day is set for it."""
    day = row.commitment.get("chase_on")
    if day is None:
        return []
    if row.is_to_chase and day == today:
        return [tr("to chase today")]
    shown = day_without_year(day, today)
    return [tr("to chase since {day}", day=shown) if row.is_to_chase else tr("look again {day}", day=shown)]


def long_lateness(row: Row, today: str) -> str:
    """The same where there is room: `12 d past, not agreed`, `in 84 d`, `done 6 Jan, 5 d late`."""
    is_unagreed = is_wish(row.commitment)
    if row.band == Band.LATER:
        return plural("in {n} d", "in {n} d", row.days_left or 0)
    if row.band == Band.OVERDUE and is_unagreed:
        return plural("{n} d past, not agreed", "{n} d past, not agreed", row.days_overdue)
    if row.band == Band.OVERDUE:
        return plural("{n} d late", "{n} d late", row.days_overdue)
    if row.band in (Band.TODAY, Band.WEEK, Band.MONTH):
        when = plural("in {n} d", "in {n} d", row.days_left or 0) if row.band != Band.TODAY else tr("today")
        return tr("{when}, not agreed", when=when) if is_unagreed else when
    when = _long_end(row, today)
    if row.outcome == Outcome.MET_LATE:
        return plural("{when}, {n} d late", "{when}, {n} d late", days_late(row.commitment), when=when)
    return when


def _long_end(row: Row, today: str) -> str:
    """The same of one that is not to be done any more: `done 6 Jan`, `closed: declined`."""
    closed, done = row.commitment.get("closed"), done_day(row.commitment)
    if row.commitment["state"] == State.CLOSED and closed:
        return tr("closed: {because}", because=reason_text(closed["because"]))
    if row.band not in (Band.FINISHED, Band.UNCONFIRMED):
        return lateness(row, today)
    return tr("done {day}", day=day_without_year(done, today)) if done else tr_in("when", "done")


def outcome(row: Row) -> str:
    """The outcome in words; provisional while it is reported and not confirmed. Empty while it is open."""
    if row.outcome is None:
        return ""
    words = tr(OUTCOMES[row.outcome].text)
    missing = missing_seats(row.commitment)
    if row.outcome not in Outcome.UNMET and missing:
        words = _with_seats(words, *missing)
    return (
        tr("{outcome} (provisional, until it is confirmed)", outcome=words) if is_provisional(row.commitment) else words
    )


def _with_seats(words: str, nominated: int, wanted: int) -> str:
    return tr("{outcome}, {n} of {total}", outcome=words, n=nominated, total=wanted)


def short_outcome(row: Row) -> str:
    """The same where there is little room: `met late, if confirmed`."""
    if row.outcome is None or not is_provisional(row.commitment):
        return outcome(row)
    words, missing = tr(_SHORT_OUTCOMES[row.outcome]), missing_seats(row.commitment)
    return tr("{outcome}, if confirmed", outcome=_with_seats(words, *missing) if missing else words)
