"""The program under test: started as people start it, or with functions injected before it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.support.fixed_day_and_user import isolated
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP, Result, run_process, start_process
from tui.__main__ import main

ROOT = Path(__file__).parents[2]


class Injection(Protocol):
    """A function of a module that imports little, called in the process of the program before that starts."""

    __module__: str
    __name__: str

    def __call__(self) -> object: ...


class Program:
    """`argv` starts it, and its words are added; `variables` go with every process; `injections` run first in each."""

    def __init__(
        self,
        argv: Sequence[str] = (),
        variables: Mapping[str, str] | None = None,
        injections: Sequence[Injection] = (),
    ) -> None:
        """Without `argv`: the installed command of the interpreter that runs this, or the same with injections."""
        self.argv = list(argv) or (_python(injections, main) if injections else [FOLLOWUP])
        self.variables = dict(variables or {})
        self._injections = tuple(injections)

    def run(self, *argv: str, env: Mapping[str, str], input: bytes = b"", **more: Any) -> Result:  # noqa: A002
        """Run it to its end; `more` is what subprocess.run takes."""
        variables = {**env, **self.variables}
        return run_process([*self.argv, *argv], env=variables, input=input, **{"timeout": 120, **more})

    def start(self, *argv: str, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
        """Start it with its three streams piped and unbuffered."""
        return start_process([*self.argv, *argv], env={**env, **self.variables}, **more)

    def in_terminal(
        self, *argv: str, env: Mapping[str, str], size: tuple[int, int] = (80, 24), ignores_hang_up: bool = False
    ) -> PtyScreen:
        """Start it as a job of a shell in a terminal; use that as a context manager, which ends it."""
        return PtyScreen([*self.argv, *argv], {**env, **self.variables}, size, ignores_hang_up)

    def after(self, *injections: Injection, **variables: str) -> Program:
        """The same program with functions that run before it; they replace what it stands on."""
        return Program((), {**self.variables, **variables}, (*self._injections, *injections))

    def instead(self, start: Injection) -> Program:
        """Another function started in the place of the program, in a process with the same injections."""
        return Program(_python(self._injections, start), self.variables, self._injections)

    def wrapped(self, wrap: Callable[[Sequence[str]], Sequence[str]]) -> Program:
        """The same program, started by the words that `wrap` makes of its own (`argv`)."""
        return Program(wrap(self.argv), self.variables, self._injections)

    def under(self, *words: str) -> Program:
        """The same program, started by a command (`setpriv ...`) that takes another one as its last words."""
        return self.wrapped(lambda argv: [*words, *argv])


def _python(injections: Sequence[Injection], start: Injection) -> list[str]:
    """The words that start Python with these functions, one after the other."""
    begin = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv[0] = 'followup'\n"
        "from tui.launcher import leave_out_foreign_folders; leave_out_foreign_folders()\n"
        f"sys.path.append({str(ROOT)!r})"
    )
    calls = [f"from {each.__module__} import {each.__name__}; {each.__name__}()" for each in (*injections, start)]
    return [sys.executable, "-P", "-c", "\n".join([begin, *calls])]


def environment(home: Path, store: Path) -> dict[str, str]:
    """The surroundings of a process under test: the fixed day of the tests, a home and a store of its own."""
    return isolated(str(home), FOLLOWUP_STORE=str(store), LC_ALL="C.UTF-8", TERM="xterm-256color")


def is_root() -> bool:
    """Whether this runs as root, which mounting and becoming another user needs."""
    return os.geteuid() == 0
