"""Runs a program as a job of a small shell in a pty, types into it and reads its screen.

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
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from tests.support.run_command import PATIENCE
from tests.support.terminal_emulator import TerminalEmulator

ANSWER = re.compile(rb"\x1b\[(?:\d+;\d+R|\?[\d;]+c)")
"""An answer to the questions of the app's flow control."""

_LAST = b"\0" * 8
"""Terminals ignore NUL, and no program writes so many: what comes before them is all that the job has written."""


class PtyScreen:
    """`with PtyScreen(argv, env) as screen`: what a program draws, and all that a person and a line can do to it."""

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        size: tuple[int, int] = (80, 24),
        ignores_hang_up: bool = False,
    ) -> None:
        self._master, slave = pty.openpty()
        self._slave = slave
        self._glass = TerminalEmulator(*size)
        self._events: list[str] = []
        self._changed = threading.Condition()
        self.written_at = 0.0
        """When it last wrote something (`time.monotonic`)."""
        self.resize(*size)
        self.attributes_before = self.attributes()
        self._event_pipe, events = os.pipe()
        asked, self._ask = os.pipe()
        self._hands, self._wake = os.pipe()
        shell = [sys.executable, "-I", "-S", str(Path(__file__).with_name("job_shell.py")), str(events), str(asked)]
        self._shell = subprocess.Popen(
            [*shell, str(int(ignores_hang_up)), *argv],
            env={"TERM": "xterm-256color", **env},
            pass_fds=[events, asked],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(events)
        os.close(asked)
        self._is_read = True
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for(lambda: self._events)
        self.pid = int(self._events[0].split()[1])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.has_ended:
            self.signal(signal.SIGKILL)
        self._shell.kill()
        self._shell.wait()
        os.write(self._wake, b"hx")
        self._reader.join()
        for fileno in (self._slave, self._event_pipe, self._ask, self._hands, self._wake):
            os.close(fileno)

    # What a test looks at.

    def lines(self) -> list[str]:
        with self._changed:
            return self._glass.lines()

    def cells(self) -> list[list[tuple[object, ...]]]:
        """Each cell with its style."""
        with self._changed:
            return self._glass.cells()

    def text(self) -> str:
        return "\n".join(self.lines())

    def raw(self) -> bytes:
        """All bytes that the job and the shell wrote to the terminal."""
        return bytes(self._glass.raw).replace(_LAST, b"")

    def modes(self) -> set[int]:
        """The modes that are on: of each the last word counts."""
        return self._glass.modes()

    @property
    def has_ended(self) -> bool:
        """Whether the job is gone."""
        return self._events[-1].startswith("ended")

    @property
    def terminal(self) -> int:
        """The descriptor of the terminal as a program has it."""
        return self._slave

    def attributes(self) -> list[Any]:
        """What `stty` shows."""
        return termios.tcgetattr(self._slave)

    # What a test waits for.

    def wait_for(self, condition: str | Callable[[], object], timeout: float = PATIENCE) -> None:
        """Until a text stands on the screen, or a predicate holds; looked at again whenever anything happens."""
        is_so = (lambda: condition in self.text()) if isinstance(condition, str) else condition
        end = time.monotonic() + timeout
        while not is_so():
            left = end - time.monotonic()
            assert left > 0, f"in vain, with {self._events} and this on the screen:\n{self.text()}"
            with self._changed:
                # Not all that a predicate asks is told here: files, attributes.
                self._changed.wait(min(left, 0.02))

    def wait_stopped(self, times: int = 1) -> None:
        """Wait until the job has stopped this many `times` and the shell has the terminal, with all that it wrote."""
        self.wait_for(lambda: self._events.count("stopped") >= times)
        self.wait_drained()

    def wait_exit(self, timeout: float = PATIENCE) -> int:
        """The exit code of the job; minus the signal that killed it. All that it wrote is on the screen."""
        self.wait_for(lambda: self.has_ended, timeout)
        self.wait_drained()
        return int(self._events[-1].split()[1])

    def wait_drained(self) -> None:
        """Wait until all that was written to the terminal is on the screen, unless the terminal takes nothing.

        What is written to a pty can be read a while later only, and the thread that reads may be later still.
        """
        if self._is_read:
            already = self._glass.raw.count(_LAST)
            self.wait_for(lambda: _ready([self._slave], select.POLLOUT, 0))
            os.write(self._slave, _LAST)
            self.wait_for(lambda: self._glass.raw.count(_LAST) > already)

    # What a test does.

    def send(self, keys: str | bytes) -> None:
        os.write(self._master, keys.encode() if isinstance(keys, str) else keys)

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def resize(self, columns: int, rows: int) -> None:
        """Make it another size; the kernel tells the job in the foreground."""
        with self._changed:
            fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            self._glass.resize(columns, rows)

    def write_as_shell(self, text: str) -> None:
        os.write(self._slave, text.encode())

    def go_on(self, *, in_background: bool = False) -> None:
        """`fg` or `bg` for the stopped job."""
        os.write(self._ask, b"b" if in_background else b"f")

    def stop_reading(self) -> None:
        """From now on the terminal takes nothing, as one behind a line that is stuck."""
        self._is_read = False
        os.write(self._wake, b"s")

    def read_again(self) -> None:
        self._is_read = True
        os.write(self._wake, b"r")

    def has_read_all(self) -> bool:
        """Whether the job has taken all that was typed."""
        return not struct.unpack("i", fcntl.ioctl(self._slave, termios.FIONREAD, b"\0" * 4))[0]

    def hang_up(self) -> None:
        """The line is lost."""
        self._is_read = False
        os.write(self._wake, b"h")

    def _answer(self, text: bytes) -> None:
        """Send what the terminal answers."""
        os.write(self._master, text)

    # The terminal itself: a thread of its own, which alone reads and closes the line.

    def _read(self) -> None:
        sources = [self._hands, self._event_pipe, self._master]
        while True:
            ready = _ready(sources, select.POLLIN)
            with self._changed:
                if self._event_pipe in ready:
                    text = os.read(self._event_pipe, 4096).decode()
                    self._events += text.splitlines()
                    self._glass.end_frame()
                    sources = sources if text else [each for each in sources if each != self._event_pipe]
                if self._master in ready:
                    self.written_at = time.monotonic()
                    self._answer(self._glass.take(os.read(self._master, 65536)))
                for deed in os.read(self._hands, 1) if self._hands in ready else b"":
                    if deed == ord("x"):
                        return
                    sources = [each for each in sources if each != self._master]
                    sources += [self._master] if deed == ord("r") else []
                    if deed == ord("h") and self._master >= 0:
                        os.close(self._master)
                        self._master = -1
                self._changed.notify_all()


def _ready(descriptors: list[int], event: int, patience: int | None = None) -> list[int]:
    """Those that are ready for this event of poll, or at their end, after `patience` milliseconds at most."""
    poll = select.poll()
    for descriptor in descriptors:
        poll.register(descriptor, event)
    return [descriptor for descriptor, _ in poll.poll(patience)]


class SilentScreen(PtyScreen):
    """One that does not answer where its cursor is and what it is."""

    def _answer(self, text: bytes) -> None:
        super()._answer(ANSWER.sub(b"", text))
