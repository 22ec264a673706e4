"""The fields of an import, and the synonyms of their headings in English, Russian, French, Spanish and Uzbek."""

from __future__ import annotations

from store.errors import UsageError
from store.fold_case_and_accents import fold, spaced
from store.imports.headings.headings_of_our_exports import in_english
from store.imports.headings.russian_field_names import RUSSIAN_FIELDS
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FIELDS = {
    "id": phrase("our own number of the commitment"),
    "source-id": phrase("the list's own number of it"),
    "title": phrase("what was promised"),
    "by": phrase("who promised it"),
    "to": phrase("to whom"),
    "via": phrase("the channel"),
    "support": phrase("who helps"),
    "visit": phrase("the visit, by its slug or its title"),
    "kind": phrase("the kind of promise"),
    "state": phrase("where it stands"),
    "agreed-on": phrase("the day it was agreed"),
    "due": phrase("until when"),
    "original-due": phrase("until when, as it was first agreed"),
    "words": phrase("the deadline in the words as agreed"),
    "precision": phrase("how exactly the date was meant"),
    "owner": phrase("who chases it"),
    "quote": phrase("the words of the promise"),
    "source": phrase("where they stand"),
    "note": phrase("a note on it"),
    "reason": phrase("why the date changed"),
    "asked-by": phrase("who asked for the change of date"),
    "agreed-by": phrase("who agreed to the change of date"),
    "miss-reason": phrase("why it was missed"),
    "wanted": phrase("seats wanted"),
    "nominated": phrase("seats nominated"),
    "acknowledged": phrase("seats acknowledged"),
    "letter": phrase("the reference of the letter"),
    "endorsed": phrase("the day the NCB endorsed it"),
    "reported-on": phrase("the day it was done"),
    "reported-by": phrase("who said it is done"),
    "evidence": phrase("what shows that it is done"),
    "confirmed-on": phrase("the day it was confirmed"),
    "confirmed-by": phrase("who confirmed it"),
    "confirmed-evidence": phrase("what shows that it arrived"),
    "because": phrase("why it was closed without being kept"),
    "closed-on": phrase("the day it was closed"),
    "revision": phrase("the revision of the commitment that was exported"),
}
"""Field of an import -> its meaning."""


DATE_FIELDS = frozenset(("due", "original-due", "agreed-on", "endorsed", "reported-on", "confirmed-on", "closed-on"))
"""Fields that are days."""


def parse_field_name(field: str) -> str:
    """Parse the name of a field, English or Russian. Raises: UsageError with a suggestion."""
    name = fold(field.strip()).replace("_", "-").replace(" ", "-")
    name = {"seats": "wanted", "source-number": "source-id"}.get(name, name)
    name = RUSSIAN_FIELDS.get(name, name)
    if name not in FIELDS:
        names = FIELDS if name.isascii() else RUSSIAN_FIELDS
        known = did_you_mean(name, list(names)) or tr(": it is one of {known}", known=", ".join(names))
        raise UsageError(
            tr('there is no field "{field}"{known}', field=visible(field), known=known), code="import.field-unknown"
        )
    return name


MOST_ABOVE = 40
"""The first lines, among which the headings are searched for: titles of lists are shorter."""

