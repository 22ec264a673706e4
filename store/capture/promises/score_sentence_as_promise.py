"""Decides whether a sentence, a list item or a row is a promise: the rules for and against it, a sum, a band."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from store.capture.fields.deadline_of_promise import due_of, has_deadline
from store.capture.lazy_pattern import has_cyrillic, lazy
from store.capture.parties.find_who_promises import (
    ClauseSubject,
    How,
    Sort,
    clause_before,
    is_agent,
    is_longer_name,
    is_we,
    main_subject,
    object_before,
    role_of,
    subject_of,
)
from store.capture.parties.nouns_of_agents_and_events import AGENTS
from store.capture.person_names.mask_person_names import HIDDEN, MASK, RUSSIAN_MASK
from store.capture.promises import weighted_promise_phrases_en, weighted_promise_phrases_ru
from store.capture.promises.list_lead_ins import introduces_nothing, lead_in_of
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.capture.promises.promise_verbs_ru import FUTURE, infinitive_of_present
from store.capture.promises.sentences_about_the_past import begins_in_former_time
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.quoted_mail_and_signatures import LOST_IN_QUOTED_MAIL
from store.capture.text_structure.sentences import sentences_of
from store.capture.text_structure.table_and_list_headings import (
    ACTION_HEADING,
    ACTION_LABEL,
    DECIDED_RU,
    DONE,
    columns_of,
)
from store.fold_case_and_accents import fold
from store.rules.institution_words import is_region
from store.rules.person_or_institution import looks_like_an_institution, may_be_a_person

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

    from store.capture.parties.find_party_names import KnownNames, Mention
    from store.capture.promises.list_lead_ins import LeadIn
    from store.capture.promises.phrase_rule import Rule
    from store.capture.text_structure.blocks import Block


class Confidence:
    """How sure a proposal is."""

    SURE, LIKELY, DOUBTFUL, UNLIKELY = "sure", "likely", "doubtful", "unlikely"
    ORDER = (SURE, LIKELY, DOUBTFUL, UNLIKELY)


LEAST = 1.4
"""The least score of what is proposed."""

_BOUNDS = ((Confidence.SURE, 2.9), (Confidence.LIKELY, 2.0), (Confidence.DOUBTFUL, LEAST))


def band_of(score: float) -> str:
    """The band of a score."""
    return next((band for band, bound in _BOUNDS if score >= bound), Confidence.UNLIKELY)


class Sentence(NamedTuple):
    """A sentence with its context.

    `last` are the parties that were the subject of the sentence before, `before` those that it named where these are
    two or more; `is_announcement` says that the text announces an event instead of reporting on one. `author` is the
    party that wrote the text, where it says so: its `we`; `persons` are the places of persons, with the party of each.
    """

    block: Block
    words: str
    mentions: Sequence[Mention]
    names: KnownNames
    last: Sequence[str]
    before: Sequence[str]
    is_russian: bool
    is_first: bool
    is_announcement: bool
    author: Sequence[str] = ()
    persons: Sequence[tuple[int, str]] = ()
    is_said_before: bool = True
    """Whether what is quoted is an older mail, and no part of a report."""
    lead_in: LeadIn | None = None
    """Who takes on the items of the list in which it stands."""
    history_until: str = ""
    """The ISO day before which what was promised is history: the text tells of a later time."""
    dated: str = ""
    """The ISO day of the text."""

    @property
    def rules(self) -> ModuleType:
        """The rules of its language."""
        return weighted_promise_phrases_ru if self.is_russian else weighted_promise_phrases_en

    @property
    def mask(self) -> str:
        """The mask for the name of a person in the fields of a proposal."""
        return RUSSIAN_MASK if self.is_russian else MASK


class Weighed(NamedTuple):
    """A scored sentence: its score, the place of the cue, the promisers, the rules that matched.

    `start` and `end` are the span of the cue, and `act` that of the words of what is promised; `front` is the span of
    its object where that stands before the verb, `verb` what the title begins with where the words have no verb of their
    own. `following` is where the clause begins in which another party promises, 0 where there is none. `patients` are the parties to which something is done.
    """

    score: float
    strength: str
    start: int
    end: int
    act: tuple[int, int]
    subject: ClauseSubject
    why: tuple[str, ...]
    is_passive: bool = False
    due: tuple[int, int] | None = None
    to: tuple[int, int] | None = None
    front: tuple[int, int] | None = None
    patients: tuple[str, ...] = ()
    verb: str = ""
    following: int = 0


_SUBJECTS = {
    Sort.PARTY: (0.8, "party named"),
    Sort.INSTITUTION: (0.5, "an institution"),
    Sort.BOTH: (0.6, "both sides"),
    Sort.IT: (0.3, "it"),
    Sort.WE: (0.6, "we"),
    Sort.PERSON: (0.0, "a person"),
    Sort.EVENT: (-0.6, "an event as subject"),
    Sort.THING: (-1.8, "a thing as subject"),
    Sort.RELATIVE: (-2.5, "told, not made"),
    Sort.EMPTY: (-0.6, "no subject"),
}

UNNAMED = "sides not named"
"""Why a promise of the sides is no sure one: the sentence and the text leave open who they are."""

_PASSIVE = frozenset(
    ("will be done", "will be ready", "будет сделано", "будет готово", "будет у нас", "делается до срока")
)
_NEGATED = lazy(
    r"\b(?:no|not|never|neither|without|nor|unable|refused?|declined?|failed?|n[’']t|не|ни|нет|отказал\w+|без)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_BY = lazy(r"\bby (?:the )?(?=\S)", re.IGNORECASE)
_AND = lazy(r"(?:\band|\bbut|\bи|\bа также|\band then|\band also|, )\s*(?:\w+ly |also |then )?$", re.IGNORECASE)


_MOST_CUES = 8
"""Places at which one rule is looked at in a sentence."""


def weigh(sentence: Sentence) -> Weighed | None:
    """Weigh a sentence; None where nothing in it promises."""
    block = sentence.block
    if block.kind == BlockKind.ROW:
        return _row(sentence)
    if _RESPONSIBLE_LINE.match(sentence.words) or (
        any(each in sentence.words for each in _OF_A_LEAD_IN) and _LEAD_IN.search(sentence.words)
    ):
        return None
    if sentence.words.rstrip().endswith((":", ": –", ": —")) and _is_lead_in(sentence):
        return None
    low = sentence.words.lower()
    found = [
        _cue(sentence, rule, match)
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
    if block.kind == BlockKind.QUOTED and sentence.is_said_before:
        best = best._replace(score=best.score - LOST_IN_QUOTED_MAIL, why=(*best.why, "a quoted mail"))
    if best.why[0] in _SAID_IN_THE_PAST and _is_done_already(sentence.words, best.start, best.end, best.act):
        best = best._replace(score=best.score - 3.0, why=(*best.why, "done already"))
    elif best.why[0] in _SAID_IN_THE_PAST and _is_history(sentence, best):
        past = sentence.rules.PAST.name
        best = best._replace(score=best.score - 3.0, why=(*(each for each in best.why if each != past), past))
    if _NOT_KEPT.search(sentence.words, best.end):
        best = best._replace(score=best.score - 3.0, why=(*best.why, "not kept"))
    if sentence.words.rstrip().endswith("?"):
        best = best._replace(score=best.score - 2.5, why=(*best.why, "a question"))
    others = [each for each in found if each.score >= LEAST and each is not best]
    if best.strength == SOFT and any(each.strength == FIRM and each.score >= best.score - 0.5 for each in others):
        best = best._replace(strength=FIRM)
    own_clause = sentence.words[: best.following or None]
    condition = sentence.rules.CONDITION.compiled.search(own_clause)
    if condition and best.strength == FIRM and not _COUNTED_FROM.search(own_clause, 0, condition.start()):
        best = best._replace(strength=SOFT, why=(*best.why, sentence.rules.CONDITION.name))
    return best


_COUNTED_FROM = lazy(r"(?<![а-яё])(?:дн[а-яё]+|недел[а-яё]+|месяц[а-яё]*) $", re.IGNORECASE)
"""Before `после получения`: it says from when the days count, and is no condition."""
_NOT_KEPT = lazy(
    r"(?:,|;|\()\s*(?:однако|но|чего|что)(?![а-яё])[^.;]{0,30}?(?:(?:сделано|выполнено|исполнено|реализовано) не было|не (?:было )?(?:сделано|выполнено|исполнено|произошло|случилось|состоялось|реализовано)|не удалось)"
    r"|(?:,|;) ?(?:but|however|which|yet),? (?:this|that|it|nothing of it)?,? ?(?:was|has|did|had|were|have|is) (?:not|never|yet to)(?: yet)? (?:been )?(?:be )?(?:done|happen(?:ed)?|kept|carried out|materiali[sz]ed?|implemented|fulfilled|take place|honou?red)\b",
    re.IGNORECASE,
)
"""Behind what was promised: it has not been done, and the time for it has passed."""
_AT_FORMER_VISIT = lazy(
    r"\b(?:previous|last|earlier|first) (?:mission|visit|meeting|trip)\b[^;]*,? when\b[^;]*\bhad \w*$"
    r"|\b(?:предыдущ|прошл|прежн)\w+ (?:визит|командировк|мисси|поездк|встреч)[^;]*\b(?:тогда|где|когда|на котор\w+|в ходе котор\w+|во время котор\w+)\b[^;,]*$",
    re.IGNORECASE,
)
"""Before a cue: it was promised at a visit before this one."""
_REPORTED_DONE = lazy(
    r"(?:;|,? and|, but)\s+(?:(?:the |its |this |that )?(?P<what>\w+) )(?:was|were|has been|have been) (?:since |then |already |meanwhile )?(?:completed|done|sent|delivered|finished|finali[sz]ed|received|provided|submitted|adopted|signed|approved)\b"
    r"|,? (?:and|which) (?:it |they |he |she |has |have )?(?:since |duly |then )?(?:did|done) so\b"
    r"|, which (?:was|were|has been|have been|has since been) (?:since |then |already |meanwhile )?(?:completed|done|sent|delivered|finished|submitted)\b(?! by\b)"
    r"|(?:;|, и|, а|, но)\s+(?P<ru>[а-яё]+) (?:уже )?(?:был[аио]? )?(?:пересмотрен|утвержд[её]н|направлен|выполнен|завершен|завершён|представлен|передан|подписан|получен|отправлен|принят|проведен|проведён)[аоы]?\b"
    r"|, котор[а-яё]+ (?:уже )?(?:был[аио]? )?(?:выполнен|направлен|отправлен|передан|завершен|завершён|проведен|проведён)[аоы]?\b",
    re.IGNORECASE,
)
"""Behind what was promised: it has been done since."""
_SAID_IN_THE_PAST = frozenset(
    "agreed to|committed to|undertook to|decided to|offered to|said it would|promised something|would"
    "|обязался|взял на себя|вызвался|договорились|согласен|решили|предложил помощь".split("|")
)
"""The rules whose promise may be kept by now: what somebody will do is not."""
_OF_THE_PAST = (" had ", " was ", " were ", " been ", " did so")
"""One of these stands in every English sentence whose promise is told as done."""
_ITSELF = frozenset(("it", "they", "these", "this", "that", "both", "он", "она", "оно", "они", "это", "все", "всё"))
_LEAST_IN_COMMON = 4


def _is_done_already(words: str, start: int, end: int, act: tuple[int, int]) -> bool:
    """Whether a promise is done: it was made at a former visit, or the sentence says that it was done since."""
    if not has_cyrillic(words) and not any(each in words for each in _OF_THE_PAST):
        return False
    if _AT_FORMER_VISIT.search(words[:start]):
        return True
    for match in _REPORTED_DONE.finditer(words, end):
        what = fold(match["what"] or match["ru"] or "")
        if not what or what in _ITSELF:
            return True
        stem = what[: max(_LEAST_IN_COMMON, len(what) - 2)]
        if len(what) >= _LEAST_IN_COMMON and stem in fold(words[act[0] : match.start()]):
            return True
    return False


def _is_lead_in(sentence: Sentence) -> bool:
    """Whether a line only introduces the promises below it."""
    lead_in = lead_in_of(sentence.words, sentence.names, sentence.before, sentence.last)
    return lead_in is not None and not lead_in.is_bare


def _is_history(sentence: Sentence, promise: Weighed) -> bool:
    """Whether a sentence tells of a time before that of the text, and names no day that is to come."""
    words, is_russian = sentence.words, sentence.is_russian
    if not begins_in_former_time(words, sentence.history_until, is_russian=is_russian):
        return False
    return due_of(words, promise.end, sentence.dated, is_russian=is_russian).day is None


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

_CONDITION = lazy(
    r"\b(?:provided that|(?<=, )provided (?=(?:[A-Z]{2,}|the|its?|they|we|he|she)\b)|on (?:the )?condition that|as long as|should (?=the\b|[A-Z])|if\b|unless\b|при условии,? что|в случае,? если|если)\b ?",
    re.IGNORECASE,
)


def condition_in(words: str, after: int = 0) -> tuple[int, int]:
    """The span of the condition in a sentence, after a place; empty at the end where there is none.

    At the beginning, and behind `that,`, it ends with a comma; elsewhere it goes on to the end.
    """
    for match in _CONDITION.finditer(words, after):
        before = words[: match.start()].rstrip()
        if match[0].startswith(("should", "Should")) and before and before[-1] not in ",;":
            continue
        is_leading = not before or before.endswith(("that,", "that", "что,", "что"))
        stop = words.find("," if is_leading else ";", match.end())
        return match.start(), stop if stop >= 0 else len(words)
    return len(words), len(words)


def _cue(sentence: Sentence, rule: Rule, match: re.Match[str]) -> Weighed:
    """Weigh a sentence by one cue."""
    words, names, table = sentence.words, sentence.names, sentence.rules
    start, end = match.span()
    if rule.name == "сделает" and (on_itself := _ON_ITSELF.match(words, end)):
        end = on_itself.end()
    subject = subject_of(words, start, names, sentence.mentions, sentence.before, sentence.last)
    if subject.ruler and subject.sort in (Sort.THING, Sort.EMPTY) and _AND.search(words[:start]):
        # `UNODC explained that this is beyond its mandate but promised to ask`: the verb belongs to the first subject.
        main = main_subject(words, names, sentence.mentions, sentence.before, sentence.last)
        if main and main.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.BOTH, Sort.WE):
            subject = main
        elif main and main.sort == Sort.PERSON:
            subject = _with_party(main, sentence, 0, start)._replace(ruler=words[:start])
    if sentence.is_russian and rule.name in _BEFORE_OBJECT and " ли " in words and _ASKED_WHETHER.search(words[:start]):
        # `Спросит, сможет ли служба помочь, и сообщит`: the verb belongs to who asks.
        asks = _future().search(words)
        if asks and asks.start() < start:
            asker = subject_of(words, asks.start(), names, sentence.mentions, sentence.before, sentence.last)
            subject = _with_party(asker, sentence, 0, asks.start())._replace(ruler=words[:start])
    if (
        subject.sort == Sort.EMPTY
        and not words[:start].strip(" *")
        and re.match(r"(?:re)?[a-z]+(?<!ed)\b", match[0], re.IGNORECASE)
        and not sentence.is_russian
    ):
        # `Commit to establish` below `We, the Ministers`: those who declare it.
        subject = ClauseSubject("", Sort.WE, ruler=subject.ruler)
    if rule.name == "tasked others":
        meant = tuple(dict.fromkeys(each.party for each in sentence.mentions if start <= each.start < end))
        subject = ClauseSubject(
            match[0], Sort.PARTY if meant else Sort.INSTITUTION, meant, How.NAMED if meant else How.NONE
        )
    inner = _inner_subject(sentence, match, subject) if rule.name in _REPORTED_BY else None
    subject = inner or subject
    of_its = None
    if subject.sort == Sort.INSTITUTION and not subject.by and subject.ruler.endswith(" that "):
        of_its = _ITS_OWN.match(subject.words)
    if of_its:  # `IFAD confirmed that its next mission will visit Lyon`
        outer = main_subject(subject.ruler, names, sentence.mentions, sentence.before, sentence.last)
        if outer and outer.sort == Sort.PARTY and outer.by:
            subject = subject._replace(sort=Sort.PARTY, by=outer.by, how=How.NAMED)
        else:
            of_its = None
    weight, why = rule.weight, [rule.name]
    is_passive = rule.name in _PASSIVE or bool(_BE_DONE.match(words[end:])) or words[max(0, end - 4) : end] == " be "
    after = words[end:]
    act = re.sub(r"^be ", "", after)
    act_end, following = _end_of_clause(sentence, end, len(words))
    agent = (_agent_behind(sentence, end, act_end) or _agent_before(sentence, subject, start)) if is_passive else None
    if is_passive and not agent and (vow := _vow_of(sentence, rule, match, subject)):
        agent, weight = _with_party(vow, sentence, 0, start), weight + (_OF_A_VOW if rule.name in _PASSIVE else 0)
        if (
            sentence.author
            and (is_we(agent) or (agent.sort == Sort.WE and names.speaks_for_party))
            and not _is_said_by_another(words, start)
        ):
            agent = agent._replace(by=tuple(sentence.author), how=How.AUTHOR)
    ruled = len(subject.ruler)
    is_we_form = sentence.is_russian and bool(_WE_FORM.search(match[0].strip()))
    if subject.sort in (Sort.EMPTY, Sort.THING) and (is_we_form or rule.name == "сделаю"):
        subject = subject._replace(words="мы" if is_we_form else "я", sort=Sort.WE)
    if subject.sort == Sort.EMPTY and rule.name == "сделает" and sentence.is_first and (lead := _lead_in(sentence)):
        subject = lead.subject._replace(ruler=subject.ruler)
    subject = _with_party(subject, sentence, ruled, start)
    if subject.sort == Sort.PERSON and not subject.by and (behalf := _ON_BEHALF.match(words)):
        spoken_for = [each.party for each in sentence.mentions if each.start == behalf.end()]
        if spoken_for:
            subject = subject._replace(by=tuple(spoken_for), how=How.NAMED)
    said = _SAID_BY.match(words) if is_we(subject) else None
    its_own = {each.party for each in sentence.mentions if said and said.start(1) <= each.start < said.end(1) <= start}
    if its_own:
        subject = subject._replace(by=tuple(its_own), how=How.NAMED) if len(its_own) == 1 else subject
    elif (
        sentence.author
        and (is_we(subject) or (subject.sort == Sort.WE and names.speaks_for_party))
        and not _is_said_by_another(words, start)
    ):
        subject = subject._replace(by=tuple(sentence.author), how=How.AUTHOR)
        agent = subject if is_passive and re.match(r"нами|с нашей", subject.words, re.IGNORECASE) else agent
    if agent:
        subject = ClauseSubject(agent.words, agent.sort, agent.by, agent.how, agent.new, subject.ruler)
    if is_passive and not agent and sentence.is_russian and (last := _RESPONSIBLE.search(words, end)):
        doers = tuple(dict.fromkeys(each.party for each in sentence.mentions if last.start() < each.start < last.end()))
        if doers:
            agent = subject = ClauseSubject(
                words[last.start() :].strip(" ,;().–—-"), Sort.PARTY, doers, How.NAMED, ruler=subject.ruler
            )
            act_end = min(act_end, last.start())
    its, name = _SUBJECTS[subject.sort]
    patients: tuple[str, ...] = ()
    if is_passive and not agent and subject.sort != Sort.RELATIVE:
        # What is done to somebody or something: nobody says by whom.
        its, name, patients = -0.2, "no doer", subject.by
        subject = ClauseSubject(subject.words, Sort.THING, ruler=subject.ruler)
    weight += its
    is_unnamed = sentence.is_russian and subject.sort == Sort.BOTH and not subject.by
    why.append(UNNAMED if is_unnamed else name)
    for feature in _features(sentence, start, end, subject, rule, is_passive=is_passive):
        weight += feature.weight
        why.append(feature.name)
    if _NEGATED.search(words[:start]) or _NOBODY.match(words, ruled) or re.match(r"(?:not|never)\b", after):
        weight -= 3
        why.append("negated")
    if table.MEETS_AGAIN.compiled.search(words) and subject.sort in (
        Sort.EVENT,
        Sort.BOTH,
        Sort.WE,
        Sort.THING,
        Sort.PARTY,
    ):
        weight += table.MEETS_AGAIN.weight + (1.0 if subject.sort in (Sort.EVENT, Sort.THING) else 0)
        why.append(table.MEETS_AGAIN.name)
    if _ASKS.search(words[:start]):
        weight -= 3
        why.append("told, not made")
    if subject.ruler.endswith(_WHETHER) and "," not in words[len(subject.ruler) : start]:
        weight -= 3
        why.append("told, not made")
    if rule.name in _SETTLES and (clause := _CLAUSE_BEHIND_COLON.search(words, end)):
        what = clause.end()
        if any(each.start == what and verb_of_promise(sentence).match(words, each.end) for each in sentence.mentions):
            weight -= 3  # `They decided to put this on paper: the Ministry will draft it`: it alone promises.
            why.append("told behind the colon")
    condition = condition_in(words)
    if condition[0] <= start < condition[1]:
        weight -= 3
        why.append("within a condition")
    if subject.sort in (Sort.EVENT, Sort.THING) and _PERHAPS.search(words, ruled, end):
        weight -= 2.5
        why.append("perhaps")
    if rule.name in _PASSIVE and _PRONOUN.fullmatch(subject.words) and not agent:
        weight -= 1.2
        why.append("an event of others")
    if _is_under_actions(sentence):
        weight += 0.5
        why.append("under a heading of actions")
    act_start, front = end, None
    if rule.name in _BEFORE_OBJECT and not is_passive and subject.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.WE):
        front = object_before(words, start, subject, names, sentence.mentions)
    verb = "provide" if rule.name == "promised something" else ""
    if of_its and not is_passive:
        verb = f"have {subject.words}"
    if rule.name == "takes the lead" and not re.match(r"(?:[a-z]+ly )?[a-z]+ing\b", words[end:]):
        verb = "take charge of"
    if rule.name == "делает до срока":
        verb = infinitive_of_present(match[0].strip())
    act_start = start if rule.name in ("сделает", "сделаю") else act_start
    if rule.name in ("сделает", "взял на себя"):
        behind = [
            each
            for each in sentence.mentions
            if end <= each.start <= end + 12
            and not _WE_FORM.search(match[0].strip())
            and not _RU_PREPOSITION.search(words, end, each.start)
        ]
        if (
            behind
            and (
                subject.sort in (Sort.THING, Sort.EMPTY, Sort.EVENT)
                or (rule.name == "взял на себя" and not subject.by)
                or _is_of_the_object(sentence, ruled, start, behind[0])
            )
            and not re.search(r"[,;]", words[end : behind[0].start])
        ):
            # The subject stands behind the verb: `Приглашения разошлёт секретариат`.
            weight += _SUBJECTS[Sort.PARTY][0] - _SUBJECTS[subject.sort][0]
            why[1] = _SUBJECTS[Sort.PARTY][1]
            subject = ClauseSubject(words[end : behind[0].end], Sort.PARTY, (behind[0].party,), How.NAMED)
            front = (ruled, start)
    if rule.name == "будет делать" and (doer := _doer_at_end(sentence, subject, ruled, start, end)):
        weight += _SUBJECTS[Sort.PARTY][0] - _SUBJECTS[subject.sort][0]
        why[1] = _SUBJECTS[Sort.PARTY][1]
        subject = ClauseSubject(words[doer.start : doer.end], Sort.PARTY, (doer.party,), How.NAMED)
        act_end, verb = end, f"{words[end : doer.start]}{_small(words[ruled:start].strip())}"
    if is_passive and not sentence.is_russian:
        end += len(after) - len(act)
        act_start = end
    return Weighed(
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


def _doer_at_end(sentence: Sentence, subject: ClauseSubject, begin: int, start: int, end: int) -> Mention | None:
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


def _small(words: str) -> str:
    """Words that began a sentence, within one."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _lead_in(sentence: Sentence) -> LeadIn | None:
    """The promiser of an item, by the line above its list; by a name alone where its items are no wishes."""
    lead, block = sentence.lead_in, sentence.block
    if lead is None or block.kind != BlockKind.ITEM:
        return None
    return None if lead.is_bare and introduces_nothing(block.section) else lead


