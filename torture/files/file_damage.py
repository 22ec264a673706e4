"""Damaged files: what disks, editors, other programs and people make of a store, and where the damage is."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tests.support.store_bytes import by_another_writer, in_our_lines

Spoil = Callable[[bytes], bytes]


class Damage(NamedTuple):
    """`spoil` makes the bad file of a good one; the refusal must hold the pattern `place`, which says where."""

    spoil: Spoil
    place: str


# Faults of the whole file


def _put(old: bytes, new: bytes) -> Spoil:
    """`old`, which must be there, becomes `new`, where it stands first."""

    def spoil(file: bytes) -> bytes:
        assert old in file, old
        return file.replace(old, new, 1)

    return spoil


def _always(content: bytes) -> Spoil:
    return lambda _: content


_JSON = r"line \d+, column \d+"
_NO_STORE = "it is not a followup store"
_NO_OBJECT = "does not hold a JSON object"
_NO_UTF8 = r"not UTF-8 at byte \d+"
_SECOND = b'\n"2":{"id":2,"state"'

_FILES = {
    "empty": Damage(_always(b""), "the file is empty"),
    "blank": Damage(_always(b"  \n\n"), "the file is empty"),
    "NULs": Damage(lambda file: b"\0" * len(file), "the file is empty"),
    "only a byte order mark": Damage(_always(b"\xef\xbb\xbf"), _JSON),
    "NULs at the end": Damage(lambda file: file[:-40] + b"\0" * 40, _JSON),
    "NULs in the middle": Damage(lambda file: file[:2000] + b"\0" * 512 + file[2512:], _JSON),
    "an old tail behind it": Damage(lambda file: file + file[-100:], _JSON),
    "twice in one file": Damage(lambda file: file + file, _JSON),
    "null": Damage(_always(b"null"), _NO_OBJECT),
    "true": Damage(_always(b"true"), _NO_OBJECT),
    "a number": Damage(_always(b"12"), _NO_OBJECT),
    "a string": Damage(_always(b'"store"'), _NO_OBJECT),
    "a list": Damage(lambda file: b"[" + file + b"]", _NO_OBJECT),
    "an empty object": Damage(_always(b"{}"), _NO_STORE),
    "TinyDB of something else": Damage(_always(b'{"_default": {"1": {"name": "x"}}}'), _NO_STORE),
    "HTML": Damage(_always(b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>"), _JSON),
    "conflict markers": Damage(
        lambda file: b"<<<<<<< HEAD\n" + file + b"=======\n" + file + b">>>>>>> theirs\n", _JSON
    ),
    "a conflict amid": Damage(_put(_SECOND, b"\n<<<<<<< HEAD" + _SECOND), _JSON),
    "a login banner before it": Damage(lambda file: b"Welcome to srv\n" + file, _JSON),
    "compressed": Damage(lambda file: gzip.compress(file, mtime=0), _NO_UTF8),
    "cp1251": Damage(lambda file: file.decode().replace("Nominate", "Назначить").encode("cp1251"), _NO_UTF8),
    "UTF-16": Damage(lambda file: file.decode().encode("utf-16"), _NO_UTF8),
    "UTF-16 without a mark": Damage(lambda file: file.decode().encode("utf-16-le"), f"{_NO_UTF8}|{_JSON}"),
    "UTF-32": Damage(lambda file: file.decode().encode("utf-32"), _NO_UTF8),
    "invalid UTF-8": Damage(_put(b"Nominate", b"\xff\xfeminate"), _NO_UTF8),
    "a control character in a text": Damage(_put(b"Nominate", b"\x1b]0;x\x07"), _JSON),
    "a comment": Damage(_put(_SECOND, b"\n// mine" + _SECOND), _JSON),
    "a comma too many": Damage(_put(b"\n},\n", b",\n},\n"), _JSON),
    "twin keys in a record": Damage(
        _put(_SECOND, b'\n"2":{"id":2,"id":2,"state"'), "in commitments, record 2: the key"
    ),
    "twin keys deep in a record": Damage(
        _put(b'"wanted":3', b'"wanted":3,"wanted":4'), "in commitments, record 5: .*wanted"
    ),
    "twin keys in an event": Damage(_put(b'"seq":3,', b'"seq":3,"seq":3,'), "in events, record 3: the key 'seq'"),
    "twin keys in _meta": Damage(_put(b'"schema":1', b'"schema":1,"schema":1'), "in _meta, record 1: the key"),
    "twin records": Damage(_put(b'"commitments":{\n', b'"commitments":{\n"2":{},\n'), "in commitments, the key '2'"),
    "twin tables": Damage(lambda file: file[:-2] + b',\n"events":{}}\n', "the key 'events' stands twice"),
    "a number with a nought": Damage(_put(_SECOND, b'\n"02":{"id":2,"state"'), "in commitments, '02' is not"),
    "one record as 1 and 01": Damage(_put(_SECOND, b'\n"02":{},' + _SECOND), "in commitments, '02' is not"),
    "other scripts' digits": Damage(_put(_SECOND, '\n"٢":{"id":2,"state"'.encode()), "in commitments, '٢' is not"),
    "number nought": Damage(_put(_SECOND, b'\n"0":{"id":2,"state"'), "in commitments, '0' is not"),
    "a negative number": Damage(_put(_SECOND, b'\n"-2":{"id":2,"state"'), "in commitments, '-2' is not"),
    "no number": Damage(_put(_SECOND, b'\n"two":{"id":2,"state"'), "in commitments, 'two' is not"),
    "an endless number": Damage(_put(_SECOND, b'\n"%s":{"id":2,"state"' % (b"2" * 5000)), "in commitments, '2222"),
    "a hostile number": Damage(_put(_SECOND, b'\n"\\u001b[2J":{"id":2,"state"'), r"in commitments, '\\x1b\[2J' is not"),
    "NaN": Damage(_put(b'"revision":1', b'"revision":NaN'), "in visits, record 1: NaN"),
    "NaN in _meta": Damage(_put(b'"silent_after":20', b'"silent_after":NaN'), "in _meta, record 1: NaN"),
    "invalid UTF-8 in _meta": Damage(_put(b"Asia/", b"\xff"), _NO_UTF8),
    "Infinity": Damage(_put(b'"wanted":3', b'"wanted":-Infinity'), "in commitments, record 5: -Infinity"),
    "1e999": Damage(_put(b'"seq":3,', b'"seq":1e999,'), "in events, record 3: 1e999"),
    "5000 digits": Damage(_put(b'"chased":1', b'"chased":' + b"1" * 5000), "in commitments, record 3: a number has"),
    "nested 100,000 deep": Damage(
        _put(b'"chased":1', b'"chased":' + b"[" * 100_000 + b"]" * 100_000),
        "in commitments, record 3: nested too deeply at line ",
    ),
    "nested 500 deep": Damage(_put(b'"title"', b'"title":%s,"x"' % (b"[" * 500 + b"]" * 500)), "record 1: title"),
}
"""Faults of the bytes: as a file can only be in one layout, ours. Name -> fault."""


def truncated(file: bytes, step: int) -> Iterator[tuple[str, Damage]]:
    """The file cut off at regular steps, perhaps amid a character, and shortly before its end."""
    for place in [*range(1, len(file) - 12, step), *range(len(file) - 12, len(file) - 1)]:
        yield f"cut off at byte {place}", Damage(_cut_off_at(place), f"{_JSON}|{_NO_UTF8}")


def _cut_off_at(place: int) -> Spoil:
    return lambda file: file[:place]


# Faults of the data, in either layout


def _set(table: str, number: str, field: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data[table][number].__setitem__(field, value)


def _drop(table: str, number: str, field: str) -> Callable[[dict[str, Any]], object]:
    return lambda data: data[table][number].pop(field)


def _record(table: str, number: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data[table].__setitem__(number, value)


def _table(name: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data.__setitem__(name, value)


def _next(table: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda data: data["_meta"]["1"]["next"].__setitem__(table, value)


_WHOLE_TABLES: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    **{f"{name} as a list": (f"table {name} is not", _table(name, [])) for name in ("visits", "events", "_meta")},
    "parties as null": ("table parties is not", _table("parties", None)),
    "commitments as a text": ("table commitments is not", _table("commitments", "none")),
    "no visits": ("no table visits", lambda data: data.pop("visits")),
    "no commitments": ("no table commitments", lambda data: data.pop("commitments")),
    "no history": ("no table events", lambda data: data.pop("events")),
    "no _meta": (_NO_STORE, lambda data: data.pop("_meta")),
    "_meta without a record": (_NO_STORE, lambda data: data["_meta"].clear()),
    "_meta with two records": ("in _meta, record 2", lambda data: data["_meta"].update({"2": {"of": "another"}})),
    "_meta as a text": (_NO_STORE, _record("_meta", "1", "x")),
    "a table that no store has": ("table 'letters'", _table("letters", {"1": {}})),
    "a hostile table": (r"\\x1b\]0;x\\x07", _table("\x1b]0;x\x07", {"1": {}})),
    "a hostile table of a wrong type": (r"\\x1b\]0;x\\x07", _table("\x1b]0;x\x07", [])),
    "another format": (_NO_STORE, _set("_meta", "1", "format", "taskwarrior")),
    "no version": ("_meta has no usable schema", _drop("_meta", "1", "schema")),
    "a version in words": ("_meta has no usable schema", _set("_meta", "1", "schema", "1")),
    "version true": ("_meta has no usable schema", _set("_meta", "1", "schema", True)),
    "no next numbers": ("in _meta, has no next", _drop("_meta", "1", "next")),
    "no next event": ("in _meta, next has no events", lambda data: data["_meta"]["1"]["next"].pop("events")),
    "a next number in words": ("in _meta, next parties", _next("parties", "5")),
    "a revision in words": ("in _meta, revision", _set("_meta", "1", "revision", "7")),
    "revision true": ("in _meta, revision", _set("_meta", "1", "revision", True)),
    "a revision that nothing counted up to": ("in _meta, revision", _set("_meta", "1", "revision", 10**12)),
    "a next event that nothing counted up to": ("in _meta, next events", _next("events", 10**15 - 1)),
    "revision nought": ("in _meta, revision", _set("_meta", "1", "revision", 0)),
    "settings as a list": ("in _meta, settings", _set("_meta", "1", "settings", [])),
    "silent days in words": ("in _meta, settings silent_after", _set("_meta", "1", "settings", {"silent_after": "9"})),
}

_A_VOICE = {"said_by": ["UNODC"], "on": "2023-03-01", "recorded_by": "x"}
_A_CHANGE = {"on": "2023-03-01", "reason": "x", "extension": True, "correction": False}

_COMMITMENT: dict[str, tuple[str, object]] = {
    "an unknown state": ("state", "done"),
    "a state in capitals": ("state", "Agreed"),
    "an impossible day": ("due", "2023-02-29"),
    "a day with an hour": ("due", "2023-02-28T00:00:00"),
    "a day without hyphens": ("due", "20230228"),
    "a week as a day": ("due", "2023-W09-2"),
    "a day as a number": ("due", 20230228),
    "a day as null": ("due", None),
    "an impossible instant": ("created", "2023-02-29T10:00:00Z"),
    "an instant without a zone": ("created", "2023-02-28T10:00:00"),
    "an unknown precision": ("due_precision", "decade"),
    "an unknown reason for closing": ("closed", {"because": "bored", "on": "2023-03-01"}),
    "closed on no day": ("closed", {"because": "dropped", "on": ""}),
    "a title as a list": ("title", ["x"]),
    "a title as null": ("title", None),
    "an empty title": ("title", ""),
    "by a text": ("by", "MIA Uzbekistan"),
    "by nobody": ("by", []),
    "by a number": ("by", [7]),
    "a revision as a fraction": ("revision", 1.5),
    "a revision that nothing counted up to": ("revision", 10**15 - 1),
    "a revision of 19 digits": ("revision", 10**18),
    "the number of another": ("id", 3),
    "negative seats": ("seats", {"wanted": -1}),
    "seats in words": ("seats", {"wanted": "three"}),
    "a voice without a speaker": ("reported", {**_A_VOICE, "said_by": []}),
    "a voice on no day": ("confirmed", {**_A_VOICE, "on": "soon"}),
    "a voice in words": ("returned", "yes"),
    "an extension in words": ("due_changes", [{**_A_CHANGE, "extension": "no"}]),
    "a change of a date to no day": ("due_changes", [{**_A_CHANGE, "new": "soon"}]),
    "a visit that is not there": ("visit", "nowhere"),
    "a hostile visit": ("visit", "\x1b[2J\u202e"),
    "after itself in words": ("after", "5"),
}
"""Name -> field and value of commitment 2."""

_NO_OBJECTS: tuple[object, ...] = ("x", None, [], 7)

_RECORDS: dict[str, tuple[str, Callable[[dict[str, Any]], object]]] = {
    **{name: ("in commitments, record 2: ", _set("commitments", "2", *fault)) for name, fault in _COMMITMENT.items()},
    **{
        f"a record of {table} as {value!r}": (f"in {table}, record 2: is not an object", _record(table, "2", value))
        for table in ("visits", "parties", "commitments", "events")
        for value in _NO_OBJECTS
    },
    "no title": ("in commitments, record 2: has no title", _drop("commitments", "2", "title")),
    "no revision": ("in parties, record 2: has no revision", _drop("parties", "2", "revision")),
    "a party without a name": ("in parties, record 2: has no name", _drop("parties", "2", "name")),
    "a party with one alias as a text": ("in parties, record 2: aliases", _set("parties", "2", "aliases", "ICPO")),
    "a visit without an end": ("in visits, record 2: has no end", _drop("visits", "2", "end")),
    "a visit on no day": ("in visits, record 2: start", _set("visits", "2", "start", "in spring")),
    "a visit with hosts as an object": ("in visits, record 2: hosts", _set("visits", "2", "hosts", {"1": "x"})),
    "an event without a day": ("in events, record 2: has no day", _drop("events", "2", "day")),
    "an event at no instant": ("in events, record 2: at ", _set("events", "2", "at", "2023-03-01")),
    "an event by a number": ("in events, record 2: who", _set("events", "2", "who", 1000)),
    "event fields as a list": ("in events, record 2: fields", _set("events", "2", "fields", [["state"]])),
    "event fields without pairs": ("in events, record 2: fields", _set("events", "2", "fields", {"state": ["agreed"]})),
}


def _in(layout: Callable[[dict[str, Any]], bytes], change: Callable[[dict[str, Any]], object]) -> Spoil:
    def spoil(file: bytes) -> bytes:
        data = json.loads(file)
        change(data)
        return layout(data)

    return spoil


FAULTS: dict[str, Damage] = {
    **_FILES,
    **{
        f"{name}, {words}": Damage(_in(layout, change), place)
        for name, (place, change) in {**_WHOLE_TABLES, **_RECORDS}.items()
        for words, layout in (("in our lines", in_our_lines), ("by another writer", by_another_writer))
    },
}
"""Name -> damage whose refusal, of a read and a change, must name the place and the newest good copy."""

NEWER = _in(in_our_lines, _set("_meta", "1", "schema", 2))
"""A store that a newer version wrote."""


def _turned(data: dict[str, Any]) -> None:
    for name, rows in list(data.items())[1:]:
        data[name] = dict(reversed(rows.items()))


WHOLE: dict[str, Spoil] = {
    "a wrong sum": lambda file: re.sub(rb'"crc32":"\w+"', b'"crc32":"00000000"', file, count=1),
    "a sum in words": lambda file: re.sub(rb'"crc32":"\w+"', b'"crc32":"unknown!"', file, count=1),
    "no sum": lambda file: re.sub(rb',"crc32":"\w+"', b"", file, count=1),
    "a wrong place of the history": lambda file: re.sub(rb'"events_at":\d+', b'"events_at":7', file, count=1),
    "a byte order mark": lambda file: b"\xef\xbb\xbf" + file,
    "line ends of another system": lambda file: file.replace(b"\n", b"\r\n"),
    "blank lines at the end": lambda file: file + b"\n \n",
    "another writer": lambda file: by_another_writer(json.loads(file)),
    "records in another order": _in(in_our_lines, _turned),
    "records in another order by another writer": _in(by_another_writer, _turned),
    **{
        f"{name} past the next number": _in(in_our_lines, _next(name, top))
        for name, top in (("visits", 2), ("parties", 4), ("commitments", 6), ("events", 29))
    },
    "keys that nobody knows": _in(by_another_writer, _set("commitments", "2", "colour", {"of": ["the", None, True]})),
    "half a character in _meta": _in(in_our_lines, _set("_meta", "1", "colour", "\ud800")),
    "half a character in a title": _in(by_another_writer, _set("commitments", "2", "title", "a\ud800b")),
    "half a character in an unknown key": _in(by_another_writer, _set("commitments", "2", "\ud800", "x")),
    "half a character in an event": _in(by_another_writer, _set("events", "2", "fields", {"title": ["\ud800", "x"]})),
    "hostile keys and texts": _in(in_our_lines, _set("commitments", "2", "\x1b[2J", "\x1b]0;x\x07\u202e\x00")),
}
"""Name -> a sound store that the program would write differently: it must be accepted."""