_HEADINGS = {
    "source-id": (
        "no|n|nr|№|№ п п|п п|n п п|no п п|номер|ref|reference|ref no|reference no|item|item no|item number|uid|number"
        "|action no|action id|#|код|our ref|your ref|ид|source id|their number|nn|s n|sn|serial no"
        "|task id|card id|issue key|key|uuid|record no|record number|n º|nº|nro|numero|num"
        "|numero de orden|commitment no|action number|gid|t r|т р"
        "|id de tache|id de la tache|identifiant de la tache|id de tarea|id de la tarea|ид задачи|идентификатор задачи"
    ),
    "title": (
        "title|action|action point|action item|action to be taken|agreed action|commitment|promise|what"
        "|activity|task|measure|description of action|description of activity|undertaking|recommendation"
        "|follow up action|followup action|next step|обязательство|обещание|мероприятие"
        "|наименование мероприятия|содержание мероприятия|задача|действие|поручение|содержание|пункт|что"
        "|название|наименование|меры|мера|рекомендация|содержание поручения|summary|мероприятия|обязательства"
        "|задачи|поручения|действия|рекомендации|наименование обязательства|суть обязательства"
        "|краткое содержание|what was promised|subject"
        "|task name|task title|card name|action title|commitment text|commitment description"
        "|agreed commitment|text of the commitment|deliverable|содержание обязательства"
        "|принятое обязательство|принятые обязательства|наименование поручения|наименование задачи"
        "|содержание задачи|engagement|engagements|engagement pris|action|action convenue|mesure|mesures"
        "|tache|taches|activite|objet|sujet|intitule|recommandation|compromiso|compromisos"
        "|compromiso asumido|compromisos asumidos|accion|acciones|actividad|tarea|medida|acuerdo|asunto"
        "|recomendacion"
        "|nom de la tache|titre|titre de la tache|nombre de la tarea|nombre de tarea|titulo|название задачи|имя задачи"
        "|nom de tache|тема|action a mener|actions a mener"
        "|tadbir|tadbirlar|tadbir nomi|chora tadbir|chora tadbirlar|topshiriq|vazifa|majburiyat"
        "|bajariladigan ish|bajariladigan ishlar"
        "|тадбир|тадбирлар|тадбир номи|чора тадбир|чора тадбирлар|топшириқ|вазифа|мажбурият"
        "|бажариладиган иш|бажариладиган ишлар"
    ),
    "by": (
        "by|promised by|responsible|responsible party|responsible body|responsible institution"
        "|responsible agency|responsible organisation|responsible organization|responsibility|lead"
        "|lead agency|lead institution|who|promiser|implementing agency|implementer|action by|assigned to"
        "|ответственный|ответственный исполнитель|исполнитель|кто|ответственный орган|ответственное ведомство"
        "|ответственная сторона|ответственная организация|ведомство|от кого|ответственные|исполнители"
        "|ответственные исполнители|ответственные органы|ответственные ведомства"
        "|кто обещал"
        "|responsible org|responsible office|responsible unit|responsible entity|responsible institutions"
        "|responsible parties|lead org|lead organisation|lead organization|promising party|commitment by"
        "|committed by|головной исполнитель|головной|основной исполнитель|принявший обязательство|кем"
        "|кто принял|responsable|responsables|partie responsable|institution responsable"
        "|organisme responsable|entite responsable|responsable de l execution|chef de file"
        "|institucion responsable|entidad responsable|organismo responsable|parte responsable|a cargo de"
        "|owed by|pris par|engagement pris par|porte par|quien se compromete|comprometido por|asumido por"
        "|encargado|owner institution|institution in charge|agency in charge"
        "|attribue a|affecte a|assigne a|asignado a|asignada a|назначено|кому назначено|назначенные"
        "|названия ресурсов|structure responsable|service responsable"
        "|mas ul|mas ul ijrochi|mas ul ijrochilar|mas ul tashkilot|ijrochi|ijrochilar"
        "|масъул|масъул ижрочи|масъул ижрочилар|масъул ташкилот|ижрочи|ижрочилар"
    ),
    "to": (
        "to|promised to|to whom|recipient|beneficiary|addressee|for|for whom|counterpart|received by|кому"
        "|получатель|адресат|для кого|в чей адрес|бенефициар|заказчик|получатели|адресаты|бенефициары"
        "|beneficiary org|beneficiary organisation|beneficiary organization|beneficiary institution"
        "|commitment to|promised party|owed to|owed|pris envers|a quien|ante quien|frente a quien"
        "|перед кем|перед какой стороной|в пользу кого|beneficiaire"
        "|beneficiaires|destinataire|destinataires|envers|a l egard de|au profit de|en faveur de"
        "|beneficiario|beneficiarios|destinatario|destinatarios|a favor de|hacia|institucion beneficiaria"
        "|institution beneficiaire|entidad beneficiaria|organisme beneficiaire|kimga|кимга"
    ),
    "via": ("via|through|channel|через|канал|посредник|par l intermediaire de|por conducto de|a traves de"),
    "support": (
        "support|supported by|with support of|supporting agency|partner|helper|with|содействие|при содействии"
        "|при поддержке|партнер|соисполнитель|поддержка|партнеры|соисполнители"
        "|in cooperation with|in coordination with|in collaboration with|contributing agency|при участии"
        "|co lead|partners|supporting org|supporting organisation|соисполнители и партнеры|appui"
        "|avec l appui de|partenaire|partenaires|apoyo|con el apoyo de|socio|socios"
    ),
    "visit": (
        "visit|study visit|meeting|event|mission|trip|визит|поездка|ознакомительный визит|учебный визит"
        "|встреча|заседание|совещание|визиты|мероприятие визит"
        "|visite|visita|reunion|mission|visite d etude|visita de estudio"
    ),
    "kind": (
        "kind|type|category|categories|type of action|тип|вид|категория|направление|вид обязательства|типы|виды"
        "|категории|nature|categorie|categoria|tipo|clase"
    ),
    "state": (
        "state|status|current status|progress|implementation status|status of implementation|состояние|статус"
        "|ход исполнения|ход выполнения|отметка об исполнении|отметка о выполнении|статус исполнения"
        "|исполнение|выполнение|статусы"
        "|state of play|current state|current status of implementation|status update|statut|etat"
        "|etat d avancement|avancement|etat de mise en oeuvre|estado|estado actual|situacion"
        "|estado de cumplimiento|estado de ejecucion|состояние исполнения|текущее состояние"
        "|текущий статус"
        "|progression|progreso|прогресс|holat|holati|ijro holati|ҳолат|ҳолати|ижро ҳолати"
    ),
    "due": (
        "due|due date|deadline|due by|by when|when|target date|timeline|timeframe|time frame"
        "|expected date|end date|until|due on|date due|срок|срок исполнения|срок выполнения|дедлайн"
        "|срок реализации|крайний срок|до какого числа|плановый срок|когда|сроки исполнения"
        "|сроки|сроки реализации|сроки выполнения|сроки проведения|планируемая дата"
        "|target dt|due dt|deadline date|latest date|final date|planned date|planned completion"
        "|planned end date|planned finish|finish|finish date|expected completion|expected completion date"
        "|expected by|date of expected completion|контрольный срок|контрольная дата|срок контроля"
        "|предельный срок|установленный срок|плановая дата|планируемый срок|крайняя дата|до какого срока"
        "|echeance|date d echeance|date limite|date butoir|date prevue|delai|delai d execution"
        "|fecha limite|fecha de vencimiento|fecha prevista|vencimiento|plazo|plazo de ejecucion"
        "|fecha de entrega|au plus tard le|pour le|d ici le|окончание|due date time|due date time date time"
        "|muddat|muddati|ijro muddati|bajarish muddati|муддат|муддати|ижро муддати|бажариш муддати"
    ),
    "agreed-on": (
        "agreed on|date agreed|date of agreement|agreement date|дата согласования|дата договоренности"
        "|date de l accord|fecha del acuerdo"
    ),
    "closed-on": ("closed on|date closed|дата закрытия|closed at|closed date"),
    "words": "due words|date in words|deadline in words|deadline as agreed|срок словами",
    "owner": "owner|chased by|куратор",
    "quote": ("quote|words of the promise|wording|цитата|формулировка|citation|cita"),
    "source": (
        "source|document|source document|protocol|minutes|источник|документ|основание|протокол|источники|документы"
        "|document source|fuente|documento"
    ),
    "note": (
        "note|comment|remark|remarks and comments|notes and comments|comments and remarks|примечание"
        "|комментарий|замечание|пометка|заметка|примечания|комментарии|замечания|remark comment"
        "|comment remark|note comment"
        "|comentario|observation|observacion|observaciones|observations|commentaire|remarque|nota|body"
        "|desc|заметки|izoh|izohlar|изоҳ|изоҳлар"
    ),
    "reason": (
        "reason|reason for change|reason for the change|reason for extension|why changed|причина"
        "|причина переноса|причина изменения|причина продления|основание для продления|причины"
        "|reason for postponement|reason for revision|основание переноса"
        "|причина продления срока|motif|motif du report|motivo|motivo de la prorroga|motivo del cambio"
    ),
    "asked-by": "asked by|change asked by|requested by|кто попросил|по просьбе",
    "agreed-by": "agreed by|change agreed by|approved by|кто согласовал|согласовано",
    "miss-reason": (
        "miss reason|reason for a miss|reason missed|reason for miss|reason for delay|reason for the delay|why missed"
        "|why late|причина задержки|причина невыполнения|причина неисполнения|причина срыва"
        "|motif du retard|motivo del retraso"
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
        "|completed date|completed date time|completed date time date time|completed at|date done|date finished"
        "|finished on|date implemented|date d achevement"
        "|fecha de finalizacion|дата фактического выполнения|фактически исполнено"
        "|фактическая дата исполнения|date complete"
        "|date de fin reelle|termine le|acheve le|completado el|fecha de completado|дата фактического завершения"
    ),
    "reported-by": "reported by|reported said by|done by|кто сообщил",
    "evidence": (
        "evidence|proof|reported evidence|means of verification|supporting document|evidence of the report"
        "|подтверждение|подтверждающий документ|доказательство"
        "|preuve|justificatif|evidencia|medio de verificacion|medios de verificacion"
    ),
    "confirmed-on": (
        "confirmed|confirmed on|date confirmed|received on|date received|дата подтверждения|подтверждено|дата получения"
    ),
    "confirmed-by": "confirmed by|confirmed said by|кто подтвердил",
    "confirmed-evidence": "confirmed evidence|confirmation evidence|evidence of confirmation",
    "because": "because|closed because|why closed|reason closed|state reason|причина закрытия",
    "precision": "precision|due precision|exact to",
    "revision": "revision",
}
"""Field -> its headings, as `normal` gives them.

Headings of contact persons and focal points are left out on purpose: there is no field for an officer's name."""

