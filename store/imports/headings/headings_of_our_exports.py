"""The headings of a workbook of ours in another language as they are in English, by which an import knows them."""

from __future__ import annotations

from functools import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_FEWEST = 8
"""Headings of an export that a line must have: a list of others has some of them by chance."""


def in_english(headings: Sequence[str], normal: Callable[[str], str]) -> list[str] | None:
    """The headings in English where they are those of an export in another language, else None."""
    if len(headings) < _FEWEST or all(map(str.isascii, headings)):
        return None
    names = list(map(normal, headings))
    for english_of in _headings_of_languages(normal):
        if sum(name in english_of for name in names) >= _FEWEST:
            return [english_of.get(name, heading) for name, heading in zip(names, headings, strict=True)]
    return None


@cache
def _headings_of_languages(normal: Callable[[str], str]) -> list[dict[str, str]]:
    """Of each language its headings of an export, as `normal` gives them -> the same in English."""
    from store.formats.export_columns import GROUPS
    from store.translation_catalogue_and_plurals import languages, load_catalogue

    columns = [column.heading for group in GROUPS for column in group]
    found = []
    for language in languages():
        catalogue = load_catalogue(language)
        if catalogue is not None:
            found.append({normal(catalogue.text(heading)): heading for heading in columns})
    return found
