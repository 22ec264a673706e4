"""The app's loop waits for no network: nothing that a key does, on any place, asks a server from its thread."""

from __future__ import annotations

import asyncio
import os
import string
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from store.maintenance.demo import make_demo
from store.operations import note
from store.server import schema, statements
from store.server.connection import Connection
from store.snapshot import FetchedHistory
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.app_driver import driven, key_events, story, until_now
from tests.support.on_file_and_on_server import fill
from tests.support.postgres_relay import Fault, relay_to
from tests.support.postgres_server import OWNER, READERS, PostgresServer
from tests.support.run_command import PATIENCE
from tests.support.store_builders import open_store
from tests.tui.app.test_key_table import TO, roll_back_to
from tui.app.key_table import ALL_SCREENS, command_of

KEYS = ("enter", "tab", "space", "left", "right", "home", "end", "ctrl+r", "ctrl+p", "pagedown")
TYPED = (*string.ascii_letters, *string.digits, *string.punctuation)
FORMS = ("a", "e", "d", "c", "w", "n", "+", "S")
QUERIES = ("far away", "#2", "#77", "owner:olga", "owner:nobody", "owner:me", "party:mia silent", "letter")


@pytest.fixture(scope="module")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("demo", numbered=True) / "commitments.json"
    file.parent.chmod(0o700)
    make_demo(open_store(str(file)))
    return file.read_bytes()


@pytest.fixture
def demo(postgres: PostgresServer, demo_bytes: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[SharedStore]:
    """The demo, of whose events only the newest one comes with the records."""
    monkeypatch.setattr(statements, "NEWEST_EVENTS", statements.NEWEST_EVENTS.replace("LIMIT 500", "LIMIT 1"))
    monkeypatch.setenv("PGHOST", str(postgres.folder))
    store = SharedStore(postgres, postgres.make_database())
    fill(f"postgresql://{OWNER}@/{store.name}", demo_bytes)
    for text in schema.GRANT_READERS:
        store.sql(text.format(role=READERS))
    yield store
    store.sql(  # An app that is gone keeps its connections until it is collected.
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where a server was asked from the thread of a running loop, since this was last cleared."""
    found: list[str] = []

    def watched(work: Callable[..., Any]) -> Callable[..., Any]:
        def call(*values: Any, **named: Any) -> Any:
            if asyncio._get_running_loop() is not None:
                found.append("".join(traceback.format_stack(limit=12)))
            return work(*values, **named)

        return call

    for name in ("run", "__init__"):
        monkeypatch.setattr(Connection, name, watched(getattr(Connection, name)))
    return found


@pytest.mark.parametrize("place", ALL_SCREENS)
@story
async def test_no_key_asks_the_server_on_the_loop(demo: SharedStore, asked: list[str], place: str) -> None:
    Path(os.environ["HOME"], "l.csv").write_text("Title,Due,Visit\nSend it,31 March 2023,nowhere\n")
    async with driven(demo.url("asel")) as hand:
        asked.clear()  # The first revision is read before the loop has anything to draw.
        await hand.press(*TO[place])
        meant = {
            command.id: key
            for key in reversed((*KEYS, *TYPED))
            for event in key_events(key)
            if (command := command_of(place, event.key, event.character))
        }
        meant.pop("quit", None)
        with mock.patch.object(hand.app, "action_suspend_process"):
            for key in meant.values():
                await hand.press(key)
                assert not asked, f"{key} on {place}: {asked[0]}"
                await roll_back_to(hand, place)
                assert not asked, f"leaving what {key} on {place} opened: {asked[0]}"


@story
async def test_nothing_typed_or_saved_asks_the_server_on_the_loop(demo: SharedStore, asked: list[str]) -> None:
    async with driven(demo.url("asel"), me=["Olga"], every=0.05) as hand:
        asked.clear()
        for query in QUERIES:
            await hand.press("/", *query, "enter")
            assert not asked, f"{query}: {asked[0]}"
            await hand.press("escape")
        for key in FORMS:
            await hand.press(key, *"1x", "ctrl+s", "tab", "ctrl+s")
            assert not asked, f"{key}: {asked[0]}"
            await roll_back_to(hand, "list")
        for key in ("u", "y", "U", "u"):
            await hand.press(key)
            assert not asked, f"{key}: {asked[0]}"
        await asyncio.to_thread(demo.database("boris").change, lambda tx: note(tx, 2, "from boris"))
        await hand.says("by boris")
        assert not asked, asked[0]
    async with driven(demo.url("clara")) as hand:
        asked.clear()
        await hand.press("n", "x", "ctrl+s")
        await hand.until(lambda: "does not let you do this" in hand.words)
        assert not asked, asked[0]


@story
async def test_notes_come_behind_the_first_screen_and_a_query_finds_them(demo: SharedStore) -> None:
    boris = demo.database("boris")
    boris.change(lambda tx: note(tx, 2, "a letter from Samarkand"))
    boris.change(lambda tx: note(tx, 3, "the newest event"))
    with relay_to(demo.postgres.address) as relay:
        away = Fault("fail", "WHERE is_note", lasts=True, code="22000")
        relay.arm(away)
        async with driven(f"postgresql://asel@/{demo.name}?host={relay.folder}", every=0.05) as hand:
            await hand.press("/", *"samarkand")
            assert away.times
            assert "no match" in hand.message
            relay.arm()
            boris.change(lambda tx: note(tx, 3, "this has them asked for again"))
            await hand.until(lambda: list(hand.numbers) == [2])
            await hand.press("enter")
            boris.change(lambda tx: note(tx, 3, "Samarkand as well"))
            await hand.until(lambda: sorted(hand.numbers) == [2, 3])


@story
async def test_my_last_change_is_looked_for_among_the_earlier_ones(demo: SharedStore, run: Run) -> None:
    assert run("note", "2", "long ago", env=demo.env("asel")).code == 0
    demo.database("boris").change(lambda tx: note(tx, 3, "the newest event"))
    async with driven(demo.url("asel")) as hand:
        await hand.press("u")
        await hand.until(lambda: "Take back" in hand.screen)
        await hand.press("y")
        await hand.says("taken back")
    assert "long ago" not in [event["note"] for event in demo.database().snapshot().notes(2)]


@pytest.mark.parametrize("elsewhere", ["n", "/"])
@story
async def test_a_change_that_is_found_late_asks_nothing_where_the_person_types_meanwhile(
    demo: SharedStore, run: Run, monkeypatch: pytest.MonkeyPatch, elsewhere: str
) -> None:
    assert run("note", "2", "long ago", env=demo.env("asel")).code == 0
    demo.database("boris").change(lambda tx: note(tx, 3, "the newest event"))
    comes = threading.Event()
    found = FetchedHistory.events_newest_first

    def late(history: FetchedHistory) -> Iterator[Any]:
        assert comes.wait(PATIENCE)
        return found(history)

    monkeypatch.setattr(FetchedHistory, "events_newest_first", late)
    async with driven(demo.url("asel")) as hand:
        for key in ("u", elsewhere, "y"):
            for event in key_events(key):
                hand.send(event)
        await until_now(lambda: getattr(hand.app.focused, "value", getattr(hand.app.focused, "text", "")) == "y")
        await until_now(lambda: "looking" not in hand.message)
        # When the notes have come a filter is applied again, and says so in the same line.
        await until_now(lambda: hand.app.snapshot.has_all_notes and not hand.app._is_fetching)
        comes.set()
        await hand.until(lambda: "nothing was taken back: u looks for your last change again" in hand.message)
        assert "Take back" not in hand.screen
    assert "long ago" in [event["note"] for event in demo.database().snapshot().notes(2)]
