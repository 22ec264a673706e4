"""The words that are typed in the place of a value for no value."""

from __future__ import annotations

from store.fold_case_and_accents import fold

NONE_TYPED = ("none", "нет")
"""What is typed in the place of a value for no value, in English and in Russian."""

NO_DATE_TYPED = (*NONE_TYPED, "без срока", "без даты")
"""What is typed in the place of a date for no date."""


def says_none(text: str) -> bool:
    """Whether a typed value means none."""
    return fold(text) in NONE_TYPED
