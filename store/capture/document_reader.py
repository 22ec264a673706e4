"""Reads the bytes of a file of any format into a text with its pages, in the limited process."""

from __future__ import annotations

import re

from store.capture.formats import FORMATS, LONGEST_TEXT
from store.errors import NotAllowed, UsageError
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_PIECE = 500_000
"""Characters of a message."""


def read_document(raw: bytes, name: str, options: Mapping[str, str | None]) -> Iterator[object]:
    """Read the bytes of a file called `name`: what is known of it, then its text in pieces. Raises: NotAllowed."""
    kind = options.get("format") or detect_format(raw, name)
    head: dict[str, Any] = {}
    if kind == "docx":
        from store.capture.read_docx import read_docx

        text = read_docx(raw, name)
    elif kind == "pdf":
        from store.capture.read_pdf import read_pdf

        text, head = read_pdf(raw, name)
    elif kind == "html":
        from store.capture.read_html import read_html

        text = read_html(raw, name)
    elif kind == "eml":
        from store.capture.read_mail import read_mail

        text, head = read_mail(raw, name)
    else:
        text = plain(raw, name)
    if len(text) > LONGEST_TEXT:
        raise NotAllowed(
            f"{visible(name)} is longer than a text can be ({LONGEST_TEXT:,} characters): capture it in parts",
            code="capture.too-long",
        )
    yield ["head", {"format": kind, **head}]
    for at in range(0, len(text), _PIECE):
        yield ["text", text[at : at + _PIECE]]


def detect_format(raw: bytes, name: str) -> str:
    """Detect the format of a file by its first bytes, else by its extension; txt if neither tells."""
    start = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    end = name.rpartition(".")[2].lower()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        if end in ("odt", "odp", "ods"):
            raise _old(name)
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0") or start.startswith(b"{\\rtf"):
        raise _old(name)
    if re.match(rb"<(?:!doctype html|html|head|body)\b", start, re.IGNORECASE):
        return "html"
    if end in ("html", "htm"):
        return "html"
    if end == "eml" or re.match(
        rb"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID):", start, re.IGNORECASE
    ):
        return "eml"
    if end in ("md", "markdown"):
        return "md"
    return end if end in FORMATS else "txt"


def _old(name: str) -> NotAllowed:
    sentence = f"{visible(name)} is of a format that is not read here (.doc, .rtf, .odt): save it as .docx"
    return NotAllowed(sentence, code="capture.old-format")


def plain(raw: bytes, name: str) -> str:
    """The text of a file: without a byte order mark, with line feeds. Raises: NotAllowed."""
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAllowed(f"{visible(name)} is no text: name a report, minutes, a note", code="capture.binary")
    for encoding in ("utf-8-sig", "utf-16", "cp1251"):
        if encoding == "utf-16" and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{visible(name)} is in no encoding that is known here", code="capture.no-encoding")
