"""What is typed in Russian for a state, a reason, a kind or a period: each word has a twin, and each twin means one."""

import pytest

from store.errors import UsageError
from store.model.vocabulary_and_signs import RETURNED, Because, Kind, State
from store.rules.russian_twins_of_typed_words import (
    RUSSIAN_KINDS,
    RUSSIAN_PERIODS,
    RUSSIAN_REASONS,
    RUSSIAN_STATES,
    first_twins,
    kinds_in_russian,
    plain,
    with_step_whole,
    word_among,
)
from store.rules.transitions import known_step, step_of


def test_each_word_has_a_twin() -> None:
    assert set(RUSSIAN_STATES.values()) == set(State.ALL)
    assert set(RUSSIAN_REASONS.values()) == set(Because.ALL)
    assert set(RUSSIAN_KINDS.values()) == set(Kind.ALL)
    assert set(RUSSIAN_PERIODS.values()) == {"month", "quarter", "year"}
    for twin in (*RUSSIAN_STATES, *RUSSIAN_REASONS, *RUSSIAN_KINDS, *RUSSIAN_PERIODS):
        assert plain(twin) == twin


@pytest.mark.parametrize(
    ("typed", "step"),
    [
        ("выполнено", State.REPORTED),
        ("В работе", State.IN_PROGRESS),
        ("сообщено о выполнении", State.REPORTED),
        ("возвращено", RETURNED),
        ("чепуха", None),
    ],
)
def test_a_russian_word_asks_for_a_step(typed: str, step: str | None) -> None:
    assert step_of(typed) == step


def test_a_mistyped_russian_word_is_refused_with_the_russian_ones() -> None:
    with pytest.raises(
        UsageError, match="предложено, согласовано, в работе, сообщено, подтверждено, закрыто, возвращено"
    ):
        known_step("чепуха")
    with pytest.raises(UsageError, match='did you mean "подтверждено"'):
        known_step("потверждено")


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        (["6", "в", "работе"], ["6", "в работе"]),
        (["6", "7", "сообщено", "о", "выполнении"], ["6", "7", "сообщено о выполнении"]),
        (["6", "выполнено"], ["6", "выполнено"]),
        (["6", "что-то", "иное"], ["6", "что-то", "иное"]),
    ],
)
def test_a_step_of_several_words_is_one(words: list[str], whole: list[str]) -> None:
    assert with_step_whole(words) == whole


def test_choices_are_said_and_found_by_their_twins() -> None:
    assert first_twins(Because.ALL)[Because.DECLINED] == "отказ"
    assert word_among("Отказ", Because.ALL) == Because.DECLINED
    assert word_among("отказ", State.ALL) is None
    assert kinds_in_russian([Kind.TRAIN, "чай"]) == ["обучение", "чай"]
