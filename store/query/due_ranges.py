"""The ranges of days that a query about deadlines names: `due:may`, `due<2w`, `due:2023-01-01..`, `due:none`.

What the words of a date mean is in `store.rules.dates`.

Source: docs/reference.md, Queries.
"""

from __future__ import annotations

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.query.query_predicate import Query
from store.query.value_and_range_terms import Due, Undated
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.dates.parse_date import parse_date
from store.sanitise_text import visible
from store.translation import tr
from store.words_for_none import NO_DATE_TYPED

_UNITS = frozenset(("d", "w", "m", "y", "day", "days", "week", "weeks", "month", "months", "year", "years"))


def due_term(sign: str, value: str, today: str) -> Query:
    """The term for a sign (`:`, `<`, `>=`, ...) and the value after it; `today` is an ISO day.

    Raises: UsageError; DateRefused.
    """
    if sign != ":":
        first, last = _period(value, today)
        if sign == ">":
            return Due(add_to_day(last, days=1), None)
        if sign == "<":
            return Due(None, add_to_day(first, days=-1))
        return Due(first, None) if sign == ">=" else Due(None, last)
    low, dots, high = value.partition("..")
    if not dots:
        return Undated() if fold(value) in NO_DATE_TYPED else Due(*_period(value, today))
    if not low.strip() and not high.strip():
        sentence = tr("due:.. has no day on either side: write due:..2w or due:2023-01-01..")
        raise UsageError(sentence, code="query.range-without-days")
    first_day = _period(low, today)[0] if low.strip() else None
    last_day = _period(high, today)[1] if high.strip() else None
    if first_day and last_day and first_day > last_day:
        sentence = tr("due:{value} ends before it begins", value=visible(value[:60]))
        raise UsageError(sentence, code="query.range-ends-before-it-begins")
    return Due(first_day, last_day)


def _period(phrase: str, today: str) -> tuple[str, str]:
    """The first and last ISO day of a date phrase. Raises: DateRefused; UsageError for `none`."""
    phrase = phrase.strip()
    deadline = parse_date(_bare_offset(phrase) or phrase, today)
    if deadline.start is None or deadline.day is None:
        sentence = tr(
            '"{phrase}" is no day that a range could have: write due:none for no date', phrase=visible(phrase[:60])
        )
        raise UsageError(sentence, code="query.no-day")
    return deadline.start, deadline.day


def _bare_offset(phrase: str) -> str:
    """`+2w` for a phrase that is `2w` or `10 days`: in a query it counts from today. Empty for any other."""
    unit = phrase.lstrip("0123456789")
    count, short = phrase[: len(phrase) - len(unit)], unit.strip().lower()
    if count and not short.isascii():
        from store.query.russian_keywords import RUSSIAN_UNITS

        unit = short = RUSSIAN_UNITS.get(short.rstrip("."), "")
    return f"+{count}{unit}" if count and short in _UNITS else ""
