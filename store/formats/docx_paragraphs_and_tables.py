"""Write the body of a DOCX file as text of WordprocessingML, a piece at a time.

python-docx keeps every element as an object: a paper of 10,000 rows took 40 seconds and 420 MB that way. Here a row
is text: time and memory grow with the rows alone. Twips are twentieths of a point, the unit of widths in the file
(ECMA-376, 17.18.87).
"""

from __future__ import annotations

from xml.sax.saxutils import escape

from store.formats.docx_charts import draw_bars, draw_timeline
from store.formats.docx_page_and_styles import INK, MARGINS, PAGE
from store.formats.keep_on_one_line import unbroken
from store.formats.page_column_widths import column_widths, parted
from store.formats.russian_hyphenation import SOFT_HYPHEN
from store.reports.document import (
    Bars,
    Figures,
    Table,
    TextBlock,
    Timeline,
    is_kept_whole,
    is_only_a_head,
    leads_to_a_table,
)
from store.sanitise_text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from store.reports.document import Block, Document, Section, TableRow

WIDTH = round((PAGE[0] - MARGINS["left"] - MARGINS["right"]) * 1440 / 25.4)
"""Width of the text, in twips."""
_GAP = 100
"""Gap between two columns, in twips."""
_LETTER = 104
"""The mean width of a letter of a label, in twips."""
_FIGURE = 26
"""The size of a count, in half points."""
_DENSE = 14
"""The size of headings over many columns, in half points."""
_UNBROKEN = 40
"""The most characters of a label that is kept in one line."""
_LAST_ROWS = 3
"""So many of the last rows of a table stand on one page; the style sheet of the page in HTML says so too."""
_LONG_REMARK = 1_200
"""Characters of a remark whose row may be broken at the foot of a page."""
_ABOVE_A_LINE = 180
"""The room above a line that is written on, in twips."""
_TO_FILL = 560
"""The least height of a row that is filled in by hand, in twips."""
_GREY, _LINE = "808080", "BBBBBB"
_LATE, _FAINT = "7D1D1D", "555555"
_COLOURS = {"overdue": _LATE, "dim": _FAINT}
"""Colour is on what is late alone, and what is aside is grey."""
_BOLD = ("strong", "overdue", "today")


def body_of(document: Document) -> Iterator[str]:
    """The elements of the body, but the properties of its section."""
    yield _paragraph(_run(visible(document.title)), style="Title")
    for line in document.about:
        yield _paragraph(_run(visible(line)))
    if document.facts:
        yield from _facts(document.facts)
    charts = iter(range(1, 1_000_000))
    for part, following in zip(document.parts, [*document.parts[1:], None], strict=True):
        yield _heading(part)
        is_head = is_only_a_head(part, following)
        holds_next = is_head or (following is not None and following.holds_before)
        is_whole_text = is_kept_whole(part)
        for place, (block, after) in enumerate(zip(part.blocks, [*part.blocks[1:], None], strict=True)):
            is_lead = leads_to_a_table(part, place) or (isinstance(block, Figures) and place == 0)
            is_lead = is_lead or (is_whole_text and after is not None)
            if isinstance(block, Table):
                yield from _table(block, holds_next=holds_next, is_whole=part.holds_before)
            else:
                yield from _block(block, charts, holds_next=holds_next or is_lead)


def _paragraph(runs: str, *, style: str = "", properties: str = "") -> str:
    """A paragraph; `properties` in the order of the schema (17.3.1.26)."""
    its = (f'<w:pStyle w:val="{style}"/>' if style else "") + properties
    return f"<w:p>{f'<w:pPr>{its}</w:pPr>' if its else ''}{runs}</w:p>"


def _run(shown: str, style: str = "plain", *, size: int | None = None) -> str:
    """A run of a text that is made visible already."""
    if not shown:
        return ""
    bold = "<w:b/>" if style in _BOLD or size else ""
    colour = f'<w:color w:val="{_COLOURS[style]}"/>' if style in _COLOURS else ""
    properties = bold + colour + (f'<w:sz w:val="{size}"/>' if size else "")
    text = escape(unbroken(shown)).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    text = text.replace(SOFT_HYPHEN, '</w:t><w:softHyphen/><w:t xml:space="preserve">')
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _lines(text: str, style: str = "plain") -> str:
    return "<w:r><w:br/></w:r>".join(_run(line, style) for line in visible_lines(text))


