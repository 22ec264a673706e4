"""Sentences on an import as a whole: days that it assumed for want of others, and commitments that the list lost."""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.rules.days import said_day
from store.translation import plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.imports.apply.apply_rows import RowChange
    from store.imports.rows.parse_rows import ImportRow
    from store.transaction import Transaction

_MOST_NAMED = 20
"""The most promises whose numbers are told."""


class AssumedDays:
    """Counts the new commitments that are agreed, or closed, on the day of the import, because no row says when."""

    def __init__(self, today: str) -> None:
        self._today = today
        self._agreed = 0
        self._closed = 0

    def count(self, row: ImportRow, change: RowChange) -> None:
        """Count a new commitment."""
        commitment = change.commitment
        is_of_today = commitment.get("agreed_on") == self._today and "reported" not in commitment
        self._agreed += is_of_today and row.get("agreed-on") is None
        self._closed += commitment["state"] == State.CLOSED and row.get("closed-on") is None

    def notices(self) -> list[str]:
        """A sentence on each."""
        day = said_day(self._today)
        agreed, closed = self._agreed, self._closed
        sentences = [
            plural(
                "{n} new commitment counts as agreed on {day}, the day of the import: the list does not say when "
                "(a column agreed-on does)",
                "{n} new commitments count as agreed on {day}, the day of the import: the list does not say when "
                "(a column agreed-on does)",
                agreed,
                day=day,
            )
            if agreed
            else "",
            plural(
                "{n} new commitment counts as closed on {day}, the day of the import: the list does not say when "
                "(a column closed-on does)",
                "{n} new commitments count as closed on {day}, the day of the import: the list does not say when "
                "(a column closed-on does)",
                closed,
                day=day,
            )
            if closed
            else "",
        ]
        return list(filter(None, sentences))


def lost_in_words(tx: Transaction, changes: Sequence[RowChange]) -> list[str]:
    """A sentence on the commitments that came with those which the list has, and that it has no more."""
    there = {change.number for change in changes if not change.is_new}
    if not there:
        return []
    visits = {change.commitment["visit"] for change in changes if not change.is_new}
    named = {change.number for change in changes}
    others = [
        number
        for number, commitment in tx.commitments().items()
        if number not in named and commitment["visit"] in visits and commitment["state"] != State.CLOSED
    ]
    if not others:
        return []
    imports = {change for number in there if (change := _import_of(tx, number)) is not None}
    lost = [number for number in others if _import_of(tx, number) in imports] if imports else []
    if not lost:
        return []
    numbers = ", ".join(tr_in("record", "#{n}", n=number) for number in lost[:_MOST_NAMED])
    if len(lost) > _MOST_NAMED:
        numbers = tr("{first} and {count} more", first=numbers, count=len(lost) - _MOST_NAMED)
    return [
        plural(
            "{numbers} came from this list and is not in it any more: nothing was changed there",
            "{numbers} came from this list and are not in it any more: nothing was changed there",
            len(lost),
            numbers=numbers,
        )
    ]


def _import_of(tx: Transaction, number: int) -> int | None:
    """The number of the import that added a commitment; None where none did."""
    first = next(iter(tx.events_of("commitments", number)), None)
    return first["change"] if first is not None and "imported" in first else None
