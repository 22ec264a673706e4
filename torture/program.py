"""The program on trial, started from outside as people start it: the installed command, or a broken copy of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP, Result, isolated
from torture.broken import Breakage, copied

_SLOW_FSYNC = """
import os, time
real = os.fsync
def slow(descriptor):
    time.sleep(0.01)
    real(descriptor)
os.fsync = slow
"""

_START = """
from tui.__main__ import main
main()
"""


class Program:
    """`argv` starts it, and its words are added; `variables` go with every process."""

    def __init__(self, argv: list[str] | None = None, variables: Mapping[str, str] | None = None) -> None:
        """Without arguments: the installed command of the interpreter that runs this."""
        self.argv = argv or [FOLLOWUP]
        self.variables = dict(variables or {})

    def run(self, *argv: str, env: Mapping[str, str], input: bytes = b"", **more: Any) -> Result:  # noqa: A002
        """Run it to its end; `more` is what subprocess.run takes."""
        usual: dict[str, Any] = {"capture_output": True, "timeout": 120}
        done = subprocess.run([*self.argv, *argv], env={**env, **self.variables}, input=input, **{**usual, **more})
        out, err = done.stdout or b"", done.stderr or b""
        return Result(done.returncode, out.decode(errors="surrogateescape"), err.decode(errors="backslashreplace"))

    def start(self, *argv: str, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
        """Start it with its three streams piped and unbuffered."""
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen([*self.argv, *argv], env={**env, **self.variables}, bufsize=0, **{**pipes, **more})

    def in_terminal(
        self, *argv: str, env: Mapping[str, str], size: tuple[int, int] = (80, 24), ignores_hang_up: bool = False
    ) -> PtyScreen:
        """Start it as a job of a shell in a terminal; use that as a context manager, which ends it."""
        return PtyScreen([*self.argv, *argv], {**env, **self.variables}, size, ignores_hang_up)

    def after(self, script: str, **variables: str) -> Program:
        """The same program, started when a script of Python has changed what it stands on."""
        return Program([sys.executable, "-P", "-c", script + _START], {**self.variables, **variables})

    def on_a_slow_disk(self) -> Program:
        """The same program where every fsync takes 10 ms more, as on a usual disk."""
        return self.after(_SLOW_FSYNC)


def broken_program(breakage: Breakage, folder: Path) -> Program:
    """A copy of the program in a folder, broken on purpose."""
    copy = copied(folder, breakage)
    return Program([sys.executable, "-P", "-m", "tui"], {"PYTHONPATH": str(copy)})


def environment(home: Path, store: Path) -> dict[str, str]:
    """The surroundings of a process on trial: the fixed day of the tests, a home and a store of its own."""
    return isolated(str(home), FOLLOWUP_STORE=str(store), LC_ALL="C.UTF-8", TERM="xterm-256color")


def is_root() -> bool:
    """Whether this runs as root, which mounting and becoming another user needs."""
    return os.geteuid() == 0
