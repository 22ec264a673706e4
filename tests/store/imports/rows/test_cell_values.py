"""What stands in a cell is a value of its field as the command line reads it, or its row is named with the reason."""

from datetime import date, datetime

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support import sample_lists
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import MIA, UNODC, events, record

HEADINGS = ["Action", "By", "To", "Due", "Status", "Done on", "Note"]


def row(due: str = "", state: str = "", done: str = "", note: str = "", **more: str) -> list[str]:
    """One action whose other cells are right."""
    return [more.get("title", "Send it"), more.get("by", "UNODC"), more.get("to", "INL"), due, state, done, note]


@pytest.mark.parametrize(
    ("typed", "day", "words"),
    [
        ("2023-03-31", "2023-03-31", None),
        ("31.03.2023", "2023-03-31", None),
        (" 31 марта 2023 г. ", "2023-03-31", "31 марта 2023 г."),
        ("31/03/2023", "2023-03-31", None),
        ("2023-03-31 00:00:00", "2023-03-31", None),
        ("2023-03-31T00:00:00Z", "2023-03-31", None),
        ("2023-03-31 14:30", "2023-03-31", None),
        ("31/Mar/23 12:00 AM", "2023-03-31", None),
        ("31/Mar/23 3:30 PM", "2023-03-31", None),
        ("3/31/2023, 12:00:00 PM GMT+5", "2023-03-31", None),
        ("1680246000000", "2023-03-31", None),
        ("31 марта 2023г.", "2023-03-31", "31 марта 2023 г."),
        ("null", None, None),
        ("end of March 2023", "2023-03-31", "end of March 2023"),
        ("Q1 2023", "2023-03-31", "Q1 2023"),
        ("none", None, None),
        ("-", None, None),
        ("н/д", None, None),
        ("", None, None),
    ],
)
def test_date_as_the_command_line_reads_it(
    lyon: Database, take: Importing, typed: str, day: str | None, words: str | None
) -> None:
    assert take([HEADINGS, row(typed)]).code == 0
    commitment = record(lyon, 1)
    assert (commitment.get("due"), commitment.get("due_words")) == (day, words)


@pytest.mark.parametrize(
    ("typed", "fragment"),
    [
        ("03/04/2023", "can be 3 April or 4 March 2023"),
        ("31.02.2023", "does not exist"),
        ("31.03.23", "four digits"),
        ("44985", "may mean 2023-02-28"),
        ("44985.5", "may mean 2023-02-28"),
        (
            "some day",
            '"some day" is not a date: write 2023-03-15 or end of March 2024, or leave the cell empty where no',
        ),
        ("2 weeks", '"2 weeks" does not say from when: write 2023-03-15 or end of March 2024 (--value "due:2 weeks='),
        (
            "2 недели",
            '"2 недели" does not say from when: write 2023-03-15 or end of March 2024 (--value "due:2 недели=',
        ),
        ("+2w", "another day each time"),
        ("Friday", "another day each time"),
        ("tomorrow", "write 2023-03-02"),
    ],
)
def test_what_is_no_date_is_named(lyon: Database, take: Importing, typed: str, fragment: str) -> None:
    with unchanged(lyon.path):
        result = take([HEADINGS, row(typed)])
    assert (result.code, result.out) == (1, "")
    assert 'row 2, column D "Due": ' in result.err
    assert fragment in result.err


def test_a_date_is_answered_by_its_cell_or_by_what_its_refusal_shows(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row("31/13/2023 3:30 PM")]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "(--value due:31/13/2023=DATE, or =none)" in refused.err
    assert take(rows, "--value", "due:31/13/2023=2023-12-31").code == 0
    assert record(lyon, 1)["due"] == "2023-12-31"


@pytest.mark.parametrize(
    ("typed", "answer", "day"),
    [("before the course", "none", None), ("Jan-Feb 2023", "end of February 2023", "2023-02-28")],
)
def test_the_words_of_a_deadline_are_kept_whatever_was_answered(
    lyon: Database, take: Importing, typed: str, answer: str, day: str | None
) -> None:
    assert take([HEADINGS, row(typed)], "--value", f"due:{typed}={answer}").code == 0
    assert (record(lyon, 1).get("due"), record(lyon, 1)["due_words"]) == (day, typed)


