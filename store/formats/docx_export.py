"""Write a document as DOCX, for Word and LibreOffice: A4, marks and page numbers on every page, headings and tables.

A chart is written as its description. The same document and day give the same bytes. Twips are twentieths of a point,
the unit of widths in the file (ECMA-376, 17.18.87).
"""

from __future__ import annotations

from store.errors import not_built_in
from store.formats.docx_styles import INK, MARGINS, PAGE, borders, element, in_order, rule, set_styles
from store.reports.document import Bars, Figures, Table, TextBlock, Timeline
from store.text import visible, visible_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from docx.document import Document as File
    from docx.table import Table as Grid
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from store.reports.document import Block, Document, Section, TableRow

_WIDTH = round((PAGE[0] - MARGINS["left"] - MARGINS["right"]) * 1440 / 25.4)
"""Width of the text, in twips."""
_GAP = 100
"""Gap between two columns, in twips."""
_FIGURE = 11
"""The size of a count, in points."""
_UNBROKEN = 40
"""The most characters of a label that is kept in one line."""
_LATE, _FAINT = "7D1D1D", "555555"
_COLOURS = {"overdue": _LATE, "today": _LATE, "dim": _FAINT}
_BOLD = ("strong", "overdue", "today")
_LEFT_OVER = ("/stylesWithEffects", "/thumbnail", "/extended-properties", "/customXml")
"""Parts of the library's template to drop: a thumbnail of an empty page, the name of another program."""


def render_docx(document: Document, day: str) -> bytes:
    """Render a document as the bytes of a DOCX file. `day`: the ISO day of creation in its properties.

    Raises: NotAllowed where the library is missing.
    """
    try:
        import docx as library
    except ModuleNotFoundError as error:
        raise not_built_in("DOCX", error) from None
    file = library.Document()
    _set_properties(file, document, day)
    set_styles(file, document.language)
    _set_page(file, document)
    file.add_paragraph(visible(document.title), style="Title")
    for line in document.about:
        file.add_paragraph(visible(line))
    if document.facts:
        _add_facts(file, document.facts)
    for part in document.parts:
        _add_part(file, part)
    return _stable(file, day)


def _add_facts(file: File, facts: Iterable[tuple[str, str]]) -> None:
    paragraph = file.add_paragraph(style="Facts")
    for place, (label, value) in enumerate(facts):
        _run(paragraph, ("   " if place else "") + visible(label) + ": ", "dim")
        _run(paragraph, visible(value))
    rule(paragraph, "top", "bottom")


def _add_part(file: File, part: Section) -> None:
    heading = file.add_heading(visible(part.heading), part.level)
    if part.begins_page:
        heading.paragraph_format.page_break_before = True
    for block in part.blocks:
        _add_block(file, block)


def _add_block(file: File, block: Block) -> None:
    if isinstance(block, TextBlock):
        paragraph = file.add_paragraph()
        if block.lead:
            _run(paragraph, visible(block.lead) + " ", "strong")
        _lines(paragraph, block.text, block.style)
    elif isinstance(block, Figures):
        _add_figures(file, block.figures)
    elif isinstance(block, Table):
        _add_table(file, block)
    else:
        assert isinstance(block, Bars | Timeline)
        title = file.add_paragraph()
        title.paragraph_format.keep_with_next = True
        _run(title, visible(block.title), "strong")
        file.add_paragraph(visible(block.description))


def _add_figures(file: File, figures: Iterable[tuple[str, str, str]]) -> None:
    """Add the key figures in one line, each before its label."""
    from docx.shared import Pt

    paragraph = file.add_paragraph()
    for place, (count, what, style) in enumerate(figures):
        number = _run(paragraph, ("    " if place else "") + _unbroken(count), style)
        number.bold, number.font.size = True, Pt(_FIGURE)
        _run(paragraph, "\u00a0" + _unbroken(what))


def _unbroken(text: str) -> str:
    """Make a text visible, and keep a short one in one line."""
    shown = visible(text)
    return shown.replace(" ", "\u00a0") if len(shown) <= _UNBROKEN else shown


