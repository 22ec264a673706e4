"""Run the command in a real shell (bash, zsh, fish) or on a terminal, and read what that shows."""

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.support.run_command import FOLLOWUP, PATIENCE, Result


def installed(shell: str) -> str:
    """The path of a shell. Skips the test where there is none."""
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed here")
    return found


def shell(script: str, env: Mapping[str, str], *, name: str = "bash", input: bytes = b"") -> Result:  # noqa: A002
    """Run a script in a real shell that knows the command `followup`.

    Python writes no bytecode there: with a limit on the size of files it would leave a cut-off one behind.
    """
    flags = {"bash": ["--noprofile", "--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[name]
    path = os.path.dirname(FOLLOWUP) + os.pathsep + env["PATH"]
    done = subprocess.run(
        [installed(name), *flags, "-c", script],
        env={**env, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        input=input,
        capture_output=True,
        timeout=PATIENCE,
    )
    return Result(done.returncode, done.stdout.decode(errors="surrogateescape"), done.stderr.decode(errors="replace"))


def on_terminal(
    *argv: str,
    env: Mapping[str, str],
    columns: int = 80,
    rows: int = 24,
    typed: bytes = b"",
    is_stderr: bool = False,
    command: Sequence[str] = (FOLLOWUP,),
    cwd: Path | None = None,
) -> Result:
    """Run the command with a terminal for stdin and stdout (for stderr too, on request); `out` is what is drawn."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    process = subprocess.Popen(
        [*command, *argv],
        env={"TERM": "xterm-256color", **env},
        cwd=cwd,
        stdin=slave,
        stdout=slave,
        stderr=slave if is_stderr else subprocess.PIPE,
    )
    os.close(slave)
    if typed:
        os.write(master, typed)
    drawn = b""
    try:
        while part := os.read(master, 65536):
            drawn += part
    except OSError:
        pass  # Linux tells so that nobody has the other side open any more.
    _, err = process.communicate(timeout=PATIENCE)
    os.close(master)
    return Result(
        process.returncode, drawn.decode(errors="surrogateescape").replace("\r\n", "\n"), (err or b"").decode()
    )


def without_colours(text: str) -> str:
    """What is drawn without the sequences that colour it; any other sequence stays and shows."""
    import re

    return re.sub("\x1b\\[[0-9;]*m", "", text)


def columns_of(line: str) -> int:
    """The columns that a line takes on a terminal, by the widths of the Unicode tables."""
    import unicodedata

    width = 0
    for character in line:
        if not unicodedata.combining(character) and character not in "\u200b\u200c\u200d":
            width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return width
