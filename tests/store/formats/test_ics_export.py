"""Commitments for a calendar, read back by icalendar and by todoman."""

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from store.database import Database
from store.errors import UsageError
from store.formats.ics_export import export_ics
from store.rules.calendar_alarms import alarm_days
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line
from tests.support import store_builders
from tests.support.export_samples import HOSTILE, all_of, demo, with_titles
from tests.support.golden_files import assert_golden
from tests.support.run_command import PATIENCE


def made(database: Database, **more: Any) -> bytes:
    snapshot, rows = all_of(database)
    return export_ics(snapshot, rows, **{"is_internal": False, **more})


def todos(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VTODO"))


@pytest.mark.golden
def test_the_demo_store_is_what_it_was(tmp_path: Path) -> None:
    database = demo(tmp_path)
    assert_golden(__file__, "export.ics", made(database, alarm=7))
    assert_golden(__file__, "export-internal.ics", made(database, is_internal=True, marks=["INTERNAL", "for the unit"]))


def test_lines_are_folded_and_end_as_the_format_says(database: Database) -> None:
    with_titles(database, HOSTILE)
    data = made(database)
    assert data.replace(b"\r\n", b"").count(b"\n") == 0
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"METHOD" not in data


def test_a_to_do_says_when_it_is_due_and_how_it_stands(database: Database) -> None:
    store_builders.do(database, "mark", 2, "in-progress")
    store_builders.do(database, "mark", 3, "done")
    store_builders.do(database, "mark", 4, "done", said_by=["UNODC"], on="2023-02-20")
    store_builders.do(database, "mark", 4, "confirmed", said_by=["INTERPOL"], on="2023-02-21")
    store_builders.do(database, "mark", 1, "closed", because="declined")
    declined, going, reported, kept = todos(made(database))
    assert going["due"].dt == date(2023, 3, 31)
    assert going["due"].params["VALUE"] == "DATE"
    assert [each["status"] for each in (declined, going, reported, kept)] == [
        "CANCELLED", "IN-PROCESS", "IN-PROCESS", "COMPLETED",
    ]  # fmt: skip
    assert kept["completed"].to_ical() == b"20230220T120000Z"
    assert kept["percent-complete"] == 100
    assert "completed" not in reported
    assert "percent-complete" not in reported
    assert str(going["categories"].cats[0]) == "nominate-experts"


def test_what_people_read_is_in_the_language_of_the_export(database: Database) -> None:
    store_builders.do(database, "mark", 2, "in-progress")
    data = made(database, language="ru", is_internal=True)
    going = todos(data)[1]
    assert str(Calendar.from_ical(data)["x-wr-calname"]) == "Обязательства"
    told = dict(line.split(": ", 1) for line in str(going["description"]).splitlines())
    assert told["Состояние"] == "в работе"
    assert told["Дата согласования"] == "01.03.2023"
    assert all(re.search("[а-я]", heading) for heading in told)
    assert str(going["categories"].cats[0]) == "выдвижение кандидатов"
    assert [each["status"] for each in todos(data)] == [each["status"] for each in todos(made(database))]


def test_a_calendar_updates_and_does_not_duplicate(database: Database, tmp_path: Path) -> None:
    before = {str(each["uid"]): each["sequence"] for each in todos(made(database))}
    store_builders.set_due(database, 2, "2023-06-30", reason="a new minister")
    elsewhere = tmp_path / "elsewhere.json"
    elsewhere.write_bytes(store_builders.raw(database))
    after = {str(each["uid"]): each["sequence"] for each in todos(made(store_builders.open_store(str(elsewhere))))}
    assert before.keys() == after.keys()
    assert len(before) == 4
    changed = [uid for uid in before if before[uid] != after[uid]]
    assert [uid.split("-")[0] for uid in changed] == ["2"]
    assert after[changed[0]] > before[changed[0]]


def test_the_same_store_gives_the_same_bytes_on_another_day(database: Database) -> None:
    assert made(database) == made(store_builders.beside(database, day="2024-01-01"))


def test_an_alarm_rings_before_what_is_undone_and_has_a_date(database: Database) -> None:
    store_builders.do(database, "mark", 4, "done")
    ringing = [each for each in todos(made(database, alarm=14)) if each.walk("VALARM")]
    assert [str(each["uid"]).split("-")[0] for each in ringing] == ["2"]
    alarm = ringing[0].walk("VALARM")[0]
    assert alarm["trigger"].dt == timedelta(days=-14)
    assert alarm["trigger"].params["RELATED"] == "END"
    assert not Calendar.from_ical(made(database)).walk("VALARM")


@pytest.mark.parametrize(("typed", "days"), [("7d", 7), ("2w", 14), ("0d", 0), ("366d", 366)])
def test_an_alarm_is_days_or_weeks(typed: str, days: int) -> None:
    assert alarm_days(typed) == days


@pytest.mark.parametrize("typed", ["", "7", "d", "-7d", "7 d", "7h", "7D", "٧d", "367d", "999w", "1.5d", "+7d", "7dd"])
def test_any_other_alarm_is_refused(typed: str) -> None:
    with pytest.raises(UsageError, match="7d or 2w"):
        alarm_days(typed)


def test_hostile_titles_stay_text(database: Database) -> None:
    titles = with_titles(database, HOSTILE)
    assert [str(each["summary"]) for each in todos(made(database))] == titles


@given(st.text(max_size=80))
def test_any_title_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    kept = clean_line(text)
    if kept:
        database = store_builders.make_store(str(tmp_path_factory.mktemp("ics") / "commitments.json"))
        store_builders.add(database, text)
        data = made(database)
        assert str(todos(data)[-1]["summary"]) == kept
        assert len(todos(data)) == 5


def test_todoman_lists_them(database: Database, tmp_path: Path) -> None:
    folder, home = tmp_path / "calendars" / "followup", tmp_path / "todoman"
    folder.mkdir(parents=True)
    home.mkdir()
    titles = with_titles(database, ("=1+1; a \\N title, with <b>", "Передать список"))
    store_builders.do(database, "mark", 3, "done")
    store_builders.do(database, "mark", 3, "confirmed", said_by=["MIA Uzbekistan"])
    # A folder for it holds one to-do a file.
    head, *each_todo = made(database, alarm=7).replace(b"END:VCALENDAR\r\n", b"").split(b"BEGIN:VTODO")
    for place, todo in enumerate(each_todo):
        (folder / f"{place}.ics").write_bytes(head + b"BEGIN:VTODO" + todo + b"END:VCALENDAR\r\n")
    (home / "config.py").write_text(
        f'path = "{folder.parent}/*"\ncache_path = "{home}/cache.sqlite3"\ndate_format = "%Y-%m-%d"\n'
    )
    listed = subprocess.run(
        [
            Path(sys.executable).with_name("todo"),
            "--config",
            home / "config.py",
            "--porcelain",
            "list",
            "--status",
            "ANY",
        ],
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        capture_output=True,
        timeout=PATIENCE,
    )
    assert listed.returncode == 0, listed.stderr.decode()
    found = json.loads(listed.stdout)
    assert {each["summary"] for each in found} == set(titles)
    assert [each["summary"] for each in found if each["completed"]] == ["Facilitate the assistance"]
    assert {each["summary"]: bool(each["due"]) for each in found}["Nominate officers to ISON"]


def events_of(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_is_the_whole_day_of_a_due_date_and_nobody_is_busy(database: Database) -> None:
    store_builders.do(database, "mark", 4, "done")
    data = made(database, alarm=14, is_of_events=True)
    events = events_of(data)
    dated = [row for row in all_of(database)[1] if "due" in row.commitment]
    assert len(events) == len(dated) < 4
    assert not todos(data)
    event = events[0]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2023, 3, 31), date(2023, 4, 1))
    assert (event["transp"], event["status"]) == ("TRANSPARENT", "CONFIRMED")
    alarm = event.walk("VALARM")[0]
    assert alarm["trigger"].dt == timedelta(days=-14)


