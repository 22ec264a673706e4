"""Read a day in figures behind the name of its weekday, which tells the order of day and month: `Fri 18/12/26`."""

from __future__ import annotations

from datetime import date
from re import compile as compile_pattern

from store.fold_case_and_accents import fold

_WEEKDAY_AND_DAY = compile_pattern(r"([^\W\d_]{2,12})\.?,?\s+(\d{1,2})([./-])(\d{1,2})\3(\d{4}|\d{2})")
_CENTURY = 2000
_BEGINNINGS = (
    ("mon", "lun", "пн", "пон"),
    ("tue", "mar", "вт", "вто"),
    ("wed", "mer", "mie", "ср", "сре"),
    ("thu", "jeu", "jue", "чт", "чет"),
    ("fri", "ven", "vie", "пт", "пят"),
    ("sat", "sam", "sab", "сб", "суб"),
    ("sun", "dim", "dom", "вс", "вос"),
)
"""How the names of the weekdays begin from Monday, in English, French, Spanish and Russian, folded."""

_WEEKDAYS = {each: number for number, names in enumerate(_BEGINNINGS) for each in names}


def day_by_weekday(text: str) -> date | None:
    """The day of such a text if one order of its figures alone gives that weekday, in this century; else None."""
    found = _WEEKDAY_AND_DAY.fullmatch(text)
    weekday = _WEEKDAYS.get(fold(found[1])[:3]) if found is not None else None
    if found is None or weekday is None:
        return None
    first, second = int(found[2]), int(found[4])
    year = int(found[5]) + (_CENTURY if len(found[5]) < 4 else 0)
    days = {day for day in (_day(year, second, first), _day(year, first, second)) if day is not None}
    fitting = [day for day in days if day.weekday() == weekday]
    return fitting[0] if len(fitting) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
