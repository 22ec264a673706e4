"""Who promises by a phrase: the subject of its clause, who says so, or who is spoken for."""

from __future__ import annotations

import re
from functools import cache

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import (
    ClauseSubject,
    How,
    Sort,
    clause_before,
    is_we,
    main_subject,
    subject_of,
)
from store.capture.person_names.mask_person_names import HIDDEN
from store.capture.promises.promise_verbs_ru import FUTURE
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.parties.find_party_names import Mention
    from store.capture.promises.phrase_rule import Rule
    from store.capture.promises.sentence_in_context import Sentence

PASSIVE_RULES = frozenset(
    ("will be done", "will be ready", "будет сделано", "будет готово", "будет у нас", "делается до срока")
)

COORDINATION = lazy(r"(?:\band|\bbut|\bи|\bа также|\band then|\band also|, )\s*(?:\w+ly |also |then )?$", re.IGNORECASE)


def with_party_of_person(subject: ClauseSubject, sentence: Sentence, start: int, end: int) -> ClauseSubject:
    """A person as subject, with the party of the persons named between two places."""
    if subject.sort != Sort.PERSON or subject.by or HIDDEN not in subject.words:
        return subject
    theirs = {party for at, party in sentence.persons if start <= at < end}
    return subject._replace(by=tuple(theirs), how=How.LIST) if len(theirs) == 1 else subject


_VOW = lazy(
    r"\b(?P<verb>promised|assure[ds]?|pledged|undertook|undertaken|guaranteed|vowed|reassured|gave|(?P<confirmed>confirmed|repeated|reaffirmed))(?: [^,;]{1,30})?,? that $",
    re.IGNORECASE,
)

_VOW_RU = lazy(
    r"(?P<verb>(?:по)?обещал[аои]?|завери(?:л[аои]?|т)|обязал(?:ся|ась|ось|ись)|гарантировал[аои]?|(?:дал[аои]? слово)|(?P<confirmed>подтвердил[аои]?))(?: [^,;]{1,30})?, что $",
    re.IGNORECASE,
)
"""Before what will be done, or at its cue: who says it promises it, and does not only tell of it."""

WEIGHT_OF_VOW = 1.0

_VOUCHERS = (Sort.PARTY, Sort.INSTITUTION, Sort.PERSON, Sort.WE)


def promiser_by_vow(
    sentence: Sentence, rule: Rule, match: re.Match[str], subject: ClauseSubject
) -> ClauseSubject | None:
    """The promiser that something will be done: `UNODC promised that the forms would be sent`; None for a mere
    statement.
    """
    if rule.name not in PASSIVE_RULES and (rule.name != "said it would" or subject.sort != Sort.THING):
        return None
    words = sentence.words
    if not any(each in words for each in (("что ",) if sentence.is_russian else ("that ",))):
        return None
    modal = max(match[0].rfind(" would "), match[0].rfind(" will ")) if rule.name == "said it would" else 0
    begin = clause_before(words, match.start() + max(modal, 0))[0]
    vow = (_VOW_RU if sentence.is_russian else _VOW).search(words, 0, begin)
    if vow is None:
        return None
    speaker = subject_of(words, vow.start(), sentence.names, sentence.mentions, sentence.before, sentence.last)
    if speaker.sort not in _VOUCHERS and COORDINATION.search(words[: vow.start()]):
        speaker = main_subject(words, sentence.names, sentence.mentions, sentence.before, sentence.last) or speaker
    is_meant = not vow["confirmed"] or is_we(speaker)
    return speaker if is_meant and speaker.sort in _VOUCHERS else None


RULES_OF_REPORTED_SPEECH = frozenset(("agreed that … will", "agreed that … be done", "said it would"))
"""The rules in which one says what another, or itself, will do."""

RULES_WITH_OBJECT_BEFORE = frozenset(("сделает", "сделаю", "будет делать", "делает до срока"))
"""The rules whose object may stand before the subject."""


def is_of_the_object(sentence: Sentence, begin: int, verb: int, behind: Mention) -> bool:
    """Whether the party before a Russian verb belongs to its object, and the one behind is the subject in the nominative.

    `Обучение сотрудников МВД обеспечит Программный офис`.
    """
    words, names = sentence.words, sentence.names
    front = [each for each in sentence.mentions if begin <= each.start and each.end <= verb]
    name = words[behind.start : behind.end]
    if not front or not words[begin : front[0].start].strip() or name.split()[0].isupper() or len(name.split()) < 2:
        return False
    its = words[front[-1].start : front[-1].end]
    is_genitive = its.isupper() or names.is_in_other_case(its, front[-1].party)
    return is_genitive and words[front[-1].end : verb].strip() == "" and not names.is_in_other_case(name, behind.party)


ITS_OWN = lazy(r"(?:its|their) (?!own\b)", re.IGNORECASE)

_OF_HIS = lazy(r"(?:his|her|their|its) (?!\w+ (?:course|network|system)\b)", re.IGNORECASE)

ON_BEHALF = lazy(r"[ ,]*(?:on behalf of|speaking for|от имени|от лица) (?:the )?(?=\S)", re.IGNORECASE)
"""Before the party of the person who speaks."""

ASKED_WHETHER = lazy(r", (?:[а-яё]+ )?ли [^;]*, и (?:[а-яё]+ )?$", re.IGNORECASE)


@cache
def future_ru() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{FUTURE})(?!\w)", re.IGNORECASE)


def is_said_by_another(words: str, at: int) -> bool:
    """Whether a place is within quotation marks, and so not the author's words."""
    front = words[:at]
    is_open = any(front.count(opening) > front.count(closing) for opening, closing in (("“", "”"), ("«", "»")))
    return is_open or front.count('"') % 2 == 1


SAID_BY = lazy(r"([^:]{3,80}): (?=(?:we|our|мы|наш\w*)\b)", re.IGNORECASE)
"""Before `we`: who says it (`UNODC: we will send it`)."""

WE_FORM_RU = lazy(r"(?:[иеё]м|емся|имся)$", re.IGNORECASE)
"""A Russian verb of those who write it: `направим`."""


def inner_subject(sentence: Sentence, match: re.Match[str], outer: ClauseSubject) -> ClauseSubject | None:
    """The subject of what was agreed or said: `it was agreed that SBS would`."""
    words = sentence.words
    modals = list(re.finditer(r"\b(?:will|would|should|shall|is to|are to|be(?= ))\b", match[0]))
    if not modals:
        return None
    at = match.start() + modals[-1].start()
    inner = subject_of(words, at, sentence.names, sentence.mentions, sentence.before, outer.by or sentence.last)
    if inner.sort == Sort.IT or (inner.sort == Sort.BOTH and fold(inner.words) == "they" and outer.by):
        return (
            outer
            if outer.sort not in (Sort.IT, Sort.EMPTY, Sort.THING)
            else ClauseSubject(inner.words, Sort.IT, outer.by, outer.how)
        )
    if inner.sort in (Sort.EMPTY, Sort.RELATIVE):
        return None
    if outer.by and _OF_HIS.match(inner.words):
        return outer  # `The Director promised that his staff would`.
    is_same_voice = outer.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.PERSON)
    if inner.sort == Sort.THING and is_same_voice:
        return ClauseSubject(inner.words, Sort.THING, ruler="")
    return ClauseSubject(inner.words, inner.sort, inner.by, inner.how, inner.new, "")
