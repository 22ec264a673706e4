"""What the history and the list of processes tell of a change, whatever its author says and types."""

import json
import time
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import run_command
from tests.support.run_command import PATIENCE

pytestmark = pytest.mark.file_only("processes and clocks of the machine")

_SECRET = "what the minister said"


def test_the_instant_stands_beside_the_day_that_is_set(database: Database, run: Run) -> None:
    earlier = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    assert run("note", "2", "x", env={"FOLLOWUP_TODAY": "2020-01-01"}).code == 0
    assert run("note", "2", "y", "--today", "2020-01-02").code == 0
    first, second = json.loads(run("history", "2", "--json").out)[-2:]
    assert (first["day"], second["day"]) == ("2020-01-01", "2020-01-02")
    assert earlier <= first["at"] <= second["at"]


def test_what_comes_through_stdin_is_not_in_the_list_of_processes(
    database: Database, environment: dict[str, str]
) -> None:
    process = run_command.start("note", "2", "-", env=environment)
    assert process.stdin is not None
    process.stdin.write(_SECRET.encode())
    process.stdin.flush()
    told = Path(f"/proc/{process.pid}/cmdline").read_bytes() + Path(f"/proc/{process.pid}/environ").read_bytes()
    out, _ = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (0, b"2 noted\n")
    assert _SECRET.encode() not in told
    assert database.snapshot().notes(2)[-1]["note"] == _SECRET