@pytest.mark.parametrize("typed", ["as needed", "По мере необходимости", "au fur et à mesure", "según sea necesario"])
def test_words_that_name_no_day_are_kept(lyon: Database, take: Importing, typed: str) -> None:
    result = take([HEADINGS, row(typed)])
    assert "the words are kept" in result.err
    assert f'no date "{typed}"' in result.out
    assert (record(lyon, 1).get("due"), record(lyon, 1)["due_words"]) == (None, typed)


def test_dates_of_a_workbook_are_dates_and_so_are_their_numbers(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(), row(title="Two"), row(title="Three"), row(title="Four")]
    cells: list[list[object]] = [list(each) for each in rows]
    cells[1][3], cells[2][3], cells[3][3], cells[4][3] = date(2023, 3, 31), datetime(2023, 3, 31, 9), 45016, 2023
    assert take(sample_lists.as_xlsx(cells), name="list.xlsx").code == 0
    assert [record(lyon, number)["due"] for number in (1, 2, 3, 4)] == ["2023-03-31"] * 3 + ["2023-12-31"]


def test_years_of_a_workbook_that_no_promise_has_are_named(lyon: Database, take: Importing) -> None:
    cells: list[list[object]] = [list(HEADINGS), list(row())]
    cells[1][3] = date(1900, 1, 15)
    result = take(sample_lists.as_xlsx(cells), name="list.xlsx")
    assert result.code == 1
    assert "is it a date?" in result.err


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("open", "proposed"),
        ("Не начато", "proposed"),
        ("proposed", "proposed"),
        ("Agreed", "agreed"),
        ("согласовано", "agreed"),
        ("In progress", "in-progress"),
        (" В  РАБОТЕ", "in-progress"),
        ("in-progress", "in-progress"),
    ],
)
def test_state_by_its_word(lyon: Database, take: Importing, word: str, state: str) -> None:
    assert take([HEADINGS, row(state=word)]).code == 0
    assert record(lyon, 1)["state"] == state


@pytest.mark.parametrize("word", ["done", "Completed", "выполнено", "Исполнено."])
def test_done_needs_the_day_it_was_done(lyon: Database, take: Importing, word: str) -> None:
    with unchanged(lyon.path):
        result = take([HEADINGS, row(state=word)])
    assert result.code == 1
    assert "nothing says on which day" in result.err
    assert "--default reported-on=DATE" in result.err
    assert take([HEADINGS, row("2023-03-31", word, "12.02.2023")]).code == 0
    commitment = record(lyon, 1)
    assert commitment["state"] == "reported"
    assert commitment["reported"]["on"] == "2023-02-12"
    assert commitment["original_due"] == "2023-03-31"


def test_a_day_of_the_future_is_no_day_it_was_done(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(state="done", done="2023-03-02")])
    assert result.code == 1
    assert "2023-03-02 is still to come" in result.err


@pytest.mark.parametrize(
    ("word", "because"), [("declined", "declined"), ("Прекращено", "dropped"), ("superseded", "superseded")]
)
def test_given_up_says_why(lyon: Database, take: Importing, word: str, because: str) -> None:
    assert take([HEADINGS, row(state=word)]).code == 0
    assert record(lyon, 1)["closed"]["because"] == because


def test_closed_has_two_readings(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(state="Closed")])
    assert result.code == 1
    assert '"Closed" says that it is closed, and not how it ended' in result.err


DAYS = ["Action", "By", "To", "Due", "Status", "Agreed on", "Closed on", "Done on"]


def test_the_day_on_which_it_was_agreed_is_kept(lyon: Database, take: Importing) -> None:
    rows = [
        DAYS,
        ["One", UNODC, MIA, "31.12.2022", "agreed", "06.12.2022", "", ""],
        ["Two", UNODC, MIA, "31.12.2022", "open", "07.12.2022", "", ""],
        ["Three", UNODC, MIA, "31.12.2022", "done", "07.12.2022", "", "20.12.2022"],
        ["Four", UNODC, MIA, "31.12.2022", "declined", "07.12.2022", "10.01.2023", ""],
        ["Five", UNODC, MIA, "31.12.2022", "proposed", "", "", ""],
    ]
    assert take(rows).code == 0
    stored = [(record(lyon, number)["state"], record(lyon, number).get("agreed_on")) for number in range(1, 6)]
    assert stored == [
        ("agreed", "2022-12-06"), ("agreed", "2022-12-07"), ("reported", "2022-12-07"), ("closed", "2022-12-07"),
        ("proposed", None),
    ]  # fmt: skip
    assert record(lyon, 4)["closed"] == {"because": "declined", "on": "2023-01-10"}
    assert [event["day"] for event in events(lyon, 1)] == ["2022-12-06"]
    assert record(lyon, 4)["original_due"] == "2022-12-31", "what was agreed and declined is a miss"


