"""The name of a party in the title of a part: of *Commitments of UNODC*, UNODC; of «Обязательства МВД», МВД."""

from __future__ import annotations

import re

from store.imports.titles_and_totals import without_number

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
    return any(is_party(text) or _is_acronym(text) for text in {name, *(name_in_title(each, name) for each in _OF)})


def _is_acronym(text: str) -> bool:
    return text.isalpha() and text.isupper() and len(text) > 1
