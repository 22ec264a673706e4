"""A sandbox whose store is on a server: a database of its own on a PostgreSQL of the tests."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from store.database import Database
from store.quick_json import loads
from tests.support.fixed_day_and_user import TODAY, StandingClock
from tests.support.postgres_relay import FAILING, NUMBERING
from tests.support.postgres_server import OWNER, PostgresServer, shared_server
from tests.support.program_with_injections import Program
from tests.support.run_command import followup
from torture.proof import Proof
from torture.testbed import Sandbox, Testbed

PERSON = "boris"
"""A role that may change the store; what asel put into it is not his to take back."""

_TEMPLATES: dict[Path, str] = {}
"""Folder of a server -> the database with the store of the tests that the others are made of."""


class ServerSandbox(Sandbox):
    """A sandbox with the store of the tests on a server; `env` names it for a member."""

    is_remote = True
    longest_start = 0.5

    def __init__(self, program: Program, judge: Program, folder: Path, server: PostgresServer) -> None:
        super().__init__(program, judge, folder)
        self.server = server
        self.env |= {name: os.environ[name] for name in ("PGPASSWORD", "PGPASSFILE") if name in os.environ}
        if not server.has_templates:
            self.database = self._template()
        else:
            if server.folder not in _TEMPLATES:
                _TEMPLATES[server.folder] = self._template()
            self.database = server.make_database(_TEMPLATES[server.folder])
        self.env["FOLLOWUP_STORE"] = server.url(self.database, PERSON)
        self.env["FOLLOWUP_LOCK_TIMEOUT"] = "60"
        self._begun = 0
        self._begun = len(self.events())

    def _template(self) -> str:
        name = self.server.make_database()
        owner = self.server.url(name, OWNER)
        self.make()
        for words in (["init", owner, *self.server.made_with], ["restore", str(self.store)]):
            done = followup(*words, env={**self.env, "FOLLOWUP_STORE": owner}, cwd=str(self.folder))
            assert done.code == 0, done.err
        self.server.sql(FAILING, name)
        self.server.sql(NUMBERING, name)
        return name

    def by_way_of(self, folder: Path, **more: str) -> dict[str, str]:
        """The surroundings of a process whose connections go through the relay in this folder."""
        person = self.server.role_of(PERSON)
        return {"FOLLOWUP_STORE": f"postgresql://{person}@/{self.database}?host={folder}", **more}

    def opened(self, role: str = PERSON, patience: float = 30.0) -> Database:
        """The store, opened by the sound program in this process."""
        return Database(self.server.url(self.database, role), StandingClock(TODAY), role, patience)

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run SQL that is not the program's."""
        return self.server.sql(text, self.database)

    def events(self) -> list[Any]:
        """The events since the beginning, as the server has them."""
        rows = self.sql(f"SELECT doc FROM followup.events WHERE seq > {self._begun} ORDER BY seq")
        return [loads(text.encode()) for (text,) in rows]

    def notes(self) -> Counter[str]:
        """How often each note is there."""
        return Counter(event["note"] for event in self.events() if "note" in event)

    def check_history(self, proof: Proof, when: str) -> None:
        """The revisions of each record are numbered one after the other, and doctor finds nothing."""
        revisions: dict[tuple[str, int], list[int]] = {}
        for event in self.events():
            for key in {"id", "visit", "party"} & set(event):
                revisions.setdefault((key, event[key]), []).append(event["revision"])
        for (key, number), found in revisions.items():
            is_whole = found == list(range(found[0], found[0] + len(found)))
            proof.check(is_whole, f"{when}, the revisions of {key} {number}: {found}")
        judged = followup("doctor", env={**self.env, "FOLLOWUP_STORE": self.server.url(self.database, OWNER)})
        proof.check(judged.code == 0, f"{when}, doctor: {judged.out[:300]}{judged.err[:300]}")


@contextmanager
def server_sandbox(testbed: Testbed) -> Iterator[ServerSandbox]:
    """A sandbox on the server of the proofs."""
    with shared_server() as server, sandbox_on(server, testbed) as sandbox:
        yield sandbox


@contextmanager
def sandbox_on(server: PostgresServer, testbed: Testbed) -> Iterator[ServerSandbox]:
    """A sandbox on this server."""
    with testbed.sandbox() as plain:
        folder = plain.folder.parent / "on-server"
        folder.mkdir(mode=0o700)
        yield ServerSandbox(plain.program, plain.judge, folder, server)
