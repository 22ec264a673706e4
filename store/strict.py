"""The strict reading of a file that this program did not write: whole, or refused for what is wrong first."""

import json

from store.errors import StoreDamaged
from store.layout import Snapshot, laid_out, read_quickly
from store.schema import TABLES
from store.validation import check_meta, check_record, check_references

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.documents import Meta
    from store.layout import Record, Table


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
    meta = tables.pop("_meta", {}).get(1, {})
    check_meta(meta)
    unknown = [name for name, rows in tables.items() if name not in TABLES and rows]
    if unknown:
        raise StoreDamaged(f"it has a table {unknown[0][:40]!r} that no store has")
    told = {name: value for name, value in meta.items() if name not in ("crc32", "events_at")}
    return told, tables  # type: ignore[return-value]


def read_strictly(raw: bytes) -> Snapshot:
    """The snapshot in any file that is a whole and valid store, however it is laid out.

    Raises: StoreDamaged with what is wrong and where; StoreUnusable for a newer version.
    """
    meta, tables = _tables_of(_parsed_strictly(raw))
    for name, rows in tables.items():
        for number, record in rows.items():
            check_record(name, number, record)
    check_references(tables, meta)
    try:
        canonical = laid_out(meta, tables)
    except UnicodeEncodeError:
        raise StoreDamaged("a text or a key in it holds half of a character") from None
    snapshot = read_quickly(canonical)
    if snapshot is None:
        raise StoreDamaged("it cannot be laid out as a store")
    return snapshot


def read(raw: bytes) -> Snapshot:
    """The snapshot in a file's bytes. Raises: as `read_strictly`."""
    return read_quickly(raw) or read_strictly(raw)
