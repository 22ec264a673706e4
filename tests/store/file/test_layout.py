"""The file: what is written is read back, a look parses what it needs, and what is no store is never trusted."""

import errno
import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from unittest import mock

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tinydb import TinyDB, where

from store import quick_json
from store.database import Database
from store.errors import StoreDamaged, StoreUnusable
from store.file import quick_reader
from store.file.file_store import file_of
from store.file.quick_reader import open_quickly, read_quickly
from store.file.serialize_file import serialize, serialize_changes
from store.file.strict_reader import read, read_strictly
from store.model.format_version import TABLES
from store.model.vocabulary_and_signs import ACTIONS
from store.snapshot import Snapshot
from tests.support.doctor_repair import findings
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import contents, do, make_store, raw, record
from tests.support.store_bytes import with_the_right_sum

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
            "action": st.sampled_from(list(ACTIONS)),
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


def tables_of(image: quick_reader.StoreImage) -> dict[str, dict[int, Any]]:
    return {name: dict(image.table(name)) for name in ("visits", "parties", "commitments", "events")}


# What is written is read back


@given(tables=stores())
def test_what_is_written_is_read_back_in_every_way_of_reading(tables: dict[str, Any]) -> None:
    file = serialize(META, tables)
    quick = read_quickly(file)
    assert quick
    for image in (quick, read_strictly(file)):
        assert tables_of(image) == tables
        for name, records in tables.items():
            assert sorted(image.numbers(name)) == sorted(records)
            fresh = read(file)
            for number in range(101):
                assert fresh.record(name, number) == records.get(number)
        assert [event["seq"] for event in image.newest_events()] == sorted(tables["events"], reverse=True)
    assert {key: value for key, value in quick.meta.items() if key != "crc32"} == META


def test_half_of_a_character_is_kept_as_json_escapes_it() -> None:
    tables: dict[str, Any] = {name: {} for name in TABLES}
    tables["parties"] = {1: {"id": 1, "name": "IOM \ud800", "\udfff": ["x"]}}
    file = serialize(META, tables)
    assert b'"name":"IOM \\ud800","\\udfff":["x"]' in file
    quick = read_quickly(file)
    assert quick
    assert quick.record("parties", 1) == tables["parties"][1]


@given(tables=stores())
def test_one_record_stands_on_one_line(tables: dict[str, Any]) -> None:
    lines = serialize(META, tables).decode().split("\n")
    starts = [line for line in lines if line.startswith('"') and not line.endswith(":{")]
    assert len(starts) == sum(map(len, tables.values()))
    for line in starts:
        json.loads("{" + line.rstrip(",") + "}")


@given(tables=stores())
def test_the_events_of_a_commitment_are_found_whatever_their_texts_hold(tables: dict[str, Any]) -> None:
    snapshot = Snapshot(read(serialize(META, tables)), TODAY)
    for number in range(1, 13):
        expected = sorted(event["seq"] for event in tables["events"].values() if event.get("id") == number)
        assert [event["seq"] for event in snapshot.events_of(number)] == expected


@given(tables=stores(), numbers=st.sets(st.integers(1, 12)))
def test_a_history_in_a_file_is_searched_piece_by_piece(tables: dict[str, Any], numbers: set[int]) -> None:
    """Pieces end anywhere, also in a line."""
    with TemporaryFile(buffering=0) as file, mock.patch.object(quick_reader, "_PIECE", 300):
        file.write(serialize(META, tables))
        file.seek(0)
        image = open_quickly(file)
        assert image is not None
        for number in range(1, 13):
            expected = [event for event in tables["events"].values() if event.get("id") == number]
            assert sorted(image.events_of("id", number), key=_seq) == sorted(expected, key=_seq)
        expected = [event for event in tables["events"].values() if event.get("id") in numbers]
        assert sorted(image.events_of_some(numbers), key=_seq) == sorted(expected, key=_seq)
        assert [event["seq"] for event in image.newest_events()] == sorted(tables["events"], reverse=True)


def _seq(event: Any) -> int:
    return event["seq"]  # type: ignore[no-any-return]


@pytest.mark.file_only("a file that another program writes into")
def test_a_history_that_another_program_wrote_into_is_told_and_not_shown(database: Database) -> None:
    do(database, "note", 2, "called")
    snapshot, _ = database.snapshot_to_keep()
    whole = raw(database)
    Path(database.path).write_bytes(whole.replace(b"called", b"CALLED"))
    with pytest.raises(StoreUnusable, match="changed by another program"):
        snapshot.notes_at_hand(2)
    with pytest.raises(StoreUnusable, match="changed by another program"):
        snapshot.read_notes(1, [2])
    Path(database.path).write_bytes(whole)
    assert [event["note"] for event in snapshot.notes_at_hand(2)] == ["called"]
    broken = OSError(errno.EIO, os.strerror(errno.EIO))
    with mock.patch.object(os, "pread", side_effect=broken), pytest.raises(StoreUnusable, match="Input/output error"):
        snapshot.events_of(2)


