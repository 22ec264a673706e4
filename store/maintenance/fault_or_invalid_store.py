"""Tells a fault of the program from a store whose sum is right and whose records are not valid."""

from __future__ import annotations

from store.errors import StoreDamaged
from store.file.file_store import file_of
from store.file.strict_reader import read_strictly
from store.maintenance.engines import is_on_server

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database


def refuse_invalid(database: Database) -> None:
    """Refuse a file with a record that is not valid, which looks do not check where the sum is right.

    Raises: StoreUnusable.
    """
    if is_on_server(database):
        return
    file = file_of(database)
    try:
        read_strictly(file.read_bytes())
    except StoreDamaged as damage:
        raise file.record_invalid(damage) from None