HEADINGS_OF_TITLES = frozenset(_HEADINGS["title"].split("|"))
"""Headings of the title: who finds one in the place of a title looks whether the line is one of headings."""

LONGEST_OF_TITLES = max(map(len, HEADINGS_OF_TITLES))

ALL_HEADINGS = frozenset(name for names in _HEADINGS.values() for name in names.split("|"))
"""All headings that are known: a line without any of them, as it is written, is none of headings."""


def _singular(word: str) -> str:
    if len(word) > 3 and word.isascii() and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


_OF_JIRA = "custom field ("
"""What stands before the name of a column that an office made in Jira: `Custom field (Responsible party)`."""


def normal(heading: str) -> str:
    """Normalize a heading: no case, no punctuation, no plural, nothing in brackets; `dueDate` is two words."""
    text = fold(spaced(heading))
    if text.startswith(_OF_JIRA):
        text = text.removeprefix(_OF_JIRA).removesuffix(")")
    if "(" in text or "[" in text:
        text = _without_brackets(text)
    if not text.replace(" ", "").isalnum():
        text = "".join([each if each.isalnum() or each in "№#" else " " for each in text])
    return " ".join(map(_singular, text.split()))


def _without_brackets(text: str) -> str:
    kept, depth = [], 0
    for character in text:
        depth += (character in "([") - (character in ")]" and depth > 0)
        kept.append(" " if depth or character in ")]" else character)
    return "".join(kept)


