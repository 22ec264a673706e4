"""Runs the `console` blocks of a page on a terminal of 80 columns, in a home of their own.

`$ ` is the reader's shell, `2$ ` a second one. A block below `<!-- run in the demo store of DAY -->` has the demo store
of that day, one store for all such blocks of the page; with `in ru` behind the day it is made in Russian. A block that
begins with ```python NAME is a file in the home.
"""

import fcntl
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import NamedTuple

from store.users_and_groups import user_name

PROMPT = re.compile(r"(2?)\$ (.*)")
HERE = re.compile(r"<<(\w+)$")
"""The end of a line that more lines follow, up to one that is this word."""
DEMO = "<!-- run in the demo store of "


class ConsoleStep(NamedTuple):
    """One command of a page: the block it stands in, the shell it is typed into, the output that the page shows."""

    block: int
    shell: str
    command: str
    shown: str


class ConsoleBlock(NamedTuple):
    """A `console` block: the lines inside its fences, and the day of the demo store, if it is run there."""

    start: int
    end: int
    demo_day: str


def blocks_of(lines: list[str]) -> list[ConsoleBlock]:
    """The `console` blocks of a page."""
    found = []
    for start, line in enumerate(lines):
        if line == "```console":
            before = lines[start - 1]
            day = before[len(DEMO) :].removesuffix(" -->") if before.startswith(DEMO) else ""
            found.append(ConsoleBlock(start + 1, lines.index("```", start), day))
    return found


def files_of(lines: list[str]) -> dict[str, str]:
    """Name -> text of the files that a page shows."""
    found = {}
    for start, line in enumerate(lines):
        if line.startswith("```python "):
            text = lines[start + 1 : lines.index("```", start)]
            found[line.removeprefix("```python ")] = "".join(f"{each}\n" for each in text)
    return found


def steps_of(lines: list[str]) -> list[ConsoleStep]:
    """Every command of a page, in order."""
    steps: list[ConsoleStep] = []
    for place, block in enumerate(blocks_of(lines)):
        inside = iter(lines[block.start : block.end])
        for line in inside:
            prompt = PROMPT.fullmatch(line)
            if prompt:
                typed = [prompt[2]]
                while typed[-1].endswith("\\"):
                    typed.append(next(inside))
                if here := HERE.search(typed[-1]):
                    while typed[-1] != here[1]:
                        typed.append(next(inside))
                steps.append(ConsoleStep(place, prompt[1], "\n".join(typed), ""))
            else:
                steps[-1] = steps[-1]._replace(shown=steps[-1].shown + line + "\n")
    return steps


class ShellSession:
    """Shells that share a home, each remembering its exported variables from one command to the next."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "adviser"
        self.home.mkdir()
        self._folder = folder
        self._codes: dict[str, int] = {}

    def run(self, shell: str, command: str) -> str:
        """Run a command; returns its stdout and stderr together, as a person sees them."""
        state = self._folder / f"shell{shell}"
        state.touch()
        script = (
            f"cd; . {shlex.quote(str(state))}; (exit {self._codes.get(shell, 0)})\n"
            f"{command}\n__code=$?; export -p > {shlex.quote(str(state))}; exit $__code"
        )
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        raw = termios.tcgetattr(theirs)
        raw[1] &= ~termios.OPOST
        termios.tcsetattr(theirs, termios.TCSANOW, raw)
        argv = ["bash", "--noprofile", "--norc", "-c", script]
        with subprocess.Popen(
            argv, env=self._environment(), stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs
        ) as it:
            os.close(theirs)
            printed = b""
            while part := _read(ours):
                printed += part
        os.close(ours)
        self._codes[shell] = it.returncode
        return self._as_adviser(printed.decode())

    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join((os.path.dirname(sys.executable), os.defpath))
        return {"HOME": str(self.home), "PATH": path, "LANG": "C.UTF-8", "TZ": "UTC", "TERM": "xterm", "NO_COLOR": "1"}

    def _as_adviser(self, printed: str) -> str:
        """The reader of the pages logs in as adviser; what stands in columns beside that name stays there."""
        own = user_name({})
        printed = printed.replace(str(self.home), "/home/adviser")

        def named(found: re.Match[str]) -> str:
            return "adviser".ljust(len(found[0])) if found[1] else "adviser"

        return re.sub(rf"\b{re.escape(own)}\b( {{9,}}(?=\|))?", named, printed)


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""  # What Linux says when the last writer of a terminal is gone.


def timeless(text: str) -> str:
    """The text without what the clock put into it, which no FOLLOWUP_TODAY holds still."""
    text = re.sub(r"\d{1,2} [A-Z][a-z]{2}( \d{4})?, \d\d:\d\d\b", "INSTANT", text)
    text = re.sub(r"(\.copies/\d{10})\.\d{4}-\d\d-\d\d\.json", r"\1.DAY.json", text)
    text = re.sub(r"(?m)^( *\d+  )\d{4}-\d\d-\d\d \d\d:\d\d  ", r"\1DAY, TIME        ", text)
    return re.sub(r"\.replaced-\d{8}T\d{6}Z", ".replaced-INSTANT", text)


def run_page(lines: list[str], folder: Path) -> list[tuple[ConsoleStep, str]]:
    """Run every command of a page in order. Returns each with its output."""
    terminal = ShellSession(folder)
    for name, text in files_of(lines).items():
        (terminal.home / name).write_text(text, encoding="utf-8")
    demo_days = [block.demo_day for block in blocks_of(lines)]
    for demo_day in sorted({*demo_days} - {""}):
        day, _, language = demo_day.partition(" in ")
        path = folder / "demo" / day / language / "commitments.json"
        shell, chosen = f"-demo-{demo_day}", f" --lang {language}" if language else ""
        terminal.run(shell, f"export FOLLOWUP_TODAY={day} FOLLOWUP_STORE={path}; followup{chosen} demo {path}")
    return [
        (step, terminal.run(f"-demo-{demo_days[step.block]}" if demo_days[step.block] else step.shell, step.command))
        for step in steps_of(lines)
    ]


def with_output(lines: list[str], folder: Path) -> list[str]:
    """The page with the output of its commands as they print it now."""
    done = run_page(lines, folder)
    renewed = list(lines)
    for place, block in reversed(list(enumerate(blocks_of(lines)))):
        inside: list[str] = []
        for step, printed in done:
            if step.block == place:
                is_same = timeless(printed) == timeless(step.shown)
                inside += f"{step.shell}$ {step.command}".splitlines()
                inside += (step.shown if is_same else printed).splitlines()
        renewed[block.start : block.end] = inside
    return renewed
