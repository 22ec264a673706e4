"""Tells a crash from a store with an invalid record, which reading commands do not check."""

from __future__ import annotations

from itertools import chain

from store.errors import StoreDamaged, StoreUnusable
from store.file.file_store import file_of
from store.file.refuse_damaged import refusal_of_invalid_record
from store.file.strict_reader import read_strictly
from store.maintenance.server_of_database import is_on_server, server_of
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.server.server_store import ServerStore


def refuse_invalid(database: Database) -> None:
    """Refuse a file whose sum is right, or a server, with a record that is not valid. Raises: StoreUnusable."""
    if is_on_server(database):
        _refuse_invalid_row(server_of(database))
        return
    file = file_of(database)
    try:
        read_strictly(file.read_bytes())
    except StoreDamaged as damage:
        raise refusal_of_invalid_record(file.path, damage) from None


def _refuse_invalid_row(server: ServerStore) -> None:
    from store.maintenance.doctor_checks_server import wrong_columns
    from store.maintenance.invalid_server_rows import invalid_rows

    found = next(chain(invalid_rows(server), wrong_columns(server)), None)
    if found is not None:
        raise StoreUnusable(
            tr("{where}: {sentence}", where=visible(server.where), sentence=found.sentence), code="server.row-invalid"
        )
