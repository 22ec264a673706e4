"""States and reasons for closing among the words of a line that is refused, in English or Russian: `5 in progress`.

Both languages are understood at any time, and a word is proposed again as it was typed.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import CLOSING_REASONS
from store.rules.transitions import step_of
from store.translation import ENGLISH, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_WORDS = 3
"""The most words of which a state consists: `сообщено о выполнении`."""


def state_said(words: Sequence[str]) -> tuple[str, int]:
    """The state that words begin with, as it is typed, and how many words it is; else `("", 0)`."""
    for length in range(min(len(words), _MOST_WORDS), 0, -1):
        state = "-".join(words[:length]).lower().replace(" ", "-")
        if step_of(state) is not None:
            return state, length
    return "", 0


def is_state(word: str) -> bool:
    """Whether a word is a state, or `returned`."""
    return step_of(word.lower()) is not None


def reason_said(word: str) -> str:
    """The reason for closing in a word, as it is typed; empty for any other word."""
    return word.lower() if closing_reason(word) else ""


def closing_reason(word: str) -> str | None:
    """The reason for closing that a word means, in English or Russian."""
    if word.isascii():
        return word.lower() if word.lower() in CLOSING_REASONS else None
    from store.rules.russian_twins_of_typed_words import word_among

    return word_among(word, CLOSING_REASONS)


def reasons_to_type(first: str) -> tuple[str, list[str]]:
    """The reasons for closing, one first, as they are typed in the language of the program."""
    others = [reason for reason in CLOSING_REASONS if reason != first]
    if language() == ENGLISH:
        return first, others
    from store.rules.russian_twins_of_typed_words import first_twins

    twins = first_twins(CLOSING_REASONS)
    return twins.get(first, first), [twins.get(reason, reason) for reason in others]
