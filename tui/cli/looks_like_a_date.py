"""Recognises a date in typed words and its length, and the two days of a visit, `17-19 November`."""

from __future__ import annotations

from store.model.vocabulary_and_signs import Precision
from store.rules.days import Direction
from store.sanitise_text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def first_and_last_day(typed: str) -> tuple[str, str] | None:
    """Parse `17-19 November`, `с 17 по 19 ноября` or `30 November - 2 December` to two days; None for anything else."""
    text = " ".join(visible(typed).split()).removeprefix("from ").removeprefix("с ")
    for dash in (" to ", " until ", " till ", " по ", " до ", " - ", "..", "\u2013", "\u2014", "-", " "):
        for at in range(len(text)):
            if not text.startswith(dash, at):
                continue
            first, last = text[:at].strip(), text[at + len(dash) :].strip()
            if dash == " " and not (_has_digit(first) and _has_digit(last)):
                # `Friday 20 November` is one day.
                continue
            if first.isdecimal() and len(first) < 3:
                first = f"{first} {last.partition(' ')[2]}"
            elif first[:1].isalpha() and last[:1].isdecimal():
                # `November 16-20, 2026`
                (month, _, day), (last_day, _, year) = first.partition(" "), last.replace(",", " ").partition(" ")
                if month.isalpha() and is_exact_day([day, month]):
                    first, last = (f"{each} {month} {year}".rstrip() for each in (day, last_day))
            if is_exact_day([first]) and is_exact_day([last]):
                return _with_year_of(last, first), last
    return None


def _with_year_of(last: str, first: str) -> str:
    """The first day with the year of the last one: `30 December - 2 January 2024` begins in 2023."""
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_day

    year = last[-4:]
    if not (year.isdecimal() and is_exact_day([f"{first} {year}"])):
        return first
    try:
        is_before = parse_day(f"{first} {year}", "2024-02-15") <= parse_day(last, "2024-02-15")
    except DateRefused:
        return first
    return f"{first} {year if is_before else int(year) - 1}"


def _has_digit(text: str) -> bool:
    return any(map(str.isdecimal, text))


def is_exact_day(words: Sequence[str]) -> bool:
    """Whether words are an exact day of a visit: no week, no month."""
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_date

    try:
        return parse_date(" ".join(words), "2024-02-15", Direction.NEAREST).precision == Precision.DAY
    except DateRefused:
        return False


def length_of_date(words: Sequence[str]) -> int:
    """The number of words, from the first, that are a date; 0 where none is."""
    return next((length for length in range(min(len(words), 8), 0, -1) if is_date(words[:length])), 0)


def is_date(words: Sequence[str], *directions: str) -> bool:
    """Whether words are a date, to come or past, or in these directions."""
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_date

    for direction in directions or (Direction.FORWARD, Direction.BACK):
        try:
            parse_date(" ".join(words), "2024-02-15", direction)
        except DateRefused:
            continue
        return True
    return False
