"""A second party that stands in brackets behind the first: `UNODC (with INTERPOL)`."""

from __future__ import annotations

import re

from store.imports.parties.placeholder_parties import known_names_joined

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
