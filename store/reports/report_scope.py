"""What a report is about: some rows of a snapshot, a period, a language."""

from __future__ import annotations

from store.rules.on_time import on_time_rate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.reports.commitment_text import Telling
    from store.reports.wording import Words
    from store.rules.on_time import Rate
    from store.snapshot import Row, Snapshot


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
