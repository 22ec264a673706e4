"""A row is matched with what is there, by our number, the list's own, or what it says; twice is once."""

from pathlib import Path

import pytest

from store import operations
from store.database import Database
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import document, unchanged
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import add, beside, do, events, raw, record, set_due

HEADINGS = ["No", "Action", "By", "To", "Due", "Status", "Reason for change", "Note"]


def row(number: str, title: str, due: str = "", state: str = "", reason: str = "", note: str = "") -> list[str]:
    """An action of MIA Uzbekistan for INTERPOL."""
    return [number, title, "MIA Uzbekistan", "INTERPOL", due, state, reason, note]


FIRST = [HEADINGS, row("1", "Send the list", "2023-03-31", "agreed"), row("2", "Write a letter", note="by post")]


def test_twice_is_once(lyon: Database, take: Importing) -> None:
    assert take(FIRST).code == 0
    before = raw(lyon)
    again = take(FIRST)
    assert again.out == "row 2: #1 as it is\nrow 3: #2 as it is\n2 rows: 0 new, 0 changed, 2 as they are\n"
    assert again.err.endswith("nothing was changed: all of it is there already\n")
    assert raw(lyon) == before


def test_the_lists_own_number_finds_what_was_renamed(lyon: Database, take: Importing) -> None:
    assert take(FIRST).code == 0
    result = take([HEADINGS, row("1", "Send the whole list", "2023-03-31", "agreed")])
    assert result.out.startswith('row 2: #1 title "Send the list" -> "Send the whole list"\n')


def test_visit_parties_and_title_find_what_has_no_number(database: Database, take: Importing) -> None:
    rows = [HEADINGS[1:], row("", "nominate  OFFICERS to ison", "2023-03-31", "agreed")[1:]]
    assert take(rows).out.startswith("row 2: #2 title ")
    assert len(database.snapshot().commitments) == 4


def test_number_is_remembered_for_what_was_found_otherwise(database: Database, take: Importing) -> None:
    assert take([HEADINGS, row("9", "Nominate officers to ISON")]).out.startswith('row 2: #2 their number "9"\n')
    assert take([HEADINGS, row("9", "Nominate four officers")]).out.startswith("row 2: #2 title ")


def test_same_title_under_other_numbers_is_another_promise(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row("1", "Send figures", "2023-03-31"), row("2", "Send figures", "2023-06-30")]
    assert take(rows).code == 0
    assert len(lyon.snapshot().commitments) == 2
    assert take(rows).out.splitlines()[-1] == "2 rows: 0 new, 0 changed, 2 as they are"


def test_one_commitment_twice_in_a_list_is_named_unless_it_says_the_same(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row("1", "Send figures", "2023-03-31"), row("1", "Send figures", "2023-06-30")]
    with unchanged(lyon.path):
        result = take(rows)
    assert result.code == 1
    assert "row 3: it is the same commitment as row 2 (#1), and says otherwise" in result.err
    assert take([HEADINGS, rows[1], rows[1]]).out.splitlines()[1] == "row 3: #1 as it is (it says the same as row 2)"


def test_number_of_another_list_is_refused(lyon: Database, take: Importing) -> None:
    assert take(FIRST).code == 0
    with unchanged(lyon.path):
        result = take([HEADINGS, ["1", "Train the police", "UNODC", "INL", "", "", "", ""]], name="other.csv")
    assert result.code == 1
    assert '"1" is what #1 "Send the list" was called when it was imported, and this is another promise' in result.err


def test_series_of_one_title_is_told_apart_by_its_dates(database: Database, run: Run, take: Importing) -> None:
    series = ("--visit", "lyon-2022", "--by", "UNODC", "--to", "INL", "--due", "2023-03-31", "--every", "month")
    assert run("add", "Send figures", *series, "--until", "2023-05-31").out.split() == ["5", "6", "7"]
    headings = ["Action", "By", "To", "Due", "Note"]
    result = take([headings, ["Send figures", "UNODC", "INL", "2023-04-30", "asked"]])
    assert result.out.startswith('row 2: #6 note "asked"')
    result = take([headings, ["Send figures", "UNODC", "INL", "2023-08-31", "asked"]])
    assert result.code == 1
    assert "it can be #5, #6, #7" in result.err


