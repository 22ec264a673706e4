"""The width of a text, and how many lines it takes in the type of papers, by the widths of the letters of Times."""

from __future__ import annotations

from math import fsum

_BLANK = 0.25
_WIDTHS = {
    letter: width
    for width, letters in (
        (_BLANK, " \u00a0.,"),
        (0.28, "ijlt;:"),
        (0.33, "frI()-"),
        (0.40, "sJз"),
        (0.42, 'гэ"'),
        (0.45, "acezаеёст"),
        (0.48, "вкья"),
        (0.51, "bdghknopquvxyабдлорухчъЗ0123456789#–«»"),
        (0.55, "ийнпцFPSР"),
        (0.60, "БГELTZЕТ"),
        (0.65, "мфЧЭ"),
        (0.68, "ыжBCRВКСЯДЛ"),
        (0.73, "wADGHKNOQUVXYАИНОПХЦУ"),
        (0.77, "юшщm"),
        (0.83, "Ф%"),
        (0.92, "MМЖW№"),
        (1.02, "—ШЩЮ"),
    )
    for letter in letters
}
"""Letter -> its width, in letters m."""
_OTHER, _FROM_EAST_ASIA = 0.56, 1.0
_EAST_ASIA = "\u2e80"
"""The first letter of the scripts that are as wide as high."""


def text_width(text: str) -> float:
    """The width of a text in one line, in letters m."""
    return fsum(map(_letter, text))


def line_count(text: str, width: float) -> int:
    """How many lines of this width, in letters m, a text takes that is parted at blanks, and cut where it has none."""
    lines, across = 1, 0.0
    for word in text.split(" "):
        its = text_width(word)
        if across and across + _BLANK + its > width:
            lines, across = lines + 1, 0.0
        across += its + (_BLANK if across else 0.0)
        whole, across = divmod(across, width)
        lines += int(whole)
    return lines


def _letter(letter: str) -> float:
    return _WIDTHS.get(letter) or (_OTHER if letter < _EAST_ASIA else _FROM_EAST_ASIA)
