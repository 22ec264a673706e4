"""Recognises the heads of tables of actions and of persons, headings over lists, and labels before actions."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

ACTION_LABEL = lazy(
    r"^(?:action(?: points?| items?)?|actions agreed|decisions?|agreed(?: actions?)?|follow[- ]up|next steps?|to do|task|commitments?"
    r"|действи[ея]|решени[ея]|поручени[ея]|задач[аи])(?: \d{1,2})?\s*[:.–—-]+\s+(?=\S)",
    re.IGNORECASE,
)
"""`Action: ` before what is to be done."""

ACTION_HEADING = lazy(
    r"\b(?:actions?|action points?|follow[- ]up(?! (?:\w+ )?(?:meeting|visit|session|report|mission|call))|next steps?|decisions?|commitments?|undertakings|agreed|way forward|conclusions|deliverables|to[- ]do|who does what)\b"
    r"|\b(?:решили|решения|решено|договор[её]нности|договорились|поручения|дальнейшие шаги|план мероприятий|мероприятия|обязательства|постановили)\b",
    re.IGNORECASE,
)
"""A heading, or the line before a list, under which stands what is to be done."""

DECIDED_RU = lazy(
    r"\b(?:решили|постановили|решено|договорились|поручить|условились|решение|решил[аио]?)\b[^.]{0,40}:?$",
    re.IGNORECASE,
)
"""The line before a list whose items are infinitives: `РЕШИЛИ:`."""

_NUMBER = r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|[IVX]{1,5}[.)])[ \t]+)?"
_ANNEX = (
    r"(?:(?:annex|appendix|attachment|приложение)(?: (?:№ ?)?(?:\d{1,2}|[ivx]{1,4}|[a-zа-я]))?[.:,)]?(?: [–—-])? )?"
)
PERSONS_HEADING = lazy(
    _NUMBER
    + _ANNEX
    + r"(?:present|participants?|attendees|attendance|apologies|in attendance|members of the delegation|the delegation (?:included|consisted)|участники|присутствовали|список участников|состав делегации|в состав"
    r"|(?:list of )?(?:the )?(?:persons|people|officials|interlocutors|counterparts|participants|attendees)(?: (?:we |that were )?(?:met|consulted|interviewed|present|seen)\b|\s*$)"
    r"|(?:список|перечень) (?:участников|присутствовавших|присутствующих|лиц)|состав участников)\b",
    re.IGNORECASE,
)
"""A heading, or the line before a list, under which stands who was there: `2. Persons met`."""

_HEAD_OF_NAMES = lazy(
    r"(?:(?:full|first|family|last) )?names?\b(?! of (?:the )?(?:organi|institution|agency|ministry))|surname|participants?$|delegates?$|persons?$|attendees?$"
    r"|имя|имена|фамилия|ф\. ?и\. ?о\b|фио\b|участник[аи]?$|представител[ьи]$",
)
_HEAD_OF_INSTITUTIONS = lazy(
    r"(?:name of (?:the )?)?(?:organi[sz]ation|institution|agency|affiliation|employer|ministry|authority|represent(?:ing|s)\b|body\b|entity)"
    r"|организаци|учреждени|ведомств|орган\b|место работы|министерств|государственный орган",
)


def columns_of_persons(heads: Sequence[str]) -> tuple[int, int] | None:
    """The columns of the names and of their institutions in a table of persons; None for any other table."""
    folded = [fold(head) for head in heads]
    names = next((index for index, head in enumerate(folded) if _HEAD_OF_NAMES.match(head)), None)
    theirs = next((index for index, head in enumerate(folded) if _HEAD_OF_INSTITUTIONS.match(head)), None)
    return None if names is None or theirs is None or names == theirs else (names, theirs)


MEETINGS_HEADING = lazy(
    _NUMBER
    + r"(?:(?:list of )?meetings (?:held )?with|whom? we met|состоялись встречи|проведены встречи|проведённые встречи|встречи состоялись|встречались с|(?:с кем )?встречались|встречи с)\b",
    re.IGNORECASE,
)
"""The same over a list of those who were met; text below it tells of the meetings."""

_HEADS = {
    "action": r"\b(?:actions?|activit\w+|task|commitment|measure|what|follow[- ]up|deliverable|decision|step|recommended action|мероприяти\w*|действи\w*|задач\w*|поручени\w*|обязательств\w*|содержание|что)\b",
    "by": r"\b(?:responsib\w+|promised by|owner|who|by whom|lead|institution|party|actor|in charge|assigned|implement\w+|исполнител\w*|ответствен\w*|обязавш\w+|кто)\b",
    "due": r"\b(?:deadline|due|by when|when|date|timeline|time ?frame|target|timing|срок\w*|дата|когда)\b",
    "status": r"\b(?:status|state|progress|done|статус\w*|состояние|отметка)\b",
    "to": r"\b(?:to whom|promised to|recipients?|beneficiar(?:y|ies)|for whom|addressees?|кому|перед кем|получател\w*)\b",
}
_ALONE = {"by": ("by", "from", "от кого"), "to": ("to", "for", "partner", "partners"), "due": ("by",)}
"""Role -> heads that say it only as the whole head, and where no other head does: `By | To`, `Who | What | By`."""

_DEADLINE = lazy(r"\b(?:deadline|due|by when|time ?frame|target|срок\w*)\b")
"""A head of days by which something is to be done; a bare date stands in a programme as well."""

DONE = lazy(
    r"^(?:already )?(?:done|completed?|closed|finished|implemented|fulfilled|cancelled|sent|delivered|submitted|provided|received|handed over|transmitted|held"
    r"|(?:уже )?(?:выполнен|исполнен|завершен|завершён|закрыт|сделан|отмен[её]н|направлен|отправлен|передан|представлен|получен|проведен|проведён|вручен|вручён|снят)[оаы]?)\b"
    r"(?! (?:by|until|till|before|no later|not later|within|до|к|не позднее|не позже|в срок)\b)",
    re.IGNORECASE,
)
"""A status, or what stands for a deadline, of what is no promise any more: `sent on 20 October`, not `done by`."""


def columns_of(heads: Sequence[str]) -> dict[str, int]:
    """Role -> column of a table of actions; empty for any other table."""
    found: dict[str, int] = {}
    for index, head in enumerate(heads):
        for role, pattern in _HEADS.items():
            if role not in found and index not in found.values() and re.search(pattern, fold(head)):
                found[role] = index
    has_deadline = "due" in found and bool(_DEADLINE.search(fold(heads[found["due"]])))
    has_doer = "by" in found
    for role, alone in _ALONE.items():
        for index, head in enumerate(heads):
            if role not in found and index not in found.values() and fold(head).strip(" .:") in alone:
                found[role] = index
    if not has_doer and not has_deadline and "by" in found and fold(heads[found["by"]]).strip(" .:") == "from":
        return {}  # `From | To | Activity`: the hours of a programme.
    return found if "action" in found and ("by" in found or has_deadline) else {}
