"""Reads the bytes of a file of any format into a text with its pages, in the limited process."""

from __future__ import annotations

import re

from store.capture import refusals
from store.capture.formats import FORMATS, LONGEST_TEXT
from store.errors import UsageError
from store.foreign_files.limits import MOST_INPUT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

_PIECE = 500_000
"""Characters of a message."""


def read_document(raw: bytes, name: str, options: Mapping[str, str | None]) -> Iterator[object]:
    """Read the bytes of a file called `name`: what is known of it, then its text in pieces. Raises: NotAllowed."""
    if len(raw) > MOST_INPUT:
        raise refusals.too_long(name, "is larger than a report can be")
    if not raw.strip():
        raise refusals.empty(name)
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

        text = read_html(raw, name, options.get("encoding"))
    elif kind == "eml":
        from store.capture.read_mail import read_mail

        text, head = read_mail(raw, name)
    else:
        text = plain(raw, name, options.get("encoding"))
    if len(text) > LONGEST_TEXT:
        raise refusals.too_long(name, f"is longer than a text can be ({LONGEST_TEXT:,} characters)")
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
            raise refusals.old_format(name)
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0") or start.startswith(b"{\\rtf"):
        raise refusals.old_format(name)
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


_FREQUENT = re.compile(r"\b(?:и|в|на|с|по|для|не|что|к|о|the|and|of|to|in|for|with)\b")
"""Words that any text has, decoded rightly."""


def plain(raw: bytes, name: str, encoding: str | None = None) -> str:
    """The text of a file: without a byte order mark, with line feeds. Raises: NotAllowed, UsageError."""
    from store.imports.encoding import decode

    is_wide = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if encoding is None and not is_wide and raw[:4096].count(0) > len(raw[:4096]) // 2 + 1:
        raise refusals.binary(name)
    try:
        text, _ = decode(raw, name, encoding, lambda text: len(_FREQUENT.findall(text[:20_000])))
    except UsageError as error:
        if error.code == "import.no-encoding":
            raise refusals.binary(name) from None
        raise
    if sum(sign < " " and sign not in "\t\n\r\f" for sign in text[:4096]) > len(text[:4096]) // 20:
        raise refusals.binary(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")
