"""The names of parties: lookup by any name, the name shown, the nearest known one, several in one text, renaming.

Source: docs/rules.md, Parties.
"""

from __future__ import annotations

from store.did_you_mean import did_you_mean, nearest
from store.errors import NotFound
from store.text import clean_line, fold, visible, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from typing import Any

    from store.model.record_types import Commitment, Party, Returned, Voice

_SEPARATORS = (" and ", " и ", "&", " / ")
"""The separators of two names, which may also occur inside one name."""


def names_of(party: Party) -> list[str]:
    """All names of a party, its full one first."""
    names = [party["name"], party.get("short"), party.get("ru"), *party.get("aliases", [])]
    return [name for name in names if name]


def _is_part(some: list[str], of: list[str]) -> bool:
    """Whether these words are the first of the others, and fewer."""
    return bool(some) and len(some) < len(of) and of[: len(some)] == some


def _is_swapped(one: str, other: str) -> bool:
    """Whether two short names have the same letters in another order: IMO, IOM."""
    return one != other and len(one) <= 5 and sorted(one) == sorted(other)


class Directory:
    """The parties of a store, looked up by any of their names, ignoring case and accents."""

    def __init__(self, parties: Mapping[int, Party]) -> None:
        self._parties = dict(parties)
        self._by_name: dict[str, Party] | None = None
        self._lookups: dict[str, Party | None] = {}
        self._words_by_name: dict[str, list[list[str]]] = {}

    def add(self, party: Party) -> None:
        """Add a new party: for the transaction that owns this directory, since an import may add thousands."""
        self._parties[party["id"]] = party
        if self._by_name is not None:
            for known in names_of(party):
                self._by_name.setdefault(fold(known), party)
        self._lookups.clear()
        self._words_by_name.clear()

    def all(self) -> Collection[Party]:
        """The parties in the order of the store."""
        return self._parties.values()

    def find(self, name: str) -> Party | None:
        """The party with this name, any of its names; None when there is none."""
        if name in self._lookups:
            return self._lookups[name]
        if self._by_name is None:
            self._by_name = {}
            for party in self._parties.values():
                for known in names_of(party):
                    self._by_name.setdefault(fold(known), party)
        found = self._by_name.get(fold(clean_line(name)))
        self._lookups[name] = found
        return found

    def canonical(self, name: str) -> str:
        """The full name of the party with this name; the text itself when there is none."""
        party = self.find(name)
        return party["name"] if party else clean_line(name)

    def shown(self, name: str) -> str:
        """The short name of a party, which people are shown; its full one when it has no short one."""
        party = self.find(name)
        return party.get("short", party["name"]) if party else name

    def close_to(self, name: str) -> str | None:
        """The known name that this one is probably a slip of: similar, letters swapped, or words left out."""
        known = [each for party in self._parties.values() for each in names_of(party)]
        typed = words(fold(name))
        for each in known:
            its = words(fold(each))
            if _is_part(typed, its) or _is_part(its, typed) or _is_swapped(fold(name), fold(each)):
                return each
        return nearest(name, known, 0.75)

    def words_of(self, name: str) -> list[list[str]]:
        """The folded words of each name of a party, for queries."""
        if name not in self._words_by_name:
            party = self.find(name)
            self._words_by_name[name] = [words(fold(known)) for known in (names_of(party) if party else [name])]
        return self._words_by_name[name]


def is_recorded_by_others(parties: Directory, voice: Voice | Returned) -> bool:
    """Whether a voice was recorded by a login that is no name of a party whose voice it is.

    The names of parties are all that a store knows of logins. Source: docs/rules.md, Voices.
    """
    recorder = fold(parties.canonical(voice["recorded_by"]))
    return recorder not in [fold(parties.canonical(name)) for name in voice["said_by"]]


def known_party(parties: Directory, name: str, field: str = "name") -> Party:
    """The party with this name, any of its names; `field` is the parameter that names it.

    Raises: NotFound with the nearest known name.
    """
    party = parties.find(name)
    if party is None:
        known = [name for party in parties.all() for name in names_of(party)]
        near = did_you_mean(name, known)
        sentence = f'there is no party "{visible(clean_line(name))}"{near}'
        raise NotFound(sentence, code="party.unknown", field=field, values={"near": near})
    return party


def is_list_of_parties(parties: Directory, text: str) -> bool:
    """Whether a text is two or more known parties, separated by commas or semicolons."""
    names = [name for name in text.replace(";", ",").split(",") if name.strip()]
    return len(names) > 1 and all(parties.find(name) for name in names)


def split_names(name: str) -> list[str]:
    """The names that a text may be made of; the text alone when only commas separate them."""
    text = " ".join(name.split())
    marks = [mark for mark in (*_SEPARATORS, "/") if mark in text.casefold()]
    if not marks:
        return [text]
    for mark in (*marks, ","):
        for each in (mark, mark.upper()):
            text = text.replace(each, ";")
    return list(filter(None, map(str.strip, text.split(";"))))


def may_be_several(name: str, is_known: Callable[[str], object], is_alone: Callable[[str], bool]) -> bool:
    """Whether a text may name several parties: one of them `is_known`, or each of them `is_alone` elsewhere.

    With a slash without blanks, as in the office UNODC/ROCA, each must be known or alone.
    """
    parts = split_names(name)
    if len(parts) < 2:
        return False
    known = [part for part in parts if is_known(part)]
    if not any(mark in " ".join(name.split()).casefold() for mark in _SEPARATORS):
        return all(part in known or is_alone(part) for part in parts)
    return bool(known) or all(map(is_alone, parts))


def fields_with_party_renamed(commitment: Commitment, old: str, new: str) -> dict[str, Any]:
    """The fields of a commitment that name the party `old`, naming `new` instead; the others are absent.

    Source: docs/rules.md, Parties.
    """

    def renamed(names: list[str]) -> list[str]:
        return list(dict.fromkeys(new if name == old else name for name in names))

    record: dict[str, Any] = {**commitment}
    changes: dict[str, Any] = {
        role: renamed(record[role]) for role in ("by", "to", "support") if old in record.get(role, [])
    }
    if record.get("via") == old:
        changes["via"] = new
    closed = record.get("closed")
    if closed and closed.get("agreed_by") == old:
        changes["closed"] = {**closed, "agreed_by": new}
    due_changes = [
        {key: new if key in ("asked_by", "agreed_by") and value == old else value for key, value in change.items()}
        for change in record.get("due_changes", [])
    ]
    if due_changes != record.get("due_changes", []):
        changes["due_changes"] = due_changes
    for voice in ("reported", "confirmed", "returned"):
        if voice in record and old in record[voice]["said_by"]:
            changes[voice] = {**record[voice], "said_by": renamed(record[voice]["said_by"])}
    return changes
