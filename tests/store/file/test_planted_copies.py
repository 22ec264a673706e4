"""Files among the automatic copies that this program did not write: told, never brought back, in nobody's way."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.rules.valid_record import COUNTABLE
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_harmless, assert_refused
from tests.support.store_bytes import in_our_lines, with_the_right_sum

pytestmark = pytest.mark.file_only("copies beside a file")

Tables = dict[str, Any]


def _no_number(tables: Tables) -> None:
    tables["commitments"]["x"] = tables["commitments"].pop("2")


def _no_record(tables: Tables) -> None:
    tables["commitments"]["2"] = 5


def _no_state(tables: Tables) -> None:
    tables["commitments"]["2"]["state"] = [1]


def _no_counters(tables: Tables) -> None:
    tables["_meta"]["1"]["next"] = 5


def _no_revision(tables: Tables) -> None:
    tables["_meta"]["1"]["revision"] = "7"


def _no_event(tables: Tables) -> None:
    tables["events"]["1"] = 5


FORGED = [_no_number, _no_record, _no_state, _no_counters, _no_revision, _no_event]


def _forged(database: Database, forge: Callable[[Tables], None]) -> bytes:
    tables = json.loads(store_builders.raw(database))
    forge(tables)
    return with_the_right_sum(in_our_lines(tables))


def _plant(database: Database, name: str, raw: bytes) -> Path:
    path = Path(file_of(database).copies.folder) / name
    path.write_bytes(raw)
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("forge", FORGED)
def test_a_copy_that_is_not_valid_under_a_right_sum_stops_no_restore(
    database: Database, run: Run, forge: Callable[[Tables], None]
) -> None:
    forged = _plant(database, "0000000900.2023-01-01.json", _forged(database, forge))
    listed = run("restore", "--list")
    assert (listed.code, listed.err) == (0, "")
    assert "of no use" in listed.out
    examined = run("doctor")
    assert (examined.code, f"the copy {forged} is of no use" in examined.out) == (1, True)
    assert_refused(run("restore", "900"), 4, f"the copy {forged} cannot be brought back")
    assert_refused(run("restore", str(forged)), 4, str(forged))
    sound = store_builders.raw(database)
    Path(database.path).write_bytes(sound[: len(sound) // 2])
    restored = run("restore")
    assert restored.code == 0
    assert "is back" in restored.out
    assert run("doctor").out.count("the store holds") == 0


@pytest.mark.parametrize("forge", FORGED)
def test_a_store_that_is_not_valid_under_a_right_sum_is_restored_as_a_damaged_one(
    database: Database, run: Run, forge: Callable[[Tables], None]
) -> None:
    Path(database.path).write_bytes(_forged(database, forge))
    examined = run("doctor")
    assert (examined.code, "holds a record that is not valid" in examined.out) == (1, True)
    restored = run("restore")
    assert (restored.code, "is back" in restored.out) == (0, True)
    assert run("list", "--ids").code == 0


def _last_revision(tables: Tables) -> None:
    tables["_meta"]["1"]["revision"] = _LAST


def _last_numbers(tables: Tables) -> None:
    tables["_meta"]["1"]["next"] = dict.fromkeys(tables["_meta"]["1"]["next"], _LAST)


_LAST = COUNTABLE - 1


@pytest.mark.parametrize("forge", [_last_revision, _last_numbers])
def test_a_store_that_was_counted_to_the_end_is_told_and_restored(
    database: Database, run: Run, forge: Callable[[Tables], None]
) -> None:
    Path(database.path).write_bytes(_forged(database, forge))
    assert run("note", "2", "x").code != 0
    told = run("doctor")
    assert (told.code, str(_LAST) in told.out, "followup restore --list" in told.out) == (1, True, True)
    copy = run("restore", "--list").out.split("\t")[0]
    assert run("restore", copy).code == 0
    assert run("note", "2", "x").code == 0
    assert run("doctor").code == 0


def test_the_name_of_a_copy_counts_no_store_to_its_end(database: Database, run: Run) -> None:
    _plant(database, f"{_LAST}.2023-01-01.json", store_builders.raw(database))
    copy = run("restore", "--list").out.splitlines()[1].split("\t")[0]
    assert run("restore", copy).code == 0
    assert run("note", "2", "x").code == 0
    assert "not valid" not in run("doctor").out


def test_a_copy_without_end_is_not_read(database: Database, run: Run) -> None:
    first = store_builders.raw(database).partition(b"\n")[0]
    endless = _plant(database, "0000000900.2023-01-01.json", first.replace(b'"events_at":', b'"events_at":9999999', 1))
    os.truncate(endless, 1 << 36)
    assert "larger than a store can be" in run("restore", "--list").out
    assert "larger than a store can be" in run("doctor").out
    assert_refused(run("restore", "900"), 4, "larger than a store can be")


@pytest.mark.parametrize("name", ["0000777001.a\nb\x1b[2Jcd.json", f"{'7' * 200}.2023-01-01.json", "٣.2023-01-01.json"])
def test_what_has_no_name_of_a_copy_is_none(database: Database, run: Run, name: str) -> None:
    _plant(database, name, store_builders.raw(database))
    for argv in (["restore", "--list"], ["doctor"]):
        shown = run(*argv)
        assert "777" not in shown.out.replace(str(database.path).rpartition("/")[0], "")
        assert_harmless(shown.out)
