"""Counts by party: commitments it owes, is owed, owes late, and has still to confirm."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import OPEN, State
from store.rules.due_dates_and_extensions import is_late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

    from store.model.record_types import Commitment, Party

    class Assessed(Protocol):
        """A commitment with its band today, such as a row of a snapshot."""

        commitment: Commitment
        band: str


class PartyCounts:
    """The counts of one party: commitments it owes, is owed, owes late, and has still to confirm."""

    __slots__ = ("late", "owed", "owes", "unconfirmed")

    def __init__(self) -> None:
        self.owes = self.owed = self.late = self.unconfirmed = 0


def counted_parties(parties: Iterable[Party], rows: Iterable[Assessed]) -> list[tuple[Party, PartyCounts]]:
    """Each party with its counts, the most overdue first."""
    counts, none = party_counts(rows), PartyCounts()
    found = [(party, counts.get(party["name"], none)) for party in parties]
    found.sort(key=lambda pair: (-pair[1].late, -pair[1].owes, -pair[1].owed, fold(pair[0]["name"])))
    return found


def party_counts(rows: Iterable[Assessed]) -> dict[str, PartyCounts]:
    """Full name -> its counts, for the parties of open rows; a mutual promise counts on both sides."""
    counts: dict[str, PartyCounts] = {}
    for row in rows:
        commitment = row.commitment
        state = commitment["state"]
        if state not in OPEN:
            continue
        for name in commitment["by"]:
            promiser = counts.setdefault(name, PartyCounts())
            promiser.owes += 1
            promiser.late += is_late(commitment, row.band)
        for name in commitment["to"]:
            receiver = counts.setdefault(name, PartyCounts())
            receiver.owed += 1
            # Whoever reported it cannot confirm it as well.
            receiver.unconfirmed += state == State.REPORTED and name not in commitment.get("reported", {}).get(
                "said_by", ()
            )
    return counts
