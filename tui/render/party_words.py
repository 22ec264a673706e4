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

_MOST, _LONG_WORD, _WHOLE_WORD = 12, 7, 4
"""Letters of a name in a table from which its words are abbreviated, of a word that is, of one that never is."""


def whole_name(parties: Directory, name: str) -> str:
    """The full name of a party, not sanitised."""
    party = parties.find(name) if language() == _RUSSIAN else None
    return name_in_language(party) if party else name


def short_name(parties: Directory, name: str) -> str:
    """The name of a party in a table, not sanitised: in Russian its short name, or the shortest in its script.

    What no party is called is shown as it is.
    """
    shortest = typed_name(parties, name)
    if language() != _RUSSIAN or len(shortest) <= _MOST or not _is_russian(shortest) or parties.find(name) is None:
        return shortest
    return " ".join(map(_abbreviated, shortest.split(" ")))


def typed_name(parties: Directory, name: str) -> str:
    """The shortest name by which a party is found, not sanitised: in Russian one of its script, if it has one.

    Of what else it is called, as an entry that was merged into it, nothing is shown where its own name is Russian.
    """
    party = parties.find(name) if language() == _RUSSIAN else None
    if party is None:
        return parties.shown(name)
    if _is_russian(short := party.get("short", "")):
        return short
    own = [each for each in (party["name"], party.get("ru", "")) if _is_russian(each)]
    if _is_russian(party["name"]) or (own and len(own[0]) <= _MOST):
        return min(own, key=len)
    return min([*own, *filter(_is_russian, party.get("aliases", ()))], key=len, default=parties.shown(name))


def _abbreviated(word: str) -> str:
    """Abbreviate a long word as Russian does, before a vowel: `Узб.`, `Нац.`; others stay."""
    if len(word) < _LONG_WORD or not word.isalpha():
        return word
    for end in range(3, len(word) - 2):
        if word[end - 1] not in _VOWELS and word[end] in _VOWELS:
            return f"{word[:end]}."
    return word


def shortest_name(word: str) -> str:
    """The shortest form of a Russian name: `МВД`, `Генпр.`, `Инт.`."""
    return word if len(word) <= _WHOLE_WORD else _abbreviated(word)


def _is_russian(name: str) -> bool:
    return any("а" <= character <= "я" for character in name.lower())


def whole_names(parties: Directory, names: Iterable[str]) -> list[str]:
    """The full names of several parties, not sanitised."""
    return [whole_name(parties, name) for name in names]
