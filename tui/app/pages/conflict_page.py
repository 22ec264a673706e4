"""The lines of a conflict: before, theirs and mine beside each other, what differs in bold. Pure."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from store.sanitise_text import visible
from store.translation import tr
from tui.app.pages.conflict_differences import Difference
from tui.render.segments import Segments, columns_of, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of, wrapped

_INDENT = 1
_GAP = 2
_LEAST_COLUMN = 8


def difference_lines(
    difference: Difference, me: str, chosen: str, terminal: TerminalStyle, *, is_current: bool
) -> list[Segments]:
    """Render a field in conflict: its name and the authors, then the three texts.

    `chosen` is `m` for mine, `t` for theirs, or empty: then the keys stand before both. The cursor is a flag over the
    name.
    """
    width = max(_LEAST_COLUMN, (terminal.width - 1 - _INDENT - 2 * _GAP) // 3)
    name = terminal.cut(difference.name.upper(), width)
    before = tr(" (before)")
    before = before if width_of(name) + width_of(before) <= width else ""
    they, on = visible(difference.who), difference.on
    head: list[Segments] = [
        [(name, "cursor" if is_current else "heading"), (before, "plain")],
        _head("t", tr("theirs"), (f"{they}, {on}", they), chosen, width, terminal),
        _head("m", tr("mine"), (visible(me),), chosen, width, terminal),
    ]
    theirs, mine = _differing(difference.theirs, difference.mine)
    values = (
        [[(line, "plain")] for line in wrapped(difference.before, width)],
        _marked(difference.theirs, theirs, width),
        _marked(difference.mine, mine, width),
    )
    lines = [*_beside([[cell] for cell in head], width), *_beside(values, width)]
    if is_current:
        lines[0] = merged([(">", "cursor"), *lines[0][1:]])
    return lines


def _head(key: str, side: str, whose: Sequence[str], chosen: str, width: int, terminal: TerminalStyle) -> Segments:
    """The heading of a side, with as much of `whose` as fits."""
    taken, left_out = f"[{side}]", f"{side}:"
    if chosen == key:
        lead: Segments = [(taken, "heading")]
    elif chosen:
        lead = [(left_out, "plain")]
    else:
        lead = [(key, "key"), (f" {left_out}", "heading")]
    room = width - columns_of(lead) - 1
    text = next((text for text in whose if width_of(text) <= room), terminal.cut(whose[-1], room))
    return [*lead, (f" {text}", "plain")]


def _differing(theirs: str, mine: str) -> tuple[set[int], set[int]]:
    """The positions of the words that only one of two texts has, or has elsewhere."""
    words = theirs.split(), mine.split()
    found: tuple[set[int], set[int]] = (set(), set())
    for kind, *places in SequenceMatcher(None, *words, autojunk=False).get_opcodes():
        if kind != "equal":
            found[0].update(range(places[0], places[1]))
            found[1].update(range(places[2], places[3]))
    return found


def _marked(text: str, bold: set[int], width: int) -> list[Segments]:
    """Wrap a text, the words at some positions bold, also where a long word is broken."""
    styles = _styles(text.split(), bold)
    lines: list[Segments] = []
    for line in wrapped(text, width):
        segments: Segments = []
        for character in line:
            blank = character == " "
            segments.append((character, (segments[-1][1] if segments else "plain") if blank else next(styles, "plain")))
        lines.append(merged(segments))
    return lines


def _styles(words: Sequence[str], bold: set[int]) -> Iterator[str]:
    """The style of each character of the words, one after the other."""
    for place, word in enumerate(words):
        for _ in word:
            yield "strong" if place in bold else "plain"


def _beside(columns: Sequence[list[Segments]], width: int) -> list[Segments]:
    """Lay out the lines of three columns beside each other."""
    lines: list[Segments] = []
    nothing: Segments = []
    for row in zip_longest(*columns, fillvalue=nothing):
        line: Segments = [(" " * _INDENT, "plain")]
        for cell in row:
            line += [*cell, (" " * (width + _GAP - columns_of(cell)), "plain")]
        lines.append(merged(line))
    return lines
