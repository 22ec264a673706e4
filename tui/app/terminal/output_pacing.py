"""Flow control: limits the bytes in flight to the terminal; frames held back are replaced by newer ones."""

import time
from collections import deque

_MOST_AHEAD = 1000
"""The most bytes in flight: 0.3 s at 38,400 bit/s, and fifteen moves a second with a round trip of 0.2 s."""

_BURST = 0.1
"""Output sent sooner than this after the last asks a question, in seconds. A key held down repeats every 0.03."""

_PATIENCE = 1.0
"""Seconds without an answer after which the terminal is not asked any more."""

QUESTION = "\x1b[6n"
"""Asks for the cursor's position: every terminal answers, once it has read all before it."""


class FlowControl:
    """Tracks, by the terminal's answers, what it has shown. Output now and then asks nothing."""

    def __init__(self) -> None:
        self._sent = self._shown = 0
        self._asked: deque[int] = deque()
        self._sent_at = self._heard_at = 0.0
        self._does_answer = True

    @property
    def is_asked(self) -> bool:
        """Whether an answer is outstanding."""
        return bool(self._asked)

    def patience(self) -> float | None:
        """Seconds to wait before more is sent; None: send now."""
        if not self._asked or self._sent - self._shown < _MOST_AHEAD:
            return None
        left = self._heard_at + _PATIENCE - time.monotonic()
        if left > 0:
            return left
        self._does_answer = False
        self._asked.clear()
        return None

    def sending(self, count: int) -> str:
        """Count bytes as sent. Returns the question to send after them, or ""."""
        now = time.monotonic()
        is_burst, self._sent_at = now - self._sent_at < _BURST, now
        self._sent += count
        if not self._does_answer or not (is_burst or self._asked):
            self._shown = self._sent
            return ""
        if not self._asked:
            self._heard_at = now
        self._asked.append(self._sent)
        return QUESTION

    def answered(self) -> None:
        """Handle an answer: all that was sent before the oldest question is shown."""
        if self._asked:
            self._shown = self._asked.popleft()
            self._heard_at = time.monotonic()
