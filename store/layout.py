"""How a store lies in its file: one record a line, so that it can be grepped, diffed and read in part.

The file is one JSON object of tables, as TinyDB writes it. The first line holds `_meta` with the CRC-32 of
all the rest. When it matches, the file is what this program wrote, and a look parses only the tables it
needs while a change copies all other lines as they are. When it does not (edited by hand, written by stock
TinyDB, damaged), the file is read whole and strictly, and laid out anew.
"""

from io import BytesIO
from zlib import crc32

from store.errors import Conflict, StoreDamaged, StoreUnusable
from store.quick_json import parsed, written
from store.schema import FORMAT, HEADS, TABLES, VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, Protocol

    from store.documents import Meta, Settings

    Record = dict[str, Any]
    Table = dict[int, Record]
    Changes = Mapping[str, Mapping[int, Mapping[str, object] | None]]
    Piece = bytes | bytearray | memoryview
    Put = Callable[[Piece, int | None], None]

    class File(Protocol):
        """A file that is read: an unbuffered one, or bytes in memory."""

        def read(self, size: int = -1, /) -> bytes: ...
        def readinto(self, buffer: bytearray | memoryview, /) -> int | None: ...
        def seek(self, offset: int, whence: int = 0, /) -> int: ...


_FIRST = b'{"_meta":{"1":'
_BETWEEN = b",\n"
_END = b"\n}"
_LAST = b"\n}}\n"
_OURS = b'%s{"format":"%s","schema":%d,' % (_FIRST, FORMAT.encode(), VERSION)
_NO_SETTINGS = b',"settings":{},'
_EVENTS_AT = b',"events_at":'
_SUM = b',"crc32":"'
_LINE_ENDS = b'"}},\n'
_HEAD_ENDS = b',"title":'
_TORN = "the store's file was changed by another program meanwhile; nothing was saved, try again"
_PIECE = 1 << 16
"""Bytes that are read and written at once."""
_AT_ONCE = 64
"""Heads and records that are parsed together: a call for each takes longer. One for all touches new memory, which is
slower as well: 10,000 commitments took 40 ms instead of 30, and 10 MiB more that the process never gave back."""


_LEADING = {
    **{table: (*fields, "title") for table, fields in HEADS.items()},
    # `action` is in every event, so that the number before it always has a comma behind it to be searched with.
    "events": ("seq", "change", "at", "day", "who", "id", "visit", "party", "action"),
}
"""Table -> the fields with which its lines start, in this order."""


def _line(table: str, number: int, record: "Mapping[str, object]") -> bytes:
    if table in _LEADING:
        record = {**{name: record[name] for name in _LEADING[table] if name in record}, **record}
    text = written(record, is_for_file=True)
    try:
        line = f'"{number}":{text}'.encode()
    except UnicodeEncodeError:
        raise StoreDamaged(f"in {table}, record {number}: a text or a key holds half of a character") from None
    if parsed(line[line.index(b":") + 1 :]) != record:
        raise StoreUnusable(f"record {number} does not survive being written; nothing was changed")
    return line


def _number_of(line: "bytes | bytearray") -> int:
    return int(line[1 : line.index(b'"', 1)])


def _header(table: str) -> bytes:
    return b'"%s":{\n' % table.encode()


