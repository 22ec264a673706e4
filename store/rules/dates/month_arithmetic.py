"""Add months to a day, clamped to the end of a shorter month; the lengths of months.

`store.rules.recurring_series` makes the days of a series.
"""

from __future__ import annotations

from datetime import date

from store.rules.dates.date_refusals import DateRefused
from store.rules.days import said_day
from store.translation import tr


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_clamped(day: date, days: int, months: int) -> date | None:
    """Add months, clamped to the end of the month, then days; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    number = date(year, month + 1, min(day.day, month_length(year, month + 1))).toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None


def add_to_day(day: str, *, days: int = 0, months: int = 0, years: int = 0) -> str:
    """Add calendar years and months, then days, to an ISO day; 31 January + 1 month is 28 February.

    Raises: DateRefused when there is no such day (before year 1, after year 9999).
    """
    there = add_clamped(date.fromisoformat(day), days, 12 * years + months)
    if there is None:
        sentence = tr(
            "counting on from {day} leaves the calendar: give a smaller number, e.g. +2w or +3m", day=said_day(day)
        )
        raise DateRefused(sentence, code="date.off-the-calendar")
    return there.isoformat()


def months(year: int, first: int, count: int) -> tuple[date, date]:
    """The first and the last day of this many months, from the month `first` of a year on."""
    last = first + count - 1
    return date(year, first, 1), date(year, last, month_length(year, last))
