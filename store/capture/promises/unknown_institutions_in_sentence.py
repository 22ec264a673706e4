"""Institutions that a sentence names and the store does not know."""

from __future__ import annotations

from store.capture.lazy_pattern import lazy
from store.capture.person_names.mask_person_names import HIDDEN
from store.rules.institution_words import is_region
from store.rules.person_or_institution import looks_like_an_institution, may_be_a_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.promises.sentence_in_context import Sentence

CAPITALISED_NAME = lazy(r"[A-Z][\w’'\-]*(?: (?:(?:of|for|and|on) (?:the )?)?[A-Z][\w’'\-]*){0,8}")
"""A name that may be one of an institution that the store does not know."""

_INSTITUTION_OF_COUNTRY_RU = lazy(
    r"[А-ЯЁ]{3,8}(?: [А-ЯЁ][а-яё]+(?:ой|ого|ана|стана|ии))?(?: (?:Республики|Федерации))?(?!\w)"
)


def institutions_in(sentence: Sentence, end: int | None = None) -> Iterator[str]:
    """The institutions that a sentence names up to a place, and no party of the store is, as they are written."""
    words = sentence.words[:end]
    pattern = _INSTITUTION_OF_COUNTRY_RU if sentence.is_russian else CAPITALISED_NAME
    for match in pattern.finditer(words):
        name = match[0].removeprefix("The ")
        if not sentence.is_russian and (
            " " not in name
            or HIDDEN in name
            or not looks_like_an_institution(name)
            or may_be_a_person(name)
            or is_region(name)
        ):
            continue
        if not any(each.start < match.end() and match.start() < each.end for each in sentence.mentions):
            yield name