class Snapshot:
    """One revision of a store: its `meta`, and its tables, each parsed when it is first asked for.

    The history stays in the file, which nobody writes to any more, until somebody asks for it.
    """

    __slots__ = ("_file", "_history", "_meta", "_parsed", "_raw", "_spans", "_sums")

    def __init__(self, file: "File", raw: bytearray, spans: dict[str, tuple[int, int]], sums: tuple[int, int]) -> None:
        """`raw` is the file up to its history, `spans` tells where its tables are, `sums` are the CRC-32 of `raw` and
        of the whole."""
        self._meta: Meta | None = None
        self._file = file
        self._sums = sums
        self._raw = raw
        self._spans = spans
        self._history: bytes | None = None
        self._parsed: dict[str, Table] = {}

    def _where(self, name: str) -> "tuple[bytes | bytearray, int, int]":
        """The bytes that hold a table, and where its lines start and end in them; a line break is before them."""
        if name != "events":
            return self._raw, *self._spans[name]
        if self._history is None:
            self._file.seek(len(self._raw))
            self._history = self._file.read()
            if crc32(self._history, self._sums[0]) != self._sums[1]:
                raise StoreUnusable(_TORN)
        return self._history, len(_header("events")), len(self._history) - len(_LAST)

    @property
    def meta(self) -> "Meta":
        """What the store says of itself, without the place and the sum that each writing tells anew."""
        if self._meta is None:
            line = self._raw[: self._raw.index(b"\n")]
            meta: Meta = parsed(line[len(_FIRST) : line.rindex(_EVENTS_AT)] + b"}")
            self._meta = meta
        return self._meta

    @property
    def settings(self) -> "Settings":
        """What the store asks of everybody who opens it: mostly nothing, and then `meta` need not be parsed."""
        return {} if self._raw.find(_NO_SETTINGS, 0, self._raw.index(b"\n")) >= 0 else self.meta["settings"]

    def table(self, name: str) -> "Table":
        """All records of a table by number; not to be changed."""
        if name not in self._parsed:
            self._parsed[name] = _parsed_table(*self._where(name))
        return self._parsed[name]

    def heads(self, name: str) -> "Iterator[Record]":
        """The HEADS fields of every record, one after the other: a few of what it takes to parse whole records."""
        start, end = self._spans[name]
        find, view = self._raw.find, memoryview(self._raw)
        while start < end:
            heads: list[memoryview] = []
            while start < end and len(heads) < _AT_ONCE:
                # `,"title":` cannot stand in a text, where a quotation mark has a backslash before it.
                stop = find(_HEAD_ENDS, start)
                heads.append(view[start:stop])
                start = find(b"\n", stop) + 1 or end
            yield from parsed(b"{" + b"},".join(heads) + b"}}").values()

    def records_without(self, name: str, *needles: bytes) -> "Iterator[Record]":
        """The records whose head holds none of these bytes: those of a long past are not even parsed."""
        start, end = self._spans[name]
        find, view = self._raw.find, memoryview(self._raw)
        while start < end:
            wanted: list[memoryview] = []
            while start < end and len(wanted) < _AT_ONCE:
                stop = find(_HEAD_ENDS, start)
                following = find(b"\n", stop) + 1 or end
                for needle in needles:  # Written out: `all(...)` makes a generator for each line, a quarter of it all.
                    if find(needle, start, stop) >= 0:
                        break
                else:
                    wanted.append(view[find(b":", start) + 1 : following])
                start = following
            yield from parsed(b"[%s]" % b"".join(wanted).rstrip(b",\n"))

    def head(self, name: str, number: int) -> "Record | None":
        """The HEADS fields of one record."""
        start, end = self._spans[name]
        begin = _place_of(self._raw, start, end, number)
        if begin is None:
            return None
        stop = self._raw.find(_HEAD_ENDS, begin)
        head: Record = parsed(self._raw[self._raw.find(b":", begin) + 1 : stop] + b"}")
        return head

    def record(self, name: str, number: int) -> "Record | None":
        """One record, without parsing the others."""
        if name in self._parsed:
            return self._parsed[name].get(number)
        raw, start, end = self._where(name)
        begin = _place_of(raw, start, end, number)
        return None if begin is None else _parsed_line(raw, begin, end)

    def records_with(self, name: str, needle: bytes) -> "Iterator[Record]":
        """The records whose line holds these bytes, in order: a cheap look through a long history."""
        raw, at, end = self._where(name)
        while (found := raw.find(needle, at, end)) >= 0:
            yield _parsed_line(raw, raw.rfind(b"\n", 0, found) + 1, end)
            at = raw.find(b"\n", found, end)
            if at < 0:
                return

    def newest_first(self, name: str) -> "Iterator[Record]":
        """The records of a table from the last line to the first."""
        raw, start, end = self._where(name)
        while end > start:
            begin = raw.rfind(b"\n", 0, end) + 1
            yield _parsed_line(raw, begin, end)
            end = begin - len(_BETWEEN)

    def numbers(self, name: str) -> "Iterator[int]":
        """The numbers in a table."""
        raw, start, end = self._where(name)
        if end > start:
            for line in raw[start:end].split(_BETWEEN):
                yield _number_of(line)

    def write_changed(self, put: "Put", meta: "Meta", changes: "Changes") -> None:
        """Write the file after these changes: table -> number -> the new record, or None to take it out."""
        sections = {name: self._section(name, changes.get(name, {})) for name in TABLES[:-1]}
        new = changes.get("events", {})
        if new and min(new) < self.meta["next"]["events"]:
            _write(put, meta, sections, self._section("events", new))
            return
        lines = _BETWEEN.join(_line("events", number, record) for number, record in sorted(new.items()) if record)
        _write(put, meta, sections, self._history_and(lines))

    def changed(self, meta: "Meta", changes: "Changes") -> bytes:
        """The bytes of the file after these changes."""
        return _written(lambda put: self.write_changed(put, meta, changes))

    def _history_and(self, lines: bytes) -> "Iterator[Piece]":
        """The lines of the history as they are, piece by piece, and new ones after them."""
        size = self._file.seek(0, 2)
        header = _header("events")
        at, end = len(self._raw) + len(header), size - len(_LAST)
        sum_so_far = crc32(header, self._sums[0])
        if lines and end > at:
            lines = _BETWEEN + lines
        self._file.seek(at)
        buffer = memoryview(bytearray(_PIECE))
        while at < end and (length := self._file.readinto(buffer[: end - at])):
            yield buffer[:length]
            sum_so_far = crc32(buffer[:length], sum_so_far)
            at += length
        if crc32(_LAST, sum_so_far) != self._sums[1]:
            raise Conflict(_TORN)
        yield lines

    def _section(self, name: str, changes: "Mapping[int, Mapping[str, object] | None]") -> "list[Piece]":
        """The lines of a table after these changes, those that stay as views of the file: none of them is copied."""
        raw, at, end = self._where(name)
        view = memoryview(raw)
        runs: list[Piece] = []
        for number, record in sorted(changes.items()):
            begin = _first_from(raw, at, end, number)
            if begin > at:
                runs.append(view[at:end] if begin == end else view[at : begin - len(_BETWEEN)])
            is_there = begin < end and _number_at(raw, begin) == number
            at = _following(raw, begin, end) if is_there else begin
            if record:
                runs.append(_line(name, number, record))
        if at < end:
            runs.append(view[at:end])
        return [piece for run in runs for piece in (_BETWEEN, run)][1:]


