"""What the format of a cell shows of its value: that, nothing, or other words (ECMA-376, 18.8.31)."""

from __future__ import annotations

from re import IGNORECASE
from re import compile as pattern

_PIECE = pattern(r'"([^"]*)"?|\\(.)|[_*].|\[[^\]]*\]|(General|Standard|AM/PM|A/P)|([0#?@dmyhseg])|(;)|.', IGNORECASE)
_CONDITION = pattern(r"\[\s*[<>=]")

NOTHING, OTHER_WORDS = "nothing", "other words"
"""What a cell shows where that is not its value."""


class NumberFormat:
    """What a format shows of numbers above zero, below it, of zero, and of texts: None where that is the value."""

    __slots__ = ("_above", "_below", "_parts", "_text", "_zero")

    def __init__(self, code: str) -> None:
        """`code` is that of the format, as `0.00;-0.00;;@`."""
        parts = self._parts = _parts(code)
        numbers = [_shown(part, is_text=False) for part in parts[:3]]
        self._above = numbers[0]
        self._below = numbers[1] if len(numbers) > 1 else numbers[0]
        self._zero = numbers[2] if len(numbers) > 2 else numbers[0]
        of_text = parts[3] if len(parts) > 3 else next((part for part in parts if "@" in part[2]), None)
        self._text = _shown(of_text, is_text=True) if of_text is not None else None
        if len(parts) < 3 and of_text is parts[-1] and len(parts) == 1 and parts[0][2] == {"@"}:
            self._above = self._below = self._zero = _shown(parts[0], is_text=True)
        if _CONDITION.search(code) and (odd := next(filter(None, numbers), None)):
            self._above = self._below = self._zero = odd

    def shows(self, cell: object) -> str | None:
        """What is shown of this value of a cell: NOTHING, OTHER_WORDS, or None where it is shown itself."""
        if isinstance(cell, str):
            return self._text
        if isinstance(cell, bool):
            return None
        if isinstance(cell, int | float):
            return self._above if cell > 0 else self._below if cell < 0 else self._zero
        return self._above

    def words(self, cell: object) -> str:
        """The words of the part of the format that shows this value."""
        if isinstance(cell, str):
            part = self._parts[3] if len(self._parts) > 3 else self._parts[-1]
        else:
            is_below = isinstance(cell, int | float) and cell < 0 and len(self._parts) > 1
            part = self._parts[1 if is_below else 2 if cell == 0 and len(self._parts) > 2 else 0]
        return part[0].strip()

    @property
    def is_usual(self) -> bool:
        """Whether it shows each value itself."""
        return not (self._above or self._below or self._zero or self._text)


def _parts(code: str) -> list[tuple[str, bool, set[str]]]:
    """The words of each part of a format, whether it shows a value, and the letters by which it does."""
    parts: list[tuple[str, bool, set[str]]] = [("", False, set())]
    for quoted, escaped, name, letter, end in _PIECE.findall(code):
        words, shows, letters = parts[-1]
        if end:
            parts.append(("", False, set()))
        else:
            is_name = name.lower() in ("general", "standard")
            shown = letters | ({letter.lower()} if letter else {"general"} if is_name else set())
            parts[-1] = words + quoted + escaped, shows or bool(letter) or is_name, shown
    return parts


def _shown(part: tuple[str, bool, set[str]], *, is_text: bool) -> str | None:
    words, shows, letters = part
    has_words = any(map(str.isalnum, words))
    if is_text:
        if letters & {"@", "general"}:
            return OTHER_WORDS if has_words else None
        return OTHER_WORDS if has_words or shows else NOTHING
    if shows:
        return OTHER_WORDS if any(map(str.isdigit, words)) else None
    return OTHER_WORDS if has_words else NOTHING
