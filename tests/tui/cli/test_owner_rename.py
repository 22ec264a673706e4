"""`owner rename`, and what an account that was renamed finds: real processes of an account with a number of its own."""

from collections.abc import Callable

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import assert_refused, document
from tests.support.process_of_renamed_account import VARIABLE, named_account
from tests.support.program_with_injections import Program
from tests.support.run_command import Result

pytestmark = pytest.mark.file_only("the number of an account, which a server does not know")


@pytest.fixture
def called(database: Database, environment: dict[str, str]) -> Callable[..., Result]:
    """Runs a command as the account, under a name."""
    program = Program().after(named_account)
    return lambda name, *argv: program.run(*argv, env={**environment, VARIABLE: name})


def test_a_renamed_account_keeps_undo_and_mine(called: Callable[..., Result]) -> None:
    assert called("zz-asel", "add", "Mine", "--visit", "lyon-2022", "--by", "IOM", "--to", "UNODC").out == "5\n"
    for query in ("mine", "owner:me"):
        assert called("zz-karimova", "list", query, "--ids") == (0, "5\n", "")
    assert called("zz-karimova", "config", "me").out == "zz-karimova, zz-asel\n"
    assert called("zz-karimova", "undo", "--list").out.startswith("change ")
    undone = called("zz-karimova", "undo")
    assert undone.out.startswith("taken back: #5 Mine")
    assert "made as zz-asel, whose account has the number of yours" in undone.err
    assert called("zz-karimova", "redo").out.startswith("brought back: #5 Mine")
    renamed = called("zz-karimova", "owner", "rename", "zz-asel", "zz-karimova")
    assert renamed == (0, "owner zz-asel -> zz-karimova in 1 commitment\n", "")
    assert called("zz-karimova", "list", "owner:zz-karimova", "--ids").out == "5\n"
    events = document(called("zz-karimova", "history", "5", "--json"))
    assert [event["who"] for event in events] == ["zz-asel", *["zz-karimova"] * 3]


def test_a_name_that_was_set_stands_alone(called: Callable[..., Result]) -> None:
    called("zz-asel", "note", "1", "called")
    assert called("zz-karimova", "config", "me", "UNODC").code == 0
    assert called("zz-karimova", "config", "me").out == "UNODC\n"


def test_owner_rename_prints_what_it_changed(database: Database, run: Run) -> None:
    assert run("owner", "rename", "asel", "Dina K").out == "owner asel -> Dina K in 4 commitments\n"
    assert [each["owner"] for each in document(run("owner", "rename", "Dina K", "asel", "--json"))] == ["asel"] * 4
    assert run("owner", "rename", "asel", "asel") == (0, "asel is so already\n", "")


@pytest.mark.parametrize(
    ("argv", "code", "fragment"),
    [
        (["aselx", "x"], 3, 'nobody called "aselx" owns a commitment; did you mean "asel"?'),
        (["zoe", "x"], 3, 'nobody called "zoe" owns a commitment; known owners: asel'),
        (["asel", ""], 2, "an owner has a name"),
        (["asel"], 2, "followup owner rename asel asel.karimova"),
        (["asel", "x", "y"], 2, "takes only OLD NEW"),
    ],
)
def test_owner_rename_is_refused(database: Database, run: Run, argv: list[str], code: int, fragment: str) -> None:
    assert_refused(run("owner", "rename", *argv), code, fragment)


def test_a_batch_renames_an_owner(database: Database, run: Run) -> None:
    assert run("batch", input="owner rename asel dina\n").out.startswith("ok 1 ")
