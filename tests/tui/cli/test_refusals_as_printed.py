"""What a refused command prints: the sentence of the store with what to type behind it, or in its midst."""

from pathlib import Path

import pytest

from store.server_name import is_server_name
from tests.conftest import Run

HEADINGS = "title,visit,by,to,state\n"

LISTS = {
    "alike.csv": "title,title\nx,y\n",
    "done.csv": f"{HEADINGS}Send it,lyon-2022,UNODC,INTERPOL,done\n",
    "lacking.csv": "title,by\nSend it,UNODC\n",
    "left.csv": "title,visit,by,to,foo\nSend it,lyon-2022,UNODC,INTERPOL,1\n",
    "numbers.csv": "followup id,title\n99,Nope\n",
    "untitled.csv": "a,b\n1,2\n",
    "visits.csv": f"{HEADINGS}Send it,bonn,UNODC,INTERPOL,agreed\n",
    "moved.csv": "followup id,due\n2,2023-06-30\n",
}

REFUSED = [
    ("restore", "the store is healthy: name the copy that is to take its place, one of followup restore --list"),
    ("restore 99", "there is no automatic copy of revision 99: followup restore --list shows them"),
    ("restore no.json", "there is no copy no.json: followup restore --list shows them"),
    ("report --quarter x", '"x" is not a quarter: write it as 2023-Q1, or give the first and the last day'),
    (
        "report --from 2023-02-01 --to 2023-01-01",
        "a period from 2023-02-01 cannot end on 2023-01-01: give the earlier day first",
    ),
    (
        "report --from 2024-02-01 --to 2024-03-01",
        "the period from 2024-02-01 to 2024-03-01 is still to come: give one that has begun",
    ),
    (
        "sheet --since 2024-01-01",
        '"2024-01-01" is still to come: write 2023-02-22, yesterday or last Tuesday (--since is the day to begin from)',
    ),
    ("sheet --until 2022-01-01", "the next meeting cannot be on 2022-01-01, which is past: give today or a later day"),
    (
        "sheet -o paper.xyz",
        'a file that ends with ".xyz" may be anything: say which it is to be, --format text, md, html or docx',
    ),
    ("export -o left.csv", "left.csv is there already; it was left as it is: --force writes over it"),
    (
        "import alike.csv",
        'column A "title" and column B "title" both seem to be title (what was promised): say which with --map title=A',
    ),
    (
        "import untitled.csv",
        'no column says what was promised (title); the columns are column A "a", column B "b": '
        "name it with --map title=COLUMN",
    ),
    (
        "import lacking.csv",
        "row 2: no column says visit (the visit, by its slug or its title): --map visit=COLUMN, "
        "or --visit SLUG, --new-visit SLUG for all",
    ),
    ("import lacking.csv", "row 2: no column says to (to whom): --map to=COLUMN, or --default to=PARTY for all"),
    (
        "import numbers.csv --map id=A",
        'row 2, column A "followup id": there is no commitment 99: '
        "is it the list's own number? Then say --map source-id=COLUMN",
    ),
    (
        "import visits.csv",
        'row 2, column B "visit": there is no visit "bonn" (--new-visit bonn)',
    ),
    (
        "import moved.csv --map id=A",
        "row 2: 2: its date was agreed (2023-03-31), so changing it needs the reason: in a column reason, "
        "or with --reason TEXT for all",
    ),
    (
        "import done.csv",
        'row 2, column E "state": it is done, and nothing says on which day: '
        "give the day in a column reported-on, or one for all with --default reported-on=DATE",
    ),
    (
        "import visits.csv --skip-bad=left.csv",
        "left.csv is there already; it was left as it is; nothing was imported; name another file with --skip-bad FILE",
    ),
    (
        "import left.csv --dry-run",
        'left out: column E "foo" (--map FIELD=COLUMN takes one, --map note=COLUMN,COLUMN several)',
    ),
    (
        "import left.csv --delimiter xx",
        '--delimiter is one sign that is no letter, digit or quote, or one of comma, semicolon, tab, bar, not "xx"',
    ),
    ("import left.csv --sheet x", "--sheet goes with xlsx and json, and this file is csv"),
    (
        "import left.csv --default due=xx",
        '--default due: "xx" is not a date: write 2023-03-15 or end of March 2024, '
        "or leave the cell empty where no date is agreed",
    ),
    (
        "import russian.csv --encoding utf-8",
        "russian.csv is not in utf-8: line 1 holds what that encoding has not; "
        "name another one with --encoding, as cp1251 or cp1252",
    ),
    (
        "add X --visit lyon-2022 --by UNODC --to INTERPOL --due 2023-05-01 --every month --until 2023-04-01",
        "the first date 2023-05-01 is later than --until 2023-04-01",
    ),
]


@pytest.fixture
def lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with lists, in which the command is run."""
    for name, text in LISTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "russian.csv").write_bytes("Обязательство\nНаправить список\n".encode("cp1251"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("database", "lists")
@pytest.mark.parametrize(("argv", "printed"), REFUSED, ids=lambda case: case[:60])
def test_a_refusal_is_printed_with_what_to_type(run: Run, argv: str, printed: str, path: str) -> None:
    if is_server_name(path) and argv.startswith("restore"):
        pytest.skip("a server has no automatic copies")
    result = run(*argv.split())
    assert (result.code == 0) == ("--dry-run" in argv)
    assert f"followup: {printed}\n" in result.err


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("done 99", "followup list --store STORE --all shows them"),
        ("remove 4", "followup mark 4 --store STORE closed --because dropped"),
        ("edit 3", "followup edit 3 --store STORE --owner asel"),
        ("list no date", "followup list --store STORE no-date finds"),
        ("oops", "followup undo --store STORE takes back"),
        ("visit aside Lyon", "followup visit aside lyon-2022 --store STORE"),
    ],
)
def test_each_line_to_type_names_the_store_that_was_named(
    path: str, database: object, run: Run, typed: str, line: str
) -> None:
    elsewhere = {"FOLLOWUP_STORE": "/nonexistent/commitments.json"}
    refused = run(*typed.split(), "--store", path, env=elsewhere)
    assert line.replace("STORE", path) in refused.err
    assert "--store" not in run(*typed.split()).err


def test_what_a_change_says_to_type_names_the_store_that_was_named(path: str, database: object, run: Run) -> None:
    added = run("add", "Send it", "--visit", "lyon-2022", "--by", "UNODC", "--to", "INTERPOL", "--store", path)
    assert f"(followup agree 5 --store {path} once it is agreed)" in added.err
