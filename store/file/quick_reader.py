"""Quick reading of a file whose checksum matches: only the tables and lines that are asked for are parsed.

Any other file (edited by hand, written by stock TinyDB, damaged) is for `store.file.strict_reader`.
"""

from __future__ import annotations

import os
from io import BytesIO
from zlib import crc32

from store.errors import StoreDamaged, StoreUnusable, unreadable
from store.file.layout import (
    BETWEEN,
    END,
    FIRST,
    LAST,
    LONGEST_FIRST_LINE,
    META_ENDS,
    first_line_from,
    header,
    last_number,
    next_line,
    number_at,
)
from store.model.format_version import FORMAT, HEAD_ENDS, TABLES, VERSION
from store.model.vocabulary_and_signs import OPEN, State
from store.quick_json import loads as _loads
from store.snapshot import HistoryAtHand
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from typing import Any, Protocol

    from store.model.record_types import Commitment, Event, Meta, Settings

    Record = Any  # a record of record_types: which one says the table
    Table = dict[int, Record]

    class File(Protocol):
        """A file that is read: an unbuffered one, or bytes in memory."""

        def read(self, size: int = -1, /) -> bytes: ...
        def readinto(self, buffer: bytearray | memoryview, /) -> int | None: ...
        def seek(self, offset: int, whence: int = 0, /) -> int: ...
        def fileno(self) -> int: ...


_OURS = b'%s{"format":"%s","schema":%d,' % (FIRST, FORMAT.encode(), VERSION)
_NO_SETTINGS = b',"settings":{},'
_SETTINGS = b'"settings":'
_EVENTS_AT = b',"events_at":'
_SUM = b',"crc32":"'
_FINISHED = [b'"state":"%s"' % state.encode() for state in State.ALL if state not in OPEN]
_PIECE = 1 << 16
"""Bytes that are read at once."""
_FEW = 4
"""Numbers that are looked for one by one."""
_LINE_BEGINS = dict.fromkeys(TABLES, b'\n"%d":{"id":%d,') | {"events": b'\n"%d":{"seq":%d,"change":'}
"""Table -> how the line of a number begins, after the end of the one before: the longer, the quicker it is found."""
_AT_ONCE = 64
"""Heads and records that are parsed together: a call for each takes longer. One for all touches new memory, which is
slower as well: 10,000 commitments took 40 ms instead of 30, and 10 MiB more that the process never gave back."""


def _number_of(line: bytes | bytearray) -> int:
    return int(line[1 : line.index(b'"', 1)])


def loads(raw: bytes | bytearray) -> Any:
    """Parse JSON of a store. Raises: StoreDamaged for deeper nesting than any record has; ValueError."""
    try:
        return _loads(raw)
    except RecursionError:
        from store.file.deep_nesting import deep_record

        sentence = tr("the store is damaged: {record} is nested too deeply", record=deep_record(raw))
        raise StoreDamaged(sentence, code="store.record-too-deep") from None


