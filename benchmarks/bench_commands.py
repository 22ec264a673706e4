"""Benchmarks of the command line, and their stores."""

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle
from pathlib import Path

from benchmarks.compare_with_goals import Measurement, at_most
from benchmarks.goals import CHANGE_LARGE, CHANGE_SMALL, LARGE, MEMORY_LARGE, MOST_ROUNDS, READ_LARGE, READ_SMALL, SMALL
from benchmarks.timing import FLOOR, Sample, Series, Subject, rounds, run
from tests.support.synthetic_stores import TODAY

FOLLOWUP = str(Path(sys.executable).with_name("followup"))
"""The installed program, as people start it."""


class Workshop:
    """A folder with stores in it, each made when it is first needed, and a home without settings."""

    def __init__(self, folder: Path, count: int) -> None:
        """`count` is how many rounds are measured."""
        self.count = count
        self.folder = folder
        self.curves: dict[str, list[tuple[int, float]]] = {}
        home = folder / "home"
        home.mkdir()
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "LC_CTYPE") if name in os.environ}
        self._environment = {**kept, "HOME": str(home), "FOLLOWUP_TODAY": TODAY.isoformat()}

    def store(self, size: tuple[int, int]) -> Path:
        """A store of this size, which is only read."""
        path = self.folder / f"{size[0]}x{size[1]}.json"
        if not path.exists():
            run([sys.executable, "-m", "tests.support.synthetic_stores", *map(str, size), str(path)], dict(os.environ))
        return path

    def own_store(self, size: tuple[int, int], name: str) -> Path:
        """A copy of it, alone in a folder, for one benchmark to change."""
        folder = self.folder / name.replace(" ", "-")
        folder.mkdir()
        return Path(shutil.copy(self.store(size), folder / "commitments.json"))

    def floor(self) -> Sample:
        """The floor F, once."""
        return run(FLOOR, self._environment)

    def reading(self, store: Path, words: str) -> Subject:
        """A followup command line on a store."""
        environment = self.environment(store)
        return lambda: run([FOLLOWUP, *words.split()], environment)

    def environment(self, store: Path) -> dict[str, str]:
        """The environment of a program that works on a store."""
        return {**self._environment, "FOLLOWUP_STORE": str(store)}

    def change(self, store: Path, lines: Sequence[str]) -> Subject:
        """Command lines that take turns, so that each of them changes something."""
        subjects = cycle([self.reading(store, line) for line in lines])
        return lambda: next(subjects)()

    def measured(self, subjects: Sequence[Subject]) -> list[Series]:
        """The subjects in rounds, the floor F first of them and of the results."""
        return rounds([self.floor, *subjects], self.count)


def timed(name: str, series: Series, most: float | None = None, floor: str = "F") -> Measurement:
    """A row about time; `most` is the ratio to the floor that is not to be passed."""
    low, high = series.most_rounds
    first, last = series.middle_half
    figures = f"{series.milliseconds:8.2f} {series.ratio:7.2f}  {low:6.2f}-{high:<6.2f} {first:6.2f}-{last:<6.2f}"
    if most is None:
        return Measurement(name, figures)
    return Measurement(name, figures, at_most(series.ratio, most, floor))


def _readings(workshop: Workshop, size: tuple[int, int], goals: Mapping[str, float | None]) -> Iterator[Measurement]:
    store = workshop.store(size)
    floor, *found = workshop.measured([workshop.reading(store, words) for words in goals])
    yield timed("F: python -I -c pass", floor)
    for (words, most), series in zip(goals.items(), found, strict=True):
        yield timed(words, series, most)


def _changes(workshop: Workshop, size: tuple[int, int], most: float) -> Iterator[Measurement]:
    number = size[0] // 2
    lines = {
        "note": [f"note {number} the letter is on its way"],
        "mark": [f"mark {number} {state} --take-back" for state in ("in-progress", "agreed")],
    }
    subjects = [workshop.change(workshop.own_store(size, f"{name}-{size[0]}"), lines[name]) for name in lines]
    floor, durable, *found = workshop.measured([disk(workshop.folder), *subjects])
    yield timed("F: python -I -c pass", floor)
    yield timed("W: 1 byte, made durable", durable)
    for name, series in zip(lines, found, strict=True):
        yield timed(f"{name} {number} ...", series, most)


def disk(folder: Path, raw: bytes = b"1") -> Subject:
    """The floor W of the disk: one byte replaced durably, as every change must do at the least; or more bytes."""
    # Names of its own: to take the place of a longer file would take the time to free that.
    old, new = folder / f"durable-{len(raw)}", folder / f"durable-{len(raw)}.new"

    def subject() -> Sample:
        start = time.perf_counter()
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.write(descriptor, raw)
        os.fsync(descriptor)
        os.close(descriptor)
        os.rename(new, old)
        directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        os.fsync(directory)
        os.close(directory)
        return Sample(time.perf_counter() - start)

    return subject


def read_small(workshop: Workshop) -> Iterator[Measurement]:
    """The everyday reading commands."""
    return _readings(workshop, SMALL, READ_SMALL)


def read_large(workshop: Workshop) -> Iterator[Measurement]:
    """The same at twenty times the size."""
    return _readings(workshop, LARGE, READ_LARGE)


def change_small(workshop: Workshop) -> Iterator[Measurement]:
    """One durable change."""
    return _changes(workshop, SMALL, CHANGE_SMALL)


def change_large(workshop: Workshop) -> Iterator[Measurement]:
    """The same at twenty times the size."""
    return _changes(workshop, LARGE, CHANGE_LARGE)


def memory(workshop: Workshop) -> Iterator[Measurement]:
    """The peak of memory of reading the large store, and of examining it."""
    lines = ("status --short", "list", "list --json", "doctor")
    store = workshop.own_store(LARGE, "memory")
    os.chmod(store.parent, 0o700)  # Else the doctor finds something, and that is no exit of 0.
    found = rounds([workshop.reading(store, words) for words in lines], min(workshop.count, MOST_ROUNDS["memory"]))
    for words, series in zip(lines, found, strict=True):
        compared = at_most(series.mebibytes, MEMORY_LARGE, "MiB")
        yield Measurement(words, f"{series.mebibytes:8.1f} MiB", compared)


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {
    f"read-{SMALL[0]}": read_small,
    f"change-{SMALL[0]}": change_small,
    f"read-{LARGE[0]}": read_large,
    f"change-{LARGE[0]}": change_large,
    "memory": memory,
}
"""Name -> benchmark of the command line, in the order in which they are run."""
