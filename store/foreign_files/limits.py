"""What reading one file may cost; `child_process` sets it for the process that reads."""

from __future__ import annotations

LEAST_MEMORY, MEMORY, MOST_MEMORY = 128, 512, 65_536
"""Megabytes of address space that a reading process may have: at least, unless set otherwise, at most."""

MOST_INPUT = 1 << 28
"""The most bytes of a file: a larger one is neither a list nor a report."""


class Limits:
    """The limits of one reading: bytes of address space, seconds of the processor, seconds on the clock.

    `answer` are the bytes that it may answer: what they become in the memory of who asked is bounded by it.
    """

    __slots__ = ("answer", "clock", "memory", "processor")

    def __init__(self, megabytes: int = MEMORY, *, processor: int = 60, clock: float = 120) -> None:
        self.memory = megabytes << 20
        self.processor = processor
        self.clock = clock
        self.answer = self.memory // 8