class StoreImage(HistoryAtHand):
    """One revision of a store file: its `meta` and its tables, each parsed on first use.

    The history (the table of events) stays in the file, which nobody writes to any more, until it is used.
    """

    __slots__ = ("_file", "_history", "_meta", "_parsed", "_raw", "_spans", "_sums")

    def __init__(
        self,
        file: File,
        raw: bytearray,
        spans: dict[str, tuple[int, int]],
        sums: Sequence[int],
        history: tuple[bytes, int] | None = None,
    ) -> None:
        """`raw` is the file up to its history, `spans` has the start and end of each table, `sums` are the CRC-32 of
        `raw`, of the file up to the end of each further piece, and of the whole file; `history` is the rest of the
        file, and the CRC-32 up to the end of its lines.
        """
        self._meta: Meta | None = None
        self._file = file
        self._sums = sums
        self._raw = raw
        self._spans = spans
        self._history = history
        self._parsed: dict[str, Table] = {}

    def where(self, name: str) -> tuple[bytes | bytearray, int, int]:
        """The bytes that hold a table, and where its lines start and end in them; a line break precedes them.

        Raises: StoreUnusable for a history that another program wrote into since.
        """
        if name != "events":
            return self._raw, *self._spans[name]
        if self._history is None:
            self._file.seek(len(self._raw))
            history = self._file.read()
            sum_of_lines, sum_of_all = _summed(history, self._sums[0])
            if sum_of_all != self._sums[-1]:
                raise _torn()
            self._history = history, sum_of_lines
        return self._history[0], len(header("events")), len(self._history[0]) - len(LAST)

    def history(self) -> tuple[memoryview, int, int]:
        """The lines of the history, and the CRC-32 of the file up to where they start and to where they end."""
        raw, start, end = self.where("events")
        assert self._history is not None
        return memoryview(raw)[start:end], crc32(header("events"), self._sums[0]), self._history[1]

    @property
    def meta(self) -> Meta:
        """The record of `_meta`, without the position and checksum that each write computes anew."""
        if self._meta is None:
            line = self._raw[: self._raw.index(b"\n")]
            meta: Meta = loads(line[len(FIRST) : line.rindex(_EVENTS_AT)] + b"}")
            self._meta = meta
        return self._meta

    def count_on(self) -> list[str]:
        """Let the counters of `meta` go on from the last number of each table, and from the newest change.

        Another program can set them back, and a number or a revision would be given twice. Returns the names of those.
        """
        meta, newest = self.meta, next(self.newest_events(), None)
        counted = {name: max(meta["next"][name], last_number(*self.where(name)) + 1) for name in TABLES}
        revision = meta["revision"] if newest is None else max(meta["revision"], newest["change"])
        set_back = [name for name, number in counted.items() if meta["next"][name] < number]
        if meta["revision"] < revision:
            set_back.append("revision")
        if set_back:
            self._meta = {**meta, "next": counted, "revision": revision}
        return set_back

    def is_in_order(self, name: str, numbers: Collection[int]) -> bool:
        """Whether a search by the order of a table finds all these numbers, and no line twice.

        Of a few it is asked one by one: to read the numbers of a whole history takes ten times as long.
        """
        raw, start, end = self.where(name)
        try:
            if len(numbers) > _FEW:
                there = list(self.numbers(name))
                return there == sorted(set(there))
            for number in numbers:
                found = raw.find(_LINE_BEGINS[name] % (number, number), start - 1, end)
                if (found + 1 or None) != _place_of(raw, start, end, number):
                    return False
        except ValueError:
            return False  # A line that begins with something else.
        return True

    @property
    def settings(self) -> Settings:
        """The settings of the store: mostly none, and then `meta` need not be parsed."""
        line = self.first_line
        # Where the word stands twice, another program wrote one of them.
        return {} if line.count(_SETTINGS) == line.count(_NO_SETTINGS) == 1 else self.meta["settings"]

    @property
    def first_line(self) -> bytes:
        """The line of `_meta`, with its end."""
        return bytes(self._raw[: self._raw.index(b"\n") + 1])

    def table(self, name: str) -> Table:
        """All records of a table by number. Not to be changed."""
        if name not in self._parsed:
            table: Table = {}
            for piece in self.pieces(name):
                rows = loads(piece)
                table.update(zip(map(int, rows), rows.values(), strict=True))
            self._parsed[name] = table
        return self._parsed[name]

    def records(self, name: str) -> Iterator[Record]:
        """All records of a table in order, only some of them in memory at a time."""
        for piece in self.pieces(name):
            yield from loads(piece).values()

    def pieces(self, name: str) -> Iterator[bytes]:
        """The lines of a table, some at a time: each piece is a JSON object."""
        raw, start, end = self.where(name)
        while start < end:
            stop = next_line(raw, start + _PIECE, end)
            yield b"{%s}" % raw[start:stop].rstrip(b",\n")
            start = stop

    def heads(self, name: str) -> Iterator[Record]:
        """The HEADS fields of every record, in order: a fraction of the time that parsing whole records takes."""
        start, end = self._spans[name]
        find, view = self._raw.find, memoryview(self._raw)
        while start < end:
            heads: list[memoryview] = []
            while start < end and len(heads) < _AT_ONCE:
                stop = find(HEAD_ENDS, start)
                heads.append(view[start:stop])
                start = find(b"\n", stop) + 1 or end
            yield from loads(b"{" + b"},".join(heads) + b"}}").values()

    def open_commitments(self) -> Iterator[Commitment]:
        """The commitments that are not finished, in order; the others, the long past, are not parsed."""
        start, end = self._spans["commitments"]
        find, view = self._raw.find, memoryview(self._raw)
        while start < end:
            lines: list[memoryview] = []
            while start < end and len(lines) < _AT_ONCE:
                stop = find(HEAD_ENDS, start)
                line_end = find(b"\n", stop) + 1 or end
                for needle in _FINISHED:  # Written out: `all(...)` makes a generator a line, a quarter of it all.
                    if find(needle, start, stop) >= 0:
                        break
                else:
                    lines.append(view[find(b":", start) + 1 : line_end])
                start = line_end
            yield from loads(b"[%s]" % b"".join(lines).rstrip(b",\n"))

    def head(self, name: str, number: int) -> Record | None:
        """The HEADS fields of one record."""
        start, end = self._spans[name]
        begin = _place_of(self._raw, start, end, number)
        if begin is None:
            return None
        stop = self._raw.find(HEAD_ENDS, begin)
        head: Record = loads(self._raw[self._raw.find(b":", begin) + 1 : stop] + b"}")
        return head

    def record(self, name: str, number: int) -> Record | None:
        """One record, without parsing the others."""
        if name in self._parsed:
            return self._parsed[name].get(number)
        raw, start, end = self.where(name)
        begin = _place_of(raw, start, end, number)
        return None if begin is None else _parsed_line(raw, begin, end)

    def expect(self, *parts: str) -> None:
        """Announce what will be read: of a file nothing needs to be fetched."""

    def events_of(self, key: str, number: int) -> Iterator[Event]:
        """The events that name a record by this key (`id`, `visit`, `party`), oldest first."""
        # The bytes also stand in deeper values.
        return (event for event in self._events_with(b'"%s":%d,' % (key.encode(), number)) if event.get(key) == number)

    def events_of_some(self, numbers: Iterable[int]) -> Iterator[Event]:
        """The events of these commitments, oldest first: the history is read once for all of them."""
        asked = frozenset(numbers)
        if not asked:
            return iter(())
        found = self._events_with(*(b'"id":%d,' % number for number in asked))
        return (event for event in found if event.get("id") in asked)

    def commitments_naming(
        self, visits: Iterable[str], parties: Iterable[str], numbers: Iterable[int]
    ) -> Iterable[Commitment]:
        """The commitments that name one of these visits (by slug), parties or commitments; others may be among them."""
        from store.serialize_records import parts_naming  # Few changes ask, and no look.

        found = [each for part in parts_naming(visits, parties, numbers) for each in self._with("commitments", part)]
        return {each["id"]: each for each in found}.values()

    def fetch(self, numbers: Iterable[int]) -> Iterable[int]:
        """Load these commitments and their events: of a file nothing is fetched."""
        return ()

    def events_with_note(self) -> Iterator[Event]:
        """The events that have a note, oldest first."""
        return (event for event in self._events_with(b'"note":') if "note" in event)

    def due_events_of_periods(self) -> Iterator[Event]:
        """The events that change a due date of a commitment with one that was not agreed as a day, oldest first.

        Most dates are days. What says only that, and is most of a long history, is not parsed.
        """
        agreed = self._lines_with("events", b'"due_precision":', but=b'[null,"day"]')
        numbers = set(map(_number_in, agreed))
        if not numbers:
            return iter(())
        lines = (line for line in self._lines_with("events", b'"due":') if _number_in(line) in numbers)
        return (event for event in _parsed_lines(lines) if "due" in event.get("fields", {}))

    def events_replacing(self, field: str) -> Iterator[Event]:
        """The events that replace a text in this field of a record, oldest first."""
        return (event for event in self._events_with(b'"%s":["' % field.encode()) if field in event.get("fields", {}))

    def undo_events(self) -> Iterator[Event]:
        """The events of undo and redo, oldest first."""
        found = [event for needle in (b'"undoes":', b'"redoes":') for event in self._events_with(needle)]
        return iter(sorted(found, key=lambda event: event["seq"]))

    def _events_with(self, *needles: bytes) -> Iterator[Event]:
        """The events whose line holds any of these bytes, in order: a cheap search of a long history."""
        return self._with("events", *needles)

    def _with(self, name: str, *needles: bytes) -> Iterator[Record]:
        """The records of a table whose line holds any of these bytes, in order."""
        return _parsed_lines(self._lines_with(name, *needles))

    def _lines_with(self, name: str, *needles: bytes, but: bytes | None = None) -> Iterator[bytes | bytearray]:
        """The lines of a table that hold any of these bytes, in order; the first with `but` behind it do not count."""
        find = _finder_of(needles)
        for raw, at, end in self._pieces_of(name):
            while (found := find(raw, at, end)) >= 0:
                at = found + 1
                if but is None or not raw.startswith(but, found + len(needles[0])):
                    at = next_line(raw, found, end)
                    yield raw[raw.rfind(b"\n", 0, found) + 1 : at]

    def _pieces_of(self, name: str) -> Iterator[tuple[bytes | bytearray, int, int]]:
        """The bytes that hold lines of a table, and where these start and end in them: all of them at once, but of a
        history that is in the file some at a time, each checked, which do not stay in memory.

        Raises: StoreUnusable for a history that another program wrote into since.
        """
        if name != "events" or self._history is not None:
            yield self.where(name)
            return
        start, begun = len(header(name)), b""
        for index in range(len(self._sums) - 1):
            piece = self._piece(index)
            end = piece.rfind(b"\n") + 1
            lines, begun = begun + piece[:end], (b"" if end else begun) + piece[end:]
            if end:
                yield lines, start, len(lines)
                start = 0

    def _newest_pieces(self) -> Iterator[tuple[bytes | bytearray, int, int]]:
        """The same of the history, its newest lines first."""
        if self._history is not None:
            yield self.where("events")
            return
        begun, is_end = b"", True  # `begun` is the rest of the line that begins in the piece before.
        for index in range(len(self._sums) - 2, -1, -1):
            lines = self._piece(index) + begun
            if is_end:
                if len(lines) <= len(LAST):  # Two pieces share the end.
                    begun = lines
                    continue
                lines, is_end = lines[: -len(LAST)], False
            lines = lines.rstrip(BETWEEN)
            start = lines.find(b"\n") + 1
            begun = lines[:start] if start else lines
            if start:
                yield lines, start, len(lines)

    def _piece(self, index: int) -> bytes:
        """A piece of the history in the file. Raises: StoreUnusable, also where another program wrote into it since."""
        try:
            # Not from where the file stands: other threads read it as well.
            piece = os.pread(self._file.fileno(), _PIECE, len(self._raw) + index * _PIECE)
        except OSError as error:
            raise unreadable(tr("the file"), error) from None
        if crc32(piece, self._sums[index]) != self._sums[index + 1]:
            raise _torn()
        return piece

    def newest_events(self) -> Iterator[Event]:
        """All events, newest first."""
        for raw, start, end in self._newest_pieces():
            while end > start:
                begin = raw.rfind(b"\n", 0, end) + 1
                yield _parsed_line(raw, begin, end)
                end = begin - len(BETWEEN)

    def events_fetched(self) -> Iterator[Event]:
        """All events, newest first."""
        return self.newest_events()

    def words_of_commitments(self, fields: Iterable[str]) -> set[tuple[str, str]]:
        """Every (field, word) of these fields of commitments, at any depth of a record; nothing is parsed."""
        import re

        raw, start, end = self.where("commitments")
        pattern = re.compile(b'"(%s)":"([^"]*)"' % "|".join(fields).encode())
        found = {each.groups() for each in pattern.finditer(raw, start, end)}
        return {(field.decode(), text.decode()) for field, text in found}

    def numbers(self, name: str) -> Iterator[int]:
        """The numbers in a table."""
        raw, start, end = self.where(name)
        if end > start:
            for line in raw[start:end].split(BETWEEN):
                yield _number_of(line)


