"""An import is one change: all rows or none, whatever ends it, beside others who change the same store."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from store.database import Database
from store.file.file_store import file_of
from store.file.strict_reader import read_strictly
from store.imports.answers.parse_answers import ImportAnswers
from store.imports.apply.apply_rows import apply_rows
from store.imports.columns.column_mapping import map_columns
from store.imports.files.child_list_reader import read
from store.imports.files.reading_options import ReadOptions
from store.imports.grid.grid import Grid
from store.imports.rows.parse_rows import ParsedRows, parse_rows
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support import sample_lists
from tests.support.check_answers_and_refusals import unchanged
from tests.support.fixed_day_and_user import BORIS, TODAY
from tests.support.run_command import PATIENCE
from tests.support.run_in_shell_or_terminal import on_terminal
from tests.support.store_builders import add, beside, do, raw, record

ROWS = 60
HEADINGS = ["No", "Action", "By", "To", "Due"]

DIES_AT = """
import os, signal, sys
count, point = 0, int(sys.argv[1])
def dying(call):
    def called(*arguments, **named):
        global count
        count += 1
        if count == point:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*arguments, **named)
    return called
from tui.cli import import_rows
from tui.cli.commands import imports
for name in "open write close fsync fchmod fchown link rename unlink fstat listdir pwrite".split():
    setattr(os, name, dying(getattr(os, name)))
from tui.__main__ import FullScreenApp
from tui.cli.main import run
os._exit(run(sys.argv[2:], os.environ, FullScreenApp()))
"""

INTERRUPTED = """
import os, signal, sys
from store.imports.apply import apply_rows
real = apply_rows._ImportRun.apply
def interrupting(self, row):
    if row.number == 40:
        os.kill(os.getpid(), signal.SIGINT)
    real(self, row)
apply_rows._ImportRun.apply = interrupting
from tui.__main__ import FullScreenApp
from tui.cli.main import run
sys.exit(run(sys.argv[1:], os.environ, FullScreenApp()))
"""

INTERRUPTED_AT = """
import os, signal, sys
real = getattr(os, sys.argv[1])
def interrupted(path, *more, **named):
    status = real(path, *more, **named)
    if str(more[0] if more else path).endswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGINT)
    return status
