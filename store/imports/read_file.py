"""A file of another program -> a grid of cells, whatever format, encoding and dialect it is in."""

import os

from store.errors import NotAllowed, UsageError, unreadable
from store.formats.formula_guard import GUARD
from store.imports.grid import Grid, Notice
from store.imports.read_json import WholeStore
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.grid import GridRow

FORMATS = ("csv", "json", "ics", "xlsx")

_MOST_BYTES = 1 << 28
"""Bytes of a file above which it is no list of promises."""

_OF_CELLS = ("csv", "tsv", "txt")
"""Ends of the names of files that hold cells, whatever the first of them begins with."""

_AFTER = {b"{": b'"}', b"[": b'{[]"-0123456789tfn'}
"""How a JSON document begins -> each byte that can follow."""

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class How:
    """What the person says of a file; what is None is told from the file."""

    __slots__ = ("delimiter", "encoding", "format", "sheet")

    def __init__(
        self,
        format: str | None = None,  # noqa: A002
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
    ) -> None:
        self.format = format
        self.encoding = encoding
        self.delimiter = delimiter
        self.sheet = sheet


def read_file(path: str, how: How, timezone: str | None) -> Grid | WholeStore:
    """What a file holds; an instant in it is the day that it is in `timezone` (None: in that of the machine).

    Raises: UsageError, NotAllowed with what is wrong with it, and where.
    """
    try:
        if not os.path.isfile(path) and os.path.exists(path):
            raise UsageError(f"{visible(path)} is no file", code="import.not-a-file")
        with open(path, "rb") as file:
            raw = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None
    return read(raw, os.path.basename(path), how, timezone)


def read(raw: bytes, name: str, how: How, timezone: str | None) -> Grid | WholeStore:
    """The same for the bytes of a file called `name`. Raises: UsageError, NotAllowed, as `read_file` does."""
    if len(raw) > _MOST_BYTES:
        sentence = f"{visible(name)} is larger than a list of promises can be ({_MOST_BYTES >> 20} MiB)"
        raise NotAllowed(sentence, code="import.file-too-large")
    if not raw:
        raise _empty(name)
    kind = how.format or told_format(raw, name)
    _refuse_misplaced(how, kind)
    if kind == "xlsx":
        from store.imports.read_xlsx import read_workbook

        return read_workbook(raw, name, how.sheet)
    from store.imports.encoding import decoded

    text, encoding = decoded(raw, name, how.encoding)
    if not text.strip():
        raise _empty(name)
    if kind == "json":
        from store.imports.read_json import read_objects

        return read_objects(text, name)
    if kind == "ics":
        from store.imports.read_ics import read_calendar

        return read_calendar(text, name, timezone)
    return _separated(text, name, encoding, how.delimiter)


def _empty(name: str) -> NotAllowed:
    return NotAllowed(f"{visible(name)} is empty", code="import.file-empty")


def _separated(text: str, name: str, encoding: str, typed: str | None) -> Grid:
    from store.imports.read_csv import DELIMITERS, delimiter_of, lines_of, told_delimiter

    delimiter = delimiter_of(typed) if typed is not None else told_delimiter(text)
    called = DELIMITERS.get(delimiter, f'"{visible(delimiter)}"')
    dialect = f"encoding {encoding}, cells separated by {called}"
    try:
        lines: list[GridRow] = lines_of(text, delimiter)
    except NotAllowed as error:
        raise NotAllowed(f"{error.sentence} ({dialect})", code=error.code) from None
    return Grid(name, lines, notices=[Notice(dialect)], may_be_guarded=GUARD in text)


def told_format(raw: bytes, name: str) -> str:
    """The format of a file by what it begins with, else by the end of its name; csv is what is left."""
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
    """Whether a file begins as an object or a list does, and not as a cell such as `[TIP] action`."""
    return start[:1] in _AFTER and start[1:].lstrip()[:1] in _AFTER[start[:1]]


def _refuse_misplaced(how: How, kind: str) -> None:
    """Refuse what was said of another format: it would change nothing. Raises: UsageError."""
    for field, value, formats in (
        ("sheet", how.sheet, ("xlsx",)),
        ("delimiter", how.delimiter, ("csv",)),
        ("encoding", how.encoding, ("csv", "json", "ics")),
    ):
        if value is not None and kind not in formats:
            rule = f"goes with {' and '.join(formats)}, and this file is {kind}"
            raise UsageError(f"{field} {rule}", code="import.of-another-format", field=field, values={"rule": rule})
