"""The file: what is written is read back, a look parses what it needs, and what is no store is never trusted."""

import json
import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where

from store import layout
from store.database import Database
from store.errors import FollowUpError, StoreDamaged, StoreUnusable
from store.layout import laid_out, read_quickly
from store.ledger import Ledger
from store.strict import read, read_strictly
from tests.builders import BORIS, MIA, TODAY, Result, add, beside, contents, do, make_store, open_store, raw, record
from tests.conftest import Run

STAMPS = {"created": "2022-12-08T10:00:00Z", "updated": "2022-12-08T10:00:00Z", "revision": 1}
META: Any = {
    "format": "followup",
    "schema": 1,
    "revision": 7,
    "next": {"visits": 100, "parties": 100, "commitments": 100, "events": 100},
    "settings": {},
}

# Any text that UTF-8 can hold, and those that have broken readers of lines and of JSON.
TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    [
        "Письмо «14/391»\nот Ў. Каримовой",
        '"},\n"2":{"id":2',
        '\n"2":{}',
        "}}\n}}\n",
        '\\"id\\":1,',
        '"id":1,"note":',
        "\x00\x1b[2J\x7f\x85\u2028\u2029\u202e",
        "{[%s]}",
        "\\",
        "😀 \U0010ffff",
    ]
)
NAMES = TEXTS.filter(bool)
ANYTHING = st.recursive(
    st.none() | st.booleans() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=5,
)


def _commitments() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "title": NAMES,
            "visit": st.just("lyon-2022"),
            "kind": NAMES,
            "by": st.lists(NAMES, min_size=1, max_size=3),
            "to": st.lists(NAMES, min_size=1, max_size=3),
            "owner": NAMES,
            "state": st.sampled_from(["proposed", "agreed", "closed"]),
        },
        optional={
            "quote": TEXTS,
            "due": st.dates().map(lambda day: day.isoformat()),
            "seats": st.fixed_dictionaries({}, optional={"wanted": st.integers(0, 10**14), "letter": TEXTS}),
            "unknown key": ANYTHING,
        },
    )


def _events() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "change": st.integers(1, 99),
            "at": st.just("2022-12-08T10:00:00Z"),
            "day": st.just("2022-12-08"),
            "who": TEXTS,
            "action": NAMES,
        },
        optional={
            "id": st.integers(1, 12),
            "note": TEXTS,
            "fields": st.dictionaries(TEXTS, st.tuples(st.none() | TEXTS, TEXTS).map(list), max_size=3),
            "revision": st.integers(1, 99),
        },
    )


@st.composite
def stores(draw: st.DrawFn) -> dict[str, dict[int, dict[str, Any]]]:
    """Whole tables of a valid store."""
    numbers = st.integers(1, 99)
    visit = {"id": 3, "slug": "lyon-2022", "title": draw(NAMES), "start": "2022-12-06", "end": "2022-12-08", **STAMPS}
    parties = draw(st.dictionaries(numbers, NAMES, max_size=4))
    commitments = draw(st.dictionaries(numbers, _commitments(), max_size=5))
    events = draw(st.dictionaries(numbers, _events(), max_size=6))
    return {
        "visits": {3: visit},
        "parties": {number: {"id": number, "name": name, **STAMPS} for number, name in parties.items()},
        "commitments": {number: {"id": number, **fields, **STAMPS} for number, fields in commitments.items()},
        "events": {number: {"seq": number, **fields} for number, fields in events.items()},
    }


def tables_of(snapshot: layout.Snapshot) -> dict[str, dict[int, Any]]:
    return {name: dict(snapshot.table(name)) for name in ("visits", "parties", "commitments", "events")}


# What is written is read back