_NAMES_OF_TASKS = frozenset(("name", "nom", "nombre", "имя"))
"""Headings of the title where no other column has it, else of nothing."""

LOOSE_TITLES = frozenset(
    ("description", "описание", "detail", "подробности", "descripcion", "card description", "task description")
)
"""Headings of the title where no other column has it, else of the note."""

DUE_OR_DONE = frozenset(
    (
        *("дата исполнения", "дата реализации", "completion date", "completion", "implementation date"),
        *("date of implementation", "date de realisation", "date d execution", "fecha de cumplimiento"),
        *("fecha de ejecucion", "fecha de realizacion"),
    )
)
"""Headings of the day until which, or of that on which: people are asked, unless another column says until when."""

NUMBER_OR_TITLE = frozenset(("пункт плана", "пункт", "пункт протокола", "пункт решения", "plan item", "point"))
"""Headings of the list's own number where numbers stand below, else of the title."""

_STAMPS = frozenset(
    name
    for names in (
        "created|created at|created date|created on|created time|date created|creation date|entry|timestamp",
        "modified|modified at|modified on|modified date|modified time|last modified|last modified date|date modified",
        "updated|updated at|updated on|updated date|date updated|last updated|last update|update date|update",
        "last activity|last activity date|date last activity|last viewed|last changed|changed at|date of export",
        "start|start date|start on|begin|planned start|date started|started|started at|reminder date|reminder",
        "created date time|last modified date time|start date time|start date time date time",
        "reminder date time|reminder date time date time",
        "scheduled|wait|date raised|raised on|date opened|opened|opened at|date added|added on|date logged",
        "дата создания|создано|создан|дата изменения|изменено|дата обновления|обновлено|дата начала|начало",
        "отметка времени|дата внесения|date de creation|date de modification|date de mise a jour|date de debut|debut",
        "fecha de creacion|fecha de modificacion|fecha de actualizacion|fecha de inicio|inicio|marca temporal",
    )
    for name in names.split("|")
)
"""Headings of days that no commitment has: of the list's own upkeep, of a beginning."""

