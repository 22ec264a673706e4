"""The widths of the columns of a table on a page: their shares, but none narrower than its longest word.

Neither a browser nor a word processor parts words of a language that it has no dictionary of: it cuts them where the
column ends. Where the longest words of many columns have no room, they may be parted at soft hyphens. Lengths are in
letters m of the text of a cell, measured for Times at the size that papers have.
"""

from __future__ import annotations

import re
import sys
from math import fsum

from store.formats.keep_on_one_line import NO_BREAK_BEHIND, unbroken
from store.formats.russian_hyphenation import SOFT_HYPHEN, hyphenated

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.reports.document import Table

_PAGE = 51.0
"""The width of a page: of A4 and of the page on a screen, which is a little narrower."""
_GAP, _DENSE_GAP = 0.9, 0.4
_HYPHEN = re.compile(f"-(?!{NO_BREAK_BEHIND})")
"""One behind which a line may end."""
_ROUNDING = 1e-6
"""A word that is as wide as its column has room."""
_HEADING, _DENSE_HEADING = 0.95, 0.8
"""The size of a heading, as part of that of a cell."""
_LEAST_LABEL, _LEAST_TITLE = 9.0, 15.0
"""The room that words of headings are parted for: beside a title, which has half of the shares, and beside a label."""
_MOST = 13.0
"""A longer word, an address perhaps, may be cut."""
_BOLD = 1.08
"""A cell may be in bold."""
_NARROW, _WIDE = frozenset("ijltfrI.,;:!'|()[]-/"), frozenset("mwшщжюфмыЖШЩЮФ%№—")


def column_widths(table: Table) -> list[float]:
    """The width of each column, as a part of the width of the table."""
    whole = sum(column.share for column in table.columns)
    natural = [_PAGE * column.share / whole for column in table.columns]
    least = _least_widths(table)
    if table.is_dense and fsum(least) >= _PAGE:
        least = _least_with_parted_words(table)
    slack = [max(0.0, width - need) for width, need in zip(natural, least, strict=True)]
    lack = fsum(max(0.0, need - width) for width, need in zip(natural, least, strict=True))
    if not lack:
        return [width / _PAGE for width in natural]
    if fsum(least) >= _PAGE:
        return [need / fsum(least) for need in least]
    kept = 1 - lack / fsum(slack)
    return [(need + free * kept if free else need) / _PAGE for need, free in zip(least, slack, strict=True)]


def parted(text: str, width: float, table: Table, *, is_heading: bool = False) -> str:
    """The text of a dense column, as wide as this part of the table, with soft hyphens in the words that are wider."""
    if not table.is_dense:
        return text
    room, size = width * _PAGE - _DENSE_GAP, _DENSE_HEADING if is_heading else 1.0
    return " ".join(
        hyphenated(word) if size * _longest([word]) > room + _ROUNDING else word for word in unbroken(text).split(" ")
    )


def _least_with_parted_words(table: Table) -> list[float]:
    """The least widths where words are parted: in the headings the longest alone, where that leaves the labels room."""
    all_parted = _least_widths(table, longest_whole=0)
    is_title = 2 * table.columns[0].share >= sum(column.share for column in table.columns)
    room = _LEAST_TITLE if is_title else _LEAST_LABEL
    lengths = {len(word) for column in table.columns for word in column.heading.split()}
    for length in sorted(lengths, reverse=True):
        its = _least_widths(table, longest_whole=length)[1:]
        if _PAGE - fsum(its) >= room:
            return [all_parted[0], *its]
    return all_parted


def _least_widths(table: Table, *, longest_whole: int = sys.maxsize) -> list[float]:
    """The width that the longest word of each column needs, or its longest part, and the gap behind it.

    Words of more than `longest_whole` letters are parted.
    """
    words: list[set[str]] = [set() for _ in table.columns]
    for entry in table.entries:
        for found, cell in zip(words, entry.cells, strict=True):
            found.update(_parts(cell, longest_whole))
    heading, gap = (_DENSE_HEADING, _DENSE_GAP) if table.is_dense else (_HEADING, _GAP)
    return [
        min(_MOST, max(_BOLD * _longest(found), heading * _longest(_parts(column.heading, longest_whole)))) + gap
        for column, found in zip(table.columns, words, strict=True)
    ]


def _parts(text: str, longest_whole: int) -> list[str]:
    """What stands between two places where a line may end: blanks, behind a hyphen, in long words at a soft one."""
    words = _HYPHEN.sub("- ", unbroken(text)).split(" ")
    if max(map(len, words)) <= longest_whole:
        return words
    parted = [hyphenated(word).replace(SOFT_HYPHEN, "- ") if len(word) > longest_whole else word for word in words]
    return " ".join(parted).split(" ")


def _longest(words: Iterable[str]) -> float:
    return max((fsum(map(_letter, word)) for word in words), default=0.0)


def _letter(letter: str) -> float:
    if letter in _NARROW:
        return 0.33
    if letter in _WIDE or letter.isupper():
        return 0.75
    return 0.5 if letter < "а" else 0.52
