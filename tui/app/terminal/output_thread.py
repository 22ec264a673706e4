"""The line to the terminal: writing that never fails, and what the terminal is set to."""

from __future__ import annotations

import os
import select
import termios
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.app.terminal.flow_control import FlowControl

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.app.terminal.frame_differ import FrameDiffer

_PIECE = 16_384
"""Most frames fit into one. Whoever closes a stuck line gets rid of what waits after the piece in the kernel."""


class OutputThread:
    """What Textual writes is taken at once, and sent by a thread of its own as fast as the terminal shows it.

    What came meanwhile is sent as one. It never raises: when the terminal is gone, all that follows is dropped.
    """

    def __init__(
        self, fileno: int, encoding: str, frame_differ: FrameDiffer | None, failed: Callable[[Exception], None]
    ) -> None:
        """Without a `frame_differ` all is sent as it is written. `failed` is called with an error of the thread."""
        self._fileno = fileno
        self._encoding = encoding
        self._frame_differ = frame_differ
        self._failed = failed
        self._flow_control = FlowControl()
        self._held: list[str] = []
        self._has_output = self._is_ending = self._is_asking = False
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self.is_closed = False

    def open(self) -> None:
        """Begin to send."""
        self._is_ending, self._is_asking = False, self._frame_differ is not None
        # What was asked before a suspension may never be answered.
        self._flow_control = FlowControl()
        self._thread = threading.Thread(target=self._run, name="output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Have it sent. While the line is not open (suspended, or no terminal at all) it is dropped."""
        if self._thread is None:
            return
        with self._condition:
            if self._frame_differ is not None:
                self._frame_differ.feed(text)
            else:
                self._held.append(text)
            self._has_output = True
            self._condition.notify_all()

    def answered(self) -> None:
        """The terminal has answered the question of the pace."""
        with self._condition:
            self._flow_control.answered()
            self._condition.notify_all()

    def stop_asking(self, seconds: float) -> None:
        """Ask nothing more, and wait for an answer that is under way, or it would be typed into the shell."""
        with self._condition:
            self._is_asking = False
            self._condition.wait_for(lambda: not self._flow_control.is_asked, seconds)

    def let_answer_come(self, seconds: float) -> None:
        """The same without the lock, for a handler of signals."""
        self._is_asking = False
        end = time.monotonic() + seconds
        while self._flow_control.is_asked and time.monotonic() < end:
            time.sleep(0.005)

    def close(self) -> None:
        """Send what is left, and wait until that is done."""
        if self._thread is not None:
            with self._condition:
                self._is_ending = True
                self._condition.notify_all()
            self._thread.join()
            self._thread = None

    def _run(self) -> None:
        try:
            self._send_all()
        except Exception as error:
            self._failed(error)

    def _send_all(self) -> None:
        while True:
            with self._condition:
                while not self._is_ending:
                    patience = self._flow_control.patience() if self._has_output else None
                    if self._has_output and patience is None:
                        break
                    self._condition.wait(patience)
                data, self._has_output = self._output(), False
                if not data and self._is_ending:
                    return
            self._send(data)

    def _output(self) -> bytes:
        text = "".join(self._held) if self._frame_differ is None else self._frame_differ.output()
        self._held.clear()
        if text and self._is_asking:
            text += self._flow_control.sending(len(text))
        return text.encode(self._encoding, "replace")

    def _send(self, data: bytes) -> None:
        """Another program may have made the shared terminal non-blocking, so that is waited for."""
        while data and not self.is_closed:
            try:
                data = data[os.write(self._fileno, data[:_PIECE]) :]
            except BlockingIOError:
                select.select([], [self._fileno], [], 1)
            except OSError:
                self.is_closed = True


def put(fileno: int, text: str) -> None:
    """Write to a terminal, as far as it takes it."""
    with suppress(OSError):
        data = text.encode()
        while data:
            data = data[os.write(fileno, data) :]


def discard(fileno: int) -> None:
    """Drop what a terminal has not read yet. Linux wakes up who waits for room at the end of a pause only."""
    with suppress(termios.error):
        termios.tcflush(fileno, termios.TCOFLUSH)
        termios.tcflow(fileno, termios.TCOOFF)
        termios.tcflow(fileno, termios.TCOON)


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


def set_attributes(fileno: int, target: list[Any] | None) -> None:
    """Make it so, unless the terminal is another job's now (which would also stop this process)."""
    if target is not None and not is_in_background(fileno):
        with suppress(termios.error):
            termios.tcsetattr(fileno, termios.TCSANOW, target)
