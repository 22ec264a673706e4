"""What befalls a server while the app is open: one sentence, nothing lost, and it goes on when the server is back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from store.server import write_transaction
from tests.conftest import Run
from tests.store.server.conftest import SharedStore
from tests.support.app_driver import Hand, driven, story
from tests.support.postgres_relay import COMMIT, FAILING, Fault, relay_to
from tests.support.postgres_server import MEMBERS, PostgresServer, running_server
from tests.support.store_builders import add, add_lyon

END_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
TYPED = "the deputy minister has it"


@pytest.fixture
def store(server: SharedStore) -> Iterator[SharedStore]:
    """A store of a person whose role no other test has."""
    role = f"lena_{server.name}"
    server.sql(f"CREATE ROLE {role} LOGIN IN ROLE {MEMBERS}")
    add_lyon(server.database())
    add(server.database(), "Nominate officers", state="agreed")
    yield server
    server.sql(END_OTHERS)


def notes(store: SharedStore) -> list[object]:
    return [note for (note,) in store.sql("SELECT doc::jsonb ->> 'note' FROM followup.events WHERE is_note")]


def undo(store: SharedStore, statement: str) -> None:
    store.postgres.sql(statement, "postgres" if "DATABASE" in statement else store.name)


def role_of(store: SharedStore) -> str:
    return f"lena_{store.name}"


FAULTS = {
    "refused login": ("ALTER ROLE {role} NOLOGIN", "ALTER ROLE {role} LOGIN", "is not permitted to log in"),
    "standby": (
        "ALTER DATABASE {name} SET default_transaction_read_only = on",
        "ALTER DATABASE {name} RESET default_transaction_read_only",
        "session is read-only",
    ),
    "moved": (
        "UPDATE followup.meta SET moved = '/srv/office.json'",
        "UPDATE followup.meta SET moved = NULL",
        "the store has moved to /srv/office.json",
    ),
    "being moved": (
        "UPDATE followup.meta SET moved = 'coming'",
        "UPDATE followup.meta SET moved = NULL",
        "is closed: a file is being moved there",
    ),
    "newer": (
        "UPDATE followup.meta SET schema = 99",
        "UPDATE followup.meta SET schema = 1",
        "a newer followup made the store",
    ),
    "not permitted": (
        "REVOKE {members} FROM {role}",
        "GRANT {members} TO {role}",
        "does not let you do this",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
@story
async def test_what_was_typed_stays_until_it_can_be_saved(store: SharedStore, fault: str) -> None:
    names = {"role": role_of(store), "name": store.name, "members": MEMBERS}
    befalls, passes, sentence = (text.format(**names) for text in FAULTS[fault])
    # The name of the store is long here, and stands before the reason.
    async with driven(store.url(role_of(store)), every=0.05, lock_timeout=0.3, size=(120, 30)) as hand:
        await hand.press("n", *TYPED)
        store.sql(befalls)
        store.sql(END_OTHERS)
        await hand.press("ctrl+s")
        await hand.until(lambda: sentence in hand.words)
        assert (hand.in_front, notes(store)) == ("FormScreen", [])
        assert TYPED in hand.screen
        undo(store, passes)
        store.sql(END_OTHERS)
        await until_saved(hand)
    assert notes(store) == [TYPED]


async def until_saved(hand: Hand) -> None:
    """Press the key that saves until it does, as a person would who reads that it was not."""
    while "noted" not in hand.message:
        assert TYPED in hand.screen, hand.screen
        await hand.press("ctrl+s")


@pytest.fixture(scope="module")
def other_server() -> Iterator[PostgresServer]:
    """A server that may crash: no other test is on it."""
    with running_server() as server:
        yield server


@pytest.fixture
def crashing(other_server: PostgresServer, run: Run) -> Iterator[SharedStore]:
    store = SharedStore(other_server, other_server.make_database())
    assert run("init", store.url("postgres"), "--group", MEMBERS).code == 0
    store.sql(FAILING)
    add_lyon(store.database())
    add(store.database(), "Nominate officers", state="agreed")
    yield store
    store.sql(END_OTHERS)


@story
async def test_a_crash_under_an_open_form_is_a_pause(crashing: SharedStore) -> None:
    async with driven(crashing.url(), every=0.05, lock_timeout=0.3) as hand:
        await hand.press("n", *TYPED)
        crashing.postgres.stop()
        await hand.shows("cannot read the store")
        await hand.press("ctrl+s")
        await hand.until(lambda: "is lost and nothing was changed" in hand.words)
        crashing.postgres.start()
        await hand.until(lambda: "cannot read the store" not in hand.screen)
        await until_saved(hand)
    assert notes(crashing) == [TYPED]


@pytest.mark.parametrize("is_committed", [False, True])
@story
async def test_a_crash_amid_a_save_is_a_pause(crashing: SharedStore, is_committed: bool) -> None:
    def crash() -> None:
        crashing.postgres.stop()
        crashing.postgres.start()

    struck = Fault("cut after", COMMIT) if is_committed else Fault("call", COMMIT, call=crash)
    with relay_to(crashing.postgres.address) as relay:
        async with driven(f"postgresql://asel@/{crashing.name}?host={relay.folder}", every=60) as hand:
            relay.arm(struck)
            await hand.press("n", *TYPED, "ctrl+s")
            await hand.says("#1 noted")
            assert struck.times == 1
    assert notes(crashing) == [TYPED]


@story
async def test_where_nobody_can_be_asked_it_is_said_that_it_is_not_known(
    crashing: SharedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_transaction, "_ANSWER_SECONDS", 0.5)
    with relay_to(crashing.postgres.address) as relay:
        async with driven(
            f"postgresql://asel@/{crashing.name}?host={relay.folder}", every=0.05, lock_timeout=0.3
        ) as hand:
            relay.arm(Fault("call", COMMIT, call=crashing.postgres.stop))
            await hand.press("n", *TYPED, "ctrl+s")
            await hand.until(lambda: "nobody could be asked" in hand.words)
            await hand.shows("cannot read the store")
            assert "nobody could be asked" in hand.words
            crashing.postgres.start()
            await hand.until(lambda: "cannot read the store" not in hand.screen)
            assert "nobody could be asked" in hand.words


@story
async def test_a_full_disk_of_the_server_is_said(crashing: SharedStore) -> None:
    with relay_to(crashing.postgres.address) as relay:
        async with driven(f"postgresql://asel@/{crashing.name}?host={relay.folder}", every=60) as hand:
            relay.arm(Fault("fail", "INSERT INTO followup.events", lasts=True, code="53100"))
            await hand.press("n", *TYPED, "ctrl+s")
            await hand.until(lambda: "is full (made to fail); nothing was changed" in hand.words)
            relay.arm()
            await until_saved(hand)
    assert notes(crashing) == [TYPED]


def test_a_full_disk_is_a_refusal_and_not_a_matter_of_waiting(crashing: SharedStore, run: Run) -> None:
    with relay_to(crashing.postgres.address) as relay:
        relay.arm(Fault("fail", "INSERT INTO followup.events", lasts=True, code="53100"))
        refused = run(
            "note", "1", "x", env={"FOLLOWUP_STORE": f"postgresql://asel@/{crashing.name}?host={relay.folder}"}
        )
    assert refused.code == 4
    assert refused.err.endswith(" is full (made to fail); nothing was changed\n")
    assert notes(crashing) == []
