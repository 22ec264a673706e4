"""Say which state a word of a list means, in English, Russian, French and Spanish.

The words of each state are its `import_words` in `store.model.vocabulary_and_signs`; those of "not done
yet" stand here.
"""

from store.fold_case_and_accents import fold, spaced
from store.model.vocabulary_and_signs import CLOSING_REASONS, STATES, State
from store.sanitise_text import clean_line, visible
from store.translation import language, phrase, tr
from store.words_for_none import NONE_TYPED

NOT_DONE = "open"
"""Not done yet, proposed or agreed: not a state of ours, so it changes none."""

_NOT_DONE_WORDS = (
    "open|pending|not started|not yet started|to do|todo|planned|new|outstanding|not done|upcoming"
    "|overdue|late|delayed|открыто|не начато|новое|новый|запланировано|планируется|ожидает|ожидается|не выполнено"
    "|не исполнено|в плане|просрочено|предстоит|needs action|backlog|a faire|non commence|pas commence|en attente"
    "|prevu|pendiente|por hacer|no iniciado|sin iniciar|previsto|en espera|не начата|не начат|non demarre|non demarree"
    "|waiting on someone else|waiting for someone else|waiting|waiting on others|deferred"
    "|ожидание другого лица|отложено"
    "|en attente d une autre personne|differe|a la espera de otra persona|aplazada"
    "|non commencee|pas commencee|postponed|reporte|reportee|aplazado|aplazada|перенесено"
    "|en retard|retarde|retardee|retrasado|retrasada|vencido|vencida|atrasado|atrasada"
    "|pas demarre|no iniciada|sin empezar|no comenzado|no comenzada"
)

ICS_STATUSES = {"NEEDS-ACTION": NOT_DONE, "IN-PROCESS": "in progress", "COMPLETED": "done", "CANCELLED": "dropped"}
"""STATUS of a to-do (RFC 5545, 3.8.1.11) -> the word for the same state."""


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in fold(spaced(text))).split())


_MEANINGS: tuple[tuple[str, tuple[str, str | None]], ...] = (
    (_NOT_DONE_WORDS, (NOT_DONE, None)),
    *((state.import_words, (state.word, None)) for state in STATES.values()),
    *((reason.import_words, (State.CLOSED, reason.word)) for reason in CLOSING_REASONS.values()),
)
_USUAL = (_NOT_DONE_WORDS, *(state.import_words for state in STATES.values() if state.word != State.CLOSED))
"""The words of each state but closed, which needs a reason."""

_STATES = {_plain(word): meaning for words, meaning in _MEANINGS for word in words.split("|")}


STATES_SAID = {
    NOT_DONE: phrase("open"),
    State.PROPOSED: phrase("proposed"),
    State.AGREED: phrase("agreed"),
    State.IN_PROGRESS: phrase("in-progress"),
    State.REPORTED: phrase("reported"),
    State.CONFIRMED: phrase("confirmed"),
    State.CLOSED: phrase("closed"),
}
"""State, or NOT_DONE -> how people are told of it."""


def usual_words() -> list[str]:
    """A word for each state but closed, in the language of the program where the lists are known in it."""
    return [_usual(words) for words in _USUAL]


def usual_word_of(reason: str) -> str:
    """A word for a closing reason, in the language of the program where the lists are known in it."""
    return _usual(CLOSING_REASONS[reason].import_words)


def word_typed_for(word: str) -> str:
    """A word that is typed for a state, in the language of the program if lists are known in it; any other as it is."""
    if word == NOT_DONE:
        return _usual(_NOT_DONE_WORDS)
    if language() != "ru":
        return word
    if word in CLOSING_REASONS:
        return usual_word_of(word)
    if word in STATES:
        return _usual(STATES[word].import_words)
    return NONE_TYPED[1] if word == NONE_TYPED[0] else word


def _usual(words: str) -> str:
    first, *others = words.split("|")
    if language() != "ru":
        return first
    return next((word for word in others if "а" <= word[0] <= "я"), first)


def state_of(text: str) -> tuple[str, str | None] | None:
    """Parse a word into a state (or NOT_DONE) and a closing reason; None if unknown, or a question: `Done?`.

    `closed` and `cancelled` alone have no reason.
    """
    return _STATES.get(_plain(text)) if "?" not in text else None


def because_of(text: str) -> str | None:
    """Parse a word into a closing reason; None if unknown."""
    found = _STATES.get(_plain(text))
    return found[1] if found else None


def sentence_of_closed(word: str) -> str:
    """The refusal of a word for a state that says that it is closed, and not how it ended."""
    return tr(
        '"{word}" says that it is closed, and not how it ended: write done, or {closing_reasons}',
        word=visible(clean_line(word))[:60],
        closing_reasons=", ".join(map(usual_word_of, CLOSING_REASONS)),
    )
