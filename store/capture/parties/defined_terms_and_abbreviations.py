"""Learns what a text calls an institution from there on: `the Asset Recovery Agency (ARA)`, `(далее – Министерство)`."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.parties.country_of_institution import is_country
from store.capture.parties.find_who_promises import stem_of
from store.capture.person_names.person_names_by_position import PLACES
from store.fold_case_and_accents import fold
from store.rules.first_names import is_first_name
from store.rules.institution_words import is_institution_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.capture.parties.find_party_names import KnownNames, Mention

_DEFINED = lazy(
    r"\((?P<said>(?:далее|именуем[а-яё]+ в дальнейшем|в дальнейшем|hereinafter|hereafter|henceforth)(?: по тексту)?(?:,? (?:referred to|called|known)(?: as)?| as)?(?: ?[–—-]|:|,)? ?)?"
    r"[«“\"]?(?:[Tt]he )?[«“\"]?(?P<short>[A-ZА-ЯЁ][\w\-]*(?: [\wА-Яа-яЁё\-]+){0,3}?)[»”\"]?\)"
)
"""A name in brackets behind another one: an acronym, one in quotation marks, or behind `hereinafter`, `далее`."""
_QUOTED = lazy(r"[“\"]")
_ACRONYM = lazy(r"[A-ZА-ЯЁ]{2,8}(?: [А-ЯЁ]{2,3}[а-я]?)?")
_SMALL = frozenset("of the for and on in и по".split())
_BREAK = lazy(r"[(),;:.]")
_CAPITALISED = lazy(r"(?<![\w-])[A-ZА-ЯЁ][\w\-]*")
_LONGEST = 160
"""Characters of the long name before the brackets."""
_LEAST_COMMON = 3
"""Letters with which a short name put together begins as the long one does: `Нацстатком`, `Минфин`."""
_OF_NATIONS = ("ООН", "Организации Объедин", "United Nations")


def learn_defined_names(words: str, names: KnownNames) -> None:
    """Keep the short names that a line gives to institutions."""
    for each in _DEFINED.finditer(words):
        short = each["short"]
        is_acronym = bool(_ACRONYM.fullmatch(short))
        if _SHORTENED.fullmatch(short) and not each["said"] and not _QUOTED.search(each[0]):
            _learn_shortened(words, each.start(), short, names)
            continue
        if not (each["said"] or is_acronym or (short.isascii() and _QUOTED.search(each[0]))):
            continue
        mentions = names.parties_in(words)
        if fold(short) == "стороны":
            names.sides = tuple(dict.fromkeys(its.party for its in mentions if its.end < each.start()))
            continue
        if party := _party_before(words, each.start(), mentions, short, is_acronym=is_acronym):
            if is_acronym:
                names.learn_short_name(short, party)
            else:
                names.learn_role(short, party)
        elif each["said"] and not _is_known_before(mentions, each.start()):
            _learn_unknown(words, each.start(), short, names, is_acronym=is_acronym)


_SHORTENED = lazy(r"[A-Z][a-z]{2,9}")
_LEAST_WORDS = 3


def _learn_shortened(words: str, at: int, short: str, names: KnownNames) -> None:
    """Keep a short name of some letters of the long one before it: `the Italian National Institute of Statistics (Istat)`."""
    if fold(short) in PLACES or is_country(short) or is_first_name(short):
        return
    mentions = names.parties_in(words)
    if _is_known_before(mentions, at):
        its = next(each for each in mentions if each.end + 1 == at)
        if _is_shortened(short, words[its.start : its.end]):
            names.learn_short_name(short, its.party)
        return
    for name in _long_names(words, at):
        its_words = name.split()
        if len(its_words) >= _LEAST_WORDS and any(map(is_institution_word, its_words)) and _is_shortened(short, name):
            names.learn_defined(short)
            return


def _is_shortened(short: str, name: str) -> bool:
    """Whether a short name begins like a long one, and its other letters occur there in order."""
    letters = iter(fold(name)[1:])
    return name[0] == short[0] and all(each in letters for each in short[1:].lower())


def _is_known_before(mentions: Sequence[Mention], at: int) -> bool:
    return any(each.end + 1 == at for each in mentions)


def _party_before(words: str, at: int, mentions: Sequence[Mention], short: str, *, is_acronym: bool) -> str | None:
    """The nearest party before the brackets that the short name fits."""
    for each in reversed([each for each in mentions if each.end < at]):
        if _BREAK.search(words, each.end, at):
            return None
        name = words[each.start : each.end]
        if is_acronym and each.end + 1 == at:
            return each.party if _is_of_letters(short, name) else None
        if not is_acronym and _fits(short, name):
            return each.party
    return None


def _learn_unknown(words: str, at: int, short: str, names: KnownNames, *, is_acronym: bool) -> None:
    """Keep an institution that the store does not know under the name that the text gives it.

    A noun alone (`Комитет`) is no name for a store.
    """
    if not is_acronym and " " not in short and is_institution_word(short) and stem_of(fold(short)) in _COMMON:
        return
    for name in _long_names(words, at):
        is_institution = any(map(is_institution_word, name.replace("-", " ").split())) or any(
            each in name for each in _OF_NATIONS
        )
        if is_institution and (_is_of_letters(short, name) if is_acronym else _fits(short, name)):
            names.learn_defined(short)
            return
    if is_acronym and any(any(each in name for each in _OF_NATIONS) for name in _long_names(words, at)):
        names.learn_defined(short)  # `Конференция ООН по торговле и развитию (далее – ЮНКТАД)`.


_COMMON = frozenset(
    "министерств комитет служб агентств центр управлени департамент комисси секретариат организаци институт академи фонд банк палат бюро посольств".split()
)


def _long_names(words: str, at: int) -> Iterator[str]:
    """What may be the long name before the brackets, from each word with a capital on."""
    begin = max((each.end() for each in _BREAK.finditer(words, 0, at)), default=0)
    for each in _CAPITALISED.finditer(words, max(begin, at - _LONGEST), at):
        yield words[each.start() : at].strip()


def _fits(short: str, name: str) -> bool:
    """Whether a short name is made of words of a long one, or of their beginnings."""
    its = [_stem(word) for word in re.findall(r"[\w\-]+", name)]
    first, *others = (_stem(word) for word in short.split())
    if not others:
        return first in its or (
            has_cyrillic(short) and len(its) > 1 and first[:_LEAST_COMMON] == its[0][:_LEAST_COMMON]
        )
    return first == its[0] and all(each in its for each in others)


def _stem(word: str) -> str:
    low = fold(word).replace("ё", "е")
    return (
        re.sub(
            r"(?:ого|его|ому|ему|ой|ей|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ую|юю|ом|ем|ам|ям|ах|ях|[аеиоуыьэюяй])$", "", low
        )
        or low
    )


def _is_of_letters(short: str, name: str) -> bool:
    """Whether the letters of an acronym are first letters of a name's words, in their order, the first one the first."""
    letters = [word[0].upper() for word in name.split() if word not in _SMALL]
    acronym = short.partition(" ")[0]
    rest = iter(letters[1:])
    return bool(letters) and letters[0] == acronym[0] and all(letter in rest for letter in acronym[1:])
