"""Stores for tests, made through the operations on a fixed day; the fixtures that use them are in tests/conftest.py."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any

from store import operations
from store.database import Database
from store.file.file_store import file_of
from store.maintenance.create_store import make_private
from store.rules.due_dates_and_extensions import DueDate
from store.server_name import is_server_name
from tests.support.fixed_day_and_user import ASEL, TODAY, StandingClock

VISIT = "lyon-2022"
VISIT_END = "2022-12-08"
MIA, INTERPOL, UNODC, NCB = "MIA Uzbekistan", "INTERPOL", "UNODC", "NCB Tashkent"


def open_store(path: str, *, who: str = ASEL, day: str = TODAY, lock_timeout: float = 10.0) -> Database:
    """The store at a path or on a server, as this person opens it on this day."""
    if is_server_name(path):
        from tests.support.on_file_and_on_server import as_role

        path = as_role(path, who)
    return Database(path, StandingClock(day), who, lock_timeout)


def beside(database: Database, *, who: str = ASEL, day: str = TODAY) -> Database:
    """The same store, as another person opens it, or on another day."""
    return open_store(database.path, who=who, day=day)


def make_empty(path: str, *, who: str = ASEL, day: str = TODAY) -> Database:
    """A new store with nothing in it."""
    database = open_store(path, who=who, day=day)
    if is_server_name(path):
        from tests.support import on_file_and_on_server

        on_file_and_on_server.make_empty(path)
    else:
        make_private(database, {})
    return database


def add_lyon(database: Database) -> None:
    """The visit that the program was made for, as one change."""
    with database.transaction() as tx:
        operations.add_visit(tx, "Study visit", place="Lyon", start="2022-12-06", end=VISIT_END, hosts=[INTERPOL])


def add(database: Database, title: str = "Send the list", **fields: Any) -> int:
    """One commitment, MIA Uzbekistan to INTERPOL unless said otherwise, as one change. `due`: an ISO day."""
    due = fields.pop("due", None)
    date = DueDate(due, "day") if due else None
    usual: dict[str, Any] = {"visit": VISIT, "by": [MIA], "to": [INTERPOL], "date": date}
    with database.transaction() as tx:
        return operations.add(tx, title, **{**usual, **fields})


def make_store(path: str, *, who: str = ASEL, day: str = TODAY) -> Database:
    """A store with the Lyon visit and four commitments, each with its own change.

    1 proposed, no date, via NCB Tashkent · 2 agreed, due 2023-03-31 · 3 agreed, no date, UNODC and INTERPOL to
    MIA Uzbekistan · 4 agreed, overdue since 2023-02-15, UNODC and INTERPOL to each other.
    """
    database = make_empty(path, who=who, day=day)
    add_lyon(database)
    add(database, "Take part in the TIP Analysis File", via=NCB, kind="join-analysis-file")
    add(database, "Nominate officers to ISON", kind="nominate-experts", state="agreed", due="2023-03-31")
    add(database, "Facilitate the assistance", by=[UNODC, INTERPOL], to=[MIA], kind="facilitate", state="agreed")
    both = [UNODC, INTERPOL]
    add(database, "Promote cooperation", by=both, to=both, kind="cooperate", state="agreed", due="2023-02-15")
    return database


def do(database: Database, verb: str, *arguments: Any, on: str | None = None, **named: Any) -> Any:
    """One operation by its name in a transaction of its own; `on` is the day it happened.

    `mark` has an argument `on` of its own, which is given to it as well.
    """
    if verb == "mark" and on is not None:
        named["on"] = on
    with database.transaction() as tx:
        tx.set_day(on)
        return getattr(operations, verb)(tx, *arguments, **named)


def set_due(database: Database, number: int, day: str | None, **named: Any) -> str:
    """The due date of a commitment set to an ISO day, or to none, in a transaction of its own."""
    became: str = do(database, "set_due", number, DueDate(day, "day" if day else None), **named)
    return became


def record(database: Database, number: int) -> dict[str, Any]:
    """A commitment as it now stands in the file."""
    return dict(database.snapshot().row(number).commitment)


def events(database: Database, number: int) -> list[dict[str, Any]]:
    """The events of a commitment, oldest first."""
    return [dict(event) for event in database.snapshot().events_of(number)]


def contents(database: Database) -> dict[str, dict[int, dict[str, Any]]]:
    """Every record but the events, without the stamps that grow with each change: what undo brings back."""
    image = database.image()
    return {
        table: {number: without_stamps(record) for number, record in image.table(table).items()}
        for table in ("visits", "parties", "commitments")
    }


def without_stamps(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record without `revision` and `updated`."""
    return {name: value for name, value in record.items() if name not in ("revision", "updated")}


def raw(database: Database) -> bytes:
    """The bytes of the file, or those that a backup of the server would have."""
    if database.is_remote:
        from store.maintenance.backup import whole_of

        return whole_of(database.image())
    with open(database.path, "rb") as file:
        return file.read()


def folder_of(database: Database) -> Sequence[str]:
    """The names in the store's folder."""
    return sorted(os.listdir(file_of(database).folder))
