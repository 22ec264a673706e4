"""A store on a server in the place of a file: the same tests run on both, and what is printed is compared.

A worker has one database, in which the store of one test after the other is laid; all share one server. `PGHOST` names
it, so that the name of a store is as short as a path, and is printed as it is.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import psycopg
from psycopg import sql

from store.server.statements import DELETE_ALL
from store.server_name import is_server_name
from tests.support.postgres_server import MEMBERS, OWNER, PostgresServer

if TYPE_CHECKING:
    from tests.support.run_command import Result

ON_FILE, ON_SERVER = "on-file", "on-server"

_TABLES = ("meta", *DELETE_ALL)

_DONE_BY_ANOTHER = (psycopg.errors.UniqueViolation, psycopg.errors.DuplicateObject)
"""What the same at the same time in another worker is refused with: roles are of the whole server."""

_ROLE = re.compile(r"(?<=postgresql://)[^@/\s]+(?=@/)")


def as_role(name: str, who: str) -> str:
    """The name of a store as this person opens it: on a server the role in it, which is made when it is not there."""
    if not is_server_name(name):
        return name
    database = _database_in(name)
    with _connected(database) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (who,)).fetchall():
            role = sql.SQL("CREATE ROLE {} LOGIN IN ROLE {}").format(sql.Identifier(who), sql.Identifier(MEMBERS))
            with contextlib.suppress(*_DONE_BY_ANOTHER):
                connection.execute(role)
    return f"postgresql://{quote(who, safe='')}@/{database}"


def digest(name: str) -> str:
    """A value that differs when anything in the store on a server does."""
    found = hashlib.sha256()
    with _connected(_database_in(name)) as connection:
        for table in _TABLES:
            rows = connection.execute(f"SELECT * FROM followup.{table} ORDER BY 1".encode()).fetchall()
            found.update(repr(rows).encode())
    return found.hexdigest()


def _database_in(name: str) -> str:
    return unquote(name.partition("?")[0].rpartition("/")[2])


def _connected(database: str) -> psycopg.Connection[Any]:
    return psycopg.connect(dbname=database, user=OWNER, host=os.environ["PGHOST"], autocommit=True)


class WorkerDatabase:
    """The database of a worker."""

    def __init__(self, server: PostgresServer, me: str) -> None:
        """`me` is the account that runs the command: it may do what the owner of a store may."""
        self.server = server
        self._database = server.make_database()
        self.name = f"postgresql://{me}@/{self._database}"
        self._laid: set[str] = set()
        with contextlib.suppress(*_DONE_BY_ANOTHER):
            self._sql(f'GRANT {OWNER} TO "{me}"')
        self._sql(
            f'ALTER DEFAULT PRIVILEGES FOR ROLE "{me}" GRANT ALL ON TABLES TO {MEMBERS}',
            f'ALTER DEFAULT PRIVILEGES FOR ROLE "{me}" GRANT USAGE ON SCHEMAS TO {MEMBERS}',
        )

    def _sql(self, *texts: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        with psycopg.connect(dbname=self._database, user=OWNER, host=str(self.server.folder)) as connection:
            for text in texts:
                cursor = connection.execute(text.encode())
                found = cursor.fetchall() if cursor.description else []
        return found

    def clear(self) -> None:
        """Take out the store of the test before, and end its connections."""
        for tries_left in reversed(range(10)):
            try:
                self._clear()
                break
            except (psycopg.errors.DeadlockDetected, psycopg.errors.LockNotAvailable):
                if not tries_left:  # Until then: who was ended has connected anew, and is ended again.
                    raise

    def _clear(self) -> None:
        self._sql(
            "SET lock_timeout = '5s'",
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            "DROP SCHEMA IF EXISTS followup CASCADE",
        )

    def lay(self, kind: str, make: Callable[[], object]) -> None:
        """Lay a store of this kind, which `make` makes the first time."""
        if kind not in self._laid:
            make()
            self._sql(
                f'CREATE SCHEMA "{kind}"',
                *(f'CREATE TABLE "{kind}".{table} AS TABLE followup.{table}' for table in _TABLES),
            )
            self._laid.add(kind)
            return
        make_empty(self.name)
        self._sql(
            "DELETE FROM followup.meta",
            *(f'INSERT INTO followup.{table} SELECT * FROM "{kind}".{table}' for table in _TABLES),
        )


def make_empty(name: str) -> None:
    """Make an empty store on a server, which the members may change."""
    from store.maintenance.create_store import make_on_server
    from tests.support.store_builders import open_store

    make_on_server(open_store(name, who=OWNER), {}, group=MEMBERS, readers=None)


def fill(name: str, raw: bytes) -> None:
    """Make a store on a server of the bytes of a file, line by line."""
    from store.file.strict_reader import read
    from store.server.server_store import ServerStore

    make_empty(name)
    image = read(raw)
    with ServerStore(as_role(name, OWNER), 10).begin("", lambda: "", ()) as write:
        write.replace(image, image.meta, {})


def without_what_differs(text: str, *places: tuple[str, str]) -> str:
    """The text without what differs between two runs: names of places, roles in them, instants of the clock.

    Nor with what a doctor tells of a server beside what it finds.
    """
    text = re.sub(r"^server: .*\n", "", _ROLE.sub("", text), flags=re.MULTILINE)
    for place, name in places:
        text = text.replace(_ROLE.sub("", place), name) if place else text
    text = re.sub(r"/tmp/followup-tests-\w{8}|(?<=/followup-demo-)\w{8}", "MADE", text)
    text = re.sub(r"\d\d\d\d-\d\d-\d\dT[\d:]{8}Z|(?<=, )\d\d:\d\d\b|\d{8}T\d{6}Z", "INSTANT", text)
    # What a mail has of the clock and of chance.
    text = re.sub(r"={15}\d+==|(?<=\nDate: )[^\n]+", "INSTANT", text)
    return re.sub(r"\(change (\d+) of \d+ \w+(?: \d+)?,", r"(change \1 of DAY,", text)


class RecordedAnswers:
    """What the commands of a test answered, compared with what those of the same test on the other store did."""

    def __init__(self, folder: Path, test: str, *places: tuple[str, str]) -> None:
        """`folder` is shared by the workers; `test` is the name of the test, the same on both stores."""
        self._file = folder / (hashlib.sha256(test.encode()).hexdigest() + ".json")
        self._places = places
        self._answers: list[list[object]] = []

    def add(self, argv: Sequence[str], result: Result) -> None:
        """Keep the answer to a command line."""
        texts = [without_what_differs(text, *self._places) for text in (" ".join(argv), result.out, result.err)]
        self._answers.append([*texts, result.code])

    def compare(self) -> None:
        """Compare with the other store's, if the test has run on it; else leave these for it."""
        if not self._answers:
            return  # It was skipped on this one.
        own = self._file.with_suffix(f".{os.getpid()}")
        own.write_text(json.dumps(self._answers))
        try:
            os.link(own, self._file)
        except FileExistsError:
            other = json.loads(self._file.read_text())
            different = [pair for pair in zip(self._answers, other, strict=True) if pair[0] != pair[1]]
            assert not different, f"the answers on a file and on a server differ: {different[0]}"
        finally:
            own.unlink()
