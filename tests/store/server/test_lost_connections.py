"""Looks and changes whose connection is lost, whose store changes meanwhile, or whose turn stands still."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from store import operations
from store.errors import ChangedWhileRead, StoreBusy, StoreNewer, StoreUnusable
from store.maintenance.backup import backup
from store.maintenance.restore import restore
from store.server import statements, write_transaction
from store.server.connection import Connection, Refused
from store.transaction import Transaction
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.postgres_relay import Fault, relay_to
from tests.support.run_command import PATIENCE
from tests.support.store_builders import add, add_lyon

OWN = "application_name LIKE 'followup%' AND datname = current_database()"
HOLDER = f"SELECT query FROM pg_stat_activity WHERE state = 'idle in transaction' AND {OWN}"


def terminate(server: SharedStore) -> None:
    server.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OWN}")


@pytest.fixture
def store(server: SharedStore) -> SharedStore:
    database = server.database()
    add_lyon(database)
    add(database, "One", state="agreed")
    add(database, "Two", state="agreed")
    return server


def test_a_look_goes_on_over_a_new_connection_in_silence(store: SharedStore, capfd: pytest.CaptureFixture[str]) -> None:
    snapshot = store.database().snapshot()
    terminate(store)
    assert [row.commitment["title"] for row in snapshot.rows] == ["One", "Two"]
    assert capfd.readouterr() == ("", "")


def test_a_look_begins_anew_when_the_store_was_changed_over_a_lost_connection(store: SharedStore, run: Run) -> None:
    noted: list[int] = []

    def change_and_cut() -> None:
        if not noted:
            noted.append(1)
            store.database("boris").change(lambda tx: operations.note(tx, 1, "between"))
            store.sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OWN} AND usename = 'asel'")

    with relay_to(store.postgres.address) as relay:
        relay.arm(Fault("call", "FROM followup.events WHERE", lasts=True, call=change_and_cut))
        shown = run("show", "1", env={"FOLLOWUP_STORE": f"postgresql://asel@/{store.name}?host={relay.folder}"})
    assert (shown.code, shown.err, noted) == (0, "", [1])
    assert "between" in shown.out


def test_what_is_counted_of_the_finished_is_their_number(store: SharedStore, run: Run) -> None:
    for number in ("1", "2"):
        assert run("mark", number, "closed", "--because", "dropped", "--note", "x", env=store.env()).code == 0
    add(store.database(), "Three")
    image = store.database().image()
    assert [head["state"] for head in image.heads("commitments")] == ["proposed", "closed", "closed"]
    assert store.database().snapshot().counts()["finished"] == 2


def test_what_is_read_later_is_never_of_another_revision(store: SharedStore) -> None:
    database = store.database()
    first = database.image()
    with store.database("boris").transaction() as tx:
        operations.note(tx, 1, "between")
    assert database.image().meta["revision"] == first.meta["revision"] + 1
    with pytest.raises(ChangedWhileRead):
        first.record("commitments", 1)


def test_a_change_whose_connection_is_lost_is_done_anew(store: SharedStore) -> None:
    times = []

    def work(tx: Transaction) -> None:
        times.append(1)
        if len(times) == 1:
            terminate(store)
        operations.note(tx, 1, "once")

    store.database().change(work)
    assert store.sql("SELECT count(*) FROM followup.events WHERE is_note") == [(1,)]


def test_a_value_that_no_statement_takes_is_a_refusal_and_the_connection_lives(store: SharedStore) -> None:
    connection = Connection(store.url())
    with pytest.raises(Refused, match="NUL"):
        connection.run([("SELECT %s::text", ("a\0b",))])
    assert connection.run([("SELECT 1", ())])[0].rows == [(1,)]
    connection.close()


def test_a_long_change_says_that_it_goes_on(store: SharedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_transaction, "_WORD_SECONDS", 0.0)
    with store.database().transaction() as tx:
        assert store.sql(HOLDER) != [(statements.WORD,)]
        tx.savepoint()
        assert store.sql(HOLDER) == [(statements.WORD,)]


def test_a_large_store_that_is_laid_out_for_long_keeps_its_turn(
    store: SharedStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lay_out = write_transaction.texts_of

    def slowly(table: str, records: Mapping[int, Any]) -> dict[int, str]:
        if table == "events":
            store.sql("SELECT pg_sleep(3)")
        return lay_out(table, records)

    saved = backup(store.database(), str(tmp_path / "saved.json")).path
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(statements, "LIMITS", statements.LIMITS.replace("'30s'", "'1s'"))
    monkeypatch.setattr(write_transaction, "_WORD_SECONDS", 0.1)
    monkeypatch.setattr(write_transaction, "texts_of", slowly)
    restore(store.database("postgres"), saved)
    assert [event["action"] for event in store.database().snapshot().events()][-1] == "restore"


def test_the_server_ends_a_turn_that_stands_still(store: SharedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(tx: Transaction) -> None:
        operations.note(tx, 1, "mine")
        monkeypatch.undo()
        with store.database("boris", 60).transaction() as other:  # It has the turn when that of the first was ended.
            operations.note(other, 2, "theirs")

    monkeypatch.setattr(statements, "LIMITS", statements.LIMITS.replace("'30s'", "'2s'"))
    with pytest.raises(StoreBusy, match="stood still with the turn too long; nothing was saved"):
        store.database().change(work, about=[1])
    assert store.sql("SELECT doc::jsonb ->> 'note' FROM followup.events WHERE is_note") == [("theirs",)]


def test_a_word_of_a_newer_version_is_found_in_what_changed_since(store: SharedStore) -> None:
    database = store.database()
    kept, _ = database.snapshot_to_keep()
    store.sql("UPDATE followup.meta SET revision = revision + 1")
    newer = """UPDATE followup.commitments SET doc = replace(doc, '"agreed"', '"postponed"'),
        changed = (SELECT revision FROM followup.meta) WHERE number = 1"""
    store.sql(newer)
    with pytest.raises(StoreNewer):
        database.snapshot_to_keep(kept)


def test_a_server_without_room_is_waited_for(store: SharedStore) -> None:
    store.sql(f"CREATE ROLE crowd_{store.name} LOGIN CONNECTION LIMIT 0")  # Other tests are on the same server.
    with pytest.raises(StoreUnusable, match="takes no connection"):
        store.database(f"crowd_{store.name}", lock_timeout=0.2).snapshot()


def test_a_store_that_nobody_has_any_more_is_not_connected(store: SharedStore) -> None:
    gc.disable()
    try:
        store.database().change(lambda tx: operations.note(tx, 1, "once"))
        end = time.monotonic() + PATIENCE
        while store.sql("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND usename = 'asel'"):
            assert time.monotonic() < end
    finally:
        gc.enable()
