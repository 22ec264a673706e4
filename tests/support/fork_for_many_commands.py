"""Runs many commands in one fork of a process that has the program and its injections loaded: a tenth of a start."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

from tests.support import fork_for_many_commands_worker
from tests.support.program_with_injections import Program
from tests.support.run_command import Result


class LeftByCommand(NamedTuple):
    """What a command line left: its result, and the store as the worker reports it."""

    result: Result
    store: str


class PreloadedProgram:
    """A program that runs command lines one after the other, from any thread, until `end`."""

    def __init__(
        self, program: Program, env: Mapping[str, str], wrapped: Callable[[Program], Program] = lambda program: program
    ) -> None:
        """`wrapped` makes of the process what starts it as another account."""
        process = wrapped(program.instead(fork_for_many_commands_worker.main))
        self._process = process.start(env=env, stderr=None, bufsize=-1, cwd="/")
        self._lock = Lock()

    def run(self, lines: Sequence[Sequence[str]], env: Mapping[str, str]) -> tuple[list[LeftByCommand], list[int]]:
        """Run command lines in one fork; stdin is empty. Returns what each left, then how the fork ended (`[0]`)."""
        assert self._process.stdin
        assert self._process.stdout
        answers: list[LeftByCommand] = []
        with self._lock:
            self._process.stdin.write(json.dumps([dict(env), lines]).encode() + b"\n")
            self._process.stdin.flush()
            while len(answer := json.loads(self._process.stdout.readline() or "[1]")) > 1:
                *result, store = answer
                answers.append(LeftByCommand(Result(*result), store))
        return answers, answer

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()
