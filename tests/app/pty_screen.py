"""A terminal with a person before it, for tests: a program runs as a job of a small shell in a pty, and is looked at.

Nothing sleeps: what a test waits for is a condition, with a timeout that only a failure reaches.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Self

import pyte

_SHELL = """\
import os, signal, sys
told, asked, ignores, *argv = sys.argv[1:]
told, asked = int(told), int(asked)
tell = lambda *words: os.write(told, (" ".join(map(str, words)) + "\\n").encode())
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
job = os.fork()
if not job:
    os.setpgid(0, 0)
    os.tcsetpgrp(0, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_IGN if ignores == "1" else signal.SIG_DFL)
    os.execvp(argv[0], argv)
signal.signal(signal.SIGHUP, signal.SIG_IGN if ignores == "1" else lambda *_: os.killpg(job, signal.SIGHUP))
tell("started", job)
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    try:
        os.tcsetpgrp(0, os.getpgrp())
    except OSError:
        pass
    if not os.WIFSTOPPED(status):
        break
    tell("stopped")
    where = os.read(asked, 1)
    if where == b"f":
        os.tcsetpgrp(0, job)
    os.killpg(job, signal.SIGCONT)
tell("ended", os.waitstatus_to_exitcode(status))
os.read(asked, 1)
"""
"""Does what a shell does for one job: the foreground, stopping, going on; tells of it, and of the exit code.

It outlives the job, because the end of a session's leader hangs its terminal up and resets it.
"""

_QUESTION = re.compile(rb"\x1b\[(?:(6n)|0?(c)|\?(\d+)\$p)")
_NOT_FOR_PYTE = re.compile(r"\x1b\[[<>=?][0-9;]*u|\x1b\[\?[0-9;]*\$p")
_CUT_SHORT = re.compile(r"\x1b(?:\[[0-?]*[ -/]*)?$")
_MODES = re.compile(rb"\x1b\[\?([0-9;]+)([hl])")

Condition = str | Callable[[], object]


class PtyScreen:
    """`with PtyScreen(argv, env) as screen`: what a program draws, and all that a person and a line can do to it."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
        ignores_hang_up: bool = False,
        has_sync: bool = True,
    ) -> None:
        self._master, self._slave = pty.openpty()
        self._set_size(columns, rows)
        self.attributes_before = self.attributes()
        self._has_sync = has_sync
        self._screen = pyte.Screen(columns or 80, rows or 24)
        self._stream = pyte.Stream(self._screen)
        self._raw = bytearray()
        self._answered = 0
        self._held = ""
        self._events: list[str] = []
        self._news = threading.Condition()
        self._told, told = os.pipe()
        asked, self._ask = os.pipe()
        self._hands, self._wake = os.pipe()
        self._is_reading = True
        shell = [sys.executable, "-I", "-S", "-c", _SHELL, str(told), str(asked), str(int(ignores_hang_up)), *argv]
        slave = self._slave
        self._shell = subprocess.Popen(
            shell, env={"TERM": "xterm-256color", **env}, pass_fds=[told, asked], preexec_fn=lambda: os.login_tty(slave)
        )
        os.close(told)
        os.close(asked)
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for(lambda: self._events)
        self.pid = int(self._events[0].split()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._has("ended"):
            with contextlib.suppress(OSError):
                os.kill(self.pid, signal.SIGKILL)
        self._shell.kill()
        self._shell.wait()
        self._do(b"x")
        self._reader.join()
        for fileno in (self._slave, self._told, self._ask, self._hands, self._wake):
            os.close(fileno)

    # The terminal itself, in a thread of its own, which alone reads and closes the line.

    def _read(self) -> None:
        sources = [self._master, self._told, self._hands]
        while sources:
            ready, _, _ = select.select(sources, [], [])
            with self._news:
                if self._told in ready:
                    told = os.read(self._told, 4096).decode()
                    self._events += told.splitlines()
                    if not told:
                        sources.remove(self._told)
                if self._master in ready:
                    self._take(os.read(self._master, 65536))
                if self._hands in ready:
                    deed = os.read(self._hands, 1)
                    self._obey(deed, sources)
                    if deed == b"x":
                        return
                self._news.notify_all()

    def _obey(self, deed: bytes, sources: list[int]) -> None:
        if deed in (b"x", b"h") and self._master >= 0:
            os.close(self._master)
        if self._master in sources:
            sources.remove(self._master)
        if deed == b"r":
            sources.append(self._master)
        if deed in (b"x", b"h"):
            self._master = -1

    def _take(self, data: bytes) -> None:
        self._raw += data
        for question in _QUESTION.finditer(self._raw, self._answered):
            self._answered = question.end()
            cursor = self._screen.cursor
            answer = f"\x1b[{cursor.y + 1};{cursor.x + 1}R" if question[1] else "\x1b[?62;22c"
            if question[3]:
                answer = f"\x1b[?{question[3].decode()};{2 * (self._has_sync and question[3] == b'2026')}$y"
            os.write(self._master, answer.encode())
        text = self._held + data.decode("utf-8", "replace")
        cut = _CUT_SHORT.search(text)
        self._held = cut[0] if cut else ""
        self._stream.feed(_NOT_FOR_PYTE.sub("", text[: len(text) - len(self._held)]))

    def _do(self, deed: bytes) -> None:
        os.write(self._wake, deed)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
