"""Several parties in one name: `PNUD et UNICEF`, `UNODC – MIA`, a second one in brackets as `UNODC (with INTERPOL)`."""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold
from store.rules.institution_words import is_institution_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_IN_BRACKETS = re.compile(r"([^(\[]+?)\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*")

_TOGETHER_WITH = re.compile(
    r"(?:(?:together|joint(?:ly)?|along|in\s+(?:co-?operation|collaboration|partnership|co-?ordination|consultation"
    r"|association))\s+with|(?:with\s+)?(?:the\s+)?(?:support|assistance|participation|help)\s+(?:of|from|by)|with|and|plus"
    r"|(?:co-?lead(?:er)?s?|co-?implementers?|partners?|support(?:ing)?|supported\s+by)\s*[:\u2013\u2014-]?"
    r"|совместно\s+со?|вместе\s+со?|в\s+(?:сотрудничестве|координации|взаимодействии|партнерстве|партнёрстве)\s+со?"
    r"|при\s+(?:участии|содействии|поддержке)|с\s+(?:участием|привлечением)|со?|и"
    r"|(?:соисполнител[ьи]|партн[её]р(?:ы)?)\s*[:\u2013\u2014-]?"
    r"|(?:en\s+(?:coop[ée]ration|collaboration|partenariat|coordination|lien|association)|conjointement|ensemble)\s+avec"
    r"|avec(?:\s+(?:l['\u2019]\s*appui|le\s+(?:soutien|concours))\s+d[eu'\u2019])?|et"
    r"|(?:en\s+(?:cooperaci[oó]n|colaboraci[oó]n|coordinaci[oó]n|asociaci[oó]n)|conjuntamente|junto|juntamente)\s+con"
    r"|con(?:\s+(?:el\s+)?apoyo\s+d(?:e|el))?|[+&])(?:\s+|(?<=[:+&\u2013\u2014-]))(\S.*)",
    re.IGNORECASE,
)
"""Words before a second party, in English, Russian, French and Spanish."""


def parties_with_brackets(name: str, is_known: Callable[[str], bool]) -> list[str]:
    """The parties of a name with another one in brackets, which words say to be a second; empty for another name.

    Without such words both have to be known.
    """
    found = _IN_BRACKETS.fullmatch(name)
    if found is None:
        return []
    first, inside = found[1], found[2]
    if (second := _TOGETHER_WITH.fullmatch(inside)) is None:
        return [first, inside] if is_known(first) and is_known(inside) else []
    others = [each.strip() for each in re.split(r"[,;]", second[1]) if each.strip()]
    return [first, *(each for other in others for each in known_names_joined(other, is_known) or [other])]


_BETWEEN_NAMES = re.compile(
    r"\s+(?:[-\u2013\u2014]|et|y|e|va|und|and|и|ва|with|through|via|for|on behalf of|от имени|через|pour|au nom de"
    r"|para|por|за)\s+"
    r"|\s*[/\\\u2013\u2014]\s*|(?-i:(?<=[A-ZА-ЯЁ])-(?=[A-ZА-ЯЁ]))",
    re.IGNORECASE,
)
_BETWEEN_NEW_NAMES = re.compile(
    r"\s+(?:et|y|e|va|und|and|и|ва|with|through|via|on behalf of|от имени|через|au nom de)\s+|\s*[/\\]\s*",
    re.IGNORECASE,
)
"""What stands between two institutions; what else joins known names can stand in the name of one."""

_TOGETHER = re.compile(r"(?:joint(?:ly)?|both|совместно|conjointement|conjuntamente)[\s:]+", re.IGNORECASE)


def known_names_joined(name: str, is_known: Callable[[str], bool]) -> list[str]:
    """The names that a text joins by a dash or a word of any language, where each is known: `UNODC – MIA`."""
    parts = [part for part in _BETWEEN_NAMES.split(_TOGETHER.sub("", name, count=1)) if part]
    return parts if len(parts) > 1 and all(map(is_known, parts)) else []


def new_names_joined(name: str) -> list[str]:
    """The names that a text joins, where the form of each tells an institution: `PNUD et UNICEF`; else none.

    Each is in capitals, or begins or ends with a word of institutions. Between commas all begin with the same one.
    """
    parts = [part for part in _BETWEEN_NEW_NAMES.split(_TOGETHER.sub("", name, count=1)) if part]
    if len(parts) > 1 and all(_is_in_capitals(part) or _has_form_of_institution(part) for part in parts):
        return parts
    listed = [each for part in name.split(",") if (each := part.strip())]
    if len(listed) < 2:
        return []
    firsts = {fold(each.split()[0]) for each in listed}
    is_of_one_kind = len(firsts) == 1 and all(len(each.split()) > 1 for each in listed) and is_institution_word(*firsts)
    return listed if is_of_one_kind or all(map(_is_in_capitals, listed)) else []


def _is_in_capitals(part: str) -> bool:
    """Whether a part is one word in capitals, as the short name of an institution is."""
    return len(part) > 1 and part.isupper() and part.replace("-", "").isalpha()


def _has_form_of_institution(part: str) -> bool:
    words = part.split()
    if len(words) == 1 and part.isascii():
        return False  # `Justice` is one, and half of `Ministry of Peace and Justice`.
    return any(each[0].isupper() and is_institution_word(each) for each in (words[0], words[-1]))
