"""What could be read wrongly is refused or told, with what answers it; nothing is read wrongly in silence."""

import json

import pytest

from store import operations
from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

HEADINGS = ["Action", "By", "To", "Due", "Status"]


def row(**cells: str) -> list[str]:
    """One action whose other cells are right."""
    usual = {"title": "Send it", "by": "UNODC", "to": "INL", "due": "", "state": ""}
    return list({**usual, **cells}.values())


def test_a_column_of_dates_that_nobody_named_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Zieldatum"], ["Send it", "UNODC", "INL", "2023-03-31"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert refused.code == 1
    assert 'row 2, column D "Zieldatum": it holds dates, and no column says until when (due)' in refused.err
    assert "(--map due=D, --map reported-on=D, --map none=D)" in refused.err
    assert take(rows, "--map", "due=D").code == 0
    assert record(lyon, 1)["due"] == "2023-03-31"
    assert take([rows[0], ["Two", *rows[1][1:]]], "--map", "due=none").code == 0
    assert "due" not in record(lyon, 2)


@pytest.mark.parametrize("heading", ["Created", "lastModified", "Last Activity Date", "Дата создания", "Start date"])
def test_days_of_the_lists_own_upkeep_are_left_out(lyon: Database, take: Importing, heading: str) -> None:
    assert take([["Action", "By", "To", heading], ["Send it", "UNODC", "INL", "2023-03-31"]]).code == 0
    assert "due" not in record(lyon, 1)


