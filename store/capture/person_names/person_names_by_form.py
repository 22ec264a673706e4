"""Finds names of persons by their form: first names that stand alone, surnames by their ends, and the names beside them."""

from __future__ import annotations

from store.capture.lazy_pattern import by_letters, lazy
from store.fold_case_and_accents import fold
from store.rules.first_names import is_first_name
from store.rules.institution_words import is_institution_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_CAPITALISED = by_letters(r"(?<![\w’'\-])[A-ZА-ЯЁ][a-zа-яёà-ÿ]+(?: [A-ZА-ЯЁ][a-zа-яёà-ÿ’'\-]+){0,3}(?![\w])")
"""Words with a capital side by side: of a name, or of an institution that is called after somebody."""
_SURNAME_RU = lazy(r"[А-ЯЁ][а-яё\-]+(?:[оеё]в|ин|ын|[оеё]ва|ина|ына|ск(?:ий|ая)|енко)[а-яё]{0,3}")
_SURNAME_LATIN = r"[A-Z][\w’'\-]*(?:shvili|dze|iani|[^aeiou\W]yan|anyan|yants|zoda|zade|zadeh|oglu|[^aeiou\W]ova?|ayev|bekov|bayev|baev)"
_SURNAME = by_letters(
    rf"{_SURNAME_LATIN}|[А-ЯЁ][\w\-]*(?:швили|дзе|иани|зода|заде|оглы|кызы|улы"
    r"|(?:[а-яё]{2}(?:ян|янц|унц|[оеё]в|[оеё]ва|[оеё]ву)|[а-яё]{3}(?:бек|бай|ба(?=[яюе])))(?:а|у|ым|ом|ем|е|ой|я|ю)?)",
    _SURNAME_LATIN,
)
"""A surname of the countries where visits come from and go to, by its end; a Russian one in any case."""
_MOST_BEHIND = 2
"""Words behind a first name that belong to it."""


def first_names_in(
    words: str, small: Collection[str], is_usual: Callable[[str], bool], opens_sentence: Callable[[str], bool]
) -> Iterator[tuple[str, int]]:
    """The first names in a line, and the names beside them, with their places; beside a surname any name.

    `small` are the words that the text has in small letters too; one that opens a sentence is no name beside a surname.
    """
    for match in _CAPITALISED(words).finditer(words):
        parts = match[0].split()
        first = next(
            (place for place, part in enumerate(parts) if is_first_name(part) and fold(part) not in small), None
        )
        if any(map(is_institution_word, parts)):
            continue  # `The Alexander Example Foundation`.
        at = match.start()
        if first is None:
            if len(parts) > 1:
                yield from _beside_surname(parts, at, small, is_usual, opens_sentence)
            continue
        for place, part in enumerate(parts):
            is_surname_before = place == first - 1 and _SURNAME_RU.fullmatch(part)
            if is_surname_before or first <= place <= first + _MOST_BEHIND:
                yield part, at
            at += len(part) + 1


def _beside_surname(
    parts: list[str],
    at: int,
    small: Collection[str],
    is_usual: Callable[[str], bool],
    opens_sentence: Callable[[str], bool],
) -> Iterator[tuple[str, int]]:
    """The surname among capitalised words side by side, with the word before it, or after it where it is first."""
    if any(is_usual(part) for part in parts):
        return
    surname = next((place for place, part in enumerate(parts) if place and _SURNAME(part).fullmatch(part)), None)
    if surname is None and _SURNAME(parts[0]).fullmatch(parts[0]) and not opens_sentence(parts[0]):
        surname = 0
    if surname is None:
        return
    beside = surname - 1 if surname else 1
    for place, part in enumerate(parts):
        is_beside = place == beside and fold(part) not in small and not (place == 0 and opens_sentence(part))
        if place == surname or is_beside:
            yield part, at
        at += len(part) + 1