def _meta(tables: dict[str, Any]) -> Any:
    """The `_meta` of a store that holds these tables, with the next number of each."""
    return {**META, "next": {name: max(records, default=0) + 1 for name, records in tables.items()}}


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
    assert serialize_changes(read(serialize(before, tables)), after, staged) == serialize(after, expected)


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
    file = serialize_changes(read(serialize(_meta(tables), tables)), after, {"events": staged})
    assert file == serialize(after, {**tables, "events": {**tables["events"], **staged}})


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

    def watched(text: bytes) -> Any:
        parsed.append(bytes(text))
        return quick_json.loads(text)

    monkeypatch.setattr(quick_reader, "loads", watched)
    snapshot = database.snapshot()
    assert len(snapshot.rows) == 4
    assert snapshot.tally(snapshot.rows)["open"] == 4
    everything = b"".join(parsed)
    assert b'"title":"Promote cooperation"' in everything
    assert b'"action":' not in everything
    assert b'"short"' not in everything
    parsed.clear()
    assert len(snapshot.events_of(2)) == 1
    assert b"".join(parsed).count(b'"action":') == 1


# Stock TinyDB and other writers


def test_stock_tinydb_opens_the_file_and_sees_the_tables(database: Database) -> None:
    do(database, "edit", 2, title="Назначить «офицеров»\u2028")
    with TinyDB(database.path, encoding="utf-8") as tiny:
        assert tiny.tables() == {"_meta", "visits", "parties", "commitments", "events"}
        assert tiny.table("commitments").get(where("id") == 2)["title"] == record(database, 2)["title"]
        assert len(tiny.table("commitments")) == 4
        assert tiny.table("_meta").get(doc_id=1)["format"] == "followup"


def test_a_file_that_stock_tinydb_wrote_is_read_and_changed(database: Database) -> None:
    do(database, "edit", 2, title="Назначить офицеров")
    expected = contents(database)
    with TinyDB(database.path, encoding="utf-8") as tiny:
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
    before, history = contents(database), [dict(event) for event in database.snapshot().events()]
    rewrite(database, json.dumps(json.loads(raw(database)), **more).encode())
    assert contents(database) == before
    assert [dict(event) for event in database.snapshot().events()] == history
    assert [event["action"] for event in database.snapshot().events_of(2)] == ["add", "edit"]
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
    assert sorted(database.snapshot().commitments) == [1, 2, 3, 4]


def test_keys_that_this_version_does_not_know_are_kept(database: Database) -> None:
    data = json.loads(raw(database))
    data["commitments"]["2"]["colour"] = {"of": ["the", 1, None]}
    data["_meta"]["1"]["note"] = "by hand"
    rewrite(database, json.dumps(data).encode())
    do(database, "mark", 2, "done")
    assert record(database, 2)["colour"] == {"of": ["the", 1, None]}
    # A quick look searches in the first line: nothing is to be found there but what this program put there.
    assert "note" not in json.loads(raw(database))["_meta"]["1"]


# What is no store


def rewrite(database: Database, file: bytes) -> None:
    with open(database.path, "wb") as out:
        out.write(file)


@pytest.mark.parametrize("file", [b"", b"{", b"null", b"\0" * 99])
def test_without_a_good_copy_the_message_says_so(path: str, file: bytes) -> None:
    database = make_store(path)
    for copy in file_of(database).copies.all():
        Path(copy.path).write_bytes(b"{")
    rewrite(database, file)
    with pytest.raises(StoreDamaged, match="no good automatic copy"):
        database.snapshot()


@pytest.mark.parametrize("depth", [100, 300, 400, *range(440, 500, 3), *range(900, 1000, 5), 5000, 100_000])
def test_deep_nesting_is_refused_or_read_but_never_a_crash(database: Database, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        file = raw(database)
        value = opening * depth + "1" + closing * depth
        rewrite(database, file.replace(b'"title":', b'"colour":%s,"title":' % value.encode(), 1))
        with suppress(StoreDamaged):
            do(database, "note", 2, "called")
        rewrite(database, file)


@given(st.binary(max_size=300))
@example(b'{"_meta":{"1":}},\n')
@example(b'{"_meta":{"1":[]}},\n')
@example(b'{"_meta":{"1":{}}},\n')
def test_any_bytes_are_an_error_or_a_store(file: bytes) -> None:
    with pytest.raises(StoreUnusable):
        read(file)


def test_what_is_nested_without_end_is_damage_and_no_fault_of_the_program() -> None:
    with pytest.raises(StoreDamaged, match="a record is nested too deeply"):
        quick_reader.loads(b"[" * 20_000 + b"]" * 20_000)


DEEP = b"[" * 20_000 + b"]" * 20_000


@pytest.mark.parametrize("number", [1, 2, 4])
def test_the_record_that_is_nested_too_deeply_is_named(database: Database, number: int) -> None:
    line = next(
        line for line in raw(database).split(b"\n") if line.startswith(b'"%d":{"id":%d,"state"' % (number, number))
    )
    file = raw(database).replace(line, line.replace(b',"title":"', b',"x":%b,"title":"{[{[ ' % DEEP, 1))
    row = file[: file.index(DEEP)].count(b"\n") + 1
    column = file.index(DEEP) - file.rindex(b"\n", 0, file.index(DEEP)) + 97
    with pytest.raises(
        StoreDamaged, match=f"in commitments, record {number}: nested .* at line {row}, column {column}"
    ):
        read(file)
    Path(database.path).write_bytes(with_the_right_sum(file))
    with pytest.raises(StoreDamaged, match=f"the store is damaged: commitment {number} is nested too deeply"):
        do(database, "note", number, "called")
    (found,) = findings(database)
    assert f"not valid: in commitments, record {number}: nested too deeply at " in found
