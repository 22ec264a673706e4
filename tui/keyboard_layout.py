"""Maps keys between the Latin and the Russian layout: who types in Russian need not switch."""

from __future__ import annotations

ON_SAME_KEY = dict(zip("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить", strict=True))
ON_SAME_KEY |= {latin.upper(): cyrillic.upper() for latin, cyrillic in ON_SAME_KEY.items()}
ON_SAME_KEY |= {":": "Ж", "/": ".", "?": ","}
"""Character of the Latin layout -> that of the Russian one."""

_IN_LATIN = {cyrillic: latin for latin, cyrillic in ON_SAME_KEY.items() if cyrillic.isalpha()}


_ALIKE = dict(zip("асеорхук", "aceopxyk", strict=True))


def as_it_looks(character: str) -> str:
    """The Latin letter that a Cyrillic one looks like, as in a list of keys; any other itself."""
    return _ALIKE.get(character, character)


def in_latin(character: str) -> str:
    """The Latin letter on the same key as a Cyrillic one; any other character itself."""
    return _IN_LATIN.get(character, character)
