"""Commitments as CSV, read back by the csv module and by a spreadsheet."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.formats.csv_export import export_csv
from store.formats.formula_guard import unguarded
from store.sanitise_text import clean_line
from tests.support import store_builders
from tests.support.export_samples import HOSTILE, all_of, converted, demo, with_titles
from tests.support.golden_files import assert_golden


def made(database: Database, *, is_internal: bool = False, is_raw: bool = False) -> bytes:
    snapshot, rows = all_of(database)
    return export_csv(snapshot, rows, is_internal=is_internal, is_raw=is_raw)


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True))


@pytest.mark.golden
def test_the_demo_store_is_what_it_was(tmp_path: Path) -> None:
    database = demo(tmp_path)
    assert_golden(__file__, "export.csv", made(database))
    assert_golden(__file__, "export-internal.csv", made(database, is_internal=True))


def test_it_is_rfc_4180(database: Database) -> None:
    store_builders.do(database, "edit", 2, quote='two\nlines, and a "quote"')
    data = made(database, is_internal=True)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    assert b'"two\nlines, and a ""quote"""' in data
    assert data.replace(b"two\nlines", b"").count(b"\n") == data.count(b"\r\n") == 5


def test_cells_hold_what_the_json_holds(database: Database) -> None:
    store_builders.do(database, "set_seats", 2, wanted=3, nominated=2)
    store_builders.set_due(database, 2, "2023-06-30", reason="a new minister", asked_by="MIA Uzbekistan")
    row = read(made(database))[1]
    assert (row["id"], row["by"], row["due"], row["original_due"]) == (
        "2",
        "MIA Uzbekistan",
        "2023-06-30",
        "2023-03-31",
    )
    assert (row["seats_wanted"], row["seats_nominated"], row["seats_acknowledged"]) == ("3", "2", "0")
    assert row["due_changes"] == "2023-03-01: 2023-03-31 -> 2023-06-30, a new minister (asked by MIA Uzbekistan)"
    assert (row["extension_count"], row["days_left"], row["band"]) == ("1", "121", "later")
    assert read(made(database))[3]["by"] == "UNODC; INTERPOL"
    assert read(made(database))[3]["days_left"] == "-14"


def test_hostile_titles_are_guarded_and_raw_ones_are_not(database: Database) -> None:
    titles = with_titles(database, HOSTILE)
    guarded = [row["title"] for row in read(made(database))]
    assert guarded != titles
    assert not any(title.lstrip().startswith(("=", "+", "-", "@", "＝")) for title in guarded)
    assert list(map(unguarded, guarded)) == titles
    assert [row["title"] for row in read(made(database, is_raw=True))] == titles


def test_strange_characters_of_a_file_that_was_edited_are_made_visible(database: Database) -> None:
    raw = store_builders.raw(database).replace(b"Promote cooperation", "\\u001b[31mred\\u0007 \u202ekcab".encode())
    Path(database.path).write_bytes(raw)
    for is_raw in (False, True):
        data = made(store_builders.open_store(database.path), is_raw=is_raw)
        assert read(data)[3]["title"] == "\\x1b[31mred\\x07 \\u202ekcab"


@pytest.mark.parametrize("separator", ["44", "59"])
def test_no_spreadsheet_runs_anything(database: Database, tmp_path: Path, separator: str) -> None:
    """Code 44 is a comma, 59 the semicolon at which a spreadsheet of another country cuts; formulas are looked for."""
    with_titles(database, HOSTILE)
    file = tmp_path / "export.csv"
    file.write_bytes(made(database))
    # Token 9 of the filter lets cells that begin with `=` be evaluated, as Excel does.
    options = f"--infilter=CSV:{separator},34,76,1,,0,false,true,false,false,false,-1,true"
    flat = converted(file, "fods", tmp_path, options).read_text(encoding="utf-8")
    assert "alert(1)" in flat
    assert "table:formula" not in flat


@given(st.text(max_size=60))
def test_any_title_comes_back_from_raw_csv(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    kept = clean_line(text)
    if kept:
        database = store_builders.make_store(str(tmp_path_factory.mktemp("csv") / "commitments.json"))
        store_builders.add(database, text)
        assert read(made(database, is_raw=True))[-1]["title"] == kept
        assert unguarded(read(made(database))[-1]["title"]) == kept


def test_every_text_that_people_typed_is_guarded_and_raw_ones_are_not(database: Database) -> None:
    formula = "=1+1"
    typed = {"owner": formula, "quote": formula, "source": formula, "kind": formula}
    store_builders.do(database, "edit", 2, **typed)
    store_builders.do(database, "note", 2, formula)
    store_builders.set_due(database, 2, "2023-02-10", reason=formula)
    store_builders.do(database, "set_miss_reason", 2, formula)
    store_builders.do(database, "set_seats", 2, wanted=1, nominated=1, letter=formula)
    store_builders.do(database, "mark", 2, "done", evidence=formula)
    row, raw = (read(made(database, is_internal=True, is_raw=is_raw))[1] for is_raw in (False, True))
    names = {"owner", "quote", "source", "kind", "miss_reason", "seats_letter", "reported_evidence"}
    assert {name for name, cell in raw.items() if cell == formula} == names
    assert {name for name, cell in row.items() if cell == f"'{formula}"} == names
    assert not any(cell.lstrip().startswith(("=", "@", "+")) for cell in row.values())
