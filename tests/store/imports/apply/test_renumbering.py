"""A list that counts its rows: what is put in between renames no promise, and a mended title is a mended title."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEADINGS = ["№", "Action", "By", "To", "Due"]


def numbered(*titles: str) -> list[list[str]]:
    """A list that gives its rows the numbers 1, 2, 3."""
    return [HEADINGS, *([str(place), title, "UNODC", "INL", ""] for place, title in enumerate(titles, 1))]


def test_a_row_put_on_top_renames_nothing(lyon: Database, take: Importing) -> None:
    assert take(numbered("Thing one", "Thing two")).code == 0
    with unchanged(lyon.path):
        result = take(numbered("New on top", "Thing one", "Thing two"))
    assert result.code == 1
    assert (
        'row 2, column A "№": it would rename #1 "Thing one", number 1 of the list, "New on top", '
        "and the old title stands in another row: if rows were put in between, take the list's column of numbers out"
    ) in result.err
    assert 'row 3, column A "№": it would rename #2 "Thing two"' in result.err
    assert 'row 4, column A "№": "Thing two" was number 2 of the list (#2), where "Thing one" stands now' in result.err
    without = [row[1:] for row in numbered("New on top", "Thing one", "Thing two")]
    assert take(without).out.splitlines()[-1] == "3 rows: 1 new, 0 changed, 2 as they are"
    assert [record(lyon, number)["title"] for number in (1, 2, 3)] == ["Thing one", "Thing two", "New on top"]


def test_no_good_row_of_such_a_list_comes_in_twice(lyon: Database, take: Importing) -> None:
    assert take(numbered("Thing one", "Thing two")).code == 0
    assert take(numbered("New on top", "Thing one", "Thing two"), "--skip-bad").code == 0
    assert [each["title"] for each in lyon.snapshot().commitments.values()] == ["Thing one", "Thing two"]


def test_a_row_taken_out_renames_nothing(lyon: Database, take: Importing) -> None:
    assert take(numbered("Thing one", "Send letters", "Thing three")).code == 0
    with unchanged(lyon.path):
        result = take(numbered("Thing one", "Thing three"))
    assert 'it would rename #2 "Send letters", number 2 of the list, "Thing three", as #3 is called' in result.err


def test_a_title_without_a_word_in_common_is_another_promise(lyon: Database, take: Importing) -> None:
    assert take(numbered("Send the list of officers")).code == 0
    with unchanged(lyon.path):
        result = take(numbered("Train the police"))
    assert "which has no word in common with it" in result.err
    assert "give #1 the new title first" in result.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Send the list", "Send the whole list"),
        ("Nomnate", "Nominate"),
        ("Назначить офицера", "Назначение офицеров"),
        ("Send figures", "Send the figures of 2022"),
        ("SEND FIGURES", "Send figures."),
    ],
)
def test_a_mended_title_is_an_edit(lyon: Database, take: Importing, old: str, new: str) -> None:
    assert take(numbered(old)).code == 0
    assert take(numbered(new)).code == 0
    assert record(lyon, 1)["title"] == new


def test_one_of_several_called_the_same_may_be_mended(lyon: Database, take: Importing) -> None:
    assert take(numbered("Send figures", "Send figures")).code == 0
    assert take(numbered("Send all figures", "Send figures")).code == 0
    assert [record(lyon, number)["title"] for number in (1, 2)] == ["Send all figures", "Send figures"]


def test_our_number_may_give_any_title(lyon: Database, take: Importing) -> None:
    assert take(numbered("Thing one")).code == 0
    assert take([["id", *HEADINGS], ["1", "1", "Train the police", "UNODC", "INL", ""]], "--map", "id=A").code == 0
    assert record(lyon, 1)["title"] == "Train the police"
