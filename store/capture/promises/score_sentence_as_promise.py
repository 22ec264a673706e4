"""Scores a sentence, a list item or a table row as a promise: the best of its phrases, less what speaks against it."""

from __future__ import annotations

import re
from itertools import islice

from store.capture.lazy_pattern import lazy
from store.capture.promises.conditions_of_promise import COUNTED_FROM
from store.capture.promises.confidence_bands import LEAST
from store.capture.promises.infinitives_under_decisions_ru import infinitives_under_decisions
from store.capture.promises.list_lead_ins import lead_in_of
from store.capture.promises.orders_under_actions import (
    is_under_actions,
    nouns_of_acts,
    orders_to_parties,
    parties_to_do,
)
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.capture.promises.promise_in_table_row import score_table_row
from store.capture.promises.promises_below_lead_in import (
    orders_below_lead_in,
    present_tense_below_lead_in,
    promiser_by_lead_in,
    recommendations_below_lead_in,
)
from store.capture.promises.promises_done_or_not_kept import (
    NOT_KEPT,
    RULES_SAID_IN_THE_PAST,
    is_done_already,
    is_history,
)
from store.capture.promises.score_promise_phrase import score_phrase
from store.capture.promises.tasks_given_to_parties import requests_promised, tasks_charged, tasks_entrusted_ru
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.quoted_mail_and_signatures import LOST_IN_QUOTED_MAIL
from store.capture.text_structure.table_and_list_headings import ACTION_LABEL

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.promises.scored_sentence import ScoredSentence
    from store.capture.promises.sentence_in_context import Sentence

_MOST_CUES = 8
"""Places at which one rule is looked at in a sentence."""


def score_sentence(sentence: Sentence) -> ScoredSentence | None:
    """Scores a sentence as a promise; None where nothing in it promises."""
    if sentence.block.kind == BlockKind.ROW:
        return score_table_row(sentence)
    if _names_who_does_or_leads_in(sentence):
        return None
    low = sentence.words.lower()
    found = [
        score_phrase(sentence, rule, match)
        for rule in sentence.rules.CUES
        if rule.may_match(low)
        for match in islice(rule.compiled.finditer(sentence.words), _MOST_CUES)
    ]
    found += _by_structure(sentence)
    if not found:
        return None
    best = max(found, key=lambda each: (each.score, -each.start))
    if earlier := [each for each in found if 0 < each.following <= best.start and each.score >= LEAST]:
        best = max(earlier, key=lambda each: each.score)  # The other one is of the clause behind it.
    others = [each for each in found if each.score >= LEAST and each is not best]
    return _with_strength(sentence, _less_what_speaks_against(sentence, best), others)


def _names_who_does_or_leads_in(sentence: Sentence) -> bool:
    """Whether a line promises nothing itself: it names who does what stands above it, or introduces what stands below."""
    words = sentence.words
    if _RESPONSIBLE_LINE.match(words):
        return True
    if any(each in words for each in _OF_A_LEAD_IN) and _LEAD_IN.search(words):
        return True
    return words.rstrip().endswith((":", ": –", ": —")) and _is_lead_in(sentence)


def _less_what_speaks_against(sentence: Sentence, promise: ScoredSentence) -> ScoredSentence:
    """A promise with the score it has as part of its sentence: in a quoted mail, done already, not kept, in a question."""
    words, score, why = sentence.words, promise.score, promise.why
    if sentence.block.kind == BlockKind.QUOTED and sentence.is_said_before:
        score, why = score - LOST_IN_QUOTED_MAIL, (*why, "a quoted mail")
    if promise.why[0] in RULES_SAID_IN_THE_PAST:
        if is_done_already(words, promise.start, promise.end, promise.act):
            score, why = score - 3.0, (*why, "done already")
        elif is_history(sentence, promise):
            past = sentence.rules.PAST.name
            score, why = score - 3.0, (*(each for each in why if each != past), past)
    if NOT_KEPT.search(words, promise.end):
        score, why = score - 3.0, (*why, "not kept")
    if words.rstrip().endswith("?"):
        score, why = score - 2.5, (*why, "a question")
    return promise._replace(score=score, why=why)


