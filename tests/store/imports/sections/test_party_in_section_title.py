"""A list in parts, each under the name of who promises: its rows are that party's, and no title becomes a promise."""

from collections.abc import Sequence

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged

HEAD = ["Measure", "Until", "For", "State"]
KITS = ["Send the kits", "31 Mar 2027", "INL", "agreed"]
PEOPLE = ["Name the people", "30 Apr 2027", "UNODC", "agreed"]
COURSE = ["Hold the course", "31 May 2027", "INL", "agreed"]
BY_PARTS = ("--map", "by=parts")


def promised(store: Database) -> list[tuple[str, list[str]]]:
    """What came in, and who promises it."""
    return [(each["title"], each["by"]) for each in store.snapshot().commitments.values()]


@pytest.mark.parametrize(
    "rows",
    [
        [["Plan"], ["UNODC"], HEAD, KITS, ["INL"], HEAD, PEOPLE, [], ["OSCE"], COURSE],
        [HEAD, ["UNODC"], KITS, ["INL"], PEOPLE, ["OSCE"], COURSE],
        [["UNODC commitments"], HEAD, KITS, ["INL commitments"], HEAD, PEOPLE, ["OSCE\u2019s commitments"], COURSE],
        [HEAD, ["A. UNODC:"], KITS, ["B. INL:"], PEOPLE, ["C. OSCE:"], COURSE],
    ],
    ids=["headings-again", "inside", "commitments-of", "numbered"],
)
def test_the_rows_of_each_part_are_its_partys(lyon: Database, take: Importing, rows: Sequence[list[str]]) -> None:
    result = take(rows, *BY_PARTS)
    assert result.code == 0, result.err
    assert promised(lyon) == [
        ("Send the kits", ["UNODC"]),
        ("Name the people", ["INL"]),
        ("Hold the course", ["OSCE"]),
    ]


def test_a_title_that_was_left_out_begins_its_part_all_the_same(lyon: Database, take: Importing) -> None:
    result = take([HEAD, ["UNODC"], KITS, ["INL"], PEOPLE], *BY_PARTS, "--leave-out", "4")
    assert result.code == 0, result.err
    assert promised(lyon) == [("Send the kits", ["UNODC"]), ("Name the people", ["INL"])]


def test_titles_of_parties_become_no_promises_where_all_else_was_said_for_all(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take([HEAD, ["UNODC"], KITS, ["INL"], PEOPLE], "--default", "by=UNODC", "--default", "to=OSCE")
    assert 'under "INL" by (who promised it) is UNODC' in refused.err
    assert "--map by=parts" in refused.err


def test_a_text_alone_is_asked_about_where_titles_say_who_promises(lyon: Database, take: Importing) -> None:
    rows = [HEAD, ["UNODC"], KITS, ["Further partners"], COURSE]
    with unchanged(lyon.path):
        refused = take(rows, *BY_PARTS)
    assert "row 4" in refused.err
    assert "is it the title of a part" in refused.err
    assert '--value "by:Further partners=Further partners", --leave-out 4' in refused.err
    assert take(rows, *BY_PARTS, "--value", "by:Further partners=OSCE").code == 0
    assert promised(lyon) == [("Send the kits", ["UNODC"]), ("Hold the course", ["OSCE"])]


def test_a_note_between_the_rows_is_no_title(lyon: Database, take: Importing) -> None:
    head = ["No", *HEAD]
    rows = [["UNODC"], head, ["1", *KITS], ["Note: dates are plans"], ["2", *COURSE]]
    result = take(rows, *BY_PARTS)
    assert result.code == 0, result.err
    assert promised(lyon) == [("Send the kits", ["UNODC"]), ("Hold the course", ["UNODC"])]
