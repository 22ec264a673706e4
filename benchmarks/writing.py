"""What safety costs: one change of ours, locked, checked, durable and kept as a copy, beside plain TinyDB's."""

import json
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tinydb import TinyDB

from benchmarks.commands import Row, Workshop, disk, timed
from benchmarks.stores import LEAST_EVENTS, TODAY
from benchmarks.timing import Sample, Subject, rounds
from store import operations
from store.database import Database
from tests.builders import StandingClock

SIZE = 500
NUMBER = SIZE // 2
"""The commitment that is changed."""

MOST = 1.5
"""Times plain TinyDB's unsafe change of the same records."""


def _subject(change: Callable[[str], object]) -> Subject:
    """A change in this process; each time it gets a text that makes it one."""
    numbers = count()

    def once() -> Sample:
        text = f"owner {next(numbers)}"
        start = time.perf_counter()
        change(text)
        return Sample(time.perf_counter() - start)

    return once


def _ours(path: Path) -> Subject:
    os.chmod(path.parent, 0o700)
    database = Database(str(path), StandingClock(TODAY.isoformat()), "asel")

    def change(owner: str) -> None:
        with database.transaction() as tx:
            operations.edit(tx, NUMBER, owner=owner)

    return _subject(change)


def _plain(path: Path, *, with_event: bool) -> Subject:
    """TinyDB as people use it: opened, changed, closed; it syncs the file that it writes over."""

    def change(owner: str) -> None:
        with TinyDB(path) as database:
            database.table("commitments").update({"owner": owner}, doc_ids=[NUMBER])
            if with_event:
                database.table("events").insert({"id": NUMBER, "fields": {"owner": owner}})

    return _subject(change)


def _alone(store: Path, path: Path) -> Path:
    """A file with the commitments of a store and nothing else: the least that plain TinyDB could have to write."""
    path.write_text(json.dumps({"commitments": json.loads(store.read_text())["commitments"]}))
    return path


def safe(workshop: Workshop) -> Iterator[Row]:
    """One change in this process beside plain TinyDB's, which is the floor; ours writes an event as well."""
    few, many = (SIZE, LEAST_EVENTS), (SIZE, 20)
    subjects = {
        "P: TinyDB, the records alone": _plain(
            _alone(workshop.store(few), workshop.folder / "alone.json"), with_event=False
        ),
        "ours, 5 events each": _ours(workshop.own_store(few, "safe-few")),
        "ours, 20 events each": _ours(workshop.own_store(many, "safe-many")),
        "TinyDB, the same file": _plain(workshop.own_store(few, "plain"), with_event=True),
        "W: 1 byte, made durable": disk(workshop.folder),
    }
    found = rounds(list(subjects.values()), workshop.count)
    for name, series in zip(subjects, found, strict=True):
        yield timed(name, series, MOST if name == "ours, 5 events each" else None, "P")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Row]]] = {f"safe-{SIZE}": safe}
"""Name -> benchmark of the write path in one process."""
