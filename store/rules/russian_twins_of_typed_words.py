"""The Russian twins of words that are typed for a state, a reason, a kind or a period: `mark 6 выполнено`.

Both are understood at any time, whatever language the program speaks. Read only where a word has Cyrillic letters.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import RETURNED, Because, Kind, Precision, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

RUSSIAN_STATES = {
    "предложено": State.PROPOSED,
    "согласовано": State.AGREED,
    "в-работе": State.IN_PROGRESS,
    "сообщено": State.REPORTED,
    "выполнено": State.REPORTED,
    "сообщено-о-выполнении": State.REPORTED,
    "исполнено": State.REPORTED,
    "подтверждено": State.CONFIRMED,
    "закрыто": State.CLOSED,
}
"""Russian word -> state; of several for one the first is the one that help names."""

RUSSIAN_STEPS = {
    **RUSSIAN_STATES,
    "возвращено": RETURNED,
    "возвращено-на-доработку": RETURNED,
}
"""Russian word -> step: a state, or the way back."""

RUSSIAN_REASONS = {
    "отказ": Because.DECLINED,
    "отказано": Because.DECLINED,
    "отклонено": Because.DECLINED,
    "неактуально": Because.OVERTAKEN,
    "утратило-актуальность": Because.OVERTAKEN,
    "заменено": Because.SUPERSEDED,
    "заменено-другим": Because.SUPERSEDED,
    "прекращено": Because.DROPPED,
    "снято": Because.DROPPED,
    "отменено": Because.DROPPED,
    "отозвано": Because.DROPPED,
}
"""Russian word -> the reason for closing."""

RUSSIAN_KINDS = {
    "выдвижение-кандидатов": Kind.NOMINATE_EXPERTS,
    "выдвижение-экспертов": Kind.NOMINATE_EXPERTS,
    "выдвижение-кандидатур-экспертов": Kind.NOMINATE_EXPERTS,
    "аналитический-файл": Kind.JOIN_ANALYSIS_FILE,
    "присоединение-к-аналитическому-файлу": Kind.JOIN_ANALYSIS_FILE,
    "передача-данных": Kind.SHARE_DATA,
    "содействие": Kind.FACILITATE,
    "обучение": Kind.TRAIN,
    "сотрудничество": Kind.COOPERATE,
    "правовые-вопросы": Kind.LEGAL,
    "прочее": Kind.OTHER,
}
"""Russian word -> the kind; a kind may be any other word, too."""

RUSSIAN_PERIODS = {
    "месяц": "month",
    "квартал": "quarter",
    "год": "year",
}
"""Russian word -> how often a series has a date."""

RUSSIAN_PRECISIONS = {
    "день": Precision.DAY,
    "неделя": Precision.WEEK,
    "месяц": Precision.MONTH,
    "квартал": Precision.QUARTER,
    "полугодие": Precision.HALF,
    "сезон": Precision.SEASON,
    "время года": Precision.SEASON,
    "год": Precision.YEAR,
}
"""Russian word -> how exactly a date is meant."""

_ALL = {**RUSSIAN_STEPS, **RUSSIAN_REASONS, **RUSSIAN_PERIODS}


def plain(text: str) -> str:
    """A word as the tables have it: small, е for ё, a hyphen for a blank."""
    return text.strip().lower().replace("ё", "е").replace(" ", "-")


def word_among(typed: str, choices: Collection[str]) -> str | None:
    """The one of the choices that a Russian word means, or None."""
    word = _ALL.get(plain(typed))
    return word if word in choices else None


def with_step_whole(words: list[str]) -> list[str]:
    """Words whose last ones name a step, joined to one word: `6 в работе`, `6 сообщено о выполнении`."""
    for length in (3, 2):
        if len(words) > length and plain(" ".join(words[-length:])) in RUSSIAN_STEPS:
            return [*words[:-length], " ".join(words[-length:])]
    return words


def first_twins(choices: Iterable[str]) -> dict[str, str]:
    """Choice -> its first Russian twin as it is written, `in-progress` -> `в работе`; left out without one."""
    twins = {word: twin.replace("-", " ") for twin, word in reversed(_ALL.items())}
    return {choice: twins[choice] for choice in choices if choice in twins}


def kind_twins() -> dict[str, str]:
    """Kind -> its first Russian twin, as it is written."""
    return {kind: twin.replace("-", " ") for twin, kind in reversed(RUSSIAN_KINDS.items())}


def kinds_in_russian(kinds: Iterable[str]) -> list[str]:
    """The kinds, by their first Russian twin where they have one: `обучение`."""
    twins = kind_twins()
    return [twins.get(kind, kind) for kind in kinds]
