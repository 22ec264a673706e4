"""Lists as programs write them: what a property, key or column of theirs says is taken, asked about, or told."""

import json

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

PARTIES = ("--default", "by=UNODC", "--default", "to=INL")


def notes(store: Database, number: int) -> list[str]:
    return [event["note"] for event in store.snapshot().notes(number)]


def calendar(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *lines, "END:VCALENDAR", ""))


@pytest.mark.parametrize(
    ("start", "due"), [("DTSTART;VALUE=DATE:20230306", "2023-03-16"), ("DTSTART:20230306T120000", "2023-03-16")]
)
def test_a_to_do_is_due_at_the_end_of_its_duration(lyon: Database, take: Importing, start: str, due: str) -> None:
    lines = ("BEGIN:VTODO", "UID:a1", "SUMMARY:Send it", start, "DURATION:P10D", "COMMENT:by mail",
             "COMMENT:and by post", "URL:https://example.org", "END:VTODO")  # fmt: skip
    result = take(calendar(*lines), *PARTIES, name="a.ics")
    assert result.code == 0
    assert record(lyon, 1)["due"] == due
    assert notes(lyon, 1) == ["by mail\nand by post"]
    assert 'left out: "start", "url"' in result.err


def event(title: str, *more: str) -> tuple[str, ...]:
    return ("BEGIN:VEVENT", f"UID:{title}", f"SUMMARY:{title}", *more, "END:VEVENT")


def test_a_cancelled_event_says_so_and_is_asked_how_it_ended(lyon: Database, take: Importing) -> None:
    day = "DTSTART;VALUE=DATE:20230306"
    text = calendar(*event("Train", day), *event("Translate", day, "STATUS:CANCELLED"))
    refused = take(text, *PARTIES, name="a.ics")
    assert '"Train", 2023-03-06: is this event a promise?' in refused.err
    assert '"Translate", 2023-03-06, which is cancelled: is this event a promise?' in refused.err
    with unchanged(lyon.path):
        refused = take(text, *PARTIES, "--events", "all", name="a.ics")
    assert 'event 2, "state": "CANCELLED" says that it is closed' in refused.err
    assert take(text, *PARTIES, "--events", "all", "--value", "state:CANCELLED=dropped", name="a.ics").code == 0
    assert [record(lyon, number)["state"] for number in (1, 2)] == ["proposed", "closed"]


def test_an_event_with_a_duration_is_due_on_its_last_day(lyon: Database, take: Importing) -> None:
    text = calendar(*event("Train", "DTSTART;VALUE=DATE:20230306", "DURATION:P3D"))
    assert take(text, *PARTIES, "--events", "all", name="a.ics").code == 0
    assert record(lyon, 1)["due"] == "2023-03-08"


BOARDS = {
    "lists": [
        {"id": "a", "name": "Визит в Лион", "tasks": [{"kind": "todo#item", "title": "Send it", "status": "open"}]},
        {"id": "b", "name": "Личное", "tasks": [{"kind": "todo#item", "title": "Buy tea", "status": "open"}]},
    ]
}


def test_the_lists_of_a_service_are_told_and_one_is_chosen_by_its_name(lyon: Database, take: Importing) -> None:
    text = json.dumps(BOARDS, ensure_ascii=False)
    told = take(text, *PARTIES, "--dry-run", name="a.json")
    assert 'the lists "Визит в Лион", "Личное" of it are read as one (--sheet NAME takes another one)' in told.err
    assert take(text, *PARTIES, "--sheet", "Визит в Лион", name="a.json").code == 0
    assert [each["title"] for each in lyon.snapshot().commitments.values()] == ["Send it"]
    assert record(lyon, 1)["kind"] == "other"
    refused = take(text, *PARTIES, "--sheet", "Visit", name="a.json")
    assert 'there is no list "Visit"' in refused.err
    assert '"Личное"' in refused.err


@pytest.mark.parametrize("heading", ["Categories", "Категории", "Catégories", "Categorías"])
def test_labels_are_no_kinds(lyon: Database, take: Importing, heading: str) -> None:
    result = take([["Task", "By", "To", heading], ["Send it", "UNODC", "INL", "Blue category"]])
    assert result.code == 0
    assert f'left out: column D "{heading}"' in result.err
    assert record(lyon, 1)["kind"] == "other"


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["Nom de la tâche", "Progression", "Attribué à", "Date d’échéance", "Description"],
         ("Non démarré", "En cours")),
        (["Nombre de la tarea", "Progreso", "Asignado a", "Fecha de vencimiento", "Descripción"],
         ("No iniciada", "En curso")),
        (["Название задачи", "Прогресс", "Назначено", "Срок выполнения", "Описание"], ("Не начата", "Выполняется")),
    ],
)  # fmt: skip
def test_a_plan_of_tasks_in_other_languages(
    lyon: Database, take: Importing, headings: list[str], words: tuple[str, str]
) -> None:
    rows = [headings, ["One", words[0], "", "31.03.2023", "first"], ["Two", words[1], "", "30.04.2023", ""]]
    assert take(rows, *PARTIES).code == 0
    assert [record(lyon, number)["title"] for number in (1, 2)] == ["One", "Two"]
    assert [record(lyon, number)["state"] for number in (1, 2)] == ["proposed", "in-progress"]
    assert notes(lyon, 1) == ["first"]


