"""Words for days, months and spans of days."""

from __future__ import annotations

from store.model.months_and_weekdays import (
    MONTH_NAMES,
    SHORT_MONTH_NAMES,
    SHORT_WEEKDAY_NAMES,
    WRITTEN_DAYS,
    WRITTEN_SPANS,
)
from store.rules.days import days_between, local_time
from store.sanitise_text import visible
from store.translation import ENGLISH, language, phrase_in, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


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
    """Days shown together, each with its year where the years differ (`1 Jan 2027`)."""
    if len({iso[:4] for iso in days}) > 1:
        return [*map(day, days)]
    return [day_without_year(iso, today) for iso in days]


def _parts(iso: str) -> dict[str, object]:
    """The parts of a day from which each language takes what it needs."""
    number = int(iso[5:7])
    return {"day": int(iso[8:]), "month": tr(SHORT_MONTH_NAMES[number - 1]), "number": number, "year": iso[:4]}


def written_day(iso: str) -> str:
    """An ISO day in a sentence: `31 Mar 2027`, `31 марта 2027 г.`."""
    return tr(WRITTEN_DAYS[int(iso[5:7]) - 1], day=int(iso[8:]), year=iso[:4])


def day_with_weekday(iso: str) -> str:
    """The same with its weekday: `Wed 31 Mar 2027`, `ср, 31 марта 2027 г.`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=written_day(iso))


def near_day(iso: str) -> str:
    """The same for a day close by, short: `Wed 31 Mar`, `ср, 31.03`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=tr("{day} {month}", **_parts(iso)))


def short_day_with_weekday(iso: str) -> str:
    """The same in a column: `Wed 31 Mar 2027`, `ср, 31.03.2027`."""
    return tr("{weekday} {day}", weekday=tr(SHORT_WEEKDAY_NAMES[_weekday(iso)]), day=day(iso))


def _long_day(iso: str, weekday: str) -> str:
    """A day with its month in whole words, behind its weekday: `Wed 31 March 2027`, `ср, 31 марта 2027 г.`."""
    month = tr_in("day", MONTH_NAMES[int(iso[5:7]) - 1])
    return tr("{weekday} {day} {month} {year}", weekday=weekday, day=int(iso[8:]), month=month, year=iso[:4])


def day_and_distance(iso: str, today: str) -> str:
    """A day as it was understood, with its distance: `Tue 17 November 2026, 10 days ago`."""
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
    """An instant in a time zone (None: the machine's): `27 Nov, 06:24`. `at` is as in the file, in UTC."""
    try:
        local = local_time(at, timezone)
        return tr("{day}, {time}", day=day_without_year(local[:10], today), time=local[11:])
    except (ValueError, LookupError, OSError, OverflowError):
        return visible(at)  # A history edited by hand may hold anything.


def day_of(at: str, timezone: str | None) -> str | None:
    """The ISO day of an instant in a time zone (None: the machine's); None for an invalid instant."""
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
