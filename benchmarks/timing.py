"""Commands timed side by side: A B C, A B C, ... so that a busy moment of the machine falls on all of them.

A time is the wall from the spawn of a process to its end, its output read through a pipe; the memory is the peak
that the kernel counted for it. A round starts each command once, and a ratio to the floor is taken within a round.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles

WARM_UP = 2
"""Rounds before those that count: they compile the modules and bring the files into memory."""

FLOOR = [sys.executable, "-I", "-c", "pass"]
"""What no program in this virtual environment can be quicker than."""


class CommandFailed(Exception):
    """A measured command did not end with exit code 0."""


class Sample:
    """One run: `seconds` of wall and its peak of memory in `mebibytes` (0 for what ran in this process)."""

    __slots__ = ("mebibytes", "seconds")

    def __init__(self, seconds: float, mebibytes: float = 0) -> None:
        self.seconds = seconds
        self.mebibytes = mebibytes


Subject = Callable[[], Sample]
"""What is measured, once each time that it is called."""


class Series:
    """The runs of one subject, each beside the run of the floor in the same round."""

    def __init__(self, samples: Sequence[Sample], floor: Sequence[Sample]) -> None:
        self._seconds = [sample.seconds for sample in samples]
        self._mebibytes = [sample.mebibytes for sample in samples]
        self._ratios = [sample.seconds / beside.seconds for sample, beside in zip(samples, floor, strict=True)]

    @property
    def milliseconds(self) -> float:
        """The median time."""
        return median(self._seconds) * 1000

    @property
    def ratio(self) -> float:
        """The median of the ratios to the floor."""
        return median(self._ratios)

    @property
    def middle_half(self) -> tuple[float, float]:
        """Between which ratios the middle half of the rounds lies."""
        return between(self._ratios, 4)

    @property
    def most_rounds(self) -> tuple[float, float]:
        """Between which ratios eight of ten rounds lie (p10 and p90)."""
        return between(self._ratios, 10)

    @property
    def mebibytes(self) -> float:
        """The largest peak of memory."""
        return max(self._mebibytes)


def between(values: Sequence[float], parts: int) -> tuple[float, float]:
    """The first and the last of the quantiles that divide the values into this many parts."""
    if len(values) < 2:
        return values[0], values[0]
    cuts = quantiles(values, n=parts, method="inclusive")
    return cuts[0], cuts[-1]


def run(command: list[str], environment: Mapping[str, str], *, is_quiet: bool = False) -> Sample:
    """Run a command once; `is_quiet`: what it says on stderr goes nowhere. Raises: CommandFailed."""
    reading, writing = os.pipe()
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_DUP2, writing, 1),
    ]
    if is_quiet:
        actions.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
    start = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=actions)
    os.close(writing)
    while os.read(reading, 1 << 16):
        pass
    _, status, usage = os.wait4(process, 0)
    seconds = time.perf_counter() - start
    os.close(reading)
    if status:
        raise CommandFailed(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return Sample(seconds, usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))


def rounds(subjects: Sequence[Subject], count: int) -> list[Series]:
    """Measure the subjects in turn, `count` times after the warm-up; the first one is the floor of all."""
    samples = samples_in_turn(subjects, count)
    return [Series(runs, samples[0]) for runs in samples]


def samples_in_turn(subjects: Sequence[Subject], count: int) -> list[list[Sample]]:
    """Run the subjects in turn, `count` times after the warm-up. Returns the runs of each."""
    for _ in range(WARM_UP):
        for subject in subjects:
            subject()
    samples: list[list[Sample]] = [[] for _ in subjects]
    for _ in range(count):
        for subject, runs in zip(subjects, samples, strict=True):
            runs.append(subject())
    return samples
