"""Calendar arithmetic with the lengths of months; `recurring_series` makes the days of a series."""

from __future__ import annotations

from datetime import date


def month_length(year: int, month: int) -> int:
    """The number of days of a month."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def moved(day: date, days: int, months: int) -> date | None:
    """Add days and months to a date, clamping the day of the month; None outside the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return None
    number = date(year, month + 1, min(day.day, month_length(year, month + 1))).toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None


def months(year: int, first: int, count: int) -> tuple[date, date]:
    """The first and the last day of this many months, from the month `first` of a year on."""
    last = first + count - 1
    return date(year, first, 1), date(year, last, month_length(year, last))
