"""What was answered on a list is kept by its headings, and a visit can be made with it; a terminal is asked."""

import os
from pathlib import Path

import pytest

from store.database import Database
from store.imports.answers.kept_answers import KeptAnswers
from store.imports.answers.parse_answers import LEAVE_OUT, over, parse_answers
from store.imports.questions.question_choices import Choice, FreeAnswer
from store.imports.questions.questions_before_import import ImportQuestion
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support import sample_lists
from tests.support.check_answers_and_refusals import unchanged
from tests.support.pty_screen import PtyScreen
from tests.support.run_command import FOLLOWUP
from tests.support.store_builders import record
from tui.render.answer_options import joined_answers, split_answers

HEADINGS = ["Action", "Responsible", "For", "Zieldatum", "Status"]
ROW = ["Send it", "UNODC", "INL", "03/04/2023", "Further work ongoing"]
ANSWERS = ("--map", "due=Zieldatum", "--dates", "dmy", "--value", "state:Further work ongoing=in-progress")


def other(title: str) -> list[str]:
    return [title, *ROW[1:]]


def test_what_was_answered_is_offered_and_taken_by_name(lyon: Database, take: Importing) -> None:
    assert take([HEADINGS, ROW], *ANSWERS, name="plan.csv").code == 0
    with unchanged(lyon.path):
        told = take([HEADINGS, other("Two")], name="april.csv")
    assert told.code == 1
    assert 'the headings are those of "plan.csv", whose answers are kept (--like plan.csv reads it as that)' in told.err
    result = take([HEADINGS, other("Two")], "--like", "plan", name="april.csv")
    assert result.code == 0, result
    assert (record(lyon, 2)["due"], record(lyon, 2)["state"]) == ("2023-04-03", "in-progress")
    assert take([HEADINGS, other("Three")], "--like", "plan", "--dates", "mdy", name="may.csv").code == 0
    assert record(lyon, 3)["due"] == "2023-03-04"


def test_no_persons_name_is_kept(lyon: Database, take: Importing, environment: dict[str, str]) -> None:
    answers = (*ANSWERS, "--value", "by:Lola Sample=UNODC", "--value", "by:UNODC (lead)=UNODC")
    rows = [HEADINGS, ["One", "Lola Sample", *ROW[2:]], ["Two", "UNODC (lead)", *ROW[2:]]]
    assert take(rows, *answers, name="plan.csv").code == 0
    file = Path(environment["HOME"], ".local/state/followup/lists.json")
    assert "UNODC (lead)" in file.read_text()
    assert "Lola" not in file.read_text()
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_list_that_is_not_known_is_named(lyon: Database, take: Importing) -> None:
    assert take([HEADINGS, ROW], *ANSWERS, name="plan.csv").code == 0
    result = take([HEADINGS, ROW], "--like", "other")
    assert (result.code, 'no answers are kept for a list "other"; known ones: "plan.csv"' in result.err) == (2, True)


def test_nothing_is_kept_of_a_dry_run_or_a_refused_list(lyon: Database, take: Importing) -> None:
    assert take([HEADINGS, ROW], *ANSWERS, "--dry-run", name="plan.csv").code == 0
    assert take([HEADINGS, ROW], *ANSWERS[:4], name="plan.csv").code == 1
    assert "whose answers are kept" not in take([HEADINGS, ROW], name="plan.csv").err


def test_broken_kept_answers_are_none(lyon: Database, take: Importing, environment: dict[str, str]) -> None:
    folder = Path(environment["HOME"], ".local/state/followup")
    folder.mkdir(parents=True)
    os.mkfifo(folder / "lists.json")
    assert take([HEADINGS, ROW], *ANSWERS, "--dry-run").code == 0
    (folder / "lists.json").unlink()
    for text in ("[", "{}", '[{"name": 1}]', '[{"name": "a", "headings": ["action"], "answers": {"map": "x"}}]'):
        (folder / "lists.json").write_text(text)
        assert take([HEADINGS, ROW], *ANSWERS, "--dry-run").code == 0


