"""Renders a document (`store.reports.document`) as lines of a terminal, and as plain text of 80 columns.

A chart is rendered as its description in words, one of a single bar as its counts.
"""

from __future__ import annotations

from itertools import zip_longest

from store.reports.document import Bars, Figures, Table, TableRow, TextBlock, is_only_a_head
from store.sanitise_text import visible, visible_lines
from tui.render.segments import NEXT_PAGE, columns_of, merged, text_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import measure_of, padded, padded_before, width_of
from tui.render.wrap_without_breaking import folded, unbroken_parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.reports.document import Block, Document, Section, TableColumn
    from tui.render.segments import Segments

    _Layouts = Mapping[tuple[str, ...], Sequence["_Column"]]
    """What tables that look alike have in common -> their columns."""

_MARGIN = " "
_BETWEEN = "  "
_INDENT = 2
"""Columns before a remark under a row, from the title on."""

_MOST_WORD = 16
"""Columns of the longest word that is not broken in a narrow column."""

_ALIKE = 3
"""Headings by which two tables of as many columns are of one kind."""

_TITLE = 34 / 80
"""How much of the width a title gets at least, where figures and dates can do with the rest."""

_MEASURED = 100
"""Rows by which it is judged whether a wider column makes a table shorter."""

_LEAST_TITLE = 24
"""Columns of a title below which the other columns stand under it."""

_LEAST_LABEL = 16
"""Columns of a label below which the figures stand under it, each with its heading."""

_NOTHING = ("0", "", "-", "—")
"""Cells that are left out where each has its heading beside it; noughts only of `_MANY` columns."""

_MANY = 8

_LEAST_BLANK = 8
"""Columns of a blank that is filled in by hand."""

_PARTS = 4
"""In so many steps it is tried how much wider a column has to be."""

_PAGE = 60
"""Lines of a printed page."""

_WIDEST = 100
"""Columns of a sheet of paper: a longer line of text is hard to read."""

_WIDEST_TABLE = 120
"""Columns of a table on a screen, whose cells are broken less often there."""


def document_text(document: Document) -> str:
    """Render a document as plain text of 80 columns."""
    return "".join(text_of(line) + "\n" for line in document_lines(document, TerminalStyle()))


def printed_text(document: Document) -> str:
    """Render a document as plain text of 80 columns to print: in pages with their marks, where it has any."""
    return "".join(text_of(line) + "\n" for line in printed_lines(document, TerminalStyle()))


def document_lines(document: Document, terminal: TerminalStyle) -> Iterator[Segments]:
    """Render a document; every text sanitised, the marks on top, beside each heading and at the end."""
    terminal = terminal.of_width(min(terminal.width, _WIDEST_TABLE))
    marks = [_centred(mark, terminal) for mark in document.marks]
    yield from marks
    for unit in _units(document, terminal, is_paged=False):
        yield from unit.lines
    if marks:
        yield from [[], *marks]


def printed_lines(document: Document, terminal: TerminalStyle) -> Iterable[Segments]:
    """Render the lines of a document to print: with marks in pages of 60 lines, parted by form feeds.

    The marks stand on top of each page, its number at its foot; what belongs together is not parted.
    """
    if not document.marks:
        return document_lines(document, terminal)
    terminal = terminal.of_width(min(terminal.width, _WIDEST))
    marks = [*[_centred(mark, terminal) for mark in document.marks], []]
    room = _PAGE - len(marks) - 2
    pages: list[list[Segments]] = [[]]
    for unit in _units(document, terminal, is_paged=True):
        lines = unit.lines
        if pages[-1] and (unit.begins_page or len(pages[-1]) + len(lines) > room):
            pages.append([])
        if not pages[-1]:
            lines = lines[next((at for at, line in enumerate(lines) if line), len(lines)) :]
        while len(lines) > room:  # One that no page holds.
            pages[-1], lines = lines[:room], lines[room:]
            pages.append([])
        pages[-1] += lines
    printed: list[Segments] = []
    for number, page in enumerate(pages, 1):
        foot = f"{number} / {len(pages)}".rjust(terminal.width - 2)
        whole = [*marks, *page, *[[]] * (room - len(page)), [], [(foot, "dim")]]
        if number > 1:
            whole[0] = [(NEXT_PAGE, "plain"), *whole[0]]
        printed += whole
    return printed


class _Unit:
    """Lines kept together on one page; one that `begins_page` is the first of its page."""

    __slots__ = ("begins_page", "lines")

    def __init__(self, lines: list[Segments], *, begins_page: bool = False) -> None:
        self.lines = lines
        self.begins_page = begins_page


