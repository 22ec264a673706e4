"""Names that mix Latin and Cyrillic letters which look alike, in letters of one alphabet."""

from __future__ import annotations

_LATIN_OF_CYRILLIC = dict(zip("АВЕКМНОРСТУХІЈЅаеорсухіјѕ", "ABEKMHOPCTYXIJSaeopcyxijs", strict=True))
_CYRILLIC_OF_LATIN = {latin: cyrillic for cyrillic, latin in _LATIN_OF_CYRILLIC.items()}
"""Letters of two alphabets that look alike."""


def in_one_alphabet(name: str) -> str | None:
    """A name whose words mix Latin and Cyrillic letters in letters of one alphabet; None for another one."""
    words = [_in_one(word) for word in name.split()]
    meant = " ".join(words)
    return meant if meant != " ".join(name.split()) else None


def in_the_other_alphabet(name: str) -> str | None:
    """A name in the letters of the other alphabet that look the same; None where one has none."""
    for table in (_LATIN_OF_CYRILLIC, _CYRILLIC_OF_LATIN):
        found = "".join(table.get(letter, letter) for letter in name)
        if found != name and all(letter in table or not letter.isalpha() for letter in name):
            return found
    return None


def _in_one(word: str) -> str:
    latin = [letter for letter in word if letter.isascii() and letter.isalpha()]
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u04ff"]
    if not latin or not cyrillic:
        return word
    if all(letter in _LATIN_OF_CYRILLIC for letter in cyrillic):
        return "".join(_LATIN_OF_CYRILLIC.get(letter, letter) for letter in word)
    if all(letter in _CYRILLIC_OF_LATIN for letter in latin):
        return "".join(_CYRILLIC_OF_LATIN.get(letter, letter) for letter in word)
    return word
