"""The language in which the program speaks: English is in the code, every other language in a gettext catalogue.

Every text that a person reads goes through one of these functions, as a whole sentence with `{named}` places:

    tr("{count} of {total} match", count=3, total=20)
    plural("{n} visit", "{n} visits", 2)
    tr_in("count", "today")                             # where one English text has two meanings
    _TITLES = (phrase("Kept"), phrase("Late"))          # a constant: marked here, and translated where it is shown

The language is set once, at the start, before anything is said. A paper has a language of its own: the same functions
of `store.reports.language_of_papers.Words`. For English this module imports nothing, and nothing is looked up.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from store.translation_catalogue_and_plurals import Catalogue

    _Made = TypeVar("_Made")

ENGLISH = "en"

_catalogue: Catalogue | None = None


def tr(text: str, /, **values: object) -> str:
    """Translate a text, and replace each `{name}` by the value of that name."""
    if _catalogue is not None:
        text = _catalogue.text(text)
    return text.format(**values) if values else text


def tr_in(context: str, text: str, /, **values: object) -> str:
    """Translate a text that has another meaning elsewhere; `context`, a word, says which."""
    if _catalogue is not None:
        text = _catalogue.text(text, context)
    return text.format(**values) if values else text


def plural(one: str, many: str, number: int, /, **values: object) -> str:
    """Translate a text in the plural form of a number, which replaces `{n}`; Russian has three forms."""
    if _catalogue is not None:
        return _catalogue.plural(one, many, number).format(n=number, **values)
    return (one if number == 1 else many).format(n=number, **values)


def phrase(text: str) -> str:
    """Mark a constant text for translation, for `make catalogue`; `tr` translates it where it is shown."""
    return text


def phrase_in(context: str, text: str) -> str:
    """Mark a constant text that `tr_in` translates."""
    return text


def language() -> str:
    """The language in which the program speaks."""
    return ENGLISH if _catalogue is None else _catalogue.language


def in_english(make: Callable[[], _Made]) -> _Made:
    """What is made while English is spoken, for JSON."""
    global _catalogue
    spoken, _catalogue = _catalogue, None
    try:
        return make()
    finally:
        _catalogue = spoken


def speak(catalogue: Catalogue | None) -> None:
    """Set the catalogue for all output from here on; None: English."""
    global _catalogue
    _catalogue = catalogue