setattr(os, sys.argv[1], interrupted)
from tui.__main__ import FullScreenApp
from tui.cli.main import run
sys.exit(run(sys.argv[3:], os.environ, FullScreenApp()))
"""

IMPATIENT = """
import os, sys
from tui import stderr
from tui.cli import import_rows
stderr._OFTEN = 0
import_rows.with_progress = lambda rows, total: stderr.with_progress(rows, total, patience=0)
from tui.__main__ import FullScreenApp
from tui.cli.main import run
sys.exit(run(sys.argv[1:], os.environ, FullScreenApp()))
"""


def rows_of(count: int, *, due: str = "2023-03-31") -> list[list[str]]:
    """A list of so many actions."""
    return [HEADINGS, *[[str(each), f"Send list {each}", "UNODC", "INL", due] for each in range(1, count + 1)]]


def list_file(tmp_path: Path, rows: list[list[str]]) -> Path:
    """The list as a file."""
    file = tmp_path / "list.csv"
    file.write_text(sample_lists.as_csv(rows))
    return file


def understood(rows: list[list[str]]) -> ParsedRows:
    """The list as the app understands it."""
    grid = read(sample_lists.as_csv(rows).encode(), "list.csv", ReadOptions(), None)
    assert isinstance(grid, Grid)
    return parse_rows(map_columns(grid, ImportAnswers({}, {"visit": "lyon-2022"})), TODAY)


def test_killed_before_any_of_its_calls_leaves_all_rows_or_none(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = list_file(tmp_path, rows_of(ROWS))
    empty = raw(lyon)
    seen: list[bool] = []
    for savepoint in range(1, 300):
        Path(lyon.path).write_bytes(empty)
        command = [sys.executable, "-c", DIES_AT, str(savepoint), "import", str(file), "--visit", "lyon-2022"]
        done = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE)
        count = len(lyon.snapshot().commitments)
        assert count in (0, ROWS)
        read_strictly(raw(lyon))
        seen.append(count == ROWS)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
    else:
        pytest.fail("the import never came to its end")
    assert len(seen) > 15
    assert seen == sorted(seen)


def test_interrupted_is_nothing(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = list_file(tmp_path, rows_of(ROWS))
    with unchanged(lyon.path):
        command = [sys.executable, "-c", INTERRUPTED, "import", str(file), "--visit", "lyon-2022"]
        done = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE)
    assert (done.returncode, done.stdout) == (130, b"")


def test_two_thousand_rows_are_one_change(lyon: Database, run: Run, tmp_path: Path) -> None:
    file = list_file(tmp_path, rows_of(2000))
    revision = lyon.snapshot().revision
    result = run("import", str(file), "--visit", "lyon-2022")
    assert result.out.splitlines()[-1].startswith("2000 rows: 2000 new")
    assert lyon.snapshot().revision == revision + 1
    assert {event["change"] for event in lyon.snapshot().events() if "imported" in event} == {revision + 1}
    assert "\r" not in result.err


def test_how_far_it_is_stands_on_a_terminal(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = list_file(tmp_path, rows_of(300))
    command = (sys.executable, "-c", IMPATIENT)
    result = on_terminal("import", str(file), "--visit", "lyon-2022", env=environment, is_stderr=True, command=command)
    assert "\rfollowup: 200 of 300" in result.out
    assert "300 rows: 300 new" in result.out


def test_what_others_changed_meanwhile_counts(lyon: Database) -> None:
    """The preview is of a moment; the change itself compares with the store as it then is."""
    wanted = understood(rows_of(1, due="2023-06-30"))
    with lyon.dry_run() as tx:
        assert apply_rows(tx, wanted).changes[0].is_new
    number = add(beside(lyon, who=BORIS), "Send list 1", by=["UNODC"], to=["INL"], state="agreed", due="2023-03-31")
    with lyon.transaction() as tx:
        applied = apply_rows(tx, wanted)
        assert [problem.row for problem in applied.problems] == [2]
        assert "its date was agreed (2023-03-31)" in applied.problems[0].why
    with lyon.transaction() as tx:
        applied = apply_rows(tx, wanted, reason="asked")
    assert [(change.number, change.is_new) for change in applied.changes] == [(number, False)]
    assert record(lyon, number)["due"] == "2023-06-30"


def test_trial_neither_locks_nor_writes(lyon: Database) -> None:
    os.unlink(file_of(lyon).lock_path)
    before = (raw(lyon), sorted(os.listdir(file_of(lyon).folder)))
    with lyon.dry_run() as tx:
        assert len(apply_rows(tx, understood(rows_of(5))).changes) == 5
    assert (raw(lyon), sorted(os.listdir(file_of(lyon).folder))) == before


def test_bad_row_leaves_nothing_behind(lyon: Database) -> None:
    """A row that fails half way, after its party and its commitment were entered, is as if it never was."""
    rows = [[*HEADINGS, "Nominated", "Acknowledged"], ["1", "One", "New Party", "INL", "", "1", "2"]]
    rows.append(["2", "Two", "UNODC", "INL", "", "", ""])
    with lyon.transaction() as tx:
        applied = apply_rows(tx, understood(rows))
        assert len(applied.problems) == 1
    assert [each["name"] for each in lyon.snapshot().parties.all()] == ["INTERPOL", "UNODC", "INL"]
    assert list(lyon.snapshot().commitments) == [1]
    assert record(lyon, 1)["title"] == "Two"
    image = file_of(lyon).image()
    assert image.meta["next"]["events"] == len(image.table("events")) + 1


def test_point_gives_back_what_was_there(database: Database) -> None:
    """The transaction goes back over changed, added and removed records alike, and what follows is saved."""
    with database.transaction() as tx:
        before = {table: tx.table(table) for table in ("visits", "parties", "commitments", "events")}
        settings = dict(tx.settings)
        tx.set_day("2023-02-01")
        savepoint = tx.savepoint()
        from store import operations

        operations.edit(tx, 2, owner="boris")
        operations.add(tx, "More", visit="lyon-2022", by=["IOM"], to=["OSCE"])
        operations.remove(tx, 1, "by mistake")
        operations.edit_party(tx, "UNODC", new_name="UN Office")
        operations.edit_visit(tx, "lyon-2022", new_slug="lyon")
        operations.change_settings(tx, timezone="Asia/Tashkent")
        assert operations.redact(tx, 3, "assistance") > 1
        tx.set_day("2023-01-01")
        tx.roll_back_to(savepoint)
        assert {table: tx.table(table) for table in before} == before
        assert tx.parties.find("IOM") is None
        assert tx.visit("lyon-2022")["slug"] == "lyon-2022"
        assert tx.events_since(savepoint) == []
        assert (dict(tx.settings), tx.day) == (settings, "2023-02-01")
        operations.edit(tx, 2, owner="asel")
        number = operations.add(tx, "Later", visit="lyon-2022", by=["UNODC"], to=["IOM"])
    assert number == 5
    assert record(database, 2)["owner"] == "asel"
    assert "assistance" in raw(database).decode()
    copies = [file_of(database).copies.read(copy) for copy in file_of(database).copies.all()]
    assert any("assistance" in str(copy.table("commitments").get(3)) for copy in copies)
    assert do(database, "undo")
    read_strictly(raw(database))


@pytest.mark.parametrize(("call", "name"), [("rename", "commitments.json"), ("link", "list-bad.csv")])
def test_bad_rows_of_an_import_that_was_interrupted_are_lost_in_no_case(
    lyon: Database, environment: dict[str, str], tmp_path: Path, call: str, name: str
) -> None:
    """Ctrl+c just after the store has its new name: the bad rows stand nowhere else."""
    file = list_file(tmp_path, [*rows_of(1), ["2", "Bad", "UNODC", "INL", "soonish"]])
    command = [sys.executable, "-c", INTERRUPTED_AT, call, name]
    command += ["import", str(file), "--visit", "lyon-2022", "--skip-bad"]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=PATIENCE)
    assert done.returncode == 130, done
    assert len(lyon.snapshot().commitments) == (1 if call == "rename" else 0)
    assert "soonish" in (tmp_path / "list-bad.csv").read_text(encoding="utf-8-sig")


def test_skipped_rows_are_not_written_when_nothing_is_saved(lyon: Database, take: Importing, tmp_path: Path) -> None:
    rows = [*rows_of(1), ["2", "Bad", "UNODC", "INL", "soonish"]]
    os.chmod(file_of(lyon).folder, 0o500)
    try:
        if os.access(file_of(lyon).folder, os.W_OK):
            pytest.skip("root may write everywhere")
        result = take(rows, "--skip-bad")
    finally:
        os.chmod(file_of(lyon).folder, 0o700)
    assert result.code == 4
    assert not (tmp_path / "list-bad.csv").exists()
