"""Tasks that are given to a party: requested and promised, charged, entrusted."""

from __future__ import annotations

import re

from store.capture.fields.deadline_of_promise import has_deadline
from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, role_of
from store.capture.person_names.mask_person_names import HIDDEN
from store.capture.promises import weighted_promise_phrases_ru
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.capture.promises.promises_done_or_not_kept import PRONOUNS_OF_THINGS
from store.capture.promises.scored_sentence import WEIGHT_OF_SUBJECT, ScoredSentence
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.promises.sentence_in_context import Sentence

_ASKED_FOR_RU = lazy(
    rf"(?<![а-яё])(?:по)?прос(?:ил[аои]?|ит|ят) (?:[^,;]{{0,40}} )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE}[^,;]{{3,160}}), (?:что|о ч[её]м|и это) (?P<who>[^,;]{{2,60}}?) (?:и )?(?:(?:по)?обещал|обязал|согласил|взял)[а-яё]+ (?:и )?(?:сделать|выполнить|исполнить)(?![а-яё])",
    re.IGNORECASE,
)

_ASKED_FOR = lazy(
    r"\b(?:asked|requested) (?:(?!to |for )[^,;]{1,40}? )??(?:to (?P<verb>[a-z]+)|for) (?P<act>[^,;]{3,160}), (?:which|and this) (?P<who>[^,;]{2,60}?) (?:has |have |had )?(?:promised|agreed|undertook|undertaken|accepted|offered) to (?P<do>[a-z]+)\b",
    re.IGNORECASE,
)
"""What one asked for, and another promised: `asked for the slides, which we promised to send by May`."""


def requests_promised(sentence: Sentence) -> Iterator[ScoredSentence]:
    """A request, where the same sentence says who promised it."""
    words = sentence.words
    signs = (", что ", ", о ч", ", и это ") if sentence.is_russian else (", which ", ", and this ")
    if not any(each in words for each in signs):
        return
    match = (_ASKED_FOR_RU if sentence.is_russian else _ASKED_FOR).search(words)
    if match is None:
        return
    who = match["who"]
    its = [each for each in sentence.mentions if match.start("who") <= each.start and each.end <= match.end("who")]
    if its:
        subject = ClauseSubject(who, Sort.PARTY, tuple(dict.fromkeys(each.party for each in its)), How.NAMED)
    elif fold(who) in ("we", "мы"):
        subject = ClauseSubject(who, Sort.WE, tuple(sentence.author), How.AUTHOR if sentence.author else How.NONE)
    elif (
        fold(who) in PRONOUNS_OF_THINGS
        and len(sentence.mentions) == 1
        and sentence.mentions[0].end <= match.start("act")
    ):
        subject = ClauseSubject(who, Sort.IT, (sentence.mentions[0].party,), How.BEFORE)
    else:
        subject = ClauseSubject(who, Sort.PERSON if HIDDEN in who else Sort.INSTITUTION)
    verb = ""
    if not sentence.is_russian:
        verb = match["verb"] if match["do"].lower() == "do" else match["do"].lower()
        if not verb:
            return
    start, end = match.span("act")
    why = ("promised what was asked", WEIGHT_OF_SUBJECT[subject.sort][1])
    yield ScoredSentence(3.8, FIRM, start, start, (start, end), subject, why, verb=verb)


_CHARGED_RU = (
    lazy(r"(?:ответственность )?за (?P<act>[^,;]{4,120}?) (?:нес[её]т|отвеча[ею]т|ответ[ия]т|возьм\w+ на себя) (?P<who>\S)", re.IGNORECASE),
    lazy(r"(?P<act>[^,;]{4,120}?) (?:возложен[аоы]?|возложить|возлагается|закреплен[аоы]?|закрепить) (?:на|за) (?P<who>\S)", re.IGNORECASE),
)  # fmt: skip

_CHARGED = (
    lazy(r"(?:the )?responsibility for (?P<act>[^,;]{4,120}?) (?:rests|lies|is|was given|falls) (?:with|on|to) (?:the )?(?P<who>\S)", re.IGNORECASE),
    lazy(r"(?P<act>[^,;]{4,120}?) (?:was|is|are|were|will be|has been) (?:assigned|entrusted|delegated|allocated) to (?:the )?(?P<who>\S)", re.IGNORECASE),
    lazy(r"it (?:falls|fell|is up|will be up|will fall) to (?:the )?(?P<who>\S)[^,;]{1,60}? to (?P<act>[^;]{4,200})", re.IGNORECASE),
)  # fmt: skip
"""Who is charged with something, named behind it: `the agenda was assigned to UNODC`, `за программу отвечает УНП ООН`."""


