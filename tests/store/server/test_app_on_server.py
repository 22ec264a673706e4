"""The app on a store on a server: what it saves, what others do, a connection that is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.maintenance.demo import make_demo
from store.operations import chase, note
from store.server import statements
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.app_driver import driven, key_events, story, until_now
from tests.support.postgres_relay import Fault, relay_to
from tests.support.run_command import PATIENCE
from tests.support.store_builders import open_store

TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"


@pytest.fixture
def visit(server: SharedStore, run: Run) -> Iterator[SharedStore]:
    visit = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06")
    promise = ("--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")
    for line in (visit, ("add", "Nominate officers", *promise), ("add", "Send contact points", *promise)):
        assert run(*line, env=server.env()).code == 0
    yield server
    server.sql(f"{TERMINATE} AND pid <> pg_backend_pid()")


@story
async def test_two_people_see_what_the_other_does(visit: SharedStore) -> None:
    async with driven(visit.url("asel"), every=0.05) as hand:
        await hand.press("n", *"from the app", "ctrl+s")
        await hand.until(lambda: "noted" in hand.message)
        boris = visit.database("boris")
        boris.change(lambda tx: note(tx, 2, "from boris"))
        await hand.until(lambda: "#2 noted, by boris" in hand.message)
        await hand.press("u")
        await hand.until(lambda: "taken back" in hand.message)
    assert [event["who"] for event in boris.snapshot().events()][-3:] == ["asel", "boris", "asel"]


@story
async def test_a_lost_connection_is_a_pause(visit: SharedStore) -> None:
    async with driven(visit.url("asel"), every=0.05) as hand:
        for count in range(3):
            visit.sql(f"{TERMINATE} AND usename = 'asel'")
            await hand.press("n", *f"note {count}", "ctrl+s")
            await hand.until(lambda: "noted" in hand.message)
            visit.database("boris").change(lambda tx: chase(tx, 2, again=None))
            await hand.until(lambda: "#2 chased" in hand.message and "by boris" in hand.message)
        assert "cannot read" not in hand.screen
    noted = [event["note"] for event in visit.database().snapshot().events() if event["action"] == "note"]
    assert noted == ["note 0", "note 1", "note 2"]


@story
async def test_history_on_its_way_stops_no_key(visit: SharedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "NEWEST_EVENTS", statements.NEWEST_EVENTS.replace("LIMIT 500", "LIMIT 1"))
    comes = threading.Event()
    with relay_to(visit.postgres.address) as relay:
        async with driven(f"postgresql://asel@/{visit.name}?host={relay.folder}", size=(100, 30)) as hand:
            relay.arm(Fault("call", "FROM followup.events WHERE subject", lasts=True, call=lambda: _wait(comes)))
            for key in ("j", "enter"):
                hand.send(key_events(key)[0])
            await until_now(lambda: "earlier history is being fetched" in hand.screen)
            hand.send(key_events("escape")[0])
            await until_now(lambda: hand.kind == "list")
            hand.send(key_events("enter")[0])
            await until_now(lambda: "earlier history is being fetched" in hand.screen)
            comes.set()
            await hand.until(lambda: "being fetched" not in hand.screen)
            assert "entered" in hand.screen


@story
async def test_a_store_that_is_restored_is_shown_as_it_is_then(visit: SharedStore, run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "saved.json"
    assert run("backup", str(saved), env=visit.env()).code == 0
    later = ("add", "Sent later", "--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")
    assert run(*later, env=visit.env()).code == 0
    async with driven(visit.url("asel"), every=0.05) as hand:
        assert sorted(hand.numbers) == [1, 2, 3]
        env = visit.env("postgres")
        restored = await asyncio.to_thread(run, "restore", str(saved), env=env, cwd=str(tmp_path))
        assert restored.code == 0
        await hand.until(lambda: sorted(hand.numbers) == [1, 2])
        assert hand.app.snapshot.events() == visit.database().snapshot().events()


def test_a_store_that_is_imported_brings_its_whole_history(server: SharedStore, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    tmp_path.chmod(0o700)
    make_demo(open_store(str(file)))
    for zone in ("Asia/Tashkent", "Asia/Almaty"):
        assert run("config", "timezone", zone, "--shared", env=server.env("postgres")).code == 0
    kept, _ = server.database().snapshot_to_keep()
    assert run("import", str(file), env=server.env("postgres")).code == 0
    after, _ = server.database().snapshot_to_keep(kept)
    history = list(after.fetched_history().events_newest_first())
    assert history == list(server.database().snapshot().events_newest_first())


@story
async def test_a_reader_sees_that_it_is_read_only(visit: SharedStore) -> None:
    async with driven(visit.url("clara"), every=0.05) as hand:
        assert "read-only" in hand.screen
        await hand.press("n", "x", "ctrl+s")
        await hand.until(lambda: "does not let you do this" in hand.words)
    assert not [event for event in visit.database().snapshot().events() if event["who"] == "clara"]


def _wait(comes: threading.Event) -> None:
    comes.wait(PATIENCE)
