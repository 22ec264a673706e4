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
from store.capture.promises.doer_of_passive import PREPOSITION_RU
from store.capture.promises.promise_verbs_ru import FUTURE
from store.capture.promises.promises_below_lead_in import promiser_by_lead_in
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


def subject_of_phrase(sentence: Sentence, rule: Rule, match: re.Match[str]) -> ClauseSubject:
    """The subject of the clause of a phrase; of the clause behind it, where one tells what another will do."""
    words, start = sentence.words, match.start()
    subject = _subject_before(sentence, start)
    if (
        sentence.is_russian
        and rule.name in RULES_WITH_OBJECT_BEFORE
        and " ли " in words
        and _ASKED_WHETHER.search(words[:start])
    ):
        # `Спросит, сможет ли служба помочь, и сообщит`: the verb belongs to who asks.
        asks = _future_ru().search(words)
        if asks and asks.start() < start:
            asker = subject_of(words, asks.start(), sentence.names, sentence.mentions, sentence.before, sentence.last)
            subject = _with_party_of_person(asker, sentence, 0, asks.start())._replace(ruler=words[:start])
    if (
        subject.sort == Sort.EMPTY
        and not words[:start].strip(" *")
        and _INFINITIVE.match(match[0])
        and not sentence.is_russian
    ):
        # `Commit to establish` below `We, the Ministers`: those who declare it.
        subject = ClauseSubject("", Sort.WE, ruler=subject.ruler)
    if rule.name == "tasked others":
        meant = tuple(dict.fromkeys(each.party for each in sentence.mentions if start <= each.start < match.end()))
        subject = ClauseSubject(
            match[0], Sort.PARTY if meant else Sort.INSTITUTION, meant, How.NAMED if meant else How.NONE
        )
    inner = _inner_subject(sentence, match, subject) if rule.name in _RULES_OF_REPORTED_SPEECH else None
    return inner or subject


def _subject_before(sentence: Sentence, start: int) -> ClauseSubject:
    """The subject before a place; the first one of the sentence where the verb is coordinated with its verb.

    `UNODC explained that this is beyond its mandate but promised to ask`.
    """
    words, context = sentence.words, (sentence.names, sentence.mentions, sentence.before, sentence.last)
    subject = subject_of(words, start, *context)
    if subject.ruler and subject.sort in (Sort.THING, Sort.EMPTY) and COORDINATION.search(words[:start]):
        main = main_subject(words, *context)
        if main and main.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.BOTH, Sort.WE):
            return main
        if main and main.sort == Sort.PERSON:
            return _with_party_of_person(main, sentence, 0, start)._replace(ruler=words[:start])
    return subject


def with_party_of_owner(sentence: Sentence, subject: ClauseSubject) -> ClauseSubject | None:
    """A subject that belongs to the party of the clause before it: `IFAD confirmed that its next mission will visit`.

    None for any other subject.
    """
    if subject.sort != Sort.INSTITUTION or subject.by or not subject.ruler.endswith(" that "):
        return None
    if not _ITS_OWN.match(subject.words):
        return None
    owner = main_subject(subject.ruler, sentence.names, sentence.mentions, sentence.before, sentence.last)
    if owner is None or owner.sort != Sort.PARTY or not owner.by:
        return None
    return subject._replace(sort=Sort.PARTY, by=owner.by, how=How.NAMED)


def with_party_of_voice(
    sentence: Sentence, rule: Rule, match: re.Match[str], subject: ClauseSubject
) -> tuple[ClauseSubject, bool]:
    """A subject with the party for which it speaks; and whether it is the author of the text."""
    words, start, begin = sentence.words, match.start(), len(subject.ruler)
    is_we_form = sentence.is_russian and bool(_WE_FORM_RU.search(match[0].strip()))
    if subject.sort in (Sort.EMPTY, Sort.THING) and (is_we_form or rule.name == "сделаю"):
        subject = subject._replace(words="мы" if is_we_form else "я", sort=Sort.WE)
    if (
        subject.sort == Sort.EMPTY
        and rule.name == "сделает"
        and sentence.is_first
        and (lead := promiser_by_lead_in(sentence))
    ):
        subject = lead.subject._replace(ruler=subject.ruler)
    subject = _with_party_of_person(subject, sentence, begin, start)
    if subject.sort == Sort.PERSON and not subject.by and (behalf := _ON_BEHALF.match(words)):
        spoken_for = [each.party for each in sentence.mentions if each.start == behalf.end()]
        if spoken_for:
            subject = subject._replace(by=tuple(spoken_for), how=How.NAMED)
    said = _SAID_BY.match(words) if is_we(subject) else None
    speakers = {each.party for each in sentence.mentions if said and said.start(1) <= each.start < said.end(1) <= start}
    if speakers:
        return (subject._replace(by=tuple(speakers), how=How.NAMED) if len(speakers) == 1 else subject), False
    if _is_author(sentence, subject, start):
        return subject._replace(by=tuple(sentence.author), how=How.AUTHOR), True
    return subject, False