def _is_needed(sentence: Sentence, lead: LeadIn | None) -> bool:
    """Whether an item has a deadline, and the line above its list no promiser: `Необходимо:`."""
    is_nobodys = lead is not None and lead.subject.sort == Sort.EMPTY
    return is_nobodys and has_deadline(sentence.words, is_russian=True)


def _with_party(subject: ClauseSubject, sentence: Sentence, start: int, end: int) -> ClauseSubject:
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
_OF_A_VOW = 1.0
_VOUCHERS = (Sort.PARTY, Sort.INSTITUTION, Sort.PERSON, Sort.WE)


def _vow_of(sentence: Sentence, rule: Rule, match: re.Match[str], subject: ClauseSubject) -> ClauseSubject | None:
    """The promiser that something will be done: `UNODC promised that the forms would be sent`; None for a mere
    statement.
    """
    if rule.name not in _PASSIVE and (rule.name != "said it would" or subject.sort != Sort.THING):
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
    if speaker.sort not in _VOUCHERS and _AND.search(words[: vow.start()]):
        speaker = main_subject(words, sentence.names, sentence.mentions, sentence.before, sentence.last) or speaker
    is_meant = not vow["confirmed"] or is_we(speaker)
    return speaker if is_meant and speaker.sort in _VOUCHERS else None


