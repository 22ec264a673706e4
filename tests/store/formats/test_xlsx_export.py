"""Commitments as a workbook, read back by calamine, openpyxl and LibreOffice."""

import io
import warnings
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from store import operations
from store.database import Database
from store.formats.xlsx_export import MOST_OF_CELL, export_xlsx, sheet_names
from store.reports.document_header import MOST_OF_MARK
from store.text import clean_line
from tests.support import store_builders
from tests.support.export_samples import HOSTILE, all_of, converted, demo, with_titles
from tests.support.golden_files import assert_golden


def made(database: Database, **more: Any) -> bytes:
    snapshot, rows = all_of(database)
    visits = [visit["slug"] for visit in snapshot.visits_newest_first]
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        return export_xlsx(snapshot, rows, visits=visits, **{"is_internal": False, **more})


def sheet(data: bytes, name: str = "All") -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def column(data: bytes, heading: str) -> list[Any]:
    first, *rows = list(sheet(data).iter_rows(values_only=True))
    return [row[first.index(heading)] for row in rows]


@pytest.mark.golden
def test_the_demo_store_is_what_it_was(tmp_path: Path) -> None:
    """How a zip is compressed differs between machines, what is in it does not."""
    database = demo(tmp_path)
    data = made(database, marks=["R&D only"])
    assert data == made(database, marks=["R&D only"])
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        listing = b"".join(b"== %s\n%s\n" % (name.encode(), parts.read(name)) for name in parts.namelist())
    assert_golden(__file__, "export.xlsx.txt", listing.replace(b"><", b">\n<"))


def test_dates_are_dates_and_numbers_are_numbers(tmp_path: Path) -> None:
    data = made(demo(tmp_path))
    assert column(data, "Due")[5] == datetime(2026, 11, 16)
    assert column(data, "Days left")[5] == -9
    cells = sheet(data)
    due = next(cell for cell in cells[1] if cell.value == "Due").column
    assert cells.cell(7, due).number_format == "yyyy-mm-dd"
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("All").to_python()
    assert rows[6][due - 1] == date(2026, 11, 16)


def test_there_is_a_sheet_of_all_and_one_for_each_visit(tmp_path: Path) -> None:
    data = made(demo(tmp_path))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["All", "tashkent-2026", "vienna-2026", "lyon-2022"]
    assert [book[name].max_row - 1 for name in book.sheetnames] == [20, 8, 7, 5]
    for each in book:
        assert each.freeze_panes == "C2"
        assert each.auto_filter.ref == each.dimensions
        assert each.page_setup.orientation == "landscape"
        assert each.page_setup.paperSize == 9
        assert each.print_title_rows == "$1:$1"


def test_marks_stand_on_every_page(tmp_path: Path) -> None:
    data = made(demo(tmp_path), marks=["INTERNAL", "R&D &P 1"], is_internal=True)
    for each in openpyxl.load_workbook(io.BytesIO(data)):
        assert each.oddHeader.center.text == "INTERNAL, R&&D &&P 1"


def test_hostile_titles_are_text_and_no_link(database: Database, tmp_path: Path) -> None:
    titles = with_titles(database, HOSTILE)
    data = made(database)
    assert column(data, "What was promised") == titles
    cells = [cell for row in sheet(data).iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    formula = next(cell for cell in cells if cell.value == "=1+1")
    assert formula.quotePrefix
    file = tmp_path / "export.xlsx"
    file.write_bytes(data)
    flat = converted(file, "fods", tmp_path).read_text(encoding="utf-8")
    assert "table:formula" not in flat
    assert "alert(1)" in flat


def test_a_text_longer_than_a_cell_is_cut_with_a_sign(database: Database) -> None:
    store_builders.do(database, "edit", 2, quote="x" * (MOST_OF_CELL + 1))
    quote = column(made(database, is_internal=True), "Words of the promise")[1]
    assert len(quote) == MOST_OF_CELL
    assert quote.endswith("x…")


def test_a_date_before_excels_first_is_a_text(database: Database) -> None:
    store_builders.add(database, "of old", state="agreed", due="1899-12-31")
    assert column(made(database), "Due")[-1] == "1899-12-31"


def test_an_empty_store_gives_a_header(empty: Database) -> None:
    assert [cell.value for cell in sheet(made(empty))[1]][:2] == ["No.", "What was promised"]


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (["All", "all", "ALL"], ["All", "all (2)", "ALL (3)"]),
        (["a" * 40, "a" * 41], ["a" * 31, "a" * 27 + " (2)"]),
        (["[x]:*?/\\y", "'quoted'", "History", ""], ["-x------y", "quoted", "History (2)", "visit"]),
        (["😀" * 20], ["😀" * 15]),
    ],
)
def test_names_of_sheets_are_those_that_excel_takes(wanted: list[str], names: list[str]) -> None:
    assert sheet_names(wanted) == names


@given(st.lists(st.text(max_size=40), max_size=8))
def test_names_of_sheets_are_never_the_same_or_too_long(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.casefold() for name in names}) == len(wanted)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name.strip("'") != name for name in names)


def test_every_slug_has_its_sheet(database: Database) -> None:
    with database.transaction() as tx:
        operations.add_visit(tx, "All", place="P", start="2023-01-01", slug="all")
    store_builders.add(database, "In a visit of that name", visit="all")
    data = made(database)
    assert sheet(data, "all (2)").max_row == 2


@given(st.text(max_size=80))
def test_any_title_comes_back_as_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    kept = clean_line(text)
    if kept:
        database = store_builders.make_store(str(tmp_path_factory.mktemp("xlsx") / "commitments.json"))
        store_builders.add(database, text)
        cells = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(made(database))).get_sheet_by_index(0)
        assert cells.to_python()[-1][1] == kept


def test_the_longest_mark_stands_whole_in_the_header(database: Database) -> None:
    with_titles(database, ("one",))
    header = sheet(made(database, marks=["INTERNAL", "&" * MOST_OF_MARK])).oddHeader.center.text
    assert header.count("&") == 2 * MOST_OF_MARK
