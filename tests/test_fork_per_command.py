"""A command in a fork of the program that is loaded already leaves and answers what a started one does."""

import re
import subprocess
from pathlib import Path

import pytest

from store.database import Database
from tests.support import fork_per_command
from tests.support.process_holding_lock import held
from tests.support.run_command import FOLLOWUP, PATIENCE, Result, followup, run_process
from tests.support.store_builders import raw


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that run in a fork; here they do."""
    monkeypatch.delenv("REAL_PROCESSES", raising=False)
    commands: list[str] = []
    quick = fork_per_command.run

    def run(argv: list[str], *more: object, **named: object) -> object:
        commands.append(argv[1])
        return quick(argv, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(fork_per_command, "run", run)
    return commands


@pytest.mark.parametrize(
    ("argv", "typed"),
    [
        (["status"], b""),
        (["list", "--json"], b""),
        (["check"], b""),
        (["show", "99"], b""),
        (["nothing"], b""),
        (["add", "--help"], b""),
        (["mark", "4", "reported", "--json"], b""),
        (["note", "2", "Письмо \udcff"], b""),
        (["batch"], b"note 2 x\nnote 99 y\n"),
        (["export", "--format", "xlsx"], b""),
        (["sheet", "--lang", "ru"], b""),
        (["config"], b""),
    ],
)
def test_it_answers_and_leaves_what_a_started_one_does(
    database: Database, environment: dict[str, str], counted: list[str], argv: list[str], typed: bytes
) -> None:
    before = raw(database)
    started = run_process([FOLLOWUP, *argv], env=environment, input=typed)
    left = raw(database)
    Path(database.path).write_bytes(before)
    assert _timeless(followup(*argv, env=environment, input=typed)) == _timeless(started)
    assert (len(raw(database)), raw(database) == before) == (len(left), left == before)
    assert counted == [argv[0]]


def _timeless(result: Result) -> Result:
    """What a command left, without the instants of its changes: two may be made in two seconds."""
    return result._replace(out=re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "INSTANT", result.out))


def test_what_an_interpreter_looks_at_while_it_starts_needs_a_start(
    database: Database, environment: dict[str, str], counted: list[str]
) -> None:
    for more in ({"PYTHONHASHSEED": "1"}, {"LANG": "C"}, {"LC_ALL": "ru_RU.KOI8-R"}):
        assert followup("list", "--ids", env={**environment, **more}).out == "4\n2\n1\n3\n"
    assert followup("list", "--ids", env=environment, cwd="/").out == "4\n2\n1\n3\n"
    assert not counted


def test_each_has_its_own_environment_folder_and_streams(
    database: Database, environment: dict[str, str], counted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    large = "x" * 3_000_000
    assert followup("status", env=environment, input=large).code == 0
    assert followup("backup", "here.json", env={**environment, "FOLLOWUP_TODAY": "2024-01-01"}).code == 0
    assert (tmp_path / "here.json").exists()
    assert followup("list", "--ids", env={**environment, "FOLLOWUP_STORE": str(tmp_path / "none.json")}).code == 4
    assert followup("list", "--ids", env=environment).out == "4\n2\n1\n3\n"
    assert len(counted) == 4


def test_one_that_hangs_is_ended_and_the_next_one_runs(database: Database, environment: dict[str, str]) -> None:
    patient = {**environment, "FOLLOWUP_LOCK_TIMEOUT": "3600"}
    with held(database), pytest.raises(subprocess.TimeoutExpired):
        fork_per_command.run([FOLLOWUP, "note", "2", "x"], patient, b"", timeout=0.1)
    assert fork_per_command.run([FOLLOWUP, "list", "--ids"], environment, b"", timeout=PATIENCE)[1] == b"4\n2\n1\n3\n"