@pytest.mark.parametrize("named", ["Tashkent meeting", ""])
def test_a_visit_is_made_for_the_rows(lyon: Database, run: Run, tmp_path: Path, named: str) -> None:
    file = tmp_path / "list.csv"
    rows = [["Action", "By", "To", "Visit"], ["Send it", "UNODC", "INL", named]]
    file.write_text(sample_lists.as_csv(rows))
    options = ("--new-visit", "tashkent-2023", "--place", "Tashkent", "--from", "1 February 2023", "--to", "2023-02-03")
    title = () if named else ("--title", "Tashkent meeting")
    with unchanged(lyon.path):
        assert "a new visit needs its" in run("import", str(file), *options[:2]).err
        assert run("import", str(file), *options, *title, "--dry-run").code == 0
    result = run("import", str(file), *options, *title)
    assert (result.code, "new visit: tashkent-2023" in result.err) == (0, True)
    visit = lyon.snapshot().visit("tashkent-2023")
    assert (visit["title"], visit["start"], visit["end"]) == ("Tashkent meeting", "2023-02-01", "2023-02-03")
    assert record(lyon, 1)["visit"] == "tashkent-2023"
    assert "0 new, 0 changed" in run("import", str(file), *options, *title).out


def test_all_that_is_wrong_is_told_at_once(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        result = take([["Action", "By", "To", "Due", "Status"], ["Send it", "UNODC + IOM", "INL", "31 March", "x y"]])
    assert all(each in result.err for each in ('"UNODC + IOM" may be 2', '"31 March" has no year', '"x y" is no state'))


def test_a_terminal_is_asked_each_question_once(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv([HEADINGS, ROW, other("Two")]))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, {**environment, "LANG": "C.UTF-8"}, size=(200, 50)) as screen:
        for asked, key in (("(u, r, n;", "u\r"), ("(p, a, i, r, c, d, e, o, n;", "z\ri\r"), ("(d, m;", "d\r")):
            screen.wait_for(asked)
            screen.send(key)
        screen.wait_for("take this in? yes/no")
        assert "2 rows: 2 new" in screen.text()
        assert lyon.snapshot().commitments == {}
        screen.send("yes\r")
        screen.wait_for(lambda: screen.text().count("2 rows: 2 new") == 2)
    assert [record(lyon, number)["due"] for number in (1, 2)] == ["2023-04-03"] * 2
    assert {record(lyon, number)["state"] for number in (1, 2)} == {"in-progress"}


def test_a_terminal_changes_nothing_where_what_was_answered_is_not_taken_in(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv([["Action", "By", "To", "Frist"], ["Send it", "UNODC", "INL", "3 May 2023"]]))
    with (
        unchanged(lyon.path),
        PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(200, 50)) as screen,
    ):
        screen.wait_for("(u, r, n;")
        screen.send("u\r")
        screen.wait_for("take this in? yes/no")
        screen.send("\r")
        screen.wait_for("nothing was changed")


