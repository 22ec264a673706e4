"""A sentence with its score as a promise, and what the sort of its subject adds to it."""

from __future__ import annotations

from typing import NamedTuple

from store.capture.parties.find_who_promises import ClauseSubject, Sort
from store.capture.promises.phrase_rule import SOFT


class ScoredSentence(NamedTuple):
    """A scored sentence: its score, the place of the phrase that promises, the promisers, the rules that matched.

    `start` and `end` are the span of the phrase, and `act` that of the words of what is promised; `front` is the span of
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


WEIGHT_OF_SUBJECT = {
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


def unscored_sentence(words: str) -> ScoredSentence:
    """A sentence without a promise: no promiser, and all of it as title."""
    return ScoredSentence(0.0, SOFT, 0, 0, (0, len(words)), ClauseSubject("", Sort.EMPTY), ())
