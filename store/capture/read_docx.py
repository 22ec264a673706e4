"""Reads a Word document (DOCX): paragraphs, list items, rows of tables, in their order."""

from __future__ import annotations

import re
from io import BytesIO
from itertools import groupby
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from store.capture import unreadable_texts
from store.errors import not_built_in
from store.foreign_files.zip_parts import text_parts

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


def read_docx(raw: bytes, name: str) -> str:
    """The text of a document: paragraphs apart by an empty line, list items with a dash, rows between bars.

    Raises: NotAllowed for a damaged file, or one that is too large unpacked.
    """
    try:
        parts = {part for part, _ in text_parts(BytesIO(raw), name)}
        if "word/document.xml" not in parts:
            raise BadZipFile("it is no document of Word")
        try:
            import docx
        except ModuleNotFoundError as error:
            raise not_built_in("a Word document", error) from None
        return "".join(_lines(docx.Document(BytesIO(raw))))
    except _BROKEN:
        raise unreadable_texts.damaged(name, "Word document", "open it and save it as .docx anew") from None


def _lines(document: Any) -> Iterator[str]:
    from docx.table import Table

    is_in_list = False
    for each in document.iter_inner_content():
        if isinstance(each, Table):
            for row in each.rows:
                cells: list[str] = []
                for cell, its in groupby(row.cells):
                    # A merged cell stands once for each column that it covers: the others stay empty, in their place.
                    cells += [" ".join(cell.text.split()).replace("|", "/"), *("" for _ in list(its)[1:])]
                yield "| " + " | ".join(cells) + " |\n"
            yield "\n"
            continue
        text = each.text.strip()
        style = (each.style.name or "") if each.style is not None else ""
        is_item = each._p.pPr is not None and each._p.pPr.numPr is not None
        is_item = is_item or style.startswith("List")
        if is_in_list and not is_item:
            yield "\n"
        is_in_list = is_item
        if not text:
            continue
        if level := re.match(r"(?:Heading (\d)|Title)", style):
            yield f"{'#' * int(level[1] or 1)} {' '.join(text.split())}\n\n"
        elif is_item:
            yield f"- {' '.join(text.split())}\n"
        else:
            yield f"{text}\n\n"
