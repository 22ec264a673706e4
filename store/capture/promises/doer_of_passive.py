"""Who does what is promised in the passive: `will be prepared by UNODC`."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, is_longer_name, role_of
from store.capture.person_names.mask_person_names import HIDDEN
from store.capture.promises.unknown_institutions_in_sentence import CAPITALISED_NAME
from store.fold_case_and_accents import fold
from store.rules.person_or_institution import looks_like_an_institution, may_be_a_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.parties.find_party_names import Mention
    from store.capture.promises.sentence_in_context import Sentence

_BY = lazy(r"\bby (?:the )?(?=\S)", re.IGNORECASE)


def doer_at_end(sentence: Sentence, subject: ClauseSubject, begin: int, start: int, end: int) -> Mention | None:
    """The party behind a verb that is done to things alone, where it ends the clause and another noun stands before.

    `Секретариат рабочей группы будет вести УНП ООН`: what is led, and who leads it.
    """
    words = sentence.words
    is_open = subject.sort in (Sort.INSTITUTION, Sort.THING) and words[begin:start].strip() == subject.words
    verb = _DONE_TO_THINGS.match(words, end) if is_open else None
    if (
        verb is None
        or re.match(r"\S+[ая]\b", subject.words)
        or any(begin <= its.start < start for its in sentence.mentions)
    ):
        return None
    for each in sentence.mentions:
        name = words[each.start : each.end]
        if each.start == verb.end() and _ENDS_CLAUSE.match(words, each.end):
            return None if sentence.names.is_in_other_case(name, each.party) else each
    return None


_DONE_TO_THINGS = lazy(r"(?:вести|готовить|составлять|проводить|осуществлять|разрабатывать|выполнять|обеспечивать) ")

_ENDS_CLAUSE = lazy(r"\s*(?:[.;,]|$)| (?:до|к|не позднее|в течение) ")


def doer_behind(sentence: Sentence, at: int, until: int | None = None) -> ClauseSubject | None:
    """The agent of a passive, up to a place: `will be prepared by SBS`, `будет назначено Национальным бюро`."""
    words = sentence.words
    if sentence.is_russian:
        match = re.match(r"\w+ (?:и \w+ )?", words[at:])
        is_behind_participle = match and not any(
            each.start < at + match.end() <= each.end for each in sentence.mentions
        )
        begin = at + (match.end() if match and is_behind_participle else 0)
        found = [
            each
            for each in sentence.mentions
            if begin <= each.start <= begin + 12
            and not PREPOSITION_RU.search(words, begin, each.start)
            and _is_instrumental(words[each.start : each.end])
        ]
        role = _ROLE_THAT_DOES.match(words, begin) if not found else None
        if (
            role
            and not is_longer_name(words, role.end())
            and (its := role_of(_NOMINATIVE[role[1].lower()], sentence.names))
        ):
            return ClauseSubject(role[0], Sort.PARTY, tuple(its), How.VISIT)
    else:
        found = []
        for by in _BY.finditer(words, at, len(words) if until is None else until):
            found = [
                each
                for each in sentence.mentions
                if each.start == by.end() or words[by.end() : each.start] in ("the ", "The ")
            ]
            if found:
                break
            if sentence.author and (us := _BY_AUTHOR.match(words, by.end())):
                return ClauseSubject(us[0], Sort.WE, tuple(sentence.author), How.AUTHOR)
            role = re.match(
                r"(ministry|agency|service|office|embassy|secretariat|delegation|hosts?)\b",
                words[by.end() :],
                re.IGNORECASE,
            )
            if role and (its := role_of(role[1], sentence.names)):
                return ClauseSubject(role[0], Sort.PARTY, tuple(its), How.VISIT)
            name = CAPITALISED_NAME.match(words, by.end())
            if name and HIDDEN not in name[0] and looks_like_an_institution(name[0]) and not may_be_a_person(name[0]):
                return ClauseSubject(name[0], Sort.INSTITUTION, (name[0],), How.NAMED, (name[0],))
    if not found:
        return None
    return ClauseSubject(
        words[found[0].start : found[0].end], Sort.PARTY, tuple(dict.fromkeys(each.party for each in found)), How.NAMED
    )


_BY_AUTHOR = lazy(r"(?:undersigned|author|us|me)\b", re.IGNORECASE)


def doer_before(sentence: Sentence, subject: ClauseSubject, at: int) -> ClauseSubject | None:
    """The agent of a passive, at the start of a Russian clause: `Пограничной службой будет подготовлен отчёт`."""
    start = len(subject.ruler)
    its = [each for each in sentence.mentions if start <= each.start and each.end <= at]
    if not sentence.is_russian or not its or sentence.words[start : its[0].start].strip():
        return None
    name = sentence.words[its[0].start : its[0].end]
    if not (sentence.names.is_in_other_case(name, its[0].party) and _is_instrumental(name)):
        return None
    return ClauseSubject(name, Sort.PARTY, (its[0].party,), How.NAMED)


_NOMINATIVE = {
    "министерством": "министерство", "управлением": "управление", "агентством": "агентство", "ведомством": "ведомство", "представительством": "представительство",
    "службой": "служба", "прокуратурой": "прокуратура", "комитетом": "комитет", "секретариатом": "секретариат", "центром": "центр", "посольством": "посольство",
}  # fmt: skip

_ROLE_THAT_DOES = lazy(rf"({'|'.join(_NOMINATIVE)})(?![а-яё])", re.IGNORECASE)
"""Behind what is done: who does it, by its role."""

PREPOSITION_RU = lazy(r"\b(?:в|во|на|для|к|ко|с|со|от|из|по|при|через|до|о|об|у)\b")
"""Before a party behind a participle: it receives, and does not do (`переданы в УНП ООН`)."""


def _is_instrumental(name: str) -> bool:
    first, *others = name.split()
    if first.endswith(("ой", "ей")) and others and others[0][:1].islower():
        return bool(re.search(r"(?:ой|ей|ою|ью)$", others[0]))  # An adjective, which has one form in four cases.
    return bool(re.search(r"(?:ом|ем|ой|ей|ою|ым|им|ми)$", first)) or first.isupper() or fold(first) == "бюро"
