"""Connections that are terminated, and server processes that are killed, amid the saves of several writers."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from typing import Self

import psycopg

from torture.proof import Proof
from torture.server.server_sandbox import ServerSandbox, server_sandbox
from torture.testbed import Testbed

WRITERS = 4

TARGET = """SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'followup%' AND datname = current_database()
    ORDER BY (state = 'idle'), random() LIMIT 1"""


class BatchWriter(threading.Thread):
    """Notes down one thing after the other in a batch, and keeps what was answered."""

    def __init__(self, sandbox: ServerSandbox, name: str) -> None:
        super().__init__(daemon=True)
        self._name = name
        self._process: subprocess.Popen[bytes] = sandbox.start("batch")
        self.is_over = threading.Event()
        self.answers: dict[str, tuple[int, str]] = {}
        """Note -> the exit code of its line, and the sentence."""

    def run(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        at = 0
        while not self.is_over.is_set():
            tag = f"{self._name}.{at}"
            self._process.stdin.write(f"note {1 + at % 2} {tag}\n".encode())
            kind, _, number, text = self._process.stdout.readline().decode().split(" ", 3)
            self.answers[tag] = (0 if kind == "ok" else int(number), text.strip())
            at += 1

    def ended(self) -> None:
        """Stop it after the line that it waits for."""
        self.is_over.set()
        self.join(120)
        self._process.kill()
        self._process.communicate()


class Writers:
    """`with Writers(sandbox, proof) as writers`: some of them at once; in the end what was answered is judged."""

    def __init__(self, sandbox: ServerSandbox, proof: Proof) -> None:
        self._sandbox = sandbox
        self._proof = proof
        self._writers = [BatchWriter(sandbox, f"w{number}") for number in range(WRITERS)]

    def __enter__(self) -> Self:
        for writer in self._writers:
            writer.start()
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for writer in self._writers:
            self._proof.check(writer.is_alive(), "a writer was gone before its end")
            writer.ended()
        for writer in self._writers:
            self._proof.check(not writer.is_alive(), "a writer waits for ever")
        if kind is None:
            answers = {tag: said for writer in self._writers for tag, said in writer.answers.items()}
            judge(self._proof, self._sandbox, answers)

    def are_all_alive(self) -> bool:
        return all(writer.is_alive() for writer in self._writers)

    def wait_for_answers(self, more: int) -> None:
        """Wait until so many more lines were answered, or two minutes."""
        end = time.monotonic() + 120
        count = self._answered() + more
        while self._answered() < count and time.monotonic() < end:
            time.sleep(0.02)

    def _answered(self) -> int:
        return sum(len(writer.answers) for writer in self._writers)


def terminated_connections(testbed: Testbed) -> Proof:
    """Terminate connections as an administrator does."""
    proof = Proof("D1", f"connections terminated amid the saves of {WRITERS} writers")

    def strike(sandbox: ServerSandbox, control: psycopg.Connection) -> bool:
        return bool(control.execute(f"SELECT pg_terminate_backend(pid) FROM ({TARGET}) target").fetchall())

    _struck(testbed, proof, "connections terminated", testbed.amount(1_000, 20), 0.05, strike)
    return proof


def killed_servers(testbed: Testbed) -> Proof:
    """Kill a process of the server, which ends all connections and makes it recover as after a crash."""
    proof = Proof("D1", f"server processes killed amid the saves of {WRITERS} writers")

    def strike(sandbox: ServerSandbox, control: psycopg.Connection) -> bool:
        for (pid,) in control.execute(TARGET).fetchall():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
                return True
        return False

    _struck(testbed, proof, "server processes killed", testbed.amount(100, 2), 0.3, strike)
    return proof


def _struck(
    testbed: Testbed,
    proof: Proof,
    what: str,
    times: int,
    pause: float,
    strike: Callable[[ServerSandbox, psycopg.Connection], bool],
) -> None:
    for name in (what, "acknowledged", "refused", "unknown", "lost", "twice", "refused and yet there"):
        proof.count(name, 0)
    with server_sandbox(testbed) as sandbox, Writers(sandbox, proof) as writers:
        while proof.counted(what) < times and writers.are_all_alive():
            testbed.progress(what, proof.counted(what), times)
            with contextlib.suppress(psycopg.OperationalError), control(sandbox) as connection:
                while proof.counted(what) < times and writers.are_all_alive():
                    proof.count(what, strike(sandbox, connection))
                    time.sleep(testbed.chance.random() * 2 * pause)


def control(sandbox: ServerSandbox) -> psycopg.Connection:
    """A connection of the administrator."""
    return sandbox.server.connected(sandbox.database)


def judge(proof: Proof, sandbox: ServerSandbox, answers: dict[str, tuple[int, str]]) -> None:
    """Compare what was answered with the notes that are there."""
    there = sandbox.notes()
    for tag, (code, sentence) in answers.items():
        found = there[tag]
        if code == 0:
            proof.count("acknowledged")
            if not proof.check(found, f"{tag} was acknowledged and is lost"):
                proof.count("lost")
        elif code == 7:
            proof.count("unknown")
        else:
            proof.count("refused")
            proof.check(code == 5, f"{tag}: exit {code}: {sentence}")
            if not proof.check(not found, f"{tag}: exit {code}, and yet it is there"):
                proof.count("refused and yet there")
        if not proof.check(found <= 1, f"{tag} is there {found} times"):
            proof.count("twice")
    proof.check(not set(there) - set(answers), f"nobody wrote {set(there) - set(answers)}")
    sandbox.check_history(proof, "in the end")
