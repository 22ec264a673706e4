"""More lists of programs and offices, whose columns or words say something that is easily read otherwise."""

import json
from typing import Any

from tests.support.office_lists import INTERPOL, UNODC, OfficeList, made, saved, table, under, workbook

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


_ROAD_MAP = ["Мероприятие", "Исполнитель", "Кому", "Сроки {}", "Состояние"]


def _road_map(of: str) -> bytes:
    rows = [
        ["Разработать программу", "UNODC", "INTERPOL", "декабрь 2022 г. – март 2023 г.", "в работе"],
        ["Провести семинар", "UNODC", "INTERPOL", "II квартал 2023 г.", "не начато"],
        ["Назначить лиц", "UNODC", "INTERPOL", "до 15 марта", "отложено"],
        ["Подписать меморандум", "UNODC", "INTERPOL", "01.02.2023 – 25.02.2023", "выполнено 5 января 2023 г."],
    ]
    return table([[each.format(of) for each in _ROAD_MAP], *rows])


_OF_ROAD_MAP = (
    made("Разработать программу", UNODC, INTERPOL, "2023-03-31", state="in-progress"),
    made("Провести семинар", UNODC, INTERPOL, "2023-06-30"),
    made("Назначить лиц", UNODC, INTERPOL, "2023-03-15"),
    made("Подписать меморандум", UNODC, INTERPOL, "2023-02-25", state="reported"),
)
_DATES_OF_ROAD_MAP = (
    *("--value", "due:декабрь 2022 г. – март 2023 г.=март 2023", "--value", "due:до 15 марта=15 марта 2023"),
    *("--value", "due:01.02.2023 – 25.02.2023=25.02.2023"),
)


def _to_do() -> bytes:
    """Tasks of Microsoft To Do, as its service gives them."""

    def at(day: str, time: str = "00:00:00.0000000", zone: str = "UTC") -> dict[str, str]:
        return {"dateTime": f"{day}T{time}", "timeZone": zone}

    stamps = {"createdDateTime": "2022-12-05T09:00:00Z", "lastModifiedDateTime": "2022-12-06T09:00:00Z"}
    tasks = [
        {**stamps, "id": "a", "title": "Send the form", "status": "notStarted", "dueDateTime": at("2023-03-31")},
        {**stamps, "id": "b", "title": "Thank the hosts", "status": "completed", "dueDateTime": at("2023-01-20"),
         "completedDateTime": at("2023-01-19")},
        {**stamps, "id": "c", "title": "Name the next host", "status": "waitingOnOthers",
         "dueDateTime": at("2023-04-14", "17:30:00.0000000", "Pacific Standard Time")},
    ]  # fmt: skip
    return json.dumps({"value": tasks}).encode()


_TASKS = ["Subject", "Due Date", "Date Completed", "Status", "Companies"]


def _tasks() -> bytes:
    rows = [
        ["Send the list", "3/31/2023", "", "Waiting on someone else", "UNODC"],
        ["Print the leaflet", "4/28/2023", "", "Deferred", "UNODC"],
    ]
    return table([_TASKS, *rows])


def _parts(*titles: str) -> bytes:
    """A list in parts, whose titles say whose commitments they are."""
    headings = ["No.", "Commitment", "Deadline", "Status"]
    rows: list[list[str]] = []
    for title, action in zip(titles, ("Send the tool", "Send the draft law"), strict=True):
        rows += [[title, "", "", ""], headings, ["1", action, "31.03.2023", "Open"], ["", "", "", ""]]
    return table(rows)


_JUSTICE = ["Министерство юстиции Грузии"]


def _work_plan() -> bytes:
    rows = [
        ["Activity", "Responsible", "2026", "2027", "", "Partner"],
        ["", "", "Dec", "Jan", "Feb", ""],
        ["Print the books", "UNODC", "X", "X", "", "INTERPOL"],
    ]
    return saved(workbook(rows, "Plan", ["A1:A2", "B1:B2", "D1:E1", "F1:F2"]))


def _two_visits() -> bytes:
    rows = [
        ["Визит", "Действие", "Исполнитель", "Кому", "Срок"],
        ["Вена, май 2023", "Направить программу", "UNODC", "INTERPOL", "15.12.2023"],
        ["Астана, июнь 2023", "Передать технику", "UNODC", "INTERPOL", "30.06.2024"],
    ]
    return table(rows)


FURTHER_LISTS = (
    OfficeList(
        "two-visits.csv",
        _two_visits(),
        (
            made("Направить программу", UNODC, INTERPOL, "2023-12-15", visit="vena-may-2023"),
            made("Передать технику", UNODC, INTERPOL, "2024-06-30", visit="astana-iyun-2023"),
        ),
        (
            *("--new-visit", "vena-may-2023", "--place", "Вена", "--from", "2023-05-02"),
            *("--new-visit", "astana-iyun-2023", "--place", "Астана", "--from", "2023-06-05"),
        ),
        ("--new-visit vena-may-2023", "--new-visit astana-iyun-2023"),
    ),
    OfficeList(
        "parts-of-whose-commitments.csv",
        _parts("Commitments of UNODC", "Commitments of the Ministry of Justice of Georgia"),
        (
            made("Send the tool", UNODC, INTERPOL, "2023-03-31"),
            made("Send the draft law", ["Ministry of Justice of Georgia"], INTERPOL, "2023-03-31"),
        ),
        ("--map", "by=parts", *TO_INTERPOL, "--map", "source-id=none"),
        ("by",),
    ),
    OfficeList(
        "parts-of-whose-commitments-in-russian.csv",
        _parts("Обязательства UNODC", "II. Обязательства Министерства юстиции Грузии"),
        (
            made("Send the tool", UNODC, INTERPOL, "2023-03-31"),
            made("Send the draft law", _JUSTICE, INTERPOL, "2023-03-31"),
        ),
        ("--map", "by=parts", *TO_INTERPOL, "--map", "source-id=none"),
        ("by",),
    ),
    OfficeList(
        "work-plan-of-months.xlsx",
        _work_plan(),
        says=("months stand in row 2, and marks below them, as in a work plan: marks are no dates",),
    ),
    OfficeList(
        "road-map.csv",
        _road_map("реализации"),
        _OF_ROAD_MAP,
        _DATES_OF_ROAD_MAP,
        ('"до 15 марта" has no year', '"01.02.2023 – 25.02.2023"'),
    ),
    OfficeList(
        "road-map-unknown-heading.csv",
        _road_map("по плану работы"),
        _OF_ROAD_MAP,
        ("--map", "due=D", *_DATES_OF_ROAD_MAP),
        ('column D "Сроки по плану работы": it holds dates, and no column says until when',),
    ),
    OfficeList(
        "microsoft-to-do.json",
        _to_do(),
        (
            made("Send the form", UNODC, INTERPOL, "2023-03-31"),
            made("Thank the hosts", UNODC, INTERPOL, "2023-01-20", state="reported"),
            made("Name the next host", UNODC, INTERPOL, "2023-04-14"),
        ),
        ("--default", "by=UNODC", *TO_INTERPOL),
    ),
    OfficeList(
        "outlook-states.csv",
        _tasks(),
        (
            made("Send the list", UNODC, INTERPOL, "2023-03-31"),
            made("Print the leaflet", UNODC, INTERPOL, "2023-04-28"),
        ),
        ("--map", "by=Companies", "--dates", "mdy", *TO_INTERPOL),
    ),
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
