"""List items below a line that says who promises, agrees or recommends."""

from __future__ import annotations

import re

from store.capture.lazy_pattern import lazy
from store.capture.parties.find_who_promises import ClauseSubject, How, Sort, subject_of
from store.capture.promises import weighted_promise_phrases_en, weighted_promise_phrases_ru
from store.capture.promises.list_lead_ins import introduces_nothing
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.capture.promises.promise_verbs_ru import infinitive_of_present
from store.capture.promises.scored_sentence import WEIGHT_OF_SUBJECT, ScoredSentence
from store.capture.text_structure.blocks import BlockKind
from store.capture.text_structure.sentences import sentences_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.capture.parties.find_party_names import Mention
    from store.capture.promises.list_lead_ins import LeadIn
    from store.capture.promises.sentence_in_context import Sentence


def promiser_by_lead_in(sentence: Sentence) -> LeadIn | None:
    """The promiser of an item, by the line above its list; by a name alone where its items are no wishes."""
    lead, block = sentence.lead_in, sentence.block
    if lead is None or block.kind != BlockKind.ITEM:
        return None
    return None if lead.is_bare and introduces_nothing(block.section) else lead


def orders_below_lead_in(sentence: Sentence) -> Iterator[ScoredSentence]:
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
            yield ScoredSentence(
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
        yield ScoredSentence(
            3.2,
            FIRM,
            modal.start(),
            modal.end(),
            (modal.end(), len(words)),
            inner,
            ("below a line that agrees", WEIGHT_OF_SUBJECT[inner.sort][1]),
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
        yield ScoredSentence(3.0, strength, begin, begin, (begin, len(words)), by, ("below a line that agrees",))


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


def present_tense_below_lead_in(sentence: Sentence) -> Iterator[ScoredSentence]:
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
    yield ScoredSentence(
        2.6 + WEIGHT_OF_SUBJECT[subject.sort][0],
        FIRM,
        start,
        stop + 1 if verb else start,
        (stop + 1 if verb else start, len(words)),
        subject,
        ("below a line that agrees", WEIGHT_OF_SUBJECT[subject.sort][1]),
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


def recommendations_below_lead_in(sentence: Sentence) -> Iterator[ScoredSentence]:
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
        yield ScoredSentence(_OF_A_RECOMMENDATION, SOFT, start, start, (start, len(words)), subject, (RECOMMENDED,))


_MOST_BEFORE_ADVICE = 120
"""Characters before the verb of a recommendation: a long name may stand there."""

_AGREED = lazy(r"\b(?:agreed?|decided?|resolved?|concluded|committed|pledged)\b", re.IGNORECASE)

_AGREED_RU = lazy(r"\b(?:договорил\w+|условил\w+|обязал\w+|решил\w+|обязу\w+)", re.IGNORECASE)