_REPORTED_BY = frozenset(("agreed that … will", "agreed that … be done", "said it would"))
"""The rules in which one says what another, or itself, will do."""
_BEFORE_OBJECT = frozenset(("сделает", "сделаю", "будет делать", "делает до срока"))
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


_PERHAPS = lazy(
    r"\b(?:probably|possibly|perhaps|presumably|(?:most )?likely|maybe|вероятно|возможно|предположительно|скорее всего|видимо|по-видимому|может быть)\b",
    re.IGNORECASE,
)
"""Before the verb of what is held or done by nobody: it may be so, and nobody takes it on."""
_SETTLES = frozenset(("agreed to", "decided to", "договорились", "решили"))
_CLAUSE_BEHIND_COLON = lazy(r"(?<=\w): (?:[Tt]he )?(?=\S)")
"""Behind what several settle: the clause that says who does it."""


def verb_of_promise(sentence: Sentence) -> re.Pattern[str]:
    """The verb of a promise behind the party that makes it, in the language of a sentence."""
    return _verb_of_second(sentence.is_russian)


_ON_ITSELF = lazy(r" ?на себя\b ?")
"""Behind a verb, a part of it: `возьмёт на себя`."""
_NOBODY = lazy(r"[ ,]*(?:neither|none of|nobody|no one|ни)\b", re.IGNORECASE)
"""Before parties that promise nothing: `Neither SBS nor IOM will take part`."""
_ITS_OWN = lazy(r"(?:its|their) (?!own\b)", re.IGNORECASE)
_OF_HIS = lazy(r"(?:his|her|their|its) (?!\w+ (?:course|network|system)\b)", re.IGNORECASE)
_ON_BEHALF = lazy(r"[ ,]*(?:on behalf of|speaking for|от имени|от лица) (?:the )?(?=\S)", re.IGNORECASE)
"""Before the party of the person who speaks."""
_RESPONSIBLE_LINE = lazy(r"(?:ответственн\w+|исполнител\w+|responsible|lead)\b[^:.;]{0,40}: ", re.IGNORECASE)
"""A line that names who does what stands above it."""
_ASKED_WHETHER = lazy(r", (?:[а-яё]+ )?ли [^;]*, и (?:[а-яё]+ )?$", re.IGNORECASE)


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{FUTURE})(?!\w)", re.IGNORECASE)


