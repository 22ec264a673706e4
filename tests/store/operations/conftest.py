"""Two people at one store: asel, who opened it first, and boris."""

import pytest

from store.database import Database
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import beside


@pytest.fixture
def asel(database: Database) -> Database:
    return database


@pytest.fixture
def boris(database: Database) -> Database:
    """The same file, as the other one opens it."""
    return beside(database, who=BORIS)
