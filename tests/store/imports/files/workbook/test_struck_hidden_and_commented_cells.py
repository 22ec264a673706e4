"""Rows struck through or hidden are left out and named, however the XML says it; comments come in as notes."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEADINGS = ["Action", "By", "To", "Due"]


def sheet_of(book: Workbook) -> Any:
    """The first sheet, with four rows."""
    sheet: Any = book.active
    sheet.append(HEADINGS)
    for title in ("One", "Two", "Three", "Four"):
        sheet.append([title, "UNODC", "INL", "2023-03-31"])
    return sheet


def saved(book: Workbook) -> bytes:
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def titles(store: Database) -> list[str]:
    return [each["title"] for each in store.snapshot().commitments.values()]


def test_rows_struck_through_or_hidden_are_left_out_and_named(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[4].hidden = True
    result = take(saved(book), name="list.xlsx")
    assert (result.code, titles(lyon)) == (0, ["One", "Four"])
    assert "row 3 is struck through, and left out" in result.err
    assert "row 4 is hidden, and left out" in result.err


def with_a_hidden_office(hide: Callable[[Any], object]) -> bytes:
    """A list whose column "By" is hidden, beside the one of the office that is in charge."""
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["Action", "By", "Office in charge", "To", "Due", "Agreed on"])
    sheet.append(["One", "UNODC", "INTERPOL", "INL", "2023-03-31", "2023-01-10"])
    hide(sheet.column_dimensions["B"])
    hide(sheet.column_dimensions["F"])
    return saved(book)


def test_columns_that_are_hidden_are_left_out_and_named(lyon: Database, take: Importing) -> None:
    def hide(column: Any) -> None:
        column.hidden = True

    result = take(with_a_hidden_office(hide), "--map", "by=Office in charge", name="list.xlsx")
    assert result.code == 0, result
    assert 'the columns "By", "Agreed on" are hidden, and left out' in result.err
    assert "One · INTERPOL → INL · due 31 Mar 2023" in result.out
    assert record(lyon, 1)["state"] == "proposed"


def patched(raw: bytes, change: Callable[[str], str]) -> bytes:
    """A workbook whose sheet has other XML."""
    written = BytesIO()
    with ZipFile(BytesIO(raw)) as parts, ZipFile(written, "w") as changed:
        for name in parts.namelist():
            part = parts.read(name)
            changed.writestr(name, change(part.decode()).encode() if name.endswith("/sheet1.xml") else part)
    return written.getvalue()


def in_tag(tag: str, old: str, new: str) -> Callable[[str], str]:
    return lambda xml: re.sub(rf"<{tag}\b[^>]*>", lambda found: re.sub(old, new, found[0]), xml)


@pytest.mark.parametrize(
    "change",
    [
        in_tag("col", '"', "'"),
        in_tag("col", 'hidden="1"', 'hidden = "1"'),
        in_tag("col", 'hidden="1"', 'hidden="&#49;"'),
        in_tag("col", 'hidden="1"', 'hidden=" true "'),
        in_tag("col", 'hidden="1"', 'style=">" hidden="1"'),
        in_tag("col", r'hidden="1"|width="[^"]*"', 'width="0.01"'),
        lambda xml: xml.replace("<cols>", "<!-- <sheetData> --><cols>"),
        lambda xml: re.sub(r"(</?)(\w)", r"\1x:\2", xml).replace("xmlns=", "xmlns:x="),
    ],
)
def test_a_column_is_hidden_however_the_xml_says_it(lyon: Database, take: Importing, change: Any) -> None:
    def hide(column: Any) -> None:
        column.hidden = True

    raw = patched(with_a_hidden_office(hide), change)
    result = take(raw, "--map", "by=Office in charge", name="list.xlsx")
    assert result.code == 0, result
    assert "hidden, and left out" in result.err
    assert record(lyon, 1)["by"] == ["INTERPOL"]


@pytest.mark.parametrize(
    "change",
    [
        in_tag("row", '"', "'"),
        in_tag("row", ' r="[0-9]+"', ""),
        in_tag("row", 'hidden="1"', 'ht="0.5" customHeight="1"'),
        lambda xml: in_tag("sheetFormatPr", "/>", ' zeroHeight="1"/>')(
            re.sub(r'<row (?=r="[1235]")', '<row ht="15" customHeight="1" ', xml.replace(' hidden="1"', ""))
        ),
    ],
)
def test_a_row_is_hidden_however_the_xml_says_it(lyon: Database, take: Importing, change: Any) -> None:
    book = Workbook()
    sheet_of(book).row_dimensions[4].hidden = True
    result = take(patched(saved(book), change), name="list.xlsx")
    assert result.code == 0, result
    assert "row 4 is hidden, and left out" in result.err
    assert titles(lyon) == ["One", "Two", "Four"]


def test_a_sheet_with_nothing_to_be_seen_is_refused(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    for number in range(1, 6):
        sheet.row_dimensions[number].hidden = True
    with unchanged(lyon.path):
        refused = take(saved(book), name="list.xlsx")
    assert (refused.code, refused.out) == (1, "")
    assert 'all rows of the sheet "Sheet" are hidden or struck through' in refused.err


def test_a_sheet_whose_marks_cannot_be_looked_for_says_so(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)
    raw = patched(saved(book), lambda xml: "<!DOCTYPE worksheet>" + xml)
    assert "only values are read, and not what is hidden" in take(raw, name="list.xlsx").err


@pytest.mark.parametrize("form", ['"";"";"";""', ";;; ", '0;0;0;" "'])
def test_a_format_of_blanks_shows_nothing(lyon: Database, take: Importing, form: str) -> None:
    book = Workbook()
    sheet_of(book)["D3"].number_format = form
    result = take(saved(book), name="list.xlsx")
    assert "1 cell is hidden by its format or another cell, and left out" in result.err
    assert "due" not in record(lyon, 2)


@pytest.mark.parametrize("form", ['General;General;General;"INTERPOL"', '"not "@'])
def test_a_format_that_shows_other_words_is_told(lyon: Database, take: Importing, form: str) -> None:
    book = Workbook()
    sheet_of(book)["B3"].number_format = form
    result = take(saved(book), name="list.xlsx")
    assert 'the format of a cell shows other words than are read: row 3 "UNODC"' in result.err


@pytest.mark.parametrize("form", ["@", "General", "0.00;[Red]-0.00", '0 "seats"', "_-* #,##0.00_-;_-@_-"])
def test_a_format_that_shows_what_is_read_is_not_told(lyon: Database, take: Importing, form: str) -> None:
    book = Workbook()
    sheet_of(book)["B3"].number_format = form
    result = take(saved(book), name="list.xlsx")
    assert "format" not in result.err
    assert record(lyon, 2)["by"] == ["UNODC"]


def test_a_closed_group_of_columns_is_read_and_named(lyon: Database, take: Importing) -> None:
    def fold(column: Any) -> None:
        column.hidden, column.outlineLevel = True, 1

    result = take(with_a_hidden_office(fold), name="list.xlsx")
    assert 'the columns "By", "Agreed on" are folded away, and read' in result.err


def test_cells_whose_format_shows_nothing_are_left_out_and_told(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)["D3"].number_format = ";;;"
    result = take(saved(book), name="list.xlsx")
    assert result.code == 0
    assert "1 cell is hidden by its format or another cell, and left out" in result.err
    assert "due" not in record(lyon, 2)


def test_letters_that_nobody_reads_are_left_out_and_told(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)["D3"].font = Font(sz=1)
    assert "1 cell is hidden by its format or another cell, and left out" in take(saved(book), name="list.xlsx").err
    assert "due" not in record(lyon, 2)


def test_what_a_merged_cell_covers_is_left_out_and_told(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)
    raw = patched(
        saved(book),
        lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="C3:D3"/></mergeCells>'),
    )
    assert "1 cell is hidden by its format or another cell, and left out" in take(raw, name="list.xlsx").err
    assert "due" not in record(lyon, 2)


def test_a_format_on_a_condition_that_can_hide_is_told(lyon: Database, take: Importing) -> None:
    book = Workbook()
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(font=Font(strike=True)))
    sheet_of(book).conditional_formatting.add("A3:D3", rule)
    assert "a format on a condition can hide cells of the sheet" in take(saved(book), name="list.xlsx").err
    usual = Workbook()
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(font=Font(bold=True)))
    sheet_of(usual).conditional_formatting.add("A3:D3", rule)
    assert "a format on a condition" not in take(saved(usual), name="list.xlsx").err


def test_a_row_among_alternatives_is_hidden(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)
    markup = "http://schemas.openxmlformats.org/markup-compatibility/2006"

    def among_alternatives(xml: str) -> str:
        return re.sub(r'(<row r="3".*?</row>)', rf'<mc:AlternateContent xmlns:mc="{markup}"><mc:Choice Requires="z">\1'
                      r"</mc:Choice></mc:AlternateContent>", xml)  # fmt: skip

    assert "row 3 is hidden" in take(patched(saved(book), among_alternatives), name="list.xlsx").err
    assert titles(lyon) == ["One", "Three", "Four"]


def test_a_single_cell_struck_through_is_refused(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet_of(book)["D3"].font = Font(strike=True)
    with unchanged(lyon.path):
        result = take(saved(book), name="list.xlsx")
    assert result.code == 1
    assert 'row 3, column D "Due": it is struck through: does it hold?' in result.err
    assert take(saved(book), "--skip-bad", name="list.xlsx").code == 0
    assert titles(lyon) == ["One", "Three", "Four"]


def test_comments_on_cells_are_notes_without_who_wrote_them(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    sheet["D3"].comment = Comment("Lola Sample:\nmoved by phone", "Lola Sample")
    sheet["A4"].comment = Comment("see <minutes> & letter", "LS")
    assert take(saved(book), name="list.xlsx").code == 0
    notes = [[event["note"] for event in lyon.snapshot().notes(number)] for number in (1, 2, 3)]
    assert notes == [[], ["Due: moved by phone"], ["Action: see <minutes> & letter"]]
    assert "0 new, 0 changed, 4 as they are" in take(saved(book), name="list.xlsx").out


def test_a_hidden_sheet_is_not_read(lyon: Database, take: Importing) -> None:
    book = Workbook()
    sheet = sheet_of(book)
    sheet.title = "Old"
    sheet.sheet_state = "hidden"
    shown = book.create_sheet("Plan")
    shown.append(HEADINGS)
    shown.append(["Shown", "UNODC", "INL", "2023-03-31"])
    book.active = 1
    assert take(saved(book), name="list.xlsx").code == 0
    assert titles(lyon) == ["Shown"]


def test_further_columns_of_notes_are_taken_too(lyon: Database, take: Importing) -> None:
    rows = [["Summary", "By", "To", "Comment", "Comment"], ["One", "UNODC", "INL", "first", "second"]]
    result = take(rows)
    assert result.code == 0, result
    assert [event["note"] for event in lyon.snapshot().notes(1)] == ["first\nsecond"]
    assert record(lyon, 1)["title"] == "One"
