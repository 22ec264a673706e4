"""The named views: queries with a name and a digit key; three digits are free for a user's own.

What the words of these queries mean (`now`, `silent`) stands in `store.query.meaning_of_fields_and_words`; `mine` is
made of names by `store.query.parse_query`.
"""

from __future__ import annotations

from typing import NamedTuple

from store.errors import UsageError
from store.fold_case_and_accents import fold
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import phrase_in, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class NamedView(NamedTuple):
    """A view: the digit that shows it in the app, its name, its query (empty: all open ones)."""

    key: str
    name: str
    query: str


NOW = NamedView("0", phrase_in("view", "Now"), "now")
OPEN = NamedView("1", phrase_in("view", "Open"), "")
OVERDUE = NamedView("2", phrase_in("view", "Overdue"), "overdue")
TO_CONFIRM = NamedView("3", phrase_in("view", "To confirm"), "unconfirmed")
SILENT = NamedView("4", phrase_in("view", "Silent"), "silent")
MINE = NamedView("5", phrase_in("view", "Mine"), "mine")
FINISHED = NamedView("6", phrase_in("view", "Finished"), "finished")

VIEWS = (NOW, OPEN, OVERDUE, TO_CONFIRM, SILENT, MINE, FINISHED)
"""The views that every user has, in the order of the digits."""


def with_saved(saved: Mapping[str, tuple[str, str]]) -> tuple[NamedView, ...]:
    """Every view of a user, in the order of the digits; `saved` maps a digit to the name and query of a view."""
    return (*VIEWS, *(NamedView(digit, *saved[digit]) for digit in sorted(saved)))


def view_named(typed: str, views: Sequence[NamedView]) -> NamedView:
    """The view of this name or digit, in English or the language of the program. Raises: UsageError, with all names."""
    for view in views:
        if fold(typed) in (fold(view.name), fold(name_in_language(view)), view.key):
            return view
    names = [name_in_language(view) for view in views]
    known = did_you_mean(typed, names) or tr("; the views are {names}", names=", ".join(map(visible, names)))
    raise UsageError(tr('there is no view "{name}"{known}', name=visible(typed[:60]), known=known), code="view.unknown")


def name_in_language(view: NamedView) -> str:
    """The name of a view in the language that is spoken; that of a user's own as it was given."""
    return tr_in("view", view.name) if view in VIEWS else view.name


def refuse_name_of_another(name: str, digit: str, views: Sequence[NamedView]) -> None:
    """Refuse a name that a view on another digit has. Raises: UsageError."""
    for view in views:
        if view.key != digit and fold(name) in (fold(view.name), fold(name_in_language(view))):
            sentence = tr(
                'view {key} is named "{name}" already: give this one another name',
                key=view.key,
                name=visible(name_in_language(view)),
            )
            raise UsageError(sentence, code="view.name-taken")
