"""Fixtures for imports: a store with the Lyon visit, and the import of rows as a CSV file."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import sample_lists
from tests.support.run_command import Result
from tests.support.store_builders import add_lyon, make_empty


@pytest.fixture
def lyon(path: str) -> Database:
    """A store that holds the Lyon visit and nothing else."""
    database = make_empty(path)
    add_lyon(database)
    return database


Importing = Callable[..., Result]


@pytest.fixture
def take(run: Run, tmp_path: Path) -> Importing:
    """`take(rows, *options)`: import these rows as a CSV of UTF-8, for the Lyon visit."""

    def importing(rows: Sequence[Sequence[str]] | str | bytes, *options: str, name: str = "list.csv") -> Result:
        text = rows if isinstance(rows, str | bytes) else sample_lists.as_csv(rows)
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return run("import", str(file), "--visit", "lyon-2022", *options)

    return importing
