"""The output thread: sends output to the terminal without ever blocking the app; and the terminal's attributes."""

from __future__ import annotations

import os
import select
import termios
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tui.app.terminal.output_pacing import FlowControl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.app.terminal.frame_reader import FrameDiffer

_PIECE = 16_384
"""Bytes of one write; most frames fit. On closing a blocked terminal only such a piece waits in the kernel."""

_QUEUE_PATIENCE = 1.0
"""Seconds to wait for a terminal that takes nothing; closing waits for it in any case."""


def _in_columns(text: str, encoding: str) -> bytes:
    """Encode what is drawn: what the encoding lacks has a plain sign of one column in its place."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        from tui.signs_an_encoding_lacks import encoded_in_columns  # a terminal that does not take UTF-8 is rare

        return encoded_in_columns(text, encoding)


class OutputThread:
    """Queues output, and sends it from its own thread as fast as the terminal shows it.

    Output that was queued meanwhile is sent as one. It never raises: once the terminal is gone, output is dropped.
    """

    def __init__(
        self,
        fileno: int,
        encoding: str,
        frame_differ: FrameDiffer | None,
        failed: Callable[[Exception], None],
        *,
        does_answer: bool = True,
    ) -> None:
        """Without a `frame_differ` all is sent as it is written. `failed` is called with an error of the thread.

        `does_answer`: whether the terminal's answers say what it has shown.
        """
        self._fileno = fileno
        self._encoding = encoding
        self._frame_differ = frame_differ
        self._failed = failed
        self._does_answer = does_answer
        self._flow_control = FlowControl(does_answer=does_answer)
        self._held: list[str] = []
        self._has_output = self._is_ending = self._is_asking = False
        self._condition = threading.Condition()
        self._thread: threading.Thread | None = None
        self.is_closed = False

    def open(self) -> None:
        """Start the thread."""
        self._is_ending, self._is_asking = False, self._frame_differ is not None
        # A question from before a suspension may never be answered.
        self._flow_control = FlowControl(does_answer=self._does_answer)
        self._thread = threading.Thread(target=self._run, name="output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Queue output; dropped while the thread is not running (suspended, or no terminal)."""
        if self._thread is None:
            return
        with self._condition:
            if self._frame_differ is not None:
                self._frame_differ.feed(text)
            else:
                self._held.append(text)
            self._has_output = True
            self._condition.notify_all()

    @property
    def is_asked(self) -> bool:
        """Whether an answer of the terminal to the question of flow control may still come."""
        return self._flow_control.is_asked

    def ask(self) -> None:
        """Ask after what is sent next."""
        with self._condition:
            self._flow_control.ask()

    def answered(self, kinds: Sequence[str]) -> None:
        """Handle answers of the terminal."""
        with self._condition:
            for kind in kinds:
                self._flow_control.answered(kind)
            self._condition.notify_all()

    def stop_asking(self) -> None:
        """Send what is queued, ask no more, and wait for the answers, which would end up in the shell's input."""
        with self._condition:
            self._condition.wait_for(lambda: not self._has_output, _QUEUE_PATIENCE)
            self._is_asking = False
            while left := self._flow_control.awaited():
                self._condition.wait(left)

    def wait_for_answers(self, seconds: float) -> None:
        """The same without the lock, for a signal handler, and no longer than this."""
        self._is_asking = False
        end = time.monotonic() + seconds
        while self._flow_control.awaited() and time.monotonic() < end:
            time.sleep(0.005)

    def close(self) -> None:
        """Send what is queued, and end the thread."""
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
                self._condition.notify_all()
                if not data and self._is_ending:
                    return
            self._send(data)

    def _output(self) -> bytes:
        text = "".join(self._held) if self._frame_differ is None else self._frame_differ.output()
        self._held.clear()
        data = _in_columns(text, self._encoding)
        if data and self._is_asking:
            data += self._flow_control.sending(len(data)).encode()
        return data

    def _send(self, data: bytes) -> None:
        """Write all bytes. Another program may have made the shared terminal non-blocking: then wait for room."""
        while data and not self.is_closed:
            try:
                data = data[os.write(self._fileno, data[:_PIECE]) :]
            except BlockingIOError:
                select.select([], [self._fileno], [], 1)
            except OSError:
                self.is_closed = True


def put(fileno: int, text: str) -> None:
    """Write to a terminal; errors are ignored."""
    with suppress(OSError):
        data = text.encode()
        while data:
            data = data[os.write(fileno, data) :]


def discard(fileno: int) -> None:
    """Drop output that a terminal has not read yet. Linux wakes a blocked writer only at the end of a pause."""
    with suppress(termios.error):
        termios.tcflush(fileno, termios.TCOFLUSH)
        termios.tcflow(fileno, termios.TCOOFF)
        termios.tcflow(fileno, termios.TCOON)


def is_in_background(fileno: int) -> bool:
    """Whether another job has the terminal; False where that is not known."""
    try:
        return os.tcgetpgrp(fileno) != os.getpgrp()
    except OSError:
        return False


def attributes(fileno: int) -> list[Any] | None:
    """The terminal's attributes (termios); None for what is no terminal, or none any more."""
    try:
        return termios.tcgetattr(fileno)
    except termios.error:
        return None


def set_attributes(fileno: int, target: list[Any] | None) -> None:
    """Set the terminal's attributes, unless another job has it (which would stop this process)."""
    if target is not None and not is_in_background(fileno):
        with suppress(termios.error):
            termios.tcsetattr(fileno, termios.TCSANOW, target)
