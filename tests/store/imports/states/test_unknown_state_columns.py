"""Where no column is known to say the state, what may say it is asked about: shares, sentences, marks, titles."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEAD = ["Action", "By", "To", "Due"]
DONE_ON = ("--default", "reported-on=2023-01-31")


def rows(heading: str, *cells: str) -> list[list[str]]:
    """A list with another column behind those that are known."""
    named = zip(("One", "Two", "Three", "Four"), cells, strict=False)
    return [[*HEAD, heading], *([title, "UNODC", "INL", "", cell] for title, cell in named)]


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("% Complete", ("100%", "60%"), "row 2"),
        ("Percent_Complete", ("40%", "100%"), "row 3"),
        ("% achevé", ("100 %", "20 %"), "row 2"),
        ("% выполнения", ("1", "0,5"), "row 2"),
        ("Status / comments", ("Done. Sent by mail on 9 November", "Printer ordered"), "row"),
        ("État / observations", ("Fait. Envoyé", "En cours, imprimante commandée"), "rows 2 and 3"),
        ("Статус и комментарии", ("Жалоб нет", "Письмо ушло"), "rows 2 and 3"),
        ("Closed", ("x", ""), "row 2"),
        ("\u2713", ("\u2713", "\u2717"), "rows 2 and 3"),
    ],
)
def test_what_may_say_the_state_is_asked_about(
    lyon: Database, take: Importing, heading: str, cells: tuple[str, ...], said: str
) -> None:
    with unchanged(lyon.path):
        refused = take(rows(heading, *cells))
    assert f"{said}" in refused.err
    assert f'column E "{heading}"' in refused.err
    assert "no column says that (state) (--map state=E, --map none=E)" in refused.err
    assert take(rows(heading, *cells), "--map", "none=E").code == 0


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("% Complete", ("60%", "0%")),
        ("Cost share", ("100%", "25%")),
        ("Priority", ("High", "Low")),
        ("Colour", ("x", "")),
    ],
)
def test_other_columns_are_left_out(lyon: Database, take: Importing, heading: str, cells: tuple[str, ...]) -> None:
    assert take(rows(heading, *cells)).code == 0


@pytest.mark.parametrize("share", ["100%", "100 %", "100", "1"])
def test_all_of_it_in_a_column_of_states_is_asked_about(lyon: Database, take: Importing, share: str) -> None:
    listed = rows("Progress", share, "60%")
    with unchanged(lyon.path):
        assert f'"{share}" says how far it is: is it done?' in take(listed).err
    assert take(listed, "--value", f"state:{share}=reported", *DONE_ON).code == 0
    assert [record(lyon, number)["state"] for number in (1, 2)] == ["reported", "proposed"]


def test_words_beside_a_column_of_shares_are_asked_about(lyon: Database, take: Importing) -> None:
    listed = [[*HEAD, "Progress", "Update"], ["One", "UNODC", "INL", "", "90%", "Completed"]]
    with unchanged(lyon.path):
        assert (
            'column F "Update": words for where a promise stands are in it, and column E "Progress"' in take(listed).err
        )
    assert take(listed, "--map", "state=F", *DONE_ON).code == 0
    assert record(lyon, 1)["state"] == "reported"


def test_titles_that_begin_with_a_mark_or_a_state_are_asked_about(lyon: Database, take: Importing) -> None:
    texts = (
        "\u2611 Prepare it",
        "[x] Book it",
        "DONE - Invite them",
        "(cancelled) Hire them",
        "[ ] Print it",
        "UNODC: send it",
    )
    listed = [HEAD, *([text, "UNODC", "INL", ""] for text in texts)]
    with unchanged(lyon.path):
        refused = take(listed)
    assert 'rows 2-5, column A "Action": it begins with where it stands ("\u2611 Prepare it")' in refused.err
    assert take(listed, "--map", "state=none").code == 0


def test_a_row_that_is_done_in_one_column_alone_is_asked_about(lyon: Database, take: Importing) -> None:
    listed = [["Action", "By", "To", "Status", "Due complete"], ["One", "UNODC", "INL", "in progress", "true"]]
    listed += [["Two", "UNODC", "INL", "in progress", "false"]]
    with unchanged(lyon.path):
        refused = take(listed)
    assert 'row 2, column E "Due complete": it says that it is done, and column D "Status" does not' in refused.err
    assert '(--value "state:Due complete=reported", --value "state:Due complete=none")' in refused.err
    with unchanged(lyon.path):
        assert take(listed, "--value", "state:Due complete=none", "--dry-run").code == 0
    assert take(listed, "--value", "state:Due complete=reported", *DONE_ON).code == 0
    assert [record(lyon, number)["state"] for number in (1, 2)] == ["reported", "in-progress"]


@pytest.mark.parametrize(
    "title", ["None", "Nil", "No action required", "ditto", "Idem", "as above", "TBC", "12", "2026-12-01", "то же"]
)
def test_a_title_that_names_nothing_is_asked_about(lyon: Database, take: Importing, title: str) -> None:
    listed = [HEAD, ["Send it", "UNODC", "INL", ""], [title, "UNODC", "INL", ""]]
    with unchanged(lyon.path):
        refused = take(listed)
    assert f'row 3, column A "Action": "{title}" names nothing that was promised: is it a promise?' in refused.err
    assert take(listed, "--leave-out", "3").code == 0
    assert take(listed, "--value", f"title:{title}={title}").code == 0
    assert record(lyon, 2)["title"] == title


@pytest.mark.parametrize("word", ["Non commencée", "Reportée", "Postponed", "Aplazado"])
def test_what_is_put_off_is_open(lyon: Database, take: Importing, word: str) -> None:
    assert take(rows("Status", word)).code == 0
    assert record(lyon, 1)["state"] == "proposed"
