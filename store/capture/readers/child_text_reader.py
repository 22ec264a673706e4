"""Reads the bytes of a file of any format into a text with its pages; runs in the limited child process."""

from __future__ import annotations

from store.capture.readers import text_refusals_and_warnings
from store.capture.readers.detect_text_format import detect_format
from store.capture.readers.text_formats import LONGEST_TEXT
from store.foreign_files.limits import MOST_INPUT
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_PIECE = 500_000
"""Characters of a message."""


def read_document(raw: bytes, name: str, options: Mapping[str, str | None]) -> Iterator[object]:
    """Read the bytes of a file called `name`: its metadata, then its text in pieces. Raises: NotAllowed."""
    if len(raw) > MOST_INPUT:
        raise text_refusals_and_warnings.too_long(name, tr("is larger than a report can be"))
    if not raw.strip():
        raise text_refusals_and_warnings.empty(name)
    kind = options.get("format") or detect_format(raw, name)
    head: dict[str, Any] = {}
    if kind == "docx":
        from store.capture.readers.docx.read_docx import read_docx

        text, head = read_docx(raw, name)
    elif kind == "pdf":
        from store.capture.readers.read_pdf import read_pdf

        text, head = read_pdf(raw, name)
    elif kind == "html":
        from store.capture.readers.html.read_html import read_html

        text, head = read_html(raw, name, options.get("encoding"))
    elif kind == "eml":
        from store.capture.readers.read_mail import read_mail

        text, head = read_mail(raw, name)
    elif kind == "md":
        from store.capture.readers.read_markdown import read_markdown

        text, head = read_markdown(raw, name, options.get("encoding"))
    else:
        from store.capture.readers.read_plain_text import read_plain_text

        text = read_plain_text(raw, name, options.get("encoding"))
    if len(text) > LONGEST_TEXT:
        raise text_refusals_and_warnings.too_long(
            name, tr("is longer than a text can be ({most:,} characters)", most=LONGEST_TEXT)
        )
    yield ["head", {"format": kind, **head}]
    for at in range(0, len(text), _PIECE):
        yield ["text", text[at : at + _PIECE]]
