"""How a store lies in its file: one record a line, so that it can be grepped, diffed and read in part.

The file is one JSON object of tables, as TinyDB writes it. The first line holds `_meta` with the CRC-32 of
all that follows. When it matches, the file is what this program wrote, and a look parses only the tables it
needs while a change copies all other lines as they are. When it does not (edited by hand, written by stock
TinyDB, damaged), the file is read whole and strictly, and laid out anew.
"""

import json
from zlib import crc32

from store.errors import StoreDamaged, StoreUnusable
from store.schema import FORMAT, TABLES, VERSION, check_meta, check_record, check_references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from store.documents import Meta

    Record = dict[str, Any]
    Table = dict[int, Record]

_END = b"\n}"
_BETWEEN = b",\n"


def _line(number: int, record: "Mapping[str, object]") -> bytes:
    text = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    line = f'"{number}":{text}'.encode()
    if json.loads(line[line.index(b":") + 1 :]) != record:
        raise StoreUnusable(f"record {number} does not survive being written; nothing was changed")
    return line


def _number_of(line: bytes) -> int:
    return int(line[1 : line.index(b'"', 1)])


def _header(table: str) -> bytes:
    return b'"%s":{\n' % table.encode()


class Snapshot:
    """One revision of a store: its `meta`, and its tables, each parsed when it is first asked for."""

    __slots__ = ("_parsed", "_raw", "_spans", "meta")

    def __init__(self, meta: "Meta", raw: bytes, spans: dict[str, tuple[int, int]]) -> None:
        self.meta = meta
        self._raw = raw
        self._spans = spans
        self._parsed: dict[str, Table] = {}

    def table(self, name: str) -> "Table":
        """All records of a table by number; not to be changed."""
        if name not in self._parsed:
            start, end = self._spans[name]
            rows = json.loads(b"{" + self._raw[start:end] + b"}")
            self._parsed[name] = {int(number): record for number, record in rows.items()}
        return self._parsed[name]

    def record(self, name: str, number: int) -> "Record | None":
        """One record, without parsing the others."""
        if name in self._parsed:
            return self._parsed[name].get(number)
        start, end = self._spans[name]
        # One earlier than the section, so that its first line has a line break before it as well.
        found = self._raw.find(b'\n"%d":' % number, start - 1, end)
        return self._parsed_line(found + 1, end) if found >= 0 else None

    def records_with(self, name: str, needle: bytes) -> "Iterator[Record]":
        """The records whose line holds these bytes, in order: a cheap look through a long history."""
        start, end = self._spans[name]
        at = start
        while (found := self._raw.find(needle, at, end)) >= 0:
            begin = self._raw.rfind(b"\n", start, found) + 1 or start
            yield self._parsed_line(begin, end)
            at = self._raw.find(b"\n", found, end)
            if at < 0:
                return

    def newest_first(self, name: str) -> "Iterator[Record]":
        """The records of a table from the last line to the first."""
        start, end = self._spans[name]
        while end > start:
            begin = max(start, self._raw.rfind(b"\n", start, end) + 1)
            yield self._parsed_line(begin, end)
            end = begin - len(_BETWEEN)

    def numbers(self, name: str) -> "Iterator[int]":
        """The numbers in a table."""
        start, end = self._spans[name]
        if end > start:
            yield from map(_number_of, self._raw[start:end].split(_BETWEEN))

    def _parsed_line(self, begin: int, end: int) -> "Record":
        stop = self._raw.find(b"\n", begin, end)
        line = self._raw[begin : stop if stop >= 0 else end].rstrip(b",")
        record: Record = json.loads(line[line.index(b":") + 1 :])
        return record

    def changed(self, meta: "Meta", changes: "Mapping[str, Mapping[int, Mapping[str, object] | None]]") -> bytes:
        """The file after these changes: table -> number -> the new record, or None to take it out."""
        sections = {name: self._section(name, changes.get(name, {})) for name in TABLES}
        return assembled(meta, sections)

    def _section(self, name: str, changes: "Mapping[int, Mapping[str, object] | None]") -> bytes:
        start, end = self._spans[name]
        section = self._raw[start:end]
        if not changes:
            return section
        last = _number_of(section[section.rfind(b"\n") + 1 :]) if section else 0
        new = [_line(number, record) for number, record in sorted(changes.items()) if record and number > last]
        if min(changes) > last:
            return _BETWEEN.join(([section] if section else []) + new)
        from bisect import bisect_left

        lines = section.split(_BETWEEN)
        for number, record in sorted(changes.items()):
            if number > last:
                break
            place = bisect_left(lines, number, key=_number_of)
            here = place < len(lines) and _number_of(lines[place]) == number
            lines[place : place + here] = [_line(number, record)] if record else []
        return _BETWEEN.join(lines + new)


def assembled(meta: "Meta", sections: dict[str, bytes]) -> bytes:
    """The bytes of a file from its sections (lines without the braces around them)."""
    parts: list[bytes] = []
    for name in TABLES:
        parts += [_header(name), sections[name], _END, b"}\n" if name == TABLES[-1] else _BETWEEN]
    body = b"".join(parts)
    record = {**meta, "crc32": f"{crc32(body):08x}"}
    return b'{"_meta":{%s},\n' % _line(1, record) + body


