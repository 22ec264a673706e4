"""The period of a report: parse a quarter, validate the period, and select the rows and rates of a report."""

from __future__ import annotations

from store.errors import UsageError
from store.model.vocabulary_and_signs import Precision
from store.rules.days import days_between, said_day
from store.rules.on_time_rate import on_time_rate
from store.sanitise_text import visible
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.reports.commitment_text import CommitmentText
    from store.reports.language_of_papers import Words
    from store.rules.on_time_rate import Rate
    from store.snapshot import Row, Snapshot

_MONTHS = 3
_QUARTERS = (
    phrase("Q1 {year}: {days}"),
    phrase("Q2 {year}: {days}"),
    phrase("Q3 {year}: {days}"),
    phrase("Q4 {year}: {days}"),
)
_ENDS = {"03-31": 1, "06-30": 2, "09-30": 3, "12-31": 4}
"""The last day of a quarter -> its number."""


def last_quarter(today: str) -> tuple[str, str]:
    """The first and last ISO day of the calendar quarter that ended last before `today`."""
    from store.rules.dates.month_arithmetic import add_to_day

    begun = (int(today[5:7]) - 1) // _MONTHS * _MONTHS + 1
    first = f"{today[:4]}-{begun:02}-01"
    return add_to_day(first, months=-_MONTHS), add_to_day(first, days=-1)


def parse_quarter(text: str | None, today: str) -> tuple[str, str]:
    """Parse a quarter into its first and last ISO day: `2023-Q1`, `1st quarter of 2023`, `I квартал 2023`.

    None is the last quarter that has ended, which donors ask for. A quarter without a year is the last that has begun.

    Raises: UsageError for any other text.
    """
    if text is None:
        return last_quarter(today)
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_date
    from store.rules.days import Direction

    try:
        parsed = parse_date(_as_quarter(text), today, Direction.BACK)
    except DateRefused:
        parsed = None
    if parsed is None or parsed.precision != Precision.QUARTER or parsed.start is None or parsed.day is None:
        sentence = tr('"{text}" is not a quarter: write it as 2023-Q1', text=visible(text[:60]))
        raise UsageError(sentence, code="report.quarter-not-understood", field="quarter")
    return parsed.start, parsed.day


def _as_quarter(text: str) -> str:
    """`2026Q4`, `4Q 2026`, `Q4/2026` and `4/2026`, which is no month where a quarter is asked for, as `2026-Q4`."""
    import re

    plain = " ".join(text.split()).casefold()
    for pattern in (
        r"(?P<year>\d{4}) ?[-/.]? ?q ?(?P<number>[1-4])",
        r"q ?(?P<number>[1-4]) ?[-/.]? ?(?P<year>\d{4})",
        r"(?P<number>[1-4]) ?q ?[-/.]? ?(?P<year>\d{4})",
        r"(?P<number>[1-4]) ?[-/.] ?(?P<year>\d{4})",
        r"(?P<year>\d{4}) ?[-/.] ?(?P<number>[1-4])",
    ):
        if (match := re.fullmatch(pattern, plain, re.ASCII)) is not None:
            return f"{match['year']}-Q{match['number']}"
    return text


def refuse_period(first: str, last: str, today: str) -> None:
    """Refuse a period that ends before it begins, or has not begun. Raises: UsageError."""
    if last < first:
        sentence = tr("a period from {first} cannot end on {last}", first=said_day(first), last=said_day(last))
        raise UsageError(sentence, code="report.ends-before-it-begins", field="last")
    if first > today:
        sentence = tr("the period from {first} to {last} is still to come", first=said_day(first), last=said_day(last))
        raise UsageError(sentence, code="report.period-to-come", field="first")


def period_in_words(words: Words, first: str, last: str, today: str) -> str:
    """Format a period: its days, its quarter if it is one, and whether it is not over yet."""
    days = words.written_period(first, last)
    if is_quarter(first, last):
        days = words.tr(_QUARTERS[_ENDS[last[5:]] - 1], year=last[:4], days=days)
    return words.tr("{period}, not over yet", period=days) if last >= today else days


