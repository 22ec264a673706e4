"""A sheet in parts, each with its title and its headings: no row of any part is lost, or read under other headings."""

from collections.abc import Sequence

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEAD = ["No", "Action", "By", "To", "Deadline"]
OTHER = ["No", "Action", "To", "By", "Deadline"]
FIRST = [["1", "Hold the course", "UNODC", "INL", "16 Jan 2027"], ["2", "Send the kits", "UNODC", "INL", ""]]
SECOND = [["3", "Name the people", "INL", "UNODC", "20 Jan 2027"]]


def titles(store: Database) -> list[str]:
    """What came in."""
    return [each["title"] for each in store.snapshot().commitments.values()]


@pytest.mark.parametrize("above", [[], [["Part A"]], [["Part A", "", "", "", ""]], [["Tracker"], [], ["Part A"]]])
@pytest.mark.parametrize("between", [[], [["Part B"]], [["Part B", "", "", "", ""]], [[], ["", "Part B"], []]])
def test_rows_of_every_part_come_in(
    lyon: Database, take: Importing, above: Sequence[list[str]], between: Sequence[list[str]]
) -> None:
    result = take([*above, HEAD, *FIRST, *between, HEAD, *SECOND])
    assert result.code == 0, result.err
    assert titles(lyon) == ["Hold the course", "Send the kits", "Name the people"]
    assert "it repeats the headings" in result.err
    assert ("Part B" in result.err) == bool(between)


def test_the_title_of_a_part_may_stand_where_titles_stand(lyon: Database, take: Importing) -> None:
    head = ["Name", "By", "To", "Due date", "Person"]
    rows = [["UNODC side"], head, ["Send the kits", "UNODC", "INL"], [], [], ["INL side"], head]
    result = take([*rows, ["Name the people", "INL", "UNODC"]])
    assert result.code == 0, result.err
    assert titles(lyon) == ["Send the kits", "Name the people"]
    assert 'row 6 is left out: only "INL side" stands in it' in result.err


def test_the_rows_below_headings_in_another_order_are_read_in_that(lyon: Database, take: Importing) -> None:
    second = ["3", "Name the people", "UNODC", "INL", "20 Jan 2027"]
    result = take([HEAD, *FIRST, ["Part B"], OTHER, second])
    assert result.code == 0, result.err
    assert "row 5 is left out: the columns below it stand in another order, and are read in that" in result.err
    assert titles(lyon) == ["Hold the course", "Send the kits", "Name the people"]
    last = record(lyon, 3)
    assert (last["by"], last["to"], last["due"]) == (["INL"], ["UNODC"], "2027-01-20")


def test_other_headings_begin_another_list(lyon: Database, take: Importing) -> None:
    rows = [HEAD, *FIRST, ["No", "Action", "Responsible", "Status"], ["3", "Name the people", "INL", "open"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "rows 4 and 5: other headings stand in row 4" in refused.err
    assert "--leave-out 4-5" in refused.err
    assert take(rows, "--skip-bad").code == 0
    assert titles(lyon) == ["Hold the course", "Send the kits"]


SUBITEMS = [["Подзадачи", "Название", "Куратор", "Статус", "Срок"], ["", "Find a room", "", "done", "2 Jan 2027"]]
SUB_ENGLISH = [["Steps", "Name", "Owner", "Status", "Deadline"], ["", "Find a room", "", "done", "2 Jan 2027"]]


@pytest.mark.parametrize("below", [SUBITEMS, SUB_ENGLISH])
def test_rows_of_a_list_between_the_rows_of_another_are_refused_alone(
    lyon: Database, take: Importing, below: Sequence[list[str]]
) -> None:
    head = ["Action", "Steps", "By", "To", "Deadline"]
    rows = [head, ["Hold the course", "room", "UNODC", "INL", "16 Jan 2027"], *below]
    rows += [["Send the kits", "", "UNODC", "INL", ""], ["", "5", "", "", "16.01.2027"]]
    rows += [[], ["In June"], head, ["Name the people", "", "INL", "UNODC", "20 Jan 2027"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "rows 3 and 4: other headings stand in row 3" in refused.err
    result = take(rows, "--leave-out", "3-4")
    assert result.code == 0, result.err
    assert "row 6 is left out: only figures stand in it" in result.err
    assert titles(lyon) == ["Hold the course", "Send the kits", "Name the people"]


def test_other_headings_begin_another_list_where_every_cell_could_be_a_value(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Send the kits", "UNODC", "INL"]]
    with unchanged(lyon.path):
        refused = take([*rows, ["Task", "Recipient", "Deadline"], ["Name the people", "UNODC", "2027"]])
    assert "rows 3 and 4: other headings stand in row 3" in refused.err


def test_headings_are_repeated_in_other_words_too(lyon: Database, take: Importing) -> None:
    russian = ["№", "Мероприятие", "Исполнитель", "Кому", "Срок"]
    result = take([HEAD, russian, *FIRST])
    assert result.code == 0, result.err
    assert titles(lyon) == ["Hold the course", "Send the kits"]


def test_a_list_above_the_one_with_more_headings_is_refused_row_by_row(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Send the kits", "UNODC", "INL"], [], HEAD, *SECOND]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "rows 1 and 2: it stands above the headings of the list that is read" in refused.err
    assert take(rows, "--skip-bad").code == 0
    assert titles(lyon) == ["Name the people"]


def test_a_block_of_details_above_the_headings_is_none(lyon: Database, take: Importing) -> None:
    rows = [["Plan", "Lyon"], ["Country", "France", "Date", "1 Dec 2026"], [], HEAD, *FIRST]
    assert take(rows).code == 0
    assert titles(lyon) == ["Hold the course", "Send the kits"]


def test_a_total_may_have_the_number_of_rows_before_it(lyon: Database, take: Importing) -> None:
    result = take([HEAD, *FIRST, ["2", "Total", "", "", ""]])
    assert result.code == 0, result.err
    assert 'row 4 is left out: it is a total ("Total")' in result.err


def test_a_note_in_the_margin_is_refused_however_far_off(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take([[*HEAD, "", "", ""], [*FIRST[0], "", "", "call them first"]])
    assert "row 2, column H: a cell stands behind the last heading" in refused.err
    assert "(--map note=H takes it as a note, --map none=H leaves the column out)" in refused.err


def test_two_lists_with_the_same_numbers_name_what_leaves_them_out(lyon: Database, take: Importing) -> None:
    assert take([HEAD, *FIRST]).code == 0
    with unchanged(lyon.path):
        refused = take([HEAD, ["1", "Open a bureau", "INL", "UNODC", ""]])
    assert "(--map source-id=none leaves the numbers of the list out)" in refused.err
    assert take([HEAD, ["1", "Open a bureau", "INL", "UNODC", ""]], "--map", "source-id=none").code == 0


def test_a_title_that_names_another_party_than_was_said_for_all_rows_is_told(lyon: Database, take: Importing) -> None:
    head = ["No", "Action", "To", "Deadline"]
    rows = [["UNODC will:"], head, ["1", "Send the kits", "INL", ""], [], ["INL will:"], head]
    parties = ("--default", "by=UNODC", "--new-party", "UNODC")
    result = take([*rows, ["2", "Name the people", "INL", ""]], *parties)
    assert result.code == 0, result.err
    assert 'under "INL will:" by (who promised it) is UNODC, as in all rows: is it another one there?' in result.err
