"""How much may be on its way to the terminal: more than it can show in a moment is held back, and overtaken."""

import time
from collections import deque

_MOST_AHEAD = 1000
"""Bytes that may be on their way: 0.3 s of a line of 38,400 bit/s, and fifteen moves a second on one that takes 0.2 s
there and back."""

_BURST = 0.1
"""Seconds: what is sent sooner after what was sent before asks a question. A key that is held down comes every 0.03."""

_PATIENCE = 1.0
"""Seconds after which a terminal that does not answer is not asked any more."""

QUESTION = "\x1b[6n"
"""Where the cursor is. Every terminal answers that, once it has read all before it."""


class FlowControl:
    """Knows from answers how far the terminal is. What comes now and then asks nothing and costs nothing."""

    def __init__(self) -> None:
        self._sent = self._shown = 0
        self._asked: deque[int] = deque()
        self._sent_at = self._heard_at = 0.0
        self._does_answer = True

    @property
    def is_asked(self) -> bool:
        """Whether an answer is under way."""
        return bool(self._asked)

    def patience(self) -> float | None:
        """Seconds to wait until more may be sent; None: at once."""
        if not self._asked or self._sent - self._shown < _MOST_AHEAD:
            return None
        left = self._heard_at + _PATIENCE - time.monotonic()
        if left > 0:
            return left
        self._does_answer = False
        self._asked.clear()
        return None

    def sending(self, count: int) -> str:
        """Count bytes that are sent now. Returns what to send behind them."""
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
        """The terminal has shown all that was sent before the oldest question."""
        if self._asked:
            self._shown = self._asked.popleft()
            self._heard_at = time.monotonic()
