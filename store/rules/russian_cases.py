"""The names of institutions in the cases of Russian: whether two are one name, and the nominative of a declined one."""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold, words

_ENDINGS_LISTED = """
а у ом ем е ы и ой ою ю я ей ям ями ах ях ов ев о ого ому ым ый ий ая яя ую юю ое ее его ему им их ых ыми ими
"""
_ENDINGS = frozenset((*_ENDINGS_LISTED.split(), ""))
"""What a noun or an adjective ends in, in some case."""

_SHORTEST_STEM = 3
_SHORTEST_DECLINED = 5
"""Letters of a word that may be declined: shorter ones are acronyms and words between."""


def is_in_another_case(one: str, other: str) -> bool:
    """Whether two names are one in two cases: `Генпрокуратурой`, Генпрокуратура."""
    pairs = list(zip(mine := words(fold(one)), its := words(fold(other)), strict=False))
    return len(mine) == len(its) and mine != its and all(a == b or _is_declined(a, b) for a, b in pairs)


def _is_declined(one: str, other: str) -> bool:
    if one.isascii() or min(len(one), len(other)) < _SHORTEST_DECLINED:
        return False
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at >= _SHORTEST_STEM and one[at:] in _ENDINGS and other[at:] in _ENDINGS


_NOUNS = (
    (r"(\w*(?:прокуратур|служб|палат|разведк))(?:ой|ы|и|е|у)", "а", "f"),
    (
        r"(\w*(?:комисси|инспекци|полици|гварди|дирекци|академи|мисси|организаци|администраци|ассоциаци|лаборатори"
        r"|милици|федераци))(?:ей|и|ю)",
        "я",
        "f",
    ),
    (r"(\w*(?:министерств|агентств|ведомств|посольств|представительств|правительств))(?:ом|а|у|е)", "о", "n"),
    (r"(\w*(?:управлени|учреждени|отделени))(?:ем|я|ю|и)", "е", "n"),
    (
        r"(\w*(?:комитет|департамент|центр|секретариат|банк|фонд|институт|университет|совет|союз|отдел|суд|офис|музе))"
        r"(?:ом|а|у|е)",
        "",
        "m",
    ),
)
"""A noun of institutions, declined; its ending in the nominative, and its gender."""

_ADJECTIVES = {
    "f": (("ой", "ая"), ("ей", "яя"), ("ую", "ая")),
    "n": (("ым", "ое"), ("им", "ее"), ("ого", "ое"), ("ому", "ое")),
    "m": (("ым", "ый"), ("им", "ий"), ("ого", "ый"), ("ому", "ый")),
}


def in_the_nominative(name: str) -> str:
    """A declined name of an institution in the nominative; one that is not known to be declined as it is."""
    its = name.split(" ")
    for at, word in enumerate(its[:4]):
        for pattern, ending, gender in _NOUNS:
            if (found := re.fullmatch(pattern, word, re.IGNORECASE)) is None:
                continue
            before = [_adjective(each, gender) for each in its[:at]]
            return " ".join([*before, found[1] + ending, *its[at + 1 :]]) if all(before) else name
    return name


def _adjective(word: str, gender: str) -> str:
    """An adjective in the nominative; empty for a word that is none of this gender."""
    for case, ending in _ADJECTIVES[gender]:
        if word.endswith(case) and len(word) > len(case) + 1:
            stem = word.removesuffix(case)
            return stem + ("ий" if ending == "ый" and stem[-1] in "кгхшщжч" else ending)
    return ""