def laid_out(meta: "Meta", tables: "Mapping[str, Mapping[int, Mapping[str, object]]]") -> bytes:
    """The bytes of a file from whole tables."""
    sections = {
        name: _BETWEEN.join(_line(number, record) for number, record in sorted(tables.get(name, {}).items()))
        for name in TABLES
    }
    return assembled(meta, sections)


def _spans_of(raw: bytes, body: int) -> dict[str, tuple[int, int]] | None:
    spans: dict[str, tuple[int, int]] = {}
    at = body
    for name, following in zip(TABLES, [*TABLES[1:], ""], strict=True):
        header = _header(name)
        if not raw.startswith(header, at):
            return None
        start = at + len(header)
        mark = b"\n},\n" + _header(following) if following else b"\n}}\n"
        end = raw.find(mark, start) if following else len(raw) - len(mark)
        if end < start or not raw.startswith(mark, end):
            return None
        spans[name] = (start, end)
        at = end + len(b"\n},\n")
    return spans


def read_quickly(raw: bytes) -> Snapshot | None:
    """The snapshot in a file that this program wrote, told by its CRC; None for any other file."""
    body = raw.find(b"\n") + 1
    line = raw[:body]
    if not line.startswith(b'{"_meta":{"1":') or not line.endswith(b"}},\n"):
        return None
    try:
        meta: Meta = json.loads(line[len(b'{"_meta":{"1":') : -len(b"},\n")])
    except ValueError:
        return None
    if not isinstance(meta, dict) or meta.get("crc32") != f"{crc32(memoryview(raw)[body:]):08x}":
        return None
    if meta.get("format") != FORMAT or meta.get("schema") != VERSION:
        return None
    spans = _spans_of(raw, body)
    return Snapshot(meta, raw, spans) if spans else None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value of JSON")


def _whole(digits: str) -> int:
    if len(digits) > 18:
        raise ValueError("a number has more than 18 digits")
    return int(digits)


def _refuse_fraction(digits: str) -> None:
    raise ValueError(f"{digits[:20]} is not a whole number")


def _without_twins(pairs: "list[tuple[str, Any]]") -> "Record":
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        twin = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {twin[:40]!r} stands twice in one object")
    return record


def _parsed_strictly(raw: bytes) -> object:
    if not raw.strip(b" \t\r\n\0"):
        raise StoreDamaged(f"the file is empty ({len(raw)} bytes)")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreDamaged(f"it is not UTF-8 at byte {error.start}") from None
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_twins,
            parse_constant=_refuse_constant,
            parse_float=_refuse_fraction,
            parse_int=_whole,
        )
    except json.JSONDecodeError as error:
        raise StoreDamaged(f"it is not valid JSON at line {error.lineno}, column {error.colno} ({error.msg})") from None
    except RecursionError:
        raise StoreDamaged("its objects are nested too deeply") from None
    except ValueError as error:
        raise StoreDamaged(str(error)) from None


def _number(table: str, key: str) -> int:
    if not (key.isascii() and key.isdigit() and key[0] != "0" and len(key) < 18):
        raise StoreDamaged(f"in {table}, {key[:40]!r} is not a record's number")
    return int(key)


def _tables_of(data: object) -> "tuple[Meta, dict[str, Table]]":
    if not isinstance(data, dict):
        raise StoreDamaged("it does not hold a JSON object")
    tables: dict[str, Table] = {}
    for name, rows in data.items():
        if not isinstance(rows, dict):
            raise StoreDamaged(f"the table {name[:40]!r} is not an object")
        tables[name] = {_number(name[:40], key): record for key, record in rows.items()}
    meta = tables.pop("_meta", {}).get(1)
    check_meta(meta)
    unknown = [name for name, rows in tables.items() if name not in TABLES and rows]
    if unknown:
        raise StoreDamaged(f"it has a table {unknown[0][:40]!r} that no store has")
    return meta, tables  # type: ignore[return-value]


def read_strictly(raw: bytes) -> Snapshot:
    """The snapshot in any file that is a whole and valid store, however it is laid out.

    Raises: StoreDamaged with what is wrong and where; StoreUnusable for a newer version.
    """
    meta, tables = _tables_of(_parsed_strictly(raw))
    for name, rows in tables.items():
        for number, record in rows.items():
            check_record(name, number, record)
    check_references(tables, meta)
    canonical = laid_out(meta, tables)
    snapshot = read_quickly(canonical)
    if snapshot is None:
        raise StoreDamaged("it cannot be laid out as a store")
    return snapshot


def read(raw: bytes) -> Snapshot:
    """The snapshot in a file's bytes. Raises: as `read_strictly`."""
    return read_quickly(raw) or read_strictly(raw)


def empty(meta: "Meta") -> bytes:
    """The file of a new store."""
    return laid_out(meta, {})
