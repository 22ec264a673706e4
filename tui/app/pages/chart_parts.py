"""Parts of charts: paragraphs, bars in ASCII, axes, tables. Pure functions that return styled lines."""

from collections.abc import Sequence

from tui.render.labels import counted
from tui.render.segments import DONE, LEFT, Segments, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, wrapped

LEAST_WIDTH = 40
"""Columns that every chart is drawn in at least; on a narrower screen its lines are cut."""

_MOST_NUMBERS = 12
_TICK_COLUMNS = 8
"""Columns that a tick of an axis and its label need."""

_MOST_UNIT = 4


def paragraph(text: str, width: int, *, indent: int = 1, hanging: int = 0, style: str = "plain") -> list[Segments]:
    """Wrap a harmless text, indented by `indent` blanks, by `hanging` more from the second line on."""
    first, *rest = wrapped(text, width - indent - hanging)
    lines = [" " * indent + first, *(" " * (indent + hanging) + line for line in rest)]
    return [[(line, style)] for line in lines]


def numbers_in_words(numbers: Sequence[int]) -> str:
    """`#1 #2 #5`, the first dozen of them: `#1 ... and 30 more`."""
    shown = " ".join(f"#{number}" for number in numbers[:_MOST_NUMBERS])
    more = len(numbers) - _MOST_NUMBERS
    return f"{shown} and {more} more" if more > 0 else shown


class Scale:
    """A horizontal scale from 0 up, over at most `room` columns, for counts up to `most`.

    `step` is the count between two ticks (1, 2 or 5 of a power of ten), `top` the count at its end, `columns` how wide
    it is. Where there is room each unit has the same few columns, so that a small count stays a short bar.
    """

    __slots__ = ("columns", "step", "top")

    def __init__(self, most: int, room: int) -> None:
        ticks = max(1, room // _TICK_COLUMNS)
        power = 1
        while all(most > ticks * power * times for times in (1, 2, 5)):
            power *= 10
        self.step = next(power * times for times in (1, 2, 5) if most <= ticks * power * times)
        self.top = max(1, -(-most // self.step)) * self.step
        self.columns = min(room // self.top, _MOST_UNIT) * self.top if self.top <= room else room

    def length(self, count: int) -> int:
        """The columns of a bar for a count; more than nothing has at least one."""
        return max(round(count * self.columns / self.top), 1) if count else 0

    def bar(self, done: int, whole: int) -> tuple[str, str]:
        """The two parts of a bar, done and left; each has at least one column where there is room."""
        length, of_done = self.length(whole), self.length(done)
        if done < whole and of_done == length > 1:
            of_done -= 1
        return DONE * min(of_done, length), LEFT * (length - of_done)

    def axis(self, indent: int) -> tuple[Segments, Segments]:
        """The axis and its labels, to stand under bars that begin `indent` columns from the left, after a `|`."""
        marks, labels = ["-"] * self.columns, "0"
        for count in range(self.step, self.top + 1, self.step):
            position = self.length(count)
            marks[position - 1] = "+"
            start = min(position - len(str(count)) // 2, self.columns + 1 - len(str(count)))
            if start > len(labels):
                labels = labels.ljust(start) + str(count)
        before = " " * (indent - 1)
        return [(f"{before}+{''.join(marks)}", "dim")], [(before + labels, "dim")]


def gap(count: int, word: str, without: str) -> Segments:
    """The line in the place of several empty periods: `... 5 months, no deadline`."""
    return [(f"    ... {counted(count, word)}, no {without}", "dim")]


def table(
    heads: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]], width: int, terminal: TerminalStyle
) -> list[Segments]:
    """A table of names and right-aligned values; [] when the names would get too narrow.

    Each row is as long as `heads`; its cells are texts with a style each. Names that do not fit are cut.
    """
    sizes = [max(len(head), *(len(row[position + 1][0]) for row in rows)) for position, head in enumerate(heads[1:])]
    room = width - 1 - sum(size + 2 for size in sizes)
    if room < _LEAST_NAME:
        return []
    wide = min(room, _MOST_NAME)
    lines = [_table_line([(head, "heading") for head in heads], wide, sizes, terminal)]
    return lines + [_table_line(row, wide, sizes, terminal) for row in rows]


_LEAST_NAME, _MOST_NAME = 16, 32


def _table_line(cells: Sequence[tuple[str, str]], wide: int, sizes: Sequence[int], terminal: TerminalStyle) -> Segments:
    name, style = cells[0]
    line = [(f" {padded(terminal.cut(name, wide), wide)}", style)]
    for (text, its_style), size in zip(cells[1:], sizes, strict=True):
        line += [("  " + " " * (size - len(text)), "plain"), (text, its_style)]
    return merged(line)
