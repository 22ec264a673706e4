"""How the quick check grows with the store: more commitments, and a longer history of the same ones."""

from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import bench_app, plot
from benchmarks.bench_commands import Workshop, timed
from benchmarks.compare_with_goals import Measurement, at_most
from benchmarks.goals import HISTORY_OF_FIVE_YEARS

_SIZES = (100, 1_000, 10_000, 100_000)
_EVENTS = 5
"""Commitments, and the events of each."""

_FEW = 500
_HISTORIES = (5, 20, 100)
"""Events of each of the few: a year, five years, and twenty-five."""

_FIVE_YEARS = 20

CHECK = "status --short"
HISTORY = f"{_FEW} with 5, 20, 100 events each"


def growth(workshop: Workshop) -> Iterator[Measurement]:
    """The quick check at 100 to 100,000 commitments; at 500 with five years of history, which has to cost nothing."""
    stores = {(size, _EVENTS): CHECK for size in _SIZES} | {(_FEW, events): HISTORY for events in _HISTORIES}
    readings = [workshop.reading(workshop.store(store), "status --short") for store in stores]
    floor, *found = workshop.measured(readings)
    yield timed("F: python -I -c pass", floor)
    shortest = 0.0
    for (size, events), series in zip(stores, found, strict=True):
        workshop.curves.setdefault(stores[size, events], []).append((size, series.ratio))
        row = timed(f"{size:,} of {events} events", series)
        if stores[size, events] is HISTORY:
            shortest = shortest or series.ratio
            if events == _FIVE_YEARS:
                compared = at_most(series.ratio, HISTORY_OF_FIVE_YEARS, "x", times=shortest)
                row = Measurement(row.name, row.figures, compared)
        yield row


def drawn(workshop: Workshop, path: Path) -> None:
    """Write the plot of what `growth` and `app-growth` found."""
    curves = workshop.curves
    lines = [plot.Curve("status --short", curves[CHECK]), plot.Curve("a move in the app", curves[bench_app.MOVE])]
    path.write_text(plot.drawing(lines, plot.Curve(HISTORY, curves[HISTORY])), encoding="utf-8")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"growth": growth}
"""Name -> benchmark, before those of the app, which make their huge store only if this one did not."""

FOR_PLOT = ("growth", "app-growth")
"""What is run for the plot."""
