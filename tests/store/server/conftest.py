"""Fixtures for a store on a server: one PostgreSQL for all tests of a run, a database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.fixed_day_and_user import TODAY, StandingClock
from tests.support.postgres_server import MEMBERS, READERS, PostgresServer, common_folder, server_of_session


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the tests of this folder to `make test-server`."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.server)


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with server_of_session(common_folder(tmp_path_factory)) as server:
        yield server


@dataclass
class SharedStore:
    """An empty store on a server, made by the owner for the members and readers."""

    postgres: PostgresServer
    name: str

    def url(self, role: str = "asel") -> str:
        return self.postgres.url(self.name, role)

    def database(self, role: str = "asel", lock_timeout: float = 10.0) -> Database:
        return Database(self.url(role), StandingClock(TODAY), "nobody", lock_timeout)

    def env(self, role: str = "asel") -> dict[str, str]:
        return {"FOLLOWUP_STORE": self.url(role)}

    def sql(self, text: str, role: str = "postgres") -> list[tuple[object, ...]]:
        return self.postgres.sql(text, self.name, role)


@pytest.fixture
def server(postgres: PostgresServer, run: Run) -> Iterator[SharedStore]:
    store = SharedStore(postgres, postgres.make_database())
    made = run("init", store.url("postgres"), "--group", MEMBERS, "--readers", READERS)
    assert (made.code, made.err) == (0, f"followup: {_to_use(store.url('postgres'))}\n")
    yield store
    postgres.drop_database(store.name)


def _to_use(url: str) -> str:
    return f'to use it: export FOLLOWUP_STORE="{url}", or followup config store "{url}"'
