"""Mutants of a store: one small change somewhere in one of its tables, in one of the two layouts."""

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from tests.support.store_bytes import by_another_writer, in_our_lines

TABLES = ("_meta", "visits", "parties", "commitments", "events")

Data = dict[str, Any]
Slot = tuple[Any, Any]
"""An object or list, and the key or place in it."""


class Mutant(NamedTuple):
    """`words` say what was done to which table in which layout."""

    words: str
    table: str
    file: bytes


# What is done to the bytes: each gets the file, where the table begins and ends in it, and the random numbers.


def _flip(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end)
    return file[:place] + bytes([file[place] ^ 1 << chance.randrange(8)]) + file[place + 1 :]


def _cut_out(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end)
    return file[:place] + file[place + chance.randrange(1, 40) :]


def _cut_off(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    return file[: chance.randrange(start, end)]


def _nulled(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end)
    length = min(chance.randrange(1, 512), len(file) - place)
    return file[:place] + b"\0" * length + file[place + length :]


def _copied_in(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place, other = chance.randrange(start, end), chance.randrange(len(file))
    return file[:place] + file[other : other + chance.randrange(1, 60)] + file[place:]


_TOKENS = (b"null", b"{}", b"[]", b'""', b"-1", b"true", b"1e9", b'"\\ud800"', b",", b"}", b'"', b"\n", b"\x1b", b"0")


def _token(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    place = chance.randrange(start, end)
    return file[:place] + chance.choice(_TOKENS) + file[place + chance.randrange(3) :]


def _line(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    """A line goes, comes twice, or changes places with another."""
    lines = file[start:end].split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(3):
        case 0:
            del lines[one]
        case 1:
            lines.insert(two, lines[one])
        case _:
            lines[one], lines[two] = lines[two], lines[one]
    return file[:start] + b"\n".join(lines) + file[end:]


def _twin(file: bytes, start: int, end: int, chance: random.Random) -> bytes:
    """A key twice, with another value or the same."""
    keys = [*re.finditer(rb'[{,]\s*("[^"\\]+":\s*)(?=("[^"\\]*"|\d+)?)', file[start:end])]
    chosen = chance.choice(keys)
    place = start + chosen.start(1)
    value = chosen[2] if chosen[2] and chance.random() < 0.5 else b"1"
    return file[:place] + chosen[1] + value + b"," + file[place:]


_BYTES = (_flip, _cut_out, _cut_off, _nulled, _copied_in, _token, _line, _twin)


# What is done to the data


def _slots(value: Any) -> Iterator[Slot]:
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield value, key
        if isinstance(item, dict | list):
            yield from _slots(item)


def _somewhere(data: Data, table: str, chance: random.Random) -> Slot:
    return chance.choice([*_slots(data[table])])


def _delete(data: Data, table: str, chance: random.Random) -> None:
    holder, key = _somewhere(data, table, chance)
    del holder[key]


def _other_type(data: Data, table: str, chance: random.Random) -> None:
    holder, key = _somewhere(data, table, chance)
    others: list[object] = [None, True, 7, "x", [], {}, ["x"], {"x": 1}, [[]], 1.5, str(holder[key]), [holder[key]]]
    holder[key] = chance.choice([value for value in others if type(value) is not type(holder[key])])


_DAYS = ("0001-01-01", "9999-12-31", "2023-02-30", "2024-02-29", "2023-3-1", "9999-12-32", "-001-01-01")
_INSTANTS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2023-02-30T00:00:00Z", "2023-03-01T24:00:00Z")
_TEXTS = ("", " ", "\x1b]0;x\x07\u202e\u200b", "x" * 3000, "\ud800", "\x00", "Asia/Nowhere", "../etc/passwd", "[/]")
_NUMBERS = (0, 1, 2, -1, 99, 10**15 - 1, 10**15, 10**18 - 1, 10**18, 2**64, -(10**17))


def _other_value(data: Data, table: str, chance: random.Random) -> None:
    """Another value of the same type: one from elsewhere, or the end of what there can be."""
    holder, key = _somewhere(data, table, chance)
    value = holder[key]
    match value:
        case bool():
            holder[key] = not value
        case int():
            holder[key] = chance.choice(_NUMBERS)
        case str():
            alike = [item for place, at in _slots(data) if isinstance(item := place[at], str)]
            of_a_kind = _DAYS if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else _INSTANTS if "T09" in value else _TEXTS
            holder[key] = chance.choice([chance.choice(of_a_kind), chance.choice(_TEXTS), chance.choice(alike)])
        case list():
            holder[key] = chance.choice([[], value * 2, value[:-1], value * 500])
        case dict():
            holder[key] = {}
        case _:
            holder[key] = "x"


def _new_key(data: Data, table: str, chance: random.Random) -> None:
    """A key that another object has, or that none knows."""
    holder, _ = _somewhere(data, table, chance)
    if not isinstance(holder, dict):
        holder.append("x")
        return
    source, key = chance.choice([(place, at) for place, at in _slots(data) if isinstance(place, dict)])
    holder[chance.choice([key, "colour", "\x1b[2J"])] = deepcopy(source[key])


def _record(data: Data, table: str, chance: random.Random) -> None:
    """A record goes, comes again under another number, changes places, or gets into another table."""
    rows = data[table]
    one, two = chance.choice([*rows]), chance.choice([*rows])
    match chance.randrange(5):
        case 0:
            del rows[one]
        case 1:
            rows[str(int(one) + chance.randrange(1, 99))] = rows[one]
        case 2:
            number = str(int(one) + 40)
            rows[number] = {**rows[one], "seq" if table == "events" else "id": int(number)}
        case 3:
            rows[one], rows[two] = rows[two], rows[one]
        case _:
            data[chance.choice(TABLES)][one] = rows[one]


_CHANGES: tuple[Callable[[Data, str, random.Random], None], ...] = (
    *(_delete, _other_type, _other_value, _other_value, _new_key, _record),
)


def mutants(file: bytes, count: int, chance: random.Random) -> Iterator[Mutant]:
    """Generate `count` mutants of a store: every way of mutating, in every table, in both layouts, in turn."""
    layouts = {"our lines": in_our_lines, "another writer": by_another_writer}
    sound = {words: layout(json.loads(file)) for words, layout in layouts.items()}
    for number in range(count):
        # 14 ways and 5 tables: each way meets each table.
        way, table = number % (len(_BYTES) + len(_CHANGES)), TABLES[number % len(TABLES)]
        words = chance.choice([*layouts])
        if way < len(_BYTES):
            name = _BYTES[way].__name__
            mutant = _BYTES[way](sound[words], *_span(sound[words], table), chance)
        else:
            change = _CHANGES[way - len(_BYTES)]
            name, data = change.__name__, json.loads(file)
            change(data, table, chance)
            mutant = layouts[words](data)
        if mutant not in sound.values():
            yield Mutant(f"mutant {number} ({name[1:]} in {table}, {words})", table, mutant)


def _span(file: bytes, table: str) -> tuple[int, int]:
    """Where a table begins and ends in a file of either layout."""
    starts = [re.search(rb'"%s": ?\{' % name.encode(), file) for name in TABLES]
    places = [start.start() if start else 0 for start in starts] + [len(file)]
    return places[TABLES.index(table)], places[TABLES.index(table) + 1]


def plain_fault(file: bytes) -> str | None:
    """The plain fault of a file, found without the program's own reader; None when there is none."""
    twins: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        twins.extend(key for key, _ in items if [each for each, _ in items].count(key) > 1)
        return dict(items)

    def refuse(digits: str) -> None:
        raise ValueError(digits)

    try:
        text = file.decode("utf-8-sig")
        data = json.loads(text, object_pairs_hook=pairs, parse_float=refuse, parse_constant=refuse)
        data["_meta"]["1"].pop("crc32", None)  # What does not match is no sum, whatever it is.
    except (ValueError, TypeError, KeyError) as error:
        return repr(error)
    if twins:
        return f"the key {twins[0]} is there twice"
    if not isinstance(data, dict) or not set(TABLES) <= data.keys():
        return "a table is missing"
    for table in TABLES[1:]:
        for number, record in data[table].items():
            if not re.fullmatch("[1-9][0-9]*", number) or record.get("seq" if table == "events" else "id") != int(
                number
            ):
                return f"record {number} of {table} is not its own"
    return None