def _place_of(raw: bytes | bytearray, start: int, end: int, number: int) -> int | None:
    """Where the line of a record begins."""
    begin = first_line_from(raw, start, end, number)
    return begin if begin < end and number_at(raw, begin) == number else None


def _parsed_line(raw: bytes | bytearray, begin: int, end: int) -> Record:
    stop = raw.find(b"\n", begin, end)
    line = raw[begin : stop if stop >= 0 else end].rstrip(b",")
    record: Record = loads(line[line.index(b":") + 1 :])
    return record


def _parsed_lines(lines: Iterator[bytes | bytearray]) -> Iterator[Record]:
    # Instead of islice: loading itertools for it would cost every quick look (tests/test_loaded_modules.py).
    while some := b"".join([line for _, line in zip(range(_AT_ONCE), lines, strict=False)]):
        yield from loads(b"{%s}" % some.rstrip(b",\n")).values()


def _number_in(line: bytes | bytearray) -> int:
    """The number of the commitment of an event; 0 where it has none."""
    digits = line.partition(b'"id":')[2].partition(b",")[0]
    return int(digits) if digits.isdigit() else 0


def _finder_of(needles: Sequence[bytes]) -> Callable[[bytes | bytearray, int, int], int]:
    """A function that finds the next place of any of these strings between two offsets; -1 for none."""
    if len(needles) == 1:
        needle = needles[0]
        return lambda raw, start, end: raw.find(needle, start, end)
    import re  # Only the app looks for several at once.

    search = re.compile(b"|".join(map(re.escape, needles))).search

    def find(raw: bytes | bytearray, start: int, end: int) -> int:
        found = search(raw, start, end)
        return found.start() if found else -1

    return find


