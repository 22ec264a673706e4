"""An account that was renamed: its number says which earlier names are its own, and undo and mine follow."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from store import operations
from store.database import Database
from store.errors import NotAllowed, StoreDamaged
from store.file.strict_reader import read_strictly
from store.model.record_types import Accounts
from store.rules.what_undo_may_take_back import undoable_changes
from store.users_and_groups import names_of_account, with_account
from tests.support.fixed_day_and_user import StandingClock
from tests.support.store_builders import add, make_store, record

HERE = os.uname().nodename
ROOT = "root"
"""A name that an account of every machine has."""


def person(path: str, name: str, uid: int | None) -> Database:
    return Database(path, StandingClock(), name, 10.0, uid)


def accounts_of(database: Database) -> object:
    return database.snapshot().meta.get("accounts")


@pytest.mark.parametrize(
    ("uid", "machine", "numbers", "names"),
    [
        (1001, HERE, {"zz-asel": 1001}, {"zz-karimova", "zz-asel"}),
        (1001, HERE, {"zz-asel": 1001, "zz-a": 1001, "zz-boris": 1002}, {"zz-karimova", "zz-asel", "zz-a"}),
        (1001, HERE, {ROOT: 1001}, {"zz-karimova"}),
        (1001, "another machine", {"zz-asel": 1001}, {"zz-karimova"}),
        (1001, HERE, {"zz-asel\0": 1001}, {"zz-karimova", "zz-asel\0"}),
        (1002, HERE, {"zz-asel": 1001}, {"zz-karimova"}),
        (0, HERE, {"zz-asel": 0}, {"zz-karimova"}),
        (None, HERE, {"zz-asel": 1001}, {"zz-karimova"}),
    ],
)
def test_a_name_of_the_same_number_is_ones_own_unless_somebody_has_it(
    uid: int | None, machine: str, numbers: dict[str, int], names: set[str]
) -> None:
    assert names_of_account("zz-karimova", uid, {"machine": machine, "numbers": numbers}) == names


def test_without_accounts_in_the_store_the_name_is_all() -> None:
    assert names_of_account("zz-asel", 1001, None) == {"zz-asel"}


def test_a_store_keeps_the_number_of_who_changed_it(path: str) -> None:
    make_store(path)
    asel = person(path, "zz-asel", 1001)
    assert accounts_of(asel) is None
    add(asel)
    assert accounts_of(asel) == {"machine": HERE, "numbers": {"zz-asel": 1001}}
    add(person(path, "zz-boris", 1002))
    add(person(path, "root (SUDO_USER=dina, unverified)", 0))
    assert accounts_of(asel) == {"machine": HERE, "numbers": {"zz-asel": 1001, "zz-boris": 1002}}
    add(person(path, "zz-asel", 1003))
    assert accounts_of(asel) == {"machine": HERE, "numbers": {"zz-asel": 1003, "zz-boris": 1002}}


def test_on_another_machine_the_numbers_begin_anew() -> None:
    here: Accounts = {"machine": HERE, "numbers": {"zz-asel": 1001}}
    assert with_account(None, "zz-asel", 1001) == here
    assert with_account(here, "zz-asel", 1001) is here
    there: Accounts = {"machine": "another", "numbers": {"zz-boris": 1001}}
    assert with_account(there, "zz-asel", 1001) == here


def test_a_renamed_account_undoes_and_redoes_its_changes(path: str) -> None:
    make_store(path)
    number = add(person(path, "zz-asel", 1001), "Mine")
    add(person(path, "zz-boris", 1002), "Another's")
    renamed = person(path, "zz-karimova", 1001)
    changes = [
        events[0]["change"]
        for events in undoable_changes(renamed.snapshot(), renamed.names_of_actor(renamed.snapshot().meta))
    ]
    assert len(changes) == 1
    with renamed.transaction() as tx:
        operations.undo(tx)
    assert number not in renamed.snapshot().commitments
    with renamed.transaction() as tx:
        operations.redo(tx)
    assert record(renamed, number)["title"] == "Mine"
    assert record(renamed, number)["owner"] == "zz-asel"


def test_ones_own_change_under_another_name_is_in_nobodys_way(path: str) -> None:
    make_store(path)
    asel, renamed = person(path, "zz-asel", 1001), person(path, "zz-karimova", 1001)
    number = add(asel)
    with asel.transaction() as tx:
        operations.edit(tx, number, owner="dina")
        change = tx.change
    with renamed.transaction() as tx:
        operations.edit(tx, number, owner="boris")
    with renamed.transaction() as tx:
        operations.undo(tx)
    with renamed.transaction() as tx:
        operations.undo(tx, change)
    assert record(renamed, number)["owner"] == "zz-asel"


@pytest.mark.parametrize("uid", [1002, 0, None])
def test_another_account_undoes_none_of_them(path: str, uid: int | None) -> None:
    make_store(path)
    add(person(path, "zz-asel", 1001))
    with (
        pytest.raises(NotAllowed, match="there is no change of yours"),
        person(path, "zz-boris", uid).transaction() as tx,
    ):
        operations.undo(tx)


@pytest.mark.parametrize(
    "accounts", [[], {"machine": 1, "numbers": {}}, {"machine": "x"}, {"machine": "x", "numbers": {"a": "1"}}]
)
def test_accounts_that_cannot_be_are_damage(path: str, accounts: object) -> None:
    database = make_store(path)
    document = json.loads(Path(database.path).read_text())
    document["_meta"]["1"]["accounts"] = accounts
    with pytest.raises(StoreDamaged, match="accounts"):
        read_strictly(json.dumps(document).encode())


def test_accounts_that_another_program_filled_up_are_given_up() -> None:
    numbers = {f"zz-account-{number:08}": number for number in range(2_900)}
    filled = Accounts(machine=HERE, numbers=numbers)
    assert with_account(filled, "zz-asel", 1001) == Accounts(machine=HERE, numbers={"zz-asel": 1001})
    assert with_account(filled, "root", 0) == Accounts(machine=HERE, numbers={})
    some = Accounts(machine=HERE, numbers=dict(list(numbers.items())[:500]))
    kept = with_account(some, "zz-asel", 1001)
    assert kept is not None
    assert len(kept["numbers"]) == 501
