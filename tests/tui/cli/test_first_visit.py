"""The first visit makes the store, once, however many people enter one at the same time."""

import errno
import gc
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from store.maintenance import create_store
from tests.conftest import Run
from tests.support import run_command
from tests.support.check_answers_and_refusals import document
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


def test_a_disk_that_is_full_once_the_store_is_made_is_told_of_store_and_visit_apart(
    environment: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    sync = os.fsync

    def fails_once_the_store_is_there(descriptor: int) -> None:
        if store.exists():
            raise full
        sync(descriptor)

    store = Path(environment["HOME"], ".local/share/followup/commitments.json")
    monkeypatch.setattr(os, "fsync", fails_once_the_store_is_there)
    mine = {name: value for name, value in environment.items() if name != "FOLLOWUP_STORE"}
    assert run_here(["visit", "add", "Mine", *FIRST], mine, FullScreenApp()) == 4
    gc.enable()
    assert capsys.readouterr().err.splitlines() == [
        f"followup: made a store at {store}",
        "followup: the store is made, but the disk did not confirm it: No space left on device",
        f"followup: not saved: No space left on device, in {store.parent}; the store is as it was",
    ]
    assert document(run("visits", "--json", env={"FOLLOWUP_STORE": ""})) == []
