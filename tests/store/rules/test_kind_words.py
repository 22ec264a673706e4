"""A kind of which the beginning was typed."""

import pytest

from store.rules.kind_words import kind_begun


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("tr", "train"),
        ("FAC", "facilitate"),
        ("leg", "legal"),
        ("share", "share-data"),
        ("share d", "share-data"),
        ("обуч", "train"),
        ("пра", "legal"),
        ("proc", "procurement"),
        ("train", None),
        ("Train", None),
        ("обучение", None),
        ("training", None),
        ("data", None),
        ("legal aid", None),
        ("про", None),
        ("", None),
    ],
)
def test_the_beginning_of_one_kind_is_that_kind(typed: str, kind: str | None) -> None:
    assert kind_begun(typed, {"procurement", "проверка", "train"}) == kind


def test_a_word_of_the_store_stays_as_it_is() -> None:
    assert kind_begun("leg", {"leg"}) is None
