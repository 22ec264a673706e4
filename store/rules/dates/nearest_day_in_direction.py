"""Which Friday, and which year of `31 March`, is meant: the nearest one forward, back or on either side of a day."""

from __future__ import annotations

from datetime import date

from store.rules.dates.date_refusals import Unclear
from store.rules.dates.date_words_and_tokens import FIRST_YEAR, LAST_YEAR
from store.rules.dates.month_arithmetic import add_clamped
from store.rules.days import Direction
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Span = tuple[date, date]
    """The first and the last day of a period."""

    InYear = Callable[[int], Span | None]
    """A year -> its day or period of some name; None when it has none, as 29 February."""

_LEAP_YEARS_APART = 8


class ReferenceDate:
    """The day `today`, a `direction` of `Direction`, and `since`: the first day that NEAREST may find, if there is one.

    Source: docs/rules.md, Dates.
    """

    __slots__ = ("direction", "since", "today")

    def __init__(self, today: date, direction: str, since: date | None = None) -> None:
        self.today = today
        self.direction = direction
        self.since = since

    def at(self, days: int, months: int) -> date:
        """Add days and months to today; both may be negative.

        Raises: Unclear for a day before today where dates look forward, and outside FIRST_YEAR to LAST_YEAR.
        """
        day = add_clamped(self.today, days, months)
        if day is None or day.year > LAST_YEAR or (day < self.today and day.year < FIRST_YEAR):
            is_past = days < 0 or months < 0
            raise Unclear(
                tr("lies before the year {first_year}", first_year=FIRST_YEAR)
                if is_past
                else tr("lies past the year {last_year}", last_year=LAST_YEAR)
            )
        if day < self.today:
            self.refuse_past(day)
        return day

    def refuse_past(self, day: date) -> None:
        """Refuse words for a past day where dates lie ahead. Raises: Unclear."""
        if self.direction == Direction.FORWARD:
            raise Unclear(tr("looks back, and a date looks ahead here"), day.isoformat())

    def weekday(self, number: int) -> date:
        """The day of a weekday, Monday is 0: forward it is never today, in the other directions it may be."""
        if self.since is not None:
            return add_clamped(self.since, (number - self.since.weekday()) % 7, 0) or self.since
        if self.direction == Direction.BACK:
            return self.at(-((self.today.weekday() - number) % 7), 0)
        if self.direction == Direction.NEAREST:
            return self.at((number - self.today.weekday() + 3) % 7 - 3, 0)
        return self.at((number - self.today.weekday() - 1) % 7 + 1, 0)

    def this_weekday(self, number: int) -> date:
        """The day of `this Friday`: looking forward the next one, else the one in this week."""
        if self.since is not None or self.direction in (Direction.FORWARD, Direction.FIXED):
            return self.weekday(number)
        return self.at(number - self.today.weekday(), 0)

    def last_weekday(self, number: int) -> date:
        """The day of `last Friday`, which is never today."""
        return self.at(-((self.today.weekday() - number - 1) % 7 + 1), 0)

    def pick(self, in_year: InYear) -> Span:
        """Choose the day or period of a name without a year. Raises: Unclear when it needs one, or does not exist.

        What lies around today is both the next one and the last one.
        """
        if self.direction == Direction.BACK:
            return _found(self._before(in_year))
        if self.since is not None:
            return _found(_from(self.since, in_year))
        after = _from(self.today, in_year)
        if self.direction == Direction.FORWARD:
            return _found(after)
        before = self._before(in_year)
        if self.direction == Direction.FIXED:
            spans = [span for span in (before, after) if span]
            raise Unclear(
                tr("has no year, and the list would mean another day next year"),
                *(f"{{}} {last.year}" for _, last in spans),
                *(last.isoformat() for _, last in spans),
            )
        if before is None or after is None:
            return _found(before or after)
        is_past_nearer = (self.today - before[1]) <= (after[0] - self.today)
        return before if is_past_nearer else after

    def _before(self, in_year: InYear) -> Span | None:
        """The last one that has begun."""
        for year in range(self.today.year, max(self.today.year - _LEAP_YEARS_APART, 1) - 1, -1):
            span = in_year(year)
            if span and span[0] <= self.today:
                return span
        return None


def _from(day: date, in_year: InYear) -> Span | None:
    """The first one that has not ended on a day."""
    for year in range(day.year, min(day.year + _LEAP_YEARS_APART, date.max.year) + 1):
        span = in_year(year)
        if span and span[1] >= day:
            return span
    return None


def _found(span: Span | None) -> Span:
    if span is None:
        raise Unclear(
            tr("lies outside the years {first_year} to {last_year}", first_year=FIRST_YEAR, last_year=LAST_YEAR)
        )
    return span
