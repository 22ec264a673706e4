"""What another program put in the place of a number or a day reaches no terminal as a control sequence."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.command_line import assert_harmless
from torture.files.file_damage import in_our_lines, with_the_right_sum

pytestmark = pytest.mark.file_only("a file that another program wrote")

CONTROL = "\x1b]0;PWN\x07\x1b[31m"
LOOKS = (["show", "2"], ["history"], ["list", "--all"], ["status"], ["undo", "--list"])


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of the values in a document that are no objects or lists."""
    if isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(each, (*path, key))
    else:
        yield path


def _spoiled(tables: dict[str, Any], path: tuple[str | int, ...]) -> bytes:
    copy: Any = json.loads(json.dumps(tables))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = CONTROL
    return with_the_right_sum(in_our_lines(copy))


@pytest.mark.parametrize("table", ["visits", "parties", "commitments", "events"])
def test_no_value_of_a_record_acts_on_a_terminal(database: Database, run: Run, table: str) -> None:
    for argv in (["note", "2", "x"], ["chase", "2"], ["undo"]):
        assert run(*argv).code == 0
    tables = json.loads(store_builders.raw(database))
    number = max(tables[table], key=int) if table == "events" else "2" if table == "commitments" else "1"
    for path in _paths(tables[table][number]):
        Path(database.path).write_bytes(_spoiled(tables, (table, number, *path)))
        for argv in LOOKS:
            answer = run(*argv)
            assert_harmless(answer.out + answer.err)
