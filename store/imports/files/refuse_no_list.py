"""Refuse a file that is no list, told by its first bytes: a page, a paper, a picture, an archive; say what to do."""

from __future__ import annotations

from io import BytesIO
from itertools import takewhile
from re import compile as pattern

from store.errors import NotAllowed
from store.sanitise_text import visible
from store.translation import phrase, tr

_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_ARCHIVES = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

_TABLE = phrase("copy its table into a spreadsheet, save that as XLSX or CSV, and import it")
_SAVE = phrase("open it in a spreadsheet, save it as XLSX or CSV, and import that")
_TYPE_IN = phrase("copy what it shows into a spreadsheet, save that as XLSX or CSV, and import it")
_DOWNLOAD = phrase("open it in a browser, download it as XLSX or CSV, and import that")
_TAKE_OUT = phrase("take the list out of it, and import that")

_SAVE_PART = phrase("save what is attached to it, and import that; promises in its text are captured, not imported")

_SAMPLE_SIZE = 2000
_HEADER = pattern(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]")
_OF_MAILS = (b"from:", b"received:", b"return-path:", b"message-id:", b"delivered-to:", b"subject:")
_FEWEST_HEADERS = 3
_BOM = b"\xef\xbb\xbf"


def refuse_no_list(raw: bytes, name: str) -> None:
    """Refuse the bytes of a file called `name` that are no list in any format. Raises: NotAllowed."""
    found = _no_list(raw)
    if found is not None:
        what, advice = found
        raise NotAllowed(
            tr("{name} is {what}, and no list: {advice}", name=visible(name), what=what, advice=tr(advice)),
            code="import.no-list",
        )


def _no_list(raw: bytes) -> tuple[str, str] | None:
    """What a file is, with its article, and what to do with it; None where it may be a list."""
    if raw.startswith(_ZIP):
        return _in_zip(raw)
    if raw.startswith(_OLE):
        return _in_ole(raw)
    if raw.startswith(b"%PDF-"):
        return tr("a PDF"), _TABLE
    if raw.startswith(b"{\\rtf"):
        return tr("a text document (RTF)"), _TABLE
    is_newer_picture = raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"
    if is_newer_picture or raw[4:8] == b"ftyp" or (raw.startswith(_PICTURES) and b"\0" in raw[:_SAMPLE_SIZE]):
        return tr("a picture"), _TYPE_IN
    if raw.startswith(_ARCHIVES):
        return tr("an archive"), _TAKE_OUT
    if raw[257:262] == b"ustar":
        return tr("an archive"), _TAKE_OUT
    if _is_mail(raw[:_SAMPLE_SIZE]):
        return tr("an e-mail"), _SAVE_PART
    start = raw[:_SAMPLE_SIZE].replace(b"\0", b"").removeprefix(_BOM).lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")) or (
        start.startswith((b"<?xml", b"mime-version:", b"<!--")) and b"<html" in start
    ):
        return tr("a web page (HTML), whatever its name says"), _SAVE
    if start.startswith(b"<?xml"):
        return tr("an XML document"), _SAVE
    if start.startswith(b"{") and len(raw) < _SAMPLE_SIZE and (b'"doc_id"' in start or b'"resource_id"' in start):
        return tr("a link to a document of Google"), _DOWNLOAD
    return None


def _is_mail(start: bytes) -> bool:
    """Whether a file begins with the headers of a mail (RFC 5322, 2.2), one in each line."""
    lines = [line for line in start.splitlines() if line[:1] not in (b" ", b"\t")]
    headers = list(takewhile(_HEADER.match, lines))
    known = sum(line.lower().startswith(_OF_MAILS) for line in headers)
    return len(headers) >= _FEWEST_HEADERS and known > 1


def _in_zip(raw: bytes) -> tuple[str, str] | None:
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(BytesIO(raw)) as parts:
            names = set(parts.namelist())
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return None  # The reader of workbooks says what is wrong with it.
    if any(each.startswith("xl/") for each in names) or "content.xml" in names:
        return None
    if any(each.startswith("word/") for each in names):
        return tr("a Word document"), _TABLE
    if any(each.startswith("ppt/") for each in names):
        return tr("a presentation"), _TABLE
    return tr("a ZIP archive"), _TAKE_OUT


def _in_ole(raw: bytes) -> tuple[str, str] | None:
    """Of the old container of Office, its parts are named in UTF-16."""
    for part, what in (("WordDocument", tr("a Word document")), ("PowerPoint Document", tr("a presentation"))):
        if part.encode("utf-16-le") in raw:
            return what, _TABLE
    return (tr("an e-mail of Outlook"), _TABLE) if "__substg1.0_".encode("utf-16-le") in raw else None