OF_PERSONS = frozenset(
    (
        *("assigned to", "assignee", "action owner", "attribue a", "affecte a", "assigne a", "asignado a"),
        *("asignada a", "назначено", "кому назначено", "назначенные"),
    )
)
"""Headings of the one who promised that mostly stand over persons."""

_FIRST = ("original", "originale", "initial", "initiale", "inicial", "first", "первоначальн", "исходн")
_REVISED = (
    *("revised", "new", "updated", "extended", "amended", "current", "нов", "уточнен", "измененн", "продленн"),
    *("перенесенн", "пересмотренн", "скорректированн", "revise", "revisee", "nouvelle", "nouveau", "actualise"),
    *("actualisee", "revisad", "nuev", "actualizad", "prorrogad"),
)
"""How words begin (Latin ones: are) that tell a deadline as first agreed, or as it was changed."""

_PLANNED = ("plan", "planned", "scheduled", "план", "планов", "prevu", "prevue", "planifie", "previst", "planificad")
_ENDS = ("end", "finish", "окончани", "конец", "заверш", "fin", "hasta")
_ACTUAL = ("actual", "fact", "real", "факт", "фактическ", "reel", "reelle", "effectif", "effective", "realisee")
_BEGINS = ("start", "begin", "beginning", "from", "начал", "с", "debut", "inicio", "desde")
"""How words begin that tell of two days under one heading which one each is: planned and actual, first and last."""

_DATES = frozenset(("date", "дата", "fecha"))

_OURS = frozenset(
    map(normal, ("original due", "band", "urgency", "days left", "extension count", "extensions", "due precision"))
)
_SURELY = 2
"""With so many of the headings that only our own exports have, a column of numbers holds our numbers."""

_WHY = frozenset(("why", "ошибка"))
_LINES = frozenset(("row", "item", "to-do", "event", "строка", "элемент", "задача", "событие"))
"""The headings of the first two columns in a file of bad rows (`bad_rows_file`): the reasons, a word for a row."""