def title_period(words: Words, first: str, last: str) -> str:
    """A period in a title: `Q1 2023`, or its days if it is no quarter."""
    return short_period(words, first, last) if is_quarter(first, last) else words.written_period(first, last)


def short_period(words: Words, first: str, last: str) -> str:
    """A period as `Q1 2023`, or its days if it is no quarter."""
    return words.agreed_date(last, Precision.QUARTER) if is_quarter(first, last) else words.period(first, last)


def period_before(first: str, last: str) -> tuple[str, str]:
    """The first and last ISO day of the quarter before a quarter, or of as many days before any other period."""
    from store.rules.dates.month_arithmetic import add_to_day

    end = add_to_day(first, days=-1)
    if is_quarter(first, last):
        return add_to_day(first, months=-_MONTHS), end
    return add_to_day(end, days=-days_between(first, last)), end


def period_after(last: str) -> tuple[str, str]:
    """The first and last ISO day of the three months that follow a period."""
    from store.rules.dates.month_arithmetic import add_to_day

    begin = add_to_day(last, days=1)
    return begin, add_to_day(add_to_day(begin, months=_MONTHS), days=-1)


def is_quarter(first: str, last: str) -> bool:
    """Whether these ISO days are the first and the last of a calendar quarter."""
    number = _ENDS.get(last[5:])
    return number is not None and first == f"{last[:4]}-{number * _MONTHS - 2:02}-01"


_MOST_NUMBERS = 20
"""So many numbers of commitments stand in a cell; a row of more could not be broken at the foot of a page."""


class ReportScope:
    """The subject of a report: `rows` of a `snapshot`, ISO days from `first` to `last`, `texts` in its language."""

    __slots__ = ("_rates", "annex", "commitments", "first", "last", "rows", "snapshot", "texts", "words")

    def __init__(self, texts: CommitmentText, snapshot: Snapshot, rows: Sequence[Row], first: str, last: str) -> None:
        self.texts = texts
        self.words: Words = texts.words
        self.snapshot = snapshot
        self.rows = rows
        self.commitments: list[Commitment] = [row.commitment for row in rows]
        self.first = first
        self.last = last
        self.annex: list[tuple[str, Sequence[int]]] = []
        self._rates: dict[str, Rate] = {}

    def listed(self, what: str, numbers: Sequence[int], *, most: int = _MOST_NUMBERS) -> str:
        """The numbers of commitments in a cell; more than `most` of them stand in the annex, under `what` they are.

        The same numbers stand there once, under all that they are.
        """
        if len(numbers) <= most:
            return self.words.numbers(numbers)
        place = next((place for place, (_, its) in enumerate(self.annex) if its == sorted(numbers)), None)
        if place is None:
            self.annex.append((what, sorted(numbers)))
            return self.words.tr("see annex, list {n}", n=len(self.annex))
        known, its = self.annex[place]
        if what not in known.split("; "):
            self.annex[place] = f"{known}; {what}", its
        return self.words.tr("see annex, list {n}", n=place + 1)

    def of_the_period(self, what: str, period: ReportScope | None = None) -> str:
        """What numbers in the annex are, with the period, this one or another, in which they are so."""
        its = period or self
        return self.words.tr("{what}, {period}", what=what, period=short_period(self.words, its.first, its.last))

    def of_period(self, first: str, last: str) -> ReportScope:
        """The same subject in another period, with the same annex."""
        other = ReportScope(self.texts, self.snapshot, self.rows, first, last)
        other.annex = self.annex
        return other

    def rate(self, by: str) -> Rate:
        """The on-time rate of the rows in the period, by one of `store.rules.on_time_rate.By.ALL`."""
        if by not in self._rates:
            self._rates[by] = on_time_rate(self.commitments, by, self.snapshot.today, first=self.first, last=self.last)
        return self._rates[by]

    def holds(self, day: str | None) -> bool:
        """Whether an ISO day lies in the period."""
        return day is not None and self.first <= day <= self.last
