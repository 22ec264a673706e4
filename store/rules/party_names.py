"""The parties of a store by their names: every name of one finds it, one name is shown, a slip finds the nearest.

Source: docs/rules.md, Parties.
"""

from __future__ import annotations

from store.errors import NotFound
from store.text import clean_line, did_you_mean, fold, nearest, visible, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from store.model.record_types import Party, Returned, Voice


def names_of(party: Party) -> list[str]:
    """All names of a party, its full one first."""
    names = [party["name"], party.get("short"), party.get("ru"), *party.get("aliases", [])]
    return [name for name in names if name]


def _is_part(some: list[str], of: list[str]) -> bool:
    """Whether these words are the first ones of the others."""
    return bool(some) and len(some) < len(of) and of[: len(some)] == some


def _is_swapped(one: str, other: str) -> bool:
    """Whether two short names have the same letters in another order: IMO, IOM."""
    return one != other and len(one) <= 5 and sorted(one) == sorted(other)


class Directory:
    """The parties of one state of a store, found by any of their names, case and accents aside."""

    def __init__(self, parties: Mapping[int, Party]) -> None:
        self._parties = dict(parties)
        self._found: dict[str, Party] | None = None
        self._asked: dict[str, Party | None] = {}
        self._words: dict[str, list[list[str]]] = {}

    def add(self, party: Party) -> None:
        """Take in a new one. It is for a transaction, whose own directory this is: an import may add thousands."""
        self._parties[party["id"]] = party
        if self._found is not None:
            for known in names_of(party):
                self._found.setdefault(fold(known), party)
        self._asked.clear()
        self._words.clear()

    def all(self) -> Collection[Party]:
        """The parties in the order in which they came."""
        return self._parties.values()

    def find(self, name: str) -> Party | None:
        """The party that has this name, whichever of its names it is."""
        if name in self._asked:
            return self._asked[name]
        if self._found is None:
            self._found = {}
            for party in self._parties.values():
                for known in names_of(party):
                    self._found.setdefault(fold(known), party)
        found = self._found.get(fold(clean_line(name)))
        self._asked[name] = found
        return found

    def canonical(self, name: str) -> str:
        """The full name of the party that is meant, or the text itself when no party is."""
        party = self.find(name)
        return party["name"] if party else clean_line(name)

    def shown(self, name: str) -> str:
        """The short name of a party, for people; its full one when it has no other."""
        party = self.find(name)
        return party.get("short", party["name"]) if party else name

    def close_to(self, name: str) -> str | None:
        """The known name that this one is a slip of, probably: alike, two letters swapped, or words left out."""
        known = [each for party in self._parties.values() for each in names_of(party)]
        typed = words(fold(name))
        for each in known:
            its = words(fold(each))
            if _is_part(typed, its) or _is_part(its, typed) or _is_swapped(fold(name), fold(each)):
                return each
        return nearest(name, known, 0.75)

    def words_of(self, name: str) -> list[list[str]]:
        """The folded words of each name of a party, for queries."""
        if name not in self._words:
            party = self.find(name)
            self._words[name] = [words(fold(known)) for known in (names_of(party) if party else [name])]
        return self._words[name]


def is_recorded_by_others(parties: Directory, voice: Voice | Returned) -> bool:
    """Whether the login that recorded a voice is none of the names of a party whose voice it is.

    Nothing in a store tells more of a login than the names of the parties. Source: docs/rules.md, Voices.
    """
    recorder = fold(parties.canonical(voice["recorded_by"]))
    return recorder not in [fold(parties.canonical(name)) for name in voice["said_by"]]


def known_party(parties: Directory, name: str, field: str = "name") -> Party:
    """A party that is there, by any of its names; `field` is the parameter that names it.

    Raises: NotFound with the nearest.
    """
    party = parties.find(name)
    if party is None:
        known = [name for party in parties.all() for name in names_of(party)]
        near = did_you_mean(name, known)
        sentence = f'there is no party "{visible(clean_line(name))}"{near}'
        raise NotFound(sentence, code="party.unknown", field=field, values={"near": near})
    return party
