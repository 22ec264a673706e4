"""A server that stands still while its kernel goes on to answer, and ctrl+c in what waits for one."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from store import operations
from store.errors import StoreUnusable
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.fixed_day_and_user import isolated
from tests.support.postgres_server import MEMBERS, running_server
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import add, add_lyon

WAITING = "SELECT 1 FROM pg_stat_activity WHERE usename = 'boris' AND wait_event_type = 'Lock'"


@pytest.fixture(scope="module")
def own() -> Iterator[SharedStore]:
    """A store on a server that no other test is on."""
    with running_server() as server:
        yield SharedStore(server, server.make_database())


@pytest.fixture
def store(own: SharedStore, run: Run) -> SharedStore:
    own.sql("DROP SCHEMA IF EXISTS followup CASCADE")
    assert run("init", own.url("postgres"), "--group", MEMBERS).code == 0
    add_lyon(own.database())
    add(own.database(), "One")
    return own


def test_every_wait_for_one_that_stands_still_has_an_end(store: SharedStore) -> None:
    connected = store.database(lock_timeout=0.2)
    connected.snapshot()
    with store.postgres.frozen():
        with pytest.raises(StoreUnusable):
            connected.snapshot()
        with pytest.raises(StoreUnusable, match="nothing was changed"):
            connected.change(lambda tx: operations.note(tx, 1, "never"))
    connected.change(lambda tx: operations.note(tx, 1, "afterwards"))
    assert store.sql("SELECT doc::jsonb ->> 'note' FROM followup.events WHERE is_note") == [("afterwards",)]


@pytest.mark.parametrize("is_frozen", [False, True])
def test_ctrl_c_ends_the_wait_for_the_turn(store: SharedStore, is_frozen: bool, tmp_path: Path) -> None:
    env = isolated(str(tmp_path), FOLLOWUP_STORE=store.url("boris"), FOLLOWUP_LOCK_TIMEOUT="600")
    with store.database().transaction():
        waiting = subprocess.Popen([FOLLOWUP, "note", "1", "never"], env=env, stderr=subprocess.PIPE, text=True)
        while not store.sql(WAITING):
            assert waiting.poll() is None
        if is_frozen:
            with store.postgres.frozen():
                waiting.send_signal(signal.SIGINT)
                _, said = waiting.communicate()
        else:
            waiting.send_signal(signal.SIGINT)
            _, said = waiting.communicate()
    assert (waiting.returncode, said) == (130, "")
    store.database("boris", lock_timeout=60).change(lambda tx: operations.note(tx, 1, "afterwards"))
    assert store.sql("SELECT doc::jsonb ->> 'note' FROM followup.events WHERE is_note") == [("afterwards",)]
