"""What a spreadsheet could not work out, and what stands where no column is, is a bad row and no empty cell."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEADINGS = ["Action", "By", "To", "Due", "Weather"]


def book_of(*rows: list[Any], hidden: tuple[int, ...] = (), errors: tuple[str, ...] = ()) -> bytes:
    """A workbook whose formulas nobody worked out; `errors` are the cells that show an error."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for place in errors:
        sheet[place].data_type = "e"
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!"])
def test_an_error_of_a_workbook_is_named(lyon: Database, take: Importing, error: str) -> None:
    with unchanged(lyon.path):
        result = take(book_of(HEADINGS, ["Send it", "UNODC", "INL", error], errors=("D2",)), name="list.xlsx")
    assert result.code == 1
    assert f'row 2, column D "Due": {error} stands there: mend the formula, or write the value' in result.err


def test_a_formula_without_its_value_is_named(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        result = take(book_of(HEADINGS, ["Send it", "UNODC", "INL", "=TODAY()+30"]), name="list.xlsx")
    assert result.code == 1
    assert 'row 2, column D "Due": a formula stands there, and no value of it is kept' in result.err


def test_what_is_broken_in_a_column_that_is_left_out_is_nobodys_trouble(lyon: Database, take: Importing) -> None:
    rows = (HEADINGS, ["Send it", "UNODC", "INL", None, "=A1"], ["Two", "UNODC", "INL", None, "#REF!"])
    assert take(book_of(*rows, errors=("E3",)), name="list.xlsx").code == 0


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#Н/Д", "#ДЕЛ/0!"])
def test_an_error_that_a_spreadsheet_wrote_into_csv_is_named(lyon: Database, take: Importing, error: str) -> None:
    result = take([HEADINGS, [error, "UNODC", "INL", "", ""]])
    assert result.code == 1
    assert f'row 2, column A "Action": {error} stands there' in result.err


def test_a_cell_behind_the_headings_is_named(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        result = take("Action,By,To,Due\nSend it, and soon,UNODC,INL,2023-03-31\n")
    assert result.code == 1
    assert "row 2, column E: a cell stands behind the last heading" in result.err


def test_empty_cells_behind_the_headings_are_nothing(lyon: Database, take: Importing) -> None:
    assert take("Action,By,To,Due\nSend it,UNODC,INL,2023-03-31,,-\n").code == 0
    assert take("Action,By,To\nTwo,UNODC,INL,2023-03-31\n", "--map", "due=D").code == 0
    assert record(lyon, 2)["due"] == "2023-03-31"


def test_hidden_rows_are_left_out_and_named(lyon: Database, take: Importing) -> None:
    rows = (HEADINGS, ["One", "UNODC", "INL"], ["Two", "UNODC", "INL"], ["Three", "UNODC", "INL"])
    result = take(book_of(*rows, hidden=(3,)), name="list.xlsx")
    assert "row 3 is hidden, and left out" in result.err
    assert len(lyon.snapshot().commitments) == 2
    assert "rows 3 and 4 are hidden, and left out" in take(book_of(*rows, hidden=(3, 4)), name="list.xlsx").err
    assert "hidden" not in take(book_of(*rows), name="list.xlsx").err


def sheets_of(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


COVER = [["Plan of action"], ["Title", "Lyon visit"], ["Prepared by", "UNODC"]]
NOTES = [["Notes"], ["what was said"]]


def test_a_cover_sheet_is_passed_over(lyon: Database, take: Importing) -> None:
    plan = [["Plan"], HEADINGS, ["Send it", "UNODC", "INL", "2023-03-31"]]
    result = take(sheets_of(Cover=COVER, Plan=plan, Notes=NOTES), name="list.xlsx")
    assert result.code == 0, result
    assert 'sheet "Plan"; the other sheets are "Cover", "Notes" (--sheet NAME takes another one)' in result.err
    assert record(lyon, 1)["title"] == "Send it"


def test_a_workbook_without_such_a_sheet_names_its_sheets(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        result = take(sheets_of(Cover=COVER[:1], Notes=NOTES), name="list.xlsx")
    assert "no column says what was promised" in result.err
    assert 'this is the sheet "Cover" of "Cover", "Notes"' in result.err


def test_the_sheet_that_is_named_is_taken(lyon: Database, take: Importing) -> None:
    plan = [HEADINGS, ["Send it", "UNODC", "INL"]]
    other = [HEADINGS, ["Another", "UNODC", "INL"]]
    assert take(sheets_of(Plan=plan, Other=other), "--sheet", "other", name="list.xlsx").code == 0
    assert record(lyon, 1)["title"] == "Another"
