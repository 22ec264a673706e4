"""The period of a report: which quarter is meant, and what is refused."""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary import phrase
from store.rules.on_time import on_time_rate
from store.text import fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.reports.commitment_text import Telling
    from store.reports.wording import Words
    from store.rules.on_time import Rate
    from store.snapshot import Row, Snapshot

_MONTHS = 3
_QUARTERS = (
    phrase("Q1 {year}: {days}"),
    phrase("Q2 {year}: {days}"),
    phrase("Q3 {year}: {days}"),
    phrase("Q4 {year}: {days}"),
)
_LAST = frozenset(("last quarter", "previous quarter", "прошлый квартал", "предыдущий квартал"))
_ENDS = {"03-31": 1, "06-30": 2, "09-30": 3, "12-31": 4}
"""The last day of a quarter -> its number."""


def last_quarter(today: str) -> tuple[str, str]:
    """The first and last ISO day of the calendar quarter that ended last before `today`."""
    from store.rules.dates.parse import shift

    begun = (int(today[5:7]) - 1) // _MONTHS * _MONTHS + 1
    first = f"{today[:4]}-{begun:02}-01"
    return shift(first, months=-_MONTHS), shift(first, days=-1)


def period_of(text: str | None, today: str) -> tuple[str, str]:
    """The first and last ISO day of a quarter in words: `2023-Q1`, `1st quarter of 2023`, `I квартал 2023`.

    None is the last one that has ended: a donor asks for it then. One without a year is the last that has begun: a
    report looks back.

    Raises: UsageError for what is no quarter.
    """
    if text is None or fold(text.strip()) in _LAST:
        return last_quarter(today)
    from store.model.vocabulary import Precision
    from store.rules.dates.parse import DateRefused, parse_date, shift

    try:
        meant = parse_date(text, today)
    except DateRefused:
        meant = None
    if meant is None or meant.precision != Precision.QUARTER or meant.start is None or meant.day is None:
        sentence = f'"{visible(text[:60])}" is not a quarter: write it as 2023-Q1'
        raise UsageError(sentence, code="report.quarter-not-understood", field="quarter")
    if meant.start > today and meant.start[:4] not in text:
        return shift(meant.start, years=-1), shift(shift(meant.day, days=1), years=-1, days=-1)
    return meant.start, meant.day


def refuse_period(first: str, last: str, today: str) -> None:
    """Raises: UsageError for a period that ends before it begins, or has not begun."""
    if last < first:
        sentence = f"a period from {first} cannot end on {last}"
        raise UsageError(sentence, code="report.ends-before-it-begins", field="last")
    if first > today:
        sentence = f"the period from {first} to {last} is still to come"
        raise UsageError(sentence, code="report.period-to-come", field="first")


def period_in_words(words: Words, first: str, last: str, today: str) -> str:
    """The days of a period, the quarter that it is, and whether it still goes on."""
    told = words.period(first, last)
    number = _ENDS.get(last[5:])
    if number is not None and first == f"{last[:4]}-{number * _MONTHS - 2:02}-01":
        told = words.say(_QUARTERS[number - 1], year=last[:4], days=told)
    return words.say("{period}, not over yet", period=told) if last >= today else told


# What a report is about: some rows of a snapshot, a period, a language.


class Scope:
    """`rows` of a `snapshot`, and the period of ISO days from `first` to `last`; `telling` tells of them."""

    __slots__ = ("_rates", "commitments", "first", "last", "rows", "snapshot", "telling", "words")

    def __init__(self, telling: Telling, snapshot: Snapshot, rows: Sequence[Row], first: str, last: str) -> None:
        self.telling = telling
        self.words: Words = telling.words
        self.snapshot = snapshot
        self.rows = rows
        self.commitments: list[Commitment] = [row.commitment for row in rows]
        self.first = first
        self.last = last
        self._rates: dict[str, Rate] = {}

    def rate(self, by: str) -> Rate:
        """The on-time rate of all of them in the period, by one of `store.rules.on_time.By.ALL`."""
        if by not in self._rates:
            self._rates[by] = on_time_rate(self.commitments, by, self.snapshot.today, first=self.first, last=self.last)
        return self._rates[by]

    def holds(self, day: str | None) -> bool:
        """Whether an ISO day lies in the period."""
        return day is not None and self.first <= day <= self.last
