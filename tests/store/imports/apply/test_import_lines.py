"""The line of a new row says what was understood: who, to whom, until when, where it stands."""

import pytest

from store.database import Database
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support.store_builders import INTERPOL, MIA, do

HEADINGS = ["Action", "By", "To", "Due", "Status", "Done on", "Note"]


def row(due: str = "", state: str = "", done: str = "", note: str = "", title: str = "Send it") -> list[str]:
    """One action of UNODC for MIA Uzbekistan."""
    return [title, "UNODC", MIA, due, state, done, note]


@pytest.mark.parametrize(
    ("cells", "fragment"),
    [
        (row("2026-12-15", "agreed"), "due 15 Dec 2026 · agreed"),
        (row("Q4 2026"), 'due 31 Dec 2026 (quarter) "Q4 2026" · proposed'),
        (row("2026-12"), 'due 31 Dec 2026 (month) "2026-12" · proposed'),
        (row(), "no date · proposed"),
        (
            row("31.03.2023", "done", "2023-02-15", "by post"),
            'due 31 Mar 2023 · reported done 15 Feb 2023; note "by post"',
        ),
        (row("", "declined"), "no date · closed (declined) 1 Mar 2023"),
        (row("", "in progress"), "no date · in progress"),
    ],
)
def test_a_new_row_says_what_was_understood(
    database: Database, take: Importing, cells: list[str], fragment: str
) -> None:
    do(database, "edit_party", MIA, short="MIA UZ")
    dry = take([HEADINGS, cells], "--dry-run")
    assert dry.out.startswith(f"row 2: new #5 Send it · UNODC → MIA UZ · {fragment}\n"), dry
    assert take([HEADINGS, cells]).out == dry.out


def test_it_is_ascii_where_utf8_is_not_carried(lyon: Database, run: Run, take: Importing) -> None:
    take([HEADINGS, row("Q4 2026")], "--dry-run")
    store = lyon.path
    file = f"{store.rsplit('/', 2)[0]}/list.csv"
    result = run("import", file, "--visit", "lyon-2022", env={"LC_ALL": "C"})
    assert result.out.startswith(
        f'row 2: new #1 Send it - UNODC -> {MIA} - due 31 Dec 2026 (quarter) "Q4 2026" - proposed'
    )


def test_a_long_title_is_cut(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(title="Send all of it " * 20)])
    assert f"new #1 {('Send all of it ' * 20)[:59]}… · UNODC" in result.out


def test_new_parties_are_told_apart_from_the_rows(database: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["One", "UNDOC", "IOM"], ["Two", "OSCE", INTERPOL]]
    result = take(rows, "--dry-run")
    assert "followup: new parties: UNDOC, IOM, OSCE\n" in result.err
    assert result.err.count('new party "UNDOC"; did you mean "UNODC"?') == 1
    assert "new parties" not in take([rows[0], ["One", MIA, INTERPOL]]).err
