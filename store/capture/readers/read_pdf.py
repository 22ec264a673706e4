"""Reads a PDF page by page: without the heads and feet that repeat.

Words that a line breaks are put together in `blocks`.
"""

from __future__ import annotations

import re
from io import BytesIO

from store.capture.readers import text_refusals_and_warnings
from store.errors import not_built_in
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

_LEAST_REPEATED = 3
"""Pages on which a line has to stand to be a head or a foot."""


def read_pdf(raw: bytes, name: str) -> tuple[str, dict[str, Any]]:
    """The text of a PDF, with the offsets of its pages. Raises: NotAllowed."""
    try:
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError
    except ModuleNotFoundError as error:
        raise not_built_in(tr("a PDF"), error) from None
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise text_refusals_and_warnings.has_password(name)
        pages = [page.extract_text() or "" for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise text_refusals_and_warnings.damaged(name, "PDF", tr("print it to a PDF anew")) from None
    empty = [number for number, text in enumerate(pages, 1) if not text.strip()]
    if len(empty) == len(pages):
        raise text_refusals_and_warnings.scanned_pages(name, len(pages))
    warnings = [_without_text(empty)] if empty else []
    repeated = _repeated(pages)
    text, offsets = _joined([_without_repeated(each, repeated) for each in pages])
    return text, {"pages": offsets, "warnings": warnings}


def _without_text(pages: Sequence[int]) -> str:
    return plural(
        "page {pages} without text: run OCR to read what is a picture",
        "pages {pages} without text: run OCR to read what is a picture",
        len(pages),
        pages=", ".join(map(str, pages)),
    )


def _edge(line: str) -> str:
    """A head or foot without its number."""
    return re.sub(r"\d+", "#", " ".join(line.split()))


def _repeated(pages: Sequence[str]) -> frozenset[str]:
    """Running heads and feet: the first and last lines on several pages."""
    counts: dict[str, int] = {}
    for each in pages:
        lines = [line for line in each.split("\n") if line.strip()]
        for line in {_edge(line) for line in (*lines[:2], *lines[-2:])}:
            counts[line] = counts.get(line, 0) + 1
    least = min(_LEAST_REPEATED, max(2, len(pages)))
    return frozenset(line for line, count in counts.items() if count >= least)


def _without_repeated(page: str, repeated: Collection[str]) -> str:
    """A page without its heads, its feet and its number."""
    lines = [line.rstrip() for line in page.split("\n")]
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for index in {*filled[:2], *filled[-2:]}:
        edge = _edge(lines[index])
        if edge in repeated or re.fullmatch(r"(?:Page |стр\.? |- ?)?#(?: ?-| of #| из #|/#)?", edge, re.IGNORECASE):
            lines[index] = ""
    return "\n".join(lines).strip("\n")


def _joined(pages: Sequence[str]) -> tuple[str, list[int]]:
    """The pages as one text: a paragraph that goes on over the page goes on."""
    text, offsets = "", []
    for page in pages:
        if text:
            goes_on = text.rstrip()[-1:] not in ".!?:;" and page.lstrip()[:1].islower()
            text = text.rstrip("\n") + ("\n" if goes_on else "\n\n")
        offsets.append(len(text))
        text += page
    return text + "\n", offsets