def test_an_event_keeps_its_uid_and_has_another_than_the_to_do(database: Database) -> None:
    before = {str(each["uid"]) for each in events_of(made(database, is_of_events=True))}
    assert before.isdisjoint(str(each["uid"]) for each in todos(made(database)))
    store_builders.set_due(database, 2, "2023-06-30", reason="a new minister")
    assert {str(each["uid"]) for each in events_of(made(database, is_of_events=True))} == before


@pytest.mark.parametrize(
    ("day", "precision", "told"),
    [
        ("2026-09-30", "quarter", "Q3 2026"),
        ("2023-03-31", "month", "March 2023"),
        ("2026-12-31", "year", "the year 2026"),
    ],
)
def test_a_period_that_was_agreed_is_told_and_no_day_stands_for_it(
    database: Database, day: str, precision: str, told: str
) -> None:
    store_builders.add(database, "An analysis", state="agreed", date=DueDate(day, precision))
    event = events_of(made(database, is_of_events=True))[-1]
    assert str(event["summary"]) == f"An analysis ({told})"
    assert f"Due: {told}\n" in str(todos(made(database))[-1]["description"])


def test_an_event_tells_a_wish_and_what_is_done_or_closed(database: Database) -> None:
    store_builders.add(database, "A wish", state="proposed", due="2023-05-01")
    store_builders.add(database, "Given up", state="agreed", due="2023-05-02")
    store_builders.do(database, "mark", 6, "closed", because="declined")
    wish, given_up = events_of(made(database, is_of_events=True))[-2:]
    assert (str(wish["summary"]), wish["status"]) == ("A wish (proposed)", "TENTATIVE")
    assert (str(given_up["summary"]), given_up["status"]) == ("Given up (closed)", "CANCELLED")


def test_titles_of_events_stay_text(database: Database) -> None:
    titles = with_titles(database, HOSTILE)
    told = [str(each["summary"]) for each in events_of(made(database, is_of_events=True))]
    assert told[-len(HOSTILE) :] == titles[-len(HOSTILE) :]