@pytest.mark.parametrize(
    ("state", "agreed", "closed", "fragment"),
    [
        ("agreed", "01.01.2030", "", 'column F "Agreed on": 2030-01-01 is still to come'),
        ("dropped", "", "01.01.2030", 'column G "Closed on": 2030-01-01 is still to come'),
        ("agreed", "", "10.01.2023", "it was closed on 2023-01-10, and its state does not say so"),
        ("", "", "10.01.2023", "it was closed on 2023-01-10, and its state does not say so"),
    ],
)
def test_days_that_do_not_agree_with_the_rest_are_named(
    lyon: Database, take: Importing, state: str, agreed: str, closed: str, fragment: str
) -> None:
    with unchanged(lyon.path):
        result = take([DAYS, ["One", UNODC, MIA, "", state, agreed, closed, ""]])
    assert result.code == 1
    assert fragment in result.err


def test_open_with_a_day_it_was_done_does_not_agree(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(state="open", done="2023-02-12")])
    assert result.code == 1
    assert 'row 2, column E "Status": it is open, and yet' in result.err


@pytest.mark.parametrize(
    ("cell", "parties"),
    [
        ("UNODC; INTERPOL", ["UNODC", "INTERPOL"]),
        ("UNODC\nINTERPOL", ["UNODC", "INTERPOL"]),
        ("UNODC;;  UNODC ;", ["UNODC"]),
        ("UNODC, INTERPOL", ["UNODC", "INTERPOL"]),
        ("Ministry of Interior, Police", ["Ministry of Interior, Police"]),
        ("Research and Analysis", ["Research and Analysis"]),
        ("1. UNODC 2. INTERPOL", ["UNODC", "INTERPOL"]),
        ("(1) UNODC, (2) INTERPOL", ["UNODC", "INTERPOL"]),
        ("3. UNODC", ["UNODC"]),
    ],
)
def test_parties_of_a_cell(database: Database, take: Importing, cell: str, parties: list[str]) -> None:
    assert take([HEADINGS, row(by=cell)]).code == 0
    assert record(database, 5)["by"] == parties


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("UNODC and the World Bank", "UNODC; the World Bank"),
        ("UNODC and INTERPOL", "UNODC; INTERPOL"),
        ("ИНТЕРПОЛ и UNODC", "ИНТЕРПОЛ; UNODC"),
        ("UNODC/INTERPOL", "UNODC; INTERPOL"),
        ("IOM / UNODC", "IOM; UNODC"),
        ("UNODC & INTERPOL", "UNODC; INTERPOL"),
        ("IOM, OSCE AND UNODC", "IOM; OSCE; UNODC"),
    ],
)
def test_a_pair_of_parties_is_no_party(database: Database, take: Importing, cell: str, parts: str) -> None:
    with unchanged(database.path):
        result = take([HEADINGS, row(by=cell)])
    assert result.code == 1
    count = parts.count(";") + 1
    assert f'row 2, column B "By": "{cell}" may be {count} parties: write them with a semicolon' in result.err
    assert f'"{parts}" (--value ' in result.err
    assert take([HEADINGS, row(by=cell)], "--value", f"by:{cell}={parts}", "--dry-run").code == 0
    assert take([HEADINGS, row(by=cell)], "--new-parties").code == 0
    assert record(database, 5)["by"] == [cell]


def test_a_pair_whose_names_stand_alone_elsewhere_is_no_party(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(by="Health and Sport"), row(by="Sport", title="Two"), row(by="Health", title="Three")]
    assert '"Health and Sport" may be 2 parties' in take(rows).err
    assert take(rows[:3]).code == 0


