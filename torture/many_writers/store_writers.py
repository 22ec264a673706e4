"""Concurrent writers: shell loops of commands, batches and scripts fed line by line, keys in the app.

Each change carries a tag of its own (`w3.17`: the 17th of the writer w3), by which it is found in the history, and the
times when it was asked for and acknowledged, on the wall clock, which a shell has as well.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from torture.testbed import Sandbox

_LOOP = """
while IFS= read -r line; do
  called=$EPOCHREALTIME
  said=$(eval '"$@" '"$line" </dev/null 2>&1)
  code=$?
  printf '%s %s %s %s\\n' "$called" "$EPOCHREALTIME" "$code" "${said//$'\\n'/; }"
done
"""

PATIENT = {"FOLLOWUP_LOCK_TIMEOUT": "60"}
"""On a machine that has other work to do as well, nobody is to give up."""

PAIR = (2, 4)
"""Commitments that are marked together in a round of all kinds, never one alone."""


class Done(NamedTuple):
    """A change as its writer saw it: when it was asked for, when acknowledged, with what exit code and words."""

    tag: str
    called: float
    returned: float
    code: int
    answer: str


def one_record(tag: str, at: int) -> str:
    """A change of commitment 3, of the kind that comes at this place; no two changes have the same place."""
    day = date(2024, 1, 1) + timedelta(days=at)
    kinds = (
        f"note 3 {tag}",
        f"mark 3 {'agreed' if at % 2 else 'in-progress'} --note {tag}",
        f"due 3 {day} --reason {tag}",
        f"edit 3 --quote {tag}",
        f"chase 3 --again {day} --note {tag}",
        f"seats 3 --wanted {at} --letter {tag}",
    )
    return kinds[at % len(kinds)]


def many_records(tag: str, at: int) -> str:
    """A change of one of several records, or a new one."""
    first, second = PAIR
    kinds = (
        f"note 1 {tag}",
        f"add {tag} --visit lyon-2022 --by INTERPOL --to UNODC",
        f"mark {first} {second} {'agreed' if at % 3 else 'in-progress'} --note {tag}",
        f"visit add {tag} --place Paris --from 2023-01-01",
        f"edit 1 --quote {tag}",
        f"reason 4 {tag}",
    )
    return one_record(tag, at) if at % 7 == 0 else kinds[at % 7 - 1]


class ShellLoop:
    """`for ...; do followup ...; done`: one change after the other, each by a process of its own."""

    def __init__(self, sandbox: Sandbox, name: str, lines: list[str]) -> None:
        self._tags = [f"{name}.{at}" for at in range(len(lines))]
        self._lines = lines
        self.process = subprocess.Popen(
            ["bash", "-c", _LOOP, "bash", *sandbox.program.argv],
            env={**sandbox.env, **sandbox.program.variables, **PATIENT},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def begin(self) -> None:
        """Let it run; all are made first, so that they begin together."""
        assert self.process.stdin
        self.process.stdin.write("".join(f"{line}\n" for line in self._lines).encode())
        self.process.stdin.close()
        self.process.stdin = None

    def kill(self) -> None:
        """End it, with the command that it is at."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def ended(self) -> list[Done]:
        """The results of its changes."""
        out = self.process.communicate(timeout=300)[0].decode()
        done = []
        for tag, line in zip(self._tags, out.splitlines(), strict=True):
            called, returned, code, answer = line.split(" ", 3)
            done.append(Done(tag, float(called), float(returned), int(code), answer))
        return done


class _Until(threading.Thread):
    """Makes at most `most` changes in a thread until it is stopped, and keeps the findings."""

    def __init__(self, sandbox: Sandbox, name: str, most: int) -> None:
        super().__init__(daemon=True)
        self._sandbox = sandbox
        self._name = name
        self._most = most
        self.is_over = threading.Event()
        self.trouble = ""
        self.done: list[Done] = []

    def run(self) -> None:
        try:
            for done in self.changes():
                self.done.append(done)
                if self.is_over.is_set():
                    return
        except Exception as error:
            self.trouble = f"{type(error).__name__}: {error}"

    def changes(self) -> Iterator[Done]:
        raise NotImplementedError

    def ended(self) -> list[Done]:
        """Stop it. Returns the results of its changes."""
        self.is_over.set()
        self.join()
        return self.done


class LongBatch(_Until):
    """One `batch` that gets a line when the one before was acknowledged, as a program that keeps it open does."""

    def changes(self) -> Iterator[Done]:
        """Notes on commitment 3, as long as it is let."""
        with self._sandbox.start("batch", stderr=subprocess.STDOUT, env=PATIENT) as batch:
            assert batch.stdin
            assert batch.stdout
            for at in range(self._most):
                tag = f"{self._name}.{at}"
                called = time.time()
                batch.stdin.write(f"note 3 {tag}\n".encode())
                answer = batch.stdout.readline().decode()
                returned = time.time()
                yield Done(tag, called, returned, 0 if answer.startswith("ok ") else 1, answer)


_SCRIPT = """
import sys
for at, line in enumerate(sys.stdin):
    tag = line.strip()
    if at % 3 == 0:
        db.update({"quote": tag}, doc_ids=[3])
    elif at % 3 == 1:
        db.insert({"title": tag, "visit": "lyon-2022", "by": ["INTERPOL"], "to": ["UNODC"]})
    else:
        with db.transaction():
            db.run("note", 3, tag)
            db.update({"source": tag}, doc_ids=[3])
    print("ok", flush=True)
"""


class TinyDBScript(_Until):
    """One `python` that works through TinyDB, and gets a line when the one before was acknowledged."""

    def changes(self) -> Iterator[Done]:
        """Edits and notes of commitment 3, and new ones, as long as it is let."""
        path = self._sandbox.home / "script.py"
        path.write_text(_SCRIPT)
        with self._sandbox.start("python", str(path), stderr=subprocess.STDOUT, env=PATIENT) as script:
            assert script.stdin
            assert script.stdout
            for at in range(self._most):
                tag = f"{self._name}.{at}"
                called = time.time()
                script.stdin.write(f"{tag}\n".encode())
                answer = script.stdout.readline().decode()
                yield Done(tag, called, time.time(), 0 if answer == "ok\n" else 1, answer)


class AppPerson(_Until):
    """A person before the app, who notes one thing after the other."""

    def changes(self) -> Iterator[Done]:
        """Notes on what the cursor is on; the form closes when one is saved, and only then."""
        with self._sandbox.app(env=PATIENT) as screen:
            for at in range(self._most):
                tag = f"{self._name}.{at}"
                screen.send("n")
                screen.wait_for("ctrl+s")
                screen.send(tag)
                screen.wait_for(tag)
                called = time.time()
                screen.send("\x13")
                screen.wait_for(lambda: "ctrl+s" not in screen.lines()[-1])
                yield Done(tag, called, time.time(), 0, screen.lines()[-2].strip())
            screen.send("q")
            screen.wait_exit()
