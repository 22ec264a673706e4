"""Finds the deadline of a promise: the words of its day, and the day that they mean from the day of the text."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.month_patterns import english_months, russian_months
from store.capture.promises.promise_verbs_ru import infinitive_of
from store.errors import FollowUpError
from store.fold_case_and_accents import fold
from store.rules.dates.month_arithmetic import add_to_day
from store.rules.dates.parse_date import nearest_days, parse_date
from store.sanitise_text import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.rules.due_dates_and_extensions import DueDate

_MONTH, _MONTH_RU = english_months(), russian_months()
_WEEKDAY = r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_YEAR = r"(?:19|20)\d\d"
_DATE = (
    rf"(?:{_WEEKDAY},? )?(?:\d{{1,2}}(?:[–-]| to ))?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?|(?:{_WEEKDAY},? )?{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,? {_YEAR})?"
    rf"|{_YEAR}-\d\d-\d\d|\d{{1,2}}\.\d{{1,2}}\.{_YEAR}|\d{{1,2}}/\d{{1,2}}(?:/{_YEAR})?(?!\d)"
    rf"|(?:the )?(?:very )?(?:end|close) of (?:the )?(?:month|year|week|quarter|{_MONTH}(?: {_YEAR})?|{_YEAR}|(?:first|second|third|fourth) (?:quarter|half)(?: of {_YEAR})?|this year|next year|this month|next month|summer|autumn|spring|winter)"
    rf"|(?:the )?(?:year|month|week)[’']s end|(?:the )?(?:first|second|third|fourth|last) (?:quarter|half) of (?:{_YEAR}|next year|this year|the year)|Q[1-4](?: of)? {_YEAR}"
    rf"|(?:the )?(?:first|second) half of {_MONTH}(?: {_YEAR})?|{_MONTH} {_YEAR}|end[- ](?:of[- ])?{_MONTH}(?: {_YEAR})?|(?:late|early|mid)[- ](?:{_MONTH}(?: {_YEAR})?|{_YEAR})|{_MONTH}(?![a-z])"
    rf"|(?:this|next|the coming|the next) (?:week|month|quarter|year|spring|summer|autumn|fall|winter|{_WEEKDAY})|(?:spring|summer|autumn|fall|winter)(?: of)? {_YEAR}"
    rf"|{_WEEKDAY} (?:of )?(?:next|the following|the coming) week|{_WEEKDAY}|tomorrow|{_YEAR}(?![\d/])"
)
_SPAN = r"(?:(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|twenty|thirty|sixty|ninety|\d{1,3}) (?:working |calendar )?(?:days?|weeks?|months?|years?))"
_WEEKDAY_RU = r"(?:понедельник[ау]?|вторник[ау]?|сред[ыуе]|четверг[ау]?|пятниц[ыуе]|суббот[ыуе]|воскресень[яюе])"
_DATE_RU = (
    rf"(?:{_WEEKDAY_RU},? )?(?:\d{{1,2}}(?:[–-]| по ))?\d{{1,2}} {_MONTH_RU}(?: {_YEAR}(?: ?г(?:ода|\.)?)?| (?:[тс]\. ?г\.?|текущего года|этого года))?|\d{{1,2}}\.\d{{1,2}}\.(?:{_YEAR}|\d\d(?!\d))|{_YEAR}-\d\d-\d\d"
    rf"|(?:конца|конце|концу) (?:{_MONTH_RU}(?: {_YEAR}(?: ?г(?:ода|\.)?)?)?|месяца|года|недели|квартала|{_YEAR}(?: ?г(?:ода|\.)?)?|этого года|текущего года)"
    rf"|(?:(?:конца|конце|концу) )?(?:перво[мго]+|второ[мго]+|треть?[еём]+[мго]*|четв[её]рто[мго]+|[IV]{{1,3}}|[1-4](?:-?[мго]+)?) (?:квартал[еау]?|полугоди[ияею])(?: {_YEAR}(?: ?г(?:ода|\.)?)?| (?:текущего|этого) года)?"
    rf"|(?:перв|втор)(?:ой|ую) половин[еуы] {_MONTH_RU}(?: {_YEAR}(?: ?г(?:ода|\.)?)?)?"
    rf"|{_MONTH_RU} {_YEAR}(?: ?г(?:ода|\.)?)?|(?:весной|летом|осенью|зимой)(?: {_YEAR}(?: ?г(?:ода|\.)?)?)?|{_MONTH_RU}(?![а-яё])"
    rf"|{_WEEKDAY_RU}|следующ(?:ей|ем|его|ую) (?:неделе|месяце|году|недел[юи]|месяца|года|квартале)|{_YEAR}(?: ?г(?:ода|оду|\.)?)"
)
_LIMITS = r"(?:no later than|not later than|at the latest by|on or before|by|before|until|till|due(?: on| by)?:?|deadline:?|prior to|within)"
_WHENS = r"(?:in the|in|on|during the|during|through|throughout|starting in|starting|from|at the|around|beginning in|beginning|over the next|over the coming|for|as of)"
_LIMITS_RU = r"(?:не позднее|не позже|в срок до|сроком до|до|к|в течение|срок(?::| [–—-])?|в течении|не далее)"
_WHENS_RU = r"(?:в|во|на|с|через|к)"

_SPAN_RU = r"(?:двух|трёх|трех|четырёх|\d{1,3}|одной|одного|пяти|десяти|шести)? ?(?:рабочих |календарных )?(?:недел[ьию]|месяц(?:а|ев)?|дн(?:я|ей)|дня)(?![а-яё])"
_BARE = r"(?:later )?this (?:year|month|week|autumn|fall|spring|summer|winter)|next (?:week|month|year|spring|summer|autumn|winter|quarter|\w+day)|tomorrow"
_BARE_RU = rf"(?:весной|летом|осенью|зимой)(?: {_YEAR}(?: ?г(?:ода|\.)?)?)?|(?:\d{{1,2}}[–-])?\d{{1,2}} {_MONTH_RU}(?: {_YEAR}(?: ?г(?:ода|\.)?)?)?|\d{{1,2}}\.\d{{1,2}}\.{_YEAR}"


@cache
def _dates(is_russian: bool) -> re.Pattern[str]:
    """Words before a date, and the date: compiled when a text has the first promise."""
    if is_russian:
        pattern = rf"(?:\b(?P<lead>{_LIMITS_RU}|{_WHENS_RU}) |(?P<paren>\())?(?<![\w.])(?P<date>{_DATE_RU}|{_SPAN_RU}|(?:одно|двух|тр[её]х|четыр[её]х|пяти|шести|семи|десяти|пятнадцати|двадцати|тридцати|\d{{1,2}}-)?(?:недельный|месячный|дневный)(?= срок))(?![\w])(?: срок)?"
        return re.compile(pattern, re.IGNORECASE)
    return re.compile(
        rf"(?:\b(?P<lead>(?i:{_LIMITS}|{_WHENS})) (?:the |COB |close of business (?:on )?)?|(?P<paren>\())?(?<![\w.])(?P<date>later this year|{_DATE}|{_SPAN})(?!\w)"
    )


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_VAGUE = lazy(
    r"\b(?:(?:with)?in (?:the |one |two |\w+ )?(?:weeks?|months?|days?) (?:following|after|of the) [^,;.()]{3,60}|as soon as (?:possible|(?:it|they|the|its|their|this|that|we|he|she)\b[^,;.()]{3,60})|from the (?:new|next|coming) (?:academic|school|financial|fiscal|budget) year|before (?:the )?(?:summer|winter|spring|autumn|fall|Christmas|Easter|holidays|break)|(?:by|in|during) the (?:first|second|third|fourth|last) week of \w+|until further notice|once available|at the (?:earliest|next (?:meeting|session|round)|latest)(?: \w+)?|in due course|in the near future|shortly|without delay|at an early date|early (?:next year|(?:in )?\d{4})|in the coming (?:weeks|months|days|years)|over the (?:coming|next) \w+ ?\w*|periodically|on a regular basis)\b",
    re.IGNORECASE,
)
_VAGUE_RU = lazy(
    r"\b(?:начиная с [^,;.()]{3,40}? (?:ежеквартально|ежемесячно|еженедельно|ежегодно)|(?:ежеквартально|ежемесячно|еженедельно|ежегодно),? начиная с [^,;.()]{3,25}?(?:19|20)\d\d(?: ?г(?:ода|\.)?)?|до нового года|как только [^,;.()]{3,60}|с (?:нового|следующего) (?:учебного|финансового|календарного|бюджетного) года|до начала (?:\w+ )?года|в (?:начале|середине|первой половине|первых числах|течение) (?:"
    + _MONTH_RU
    + r"|года|недели)|(?:до|к) (?:середин[еы]|начал[уа]) \w+(?: (?:19|20)\d\d(?: ?г(?:ода|\.)?)?)?|в (?:первой|второй|третьей) декаде \w+|как можно скорее|в ближайшее время|в кратчайшие сроки|на следующей встрече|дополнительно|в установленном порядке|по мере готовности)\b",
    re.IGNORECASE,
)


class PromiseDeadline(NamedTuple):
    """When a promise is due: the ISO day or None, its precision, the words and their span; `other`: a second date."""

    day: str | None = None
    precision: str | None = None
    words: str | None = None
    span: tuple[int, int] | None = None
    other: str | None = None


def due_of(
    words: str,
    after: int,
    dated: str,
    *,
    is_russian: bool,
    cell: tuple[int, int] | None = None,
    without: tuple[int, int] = (0, 0),
) -> PromiseDeadline:
    """The deadline in a sentence; `after` is where the promised begins, `without` the span of a condition in it."""
    if cell:
        return _of_cell(words[slice(*cell)].strip(), cell, dated)
    found: list[tuple[bool, int, int, str, str]] = []
    for match in _dates(is_russian).finditer(words):
        lead, text = (match["lead"] or "").lower(), match["date"]
        is_limit = bool(_compiled(_LIMITS_RU if is_russian else _LIMITS).fullmatch(lead))
        start, end = match.span()
        if without[0] <= start < without[1]:
            continue
        if match["paren"]:
            if words[end : end + 1] != ")":
                continue
            if _DAYS.match(text) and _OF_AN_EVENT.search(words, max(0, start - _MOST_OF_EVENT), start):
                continue
            end += 1
        elif (
            not lead
            and not _compiled(_BARE_RU if is_russian else _BARE).fullmatch(text)
            and not (after < start and _DASH.search(words, 0, start) and _LAST.match(words, end))
        ):
            continue
        if _VALID.search(words, 0, start) or (match["lead"] and _STARTS.match(lead) and _RECURS.search(words)):
            continue
        lead_in = (
            None if match["paren"] else "" if text[0].isdigit() and (" to " in text or " по " in text) else lead
        )  # `from 8 to 12 May` ends in May.
        if not is_limit and _is_no_deadline(words, start, end, after, lead_in):
            continue
        found.append((is_limit, start, end, text, lead))
    if not found:
        every = (_VAGUE_RU if is_russian else _VAGUE).finditer(words)
        vague = next((each for each in every if not without[0] <= each.start() < without[1]), None)
        return PromiseDeadline(None, None, vague[0], vague.span()) if vague else PromiseDeadline()
    found.sort(key=lambda each: (not each[0], each[1] < after, each[1]))
    for _, start, end, text, lead in found:
        is_a_span = _SPAN_END.search(text) or text.endswith("срок")
        behind = is_a_span and (_FROM_AN_EVENT.match(words, end) or _BEFORE_AN_EVENT.match(words, end))
        if behind:
            stop = _end_of_event(words, end, behind.end()) if is_russian else behind.end()
            return PromiseDeadline(None, None, words[start:stop].strip("( "), (start, stop))
        date = _read(text, lead, dated)
        shown = words[start:end].strip("() ")
        shown = shown if shown.endswith((" г.", ".г.", ". г.")) else shown.removesuffix(".")
        other = next((words[its[1] : its[2]] for its in found if its[1] != start), None)
        if date is None:
            return PromiseDeadline(None, None, shown, (start, end), other)
        if date.day is None or date.day < dated:
            continue
        return PromiseDeadline(date.day, date.precision, shown, (start, end), other)
    return PromiseDeadline()


_OF_AN_EVENT = lazy(
    r"\b(?:to|at|for|in|during|of|from|on) (?:[A-Z]?[\w’'-]+ ){0,4}?(?:course|seminar|training|workshop|conference|forum|meeting|exercise|summit|session|visit|exhibition|congress)s?\b[^,;()]*$"
    r"|(?<![а-яё])(?:на|в|во|к|ко|для|от|о|об|из|с) (?:[а-яё]+ ){0,3}?(?:курс|семинар|тренинг|конференци|форум|заседани|учени[яйе]|встреч|визит|выставк|совещани|стажировк|обучени|саммит|конгресс)[а-яё]{0,4}(?![а-яё])[^,;()]*$",
    re.IGNORECASE,
)
"""Before days in brackets: those of an event to which something is done (`invite two officers to its course (2–6 May)`)."""
_DAYS = lazy(r"\d{1,2}(?:[–-]| to | по )\d")
_MOST_OF_EVENT = 100
_DASH, _LAST = lazy(r"\w,? [–—-] $"), lazy(r"[. ;]*$")
"""Around a date at the end of an item: `Border Police: confirmation of the dates - mid-December`."""
_LEAD = lazy(rf"^(?:{_LIMITS}|{_WHENS}|{_LIMITS_RU}|{_WHENS_RU}) (?:the )?", re.IGNORECASE)


_FEASTS = {"christmas": "24 December", "нового года": "31 December", "the new year": "31 December"}
"""The last day before a feast that a deadline names."""


def days_near(words: str, dated: str) -> tuple[str, ...]:
    """The ISO days that the words of a deadline may mean which name none: two for `by mid-February`."""
    core = _LEAD.sub("", words)
    if feast := _FEASTS.get(fold(core)):
        return (parse_date(feast, dated).day or dated,)
    return nearest_days(core, dated)


_IN_WORDS = lazy(
    rf"(?:{_LIMITS}|{_WHENS}|{_LIMITS_RU}|{_WHENS_RU}|after|upon|once|when|as soon as|at the (?:next|latest|earliest)|(?:early|late|mid)[ -]|после|когда|как только|по мере|при) ?[^\W\d]",
    re.IGNORECASE,
)
"""What words of a deadline begin with that name no day: a figure behind it is that of a day which was mistyped."""


def is_in_words(typed: str, dated: str) -> bool:
    """Whether somebody typed a deadline that names no day: `before the next session`, `within three weeks of receipt`."""
    text = clean_line(typed)
    try:
        if not text or parse_date(text, dated):
            return False
    except FollowUpError:
        pass
    bare = _LEAD.sub("", text)
    if not re.search(r"[^\W\d_]", bare):
        return False  # A day in figures that does not exist is no word.
    if days_near(text, dated) or any(each.match(text) for each in (_VAGUE, _VAGUE_RU)):
        return True
    if _SPAN_FROM_AN_EVENT.search(text):
        return True
    return bool(_IN_WORDS.match(text)) and not re.search(r"\d", bare) and _read(bare, "", dated) is None


_DEADLINE_ALONE = lazy(
    r"\s*(?:(?:контрольный )?срок(?: (?:исполнения|выполнения|представления))?|deadline|due(?: date)?) ?[:–—-] ?(?P<date>[^;:!?]{3,60}?)[ .;]*$",
    re.IGNORECASE,
)


def deadline_alone(words: str) -> str | None:
    """The words of the date in a sentence that is the deadline of the one before (`Срок – до 1 мая.`)."""
    match = _DEADLINE_ALONE.match(words)
    return match["date"] + ("." if match["date"].endswith(" г") else "") if match else None


def is_span(words: str) -> bool:
    """Whether the words of a deadline are a span of time, which counts from the day of the text: `within two weeks`."""
    return bool(_SPAN_END.search(words) and not _NAMED_SPAN.search(words)) or words.endswith("срок")


def has_deadline(words: str, *, is_russian: bool) -> bool:
    """Whether a sentence has a day, or words like `by`, before which something must be done."""
    limits = _compiled(_LIMITS_RU if is_russian else _LIMITS)
    return any(limits.fullmatch(match["lead"] or "") or match["paren"] for match in _dates(is_russian).finditer(words))


_NO_DAY = lazy(
    r"(?:no (?:due )?date(?: set| yet)?|no deadline|none|n/?a|not set|not yet set|срок не (?:установлен|определен|определён)|без срока|нет)",
    re.IGNORECASE,
)
"""A cell that says that there is no deadline."""


def _of_cell(text: str, cell: tuple[int, int], dated: str) -> PromiseDeadline:
    """The deadline that a cell of a table is."""
    bare = text.strip(" -–—?")
    if not bare or _NO_DAY.fullmatch(bare):
        return PromiseDeadline()
    if _SPAN_FROM_AN_EVENT.search(bare) and not _WEEK_OF.match(bare.lower()):
        return PromiseDeadline(
            None, None, bare, cell
        )  # It counts from what no calendar says: `6 months after the visit`.
    core = re.sub(
        r"^(?:(?:proposed for|by|before|until|no later than|not later than|in|on|до|не позднее|к|в срок до|в)\s+|предложенный срок:\s*)",
        "",
        bare,
        flags=re.IGNORECASE,
    )
    date = _read(core, "", dated)
    if date is None or date.day is None:
        match = _dates(False).search("by " + core)
        if match is None and has_cyrillic(core):
            match = _dates(True).search("до " + core)
        date = _read(match["date"], "", dated) if match else None
    if date is None or date.day is None or date.day < dated:
        return PromiseDeadline(None, None, bare, cell)
    return PromiseDeadline(date.day, date.precision, bare, cell)


def _is_no_deadline(words: str, start: int, end: int, after: int, lead: str | None) -> bool:
    """Whether a date without `by` is that of something else: `the forum to be held in May`, `the figures for 2024`."""
    if lead is None:
        return False
    if lead.lower() in ("for", "from", "с", "as of"):
        return True
    behind_verb = re.compile(r"\s*\S+(?:\s+(?:out|up|together))?").match(words, max(after, 0))
    between = words[behind_verb.end() if behind_verb and after <= start else 0 : start]
    if _ELSE.search(between) or _AT_AN_EVENT.search(words, 0, start):
        return True
    return start < after and bool(_BEHIND.match(words))


_ELSE = lazy(
    r"\b(?:held|signed|adopted|opened|launched|which|who|that|following|after|since|planned|scheduled|foreseen|submitted|sent|received|established|taking place|organi[sz]ed|made|agreed"
    r"|котор\w+|состоявш\w+|проведенн\w+|проведённ\w+|полученн\w+|после|запланированн\w+)\b[^,;]*$",
    re.IGNORECASE,
)
_FROM_AN_EVENT = lazy(
    r"(?<=[a-zа-яё]) (?:after|following|from|of|upon|со дня|с момента|с даты|после) (?!this|next|the (?:month|year|quarter)\b|\d)(?:(?! [а-яё]+(?:ть|ти|чь)(?:ся)?\b)[^,;.()]){3,60}\b",
    re.IGNORECASE,
)
"""Behind a span of time: from when it counts, which no calendar says (`within two weeks after it has received this note`)."""
_EVENT_RU = lazy(
    r" (?:со дня|с момента|с даты|после|до|перед) (?:(?:их|его|её|ее) )?(?:[а-яё]+(?:ого|его|ой|ей|ых|их) )*(?P<noun>[а-яё]+)(?: (?:[а-яё]+(?:ого|его|ой|ей|ых|их) )*(?P<of>[А-ЯЁа-яё]+))?",
)
"""Behind a span of time: the noun of an event in the genitive, and what is its."""
_ACT_RU, _GENITIVE_RU = lazy(r"(?:ния|тия|ции|ссии|чи|пуска|ки)$"), lazy(r"(?:[аяыи]|[оеё]в|ей|[иоен][йн]|[А-ЯЁ]{2,})$")


def _end_of_event(words: str, start: int, end: int) -> int:
    """Where the event ends from which a span counts: `после завершения визита`, and not `представит перечень` behind it."""
    match = _EVENT_RU.match(words, start)
    if match is None:
        return end
    its = match["of"]
    if its and _ACT_RU.search(match["noun"]) and _GENITIVE_RU.search(its) and not infinitive_of(its):
        return match.end()
    return match.end("noun")


_SPAN_FROM_AN_EVENT = lazy(
    r"(?:days?|weeks?|months?|years?) (?:after|following|from|of|upon|before|prior to) (?!this|next)|(?:срок|дн\w+|недел\w+|месяц\w*) (?:со дня|с момента|с даты|после|до) \D",
    re.IGNORECASE,
)
_BEFORE_AN_EVENT = lazy(
    r"(?<=[a-zа-яё]) (?:before|prior to|ahead of|до|перед) (?!the end\b|end\b|\d)[^,;.()]{3,60}\b", re.IGNORECASE
)
"""The same, counted back (`a week before the workshop`)."""
_SPAN_END = lazy(r"(?:days?|weeks?|months?|years?|дн\w+|недел\w+|месяц\w*)$", re.IGNORECASE)
_NAMED_SPAN = lazy(r"\b(?:this|next|coming|end|each|every|этого|следующ\w+|текущ\w+|конц\w) ", re.IGNORECASE)
"""Before a span that is one of the calendar: `next week`."""
_VALID = lazy(
    r"\b(?:действу[ею]т|действительн\w+|истека[ею]т|valid|in force|expires?|remains? open|runs|lasts?)(?: until| till| in| on| for)? ?$",
    re.IGNORECASE,
)
"""Before a date: what is a state until then, and no deadline (`действует до 2027 года`)."""
_RECURS = lazy(
    r"\b(?:every|each|monthly|weekly|quarterly|regular\w*|annual\w*|ежемесячн\w*|еженедельн\w*|ежеквартальн\w*|ежегодн\w*|кажд\w+|регулярн\w*)\b",
    re.IGNORECASE,
)
_STARTS = lazy(r"(?:starting|beginning|from|с$|as of)", re.IGNORECASE)
"""Before the date of the first time of what comes again (`every month, starting in October`)."""
_AT_AN_EVENT = lazy(
    r"\b(?:in|at|to|of|в|во|на|об?) (?:the |a |an |\w+ ){0,2}(?:operations?|forum|conference|summit|exercises?|campaign|операци[ияею]+|форум[еау]|конференци[ию]|саммит[еау]|учени[яйх]+)(?: planned)?(?: for)?(?: the)? ?$"
    r"|\b(?:on|at|to|for) the (?:[\w’'-]+ ){0,4}(?:course|workshop|seminar|training|meeting|session) $"
    r"|\b(?:на|в) (?:[а-яё]+ ){0,2}(?:курсе|семинаре|тренинге|совещании|заседании|встрече) $",
    re.IGNORECASE,
)
"""Before a date: that of an event in which somebody takes part (`участие в операции весной`)."""
_BEHIND = lazy(r"(?:after|following|since|once|после|как)\b", re.IGNORECASE)


def _read(text: str, lead: str, dated: str) -> DueDate | None:
    """What the program's date reader makes of the words; None where it refuses them."""
    phrase = clean_line(text)
    low = _THIS_YEAR.sub(f" {dated[:4]}", phrase.lower())
    if re.search(r"\bworking\b|\bрабочи", low):
        return None  # Which days are worked differs from place to place.
    is_latin = low.isascii()
    low = low if is_latin else re.sub(rf"^{_WEEKDAY_RU},? (?=\d)", "", low)
    if count := _LARGE.match(low):
        low = f"{_LARGE_COUNTS[count[0]]}{low[count.end() :]}"
    for pattern, instead in _SAME:
        if is_latin and not pattern.isascii():
            continue
        low = re.sub(pattern, instead, low)
    if re.match(r"(?:\d|a |an |one|two|three|four|five|six|seven|eight|ten|twelve)", low) and re.search(
        r"(?:day|week|month|year)s?$", low
    ):
        low = "in " + low.replace("calendar ", "")
    is_counted = bool(lead) and fold(lead) in ("в течение", "через", "в течении") and not _NAMED_PERIOD.search(low)
    if is_counted or re.match(r"(?:двух|трех|трёх|недел|месяц|\d+ (?:недел|месяц|дн))", low):
        low = "через " + low.replace("двух", "2").replace("трёх", "3").replace("трех", "3")
    weekday = re.match(r"(\w+day) (?:of )?(?:next|following|coming|the following|the coming) week$", low)
    try:
        if whole := _WEEK_OF.match(low):
            day = parse_date(whole["day"], dated).day
            return parse_date("{}-W{:02}".format(*date.fromisoformat(day).isocalendar()[:2]), dated) if day else None
        if weekday:
            week = parse_date("next week", dated)
            return parse_date(weekday[1], add_to_day(week.start or dated, days=-1))
        return parse_date(low, dated)
    except FollowUpError:
        return None


