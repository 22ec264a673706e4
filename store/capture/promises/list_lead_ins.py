"""Finds the promiser of list items in the line above: `МТЦ обязался:`, `Министерству надлежит:`."""

from __future__ import annotations

import re
from typing import NamedTuple

from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, role_of, subject_of
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.capture.promises.weighted_promise_phrases_ru import INFINITIVE
from store.capture.text_structure.sentences import sentences_of
from store.rules.institution_words import is_institution_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.parties.find_party_names import KnownNames, Mention


class LeadIn(NamedTuple):
    """The promiser of the items below a line, and the strength; `is_bare`: the line is a name alone."""

    subject: ClauseSubject
    strength: str
    is_bare: bool = False


_MEASURES = (
    r"(?:мер|шаг|действи|мероприяти|работ|задач|обязательств|обязанност|поручени|пункт|функци|шагов|задани)[а-яё]{0,3}"
)
_WHAT = rf"(?:(?:ряд |нижеследующ[а-яё]{{2,3}} |следующ[а-яё]{{2,3}} |указанн[а-яё]{{2,3}} )?{_MEASURES}|(?:ниже)?следующее|следующим образом|на себя|за)"
_DO = r"(?:выполнить|исполнить|осуществить|предпринять|принять|реализовать|сделать|обеспечить выполнение|совершить)"
_ASIDE = (
    r"(?:также|дополнительно|совместно|незамедлительно|в свою очередь|со своей стороны|лично|в частности)"
    r"|(?:в|во|до|к|на|по|с|со|при|для|не позднее|не позже|начиная с|из|о|об|исходя из|согласно) [^:;.]{1,90}?"
)
_TAIL = rf"(?P<tail>(?:[ ,]+(?:{_DO}|{_WHAT}|{_ASIDE}))*)[ ,]*$"
"""What may stand between the verb of a lead-in and its colon: nothing that is promised itself."""

_VOWED = (
    r"обяз(?:ал(?:ся|ась|ось|ись)|у[юе]тся)|(?:по)?обещал[аои]?|обеща[ею]т|гарантировал[аои]?|вызвал(?:ся|ась|ось|ись)|взял(?:ся|ась|ось|ись)|соглас(?:ил(?:ся|ась|ось|ись)|ен|на|но|ны)"
    r"|долж(?:ен|на|но|ны)|обязан[аоы]?|отвеча[ею]т|нес[уеё]т ответственность|буд(?:ет|ут)"
    r"|договорил(?:ся|ась|ось|ись)|условил(?:ись|ся|ась)|решил[аио]?"
    r"|(?:приня|взя)л[аои]? (?:на себя|(?=(?:ряд |следующ\S+ )?обязательств))|(?:принима[ею]т|бер[её]т|берут|возьм[её]т|возьмут|при[мн][а-яё]*т) (?:на себя|(?=(?:ряд |следующ\S+ )?обязательств))"
)
_MEANT = (
    r"намерен[аоы]?|намерева[ею]тся|планиру[ею]т|собира[ею]тся|готов[аоы]?|предложил[аои]?|предлага[ею]т"
    r"|(?:выразил|подтвердил|изъявил|высказал|отметил)[аои]? (?:сво[юеё] |полную )?(?:готовность|намерение|желание)|(?:заявил|сообщил)[аои]? о (?:сво[её][йм] )?(?:готовности|намерении)"
)
_BY_SUBJECT = lazy(rf"(?:^|(?<= ))(?:(?P<firm>{_VOWED})|(?P<soft>{_MEANT}))(?![а-яё]){_TAIL}", re.IGNORECASE)
"""Behind who promises, in the nominative: `МТЦ принял на себя следующие обязательства`."""

_CHARGED = (
    r"(?:был[оа]? )?(?:поруч(?:ено|ается|ены|ен)|предписано|предписывается|вменяется в обязанность)"
    r"|надлежит|необходимо|следует|предстоит|нужно|требуется"
)
_BY_DATIVE = lazy(
    rf"(?:^|(?<= ))(?P<firm>{_CHARGED})(?![а-яё])(?:[ ,]+(?:будет|было|в кратчайшие сроки))?{_TAIL}", re.IGNORECASE
)
"""Behind who is to do it, in the dative: `Министерству надлежит`."""

_NAMED_BEHIND = lazy(
    r"(?:^|(?<= ))(?:поручить|поруч(?:ено|ается)|поручил[аои]?|предписать|обязать|возложить на|закрепить за|возлага[ею]тся на|ответственн[а-яё]{2} за (?:исполнение|выполнение|реализацию)(?: [–—-])?"
    r"|(?:обязательства|поручения|задачи|задания|шаги|действия|обязанности)(?: (?:для|от|со стороны))?) (?=\S)",
    re.IGNORECASE,
)
"""Before who is to do it: `Поручить МТЦ`, `Обязательства Министерства`."""

_BARE = lazy(
    r"(?:(?:со стороны|от|за) )?(?=\S)(?P<name>[^:;.]{2,120}?)(?:,? (?:со своей стороны|в свою очередь))?$",
    re.IGNORECASE,
)
_NO_COMMITMENTS = lazy(
    r"(?:рекоменд|предложени|пожелани|просьб|повестк|участник|присутств|цел[иь]|тем[аы]|вопрос|обсужд|recommend|proposals|requests|agenda|participants|objectives|topics)[а-яёa-z]*",
    re.IGNORECASE,
)
"""In a heading: what stands below it is wished for, or told of."""
_REQUESTED = lazy(
    r"(?<![а-яё])(?:рекоменд|просить|прос[ия]т|просил|просьб|не (?:был|смо|буд|намер|готов|план|обяз))", re.IGNORECASE
)
_NOT = lazy(r"(?<![а-яё])(?:не|ни) $", re.IGNORECASE)
_BESIDE_DATIVE = lazy(rf"[ ,]*(?:(?:{_ASIDE})[ ,]*)*$", re.IGNORECASE)
_CAPITALISED = lazy(r"(?<![А-Яа-яЁё])[А-ЯЁ][а-яё]+")
_MOST_BEFORE_NOUN = 4
"""Words of a name of which one says what it is: `Торгово-промышленной палате`."""
_JOINED = lazy(r",? и |, (?:а также )?", re.IGNORECASE)
_LONGEST = 400


