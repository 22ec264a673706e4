"""Fixtures of the tests of reports."""

import pytest

from store.file import strict_reader
from store.snapshot import Snapshot
from tests.support.synthetic_stores import made


@pytest.fixture(scope="package")
def synthetic() -> Snapshot:
    """Four hundred made promises, on a day late in their year."""
    return Snapshot(strict_reader.read(made(400, 6)), "2026-11-25")
