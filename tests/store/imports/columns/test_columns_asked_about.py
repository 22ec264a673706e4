"""Columns that nobody knows, and that hold dates, months or states, are asked about: nothing of them is lost."""

from collections.abc import Sequence

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEAD = ["Measure", "Who", "For whom"]
KITS, PEOPLE = ["Send the kits", "UNODC", "INL"], ["Name the people", "INL", "UNODC"]


@pytest.mark.parametrize(
    "heading",
    [
        *("Extended to", "Rescheduled to", "New date", "Approved extension date", "2nd revised deadline"),
        *("Продлен до", "Перенесен на", "Reporté au", "Prorrogado hasta"),
    ],
)
def test_a_later_deadline_is_asked_about_and_taken(lyon: Database, take: Importing, heading: str) -> None:
    rows = [
        [*HEAD, "Deadline", heading, "Reason"],
        [*KITS, "30.04.2027", "31.05.2027", "elections"],
        [*PEOPLE, "30.06.2027", "", ""],
    ]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'column D "Deadline" says until when: was the deadline moved?' in refused.err or heading in refused.err
    result = take(rows) if refused.code == 0 else take(rows, "--map", "due=D,E")
    assert result.code == 0, result.err
    assert [record(lyon, number)["due"] for number in (1, 2)] == ["2027-05-31", "2027-06-30"]
    assert record(lyon, 1)["original_due"] == "2027-04-30"


def test_of_two_later_deadlines_the_last_one_counts(lyon: Database, take: Importing) -> None:
    rows = [[*HEAD, "Deadline", "1st extension", "2nd extension"], [*KITS, "30.04.2027", "31.05.2027", "30.06.2027"]]
    with unchanged(lyon.path):
        refused = take(rows)
        assert "(--map due=D,E, --map each=D,E, --map reported-on=E, --map none=E)" in refused.err
        assert "(--map due=D,F, --map each=D,F, --map reported-on=F, --map none=F)" in refused.err
        assert take(rows, "--map", "due=D").code == 1
        assert take(rows, "--map", "due=D,E").code == 1
    answers = ("--map", "due=D,E", "--map", "due=D,F", "--reason", "elections")
    assert take(rows, *answers).code == 0
    assert (record(lyon, 1)["original_due"], record(lyon, 1)["due"]) == ("2027-04-30", "2027-06-30")


