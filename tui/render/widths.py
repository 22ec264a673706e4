"""Widths of text in terminal columns: measure, cut, pad, wrap."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_MOST_CHARACTERS = 8
"""Characters that may share one column: a letter, its marks, joiners."""

_NARROW_MARKS = frozenset("–—‘’“”…→↔№⏎•─│■")
_NARROW_BYTES = bytes((*range(0x20, 0xC0), *range(0xC2, 0xCC), 0xD0, 0xD1, 0xD3, 0xD4))
"""Bytes of Latin and most of Cyrillic in UTF-8, without combining marks: a test by them is ten times as quick."""


def width_of(text: str) -> int:
    """The width of a sanitised text in columns."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def first_columns(text: str, width: int) -> str:
    """Truncate a sanitised text to a width; half a wide character becomes a blank."""
    width = max(0, width)
    if text.isascii() or _is_narrow(text):
        return text[:width]
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def padded(text: str, width: int) -> str:
    """Pad a text with blanks to `width` columns."""
    return text.ljust(width) if text.isascii() else text + " " * (width - width_of(text))


def padded_before(text: str, width: int) -> str:
    """Pad a text with blanks before it to `width` columns, as figures are."""
    return text.rjust(width) if text.isascii() else " " * (width - width_of(text)) + text


def measure_of(text: str) -> Callable[[str], int]:
    """The function that measures parts of a sanitised text: `len`, which is quicker, where no character is wide."""
    return len if text.isascii() or _is_narrow(text) else width_of


def wrapped(text: str, width: int) -> list[str]:
    """Wrap a sanitised text to lines of at most `width` columns; a longer word is broken.

    `width` counts as two at least: a narrower line holds no wide character, and wrapping would never end.
    """
    width = max(2, width)
    return _wrapped_by_characters(text, width) if measure_of(text) is len else _wrapped_by_columns(text, width)


def _wrapped_by_characters(text: str, width: int) -> list[str]:
    """Wrap a text of single-width characters: measured once a line, not once a word."""
    lines: list[str] = []
    while len(text := text.lstrip(" ")) > width:
        blank = text.rfind(" ", 0, width + 1)
        end, begin = (blank, blank + 1) if blank >= 0 else (width, width)
        lines.append(text[:end])
        text = text[begin:]
    return [*lines, text]


def _wrapped_by_columns(text: str, width: int) -> list[str]:
    lines: list[str] = []
    line, room = "", width
    for word in text.split(" "):
        size = width_of(word)
        if line and size + 1 <= room:
            line, room = f"{line} {word}", room - size - 1
            continue
        if line:
            lines.append(line)
        if size > width:
            *parts, word = _broken(word, width)
            lines += parts
            size = width_of(word)
        line, room = word, width - size
    return [*lines, line]


def _broken(word: str, width: int) -> list[str]:
    """Break a word into parts of at most `width` columns."""
    parts: list[str] = []
    at = 0
    # Each time only the beginning is measured, and nothing copied: Rich is slow, and a word may have any length.
    while at + len(head := word[at : at + _MOST_CHARACTERS * width]) < len(word) or width_of(head) > width:
        part = first_columns(head, width)
        while not head.startswith(part):
            part = part[:-1]  # A blank, where a character of two columns did not fit.
        if not part:
            break
        parts.append(part)
        at += len(part)
    return [*parts, word[at:]]


def _is_narrow(text: str) -> bool:
    """Whether every character of a sanitised text is one column wide: Latin, Cyrillic and punctuation.

    Rich's table of widths takes 5 ms to load, and is not needed for these.
    """
    if not text.encode(errors="surrogatepass").translate(None, _NARROW_BYTES):
        return True
    return all(
        character < "\u0300" or "\u0400" <= character <= "\u0481" or "\u048a" <= character <= "\u052f"
        or character in _NARROW_MARKS
        for character in text
    )  # fmt: skip
