"""The serializer of a store file: a line for each record, written in pieces, with the checksum last."""

from __future__ import annotations

from io import BytesIO
from itertools import chain
from zlib import crc32

from store.errors import NotAllowed
from store.file.checksum import replace_prefix
from store.file.layout import (
    BETWEEN,
    END,
    LAST,
    LONGEST_FIRST_LINE,
    META_ENDS,
    META_FIELDS,
    first_line_from,
    header,
    last_number,
    next_line,
    number_at,
)
from store.model.format_version import FORMAT, TABLES, VERSION
from store.serialize_records import encode_lines
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta

    Changes = Mapping[str, Mapping[int, Mapping[str, object] | None]]
    Piece = bytes | bytearray | memoryview
    WritePiece = Callable[[Piece, int | None], None]


def write_changes(image: StoreImage, write_piece: WritePiece, meta: Meta, changes: Changes) -> None:
    """Write the file of an image with these changes: table -> number -> the new record, or None to remove it.

    Raises: StoreUnusable.
    """
    sections = {name: _section(image, name, changes.get(name, {})) for name in TABLES[:-1]}
    new = changes.get("events", {})
    if new and min(new) < image.meta["next"]["events"]:
        _write(write_piece, meta, sections, _section(image, "events", new))
        return
    kept = image.history()
    added = [(number, record) for number, record in sorted(new.items()) if record]
    between = [BETWEEN] if added and kept[0] else []
    _write(write_piece, meta, sections, chain(between, encode_lines("events", added)), kept)


def serialize_changes(image: StoreImage, meta: Meta, changes: Changes) -> bytes:
    """The bytes of the file of an image with these changes."""
    return _collect(lambda write_piece: write_changes(image, write_piece, meta, changes))


def _section(image: StoreImage, name: str, changes: Mapping[int, Mapping[str, object] | None]) -> list[Piece]:
    """The lines of a table with these changes; unchanged lines are views of the file, not copies."""
    raw, at, end = image.where(name)
    view = memoryview(raw)
    runs: list[Sequence[Piece]] = []
    numbers = sorted(changes)
    last = last_number(raw, at, end)
    new = [number for number in numbers if number > last]
    for number in numbers[: len(numbers) - len(new)]:
        record = changes[number]
        begin = first_line_from(raw, at, end, number)
        if begin > at:
            runs.append([view[at:end] if begin == end else view[at : begin - len(BETWEEN)]])
        is_there = begin < end and number_at(raw, begin) == number
        at = next_line(raw, begin, end) if is_there else begin
        if record:
            runs.append(list(encode_lines(name, [(number, record)])))
    if at < end:
        runs.append([view[at:end]])
    added = [(number, record) for number in new if (record := changes[number])]
    if added:
        runs.append(list(encode_lines(name, added)))
    return [piece for run in runs for piece in (BETWEEN, *run)][1:]


def first_line(meta: Mapping[str, object]) -> bytes:
    """The line of `_meta`, with its end."""
    return b'{"_meta":{%b},\n' % b"".join(encode_lines("_meta", [(1, meta)]))


def _write(
    write_piece: WritePiece,
    meta: Meta,
    sections: Mapping[str, Sequence[Piece]],
    history: Iterable[Piece],
    kept: tuple[Piece, int, int] = (b"", 0, 0),
) -> None:
    """Write a file from the lines of its tables, piece by piece; last the checksum, at its offset.

    `kept` are the lines of the old history that the new one starts with, and the old CRC-32 up to their start and end.
    Raises: NotAllowed for a first line that no look would read to its end.
    """
    tables: list[Piece] = []
    for name in TABLES[:-1]:
        tables += [header(name), *sections[name], END + BETWEEN]
    # What another program put there beside the fields that a store has is left out.
    own = {name: meta[name] for name in META_FIELDS if name in meta}  # type: ignore[literal-required]
    values = {"format": FORMAT, "schema": VERSION, **own, "events_at": sum(map(len, tables)), "crc32": "0" * 8}
    first = first_line(values)
    if len(first) > LONGEST_FIRST_LINE:
        sentence = tr(
            "not saved: the settings and the accounts of the store would be longer than its first line can be"
        )
        raise NotAllowed(sentence, code="store.first-line-too-long")
    place_of_sum = len(first) - len(META_ENDS) - 8
    write_piece(first, None)
    sum_so_far = crc32(first[:place_of_sum])
    for piece in (*tables, header("events")):
        write_piece(piece, None)
        sum_so_far = crc32(piece, sum_so_far)
    lines, before, after = kept
    write_piece(lines, None)
    # They are nine tenths of a file with 20 events a commitment: checksumming them again takes a seventh of a change.
    sum_so_far = replace_prefix(after, before, sum_so_far, len(lines))
    for piece in chain(history, (LAST,)):
        write_piece(piece, None)
        sum_so_far = crc32(piece, sum_so_far)
    write_piece(b"%08x" % sum_so_far, place_of_sum)


def _collect(compose: Callable[[WritePiece], None]) -> bytes:
    """The bytes that a function writes."""
    file = BytesIO()

    def write_piece(piece: Piece, at: int | None) -> None:
        file.seek(0, 2) if at is None else file.seek(at)
        file.write(piece)

    compose(write_piece)
    return file.getvalue()


def serialize(meta: Meta, tables: Mapping[str, Mapping[int, Mapping[str, object]]]) -> bytes:
    """Serialize a whole store: the bytes of its file."""
    sections = {name: list(encode_lines(name, sorted(tables.get(name, {}).items()))) for name in TABLES}
    return _collect(lambda write_piece: _write(write_piece, meta, sections, sections["events"]))