_WHETHER = ("whether ", "asked if ", "ask if ", "check if ", "checked if ")
"""Before a cue: it is asked whether somebody does it (`whether the Agency can lend a boat`)."""
_ASKS = lazy(r"\b(?:кто|какой|какая|какие|who|which of \w+)\s*$", re.IGNORECASE)
"""Before a cue: who it will be is asked, or told of."""


def _is_said_by_another(words: str, at: int) -> bool:
    """Whether a place is within quotation marks, and so not the author's words."""
    front = words[:at]
    is_open = any(front.count(opening) > front.count(closing) for opening, closing in (("“", "”"), ("«", "»")))
    return is_open or front.count('"') % 2 == 1


_SAID_BY = lazy(r"([^:]{3,80}): (?=(?:we|our|мы|наш\w*)\b)", re.IGNORECASE)
"""Before `we`: who says it (`UNODC: we will send it`)."""
_WE_FORM = lazy(r"(?:[иеё]м|емся|имся)$", re.IGNORECASE)
"""A Russian verb of those who write it: `направим`."""

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


def _end_of_clause(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
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
        name = _CAPITALISED.match(words, cut.end())
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
_CAPITALISED = lazy(r"[A-Z][\w’'\-]*(?: (?:(?:of|for|and|on) (?:the )?)?[A-Z][\w’'\-]*){0,8}")
"""A name that may be one of an institution that the store does not know."""


_BE_DONE = lazy(r"be (?!prepared to|ready to|willing to|able to|glad to|happy to)\w")
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


def _features(
    sentence: Sentence, start: int, end: int, subject: ClauseSubject, rule: Rule, *, is_passive: bool
) -> Iterator[Rule]:
    """The features that match: the cue's clause and its dependencies."""
    words, table = sentence.words, sentence.rules
    ruler = subject.ruler
    clause = words[len(ruler) : start]
    is_coordinated = bool(_AND.search(words[:start]))
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


_INSTITUTION_OF_COUNTRY_RU = lazy(
    r"[А-ЯЁ]{3,8}(?: [А-ЯЁ][а-яё]+(?:ой|ого|ана|стана|ии))?(?: (?:Республики|Федерации))?(?!\w)"
)


def institutions_in(sentence: Sentence, end: int | None = None) -> Iterator[str]:
    """The institutions that a sentence names up to a place, and no party of the store is, as they are written."""
    words = sentence.words[:end]
    pattern = _INSTITUTION_OF_COUNTRY_RU if sentence.is_russian else _CAPITALISED
    for match in pattern.finditer(words):
        name = match[0].removeprefix("The ")
        if not sentence.is_russian and (
            " " not in name
            or HIDDEN in name
            or not looks_like_an_institution(name)
            or may_be_a_person(name)
            or is_region(name)
        ):
            continue
        if not any(each.start < match.end() and match.start() < each.end for each in sentence.mentions):
            yield name


def _agent_behind(sentence: Sentence, at: int, until: int | None = None) -> ClauseSubject | None:
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
            and not _RU_PREPOSITION.search(words, begin, each.start)
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
            name = _CAPITALISED.match(words, by.end())
            if name and HIDDEN not in name[0] and looks_like_an_institution(name[0]) and not may_be_a_person(name[0]):
                return ClauseSubject(name[0], Sort.INSTITUTION, (name[0],), How.NAMED, (name[0],))
    if not found:
        return None
    return ClauseSubject(
        words[found[0].start : found[0].end], Sort.PARTY, tuple(dict.fromkeys(each.party for each in found)), How.NAMED
    )


_BY_AUTHOR = lazy(r"(?:undersigned|author|us|me)\b", re.IGNORECASE)


def _agent_before(sentence: Sentence, subject: ClauseSubject, at: int) -> ClauseSubject | None:
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

_RU_PREPOSITION = lazy(r"\b(?:в|во|на|для|к|ко|с|со|от|из|по|при|через|до|о|об|у)\b")
"""Before a party behind a participle: it receives, and does not do (`переданы в УНП ООН`)."""

_PRONOUN = lazy(r"(?:and )?(?:the |this )?(?:next|following|new|last|first) ones?", re.IGNORECASE)
"""A subject that only points back: to what others hold, not to what is promised."""


def _is_instrumental(name: str) -> bool:
    first, *others = name.split()
    if first.endswith(("ой", "ей")) and others and others[0][:1].islower():
        return bool(re.search(r"(?:ой|ей|ою|ью)$", others[0]))  # An adjective, which has one form in four cases.
    return bool(re.search(r"(?:ом|ем|ой|ей|ою|ым|им|ми)$", first)) or first.isupper() or fold(first) == "бюро"


def _is_under_actions(sentence: Sentence) -> bool:
    block = sentence.block
    return block.kind == BlockKind.ITEM and bool(ACTION_HEADING.search(block.lead or block.section))


def _by_structure(sentence: Sentence) -> Iterator[Weighed]:
    """What the place of a sentence makes a promise: an item below `agreed:`, `Action: X to do`, an infinitive."""
    block, words = sentence.block, sentence.words
    label = ACTION_LABEL.match(words)
    begin = label.end() if label else 0
    is_item = block.kind == BlockKind.ITEM and sentence.is_first
    is_action = bool(label) or (is_item and _is_under_actions(sentence))
    yield from _asked_for(sentence)
    if is_item and block.lead:
        yield from _does_below_lead(sentence)
        yield from _recommended(sentence)
    if sentence.is_russian:
        yield from _charged(sentence)
        yield from _entrusted(sentence)
        yield from _infinitive(sentence, begin, is_action=is_action, is_item=is_item)
        if is_action or (is_item and _lead_in(sentence)):
            yield from _noun_item(sentence, begin)
        return
    yield from _charged(sentence)
    yield from _actor_to(sentence, begin, is_action=is_action)
    if is_item and block.lead:
        yield from _below_lead(sentence)
    if is_action:
        yield from _order(sentence, begin)
        yield from _noun_item(sentence, begin)


_ASKED_FOR_RU = lazy(
    rf"(?<![а-яё])(?:по)?прос(?:ил[аои]?|ит|ят) (?:[^,;]{{0,40}} )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE}[^,;]{{3,160}}), (?:что|о ч[её]м|и это) (?P<who>[^,;]{{2,60}}?) (?:и )?(?:(?:по)?обещал|обязал|согласил|взял)[а-яё]+ (?:и )?(?:сделать|выполнить|исполнить)(?![а-яё])",
    re.IGNORECASE,
)
_ASKED_FOR = lazy(
    r"\b(?:asked|requested) (?:(?!to |for )[^,;]{1,40}? )??(?:to (?P<verb>[a-z]+)|for) (?P<act>[^,;]{3,160}), (?:which|and this) (?P<who>[^,;]{2,60}?) (?:has |have |had )?(?:promised|agreed|undertook|undertaken|accepted|offered) to (?P<do>[a-z]+)\b",
    re.IGNORECASE,
)
"""What one asked for, and another promised: `asked for the slides, which we promised to send by May`."""


def _asked_for(sentence: Sentence) -> Iterator[Weighed]:
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
    elif fold(who) in _ITSELF and len(sentence.mentions) == 1 and sentence.mentions[0].end <= match.start("act"):
        subject = ClauseSubject(who, Sort.IT, (sentence.mentions[0].party,), How.BEFORE)
    else:
        subject = ClauseSubject(who, Sort.PERSON if HIDDEN in who else Sort.INSTITUTION)
    verb = ""
    if not sentence.is_russian:
        verb = match["verb"] if match["do"].lower() == "do" else match["do"].lower()
        if not verb:
            return
    start, end = match.span("act")
    why = ("promised what was asked", _SUBJECTS[subject.sort][1])
    yield Weighed(3.8, FIRM, start, start, (start, end), subject, why, verb=verb)


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


def _charged(sentence: Sentence) -> Iterator[Weighed]:
    """A task given to somebody, the party after it."""
    words = sentence.words
    for pattern in _CHARGED_RU if sentence.is_russian else _CHARGED:
        match = pattern.match(words)
        who = match and next((each for each in sentence.mentions if each.start == match.start("who")), None)
        if match is None or who is None:
            continue
        subject = ClauseSubject(words[who.start : who.end], Sort.PARTY, (who.party,), How.NAMED)
        start, end = match.span("act")
        yield Weighed(3.2, FIRM, start, start, (start, end), subject, ("charged with", _SUBJECTS[subject.sort][1]))


_ENTRUSTED = (
    lazy(rf"(?:[^,;:]{{1,40}} )?(?P<proposed>предлага(?:ется|ю)|предложено)(?: (?:также|дополнительно))? (?P<who>[А-ЯЁ\ue000][^,;:]{{1,80}}?) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(rf"(?:[^,;:]{{1,60}} )?поруч(?:ить|ено|ил[аои]?|ается) (?P<who>\S[^;:]{{0,80}}?) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(rf"(?P<who>\S[^,;:]{{0,80}}?) (?:поруч(?:ено|ается)|предписано|(?P<needed>надлежит|предстоит)) (?:[а-яё]+ )??(?P<act>{weighted_promise_phrases_ru.INFINITIVE})", re.IGNORECASE),
    lazy(r"(?:[^,;:]{1,60} )?(?:возложить|возложен[аоы]?|возлагается) на (?P<who>\S[^,;:]{0,80}?) (?P<act>[а-яё]+(?:[нт]ие|цию|вку|чу|бту|рку|мен|ство|контроль|обязанность\w*)(?![а-яё]))", re.IGNORECASE),
)  # fmt: skip
"""Who is entrusted with what is named behind it: `Поручить УНП ООН подготовить проект`, `Возложить на УНП ООН подготовку`."""
_ACT_BEFORE = lazy(weighted_promise_phrases_ru.INFINITIVE, re.IGNORECASE)
_CHARGED_BEHIND = lazy(r" поруч(?:ено|ается)(?![а-яё])", re.IGNORECASE)
_ROLE_IN_DATIVE = lazy(
    r"(?:министерству|управлению|службе|агентству|комитету|прокуратуре|бюро|центру|делегации|посольству|секретариату)\b",
    re.IGNORECASE,
)


def _entrusted(sentence: Sentence) -> Iterator[Weighed]:
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
        if not by and (role := _ROLE_IN_DATIVE.match(words, start)):
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
        yield Weighed(score, strength, act, act, (act, len(words)), subject, (why, _SUBJECTS[sort][1]))
        return


_NOUN_OF_ACT = lazy(
    r"(?:[а-яё]{2,}(?:[нт]ие|ци[яю]|вк[ау]|ач[ау]|мен|ство|бот[ау]|рк[ау]|упк[ау])|[a-z]{3,}(?:tion|ment|sion|ing|[cvs]al|ery|ance|ation))(?= [^\W\d_])",
    re.IGNORECASE,
)
"""A noun that is an act: `проведение семинара`, `delivery of the forms`."""
_AGENT_LABEL = lazy(r"(?:[Зз]а |[Оо]т |[Сс] )?(?P<who>[^:–—>→]{2,80}?)(?::| [–—-]| ?(?:->|=>|→)) (?=\w)")


def _noun_item(sentence: Sentence, begin: int) -> Iterator[Weighed]:
    """An item among actions that has no verb: `МВД — перечень контактов`, `Проведение семинара — до 1 мая (УНП ООН)`."""
    words = sentence.words
    if not sentence.is_first and not begin:
        return
    subject, start = ClauseSubject("", Sort.EMPTY), begin
    lead = _lead_in(sentence)
    lead = lead if lead and lead.subject.sort != Sort.EMPTY else None
    label = _AGENT_LABEL.match(words, begin)
    if label and sentence.is_russian:
        its = [each for each in sentence.mentions if label.start("who") <= each.start < label.end("who")]
        if its and its[0].start == label.start("who"):
            subject = ClauseSubject(
                label["who"], Sort.PARTY, tuple(dict.fromkeys(each.party for each in its)), How.NAMED
            )
            start = label.end()
    is_act = bool(_NOUN_OF_ACT.match(words, start))
    end = len(words)
    last = re.search(r" ?\(([^()]*)\)[. ;]*$|,? [–—-] ([^–—-]{2,80}?)[. ;]*$", words[start:])
    if last and not subject.by:
        inside = [each for each in sentence.mentions if start + last.start() <= each.start]
        if inside:
            its_names = tuple(dict.fromkeys(each.party for each in inside))
            subject = ClauseSubject(words[start + last.start() :].strip(" (),.;–—-"), Sort.PARTY, its_names, How.NAMED)
            end = start + last.start()
    elif not subject.by and not sentence.is_russian and (agent := _agent_behind(sentence, start)):
        subject = agent
    elif lead and is_act and not subject.by:
        subject = lead.subject
    is_dated = has_deadline(words, is_russian=sentence.is_russian)
    if (
        not (subject.by or (is_act and is_dated))
        or not (is_act or is_dated or start > begin)
        or _DONE_SAID.search(words)
    ):
        return
    score = 1.9 + (0.5 if subject.by else 0) + (0.3 if is_dated else 0) + (0.2 if is_act else 0)
    why = ("named under actions" if subject.by else "dated under actions", _SUBJECTS[subject.sort][1])
    yield Weighed(score, lead.strength if lead else FIRM, start, start, (start, end), subject, why)


_NO_ACTORS = frozenset(
    "commit decide agree resolve undertake pledge promise recommend request invite encourage urge continue need want plan intend aim seek work strive try welcome hope wish"
    " call refer return respond contribute thanks due according prior access reaffirm express offer propose begin start fail ought".split()
)
"""Verbs that begin an item, and are nobody's name: `Commit to establish`."""

_FINITE = lazy(
    r"\b(?:noted|said|told|stated|reported|thought|believed|is|was|were|will|would|can|could|should|has|have|had)\b"
)
_TO = lazy(r",? (?:is |are )?to (?=(?:be )?(?!(?:the|an?|all|this|that|their|its|each|both|our)\b)[a-z]{2,}\b)")
_TO_BE = lazy(r",? (?:is |are )?to (?=be [a-z]|go (?:out|off)\b)")


def _actor_to(sentence: Sentence, begin: int, *, is_action: bool) -> Iterator[Weighed]:
    """`Secretariat to circulate the draft`, `Glossary to be finalised`: no verb before `to`."""
    words = sentence.words
    match = _TO.search(words, begin)
    if match and words[match.end() :].partition(" ")[0] not in weighted_promise_phrases_en.TO_DO_VERBS:
        match = (_TO_BE.search(words, begin) if "to be " in words or "to go o" in words else None) or match
    if not match or match.start() - begin > 90:
        return
    if not (sentence.is_first or begin) and not _is_named(sentence, match.start()):
        return  # In minutes an order stands behind what was discussed, and begins with a party.
    bracket = words.rfind("(", begin, match.start())
    if bracket >= 0 and (closing := words.find(")", match.end())) >= 0 and not words[closing + 1 :].strip(" .;"):
        yield from _in_brackets(sentence, begin, (bracket, closing), match)
        return
    front = words[begin : match.start()].strip(" *")
    verb = re.match(r"(?:(be|go) )?([a-z]+)", words[match.end() :])
    if not front or not verb or len(front.split()) > 12:
        return
    is_passive = bool(verb[1])
    if is_passive and _FINITE.search(front):
        return  # `They noted that it would continue to be …`.
    mentions = [each for each in sentence.mentions if begin <= each.start and each.end <= match.start()]
    rest = front
    for each in sorted(mentions, key=lambda each: each.start, reverse=True):
        rest = rest[: max(0, each.start - begin)] + rest[max(0, each.end - begin) :]
    rest = re.sub(r"\b(?:the|and|both|with|of|for|in)\b|[,&()/*]", " ", rest, flags=re.IGNORECASE).strip()
    if is_passive:
        if is_action or sentence.block.kind == BlockKind.ITEM or len(words) < 90:
            score = 2.7 if is_action else 1.8  # A little more than as an order: `Draft of the plan to be sent`.
            end = match.end() + 3
            agent = _agent_behind(sentence, end)
            done = agent or ClauseSubject(front, Sort.THING)
            yield Weighed(
                score + (_SUBJECTS[agent.sort][0] if agent else 0),
                FIRM,
                match.start(),
                end,
                (end, len(words)),
                done,
                ("X to do", _SUBJECTS[agent.sort][1] if agent else "no doer"),
                True,
                verb="send" if verb[1] == "go" else "",
            )
        return
    if verb[2] in ("the", "all", "this", "that", "their", "its", "date", "be"):
        return
    found = tuple(dict.fromkeys(each.party for each in mentions))
    subject = None
    if found and len(rest) < 4:
        subject = ClauseSubject(front, Sort.PARTY, found, How.NAMED)
    elif not found and (
        role := re.fullmatch(
            r"(?:the )?(ministry|agency|service|office|embassy|secretariat|delegation|hosts?|both|all|parties|both (?:sides|parties)|all (?:parties|partners|participants))",
            front,
            re.IGNORECASE,
        )
    ):
        its = role_of(role[1], sentence.names) or (
            sentence.names.meant_by(role[1]) if re.match(r"both", role[1], re.IGNORECASE) else []
        )
        subject = ClauseSubject(
            front, Sort.PARTY if its else Sort.INSTITUTION, tuple(its), How.VISIT if its else How.NONE
        )
    elif (
        not found
        and re.fullmatch(
            r"(?:[A-Z][\w’'&.\-]*|of|the|for|and|on|&)(?: (?:[A-Z][\w’'&.\-]*|of|the|for|and|on|&|office|team|unit|secretariat|service))*",
            front,
        )
        and not re.match(
            r"(?:Thanks|Due|According|Prior|Next|As|In|How|Up|Access|Contributions?|Support|Close|Needs?)\b", front
        )
    ):
        subject = ClauseSubject(front, Sort.INSTITUTION, (front,), How.NAMED, (front,))
    elif re.fullmatch(r"\ue000+", front):
        subject = ClauseSubject(front, Sort.PERSON)
    if subject is None or fold(front.partition(" ")[0]) in _NO_ACTORS:
        return
    score = 3.0 if is_action or sentence.block.kind == BlockKind.ITEM or subject.sort == Sort.PARTY else 2.2
    end, following = _end_of_clause(sentence, match.end(), len(words))
    yield Weighed(
        score,
        FIRM,
        match.start(),
        match.end(),
        (match.end(), end),
        subject,
        ("X to do", _SUBJECTS[subject.sort][1]),
        following=following,
    )


def _is_named(sentence: Sentence, end: int) -> bool:
    """Whether the words of a sentence up to a place are a party, or several, and nothing else."""
    its = [each for each in sentence.mentions if each.end <= end]
    rest = sentence.words[:end]
    for each in reversed(its):
        rest = rest[: each.start] + rest[each.end :]
    return bool(its) and not re.sub(r"\b(?:the|and|with)\b|[,&/ ]", "", rest, flags=re.IGNORECASE)


def _in_brackets(sentence: Sentence, begin: int, brackets: tuple[int, int], to: re.Match[str]) -> Iterator[Weighed]:
    """`Review meeting in May (UNODC to organise)`: the promiser in brackets."""
    words = sentence.words
    its = tuple(dict.fromkeys(each.party for each in sentence.mentions if brackets[0] < each.start < to.start()))
    name = words[brackets[0] + 1 : to.start()].strip()
    if not its or not re.fullmatch(r"[a-z]+", words[to.end() : brackets[1]]):
        return
    subject = ClauseSubject(name, Sort.PARTY, its, How.NAMED)
    start, end = to.end(), brackets[1]
    why = ("X to do", _SUBJECTS[subject.sort][1])
    yield Weighed(3.4, FIRM, start, end, (start, end), subject, why, front=(begin, brackets[0]))


def _below_lead(sentence: Sentence) -> Iterator[Weighed]:
    """An item below a line with a cue: `The Board agreed:`, `UNODC will:`."""
    block, words = sentence.block, sentence.words
    lead = _cued_sentence(block.lead.rstrip(": "))
    cue = _LEAD.search(lead)
    bare = None if cue else _bare_lead(sentence, lead)
    if (not cue and not bare) or _IDLE_LEAD.search(lead):
        return
    first = re.match(r"(?:to )?(?:(?:also|jointly|further) )?([A-Za-z]+)", words)
    if not first:
        return
    mentions = sentence.names.parties_in(lead)
    charged = _CHARGED_LEAD.search(lead)
    doer = bare or next((each for each in mentions if charged and each.start == charged.end()), None)
    if cue and not doer:
        subject = subject_of(lead, cue.start(), sentence.names, mentions, sentence.before, sentence.last)
    elif doer:
        subject = ClauseSubject(lead[doer.start : doer.end], Sort.PARTY, (doer.party,), How.LIST)
    modal = re.search(
        r"\b(?:will|would|should|shall|is to|are to|to(?= [a-z])(?! (?:the|an?|its|their|all|each)\b))\b ", words
    )
    inner = None
    if modal and words.count("(", 0, modal.start()) > words.count(")", 0, modal.start()):
        return  # `Review meeting in May (UNODC to organise)`: who does it stands in brackets.
    if modal and not words.startswith("to ") and modal.start() < 90:
        inner = subject_of(
            words,
            modal.start(),
            sentence.names,
            sentence.mentions,
            subject.by if len(subject.by) > 1 else sentence.before,
            subject.by,
        )
        if inner.sort in (Sort.THING, Sort.EMPTY, Sort.RELATIVE, Sort.EVENT):
            is_done = re.match(r"be \w", words[modal.end() :])
            if not is_done and inner.sort != Sort.EVENT:
                return
            yield Weighed(
                2.6,
                FIRM,
                modal.start(),
                modal.end(),
                (modal.end(), len(words)),
                ClauseSubject(inner.words, Sort.THING),
                ("below a line that agrees", "no doer"),
                bool(is_done),
            )
            return
    if inner is not None and modal is not None:
        yield Weighed(
            3.2,
            FIRM,
            modal.start(),
            modal.end(),
            (modal.end(), len(words)),
            inner,
            ("below a line that agrees", _SUBJECTS[inner.sort][1]),
        )
        return
    word = first[1].lower()
    if words.startswith("to ") or word in weighted_promise_phrases_en.TO_DO_VERBS or word.endswith("ing"):
        begin = 3 if words.startswith("to ") else 0
        by = ClauseSubject(
            subject.words,
            Sort.PARTY if subject.by else subject.sort,
            subject.by,
            How.LIST if subject.by else How.NONE,
            subject.new,
        )
        is_soft = cue and re.search(r"\b(?:intend|plan|aim|ready|read|willing|offer|aspir)", cue[0], re.IGNORECASE)
        strength = SOFT if is_soft else FIRM
        yield Weighed(3.0, strength, begin, begin, (begin, len(words)), by, ("below a line that agrees",))


def _cued_sentence(lead: str) -> str:
    """The last sentence with a cue in the paragraph above a list: names before it are only mentioned."""
    if ". " not in lead:
        return lead
    *_, (start, end) = sentences_of(lead)
    return lead[start:end] if _LEAD.search(lead, start) else lead


_LEAD = lazy(
    r"\b(?:agreed?|decided?|commit(?:ted)?|undert(?:ook|akes?|aken)|resolved?|pledged?|promised?|will|shall|intends?|plans?|aims?|offered|read(?:y|iness)|willing(?:ness)?|accepted|assumed|t(?:ook|aken?|akes) (?:on|upon)|tasked|charged|entrusted|falls to|fell to|concluded|is to|are to|conclusions|commitments|obligations|undertakings)\b",
    re.IGNORECASE,
)
_CHARGED_LEAD = lazy(
    r"\b(?:(?:falls|fell|is up) to|(?:commitments|obligations|undertakings|tasks|actions|next steps) (?:of|by|for)) (?:the )?",
    re.IGNORECASE,
)
"""Before who does what stands below: `It falls to the Service to:`, `Commitments of the Ministry:`."""
_BESIDE_BARE = lazy(r"(?:the )?|,? (?:for|on) (?:its|their) (?:part|side)|", re.IGNORECASE)
_SURE_ORDER = lazy(r"to [a-z]+ |[A-Za-z]+ (?:the|an?|its|their|all|any|each|\d+|one|two|three|four|five|ten)\b")


def _bare_lead(sentence: Sentence, lead: str) -> Mention | None:
    """The party that alone is the line above a list, where the item is an order: `UNODC:`, `- send the list`."""
    mentions = sentence.names.parties_in(lead)
    if len(mentions) != 1 or introduces_nothing(sentence.block.section) or not _SURE_ORDER.match(sentence.words):
        return None
    first, last = lead[: mentions[0].start], lead[mentions[0].end :]
    return mentions[0] if _BESIDE_BARE.fullmatch(first) and _BESIDE_BARE.fullmatch(last) else None


_IDLE_LEAD = lazy(
    r"\b(?:not|discuss\w*|principles|topics|include|focus|following (?:areas|topics|issues|questions)|recommend\w*|importance|priorities|areas)\b",
    re.IGNORECASE,
)


_DOES = lazy(
    rf"(?<=\w) (?:also |jointly |further |then |совместно |также )*(?P<verb>(?:{weighted_promise_phrases_en.TO_DO})s?\b|{weighted_promise_phrases_ru.PRESENT})(?= )"
)
_OF_SEVERAL = lazy(r"\b(?:and|both|all|they|we|the (?:parties|sides|two)|\w+ries|\w+[^s]s)\b", re.IGNORECASE)
"""The subject of a verb without an `s`."""
_MOST_BEFORE_VERB = 80


def _does_below_lead(sentence: Sentence) -> Iterator[Weighed]:
    """What somebody does, below a line that agrees: `The sides agreed that:`, `- UNODC sends the programme`."""
    words, lead = sentence.words, sentence.block.lead.rstrip(": ")
    if not (_AGREED_RU if sentence.is_russian else _AGREED).search(lead) or _IDLE_LEAD.search(lead):
        return
    does = _DOES.search(words, 0, _MOST_BEFORE_VERB)
    if does is None:
        return
    is_of_several = bool(_OF_SEVERAL.search(words, 0, does.start()))
    if not sentence.is_russian and does["verb"].endswith("s") == is_of_several:
        return  # `UNODC contact points`: a noun.
    start, stop = does.span("verb")
    subject = subject_of(words, start, sentence.names, sentence.mentions, sentence.before, sentence.last)
    if subject.sort not in (Sort.PARTY, Sort.INSTITUTION, Sort.BOTH):
        return
    verb = infinitive_of_present(does["verb"]) if sentence.is_russian else ""
    yield Weighed(
        2.6 + _SUBJECTS[subject.sort][0],
        FIRM,
        start,
        stop + 1 if verb else start,
        (stop + 1 if verb else start, len(words)),
        subject,
        ("below a line that agrees", _SUBJECTS[subject.sort][1]),
        verb=verb,
    )


_RECOMMENDED = lazy(
    r"\b(?:recommend(?:s|ed)?|recommendations? (?:is|are|was|were|follows?))\b[^.;]{0,60}$", re.IGNORECASE
)
_SHOULD_DO = lazy(
    rf"(?<=\w) (?:should |must )?(?:also |jointly |further |then )*(?P<verb>(?:{weighted_promise_phrases_en.TO_DO}|include|ensure|continue|finali[sz]e)\b)(?= )"
)
RECOMMENDED = "recommended"
"""The rule of what is recommended: it is promised to nobody."""
_OF_A_RECOMMENDATION = 2.1


def _recommended(sentence: Sentence) -> Iterator[Weighed]:
    """What the author recommends to somebody by name: `I recommend that:`, `1. The Ministry establish a group.`

    Nobody took it on: it is soft, and never sure.
    """
    words, lead = sentence.words, _cued_sentence(sentence.block.lead.rstrip(": "))
    if sentence.is_russian or not _RECOMMENDED.search(lead):
        return
    does = _SHOULD_DO.search(words, 0, _MOST_BEFORE_ADVICE)
    if does is None:
        return
    start = does.start("verb")
    subject = subject_of(words, does.start(), sentence.names, sentence.mentions, (), ())
    if subject.sort in (Sort.PARTY, Sort.INSTITUTION):
        yield Weighed(_OF_A_RECOMMENDATION, SOFT, start, start, (start, len(words)), subject, (RECOMMENDED,))


_MOST_BEFORE_ADVICE = 120
"""Characters before the verb of a recommendation: a long name may stand there."""

_AGREED = lazy(r"\b(?:agreed?|decided?|resolved?|concluded|committed|pledged)\b", re.IGNORECASE)

_DONE_SAID = lazy(r"\b(?:done|completed|closed|finished|n/a|nothing|none)\b", re.IGNORECASE)


_INSTITUTION_LABEL = lazy(
    r"(?:the )?(?=.*(?:\b[A-Z]{2,}\b|(?i:\b(?:ministry|agency|service|office|embassy|secretariat|bureau|police|council|committee|centre|center|institute"
    r"|academy|department|directorate|unit|board|commission|court|bank|customs)\b)))[A-Z][\w&.’'\-]*(?: (?:of|the|for|and|on|&|[A-Z][\w&.’'\-]*)){0,7}"
)
"""Before a colon and an order: an institution, known or not, and no label (`NCB Tashkent: report …`)."""


def _order(sentence: Sentence, begin: int) -> Iterator[Weighed]:
    """An order below a heading of actions: `Send the list (IOM, 5 May)`, `IOM: send the list`."""
    words = sentence.words
    subject = ClauseSubject("", Sort.EMPTY)
    named = re.match(r"([^:–—>→]{2,60}?)(?::| [–—-]| ?(?:->|=>|→)) (?=[A-Za-z])", words[begin:])
    if named:
        inside = [each for each in sentence.mentions if begin <= each.start < begin + named.end(1)]
        its = tuple(dict.fromkeys(each.party for each in inside))
        if not its and re.fullmatch(r"(?:all|both|all parties|both sides|everyone)", named[1], re.IGNORECASE):
            its = tuple(sentence.names.meant_by(named[1]))
        if its:
            subject = ClauseSubject(named[1], Sort.PARTY, its, How.NAMED)
            begin += named.end()
        elif _INSTITUTION_LABEL.fullmatch(named[1]):
            begin += named.end()
            its = tuple(role_of(named[1], sentence.names)) or (named[1].strip(),)
            is_known = its != (named[1].strip(),)
            subject = ClauseSubject(
                named[1], Sort.INSTITUTION, its, How.VISIT if is_known else How.NAMED, () if is_known else its
            )
    first = re.match(r"(?:to )?([A-Za-z]+)", words[begin:])
    verb = first[1].lower() if first else ""
    if verb not in weighted_promise_phrases_en.TO_DO_VERBS and not (
        named and verb.removesuffix("s") in weighted_promise_phrases_en.TO_DO_VERBS
    ):
        if named and subject.by and not _DONE_SAID.search(words[begin:]):
            yield Weighed(2.4, FIRM, begin, begin, (begin, len(words)), subject, ("named under actions", "party named"))
        return
    end = len(words)
    last = re.search(r"\(([^()]*)\)[. ]*$|[–—-] ([^–—-]{2,60})$", words)
    if last and last.start() > begin and not subject.by:
        inside = [each for each in sentence.mentions if last.start() <= each.start]
        if inside:
            subject = ClauseSubject(
                words[last.start() :], Sort.PARTY, tuple(dict.fromkeys(each.party for each in inside)), How.NAMED
            )
            end = last.start()
    yield Weighed(
        2.6 + (0.5 if subject.by else 0),
        FIRM,
        begin,
        begin,
        (begin, end),
        subject,
        ("an order under actions", _SUBJECTS[subject.sort][1]),
    )


def _infinitive(sentence: Sentence, begin: int, *, is_action: bool, is_item: bool) -> Iterator[Weighed]:
    """An infinitive under `РЕШИЛИ:`, or with somebody in the dative: `Пограничной службе представить`."""
    words, block = sentence.words, sentence.block
    if not sentence.is_first or sentence.rules.IDLE_ORDERS.compiled.search(words[begin:]):
        return
    lead = _lead_in(sentence) if is_item else None
    is_needed = _is_needed(sentence, lead)
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
        or (_RESPONSIBLE.search(words, at) and not mentions)
    ):
        return
    if len(front.split()) > 14:
        return
    by = (
        tuple(dict.fromkeys(each.party for each in mentions))
        if is_dative or not front
        else tuple(dict.fromkeys(each.party for each in mentions if each.start <= begin + 1))
    )
    if not by and front and (role := _ROLE_IN_DATIVE.match(front)):
        by = tuple(role_of(role[0], sentence.names))
    act_end, doer = len(words), front
    if not by and (last := _RESPONSIBLE.search(words, at)):
        by = tuple(dict.fromkeys(each.party for each in sentence.mentions if last.start() < each.start < last.end()))
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
    yield Weighed(
        score + (0.3 if subject.by else 0),
        lead.strength if lead else FIRM,
        at,
        at + len(match[0]) if has_object else at,
        (at, act_end),
        subject,
        (why,),
        front=(begin, at) if has_object else None,
    )


_RESPONSIBLE = lazy(
    r" ?[(,;–—-] ?(?:отв\.|ответственн\w+|исп\.|исполнител\w+)[:\s–—-]*[^()]{2,80}\)?[ .;]*$", re.IGNORECASE
)
"""At the end of an item: who does it (`(отв. УНП ООН)`)."""
_AUTHOR_RU = lazy(r"\b(?:автор(?: отч[её]та| записки| справки)?|составитель|нижеподписавшийся)\b", re.IGNORECASE)
_AGREED_RU = lazy(r"\b(?:договорил\w+|условил\w+|обязал\w+|решил\w+|обязу\w+)", re.IGNORECASE)


def _has_dative(words: str, mentions: Sequence[Mention]) -> bool:
    first = words[mentions[0].start : mentions[0].end].split()[0]
    return bool(re.search(r"(?:ой|ей|ому|ему|у|ю|е|ам|ям|и)$", first)) or first.isupper()


def _row(sentence: Sentence) -> Weighed | None:
    """A row of a table of actions; None for a row of any other table."""
    block, words = sentence.block, sentence.words
    columns = columns_of(block.heads)
    if not columns or len(block.cells) <= columns["action"]:
        return None
    start, end = block.cells[columns["action"]]
    if end - start < 4:
        return None

    def cell(role: str) -> tuple[int, int] | None:
        index = columns.get(role)
        return block.cells[index] if index is not None and index < len(block.cells) else None

    by_cell = cell("by")
    if _goes_on(block):
        return None
    score, why = 3.4, ["a row of actions"]
    if any((its := cell(role)) and DONE.match(words[slice(*its)].strip()) for role in ("status", "due")):
        score, why = 0.5, [*why, "done already"]
    subject = _doer_in_cell(sentence, by_cell) if by_cell else ClauseSubject("", Sort.EMPTY)
    return Weighed(score, FIRM, start, start, (start, end), subject, tuple(why), False, cell("due"), cell("to"))


def _goes_on(block: Block) -> bool:
    """Whether a row only goes on with the one above: its table numbers the rows, and this one has one cell, no number."""
    filled = [place for place, (start, end) in enumerate(block.cells) if block.words[start:end].strip(" -–—")]
    return len(filled) == 1 and filled[0] > 0 and bool(_NUMBER_HEAD.fullmatch(block.heads[0].strip()))


_NUMBER_HEAD = lazy(r"(?:No\.?|Nr\.?|#|N°|№(?: ?п/?п)?|п/п)", re.IGNORECASE)


def receivers_in_cell(sentence: Sentence, cell: tuple[int, int]) -> tuple[str, ...]:
    """The receivers in a cell of a row: its parties, and certain institutions."""
    start, end = cell
    found: list[str] = []
    at = start
    for part in _names_in_cell(sentence.words[start:end], sentence):
        at = sentence.words.index(part, at)
        name = _ASIDE_IN_CELL.sub("", part).strip(" .,;:–—-")
        known = [each.party for each in sentence.mentions if at <= each.start < at + len(part)]
        at += len(part)
        noun = re.sub(r"^the ", "", name, flags=re.IGNORECASE)
        role = role_of(noun, sentence.names) if not known and is_agent(noun) else []
        if known or role:
            found += known or role
        elif (
            name[:1].isupper()
            and looks_like_an_institution(name)
            and not is_region(name)
            and HIDDEN not in name
            and not _ALL.fullmatch(name)
        ):
            found.append(sentence.names.meant_by_words(name) or name)
    return tuple(dict.fromkeys(found))


_ALL = lazy(r"(?:both|all|each|every|все|обе|кажд\w+)\b[^,;]*|стороны", re.IGNORECASE)
_BOTH_SIDES = lazy(r"both|all|all parties|both sides|all sides|стороны|все|все стороны|обе стороны", re.IGNORECASE)
_ASIDE_IN_CELL = lazy(r"\s*\([^()]*\)")
_BETWEEN_NAMES = lazy(r"\s*[;,/+\n]\s*")
_AND_NAMES = lazy(r" (?:and (?:the )?(?=[A-Z])|и (?=[А-ЯЁA-Z]))")
_SURNAME = lazy(r"[А-ЯЁ][а-яё\-]+(?:[оеё]ва?|ина?|ск(?:ий|ая)|енко|дзе|швили|[ую]к)")


def _names_in_cell(text: str, sentence: Sentence) -> list[str]:
    """The names that a cell lists; `and` separates them where each is one of an institution by itself."""
    found: list[str] = []
    for part in _BETWEEN_NAMES.split(text):
        both = _AND_NAMES.split(part)
        is_list = len(both) > 1 and all(
            sentence.names.parties_in(each) or (looks_like_an_institution(each) and not is_region(each))
            for each in both
        )
        found += both if is_list else [part]
    return found


def _doer_in_cell(sentence: Sentence, cell: tuple[int, int]) -> ClauseSubject:
    """The promisers in a cell of a row: known parties, and institutions as they are written."""
    start, end = cell
    text = sentence.words[start:end].strip()
    if not text.strip(" -–—?"):
        return ClauseSubject("", Sort.EMPTY)
    inside = [each for each in sentence.mentions if start <= each.start < end]
    if not inside and _BOTH_SIDES.fullmatch(text):
        its = tuple(sentence.names.meant_by(text))
        return ClauseSubject(text, Sort.PARTY if its else Sort.BOTH, its, How.VISIT if its else How.NONE)
    found: list[str] = []
    new: list[str] = []
    at = start
    for part in _names_in_cell(sentence.words[start:end], sentence):
        at = sentence.words.index(part, at)
        known = [each.party for each in inside if at <= each.start < at + len(part)]
        name = _ASIDE_IN_CELL.sub("", part).strip(" .,;:–—-")
        at += len(part)
        if known:
            found += known
        elif len(text) == len(part) and (
            its_role := role_of(re.sub(r"^(?:the )", "", name, flags=re.IGNORECASE), sentence.names)
        ):
            return ClauseSubject(text, Sort.PARTY, tuple(its_role), How.VISIT)
        elif may_be_a_person(name) or _SURNAME.fullmatch(name):
            continue  # It may be an officer: which institution?
        elif meant := sentence.names.meant_by_words(name):
            found.append(meant)
        elif _INNER_UNIT.match(name):
            theirs = {party for place, party in sentence.persons if at - len(part) <= place < at}
            if len(theirs) == 1:
                return ClauseSubject(text, Sort.PARTY, tuple(theirs), How.LIST)
            if not _OWN_UNIT.match(name):
                found.append(name)
                new.append(name)
        elif name and HIDDEN not in name and not _ALL.fullmatch(name):
            found.append(name)
            new.append(name)
    if not found:
        is_person = HIDDEN in text or may_be_a_person(text) or bool(_SURNAME.fullmatch(text))
        return ClauseSubject(text, Sort.PERSON if is_person else Sort.INSTITUTION)
    parties = tuple(dict.fromkeys(found))
    return ClauseSubject(text, Sort.INSTITUTION if new else Sort.PARTY, parties, How.NAMED, tuple(dict.fromkeys(new)))


_INNER_UNIT = lazy(r"(?:отдел|сектор|секция|управление|департамент|бухгалтерия|канцелярия)(?![а-яё])", re.IGNORECASE)
"""Which may be a part of another institution: of the party of the person who stands beside it."""
_OWN_UNIT = lazy(r"(?:отдел|сектор|секция|бухгалтерия|канцелярия)(?![а-яё])", re.IGNORECASE)
"""What is always a part of one, and no party itself: of which one, the text may not say."""
_ACCUSATIVE = lazy(r"(?:[а-яё]+(?:ую|юю) )*[а-яё]{2,}[ую]\b", re.IGNORECASE)
"""An object before its verb, which is no subject: `копию`."""


def done_by_same(weighed: Weighed, words: str, first: ClauseSubject) -> Weighed:
    """A Russian clause behind another one, where it has an object and no subject: the one before is meant.

    `КГД подготовит проект, а копию направит в МВД`.
    """
    subject = weighed.subject
    is_object = subject.sort in (Sort.THING, Sort.EMPTY) and bool(_ACCUSATIVE.match(words[: weighed.start]))
    if weighed.why[0] != "сделает" or weighed.is_passive or not is_object or not first.by:
        return weighed
    meant = ClauseSubject(first.words, first.sort, first.by, How.BEFORE, first.new)
    score = weighed.score - _SUBJECTS[subject.sort][0] + _SUBJECTS[first.sort][0]
    why = (weighed.why[0], _SUBJECTS[first.sort][1], *weighed.why[2:])
    return weighed._replace(score=score, subject=meant, front=(0, weighed.start), why=why)


def nothing_weighed(words: str) -> Weighed:
    """A sentence without a promise: no promiser, and all of it as title."""
    return Weighed(0.0, SOFT, 0, 0, (0, len(words)), ClauseSubject("", Sort.EMPTY), ())
