"""Classifies a promise by its main verb and the words next to it."""

from __future__ import annotations

import re

from store.model.vocabulary_and_signs import Kind

_PEOPLE = (
    r"(?:officers?|experts?|analysts?|prosecutors?|candidates?|focal points?|contact (?:points?|persons?)|coordinators?|trainers?|chemists?|investigators?|specialists?|members?"
    r"|liaison|representatives?|points? of contact|participants?|judges?|officials?|staff|nominees?|instructors?|interpreters?)"
)
_TRAINING = r"(?:train(?:ing|ings)?|(?<!due )courses?|workshops?|seminars?|curricul\w+|study visits?|exercises?|e-learning|webinars?|internships?|placements?|scholarships?|fellowships?|mentoring)"
_INFO = (
    r"(?:data|datasets?|figures|statistics|information|intelligence|lists?|reports?|files?|forms?|templates?|registers?|questionnaires?|materials?|presentations?|slides|minutes|details|descriptions?"
    r"|indicators|documents?|samples|manuals?|guidelines|lessons|practices|findings|results|profiles|records|notes?|overview|summary|database|protocol|terms of reference|contacts?|images?|programme|addresses)"
)
_LAW = r"(?:laws?|bills?|legislation|legal|agreements?|memorand\w+|mou|treat(?:y|ies)|orders?|decrees?|convention|ratif\w+|extradition|regulations?|amendments?|protocols?)"

_EN: tuple[tuple[str, str], ...] = (
    (
        Kind.JOIN_ANALYSIS_FILE,
        r"^(?:contribut|join|participat|take part|feed|connect)\w*\b.{0,60}\banaly(?:sis|tical)(?: work)? (?:file|project)",
    ),
    (
        Kind.NOMINATE_EXPERTS,
        rf"^(?:nominat|appoint|designat|second|name|identify|assign|select|choose|propose|put forward|send(?! .*\b(?:lists?|forms?|names|data|files?)\b)|make available)\w*\b(?:(?! to (?:the|all|its|their)\b).){{0,50}}\b{_PEOPLE}\b(?! (?:data|list|form))",
    ),
    (Kind.NOMINATE_EXPERTS, r"^(?:nominat|appoint|designat|second(?:ing)?\b)"),
    (
        Kind.LEGAL,
        rf"^(?:draft|sign|conclude|ratify|adopt|amend|negotiat|initial|finali[sz]e|propose|prepare|table|submit|revise|answer|execute|enact)\w*\b.{{0,40}}\b{_LAW}\b|^(?:review|comment on|examine|check)\w*\b.{{0,20}}\b(?:laws?|bills?|legislation|decrees?|amendments?|treat(?:y|ies))\b",
    ),
    (
        Kind.TRAIN,
        rf"^(?:train|teach|instruct|coach|mentor)\w*\b|^\w+\b.{{0,60}}\b{_TRAINING}\b(?! (?:database|form|template|platform|list|material))",
    ),
    (
        Kind.SHARE_DATA,
        rf"^(?:share|exchang|provid|send|transmit|submit|forward|suppl|circulat|communicat|deliver|giv|pass|hand|return|upload|distribut|report|let|grant|disclos|notify|publish|compil)\w*\b.{{0,80}}\b{_INFO}\b",
    ),
    (Kind.SHARE_DATA, r"^(?:share|exchang|report|circulat|transmit|forward)\w*\b"),
    (
        Kind.FACILITATE,
        r"^(?:facilitat|support|assist|help|fund|financ|pay|cover|promot|provid|sponsor|arrang|enabl|put|host|review|advis|translat|lend|open|accompan|offer|look into|come back|check|assess|contribut|make)\w*\b.{0,60}\b(?:support|assist\w*|help|cost|costs|funds?|funding|translation|interpret\w*|advice|access|accounts?|equipment|expertise|touch|comments?|draft|guidelines|logistics|venue|whether|services|available)\b",
    ),
    (
        Kind.FACILITATE,
        r"^(?:facilitat|support|assist|help|fund|financ|pay\b|cover\b|promot|sponsor|advis|come back|check whether|continue (?:support|assist|help|provid)|(?:take up|raise|pursue|follow up)\b.{0,40}\brequests?)\w*",
    ),
    (
        Kind.COOPERATE,
        r"\b(?:cooperat|co-operat|collaborat|partner|coordinat)\w*\b|^(?:work (?:together|closely|jointly|with|towards?|on)|meet|consult|hold (?:\w+ )?(?:\w+ )?(?:consultations?|meetings?|calls?|video ?conferences?|talks|dialogue)|continue (?:working|work|to work|their|the dialogue)|form|establish|deepen|strengthen|enhance|expand|join forces|engage|conduct joint|organi[sz]e joint)\w*",
    ),
    (Kind.LEGAL, rf"\b{_LAW}\b"),
)

