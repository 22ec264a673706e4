"""Parts of charts: paragraphs, gaps, tables. Pure functions that return styled lines."""

from collections.abc import Sequence

from store.translation import tr
from tui.render.commitment_numbers import number_sign
from tui.render.segments import Segments, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, wrapped

LEAST_WIDTH = 40
"""Columns that every chart is drawn in at least; on a narrower screen its lines are cut."""

_MOST_NUMBERS = 12


def paragraph(text: str, width: int, *, indent: int = 1, hanging: int = 0, style: str = "plain") -> list[Segments]:
    """Wrap a harmless text, indented by `indent` blanks, by `hanging` more from the second line on."""
    first, *rest = wrapped(text, width - indent - hanging)
    lines = [" " * indent + first, *(" " * (indent + hanging) + line for line in rest)]
    return [[(line, style)] for line in lines]


def numbers_in_words(numbers: Sequence[int]) -> str:
    """`#1 #2 #5`, the first dozen of them: `#1 ... and 30 more`."""
    shown = " ".join(f"{number_sign()}{number}" for number in numbers[:_MOST_NUMBERS])
    more = len(numbers) - _MOST_NUMBERS
    return tr("{numbers} and {n} more", numbers=shown, n=more) if more > 0 else shown


def gap(text: str) -> Segments:
    """The line in the place of several empty periods: `... 5 months, no deadline`."""
    return [(f"    {tr('... {text}', text=text)}", "dim")]


def table(
    heads: Sequence[str], rows: Sequence[Sequence[tuple[str, str]]], width: int, terminal: TerminalStyle
) -> list[Segments]:
    """A table of names and right-aligned values; [] when the names would get too narrow.

    Each row is as long as `heads`; its cells are texts with a style each. A heading may have two lines. Names that do
    not fit are cut.
    """
    over = [head.rpartition("\n")[0] for head in heads]
    last = [head.rpartition("\n")[2] for head in heads]
    sizes = [
        max(len(over[place]), len(last[place]), *(len(row[place][0]) for row in rows)) for place in range(1, len(heads))
    ]
    room = width - 2 - sum(size + 2 for size in sizes)
    if room < _LEAST_NAME:
        return []
    wide = min(room, _MOST_NAME)
    lines = [_table_line([(head, "heading") for head in line], wide, sizes, terminal) for line in (over, last)]
    return lines[not any(over) :] + [_table_line(row, wide, sizes, terminal) for row in rows]


_LEAST_NAME, _MOST_NAME = 11, 32


def _table_line(cells: Sequence[tuple[str, str]], wide: int, sizes: Sequence[int], terminal: TerminalStyle) -> Segments:
    name, style = cells[0]
    line = [(f" {padded(terminal.cut(name, wide), wide)}", style)]
    for (text, its_style), size in zip(cells[1:], sizes, strict=True):
        line += [("  " + " " * (size - len(text)), "plain"), (text, its_style)]
    return merged(line)