def _is_author(sentence: Sentence, subject: ClauseSubject, at: int) -> bool:
    """Whether a subject is the author of the text, who speaks for a party."""
    return (
        bool(sentence.author)
        and (is_we(subject) or (subject.sort == Sort.WE and sentence.names.speaks_for_party))
        and not _is_said_by_another(sentence.words, at)
    )


def subject_behind_verb(
    sentence: Sentence, rule: Rule, match: re.Match[str], end: int, subject: ClauseSubject
) -> Mention | None:
    """The party behind a Russian verb that is its subject: `Приглашения разошлёт секретариат`."""
    if rule.name not in ("сделает", "взял на себя") or _WE_FORM_RU.search(match[0].strip()):
        return None
    words = sentence.words
    behind = next(
        (
            each
            for each in sentence.mentions
            if end <= each.start <= end + _MOST_BEFORE_SUBJECT and not PREPOSITION_RU.search(words, end, each.start)
        ),
        None,
    )
    if behind is None:
        return None
    is_subject = (
        subject.sort in (Sort.THING, Sort.EMPTY, Sort.EVENT)
        or (rule.name == "взял на себя" and not subject.by)
        or _is_of_the_object(sentence, len(subject.ruler), match.start(), behind)
    )
    return behind if is_subject and not re.search(r"[,;]", words[end : behind.start]) else None


_MOST_BEFORE_SUBJECT = 12
"""Characters between a verb and the subject behind it."""
_INFINITIVE = lazy(r"(?:re)?[a-z]+(?<!ed)\b", re.IGNORECASE)


def _with_party_of_person(subject: ClauseSubject, sentence: Sentence, start: int, end: int) -> ClauseSubject:
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
    if (vow["confirmed"] and not is_we(speaker)) or speaker.sort not in _VOUCHERS:
        return None
    speaker = _with_party_of_person(speaker, sentence, 0, match.start())
    is_author = _is_author(sentence, speaker, match.start())
    return speaker._replace(by=tuple(sentence.author), how=How.AUTHOR) if is_author else speaker


_RULES_OF_REPORTED_SPEECH = frozenset(("agreed that … will", "agreed that … be done", "said it would"))
"""The rules in which one says what another, or itself, will do."""

RULES_WITH_OBJECT_BEFORE = frozenset(("сделает", "сделаю", "будет делать", "делает до срока"))
"""The rules whose object may stand before the subject."""


def _is_of_the_object(sentence: Sentence, begin: int, verb: int, behind: Mention) -> bool:
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


_ITS_OWN = lazy(r"(?:its|their) (?!own\b)", re.IGNORECASE)

_OF_HIS = lazy(r"(?:his|her|their|its) (?!\w+ (?:course|network|system)\b)", re.IGNORECASE)

_ON_BEHALF = lazy(r"[ ,]*(?:on behalf of|speaking for|от имени|от лица) (?:the )?(?=\S)", re.IGNORECASE)
"""Before the party of the person who speaks."""

_ASKED_WHETHER = lazy(r", (?:[а-яё]+ )?ли [^;]*, и (?:[а-яё]+ )?$", re.IGNORECASE)


@cache
def _future_ru() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{FUTURE})(?!\w)", re.IGNORECASE)


def _is_said_by_another(words: str, at: int) -> bool:
    """Whether a place is within quotation marks, and so not the author's words."""
    front = words[:at]
    is_open = any(front.count(opening) > front.count(closing) for opening, closing in (("“", "”"), ("«", "»")))
    return is_open or front.count('"') % 2 == 1


_SAID_BY = lazy(r"([^:]{3,80}): (?=(?:we|our|мы|наш\w*)\b)", re.IGNORECASE)
"""Before `we`: who says it (`UNODC: we will send it`)."""

_WE_FORM_RU = lazy(r"(?:[иеё]м|емся|имся)$", re.IGNORECASE)
"""A Russian verb of those who write it: `направим`."""


def _inner_subject(sentence: Sentence, match: re.Match[str], outer: ClauseSubject) -> ClauseSubject | None:
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
