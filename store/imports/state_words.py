"""What lists call the states of a promise, in English and Russian."""

from store.model.vocabulary import Because, State
from store.text import fold

NOT_DONE = "open"
"""Not done yet, and no word on whether it was agreed: no state of ours, so it changes none."""

_WORDS = {
    (State.PROPOSED, None): "proposed|suggested|idea|предложено|предложение|намерение|предлагается",
    (State.AGREED, None): "agreed|accepted|approved|согласовано|согласован|согласована|принято|утверждено",
    (State.IN_PROGRESS, None): "in progress|ongoing|on going|started|under way|underway|in process|in work|partly done"
    "|partially done|partially completed|partially implemented|being implemented|в работе|в процессе|выполняется"
    "|исполняется|начато|на исполнении|в процессе исполнения|в процессе выполнения|частично выполнено"
    "|частично исполнено|ведется работа|идет работа",
    (State.REPORTED, None): "done|reported|completed|complete|finished|implemented|fulfilled|executed|achieved"
    "|delivered|reported done|выполнено|исполнено|сделано|завершено|реализовано|готово|выполнен|выполнена|исполнен"
    "|исполнена|завершен|завершена",
    (State.CONFIRMED, None): "confirmed|verified|done and confirmed|подтверждено|подтвержден|подтверждена",
    (State.CLOSED, Because.DECLINED): "declined|refused|rejected|отказано|отклонено|отказ",
    (State.CLOSED, Because.OVERTAKEN): "overtaken|overtaken by events|no longer relevant|not relevant|obsolete"
    "|неактуально|не актуально|утратило актуальность",
    (State.CLOSED, Because.SUPERSEDED): "superseded|replaced|заменено|заменен",
    (
        State.CLOSED,
        Because.DROPPED,
    ): "dropped|cancelled|canceled|withdrawn|abandoned|отменено|отменен|отменена|отозвано",
    (NOT_DONE, None): "open|pending|not started|not yet started|to do|todo|planned|new|outstanding|not done|upcoming"
    "|overdue|late|delayed|открыто|не начато|новое|новый|запланировано|планируется|ожидает|ожидается|не выполнено"
    "|не исполнено|в плане|просрочено|предстоит",
}
"""(State, why it is closed) -> the words for it, as `_plain` gives them."""


def _plain(text: str) -> str:
    return " ".join("".join(each if each.isalnum() else " " for each in fold(text)).split())


_STATES = {word: meaning for meaning, words in _WORDS.items() for word in words.split("|")}
_STATES = {_plain(word): meaning for word, meaning in _STATES.items()}


def state_of(text: str) -> tuple[str, str | None] | None:
    """The state, or NOT_DONE, and why it is closed; None for a word that is not known. `closed` alone says not why."""
    word = _plain(text)
    return (State.CLOSED, None) if word in ("closed", "закрыто") else _STATES.get(word)


def because_of(text: str) -> str | None:
    """Why a promise was closed, by a word for it."""
    found = _STATES.get(_plain(text))
    return found[1] if found else None
