"""Flow control: limits what is in flight to the terminal, by its answers; frames held back are replaced by newer ones.

Nothing else tells a program how far the terminal is: sshd takes all that is written, and keeps what the line has not
carried yet.
"""

import os
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import cycle
from pathlib import Path

_MOST_FRAMES, _LEAST_BYTES, _MOST_BYTES = 2, 200, 500
"""The most frames in flight. Few bytes are no reason to wait; with many (0.25 s at 2 kB/s) no second frame is sent."""

_SLOWEST = 2000
"""Bytes a second that a line is taken to carry. Output is a burst if it comes while others may be under way."""

_PATIENCE, _PATIENCE_ONCE_HEARD = 1.0, 3.0
"""Seconds to wait for an answer, besides what the slowest line takes to carry the question: longer when one has come
before, since then it is the line that is stuck.
"""

_NEVER = 10.0
"""Seconds after which no answer comes any more that was waited for in vain."""

_MOST_BEHIND = 0.5
"""Seconds that the slowest line may be behind where the terminal does not answer."""

_MULTIPLEXERS, _CONNECTIONS, _MOSH = ("TMUX", "STY", "ZELLIJ"), ("SSH_CONNECTION", "SSH_TTY"), "mosh-server"

QUESTIONS = {"R": "\x1b[6n", "c": "\x1b[c"}
"""The last character of an answer -> its question: where the cursor is, what the terminal is. Every terminal answers,
once it has read all before it. They take turns, so that one that answers twice is not taken for a fast one.
"""


def is_answered_nearby(environment: Mapping[str, str], programs: Iterable[str]) -> bool:
    """Whether something on this side of the line answers for the terminal, at once, whatever the line has carried.

    A multiplexer on the server, or mosh among the `programs` that have started this one.
    """
    is_remote = any(map(environment.get, _CONNECTIONS))
    return (is_remote and any(map(environment.get, _MULTIPLEXERS))) or _MOSH in programs


def parent_programs() -> Iterator[str]:
    """The names of the programs that have started this one, the nearest first; none where there is no /proc."""
    pid = os.getppid()
    with suppress(OSError):
        while pid > 1:
            name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition("(")[2].rpartition(")")
            yield name
            pid = int(rest.split()[1])


class FlowControl:
    """Tracks, by the terminal's answers, what it has shown. Output now and then asks nothing."""

    def __init__(self, *, does_answer: bool = True) -> None:
        """Without answers output is held to what the slowest line carries."""
        self._does_answer = does_answer
        self._sent = 0
        self._shown = 0.0
        self._asked: deque[tuple[int, str]] = deque()
        self._turns = cycle(QUESTIONS)
        self._patience = _PATIENCE
        self._heard_at = 0.0
        self._is_due = False
        self._last = 0
        self._level = self._level_at = 0.0

    @property
    def is_asked(self) -> bool:
        """Whether an answer may still come."""
        return bool(self._asked) and time.monotonic() < self._deadline() + _NEVER

    def awaited(self) -> float:
        """Seconds that an answer is to be waited for; 0 if none is outstanding."""
        return max(self._deadline() - time.monotonic(), 0) if self._asked else 0

    def patience(self) -> float | None:
        """Seconds to wait before more is sent; None: send now."""
        if self._does_answer:
            in_flight = self._sent - self._shown
            most = _LEAST_BYTES if len(self._asked) >= _MOST_FRAMES else _MOST_BYTES
            if not self._asked or in_flight < most:
                return None
            if left := self.awaited():
                self.ask()
                return left
            self._does_answer = False
        excess = self._under_way() / _SLOWEST - _MOST_BEHIND
        return excess if excess > 0 else None

    def ask(self) -> None:
        """Ask after what is sent next."""
        self._is_due = True

    def sending(self, count: int) -> str:
        """Count bytes as sent. Returns the question to send after them, or ""."""
        if not self.is_asked:
            self._asked.clear()
        now, under_way = time.monotonic(), self._under_way()
        is_due = self._is_due or under_way > 0 or bool(self._asked)
        self._is_due = False
        if not self._asked:
            self._heard_at, self._shown = now, self._sent - under_way
        self._sent += count
        self._last, self._level, self._level_at = count, under_way + count, now
        if not self._does_answer or not is_due:
            return ""
        kind = next(self._turns)
        self._asked.append((self._sent, kind))
        return QUESTIONS[kind]

    def answered(self, kind: str) -> None:
        """Handle an answer to the oldest question: all that was sent before that is shown."""
        if not self._asked or self._asked[0][1] != kind:
            return
        shown, _ = self._asked.popleft()
        # What was sent since the terminal seemed not to answer has no questions behind it.
        self._shown = shown if self._does_answer else max(shown, self._sent - self._under_way())
        self._heard_at, self._does_answer = time.monotonic(), True
        self._patience = _PATIENCE_ONCE_HEARD
        if not self._asked:
            self._level = min(self._level, self._last)

    def _deadline(self) -> float:
        """When the terminal counts as one that does not answer."""
        return self._heard_at + self._patience + (self._sent - self._shown) / _SLOWEST

    def _under_way(self) -> float:
        """Bytes that the slowest line has not carried yet."""
        return max(self._level - (time.monotonic() - self._level_at) * _SLOWEST, 0)
