"""Fixtures with the demo store, which is made once and copied for each test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from store.database import Database
from store.maintenance.demo import make_demo
from store.snapshot import Snapshot
from tests.support.store_builders import open_store


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of the demo store on the fixed day."""
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o700)
    file = folder / "commitments.json"
    make_demo(open_store(str(file)))
    return file.read_bytes()


@pytest.fixture
def fresh_demo(path: str, demo_bytes: bytes) -> Callable[[], Database]:
    """Gives the demo store as it was at first."""

    def make() -> Database:
        file = Path(path)
        file.write_bytes(demo_bytes)
        file.chmod(0o600)
        return open_store(path)

    return make


@pytest.fixture
def demo_store(fresh_demo: Callable[[], Database]) -> Database:
    """The demo store, for one test to change."""
    return fresh_demo()


@pytest.fixture(scope="session")
def demo_snapshot(demo_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A snapshot of the demo store."""
    folder = tmp_path_factory.mktemp("snapshot")
    folder.chmod(0o700)
    file = folder / "commitments.json"
    file.write_bytes(demo_bytes)
    snapshot = open_store(str(file)).snapshot()
    assert snapshot.rows
    return snapshot
