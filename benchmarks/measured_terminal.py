"""A program in a pty, of 80x24 where nothing else is said, with the times and counts of the bytes that it writes.

One thread does all: while the program works this process waits for its bytes, stamps them and answers the terminal's
questions. What the screen shows is worked out afterwards, so that it takes nothing from the two.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

from benchmarks.timing import CommandFailed
from tests.support.terminal_emulator import Screen

COLUMNS, ROWS = 80, 24

QUIET = 0.25
"""Seconds without a byte after which a start is over."""

KEY_QUIET = 0.12
"""The same after a key. A lone Esc is silent for longer, but before its first byte."""

PATIENCE = 60.0
"""Seconds after which a program is given up."""

_KEY_PATIENCE = 1.0

_TICK = 0.004
"""Seconds between two checks of a slow line."""

_QUESTION = re.compile(rb"\x1b\[(?:(6n)|0?c|\?(\d+)\$p)")
_NOT_FOR_PYTE = re.compile(rb"\x1b\[[<>=?][0-9;]*u|\x1b\[\?[0-9;]*\$p|\x1b\[[0-9;]*\$p")
_CUT_SHORT = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*)?$")


class ScreenResponse:
    """What a program wrote after its start, or after a key: how much, and seconds until the first and the last byte."""

    __slots__ = ("count", "first", "seconds")

    def __init__(self, count: int, seconds: float, first: float = 0) -> None:
        self.count = count
        self.seconds = seconds
        self.first = first


class MeasuredTerminal:
    """`with MeasuredTerminal(command, environment) as terminal`: a program in a pty of its own, killed at the end."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (COLUMNS, ROWS)
    ) -> None:
        """`size`: columns and rows."""
        self._screen = Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._new, self._asked, self._held = bytearray(), b"", b""
        self._has_cursor_keys = False
        self._command = " ".join(command)
        self._fd, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        # A session of its own, whose terminal is the first one it opens.
        actions = [
            (os.POSIX_SPAWN_OPEN, 0, os.ttyname(slave), os.O_RDWR, 0),
            (os.POSIX_SPAWN_DUP2, 0, 1),
            (os.POSIX_SPAWN_DUP2, 0, 2),
        ]
        full = {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._start = time.perf_counter()
        self.pid = os.posix_spawn(command[0], list(command), full, file_actions=actions, setsid=True)
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def started(self, *texts: str) -> ScreenResponse:
        """Wait until all texts are on the screen and nothing more is written. Raises: CommandFailed."""
        count, last = 0, self._start
        while True:
            more, _, at = self._burst(PATIENCE, QUIET)
            count, last = count + more, at or last
            shown = self.text()
            if all(text in shown for text in texts):
                return ScreenResponse(count, last - self._start)
            if not more:
                raise CommandFailed(f"{self._command}: {texts} did not all come to the screen:\n{shown}")

    def key(self, key: str) -> ScreenResponse:
        """Press a key and wait until all is drawn that it changes; no bytes when it changes nothing."""
        if self._has_cursor_keys and re.fullmatch(r"\x1b\[[A-D]", key):
            key = key.replace("[", "O")
        return self.after(lambda: os.write(self._fd, key.encode()))

    def after(self, deed: Callable[[], object], patience: float = _KEY_PATIENCE) -> ScreenResponse:
        """Do something and wait until all is drawn that it changes."""
        start = time.perf_counter()
        deed()
        count, first, last = self._burst(patience, KEY_QUIET)
        return ScreenResponse(count, last - start, first - start) if count else ScreenResponse(0, 0)

    def point(self, times: int) -> int:
        """Move the pointer this many `times`, as a terminal that reports it. Returns the bytes written."""
        motions = (f"\x1b[<35;{2 + at % (COLUMNS - 4)};{3 + at % (ROWS - 5)}M" for at in range(times))
        return self.after(lambda: os.write(self._fd, "".join(motions).encode())).count

    def on_a_slow_line(self, key: str, times: int, each: float, rate: int) -> ScreenResponse:
        """Press a key this many `times`, one every `each` seconds, on a line that carries `rate` bytes a second.

        The seconds are those from the last key to the last byte.
        """
        if self._has_cursor_keys:
            key = key.replace("[", "O")
        start = before = last = time.perf_counter()
        credit, pressed, count = 0.0, 0, 0
        while pressed < times or before - last < 2 * QUIET:
            time.sleep(_TICK)
            now = time.perf_counter()
            credit, before = min(credit + (now - before) * rate, 2 * _TICK * rate), now
            if pressed < times and now >= start + pressed * each:
                os.write(self._fd, key.encode())
                pressed, pressed_at = pressed + 1, now
            if data := self._read(0, int(credit)) if credit >= 1 else b"":
                credit, count, last = credit - len(data), count + len(data), now
        return ScreenResponse(count, last - pressed_at)

    def idle(self, seconds: float) -> tuple[int, float, float]:
        """Do nothing for a time: bytes that were written, CPU seconds and wake-ups of each second."""
        cpu, wakes = self._used()
        start, end, count = time.perf_counter(), time.perf_counter() + seconds, 0
        while (left := end - time.perf_counter()) > 0:
            count += len(self._read(left))
        took = time.perf_counter() - start
        cpu_after, wakes_after = self._used()
        return count, (cpu_after - cpu) / took, (wakes_after - wakes) / took

    def lines(self) -> list[str]:
        """What stands on the screen."""
        data = self._held + bytes(self._new)
        self._new.clear()
        cut = _CUT_SHORT.search(data)
        self._held = cut[0] if cut else b""
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data[: len(data) - len(self._held)]))
        return list(self._screen.display)

    def text(self) -> str:
        """The same in one text."""
        return "\n".join(self.lines())

    def mebibytes(self) -> float:
        """The memory that the program has now (RSS)."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def _used(self) -> tuple[float, int]:
        """CPU seconds of all its threads so far, and how often one of them was woken up."""
        nanoseconds = wakes = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            nanoseconds += int((task / "schedstat").read_text().split()[0])
            wakes += int((task / "status").read_text().split("\nvoluntary_ctxt_switches:")[1].split()[0])
        return nanoseconds / 1e9, wakes

    def _burst(self, patience: float, quiet: float) -> tuple[int, float, float]:
        """Read until nothing came for `quiet` seconds: how much, when the first and the last of it came."""
        count, first, last = 0, 0.0, 0.0
        while data := self._read(quiet if count else patience):
            count, last = count + len(data), time.perf_counter()
            first = first or last
        return count, first, last

    def _read(self, patience: float, most: int = 65536) -> bytes:
        """What the program writes next; nothing when time is up or the program gone."""
        if not select.select([self._fd], [], [], patience)[0]:
            return b""
        try:
            data = os.read(self._fd, most)
        except OSError:
            return b""  # What Linux says when the program is gone.
        self._new += data
        if b"\x1b" in data:
            self._answer(data)
        return data

    def _answer(self, data: bytes) -> None:
        data = self._asked + data
        cut = _CUT_SHORT.search(data)
        self._asked = cut[0] if cut else b""
        for question in _QUESTION.finditer(data):
            answer = "1;1R" if question[1] else "?62;22c"
            if question[2]:
                # Frames in one piece (2026) is what today's terminals can.
                answer = f"?{question[2].decode()};{2 if question[2] == b'2026' else 0}$y"
            os.write(self._fd, f"\x1b[{answer}".encode())
        if b"\x1b[?1h" in data:
            self._has_cursor_keys = True