def _facts(facts: Sequence[tuple[str, str]]) -> Iterator[str]:
    """The facts, each in a line of its own, the values below each other; lines with the same rules share them."""
    label_width = min(max(len(visible(label)) for label, _ in facts) * _LETTER + _GAP, WIDTH // 2)
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="1" w:color="{_GREY}"/>' for side in ("top", "bottom"))
    properties = (
        f'<w:pBdr>{sides}</w:pBdr><w:tabs><w:tab w:val="left" w:pos="{label_width}"/></w:tabs>'
        f'<w:ind w:left="{label_width}" w:hanging="{label_width}"/>'
    )
    for label, value in facts:
        runs = _run(visible(label) + "\t", "dim") + _run(visible(value))
        yield _paragraph(runs, style="Facts", properties=properties)


def _heading(part: Section) -> str:
    new_page = "<w:pageBreakBefore/>" if part.begins_page else ""
    return _paragraph(_run(visible(part.heading)), style=f"Heading{part.level}", properties=new_page)


def _block(block: Block, charts: Iterator[int], *, holds_next: bool) -> Iterator[str]:
    if isinstance(block, TextBlock):
        lead = _run(visible(block.lead) + " ", "strong") if block.lead else ""
        keep = "<w:keepNext/>" if holds_next else ""
        yield _paragraph(
            lead + _lines(block.text, block.style), style="Note" if block.style == "dim" else "", properties=keep
        )
    elif isinstance(block, Figures):
        yield _figures(block, "<w:keepNext/>" if holds_next else "")
    else:
        assert isinstance(block, Bars | Timeline)
        if not (isinstance(block, Bars) and block.is_single):  # Its heading says what it is of.
            yield _paragraph(_run(visible(block.title), "strong"), properties="<w:keepNext/>")
        drawn = draw_bars(block, charts) if isinstance(block, Bars) else draw_timeline(block, charts)
        for drawing in drawn:
            yield _paragraph(drawing, properties="<w:keepNext/>")
        if isinstance(block, Timeline) and block.note:
            yield _paragraph(_run(visible(block.note)), style="Remark")


def _figures(block: Figures, properties: str) -> str:
    """The key figures in one line, each before its label, or behind it."""
    runs = []
    for place, (before, count, after, style) in enumerate(block.parts()):
        runs += [
            _run(("    " if place else "") + _unbroken(before)),
            _run(_unbroken(count), style, size=_FIGURE),
            _run(_unbroken(after)),
        ]
    return _paragraph("".join(runs), properties=properties)


def _unbroken(text: str) -> str:
    """Make a text visible, and keep a short one in one line, a longer one beside its count."""
    shown = visible(text)
    if len(shown) <= _UNBROKEN:
        return shown.replace(" ", "\u00a0")
    words = shown.strip(" ")
    return shown.replace(" " + words, "\u00a0" + words).replace(words + " ", words + "\u00a0")


# Tables.


def _table(table: Table, *, holds_next: bool, is_whole: bool) -> Iterator[str]:
    """A table. One that `holds_next` ends on the page where the next part begins; one that `is_whole` is not broken."""
    widths = [int(WIDTH * part) for part in column_widths(table)]
    gap = _GAP // 2 if table.is_dense else _GAP
    yield (
        f'<w:tbl><w:tblPr><w:tblW w:type="dxa" w:w="{sum(widths)}"/><w:tblBorders>{_border("bottom", INK)}'
        f'{_border("insideH", _LINE)}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" '
        f'w:type="dxa"/><w:right w:w="{gap}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
    )
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
    yield _head(table, widths)
    yield from _entries(table, widths, holds_next=holds_next, is_whole=is_whole)
    # Space below a table, which has none of its own: the next one would touch it.
    spacing = (
        "<w:keepNext/>" if holds_next else ""
    ) + '<w:spacing w:before="0" w:after="0" w:line="100" w:lineRule="exact"/>'
    yield f"</w:tbl>{_paragraph('', properties=spacing)}"


def _border(side: str, colour: str | None) -> str:
    if colour is None:
        return f'<w:{side} w:val="nil"/>'
    return f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{colour}"/>'


def _sides(table: Table) -> list[str]:
    """The alignment of each column, as properties: numbers to the right, what follows numbers apart from them."""
    numbers = [column.is_number for column in table.columns]
    right, apart = '<w:jc w:val="right"/>', f'<w:ind w:left="{_GAP}"/>'
    return [
        right if number else apart if after else "" for number, after in zip(numbers, [False, *numbers], strict=False)
    ]


def _head(table: Table, widths: Sequence[int]) -> str:
    cells = []
    for column, width, side in zip(table.columns, widths, _sides(table), strict=True):
        heading = parted(unbroken(visible(column.heading)), width / WIDTH, table, is_heading=True)
        heading = escape(heading).replace(SOFT_HYPHEN, "</w:t><w:softHyphen/><w:t>")
        size = f'<w:sz w:val="{_DENSE}"/>' if table.is_dense else ""
        run = f"<w:r><w:rPr><w:i/>{size}</w:rPr><w:t>{heading}</w:t></w:r>" if heading else ""
        paragraph = _paragraph(run, style="Column", properties=f"<w:keepNext/>{side}")
        cells.append(_cell(width, paragraph, borders=_border("bottom", INK)))
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: int, paragraph: str, *, borders: str = "", spans: int = 1) -> str:
    span = f'<w:gridSpan w:val="{spans}"/>' if spans > 1 else ""
    lines = f"<w:tcBorders>{borders}</w:tcBorders>" if borders else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{lines}</w:tcPr>{paragraph}</w:tc>'


