"""The bytes of a store, made of its data: in our lines, or as another program lays them out, and its sum made right."""

import json
from typing import Any
from zlib import crc32

from store.serialize_records import LEADING


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def in_our_lines(data: dict[str, Any]) -> bytes:
    """A file as our program lays it out, one record a line, with the sum that it had: it does not match any more."""
    tables = []
    for name, rows in data.items():
        if name == "_meta" or not isinstance(rows, dict):
            tables.append(f"{_text(name)}:{_text(rows)}")
        else:
            lines = ",\n".join(f"{_text(number)}:{_text(_in_order(name, record))}" for number, record in rows.items())
            tables.append(f"{_text(name)}:{{\n{lines}\n}}")
    return ("{" + ",\n".join(tables) + "}\n").encode(errors="backslashreplace")


def _in_order(table: str, record: object) -> object:
    """The fields that are read first in front, as in our lines."""
    if not isinstance(record, dict):
        return record
    return {**{name: record[name] for name in LEADING.get(table, ()) if name in record}, **record}


def by_another_writer(data: dict[str, Any]) -> bytes:
    """A file as another JSON writer lays it out."""
    return json.dumps(data, indent=1).encode()


def with_the_right_sum(file: bytes) -> bytes:
    """A file in our lines, its place of the events and its sum made right: our program takes it for its own."""
    first, _, rest = file.partition(b"\n")
    # The last of each in the line: settings that nobody knows may have the same names.
    at, place = first.rindex(b'"events_at":'), first.rindex(b'"crc32":"') + len(b'"crc32":"')
    start = first[:at] + b'"events_at":%d,"crc32":"' % rest.index(b'"events":{\n')
    return start + b"%08x" % crc32(rest, crc32(start)) + first[place + 8 :] + b"\n" + rest
