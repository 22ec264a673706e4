"""Renders a document (`store.reports.document`) as lines of a terminal, and as plain text of 80 columns.

A chart is rendered as its description in words.
"""

from __future__ import annotations

from store.reports.document import Figures, Table, TextBlock
from store.text import visible
from tui.render.no_break import folded, unbroken_parts
from tui.render.segments import columns_of, merged, text_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.reports.document import Block, Document, Section, TableColumn, TableRow
    from tui.render.segments import Segments

    _Widths = Mapping[tuple[str, ...], Sequence[int]]
    """The headings of a table -> the widths of its columns."""

_MARGIN = " "
_BETWEEN = "  "
_INDENT = 2
"""Columns before a remark under a row, from the second column of the table on."""

_MOST_WORD = 16
"""Columns of the longest word that is not broken in a narrow column."""


def document_text(document: Document) -> str:
    """Render a document as plain text of 80 columns."""
    return "".join(text_of(line) + "\n" for line in document_lines(document, TerminalStyle()))


def document_lines(document: Document, terminal: TerminalStyle) -> list[Segments]:
    """Render a document; every text sanitised, the marks on top, beside each heading and at the end."""
    lines = [_centred(mark, terminal) for mark in document.marks]
    lines += _paragraph(document.title, terminal, "heading")
    for text in document.about:
        lines += _paragraph(text, terminal)
    lines += _facts(document.facts, terminal)
    widths = _widths_of_all(document, terminal)
    for place, part in enumerate(document.parts):
        lines += _part(part, document.marks, widths, terminal, is_first=place == 0)
    return [*lines, *([[]] if document.marks else []), *(_centred(mark, terminal) for mark in document.marks)]


def _shown(text: str, terminal: TerminalStyle) -> str:
    text = visible(text).replace(" → ", terminal.arrow).replace(" ↔ ", terminal.both_ways)
    return terminal.encodable(text.replace(" · ", terminal.dot).replace("…", terminal.ellipsis))


def _centred(mark: str, terminal: TerminalStyle) -> Segments:
    return [(terminal.cut(visible(mark), terminal.width - 1).center(terminal.width - 1).rstrip(), "heading")]


def _paragraph(text: str, terminal: TerminalStyle, style: str = "plain", indent: int = 0) -> list[Segments]:
    before = _MARGIN + " " * indent
    return [[(before + line, style)] for line in folded(_shown(text, terminal), terminal.width - 1 - len(before))]


def _facts(facts: Sequence[tuple[str, str]], terminal: TerminalStyle) -> list[Segments]:
    labels = [_shown(label, terminal) for label, _ in facts]
    room = max(map(width_of, labels), default=0)
    before = " " * (len(_MARGIN) + room + len(_BETWEEN))
    lines: list[Segments] = []
    for label, (_, value) in zip(labels, facts, strict=True):
        first = _MARGIN + padded(label, room) + _BETWEEN
        for text in folded(_shown(value, terminal), terminal.width - 1 - width_of(before)):
            lines.append([(first, "dim"), (text, "plain")])
            first = before
    return lines


def _part(
    part: Section, marks: Sequence[str], widths: _Widths, terminal: TerminalStyle, *, is_first: bool
) -> list[Segments]:
    """Render a section. One of the first level repeats the marks beside its heading: it may be handed out alone.

    The rules of the page stand between those.
    """
    heading = _paragraph(part.heading, terminal, "heading")
    if part.level == 1:
        heading = _paragraph(f"{part.heading}   [{', '.join(marks)}]" if marks else part.heading, terminal, "heading")
        if not is_first:
            heading.insert(0, [(_MARGIN, "plain"), (terminal.rule * (terminal.width - 2), "dim")])
    lines: list[Segments] = [[], *heading]
    for place, block in enumerate(part.blocks):
        if place and isinstance(part.blocks[place - 1], Table):
            lines.append([])
        lines += _block(block, widths, terminal)
    return lines


def _block(block: Block, widths: _Widths, terminal: TerminalStyle) -> list[Segments]:
    if isinstance(block, TextBlock):
        return _paragraph(f"{block.lead} {block.text}".lstrip(), terminal, block.style)
    if isinstance(block, Figures):
        return _figures(block, terminal)
    if isinstance(block, Table):
        return _table(block, widths[_headings(block)], terminal)
    return [*_paragraph(block.title, terminal, "strong"), *_paragraph(block.description, terminal, indent=2)]


