"""The fields that a column can hold, and what people write over such columns, in English and Russian."""

from __future__ import annotations

from store.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIELDS = {
    "id": "our own number of the commitment",
    "source-id": "the list's own number of it",
    "title": "what was promised",
    "by": "who promised it",
    "to": "to whom",
    "via": "the channel",
    "support": "who helps",
    "visit": "the visit, by its slug or its title",
    "kind": "the kind of promise",
    "state": "where it stands",
    "agreed-on": "the day it was agreed",
    "due": "until when",
    "words": "the deadline in the words as agreed",
    "precision": "how exactly the date was meant",
    "owner": "who chases it",
    "quote": "the words of the promise",
    "source": "where they stand",
    "note": "a note on it",
    "reason": "why the date changed",
    "asked-by": "who asked for the change of date",
    "agreed-by": "who agreed to the change of date",
    "miss-reason": "why it was missed",
    "wanted": "seats wanted",
    "nominated": "seats nominated",
    "acknowledged": "seats acknowledged",
    "letter": "the reference of the letter",
    "endorsed": "the day the NCB endorsed it",
    "reported-on": "the day it was done",
    "reported-by": "who said it is done",
    "evidence": "what shows that it is done",
    "confirmed-on": "the day it was confirmed",
    "confirmed-by": "who confirmed it",
    "confirmed-evidence": "what shows that it arrived",
    "because": "why it was closed without being kept",
    "closed-on": "the day it was closed",
    "revision": "the revision of the commitment that was exported",
}
"""Field, as --map and --default name it -> what it is."""

MOST_ABOVE = 40
"""Lines among which that of the headings is looked for: titles of lists are shorter."""

_HEADINGS = {
    "source-id": (
        "no|n|nr|№|№ п п|п п|n п п|no п п|номер|ref|reference|ref no|reference no|item|item no|item number|uid|number"
        "|action no|action id|#|код|our ref|your ref|ид|source id|their number|nn|s n|sn|serial no"
    ),
    "title": (
        "title|action|action point|action item|action to be taken|agreed action|commitment|promise|what"
        "|activity|task|measure|description of action|description of activity|undertaking|recommendation"
        "|follow up action|followup action|next step|обязательство|обещание|мероприятие"
        "|наименование мероприятия|содержание мероприятия|задача|действие|поручение|содержание|пункт|что"
        "|название|наименование|меры|мера|рекомендация|содержание поручения|summary|мероприятия|обязательства"
        "|задачи|поручения|действия|рекомендации|наименование обязательства|суть обязательства"
        "|краткое содержание|what was promised|subject"
    ),
    "by": (
        "by|promised by|responsible|responsible party|responsible body|responsible institution"
        "|responsible agency|responsible organisation|responsible organization|responsibility|lead"
        "|lead agency|lead institution|who|promiser|implementing agency|implementer|action by|assigned to"
        "|ответственный|ответственный исполнитель|исполнитель|кто|ответственный орган|ответственное ведомство"
        "|ответственная сторона|ответственная организация|ведомство|от кого|ответственные|исполнители"
        "|ответственные исполнители|ответственные органы|ответственные ведомства"
        "|кто обещал"
    ),
    "to": (
        "to|promised to|to whom|recipient|beneficiary|addressee|for|for whom|counterpart|received by|кому"
        "|получатель|адресат|для кого|в чей адрес|бенефициар|заказчик|получатели|адресаты|бенефициары"
    ),
    "via": "via|through|channel|через|канал|посредник",
    "support": (
        "support|supported by|with support of|supporting agency|partner|helper|with|содействие|при содействии"
        "|при поддержке|партнер|соисполнитель|поддержка|партнеры|соисполнители"
    ),
    "visit": (
        "visit|study visit|meeting|event|mission|trip|визит|поездка|ознакомительный визит|учебный визит"
        "|встреча|заседание|совещание|визиты|мероприятие визит"
    ),
    "kind": ("kind|type|category|type of action|тип|вид|категория|направление|вид обязательства|типы|виды|категории"),
    "state": (
        "state|status|current status|progress|implementation status|status of implementation|состояние|статус"
        "|ход исполнения|ход выполнения|отметка об исполнении|отметка о выполнении|статус исполнения"
        "|исполнение|выполнение|статусы"
    ),
    "due": (
        "due|due date|deadline|due by|by when|when|target date|timeline|timeframe|time frame|completion date"
        "|expected date|end date|until|due on|date due|срок|срок исполнения|срок выполнения|дедлайн"
        "|дата исполнения|срок реализации|крайний срок|до какого числа|плановый срок|когда|сроки исполнения"
        "|сроки|планируемая дата"
    ),
    "agreed-on": "agreed on|date agreed|date of agreement|agreement date|дата согласования|дата договоренности",
    "closed-on": "closed on|date closed|дата закрытия",
    "words": "due words|date in words|deadline in words|deadline as agreed|срок словами",
    "owner": "owner|chased by|куратор",
    "quote": "quote|words of the promise|wording|цитата|формулировка",
    "source": (
        "source|document|source document|protocol|minutes|источник|документ|основание|протокол|источники|документы"
    ),
    "note": (
        "note|comment|remark|remarks and comments|notes and comments|comments and remarks|примечание"
        "|комментарий|замечание|пометка|заметка|примечания|комментарии|замечания|remark comment"
        "|comment remark|note comment"
    ),
    "reason": (
        "reason|reason for change|reason for the change|reason for extension|why changed|причина"
        "|причина переноса|причина изменения|причина продления|основание для продления|причины"
    ),
    "asked-by": "asked by|change asked by|requested by|кто попросил|по просьбе",
    "agreed-by": "agreed by|change agreed by|approved by|кто согласовал|согласовано",
    "miss-reason": (
        "miss reason|reason for a miss|reason missed|reason for miss|reason for delay|reason for the delay|why missed"
        "|why late|причина задержки|причина невыполнения|причина неисполнения|причина срыва"
    ),
    "wanted": "wanted|seat|seats wanted|place|places|quota|number of seats|мест|места|квота|количество мест",
    "nominated": "nominated|seats nominated|nominee|number of nominees|назначено|выдвинуто",
    "acknowledged": "acknowledged|seats acknowledged|accepted|принято|подтверждено мест",
    "letter": "letter|letter no|letter ref|letter reference|seats letter|письмо|номер письма|исх|исх №|исходящий",
    "endorsed": "endorsed|endorsed on|seats endorsed|ncb endorsed|одобрено|одобрено нцб",
    "reported-on": (
        "reported|reported on|date reported|done on|date done|completed on|date completed|completed"
        "|date of completion|actual date|actual completion date|actual end date|дата выполнения"
        "|фактическая дата|дата фактического исполнения|фактический срок|выполнено дата|дата завершения"
        "|исполнено дата"
    ),
    "reported-by": "reported by|reported said by|done by|кто сообщил",
    "evidence": (
        "evidence|proof|reported evidence|means of verification|supporting document|evidence of the report"
        "|подтверждение|подтверждающий документ|доказательство"
    ),
    "confirmed-on": (
        "confirmed|confirmed on|date confirmed|received on|date received|дата подтверждения|подтверждено|дата получения"
    ),
    "confirmed-by": "confirmed by|confirmed said by|кто подтвердил",
    "confirmed-evidence": "confirmed evidence|confirmation evidence|evidence of confirmation",
    "because": "because|closed because|why closed|reason closed|причина закрытия",
    "precision": "precision|due precision|exact to",
    "revision": "revision",
}
"""Field -> what stands over its column, as `normal` gives it.

Columns of contact persons and focal points are not among them: officers' names have no field (README, What to know
before)."""


