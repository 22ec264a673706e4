"""Whether a database is on a server, and the server store of it: maintenance does what differs between the engines."""

from __future__ import annotations

from store.server_name import is_server_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.database import Database
    from store.server.server_store import ServerStore


def is_on_server(database: Database) -> bool:
    """Whether the store is on a server."""
    return is_server_name(database.name)


def server_of(database: Database, *, is_moving: bool = False) -> ServerStore:
    """The server store of a database; a closed one is opened when it `is_moving`."""
    from store.server.server_store import ServerStore

    return ServerStore(database.name, database.lock_timeout, is_moving=is_moving)
