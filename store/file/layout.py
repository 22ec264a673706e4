"""The layout of a store file: one record a line, so that it can be grepped, diffed and read in part.

The file is one JSON object of tables, as TinyDB writes it. The first line holds `_meta` with the CRC-32 of all the
rest. When it matches, this program wrote the file: reading parses only the tables it needs, and a change copies all
other lines as they are. When it does not, the file is read whole and strictly, and written anew.
"""

from __future__ import annotations

from store.model.format_version import BETWEEN as BETWEEN

FIRST = b'{"_meta":{"1":'
"""The start of a file."""

END = b"\n}"
"""The end of a table."""

LAST = b"\n}}\n"
"""The end of the file, after the last event."""

META_ENDS = b'"}},\n'
"""The end of the first line, after the checksum."""


META_FIELDS = ("revision", "next", "settings", "accounts", "audit")
"""The fields of `_meta` that a store keeps, in this order, between `format`, `schema` and what a change computes."""

LONGEST_FIRST_LINE = 1 << 16
"""The bytes that the first line can have: a look reads no more to find where the tables begin."""

MAX_BYTES = 1 << 30
"""The bytes that a store can have: in a folder of several people anybody can make a file as large as the disk."""


def header(table: str) -> bytes:
    """The bytes before the first record of a table."""
    return b'"%s":{\n' % table.encode()


def number_at(raw: bytes | bytearray, begin: int) -> int:
    """The number of the record whose line begins here."""
    return int(raw[begin + 1 : raw.index(b'"', begin + 1)])


def last_number(raw: bytes | bytearray, start: int, end: int) -> int:
    """The number of the last line of a table; 0 when it has none."""
    return number_at(raw, raw.rfind(b"\n", 0, end) + 1) if end > start else 0


def next_line(raw: bytes | bytearray, begin: int, end: int) -> int:
    """Where the line after this one begins; `end` after the last one."""
    return raw.find(b"\n", begin, end) + 1 or end


def first_line_from(raw: bytes | bytearray, start: int, end: int, number: int) -> int:
    """The offset of the first line with this number or a higher one; `end` without one.

    A binary search: the lines of a table are in the order of their numbers.
    """
    first = end
    while start < end:
        begin = raw.rfind(b"\n", 0, (start + end) // 2) + 1
        if number_at(raw, begin) < number:
            start = next_line(raw, begin, end)
        else:
            first, end = begin, begin - len(BETWEEN)
    return first
