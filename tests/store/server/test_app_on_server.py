"""The app on a store on a server: what it saves, what others do, a connection that is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.operations import chase, note
from tests.conftest import Run
from tests.store.server.conftest import ServerStore
from tests.support.app_driver import driven, story


@pytest.fixture
def visit(server: ServerStore, run: Run) -> Iterator[ServerStore]:
    visit = ("visit", "add", "Study visit", "--place", "Lyon", "--from", "2022-12-06")
    promise = ("--visit", "lyon-2022", "--by", "MIA", "--to", "INTERPOL", "--state", "agreed")
    for line in (visit, ("add", "Nominate officers", *promise), ("add", "Send contact points", *promise)):
        assert run(*line, env=server.env()).code == 0
    yield server
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename IN ('asel', 'boris', 'clara')")


@story
async def test_two_people_see_what_the_other_does(visit: ServerStore) -> None:
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
async def test_a_lost_connection_is_a_pause(visit: ServerStore) -> None:
    async with driven(visit.url("asel"), every=0.05) as hand:
        for count in range(3):
            visit.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'asel'")
            await hand.press("n", *f"note {count}", "ctrl+s")
            await hand.until(lambda: "noted" in hand.message)
            visit.database("boris").change(lambda tx: chase(tx, 2, again=None))
            await hand.until(lambda: "#2 chased" in hand.message and "by boris" in hand.message)
        assert "cannot read" not in hand.screen
    noted = [event["note"] for event in visit.database().snapshot().events() if event["action"] == "note"]
    assert noted == ["note 0", "note 1", "note 2"]


@story
async def test_a_reader_sees_that_it_is_read_only(visit: ServerStore) -> None:
    async with driven(visit.url("clara"), every=0.05) as hand:
        assert "read-only" in hand.screen
        await hand.press("n", "x", "ctrl+s")
        await hand.until(lambda: "does not let you do this" in hand.screen)
    assert not [event for event in visit.database().snapshot().events() if event["who"] == "clara"]