def _units(document: Document, terminal: TerminalStyle, *, is_paged: bool) -> Iterable[_Unit]:
    top = _paragraph(document.title, terminal, "heading")
    for text in document.about:
        top += _paragraph(text, terminal)
    yield _Unit(top + _facts(document.facts, terminal))
    layouts = _layouts_of_all(document, terminal)
    head: list[Segments] = []
    begins_page = False
    for place, part in enumerate(document.parts):
        marks = () if is_paged else document.marks
        units = list(_part(part, marks, layouts, terminal, is_first=place == 0))
        begins_page = begins_page or units[0].begins_page
        units[0] = _Unit([*head, *units[0].lines], begins_page=begins_page)
        if is_only_a_head(part, document.parts[place + 1] if place + 1 < len(document.parts) else None):
            head = [line for unit in units for line in unit.lines]
        else:
            yield from units
            head, begins_page = [], False


def _shown(text: str, terminal: TerminalStyle) -> str:
    if text.isascii() and text.isprintable():
        return text  # Most texts are, and nothing is to be replaced in them.
    text = visible(text).replace(" → ", terminal.arrow).replace(" ↔ ", terminal.both_ways)
    return terminal.encodable(text.replace(" · ", terminal.dot).replace("…", terminal.ellipsis))


def _centred(mark: str, terminal: TerminalStyle) -> Segments:
    return [(terminal.cut(visible(mark), terminal.width - 1).center(terminal.width - 1).rstrip(), "heading")]


def _text_width(terminal: TerminalStyle) -> int:
    return min(terminal.width, _WIDEST) - 1


def _paragraph(text: str, terminal: TerminalStyle, style: str = "plain", indent: int = 0) -> list[Segments]:
    before = _MARGIN + " " * indent
    return [[(before + line, style)] for line in folded(_shown(text, terminal), _text_width(terminal) - len(before))]


def _facts(facts: Sequence[tuple[str, str]], terminal: TerminalStyle) -> list[Segments]:
    labels = [_shown(label, terminal) for label, _ in facts]
    room = max(map(width_of, labels), default=0)
    before = " " * (len(_MARGIN) + room + len(_BETWEEN))
    lines: list[Segments] = []
    for label, (_, value) in zip(labels, facts, strict=True):
        first = _MARGIN + padded(label, room) + _BETWEEN
        for text in folded(_shown(value, terminal), _text_width(terminal) - width_of(before)):
            lines.append([(first, "dim"), (text, "plain")])
            first = before
    return lines


def _part(
    part: Section, marks: Sequence[str], layouts: _Layouts, terminal: TerminalStyle, *, is_first: bool
) -> Iterable[_Unit]:
    """Render a section, after a rule where it may be handed out alone; its heading stays with what follows.

    One of the first level repeats the marks beside its heading.
    """
    text = part.heading if part.stands_alone else part.heading.upper()
    heading = _paragraph(f"{text}   [{', '.join(marks)}]" if marks and part.level == 1 else text, terminal, "heading")
    if part.stands_alone and not is_first:
        heading.insert(0, [(_MARGIN, "plain"), (terminal.rule * (terminal.width - 2), "dim")])
    kept: list[Segments] = [[], *heading]
    begins_page = part.begins_page
    for place, block in enumerate(part.blocks):
        if place and isinstance(part.blocks[place - 1], Table):
            kept.append([])
        for lines in _block(block, layouts, terminal):
            yield _Unit([*kept, *lines], begins_page=begins_page)
            kept, begins_page = [], False
    if kept:
        yield _Unit(kept, begins_page=begins_page)


def _block(block: Block, layouts: _Layouts, terminal: TerminalStyle) -> Iterable[list[Segments]]:
    """Render a block, as groups of lines that are kept on one page."""
    if isinstance(block, TextBlock):
        texts = visible_lines(f"{block.lead} {block.text}".lstrip())
        return [[line] for text in texts for line in _paragraph(text, terminal, block.style)]
    if isinstance(block, Figures):
        return [_figures(block, terminal)]
    if isinstance(block, Table):
        return _table(block, layouts, terminal)
    title, *first = _paragraph(block.title, terminal, "strong")
    if isinstance(block, Bars) and block.is_single:
        return [[title, *first, *_pieces(block, terminal)]]
    description = _paragraph(block.description, terminal, indent=2)
    return [[title, *first, *description[:1]], *([line] for line in description[1:])]


