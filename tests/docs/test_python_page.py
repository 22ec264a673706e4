"""docs/python.md: ten recipes are files that the page runs, its other pieces run too, and it names every operation."""

import re
from pathlib import Path

import pytest

from store.database import Database
from store.tinydb_storage import OPERATIONS
from tests.conftest import Run
from tests.docs.pages import DOCS, section
from tests.docs.run_console_blocks import files_of, steps_of

PAGE = (DOCS / "python.md").read_text(encoding="utf-8")
PIECES = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE)


def test_there_are_ten_recipes_and_each_is_run() -> None:
    files = files_of(PAGE.splitlines())
    commands = [step.command for step in steps_of(PAGE.splitlines())]
    assert len(files) == len(re.findall(r"(?m)^### ", section("docs/python.md", "Ten recipes"))) == 10
    for name in files:
        assert any(command.startswith(f"followup python {name}") for command in commands), name


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_runs(piece: str, database: Database, run: Run, path: str) -> None:
    done = run("python", "-", input=piece, cwd=Path(path).parent)
    assert (done.code, done.err) == (0, "")


def test_every_operation_is_named() -> None:
    text = section("docs/python.md", "What is what")
    assert set(OPERATIONS) <= set(re.findall(r"`(\w+)`", text))