_IDS = frozenset(("id", "followup id", "commitment id", "commitment number"))
_OUR_IDS = _IDS | {"no"}


_TAGS = frozenset(("categories", "категории", "categorias"))
"""The heading over the labels of a task or an event in Outlook and in calendars: they are no kinds of promises."""

_MEANINGS = {normal(name): field for field, names in _HEADINGS.items() for name in names.split("|")} | {
    normal(field): field for field in FIELDS if field != "id"
}


def _begins_as(word: str, beginnings: tuple[str, ...]) -> bool:
    return word in beginnings if len(word) <= _SHORT else word.startswith(_LONG[beginnings])


_SHORT = 2
"""Letters of a word of which the beginning is the whole."""

_LONG: dict[tuple[str, ...], tuple[str, ...]] = {
    beginnings: tuple(each for each in beginnings if len(each) > _SHORT)
    for beginnings in (_FIRST, _REVISED, _PLANNED, _ENDS, _ACTUAL, _BEGINS)
}
_QUALIFYING = tuple(each for beginnings in _LONG.values() for each in beginnings)


def _qualified(name: str) -> tuple[str | None, bool]:
    """The field of `original deadline` or `revised deadline`, and whether the words say that it was revised."""
    words = name.split()
    if not any(word.startswith(_QUALIFYING) or len(word) <= _SHORT for word in words):
        return None, False
    for beginnings, field, of_dates in _QUALIFIED:
        rest = " ".join([word for word in words if not _begins_as(word, beginnings)])
        if rest != name and (_MEANINGS.get(rest) == "due" or (of_dates and rest in _DATES)):
            return field, beginnings is _REVISED
    return None, False


_QUALIFIED = (
    (_FIRST, "original-due", False),
    (_REVISED, "due", False),
    (_ACTUAL, "reported-on", True),
    (_BEGINS, None, False),
    (_PLANNED, "due", True),
    (_ENDS, "due", False),
)
"""Words of a deadline, the field that it has with them, and whether they tell it of a mere date as well."""


def _begins(name: str) -> bool:
    """Whether a heading, as `normal` gives it, stands over the first day of a period."""
    rest = " ".join([word for word in name.split() if not _begins_as(word, _BEGINS)])
    return rest != name and _MEANINGS.get(rest) == "due"


def field_of(heading: str) -> str | None:
    """The field of a heading; None when it is unknown or ambiguous."""
    name = normal(heading)
    found = _MEANINGS.get(name)
    if found is None and name:
        found, _ = _qualified(name)
    elif found == "due" and "(" in heading:
        found = _qualified(_with_brackets(heading))[0] or (None if _begins(_with_brackets(heading)) else found)
    if found is None and any(mark in heading for mark in "/\n|"):
        parts = heading.replace("\n", "/").replace("|", "/").split("/")
        meanings = {_MEANINGS.get(normal(part)) for part in parts if normal(part)}
        found = meanings.pop() if len(meanings) == 1 else None
    return found


def is_stamp(heading: str) -> bool:
    """Whether a heading stands over days that no commitment has: when a row was made or changed, or begins."""
    name = normal(heading).removesuffix(" text")
    return name in _STAMPS or _begins(name) or ("(" in heading and _begins(_with_brackets(heading)))


def _with_brackets(heading: str) -> str:
    """A heading, as `normal` gives it, with the words that stand in brackets."""
    return normal(heading.replace("(", " ").replace(")", " "))


def are_ours(headings: Sequence[str]) -> bool:
    """Whether these are the headings of a file of ours: an export, or the bad rows of an import."""
    is_left_over = not _WHY.isdisjoint(headings[:1]) and not _LINES.isdisjoint(headings[1:2])
    return is_left_over or _are_of_an_export(map(normal, in_english(headings, normal) or headings))


def _are_of_an_export(names: Iterable[str]) -> bool:
    return len(_OURS.intersection(names)) >= _SURELY


