"""Patterns of the names of months, from the words of the date parser, to find dates in a text."""

from __future__ import annotations

from store.rules.dates import words_en, words_ru


def english_months() -> str:
    """The pattern of an English month, in full or short, with or without a stop."""
    names = [name.capitalize() for line in words_en.MONTHS for name in line.split()]
    return f"(?:{'|'.join(sorted(names, key=len, reverse=True))})\\.?"


def russian_months() -> str:
    """The pattern of a Russian month in any case that a date has."""
    names = {name for line in words_ru.MONTHS for name in line.split()[:_CASES]}
    return f"(?:{'|'.join(sorted(names, key=len, reverse=True))})"


_CASES = 4
"""The cases of a month; its short forms stand behind them."""