def _spans_of(raw: bytearray, body: int) -> dict[str, tuple[int, int]] | None:
    spans: dict[str, tuple[int, int]] = {}
    at = body
    for name in TABLES[:-1]:
        next_table = TABLES[TABLES.index(name) + 1]
        start = at + len(header(name))
        end = len(raw) - len(END + BETWEEN)
        if next_table != "events":
            end = raw.find(END + BETWEEN + header(next_table), start)
        if end < start or not raw.startswith(header(name), at) or not raw.startswith(END + BETWEEN, end):
            return None
        spans[name] = (start, end)
        at = end + len(END + BETWEEN)
    return spans


def _parse_header(line: bytes) -> tuple[int, int] | None:
    """The position of the checksum in a first line, and the bytes of the tables after it; None if it is not ours."""
    place = line.rfind(_SUM) + len(_SUM)
    digits = line[line.rfind(_EVENTS_AT) + len(_EVENTS_AT) : place - len(_SUM)]
    if not line.startswith(_OURS) or len(line) != place + 8 + len(META_ENDS) or not digits.isdigit():
        return None
    return place, int(digits[:18])


def _summed(history: bytes, sum_before: int) -> tuple[int, int]:
    """The CRC-32 of a file up to the end of the lines of its history, and up to its own end."""
    end = max(0, len(history) - len(LAST))
    sum_of_lines = crc32(memoryview(history)[:end], sum_before)
    return sum_of_lines, crc32(history[end:], sum_of_lines)


