"""The name of a party in the title of a section: of *Commitments of UNODC*, UNODC; of «Обязательства МВД», МВД."""

from __future__ import annotations

import re

from store.imports.sections.section_titles_and_totals import without_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BY = (
    r"(?:commitments|obligations|undertakings|promises)\s+(?:made\s+)?(?:of|by|from)\s+(?:the\s+)?(.+)"
    r"|(?:обязательства|обещания)\s+(?!перед\b|по\b|на\b|в\b)(?:со\s+стороны\s+)?(.+)"
    r"|engagements\s+(?:de\s+la\s+|de\s+l['\u2019]|des\s+|du\s+|de\s+|d['\u2019])(.+)"
    r"|compromisos\s+(?:de\s+la\s+|de\s+los\s+|del\s+|de\s+)(.+)"
    r"|(.+?)(?:['\u2019]s?)?\s+(?:commitments|obligations|undertakings|promises|side)"
)
_TO = r"(?:commitments|obligations|undertakings|promises)\s+(?:made\s+)?(?:to|towards)\s+(?:the\s+)?(.+)"
_OF = {"by": _BY, "to": _TO}

_NOMINATIVE = {
    "министерства": "Министерство",
    "агентства": "Агентство",
    "управления": "Управление",
    "департамента": "Департамент",
    "комитета": "Комитет",
    "бюро": "Бюро",
    "академии": "Академия",
    "службы": "Служба",
    "института": "Институт",
    "центра": "Центр",
}
"""The nouns of institutions in the genitive, in which a title has them -> as a name begins."""


def name_in_title(field: str, title: str) -> str:
    """The name in the title of a part that says this field; another title as it is."""
    found = re.fullmatch(_OF[field], title, re.IGNORECASE) if field in _OF else None
    if found is None:
        return title
    name = next(filter(None, found.groups()))
    first, blank, rest = name.partition(" ")
    return f"{_NOMINATIVE.get(first.casefold(), first)}{blank}{rest}"


def names_a_party(title: str, is_party: Callable[[str], bool]) -> bool:
    """Whether a title is the name of a party, or of its commitments; an acronym alone is one, known or not."""
    name = without_number(title)
    return any(is_party(text) or is_acronym(text) for text in {name, *(name_in_title(each, name) for each in _OF)})


_BODIES = (
    r"ministry|department|office|bureau|unit|section|division|services?|agency|committee|commission|secretariat|directorate"
    r"|police|cent(?:er|re)|institute|authority|embassy|delegation|council|court|inspectorate|registry|minist[eè]re"
    r"|d[eé]partement|secr[eé]tariat|direction|comit[eé]|ministerio|oficina|departamento|secretar[ií]a|direcci[oó]n|unidad"
    r"|министерство|департамент|отдел|управление|служба|агентство|комитет|комиссия|секретариат|бюро|прокуратура"
)
"""Nouns with which the name of an office begins or ends."""


def names_a_body(title: str) -> bool:
    """Whether a title is the name of an office: `CONFERENCE SERVICES`, `Bureau de Dakar`; not what an office does."""
    words = title.split()
    return 1 < len(words) <= _MOST_WORDS and any(
        re.fullmatch(_BODIES, each, re.IGNORECASE) for each in (words[0], words[-1])
    )


_MOST_WORDS = 6


def is_acronym(text: str) -> bool:
    """Whether a title is one word in capitals."""
    return text.isalpha() and text.isupper() and len(text) > 1