@pytest.mark.parametrize(
    "name",
    [
        *("Col. Karimov", "г-н Каримов", "Mrs Smith", "Полковник Каримов", "Gen.Karimov", "Karimov, A."),
        *("Каримов А.Б.", "А. Б. Каримов", "A. Karimov", "a.karimov@example.org"),
    ],
)
def test_a_name_that_looks_like_a_persons_is_refused_unless_it_is_meant(
    lyon: Database, take: Importing, name: str
) -> None:
    for options in ((), ("--new-parties",)):
        with unchanged(lyon.path):
            result = take([HEADINGS, row(by=name)], *options)
        assert result.code == 1
        assert f'"{name}" looks like a person: officers\' names have no field' in result.err
    assert take([HEADINGS, row(by=name)], "--value", f"by:{name}=UNODC").code == 0
    assert take([HEADINGS, row(by=name, title="Two")], "--new-party", name).code == 0
    assert (record(lyon, 1)["by"], record(lyon, 2)["by"]) == (["UNODC"], [name])
    assert "looks like" not in take([HEADINGS, row(by=name, title="Three")]).err


@pytest.mark.parametrize(
    "name",
    [
        *("Генеральная прокуратура", "Generals' Club", "Colonial Office", "Mr", "Drug Agency", "U.N."),
        *("U.S. Embassy", "St. Petersburg University", "г. Ташкент", "Dept. of Justice"),
    ],
)
def test_an_institution_looks_like_no_person(lyon: Database, take: Importing, name: str) -> None:
    assert "looks like" not in take([HEADINGS, row(by=name)]).err


def test_comma_separates_names_that_stand_alone_elsewhere_in_the_file(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(by="IOM, OSCE"), row(by="OSCE", title="Two"), row(by="IOM", title="Three")]
    assert take(rows).code == 0
    assert record(lyon, 1)["by"] == ["IOM", "OSCE"]


def test_any_name_of_a_party_finds_it_and_a_slip_is_refused(database: Database, take: Importing) -> None:
    rows = [HEADINGS, row(by="interpol"), row(by="INTEPROL", title="Two")]
    with unchanged(database.path):
        refused = take(rows)
    assert 'row 3, column B "By": there is no party "INTEPROL"; did you mean "INTERPOL"? (--value' in refused.err
    result = take(rows, "--new-parties")
    assert result.code == 0
    assert record(database, 5)["by"] == ["INTERPOL"]
    assert "followup: new parties: INL, INTEPROL\n" in result.err


def test_new_parties_are_only_names_that_would_be_refused(database: Database, take: Importing) -> None:
    before = [party["name"] for party in database.snapshot().parties.all()]
    result = take([["Action", "By", "To"], ["One", "MIA", UNODC], ["Two", "ncb", "MIA"]], "--new-parties")
    assert (record(database, 5)["by"], record(database, 6)["by"]) == ([MIA], ["NCB Tashkent"])
    assert record(database, 6)["to"] == [MIA]
    assert [party["name"] for party in database.snapshot().parties.all()] == before
    assert '"MIA" is MIA Uzbekistan' in result.err


def test_every_column_of_parties_follows_the_rule(database: Database, take: Importing) -> None:
    headings = ["Action", "By", "To", "Via"]
    for cells, seen in (
        (
            ["One", UNODC, "UNODC (lead)", "NCB"],
            'did you mean "UNODC"? (--value "to:UNODC (lead)=UNODC", --value "to:UNODC (lead)=none", '
            '--new-party "UNODC (lead)", --new-parties',
        ),
        (["One", UNODC, MIA, "NCB-Tashkent"], 'did you mean "NCB Tashkent"? (--value '),
        (["One", UNODC, MIA, "NCB + UNODC"], "--new-parties takes it as it is"),
    ):
        with unchanged(database.path):
            assert seen in take([headings, cells]).err
        assert take([headings, cells], "--new-parties").code == 0
    rows = [["Id", "Action", "Due", "Reason", "Asked by"], ["2", "Nominate officers", "2023-05-01", "x", "INTEPROL"]]
    assert 'did you mean "INTERPOL"? (--value asked-by:INTEPROL=INTERPOL, ' in take(rows, "--map", "id=Id").err
    assert take(rows, "--map", "id=Id", "--new-parties").code == 0
    assert record(database, 2)["due_changes"][-1]["asked_by"] == "INTEPROL"


def test_first_words_in_a_cell_are_the_one_party_that_begins_so(database: Database, take: Importing) -> None:
    result = take([HEADINGS, row(by="MIA"), row(by="MIA; UNODC", title="Two")])
    assert (result.code, record(database, 5)["by"], record(database, 6)["by"]) == (0, [MIA], [MIA, "UNODC"])
    assert result.err.count('"MIA" is MIA Uzbekistan') == 1


