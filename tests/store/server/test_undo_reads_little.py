"""What an undo, a redo, an entry and a removal read of a store on a server: not all commitments."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from store import operations
from store.errors import Conflict, NotAllowed
from store.server.connection import Connection
from store.transaction import Transaction
from tests.store.server.conftest import SharedStore
from tests.support.store_builders import MIA, VISIT, add_lyon, contents
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here

COUNT = 30
NEW = COUNT + 1

Step = Callable[[Transaction], Any]


@pytest.fixture
def store(server: SharedStore) -> SharedStore:
    database = server.database()
    add_lyon(database)

    def enter(tx: Transaction) -> None:
        for number in range(1, NEW):
            state = "proposed" if number > COUNT - 3 else "agreed"
            operations.add(tx, f"Promise {number}", visit=VISIT, by=[MIA], to=["INTERPOL"], state=state)

    database.change(enter)
    return server


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the commitments that the server has sent."""
    found: list[int] = []
    sound = Connection.run

    def run(self: Connection, asked: Sequence[Any], **more: Any) -> Any:
        answers = sound(self, asked, **more)
        for (text, _), answer in zip(asked, answers, strict=True):
            if "FROM followup.commitments" in text:
                found.extend(int(number) for number in re.findall(r'"id":(\d+),"state"', repr(answer.rows)))
        return answers

    monkeypatch.setattr(Connection, "run", run)
    return found


def chain(tx: Transaction) -> None:
    operations.edit(tx, 5, after=6)


STEPS: dict[str, tuple[Step, set[int]]] = {
    "a state": (lambda tx: operations.mark(tx, 5, "in-progress"), {5}),
    "a note": (lambda tx: operations.note(tx, 5, "they rang"), {5}),
    "what it waits for": (chain, {5, 6}),
    "a new one of a new party": (
        lambda tx: operations.add(tx, "Another", visit=VISIT, by=["Quite another"], to=[MIA]),
        {NEW},
    ),
    "a visit": (lambda tx: operations.add_visit(tx, "Riga", place="Riga", start="2023-01-02"), set()),
    "a removal": (lambda tx: operations.remove(tx, COUNT, "entered twice"), {COUNT}),
    "twenty at once": (
        lambda tx: [operations.mark(tx, number, "in-progress") for number in range(1, 21)],
        set(range(1, 21)),
    ),
    "a setting": (lambda tx: operations.change_settings(tx, silent_after="20"), set()),
}


@pytest.mark.parametrize("step", STEPS)
def test_an_undo_and_a_redo_read_what_the_change_was_about(store: SharedStore, read: list[int], step: str) -> None:
    work, about = STEPS[step]
    database = store.database("boris")
    before = contents(database)
    database.change(work)
    after = contents(database)
    for turn, there in ((operations.undo, before), (operations.redo, after), (operations.undo, before)):
        read.clear()
        database.change(turn, takes_back=True)
        assert set(read) <= about, turn
        assert len(read) <= 2 * len(about) + 1, "none is sent again and again"
        assert contents(database) == there


def test_what_names_that_which_goes_is_found_all_the_same(store: SharedStore, read: list[int]) -> None:
    boris, asel = store.database("boris"), store.database()
    party = 'МВД "Юг" 100%_\\'
    boris.change(lambda tx: operations.add(tx, "Another", visit=VISIT, by=[party], to=[MIA], state="agreed"))
    asel.change(lambda tx: operations.edit(tx, 7, after=NEW))
    read.clear()
    with pytest.raises(Conflict, match=f"commitment 7 waits for {NEW}, which is not there"):
        boris.change(operations.undo, takes_back=True)
    assert set(read) == {7, NEW}
    asel.change(operations.undo, takes_back=True)
    asel.change(lambda tx: operations.edit(tx, 9, support=[party]))
    boris.change(operations.undo, takes_back=True)
    assert party in [each["name"] for each in boris.snapshot().parties.all()], "9 names it"
    asel.change(lambda tx: operations.edit(tx, 8, after=COUNT))
    with pytest.raises(NotAllowed, match=f"{COUNT} cannot go: 8 names it"):
        asel.change(lambda tx: operations.remove(tx, COUNT, "entered twice"))


def test_an_entry_is_compared_with_those_of_its_visit_alone(store: SharedStore, read: list[int]) -> None:
    database = store.database()
    database.change(lambda tx: operations.add_visit(tx, "Riga", place="Riga", start="2023-01-02"))
    new = ["Promise 5", "--visit", "riga-2023", "--by", MIA, "--to", "INTERPOL"]
    read.clear()
    assert run_here(["add", *new, "--store", store.url()], dict(os.environ), FullScreenApp()) == 0
    assert set(read) == set()
    database.change(lambda tx: operations.add_promises_like(tx, "riga-2023", VISIT))
    assert set(read) == {NEW}