def test_an_old_list_does_not_take_a_change_of_date_back(lyon: Database, take: Importing) -> None:
    first = [HEADINGS, row("1", "Send the list", "31.03.2023", "agreed")]
    take(first)
    set_due(lyon, 1, "2023-06-30", reason="asked by letter")
    with unchanged(lyon.path):
        result = take(first, "--reason", "the list of March")
    assert result.code == 1
    assert "#1 was due on 2023-03-31 before that was changed to 2023-06-30" in result.err
    again = [HEADINGS, row("1", "Send the list", "31.03.2023", "agreed", "the letter was withdrawn")]
    assert take(again).code == 0
    assert record(lyon, 1)["due"] == "2023-03-31"
    assert take(again).out.endswith("0 new, 0 changed, 1 as it is\n")


def test_changed_date_needs_a_reason(lyon: Database, take: Importing) -> None:
    assert take(FIRST).code == 0
    later = [HEADINGS, row("1", "Send the list", "2023-06-30", "agreed")]
    with unchanged(lyon.path):
        result = take(later)
    assert result.code == 1
    assert 'row 2, column G "Reason for change": 1: its date was agreed (2023-03-31)' in result.err
    assert "--reason TEXT" in result.err
    result = take(later, "--reason", "new minister")
    assert result.out.startswith("row 2: #1 due 2023-03-31 -> 2023-06-30 (extension 1)\n")
    assert record(lyon, 1)["due_changes"][0]["reason"] == "new minister"
    own = [HEADINGS, row("1", "Send the list", "2023-07-31", "agreed", "asked by the embassy")]
    assert take(own, "--reason", "new minister").code == 0
    assert record(lyon, 1)["due_changes"][1]["reason"] == "asked by the embassy"
    assert record(lyon, 1)["original_due"] == "2023-03-31"


def test_the_same_day_in_other_words_is_no_change(lyon: Database, take: Importing) -> None:
    assert take(FIRST).code == 0
    again = [HEADINGS, row("1", "Send the list", "31 March 2023", "agreed")]
    assert "row 2: #1 as it is\n" in take(again).out


def test_a_date_without_a_year_is_refused_for_it_would_be_another_one_next_year(
    lyon: Database, take: Importing
) -> None:
    result = take([HEADINGS, row("1", "Send the list", "end of March", "agreed")])
    assert result.code == 1
    assert '"end of March" has no year' in result.err
    assert "write end of March 2023 or" in result.err
    assert take([HEADINGS, row("1", "Send the list", "end of March 2023", "agreed")]).code == 0


def test_a_changed_date_beside_the_words_of_the_old_one_is_a_change(lyon: Database, take: Importing) -> None:
    columns = ["title", "by", "to", "due", "words"]
    line = ["Send the list", "UNODC", "INL"]
    assert take([columns, [*line, "2023-03-31", "by spring"]]).code == 0
    assert take([columns, [*line, "2023-03-31", "by spring"]]).out.startswith("row 2: #1 as it is")
    assert take([columns, [*line, "2023-05-31", "by spring"]]).code == 0
    assert record(lyon, 1)["due"] == "2023-05-31"
    assert "due_words" not in record(lyon, 1)


def test_import_is_no_news(database: Database, take: Importing) -> None:
    silent = database.snapshot().row(2).silent_days
    rows = [HEADINGS, row("1", "Nominate officers to ISON", "2023-06-30", "in progress", "asked", "they wrote")]
    assert take(rows).code == 0
    assert {event["action"] for event in events(database, 2)} >= {"due", "mark"}
    assert database.snapshot().row(2).silent_days == silent
    assert all(event["imported"] == "list.csv" for event in events(database, 2)[1:])


def test_import_after_news_leaves_the_news_and_doctor_agrees(database: Database, run: Run, take: Importing) -> None:
    do(database, "note", 2, "they called", on="2023-02-01")
    assert take([HEADINGS, row("1", "Nominate officers to ISON", state="in progress", note="x")]).code == 0
    assert record(database, 2)["news_on"] == "2023-02-01"
    assert run("undo").code == 0
    assert record(database, 2)["news_on"] == "2023-02-01"
    assert run("doctor").out.endswith("no findings\n")


def test_list_of_a_stranger_never_moves_a_promise_back(database: Database, take: Importing) -> None:
    do(database, "mark", 2, "reported", on="2023-02-20")
    for word in ("open", "in progress", "agreed"):
        result = take([HEADINGS[1:], row("", "Nominate officers to ISON", state=word)[1:]])
        assert result.code == 0
        assert f"it stays reported, though the list says {word.replace(' ', '-')}" in result.out
    assert record(database, 2)["state"] == "reported"


