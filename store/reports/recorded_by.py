"""Whose hand recorded what a party said. Nothing in a store tells more of a login than the names of the parties."""

from __future__ import annotations

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Returned, Voice
    from store.rules.party_names import Directory


def is_recorded_by_others(parties: Directory, voice: Voice | Returned) -> bool:
    """Whether the login that recorded a voice is none of the names of a party whose voice it is."""
    recorder = fold(parties.canonical(voice["recorded_by"]))
    return recorder not in [fold(parties.canonical(name)) for name in voice["said_by"]]
