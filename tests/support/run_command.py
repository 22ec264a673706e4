"""Runs the installed command as a real process, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from tests.support import fork_per_command

FOLLOWUP = os.path.join(os.path.dirname(sys.executable), "followup")
"""The installed command of the interpreter that runs the tests."""

PATIENCE = 120.0
"""Seconds after which a process or a condition is not waited for any more; only a failure reaches them."""


class Result(NamedTuple):
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


def start_process(command: Sequence[str], *, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
    """Start a command with its three streams piped and unbuffered; `more` is what subprocess.Popen takes."""
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, env=dict(env), **{**pipes, "bufsize": 0, **more})


def run_process(command: Sequence[str], *, env: Mapping[str, str], input: bytes = b"", **more: Any) -> Result:  # noqa: A002
    """Run a command to its end; `more` is what subprocess.run takes."""
    usual: dict[str, Any] = {"capture_output": True, "timeout": PATIENCE}
    done = subprocess.run(command, env=dict(env), input=input, **{**usual, **more})
    return _result(done.returncode, done.stdout or b"", done.stderr or b"")


def _result(code: int, out: bytes, err: bytes) -> Result:
    return Result(code, out.decode(errors="surrogateescape"), err.decode(errors="backslashreplace"))


def start(*argv: str, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
    """Start followup beside the test, which ends it."""
    return start_process([FOLLOWUP, *argv], env=env, **more)


def followup(*argv: str, env: Mapping[str, str], input: str | bytes | None = None, **more: Any) -> Result:  # noqa: A002
    """Run followup to its end; stdin is `input`, or empty.

    Most run in a fork of a process that has loaded the program (`fork_per_command`): own streams, environment and end,
    but not the start of the interpreter. With REAL_PROCESSES in the environment of the tests, all are started.
    """
    typed = input.encode() if isinstance(input, str) else input or b""
    if not more and "REAL_PROCESSES" not in os.environ and fork_per_command.can_run(argv, env):
        code, out, err = fork_per_command.run([FOLLOWUP, *argv], env, typed, timeout=PATIENCE)
        return _result(code, out, err)
    return run_process([FOLLOWUP, *argv], env=env, input=typed, **more)
