"""What a process asks the kernel for: its calls are written down, or one of them fails, by strace or from within."""

import functools
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from torture.program import Program


class Call(NamedTuple):
    """A system call; `began` and `ended` are the lines of the log in which it did, so that threads have an order."""

    name: str
    arguments: str
    result: int | None
    began: int
    ended: int

    @property
    def file(self) -> str:
        """The file behind its first argument, a descriptor."""
        found = re.match(r"\d+<([^>]*)>", self.arguments)
        return found[1] if found else ""

    @property
    def names(self) -> list[str]:
        """The paths among its arguments."""
        return re.findall(r'"((?:[^"\\]|\\.)*)"', self.arguments)

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


_RECORDING = """
import os
log, real = os.open(os.environ["RECORDED"], os.O_WRONLY | os.O_APPEND | os.O_CREAT), {}
def quoted(value):
    if isinstance(value, int):
        try:
            return f"{value}<{os.readlink(f'/proc/self/fd/{value}')}>"
        except OSError:
            return str(value)
    text = value if isinstance(value, str) else bytes(value).decode("latin-1")
    return '"' + text.encode("unicode_escape").decode().replace('"', '\\\\"') + '"'
def wrapped(name):
    def called(*arguments, **named):
        result = real[name](*arguments, **named)
        line = f"{os.getpid()} {name}({', '.join(map(quoted, arguments[:2]))}) = {result or 0}\\n"
        real["write"](log, line.encode())
        return result
    return called
for name in ("fsync", "fdatasync", "sync", "rename", "replace", "link", "write", "pwrite"):
    real[name] = getattr(os, name)
    setattr(os, name, wrapped(name))
"""
"""Starts the program so that it writes its own calls down, those that make a change durable, as strace does."""


def recorded(program: Program, log: Path, calls: str) -> Program:
    """The program with these calls written down in a log, by strace, or by itself where that cannot be."""
    if why_not() is None:
        return traced(program, log, calls)
    return program.after(_RECORDING, RECORDED=str(log))


def traced(program: Program, log: Path, calls: str, *more: str) -> Program:
    """The program with these calls written down in a log; `more` are options of strace."""
    variables = {**program.variables, "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["-y", "-s", "65536", "-qq", "-e", "signal=none", "-e", f"trace={calls}", *more, "-o", str(log)]
    return Program(["strace", *_quickly(), *options, *program.argv], variables)


def failing(program: Program, log: Path, call: str, how: str, when: str) -> Program:
    """The program with a call of this name failing; `how` and `when` as strace's inject takes them."""
    return traced(program, log, call, "-e", f"inject={call}:{how}:when={when}")


_FAILING = """
import errno, os, sys, threading
order, real = os.environ["FAILING"], {}
plan = {"at": 0, "count": 0, "error": 0, "on": False}
def wrapped(name):
    def called(*arguments, **named):
        if threading.current_thread().name.startswith(os.environ["FAILING_IN"]):
            if os.path.lexists(order):
                with open(order) as file:
                    at, error, on = file.read().split()
                real["unlink"](order)
                plan.update(at=int(at), error=getattr(errno, error, 0), on=on == "on", count=0)
            plan["count"] += 1
            if plan["count"] == plan["at"] or (plan["on"] and plan["count"] > plan["at"] > 0):
                with open(order + ".failed", "a") as file:
                    file.write(name + " ")
                if not plan["error"]:
                    os.kill(os.getpid(), 9)
                if name == "close":
                    real[name](*arguments)
                raise OSError(plan["error"], os.strerror(plan["error"]))
        return real[name](*arguments, **named)
    return called
for name in "open write pwrite ftruncate fsync close fchmod fchown link rename unlink mkdir listdir stat fstat".split():
    real[name] = getattr(os, name)
    setattr(os, name, wrapped(name))
"""
"""Starts the program so that a call of some threads fails when a file orders it: `NUMBER ERROR once|on`.

ERROR can be KILL, which kills it there.
"""


def failing_by_order(program: Program, order: Path, thread: str = "") -> Program:
    """The program whose calls in threads of this name fail as a file orders; those of all threads without a name."""
    return program.after(_FAILING, FAILING=str(order), FAILING_IN=thread)


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
