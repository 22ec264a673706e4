"""Reads a date of numbers, `03/04/2026`, with the day or the month first, and detects an unclear order."""

from __future__ import annotations

from datetime import date
from re import fullmatch

from store.imports.answers.parse_answers import DAY_FIRST, MONTH_FIRST, ORDERS
from store.imports.grid.invalid_cell import InvalidCell
from store.model.months_and_weekdays import SHORT_MONTH_NAMES
from store.sanitise_text import visible
from store.translation import tr

_SHORT_YEAR = r"([0-9]{1,2})([./-])([0-9]{1,2})\2[0-9]{2}"
_LAST_DAY = 31
_PARTS = 3
_MONTHS = 12


def in_order(text: str) -> tuple[int, int, int] | None:
    """The first, second and last number of a day written as `31/03/2023` or `31-Mar-23`; a month by name is 0.

    None for another text, one with dots too: those are day first.
    """
    parts = text.replace("-", "/").split("/")
    if len(parts) != _PARTS or not all(part.isascii() for part in parts):
        return None
    first, second, year = (part.strip() for part in parts)
    if not (first.isdigit() and len(first) <= 2 and year.isdigit() and len(year) in (2, 4)):
        return None
    if second.isdigit() and len(second) <= 2:
        month = int(second)
        if not month:
            return None  # A database writes 00/00/0000 for no day.
    elif second[:3].title() in SHORT_MONTH_NAMES and second.isalpha():
        month = 0
    else:
        return None
    return int(first), month, int(year) + (2000 if len(year) == 2 else 0)


def order_of_short_year(text: str) -> str | None:
    """The order of ORDERS for a day with a year of two figures, `28.12.26`, if known; None for another text.

    Between dots the day stands first, as in all dates. What can be read in two ways is `is_ambiguous`.
    """
    found = fullmatch(_SHORT_YEAR, text)
    if found is None:
        return None
    first, mark, second = int(found[1]), found[2], int(found[3])
    if mark != "." and second > _MONTHS >= first > 0:
        first, second, order = second, first, MONTH_FIRST
    else:
        order = DAY_FIRST
    return order if 0 < first <= _LAST_DAY and 0 < second <= _MONTHS else None


def is_ambiguous(text: str) -> bool:
    """Whether a day can be read with the day or with the month first, and is another one then."""
    found = in_order(text)
    return found is not None and 0 < found[0] <= _MONTHS and 0 < found[1] <= _MONTHS and found[0] != found[1]


def order_of(text: str) -> str | None:
    """In which of ORDERS a day is certainly written; None where it can be either."""
    found = in_order(text)
    if found is None or found[1] == 0 or found[0] == found[1]:
        return None
    first, second, _ = found
    if first > _MONTHS >= second:
        return DAY_FIRST
    return MONTH_FIRST if second > _MONTHS >= first else None


def day_in_order(text: str, written: tuple[int, int, int], order: str) -> date:
    """The day of the numbers that a text is `written` in, read in this order. Raises: InvalidCell."""
    first, second, year = written
    day, month = (first, second) if order == DAY_FIRST or not second else (second, first)
    if not second:
        month = SHORT_MONTH_NAMES.index(text.replace("-", "/").split("/")[1].strip()[:3].title()) + 1
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidCell(
            tr('"{text}" is no day that is written {order}', text=visible(text)[:60], order=tr(ORDERS[order]))
        ) from None
