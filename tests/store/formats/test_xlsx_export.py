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
from store.errors import UsageError
from store.formats.xlsx_export import MOST_OF_CELL, export_xlsx, sheet_names
from store.reports.issuer_selection_and_marks import MOST_OF_MARK
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line
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


@pytest.mark.parametrize(("language", "shown"), [("en", '"proposed "yyyy-mm-dd'), ("ru", '"предложено "dd.mm.yyyy')])
def test_a_date_that_was_only_proposed_says_so_and_stays_a_date(database: Database, language: str, shown: str) -> None:
    number = store_builders.add(database, "A wish", due="2023-05-01")
    data = made(database, language=language)
    cells = next(row for row in sheet(data, "All" if language == "en" else "Все").iter_rows() if row[0].value == number)
    due = next(cell for cell in cells if isinstance(cell.value, datetime))
    assert (due.value, due.number_format) == (datetime(2023, 5, 1), shown)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows = book.get_sheet_by_index(0).to_python()
    assert date(2023, 5, 1) in next(row for row in rows if row[0] == number)


def test_there_is_a_sheet_of_all_and_one_for_each_visit(tmp_path: Path) -> None:
    data = made(demo(tmp_path))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["All", "Tashkent 2026", "Vienna 2026", "Lyon 2022", "Totals"]
    assert [book[name].max_row - 1 for name in book.sheetnames] == [20, 8, 7, 5, 4]
    for each in book.worksheets[:-1]:
        assert each.freeze_panes == "C2"
        assert each.auto_filter.ref == each.dimensions
        assert each.page_setup.orientation == "landscape"
        assert each.page_setup.paperSize == 9
        assert each.print_title_rows == "$1:$1"


def test_marks_stand_on_every_page(tmp_path: Path) -> None:
    data = made(demo(tmp_path), marks=["INTERNAL", "R&D &P 1"], is_internal=True)
    for each in openpyxl.load_workbook(io.BytesIO(data)):
        assert each.oddHeader.center.text == "INTERNAL, R&&D &&P 1"


@pytest.mark.parametrize(
    ("mark", "shown"),
    [("AT&G", "INTERNAL, AT&&G"), ("x&[Picture]", "INTERNAL, x&&[Picture]"), ("&G&G", "INTERNAL, &&G&&G")],
)
def test_no_mark_is_a_code_that_takes_the_marks_away(tmp_path: Path, mark: str, shown: str) -> None:
    data = made(demo(tmp_path), marks=["INTERNAL", mark], is_internal=True)
    for each in openpyxl.load_workbook(io.BytesIO(data)):
        assert each.oddHeader.center.text == shown


def test_a_mark_that_begins_with_digits_is_no_size_of_letters(database: Database) -> None:
    with zipfile.ZipFile(io.BytesIO(made(database, marks=["72 copies"]))) as parts:
        assert "&amp;C 72 copies&amp;R" in parts.read("xl/worksheets/sheet1.xml").decode()


def test_marks_that_no_head_of_a_page_holds_are_refused(database: Database) -> None:
    with pytest.raises(UsageError, match="too long for the head of a page"):
        made(database, marks=["INTERNAL", "&" * 200], is_internal=True)


def test_hostile_titles_are_text_and_no_link(database: Database, tmp_path: Path) -> None:
    titles = with_titles(database, HOSTILE)
    data = made(database)
    assert column(data, "Commitment") == titles
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
    assert [cell.value for cell in sheet(made(empty))[1]][:2] == ["No.", "Commitment"]


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
        operations.add_visit(tx, "A visit", place="All", start="2023-01-01", slug="all")
    store_builders.add(database, "In a visit of that name", visit="all")
    data = made(database)
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[:2] == ["All", "All 2023"]
    assert sheet(data, "All 2023").max_row == 2


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


def test_twelve_columns_are_printed_on_a_page_and_the_rest_is_folded_away(tmp_path: Path) -> None:
    for each in openpyxl.load_workbook(io.BytesIO(made(demo(tmp_path), is_internal=True))).worksheets[:-1]:
        hidden = [cell.column for cell in each[1] if each.column_dimensions[_group_of(each, cell.column)].hidden]
        assert hidden == list(range(13, each.max_column + 1))
        assert each.column_dimensions[_group_of(each, 13)].outlineLevel == 1
        assert (each.page_setup.fitToWidth or 1, each.page_setup.fitToHeight) == (1, 0)
        assert each.sheet_properties.pageSetUpPr.fitToPage
        assert each.oddFooter.center.text == "&P / &N"


def _group_of(each: Any, number: int) -> str:
    """The letters of the group of columns that holds a column: openpyxl keeps the first of each."""
    return str(next(letters for letters, group in each.column_dimensions.items() if group.min <= number <= group.max))


def test_what_is_late_is_told_by_a_word_and_by_a_colour(tmp_path: Path) -> None:
    cells = sheet(made(demo(tmp_path)))
    headings = [cell.value for cell in cells[1]]
    late = cells.cell(7, headings.index("State or result") + 1)
    assert late.value == "agreed, overdue"
    assert late.font.color.rgb == cells.cell(7, headings.index("Days late") + 1).font.color.rgb == "FFA4001D"
    assert cells.cell(7, 2).font.color is None or cells.cell(7, 2).font.color.rgb != "FFA4001D", "no name is coloured"


