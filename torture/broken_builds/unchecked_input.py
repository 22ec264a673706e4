"""Builds that believe whatever was typed: names that nobody has, numbers, texts and series of any length."""

from __future__ import annotations

from store.imports.answers.kept_answers import has_room
from store.query.unknown_names import unknown_names, unknown_words
from store.rules import recurring_series
from store.rules.text_length import refuse_too_long
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace
from tui.cli.arguments import whole_number
from tui.stderr import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.rules.due_dates_and_extensions import DueDate


@broken_build
def unknown_green() -> None:
    """Names in a query that the store does not know are taken as they are."""
    replace(unknown_names, lambda query, snapshot: [])


@broken_build
def words_green() -> None:
    """Words that no text of the store has are looked for in vain."""
    replace(unknown_words, lambda query, snapshot: [])


@broken_build
def digits_believed() -> None:
    """A number of any length is made of the digits that were typed."""
    replace(whole_number, lambda text, what, least=0: int(text))


@broken_build
def endless_messages() -> None:
    """A message repeats all that was typed."""
    replace(shown, lambda sentence: sentence)


@broken_build
def endless_series() -> None:
    """A series has as many commitments as its last day makes."""
    sound = recurring_series.series

    def series(first: DueDate, every: str, until: str, *, is_long_meant: bool = False) -> list[DueDate]:
        return sound(first, every, until, is_long_meant=True)

    replace(recurring_series.series, series)


@broken_build
def endless_texts() -> None:
    """A text is kept whatever its length."""
    replace(refuse_too_long, lambda fields: None)


@broken_build
def endless_headings() -> None:
    """The answers on a list are kept whatever the length of its headings."""
    replace(has_room, lambda name, headings, typed: True)