def lead_in_of(lead: str, names: KnownNames, before: Sequence[str] = (), last: Sequence[str] = ()) -> LeadIn | None:
    """The promiser of the items below a Russian line; None where it names nobody, or only asks and wishes.

    `before` and `last` are the parties of the sentence before the line, as `subject_of` takes them.
    """
    line = lead.strip(" *_").rstrip(":–—- *_")
    if not line or not has_cyrillic(line):
        return None
    if ". " in line and (spans := list(sentences_of(line))):
        line = line[slice(*spans[-1])].strip()
    if len(line) > _LONGEST or _REQUESTED.search(line):
        return None
    mentions = names.parties_in(line)
    if cue := _BY_SUBJECT.search(line):
        if _does_more(cue["tail"]) or _NOT.search(line, 0, cue.start()):
            return None
        subject = subject_of(line, cue.start(), names, mentions, before, last)
        if subject.sort in (Sort.THING, Sort.EVENT, Sort.RELATIVE, Sort.EMPTY):
            return None
        return LeadIn(_listed(subject), SOFT if cue["soft"] else FIRM)
    if cue := _BY_DATIVE.search(line):
        if _does_more(cue["tail"]) or _NOT.search(line, 0, cue.start()):
            return None
        doer = _before(line, cue.start(), mentions, names)
        return LeadIn(doer or ClauseSubject("", Sort.EMPTY), FIRM)
    if cue := _NAMED_BEHIND.search(line):
        doer = _behind(line, cue.end(), mentions, names)
        return LeadIn(doer, FIRM) if doer else None
    if bare := _BARE.match(line):
        doer = _behind(line, bare.start("name"), mentions, names)
        return LeadIn(doer, FIRM, is_bare=True) if doer and doer.words == bare["name"] else None
    return None


def introduces_nothing(heading: str) -> bool:
    """Whether a heading introduces requests or participants: then a name over a list promises nothing."""
    return bool(_NO_COMMITMENTS.search(heading))


def _does_more(tail: str) -> bool:
    """Whether the verb has an object: then the line is itself a promise, and its list details it."""
    rest = re.sub(rf"(?<![а-яё]){_DO}(?![а-яё])", "", tail, flags=re.IGNORECASE)
    return bool(re.search(rf"(?<![а-яё])(?!ситуации|части|почти|сети|области){INFINITIVE}", rest))


def _listed(subject: ClauseSubject) -> ClauseSubject:
    return subject._replace(how=How.LIST if subject.by else How.NONE, ruler="")


def _doer(words: str, by: Sequence[str]) -> ClauseSubject:
    return ClauseSubject(words, Sort.PARTY if by else Sort.INSTITUTION, tuple(by), How.LIST if by else How.NONE)


def _before(line: str, end: int, mentions: Sequence[Mention], names: KnownNames) -> ClauseSubject | None:
    """The dative noun before a place, with what may come between: a date, an adverb."""
    its = [each for each in mentions if each.end <= end]
    if its and _BESIDE_DATIVE.match(line[its[-1].end : end]):
        group = [its[-1]]
        for each in reversed(its[:-1]):
            if not _JOINED.fullmatch(line[each.end : group[0].start]):
                break
            group.insert(0, each)
        by = dict.fromkeys(each.party for each in group)
        return _doer(line[group[0].start : group[-1].end], tuple(by))
    for role in reversed(list(_ROLE_IN_DATIVE.finditer(line, 0, end))):
        if _BESIDE_DATIVE.match(line[role.end() : end]):
            return _doer(role[0], role_of(role[0], names))
    for capital in reversed(list(_CAPITALISED.finditer(line, 0, end))):
        name = line[capital.start() : end].strip(" ,")
        if any(map(is_institution_word, name.replace("-", " ").split()[:_MOST_BEFORE_NOUN])):
            return _doer(name, ())
    return None


def _behind(line: str, start: int, mentions: Sequence[Mention], names: KnownNames) -> ClauseSubject | None:
    """The noun at a place, alone or with others, up to the end of a line."""
    group: list[Mention] = []
    for each in mentions:
        if each.start == start or (group and _JOINED.fullmatch(line[group[-1].end : each.start])):
            group.append(each)
            start = -1
    if group and _BESIDE_DATIVE.match(line[group[-1].end :]):
        return _doer(line[group[0].start : group[-1].end], tuple(dict.fromkeys(each.party for each in group)))
    role = _ROLE_OF_VISIT.match(line, start) if start >= 0 else None
    if role and _BESIDE_DATIVE.match(line[role.end() :]) and (its := role_of(role[0], names)):
        return _doer(role[0], its)
    return None


_ROLE_IN_DATIVE = lazy(
    r"(?<![а-яё])(?:министерству|управлению|службе|агентству|комитету|прокуратуре|бюро|центру|делегации|посольству|секретариату|палате|департаменту|представительству)(?![а-яё])",
    re.IGNORECASE,
)
_ROLE_OF_VISIT = lazy(
    r"(?:министерств|управлени|служб|агентств|комитет|прокуратур|бюро|центр|делегаци|посольств|секретариат|палат|департамент|представительств)[а-яё]{0,2}(?![а-яё])",
    re.IGNORECASE,
)
