"""Weighs a sentence: the rules that speak for and against it, a sum, a band."""

from __future__ import annotations

from dataclasses import dataclass

from store.capture import promise_phrases_en, promise_phrases_ru
from store.capture.blocks import Kind
from store.capture.rules import FIRM
from store.capture.subjects import Sort, Subject, clause_before, subject_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.capture.blocks import Block
    from store.capture.known_names import KnownNames, Mention


class Band:
    """How sure a proposal is."""

    SURE, LIKELY, DOUBTFUL, UNLIKELY = "sure", "likely", "doubtful", "unlikely"
    ORDER = (SURE, LIKELY, DOUBTFUL, UNLIKELY)


_BOUNDS = ((Band.SURE, 3.0), (Band.LIKELY, 2.0), (Band.DOUBTFUL, 1.2))


def band_of(score: float) -> str:
    """The band of a score."""
    return next((band for band, bound in _BOUNDS if score >= bound), Band.UNLIKELY)


@dataclass(slots=True)
class Weighed:
    """A sentence that was weighed: its score, the cue's rule and span, who promises, the rules that spoke."""

    score: float
    strength: str
    start: int
    end: int
    subject: Subject
    why: tuple[str, ...]


_SUBJECTS = {
    Sort.PARTY: (0.8, "party named"),
    Sort.INSTITUTION: (0.5, "an institution"),
    Sort.BOTH: (0.5, "both sides"),
    Sort.WE: (0.4, "we"),
    Sort.PERSON: (-0.4, "a person"),
    Sort.THING: (-2.0, "a thing as subject"),
    Sort.RELATIVE: (-2.5, "told, not made"),
    Sort.EMPTY: (0.0, "no subject"),
}


def weigh(
    block: Block, words: str, names: KnownNames, mentions: Sequence[Mention], before: Sequence[str], *, is_russian: bool
) -> Weighed | None:
    """Weigh a sentence; None where nothing in it promises."""
    table = promise_phrases_ru if is_russian else promise_phrases_en
    best: Weighed | None = None
    features = [rule for rule in table.FEATURES if rule.compiled.search(words)]
    for rule in table.CUES:
        match = rule.compiled.search(words)
        if match is None:
            continue
        subject = subject_of(words, clause_before(words, match.start()), names, mentions, before)
        weight, name = _SUBJECTS[subject.sort]
        score = rule.weight + weight + sum(each.weight for each in features)
        why = (rule.name, name, *(each.name for each in features))
        if block.kind == Kind.QUOTED:
            score, why = score - 3, (*why, "a quoted mail")
        if best is None or score > best.score:
            best = Weighed(score, rule.strength or FIRM, match.start(), match.end(), subject, why)
    return best