def test_each_column_of_dates_is_asked_about(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = [["Action", "By", "To", "Anfang", "Ende"], ["Send it", "UNODC", "INL", "3 May 2023", "9 May 2023"]]
    file.write_text(sample_lists.as_csv(rows))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for('column D "Anfang": it holds dates')
        screen.send("n\r")
        screen.wait_for('column E "Ende": it holds dates')
        screen.send("u\r")
        screen.wait_for("take this in? yes/no")
        screen.send("y\r")
        screen.wait_for(lambda: screen.text().count("1 row: 1 new") == 2)
    assert record(lyon, 1)["due"] == "2023-05-09"


def test_a_terminal_is_told_that_a_row_is_none(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = ["Action", "By", "To", "Status"]
    file.write_text(sample_lists.as_csv([head, ["Send it", "UNODC", "INL", ""], ["Minutes", "UNODC", "", "see box"]]))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for("x it is no row of the list")
        screen.send("x\r")
        screen.wait_for("row 3 is left out: as answered")
        screen.send("y\r")
        screen.wait_for(lambda: screen.text().count("1 row: 1 new") == 2)
    assert list(lyon.snapshot().commitments) == [1]


def test_a_terminal_is_asked_what_an_answer_opens(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    head = ["Action", "By", "To", "Due", "Status"]
    file.write_text(sample_lists.as_csv([head, ["Send it", "UNODC", "INL", "see box", "handed over"]]))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for('"see box" is not a date')
        screen.send("none\r")
        screen.wait_for('"handed over" is no state')
        screen.send("r\r")
        screen.wait_for("type the day for all such rows;")
        screen.send("2022-12-05\r")
        screen.wait_for("take this in? yes/no")
        screen.send("y\r")
        screen.wait_for(lambda: screen.text().count("1 row: 1 new") == 2)
    assert record(lyon, 1)["reported"]["on"] == "2022-12-05"
    assert record(lyon, 1)["due_words"] == "see box"


def test_what_was_answered_is_kept_where_a_question_stays_open(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    head = ["Action", "By", "To", "Status"]
    file.write_text(sample_lists.as_csv([head, ["Send it", "UNODC", "INL", "handed over"]]))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with unchanged(lyon.path), PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for('"handed over" is no state')
        screen.send("r\r")
        screen.wait_for("type the day for all such rows;")
        screen.send("\r")
        screen.wait_for("what was answered is kept, but for days and names of persons")
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for("is it read as that was?")
        screen.send("y\r")
        screen.wait_for("type the day for all such rows;")
        screen.send("2022-12-05\r")
        screen.wait_for("take this in? yes/no")
        screen.send("y\r")
        screen.wait_for(lambda: screen.text().count("1 row: 1 new") == 2)
    assert record(lyon, 1)["reported"]["on"] == "2022-12-05"


def test_a_terminal_is_asked_whether_the_list_is_read_as_an_earlier_one(
    lyon: Database, take: Importing, environment: dict[str, str], tmp_path: Path
) -> None:
    assert take([HEADINGS, ROW], *ANSWERS, name="plan.csv").code == 0
    file = tmp_path / "april.csv"
    file.write_text(sample_lists.as_csv([HEADINGS, other("Two")]))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, {**environment, "LANG": "C.UTF-8"}, size=(200, 50)) as screen:
        screen.wait_for('the headings are those of "plan.csv": is it read as that was?')
        screen.send("y\r")
        screen.wait_for("take this in? yes/no")
        screen.send("y\r")
        screen.wait_for(lambda: screen.text().count("1 row: 1 new") == 2)
    assert record(lyon, 2)["due"] == "2023-04-03"


def test_what_a_date_was_said_to_be_is_not_kept_for_the_next_list(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Deadline", "Status"], ["Send", "UNODC", "INL", "31 March", "Stuck"]]
    words = ("--value", "due:31 March=31 March 2023", "--value", "state:Stuck=open")
    answers = (*words, "--default", "reported-on=2023-01-10", "--map", "due=D")
    assert take(rows, *answers, name="plan.csv").code == 0
    rows[1][0] = "Send another"
    with unchanged(lyon.path):
        refused = take(rows, "--like", "plan.csv")
    assert '"31 March" has no year' in refused.err
    assert 'where nothing stands: visit "lyon-2022"' in refused.err
    assert "is no state that is known" not in refused.err


def test_answers_are_one_line_and_back() -> None:
    typed = {"map": ["due=Target date"], "value": ["state:It's on=agreed"], "new-parties": [], "dates": ["dmy"]}
    assert split_answers(joined_answers(typed)) == typed
    assert parse_answers(typed).meanings_of("state") == {"it's on": "agreed"}


def test_what_is_said_goes_over_what_was_kept() -> None:
    kept = {"map": ["due=D", "by=B"], "dates": ["dmy"]}
    assert over({"map": ["due=E"], "dates": ["mdy"]}, kept) == {"map": ["by=B", "due=E"], "dates": ["mdy"]}
    assert os.linesep not in joined_answers(kept)


def test_long_headings_do_not_push_the_answers_on_other_lists_out(tmp_path: Path) -> None:
    kept = KeptAnswers({"XDG_STATE_HOME": str(tmp_path), "HOME": str(tmp_path)})
    assert kept.keep("plan.csv", HEADINGS, {"dates": ["dmy"]})
    assert not kept.keep("long.csv", ["x" * 29_000] * 33, {"dates": ["mdy"]})
    assert kept.of_headings(HEADINGS) is not None
    for number in range(40):
        assert kept.keep(f"{number}.csv", [f"{number}", "y" * 45_000], {"dates": ["dmy"]})
    found = [number for number in range(40) if kept.of_headings([f"{number}", "y" * 45_000])]
    assert len(found) > 10
    assert found == list(range(found[0], 40))


def _answered(screen: PtyScreen, answers: list[tuple[str, str]]) -> None:
    """Type the answer to each question, once it is asked."""
    for asked, typed in answers:
        screen.wait_for(asked)
        screen.send(f"{typed}\r")


def test_each_person_in_a_list_is_asked_about(lyon: Database, environment: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = [["Action", "Assigned to", "To"]]
    rows += [[f"Send {name}", name, "INL"] for name in ("Amina Keita", "Tom Brandt", "Rosa Lind")]
    file.write_text(sample_lists.as_csv(rows))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        _answered(screen, [('"Amina Keita"', "UNODC"), ('"Tom Brandt"', "IOM"), ('"Rosa Lind"', "INTERPOL")])
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: screen.text().count("3 rows: 3 new") == 2)
    assert [record(lyon, number)["by"] for number in (1, 2, 3)] == [["UNODC"], ["IOM"], ["INTERPOL"]]


def test_a_column_of_persons_that_is_left_out_leaves_no_person_to_ask_about(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    rows = [["Action", "Assigned to", "To"], ["Send it", "Amina Keita", "INL"], ["Ask them", "Tom Brandt", "INL"]]
    file.write_text(sample_lists.as_csv(rows))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        _answered(screen, [('"Amina Keita"', "c"), ("type the party for all such rows", "UNODC")])
        screen.wait_for("take this in? yes/no")
        assert "type the party for all such rows" in screen.text()
        assert (
            '"Tom Brandt" looks like a person: officers\' names have no field, name the institution  c'
            not in screen.text()
        )


@pytest.mark.parametrize("typed", ["b", "B", "Zusage von", "zusage VON"])
def test_the_column_that_says_who_promised_is_named_by_its_letter_or_its_heading(
    lyon: Database, environment: dict[str, str], tmp_path: Path, typed: str
) -> None:
    file = tmp_path / "a.csv"
    rows = [["Action", "Zusage von", "To", "Cost"], ["Send it", "UNODC", "INL", "4"], ["Ask them", "IOM", "INL", "5"]]
    file.write_text(sample_lists.as_csv(rows))
    line = [FOLLOWUP, "import", str(file), "--visit", "lyon-2022"]
    with PtyScreen(line, environment, size=(200, 50)) as screen:
        screen.wait_for('b column B "Zusage von"')
        assert 'column D "Cost"' not in screen.text().partition("no column says by")[2]
        screen.send(f"{typed}\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: screen.text().count("2 rows: 2 new") == 2)
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["UNODC"], ["IOM"]]


def test_who_chases_it_may_be_who_promised_it_where_no_other_column_says(
    lyon: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(sample_lists.as_csv([["Action", "Owner", "To"], ["Send it", "Mina Park", "INL"]]))
    with PtyScreen([FOLLOWUP, "import", str(file), "--visit", "lyon-2022"], environment, size=(200, 50)) as screen:
        screen.wait_for('b column B "Owner"')
        screen.send("b\r")
        screen.wait_for('"Mina Park" looks like a person')
        screen.send("UNODC\r")
        screen.wait_for("take this in? yes/no")
        screen.send("yes\r")
        screen.wait_for(lambda: bool(lyon.snapshot().commitments))
    assert record(lyon, 1)["by"] == ["UNODC"]


def test_an_answer_on_a_cell_and_one_on_a_name_in_it_both_count(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Send it", "osample,lmuster", "INL"], ["Two", "osample", "INL"]]
    answers = (
        "--value",
        "by:osample,lmuster=osample; lmuster",
        "--value",
        "by:osample=UNODC",
        "--value",
        "by:lmuster=IOM",
    )
    assert take(rows, *answers).code == 0
    assert [record(lyon, number)["by"] for number in (1, 2)] == [["UNODC", "IOM"], ["UNODC"]]


def test_two_questions_on_one_row_are_two() -> None:
    """That a row is none of the list can be answered to both; what is open after the first is asked."""
    no_row = Choice("x", "it is no row of the list", LEAVE_OUT, "8")
    party = FreeAnswer("type the party", "default", "by=", is_date=False)
    day = FreeAnswer("type the day", "default", "reported-on=", is_date=True)
    assert (
        ImportQuestion("by is missing", [no_row], party).asked != ImportQuestion("no day is told", [no_row], day).asked
    )
    assert ImportQuestion("other headings", [no_row]).asked == "leave-out 8"
