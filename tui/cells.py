"""The columns that text takes on a terminal."""

_NARROW_MARKS = frozenset("–—‘’“”…→↔№⏎•")


def width_of(text: str) -> int:
    """The columns that a harmless text takes on a terminal."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def first_columns(text: str, width: int) -> str:
    """As much of a harmless text as fits; a blank stands for half a character of two columns."""
    if text.isascii() or _is_narrow(text):
        return text[:width]
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def padded(text: str, width: int) -> str:
    """The text filled with blanks to so many columns."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """The words of a harmless text in lines of at most so many columns; a longer word is broken."""
    lines: list[str] = []
    line, room = "", width
    for word in text.split(" "):
        size = width_of(word)
        if line and size + 1 <= room:
            line, room = f"{line} {word}", room - size - 1
            continue
        if line:
            lines.append(line)
        while size > width:
            part = first_columns(word, width)
            # A character of two columns that did not fit left a blank behind.
            part = part if word.startswith(part) else part[:-1]
            lines.append(part)
            word = word[len(part) :]
            size = width_of(word)
        line, room = word, width - size
    return [*lines, line]


def _is_narrow(text: str) -> bool:
    """Whether each character of a harmless text takes one column: Latin, Cyrillic and the marks of print.

    Asking Rich costs 5 ms for its tables; with these it need not be asked.
    """
    return all(
        character < "\u0300" or "\u0400" <= character <= "\u0481" or "\u048a" <= character <= "\u052f"
        or character in _NARROW_MARKS
        for character in text
    )  # fmt: skip
