"""Orders and nouns of acts in lists of actions: `UNODC to send the list`, `IOM: send the list`."""

from __future__ import annotations

import re

from store.capture.fields.deadline_of_promise import has_deadline
from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, role_of
from store.capture.promises import weighted_promise_phrases_en
from store.capture.promises.doer_of_passive import doer_behind
from store.capture.promises.phrase_rule import FIRM
from store.capture.promises.promise_of_second_party import end_of_clause
from store.capture.promises.promises_below_lead_in import promiser_by_lead_in
from store.capture.promises.scored_sentence import WEIGHT_OF_SUBJECT, ScoredSentence
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.table_and_list_headings import ACTION_HEADING
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.promises.sentence_in_context import Sentence


def is_under_actions(sentence: Sentence) -> bool:
    block = sentence.block
    return block.kind == BlockKind.ITEM and bool(ACTION_HEADING.search(block.lead or block.section))


_NOUN_OF_ACT = lazy(
    r"(?:[а-яё]{2,}(?:[нт]ие|ци[яю]|вк[ау]|ач[ау]|мен|ство|бот[ау]|рк[ау]|упк[ау])|[a-z]{3,}(?:tion|ment|sion|ing|[cvs]al|ery|ance|ation))(?= [^\W\d_])",
    re.IGNORECASE,
)
"""A noun that is an act: `проведение семинара`, `delivery of the forms`."""

_AGENT_LABEL = lazy(r"(?:[Зз]а |[Оо]т |[Сс] )?(?P<who>[^:–—>→]{2,80}?)(?::| [–—-]| ?(?:->|=>|→)) (?=\w)")


def nouns_of_acts(sentence: Sentence, begin: int) -> Iterator[ScoredSentence]:
    """An item among actions that has no verb: `МВД — перечень контактов`, `Проведение семинара — до 1 мая (УНП ООН)`."""
    words = sentence.words
    if not sentence.is_first and not begin:
        return
    subject, start = ClauseSubject("", Sort.EMPTY), begin
    lead = promiser_by_lead_in(sentence)
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
    elif not subject.by and not sentence.is_russian and (agent := doer_behind(sentence, start)):
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
    why = ("named under actions" if subject.by else "dated under actions", WEIGHT_OF_SUBJECT[subject.sort][1])
    yield ScoredSentence(score, lead.strength if lead else FIRM, start, start, (start, end), subject, why)


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


def parties_to_do(sentence: Sentence, begin: int, *, is_action: bool) -> Iterator[ScoredSentence]:
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
            agent = doer_behind(sentence, end)
            done = agent or ClauseSubject(front, Sort.THING)
            yield ScoredSentence(
                score + (WEIGHT_OF_SUBJECT[agent.sort][0] if agent else 0),
                FIRM,
                match.start(),
                end,
                (end, len(words)),
                done,
                ("X to do", WEIGHT_OF_SUBJECT[agent.sort][1] if agent else "no doer"),
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
    end, following = end_of_clause(sentence, match.end(), len(words))
    yield ScoredSentence(
        score,
        FIRM,
        match.start(),
        match.end(),
        (match.end(), end),
        subject,
        ("X to do", WEIGHT_OF_SUBJECT[subject.sort][1]),
        following=following,
    )


def _is_named(sentence: Sentence, end: int) -> bool:
    """Whether the words of a sentence up to a place are a party, or several, and nothing else."""
    its = [each for each in sentence.mentions if each.end <= end]
    rest = sentence.words[:end]
    for each in reversed(its):
        rest = rest[: each.start] + rest[each.end :]
    return bool(its) and not re.sub(r"\b(?:the|and|with)\b|[,&/ ]", "", rest, flags=re.IGNORECASE)


def _in_brackets(
    sentence: Sentence, begin: int, brackets: tuple[int, int], to: re.Match[str]
) -> Iterator[ScoredSentence]:
    """`Review meeting in May (UNODC to organise)`: the promiser in brackets."""
    words = sentence.words
    its = tuple(dict.fromkeys(each.party for each in sentence.mentions if brackets[0] < each.start < to.start()))
    name = words[brackets[0] + 1 : to.start()].strip()
    if not its or not re.fullmatch(r"[a-z]+", words[to.end() : brackets[1]]):
        return
    subject = ClauseSubject(name, Sort.PARTY, its, How.NAMED)
    start, end = to.end(), brackets[1]
    why = ("X to do", WEIGHT_OF_SUBJECT[subject.sort][1])
    yield ScoredSentence(3.4, FIRM, start, end, (start, end), subject, why, front=(begin, brackets[0]))


_DONE_SAID = lazy(r"\b(?:done|completed|closed|finished|n/a|nothing|none)\b", re.IGNORECASE)

_INSTITUTION_LABEL = lazy(
    r"(?:the )?(?=.*(?:\b[A-Z]{2,}\b|(?i:\b(?:ministry|agency|service|office|embassy|secretariat|bureau|police|council|committee|centre|center|institute"
    r"|academy|department|directorate|unit|board|commission|court|bank|customs)\b)))[A-Z][\w&.’'\-]*(?: (?:of|the|for|and|on|&|[A-Z][\w&.’'\-]*)){0,7}"
)
"""Before a colon and an order: an institution, known or not, and no label (`NCB Tashkent: report …`)."""


def orders_to_parties(sentence: Sentence, begin: int) -> Iterator[ScoredSentence]:
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
            yield ScoredSentence(
                2.4, FIRM, begin, begin, (begin, len(words)), subject, ("named under actions", "party named")
            )
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
    yield ScoredSentence(
        2.6 + (0.5 if subject.by else 0),
        FIRM,
        begin,
        begin,
        (begin, end),
        subject,
        ("an order under actions", WEIGHT_OF_SUBJECT[subject.sort][1]),
    )