def test_a_heading_that_can_be_until_when_or_when_it_was_done_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [["Обязательство", "Кто", "Кому", "Дата исполнения"], ["Направить", "UNODC", "INL", "31.03.2023"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert "can be until when, or on which day it was done" in refused.err
    assert take(rows, "--map", "due=D").code == 0
    assert record(lyon, 1)["due"] == "2023-03-31"


def test_beside_a_deadline_such_a_heading_is_the_day_it_was_done(lyon: Database, take: Importing) -> None:
    rows = [["Обязательство", "Кто", "Кому", "Срок", "Дата исполнения"]]
    rows += [["Направить", "UNODC", "INL", "31.03.2023", "15.02.2023"]]
    assert take(rows).code == 0
    assert (record(lyon, 1)["due"], record(lyon, 1)["reported"]["on"]) == ("2023-03-31", "2023-02-15")


def test_dates_in_two_orders_are_refused(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, row(due="12/31/2026"), row(title="Two", due="31/12/2026")]
    for options in ((), ("--dates", "dmy"), ("--dates", "mdy")):
        with unchanged(lyon.path):
            assert take(rows, *options).code == 1
    assert '"31/12/2026" is written day first, "12/31/2026" in row 2 month first' in take(rows).err
    assert 'row 2, column D "Due": "12/31/2026" is no day that is written day first' in take(rows, "--dates", "dmy").err


@pytest.mark.parametrize(
    ("order", "typed", "day"),
    [
        ("dmy", "03/04/2023", "2023-04-03"),
        ("mdy", "03/04/2023", "2023-03-04"),
        ("mdy", "3-4-23", "2023-03-04"),
        ("dmy", "31/Mar/23 12:00 AM", "2023-03-31"),
        ("mdy", "31.03.2023", "2023-03-31"),
    ],
)
def test_one_answer_tells_how_all_dates_are_written(
    lyon: Database, take: Importing, order: str, typed: str, day: str
) -> None:
    assert take([HEADINGS, row(due=typed)], "--dates", order).code == 0
    assert record(lyon, 1)["due"] == day


def test_a_date_with_two_readings_names_the_answers(lyon: Database, take: Importing) -> None:
    assert "(--dates dmy, --dates mdy)" in take([HEADINGS, row(due="03/04/2023")]).err


def test_unknown_words_are_told_with_their_rows_and_translated_once(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, *(row(title=f"No {number}", state="Further work ongoing") for number in (1, 2, 3))]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'rows 2-4, column E "Status": "Further work ongoing" is no state that is known' in refused.err
    assert '(--value "state:Further work ongoing=WORD", where WORD is proposed, agreed, in-progress' in refused.err
    assert take(rows, "--value", 'STATE:"further work  ongoing"=in-progress').code == 0
    assert {record(lyon, number)["state"] for number in (1, 2, 3)} == {"in-progress"}


def test_a_word_that_says_nothing(lyon: Database, take: Importing) -> None:
    assert take([HEADINGS, row(state="see minutes")], "--value", "state:see minutes=none").code == 0
    assert record(lyon, 1)["state"] == "proposed"


@pytest.mark.parametrize("state", ["50%", "99 %", "60"])
def test_a_percentage_is_no_state(lyon: Database, take: Importing, state: str) -> None:
    result = take([HEADINGS, row(state=state)])
    assert (result.code, record(lyon, 1)["state"]) == (0, "proposed")
    assert f'row 2, column E "Status": "{state}" says how far it is, and no state' in result.err


@pytest.mark.parametrize("words", ["TBC", "ASAP", "as soon as possible", "Ongoing", "постоянно", "dès que possible"])
def test_words_that_name_no_day_are_kept_without_a_date(lyon: Database, take: Importing, words: str) -> None:
    result = take([HEADINGS, row(due=words)])
    assert result.code == 0
    assert ("due" in record(lyon, 1), record(lyon, 1)["due_words"]) == (False, words)
    assert "names no day: the words are kept, without a date" in result.err


def test_such_words_take_no_date_away(lyon: Database, take: Importing) -> None:
    assert take([HEADINGS, row(due="2023-03-31", state="agreed")]).code == 0
    assert take([HEADINGS, row(due="ongoing", state="agreed")]).code == 0
    assert record(lyon, 1)["due"] == "2023-03-31"


@pytest.mark.parametrize("name", ["TBD", "tbc", "All", "N/A", "н/д", "Все", "todos"])
def test_what_names_nobody_is_no_party(lyon: Database, take: Importing, name: str) -> None:
    with unchanged(lyon.path):
        assert "by (who promised it) is missing" in take([HEADINGS, row(by=name)]).err
    assert take([HEADINGS, row(by=name)], "--default", "by=INTERPOL").code == 0
    assert record(lyon, 1)["by"] == ["INTERPOL"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("• UNODC", ["UNODC"]),
        ("1) UNODC\n2) INTERPOL", ["UNODC", "INTERPOL"]),
        ("- UNODC\n- INTERPOL", ["UNODC", "INTERPOL"]),
        ("a) UNODC; b) INTERPOL", ["UNODC", "INTERPOL"]),
        ("1. UNODC", ["UNODC"]),
        ("UNODC; TBC", ["UNODC"]),
    ],
)
def test_bullets_and_numbers_are_no_part_of_a_name(
    lyon: Database, take: Importing, cell: str, names: list[str]
) -> None:
    assert take([HEADINGS, row(by=cell)]).code == 0
    assert record(lyon, 1)["by"] == names


@pytest.mark.parametrize("cell", ["UNODC + IOM", "Health & Sport", "UNODC jointly with IOM", "МВД совместно с НЦБ"])
def test_joined_names_are_asked_about(lyon: Database, take: Importing, cell: str) -> None:
    with unchanged(lyon.path):
        assert "may be 2 parties" in take([HEADINGS, row(by=cell)]).err
    assert take([HEADINGS, row(by=cell)], "--new-party", cell).code == 0
    assert record(lyon, 1)["by"] == [cell]


def test_a_column_of_persons_holds_no_institutions(lyon: Database, take: Importing) -> None:
    headings = ["Task Name", "Assigned To", "To", "Due date", "Description"]
    rows = [headings, ["Send it", "Lola Sample", "INL", "03/31/2023", "as agreed"], ["Two", "UNODC", "INL", "", ""]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert 'row 2, column B "Assigned To": "Lola Sample" looks like a person' in refused.err
    assert take(rows, "--map", "by=none", "--default", "by=UNODC").code == 0
    assert (record(lyon, 1)["title"], record(lyon, 1)["by"]) == ("Send it", ["UNODC"])


def test_taskwarrior_is_matched_by_what_stays(lyon: Database, take: Importing) -> None:
    task = {"id": 7, "description": "Send it", "due": "20230331T180000Z", "entry": "20230101T080000Z",
            "status": "pending", "uuid": "5e1b3a52-0000-4000-8000-000000000001"}  # fmt: skip
    options = ("--default", "by=UNODC", "--default", "to=INL")
    assert take(json.dumps([task]), *options, name="tasks.json").code == 0
    assert (record(lyon, 1)["source_id"], record(lyon, 1)["title"]) == (task["uuid"], "Send it")
    assert "1 item: 0 new" in take(json.dumps([{**task, "id": 3}]), *options, name="tasks.json").out


@pytest.mark.parametrize(
    ("zone", "instant", "day"),
    [
        ("Asia/Tashkent", "2023-03-31T19:30:00.000Z", "2023-04-01"),
        ("America/New_York", "20230401T020000Z", "2023-03-31"),
        ("America/New_York", "2023-03-31T00:00:00Z", "2023-03-31"),
    ],
)
def test_an_instant_is_the_day_in_the_stores_zone(
    lyon: Database, take: Importing, zone: str, instant: str, day: str
) -> None:
    with lyon.transaction() as tx:
        operations.change_settings(tx, timezone=zone)
    result = take([HEADINGS, row(due=instant)])
    assert (result.code, record(lyon, 1)["due"]) == (0, day)
    assert f"instants are the days on which they are in {zone}" in result.err or instant.endswith("T00:00:00Z")


def test_both_deadlines_are_taken_and_the_change_needs_its_reason(lyon: Database, take: Importing) -> None:
    headings = ["Action", "By", "To", "Original deadline", "Revised deadline", "Status"]
    rows = [headings, ["Send it", "UNODC", "INL", "2023-03-31", "2023-06-30", "agreed"]]
    with unchanged(lyon.path):
        assert "reason" in take(rows).err
    assert take(rows, "--reason", "new minister").code == 0
    found = record(lyon, 1)
    assert (found["original_due"], found["due"], found["due_changes"][0]["reason"]) == (
        *("2023-03-31", "2023-06-30"),
        "new minister",
    )
    assert "0 new, 0 changed" in take(rows).out


def test_a_column_may_be_left_out_and_a_value_set_for_all(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(by="Lola", state="50/50")], "--map", "state=none", "--set", "by=INTERPOL")
    assert (result.code, record(lyon, 1)["by"]) == (0, ["INTERPOL"])
    assert 'in all rows: by "INTERPOL"' in result.err


@pytest.mark.parametrize(
    ("below", "field"), [(["1.2", "1.3"], "source_id"), (["Назначить лицо", "Передать перечень"], "title")]
)
def test_a_point_of_the_plan_is_a_number_where_it_holds_numbers(
    lyon: Database, take: Importing, below: list[str], field: str
) -> None:
    headings = ["Пункт плана", "Кто", "Кому"] + (["Содержание обязательства"] if field == "source_id" else [])
    rows = [headings, *([text, "UNODC", "INL", f"Do {text}"][: len(headings)] for text in below)]
    assert take(rows).code == 0
    assert [record(lyon, number)[field] for number in (1, 2)] == below


@pytest.mark.parametrize(
    "headings",
    [
        ["actionItem", "responsibleParty", "promisedTo", "dueDate", "currentStatus"],
        ["commitment_text", "responsible_org", "beneficiary_org", "target_date", "status"],
        ["Engagement", "Partie responsable", "Envers", "Date butoir", "Statut"],
        ["Compromiso asumido", "Institución responsable", "A favor de", "Fecha límite", "Situación"],
        ["Содержание обязательства", "Ответственный исполнитель", "Перед кем", "Контрольный срок", "Статус"],
    ],
)
def test_headings_of_offices(lyon: Database, take: Importing, headings: list[str]) -> None:
    assert take([headings, ["Send it", "UNODC", "INL", "2023-03-31", "open"]]).code == 0
    found = record(lyon, 1)
    assert (found["title"], found["by"], found["to"], found["due"]) == ("Send it", ["UNODC"], ["INL"], "2023-03-31")


def test_headings_in_two_rows(lyon: Database, take: Importing) -> None:
    rows = [
        ["No", "Action", "Responsible", "", "Deadline", "", "Reason", "For"],
        ["", "", "Lead", "Support", "Original", "Revised", "", ""],
        ["1", "Send it", "UNODC", "IOM", "2023-03-31", "2023-06-30", "new minister", "INL"],
        ["2", "Answer", "INTERPOL", "", "2023-04-30", "", "", "INL"],
    ]
    assert take(rows, "--default", "state=agreed").code == 0
    found = record(lyon, 1)
    assert (found["by"], found["support"], found["original_due"], found["due"]) == (
        *(["UNODC"], ["IOM"]),
        *("2023-03-31", "2023-06-30"),
    )
    assert record(lyon, 2)["due"] == "2023-04-30"


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("inProgress", "in-progress"),
        ("Non commencé", "proposed"),
        ("En cours", "in-progress"),
        ("Pendiente", "proposed"),
        ("En curso", "in-progress"),
        ("needsAction", "proposed"),
    ],
)
def test_words_of_states(lyon: Database, take: Importing, word: str, state: str) -> None:
    assert take([HEADINGS, row(state=word)]).code == 0
    assert record(lyon, 1)["state"] == state


