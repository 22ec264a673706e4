"""The line to the terminal: writing that never fails, and what the terminal is set to."""

import os
import select
import termios
from contextlib import suppress
from typing import Any

_PIECE = 16_384
"""Most frames fit into one. Whoever closes a stuck line gets rid of what waits after the piece in the kernel."""


class Line:
    """What the writer thread writes to. It never raises: when the terminal is gone, all that follows is dropped."""

    def __init__(self, fileno: int, encoding: str) -> None:
        self._fileno = fileno
        self._encoding = encoding
        self._held: list[str] = []
        self.is_closed = False

    def fileno(self) -> int:
        return self._fileno

    def write(self, text: str) -> int:
        """Keep it for the next flush, which comes when nothing more is waiting to be written."""
        self._held.append(text)
        return len(text)

    def flush(self) -> None:
        """Send what was kept. Another program may have made the shared terminal non-blocking, so that is waited for."""
        data = "".join(self._held).encode(self._encoding, "replace")
        self._held.clear()
        while data and not self.is_closed:
            try:
                data = data[os.write(self._fileno, data[:_PIECE]) :]
            except BlockingIOError:
                select.select([], [self._fileno], [], 1)
            except OSError:
                self.is_closed = True

    def discard(self) -> None:
        """Drop what the terminal has not read yet. Linux wakes up who waits for room at the end of a pause only."""
        with suppress(termios.error):
            termios.tcflush(self._fileno, termios.TCOFLUSH)
            termios.tcflow(self._fileno, termios.TCOOFF)
            termios.tcflow(self._fileno, termios.TCOON)


def is_in_background(fileno: int) -> bool:
    """Whether the terminal belongs to another job now. One that cannot tell is nobody else's."""
    try:
        return os.tcgetpgrp(fileno) != os.getpgrp()
    except OSError:
        return False


def attributes(fileno: int) -> list[Any] | None:
    """How the terminal treats what is typed and written; None for what is no terminal (any more)."""
    try:
        return termios.tcgetattr(fileno)
    except termios.error:
        return None


def set_attributes(fileno: int, wanted: list[Any] | None) -> None:
    """Make it so, unless the terminal is another job's now (which would also stop this process)."""
    if wanted is not None and not is_in_background(fileno):
        with suppress(termios.error):
            termios.tcsetattr(fileno, termios.TCSANOW, wanted)
