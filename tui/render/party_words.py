"""The names of parties in the language of the program: in Russian the Russian one, where a party has one."""

from __future__ import annotations

from store.rules.party_names import name_in_language
from store.translation import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.rules.party_names import Directory

_RUSSIAN = "ru"

_VOWELS = frozenset("аеёиоуыэюя")

_MOST, _LONG_WORD = 12, 7
"""Letters of a name in a table from which its words are abbreviated, and of a word that is."""


def whole_name(parties: Directory, name: str) -> str:
    """The name of a party where there is room for it, not sanitised."""
    party = parties.find(name) if language() == _RUSSIAN else None
    return name_in_language(party) if party else name


def short_name(parties: Directory, name: str) -> str:
    """The name of a party in a table, not sanitised: in Russian the shortest of those in its script."""
    party = parties.find(name) if language() == _RUSSIAN else None
    if party is None:
        return parties.shown(name)
    russian = [each for each in (party.get("ru", ""), *party.get("aliases", ())) if _is_russian(each)]
    shortest = min(russian, key=len, default=parties.shown(name))
    return shortest if len(shortest) <= _MOST else " ".join(map(_abbreviated, shortest.split(" ")))


def _abbreviated(word: str) -> str:
    """A long word up to a consonant before a vowel, as Russian abbreviates: `Узб.`, `Нац.`; others as they are."""
    if len(word) < _LONG_WORD or not word.isalpha():
        return word
    for end in range(3, len(word) - 2):
        if word[end - 1] not in _VOWELS and word[end] in _VOWELS:
            return f"{word[:end]}."
    return word


def _is_russian(name: str) -> bool:
    return any("а" <= character <= "я" for character in name.lower())


def whole_names(parties: Directory, names: Iterable[str]) -> list[str]:
    """The names of several parties where there is room for them, not sanitised."""
    return [whole_name(parties, name) for name in names]
