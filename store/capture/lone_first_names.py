"""Finds first names that stand alone in a text, and the names beside them."""

from __future__ import annotations

from store.capture.lazy_pattern import by_letters, lazy
from store.rules.first_names import is_first_name
from store.rules.institution_words import is_institution_word
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_CAPITALISED = by_letters(r"(?<![\w’'\-])[A-ZА-ЯЁ][a-zа-яёà-ÿ]+(?: [A-ZА-ЯЁ][a-zа-яёà-ÿ’'\-]+){0,3}(?![\w])")
"""Words with a capital side by side: of a name, or of an institution that is called after somebody."""
_SURNAME_RU = lazy(r"[А-ЯЁ][а-яё\-]+(?:[оеё]в|ин|ын|[оеё]ва|ина|ына|ск(?:ий|ая)|енко)[а-яё]{0,3}")
_MOST_BEHIND = 2
"""Words behind a first name that belong to it."""


def first_names_in(words: str, small: Collection[str]) -> Iterator[tuple[str, int]]:
    """The first names in a line, and the names beside them, with their places.

    `small` are the words that the text has in small letters too.
    """
    for match in _CAPITALISED(words).finditer(words):
        parts = match[0].split()
        first = next(
            (place for place, part in enumerate(parts) if is_first_name(part) and fold(part) not in small), None
        )
        if first is None or any(map(is_institution_word, parts)):
            continue  # Nobody, or `the Alexander Example Foundation`.
        at = match.start()
        for place, part in enumerate(parts):
            is_surname_before = place == first - 1 and _SURNAME_RU.fullmatch(part)
            if is_surname_before or first <= place <= first + _MOST_BEHIND:
                yield part, at
            at += len(part) + 1