@settings(max_examples=150)
@given(tables=stores())
def test_what_is_written_is_read_back_in_every_way_of_reading(tables: dict[str, Any]) -> None:
    file = laid_out(META, tables)
    quick = read_quickly(file)
    assert quick
    for snapshot in (quick, read_strictly(file)):
        assert tables_of(snapshot) == tables
        for name, records in tables.items():
            assert sorted(snapshot.numbers(name)) == sorted(records)
            fresh = read(file)
            for number in range(101):
                assert fresh.record(name, number) == records.get(number)
            keys = ["seq" if name == "events" else "id"]
            assert [found[keys[0]] for found in read(file).newest_first(name)] == sorted(records, reverse=True)
    assert {key: value for key, value in quick.meta.items() if key != "crc32"} == META


@settings(max_examples=100)
@given(tables=stores())
def test_one_record_stands_on_one_line(tables: dict[str, Any]) -> None:
    lines = laid_out(META, tables).decode().split("\n")
    starts = [line for line in lines if line.startswith('"') and not line.endswith(":{")]
    assert len(starts) == sum(map(len, tables.values()))
    for line in starts:
        json.loads("{" + line.rstrip(",") + "}")


@settings(max_examples=100)
@given(tables=stores())
def test_the_events_of_a_commitment_are_found_whatever_their_texts_hold(tables: dict[str, Any]) -> None:
    ledger = Ledger(read(laid_out(META, tables)), TODAY)
    for number in range(1, 13):
        expected = sorted(event["seq"] for event in tables["events"].values() if event.get("id") == number)
        assert [event["seq"] for event in ledger.events_of(number)] == expected


def _meta(tables: dict[str, Any]) -> Any:
    """The `_meta` of a store that holds these tables, with the next number of each."""
    return {**META, "next": {name: max(records, default=0) + 1 for name, records in tables.items()}}


@settings(max_examples=150)
@given(tables=stores(), changes=stores(), gone=st.lists(st.integers(1, 99)), is_appending=st.booleans())
def test_a_changed_file_is_the_same_as_one_laid_out_anew(
    tables: dict[str, Any], changes: dict[str, Any], gone: list[int], is_appending: bool
) -> None:
    """Also where events are only added, as they nearly always are, and their lines are copied unread."""
    before = _meta(tables)
    staged: dict[str, Any] = {name: {**dict.fromkeys(gone), **records} for name, records in changes.items()}
    if is_appending:
        first = before["next"]["events"]
        new = dict(enumerate(changes["events"].values(), first))
        staged["events"] = {number: {**event, "seq": number} for number, event in new.items()}
    expected = {
        name: {number: record for number, record in {**tables[name], **staged[name]}.items() if record is not None}
        for name in tables
    }
    # Numbers are never used again: the next one is above all there are and all there were.
    used = {name: {**tables[name], **staged[name]} for name in tables}
    after = _meta(used)
    assert read(laid_out(before, tables)).changed(after, staged) == laid_out(after, expected)


@pytest.mark.parametrize("replaced", [[5], [4, 5], [4], [1]])
def test_the_last_event_can_be_replaced_while_others_are_added(replaced: list[int]) -> None:
    """What a redaction does: the cleaned events in the place of the old ones, and its own after them."""

    def event(number: int, text: str) -> dict[str, Any]:
        usual = {"change": number, "at": "2023-03-01T10:00:00Z", "day": TODAY, "who": "asel", "action": "note"}
        return {"seq": number, **usual, "note": text}

    tables: dict[str, Any] = {name: {} for name in ("visits", "parties", "commitments")}
    tables["events"] = {number: event(number, "the passage") for number in range(1, 6)}
    staged = {number: event(number, "clean") for number in [*replaced, 6]}
    after = _meta({**tables, "events": {**tables["events"], **staged}})
    changed = read(laid_out(_meta(tables), tables)).changed(after, {"events": staged})
    assert changed == laid_out(after, {**tables, "events": {**tables["events"], **staged}})


def test_a_change_of_one_record_leaves_every_other_line_as_it_was(database: Database) -> None:
    before = [line.rstrip(b",") for line in raw(database).split(b"\n")]
    do(database, "note", 2, "called")
    after = [line.rstrip(b",") for line in raw(database).split(b"\n")]
    changed = set(after) - set(before)
    assert len(changed) == 3  # _meta, the new event, and commitment 2 with its news.
    assert after.index(b'"events":{') == before.index(b'"events":{')


