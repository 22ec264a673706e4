"""Files that are bombs are refused for what they are, within the memory that reading may take."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.bomb_files import BOMBS
from tests.support.check_answers_and_refusals import assert_refused, unchanged
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP, PATIENCE
from tests.support.store_builders import VISIT

_MEMORY = "takes more than 512 MB of memory"
_UNPACKED = "is larger than 256 MB when it is unpacked"
REFUSALS = {
    "shared string": _MEMORY,
    "long cell": _UNPACKED,
    "many strings told": _MEMORY,
    "long sheet": _MEMORY,
    "many parts": _UNPACKED,
    "lying size": _UNPACKED,
    "commas": _MEMORY,
    "short rows": "has more than 4,000,000 cells",
    "nested JSON": "is nested too deeply",
    "many keys": "has 300,000 keys in 3,000 items",
    "folded lines": "has more than 1,000,000 characters in row 1",
}
MOST = 576 << 10
"""Kilobytes of memory in use that no process of an import reaches: what reading may take, and an interpreter."""


MEASURE = """
import os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(f"\\n{usage.ru_maxrss}", end="", flush=True)
os._exit(os.waitstatus_to_exitcode(status))
"""
"""Runs a command and prints the most memory that a process of it had, in kilobytes. The kernel counts what a process
had before it became another program, so the large one of the tests must not be the one that starts it."""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_refused_for_what_it_is(
    database: Database, environment: dict[str, str], tmp_path: Path, name: str
) -> None:
    file, make = BOMBS[name]
    path = tmp_path / file
    path.write_bytes(make())
    answers = tmp_path / "answer", tmp_path / "sentence"
    with unchanged(database.path), answers[0].open("wb") as out, answers[1].open("wb") as err:
        measured = subprocess.run(
            [sys.executable, "-I", "-c", MEASURE, FOLLOWUP, "import", str(path)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            timeout=PATIENCE,
        )
    answer, sentence = (answer.read_text() for answer in answers)
    answer, _, most = answer.rpartition("\n")
    assert (measured.returncode, answer) == (1, "")
    assert sentence.startswith(f"followup: {file} ")
    assert REFUSALS[name] in sentence
    assert sentence.count("\n") == 1
    assert int(most) < MOST


def test_the_memory_is_a_setting(database: Database, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Action,By,To\n" + b'"' + b"long, " * 5_000_000 + b'"\n')
    assert run("config", "import-memory", "128").out == "import-memory = 128\n"
    refused = run("import", str(path))
    assert_refused(refused, 1, "list.csv was not read", "more than 128 MB", "followup config import-memory MEGABYTES")
    assert run("config", "import-memory", "1024").code == 0
    assert_refused(run("import", str(path)), 1, "a cell is longer than 1,000,000 characters")


@pytest.mark.parametrize("value", ["127", "65537", "much", "-5", "512.5", "٥١٢", "9" * 5000])
def test_the_memory_is_a_number_of_megabytes(database: Database, run: Run, value: str) -> None:
    refused = run("config", "import-memory", value) if value[0] != "-" else run("config", "import-memory", "--", value)
    assert refused.code == 2
    assert "import-memory is a whole number of megabytes, from 128 to 65536" in refused.err


def test_a_file_that_is_no_file_is_not_waited_for(database: Database, run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/null", "/dev/zero", str(tmp_path)):
        assert_refused(run("import", path), 2, f"{path} is no file")


def test_stdin_can_be_empty_closed_or_endless(database: Database, run: Run, environment: dict[str, str]) -> None:
    assert_refused(run("import", "-", input=b""), 1, "stdin is empty")
    closed = f"exec {FOLLOWUP} import - <&-"
    for command, words in ((closed, "stdin is empty"), (f"yes a,b | {FOLLOWUP} import -", "stdin ")):
        done = subprocess.run(["/bin/sh", "-c", command], env=environment, capture_output=True, text=True)
        assert done.stderr.startswith(f"followup: {words}"), done
        assert done.stderr.count("\n") == 1


def _terminal_env(environment: dict[str, str]) -> dict[str, str]:
    return {**environment, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"}


def test_what_is_typed_into_stdin_is_a_list(database: Database, environment: dict[str, str]) -> None:
    with PtyScreen([FOLLOWUP, "import", "-", "--visit", VISIT], _terminal_env(environment)) as screen:
        screen.send("Action,By,To\rSend it,UNODC,INTERPOL\r\x04")
        assert screen.wait_exit() == 0
        screen.wait_for("new #5 Send it")
        assert screen.attributes() == screen.attributes_before


def test_a_long_reading_says_how_far_it_is_and_is_broken_off(database: Database, environment: dict[str, str]) -> None:
    endless = ["/bin/sh", "-c", f"sleep 600 | {FOLLOWUP} import -; echo left with $?; exit 0"]
    with unchanged(database.path), PtyScreen(endless, _terminal_env(environment)) as screen:
        screen.wait_for("followup: reading stdin, 1 s")
        screen.send("\x03")
        screen.wait_for(lambda: "reading stdin" not in screen.text())
        assert "Traceback" not in screen.text()
