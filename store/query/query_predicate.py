"""A query, a predicate on rows, and what joins queries: and, or, not; how they bind stands in `parse_query`.

The terms that are joined are in `store.query.value_and_range_terms` and `store.query.name_and_text_terms`.
"""

from __future__ import annotations

from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.snapshot import Row, Snapshot


class Query:
    """A predicate on rows; `&`, `|` and `-` combine queries. This one matches every row.

    `asks_for_finished`: it selects finished commitments, so that a list must not hide them;
    `negation_asks_for_finished`: its negation does. `asks_for_aside`: it speaks of a visit or of what is set aside, so
    that a list must not hide what that selects. `cost` orders the terms of a conjunction, the cheap ones first.
    """

    __slots__ = ("asks_for_aside", "asks_for_finished", "cost", "negation_asks_for_finished")

    reads_notes = False
    """Whether it looks into the notes of commitments."""

    def __init__(
        self,
        cost: int = 0,
        asks_for_finished: bool = False,
        negation_asks_for_finished: bool = False,
        asks_for_aside: bool = False,
    ) -> None:
        self.cost = cost
        self.asks_for_finished = asks_for_finished
        self.negation_asks_for_finished = negation_asks_for_finished
        self.asks_for_aside = asks_for_aside

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        """Whether the query selects the row, which is one of this snapshot's."""
        return True

    def reaches_aside(self, row: Row, snapshot: Snapshot) -> bool:
        """Whether the query selects the row by a term for what is set aside."""
        return self.asks_for_aside and self.matches(row, snapshot)

    def lists(self, row: Row, snapshot: Snapshot) -> bool:
        """Whether a list of the query shows the row: one set aside only where a term asks for it."""
        return self.reaches_aside(row, snapshot) if row.is_aside else self.matches(row, snapshot)

    def hides(self, row: Row, snapshot: Snapshot) -> bool:
        """Whether it matches the row, but no list of it shows it because it is set aside."""
        return self.matches(row, snapshot) and not self.lists(row, snapshot)

    def terms(self) -> Iterator[Query]:
        """The terms that it joins, or itself."""
        yield self

    def may_be_unknown(self, snapshot: Snapshot) -> bool:
        """Whether it names something that the store may not know: `store.query.unknown_names` finds out."""
        return False

    def in_words(self) -> tuple[str, str]:
        """The description in two parts: the field, and the values."""
        return ("", tr("everything"))

    def describe(self) -> str:
        """The query in plain words, sanitised for a terminal."""
        label, values = self.in_words()
        return tr_in("query", "{field} {values}", field=tr_in("field", label), values=values) if label else values

    def __and__(self, other: Query) -> Query:
        return all_of([self, other])

    def __or__(self, other: Query) -> Query:
        return any_of([self, other])

    def __neg__(self) -> Query:
        return Not(self)


class Not(Query):
    """The negation of a query."""

    __slots__ = ("_query",)

    def __init__(self, query: Query) -> None:
        super().__init__(query.cost, query.negation_asks_for_finished, query.asks_for_finished)
        self._query = query

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        return not self._query.matches(row, snapshot)

    def terms(self) -> Iterator[Query]:
        return self._query.terms()

    def in_words(self) -> tuple[str, str]:
        inner = self._query.describe()
        return (
            "",
            tr("not ({inner})", inner=inner)
            if tr(" or ") in inner or "; " in inner
            else tr("not {inner}", inner=inner),
        )

    def __neg__(self) -> Query:
        return self._query


class _Joined(Query):
    __slots__ = ("_by_cost", "parts")

    def __init__(self, parts: Iterable[Query]) -> None:
        self.parts = tuple(parts)
        self._by_cost = sorted(self.parts, key=lambda part: part.cost)
        super().__init__(
            max((part.cost for part in self.parts), default=0),
            any(part.asks_for_finished for part in self.parts),
            any(part.negation_asks_for_finished for part in self.parts),
            any(part.asks_for_aside for part in self.parts),
        )

    def terms(self) -> Iterator[Query]:
        for part in self.parts:
            yield from part.terms()


class AllOf(_Joined):
    """The conjunction of queries; without parts it matches every row."""

    __slots__ = ()

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        for part in self._by_cost:  # noqa: SIM110 - `all()` of a generator costs more than a cheap term
            if not part.matches(row, snapshot):
                return False
        return True

    def reaches_aside(self, row: Row, snapshot: Snapshot) -> bool:
        return self.matches(row, snapshot) and any(part.reaches_aside(row, snapshot) for part in self.parts)

    def in_words(self) -> tuple[str, str]:
        return ("", "; ".join(part.describe() for part in self.parts) or tr("everything"))


class AnyOf(_Joined):
    """The disjunction of queries."""

    __slots__ = ()

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        for part in self._by_cost:  # noqa: SIM110 - as above
            if part.matches(row, snapshot):
                return True
        return False

    def reaches_aside(self, row: Row, snapshot: Snapshot) -> bool:
        return any(part.reaches_aside(row, snapshot) for part in self.parts)

    def in_words(self) -> tuple[str, str]:
        described = [part.in_words() for part in self.parts]
        labels = {label for label, _ in described}
        if len(labels) == 1:
            return (labels.pop(), tr(" or ").join(value for _, value in described))
        sentences = [part.describe() for part in self.parts]
        return ("", tr(" or ").join(f"({one})" if "; " in one else one for one in sentences))


def all_of(queries: Sequence[Query]) -> Query:
    """The queries joined by and."""
    parts: list[Query] = []
    for query in queries:
        parts += query.parts if isinstance(query, AllOf) else (query,)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def any_of(queries: Sequence[Query]) -> Query:
    """The queries (one at least) joined by or."""
    parts: list[Query] = []
    for query in queries:
        parts += query.parts if isinstance(query, AnyOf) else (query,)
    return parts[0] if len(parts) == 1 else AnyOf(parts)
