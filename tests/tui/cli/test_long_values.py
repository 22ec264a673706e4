"""Values of thousands of digits or letters: refused in one sentence of a readable length, never a fault."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.support.check_answers_and_refusals import unchanged

DIGITS = "7" * 5000
"""More digits than Python makes a number of."""

WITH_DIGITS = [
    *("show N", "history N", "N", "#N", "mark N done", "mark 1-N done", "mark N-1 done", "due N today", "note N x"),
    *("chase N", "edit N --owner x", "remove N --reason x", "redact N --passage x --yes", "reason N x"),
    *(
        "undo N",
        "undo #N",
        "undo -N",
        "restore N",
        "edit 1 --after N",
        "edit 1 --owner x --expect-rev N",
    ),
    *(
        "seats 1 --wanted N",
        "seats 1 --nominated N",
        "seats 1 --acknowledged N",
        "close 1 --because superseded --by-id N",
    ),
    *(
        "check --within N",
        "check id:N",
        "check late:N..",
        "check silent:N",
        "check due:..Nd",
        "list id:1-N",
        "list due:N",
    ),
    *("due 1 +Nd", "due 1 in N weeks", "due 1 N-01-01", "due 1 1.N.2026", "due 1 2026-WN", "due 1 QN 2026"),
    *(
        "chase 1 --again +Nd",
        "note 1 x --on N",
        "--today N status",
        "config silent-after N --shared",
        "config timezone N --shared",
    ),
    *(
        "report --quarter N",
        "report --from N --to N",
        "sheet --since N",
        "export --format ics --alarm Nd",
        "export --format N",
    ),
    *(
        "add x --like N",
        "visit add x --place p --from N",
        "visit aside N",
        "list --sort N",
        "help N",
        "list --N",
        "--N",
        "N N",
    ),
    *("import N", "python N", "party merge N M", "completion N", "mark 1 N", "config N", "doctor N"),
]


_NO_COPIES = pytest.mark.answers_differ("a server has no automatic copies to name")


@pytest.mark.parametrize(
    "line", [pytest.param(line, marks=[_NO_COPIES] if line == "restore N" else []) for line in WITH_DIGITS]
)
def test_it_is_refused_in_a_sentence_that_can_be_read(database: Database, run: Run, line: str) -> None:
    with unchanged(database.path):
        done = run(*(word.replace("N", DIGITS) for word in line.split()))
    said = done.err + done.out
    assert done.code in (1, 2, 3)
    assert "has a fault" not in said
    assert said.count("\n") == 1
    assert len(said) < 800, said


@pytest.mark.answers_differ("shows a path of the test itself, cut")
@pytest.mark.parametrize("name", ["FOLLOWUP_TODAY", "FOLLOWUP_LOCK_TIMEOUT", "FOLLOWUP_STORE"])
def test_a_variable_is_refused_so_too(database: Database, run: Run, name: str) -> None:
    done = run("note", "1", "x", env={name: DIGITS})
    assert done.code in (2, 4)
    assert done.err.count("\n") == 1
    assert len(done.err) < 800


def test_a_line_of_a_batch_is_answered_so_too(database: Database, run: Run) -> None:
    done = run("batch", input=f"mark {DIGITS} done\n{DIGITS}\nseats 1 --wanted {DIGITS}\n")
    assert done.code == 2
    assert [line[:7] for line in done.out.splitlines()] == ["error 1", "error 2", "error 3"]
    assert max(map(len, done.out.splitlines())) < 800


def test_a_long_text_in_quotes_is_shown_by_its_beginning_and_its_end(database: Database, run: Run) -> None:
    typed = " ".join(["lyon"] * 2000)
    done = run("visit", "edit", typed, "--title", "x")
    assert done.err.startswith('followup: there is no visit "lyon lyon lyon ')
    assert "..." in done.err
    assert len(done.err) < 300


@pytest.mark.file_only("the path of a file")
def test_a_path_is_shown_whole(run: Run, path: str) -> None:
    deep = "/".join([path, *["folder-with-a-long-name"] * 8])
    assert deep in run("--store", deep, "list").err


@pytest.mark.file_only("the copies beside a file")
def test_a_revision_with_zeros_before_it_is_that_revision(database: Database, run: Run) -> None:
    assert run("note", "1", "called").code == 0
    before = database.snapshot().revision - 1
    assert run("restore", f"00{before}").code == 0
