"""A workbook is read as people see it: a date shown as its month is that month, and struck words do not count."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook as WorkbookOfExcel

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.office_lists import saved, workbook
from tests.support.store_builders import record

HEAD = ["Action", "By", "To", "Deadline"]


@pytest.mark.parametrize("form", ["mmm-yy", "mmmm yyyy", "mm/yyyy", "[$-419]mmmm\\ yyyy", 'mmmm yyyy"г."', "yyyy-mm;@"])
def test_a_date_shown_as_its_month_is_that_month(lyon: Database, take: Importing, form: str) -> None:
    book = workbook([HEAD, ["Send the kits", "UNODC", "INL", date(2027, 3, 1)]])
    book.worksheets[0]["D2"].number_format = form
    result = take(saved(book), name="list.xlsx")
    assert result.code == 0, result.err
    assert "row 2: a date is shown as its month or year, and read as that" in result.err
    assert (record(lyon, 1)["due"], record(lyon, 1)["due_precision"]) == ("2027-03-31", "month")
    assert record(lyon, 1)["due_words"] == "March 2027"


def test_a_date_shown_as_its_year_is_that_year(lyon: Database, take: Importing) -> None:
    book = workbook([HEAD, ["Send the kits", "UNODC", "INL", date(2027, 3, 1)]])
    book.worksheets[0]["D2"].number_format = "yyyy"
    assert take(saved(book), name="list.xlsx").code == 0
    assert (record(lyon, 1)["due"], record(lyon, 1)["due_precision"]) == ("2027-12-31", "year")


@pytest.mark.parametrize("form", ["dd.mm.yyyy", "yyyy-mm-dd h:mm", "d mmm yy", '"due" dd/mm/yyyy', "dddd, d mmmm yyyy"])
def test_a_date_shown_with_its_day_is_that_day(lyon: Database, take: Importing, form: str) -> None:
    book = workbook([HEAD, ["Send the kits", "UNODC", "INL", date(2027, 3, 1)]])
    book.worksheets[0]["D2"].number_format = form
    result = take(saved(book), name="list.xlsx")
    assert result.code == 0, result.err
    assert record(lyon, 1)["due"] == "2027-03-01"
    assert "a date is shown" not in result.err


def test_a_date_shown_as_a_month_without_a_year_is_refused(lyon: Database, take: Importing) -> None:
    book = workbook([HEAD, ["Send the kits", "UNODC", "INL", date(2027, 3, 1)]])
    book.worksheets[0]["D2"].number_format = "mmmm"
    with unchanged(lyon.path):
        assert 'column D "Deadline"' in take(saved(book), name="list.xlsx").err


def test_a_date_shown_without_its_year_is_told(lyon: Database, take: Importing) -> None:
    book = workbook([HEAD, ["Send the kits", "UNODC", "INL", date(2027, 3, 1)]])
    book.worksheets[0]["D2"].number_format = "d-mmm"
    result = take(saved(book), name="list.xlsx")
    assert "row 2: a date is shown without its year, which is read as the workbook has it" in result.err
    assert record(lyon, 1)["due"] == "2027-03-01"


def as_excel_writes(*, is_all_struck: bool = False) -> bytes:
    """A workbook with words that are struck through, in the shared texts."""
    raw = BytesIO()
    with WorkbookOfExcel(raw) as book:
        sheet, struck = book.add_worksheet(), book.add_format({"font_strikeout": True})
        plain = book.add_format({"bold": True})
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["Send the draft", "UNODC", "INL", "31 Mar 2027"])
        sheet.write_rich_string(1, 0, struck, "Send the draft", plain, " Send the <final> & last")
        sheet.write_rich_string(1, 1, struck, "IOM ", plain, "UNODC")
        sheet.write_rich_string(1, 3, struck, "15 Dec ", struck if is_all_struck else plain, "31 Jan 2027")
    return raw.getvalue()


def test_struck_words_do_not_count(lyon: Database, take: Importing) -> None:
    result = take(as_excel_writes(), name="list.xlsx")
    assert result.code == 0, result.err
    assert 'struck through are left out: row 2 "Send the draft", row 2 "IOM", row 2 "15 Dec"' in result.err
    made = record(lyon, 1)
    assert (made["title"], made["by"], made["due"]) == ("Send the <final> & last", ["UNODC"], "2027-01-31")


def test_a_cell_whose_words_are_all_struck_is_asked_about(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take(as_excel_writes(is_all_struck=True), name="list.xlsx")
    assert 'row 2, column D "Deadline": it is struck through: does it hold?' in refused.err


MANIFEST = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def test_a_workbook_of_another_format_is_said_to_tell_values_alone(lyon: Database, take: Importing) -> None:
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        + "</table:table-row>"
        for row in (HEAD, ["Send the kits", "UNODC", "INL", "31 Mar 2027"])
    )
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?><office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="L">{cells}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    raw = BytesIO()
    with ZipFile(raw, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", MANIFEST)
        parts.writestr("content.xml", content)
    result = take(raw.getvalue(), name="list.ods")
    assert result.code == 0, result.err
    assert record(lyon, 1)["due"] == "2027-03-31"
    assert "not what is hidden, struck through, or shown as a month: saved as XLSX, it tells that" in result.err
