"""Seats of a nomination: wanted, nominated, acknowledged. Source: docs/rules.md, Seats."""

from __future__ import annotations

from store.model.vocabulary_and_signs import Kind, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from store.model.record_types import Commitment, Seats


def missing_seats(commitment: Commitment) -> tuple[int, int] | None:
    """The seats (nominated, wanted) when fewer are nominated than wanted; else None.

    When the number wanted is unknown, none is missing. Source: docs/rules.md, Seats.
    """
    seats = commitment.get("seats", {})
    wanted, nominated = seats.get("wanted"), seats.get("nominated", 0)
    return (nominated, wanted) if wanted is not None and nominated < wanted else None


def is_more_acknowledged(seats: Mapping[str, Any] | Seats) -> bool:
    """Whether more seats are acknowledged than nominated, which cannot be. Source: docs/rules.md, Seats."""
    acknowledged: int = seats.get("acknowledged", 0)
    return acknowledged > seats.get("nominated", 0)


def is_nomination(commitment: Commitment) -> bool:
    """Whether it is a nomination: by its kind, or because it has seats. Source: docs/rules.md, Seats."""
    return commitment["kind"] == Kind.NOMINATE_EXPERTS or "seats" in commitment


def kind_unsaid(has_seats: bool) -> str:
    """The kind of a new commitment that is entered without one. Source: docs/rules.md, Seats."""
    return Kind.NOMINATE_EXPERTS if has_seats else Kind.OTHER


def is_nobody_nominated(commitment: Commitment) -> bool:
    """Whether no officer is nominated so far, or no seats are counted. Source: docs/rules.md, Seats."""
    return not commitment.get("seats", {}).get("nominated")


def are_seats_unknown(commitment: Commitment) -> bool:
    """Whether it is a nomination whose number of seats nobody agreed to, whoever is nominated already.

    Source: docs/rules.md, Seats.
    """
    return is_nomination(commitment) and "wanted" not in commitment.get("seats", {})


def is_letter_missing(commitment: Commitment) -> bool:
    """Whether seats are nominated or reported as such, without the letter that names the officers.

    Source: docs/rules.md, Seats.
    """
    is_reported = not is_nobody_nominated(commitment) or commitment["state"] == State.REPORTED
    return is_nomination(commitment) and is_reported and "letter" not in commitment.get("seats", {})


class SeatSums:
    """The sums of several nominations; `unknown` counts those with an unknown number wanted."""

    __slots__ = ("acknowledged", "nominated", "unknown", "wanted")

    def __init__(self, wanted: int, nominated: int, acknowledged: int, unknown: int) -> None:
        self.wanted = wanted
        self.nominated = nominated
        self.acknowledged = acknowledged
        self.unknown = unknown


def seat_sums(nominations: Iterable[Commitment]) -> SeatSums:
    """Add up the seats of these nominations. Source: docs/rules.md, Seats."""
    nominations = list(nominations)
    seats = [commitment.get("seats", {}) for commitment in nominations]
    return SeatSums(
        sum(its.get("wanted", 0) for its in seats),
        sum(its.get("nominated", 0) for its in seats),
        sum(its.get("acknowledged", 0) for its in seats),
        sum(map(are_seats_unknown, nominations)),
    )