def test_a_party_that_would_promise_itself_is_told(lyon: Database, take: Importing) -> None:
    result = take([HEADINGS, row(), row(title="Two", by="INL"), row(title="Three", by="INL; UNODC")])
    assert "row 3: who promises it is also the one to whom" in result.err


@pytest.mark.parametrize("name", ["Lola Sample", "Лола Образцова", "Образцов Олег Петрович"])
def test_a_persons_name_in_any_column_is_refused(lyon: Database, take: Importing, name: str) -> None:
    with unchanged(lyon.path):
        refused = take([HEADINGS, row(by=name)])
    assert f'"{name}" looks like a person' in refused.err
    assert take([HEADINGS, row(by=name)], "--value", f"by:{name}=UNODC").code == 0


@pytest.mark.parametrize(
    "name", ["World Bank", "Border Guard", "Saudi Arabia", "Interpol Lyon", "Tashkent City", "Генеральная прокуратура"]
)
def test_two_words_of_an_institution_are_no_person(lyon: Database, take: Importing, name: str) -> None:
    assert take([HEADINGS, row(by=name)]).code == 0


@pytest.mark.parametrize(
    ("cell", "fragment"),
    [
        ("UNODC (lead), INTERPOL", '"UNODC; INTERPOL"'),
        ("INL, Interpol NCB", '"INL; Interpol NCB"'),
        ("UNODC, in coordination with INTERPOL", '"UNODC; INTERPOL"'),
        ("UNODC w/ IOM", '"UNODC; IOM"'),
        ("UNODC (отв.), Интерпол", '"UNODC; Интерпол"'),
        ("IOM, FATF", '"IOM; FATF"'),
        ("Aland (lead), Beland", '"Aland; Beland"'),
        ("lead: UNODC", 'did you mean "UNODC"'),
        ("Головной исполнитель: UNODC", 'did you mean "UNODC"'),
        ("UNODC (отв.)", 'did you mean "UNODC"'),
        ("Both sides", "by (who promised it) is missing"),
        ("стороны", "by (who promised it) is missing"),
        ("все участники", "by (who promised it) is missing"),
    ],
)
def test_roles_and_several_parties_in_a_cell_are_asked_about(
    lyon: Database, take: Importing, cell: str, fragment: str
) -> None:
    with unchanged(lyon.path):
        refused = take([["Action", "By", "To"], ["Send it", cell, "INL"]])
    assert fragment in refused.err


def test_a_comma_inside_of_the_name_of_one_institution_is_none_between_two(lyon: Database, take: Importing) -> None:
    result = take([["Action", "By", "To"], ["Send it", "Ministry of Justice, Legal Department", "INL"]])
    assert 'row 2: new #1 Send it · "Ministry of Justice, Legal Department" → INL' in result.out
    assert record(lyon, 1)["by"] == ["Ministry of Justice, Legal Department"]
