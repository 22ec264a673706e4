"""Lists in the shapes that offices give them: heads in two lines, numbered columns, sections, marks, dates in parts."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from openpyxl.comments import Comment

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.office_lists import saved, workbook
from tests.support.store_builders import record

Rows = Sequence[Sequence[str]]


def titles(store: Database) -> list[str]:
    """What came in."""
    return [each["title"] for each in store.snapshot().commitments.values()]


TWO_HEADS = [
    ("Deadline", "planned", "actual"),
    ("Срок исполнения", "план", "факт"),
    ("Échéance", "prévue", "réelle"),
    ("Plazo", "previsto", "real"),
]


@pytest.mark.parametrize(("over", "first", "second"), TWO_HEADS)
def test_a_planned_and_an_actual_day_stand_under_one_heading(
    lyon: Database, take: Importing, over: str, first: str, second: str
) -> None:
    head = [["Action", "By", "To", over, "", "Note"], ["", "", "", first, second, ""]]
    rows = [["Lend the van", "INL", "UNODC", "2023-01-20", "2023-01-18", ""], ["Print", "INL", "UNODC", "2023-03-01"]]
    result = take([*head, *rows])
    assert result.code == 0, result.err
    assert [record(lyon, number)["due"] for number in (1, 2)] == ["2023-01-20", "2023-03-01"]
    assert record(lyon, 1)["reported"]["on"] == "2023-01-18"
    assert "reported" not in record(lyon, 2)


@pytest.mark.parametrize(
    ("over", "first", "second"),
    [("Срок", "начало", "окончание"), ("Deadline", "from", "end"), ("Délai", "début", "fin")],
)
def test_the_first_day_of_a_period_is_no_deadline(
    lyon: Database, take: Importing, over: str, first: str, second: str
) -> None:
    head = [["Action", "By", "To", over, ""], ["", "", "", first, second]]
    result = take([*head, ["Lend the van", "INL", "UNODC", "2023-01-20", "2023-02-18"]])
    assert result.code == 0, result.err
    assert record(lyon, 1)["due"] == "2023-02-18"
    assert f'left out: column D "{over} {first}"' in result.err


def test_a_second_line_of_headings_that_nobody_knows_is_no_row(lyon: Database, take: Importing) -> None:
    head = [["Action", "By", "To", "Figures", ""], ["", "", "", "north", "south"]]
    result = take([*head, ["Lend the van", "INL", "UNODC", "4", "7"]])
    assert result.code == 0, result.err
    assert titles(lyon) == ["Lend the van"]
    assert 'column D "Figures north", column E "Figures south"' in result.err


def test_a_deadline_may_say_in_brackets_which_day_it_is(lyon: Database, take: Importing) -> None:
    head = ["Мероприятие", "Исполнитель", "Кому", "Срок (план)", "Срок (факт)"]
    result = take([head, ["Передать списки", "INL", "UNODC", "20.01.2023", "18.01.2023"]])
    assert result.code == 0, result.err
    assert (record(lyon, 1)["due"], record(lyon, 1)["reported"]["on"]) == ("2023-01-20", "2023-01-18")


@pytest.mark.parametrize("numbers", [["1", "2", "3", "4"], ["(1)", "(2)", "(3)", "(4)"], ["А", "Б", "1", "2"]])
@pytest.mark.parametrize(
    "head", [["No", "Measure", "Responsible", "For whom"], ["№", "Мероприятие", "Исполнитель", "Кому"]]
)
def test_a_line_that_numbers_the_columns_is_no_promise(
    lyon: Database, take: Importing, head: list[str], numbers: list[str]
) -> None:
    rows = [["1", "Open the register", "INL", "UNODC"], ["2", "Name two trainers", "UNODC", "INL"]]
    # As a list that is printed on several pages has it, the numbers stand below the headings of each.
    result = take([head, numbers, rows[0], head, numbers, rows[1]])
    assert result.code == 0, result.err
    assert titles(lyon) == ["Open the register", "Name two trainers"]
    assert "it numbers the columns" in result.err


SECTIONS = [
    [["I", "Radio"], ["1.1", "Lend sets", "1 May 2023"], ["II", "Vans"], ["2.1", "Lend a van", "2 May 2023"]],
    [["1", "Связь"], ["1.1", "Lend sets", "1 May 2023"], ["2", "Транспорт"], ["2.1", "Lend a van", "2 May 2023"]],
    [["A", "Radio"], ["1", "Lend sets", "1 May 2023"], ["B", "Vans"], ["2", "Lend a van", "2 May 2023"]],
]


@pytest.mark.parametrize("rows", SECTIONS)
def test_a_title_with_a_number_over_the_rows_below_it_is_no_promise(
    lyon: Database, take: Importing, rows: Rows
) -> None:
    result = take([["No", "Activity", "Due date"], *rows], "--default", "by=INL", "--default", "to=UNODC")
    assert result.code == 0, result.err
    assert titles(lyon) == ["Lend sets", "Lend a van"]
    assert f'only "{rows[0][0]} {rows[0][1]}" stands in it' in result.err


def test_promises_that_have_only_a_number_and_a_title_come_in(lyon: Database, take: Importing) -> None:
    rows = [["1", "Lend sets"], ["1.1", "Lend small ones"], ["2", "Lend a van"]]
    result = take([["No", "Activity", "Due date"], *rows], "--default", "by=INL", "--default", "to=UNODC")
    assert result.code == 0, result.err
    assert titles(lyon) == ["Lend sets", "Lend small ones", "Lend a van"]


@pytest.mark.parametrize(
    ("total", "signed"),
    [
        (["", "Total: 2 activities"], [["Prepared by", "the unit"], ["Date:", "1 December 2022"]]),
        (["", "Итого: 2 мероприятия", "", "45"], [["Составил", "отдел"], ["Дата", "01.12.2022"]]),
        (["Total général", "2", "", "45"], [["Établi par", "le bureau"], ["Signature", ""]]),
        (["", "Всего 2", "", "45"], [["Председатель: ", "отдел", "", ""], ["М.П.", "1"]]),
    ],
)
def test_totals_and_signatures_are_no_promises(lyon: Database, take: Importing, total: list[str], signed: Rows) -> None:
    rows = [["1", "Lend sets", "1 May 2023", "20"], ["2", "Lend a van", "2 May 2023", "25"]]
    answers = ("--default", "by=INL", "--default", "to=UNODC")
    result = take([["No", "Activity", "Due date", "Seats"], *rows, total, *signed], *answers)
    assert result.code == 0, result.err
    assert titles(lyon) == ["Lend sets", "Lend a van"]
    assert "it is a total" in result.err
    assert "it is a line of signatures" in result.err


def test_a_promise_may_begin_as_a_total_does(lyon: Database, take: Importing) -> None:
    rows = [["Total review of the law", "INL", "UNODC"], ["Date of the seminar to be named", "UNODC", "INL"]]
    assert take([["Action", "By", "To"], *rows]).code == 0
    assert len(titles(lyon)) == 2


def test_words_in_a_column_without_a_heading_are_asked_about(lyon: Database, take: Importing) -> None:
    head = ["Action", "By", "", "To", "Remarks"]
    rows = [["Lend sets", "INL", "sent on Monday", "UNODC", "ok"], ["Lend a van", "INL", "", "UNODC", ""]]
    with unchanged(lyon.path):
        refused = take([head, *rows])
    assert "row 2, column C: words stand in it, and no heading says what they are" in refused.err
    assert "--map note=E,C takes them as notes, --map none=C leaves the column out" in refused.err
    assert take([head, *rows], "--map", "note=E,C").code == 0
    assert [event["note"] for event in lyon.snapshot().notes(1)] == ["Remarks: ok\nsent on Monday"]


def test_a_column_without_a_heading_can_be_left_out_and_one_that_counts_the_rows_is(
    lyon: Database, take: Importing
) -> None:
    rows = [["1", "Lend sets", "INL", "x", "UNODC"], ["2", "Lend a van", "INL", "urgent", "UNODC"]]
    result = take([["", "Action", "By", "", "To"], *rows], "--map", "none=D")
    assert result.code == 0, result.err
    assert "left out: column D" in result.err


def test_parties_of_two_columns_are_taken_together(lyon: Database, take: Importing) -> None:
    head = ["Action", "Responsible (national)", "Responsible (international)", "To"]
    rows = [["Lend sets", "INL", "", "UNODC"], ["Write the manual", "INL", "IOM", "UNODC"]]
    with unchanged(lyon.path):
        refused = take([head, *rows])
    assert "say which with --map by=B, or both with --map by=B,C" in refused.err
    assert take([head, *rows], "--map", "by=B,C").code == 0
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["INL"], ["INL", "IOM"]]


def test_a_column_of_dates_is_not_offered_as_one_of_names(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "From", "To", "Recipient"], ["Lend sets", "INL", "2023-05-01", "2023-05-09", "UNODC"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "say which with --map to=D" in refused.err
    assert "or both" not in refused.err


def test_notes_of_several_columns_are_taken_with_their_headings(lyon: Database, take: Importing) -> None:
    head = ["Action", "By", "To", "Steps so far", "Remarks of INL", "Link"]
    rows = [["Lend sets", "INL", "UNODC", "ordered", "late", "register 7"]]
    assert take([head, *rows], "--map", "note=D", "--map", "note=E,F").code == 0
    note = "Steps so far: ordered\nRemarks of INL: late\nLink: register 7"
    assert [event["note"] for event in lyon.snapshot().notes(1)] == [note]


@pytest.mark.parametrize(
    ("head", "cells", "due", "precision"),
    [
        (["Year", "Quarter", "Month"], ["2023", "Q1", "March"], "2023-03-31", "month"),
        (["Год", "Квартал"], ["2023", "II"], "2023-06-30", "quarter"),
        (["Day", "Month", "Year"], ["14", "3", "2023"], "2023-03-14", "day"),
        (["Année", "Trimestre"], ["2023", "T3"], "2023-09-30", "quarter"),
        (["Año", "Mes"], ["2023", "marzo"], "2023-03-31", "month"),
    ],
)
def test_a_date_in_parts_is_asked_about_and_read_as_one(
    lyon: Database, take: Importing, head: list[str], cells: list[str], due: str, precision: str
) -> None:
    rows = [["Action", "By", "To", *head], ["Lend sets", "INL", "UNODC", *cells]]
    letters = ",".join("DEF"[: len(head)])
    with unchanged(lyon.path):
        refused = take(rows)
    assert "hold a year, a quarter or a month, and no column says until when (due)" in refused.err
    assert f"(--map due={letters}, --map none={letters})" in refused.err
    result = take(rows, "--map", f"due={letters}")
    assert result.code == 0, result.err
    assert (record(lyon, 1)["due"], record(lyon, 1)["due_precision"]) == (due, precision)


@pytest.mark.parametrize("mark", ["x", "Х", "✓"])
def test_a_matrix_of_institutions_is_refused_as_one(lyon: Database, take: Importing, mark: str) -> None:
    head = ["Action", "INL", "UNODC", "IOM", "Due"]
    rows = [["Lend sets", mark, "", "", "1 May 2023"], ["Lend a van", "", mark, "s", "2 May 2023"]]
    for answers in ((), ("--map", "by=B"), ("--default", "by=OSCE")):
        with unchanged(lyon.path):
            refused = take([head, *rows], "--default", "to=INL", *answers)
        assert "as in a matrix of institutions" in refused.err
    of_one = ("--default", "by=OSCE", "--default", "to=INL", "--map", "none=B,C,D")
    assert take([head, *rows], *of_one).code == 0


PARTS = [["A. INL:"], ["1", "Lend sets", "IOM"], ["B. IOM"], ["2", "Name two trainers", "INL"]]


def test_the_titles_of_the_parts_can_say_who_promises(lyon: Database, take: Importing) -> None:
    head = ["No", "Action", "For whom", "Due"]
    with unchanged(lyon.path):
        refused = take([head, *PARTS])
    assert "or --map by=parts for the titles of the parts" in refused.err
    assert take([head, *PARTS], "--map", "by=parts").code == 0
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["INL"], ["IOM"]]


def test_the_title_above_the_headings_is_that_of_the_first_part(lyon: Database, take: Importing) -> None:
    head = ["№", "Мероприятие", "Кому", "Срок"]
    rows = [["INL"], head, ["1", "Передать списки", "IOM"], [], ["IOM"], head, ["2", "Назначить двух", "INL"]]
    result = take(rows, "--map", "by=parts")
    assert result.code == 0, result.err
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["INL"], ["IOM"]]


def test_a_title_that_names_neither_party_of_its_rows_is_asked_about(lyon: Database, take: Importing) -> None:
    head = ["No", "Action", "For whom", "Due"]
    rows = [["INL"], ["1", "Lend sets", "UNODC"], ["UNODC"], ["2", "Name two trainers", "INL"]]
    with unchanged(lyon.path):
        refused = take([head, *rows], "--default", "by=INL")
    assert 'row 5: under "UNODC" by (who promised it) is INL, as in all rows' in refused.err
    assert "(--map by=parts, --set by=INL)" in refused.err
    assert take([head, *rows], "--set", "by=INL").code == 0


def test_the_titles_of_the_parts_can_say_the_visit(lyon: Database, take: Importing) -> None:
    title = lyon.snapshot().visit("lyon-2022")["title"]
    rows = [["Action", "By", "To"], [title], ["Lend sets", "INL", "UNODC"]]
    assert take(rows, "--map", "visit=parts").code == 0
    assert record(lyon, 1)["visit"] == "lyon-2022"


def test_a_number_that_begins_again_is_told_as_that(lyon: Database, take: Importing) -> None:
    head = ["No", "Action", "By", "To"]
    rows = [head, ["Part I"], ["1", "Lend sets", "INL", "UNODC"], ["Part II"], ["1", "Lend a van", "INL", "UNODC"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'row 5, column A "No": its number "1" is that of row 3 as well, "Lend sets"' in refused.err
    assert take(rows, "--map", "source-id=none").code == 0
    assert titles(lyon) == ["Lend sets", "Lend a van"]


def test_rows_that_are_none_of_the_list_are_left_out(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Lend sets", "INL", "UNODC"], ["see annex", "", ""], ["and its map", "", ""]]
    result = take(rows, "--leave-out", "3-4")
    assert result.code == 0, result.err
    assert "row 3 is left out: as answered" in result.err
    assert titles(lyon) == ["Lend sets"]
    assert "--leave-out is 3,7-9, not" in take(rows, "--leave-out", "3 to 4").err


def test_a_day_to_come_behind_the_word_for_done_names_the_column_of_the_state(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take([["Action", "By", "To", "Status"], ["Lend sets", "INL", "UNODC", "done on 30.12.2099"]])
    assert 'row 2, column D "Status": 2099-12-30 is still to come' in refused.err


def test_a_column_of_figures_is_no_state_beside_one_of_words(lyon: Database, take: Importing) -> None:
    head = ["Action", "By", "To", "Status", "Progress"]
    assert take([head, ["Lend sets", "INL", "UNODC", "In progress", "60%"]]).code == 0
    assert record(lyon, 1)["state"] == "in-progress"


@pytest.mark.parametrize(
    "labels",
    [
        ["Commitment", "Responsible institution", "Beneficiary", "Due date"],
        ["Обязательство:", "Исполнитель:", "Кому:", "Срок:"],
    ],
)
def test_a_form_is_refused_as_one(lyon: Database, take: Importing, labels: list[str]) -> None:
    rows = []
    for cells in (["Lend sets", "INL", "UNODC", "1 May 2023"], ["Lend a van", "UNODC", "INL", ""]):
        rows += [["Sheet of the register"], *map(list, zip(labels, cells, strict=True)), []]
    with unchanged(lyon.path):
        refused = take(rows, "--default", "by=INL", "--default", "to=UNODC")
    assert "it is a form, with what it asks one below the other" in refused.err
    assert f'"{labels[0].rstrip(":")}"' in refused.err


def test_a_list_of_two_columns_is_no_form(lyon: Database, take: Importing) -> None:
    rows = [["Action", "Responsible"], ["Deadline of the tender to be told", "INL"], ["Note to be sent", "INL"]]
    result = take(rows, "--default", "to=UNODC")
    assert result.code == 0, result.err
    assert len(titles(lyon)) == 2


def test_comments_that_stand_at_no_row_are_told(lyon: Database, take: Importing) -> None:
    book = workbook([["Action", "By", "To"], ["Lend sets", "INL", "UNODC"]])
    book.active["A1"].comment = Comment("only what the protocol has", "unit")
    book.active["B2"].comment = Comment("by phone", "unit")
    result = take(saved(book), name="plan.xlsx")
    assert result.code == 0, result.err
    assert 'a comment in row 1 is left out: "Action: only what the protocol has"' in result.err
    assert [event["note"] for event in lyon.snapshot().notes(1)] == ["By: by phone"]


def test_the_time_of_day_of_a_date_in_a_workbook_is_told(lyon: Database, take: Importing) -> None:
    head = ["Action", "By", "To", "Due"]
    days = [datetime(2023, 5, 1, 17, 30), datetime(2023, 5, 2)]
    book = workbook([head, *(["Lend sets", "INL", "UNODC", day] for day in days)])
    result = take(saved(book), "--map", "title=A", name="plan.xlsx")
    assert 'row 2, column D "Due": the time of day is left out' in result.err
    assert "row 3, column D" not in result.err


def test_heads_of_merged_cells_are_read_in_a_workbook(lyon: Database, take: Importing) -> None:
    rows: list[list[object]] = [
        ["№", "Мероприятие", "Исполнитель", "Кому", "Сроки", None],
        [None, None, None, None, "план", "факт"],
        [1, 2, 3, 4, 5, 6],
        [1, "Передать списки", "INL", "UNODC", date(2023, 1, 20), date(2023, 1, 18)],
    ]
    book = workbook(rows, merged=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"))
    result = take(saved(book), name="plan.xlsx")
    assert result.code == 0, result.err
    assert (record(lyon, 1)["due"], record(lyon, 1)["reported"]["on"]) == ("2023-01-20", "2023-01-18")