@pytest.mark.parametrize(
    ("cell", "due"),
    [("Fri 31/03/23", "2023-03-31"), ("Fri 03/31/23", "2023-03-31"), ("Пт 31.03.23", "2023-03-31"),
     ("ven. 03/02/2023", "2023-02-03"), ("vie 03/02/23", "2023-02-03")],
)  # fmt: skip
def test_a_weekday_tells_the_order_and_the_century(lyon: Database, take: Importing, cell: str, due: str) -> None:
    assert take([["Task", "By", "To", "Finish"], ["Send it", "UNODC[50%]", "INL", cell]]).code == 0
    assert (record(lyon, 1)["due"], record(lyon, 1)["by"]) == (due, ["UNODC"])


def test_a_weekday_that_does_not_agree_is_refused(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        assert take([["Task", "By", "To", "Finish"], ["Send it", "UNODC", "INL", "Mon 31/03/23"]]).code == 1


@pytest.mark.parametrize(("heading", "no"), [("Active", "No"), ("Активна", "Нет"), ("Actif", "Non")])
def test_what_was_taken_out_of_a_plan_is_left_out_and_told(
    lyon: Database, take: Importing, heading: str, no: str
) -> None:
    rows = [["Task", "By", "To", heading], ["Send it", "UNODC", "INL", "Да" if no == "Нет" else "yes"]]
    result = take([*rows, ["Pilot", "UNODC", "INL", no]])
    assert result.code == 0
    assert f'row 3 is left out: column D "{heading}" says "{no}"' in result.err


def test_an_instant_with_its_distance_from_utc_is_a_day(lyon: Database, take: Importing) -> None:
    rows = [["Task", "By", "To", "Status", "Resolved on", "Due"]]
    rows.append(["Send it", "UNODC", "INL", "Done", "2023-02-10T12:30:00.000+0500", "2023-02-20T12:30:00+05:00"])
    assert take(rows, "--map", "reported-on=E").code == 0
    assert (record(lyon, 1)["reported"]["on"], record(lyon, 1)["due"]) == ("2023-02-10", "2023-02-20")


@pytest.mark.parametrize(("heading", "names"), [("Owner", ("MIA UZ", "Ministry of Justice")),
                                                ("Куратор", ("МВД РУз", "Министерство юстиции"))])  # fmt: skip
def test_institutions_that_own_an_action_promise_it(
    lyon: Database, take: Importing, heading: str, names: tuple[str, str]
) -> None:
    rows = [["Action", "To", heading], *([f"Send {name}", "INL", name] for name in names)]
    assert take(rows, "--default", "by=UNODC").code == 0
    assert [record(lyon, number)["by"] for number in (1, 2)] == [[name] for name in names]
    assert take([rows[0], ["Chase it", "INL", "asel"]], "--default", "by=UNODC").code == 0
    assert (record(lyon, 3)["by"], record(lyon, 3)["owner"]) == (["UNODC"], "asel")


@pytest.mark.parametrize("heading", ["Description", "Описание"])
def test_a_description_is_no_title_where_another_column_says_what_is_to_be_done(
    lyon: Database, take: Importing, heading: str
) -> None:
    rows = [["Oppgave", "By", "To", heading], ["Send the list", "UNODC", "INL", "second version"]]
    rows.append(["Train the trainers", "UNODC", "INL", ""])
    with unchanged(lyon.path):
        assert "no column says what was promised (title)" in take(rows).err
    assert take([rows[0][1:], *(row[1:] for row in rows[1:2])]).code == 0
    assert record(lyon, 1)["title"] == "second version"


TODOIST = ["TYPE", "CONTENT", "DESCRIPTION", "PRIORITY", "INDENT", "DATE", "DEADLINE"]


@pytest.mark.parametrize(("answer", "due"), [("F", "2023-03-15"), ("G", "2023-03-20")])
def test_of_two_days_of_a_task_one_is_chosen_and_the_other_fills_in(
    lyon: Database, take: Importing, answer: str, due: str
) -> None:
    rows = [TODOIST, ["task", "One", "", "1", "1", "2023-03-15", "2023-03-20"]]
    rows += [["task", "Two", "", "1", "1", "2023-04-15", ""], ["task", "Three", "", "1", "1", "", "2023-05-15"]]
    with unchanged(lyon.path):
        refused = take(rows, *PARTIES)
    assert 'column G "DEADLINE": it says another day than column F "DATE": which one counts?' in refused.err
    assert "(--map due=F, --map due=G)" in refused.err
    assert take(rows, *PARTIES, "--map", f"due={answer}").code == 0
    assert [record(lyon, number)["due"] for number in (1, 2, 3)] == [due, "2023-04-15", "2023-05-15"]


@pytest.mark.parametrize("word", ["INTERPOL and IOM", "Интерпол"])
def test_an_answer_that_does_nothing_is_told(lyon: Database, take: Importing, word: str) -> None:
    rows = [["Task", "By", "To"], ["Send it", "UNODC", "INL"]]
    result = take(rows, "--value", f"by:{word}=IOM", "--value", "to:inl=IOM")
    assert f'answered, and in no cell: by "{word}"' in result.err
    assert 'to "inl"' not in result.err.partition("in no cell")[2]


def test_all_columns_that_say_something_are_named_where_they_are_left_out(lyon: Database, take: Importing) -> None:
    rows = [["Task", "By", "To", *(f"Field {letter}" for letter in "ABCDEFGHIJKLMNO"), "Empty"]]
    result = take([*rows, ["Send it", "UNODC", "INL", *"ABCDEFGHIJKLMNO", ""]])
    assert 'column R "Field O"' in result.err
    assert "Empty" not in result.err