def _figures(block: Figures, terminal: TerminalStyle) -> list[Segments]:
    lines: list[Segments] = [[]]
    for count, what, style in block.figures:
        piece = (_MARGIN + _shown(f"{count} {what}", terminal) + _BETWEEN, style)
        if lines[-1] and columns_of([*lines[-1], piece]) - len(_BETWEEN) >= terminal.width:
            lines.append([])
        lines[-1].append(piece)
    return list(map(merged, lines))


# Tables


def _headings(table: Table) -> tuple[str, ...]:
    return tuple(column.heading for column in table.columns)


def _widths_of_all(document: Document, terminal: TerminalStyle) -> _Widths:
    """The headings of each table -> the widths of its columns, the same for all tables that have those headings."""
    alike: dict[tuple[str, ...], list[Table]] = {}
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Table):
                alike.setdefault(_headings(block), []).append(block)
    return {
        headings: _widths(tables[0].columns, [entry for table in tables for entry in table.entries], terminal)
        for headings, tables in alike.items()
    }


def _table(table: Table, widths: Sequence[int], terminal: TerminalStyle) -> list[Segments]:
    headings = _headings(table)
    lines = _row(headings, ["dim"] * len(headings), table, widths, terminal)
    for entry in table.entries:
        lines += _row(entry.cells, [entry.style, *["plain"] * (len(headings) - 1)], table, widths, terminal)
        lines += _remarks(entry, widths[0] + len(_BETWEEN) + _INDENT, terminal)
    return lines


def _remarks(entry: TableRow, indent: int, terminal: TerminalStyle) -> Iterable[Segments]:
    for remark in entry.remarks:
        yield from _paragraph(remark, terminal, indent=indent)


def _widths(columns: Sequence[TableColumn], entries: Iterable[TableRow], terminal: TerminalStyle) -> list[int]:
    """Choose the width of each column.

    From the narrowest on, a column gets the width of its cells while that is at most an equal part of what is left. The
    wide ones divide the rest by their shares, but no word of up to `_MOST_WORD` columns is broken. Numbers are never
    wrapped, the heading over them may be.
    """
    entries = list(entries)
    texts = [
        [
            *(_shown(column.heading, terminal).split(" ") if column.is_number else [_shown(column.heading, terminal)]),
            *(_shown(entry.cells[place], terminal) for entry in entries),
        ]
        for place, column in enumerate(columns)
    ]
    natural = [max(map(width_of, its)) for its in texts]
    left = terminal.width - 1 - len(_MARGIN) - len(_BETWEEN) * (len(columns) - 1)
    wide = sorted(range(len(columns)), key=natural.__getitem__)
    widths: dict[int, int] = {}
    while wide and natural[wide[0]] <= left // len(wide):
        widths[wide[0]] = natural[wide[0]]
        left -= natural[wide.pop(0)]
    least = {place: min(_longest_word(texts[place]), _MOST_WORD) for place in wide}
    while wide:
        fair = {place: left * columns[place].share // sum(columns[each].share for each in wide) for place in wide}
        cramped = [place for place in wide if fair[place] < least[place]]
        for place in cramped or list(wide):
            widths[place] = least[place] if cramped else fair[place]
            left -= widths[place]
            wide.remove(place)
    while left < 0:
        widest = max(widths, key=widths.__getitem__)
        widths[widest] -= 1
        left += 1
    return [widths[place] for place in range(len(columns))]


def _longest_word(texts: Sequence[str]) -> int:
    """The widest of what is not broken."""
    return max(width_of(word) for text in texts for word in unbroken_parts(text))


def _row(
    cells: Sequence[str], styles: Sequence[str], table: Table, widths: Sequence[int], terminal: TerminalStyle
) -> list[Segments]:
    """Render a row over as many lines as its longest cell takes."""
    wrapped_cells = [folded(_shown(cell, terminal), width) for cell, width in zip(cells, widths, strict=True)]
    lines: list[Segments] = []
    for number in range(max(map(len, wrapped_cells))):
        line: Segments = [(_MARGIN, "plain")]
        for column, its, width, style in zip(table.columns, wrapped_cells, widths, styles, strict=True):
            text = its[number] if number < len(its) else ""
            filled = " " * (width - width_of(text)) + text if column.is_number else padded(text, width)
            line += [(filled, style if text else "plain"), (_BETWEEN, "plain")]
        lines.append(merged(line))
    return lines
