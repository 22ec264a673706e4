"""Strict reading of a file that this program did not write: all of it is validated, and the first fault refused."""

from __future__ import annotations

import json
from io import BytesIO

from store.errors import StoreDamaged, StoreMoved
from store.file.layout import FIRST, META_ENDS, META_FIELDS
from store.file.moved_note import moved_to
from store.file.quick_reader import StoreImage, open_quickly, read_quickly
from store.file.serialize_file import first_line, serialize
from store.file.upgrade_older_formats import upgraded
from store.model.format_version import BETWEEN, TABLES
from store.quick_json import loads
from store.rules.numbering import counted_on
from store.rules.refuse_newer_version import refuse_newer, refuse_unknown_words
from store.rules.valid_record import check_meta, check_records, check_references
from store.sanitise_text import visible
from store.serialize_records import encode_lines
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from store.file.quick_reader import File, Record, Table
    from store.model.record_types import Meta


OF_THE_PARSER = (
    phrase("Expecting ',' delimiter"),
    phrase("Expecting ':' delimiter"),
    phrase("Expecting property name enclosed in double quotes"),
    phrase("Expecting value"),
    phrase("Extra data"),
    phrase("Illegal trailing comma before end of array"),
    phrase("Illegal trailing comma before end of object"),
    phrase("Invalid \\escape"),
    phrase("Invalid \\uXXXX escape"),
    phrase("Invalid control character at"),
    phrase("Unterminated string starting at"),
)
"""What the standard library says of a text that is no JSON."""


LAID_OUT_OTHERWISE = "store.laid-out-otherwise"
"""The code of the refusal of a store whose records are valid, and whose lines are not as this program writes them."""


