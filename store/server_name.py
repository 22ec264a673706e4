"""The name of a store on a server: a URL as libpq reads it, or a service of `~/.pg_service.conf`."""

from __future__ import annotations

import os

from store.errors import UsageError
from store.translation import tr

_SERVICE = "service="
_SERVER_NAMES = ("postgresql://", "postgres://", _SERVICE)

_PLACE = frozenset({"host", "hostaddr", "port", "dbname"})
"""The options that say where a store is."""


def is_server_name(name: str) -> bool:
    """Whether the name of a store is that of one on a server; every other name is a path."""
    return name.startswith(_SERVER_NAMES)


def refuse_password(name: str) -> None:
    """Refuse a password in the name of a store, which others see in lists of processes. Raises: UsageError."""
    if name.startswith(_SERVICE):
        if "password" in name.lower():
            raise _password_in_name()
        return
    rest = name.partition("://")[2]
    authority, _, query = rest.partition("?")
    user = authority.partition("/")[0].rpartition("@")[0]
    options = [_decoded(option.partition("=")[0]).lower() for option in query.split("&")]
    if ":" in _decoded(user) or {"password", "sslpassword"} & set(options):
        raise _password_in_name()


def _decoded(text: str) -> str:
    """A part of a URL as libpq reads it."""
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def _password_in_name() -> UsageError:
    sentence = tr("a password in the name of a store is seen by others: put it into ~/.pgpass")
    return UsageError(sentence, code="server.password-in-name")


def printable_name(name: str) -> str:
    """The name without options other than those of its place: user, host, port and database."""
    if name.startswith(_SERVICE):
        return name.partition(" ")[0]
    place, _, options = name.partition("?")
    shown = "&".join(option for option in options.split("&") if _decoded(option.partition("=")[0]) in _PLACE)
    return f"{place}?{shown}" if shown else place


def name_in_private_files(store: str) -> str:
    """The canonical name of a store for a user's private files, whatever path it was opened by."""
    return printable_name(store) if is_server_name(store) else os.path.realpath(store)
