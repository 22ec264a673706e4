"""The clause in which another party promises something too, and where the first promise ends."""

from __future__ import annotations

import re
from functools import cache

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, is_agent
from store.capture.person_names.mask_person_names import HIDDEN
from store.capture.promises.promise_verbs_ru import FUTURE
from store.capture.promises.scored_sentence import WEIGHT_OF_SUBJECT
from store.capture.promises.unknown_institutions_in_sentence import CAPITALISED_NAME
from store.rules.person_or_institution import looks_like_an_institution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.promises.scored_sentence import ScoredSentence
    from store.capture.promises.sentence_in_context import Sentence


def verb_of_promise(sentence: Sentence) -> re.Pattern[str]:
    """The verb of a promise behind the party that makes it, in the language of a sentence."""
    return _verb_of_second(sentence.is_russian)


_SECOND_CLAUSE = lazy(
    r"(?:,|;) ?(?:and|but|while|whereas|а|и|но|при этом|тогда как)? ?(?:that |что )?(?:the )?(?=\S)| (?:and|while|whereas) (?:that )?(?:the )?(?=[A-Z])",
    re.IGNORECASE,
)


@cache
def _verb_of_second(is_russian: bool) -> re.Pattern[str]:
    """Behind a party: it promises something too."""
    if is_russian:
        return re.compile(rf"[^,;]{{0,12}}\b(?:{FUTURE}|буд(?:ет|ут)|обяз|готов|намерен|соглас)", re.IGNORECASE)
    return re.compile(
        r"[^,;]{0,12}\b(?:will|shall|would|is to|are to|(?:has |have )?(?:agreed|offered|undertook|undertaken|promised|assumed|accepted|committed|pledged)|intends?|plans to)\b",
        re.IGNORECASE,
    )


_WITH_DOING = lazy(r", with (?:the )?(?=[A-Z])(?:[\w’'\-]+ ){1,6}?[a-z]{2,}ing\b[^,;]*")
"""What another one does besides: `, with UNODC providing the interpreters`."""

_BARE_ORDER = lazy(r" to (?!the\b|an?\b)[a-z]")
"""Behind a semicolon and a party: `; IOM to print it`."""


def end_of_clause(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """Where the words of a promise end, and the clause begins in which another party promises; 0 where none does."""
    words = sentence.words
    verb = _verb_of_second(sentence.is_russian)
    if not sentence.is_russian and ", with " in words and (aside := _WITH_DOING.search(words, start, end)):
        end = aside.start()
    for each in sentence.mentions:
        is_next = start < each.start < end and (
            verb.match(words, (aside.end() if (aside := _FOR_ITS_PART.match(words, each.end)) else each.end))
            or (words[: each.start].endswith("; ") and _BARE_ORDER.match(words, each.end))
        )
        if is_next:
            cuts = [cut for cut in _SECOND_CLAUSE.finditer(words, start, each.start + 1) if cut.end() == each.start]
            if cuts:
                return cuts[0].start(), cuts[0].end()
            if (semicolon := words.rfind("; ", start, each.start)) > 0:
                return semicolon, semicolon + 2  # Its object stands before it.
    if sentence.is_russian:
        for cut in _second_verb_ru().finditer(words, start, end):
            who, at = (cut["who"] or "").rstrip(), cut.end("who") - 1
            if (
                not cut["who"]
                or who in _RU_SOMEBODY
                or is_agent(who)
                or any(each.end == at for each in sentence.mentions)
            ):
                return cut.start(), cut.end()
    has_person = HIDDEN in words[start:end] or any(each in words[start:end] for each in _HE_OR_WE)
    for cut in _SECOND_CLAUSE.finditer(words, start, end) if has_person else ():
        person = _SOMEBODY.match(words, cut.end())
        if person and verb.match(words, person.end()):
            return cut.start(), cut.end()
    if not sentence.is_russian and " be " in words[start:end] and (second := _SECOND_THING.search(words, start, end)):
        return second.start(), second.end()
    for cut in () if sentence.is_russian else _SECOND_CLAUSE.finditer(words, start, end):
        name = CAPITALISED_NAME.match(words, cut.end())
        if name and verb.match(words, name.end()) and looks_like_an_institution(name[0]):
            return cut.start(), cut.end()
    return end, 0


@cache
def _second_verb_ru() -> re.Pattern[str]:
    """Before what is done besides: `доложим руководству, а копию направим в МВД`, `пришлём проект; правки служба внесёт`.

    `who` stands before the verb behind a semicolon.
    """
    return re.compile(
        rf"(?P<cut>, а (?:также )?)(?=(?:[а-яё]+ ){{1,4}}(?:{FUTURE}|бер(?:[её]т|ут) на себя)(?!\w))|; (?=(?:[а-яё]+ ){{0,5}}?(?P<who>[а-яё]+ ){FUTURE}(?!\w))",
        re.IGNORECASE,
    )


_RU_SOMEBODY = frozenset(("мы", "он", "она", "они"))

_SECOND_THING = lazy(
    r",? and (?=(?:an?|another|the) (?:(?!who\b|which\b|that\b|to\b)[\w’'-]+ ){1,8}?(?:is to|are to|will|shall) be )"
)
"""Before another thing that is done: `… and a new list is to be drawn up by UNODC`."""

_FOR_ITS_PART = lazy(
    r",? (?:for its part|for their part|in (?:its |their )?turn|in return|со своей стороны|в свою очередь),?",
    re.IGNORECASE,
)

_SOMEBODY = lazy(
    rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Col|Lt|Gen|Maj|Capt)\.? )?{HIDDEN}+(?:[ .-]+{HIDDEN}+)*|(?:he|she|we|I|он|она|мы)(?= )"
)
"""A person as the subject of a second clause."""

_HE_OR_WE = tuple(f" {who} " for who in ("he", "she", "we", "I", "он", "она", "мы"))

_ACCUSATIVE = lazy(r"(?:[а-яё]+(?:ую|юю) )*[а-яё]{2,}[ую]\b", re.IGNORECASE)
"""An object before its verb, which is no subject: `копию`."""


def done_by_same(scored: ScoredSentence, words: str, first: ClauseSubject) -> ScoredSentence:
    """A Russian clause behind another one, where it has an object and no subject: the one before is meant.

    `КГД подготовит проект, а копию направит в МВД`.
    """
    subject = scored.subject
    is_object = subject.sort in (Sort.THING, Sort.EMPTY) and bool(_ACCUSATIVE.match(words[: scored.start]))
    if scored.why[0] != "сделает" or scored.is_passive or not is_object or not first.by:
        return scored
    meant = ClauseSubject(first.words, first.sort, first.by, How.BEFORE, first.new)
    score = scored.score - WEIGHT_OF_SUBJECT[subject.sort][0] + WEIGHT_OF_SUBJECT[first.sort][0]
    why = (scored.why[0], WEIGHT_OF_SUBJECT[first.sort][1], *scored.why[2:])
    return scored._replace(score=score, subject=meant, front=(0, scored.start), why=why)
