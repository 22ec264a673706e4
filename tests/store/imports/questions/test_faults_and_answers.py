"""All that is wrong with a list is told at once, and each fault that an answer mends has its answer."""

import json
from pathlib import Path

import pytest

from store.database import Database
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support import sample_lists
from tests.support.check_answers_and_refusals import unchanged
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import record

HEAD = ["Action", "By", "To", "Due", "Status"]


def told(err: str, row: str) -> list[str]:
    return [line.removeprefix("followup: ") for line in err.splitlines() if f"{row}:" in line or f"{row}, " in line]


def test_every_fault_of_a_row_is_told_at_once(lyon: Database, take: Importing) -> None:
    rows = [
        [*HEAD, "Visit"],
        ["", "John Smith; TBX & Co", "", "31 March", "sideways", "nowhere-2020"],
        ["Two", "", "INL", "2027-01-05", "agreed", ""],
    ]
    with unchanged(lyon.path):
        err = take(rows).err
    of_first = "\n".join(told(err, "row 2"))
    for fragment in (
        "title (what was promised) is missing",
        '"John Smith" looks like a person',
        '"TBX & Co" may be 2 parties',
        "to (to whom) is missing",
        '"31 March" has no year',
        '"sideways" is no state',
        'there is no visit "nowhere-2020"',
    ):
        assert fragment in of_first
    assert "by (who promised it) is missing" in "\n".join(told(err, "row 3"))


def test_what_is_set_for_all_rows_is_no_fault_of_a_bad_one(lyon: Database, take: Importing) -> None:
    result = take([["Action", "Due"], ["A", "31 March"], ["B", "2027-01-05"]], "--set", "by=UNODC", "--set", "to=INL")
    assert "no column says" not in result.err
    assert "1 row is bad, 1 could be taken" in result.err


