"""What another program put in the place of a number or a day acts in no output: not on a terminal, nor in a table."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support import store_builders
from tests.support.fork_for_many_commands import PreloadedProgram
from tests.support.program_with_injections import Program
from tests.support.stores_with_escapes import READING_COMMANDS, escapes_in, spoiled_stores

pytestmark = pytest.mark.file_only("a file that another program wrote")


@pytest.fixture
def worker(environment: dict[str, str]) -> Iterator[PreloadedProgram]:
    program = PreloadedProgram(Program(), environment)
    yield program
    program.end()


@pytest.mark.parametrize(
    "table",
    ["visits", "parties", *(pytest.param(large, marks=pytest.mark.torture) for large in ("commitments", "events"))],
)
def test_no_value_of_a_record_acts_in_an_output(
    database: Database, run: Run, worker: PreloadedProgram, environment: dict[str, str], table: str
) -> None:
    for argv in (
        ["due", "2", "2023-04-01", "--reason", "late"],
        ["note", "2", "x"],
        ["chase", "2"],
        ["undo"],
        ["redo"],
    ):
        assert run(*argv).code == 0, argv
    tables = json.loads(store_builders.raw(database))
    for place, store in spoiled_stores(tables, table):
        Path(database.path).write_bytes(store)
        answers, ended = worker.run([line.split() for line in READING_COMMANDS], environment)
        assert (ended, len(answers)) == ([0], len(READING_COMMANDS)), place
        for line, answer in zip(READING_COMMANDS, answers, strict=True):
            assert (escapes_in(answer.result.out, line), escapes_in(answer.result.err)) == ("", ""), (place, line)
            assert "has a fault" not in answer.result.err, (place, line)
