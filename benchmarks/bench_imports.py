"""Benchmarks of imports: a thousand and ten thousand rows, into an empty store and once more."""

import csv
import os
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.bench_commands import FOLLOWUP, Measurement, Workshop, timed
from benchmarks.goals import IMPORT_GROWTH, IMPORT_OF_MANY
from benchmarks.timing import Sample, Series, Subject, run
from store import operations
from store.database import Database
from store.maintenance.create_store import make_private
from tests.support.store_builders import StandingClock
from tests.support.synthetic_stores import TODAY

SIZES = (1_000, 10_000)
_VISIT = "lyon-2022"
_PARTIES = ("МВД Узбекистана", "INTERPOL", "UNODC", "NCB Tashkent", "IOM", "OSCE", "Генеральная прокуратура", "INL")
_TITLES = ("Send the list of officers who were trained, part", "Направить список обученных сотрудников, часть")
_STATES = ("open", "agreed", "", "не начато")


def _made_list(path: Path, rows: int) -> Path:
    """A list as an office keeps it, half of it in Russian."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["№", "Мероприятие", "Ответственный", "Кому", "Срок исполнения", "Статус"])
        for number in range(1, rows + 1):
            title = f"{_TITLES[number % len(_TITLES)]} {number}"
            by, to = _PARTIES[number % len(_PARTIES)], _PARTIES[(number + 3) % len(_PARTIES)]
            due = (TODAY + timedelta(days=number % 700)).strftime("%d.%m.%Y")
            writer.writerow([number, title, by, to, due, _STATES[number % len(_STATES)]])
    return path


def _made_store(path: Path) -> bytes:
    """A store with one visit, alone in its folder, and its bytes."""
    path.parent.mkdir(mode=0o700)
    database = Database(str(path), StandingClock(TODAY.isoformat()), "asel")
    make_private(database, {})
    with database.transaction() as tx:
        operations.add_visit(tx, "Study visit", place="Lyon", start="2022-12-06", slug=_VISIT)
    return path.read_bytes()


def _importing(workshop: Workshop, rows: int, *, is_again: bool) -> Subject:
    """Each time an import into the store as it was made, or one that finds everything there."""
    store = workshop.folder / f"import-{rows}{'-again' if is_again else ''}" / "commitments.json"
    fresh = _made_store(store)
    command = [FOLLOWUP, "import", str(_made_list(store.with_name("list.csv"), rows)), "--visit", _VISIT]
    environment = workshop.environment(store)
    if is_again:
        run(command, environment, is_quiet=True)

    def once() -> Sample:
        if not is_again:
            store.write_bytes(fresh)
            os.sync()
        return run(command, environment, is_quiet=True)

    return once


def bring_in(workshop: Workshop) -> Iterator[Measurement]:
    """A list brought in as one change, and once more, when all of it is there."""
    few, many = SIZES
    floor, small, large, again = workshop.measured(
        [
            _importing(workshop, few, is_again=False),
            _importing(workshop, many, is_again=False),
            _importing(workshop, many, is_again=True),
        ]
    )
    yield timed("F: python -I -c pass", floor)
    yield timed(f"{few:,} rows", small)
    yield timed(f"{many:,} rows", large, IMPORT_OF_MANY)
    yield _growth(small, large)
    yield timed(f"{many:,} rows, all there", again)


def _growth(small: Series, large: Series) -> Measurement:
    growth = large.ratio / small.ratio
    return Measurement("ten times the rows", f"{growth:16.2f}", f"<= {IMPORT_GROWTH:g} x", growth <= IMPORT_GROWTH)


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"import": bring_in}
"""Name -> benchmark of the import."""