def test_default_fills_what_is_new_and_changes_nothing_that_is_there(database: Database, take: Importing) -> None:
    rows = [HEADINGS[1:], row("", "Nominate officers to ISON")[1:], row("", "Another one")[1:]]
    assert take(rows, "--default", "kind=train", "--default", "state=agreed").code == 0
    assert record(database, 2)["kind"] == "nominate-experts"
    assert (record(database, 5)["kind"], record(database, 5)["state"]) == ("train", "agreed")


def test_empty_cell_changes_nothing(database: Database, take: Importing) -> None:
    before = raw(database)
    rows = [["id", "title", "due", "state", "band", "days_left"], ["1", *[""] * 5], ["2", *[""] * 5]]
    assert take(rows).out.splitlines()[-1] == "2 rows: 0 new, 0 changed, 2 as they are"
    assert raw(database) == before


def test_own_list_comes_back_and_changes_nothing(database: Database, run: Run, take: Importing) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=2, letter="12/44")
    do(database, "mark", 2, "reported", on="2023-02-20", evidence="letter", note="two are enough")
    do(database, "mark", 2, "confirmed", on="2023-02-25", evidence="their answer")
    do(database, "mark", 4, "closed", because="declined")
    set_due(database, 3, "2023-04-30")
    before = raw(database)
    listed = run("list", "--all", "--json").out
    result = take(listed, name="list.json")
    assert result.code == 0, result
    assert result.out.splitlines()[-1] == "4 items: 0 new, 0 changed, 4 as they are", result
    assert raw(database) == before


@pytest.mark.parametrize("form", ["csv", "xlsx", "ics"])
@pytest.mark.parametrize("internal", [(), ("--internal",)])
def test_own_export_comes_back_and_changes_nothing(
    database: Database, run: Run, tmp_path: Path, form: str, internal: tuple[str, ...]
) -> None:
    do(database, "edit", 1, title="=1+1; =2")
    do(database, "set_seats", 2, wanted=3, nominated=2, letter="12/44")
    do(database, "note", 2, "they called")
    do(database, "mark", 2, "reported", on="2023-02-20", evidence="letter", note="two are enough")
    do(database, "mark", 2, "confirmed", on="2023-02-25", evidence="their answer")
    do(database, "mark", 4, "closed", because="declined")
    set_due(database, 3, "2023-04-30")
    before = raw(database)
    file = tmp_path / f"export.{form}"
    assert run("export", *internal, "-o", str(file)).code == 0
    result = run("import", str(file))
    assert result.code == 0, result
    assert "4 as they are" in result.out.splitlines()[-1], result
    assert "it stays" not in result.out
    assert raw(database) == before


@pytest.mark.parametrize("language", ["en", "ru"])
def test_own_workbook_tells_visits_of_the_same_title_apart_when_it_comes_back(
    database: Database, run: Run, tmp_path: Path, language: str
) -> None:
    with database.transaction() as tx:
        for slug, start in (("vienna", "2023-01-09"), ("vienna-2", "2023-02-06")):
            operations.add_visit(tx, "Study visit", place="Vienna", start=start, slug=slug)
    for slug in ("vienna", "vienna-2"):
        add(database, "Send the list", visit=slug)
    before, file = raw(database), tmp_path / "export.xlsx"
    assert run("export", "--lang", language, "-o", str(file)).code == 0
    result = run("import", str(file))
    assert result.code == 0, result
    assert "6 as they are" in result.out.splitlines()[-1], result
    assert raw(database) == before


def test_own_calendar_of_what_is_reported_says_nothing_of_it(database: Database, run: Run, tmp_path: Path) -> None:
    do(database, "mark", 2, "reported", on="2023-02-20")
    file = tmp_path / "export.ics"
    assert run("export", "-o", str(file)).code == 0
    assert "it stays" not in run("import", str(file)).out
    file.write_bytes(file.read_bytes().replace(b"STATUS:IN-PROCESS", b"STATUS:NEEDS-ACTION"))
    assert "#2 as it is (it stays reported, though the list says open)" in run("import", str(file)).out


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_own_calendar_has_the_same_days_in_every_time_zone(
    database: Database, run: Run, tmp_path: Path, zone: str
) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=3)
    do(database, "mark", 2, "reported", on="2023-02-20")
    do(database, "mark", 2, "confirmed", on="2023-02-25")
    do(database, "change_settings", timezone=zone)
    before = raw(database)
    file = tmp_path / "export.ics"
    assert run("export", "-o", str(file)).code == 0
    assert "4 as they are" in run("import", str(file)).out.splitlines()[-1]
    assert raw(database) == before


