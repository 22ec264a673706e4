"""Finds the rows of a server store that hold no valid record: a member can write such past the program."""

from __future__ import annotations

from functools import partial

from store.errors import StoreDamaged
from store.file.strict_reader import check_row
from store.maintenance.finding import Finding
from store.model.format_version import KEY_OF_TABLE
from store.rules.history import records_from, summary
from store.rules.valid_record import check_records
from store.server import statements
from store.server.server_image import parse_record
from store.server.write_transaction import put_records, texts_of
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from store.server.server_store import ServerStore


def invalid_rows(server: ServerStore) -> Iterator[Finding]:
    """The rows whose text is no valid record, those of records first. Raises: StoreUnusable, StoreNewer.

    A record is mended by its history, which members only add to. An event stays as it is: the owner takes it out.
    """
    server.check_meta()
    for table, text_of_rows in statements.TEXTS.items():
        for number, text in server.ask(text_of_rows):
            if fault := _fault(table, number, text):
                sentence = tr(
                    "row {number} of followup.{table} is no valid record, another program wrote it: {fault}",
                    number=number,
                    table=table,
                    fault=fault,
                )
                if table == "events":
                    yield Finding(sentence, code="doctor.event-row-invalid", values={"seq": number})
                else:
                    yield Finding(sentence, _mend_by_history(server, table, number))
                continue
            record = parse_record(text)
            if texts_of(table, {number: record})[number] != text:
                sentence = tr(
                    "row {number} of followup.{table} was written by another program, and a quick look does not find "
                    "in it what stands there",
                    number=number,
                    table=table,
                )
                yield Finding(sentence, partial(_write_anew, server, table, number, record))


def _write_anew(server: ServerStore, table: str, number: int, record: Any) -> None:
    """Write the text of a record or an event as this program does."""
    if table == "events":
        server.mend([(statements.UPDATE_EVENTS, ([number], [texts_of(table, {number: record})[number]]))])
    else:
        ((changed,),) = server.ask(statements.CHANGED[table], number)
        server.mend(put_records(table, {number: record}, changed))


def _fault(table: str, number: int, text: str) -> str:
    try:
        check_row(table, number, text)
    except StoreDamaged as damage:
        return damage.sentence
    return ""


def _mend_by_history(server: ServerStore, table: str, number: int) -> Callable[[], None] | None:
    """What puts the record that the history tells into its row; None where it tells none that is valid."""
    key = KEY_OF_TABLE[table]
    rows = server.ask(statements.EVENTS_OF_RECORD, key, number)
    if not rows or any(_fault("events", seq, text) for seq, text in rows):
        return None
    events = [parse_record(text) for _, text in rows]
    recorded = records_from(events, key).get(number)
    if not recorded:
        return None
    record: dict[str, Any] = {**recorded, "id": number, "updated": events[-1]["at"], "revision": events[-1]["revision"]}
    if table == "commitments":
        record |= summary(events)
    try:
        check_records(table, {number: record})
    except StoreDamaged:
        return None
    return partial(server.mend, put_records(table, {number: record}, events[-1]["change"]))