# A look parses what it asks for


def test_a_look_at_commitments_parses_no_event(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[bytes] = []
    loads = json.loads

    def watched(text: Any, **more: Any) -> Any:
        parsed.append(bytes(text) if not isinstance(text, str) else text.encode())
        return loads(text, **more)

    monkeypatch.setattr(json, "loads", watched)
    ledger = database.ledger()
    assert len(ledger.rows) == 4
    assert ledger.tally(ledger.rows)["open"] == 4
    everything = b"".join(parsed)
    assert b'"title":"Promote cooperation"' in everything
    assert b'"action":' not in everything
    assert b'"short"' not in everything
    parsed.clear()
    assert len(ledger.events_of(2)) == 1
    assert b"".join(parsed).count(b'"action":') == 1


# Stock TinyDB and other writers


def test_stock_tinydb_opens_the_file_and_sees_the_tables(database: Database) -> None:
    do(database, "edit", 2, title="Назначить «офицеров»\u2028")
    with TinyDB(database.storage.path, encoding="utf-8") as tiny:
        assert tiny.tables() == {"_meta", "visits", "parties", "commitments", "events"}
        assert tiny.table("commitments").get(where("id") == 2)["title"] == record(database, 2)["title"]
        assert len(tiny.table("commitments")) == 4
        assert tiny.table("_meta").get(doc_id=1)["format"] == "followup"


def test_a_file_that_stock_tinydb_wrote_is_read_and_changed(database: Database) -> None:
    do(database, "edit", 2, title="Назначить офицеров")
    expected = contents(database)
    with TinyDB(database.storage.path, encoding="utf-8") as tiny:
        tiny.table("commitments").update({"source": "minutes"}, where("id") == 2)
    assert read_quickly(raw(database)) is None
    expected["commitments"][2]["source"] = "minutes"
    assert contents(database) == expected
    do(database, "note", 2, "called")
    assert read_quickly(raw(database))
    assert record(database, 2)["source"] == "minutes"


@pytest.mark.parametrize(
    "more",
    [{"indent": 2}, {"sort_keys": True}, {"ensure_ascii": False, "indent": "\t"}, {}, {"separators": (",", ":")}],
)
def test_a_file_written_by_another_json_writer_is_accepted(database: Database, more: dict[str, Any]) -> None:
    do(database, "edit", 2, title='Назначить "офицеров" \U0001f600')
    before, history = contents(database), [dict(event) for event in database.ledger().events()]
    rewrite(database, json.dumps(json.loads(raw(database)), **more).encode())
    assert contents(database) == before
    assert [dict(event) for event in database.ledger().events()] == history
    assert [event["action"] for event in database.ledger().events_of(2)] == ["add", "edit"]
    do(database, "mark", 2, "done")
    assert read_quickly(raw(database))
    assert record(database, 2)["state"] == "reported"


def test_line_ends_of_another_system_and_a_byte_order_mark_are_accepted(database: Database) -> None:
    before = contents(database)
    for file in (raw(database).replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + raw(database)):
        rewrite(database, file)
        assert contents(database) == before
    do(database, "note", 2, "called")
    assert raw(database).startswith(b'{"_meta"')


def test_tables_in_another_order_and_records_in_another_order_are_accepted(database: Database) -> None:
    before = contents(database)
    data = json.loads(raw(database))
    turned = {name: dict(reversed(list(rows.items()))) for name, rows in reversed(list(data.items()))}
    rewrite(database, json.dumps(turned).encode())
    assert contents(database) == before
    assert sorted(database.ledger().commitments) == [1, 2, 3, 4]


def test_keys_that_this_version_does_not_know_are_kept(database: Database) -> None:
    data = json.loads(raw(database))
    data["commitments"]["2"]["colour"] = {"of": ["the", 1, None]}
    data["_meta"]["1"]["note"] = "by hand"
    rewrite(database, json.dumps(data).encode())
    do(database, "mark", 2, "done")
    assert record(database, 2)["colour"] == {"of": ["the", 1, None]}
    assert json.loads(raw(database))["_meta"]["1"]["note"] == "by hand"


# What is no store


def rewrite(database: Database, file: bytes) -> None:
    with open(database.storage.path, "wb") as out:
        out.write(file)


def _with(change: "Any") -> Any:
    """A fault that edits the parsed file: `change(data)` works in place."""

    def faulty(file: bytes) -> bytes:
        data = json.loads(file)
        change(data)
        return json.dumps(data).encode()

    return faulty


def _set(table: str, number: str, field: str, value: Any) -> Any:
    return _with(lambda data: data[table][number].__setitem__(field, value))


def _drop(table: str, number: str, field: str) -> Any:
    return _with(lambda data: data[table][number].pop(field))


def _meta_line(old: bytes, new: bytes) -> Any:
    """The first line edited by hand, which the CRC does not cover."""

    def faulty(file: bytes) -> bytes:
        first, rest = file.split(b"\n", 1)
        assert old in first
        return first.replace(old, new, 1) + b"\n" + rest

    return faulty


FAULTS: dict[str, Any] = {
    "empty": lambda file: b"",
    "blank": lambda file: b"  \n\n",
    "null": lambda file: b"null",
    "only a byte order mark": lambda file: b"\xef\xbb\xbf",
    "NULs": lambda file: b"\0" * len(file),
    "NULs at the end": lambda file: file[:-40] + b"\0" * 40,
    "truncated": lambda file: file[: len(file) // 2],
    "truncated by one": lambda file: file[:-3],
    "an old tail behind it": lambda file: file + file[-100:],
    "cp1251": lambda file: file.decode().replace("Nominate", "Назначить").encode("cp1251"),
    "UTF-16": lambda file: file.decode().encode("utf-16"),
    "UTF-16 without a mark": lambda file: file.decode().encode("utf-16-le"),
    "invalid UTF-8": lambda file: file.replace(b"Nominate", b"\xff\xfeminate"),
    "HTML": lambda file: b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
    "conflict markers": lambda file: b"<<<<<<< HEAD\n" + file + b"=======\n" + file + b">>>>>>> theirs\n",
    "a list": lambda file: b"[" + file + b"]",
    "a string": lambda file: b'"store"',
    "a number": lambda file: b"12",
    "true": lambda file: b"true",
    "another program's": lambda file: b'{"_default": {"1": {"name": "x"}}}',
    "an empty object": lambda file: b"{}",
    "a table as a list": _with(lambda data: data.__setitem__("events", [])),
    "a table as null": _with(lambda data: data.__setitem__("parties", None)),
    "_meta as a list": _with(lambda data: data.__setitem__("_meta", [])),
    "_meta without a record": _with(lambda data: data["_meta"].clear()),
    "a record as a string": _with(lambda data: data["commitments"].__setitem__("2", "x")),
    "a record as null": _with(lambda data: data["commitments"].__setitem__("2", None)),
    "a table that no store has": _with(lambda data: data.__setitem__("letters", {"1": {}})),
    "twin keys in a record": lambda file: file.replace(b'"title":', b'"title":"x","title":', 1),
    "twin records": lambda file: file.replace(b'"commitments":{\n', b'"commitments":{\n"2":{},\n', 1),
    "twin tables": lambda file: file[:-3] + b',\n"events":{}}\n',
    "a number with a nought": lambda file: file.replace(b'\n"2":{"id":2', b'\n"02":{"id":2', 1),
    "number nought": lambda file: file.replace(b'\n"2":{"id":2', b'\n"0":{"id":2', 1),
    "a negative number": lambda file: file.replace(b'\n"2":{"id":2', b'\n"-2":{"id":2', 1),
    "other scripts' digits": lambda file: file.replace(b'\n"2":{"id":2', '\n"٢":{"id":2'.encode(), 1),
    "no number": lambda file: file.replace(b'\n"2":{"id":2', b'\n"two":{"id":2', 1),
    "an endless number": lambda file: file.replace(b'\n"2":{"id":2', b'\n"%s":{"id":2' % (b"2" * 5000), 1),
    "a record of another number": _set("commitments", "2", "id", 3),
    "NaN": lambda file: file.replace(b'"revision":1', b'"revision":NaN', 1),
    "Infinity": lambda file: file.replace(b'"revision":1', b'"revision":-Infinity', 1),
    "1e999": lambda file: file.replace(b'"revision":1', b'"revision":1e999', 1),
    "a fraction": _set("commitments", "2", "revision", 1.5),
    "5000 digits": lambda file: file.replace(b'"revision":1', b'"revision":' + b"1" * 5000, 1),
    "19 digits": _set("commitments", "2", "revision", 10**18),
    "half a character in a title": _set("commitments", "2", "title", "a\ud800b"),
    "half a character in a list": _set("commitments", "2", "by", ["a\udfffb"]),
    "half a character in an event": _set("events", "2", "fields", {"title": ["\ud800", "x"]}),
    "half a character in a key": _set("commitments", "2", "\ud800", "x"),
    "half a character in what is not known": _set("commitments", "2", "colour", ["\ud800"]),
    "half a character in _meta": _set("_meta", "1", "colour", "\ud800"),
    "a newer version": _set("_meta", "1", "schema", 2),
    "no version": _drop("_meta", "1", "schema"),
    "a version in words": _set("_meta", "1", "schema", "1"),
    "version true": _set("_meta", "1", "schema", True),
    "another format": _set("_meta", "1", "format", "taskwarrior"),
    "no next numbers": _drop("_meta", "1", "next"),
    "a revision in words": _set("_meta", "1", "revision", "7"),
    "revision true": _set("_meta", "1", "revision", True),
    "settings as a list": _set("_meta", "1", "settings", []),
    "a number past the next": _with(lambda data: data["_meta"]["1"]["next"].__setitem__("commitments", 3)),
    "an unknown state": _set("commitments", "2", "state", "done"),
    "a state in capitals": _set("commitments", "2", "state", "Agreed"),
    "an impossible day": _set("commitments", "2", "due", "2023-02-29"),
    "a day of 24 hours": _set("commitments", "2", "due", "2023-02-28T00:00:00"),
    "a day without hyphens": _set("commitments", "2", "due", "20230228"),
    "a week as a day": _set("commitments", "2", "due", "2023-W09-2"),
    "a day as a number": _set("commitments", "2", "due", 20230228),
    "a due date of null": _set("commitments", "2", "due", None),
    "an impossible instant": _set("commitments", "2", "created", "2023-02-29T10:00:00Z"),
    "an instant without a zone": _set("commitments", "2", "created", "2023-02-28T10:00:00"),
    "an unknown precision": _set("commitments", "2", "due_precision", "decade"),
    "an unknown because": _set("commitments", "2", "closed", {"because": "bored", "on": TODAY}),
    "a title as a list": _set("commitments", "2", "title", ["x"]),
    "a title as null": _set("commitments", "2", "title", None),
    "an empty title": _set("commitments", "2", "title", ""),
    "no title": _drop("commitments", "2", "title"),
    "by as a string": _set("commitments", "2", "by", MIA),
    "by nobody": _set("commitments", "2", "by", []),
    "by a number": _set("commitments", "2", "by", [7]),
    "negative seats": _set("commitments", "2", "seats", {"wanted": -1}),
    "seats in words": _set("commitments", "2", "seats", {"wanted": "three"}),
    "a voice without a speaker": _set("commitments", "2", "reported", {"said_by": [], "on": TODAY, "recorded_by": "x"}),
    "a voice in words": _set("commitments", "2", "reported", "yes"),
    "extension in words": _set(
        "commitments", "2", "due_changes", [{"on": TODAY, "reason": "x", "extension": "no", "correction": False}]
    ),
    "an unknown visit": _set("commitments", "2", "visit", "nowhere"),
    "an event without a day": _drop("events", "2", "day"),
    "event fields as a list": _set("events", "2", "fields", [["state"]]),
    "event fields without pairs": _set("events", "2", "fields", {"state": ["agreed"]}),
    "the first line: a revision in words": _meta_line(b'"revision":6', b'"revision":"6"'),
    "the first line: no revision": _meta_line(b'"revision":6', b'"revisiom":6'),
    "the first line: revision NaN": _meta_line(b'"revision":6', b'"revision":NaN'),
    "the first line: a negative revision": _meta_line(b'"revision":6', b'"revision":-6'),
    "the first line: twin keys": _meta_line(b'"revision":6', b'"revision":6,"revision":3'),
    "the first line: no next numbers": _meta_line(b'"next":{', b'"mext":{'),
    "the first line: a next number in words": _meta_line(b'"commitments":5', b'"commitments":"5"'),
    "the first line: a number past the next": _meta_line(b'"commitments":5', b'"commitments":3'),
    "the first line: an event past the next": _meta_line(b'"events":', b'"events":1,"evnets":'),
    "the first line: no settings": _meta_line(b'"settings"', b'"sittings"'),
    "the first line: settings as a list": _meta_line(b'"settings":{}', b'"settings":[]'),
    "the first line: days in words": _meta_line(b'"settings":{}', b'"settings":{"silent_after":"9"}'),
    "the first line: half a character": _meta_line(b'"settings":{}', b'"settings":{"timezone":"\\ud800"}'),
    "the first line: invalid UTF-8": _meta_line(b'"settings":{}', b'"settings":{"timezone":"\xff"}'),
}


def damaged(database: Database, fault: str) -> bytes:
    """Spoil the store in this way; returns the bytes that are then in the file."""
    file: bytes = FAULTS[fault](raw(database))
    assert file != raw(database), "the fault changed nothing"
    rewrite(database, file)
    return file


@pytest.mark.parametrize("fault", list(FAULTS))
def test_a_faulty_file_is_refused_named_and_left_as_it_is(database: Database, fault: str) -> None:
    file = damaged(database, fault)
    kind = StoreUnusable if fault == "a newer version" else StoreDamaged
    for attempt in (
        lambda: database.ledger().rows,
        lambda: do(database, "note", 2, "called"),
        lambda: add(beside(database, who=BORIS)),
    ):
        with pytest.raises(kind) as refused:
            attempt()
        assert type(refused.value) is kind
        assert refused.value.exit_code == 4
        message = str(refused.value)
        assert database.storage.path in message
        assert message.isprintable()
        if kind is StoreDamaged:
            assert "newest good copy is revision 5 of" in message
        assert raw(database) == file
    names = {name for name in os.listdir(database.storage.folder) if name.endswith(".tmp")}
    assert not names


@pytest.mark.parametrize("fault", ["empty", "truncated", "an unknown state", "NULs"])
def test_without_a_good_copy_the_message_says_so(path: str, fault: str) -> None:
    database = make_store(path)
    for copy in database.storage.copies.all():
        Path(copy.path).write_bytes(b"{")
    damaged(database, fault)
    with pytest.raises(StoreDamaged, match="no good automatic copy"):
        database.ledger()


@pytest.mark.parametrize(
    "fault", ["empty", "null", "UTF-16", "an unknown state", "a newer version", "an unknown visit"]
)
def test_the_command_refuses_a_faulty_file_in_one_sentence_with_exit_four(
    database: Database, run: Run, fault: str
) -> None:
    file = damaged(database, fault)
    for argv in (["list"], ["status", "--short"], ["show", "2", "--json"], ["mark", "2", "done"], ["doctor"]):
        result: Result = run(*argv)
        assert (result.code, result.out) == (4, ""), argv
        assert database.storage.path in result.err
        assert "Traceback" not in result.err
        assert raw(database) == file


def test_the_place_of_a_fault_is_named(database: Database) -> None:
    for fault, place in (
        ("an unknown state", "in commitments, record 2: state"),
        ("twin keys in a record", "'title' stands twice"),
        ("truncated", "line"),
        ("invalid UTF-8", "not UTF-8 at byte"),
        ("an impossible day", "record 2: due"),
    ):
        file = raw(database)
        damaged(database, fault)
        with pytest.raises(StoreDamaged, match=place):
            database.ledger()
        rewrite(database, file)


@pytest.mark.parametrize("depth", [100, 300, 400, *range(440, 500, 3), *range(900, 1000, 5), 5000, 100_000])
def test_deep_nesting_is_refused_or_read_but_never_a_crash(database: Database, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        file = raw(database)
        value = opening * depth + "1" + closing * depth
        rewrite(database, file.replace(b'"title":', b'"colour":%s,"title":' % value.encode(), 1))
        with suppress(StoreDamaged):
            do(database, "note", 2, "called")
        rewrite(database, file)


def test_a_folder_a_device_and_a_pipe_are_no_store(path: str) -> None:
    os.mkdir(path)
    with pytest.raises(StoreUnusable):
        open_store(path).ledger()
    os.rmdir(path)
    os.mkfifo(path)
    with pytest.raises(StoreUnusable, match="not a file"):
        open_store(path).ledger()
    with pytest.raises(StoreUnusable):
        do(open_store(path), "note", 1, "x")
    with pytest.raises(StoreUnusable):
        open_store("/dev/null").ledger()


# Mutants


def _mutant(file: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(file))
    kind = chance.randrange(7)
    if kind == 0:
        return file[:place] + bytes([chance.randrange(256)]) + file[place + 1 :]
    if kind == 1:
        return file[:place] + file[place + chance.randrange(1, 40) :]
    if kind == 2:
        other = chance.randrange(len(file))
        return file[:place] + file[other : other + chance.randrange(1, 60)] + file[place:]
    if kind == 3:
        return file[:place]
    if kind == 4:
        tokens = [b"null", b"{}", b"[]", b'""', b"-1", b"true", b"1e9", b'"\\ud800"', b"\x00", b",", b"}", b'"', b"\n"]
        return file[:place] + chance.choice(tokens) + file[place + chance.randrange(3) :]
    lines = file.split(b"\n")
    one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
    if kind == 5:
        lines[one], lines[two] = lines[two], lines[one]
    else:
        # In the first line: the CRC covers what follows it, not itself.
        first = bytearray(lines[0])
        first[chance.randrange(len(first))] = chance.randrange(32, 127)
        lines[0] = bytes(first)
    return b"\n".join(lines)


def looked_at(database: Database) -> Ledger:
    """The store, looked at in every way that a command looks at it."""
    ledger = database.ledger()
    assert ledger.tally(ledger.rows)["total"] == len(ledger.commitments)
    assert len(ledger.events()) == len(list(ledger.events_newest_first()))
    for number in ledger.commitments:
        assert ledger.row(number).commitment == ledger.commitments[number]
        ledger.events_of(number)
    for party in ledger.parties.all():
        assert ledger.parties.find(party["name"])
    return ledger


@pytest.mark.parametrize("seed", range(8))
def test_no_mutant_of_a_store_is_more_than_an_error_or_a_valid_store(database: Database, seed: int) -> None:
    do(database, "mark", 2, "done", evidence="Письмо 14")
    do(database, "chase", 3, again="2023-03-10", note="mailed")
    file, chance = raw(database), random.Random(seed)
    for _ in range(100):
        mutant = _mutant(file, chance)
        if chance.random() < 0.3:
            mutant = _mutant(mutant, chance)
        rewrite(database, mutant)
        try:
            ledger = looked_at(database)
        except StoreUnusable:
            assert raw(database) == mutant
            continue
        taken, number = set(ledger.commitments), None
        with suppress(FollowUpError):
            do(database, "note", min(taken, default=0), "called")
            number = add(database, visit=next(iter(ledger.visits), "none"))
        assert number not in taken
        read_strictly(raw(database))


@given(st.binary(max_size=300))
@example(b'{"_meta":{"1":}},\n')
@example(b'{"_meta":{"1":[]}},\n')
@example(b'{"_meta":{"1":{}}},\n')
def test_any_bytes_are_an_error_or_a_store(file: bytes) -> None:
    with pytest.raises(StoreUnusable):
        read(file)