def _add_table(file: File, table: Table) -> None:
    whole = sum(column.share for column in table.columns)
    widths = [_WIDTH * column.share // whole for column in table.columns]
    sides = _sides(table)
    grid = _grid(file, widths)
    head = _add_row(grid, "Column", widths, lines={"bottom": INK}, is_head=True)
    for paragraph, column, side in zip(head, table.columns, sides, strict=True):
        _place(paragraph, side, holds_next=True)
        paragraph.add_run(visible(column.heading)).italic = True
    for place, entry in enumerate(table.entries):
        # No single row is left at the foot of a page, nor at the head of the next one.
        holds_next = place in (0, len(table.entries) - 2) and len(table.entries) > 1
        _add_entry(grid, entry, widths, sides, holds_next=holds_next)
    _room_after(file)


def _add_entry(grid: Grid, entry: TableRow, widths: Sequence[int], sides: Sequence[str], *, holds_next: bool) -> None:
    styles = map(entry.style_of, range(len(entry.cells)))
    cells = _add_row(grid, "Cell", widths, lines={"bottom": None} if entry.remarks else {})
    for paragraph, text, side, style in zip(cells, entry.cells, sides, styles, strict=True):
        _place(paragraph, side, holds_next=holds_next or bool(entry.remarks))
        _run(paragraph, visible(text), style)
    for place, remark in enumerate(entry.remarks, 1):
        is_last = place == len(entry.remarks)
        lines = {"top": None} if is_last else {"top": None, "bottom": None}
        (paragraph,) = _add_row(grid, "Remark", [sum(widths)], lines=lines, spans=len(widths))
        _place(paragraph, "left", holds_next=holds_next or not is_last)
        _lines(paragraph, remark)


def _grid(file: File, widths: Sequence[int]) -> Grid:
    """An empty table with fixed widths of its columns, in twips, as wide as the text."""
    from docx.shared import Twips

    grid: Grid = file.add_table(0, len(widths))
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Twips(width)
    margins = in_order(grid._tbl.tblPr, "w:tblCellMar")
    for side, gap in (("left", 0), ("right", _GAP)):
        element(margins, f"w:{side}", w=str(gap), type="dxa")
    borders(grid._tbl.tblPr, "w:tblBorders", {"bottom": INK, "insideH": "BBBBBB"})
    return grid


def _add_row(
    grid: Grid,
    style: str,
    widths: Sequence[int],
    *,
    lines: Mapping[str, str | None],
    spans: int = 1,
    is_head: bool = False,
) -> list[Paragraph]:
    """Add a row that does not break across pages: cells of these widths, each over `spans` columns.

    Returns their empty paragraphs. Written as XML elements: with python-docx's rows a table of 500 takes four seconds.
    """
    from docx.text.paragraph import Paragraph

    row = element(grid._tbl, "w:tr")
    properties = element(row, "w:trPr")
    element(properties, "w:cantSplit")
    if is_head:
        element(properties, "w:tblHeader")
    paragraphs = []
    for width in widths:
        cell = element(row, "w:tc")
        properties = element(cell, "w:tcPr")
        element(properties, "w:tcW", w=str(width), type="dxa")
        if spans > 1:
            element(properties, "w:gridSpan", val=str(spans))
        if lines:
            borders(properties, "w:tcBorders", lines)
        paragraph = Paragraph(element(cell, "w:p"), grid)
        paragraph._p.style = style
        paragraphs.append(paragraph)
    return paragraphs


def _room_after(file: File) -> None:
    """Add space below a table, which has none of its own: the next one would touch it."""
    from docx.shared import Pt

    paragraph = file.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(5)


def _sides(table: Table) -> list[str]:
    """The alignment of each column: numbers `right`, others `left`, or `apart` if they follow numbers."""
    numbers = [column.is_number for column in table.columns]
    before = [False, *numbers]
    return ["right" if number else "apart" if after else "left" for number, after in zip(numbers, before, strict=False)]


def _place(paragraph: Paragraph, side: str, *, holds_next: bool) -> None:
    """Align a paragraph in its cell (see `_sides`); `holds_next` keeps the next row on its page."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Twips

    if holds_next:
        paragraph.paragraph_format.keep_with_next = True
    if side == "right":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif side == "apart":
        paragraph.paragraph_format.left_indent = Twips(_GAP)


def _lines(paragraph: Paragraph, text: str, style: str = "plain") -> None:
    for place, line in enumerate(visible_lines(text)):
        if place:
            paragraph.add_run().add_break()
        _run(paragraph, line, style)


def _run(paragraph: Paragraph, shown: str, style: str = "plain") -> Run:
    from docx.shared import RGBColor

    run = paragraph.add_run(shown)
    if style in _BOLD:
        run.bold = True
    if style in _COLOURS:
        run.font.color.rgb = RGBColor.from_string(_COLOURS[style])
    return run


def _set_page(file: File, document: Document) -> None:
    """Set A4, the marks in the header, the title and `page / pages` in the footer."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.shared import Mm, Twips

    section = file.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side in ("top", "bottom", "left", "right"):
        setattr(section, f"{side}_margin", Mm(MARGINS[side]))
    section.header_distance, section.footer_distance = Mm(MARGINS["header"]), Mm(MARGINS["footer"])
    if document.marks:
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _run(head, " · ".join(map(visible, document.marks)), "strong")
        rule(head, "bottom")
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Twips(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    foot.paragraph_format.right_indent = Mm(0)
    _run(foot, visible(document.title) + "\t")
    _field(foot, "PAGE")
    _run(foot, " / ")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a field that the reader's program fills in."""
    from docx.text.run import Run

    field = element(paragraph._p, "w:fldSimple", instr=instruction)
    Run(element(field, "w:r"), paragraph).text = "1"


def _set_properties(file: File, document: Document, day: str) -> None:
    """Set the properties of the file, with no person and no program in them."""
    from datetime import datetime

    properties = file.core_properties
    properties.title, properties.language = visible(document.title)[:255], document.language
    properties.author = properties.comments = properties.last_modified_by = ""
    properties.created = properties.modified = datetime.fromisoformat(day)
    for rels in (file.part.rels, file.part.package.rels):
        for name, rel in list(rels.items()):
            if rel.reltype.endswith(_LEFT_OVER):
                del rels[name]


def _stable(file: File, day: str) -> bytes:
    """The file's bytes, with the day instead of the present time as the date of every ZIP member."""
    from io import BytesIO
    from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

    written, stable = BytesIO(), BytesIO()
    file.save(written)
    first = max(day, "1980-01-01")  # the first day that a ZIP file can tell
    stamp = (int(first[:4]), int(first[5:7]), int(first[8:]), 0, 0, 0)
    with ZipFile(written) as source, ZipFile(stable, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, stamp)
            member.compress_type, member.create_system = ZIP_DEFLATED, 0
            target.writestr(member, source.read(name))
    return stable.getvalue()