@pytest.mark.parametrize(
    ("language", "name", "late"),
    [("en", "Totals", "Of these late"), ("ru", "Итоги", "Из них с опозданием")],
)
def test_the_totals_tell_how_many_were_kept_late(database: Database, language: str, name: str, late: str) -> None:
    number = store_builders.add(database, "An analysis", state="agreed", due="2023-01-20")
    store_builders.do(database, "mark", number, "confirmed", on="2023-02-01")
    rows = list(sheet(made(database, language=language), name).iter_rows(values_only=True))
    place = rows[0].index(late)
    assert [row[place - 1 : place + 1] for row in rows[1:]] == [(1, 1), (1, 1)]


def test_the_totals_add_up_to_the_list(tmp_path: Path) -> None:
    rows = list(sheet(made(demo(tmp_path)), "Totals").iter_rows(values_only=True))
    assert rows[0][:5] == ("Visit", "In all", "Kept", "Of these late", "Reported")
    assert list(rows[-1][1:]) == [sum(column) for column in zip(*[row[1:] for row in rows[1:-1]], strict=True)]
    assert rows[-1][1] == 20
    assert [sum((row[1], -row[2], -row[4], -row[5], -row[7], -row[8], -row[9])) for row in rows[1:]] == [0] * 4


@pytest.mark.parametrize(
    ("language", "day", "period"), [("en", "yyyy-mm-dd", '"Q3 "yyyy'), ("ru", "dd.mm.yyyy", '"III квартал "yyyy" г."')]
)
def test_a_period_is_shown_as_agreed_and_is_still_a_date(
    database: Database, language: str, day: str, period: str
) -> None:
    store_builders.add(database, "An analysis", state="agreed", date=DueDate("2026-09-30", "quarter"))
    store_builders.add(database, "A letter", state="agreed", due="2026-09-30")
    cells = openpyxl.load_workbook(io.BytesIO(made(database, language=language))).worksheets[0]
    shown = [cells.cell(line, 7) for line in (6, 7)]
    assert [each.value for each in shown] == [datetime(2026, 9, 30)] * 2
    assert [each.number_format for each in shown] == [period, day]
    assert cells.column_dimensions["G"].width >= len("III квартал 2026 г.") or language == "en"


def test_it_is_in_russian_with_the_russian_names_of_parties(tmp_path: Path) -> None:
    data = made(demo(tmp_path), language="ru", is_internal=True)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert (book.sheetnames[0], book.sheetnames[-1]) == ("Все", "Итоги")
    headings, *rows = list(book["Все"].iter_rows(values_only=True))
    assert all(any("а" <= letter <= "я" for letter in heading) or heading == "№" for heading in headings)
    assert rows[6][3] == "УНП ООН"
    assert rows[5][9] == "согласовано, просрочено"


def test_visits_of_the_same_title_are_told_apart_by_place_and_days(database: Database) -> None:
    with database.transaction() as tx:
        operations.add_visit(tx, "Study visit", place="Vienna", start="2023-01-09", end="2023-01-11", slug="vienna")
        operations.add_visit(tx, "Study visit", place="Vienna", start="2023-02-06", slug="vienna-2")
    for slug in ("vienna", "vienna-2"):
        store_builders.add(database, "Send it", visit=slug)
    told = ["Study visit, Vienna, 9-11 Jan 2023", "Study visit, Vienna, 6 Feb 2023"]
    data = made(database)
    assert column(data, "Visit")[-2:] == told
    labels = [row[0].value for row in sheet(data, "Totals").iter_rows(min_row=2)]
    assert set(told) < set(labels)
    assert len(labels) == len(set(labels))


def test_no_line_of_a_printed_cell_is_cut(database: Database) -> None:
    store_builders.add(database, "Send the list of contact points of all the units concerned " * 8)
    store_builders.add(database, "Send it")
    cells = sheet(made(database))
    *_, long, short = range(1, cells.max_row + 1)
    lines = len(str(cells.cell(long, 2).value)) / cells.column_dimensions["B"].width
    assert cells.row_dimensions[long].height > 12 * lines
    assert cells.row_dimensions[short].height < 30
    store_builders.add(database, "Send it " * 200)
    assert sheet(made(database)).row_dimensions[cells.max_row + 1].height == pytest.approx(409, abs=1)


def test_names_of_sheets_may_be_russian(database: Database) -> None:
    with database.transaction() as tx:
        for number in (1, 2):
            place = "Координационное совещание в Ташкенте"
            operations.add_visit(tx, f"V{number}", place=place, start="2023-01-01", slug=f"t{number}")
    data = made(database, language="ru")
    first, second = openpyxl.load_workbook(io.BytesIO(data)).sheetnames[1:3]
    assert first == "Координационное совещание в Таш"
    assert second == "Координационное совещание в (2)"