def tasks_charged(sentence: Sentence) -> Iterator[ScoredSentence]:
    """A task given to somebody, the party after it."""
    words = sentence.words
    for pattern in _CHARGED_RU if sentence.is_russian else _CHARGED:
        match = pattern.match(words)
        who = match and next((each for each in sentence.mentions if each.start == match.start("who")), None)
        if match is None or who is None:
            continue
        subject = ClauseSubject(words[who.start : who.end], Sort.PARTY, (who.party,), How.NAMED)
        start, end = match.span("act")
        yield ScoredSentence(
            3.2, FIRM, start, start, (start, end), subject, ("charged with", WEIGHT_OF_SUBJECT[subject.sort][1])
        )


_ENTRUSTED = (
    lazy(rf"(?:[^,;:]{{1,40}} )?(?P<proposed>предлага(?:ется|ю)|предложено)(?: (?:также|дополнительно))? (?P<who>[А-ЯЁ\ue000][^,;:]{{1,80}}?) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(rf"(?:[^,;:]{{1,60}} )?поруч(?:ить|ено|ил[аои]?|ается) (?P<who>\S[^;:]{{0,80}}?) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(rf"(?P<who>\S[^,;:]{{0,80}}?) (?:поруч(?:ено|ается)|предписано|(?P<needed>надлежит|предстоит)) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(r"(?:[^,;:]{1,60} )?(?:возложить|возложен[аоы]?|возлагается) на (?P<who>\S[^,;:]{0,80}?) (?P<act>[а-яё]+(?:[нт]ие|цию|вку|чу|бту|рку|мен|ство|контроль|обязанность\w*)(?![а-яё]))", re.IGNORECASE),
)  # fmt: skip
"""Who is entrusted with what is named behind it: `Поручить УНП ООН подготовить проект`, `Возложить на УНП ООН подготовку`."""

_ACT_BEFORE = lazy(weighted_promise_phrases_ru.INFINITIVE, re.IGNORECASE)

_CHARGED_BEHIND = lazy(r" поруч(?:ено|ается)(?![а-яё])", re.IGNORECASE)

ROLE_IN_DATIVE = lazy(
    r"(?:министерству|управлению|службе|агентству|комитету|прокуратуре|бюро|центру|делегации|посольству|секретариату)\b",
    re.IGNORECASE,
)


def tasks_entrusted_ru(sentence: Sentence) -> Iterator[ScoredSentence]:
    """A task given in minutes, the party before the act: it promises, and does not receive."""
    words = sentence.words
    for pattern in _ENTRUSTED:
        match = pattern.match(words)
        if match is None:
            continue
        start, act = match.start("who"), match.start("act")
        inside = [each for each in sentence.mentions if start <= each.start and each.end <= act]
        if _ACT_BEFORE.match(words, start):
            continue  # `Службе поручено дополнить запрос, …, то есть до мая`: who is charged stands before it.
        is_whole = bool(inside) and inside[0].start == start
        if not is_whole and inside and _CHARGED_BEHIND.match(words, inside[-1].end):
            inside, is_whole = inside[-1:], True  # `По второму делу УНП ООН поручено`.
        by = tuple(dict.fromkeys(each.party for each in inside)) if is_whole else ()
        how = How.NAMED
        if not by and (role := ROLE_IN_DATIVE.match(words, start)):
            by, how = tuple(role_of(role[0], sentence.names)), How.VISIT
        is_person = HIDDEN in match["who"]
        is_proposed = "proposed" in pattern.groupindex
        if is_proposed and not has_deadline(words, is_russian=True):
            continue
        if not by and "needed" in pattern.groupindex and match["needed"] and not is_person:
            continue  # `Сторонам предстоит решить`: nobody charged anybody with it.
        sort = Sort.PARTY if by else Sort.PERSON if is_person else Sort.INSTITUTION
        subject = ClauseSubject(match["who"], sort, by, how if by else How.NONE)
        score, strength, why = (2.2, SOFT, "предложено") if is_proposed else (3.6, FIRM, "поручено")
        yield ScoredSentence(score, strength, act, act, (act, len(words)), subject, (why, WEIGHT_OF_SUBJECT[sort][1]))
        return
