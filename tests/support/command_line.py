"""Runs shells, terminals and other users, and asserts what every refusal and every answer has in common."""

import ctypes
import fcntl
import json
import os
import pty
import pwd
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from store.server_name import is_server_name
from tests.support import store_builders
from tests.support.run_command import FOLLOWUP, PATIENCE, Result

ME = pwd.getpwuid(os.getuid()).pw_name
"""The operating-system user who runs the tests."""


@contextmanager
def unchanged(store: str) -> Iterator[None]:
    """The store is, byte by byte, what it was, and nothing is left beside it but the lock."""
    if is_server_name(store):
        from tests.support.both_stores import digest

        digested = digest(store)
        yield
        assert digest(store) == digested
        return
    before, beside = Path(store).read_bytes(), _names(store)
    yield
    assert Path(store).read_bytes() == before
    assert _names(store) == beside


def _names(store: str) -> list[str]:
    folder, name = os.path.split(store)
    return sorted(each for each in os.listdir(folder) if each != f".{name}.lock")


def assert_refused(result: Result, code: int, *fragments: str) -> None:
    """One sentence on stderr that holds these fragments, nothing on stdout, and the exit code."""
    assert result.code == code, result
    assert result.out == "", result
    assert_one_sentence(result.err, *fragments)


def assert_one_sentence(err: str, *fragments: str) -> None:
    """Talk is one line, names the program, and is no traceback."""
    assert err.startswith("followup: "), err
    assert err.endswith("\n"), err
    assert err.count("\n") == 1, err
    assert "Traceback" not in err
    assert "NoneType" not in err
    for fragment in fragments:
        assert fragment in err


def assert_harmless(text: str) -> None:
    """Nothing in it can move, colour or hide anything: only what prints, blanks, tabs and line ends."""
    harmless = "\n\t\xa0\u200c\u200d"
    strange = {character for character in text if not character.isprintable() and character not in harmless}
    assert not strange, ascii(text)


def document(result: Result) -> Any:
    """The JSON that a command printed, after checking that it succeeded quietly."""
    assert result.code == 0, result
    return json.loads(result.out)


def ids(result: Result) -> list[int]:
    """The numbers in the first column of what a command printed."""
    assert (result.code, result.err) == (0, ""), result
    return [int(line.split("\t")[0]) for line in result.out.splitlines()]


def installed(shell: str) -> str:
    """The path of a shell. Skips the test where there is none."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed here")
    return found


def shell(script: str, env: Mapping[str, str], *, name: str = "bash", input: bytes = b"") -> Result:  # noqa: A002
    """Run a script in a real shell that knows the command `followup`.

    Python writes no bytecode there: with a limit on the size of files it would leave a cut-off one behind.
    """
    flags = {"bash": ["--noprofile", "--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
    path = os.path.dirname(FOLLOWUP) + os.pathsep + env["PATH"]
    done = subprocess.run(
        [installed(name), *flags, "-c", script],
        env={**env, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        input=input,
        capture_output=True,
        timeout=PATIENCE,
    )
    return Result(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))


def on_terminal(
    *argv: str,
    env: Mapping[str, str],
    columns: int = 80,
    rows: int = 24,
    typed: bytes = b"",
    is_stderr: bool = False,
    command: Sequence[str] = (FOLLOWUP,),
    cwd: Path | None = None,
) -> Result:
    """Run the command with a terminal for stdin and stdout (for stderr too, on request); `out` is what is drawn."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [*command, *argv],
        env={"TERM": "xterm-256color", **env},
        cwd=cwd,
        stdin=slave,
        stdout=slave,
        stderr=slave if is_stderr else subprocess.PIPE,
    )
    os.close(slave)
    if typed:
        os.write(master, typed)
    drawn = b""
    try:
        while part := os.read(master, 65536):
            drawn += part
    except OSError:
        pass  # Linux tells so that nobody has the other side open any more.
    _, err = process.communicate(timeout=PATIENCE)
    os.close(master)
    return Result(
        process.returncode, drawn.decode(errors="surrogateescape").replace("\r\n", "\n"), (err or b"").decode()
    )


def without_colours(text: str) -> str:
    """What is drawn without the sequences that colour it; any other sequence stays and shows."""
    import re

    return re.sub("\x1b\\[[0-9;]*m", "", text)


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that every user can reach and write in; pytest's own folders are private."""
    folder = tempfile.mkdtemp(prefix="followup-tests-", dir="/tmp")
    os.chmod(folder, 0o2777)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)


@contextmanager
def opened(path: str) -> Iterator[Callable[[], bool]]:
    """Gives a function that waits until somebody opens this file, and says whether somebody did."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init()
    assert libc.inotify_add_watch(watch, os.fsencode(path), 0x20) >= 0  # IN_OPEN
    try:
        yield lambda: bool(select.select([watch], [], [], PATIENCE)[0])
    finally:
        os.close(watch)


def columns_of(line: str) -> int:
    """The columns that a line takes on a terminal, by the widths of the Unicode tables."""
    import unicodedata

    width = 0
    for character in line:
        if not unicodedata.combining(character) and character not in "\u200b\u200c\u200d":
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width


def lines_of(result: Result) -> Sequence[str]:
    """The lines of stdout of a command that succeeded without talk."""
    assert (result.code, result.err) == (0, ""), result
    return result.out.splitlines()


def revision(store: str) -> int:
    """The revision of a store, as it says itself."""
    seen: int = store_builders.open_store(store).snapshot().revision
    return seen


def wait_until_read(descriptor: int) -> None:
    """Until the other side of a pipe has taken all that was written into it."""
    deadline = time.monotonic() + PATIENCE
    while struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4))[0]:
        assert time.monotonic() < deadline
        os.sched_yield()
