"""A store that a group shares, for the tests of who may do what with its files."""

import os
from pathlib import Path

import pytest

from store.database import Database
from store.maintenance.create_store import make_shared
from tests.support.doctor_repair import findings
from tests.support.store_builders import VISIT, add, do, open_store

GROUP = 4321
"""A group that no file has by itself; only root may give a file to it."""


@pytest.fixture
def team(tmp_path: Path) -> Database:
    """A shared store with one visit; it belongs to a group of its own where the tests may give files away."""
    folder = tmp_path / "team"
    folder.mkdir()
    if os.getuid() == 0:
        os.chown(folder, -1, GROUP)
    os.chmod(folder, 0o2770)
    database = open_store(str(folder / "c.json"))
    make_shared(database, {}, None)
    do(database, "add_visit", "Visit", place="Lyon", start="2022-12-06", slug=VISIT)
    add(database)
    assert findings(database) == []
    return database