def _with_strength(sentence: Sentence, promise: ScoredSentence, others: list[ScoredSentence]) -> ScoredSentence:
    """A promise with its strength: firm where another phrase is, soft under a condition."""
    if promise.strength == SOFT and any(
        each.strength == FIRM and each.score >= promise.score - _NEARLY_AS_GOOD for each in others
    ):
        promise = promise._replace(strength=FIRM)
    own_clause = sentence.words[: promise.following or None]
    condition = sentence.rules.CONDITION.compiled.search(own_clause)
    if condition and promise.strength == FIRM and not COUNTED_FROM.search(own_clause, 0, condition.start()):
        return promise._replace(strength=SOFT, why=(*promise.why, sentence.rules.CONDITION.name))
    return promise


_NEARLY_AS_GOOD = 0.5
"""By how much less another phrase may score to say how strong a promise is."""


def _is_lead_in(sentence: Sentence) -> bool:
    """Whether a line only introduces the promises below it."""
    lead_in = lead_in_of(sentence.words, sentence.names, sentence.before, sentence.last)
    return lead_in is not None and not lead_in.is_bare


_OF_A_LEAD_IN = ("the following", "as follows", "следующ")
"""One of these stands in every sentence that only says that something is agreed."""

_LEAD_IN = lazy(
    r"\b(?:agree[sd]?|decide[sd]?|resolve[sd]?|commit(?:s|ted)?|pledge[sd]?|undert(?:ook|akes?)|agreement)(?: (?:themselves|itself|reached|to|on|upon|about|that|do|take|carry|out|implement))*"
    r" (?:the following|as follows)(?: (?:joint |further |next )?(?:actions?|steps?|measures?|points?|commitments?|decisions?|conclusions?))?\s*[:.]\s*$"
    r"|\b(?:договор\w+|условил\w+|решил\w+|обязал\w+|обязу\w+|постановил\w+|согласил\w+|соглаши\w+|согласи[еия]\w*|решени\w+)"
    r"(?: (?:об?|на|с|в|по|себя|сделать|выполнить|принять|предпринять|осуществить|провести|проведении|выполнении|принятии|осуществлении))*"
    r" (?:ниже)?следующ[а-яё]{2,3}(?: (?:совместн|общ|дальнейш)[а-яё]{2,3})?(?: (?:шаг|мер|действи|решени|пункт|вопрос|мероприяти|обязательств|договор[её]нност)[а-яё]{0,3})?\s*[:.]\s*$",
    re.IGNORECASE,
)
"""The line before a list that says only that something is agreed: `Стороны договорились о следующем:`."""

_RESPONSIBLE_LINE = lazy(r"(?:ответственн\w+|исполнител\w+|responsible|lead)\b[^:.;]{0,40}: ", re.IGNORECASE)
"""A line that names who does what stands above it."""


def _by_structure(sentence: Sentence) -> Iterator[ScoredSentence]:
    """What the place of a sentence makes a promise: an item below `agreed:`, `Action: X to do`, an infinitive."""
    block, words = sentence.block, sentence.words
    label = ACTION_LABEL.match(words)
    begin = label.end() if label else 0
    is_item = block.kind == BlockKind.ITEM and sentence.is_first
    is_action = bool(label) or (is_item and is_under_actions(sentence))
    yield from requests_promised(sentence)
    if is_item and block.lead:
        yield from present_tense_below_lead_in(sentence)
        yield from recommendations_below_lead_in(sentence)
    if sentence.is_russian:
        yield from tasks_charged(sentence)
        yield from tasks_entrusted_ru(sentence)
        yield from infinitives_under_decisions(sentence, begin, is_action=is_action, is_item=is_item)
        if is_action or (is_item and promiser_by_lead_in(sentence)):
            yield from nouns_of_acts(sentence, begin)
        return
    yield from tasks_charged(sentence)
    yield from parties_to_do(sentence, begin, is_action=is_action)
    if is_item and block.lead:
        yield from orders_below_lead_in(sentence)
    if is_action:
        yield from orders_to_parties(sentence, begin)
        yield from nouns_of_acts(sentence, begin)
