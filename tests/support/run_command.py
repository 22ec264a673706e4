"""Runs the installed command as a real process, in an environment of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any, NamedTuple

from tests.support.store_builders import TODAY

FOLLOWUP = os.path.join(os.path.dirname(sys.executable), "followup")
"""The installed command of the interpreter that runs the tests."""


class Result(NamedTuple):
    """What a command left: exit code, stdout, stderr."""

    code: int
    out: str
    err: str


def isolated(home: str, **more: str) -> dict[str, str]:
    """An environment of its own for a process: nothing of the outside but PATH."""
    return {
        "HOME": home,
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "FOLLOWUP_TODAY": TODAY,
        **more,
    }


def start(*argv: str, env: Mapping[str, str], **more: Any) -> subprocess.Popen[bytes]:
    """The command as a process that runs beside the test, its three streams piped; the test ends it."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen([FOLLOWUP, *argv], env=dict(env), bufsize=0, **{**pipes, **more})


def followup(*argv: str, env: Mapping[str, str], input: str | bytes | None = None, **more: Any) -> Result:  # noqa: A002
    """Run the command to its end; stdin is `input`, or empty."""
    typed = input.encode() if isinstance(input, str) else input or b""
    done = subprocess.run([FOLLOWUP, *argv], env=dict(env), input=typed, capture_output=True, timeout=60, **more)
    return Result(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))