def _entries(table: Table, widths: Sequence[int], *, holds_next: bool, is_whole: bool) -> Iterator[str]:
    """The rows. No single one is left at the foot of a page, nor are the last few parted."""
    sides = _sides(table)
    last = len(table.entries) - 1
    height = f'<w:trHeight w:val="{_TO_FILL}"/>' if any(column.to_fill for column in table.columns) else ""
    for place, entry in enumerate(table.entries):
        is_last = place == last
        keeps = holds_next if is_last else is_whole or place == 0 or place > last - _LAST_ROWS
        yield _entry(table, entry, widths, sides, height, holds_next=keeps)


def _entry(
    table: Table, entry: TableRow, widths: Sequence[int], sides: Sequence[str], height: str, *, holds_next: bool
) -> str:
    is_filled_in = bool(table.fill_under) and entry.is_filled_in
    is_followed = bool(entry.remarks) or is_filled_in
    keep = "<w:keepNext/>" if holds_next or is_followed else ""
    under = _border("bottom", None) if is_followed else ""
    cells = []
    for at, (text, style, column, width, side) in enumerate(
        zip(entry.cells, entry.styles, table.columns, widths, sides, strict=True)
    ):
        shown = visible(text) if at else parted(visible(text), width / WIDTH, table)
        paragraph = _paragraph(_run(shown, style), style="Cell", properties=keep + side)
        cells.append(_cell(width, paragraph, borders=(_border("left", _LINE) if column.to_fill else "") + under))
    rows = [f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{''.join(cells)}</w:tr>"]
    before = sum(widths[: table.title_place])
    for at, remark in enumerate(entry.remarks, 1):
        is_last = at == len(entry.remarks) and not is_filled_in
        borders = _border("top", None) + ("" if is_last else _border("bottom", None))
        keep = "<w:keepNext/>" if holds_next or not is_last else ""
        text = _paragraph(_lines(remark), style="Remark", properties=keep)
        cells = [_cell(sum(widths) - before, text, borders=borders, spans=len(widths) - table.title_place)]
        if before:
            cells.insert(0, _cell(before, _paragraph("", style="Remark", properties=keep), borders=borders))
        whole = "<w:trPr><w:cantSplit/></w:trPr>" if len(remark) <= _LONG_REMARK else ""
        rows.append(f"<w:tr>{whole}{''.join(cells)}</w:tr>")
    if is_filled_in:
        rows.append(_to_fill_under(table, widths, holds_next=holds_next))
    return "".join(rows)


def _to_fill_under(table: Table, widths: Sequence[int], *, holds_next: bool) -> str:
    """The row under an entry that is filled in by hand: each label before its line, and a line more."""
    first = table.title_place
    room = sum(widths[first:]) - 2 * _GAP
    keep = "<w:keepNext/>" if holds_next else ""
    empty, borders = _paragraph("", style="Cell", properties=keep), _border("top", None)
    written, ends, whole = 0, [], sum(share for _, share in table.fill_under)
    for _, share in table.fill_under:
        written += share
        ends.append(room * written // whole)
    runs = "".join(
        _run(("  " if at else "") + visible(label) + " \t") for at, (label, _) in enumerate(table.fill_under)
    )
    lines = _line_to_fill(runs, ends, keep) + _line_to_fill(_run("\t"), [room], keep)
    cells = [_cell(sum(widths[:first]), empty, borders=borders)] if first else []
    cells.append(_cell(sum(widths[first:]), lines, borders=borders, spans=len(widths) - first))
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _line_to_fill(runs: str, ends: Sequence[int], keep: str) -> str:
    """A line to write on: each tab of these runs is drawn as a line up to its end, in twips.

    A stroke follows the last one: LibreOffice draws no tab that ends a paragraph.
    """
    tabs = "".join(f'<w:tab w:val="left" w:leader="underscore" w:pos="{end}"/>' for end in ends)
    properties = f'{keep}<w:tabs>{tabs}</w:tabs><w:spacing w:before="{_ABOVE_A_LINE}" w:after="30"/>'
    return _paragraph(runs + _run("_"), style="Cell", properties=properties)