def _singular(word: str) -> str:
    if len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def normal(heading: str) -> str:
    """A heading as the table has it: no case, no punctuation, no plural, nothing that stands in brackets."""
    text = fold(heading)
    if "(" in text or "[" in text:
        text = _without_brackets(text)
    letters = "".join([each if each.isalnum() or each in "№#" else " " for each in text])
    return " ".join(map(_singular, letters.split()))


def _without_brackets(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character in "([") - (character in ")]" and depth > 0)
        kept.append(" " if depth or character in ")]" else character)
    return "".join(kept)


_LOOSE = frozenset(("description", "описание", "detail", "подробности"))
"""Headings of what was promised where no column says it better, else of notes."""

_OURS = frozenset(
    map(normal, ("original due", "band", "urgency", "days left", "extension count", "extensions", "due precision"))
)
_SURELY = 2
"""With so many of the headings that our own exports have, and hardly another list, a column of numbers holds ours."""

WHY = "why"
"""What stands over the reasons in a file of bad rows, whose first column they are."""

_LINES = frozenset(("row", "item", "to-do"))
"""What stands over its second one: what the lines of a file are called."""

_IDS = frozenset(("id", "followup id", "commitment id", "commitment number"))
_OUR_IDS = _IDS | {"no"}


_MEANINGS = {normal(name): field for field, names in _HEADINGS.items() for name in names.split("|")} | {
    normal(field): field for field in FIELDS if field != "id"
}


def field_of(heading: str) -> str | None:
    """The field that a heading means; None when it means none, or more than one."""
    found = _MEANINGS.get(normal(heading))
    if found is None and any(mark in heading for mark in "/\n|"):
        parts = heading.replace("\n", "/").replace("|", "/").split("/")
        meanings = {_MEANINGS.get(normal(part)) for part in parts if normal(part)}
        found = meanings.pop() if len(meanings) == 1 else None
    return found


def are_ours(headings: Sequence[str]) -> bool:
    """Whether these stand in a file that we wrote for spreadsheets: an export, or the bad rows of an import."""
    is_left_over = list(headings[:1]) == [WHY] and not _LINES.isdisjoint(headings[1:2])
    return is_left_over or _are_of_an_export(map(normal, headings))


def _are_of_an_export(names: Iterable[str]) -> bool:
    return len(_OURS.intersection(names)) >= _SURELY


def meanings(headings: Iterable[str]) -> list[str | None]:
    """The field of each heading. A column `id` is our number beside what only our exports have, else the list's own."""
    listed = list(headings)
    names = list(map(normal, listed))
    found = ["source-id" if name in _IDS else field_of(heading) for name, heading in zip(names, listed, strict=True)]
    if _are_of_an_export(names):
        # The notes of an export are history, and none to be put down again.
        ours = {"note": None, **dict.fromkeys(_OUR_IDS, "id")}
        found = [ours.get(name, field) for name, field in zip(names, found, strict=True)]
    for place, name in enumerate(names):
        if name in _LOOSE:
            found[place] = next((field for field in ("title", "note") if field not in found), None)
    return found