def test_calendar_of_another_store_is_not_matched_by_our_numbers(database: Database, take: Importing) -> None:
    uid = "BEGIN:VTODO\r\nUID:1-20200101T000000Z@followup\r\nSUMMARY:Other\r\nEND:VTODO\r\n"
    text = f"BEGIN:VCALENDAR\r\n{uid}END:VCALENDAR\r\n"
    result = take(text, "--default", "by=UNODC", "--default", "to=INTERPOL", name="other.ics")
    assert result.out.startswith("to-do 1: new #5 Other · ")


def test_an_apostrophe_of_a_stranger_stays(database: Database, take: Importing) -> None:
    """Only our own exports put one before what a spreadsheet would run."""
    assert take([HEADINGS, row("1", "'-marked' list", note="'=1+1")]).code == 0
    assert record(database, 5)["title"] == "'-marked' list"
    assert events(database, 5)[-1]["note"] == "'=1+1"


def test_bad_row_of_a_stranger_keeps_its_apostrophe(database: Database, take: Importing, tmp_path: Path) -> None:
    rows = [["'=Ref", *HEADINGS[1:]], row("'+1", "'-marked' list", "soonish")]
    assert take([*rows, row("2", "Good")], "--skip-bad").code == 0
    bad = tmp_path / "list-bad.csv"
    mended = bad.read_text(encoding="utf-8-sig").replace(",soonish,", ",,")
    assert take(mended, "--map", "source-id='=Ref", name="mended.csv").code == 0
    assert (record(database, 6)["title"], record(database, 6)["source_id"]) == ("'-marked' list", "'+1")


def test_own_list_that_others_changed_since_is_refused(database: Database, run: Run, take: Importing) -> None:
    listed = run("list", "--all", "--json").out.replace("Facilitate the assistance", "Assist")
    do(beside(database, who=BORIS), "edit", 3, owner="boris")
    with unchanged(database.path):
        result = take(listed, name="list.json")
    assert result.code == 1
    assert "#3 changed since this was exported (revision 1, now 2)" in result.err


OURS = ["id", "title", "by", "band", "days_left", "revision"]


def test_row_that_is_refused_as_stale_is_nobody_to_agree_with(database: Database, take: Importing) -> None:
    """A second row that says the same lands nowhere either, and its parties are not told as new."""
    do(beside(database, who=BORIS), "edit", 3, owner="boris")
    stale = ["3", "Assist", "Unknown office", "", "", "1"]
    result = take([OURS, stale, stale], "--skip-bad")
    assert result.code == 0
    assert result.out == "0 rows: 0 new, 0 changed, 0 as they are\n"
    assert "rows 2 and 3, column F" in result.err
    assert result.err.count("#3 changed since this was exported") == 1
    assert record(database, 3)["title"] == "Facilitate the assistance"


def test_row_that_is_right_is_taken_after_one_that_was_stale(database: Database, take: Importing) -> None:
    do(beside(database, who=BORIS), "edit", 3, owner="boris")
    result = take([OURS, ["3", "Assist", "", "", "", "1"], ["3", "Help", "", "", "", "2"]], "--skip-bad")
    assert result.out.splitlines()[0] == 'row 3: #3 title "Facilitate the assistance" -> "Help"'
    assert record(database, 3)["title"] == "Help"


def test_json_tells_each_row(database: Database, take: Importing) -> None:
    answer = document(take(FIRST, "--json"))
    assert (answer["new"], answer["changed"], answer["same"], answer["dry_run"]) == (2, 0, 0, False)
    assert [(each["row"], each["id"], each["new"]) for each in answer["rows"]] == [(2, 5, True), (3, 6, True)]


@pytest.mark.parametrize("word", ["list", "show"])
def test_the_lists_own_number_is_shown(lyon: Database, run: Run, take: Importing, word: str) -> None:
    assert take(FIRST).code == 0
    if word == "show":
        assert "their number 1" in run("show", "1").out
    else:
        assert [each["source_id"] for each in document(run("list", "--json"))] == ["1", "2"]
