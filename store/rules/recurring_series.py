"""The dates of a series: a promise that recurs every month, quarter or year, until a last day."""

from __future__ import annotations

from store.errors import NotAllowed
from store.model.vocabulary_and_signs import Precision
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.days import said_day
from store.rules.due_dates_and_extensions import DueDate
from store.translation import phrase_in, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
"""Interval of a series -> its number of months."""


_EVERY = {
    "month": phrase_in("every", "month"),
    "quarter": phrase_in("every", "quarter"),
    "year": phrase_in("every", "year"),
}
"""Interval of a series -> its name."""

MOST_OF_A_SERIES = 120
"""Commitments of a series, ten years of months, above which a year is more likely mistyped than meant."""


def series(first: DueDate, every: str, until: str, *, is_long_meant: bool = False) -> list[DueDate]:
    """The due dates of a recurring promise, `every` month, quarter or year, up to the ISO day `until`.

    A date agreed as a month, quarter or year stays the last day of its period. Source: docs/rules.md, Due dates.
    Raises: NotAllowed if the first of them is later than `until`, or if they are many and are not said to be meant.
    """
    dates = list(_series(first, every, until))
    if len(dates) > MOST_OF_A_SERIES and not is_long_meant:
        assert first.day is not None
        sentence = plural(
            "one for every {every} from {first} to {until} makes {n:,} commitment",
            "one for every {every} from {first} to {until} makes {n:,} commitments",
            len(dates),
            every=tr_in("every", _EVERY[every]),
            first=said_day(first.day),
            until=said_day(until),
        )
        raise NotAllowed(sentence, code="series.too-long", field="until")
    return dates


def _series(first: DueDate, every: str, until: str) -> Iterator[DueDate]:
    assert first.day is not None
    if first.day > until:
        raise NotAllowed(
            tr(
                "the first date {first} is later than the last one may be, {until}",
                first=said_day(first.day),
                until=said_day(until),
            ),
            code="series.begins-too-late",
            field="until",
            values={"first": said_day(first.day), "until": said_day(until)},
        )
    count = 0
    while True:
        day = _day_or_last_of_month(first, count * MONTHS_OF[every])
        if day > until:
            return
        yield DueDate(day, first.precision, first.words if count == 0 else None)
        count += 1


def _day_or_last_of_month(first: DueDate, months: int) -> str:
    """The ISO day so many months after the first: of 31 January, 28 February, and 31 March again.

    The last day of a month, quarter or year that was agreed stays one: of February, 31 March.
    """
    assert first.day is not None
    is_whole_period = first.precision not in (None, Precision.DAY, Precision.WEEK)
    if is_whole_period and (day_after := add_to_day(first.day, days=1)).endswith("-01"):
        return add_to_day(add_to_day(day_after, months=months), days=-1)
    return add_to_day(first.day, months=months)
