"""Examines what a server adds to the records of a store: columns, numbers, permissions, and the server itself."""

from __future__ import annotations

from functools import partial

from store.errors import StoreMissing, StoreUnusable
from store.maintenance.doctor_checks_server_rights import examine_rights
from store.maintenance.examine_server import examine_engine
from store.maintenance.finding import Finding
from store.quick_json import dumps
from store.server import statements
from store.server.server_image import parse_record
from store.server.write_transaction import event_columns, head_of, texts_of
from store.translation import plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from store.server.server_store import ServerStore
    from store.snapshot import SnapshotSource

    Rows = list[tuple[Any, ...]]

_REFUSALS = ("server.refused", "server.not-permitted")
"""What another engine may answer to a question about itself."""


def examine_server(server: ServerStore, image: SnapshotSource) -> Iterator[Finding]:
    """Examine the tables of the server and the server itself. Raises: StoreUnusable."""
    yield from wrong_columns(server)
    yield from _numbers(server, image)
    notes: list[Finding] = []
    for what, examine in (*examine_rights(server), *examine_engine(server)):
        found = _findings_until_refused(what, examine)
        yield from (each for each in found if each.is_fault)
        notes += [each for each in found if not each.is_fault]
    yield from notes


def wrong_columns(server: ServerStore) -> Iterator[Finding]:
    """The rows whose columns do not say what their record says. Raises: StoreUnusable."""
    yield from _commitment_columns(server)
    yield from _event_columns(server)


def _findings_until_refused(what: str, examine: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(examine())
    except StoreUnusable as error:
        # A table of the system's that is not there is answered as one of the store's, which was read already.
        if error.code not in _REFUSALS and not isinstance(error, StoreMissing):
            raise
        return [Finding(tr("not looked at: {what}, which the server does not tell", what=what), is_fault=False)]


def _commitment_columns(server: ServerStore) -> Iterator[Finding]:
    for number, state, head, doc in server.ask(statements.COMMITMENT_COLUMNS):
        right: tuple[str | None, str | None] = (None, None)
        if doc is not None:
            record = parse_record(doc)
            right = record["state"], head_of(texts_of("commitments", {number: record})[number])
        if right != (state, head):
            columns = [[value] for value in (number, *right)]
            yield Finding(
                tr("the columns of commitment {number} do not say what its record says", number=number),
                partial(server.mend, [(statements.COMMITMENT_COLUMNS_RIGHT, columns)]),
            )


def _event_columns(server: ServerStore) -> Iterator[Finding]:
    for row in server.ask(statements.EVENT_COLUMNS):
        seq, doc = row[0], row[-1]
        columns = event_columns({seq: parse_record(doc)})[:-1]
        right = [column[0] for column in columns]
        if right != list(row[:-1]):
            # Whose it is and of which change is the server's word, which an event that says another cannot mend.
            is_of_its_change = right[:3] == list(row[:3])
            mend = partial(server.mend, [(statements.EVENT_COLUMNS_RIGHT, [columns[0], *columns[3:]])])
            sentence = tr("the columns of event {seq} do not say what it says", seq=seq)
            yield Finding(sentence, mend if is_of_its_change else None)


def _numbers(server: ServerStore, image: SnapshotSource) -> Iterator[Finding]:
    ((last_change, last_event, strange, empty),) = server.ask(statements.CHANGE_NUMBERS)
    revision, next_numbers = image.meta["revision"], image.meta["next"]
    ((to_come,),) = server.ask(statements.EVENTS_TO_COME)
    remove = partial(server.mend, [(text, ()) for text in statements.REMOVE_TO_COME])
    if last_change is not None and last_change != revision:
        yield Finding(
            tr(
                "the last change that the server holds is {last_change}, and the store is at revision {revision}",
                last_change=last_change,
                revision=revision,
            ),
            remove if last_change > revision else None,
        )
    if to_come:
        sentence = plural(
            "{n} event belongs to a change after revision {revision}, at which the store is",
            "{n} events belong to a change after revision {revision}, at which the store is",
            to_come,
            revision=revision,
        )
        yield Finding(sentence, remove)
    if last_event is not None and last_event >= next_numbers["events"]:
        beyond = dumps({**next_numbers, "events": last_event + 1})
        yield Finding(
            tr("the next event would get a number that is there already: {number}", number=next_numbers["events"]),
            partial(server.mend, [(statements.NEXT_EVENT, (beyond,))]),
        )
    if strange:
        yield Finding(
            plural(
                "{n} events belong to a change that is not there, or that somebody else made",
                "{n} events belong to a change that is not there, or that somebody else made",
                strange,
            )
        )
    if empty:
        yield Finding(
            plural(
                "{n} change has no event: another program wrote it",
                "{n} changes have no event: another program wrote them",
                empty,
            )
        )
    for table, text in statements.RECORD_NUMBERS.items():
        ((last_number, changed),) = server.ask(text)
        if last_number is not None and last_number >= next_numbers[table]:
            yield Finding(
                tr(
                    "the next of {table} would get a number that was given already: {number}",
                    table=table,
                    number=next_numbers[table],
                )
            )
        if changed is not None and changed > revision:
            yield Finding(
                tr(
                    "{table} were changed in revision {changed}, and the store is at revision {revision}",
                    table=table,
                    changed=changed,
                    revision=revision,
                )
            )
