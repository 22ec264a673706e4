"""Placeholders in the place of a party: `TBD`, `all`, `ditto`, `see item 3`, `we`, a day, a state, a mark."""

from __future__ import annotations

import re

from store.fold_case_and_accents import fold
from store.imports.dates.month_columns_of_work_plan import month_named
from store.imports.sections.section_titles_and_totals import is_a_note
from store.imports.states.state_meant_by_word import state_of

NOBODY = frozenset(
    (
        *("tbd", "tbc", "tba", "n/a", "na", "none", "all", "everyone", "everybody", "all parties", "to be determined"),
        *("to be confirmed", "to be decided", "nobody", "various", "not applicable", "unassigned", "?", "-", "\u2013"),
        *("н/д", "нет", "все", "всем", "все стороны", "не определен", "не определено", "уточняется", "tous", "toutes"),
        *("toutes les parties", "a determiner", "a confirmer", "todos", "todas", "por determinar", "por confirmar"),
        *("both", "both sides", "both parties", "all sides", "all participants", "all partners", "all members"),
        *("all agencies", "the parties", "the sides", "parties", "sides", "participants", "partners", "members"),
        *("стороны", "обе стороны", "участники", "все участники", "участники встречи", "все ведомства", "все органы"),
        *("партнеры", "все партнеры", "обе", "les parties", "les deux parties", "parties prenantes"),
        *("tous les participants", "tous les partenaires", "las partes", "ambas partes", "todas las partes"),
        *("participantes", "todos los participantes", "todos los socios"),
        *("n.a.", "n.a", "n. a.", "n/a.", "no one", "noone", "no-one", "none yet", "nobody yet", "not assigned"),
        *("not yet assigned", "not defined", "not specified", "undefined", "unknown", "to be agreed", "to be advised"),
        *("to be identified", "to be assigned", "to be nominated", "to be specified", "tbn", "each", "each party"),
        *("each side", "all of them", "all of the above", "both of them", "every party", "н.д.", "никто", "оба"),
        *("каждый", "каждая", "каждая сторона", "все ведомства", "не назначен", "не назначена", "не назначено"),
        *("не назначены", "не указан", "не указано", "не указана", "не определена", "не определены", "уточнить"),
        *("будет определено", "будет определен", "будет определена", "будут определены", "будет уточнено"),
        *("будет назначен", "будет назначено", "подлежит уточнению", "подлежит определению", "нет ответственного"),
        *("неизвестно", "aucun", "aucune", "personne", "neant", "non attribue", "non assigne", "a definir", "s.o."),
        *("a preciser", "a designer", "non determine", "non defini", "sans objet", "s/o", "chacun", "chacune"),
        *("les deux", "chaque partie", "tous les deux", "por definir", "por decidir", "por designar", "por asignar"),
        *("a definir", "sin asignar", "no asignado", "sin definir", "no definido", "ninguno", "ninguna", "nadie"),
        *("cada uno", "cada una", "ambos", "ambas", "los dos", "no aplica", "desconocido"),
    )
)
"""What stands in the place of a party and names none, folded: the cell counts as empty, which is told."""

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
management|leadership|organisers|organizers|organiser|organizer|the host|hosts|host|lead|the lead|support
ответственный|ответственные|ответственное лицо|организатор|организаторы|руководство|соисполнитель|соисполнители
головной исполнитель|ответственный исполнитель|свод|созыв|ведущий|куратор|лидер|заказчик|подрядчик|стороны договора
la direction|direccion|organisateurs|les organisateurs|organisateur|organizadores|los organizadores|organizador
responsable|responsables|le responsable|el responsable|los responsables|chef de file|pilote|bailleurs|los donantes
donantes|les bailleurs|entrepreneur|contractor|contractors|vendor|vendors|supplier|suppliers|lead agency|cc|except
министерства|ведомства|n.n|nn|joint|jointly|совместно|исполнители|исполнитель|responsible|conjointement
"""
_NO_NAMES = frozenset(word for line in _DITTO_LISTED.strip().splitlines() for word in line.split("|"))
"""What stands in the place of a party for another row, or for who writes or reads the list, folded: who is asked."""

# The patterns are compiled for the first new name: most lists have few.
_NO_NAMES_BEGIN = (
    r"(?:except|excluding|other than|all but|кроме|за исключением|sauf|hormis|excepto|salvo"
    r"|see|same as|as (?:in|per|for)|on behalf of|subject to|if|not|to be|t\.?b\.?[acd]\.?|см\.?|voir|ver)"
    r"(?![\w-])[\s/.:,]*|\*|\W*$"
)
"""How texts begin that send to another place, or say that it is open: `see item 3`, `to be named by UNODC`."""

_SENTENCE = (
    r"(?:what|who|which|how|when|что|кто|как|ce qu|qui|lo que|quien)\b.*\s|.*\s(?:will|shall|must|should|needs?|has"
    r"|have|to be|agrees?|undertakes?|commits?|promises?|обязу[ею]тся|должн[аоы]?|должен|обещает|обеспечит|doit|doivent"
    r"|s'engage|debe|deben|se compromete)\s"
)
"""How texts begin that ask, and the verbs of those that say what somebody does: `What UNODC will do`."""

_AND_OTHERS = r"\s(?:et al|etc|and others|и др|и другие|et autres|y otros)$|[\u00b9\u00b2\u00b3\u2070-\u2079]$"
"""How texts end that name others besides, or send to a footnote."""

_A_DAY = (
    r"(?<![\w.])\d{1,2}[./]\d{1,2}[./]\d{2,4}(?![\w.])|(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?!\d)"
    r"|(?<!\w)\d{1,2}(?:st|nd|rd|th|-го)?\s+([^\W\d_]{3,})\.?\s+(?:19|20)\d\d(?!\d)"
)


def names_no_institution(name: str) -> bool:
    """Whether a text in the place of a party names none: `то же`, `see item 3`, `we`, a day, a share, `Done`, `x`."""
    plain = fold(name).strip(" .:;,()[]\"'\u201c\u201d\u00ab\u00bb")
    if len(plain) < _SHORTEST_NAME or not any(map(str.isalpha, plain)):
        return True
    bare = plain.replace("-", " ")
    if bare in _NO_NAMES or bare.removeprefix("the ") in _NO_NAMES:
        return True
    if re.match(_SENTENCE, plain) or re.match(_NO_NAMES_BEGIN, plain, re.IGNORECASE):
        return True
    if re.search(_AND_OTHERS, plain) or is_a_note(name):
        return True
    return state_of(name) is not None or month_named(name) is not None or re.fullmatch(_A_DAY, plain) is not None


def has_a_day(text: str) -> bool:
    """Whether a day with its year stands in a text."""
    found = re.search(_A_DAY, text)
    return found is not None and (not found[1] or month_named(found[1]) is not None)


_SHORTEST_NAME = 2
