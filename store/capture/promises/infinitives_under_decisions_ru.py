"""Russian infinitives under a decision, or behind a party in the dative."""

from __future__ import annotations

import re

from store.capture.fields.deadline_of_promise import has_deadline
from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, role_of
from store.capture.promises import weighted_promise_phrases_ru
from store.capture.promises.phrase_rule import FIRM
from store.capture.promises.promises_below_lead_in import promiser_by_lead_in
from store.capture.promises.scored_sentence import ScoredSentence
from store.capture.promises.tasks_given_to_parties import ROLE_IN_DATIVE
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.table_and_list_headings import DECIDED_RU

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.capture.parties.find_party_names import Mention
    from store.capture.promises.list_lead_ins import LeadIn
    from store.capture.promises.sentence_in_context import Sentence


def _is_needed_by_a_date(sentence: Sentence, lead: LeadIn | None) -> bool:
    """Whether an item has a deadline, and the line above its list no promiser: `Необходимо:`."""
    is_nobodys = lead is not None and lead.subject.sort == Sort.EMPTY
    return is_nobodys and has_deadline(sentence.words, is_russian=True)


def infinitives_under_decisions(
    sentence: Sentence, begin: int, *, is_action: bool, is_item: bool
) -> Iterator[ScoredSentence]:
    """An infinitive under `РЕШИЛИ:`, or with somebody in the dative: `Пограничной службе представить`."""
    words, block = sentence.words, sentence.block
    if not sentence.is_first or sentence.rules.IDLE_ORDERS.compiled.search(words[begin:]):
        return
    lead = promiser_by_lead_in(sentence) if is_item else None
    is_needed = _is_needed_by_a_date(sentence, lead)
    lead = lead if lead and lead.subject.sort != Sort.EMPTY else None
    is_decided = is_item and bool(lead or DECIDED_RU.search(block.lead) or DECIDED_RU.search(block.section))
    match = re.search(rf"\b{weighted_promise_phrases_ru.INFINITIVE}", words[begin:])
    if not match:
        return
    at = begin + match.start()
    front = words[begin:at].strip()
    mentions = [each for each in sentence.mentions if begin <= each.start and each.end <= at]
    is_dative = (
        bool(mentions)
        and mentions[0].start <= begin + 1
        and len(front) - len(words[mentions[0].start : mentions[-1].end]) < 4
    )
    if not (
        is_decided
        or is_needed
        or is_action
        or (is_dative and (is_item or block.kind == BlockKind.PARAGRAPH) and _has_dative(words, mentions))
        or (_RESPONSIBLE_AT_END.search(words, at) and not mentions)
    ):
        return
    if len(front.split()) > 14:
        return
    by = (
        tuple(dict.fromkeys(each.party for each in mentions))
        if is_dative or not front
        else tuple(dict.fromkeys(each.party for each in mentions if each.start <= begin + 1))
    )
    if not by and front and (role := ROLE_IN_DATIVE.match(front)):
        by = tuple(role_of(role[0], sentence.names))
    act_end, doer = len(words), front
    if not by and (last := _RESPONSIBLE_AT_END.search(words, at)):
        by = _parties_within(sentence, last)
        by = by or (tuple(sentence.author) if _AUTHOR_RU.search(last[0]) else ())
        if by:
            act_end, doer = last.start(), last[0].strip(" ,;().–—-")
            mentions = []
    subject = ClauseSubject(doer, Sort.PARTY if by else Sort.EMPTY, by, How.NAMED if by else How.NONE)
    if lead and not by and not mentions:
        subject = lead.subject
    score = 3.0 if is_decided or is_action else 2.6
    if not by and not is_decided:
        score -= 0.6
    if re.match(r"вопрос", front, re.IGNORECASE):
        score -= 2.0  # It comes up again: nobody takes on to do it.
    # `Следующую встречу провести`: the object stands before the verb.
    has_object = bool(front) and (not by or act_end < len(words)) and not mentions and len(front.split()) <= 6
    if lead and subject is lead.subject:
        why = "below a line that agrees"
    else:
        why = "infinitive under a decision" if is_decided or is_action else "dative and infinitive"
    yield ScoredSentence(
        score + (0.3 if subject.by else 0),
        lead.strength if lead else FIRM,
        at,
        at + len(match[0]) if has_object else at,
        (at, act_end),
        subject,
        (why,),
        front=(begin, at) if has_object else None,
    )


def doer_at_end_of_item(sentence: Sentence, start: int) -> tuple[ClauseSubject, int] | None:
    """Who does what a Russian item says, where its end names known parties (`(отв. УНП ООН)`), and where that begins."""
    last = _RESPONSIBLE_AT_END.search(sentence.words, start) if sentence.is_russian else None
    by = _parties_within(sentence, last) if last else ()
    if last is None or not by:
        return None
    return ClauseSubject(last[0].strip(" ,;().–—-"), Sort.PARTY, by, How.NAMED), last.start()


def _parties_within(sentence: Sentence, match: re.Match[str]) -> tuple[str, ...]:
    """The parties that a sentence names within a match."""
    return tuple(dict.fromkeys(each.party for each in sentence.mentions if match.start() < each.start < match.end()))


_RESPONSIBLE_AT_END = lazy(
    r" ?[(,;–—-] ?(?:отв\.|ответственн\w+|исп\.|исполнител\w+)[:\s–—-]*[^()]{2,80}\)?[ .;]*$", re.IGNORECASE
)
"""At the end of an item: who does it (`(отв. УНП ООН)`)."""

_AUTHOR_RU = lazy(r"\b(?:автор(?: отч[её]та| записки| справки)?|составитель|нижеподписавшийся)\b", re.IGNORECASE)


def _has_dative(words: str, mentions: Sequence[Mention]) -> bool:
    first = words[mentions[0].start : mentions[0].end].split()[0]
    return bool(re.search(r"(?:ой|ей|ому|ему|у|ю|е|ам|ям|и)$", first)) or first.isupper()
