"""Duplicates: the same visit, which is refused, and the same promise, of which a notice says so."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import UNDONE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from store.model.record_types import Commitment, Visit


def same_visit(visits: Iterable[Visit], title: str, place: str, start: str, end: str) -> Visit | None:
    """The visit of this title and place (case and accents aside) on these ISO days, if there is one.

    Source: docs/rules.md, Entered twice.
    """
    asked = (fold(title), fold(place), start, end)
    return next(
        (
            visit
            for visit in visits
            if (fold(visit["title"]), fold(visit.get("place", "")), visit["start"], visit["end"]) == asked
        ),
        None,
    )


def same_promise(commitments: Iterable[Commitment], new: Commitment, besides: Container[int] = ()) -> int | None:
    """The number of a commitment still to be done with the visit, title and parties of a new one, if there is one.

    `besides` are the numbers that came with the new one, as those of a series. Source: docs/rules.md, Entered twice.
    """
    for other in commitments:
        if other["id"] == new["id"] or other["id"] in besides or other["state"] not in UNDONE:
            continue
        if _of_promise(other) == _of_promise(new):
            return other["id"]
    return None


def _of_promise(commitment: Commitment) -> tuple[str, str, frozenset[str], frozenset[str]]:
    by, to = frozenset(commitment["by"]), frozenset(commitment["to"])
    return commitment["visit"], fold(commitment["title"]), by, to