def are_of_a_calendar(headings: Iterable[str]) -> bool:
    """Whether these are the headings of the events of a calendar, as Outlook and Google write them."""
    names = set(map(normal, headings))
    return "all day event" in names or {"start time", "end time"} <= names


ALL_DAY, FIRST_DAY, LAST_DAY, TIME_OF_END = "all day event", "start date", "end date", "end time"
"""Headings of the events of a calendar, as `normal` gives them."""


def are_of_todoist(names: Iterable[str]) -> bool:
    """Whether these are the headings, as `normal` gives them, of a project of Todoist."""
    return {"type", "content", "indent"} <= set(names)


def meanings(headings: Iterable[str]) -> list[str | None]:
    """The field of each heading. A column `id` is our number in our own exports, else the number of the list."""
    listed = list(headings)
    listed = in_english(listed, normal) or listed
    names = list(map(normal, listed))
    found = ["source-id" if name in _IDS else field_of(heading) for name, heading in zip(names, listed, strict=True)]
    if _are_of_an_export(names):
        # The notes of an export are in the store already: importing them would duplicate them.
        ours = {"note": None, "original due": None, **dict.fromkeys(_OUR_IDS, "id")}
        found = [ours.get(name, field) for name, field in zip(names, found, strict=True)]
    elif "etag" in names or "self link" in names:
        found = [None if name == "kind" else field for name, field in zip(names, found, strict=True)]
    elif "uuid" in names:
        # Taskwarrior numbers its tasks anew all the time.
        of_tasks = {"id": None, "end": "reported-on", "annotation": "note"}
        found = [of_tasks.get(name, field) for name, field in zip(names, found, strict=True)]
    elif are_of_todoist(names):
        of_projects = {"type": None, "content": "title", "description": None, "date": "due"}
        found = [of_projects.get(name, field) for name, field in zip(names, found, strict=True)]
    elif "issue key" in names:
        of_issues = {"resolution": "because", "resolved": "reported-on"}
        found = [of_issues.get(name, field) for name, field in zip(names, found, strict=True)]
    if not _TAGS.isdisjoint(map(fold, listed)):
        found = [None if fold(heading) in _TAGS else field for heading, field in zip(listed, found, strict=True)]
    for loose, fields in ((_NAMES_OF_TASKS, ("title",)), (LOOSE_TITLES, ("title", "note"))):
        for place, name in enumerate(names):
            if name in loose:
                found[place] = next((field for field in fields if field not in found), None)
    _mark_original_deadline(names, found)
    return found


def names_of_tasks_or_persons(headings: Sequence[str]) -> bool:
    """Whether the heading of the title is one that stands over names of persons as well."""
    names = list(map(normal, headings))
    return any(
        name in _NAMES_OF_TASKS and field == "title" for name, field in zip(names, meanings(headings), strict=True)
    )


def _mark_original_deadline(names: list[str], found: list[str | None]) -> None:
    """Of a deadline and a revised one, the other is the one as first agreed."""
    due = [place for place, field in enumerate(found) if field == "due"]
    plain = [place for place in due if not _qualified(names[place])[1]]
    if len(due) == 2 and len(plain) == 1 and "original-due" not in found:
        found[plain[0]] = "original-due"


PLACES_OF_VISITS = frozenset(
    (
        *("visit place", "place of visit", "place of the visit", "visit location", "visit city", "visit town"),
        *("место визита", "место проведения визита", "город визита", "lieu de la visite", "lieu de visite"),
        *("lugar de la visita", "ciudad de la visita"),
    )
)
"""Headings, as `normal` gives them, over the place of the visit that a row belongs to."""

DAYS_OF_VISITS = frozenset(
    (
        *("visit date", "visit dates", "date of visit", "date of the visit", "dates of visit", "visit day"),
        *("visit start", "visit from", "дата визита", "даты визита", "дата начала визита", "date de la visite"),
        *("dates de la visite", "date de visite", "fecha de la visita", "fechas de la visita"),
    )
)
"""Headings, as `normal` gives them, over the first day of the visit that a row belongs to."""
