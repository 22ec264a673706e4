"""More lists of programs and offices, whose columns or words say something that is easily read otherwise."""

import json
from typing import Any

from tests.support.office_lists import INTERPOL, UNODC, OfficeList, made, table, under

TO_INTERPOL = ("--default", "to=INTERPOL")
BY_LABELS = ("--map", "by=labels", *TO_INTERPOL)


def _issue(number: int, title: str, state: str, reason: str | None, closed: str | None) -> dict[str, Any]:
    return {"number": number, "title": title, "state": state, "state_reason": reason, "labels": [{"name": "UNODC"}],
            "created_at": "2022-12-09T08:00:00Z", "closed_at": closed, "milestone": None}  # fmt: skip


def _issues(*, is_rest: bool) -> bytes:
    """Issues of GitHub, of the service itself or of its program, which writes the same in capitals and camelCase."""
    closed = "2023-02-01T09:00:00Z"
    issues = [
        _issue(4, "Publish the note", "open", None, None),
        _issue(3, "Write it", "closed", "completed", closed),
        _issue(2, "Translate it", "closed", "not_planned", closed),
    ]
    if not is_rest:
        issues = [
            {
                "number": each["number"],
                "title": each["title"],
                "state": each["state"].upper(),
                "stateReason": (each["state_reason"] or "").upper(),
                "labels": each["labels"],
                "createdAt": each["created_at"],
                "closedAt": each["closed_at"],
            }
            for each in issues
        ]
    return json.dumps(issues).encode()


_OF_ISSUES = (
    made("Publish the note", UNODC, INTERPOL),
    made("Write it", UNODC, INTERPOL, state="reported"),
    made("Translate it", UNODC, INTERPOL, state="closed"),
)

_EVENTS = ["Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event", "Categories", "Description"]


def _calendar() -> bytes:
    midnight = "12:00:00 AM"
    rows = [
        ["Send the toolkit", "3/30/2023", midnight, "3/31/2023", midnight, "True", "", ""],
        ["Host the mission", "4/17/2023", midnight, "4/22/2023", midnight, "True", "", ""],
        ["Sign the letter", "4/24/2023", "9:00:00 AM", "4/25/2023", "6:00:00 PM", "False", "", ""],
        ["Open the door", "4/26/2023", midnight, "4/26/2023", midnight, "True", "", ""],
    ]
    return table([_EVENTS, *rows])


_BOARD = ["Card ID", "Card Name", "Labels", "Due Date", "List Name", "Archived", "Due Complete"]


def _board() -> bytes:
    cards = [
        under(_BOARD, Card_ID="c1", Card_Name="Send the list", Labels="UNODC (green)", List_Name="To do"),
        under(_BOARD, Card_ID="c2", Card_Name="Send the map", Labels="UNODC (blue_dark), urgent (red)"),
        under(_BOARD, Card_ID="c3", Card_Name="Send the key", Labels="Ministry of Justice (Georgia) (sky)"),
    ]
    return table([_BOARD, *cards])


FURTHER_LISTS = (
    OfficeList(
        "github-cli.json",
        _issues(is_rest=False),
        _OF_ISSUES,
        (*BY_LABELS, "--value", "because:NOT_PLANNED=dropped"),
        ('"NOT_PLANNED" is none of',),
    ),
    OfficeList(
        "github-rest.json",
        _issues(is_rest=True),
        _OF_ISSUES,
        (*BY_LABELS, "--value", "because:not_planned=dropped", "--value", "state:closed=reported"),
        ('"not_planned" is none of',),
    ),
    OfficeList(
        "outlook-calendar.csv",
        _calendar(),
        (
            made("Send the toolkit", UNODC, INTERPOL, "2023-03-30"),
            made("Host the mission", UNODC, INTERPOL, "2023-04-21"),
            made("Sign the letter", UNODC, INTERPOL, "2023-04-25"),
            made("Open the door", UNODC, INTERPOL, "2023-04-26"),
        ),
        ("--events", "all", "--dates", "mdy", "--default", "by=UNODC", *TO_INTERPOL),
    ),
    OfficeList(
        "trello-colours.csv",
        _board(),
        (
            made("Send the list", UNODC, INTERPOL),
            made("Send the map", UNODC, INTERPOL),
            made("Send the key", ["Ministry of Justice (Georgia)"], INTERPOL),
        ),
        ("--map", "by=Labels", *TO_INTERPOL, "--value", "by:UNODC, urgent=UNODC"),
        ("by",),
    ),
)