def test_unknown_visit_is_named_with_the_way(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Visit"], ["Send it", "UNODC", "INL", "Lyons-2022"]]
    with unchanged(lyon.path):
        result = take(rows)
    assert result.code == 1
    assert 'row 2, column D "Visit": there is no visit "Lyons-2022"; did you mean "lyon-2022"?' in result.err
    assert "--value visit:Lyons-2022=lyon-2022" in result.err.replace(chr(34), "")
    assert "--new-visit lyons-2022" in result.err
    rows[1][3] = "study VISIT"
    assert take(rows).code == 0
    assert record(lyon, 1)["visit"] == "lyon-2022"


def test_seats_are_counted_and_must_add_up(lyon: Database, take: Importing) -> None:
    headings = ["Action", "By", "To", "Wanted", "Nominated", "Acknowledged", "Letter"]
    assert take([headings, ["Nominate", "UNODC", "INL", "3", "2", "1", "12/44"]]).code == 0
    assert record(lyon, 1)["seats"] == {"wanted": 3, "nominated": 2, "acknowledged": 1, "letter": "12/44"}
    result = take([headings, ["Nominate more", "UNODC", "INL", "3", "1", "2", ""]])
    assert result.code == 1
    assert "a seat is nominated before it is acknowledged" in result.err
    assert "many" in take([headings, ["Nominate", "UNODC", "INL", "many", "", "", ""]]).err


HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    "\x1b[31mred",
    "a\u202eb",
    "[b]x[/b]",
    "@SUM(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_could_run_stays_text(lyon: Database, take: Importing, text: str) -> None:
    result = take([HEADINGS, row(title=text, note=text)])
    assert result.code == 0
    assert "\x1b" not in result.out
    assert "\u202e" not in result.out
    title = record(lyon, 1)["title"]
    assert title == text.replace("\x1b", "\\x1b").replace("\u202e", "")


def test_guard_of_an_export_comes_off(lyon: Database, take: Importing) -> None:
    titles = ["'=1+1", "'tis", "'"]
    rows = [[*row(title=title), "", ""] for title in titles]
    assert take([[*HEADINGS, "band", "days_left"], *rows]).code == 0
    assert [record(lyon, number)["title"] for number in (1, 2, 3)] == ["=1+1", "'tis", "'"]


def test_row_is_the_one_that_a_spreadsheet_shows(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(note="two\nlines\nor three"), [""] * 7, row("bad date", title="Two")]
    result = take(rows)
    assert 'row 4, column D "Due": "bad date" is not a date' in result.err
    result = take("sep=;\r\n" + sample_lists.as_csv(rows, delimiter=";"))
    assert 'row 4, column D "Due": "bad date" is not a date' in result.err


def test_every_bad_row_is_named_with_all_that_is_wrong(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row("x"), row(), row("y", "z", title="Three"), row(title=""), row(by="", title="Five")]
    with unchanged(lyon.path):
        result = take(rows)
    assert (result.code, result.out) == (1, "")
    for fragment in (
        'row 2, column D "Due"',
        'row 4, column D "Due"',
        'row 4, column E "Status"',
        'row 5, column A "Action": title',
        'row 6, column B "By": by (who promised it) is missing',
        "nothing was changed: 4 rows are bad, 1 could be taken",
    ):
        assert fragment in result.err


@pytest.mark.parametrize(
    "cell", ["исполнено 18.02.2023", "Done on 2023-02-18", "réalisé le 18/02/2023", "done (18.02.2023)"]
)
def test_the_day_may_stand_behind_the_word_for_done(lyon: Database, take: Importing, cell: str) -> None:
    result = take([HEADINGS, row(state=cell)])
    assert result.code == 0, result.err
    assert (record(lyon, 1)["state"], record(lyon, 1)["reported"]["on"]) == ("reported", "2023-02-18")


def test_a_day_behind_the_word_for_done_that_can_be_two_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(state="réalisé le 01/02/2023")]
    with unchanged(lyon.path):
        assert "can be 1 February or 2 January 2023" in take(rows).err
    assert take(rows, "--dates", "dmy").code == 0
    assert record(lyon, 1)["reported"]["on"] == "2023-02-01"
