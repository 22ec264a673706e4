"""Detects the format of a text that is captured, by its first bytes, else by its extension."""

from __future__ import annotations

import re

from store.capture.readers import text_refusals_and_warnings
from store.capture.readers.text_formats import FORMATS


def detect_format(raw: bytes, name: str) -> str:
    """Detect the format of a file by its first bytes, else by its extension; txt if neither tells."""
    start = raw[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()
    end = name.rpartition(".")[2].lower()
    if start.startswith(b"%PDF-"):
        return "pdf"
    if raw.startswith(b"PK\x03\x04"):
        if end in ("odt", "odp", "ods"):
            raise text_refusals_and_warnings.old_format(name)
        return "docx"
    if raw.startswith(b"\xd0\xcf\x11\xe0") or start.startswith(b"{\\rtf"):
        raise text_refusals_and_warnings.old_format(name)
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