def _number_at(raw: bytes | bytearray, begin: int) -> int:
    return int(raw[begin + 1 : raw.index(b'"', begin + 1)])


def _following(raw: bytes | bytearray, begin: int, end: int) -> int:
    """Where the line after this one begins; `end` after the last one."""
    return raw.find(b"\n", begin, end) + 1 or end


def _first_from(raw: bytes | bytearray, start: int, end: int, number: int) -> int:
    """Where the first line from this number on begins, `end` if there is none: by halves, the lines of a table
    stand in the order of their numbers."""
    first = end
    while start < end:
        begin = raw.rfind(b"\n", 0, (start + end) // 2) + 1
        if _number_at(raw, begin) < number:
            start = _following(raw, begin, end)
        else:
            first, end = begin, begin - len(_BETWEEN)
    return first


def _place_of(raw: bytes | bytearray, start: int, end: int, number: int) -> int | None:
    """Where the line of a record begins."""
    begin = _first_from(raw, start, end, number)
    return begin if begin < end and _number_at(raw, begin) == number else None


def _parsed_table(raw: bytes | bytearray, start: int, end: int) -> "Table":
    """The records in these lines by number, parsed piece by piece."""
    table: Table = {}
    while start < end:
        stop = _following(raw, start + _PIECE, end)
        rows = parsed(b"{%s}" % raw[start:stop].rstrip(b",\n"))
        table.update(zip(map(int, rows), rows.values(), strict=True))
        start = stop
    return table


def _parsed_line(raw: bytes | bytearray, begin: int, end: int) -> "Record":
    stop = raw.find(b"\n", begin, end)
    line = raw[begin : stop if stop >= 0 else end].rstrip(b",")
    record: Record = parsed(line[line.index(b":") + 1 :])
    return record


def _write(put: "Put", meta: "Meta", sections: "Mapping[str, Sequence[Piece]]", history: "Iterable[Piece]") -> None:
    """Write a file from its sections (lines without the braces around them), piece by piece."""
    tables: list[Piece] = []
    for name in TABLES[:-1]:
        tables += [_header(name), *sections[name], _END + _BETWEEN]
    told = {"format": FORMAT, "schema": VERSION, **meta, "events_at": sum(map(len, tables)), "crc32": "0" * 8}
    first = b'{"_meta":{%s},\n' % _line("_meta", 1, told)
    put(first, None)
    place_of_sum = len(first) - len(_LINE_ENDS) - 8
    sum_so_far = crc32(first[:place_of_sum])
    for pieces in ((*tables, _header("events")), history):
        for piece in pieces:
            put(piece, None)
            sum_so_far = crc32(piece, sum_so_far)
    put(_LAST, None)
    put(b"%08x" % crc32(_LAST, sum_so_far), place_of_sum)


def _written(write: "Callable[[Put], None]") -> bytes:
    """The bytes that a writer puts."""
    file = BytesIO()

    def put(piece: "Piece", at: int | None) -> None:
        file.seek(0, 2) if at is None else file.seek(at)
        file.write(piece)

    write(put)
    return file.getvalue()


def laid_out(meta: "Meta", tables: "Mapping[str, Mapping[int, Mapping[str, object]]]") -> bytes:
    """The bytes of a file from whole tables."""
    sections = {
        name: [_BETWEEN.join(_line(name, number, record) for number, record in sorted(tables.get(name, {}).items()))]
        for name in TABLES
    }
    return _written(lambda put: _write(put, meta, sections, sections["events"]))


def _spans_of(raw: bytearray, body: int) -> dict[str, tuple[int, int]] | None:
    spans: dict[str, tuple[int, int]] = {}
    at = body
    for name in TABLES[:-1]:
        following = TABLES[TABLES.index(name) + 1]
        start = at + len(_header(name))
        end = len(raw) - len(_END + _BETWEEN)
        if following != "events":
            end = raw.find(_END + _BETWEEN + _header(following), start)
        if end < start or not raw.startswith(_header(name), at):
            return None
        spans[name] = (start, end)
        at = end + len(_END + _BETWEEN)
    return spans


def _told_by(line: bytes) -> tuple[int, int] | None:
    """Where in a first line the sum stands, and how long the tables after it are; None if it is not ours."""
    place = line.rfind(_SUM) + len(_SUM)
    digits = line[line.rfind(_EVENTS_AT) + len(_EVENTS_AT) : place - len(_SUM)]
    if not line.startswith(_OURS) or len(line) != place + 8 + len(_LINE_ENDS) or not digits.isdigit():
        return None
    return place, int(digits[:18])


def open_quickly(file: "File") -> Snapshot | None:
    """The snapshot in a file that this program wrote, told by its CRC; None for any other file.

    Only the tables are kept of it. The history, by far the most, is summed piece by piece: to touch new memory
    costs more than to read into it.
    """
    line = file.read(_PIECE).partition(b"\n")[0] + b"\n"
    told = _told_by(line)
    if told is None or told[1] > file.seek(0, 2) - len(line):
        return None
    place_of_sum, size = told
    raw = bytearray(len(line) + size)
    file.seek(0)
    if file.readinto(raw) != len(raw):
        return None
    sum_of_tables = crc32(memoryview(raw)[len(line) :], crc32(line[:place_of_sum]))
    sum_of_all = sum_of_tables
    buffer = memoryview(bytearray(_PIECE))
    while length := file.readinto(buffer):
        sum_of_all = crc32(buffer[:length], sum_of_all)
    spans = _spans_of(raw, len(line))
    if spans is None or line[place_of_sum:] != b"%08x%s" % (sum_of_all, _LINE_ENDS):
        return None
    return Snapshot(file, raw, spans, (sum_of_tables, sum_of_all))


def read_quickly(raw: bytes) -> Snapshot | None:
    """The same for a file's bytes."""
    return open_quickly(BytesIO(raw))
