"""Reads a Word document (DOCX): paragraphs, list items, rows of tables, in their order."""

from __future__ import annotations

import re
from io import BytesIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from store.capture.readers import text_refusals_and_warnings
from store.capture.readers.docx.docx_body import Body
from store.capture.readers.docx.docx_hidden_parts import NotShown
from store.errors import not_built_in
from store.foreign_files.zip_bomb_limits import text_parts
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

_BROKEN = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    ParseError,
    RuntimeError,
    SyntaxError,
    ValueError,
)


def read_docx(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a document: paragraphs apart by an empty line, list items with a dash, rows between bars.

    With it, warnings of what is in the file and was not read as it stands. Raises: NotAllowed for a damaged file, or
    one that is too large unpacked.
    """
    try:
        parts = {part for part, _ in text_parts(BytesIO(raw), name)}
        if "word/document.xml" not in parts:
            raise BadZipFile("it is no document of Word")
        try:
            import docx
        except ModuleNotFoundError as error:
            raise not_built_in(tr("a Word document"), error) from None
        document = docx.Document(BytesIO(raw))
        not_shown = NotShown(document.element, document.styles.element)
        body = Body(document.styles.element)
        text = "".join(_lines(document, body, document.element.body))
    except _BROKEN:
        raise text_refusals_and_warnings.damaged(
            name, tr("Word document"), tr("open it and save it as .docx anew")
        ) from None
    return text, {"warnings": list(_warnings(body, not_shown))}


def _warnings(body: Body, not_shown: NotShown) -> Iterator[str]:
    if not_shown.is_tracked:
        yield tr("tracked changes: read as if all were accepted")
    if hidden := body.hidden + not_shown.hidden:
        yield text_refusals_and_warnings.hidden_left_out(hidden)
    if struck := body.struck + not_shown.struck:
        yield text_refusals_and_warnings.struck_left_out(struck)
    if not_shown.hides_by_table_style:
        yield tr("the style of a table hides some of its cells: what it does not show may be read")
    if not_shown.folded:
        yield plural(
            "{n} heading is folded in: what stands below it is read",
            "{n} headings are folded in: what stands below them is read",
            not_shown.folded,
        )
    if not_shown.chunks:
        yield plural(
            "{n} part of the file is in another format, and not read",
            "{n} parts of the file are in another format, and not read",
            not_shown.chunks,
        )
    if body.signs:
        yield plural(
            "{n} sign of a font of pictures is not read", "{n} signs of fonts of pictures are not read", body.signs
        )
    if body.prompts:
        yield plural(
            "{n} field is not filled in, and its prompt left out",
            "{n} fields are not filled in, and their prompts left out",
            body.prompts,
        )


def _lines(document: Any, body: Body, parent: Any) -> Iterator[str]:
    from docx.text.paragraph import Paragraph

    is_in_list = False
    for block in body.blocks(parent):
        if not block.tag.endswith("}p"):
            yield from _rows(body, block)
            yield "\n"
            continue
        paragraph = Paragraph(block, document._body)
        text = body.text(block).strip()
        style = (paragraph.style.name or "") if paragraph.style is not None else ""
        is_item = block.pPr is not None and block.pPr.numPr is not None
        is_item = is_item or style.startswith("List")
        if is_in_list and not is_item:
            yield "\n"
        is_in_list = is_item
        if not text:
            pass
        elif level := re.match(r"(?:Heading (\d)|Title)", style):
            yield f"{'#' * int(level[1] or 1)} {' '.join(text.split())}\n\n"
        elif is_item:
            yield f"- {' '.join(text.split())}\n"
        else:
            yield f"{text}\n\n"
        for box in body.boxes(block):
            yield from _lines(document, body, box)


def _rows(body: Body, table: Any) -> Iterator[str]:
    above: list[str] = []
    for row in body.rows(table):
        cells: list[str] = []
        for cell in body.cells(row):
            properties = cell.tcPr
            merged = properties.vMerge_val if properties is not None else None
            text = " ".join(body.text_of_cell(cell).split()).replace("|", "/")
            if merged == "continue":  # A cell over several rows stands in each of them.
                body.hidden += bool(text)
                text = above[len(cells)] if len(cells) < len(above) else ""
            # A cell over several columns stands once: the others stay empty, in their place.
            cells += [text, *("" for _ in range(min(cell.grid_span, _MOST_COLUMNS) - 1))]
        above = cells
        yield "| " + " | ".join(cells) + " |\n"


_MOST_COLUMNS = 100
