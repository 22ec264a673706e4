"""Detect the format of a list that is imported, by its first bytes, else by its extension."""

from __future__ import annotations

from store.imports.files.reading_options import FORMATS

_OF_CELLS = ("csv", "tsv", "txt")
"""Extensions of CSV files, which are never taken for JSON, whatever they begin with."""

_AFTER = {b"{": b'"}', b"[": b'{[]"-0123456789tfn'}
"""First byte of a JSON document -> the bytes that can follow."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def detect_format(raw: bytes, name: str) -> str:
    """Detect the format of a file by its first bytes, else by its extension; csv if neither tells."""
    if raw.startswith(_WORKBOOKS):
        return "xlsx"
    start = raw[:200].removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip()
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return "ics"
    end = name.rpartition(".")[2].lower()
    if end not in _OF_CELLS and _begins_as_json(start):
        return "json"
    return end if end in FORMATS else "csv"


def _begins_as_json(start: bytes) -> bool:
    """Whether a file begins with a JSON object or list, and not with a cell such as `[TIP] action`."""
    return start[:1] in _AFTER and start[1:].lstrip()[:1] in _AFTER[start[:1]]
