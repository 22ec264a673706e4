"""What stands in the place of a party and names none becomes no party: it is asked who is meant."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEAD = ["Measure", "Promised by", "For whom", "Deadline"]


@pytest.mark.parametrize(
    "text",
    [
        *("то же", "idem", "as above", "ditto", "see item 4", "см. п. 4", '"', "//", "он же"),
        *("31.03.2027", "31 March 2027", "March 2027", "75%", "15", "Z", "+998 71 000 00 00"),
        *("Done", "in progress", "we", "our office", "they", "мы", "прочие", "internal", "others"),
        *(
            "Примечание: сроки уточняются",
            "if funds allow",
            "to be named by INL",
            "TBD/INL",
            "not UNODC",
            "INL et al.",
        ),
    ],
)
def test_a_text_that_names_nobody_is_asked_about(lyon: Database, take: Importing, text: str) -> None:
    rows = [HEAD, ["Send the kits", text, "INL", "31.03.2027"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert f'row 2, column B "Promised by": "{text}" names no institution' in refused.err
    assert "PARTY" in refused.err
    answered = take(rows, "--value", f"by:{text}=UNODC")
    assert answered.code == 0, answered.err
    assert record(lyon, 1)["by"] == ["UNODC"]


@pytest.mark.parametrize(
    "text",
    [
        "UNODC \u2013 INL",
        "UNODC et INL",
        "UNODC y INL",
        "UNODC va INL",
        "UNODC und INL",
        "UNODC-INL",
        "Joint UNODC/INL",
    ],
)
def test_two_known_names_are_asked_about_whatever_joins_them(lyon: Database, take: Importing, text: str) -> None:
    known = [["Hold it", "UNODC", "INL", ""], ["Host it", "INL", "UNODC", ""]]
    with unchanged(lyon.path):
        refused = take([HEAD, *known, ["Send the kits", text, "OSCE", ""]])
    assert "may be 2 parties" in refused.err
    assert "UNODC; INL" in refused.err


def test_an_institution_in_a_new_form_stays_a_new_party(lyon: Database, take: Importing) -> None:
    names = ["Ministry of Interior \u2013 Border Guard", "UNODC ROCA", "Office for Seeing and Doing", "112 Service"]
    rows = [HEAD, *([f"Send it {name}", name, "INL", ""] for name in names)]
    result = take(rows)
    assert result.code == 0, result.err


def test_a_day_beside_a_name_is_no_part_of_it(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take([HEAD, ["Send the kits", "UNODC, 31 March 2027", "INL", ""]])
    assert "has a day in it" in refused.err


def test_a_column_by_that_holds_days_says_until_when(lyon: Database, take: Importing) -> None:
    rows = [["Measure", "Responsible", "By", "For whom"], ["Send the kits", "UNODC", "31 March 2027", "INL"]]
    result = take(rows)
    assert result.code == 0, result.err
    assert (record(lyon, 1)["by"], record(lyon, 1)["due"]) == (["UNODC"], "2027-03-31")


def test_letters_of_roles_below_institutions_are_a_matrix(lyon: Database, take: Importing) -> None:
    rows = [
        ["Measure", "UNODC", "INL", "OSCE", "Deadline"],
        ["Send the kits", "R", "C", "I", "31.03.2027"],
        ["Name the people", "C", "R/A", "", "30.04.2027"],
    ]
    with unchanged(lyon.path):
        for answers in ((), ("--default", "by=UNODC", "--default", "to=INL"), ("--map", "by=B", "--map", "to=C")):
            assert "as in a matrix of institutions" in take(rows, *answers).err


def test_marks_below_institutions_say_who_promises_where_it_was_answered(lyon: Database, take: Importing) -> None:
    rows = [
        ["Measure", "UNODC", "INL", "OSCE", "Deadline"],
        ["Send the kits", "x", "", "\u2713", "31.03.2027"],
        ["Name the people", "", "X", "", "30.04.2027"],
    ]
    with unchanged(lyon.path):
        assert "--map by=B,C,D takes the institutions over the marks" in take(rows).err
    result = take(rows, "--map", "by=B,C,D", "--default", "to=Ministry of Justice")
    assert result.code == 0, result.err
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["UNODC", "OSCE"], ["INL"]]


def test_an_order_for_all_is_not_taken_for_a_column_that_is_written_in_the_other(
    lyon: Database, take: Importing
) -> None:
    rows = [
        ["Measure", "Promised by", "For whom", "Date agreed", "Deadline"],
        ["Send the kits", "UNODC", "INL", "19/11/2022", "12/31/2023"],
        ["Name the people", "INL", "UNODC", "05/11/2022", "11/07/2023"],
    ]
    answers = ("--dates", "dmy", "--value", "due:12/31/2023=2023-12-31")
    with unchanged(lyon.path):
        refused = take(rows, *answers)
    assert 'row 3, column E "Deadline": "11/07/2023" stands in a column with "12/31/2023"' in refused.err
    assert take(rows, *answers, "--value", "due:11/07/2023=2023-11-07").code == 0
    assert (record(lyon, 2)["due"], record(lyon, 2)["agreed_on"]) == ("2023-11-07", "2022-11-05")


def test_where_all_new_parties_are_named_is_told(lyon: Database, take: Importing) -> None:
    rows = [HEAD, *([f"Send {number}", f"Office {number} of Aid", "INL", ""] for number in range(25))]
    result = take(rows, "--new-parties")
    assert result.code == 0, result.err
    assert "more (--json names all)" in result.err


@pytest.mark.parametrize("mark", ['"', "\u2033"])
def test_a_mark_for_the_date_above_is_answered_as_the_refusal_says(lyon: Database, take: Importing, mark: str) -> None:
    rows = [HEAD, ["Send the kits", "UNODC", "INL", "31.03.2027"], ["Name the people", "INL", "UNODC", mark]]
    with unchanged(lyon.path):
        assert f"due:{mark}=DATE" in take(rows).err
    assert take(rows, "--value", f"due:{mark}=31.03.2027").code == 0
    assert record(lyon, 2)["due"] == "2027-03-31"