def open_quickly(file: File, *, with_history: bool = False) -> StoreImage | None:
    """Read a file that this program wrote, as its CRC-32 shows; None for any other file.

    The history is kept only `with_history`, for writing the file anew: it is by far the most, so its checksum is
    computed piece by piece, since touching new memory costs more than reading into it.
    """
    line = file.read(LONGEST_FIRST_LINE).partition(b"\n")[0] + b"\n"
    header_values = _parse_header(line)
    if header_values is None or header_values[1] > file.seek(0, 2) - len(line):
        return None
    place_of_sum, size = header_values
    raw = bytearray(len(line) + size)
    file.seek(0)
    if file.readinto(raw) != len(raw):
        return None
    sums = [crc32(memoryview(raw)[len(line) :], crc32(line[:place_of_sum]))]
    history = None
    if with_history or isinstance(file, BytesIO):  # Bytes in memory have no descriptor.
        rest = file.read()
        sum_of_lines, sum_of_all = _summed(rest, sums[0])
        history = rest, sum_of_lines
        sums.append(sum_of_all)
    else:
        _sum_rest(file, sums)
    spans = _spans_of(raw, len(line))
    if spans is None or not _is_sum_right(line, place_of_sum, sums[-1]) or not _has_history(file, len(raw)):
        return None
    return StoreImage(file, raw, spans, sums, history)


def _has_history(file: File, start: int) -> bool:
    """Whether the table of events begins and ends where it does in a file that this program wrote."""
    file.seek(start)
    begin = file.read(len(header("events")))
    file.seek(-len(LAST), 2)
    return begin == header("events") and file.read(len(LAST)) == LAST


def _is_sum_right(line: bytes, place_of_sum: int, sum_of_all: int) -> bool:
    """Whether the first line of a file ends with the checksum of all the rest."""
    return line[place_of_sum:] == b"%08x%s" % (sum_of_all, META_ENDS)


def _sum_rest(file: File, sums: list[int]) -> None:
    """Add the CRC-32 up to the end of each further piece of a file."""
    buffer = memoryview(bytearray(_PIECE))
    while length := file.readinto(buffer):
        sums.append(crc32(buffer[:length], sums[-1]))


def read_quickly(raw: bytes) -> StoreImage | None:
    """The same for the bytes of a file."""
    return open_quickly(BytesIO(raw))


def _torn() -> StoreUnusable:
    sentence = tr("the store's file was changed by another program meanwhile; nothing was saved, try again")
    return StoreUnusable(sentence, code="store.torn")
