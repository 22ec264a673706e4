"""The columns that text takes on a terminal."""

_MOST_CHARACTERS = 8
"""Characters that may stand in one column: one, its marks, what joins it to others."""

_NARROW_MARKS = frozenset("–—‘’“”…→↔№⏎•")
_NARROW_BYTES = bytes((*range(0x20, 0xC0), *range(0xC2, 0xCC), 0xD0, 0xD1, 0xD3, 0xD4))
"""What UTF-8 writes Latin and most of Cyrillic with, without combining marks: told ten times quicker."""


def width_of(text: str) -> int:
    """The columns that a harmless text takes on a terminal."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def first_columns(text: str, width: int) -> str:
    """As much of a harmless text as fits; a blank stands for half a character of two columns."""
    width = max(0, width)
    if text.isascii() or _is_narrow(text):
        return text[:width]
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def padded(text: str, width: int) -> str:
    """The text filled with blanks to so many columns."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """The words of a harmless text in lines of at most so many columns; a longer word is broken.

    A line has two columns at least: fewer hold no character of two, and the text would never end.
    """
    width = max(2, width)
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
    """A word in parts of at most so many columns, two or more."""
    parts: list[str] = []
    # Each time only the beginning is measured: Rich is slow, and a word may be as long as a note.
    while (head := word[: _MOST_CHARACTERS * width]) != word or width_of(word) > width:
        part = first_columns(head, width)
        while not head.startswith(part):
            part = part[:-1]  # A blank, where a character of two columns did not fit.
        if not part:
            break
        parts.append(part)
        word = word[len(part) :]
    return [*parts, word]


def _is_narrow(text: str) -> bool:
    """Whether each character of a harmless text takes one column: Latin, Cyrillic and the marks of print.

    Asking Rich costs 5 ms for its tables; with these it need not be asked.
    """
    if not text.encode(errors="surrogatepass").translate(None, _NARROW_BYTES):
        return True
    return all(
        character < "\u0300" or "\u0400" <= character <= "\u0481" or "\u048a" <= character <= "\u052f"
        or character in _NARROW_MARKS
        for character in text
    )  # fmt: skip