class _InvalidValue:
    """A placeholder for a value that JSON allows and a store does not."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence


class _ValueReader:
    """The callbacks of the JSON parser, which know no position: the values in `wrong` are located afterwards."""

    def __init__(self) -> None:
        self.wrong: list[_InvalidValue] = []

    def _refused(self, sentence: str) -> _InvalidValue:
        self.wrong.append(_InvalidValue(sentence))
        return self.wrong[-1]

    def constant(self, name: str) -> _InvalidValue:
        return self._refused(tr("{name} is not a value of JSON", name=name))

    def fraction(self, digits: str) -> _InvalidValue:
        return self._refused(tr("{digits} is not a whole number", digits=digits[:20]))

    def whole(self, digits: str) -> int | _InvalidValue:
        return int(digits) if len(digits) <= 18 else self._refused(tr("a number has more than 18 digits"))

    def without_duplicate_keys(self, pairs: list[tuple[str, Any]]) -> Record | _InvalidValue:
        record = dict(pairs)
        if len(record) != len(pairs):
            keys = [key for key, _ in pairs]
            twin = next(key for key in keys if keys.count(key) > 1)
            return self._refused(tr("the key {twin!r} stands twice in one object", twin=twin[:40]))
        return record


def _parse_json(raw: bytes) -> object:
    if not raw.strip(b" \t\r\n\0"):
        raise StoreDamaged(tr("the file is empty ({size} bytes)", size=len(raw)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise StoreDamaged(tr("it is not UTF-8 at byte {start}", start=error.start)) from None
    values = _ValueReader()
    try:
        data: object = json.loads(
            text,
            object_pairs_hook=values.without_duplicate_keys,
            parse_constant=values.constant,
            parse_float=values.fraction,
            parse_int=values.whole,
        )
    except json.JSONDecodeError as error:
        raise StoreDamaged(
            tr(
                "it is not valid JSON at line {line}, column {column} ({what})",
                line=error.lineno,
                column=error.colno,
                what=tr(error.msg),
            )
        ) from None
    except RecursionError:
        raise _too_deep(text) from None
    own = data.get("_meta") if isinstance(data, dict) else None
    refuse_newer(own.get("1") if isinstance(own, dict) else None)
    if values.wrong:
        raise _located(data, values.wrong)
    return data


def _too_deep(text: str) -> StoreDamaged:
    """The refusal of what the parser could not follow, with its place, its table and its record."""
    from store.file.deep_nesting import deep_place

    place = deep_place(text)
    if place is None:
        return StoreDamaged(tr("its objects are nested too deeply"))
    table, number = (_named_in_message(key) for key in place.keys)
    sentence = (
        phrase("in {table}, record {number}: nested too deeply at line {line}, column {column}")
        if all(place.keys)
        else phrase("nested too deeply at line {line}, column {column}")
    )
    return StoreDamaged(tr(sentence, table=table, number=number, line=place.line, column=place.column))


def _located(data: object, wrong: list[_InvalidValue]) -> StoreDamaged:
    """The refusal of the first invalid value, with its table and record when it is in one."""
    for table, rows in data.items() if isinstance(data, dict) else ():
        if isinstance(rows, _InvalidValue):
            return StoreDamaged(tr("in {table}, {sentence}", table=_named_in_message(table), sentence=rows.sentence))
        for number, record in rows.items() if isinstance(rows, dict) else ():
            if found := _first_invalid(record):
                return StoreDamaged(
                    tr(
                        "in {table}, record {number}: {sentence}",
                        table=_named_in_message(table),
                        number=_named_in_message(number),
                        sentence=found.sentence,
                    )
                )
    return StoreDamaged(wrong[0].sentence)


def _first_invalid(value: object) -> _InvalidValue | None:
    waiting = [value]
    while waiting:
        match waiting.pop():
            case _InvalidValue() as found:
                return found
            case dict() as record:
                waiting += reversed(record.values())
            case list() as items:
                waiting += reversed(items)
    return None


def _named_in_message(key: str) -> str:
    """The name of a table or number for a message; an invalid one is quoted and escaped."""
    return key[:40] if key.isidentifier() or key.isdecimal() else repr(key[:40])


def _number(table: str, key: str) -> int:
    if not (key.isascii() and key.isdigit() and key[0] != "0" and len(key) < 18):
        raise StoreDamaged(tr("in {table}, {key!r} is not a record's number", table=table, key=key[:40]))
    return int(key)


def _tables_of(data: object) -> tuple[Meta, dict[str, Table]]:
    if not isinstance(data, dict):
        raise StoreDamaged(tr("it does not hold a JSON object"))
    data = upgraded(data)
    tables: dict[str, Table] = {}
    for name, rows in data.items():
        if not isinstance(rows, dict):
            raise StoreDamaged(tr("the table {name} is not an object", name=_named_in_message(name)))
        if name in ("_meta", *TABLES):
            tables[name] = {_number(name, key): record for key, record in rows.items()}
    own = tables.pop("_meta", {})
    meta = own.get(1, {})
    check_meta(meta)
    if len(own) > 1:
        raise StoreDamaged(tr("in _meta, record {number} is one that no store has", number=max(own)))
    missing = [name for name in TABLES if name not in tables]
    if missing:
        raise StoreDamaged(tr("it has no table {name}", name=missing[0]))
    unknown = [name for name, rows in data.items() if name not in ("_meta", *TABLES) and rows]
    if unknown:
        raise StoreDamaged(tr("it has a table {name!r} that no store has", name=unknown[0][:40]))
    own_values: Any = {name: value for name, value in meta.items() if name not in ("crc32", "events_at")}
    return own_values, tables


def check_row(table: str, number: int, text: str) -> None:
    """Validate the text of one record under this number. Raises: StoreDamaged; StoreNewer."""
    record = _parse_json(text.encode())
    if not isinstance(record, dict):
        raise StoreDamaged(tr("it does not hold a JSON object"))
    if table == "commitments":
        _refuse_words_of_newer([record])
    check_records(table, {number: record})


def read_strictly(raw: bytes) -> StoreImage:
    """Read a valid store of any layout; raises counters that another program set back.

    Raises: StoreDamaged with the fault and its place; StoreNewer for one of a newer version.
    """
    meta, tables = _tables_of(_parse_json(raw))
    for name, rows in tables.items():
        check_records(name, rows)
    check_references(tables)
    events = tables["events"].values()
    newest = max((event["change"] for event in events), default=0)
    counted = counted_on(meta["next"], tables, events)
    image = read_quickly(serialize({**meta, "revision": max(meta["revision"], newest), "next": counted}, tables))
    if image is None:
        raise StoreDamaged(tr("it cannot be laid out as a store"))
    return image


def check_strictly(image: StoreImage, *, with_history: bool = True) -> None:
    """Validate a store that was read quickly, piece by piece; its history, which is by far the most, if asked for.

    Raises: as `read_strictly`.
    """
    try:
        meta = image.meta
    except ValueError:
        raise StoreDamaged(tr("its first line is not valid JSON")) from None
    check_meta(meta)
    _check_first_line(image)
    visits: Table = {}
    for name in TABLES if with_history else TABLES[:-1]:
        numbers: set[int] = set()
        last = 0
        for piece in image.pieces(name):
            table = _parse_json(b'{"%b":%b}' % (name.encode(), piece))
            assert isinstance(table, dict)
            rows = table[name]
            records = {_number(name, key): record for key, record in rows.items()}
            if twins := numbers & records.keys():
                raise StoreDamaged(tr("in {table}, record {number} stands twice", table=name, number=min(twins)))
            check_records(name, records)
            _check_lines(name, piece, records, last)
            last = max(records, default=last)
            numbers |= records.keys()
            if name == "visits":
                visits.update(records)
            check_references({"visits": visits, name: records})


def _check_first_line(image: StoreImage) -> None:
    """Refuse a first line that this program never writes for its `_meta`: a quick read searches in it.

    Raises: StoreDamaged.
    """
    line = image.first_line
    record = loads(line[len(FIRST) : -len(META_ENDS) + 2])
    known = {"format", "schema", *META_FIELDS, "events_at", "crc32"}
    if not known.issuperset(record) or line != first_line(record):
        sentence = tr(
            "in _meta: another program wrote its line, and a quick look does not find in it what stands there"
        )
        raise StoreDamaged(sentence, code=LAID_OUT_OTHERWISE)


def _check_lines(table: str, piece: bytes, records: Mapping[int, Any], before: int) -> None:
    """Refuse lines that this program never writes for these records: a quick read relies on their order.

    `before` is the number above them. Raises: StoreDamaged with the number of the first such line.
    """
    lines = piece[1:-1]
    if lines == b"".join(encode_lines(table, sorted(records.items()))) and before < min(records, default=before + 1):
        return
    highest = before
    for line, (number, record) in zip(lines.split(BETWEEN), records.items(), strict=False):
        if number <= highest or line != b"".join(encode_lines(table, [(number, record)])):
            break
        highest = number
    else:
        number = highest
    raise laid_out_otherwise(table, number)


def laid_out_otherwise(table: str, number: int) -> StoreDamaged:
    """The refusal of a line that this program does not write for its record, or not in that place."""
    sentence = tr(
        "in {table}, record {number}: another program wrote its line, and a quick look does not find in it what stands "
        "there",
        table=table,
        number=number,
    )
    return StoreDamaged(sentence, code=LAID_OUT_OTHERWISE)


def check_what_changed(image: StoreImage, before: StoreImage) -> None:
    """Validate the visits, parties and commitments that are not as they were in another image of the store.

    Both were read quickly. The history is not looked at. Raises: as `read_strictly`.
    """
    check_meta(image.meta)
    _check_first_line(image)
    tables: dict[str, Table] = {}
    has_other_visits = False
    for name in TABLES[:-1]:
        now, then = (bytes(raw[start:end]) for raw, start, end in (image.where(name), before.where(name)))
        tables[name] = {}
        # With other visits all commitments are looked at: one that is as it was may have lost its own.
        if now != then or has_other_visits:
            has_other_visits = has_other_visits or name == "visits"
            lines = now.split(BETWEEN) if has_other_visits else set(now.split(BETWEEN)) - set(then.split(BETWEEN))
            rows = _parse_json(b"{%b}" % BETWEEN.join(lines))
            assert isinstance(rows, dict)
            tables[name] = {_number(name, key): record for key, record in rows.items()}
            if name == "commitments":
                _refuse_words_of_newer(tables[name].values())
            check_records(name, tables[name])
    if not has_other_visits:
        tables["visits"] = image.table("visits")
    check_references(tables)


def read(raw: bytes) -> StoreImage:
    """Read a store, quickly when its checksum matches, else strictly. Raises: as `read_strictly`."""
    return read_file(BytesIO(raw))


def read_file(file: File) -> StoreImage:
    """The same for an open file, which the image goes on to read."""
    image = open_quickly(file)
    if image is None:
        file.seek(0)
        raw = file.read()
        if (name := moved_to(raw)) is not None:
            raise StoreMoved(tr("the store has moved to {name}", name=visible(name)), values={"to": name})
        return read_strictly(raw)
    _refuse_words_of_newer(image.heads("commitments"))
    return image


def _refuse_words_of_newer(commitments: Iterable[Any]) -> None:
    """Refuse words that only a newer version knows. Raises: StoreNewer."""
    try:
        for commitment in commitments:
            refuse_unknown_words(commitment)
    except (AttributeError, KeyError, TypeError, ValueError):
        pass  # A record of the wrong shape under a matching checksum: doctor names it.
