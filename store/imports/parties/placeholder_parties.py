"""Texts in the place of a party that name none: of another row, of who writes or reads, days; and known names joined.

Only a new name is looked at: most lists have few.
"""

from __future__ import annotations

import re

from store.imports.dates.month_columns_of_work_plan import month_named
from store.imports.sections.section_titles_and_totals import is_a_note
from store.imports.states.state_synonyms import state_of
from store.rules.institution_words import is_institution_word
from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_DITTO_LISTED = """
same|the same|same party|same as above|as above|see above|idem|ibid|ditto|dito|the above|то же|тот же|та же
те же|он же|она же|они же|там же|как выше|см. выше|вышеуказанный|вышеуказанные|lo mismo|el mismo|la misma
los mismos|meme|le meme|la meme|les memes|voir plus haut|ver arriba|we|us|you|me|i|they|them|he|she|it|ours
self|ourselves|myself|our office|our side|our team|own office|in house|inhouse|internal|internally|external
donor|donors|others|other|either|neither|any|someone|somebody|anyone|anybody|pending|мы|вы|они|он|она|я|нас
нам|вам|им|наш офис|наше ведомство|наша сторона|сами|своими силами|прочие|другие|иные|донор|доноры|кто-либо
nous|vous|ils|elles|notre bureau|autre|autres|nosotros|ellos|ellas|nuestra oficina|otro|otros|bailleur|donante
yes|no|vacant|vacancy|new post|new position|post vacant|to be recruited|вакансия|вакантно|да|oui|non|si|vacante
poste vacant|nouveau poste|puesto vacante|ngos|ngo|csos|cso|ong|нпо|media|сми
министерства|ведомства|n.n|nn|joint|jointly|совместно|исполнители|исполнитель|responsible|conjointement
"""
_NO_NAMES = frozenset(word for line in _DITTO_LISTED.strip().splitlines() for word in line.split("|"))
"""What stands in the place of a party for another row, or for who writes or reads the list, folded."""

_NO_NAMES_BEGIN = re.compile(
    r"(?:see|same as|as (?:in|per|for)|on behalf of|subject to|if|not|to be|t\.?b\.?[acd]\.?|см\.?|voir|ver)"
    r"(?![\w-])[\s/.:,]*|\*|\W*$",
    re.IGNORECASE,
)
"""How texts begin that send to another place, or say that it is open: `see item 3`, `to be named by UNODC`."""

_SENTENCE = re.compile(
    r"(?:what|who|which|how|when|что|кто|как|ce qu|qui|lo que|quien)\b.*\s|.*\s(?:will|shall|must|should|needs?|has"
    r"|have|to be|agrees?|undertakes?|commits?|promises?|обязу[ею]тся|должн[аоы]?|должен|обещает|обеспечит|doit|doivent"
    r"|s'engage|debe|deben|se compromete)\s",
)
"""How texts begin that ask, and the verbs of those that say what somebody does: `What UNODC will do`."""

_AND_OTHERS = re.compile(
    r"\s(?:et al|etc|and others|и др|и другие|et autres|y otros)$|[\u00b9\u00b2\u00b3\u2070-\u2079]$"
)
"""How texts end that name others besides, or send to a footnote."""

_A_DAY = re.compile(
    r"(?<![\w.])\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![\w.])|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)"
    r"|(?<!\w)\d{1,2}(?:st|nd|rd|th|-го)?\s+([^\W\d_]{3,})\.?\s+(?:19|20)\d\d(?!\d)"
)


def names_no_institution(name: str) -> bool:
    """Whether a text in the place of a party names none: `то же`, `see item 3`, `we`, a day, a share, `Done`, `x`."""
    plain = fold(name).strip(" .:;,()[]\"'\u201c\u201d\u00ab\u00bb")
    if len(plain) < _SHORTEST_NAME or not any(map(str.isalpha, plain)) or plain.replace("-", " ") in _NO_NAMES:
        return True
    if _SENTENCE.match(plain) or _NO_NAMES_BEGIN.match(plain) or _AND_OTHERS.search(plain) or is_a_note(name):
        return True
    return state_of(name) is not None or month_named(name) is not None or _A_DAY.fullmatch(plain) is not None


def has_a_day(text: str) -> bool:
    """Whether a day with its year stands in a text."""
    found = _A_DAY.search(text)
    return found is not None and (not found[1] or month_named(found[1]) is not None)


_SHORTEST_NAME = 2

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
