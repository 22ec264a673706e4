"""Where no file may grow (`ulimit -f 0`), looks answer and each change says that nothing was saved."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from store.database import Database
from tests.conftest import Run
from tests.support.run_command import Result
from tests.support.run_in_shell_or_terminal import shell
from tests.support.store_builders import raw

pytestmark = pytest.mark.file_only("the limit is on files")


def limited(line: str, environment: Mapping[str, str]) -> Result:
    return shell(f'cd "$HOME"; ulimit -f 0; followup {line} < /dev/null', environment)


@pytest.mark.parametrize(
    "line",
    [
        "status",
        "list",
        "list --json",
        "show 2",
        "history",
        "visits",
        "parties",
        "check state:reported",
        "doctor --repair",
        "export --format xlsx",
        "export --format ics",
        "sheet INTERPOL",
        "digest --for asel --format mail",
        "completion bash",
    ],
)
def test_a_look_answers(database: Database, environment: dict[str, str], line: str) -> None:
    before = raw(database)
    done = limited(line, environment)
    assert done.code == 0, done
    assert "File too large" not in done.err
    assert raw(database) == before


@pytest.mark.parametrize(
    "line",
    [
        "note 2 x",
        "mark 2 in-progress",
        "edit 2 --owner x",
        "add T --visit lyon-2022 --by UNODC --to INTERPOL",
        "visit edit lyon-2022 --place Paris",
        "party edit UNODC --alias X",
        "undo",
        "redact 2 --passage Nominate --yes",
        "restore 5",
        "config silent-after 9 --shared",
        "config me asel",
        "backup b.json",
        "export -o x.csv",
        "export -o x.xlsx",
        "sheet INTERPOL -o s.docx",
        "init new.json",
        "demo new",
        "import list.xlsx --visit lyon-2022",
        "import list.csv --visit lyon-2022",
    ],
)
def test_a_change_says_that_nothing_was_saved(
    database: Database, environment: dict[str, str], run: Run, line: str
) -> None:
    home = Path(environment["HOME"])
    (home / "list.csv").write_text("Action,By,To\nSend it all,UNODC,INTERPOL\n")
    with Workbook(home / "list.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((("Action", "By", "To"), ("Send it all", "UNODC", "INTERPOL"))):
            sheet.write_row(number, 0, row)
    assert run("note", "3", "mine").code == 0
    before, files = raw(database), _files(home, database)
    done = limited(line, environment)
    assert done.code != 0, done
    assert "File too large" in done.err, done
    assert len([each for each in done.err.splitlines() if "File too large" in each]) == 1
    assert "Traceback" not in done.err
    assert (raw(database), _files(home, database)) == (before, files)


def _files(home: Path, database: Database) -> set[str]:
    """The files that have something in them, but the lock."""
    folders = (home, Path(database.path).parent)
    found = {str(path) for folder in folders for path in folder.rglob("*") if path.is_file() and path.stat().st_size}
    return {path for path in found if not path.endswith(".lock")}
