"""Benchmarks of a durable change: beside plain TinyDB's unsafe one, and beside what the disk takes of it."""

import asyncio
import json
import os
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from tinydb import TinyDB

from benchmarks.bench_commands import Workshop, disk, timed
from benchmarks.compare_with_goals import Measurement
from benchmarks.goals import CHANGE_BESIDE_TINYDB, CHANGE_IN_APP
from benchmarks.timing import Sample, Subject, rounds
from store import operations
from store.database import Database
from tests.support.fixed_day_and_user import StandingClock
from tests.support.synthetic_stores import LEAST_EVENTS, TODAY
from tui.app.sync.save_thread import PendingChange, SaveThread

SIZE = 500
NUMBER = SIZE // 2
"""The commitment that is changed."""


def _subject(change: Callable[[str], object]) -> Subject:
    """A change in this process; each time it gets a text that makes it one."""
    numbers = count()

    def once() -> Sample:
        text = f"owner {next(numbers)}"
        start = time.perf_counter()
        change(text)
        return Sample(time.perf_counter() - start)

    return once


def _opened(path: Path) -> Database:
    os.chmod(path.parent, 0o700)
    return Database(str(path), StandingClock(TODAY.isoformat()), "asel")


def _ours(path: Path) -> Subject:
    database = _opened(path)

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


def safe(workshop: Workshop) -> Iterator[Measurement]:
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
        yield timed(name, series, CHANGE_BESIDE_TINYDB if name == "ours, 5 events each" else None, "P")


def _in_app(path: Path) -> Subject:
    """A change as the app makes it: given to its writer, until that says that it is saved."""
    database = _opened(path)
    writer, runner = SaveThread(database), asyncio.Runner()
    owners = (f"owner {number}" for number in count())

    async def save(owner: str, seen: int) -> Sample:
        start = time.perf_counter()
        await writer.put(PendingChange(lambda tx: operations.edit(tx, NUMBER, owner=owner), {NUMBER: seen}))
        return Sample(time.perf_counter() - start)

    return lambda: runner.run(save(next(owners), database.snapshot().row(NUMBER).commitment["revision"]))


def in_app(workshop: Workshop) -> Iterator[Measurement]:
    """One change in the app, from its writer's queue to saved, beside the file's own bytes made durable."""
    for size in ((SIZE, LEAST_EVENTS), (SIZE, 20)):
        store = workshop.store(size)
        subjects = {
            f"B: the file, {size[1]} events each": disk(workshop.folder, store.read_bytes()),
            f"a change, {size[1]} events each": _in_app(workshop.own_store(size, f"in-app-{size[1]}")),
            "W: 1 byte, made durable": disk(workshop.folder),
        }
        for name, series in zip(subjects, rounds(list(subjects.values()), workshop.count), strict=True):
            yield timed(name, series, CHANGE_IN_APP if name.startswith("a change") else None, "B")


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {f"safe-{SIZE}": safe, "app-change": in_app}
"""Name -> benchmark of the write path in one process."""
