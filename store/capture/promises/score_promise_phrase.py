"""Scores a sentence by one phrase that promises: its subject, its clause, the words before and behind it."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import (
    ClauseSubject,
    How,
    Sort,
    is_we,
    main_subject,
    object_before,
    subject_of,
)
from store.capture.promises.conditions_of_promise import condition_in
from store.capture.promises.doer_of_passive import PREPOSITION_RU, doer_at_end, doer_before, doer_behind
from store.capture.promises.features_of_phrase import features_of_phrase
from store.capture.promises.infinitives_under_decisions_ru import RESPONSIBLE_AT_END
from store.capture.promises.orders_under_actions import is_under_actions
from store.capture.promises.phrase_rule import FIRM
from store.capture.promises.promise_of_second_party import end_of_clause, verb_of_promise
from store.capture.promises.promise_verbs_ru import infinitive_of_present
from store.capture.promises.promiser_of_phrase import (
    ASKED_WHETHER,
    COORDINATION,
    ITS_OWN,
    ON_BEHALF,
    PASSIVE_RULES,
    RULES_OF_REPORTED_SPEECH,
    RULES_WITH_OBJECT_BEFORE,
    SAID_BY,
    WE_FORM_RU,
    WEIGHT_OF_VOW,
    future_ru,
    inner_subject,
    is_of_the_object,
    is_said_by_another,
    promiser_by_vow,
    with_party_of_person,
)
from store.capture.promises.promises_below_lead_in import promiser_by_lead_in
from store.capture.promises.scored_sentence import UNNAMED, WEIGHT_OF_SUBJECT, ScoredSentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.capture.promises.phrase_rule import Rule
    from store.capture.promises.sentence_in_context import Sentence

_NEGATED = lazy(
    r"\b(?:no|not|never|neither|without|nor|unable|refused?|declined?|failed?|n[’']t|не|ни|нет|отказал\w+|без)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)


def score_phrase(sentence: Sentence, rule: Rule, match: re.Match[str]) -> ScoredSentence:
    """Weigh a sentence by one cue."""
    words, names, table = sentence.words, sentence.names, sentence.rules
    start, end = match.span()
    if rule.name == "сделает" and (on_itself := _ON_ITSELF.match(words, end)):
        end = on_itself.end()
    subject = subject_of(words, start, names, sentence.mentions, sentence.before, sentence.last)
    if subject.ruler and subject.sort in (Sort.THING, Sort.EMPTY) and COORDINATION.search(words[:start]):
        # `UNODC explained that this is beyond its mandate but promised to ask`: the verb belongs to the first subject.
        main = main_subject(words, names, sentence.mentions, sentence.before, sentence.last)
        if main and main.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.BOTH, Sort.WE):
            subject = main
        elif main and main.sort == Sort.PERSON:
            subject = with_party_of_person(main, sentence, 0, start)._replace(ruler=words[:start])
    if (
        sentence.is_russian
        and rule.name in RULES_WITH_OBJECT_BEFORE
        and " ли " in words
        and ASKED_WHETHER.search(words[:start])
    ):
        # `Спросит, сможет ли служба помочь, и сообщит`: the verb belongs to who asks.
        asks = future_ru().search(words)
        if asks and asks.start() < start:
            asker = subject_of(words, asks.start(), names, sentence.mentions, sentence.before, sentence.last)
            subject = with_party_of_person(asker, sentence, 0, asks.start())._replace(ruler=words[:start])
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
    inner = inner_subject(sentence, match, subject) if rule.name in RULES_OF_REPORTED_SPEECH else None
    subject = inner or subject
    of_its = None
    if subject.sort == Sort.INSTITUTION and not subject.by and subject.ruler.endswith(" that "):
        of_its = ITS_OWN.match(subject.words)
    if of_its:  # `IFAD confirmed that its next mission will visit Lyon`
        outer = main_subject(subject.ruler, names, sentence.mentions, sentence.before, sentence.last)
        if outer and outer.sort == Sort.PARTY and outer.by:
            subject = subject._replace(sort=Sort.PARTY, by=outer.by, how=How.NAMED)
        else:
            of_its = None
    weight, why = rule.weight, [rule.name]
    is_passive = (
        rule.name in PASSIVE_RULES or bool(_BE_DONE.match(words[end:])) or words[max(0, end - 4) : end] == " be "
    )
    after = words[end:]
    act = re.sub(r"^be ", "", after)
    act_end, following = end_of_clause(sentence, end, len(words))
    agent = (doer_behind(sentence, end, act_end) or doer_before(sentence, subject, start)) if is_passive else None
    if is_passive and not agent and (vow := promiser_by_vow(sentence, rule, match, subject)):
        agent, weight = (
            with_party_of_person(vow, sentence, 0, start),
            weight + (WEIGHT_OF_VOW if rule.name in PASSIVE_RULES else 0),
        )
        if (
            sentence.author
            and (is_we(agent) or (agent.sort == Sort.WE and names.speaks_for_party))
            and not is_said_by_another(words, start)
        ):
            agent = agent._replace(by=tuple(sentence.author), how=How.AUTHOR)
    ruled = len(subject.ruler)
    is_we_form = sentence.is_russian and bool(WE_FORM_RU.search(match[0].strip()))
    if subject.sort in (Sort.EMPTY, Sort.THING) and (is_we_form or rule.name == "сделаю"):
        subject = subject._replace(words="мы" if is_we_form else "я", sort=Sort.WE)
    if (
        subject.sort == Sort.EMPTY
        and rule.name == "сделает"
        and sentence.is_first
        and (lead := promiser_by_lead_in(sentence))
    ):
        subject = lead.subject._replace(ruler=subject.ruler)
    subject = with_party_of_person(subject, sentence, ruled, start)
    if subject.sort == Sort.PERSON and not subject.by and (behalf := ON_BEHALF.match(words)):
        spoken_for = [each.party for each in sentence.mentions if each.start == behalf.end()]
        if spoken_for:
            subject = subject._replace(by=tuple(spoken_for), how=How.NAMED)
    said = SAID_BY.match(words) if is_we(subject) else None
    its_own = {each.party for each in sentence.mentions if said and said.start(1) <= each.start < said.end(1) <= start}
    if its_own:
        subject = subject._replace(by=tuple(its_own), how=How.NAMED) if len(its_own) == 1 else subject
    elif (
        sentence.author
        and (is_we(subject) or (subject.sort == Sort.WE and names.speaks_for_party))
        and not is_said_by_another(words, start)
    ):
        subject = subject._replace(by=tuple(sentence.author), how=How.AUTHOR)
        agent = subject if is_passive and re.match(r"нами|с нашей", subject.words, re.IGNORECASE) else agent
    if agent:
        subject = ClauseSubject(agent.words, agent.sort, agent.by, agent.how, agent.new, subject.ruler)
    if is_passive and not agent and sentence.is_russian and (last := RESPONSIBLE_AT_END.search(words, end)):
        doers = tuple(dict.fromkeys(each.party for each in sentence.mentions if last.start() < each.start < last.end()))
        if doers:
            agent = subject = ClauseSubject(
                words[last.start() :].strip(" ,;().–—-"), Sort.PARTY, doers, How.NAMED, ruler=subject.ruler
            )
            act_end = min(act_end, last.start())
    its, name = WEIGHT_OF_SUBJECT[subject.sort]
    patients: tuple[str, ...] = ()
    if is_passive and not agent and subject.sort != Sort.RELATIVE:
        # What is done to somebody or something: nobody says by whom.
        its, name, patients = -0.2, "no doer", subject.by
        subject = ClauseSubject(subject.words, Sort.THING, ruler=subject.ruler)
    weight += its
    is_unnamed = sentence.is_russian and subject.sort == Sort.BOTH and not subject.by
    why.append(UNNAMED if is_unnamed else name)
    for feature in features_of_phrase(sentence, start, end, subject, rule, is_passive=is_passive):
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
    if rule.name in PASSIVE_RULES and _PRONOUN.fullmatch(subject.words) and not agent:
        weight -= 1.2
        why.append("an event of others")
    if is_under_actions(sentence):
        weight += 0.5
        why.append("under a heading of actions")
    act_start, front = end, None
    if (
        rule.name in RULES_WITH_OBJECT_BEFORE
        and not is_passive
        and subject.sort in (Sort.PARTY, Sort.INSTITUTION, Sort.WE)
    ):
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
            and not WE_FORM_RU.search(match[0].strip())
            and not PREPOSITION_RU.search(words, end, each.start)
        ]
        if (
            behind
            and (
                subject.sort in (Sort.THING, Sort.EMPTY, Sort.EVENT)
                or (rule.name == "взял на себя" and not subject.by)
                or is_of_the_object(sentence, ruled, start, behind[0])
            )
            and not re.search(r"[,;]", words[end : behind[0].start])
        ):
            # The subject stands behind the verb: `Приглашения разошлёт секретариат`.
            weight += WEIGHT_OF_SUBJECT[Sort.PARTY][0] - WEIGHT_OF_SUBJECT[subject.sort][0]
            why[1] = WEIGHT_OF_SUBJECT[Sort.PARTY][1]
            subject = ClauseSubject(words[end : behind[0].end], Sort.PARTY, (behind[0].party,), How.NAMED)
            front = (ruled, start)
    if rule.name == "будет делать" and (doer := doer_at_end(sentence, subject, ruled, start, end)):
        weight += WEIGHT_OF_SUBJECT[Sort.PARTY][0] - WEIGHT_OF_SUBJECT[subject.sort][0]
        why[1] = WEIGHT_OF_SUBJECT[Sort.PARTY][1]
        subject = ClauseSubject(words[doer.start : doer.end], Sort.PARTY, (doer.party,), How.NAMED)
        act_end, verb = end, f"{words[end : doer.start]}{_small(words[ruled:start].strip())}"
    if is_passive and not sentence.is_russian:
        end += len(after) - len(act)
        act_start = end
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
