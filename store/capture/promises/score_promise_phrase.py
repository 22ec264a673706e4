"""Scores a sentence by one phrase that promises: its subject, its clause, the words before and behind it."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import (
    ClauseSubject,
    How,
    Sort,
    object_before,
)
from store.capture.promises.conditions_of_promise import condition_in
from store.capture.promises.doer_of_passive import doer_at_end, doer_before, doer_behind
from store.capture.promises.features_of_phrase import features_of_phrase
from store.capture.promises.infinitives_under_decisions_ru import doer_at_end_of_item
from store.capture.promises.orders_under_actions import is_under_actions
from store.capture.promises.phrase_rule import FIRM
from store.capture.promises.promise_of_second_party import end_of_clause, verb_of_promise
from store.capture.promises.promise_verbs_ru import infinitive_of_present
from store.capture.promises.promiser_of_phrase import (
    PASSIVE_RULES,
    RULES_WITH_OBJECT_BEFORE,
    WEIGHT_OF_VOW,
    promiser_by_vow,
    subject_behind_verb,
    subject_of_phrase,
    with_party_of_owner,
    with_party_of_voice,
)
from store.capture.promises.scored_sentence import UNNAMED, WEIGHT_OF_SUBJECT, ScoredSentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.promises.phrase_rule import Rule
    from store.capture.promises.sentence_in_context import Sentence

_NEGATED = lazy(
    r"\b(?:no|not|never|neither|without|nor|unable|refused?|declined?|failed?|n[’']t|не|ни|нет|отказал\w+|без)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def score_phrase(sentence: Sentence, rule: Rule, match: re.Match[str]) -> ScoredSentence:
    """Scores a sentence by one phrase that promises: the match of a rule in it."""
    words = sentence.words
    start, end = match.start(), _end_of_phrase(words, rule, match)
    subject = subject_of_phrase(sentence, rule, match)
    owned = with_party_of_owner(sentence, subject)
    subject = owned or subject
    is_passive = (
        rule.name in PASSIVE_RULES or bool(_BE_DONE.match(words[end:])) or words[max(0, end - 4) : end] == " be "
    )
    act_end, following = end_of_clause(sentence, end, len(words))
    weight, doer = rule.weight, None
    if is_passive:
        doer = doer_behind(sentence, end, act_end) or doer_before(sentence, subject, start)
        if not doer and (doer := promiser_by_vow(sentence, rule, match, subject)):
            weight += WEIGHT_OF_VOW if rule.name in PASSIVE_RULES else 0
    ruled = len(subject.ruler)
    subject, is_author = with_party_of_voice(sentence, rule, match, subject)
    if is_author and is_passive and _BY_US_RU.match(subject.words):
        doer = subject
    if doer:
        subject = ClauseSubject(doer.words, doer.sort, doer.by, doer.how, doer.new, subject.ruler)
    elif is_passive and (responsible := doer_at_end_of_item(sentence, end)):
        subject = doer = responsible[0]._replace(ruler=subject.ruler)
        act_end = min(act_end, responsible[1])
    its, name = WEIGHT_OF_SUBJECT[subject.sort]
    patients: tuple[str, ...] = ()
    if is_passive and not doer and subject.sort != Sort.RELATIVE:
        # What is done to somebody or something: nobody says by whom.
        its, name, patients = -0.2, "no doer", subject.by
        subject = ClauseSubject(subject.words, Sort.THING, ruler=subject.ruler)
    weight += its
    is_unnamed = sentence.is_russian and subject.sort == Sort.BOTH and not subject.by
    why = [rule.name, UNNAMED if is_unnamed else name]
    for feature in features_of_phrase(sentence, start, end, subject, rule, is_passive=is_passive):
        weight += feature.weight
        why.append(feature.name)
    for its, name in _signs_around(sentence, rule, start, end, subject, has_doer=doer is not None):
        weight += its
        why.append(name)
    front = None
    if (
        rule.name in RULES_WITH_OBJECT_BEFORE
        and not is_passive
        and subject.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.WE)
    ):
        front = object_before(words, start, subject, sentence.names, sentence.mentions)
    verb = f"have {subject.words}" if owned and not is_passive else _verb_of_title(words, rule, match)
    behind = subject_behind_verb(sentence, rule, match, end, subject)
    if behind:
        front, doing = (ruled, start), words[end : behind.end]
    elif rule.name == "будет делать" and (behind := doer_at_end(sentence, subject, ruled, start, end)):
        doing = words[behind.start : behind.end]
        act_end, verb = end, f"{words[end : behind.start]}{_small(words[ruled:start].strip())}"
    if behind:
        weight += WEIGHT_OF_SUBJECT[Sort.PARTY][0] - WEIGHT_OF_SUBJECT[subject.sort][0]
        why[1] = WEIGHT_OF_SUBJECT[Sort.PARTY][1]
        subject = ClauseSubject(doing, Sort.PARTY, (behind.party,), How.NAMED)
    if is_passive and not sentence.is_russian and words.startswith("be ", end):
        end += len("be ")
    act_start = start if rule.name in ("сделает", "сделаю") else end
    return ScoredSentence(
        weight,
        rule.strength or FIRM,
        start,
        end,
        (act_start, act_end),
        subject,
        tuple(why),
        is_passive,
        to=match.span("to") if rule.name == "promised something" and match["to"] else None,
        front=front,
        patients=patients,
        verb=verb,
        following=following,
    )


def _end_of_phrase(words: str, rule: Rule, match: re.Match[str]) -> int:
    """Where a phrase ends: `возьмёт на себя` is one verb."""
    on_itself = _ON_ITSELF.match(words, match.end()) if rule.name == "сделает" else None
    return on_itself.end() if on_itself else match.end()


def _signs_around(
    sentence: Sentence, rule: Rule, start: int, end: int, subject: ClauseSubject, *, has_doer: bool
) -> Iterator[tuple[float, str]]:
    """The signs around a phrase that speak for or against a promise: what each adds to the score, and its name."""
    words, ruled = sentence.words, len(subject.ruler)
    before = words[:start]
    if _NEGATED.search(before) or _NOBODY.match(words, ruled) or re.match(r"(?:not|never)\b", words[end:]):
        yield -3, "negated"
    meets_again = sentence.rules.MEETS_AGAIN
    if subject.sort in _MEETING and meets_again.compiled.search(words):
        yield meets_again.weight + (1.0 if subject.sort in (Sort.EVENT, Sort.THING) else 0), meets_again.name
    if _ASKS.search(before):
        yield -3, "told, not made"
    if subject.ruler.endswith(_WHETHER) and "," not in words[ruled:start]:
        yield -3, "told, not made"
    if rule.name in _SETTLES and (clause := _CLAUSE_BEHIND_COLON.search(words, end)):
        what = clause.end()
        if any(each.start == what and verb_of_promise(sentence).match(words, each.end) for each in sentence.mentions):
            # `They decided to put this on paper: the Ministry will draft it`: it alone promises.
            yield -3, "told behind the colon"
    condition = condition_in(words)
    if condition[0] <= start < condition[1]:
        yield -3, "within a condition"
    if subject.sort in (Sort.EVENT, Sort.THING) and _PERHAPS.search(words, ruled, end):
        yield -2.5, "perhaps"
    if rule.name in PASSIVE_RULES and _PRONOUN.fullmatch(subject.words) and not has_doer:
        yield -1.2, "an event of others"
    if is_under_actions(sentence):
        yield 0.5, "under a heading of actions"


def _verb_of_title(words: str, rule: Rule, match: re.Match[str]) -> str:
    """What a title begins with where the words behind a phrase have no verb of their own."""
    if rule.name == "promised something":
        return "provide"
    if rule.name == "takes the lead" and not _DOING.match(words, match.end()):
        return "take charge of"
    return infinitive_of_present(match[0].strip()) if rule.name == "делает до срока" else ""


_BY_US_RU = lazy(r"нами|с нашей", re.IGNORECASE)
_DOING = lazy(r"(?:[a-z]+ly )?[a-z]+ing\b")
_MEETING = (Sort.EVENT, Sort.BOTH, Sort.WE, Sort.THING, Sort.PARTY)
"""The subjects of a sentence about the next meeting."""


def _small(words: str) -> str:
    """Words that began a sentence, within one."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