def test_several_rows_are_none_by_one_answer(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = [["Phase one", "", "INL", "", ""], ["Phase two", "", "INL", "", ""], ["Send", "UNODC", "INL", "", ""]]
    file.write_text(sample_lists.as_csv([HEAD, *rows]))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("x they are no rows of the list")
        screen.send("x\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert record(lyon, 1)["title"] == "Send"


def test_a_list_without_a_visit_is_asked_for_one_which_is_made(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv([["Action", "By", "To"], ["Send", "UNODC", "INL"]]))
    with PtyScreen([FOLLOWUP, "import", str(file)], environment, size=(160, 40)) as screen:
        screen.wait_for("1 lyon-2022 (")
        screen.send("v\r")
        screen.wait_for("what it was: Study visit")
        screen.send("Seminar in Osh\r")
        screen.wait_for("the town where it was")
        screen.send("Osh\r")
        screen.wait_for("its first day")
        screen.send("sometime\r")
        screen.wait_for(lambda: screen.text().count("its first day") > 1)
        screen.send("3 May 2023\r")
        screen.wait_for("new visit: osh-2023 (Seminar in Osh, Osh, 3 May 2023)")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert record(lyon, 1)["visit"] == "osh-2023"


def test_columns_say_where_and_when_a_new_visit_was(lyon: Database, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = ["Action", "By", "To", "Visit", "Visit place", "Visit date"]
    rows = [
        ["A", "UNODC", "INL", "Study tour to Osh", "Osh", "3 May 2023"],
        ["B", "UNODC", "INL", "Tour to Vienna", "Vienna", "3 June 2023"],
    ]
    file.write_text(sample_lists.as_csv([head, *rows]))
    refused = run("import", str(file))
    assert "was the deadline moved" not in refused.err
    made = run("import", str(file), "--new-visit", "study-tour-to-osh", "--new-visit", "tour-to-vienna")
    assert made.code == 0, made.err
    visits = lyon.snapshot().visits
    assert [(visits[slug]["place"], visits[slug]["start"]) for slug in ("study-tour-to-osh", "tour-to-vienna")] == [
        ("Osh", "2023-05-03"),
        ("Vienna", "2023-06-03"),
    ]


def test_a_day_of_done_that_is_to_come_is_a_question(
    lyon: Database, take: Importing, environment: dict[str, str], tmp_path: Path
) -> None:
    rows = [["Action", "By", "To", "Status", "Done on"], ["Send", "UNODC", "INL", "done", "15 Mar 2099"]]
    err = take(rows).err
    assert '--value "reported-on:15 Mar 2099=DATE"' in err
    assert '--value "reported-on:15 Mar 2099=open"' in err
    file = tmp_path / "list.csv"
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("o it is not done yet")
        screen.send("o\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert record(lyon, 1)["state"] == "proposed"


def test_two_deadlines_of_a_row_may_be_two_promises(lyon: Database, take: Importing) -> None:
    rows = [
        ["No", "Action", "By", "To", "Due 1", "Due 2"],
        ["7", "Grant", "UNODC", "INL", "2027-01-15", "2027-06-15"],
        ["8", "Books", "UNODC", "INL", "2027-02-15", ""],
    ]
    refused = take(rows, "--map", "due=E")
    assert "--map each=E,F" in refused.err
    for _ in range(2):
        result = take(rows, "--map", "each=E,F")
        assert result.code == 0, result.err
        assert "row 2: each day is that of a promise of its own" in result.err
    found = [(record(lyon, number)["title"], record(lyon, number)["due"]) for number in (1, 2, 3)]
    assert found == [("Grant (1)", "2027-01-15"), ("Grant (2)", "2027-06-15"), ("Books", "2027-02-15")]
    assert "3 as they are" in result.out


def test_a_column_of_dates_beside_a_chosen_deadline_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Zieldatum", "Paid"], ["A", "UNODC", "INL", "2027-01-15", "2027-06-15"]]
    assert 'column E "Paid": it holds dates, and column D' in take(rows, "--map", "due=D").err
    assert take(rows, "--map", "due=D", "--map", "none=E").code == 0


def test_a_column_that_is_answered_twice_has_the_last_answer(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    """That a whole column is left out, and then which one says it."""
    file = tmp_path / "a.csv"
    rows = [["Action", "Responsible", "Office", "To"], ["Send", "John Smith", "UNODC", "INL"]]
    file.write_text(sample_lists.as_csv(rows))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("c, o, x, type the party")
        screen.send("c\r")
        screen.wait_for("no column says by")
        screen.send("c\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert record(lyon, 1)["by"] == ["UNODC"]


def test_why_a_question_is_asked_again_is_told(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv([HEAD, ["Send", "UNODC", "INL", "after the course", ""]]))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("type the day; Enter leaves it open")
        screen.send("soon\r")
        screen.wait_for('"soon" is no day with its year')
        screen.send("\r")
        assert screen.wait_exit() == 1


@pytest.mark.parametrize(
    ("document", "by"),
    [
        ([{"name": "A", "custom_fields": [{"name": "Promised by", "display_value": "UNODC"}]}], "UNODC"),
        (
            {
                "cards": [
                    {
                        "name": "A",
                        "due": None,
                        "idList": "1",
                        "customFieldItems": [{"idCustomField": "f", "idValue": "o"}],
                    }
                ],
                "lists": [{"id": "1", "name": "Plan"}],
                "customFields": [
                    {"id": "f", "name": "Promised by", "options": [{"id": "o", "value": {"text": "UNODC"}}]}
                ],
            },
            "UNODC",
        ),
    ],
    ids=["Asana", "Trello"],
)
def test_the_fields_that_people_gave_their_tasks_are_columns(
    lyon: Database, take: Importing, document: object, by: str
) -> None:
    result = take(json.dumps(document), "--default", "to=INL", name="board.json")
    assert result.code == 0, result.err
    assert record(lyon, 1)["by"] == [by]


def test_events_are_taken_of_a_calendar_that_has_to_dos(lyon: Database, take: Importing) -> None:
    event = "BEGIN:VEVENT\nUID:{0}\nSUMMARY:Event {0}\nDTSTART;VALUE=DATE:2027020{0}\nEND:VEVENT\n"
    to_do = "BEGIN:VTODO\nUID:9\nSUMMARY:To do\nEND:VTODO\n"
    raw = f"BEGIN:VCALENDAR\nVERSION:2.0\n{event.format(1)}{event.format(2)}{to_do}END:VCALENDAR\n".replace(
        "\n", "\r\n"
    )
    parties = ("--default", "by=UNODC", "--default", "to=INL")
    refused = take(raw, *parties, "--events", "5", name="c.ics")
    assert (refused.code, "there is no event 5: the calendar has 2 events" in refused.err) == (2, True)
    result = take(raw, *parties, "--events", "2", name="c.ics")
    assert result.code == 0, result.err
    assert "1 to-do was left out: the events (VEVENT) are read" in result.err
    assert [each["title"] for each in lyon.snapshot().commitments.values()] == ["Event 2"]


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("m.eml", b"From: a@example.org\r\nTo: b@example.org\r\nSubject: list\r\n\r\nHello\r\n", "an e-mail"),
        ("t.tar", b"a.csv".ljust(257, b"\0") + b"ustar\x0000".ljust(300, b"\0"), "an archive"),
    ],
)
def test_a_mail_and_an_archive_say_what_they_are(
    lyon: Database, take: Importing, name: str, raw: bytes, what: str
) -> None:
    with unchanged(lyon.path):
        assert f"{name} is {what}, and no list" in take(raw, name=name).err


def test_the_title_of_a_list_is_no_heading(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        err = take("Plan of measures,,\nNr,Lofoti,Masul\n1,Yuborish,UNODC\n").err
    assert 'the columns are column A "Nr", column B "Lofoti", column C "Masul"' in err


@pytest.mark.usefixtures("lyon")
def test_the_visit_is_not_kept_with_the_answers_and_that_is_told(take: Importing, run: Run, tmp_path: Path) -> None:
    rows = [HEAD, ["A", "UNODC", "INL", "2027-01-05", "under way soon"]]
    assert take(rows, "--value", "state:under way soon=agreed", name="k.csv").code == 0
    again = run("import", str(tmp_path / "k.csv"), "--like", "k.csv")
    assert "the visit is not kept with the answers" in again.err


def test_a_row_of_two_promises_that_says_once_that_it_is_done_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [
        ["Action", "By", "To", "Due 1", "Due 2", "Paid on"],
        ["Grant", "UNODC", "INL", "2022-10-15", "2027-06-15", "2022-10-14"],
        ["Books", "UNODC", "INL", "2022-09-15", "", "2022-09-14"],
    ]
    answers = ("--map", "each=D,E", "--map", "reported-on=F")
    with unchanged(lyon.path):
        refused = take(rows, *answers)
    assert "is each of them done? (--holds 2, --map none=F)" in refused.err
    assert "1 row is bad" in refused.err
    assert take(rows, "--map", "each=D,E", "--map", "none=F").code == 0
    assert ["reported" in record(lyon, number) for number in (1, 2, 3)] == [False, False, False]
    assert take(rows, *answers, "--holds", "2").code == 0
    assert [record(lyon, number)["reported"]["on"] for number in (1, 2, 3)] == ["2022-10-14"] * 2 + ["2022-09-14"]


def test_a_column_that_says_once_that_several_are_done_is_left_out_by_a_key(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    """Though it was answered before that it holds the day."""
    file = tmp_path / "a.csv"
    rows = [["Action", "By", "To", "Due 1", "Due 2", "Paid"]]
    rows += [["Grant", "UNODC", "INL", "2027-01-15", "2027-06-15", "2022-10-14"]]
    file.write_text(sample_lists.as_csv(rows))
    command = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022", "--map", "each=D,E", "--map", "reported-on=F"]
    with PtyScreen(command, environment, size=(160, 40)) as screen:
        screen.wait_for("(y, n; Enter leaves it open)")
        screen.send("n\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: len(lyon.snapshot().commitments) == 2)
    assert "reported" not in record(lyon, 1)


@pytest.mark.parametrize(
    ("rows", "key"),
    [
        ([["Action", "By", "To", "Deadline", "Target date"], ["Send", "UNODC", "INL", "2027-01-15", ""]], "d"),
        ([["Maßnahme", "By", "To", "Due", "Created"], ["Send", "UNODC", "INL", "2027-01-15", "01/Nov/26 9 AM"]], "a"),
    ],
)
def test_which_column_is_meant_is_asked_where_none_or_two_seem_so(
    lyon: Database, environment: dict[str, str], tmp_path: Path, rows: list[list[str]], key: str
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv(rows))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("Enter leaves it open")
        assert 'e column E "Created"' not in screen.text()
        screen.send(f"{key}\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert (record(lyon, 1)["title"], record(lyon, 1)["due"]) == ("Send", "2027-01-15")


def test_what_may_be_no_row_lacks_nothing_until_that_is_answered(lyon: Database, take: Importing) -> None:
    """The lines below the list in a letter that was saved as CSV."""
    rows = [HEAD, ["Send", "UNODC", "INL", "", ""], [""], ["We ask you to confirm this."], ["Kind regards,"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert refused.err.count("is it a promise?") == 2
    assert "is missing" not in refused.err
    assert take(rows, "--leave-out", "4-5").code == 0
    assert "by (who promised it) is missing" in take(rows, "--value", "title:Kind regards,=Thank them").err


def test_seats_that_cannot_be_are_refused_without_a_number_nobody_has_seen(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Seats nominated", "Seats acknowledged"]]
    rows += [["Nominate", "UNODC", "INL", "2", "4"], ["Nominate more", "UNODC", "INL", "2", "4"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'rows 2 and 3, column E "Seats acknowledged": 4 acknowledged of 2 nominated' in refused.err


def test_numbers_that_stand_over_several_rows_can_be_left_out_by_a_key(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    rows = [["Ref", "Action", "By", "To"], ["A", "Send", "UNODC", "INL"], ["A", "Print", "UNODC", "INL"]]
    file.write_text(sample_lists.as_csv(rows))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(160, 40)) as screen:
        screen.wait_for("(n; Enter leaves it open)")
        screen.send("n\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: len(lyon.snapshot().commitments) == 2)
