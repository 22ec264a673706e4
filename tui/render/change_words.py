"""The sentences on the result of a change; the command line names a commitment `3`, the app `#3`."""

from __future__ import annotations

from store.rules.due_dates import Change, extension_count

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.model.record_types import Commitment


def chased(name: str, again: str) -> str:
    """`3 chased, look again on 2023-03-15`; `again` is the day as it is shown."""
    return f"{name} chased, look again on {again}"


def noted(name: str) -> str:
    """`3 noted`."""
    return f"{name} noted"


def reason_kept(name: str, *, is_changed: bool) -> str:
    """`3 reason kept`, or `3 has that reason already`."""
    return f"{name} {'reason kept' if is_changed else 'has that reason already'}"


def seats_counted(name: str, seats: Mapping[str, object], *, unknown: str) -> str:
    """`3 seats: wanted 3, nominated 2, acknowledged 1`; `unknown` stands for the wanted where none are counted."""
    return (
        f"{name} seats: wanted {seats.get('wanted', unknown)}, nominated {seats.get('nominated', 0)}, "
        f"acknowledged {seats.get('acknowledged', 0)}"
    )


def due_change_end(change: str, commitment: Commitment) -> str:
    """The end of the sentence on a due date: ` already`, ` (extension 2)`; empty for a kind that has none.

    `commitment` is the one after the change.
    """
    if change == Change.EXTENSION:
        return f" (extension {extension_count(commitment)})"
    return {Change.SAME: " already", Change.WORDS: " already; its words are changed"}.get(change, "")
