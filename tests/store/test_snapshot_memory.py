"""A snapshot that is kept in memory says what any other says, and holds what its records have in common once."""

import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.errors import StoreNewer
from store.model.vocabulary_and_signs import OPEN
from store.snapshot import Row, Snapshot
from tests.support.store_builders import do, open_store, raw
from tests.support.store_bytes import in_our_lines, with_the_right_sum
from tests.support.synthetic_stores import made

COUNT = 400
"""Commitments that are read in several pieces."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which many records say the same."""
    folder = tmp_path_factory.mktemp("store")
    folder.chmod(0o700)
    path = folder / "commitments.json"
    path.write_bytes(made(COUNT, 5))
    return path


def kept(path: Path) -> Snapshot:
    return open_store(str(path)).snapshot_to_keep()[0]


def commitments(rows: list[Row]) -> list[Any]:
    return [row.commitment for row in rows]


def test_a_snapshot_that_is_kept_reads_what_stands_in_the_file(file: Path) -> None:
    written = list(json.loads(file.read_bytes())["commitments"].values())
    for snapshot in (kept(file), open_store(str(file)).snapshot()):
        assert commitments(snapshot.open_rows) == [each for each in written if each["state"] in OPEN]
        assert commitments(snapshot.rows) == written
        assert len(snapshot.rows) == COUNT


@pytest.mark.parametrize("rows_of", [lambda snapshot: snapshot.open_rows, lambda snapshot: snapshot.rows])
def test_equal_texts_and_lists_of_names_are_one_object(file: Path, rows_of: Any) -> None:
    found = commitments(rows_of(kept(file)))
    for name in ("title", "visit", "owner", "kind", "state"):
        assert len({id(each[name]) for each in found}) == len({each[name] for each in found}) < len(found)
    said_by = [each["reported"]["said_by"] for each in found if "reported" in each]
    assert len({id(names) for names in said_by}) == len(set(map(tuple, said_by))) < len(said_by)
    for name in ("by", "to"):
        assert len({id(each[name]) for each in found}) == len({tuple(each[name]) for each in found}) < len(found)


def test_a_snapshot_that_is_kept_takes_half_of_the_memory(file: Path) -> None:
    def memory_of(snapshot: Snapshot) -> int:
        before = tracemalloc.get_traced_memory()[0]
        assert snapshot.open_rows
        return tracemalloc.get_traced_memory()[0] - before

    snapshots = kept(file), open_store(str(file)).snapshot()
    tracemalloc.start()
    try:
        little, much = map(memory_of, snapshots)
    finally:
        tracemalloc.stop()
    assert little < much * 0.6


def test_no_commitment_is_held_twice_when_the_finished_ones_are_read_as_well(file: Path) -> None:
    snapshot = kept(file)
    assert snapshot.open_rows
    every = {id(row) for row in snapshot.rows}
    assert {id(row) for row in snapshot.open_rows} < every


def test_the_notes_of_a_screen_and_the_newest_events_are_read_without_the_history_in_memory(file: Path) -> None:
    numbers = range(1, 25)
    expected = {number: open_store(str(file)).snapshot().notes(number) for number in numbers}
    history = len(file.read_bytes().partition(b'"events":')[2])
    newest = max(map(int, json.loads(file.read_bytes())["events"]))
    snapshot = kept(file)
    tracemalloc.start()
    try:
        snapshot.read_notes(7, numbers)
        assert next(snapshot.events_newest_first())["seq"] == newest
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < history
    assert any(expected.values())
    assert {number: snapshot.notes_at_hand(number) for number in numbers} == expected


@pytest.mark.file_only("a file that a newer version wrote")
def test_what_a_newer_version_wrote_of_one_is_refused_there_and_not_of_the_others(database: Database) -> None:
    do(database, "note", 1, "a letter")
    do(database, "note", 2, "a call")
    tables = json.loads(raw(database))
    next(event for event in tables["events"].values() if event.get("note") == "a letter")["action"] = "fax"
    Path(database.path).write_bytes(with_the_right_sum(in_our_lines(tables)))
    snapshot, _ = database.snapshot_to_keep()
    snapshot.read_notes(2, [1, 2])
    assert [event["note"] for event in snapshot.notes_at_hand(2)] == ["a call"]
    with pytest.raises(StoreNewer, match="fax"):
        snapshot.notes_at_hand(1)


def test_what_is_fetched_of_all_commitments_takes_the_place_of_what_was_known_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(database, "note", 1, "a letter")
    snapshot, _ = database.snapshot_to_keep()
    snapshot.read_all_notes()
    notes, owners = snapshot.notes(1), snapshot.past_owners
    seen = []

    def looked_at(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any) -> Any:
            """What the app's loop sees while the thread is here."""
            seen.append((snapshot.notes(1), snapshot.past_owners))
            return work(*values)

        return call

    for name in ("fetch_all_notes", "events_with_note", "undo_events", "events_replacing"):
        monkeypatch.setattr(type(snapshot.source), name, staticmethod(looked_at(getattr(snapshot.source, name))))
    snapshot.fetch_all_notes()
    assert [event["note"] for event in notes] == ["a letter"]
    assert seen == [(notes, owners)] * 4
    assert (snapshot.notes(1), snapshot.past_owners) == (notes, owners)
