"""A server that somebody has, named by its URL, in the place of one of the proofs' own: nothing of it is killed."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.support.postgres_server import OWNER, PostgresServer


class GivenServer(PostgresServer):
    """A server on which the role of the URL may make databases; it is everybody there."""

    made_with = ()
    has_templates = False

    def __init__(self, url: str) -> None:
        self._given = {name: str(value) for name, value in conninfo_to_dict(url).items()}
        self._user = self._given.get("user", OWNER)
        self._made: list[str] = []

    @property
    def address(self) -> str | tuple[str, int]:
        """Where it listens."""
        host, port = self._given.get("hostaddr") or self._given.get("host") or "", int(self._given.get("port", "5432"))
        return str(Path(host or "/var/run/postgresql", f".s.PGSQL.{port}")) if host[:1] in ("", "/") else (host, port)

    def connected(self, database: str, role: str = OWNER) -> psycopg.Connection[Any]:
        """A connection that is not the program's; `postgres` is the database of the URL."""
        own = {} if database == OWNER else {"dbname": database}
        return psycopg.connect(make_conninfo(**{**self._given, **own}), autocommit=True)

    def make_database(self, template: str = "") -> str:
        """Make an empty database. Returns its name."""
        name = f"followup_torture_{uuid.uuid4().hex[:12]}"
        self.sql(f"CREATE DATABASE {name}")
        self._made.append(name)
        return name

    def url(self, database: str, role: str = OWNER) -> str:
        """The name of the store in that database."""
        options = {name: value for name, value in self._given.items() if name not in ("user", "dbname", "password")}
        said = "&".join(f"{name}={quote(value, safe='/')}" for name, value in options.items())
        return f"postgresql://{quote(self._user, safe='')}@/{database}?{said}"

    def role_of(self, person: str) -> str:
        """The one role."""
        return self._user

    def clear(self) -> None:
        """Take out what was made."""
        for name in self._made:
            self.drop_database(name)


@contextlib.contextmanager
def given_server(url: str | None) -> Iterator[GivenServer | None]:
    """The server of this URL; None without one. What was made there is gone afterwards."""
    if url is None:
        yield None
        return
    server = GivenServer(url)
    try:
        yield server
    finally:
        server.clear()
