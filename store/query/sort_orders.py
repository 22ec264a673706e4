"""The orders in which commitments are listed: those of `list --sort`, and of the menu of the app's list.

The usual one is by urgency, in lists, papers and the app.
"""

from __future__ import annotations

from store.rules.assess_overdue_and_tally import BAND_ORDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from store.snapshot import Row, Snapshot


def by_urgency(row: Row) -> tuple[int, str, int]:
    """The most urgent first: by band, due date, number."""
    commitment = row.commitment
    return (BAND_ORDER[row.band], commitment.get("due", ""), commitment["id"])


def _by_due(row: Row) -> tuple[str, int]:
    return (row.commitment.get("due", "9999"), row.commitment["id"])


def _by_text(name: str) -> Callable[[Row], Any]:
    def key(row: Row) -> tuple[str, tuple[int, str, int]]:
        from store.fold_case_and_accents import fold

        commitment: Mapping[str, Any] = row.commitment
        value = commitment[name]
        return (fold("; ".join(value) if isinstance(value, list) else value), by_urgency(row))

    return key


def _by_state(row: Row) -> tuple[int, tuple[int, str, int]]:
    from store.model.vocabulary_and_signs import State

    return (State.ALL.index(row.commitment["state"]), by_urgency(row))


SORT_ORDERS: dict[str, tuple[Callable[[Row], Any], bool]] = {
    "urgency": (by_urgency, False),
    "due": (_by_due, False),
    "id": (lambda row: row.commitment["id"], False),
    "title": (_by_text("title"), False),
    "kind": (_by_text("kind"), False),
    "by": (_by_text("by"), False),
    "to": (_by_text("to"), False),
    "band": (by_urgency, False),
    "days_left": (_by_due, False),
    "visit": (_by_text("visit"), False),
    "state": (_by_state, False),
    "owner": (_by_text("owner"), False),
    "updated": (lambda row: (row.commitment["updated"], row.commitment["id"]), True),
    "silent": (lambda row: (row.silent_days, -row.commitment["id"]), True),
}
"""Field of `--sort` -> its key, and whether the largest come first: the newest change, the longest silence."""


# The orders of the app's list, which come after that by urgency.


def by_number(row: Row) -> int:
    """By the number."""
    return row.commitment["id"]


def by_title(row: Row) -> str:
    """By the title, capitals and accents aside."""
    from store.fold_case_and_accents import fold

    return fold(row.commitment["title"])


def by_silence(row: Row) -> int:
    """The longest silent first."""
    return -row.silent_days


def by_party_shown(snapshot: Snapshot) -> Callable[[Row], Any]:
    """By the names, as they are shown, of the parties that promised."""
    from store.fold_case_and_accents import fold

    return lambda row: [fold(snapshot.parties.shown(name)) for name in row.commitment["by"]]


def by_newest_visit(snapshot: Snapshot) -> Callable[[Row], Any]:
    """By the visit, the newest first."""
    order = {visit["slug"]: position for position, visit in enumerate(snapshot.visits_newest_first)}
    return lambda row: order[row.commitment["visit"]]