_RU: tuple[tuple[str, str], ...] = (
    (
        Kind.COOPERATE,
        r"^(?:созда|образ|сформир|учред)\w*\b.{0,60}\b(?:рабоч\w+ групп|комисси|комитет|механизм взаимод)\w*",
    ),
    (Kind.JOIN_ANALYSIS_FILE, r"аналитическ\w+ (?:файл|проект|досье)"),
    (
        Kind.SHARE_DATA,
        r"(?:направ|предостав|переда|представ|выс(?:л|ыл))\w*\b.{0,40}\b(?:перечен|перечн|спис|сведен|данн|информац)\w*(?: об?)?(?: (?!контактн|ответственн)\w+)? лиц(?:ах)?\b(?!\s+для)",
    ),
    (
        Kind.NOMINATE_EXPERTS,
        r"(?:назнач|определ|номинир|выдел|выдвин|направ|команд|подобр|отобр|предлож)\w*\b.{0,40}\b(?:сотрудник|эксперт|кандидат|представител(?!ьств)|координатор|преподавател|специалист|контактн|следовател|прокурор|офицер|тренер|(?<!перечень )(?<!перечня )(?<!перечни )(?<!список )(?<!списки )(?<!сведения о )(?<!данные о )(?<!информацию о )лиц)\w*(?! данн)",
    ),
    (
        Kind.LEGAL,
        r"(?:подготов|разработ|подпис|подпиш|согласов|заключ|ратифиц|внес|внести|утверд|доработ|направ|рассмотр)\w*\b.{0,40}\b(?:закон|соглашени|приказ|меморандум|договор(?!ен|ён)|протокол|проект\w*\b(?! (?:пособи|техническ|программ|план|отч|доклад|презентац|смет|повестк|списк|перечн|бюджет|концепц|справк))|нормативн|поправ)\w*",
    ),
    (Kind.LEGAL, r"замечани\w+ к проект\w* (?:закон|соглашен|договор|приказ|меморандум|протокол)|запрос\w* о правов"),
    (Kind.TRAIN, r"\b(?:обуч|курс|семинар|тренинг|стажиров|учебн|вебинар|занят|лекци)\w*"),
    (
        Kind.SHARE_DATA,
        r"(?:направ|предостав|переда|передаст|представ|предостав|разо(?:сл|шл)|выс(?:л|ыл)|выш(?:л)|обмен|сообщ|поделит)\w*\b.{0,70}\b(?:данн|сведен|информац|статистик|перечен|перечн|спис|отч[её]т|образц|анкет|материал|документ|форм|шаблон|фай|копи|пособи|постановлени|протокол|руководств|методик|справк|памятк|реестр|вопрос\w*\b для|техническ\w+ задани)\w*"
        r"|\b(?:анкет|перечен|спис|данн|сведени|отч[её]т|материал|статистик)\w*\b.{0,80}\b(?:и|а также) (?:направ|переда|представ|разосла|предостав)\w*|обмен\w* (?:данными|информацией|сведениями)",
    ),
    (Kind.FACILITATE, r"\b(?:содейств|помощ|поддерж|профинанс|оплат|возмест|перев[её]д|перевод|помоч)\w*"),
    (Kind.COOPERATE, r"\b(?:сотруднич|взаимодейств|совместн|консультац|координ|видеоконференц|партн[её]р)\w*"),
    (Kind.LEGAL, r"\b(?:закон|соглашени|правов|меморандум|приказ)\w*"),
)


def kind_of(act: str, *, is_russian: bool) -> str:
    """The kind of a commitment by the words of the promise, from its verb on; `other` when unsure."""
    text = act.casefold().strip()
    for kind, pattern in _RU if is_russian else _EN:
        if re.search(pattern, text):
            return kind
    return Kind.OTHER
