"""What speaks for or against a phrase in its clause: a request, a hope, a report, an effect."""

from __future__ import annotations

import re

from store.capture.fields.deadline_of_promise import has_deadline
from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import Sort
from store.capture.parties.nouns_of_agents_and_events import AGENTS
from store.capture.promises import weighted_promise_phrases_ru
from store.capture.promises.promiser_of_phrase import COORDINATION
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.parties.find_who_promises import ClauseSubject
    from store.capture.promises.phrase_rule import Rule
    from store.capture.promises.sentence_in_context import Sentence

_MAY_BE_NOUN = lazy(
    r"(?:resolve|plans?|aims?|promises?|pledges?|vows?|volunteers|guarantees?|attempt|offers?|undertakings?)\b",
    re.IGNORECASE,
)

_ONLY_THINGS = lazy(r"(?:also )?(?:help|enable|allow|improve|deepen|include|show|run|last|consist|feature|serve)\b")
"""What no institution is said to do that was named before as `it`."""


def _stands_as_noun(before: str) -> bool:
    """Whether a word that may be a noun is one there: `the EU's resolve to`, `national action plans to`."""
    last = re.search(r"([^\W\d_][\w’'\-]*)\W*$", before)
    if not last:
        return False
    word = last[1]
    if word[0].isupper() or re.search(r"[,;:)]\s*$", before):
        return word.endswith(("’s", "'s"))
    is_verb_after = fold(word) in AGENTS or word in _BEFORE_VERB or word.endswith("ly")
    return not is_verb_after


_BEFORE_VERB = frozenset(
    "also now then and but or both each who which that it they we he she further still therefore all jointly together again parties sides not i you".split()
)


def features_of_phrase(
    sentence: Sentence, start: int, end: int, subject: ClauseSubject, rule: Rule, *, is_passive: bool
) -> Iterator[Rule]:
    """The features that match: the cue's clause and its dependencies."""
    words, table = sentence.words, sentence.rules
    ruler = subject.ruler
    clause = words[len(ruler) : start]
    is_coordinated = bool(COORDINATION.search(words[:start]))
    governing = ruler if is_coordinated else ruler + clause
    is_ruled = bool(
        re.search(r"\b(?:that|how|whether|what|if|where|что|как|чтобы|если|где)[ ,]+$", ruler, re.IGNORECASE)
    )
    for feature in (table.REQUEST, table.HOPE, table.DISCUSSED):
        if feature.compiled.search(governing if is_ruled or not ruler else clause if not is_coordinated else ""):
            yield feature
    if rule.name not in (
        "affirmed a commitment",
        "announced plans",
        "said it would",
    ) and table.REPORTED.compiled.search(governing if is_ruled else clause if not is_coordinated else ""):
        yield table.REPORTED
    if table.PAST.compiled.search(governing if is_ruled and sentence.is_russian else clause) or re.search(
        r"\bhad \w*$", words[:start]
    ):
        yield table.PAST
    if (
        rule.name in _OF_BOTH_ASPECTS
        and weighted_promise_phrases_ru.AT_PRESENT.compiled.search(ruler + clause)
        and not has_deadline(words[start:], is_russian=True)
    ):
        yield weighted_promise_phrases_ru.AT_PRESENT
    after = words[start:] if sentence.is_russian else words[end:]
    if not is_passive:
        is_thing = subject.sort in (Sort.THING, Sort.EVENT, Sort.RELATIVE) or (
            subject.sort == Sort.IT and (not subject.by or bool(_ONLY_THINGS.match(after)))
        )
        if is_thing and table.EFFECT.compiled.match(after):
            yield table.EFFECT
        if table.LEARNS.compiled.match(after):
            yield table.LEARNS
        if (
            table.PROGRAMME.compiled.match(after)
            and rule.name in ("will", "would", "сделает", "plans to")
            and (sentence.is_announcement or subject.sort in (Sort.PERSON, Sort.EVENT, Sort.WE))
        ):
            yield table.PROGRAMME
    if not sentence.is_russian and _MAY_BE_NOUN.match(words, start) and _stands_as_noun(words[:start]):
        yield table.DISCUSSION_NOUN
    if rule.name == "готов" and _READINESS.match(words, start) and not _IS_VOICED.search(words, 0, start):
        yield table.DISCUSSION_NOUN


_OF_BOTH_ASPECTS = frozenset(("сделает", "делает до срока"))

_READINESS = lazy(r"(?:готовност|намерени|стремлени|приверженност|заинтересованност|желани)", re.IGNORECASE)

_IS_VOICED = lazy(
    r"(?<![а-яё])(?:выра[зж]|подтвер|заяв|сообщ|изъяв|выск|отме[тч]|подч[её]рк|демонстр|прояв|свидетельств|увер|завер|имее?[тю]|неоднократно|повтор|есть|о сво[её]й)[а-яё]* (?:[^\s,;:]+ ){0,5}$",
    re.IGNORECASE,
)
"""Before a readiness, or an intention: somebody voices it (`выразил готовность`); else it is one that is told of (`оценка готовности`)."""
