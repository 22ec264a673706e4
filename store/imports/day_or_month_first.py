"""Tells whether the day or the month stands first in a date of numbers, `03/04/2026`, and when that cannot be told."""

from __future__ import annotations

from store.imports.parse_answers import DAY_FIRST, MONTH_FIRST
from store.model.vocabulary import SHORT_MONTH_NAMES

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
    elif second[:3].title() in SHORT_MONTH_NAMES and second.isalpha():
        month = 0
    else:
        return None
    return int(first), month, int(year) + (2000 if len(year) == 2 else 0)


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
