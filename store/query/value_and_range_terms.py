"""The terms of a query that compare values and ranges: states, bands, numbers, counts of days, due dates.

Those that compare names and text are in `store.query.name_and_text_terms`. The fields and words of the language are
the rows of `store.query.meaning_of_fields_and_words`.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, KINDS, OUTCOMES, STATES
from store.query.query_predicate import Query
from store.rules.days import said_day
from store.translation import ENGLISH, language, phrase_in, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from store.model.vocabulary_and_signs import Entry
    from store.snapshot import Row, Snapshot


LABELS = (
    *(phrase_in("field", "party"), phrase_in("field", "via"), phrase_in("field", "text"), phrase_in("field", "notes")),
    *(phrase_in("field", "band"), phrase_in("field", "outcome"), phrase_in("field", "number")),
    *(phrase_in("field", "silent"), phrase_in("field", "late")),
)
"""Labels of descriptions that are no fields of a record."""


class Named(Query):
    """A query described by a name."""

    __slots__ = ("_name", "_query")

    def __init__(self, name: str, query: Query) -> None:
        super().__init__(query.cost, query.asks_for_finished, query.negation_asks_for_finished, query.asks_for_aside)
        self._name = name
        self._query = query

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        return self._query.matches(row, snapshot)

    def reaches_aside(self, row: Row, snapshot: Snapshot) -> bool:
        return self._query.reaches_aside(row, snapshot)

    def terms(self) -> Iterator[Query]:
        return self._query.terms()

    def in_words(self) -> tuple[str, str]:
        return ("", tr_in("query", self._name))


class Is(Query):
    """A word that holds for a row, such as `overdue`."""

    __slots__ = ("_shown", "_test")

    def __init__(
        self,
        shown: str,
        test: Callable[[Row], bool],
        asks: bool = False,
        negation_asks_for_finished: bool = False,
        asks_for_aside: bool = False,
    ) -> None:
        super().__init__(0, asks, negation_asks_for_finished, asks_for_aside)
        self._shown = shown
        self._test = test

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        return self._test(row)

    def in_words(self) -> tuple[str, str]:
        return ("", tr(self._shown))


_SAID: Mapping[str, Mapping[str, Entry]] = {"state": STATES, "band": BANDS, "outcome": OUTCOMES, "kind": KINDS}
"""Label -> the entries of the vocabulary among which its values are."""


def said_value(label: str, value: str) -> str:
    """A value of a field in a description: in English as typed, else in words."""
    entry = _SAID.get(label, {}).get(value)
    return value if entry is None or language() == ENGLISH else tr('"{value}"', value=tr(entry.text))


class OneOf(Query):
    """A field with exactly one of some values."""

    __slots__ = ("_label", "_read", "_values")

    def __init__(self, label: str, read: Callable[[Row], str | None], values: Sequence[str], asks: bool) -> None:
        super().__init__(0, asks)
        self._label = label
        self._read = read
        self._values = tuple(values)

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        return self._read(row) in self._values

    def in_words(self) -> tuple[str, str]:
        return (self._label, tr(" or ").join(said_value(self._label, value) for value in self._values))


class Between(Query):
    """A number of days in an inclusive range; a bound of None is open."""

    __slots__ = ("_high", "_label", "_low", "_read")

    def __init__(self, label: str, read: Callable[[Row], int | None], low: int | None, high: int | None) -> None:
        super().__init__()
        self._label = label
        self._read = read
        self._low = low
        self._high = high

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        days = self._read(row)
        if days is None or (self._low is not None and days < self._low):
            return False
        return self._high is None or days <= self._high

    def in_words(self) -> tuple[str, str]:
        if self._high is None:
            return (self._label, plural("{n} days or more", "{n} days or more", self._low or 0))
        if self._low is None:
            return (self._label, plural("at most {n} days", "at most {n} days", self._high))
        if self._low == self._high:
            return (self._label, plural("{n} days", "{n} days", self._low))
        return (self._label, plural("{low} to {n} days", "{low} to {n} days", self._high, low=self._low))


class Numbered(Query):
    """Numbers of commitments in inclusive ranges; a bound of None is open."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: Sequence[tuple[int | None, int | None]]) -> None:
        super().__init__(0, asks_for_finished=True, asks_for_aside=True)
        self.pairs = tuple(pairs)

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        number = row.commitment["id"]
        for low, high in self.pairs:  # noqa: SIM110 - as above
            if (low is None or number >= low) and (high is None or number <= high):
                return True
        return False

    def may_be_unknown(self, snapshot: Snapshot) -> bool:
        return True

    def in_words(self) -> tuple[str, str]:
        ranges = []
        for low, high in self.pairs:
            if high is None or low is None:
                ranges.append(tr("from {low}", low=low) if high is None else tr("up to {high}", high=high))
            else:
                ranges.append(f"{low}" if low == high else f"{low}-{high}")
        return ("number", ", ".join(ranges))


def _from_to(low: str, high: str) -> str:
    return tr("{low} to {high}", low=low, high=high)


class Due(Query):
    """A due date in an inclusive range of ISO days; a bound of None is open."""

    __slots__ = ("_high", "_low")

    def __init__(self, low: str | None, high: str | None) -> None:
        super().__init__()
        self._low = low
        self._high = high

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        due = row.commitment.get("due")
        if due is None or (self._low is not None and due < self._low):
            return False
        return self._high is None or due <= self._high

    def in_words(self) -> tuple[str, str]:
        if self._high is None or self._low is None:
            if self._low is not None:
                return ("due", tr("from {low}", low=said_day(self._low)))
            return ("due", tr("by {high}", high=said_day(self._high) if self._high else None))
        low, high = said_day(self._low), said_day(self._high)
        return ("due", low if low == high else _from_to(low, high))


class Undated(Query):
    """No due date, in any state."""

    __slots__ = ()

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        return "due" not in row.commitment

    def in_words(self) -> tuple[str, str]:
        return ("due", tr("on no date"))