def _pieces(block: Bars, terminal: TerminalStyle) -> Iterable[Segments]:
    """Render the pieces of a chart of one bar, each with its count; empty pieces are left out."""
    ((_, counts),) = block.bars
    pieces = [(_shown(what, terminal), str(n)) for n, (what, _) in zip(counts, block.pieces, strict=True) if n]
    most, digits = max(width_of(what) for what, _ in pieces), max(len(count) for _, count in pieces)
    before = _MARGIN + " " * _INDENT
    return [[(f"{before}{padded(what, most)}{_BETWEEN}{count:>{digits}}", "plain")] for what, count in pieces]


def _figures(block: Figures, terminal: TerminalStyle) -> list[Segments]:
    lines: list[Segments] = [[]]
    for text, style in block.in_words():
        piece = (_MARGIN + _shown(text, terminal) + _BETWEEN, style)
        if lines[-1] and columns_of([*lines[-1], piece]) - len(_BETWEEN) >= terminal.width:
            lines.append([])
        lines[-1].append(piece)
    return list(map(merged, lines))


# Tables


def _headings(table: Table) -> tuple[str, ...]:
    return tuple(column.heading for column in table.columns)


def _alike(table: Table) -> tuple[str, ...]:
    """The key of tables that share their columns: how many there are, and the first headings."""
    return str(len(table.columns)), *_headings(table)[:_ALIKE]


class _Column(dict[str, list[str]]):
    """A column: text of a cell -> its lines, folded to the width and filled up with blanks.

    The same text often stands in many rows, and in tables that look alike.
    """

    def __init__(self, width: int, terminal: TerminalStyle, *, is_number: bool) -> None:
        self.width = width
        self.blank = " " * width
        self._terminal = terminal
        self._fill = padded_before if is_number else padded

    def __missing__(self, text: str) -> list[str]:
        lines = folded(_shown(text, self._terminal), self.width)
        self[text] = filled = [self._fill(line, self.width) for line in lines]
        return filled


def _layouts_of_all(document: Document, terminal: TerminalStyle) -> _Layouts:
    """Map each key of similar tables to their columns, wide enough for the cells of all of them."""
    alike: dict[tuple[str, ...], list[Table]] = {}
    for part in document.parts:
        for block in part.blocks:
            if isinstance(block, Table):
                printed = _printed(block)
                alike.setdefault(_alike(printed), []).append(printed)
    return {
        kind: [
            _Column(width, terminal, is_number=column.is_number)
            for width, column in zip(_widths(tables, terminal), tables[0].columns, strict=True)
        ]
        for kind, tables in alike.items()
    }


def _printed(table: Table) -> Table:
    """A table without the columns filled in by hand, which stand under each row."""
    kept = [place for place, column in enumerate(table.columns) if not column.to_fill]
    if len(kept) == len(table.columns):
        return table
    entries = [
        TableRow(
            entry.cells[: len(kept)],
            style=entry.style,
            styled=entry.styled,
            remarks=entry.remarks,
            is_filled_in=entry.is_filled_in,
        )
        for entry in table.entries
    ]
    return Table(table.columns[: len(kept)], entries)


def _to_fill(table: Table, entry: TableRow, indent: int, terminal: TerminalStyle) -> list[Segments]:
    """The lines under a row to fill in by hand: each heading with its room, and a second line.

    The first heading has a line of its own where one line has no room to write in for all.
    """
    columns = [(column.heading, column.share) for column in table.columns if column.to_fill]
    under = table.fill_under if entry.is_filled_in else ()
    to_fill = [*columns, *under]
    if not to_fill:
        return []
    before = _MARGIN + " " * indent
    room = terminal.width - 1 - len(before)
    lines = [_filled_by_hand(to_fill, room, terminal)]
    if width_of(lines[0]) > room:
        lines = [_filled_by_hand(part, room, terminal) for part in (to_fill[:1], to_fill[1:])]
    if under:
        lines.append("_" * room)
    return [[(before + line, "plain")] for line in lines]


