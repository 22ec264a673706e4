"""Benchmarks of reports: time and memory of each, and how they grow with the store."""

from collections.abc import Callable, Iterator

from benchmarks.bench_commands import Workshop, timed
from benchmarks.compare_with_goals import Measurement, at_most
from benchmarks.goals import LARGE, MOST_ROUNDS, REPORTS_GROWTH, REPORTS_MEMORY, REPORTS_SMALL, SMALL
from benchmarks.timing import rounds

_LARGE_FORMATS = ("csv", "ics", "xlsx")


def reports(workshop: Workshop) -> Iterator[Measurement]:
    """What is made every day, of the small store."""
    store = workshop.store(SMALL)
    floor, *found = workshop.measured([workshop.reading(store, words) for words in REPORTS_SMALL])
    yield timed("F: python -I -c pass", floor)
    for (words, most), series in zip(REPORTS_SMALL.items(), found, strict=True):
        yield timed(words, series, most)


def export_large(workshop: Workshop) -> Iterator[Measurement]:
    """The large store with all that is internal: linear, so that it takes twice what half of it does; its memory."""
    half = (LARGE[0] // 2, LARGE[1])
    lines = [f"export --internal --format {name}" for name in _LARGE_FORMATS]
    subjects = [workshop.reading(workshop.store(size), line) for line in lines for size in (half, LARGE)]
    floor, *found = rounds([workshop.floor, *subjects], min(workshop.count, MOST_ROUNDS["export"]))
    yield timed("F: python -I -c pass", floor)
    for name, of_half, of_all in zip(_LARGE_FORMATS, found[::2], found[1::2], strict=True):
        yield timed(f"{name} of {half[0]:,}", of_half)
        row = timed(f"{name} of {LARGE[0]:,}", of_all)
        growth = of_all.ratio / of_half.ratio / 2
        yield Measurement(row.name, row.figures, at_most(growth, REPORTS_GROWTH, "x"))
        memory = f"{of_all.mebibytes:8.1f} MiB"
        yield Measurement(f"{name}: memory", memory, at_most(of_all.mebibytes, REPORTS_MEMORY, "MiB"))


def reports_large(workshop: Workshop) -> Iterator[Measurement]:
    """The papers of the large store: linear, in time and in memory."""
    half = (LARGE[0] // 2, LARGE[1])
    lines = ["report --format docx", "report --format html", "sheet --format docx"]
    subjects = [workshop.reading(workshop.store(size), line) for line in lines for size in (half, LARGE)]
    floor, *found = rounds([workshop.floor, *subjects], min(workshop.count, MOST_ROUNDS["reports-large"]))
    yield timed("F: python -I -c pass", floor)
    for line, of_half, of_all in zip(lines, found[::2], found[1::2], strict=True):
        row = timed(f"{line} of {LARGE[0]:,}", of_all)
        growth = of_all.ratio / of_half.ratio / 2
        yield Measurement(row.name, row.figures, at_most(growth, REPORTS_GROWTH, "x"))
        memory = f"{of_all.mebibytes:8.1f} MiB"
        yield Measurement(f"{line}: memory", memory, at_most(of_all.mebibytes, REPORTS_MEMORY, "MiB"))


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {
    f"reports-{SMALL[0]}": reports,
    f"export-{LARGE[0]}": export_large,
    f"reports-{LARGE[0]}": reports_large,
}
"""Name -> benchmark of the papers."""
