"""A text alone in its line is no promise where it surely is none, and else asked about; titles that say a state are."""

from collections.abc import Sequence

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.office_lists import saved
from tests.support.store_builders import record

HEAD = ["Action", "Due"]
ROWS = [["Print the badges", "9 Dec 2026"], ["Order flowers", "13 Nov 2026"]]
OF_ALL = ("--default", "by=UNODC", "--default", "to=INL")


def titles(store: Database) -> list[str]:
    """What came in."""
    return [each["title"] for each in store.snapshot().commitments.values()]


def sheet_with(rows: Sequence[Sequence[str]], *, merged: str = "", bold: str = "", **colours: str) -> bytes:
    """A workbook with these rows; a range is merged, a cell is in bold, and cells are in colours."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append([cell or None for cell in row])
    if merged:
        sheet.merge_cells(merged)
    if bold:
        sheet[bold].font = Font(bold=True)
    for place, colour in colours.items():
        sheet[place].fill = PatternFill("solid", fgColor=colour)
    return saved(book)


@pytest.mark.parametrize(
    "below",
    [
        [["Legend:"], ["Done"], ["In progress"], ["Overdue"]],
        [["Colour code: green is done"]],
        [["Source : procès-verbal du 12.11.2026"]],
        [["Note: dates are those of the Chair"]],
        [["* subject to funds"]],
        [["Условные обозначения:"], ["Готово"]],
    ],
)
def test_legends_sources_and_notes_below_a_list_are_left_out(
    lyon: Database, take: Importing, below: list[list[str]]
) -> None:
    result = take([HEAD, *ROWS, [], *below], *OF_ALL)
    assert result.code == 0, result.err
    assert titles(lyon) == ["Print the badges", "Order flowers"]
    for place, (text,) in enumerate(below, 5):
        assert f'row {place} is left out: it is a note on the list ("{text}")' in result.err


def test_behind_a_total_as_well(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Due"], ["Send it", "UNODC", "INL", "9 Dec 2026"], ["Total", "3", "", ""]]
    assert take([*rows, ["Source : note of the meeting"]], *OF_ALL).code == 0
    assert titles(lyon) == ["Send it"]


def test_another_text_below_a_list_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [HEAD, *ROWS, [], ["Support offices report each month"]]
    with unchanged(lyon.path):
        refused = take(rows, *OF_ALL)
    assert (
        'row 5: only "Support offices report each month" stands in it, below the list: is it a promise?' in refused.err
    )
    typed = "title:Support offices report each month"
    assert f'(--value "{typed}=Support offices report each month", --leave-out 5)' in refused.err
    assert take(rows, *OF_ALL, "--leave-out", "5").code == 0
    assert len(titles(lyon)) == 2
    assert take(rows, *OF_ALL, "--value", f"{typed}=Support offices report each month").code == 0
    assert len(titles(lyon)) == 3


def test_a_promise_alone_in_its_line_is_one(lyon: Database, take: Importing) -> None:
    assert take([HEAD, *ROWS, ["Send the menu"], [], ["Hire a bus", "2 Dec 2026"]], *OF_ALL).code == 0
    assert titles(lyon) == ["Print the badges", "Order flowers", "Send the menu", "Hire a bus"]
    assert take([["Action"], ["One list"], [], ["* of titles alone"]], *OF_ALL).code == 0
    assert len(titles(lyon)) == 6


IN_STATES = [HEAD, ROWS[0], ["COMPLETED ACTIONS"], ROWS[1], ["Cancelled"], ["Hire a quartet", "1 Dec 2026"]]


def test_titles_that_say_a_state_are_asked_about(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take(IN_STATES, *OF_ALL)
    sentence = (
        'rows 4 and 6: titles say where they stand ("COMPLETED ACTIONS", "Cancelled"), and no column does (state)'
    )
    assert f"{sentence} (--map state=parts, --map state=none)" in refused.err
    with unchanged(lyon.path):
        refused = take(IN_STATES, *OF_ALL, "--map", "state=parts")
    assert "it is done, and nothing says on which day" in refused.err
    assert '"Cancelled" says that it is closed, and not how it ended' in refused.err
    answers = ("--map", "state=parts", "--value", "state:Cancelled=dropped", "--default", "reported-on=2023-01-31")
    result = take(IN_STATES, *OF_ALL, *answers)
    assert result.code == 0, result.err
    assert [record(lyon, number)["state"] for number in (1, 2, 3)] == ["proposed", "reported", "closed"]
    assert record(lyon, 3)["closed"]["because"] == "dropped"


def test_they_say_nothing_where_that_was_answered_or_a_column_says_it(lyon: Database, take: Importing) -> None:
    assert take(IN_STATES, *OF_ALL, "--map", "state=none").code == 0
    rows = [[*HEAD, "Status"], ["Two", "", "open"], ["COMPLETED", "", ""], ["Three", "", "open"]]
    assert take(rows, *OF_ALL).code == 0
    assert {each["state"] for each in lyon.snapshot().commitments.values()} == {"proposed"}


def test_a_party_below_a_state_and_beside_one(lyon: Database, take: Importing) -> None:
    """Titles of parties within a part that says a state do not end it; a state does not say who promised."""
    head = ["Action", "To", "Due"]
    rows = [
        head,
        ["UNODC"],
        ["One", "INL", ""],
        ["In progress"],
        ["UNODC"],
        ["Two", "INL", ""],
        ["IOM"],
        ["Three", "INL", ""],
    ]
    assert take(rows, "--map", "by=parts", "--map", "state=parts").code == 0
    found = [record(lyon, number) for number in (1, 2, 3)]
    assert [(each["by"], each["state"]) for each in found] == [
        *((["UNODC"], "proposed"), (["UNODC"], "in-progress"), (["IOM"], "in-progress")),
    ]
    with unchanged(lyon.path):
        refused = take([*rows, ["Open"], ["Four", "INL", ""]], "--map", "by=parts", "--map", "state=parts")
    assert "row 10: by (who promised it) is missing" in refused.err


def test_a_title_over_the_width_of_a_sheet_is_that_of_a_part(lyon: Database, take: Importing) -> None:
    rows = [HEAD, ["Office of Legal Affairs", ""], *ROWS]
    raw = sheet_with(rows, merged="A2:B2")
    with unchanged(lyon.path):
        refused = take(raw, "--default", "to=INL", name="list.xlsx")
    assert 'row 2 is left out: only "Office of Legal Affairs" stands in it' in refused.err
    assert take(raw, "--default", "to=INL", "--map", "by=parts", name="list.xlsx").code == 0
    assert record(lyon, 1)["by"] == ["Office of Legal Affairs"]


def test_an_office_in_a_title_is_asked_about_where_another_promised_all(lyon: Database, take: Importing) -> None:
    raw = sheet_with([HEAD, ["CONFERENCE SERVICES", ""], *ROWS], merged="A2:B2")
    with unchanged(lyon.path):
        refused = take(raw, *OF_ALL, name="list.xlsx")
    assert 'under "CONFERENCE SERVICES" by (who promised it) is UNODC, as in all rows' in refused.err
    assert take(sheet_with([HEAD, ["Human rights", ""], *ROWS], merged="A2:B2"), *OF_ALL, name="two.xlsx").code == 0


def test_a_text_in_bold_alone_in_its_row_is_asked_about(lyon: Database, take: Importing) -> None:
    raw = sheet_with([HEAD, ROWS[0], ["Send the menu", ""], ROWS[1]], bold="A3")
    with unchanged(lyon.path):
        refused = take(raw, *OF_ALL, name="list.xlsx")
    assert 'row 3: only "Send the menu" stands in it, in bold: is it a promise?' in refused.err
    assert take(raw, *OF_ALL, "--leave-out", "3", name="list.xlsx").code == 0
    assert titles(lyon) == ["Print the badges", "Order flowers"]


@pytest.mark.parametrize("state", [(), ("--map", "state=none")])
def test_rows_in_colours_are_told_where_no_column_says_the_state(
    lyon: Database, take: Importing, state: tuple[str, ...]
) -> None:
    raw = sheet_with([HEAD, *ROWS], A3="FF92D050", A1="FFDDDDDD", B1="FFDDDDDD")
    assert "row 3 is in a colour: colours are not taken" in take(raw, *OF_ALL, *state, name="list.xlsx").err
    assert "colour" not in take(sheet_with([HEAD, *ROWS], A1="FFDDDDDD", A2="FFFFFFFF"), *OF_ALL, name="two.xlsx").err
    other = sheet_with([[*HEAD, "Status"], ["One", "", "open"], ["Two", "", "open"]], A3="FF92D050")
    assert "colour" not in take(other, *OF_ALL, name="three.xlsx").err


def test_a_title_above_repeated_headings_gives_its_rows_to_its_party(lyon: Database, take: Importing) -> None:
    rows = [["UNODC"], HEAD, *ROWS, [], ["INTERPOL"], HEAD, ["Give access", "15 Dec 2026"]]
    result = take(rows, "--map", "by=parts", "--default", "to=IOM")
    assert result.code == 0, result.err
    assert [record(lyon, number)["by"] for number in (1, 2, 3)] == [["UNODC"], ["UNODC"], ["INTERPOL"]]
    assert 'row 6 is left out: only "INTERPOL" stands in it' in result.err
    rows = [["What UNODC will do for INTERPOL"], HEAD, ["Send a manual", "10 Dec 2026"]]
    with unchanged(lyon.path):
        assert '"What UNODC will do for INTERPOL" names no institution' in take(rows, "--map", "by=parts", *OF_ALL).err


@pytest.mark.parametrize("title", ["IOM", "Commitments of IOM"])
def test_a_party_in_a_title_is_asked_about_where_another_promised_all(
    lyon: Database, take: Importing, title: str
) -> None:
    rows = [["UNODC"], HEAD, ROWS[0], [], [title], HEAD, ROWS[1]]
    with unchanged(lyon.path):
        refused = take(rows, *OF_ALL)
    assert f'under "{title}" by (who promised it) is UNODC, as in all rows' in refused.err
    assert take(rows, "--map", "by=parts", "--default", "to=INL").code == 0
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["UNODC"], ["IOM"]]
