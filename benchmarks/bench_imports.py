"""Benchmarks of imports: a thousand and ten thousand rows, into an empty store and once more; and of a workbook."""

import csv
import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.bench_commands import FOLLOWUP, Workshop, timed
from benchmarks.compare_with_goals import Measurement, at_most
from benchmarks.goals import IMPORT_GROWTH, IMPORT_OF_MANY
from benchmarks.timing import Sample, Series, Subject, run
from store import operations
from store.database import Database
from store.maintenance.create_store import make_private
from tests.support.fixed_day_and_user import StandingClock
from tests.support.synthetic_stores import TODAY

SIZES = (1_000, 10_000)
_VISIT = "lyon-2022"
_PARTIES = ("МВД Узбекистана", "INTERPOL", "UNODC", "NCB Tashkent", "IOM", "OSCE", "Генеральная прокуратура", "INL")
_TITLES = ("Send the list of officers who were trained, part", "Направить список обученных сотрудников, часть")
_STATES = ("open", "agreed", "", "не начато")


_HEADINGS = ("№", "Мероприятие", "Ответственный", "Кому", "Срок исполнения", "Статус")


def _made_rows(count: int) -> Iterator[tuple[int, str, str, str, date, str]]:
    """The rows of a list as an office keeps it, half of it in Russian."""
    for number in range(1, count + 1):
        title = f"{_TITLES[number % len(_TITLES)]} {number}"
        by, to = _PARTIES[number % len(_PARTIES)], _PARTIES[(number + 3) % len(_PARTIES)]
        yield number, title, by, to, TODAY + timedelta(days=number % 700), _STATES[number % len(_STATES)]


def _made_list(path: Path, rows: int) -> Path:
    """A list as CSV, or as a workbook with numbers and dates, as the ending says."""
    if path.suffix == ".xlsx":
        import xlsxwriter

        with xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"}) as book:
            sheet = book.add_worksheet()
            for place, row in enumerate((_HEADINGS, *_made_rows(rows))):
                sheet.write_row(place, 0, row)
        return path
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADINGS)
        writer.writerows((*row[:4], row[4].strftime("%d.%m.%Y"), row[5]) for row in _made_rows(rows))
    return path


def _made_store(path: Path) -> bytes:
    """A store with one visit, alone in its folder, and its bytes."""
    path.parent.mkdir(mode=0o700)
    database = Database(str(path), StandingClock(TODAY.isoformat()), "asel")
    make_private(database, {})
    with database.transaction() as tx:
        operations.add_visit(tx, "Study visit", place="Lyon", start="2022-12-06", slug=_VISIT)
    return path.read_bytes()


def _importing(workshop: Workshop, rows: int, kind: str = "csv", *, is_again: bool = False) -> Subject:
    """Each time an import into the store as it was made, or one that finds everything there."""
    store = workshop.folder / f"import-{kind}-{rows}{'-again' if is_again else ''}" / "commitments.json"
    fresh = _made_store(store)
    command = [FOLLOWUP, "import", str(_made_list(store.with_name(f"list.{kind}"), rows)), "--visit", _VISIT]
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
    floor, small, large, workbook, again = workshop.measured(
        [
            _importing(workshop, few),
            _importing(workshop, many),
            _importing(workshop, many, "xlsx"),
            _importing(workshop, many, is_again=True),
        ]
    )
    yield timed("F: python -I -c pass", floor)
    yield timed(f"{few:,} rows", small)
    yield timed(f"{many:,} rows", large, IMPORT_OF_MANY)
    yield timed(f"{many:,} rows of a workbook", workbook, IMPORT_OF_MANY)
    yield _growth(small, large)
    yield timed(f"{many:,} rows, all there", again)


def _growth(small: Series, large: Series) -> Measurement:
    growth = large.ratio / small.ratio
    return Measurement("ten times the rows", f"{growth:16.2f}", at_most(growth, IMPORT_GROWTH, "x"))


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"import": bring_in}
"""Name -> benchmark of the import."""
