"""Trace the system calls of a process, or make one of them fail: by strace, or from within."""

import functools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.support.program_with_injections import Program
from torture.injected.file_calls import ORDER, RECORDED, THREAD, fail_by_order, record_calls

_IN_A_FOLDER = re.compile(r"at2?$|^newfstatat$")
"""The calls that take a name in an open folder."""


class Call(NamedTuple):
    """A system call; `began` and `ended` are the lines of the log in which it did, so that threads have an order."""

    name: str
    arguments: str
    result: int | None
    began: int
    ended: int

    @property
    def file(self) -> str:
        """The file behind its first argument, a descriptor that is not the folder of a name."""
        found = re.match(r"\d+<([^>]*)>", self.arguments)
        return found[1] if found and not _IN_A_FOLDER.search(self.name) else ""

    @property
    def names(self) -> list[str]:
        """The paths among its arguments; a name in an open folder with the path of that."""
        found = re.findall(r'(?:<([^>]*)>, )?"((?:[^"\\]|\\.)*)"', self.arguments)
        return [f"{folder}/{name}" if folder and not name.startswith("/") else name for folder, name in found]

    @property
    def failed(self) -> bool:
        """Whether it came to nothing, or never to an end."""
        return self.result is None or self.result < 0


@functools.cache
def why_not() -> str | None:
    """Why nothing can be traced here; None when it can."""
    if shutil.which("strace") is None:
        return "strace is not installed here"
    if subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode:
        return "strace may not trace a process here"
    return None


@functools.cache
def _quickly() -> list[str]:
    """The option that stops a process at the traced calls only, where this strace has it."""
    quickly = ["-f", "--seccomp-bpf"]
    tried = subprocess.run(["strace", *quickly, "-o", "/dev/null", "true"], capture_output=True)
    return quickly if tried.returncode == 0 and not tried.stderr else ["-f"]


def recorded(program: Program, log: Path, calls: str) -> Program:
    """The program with these calls written down in a log, by strace, or by itself where that cannot be."""
    if why_not() is None:
        return traced(program, log, calls)
    return program.after(record_calls, **{RECORDED: str(log)})


def traced(program: Program, log: Path, calls: str, *more: str) -> Program:
    """The program with these calls written down in a log; `more` are options of strace."""
    variables = {**program.variables, "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-y", "-s", "65536", "-qq", "-e", "signal=none", "-e", f"trace={calls}", *more, "-o", str(log)]
    return Program(program.argv, variables).under("strace", *_quickly(), *options)


def failing(program: Program, log: Path, call: str, how: str, when: str) -> Program:
    """The program with a call of this name failing; `how` and `when` as strace's inject takes them."""
    return traced(program, log, call, "-e", f"inject={call}:{how}:when={when}")


def failing_by_order(program: Program, order: Path, thread: str = "") -> Program:
    """The program whose file calls fail as a file orders (`file_calls.ORDER`).

    `thread`: only those in threads whose names begin so.
    """
    return program.after(fail_by_order, **{ORDER: str(order), THREAD: thread})


_WHOLE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)")
_BEGUN = re.compile(r"(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>(.*)\) += (-?\d+|\?)")


def calls_in(log: Path) -> list[Call]:
    """The calls of a log, in the order in which they ended."""
    return list(_parsed(log.read_text(errors="replace").splitlines()))


def _parsed(lines: list[str]) -> Iterator[Call]:
    begun: dict[str, tuple[str, int]] = {}
    for at, line in enumerate(lines):
        if found := _BEGUN.match(line):
            begun[found[1]] = (found[3], at)
        elif found := _RESUMED.match(line):
            arguments, began = begun.pop(found[1], ("", at))
            yield Call(found[2], arguments + found[3], _number(found[4]), began, at)
        elif found := _WHOLE.match(line):
            yield Call(found[2], found[3], _number(found[4]), at, at)


def _number(text: str) -> int | None:
    return None if text == "?" else int(text)
