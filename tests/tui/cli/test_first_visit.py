"""The first visit makes the store, once, however many people enter one at the same time."""

import gc
import sys
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.maintenance import create_store
from tests.conftest import Run
from tests.support import run_command
from tests.support.command_line import document
from tests.support.run_command import PATIENCE
from tui.__main__ import FullScreenApp
from tui.cli.main import run as run_here

FIRST = ["--place", "Vienna", "--from", "2023-02-01"]


@pytest.mark.answers_differ("which of them is first is a matter of luck")
def test_six_first_visits_at_once_all_succeed(environment: dict[str, str], run: Run) -> None:
    env = {**environment, "FOLLOWUP_STORE": "", "FOLLOWUP_LOCK_TIMEOUT": "60"}
    processes = [run_command.start("visit", "add", f"Workshop {each}", *FIRST, env=env) for each in range(6)]
    slugs = []
    for process in processes:
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        slugs.append(out.decode().strip())
    assert sorted(slugs) == ["vienna-2023", *(f"vienna-2023-{each}" for each in range(2, 7))]
    found = document(run("visits", "--json", env={"FOLLOWUP_STORE": ""}))
    assert sorted(visit["title"] for visit in found) == [f"Workshop {each}" for each in range(6)]


def test_a_first_visit_finds_the_store_that_another_made_meanwhile(
    environment: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_private = create_store.make_private
    store = Path(environment["HOME"], ".local/share/followup/commitments.json")

    def after_another(database: Database, settings: Any) -> None:
        if database.path == str(store) and not store.exists():
            assert run("visit", "add", "Theirs", *FIRST, env={"FOLLOWUP_STORE": ""}).code == 0
        make_private(database, settings)

    monkeypatch.setattr(create_store, "make_private", after_another)
    mine = {name: value for name, value in environment.items() if name != "FOLLOWUP_STORE"}
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert run_here(["visit", "add", "Mine", *FIRST], mine, FullScreenApp()) == 0
    gc.enable()
    found = document(run("visits", "--json", env={"FOLLOWUP_STORE": ""}))
    assert {visit["title"] for visit in found} == {"Mine", "Theirs"}
