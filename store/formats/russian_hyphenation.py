"""Where a long Russian word may be parted in a narrow column: neither a browser nor a word processor knows it."""

from __future__ import annotations

import re

_VOWELS = "аеёиоуыэюя"
_CONSONANTS = "бвгджзклмнпрстфхцчшщ"
_LONG = re.compile(r"[А-Яа-яЁё]{9,}")
_PLACE = re.compile(rf"(?<=[а-яё]{{5}})(?<!с(?=т))(?=[{_CONSONANTS}][{_VOWELS}][а-яё])", re.IGNORECASE)
SOFT_HYPHEN = "\u00ad"
"""It is drawn where a line ends at it, and nowhere else."""


def hyphenated(text: str) -> str:
    """The text with soft hyphens where its long Russian words may be parted, behind five letters at the earliest."""
    return _LONG.sub(lambda word: _PLACE.sub(SOFT_HYPHEN, word[0]), text)
