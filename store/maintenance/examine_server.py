"""Examines what a server adds to the records of a store: columns, numbers, permissions, what it does at a power cut."""

from __future__ import annotations

from store.maintenance.engines import server_of
from store.maintenance.finding import Finding
from store.server import statements
from store.server.server_image import parse_record
from store.server.write_transaction import event_columns, head_of, texts_of
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from store.database import Database
    from store.snapshot import SnapshotSource

    Rows = list[tuple[Any, ...]]


def examine_server(database: Database, image: SnapshotSource) -> Iterator[Finding]:
    """Examine the tables of the server and its settings. Raises: StoreUnusable."""
    server = server_of(database)
    yield from _commitment_columns(server.ask(statements.COMMITMENT_COLUMNS))
    yield from _event_columns(server.ask(statements.EVENT_COLUMNS))
    yield from _numbers(server.ask(statements.CHANGE_NUMBERS), image)
    for table, right in server.ask(statements.PUBLIC_RIGHTS):
        yield Finding(f"everybody on the server may {str(right).lower()} in followup.{visible(table)}")
    for (table,) in server.ask(statements.WITHOUT_ROW_SECURITY):
        yield Finding(f"followup.{visible(table)} has no row security: who made a change is taken on trust")
    for name, setting in server.ask(statements.SAFETY_SETTINGS):
        if setting == "off":
            yield Finding(f"the server has {name} = off: what was acknowledged is lost in a power cut")


def _commitment_columns(rows: Rows) -> Iterator[Finding]:
    for number, state, head, doc in rows:
        if doc is None:
            is_right = state is None and head is None
        else:
            record = parse_record(doc)
            is_right = state == record["state"] and head == head_of(texts_of("commitments", {number: record})[number])
        if not is_right:
            yield Finding(f"the columns of commitment {number} do not say what its record says")


def _event_columns(rows: Rows) -> Iterator[Finding]:
    for row in rows:
        seq, doc = row[0], row[-1]
        if [column[0] for column in event_columns({seq: parse_record(doc)})[:-1]] != list(row[:-1]):
            yield Finding(f"the columns of event {seq} do not say what it says")


def _numbers(rows: Rows, image: SnapshotSource) -> Iterator[Finding]:
    (changes, last_change, last_event, events), revision = rows[0], image.meta["revision"]
    if last_change is not None and last_change > revision:
        yield Finding(f"the server holds change {last_change}, and the store is at revision {revision}")
    if last_event is not None and last_event >= image.meta["next"]["events"]:
        yield Finding(f"the next event would get a number that is there already: {image.meta['next']['events']}")
    if events != (last_event or 0):
        yield Finding(f"{(last_event or 0) - events} events are missing: another program took them out")
    if changes > max(0, revision - 1):
        yield Finding(f"the server holds {changes} changes, and the store is at revision {revision}")
