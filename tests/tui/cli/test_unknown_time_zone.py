"""A store whose time zone this machine does not know."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.check_answers_and_refusals import assert_refused, document, unchanged

pytestmark = pytest.mark.file_only("writes into the file by hand")


def by_hand(database: Database, change: Callable[[dict[str, Any]], Any]) -> None:
    data = json.loads(store_builders.raw(database))
    change(data)
    Path(database.path).write_text(json.dumps(data))


READING_COMMANDS = [
    "list",
    "status",
    "status --short",
    "show 2",
    "history 2",
    "visits",
    "parties",
    "undo --list",
    "list --json",
]


CHANGES = ["note 2 x", "due 2 2023-05-01 --reason x", "undo", "visit edit lyon-2022 --donor INL", "batch --atomic"]


REAL_DAY = {"FOLLOWUP_TODAY": "", "FOLLOWUP_LOCK_TIMEOUT": "0"}


@pytest.fixture
def on_mars(database: Database) -> Database:
    by_hand(database, lambda data: data["_meta"]["1"].update(settings={"timezone": "Mars/Olympus"}))
    return database


def test_an_unknown_time_zone_is_told_with_what_sets_another(on_mars: Database, run: Run) -> None:
    with unchanged(on_mars.path):
        for command in (*READING_COMMANDS, *CHANGES):
            refused = run(*command.split(), env=REAL_DAY, input="note 2 x\n")
            assert_refused(refused, 4, "Mars/Olympus", "followup config timezone", "--shared")
        checked = run("check", env=REAL_DAY)
    assert (checked.code, checked.err) == (3, "")
    assert "Mars/Olympus" in checked.out


def test_an_unknown_time_zone_is_shown_and_mended_by_config(on_mars: Database, run: Run) -> None:
    shown = run("config", env=REAL_DAY)
    assert (shown.code, shown.err) == (0, "")
    assert "Mars/Olympus" in shown.out
    assert document(run("config", "timezone", "--json", env=REAL_DAY))["timezone"]["value"] == "Mars/Olympus"
    assert run("config", "timezone", "none", "--shared", env=REAL_DAY) == (0, "timezone = none\n", "")
    assert run("list", env=REAL_DAY).code == 0
    assert run("note", "2", "x", env=REAL_DAY) == (0, "2 noted\n", "")


def test_an_unknown_time_zone_is_mended_by_another_one(on_mars: Database, run: Run) -> None:
    assert run("config", "timezone", "Asia/Tashkent", "--shared", env=REAL_DAY).code == 0
    assert run("note", "2", "x", env=REAL_DAY).code == 0


def test_a_batch_that_is_refused_holds_no_lock_against_itself(on_mars: Database, run: Run) -> None:
    done = run("batch", input="note 2 x\nnote 3 y\n", env=REAL_DAY)
    assert (done.code, done.err) == (4, "")
    assert [line.split()[:3] for line in done.out.splitlines()] == [["error", "1", "4"], ["error", "2", "4"]]
    assert "being changed" not in done.out