@pytest.mark.parametrize(
    ("headings", "cells", "due"),
    [
        (["March 2027", "April 2027", "May 2027"], ["", "x", ""], "2027-04-30"),
        (["Mar 2027", "Apr 2027", "May 2027"], ["", "", "12"], "2027-05-12"),
        (["Q1 2027", "Q2 2027", "Q3 2027"], ["", "\u2713", ""], "2027-06-30"),
        (["март 2027", "апрель 2027", "май 2027"], ["", "10.04.2027", ""], "2027-04-10"),
    ],
)
def test_months_over_columns_are_asked_about_and_read(
    lyon: Database, take: Importing, headings: Sequence[str], cells: Sequence[str], due: str
) -> None:
    rows = [[*HEAD, *headings], [*KITS, *cells]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "months stand over column D" in refused.err
    assert "(--map due=D,E,F, --map none=D,E,F)" in refused.err
    result = take(rows, "--map", "due=D,E,F")
    assert result.code == 0, result.err
    assert record(lyon, 1)["due"] == due


def test_of_several_marked_months_the_last_is_until_when(lyon: Database, take: Importing) -> None:
    rows = [[*HEAD, "Mar 2027", "Apr 2027"], [*KITS, "x", "x"]]
    with unchanged(lyon.path):
        assert "(--map due=D,E, --map none=D,E)" in take(rows).err
    result = take(rows, "--map", "due=D,E")
    assert (result.code, record(lyon, 1)["due"]) == (0, "2027-04-30")
    assert "row 2: several months are marked: the last of them is until when" in result.err


@pytest.mark.parametrize(
    ("years", "months", "due"),
    [
        (["2028", "", ""], ["May", "Jun", "Jul"], "2028-06-30"),
        (["2028 год", "", ""], ["I кв.", "II кв.", "III кв."], "2028-06-30"),
        (["2027", "", "2028"], ["Q3", "Q4", "Q1"], "2027-12-31"),
    ],
)
def test_months_and_quarters_under_a_row_of_years_are_asked_about(
    lyon: Database, take: Importing, years: list[str], months: list[str], due: str
) -> None:
    rows = [[*HEAD, *years, ""], ["", "", "", *months, "Q2" if years[-1] else ""], [*KITS, "", "x", ""]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "months stand over" in refused.err
    columns = "D,E,F,G" if years[-1] else "D,E,F"
    assert f"(--map due={columns}, --map none={columns})" in refused.err
    assert take(rows, "--map", f"due={columns}").code == 0
    assert record(lyon, 1)["due"] == due


@pytest.mark.parametrize(("first", "second"), [("28.05.27", "02.06.27"), ("28/05/27", "29/06/27 18:00")])
def test_a_column_of_days_with_years_of_two_figures_is_asked_about(
    lyon: Database, take: Importing, first: str, second: str
) -> None:
    rows = [[*HEAD, "Meilenstein"], [*KITS, first], ["Other", *KITS[1:], second]]
    with unchanged(lyon.path):
        assert "it holds dates, and no column says until when (due)" in take(rows).err
        assert (
            f"(--dates dmy reads all of them, --value due:{first}=DATE, or =none)" in take(rows, "--map", "due=D").err
        )
    assert take(rows, "--map", "due=D", "--dates", "dmy").code == 0
    assert record(lyon, 1)["due"] == "2027-05-28"


def test_months_with_nothing_below_them_are_told(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take([[*HEAD, "March", "April"], [*KITS, "", ""]])
    assert "colours are not read" in refused.err


def test_months_as_titles_of_parts_are_asked_about_and_read(lyon: Database, take: Importing) -> None:
    rows = [[*HEAD, "Day"], ["March 2027"], [*KITS, "15"], ["April 2027"], [*PEOPLE, ""]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "the titles of the parts are months" in refused.err
    assert take(rows, "--map", "due=parts").code == 0
    assert [record(lyon, number)["due"] for number in (1, 2)] == ["2027-03-15", "2027-04-30"]


@pytest.mark.parametrize("heading", ["Progress as of 1 May", "Outcome so far", "Результат на 1 мая", "Suivi"])
def test_a_column_of_states_is_asked_about(lyon: Database, take: Importing, heading: str) -> None:
    rows = [[*HEAD, "Deadline", heading], [*KITS, "30.04.2023", "in progress"], [*PEOPLE, "", "done on 20.02.2023"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "words for where a promise stands are in it" in refused.err
    assert "(--map state=E, --map none=E)" in refused.err
    assert take(rows, "--map", "state=E").code == 0
    assert [record(lyon, number)["state"] for number in (1, 2)] == ["in-progress", "reported"]


def test_of_several_columns_of_states_one_is_chosen(lyon: Database, take: Importing) -> None:
    rows = [[*HEAD, "Status Q1", "Status Q2"], [*KITS, "agreed", "in progress"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "(--map state=D, --map state=E, --map none=D,E)" in refused.err
    assert take(rows, "--map", "state=E").code == 0
    assert record(lyon, 1)["state"] == "in-progress"


@pytest.mark.parametrize("heading", ["Traffic light", "Latest update"])
def test_words_for_an_end_among_others_are_asked_about(lyon: Database, take: Importing, heading: str) -> None:
    rows = [[*HEAD, heading], [*KITS, "Done 2 Dec 2022"], *([f"No {at}", *KITS[1:], "Yellow"] for at in range(5))]
    with unchanged(lyon.path):
        refused = take(rows)
    assert f'row 2: column D "{heading}": words for where a promise stands are in it' in refused.err
    assert take(rows, "--map", "state=D", "--value", "state:Yellow=none").code == 0
    assert record(lyon, 1)["reported"]["on"] == "2022-12-02"


def test_words_for_states_beside_a_column_of_yes_and_no_are_asked_about(lyon: Database, take: Importing) -> None:
    rows = [[*HEAD, "Done", "Bucket"], [*KITS, "no", "En cours"], [*PEOPLE, "no", "To do"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'column E "Bucket": words for where a promise stands are in it, and column D "Done" says only' in refused.err
    assert take(rows, "--map", "state=E").code == 0
    assert record(lyon, 1)["state"] == "in-progress"