def _filled_by_hand(to_fill: Sequence[tuple[str, int]], room: int, terminal: TerminalStyle) -> str:
    """Headings on one line, each with its share of the room to write in, or the least one."""
    headings = [_shown(heading, terminal) + " " for heading, _ in to_fill]
    left = room - sum(map(width_of, headings)) - len(_BETWEEN) * (len(headings) - 1)
    shares = [share for _, share in to_fill]
    blanks = ["_" * max(left * share // sum(shares), _LEAST_BLANK) for share in shares]
    return _BETWEEN.join(heading + blank for heading, blank in zip(headings, blanks, strict=True))


def _table(whole: Table, layouts: _Layouts, terminal: TerminalStyle) -> list[list[Segments]]:
    """Render a table as its rows; the head is part of the first one, and the last two are kept together."""
    table = _printed(whole)
    columns, headings = layouts[_alike(table)], _headings(table)
    is_stacked = sum(column.width for column in columns) > _room(table, terminal)
    if not table.title_place and is_stacked:
        return [list(_figures_of_label(entry, headings, terminal)) for entry in table.entries]
    row = _stacked_row if is_stacked else _row
    gaps = _gaps(table)
    head = row(headings, ["dim"] * len(headings), columns, gaps)
    indent = _INDENT + sum(column.width + 1 for column in columns[: table.title_place])
    is_to_fill = table is not whole or whole.fill_under
    rows: list[list[Segments]] = []
    for entry in table.entries:
        lines = row(entry.cells, entry.styles, columns, gaps)
        lines += _remarks(entry, indent, terminal)
        if is_to_fill:
            lines += _to_fill(whole, entry, indent, terminal)
        rows.append(lines)
    rows[0] = [*head, *rows[0]]
    return rows if len(rows) == 1 else [*rows[:-2], rows[-2] + rows[-1]]


def _figures_of_label(entry: TableRow, headings: Sequence[str], terminal: TerminalStyle) -> Iterable[Segments]:
    """Render a row as its label, and under it the other cells with content, each with its heading."""
    yield from _paragraph(entry.cells[0], terminal)
    pairs = zip(headings[1:], entry.cells[1:], strict=True)
    nothing = _NOTHING if len(headings) > _MANY else _NOTHING[1:]
    said = [f"{heading}: {cell}" for heading, cell in pairs if cell not in nothing]
    if said:
        yield from _paragraph(" · ".join(said), terminal, indent=_INDENT)
    yield from _remarks(entry, _INDENT, terminal)


def _remarks(entry: TableRow, indent: int, terminal: TerminalStyle) -> Iterable[Segments]:
    for remark in entry.remarks:
        yield from _paragraph(remark, terminal, indent=indent)


def _gaps(table: Table) -> list[str]:
    """The gap behind each column."""
    return _gaps_behind(len(table.columns), table.title_place)


def _gaps_behind(columns: int, title: int) -> list[str]:
    return [*[" "] * title, *[_BETWEEN] * (columns - 1 - title), ""]


def _room(table: Table, terminal: TerminalStyle) -> int:
    """The width of all columns of a table together."""
    return terminal.width - 1 - len(_MARGIN) - sum(map(len, _gaps(table)))


def _widths(tables: Sequence[Table], terminal: TerminalStyle) -> list[int]:
    """Choose the width of each column of similar tables.

    The title has what the others leave, its part of the page at least where their words allow it. One of the others is
    as wide as its cells where that makes the tables shorter, else as its longest word. Where the title has too little
    even so, it has a line of its own, and the others stand under it.
    """
    columns, title = tables[0].columns, tables[0].title_place
    rows: list[Sequence[str]] = [entry.cells for table in tables for entry in table.entries]
    headings = list(dict.fromkeys(map(_headings, tables)))
    natural, least, whole = [], [], []
    for place, column in enumerate(columns):
        # Each text once: many cells say the same.
        texts = [_shown(text, terminal) for text in {cells[place] for cells in rows}]
        above = [_shown(its[place], terminal) for its in headings]
        # Figures are never wrapped, their heading may be, over two lines.
        texts += [" " * _width_of_two_lines(heading) for heading in above] if column.is_number else above
        natural.append(max(map(width_of, texts)))
        least.append(natural[-1] if column.is_number else min(_longest_word(texts), _MOST_WORD, natural[-1]))
        whole.append(max(natural[-1], *map(width_of, above)))
    left = _room(tables[0], terminal)
    if sum(whole) <= left:
        return whole
    if sum(natural) <= left:
        return natural
    of_title = min(natural[title], int(terminal.width * _TITLE)) if title else least[title]
    measured = [[_shown(cell, terminal) for cell in cells] for cells in [*rows, *headings][-_MEASURED:]]
    widths = _shortest(measured, title, natural, least, left, of_title)
    if title and widths[title] < min(natural[title], _LEAST_TITLE):
        below = left - natural[0] + len(_BETWEEN)
        others = natural[2:]
        if sum(others) > below:
            widest = others.index(max(others))
            others = _fitting(_shortest([row[2:] for row in measured], widest, others, least[2:], below, 1), below)
        return [natural[0], below + (len(columns) - 3) * len(_BETWEEN), *others]
    if not title and widths[0] < min(natural[0], _LEAST_LABEL):
        return [left + len(_BETWEEN) * (len(columns) - 1), *least[1:]]
    widths[title] = max(widths[title], least[title])
    return _alike_of_one_share(_fitting(widths, left), columns, least)


def _alike_of_one_share(widths: list[int], columns: Sequence[TableColumn], least: Sequence[int]) -> list[int]:
    """Columns beside a label that should be equally wide, where their words allow it."""
    label, *others = widths
    shares = {column.share for column in columns[1:]}
    each = sum(others) // len(others) if others else 0
    if len(shares) != 1 or any(column.is_number for column in columns) or each < max(least[1:], default=0):
        return widths
    return [label, *([each] * len(others))]


def _fitting(widths: list[int], left: int) -> list[int]:
    """Shrink the widest columns until all fit."""
    while sum(widths) > left:
        widths[widths.index(max(widths))] -= 1
    return widths


def _shortest(
    rows: Sequence[Sequence[str]], title: int, natural: Sequence[int], least: Sequence[int], left: int, of_title: int
) -> list[int]:
    """The widths that give these rows the fewest lines; the title has `of_title` at least, if possible."""

    def with_title(widths: list[int]) -> list[int]:
        widths[title] = max(left - sum(widths) + widths[title], 1)
        return widths

    counts: dict[tuple[int, int], list[int]] = {}  # A candidate changes two columns: those of the others are known.

    def lines_of(place: int, width: int) -> list[int]:
        if (place, width) not in counts:
            counts[place, width] = [len(folded(row[place], width)) for row in rows]
        return counts[place, width]

    def lines(widths: list[int]) -> int:
        return sum(map(max, zip(*[lines_of(place, width) for place, width in enumerate(widths)], strict=True)))

    widths = with_title(list(least))
    fewest = lines(widths)
    while True:
        spare = widths[title] - of_title
        most = [min(most, width + max(spare, 1)) for most, width in zip(natural, widths, strict=True)]
        wider = [
            with_title([*widths[:place], width, *widths[place + 1 :]])
            for place in range(len(widths))
            if place != title and widths[place] < most[place]
            for width in (most[place] - (most[place] - widths[place]) * part // _PARTS for part in range(_PARTS))
        ]
        found = [(lines(candidate), candidate) for candidate in wider if candidate[title] >= of_title]
        if not found or min(found)[0] >= fewest:
            return _without_waste(title, natural, widths)
        fewest, widths = min(found)


def _without_waste(title: int, natural: Sequence[int], widths: list[int]) -> list[int]:
    """Share out what the title does not need among the columns that do, the narrowest first."""
    spare = widths[title] - natural[title]
    if spare <= 0:
        return widths
    widths[title] = natural[title]
    needy = sorted((place for place in range(len(widths)) if widths[place] < natural[place]), key=natural.__getitem__)
    for place in needy:
        more = min(natural[place] - widths[place], spare // (len(needy) - needy.index(place)))
        widths[place] += more
        spare -= more
    return widths


def _width_of_two_lines(text: str) -> int:
    """The least width at which a text is folded into two lines, without a broken word."""
    return next(width for width in range(_longest_word([text]), width_of(text) + 1) if len(folded(text, width)) <= 2)


def _longest_word(texts: Sequence[str]) -> int:
    """The width of the longest unbreakable part."""
    longest = 0
    for text in texts:
        if width_of(text) > longest:
            longest = max(longest, *map(measure_of(text), unbroken_parts(text)))
    return longest


def _row(
    cells: Sequence[str], styles: Sequence[str], columns: Sequence[_Column], gaps: Sequence[str]
) -> list[Segments]:
    """Render a row as many lines high as its longest cell; `styles` has the style of each cell."""
    lines: list[Segments] = []
    for texts in zip_longest(*[column[cell] for column, cell in zip(columns, cells, strict=True)]):
        line: Segments = []
        plain = _MARGIN  # Most cells are: they are one segment.
        for text, column, style, gap in zip(texts, columns, styles, gaps, strict=True):
            if text is None:
                plain += column.blank + gap
            elif style == "plain" or text == column.blank:
                plain += text + gap
            else:
                line += [(plain, "plain"), (text, style)]
                plain = gap
        lines.append(merged([*line, (plain, "plain")]))
    return lines


def _stacked_row(
    cells: Sequence[str], styles: Sequence[str], columns: Sequence[_Column], gaps: Sequence[str]
) -> list[Segments]:
    """Render a row as its number and title, and its other cells under the title."""
    before = (" " * (columns[0].width + 1), "plain")
    return [
        *_row(cells[:2], styles[:2], columns[:2], _gaps_behind(2, 1)),
        *(
            merged([before, *line])
            for line in _row(cells[2:], styles[2:], columns[2:], _gaps_behind(len(cells) - 2, 0))
        ),
    ]
