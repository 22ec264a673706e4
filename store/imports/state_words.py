"""What other people's lists call the states of a promise, in English and Russian."""

from store.model.vocabulary import CLOSING_REASONS, STATES, State
from store.text import fold

NOT_DONE = "open"
"""Not done yet, and no word on whether it was agreed: no state of ours, so it changes none."""

_NOT_DONE_WORDS = (
    "open|pending|not started|not yet started|to do|todo|planned|new|outstanding|not done|upcoming"
    "|overdue|late|delayed|открыто|не начато|новое|новый|запланировано|планируется|ожидает|ожидается|не выполнено"
    "|не исполнено|в плане|просрочено|предстоит"
)

ICS_STATUSES = {"NEEDS-ACTION": NOT_DONE, "IN-PROCESS": "in progress", "COMPLETED": "done", "CANCELLED": "dropped"}
"""STATUS of a to-do (RFC 5545), which has no other -> the word of a list that means the same."""


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in fold(text)).split())


_MEANINGS: tuple[tuple[str, tuple[str, str | None]], ...] = (
    (_NOT_DONE_WORDS, (NOT_DONE, None)),
    *((state.import_words, (state.word, None)) for state in STATES.values()),
    *((reason.import_words, (State.CLOSED, reason.word)) for reason in CLOSING_REASONS.values()),
)
USUAL_WORDS = (NOT_DONE, *(state.import_words.split("|")[0] for state in STATES.values() if state.word != State.CLOSED))
"""A word for each state but closed, which needs a reason."""

_STATES = {_plain(word): meaning for words, meaning in _MEANINGS for word in words.split("|")}


def state_of(text: str) -> tuple[str, str | None] | None:
    """The state, or NOT_DONE, and why it is closed; None for a word that is not known. `closed` alone says not why."""
    return _STATES.get(_plain(text))


def because_of(text: str) -> str | None:
    """Why a promise was closed, by a word for it."""
    found = _STATES.get(_plain(text))
    return found[1] if found else None