_WEEK_OF = lazy(
    r"(?:in |during )?(?:the )?week (?:of|beginning|starting|commencing) (?:on )?(?:the )?(?:monday,? )?(?P<day>\d.*)"
)
"""A week by the day with which it begins."""

_NAMED_PERIOD = lazy(r"квартал|полугоди")
"""Behind `в течение`: a period of the calendar, and no count of days."""

_THIS_YEAR = lazy(r" (?:т\. ?г|с\. ?г|текущего года|этого года|of this year)\.?$")
"""Behind a day and a month: the year of the text."""

_LARGE_COUNTS = {"nine": 9, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_LARGE = lazy(rf"(?:{'|'.join(_LARGE_COUNTS)})\b")
"""Counts in words that the date reader does not know."""

_SAME: tuple[tuple[str, str], ...] = (
    (r"^(?:the )?(?:very )?(?:close|end) of the month$", "end of this month"),
    (r"^(?:the )?(?:very )?(?:close|end) of the year$", "end of this year"),
    (r"^(?:the )?(?:very )?(?:close|end) of the week$", "end of this week"),
    (r"^(?:the )?(?:very )?(?:close|end) of the quarter$", "end of this quarter"),
    (r"^(?:the )?(year|month|week)[’']s end$", r"end of this \1"),
    (r"^later this year$", "this year"),
    (r"^later this month$", "this month"),
    (r"^\d{1,2}[–-](?=\d)", ""),
    (r"^\d{1,2} to (?=\d)", ""),
    (r"^\d{1,2} по (?=\d)", ""),
    (rf"^({_MONTH.lower()}) (\d{{1,2}})(?:st|nd|rd|th)?$", r"\2 \1"),
    (r"^(\d{1,2}\.\d{1,2}\.)(\d\d)$", r"\g<1>20\2"),
    (r"^(\d{1,2})-дневный$", r"\1 дней"),
    (r"^end[- ](?:of[- ])?", "end of "),
    (r"^двухнедельный$", "2 недели"),
    (r"^(?:трехнедельный|трёхнедельный)$", "3 недели"),
    (r"^(?:одно)?недельный$", "1 неделю"),
    (r"^двухмесячный$", "2 месяца"),
    (r"^(?:одно)?месячный$", "1 месяц"),
    (r"^тр[её]хдневный$", "3 дня"),
    (r"^пятидневный$", "5 дней"),
    (r"^семидневный$", "7 дней"),
    (r"^десятидневный$", "10 дней"),
    (r"^пятнадцатидневный$", "15 дней"),
    (r"^двадцатидневный$", "20 дней"),
    (r"^тридцатидневный$", "30 дней"),
    (r"^тр[её]хмесячный$", "3 месяца"),
    (r"^шестимесячный$", "6 месяцев"),
    (r"\bfall\b", "autumn"),
    (r"^(?:this|next|the coming) (autumn|spring|summer|winter)$", r"\1"),
    (r"^(?:the )?first half of (?=[a-z])", "15 "),
    (r"^(?:the )?second half of (?=[a-z])", "end of "),
    (r"^перв(?:ой|ую) половин[еуы] (?=[а-я])", "15 "),
    (r"^втор(?:ой|ую) половин[еуы] (?=[а-я])", "конец "),
    (r"^(?:the )?first quarter of (\d{4})$", r"q1 \1"),
    (r"^(?:the )?second quarter of (\d{4})$", r"q2 \1"),
    (r"^(?:the )?third quarter of (\d{4})$", r"q3 \1"),
    (r"^(?:the )?(?:fourth|last) quarter of (\d{4})$", r"q4 \1"),
    (r"^(?:the )?first half of (\d{4})$", r"h1 \1"),
    (r"^(?:the )?second half of (\d{4})$", r"h2 \1"),
    (r"\b(autumn|spring|summer|winter) of (\d{4})$", r"\1 \2"),
    (r"^(\d{1,2})/(\d{1,2})$", r"\1.\2"),
    (r"^the coming ", "next "),
    (r"^the ", ""),
    (r"(\d{1,2})(?:st|nd|rd|th)\b", r"\1"),
    (r"(\d{4}) ?г(?:ода|оду|\.)?$", r"\1"),
)