_PERHAPS = lazy(
    r"\b(?:probably|possibly|perhaps|presumably|(?:most )?likely|maybe|вероятно|возможно|предположительно|скорее всего|видимо|по-видимому|может быть)\b",
    re.IGNORECASE,
)
"""Before the verb of what is held or done by nobody: it may be so, and nobody takes it on."""

_SETTLES = frozenset(("agreed to", "decided to", "договорились", "решили"))

_CLAUSE_BEHIND_COLON = lazy(r"(?<=\w): (?:[Tt]he )?(?=\S)")
"""Behind what several settle: the clause that says who does it."""

_ON_ITSELF = lazy(r" ?на себя\b ?")
"""Behind a verb, a part of it: `возьмёт на себя`."""

_NOBODY = lazy(r"[ ,]*(?:neither|none of|nobody|no one|ни)\b", re.IGNORECASE)
"""Before parties that promise nothing: `Neither SBS nor IOM will take part`."""

_WHETHER = ("whether ", "asked if ", "ask if ", "check if ", "checked if ")
"""Before a cue: it is asked whether somebody does it (`whether the Agency can lend a boat`)."""

_ASKS = lazy(r"\b(?:кто|какой|какая|какие|who|which of \w+)\s*$", re.IGNORECASE)
"""Before a cue: who it will be is asked, or told of."""

_BE_DONE = lazy(r"be (?!prepared to|ready to|willing to|able to|glad to|happy to)\w")

_PRONOUN = lazy(r"(?:and )?(?:the |this )?(?:next|following|new|last|first) ones?", re.IGNORECASE)
"""A subject that only points back: to what others hold, not to what is promised."""
