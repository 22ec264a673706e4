"""What is no list says what it is; calendars, boards and services are read as these programs write them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from store.database import Database
from tests.conftest import Run
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

PARTIES = ("--default", "by=UNODC", "--default", "to=INL")


def zipped(*names: str) -> bytes:
    raw = BytesIO()
    with ZipFile(raw, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return raw.getvalue()


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b'{"": "do not edit", "doc_id": "1a2b", "resource_key": ""}', "a link to a document of Google"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture"),
        (b"<!DOCTYPE html><html><table></table></html>", "a web page (HTML)"),
        (b"\xef\xbb\xbf\r\n<HTML xmlns:x='urn:x'><table>", "a web page (HTML)"),
        (b"<?xml version='1.0'?><Workbook/>", "an XML document"),
        (b"{\\rtf1 x}", "a text document (RTF)"),
        (b"Rar!\x1a\x07", "an archive"),
        (zipped("word/document.xml"), "a Word document"),
        (zipped("ppt/slides/slide1.xml"), "a presentation"),
        (zipped("list.csv"), "a ZIP archive"),
    ],
)
@pytest.mark.parametrize("name", ["list.xlsx", "list.csv", "list"])
def test_what_is_no_list_says_what_it_is(lyon: Database, take: Importing, raw: bytes, what: str, name: str) -> None:
    with unchanged(lyon.path):
        result = take(raw, name=name)
    assert result.code == 1
    assert f"{name} is {what}" in result.err
    assert "and no list" in result.err


def calendar(*lines: str) -> str:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""])


def event(uid: str, title: str, *when: str) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20230101T000000Z", f"SUMMARY:{title}", *when, "END:VEVENT"]


EVENTS = calendar(
    *event("a@x", "Send the list", "DTSTART;VALUE=DATE:20230331", "DTEND;VALUE=DATE:20230401"),
    *event("b@x", "Lunch", "DTSTART:20230302T110000Z", "DTEND:20230302T120000Z"),
)


def test_events_are_asked_about_one_by_one(lyon: Database, take: Importing) -> None:
    with unchanged(lyon.path):
        refused = take(EVENTS, *PARTIES, name="cal.ics")
    assert refused.code == 1
    assert 'event 1: "Send the list", 2023-03-31: is this event a promise? (--events 1 takes it' in refused.err
    assert 'event 2: "Lunch"' in refused.err
    result = take(EVENTS, *PARTIES, "--events", "1", name="cal.ics")
    assert (result.code, "1 event was left out" in result.err) == (0, True)
    assert [(each["title"], each["due"]) for each in lyon.snapshot().commitments.values()] == [
        ("Send the list", "2023-03-31")
    ]
    assert take(EVENTS, *PARTIES, "--events", name="cal.ics").out.endswith("2 events: 1 new, 0 changed, 1 as it is\n")


@pytest.mark.parametrize("typed", ["\u00b2", "1-\u00b2", "\u0662", "1-", "x"])
def test_what_is_no_number_of_events_is_refused(lyon: Database, take: Importing, typed: str) -> None:
    with unchanged(lyon.path):
        refused = take(EVENTS, *PARTIES, "--events", typed, name="cal.ics")
    assert (refused.code, f'"{typed}" is not numbers of events, as 1,3-5' in refused.err) == (2, True)


def test_a_range_of_events_ends_with_the_last_one(lyon: Database, take: Importing) -> None:
    assert take(EVENTS, *PARTIES, "--events", "2-999999999", name="cal.ics").code == 0
    assert [each["title"] for each in lyon.snapshot().commitments.values()] == ["Lunch"]


@pytest.mark.parametrize(("zone", "day"), [("Asia/Tashkent", "2023-03-31"), ("America/New_York", "2023-03-30")])
def test_the_zone_that_a_calendar_names_counts_and_is_told(
    lyon: Database, run: Run, take: Importing, zone: str, day: str
) -> None:
    todo = ["BEGIN:VTODO", "UID:t@x", "SUMMARY:Send it", "DUE:20230330T203000Z", "END:VTODO"]
    result = take(calendar(f"X-WR-TIMEZONE:{zone}", *todo), *PARTIES, name="tasks.ics")
    assert (result.code, record(lyon, 1)["due"]) == (0, day)
    assert f"instants are the days on which they are in {zone}, which the calendar names" in result.err


def test_a_board_is_read_by_its_cards(lyon: Database, take: Importing) -> None:
    board = {
        "id": "5f",
        "name": "Lyon",
        "desc": "",
        "lists": [{"id": "l1", "name": "To do"}],
        "members": [{"id": "m1", "fullName": "Lola Sample"}],
        "cards": [{"id": "c1", "name": "Send the list", "desc": "see minutes", "due": "2023-03-31T00:00:00.000Z"}],
    }
    result = take(json.dumps(board), *PARTIES, name="board.json")
    assert result.code == 0, result
    assert (record(lyon, 1)["title"], record(lyon, 1)["due"]) == ("Send the list", "2023-03-31")
    assert 'the list "cards" of it was read; the others are "lists", "members"' in result.err
    assert "--sheet NAME takes another one" in result.err
    assert 'there is no list "card"' in take(json.dumps(board), "--sheet", "card", name="board.json").err


def test_lists_in_lists_are_read_together(lyon: Database, take: Importing) -> None:
    tasks = {
        "kind": "tasks#taskLists",
        "items": [
            {"kind": "tasks#tasks", "id": number, "etag": "x", "title": "My Tasks", "updated": "2023-01-01T00:00:00Z",
             "items": [{"id": f"{number}1", "kind": "tasks#task", "selfLink": "x", "title": f"Do {number}",
                        "status": "needsAction", "due": "2023-03-31T00:00:00.000Z"}]}
            for number in ("A", "B")
        ],
    }  # fmt: skip
    result = take(json.dumps(tasks), *PARTIES, name="Tasks.json")
    assert result.code == 0, result
    assert [record(lyon, number)["title"] for number in (1, 2)] == ["Do A", "Do B"]


def test_an_object_a_line_is_a_list(lyon: Database, take: Importing) -> None:
    lines = (
        '{"description":"One","uuid":"a","status":"pending"},\n{"description":"Two","uuid":"b","status":"pending"}\n'
    )
    assert take(lines, *PARTIES, name="tasks.json").code == 0
    assert [record(lyon, number)["title"] for number in (1, 2)] == ["One", "Two"]


def test_annotations_come_in_as_notes(lyon: Database, take: Importing) -> None:
    task = {"id": 1, "description": "Send it", "uuid": "u-1", "status": "pending",
            "annotations": [{"entry": "20230101T080000Z", "description": "in three languages"}]}  # fmt: skip
    assert take(json.dumps([task]), *PARTIES, name="tasks.json").code == 0
    assert [event["note"] for event in lyon.snapshot().notes(1)] == ["in three languages"]
