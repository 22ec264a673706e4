"""Lists as the programs of offices write them, and as offices keep them, with what comes of each. No real persons."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font


@dataclass(frozen=True)
class OfficeList:
    """A file: `rows` are the commitments that it makes with these `answers`; without them it is refused with `says`.

    No `rows`: it is refused in any case. No `says`: it comes in without answers. A `says` is part of a refusal.
    """

    name: str
    raw: bytes
    rows: Sequence[Mapping[str, Any]] = ()
    answers: Sequence[str] = ()
    says: Sequence[str] = field(default=())


def made(
    title: str, by: Sequence[str], to: Sequence[str], due: str | None = None, state: str = "proposed", **more: Any
) -> dict[str, Any]:
    """What a row makes, as the record has it; the state is proposed unless told, `note` its only note."""
    return {"title": title, "by": list(by), "to": list(to), "due": due, "state": state, **more}


def table(
    rows: Sequence[Sequence[Any]], delimiter: str = ",", encoding: str = "utf-8", *, is_quoted: bool = False
) -> bytes:
    """Rows as CSV."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL).writerows(rows)
    return text.getvalue().encode(encoding)


def saved(book: Workbook) -> bytes:
    """A workbook as a file."""
    raw = BytesIO()
    book.save(raw)
    return raw.getvalue()


def workbook(rows: Sequence[Sequence[Any]], sheet: str = "Sheet1", merged: Sequence[str] = ()) -> Workbook:
    """A workbook with one sheet."""
    book = Workbook()
    first: Any = book.active
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for span in merged:
        first.merge_cells(span)
    return book


UNODC, INTERPOL, MIA = ["UNODC"], ["INTERPOL"], ["МВД Узбекистана"]
OURS = ("--default", "by=UNODC", "--default", "to=INTERPOL")
"""What a list of one's own tasks does not say."""

NO_PERSONS = ("--map", "by=none", *OURS)

PLANNER = ["Task ID", "Task Name", "Bucket Name", "Progress", "Priority", "Assigned To", "Created By", "Created Date",
           "Start date", "Due date", "Is Recurring", "Late", "Completed Date", "Completed By",
           "Completed Checklist Items", "Checklist Items", "Labels", "Description"]  # fmt: skip
TRELLO = ["Card ID", "Card Name", "Card URL", "Card Description", "Labels", "Members", "Due Date", "Attachment Count",
          "Attachment Links", "Checklist Item Total Count", "Checklist Item Completed Count", "Vote Count",
          "Comment Count", "Last Activity Date", "List ID", "List Name", "Board ID", "Board Name", "Archived",
          "Start Date", "Due Complete"]  # fmt: skip
JIRA = ["Summary", "Issue key", "Issue id", "Issue Type", "Status", "Project key", "Project name", "Priority",
        "Assignee", "Reporter", "Creator", "Created", "Updated", "Last Viewed", "Due date", "Labels", "Labels",
        "Description", "Comment", "Comment"]  # fmt: skip
ASANA = ["Task ID", "Created At", "Completed At", "Last Modified", "Name", "Section/Column", "Assignee",
         "Assignee Email", "Start Date", "Due Date", "Tags", "Notes", "Projects", "Parent task",
         "Blocked By (Dependencies)", "Blocking (Dependencies)"]  # fmt: skip
OUTLOOK = ["Subject", "Start Date", "Due Date", "Reminder On/Off", "Reminder Date", "Reminder Time", "Date Completed",
           "% Complete", "Total Work", "Actual Work", "Billing Information", "Categories", "Companies", "Contacts",
           "Mileage", "Notes", "Priority", "Private", "Role", "Schedule+ Priority", "Sensitivity",
           "Status"]  # fmt: skip


def under(headings: Sequence[str], **cells: Any) -> list[Any]:
    """A row with these cells, a `_` for what stands between words of a heading; the others are empty."""
    known = {"".join(c if c.isalnum() else "_" for c in heading): heading for heading in headings}
    by_heading = {known[name]: cell for name, cell in cells.items()}
    return [by_heading.get(heading, "") for heading in headings]


def _planner() -> bytes:
    rows = [["Plan name", "Lyon"], ["Plan ID", "p-1"], ["Date of export", "01/25/2023"], [], PLANNER]
    rows.append(
        under(
            PLANNER,
            Task_ID="x1",
            Task_Name="Send the form",
            Progress="Not started",
            Assigned_To="Lola Sample",
            Created_Date="12/09/2022",
            Due_date="03/31/2023",
            Late="false",
            Description="Ask the registry",
        )
    )
    rows.append(
        under(
            PLANNER,
            Task_ID="x2",
            Task_Name="Book interpreters",
            Progress="Completed",
            Assigned_To="Tim Example",
            Created_Date="12/09/2022",
            Due_date="01/20/2023",
            Completed_Date="01/19/2023",
        )
    )
    return saved(workbook(rows, "Tasks"))


def _trello() -> bytes:
    card = under(
        TRELLO,
        Card_ID="c1",
        Card_Name="Send the list",
        Members="lolasample",
        Card_Description="see minutes",
        Due_Date="2023-03-31T13:00:00.000Z",
        Last_Activity_Date="2023-01-05T10:00:00.000Z",
        List_Name="Doing",
        Archived="false",
        Due_Complete="false",
    )
    return table([TRELLO, card])


def _jira() -> bytes:
    issue = under(
        JIRA,
        Summary="Draft the letter",
        Issue_key="LY-7",
        Status="To Do",
        Assignee="lsample",
        Created="02/Jan/23 9:14 AM",
        Updated="03/Jan/23 9:14 AM",
        Due_date="31/Mar/23 12:00 AM",
    )
    issue[-2:] = ["first comment", "second comment"]
    return table([JIRA, issue])


def _asana() -> bytes:
    task = under(
        ASANA,
        Task_ID="12",
        Created_At="2022-12-09",
        Last_Modified="2022-12-20",
        Name="Share the form",
        Assignee="Lola Sample",
        Due_Date="2023-02-28",
        Notes="as agreed",
        Projects="Lyon",
    )
    return table([ASANA, task])


def _github() -> bytes:
    issues = [
        {"number": 4, "title": "Publish the note", "state": "OPEN", "assignees": [{"login": "lsample"}], "labels": [],
         "createdAt": "2022-12-09T08:00:00Z", "updatedAt": "2022-12-10T08:00:00Z", "closedAt": None, "body": "",
         "milestone": {"title": "Q1", "dueOn": "2023-03-31T00:00:00Z"}, "url": "https://example.org/4"},
        {"number": 3, "title": "Write it", "state": "CLOSED", "assignees": [], "labels": [{"name": "docs"}],
         "createdAt": "2022-12-09T08:00:00Z", "updatedAt": "2022-12-10T08:00:00Z", "closedAt": "2023-02-01T09:00:00Z",
         "body": "two pages", "milestone": None, "url": "https://example.org/3"},
    ]  # fmt: skip
    return json.dumps(issues).encode()


def _outlook_tasks() -> bytes:
    rows = [OUTLOOK]
    for title, due, done, status, share in (
        ("Send the café list", "4/3/2023", "", "Not Started", "0"),
        ("Answer the letter", "3/31/2023", "", "In Progress", "0.5"),
        ("Thank the hosts", "1/20/2023", "1/19/2023", "Completed", "1"),
    ):
        rows.append(
            under(
                OUTLOOK,
                Subject=title,
                Due_Date=due,
                Date_Completed=done,
                Status=status,
                __Complete=share,
                Priority="Normal",
                Private="False",
                Reminder_On_Off="False",
            )
        )
    return table(rows, encoding="cp1252", is_quoted=True)


def _calendar(*lines: str) -> bytes:
    return "\r\n".join(
        ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Example//EN", *lines, "END:VCALENDAR", ""]
    ).encode()


def _event(uid: str, title: str, start: str, end: str) -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", f"DTSTART{start}", f"DTEND{end}", "END:VEVENT"]


def _google_tasks() -> bytes:
    item = {"kind": "tasks#task", "id": "T1", "title": "Send the minutes", "status": "needsAction", "selfLink": "x",
            "updated": "2023-01-01T10:00:00Z", "due": "2023-03-31T00:00:00Z"}  # fmt: skip
    inner = {"kind": "tasks#tasks", "id": "L1", "title": "My Tasks", "updated": "2023-01-01T10:00:00Z", "items": [item]}
    return json.dumps({"kind": "tasks#taskLists", "items": [inner]}).encode()


def _taskwarrior() -> bytes:
    return json.dumps([
        {"id": 1, "description": "Send the agenda", "due": "20230331T160000Z", "entry": "20221209T080000Z",
         "modified": "20221210T080000Z", "status": "pending", "uuid": "6e2ac2a2-0001", "urgency": 9.1,
         "annotations": [{"entry": "20221211T080000Z", "description": "in three languages"}]},
        {"id": 0, "description": "Thank them", "end": "20221215T090000Z", "entry": "20221209T080000Z",
         "status": "completed", "uuid": "6e2ac2a2-0002", "urgency": 0},
    ]).encode()  # fmt: skip


def _two_rows() -> bytes:
    rows: list[list[Any]] = [
        ["Action plan"], [],
        ["No", "Agreed action", "Responsible", "", "Deadline", "", "Reason for revision", "Beneficiary", "Status"],
        ["", "", "Lead", "Support", "Original", "Revised", "", "", ""],
        [1, "Nominate experts", "INTERPOL", "IOM", date(2023, 3, 31), date(2023, 6, 30), "new head", "UNODC", "agreed"],
        [2, "Host a seminar", "UNODC", "", date(2023, 4, 30), "", "", "INTERPOL", "planned"],
    ]  # fmt: skip
    merged = ["A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:G4", "H3:H4", "I3:I4"]
    return saved(workbook(rows, "Plan", merged))


def _french() -> bytes:
    rows: list[list[Any]] = [
        ["N°", "Action convenue", "Responsable", "Bénéficiaire", "Échéance", "État d'avancement", "Observations"],
        [1, "Envoyer la liste", "UNODC", "INTERPOL", date(2023, 3, 31), "En cours", "à confirmer"],
    ]  # fmt: skip
    book = workbook(rows, "Suivi")
    cover: Any = book.create_sheet("Page de garde", 0)
    cover.append(["Suivi des engagements"])
    cover.append(["Lyon, décembre 2022"])
    return saved(book)


def _russian() -> bytes:
    rows: list[list[Any]] = [
        ["Перечень обязательств"],
        [],
        [
            "№ п/п",
            "Содержание обязательства",
            "Ответственный исполнитель",
            "Перед кем",
            "Контрольный срок",
            "Отметка об исполнении",
            "Примечание",
        ],
        ["1", "Направить кандидатуры", "МВД Узбекистана", "INTERPOL", "31.03.2023 г.", "в работе", ""],
        ["2", "Передать перечень", "INTERPOL", "МВД Узбекистана", "до конца апреля 2023 г.", "не исполнено", "ждём"],
    ]
    return table(rows, ";", "cp1251")  # fmt: skip


def _marked() -> bytes:
    rows = [["Action", "Responsible", "For", "Deadline"]]
    rows += [[title, "UNODC", "INTERPOL", "2023-03-31"] for title in ("Send", "Old", "Hidden", "Answer")]
    book = workbook(rows)
    sheet: Any = book.active
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[4].hidden = True
    sheet["D5"].comment = Comment("LS:\nmoved by phone", "LS")
    return saved(book)


EASY = ["Action", "Responsible", "For", "Deadline", "Status"]

OFFICE_LISTS = [
    OfficeList("planner.xlsx", _planner(), [
        made("Send the form", UNODC, INTERPOL, "2023-03-31", note="Ask the registry", source_id="x1"),
        made("Book interpreters", UNODC, INTERPOL, "2023-01-20", state="reported"),
    ], NO_PERSONS, ('"Lola Sample" looks like a person',)),
    OfficeList("trello.csv", _trello(), [
        made("Send the list", UNODC, INTERPOL, "2023-03-31", state="in-progress", note="see minutes", source_id="c1"),
    ], (*OURS, "--map", "state=List Name"), ("no column says by", "words for where a promise stands are in it")),
    OfficeList("jira.csv", _jira(), [
        made("Draft the letter", UNODC, INTERPOL, "2023-03-31", source_id="LY-7", note="first comment\nsecond comment"),
    ], OURS, ("no column says by",)),
    OfficeList("asana.csv", _asana(), [
        made("Share the form", UNODC, INTERPOL, "2023-02-28", note="as agreed", source_id="12"),
    ], OURS, ("no column says by",)),
    OfficeList("issues.json", _github(), [
        made("Publish the note", UNODC, INTERPOL, "2023-03-31", source_id="4"),
        made("Write it", UNODC, INTERPOL, None, state="reported", note="two pages", source_id="3"),
    ], (*OURS, "--map", "due=milestone.dueOn", "--map", "reported-on=closedAt", "--value", "state:CLOSED=done"),
        ("holds dates, and no column says until when",)),
    OfficeList("tasks.CSV", _outlook_tasks(), [
        made("Send the café list", UNODC, INTERPOL, "2023-04-03"),
        made("Answer the letter", UNODC, INTERPOL, "2023-03-31", state="in-progress"),
        made("Thank the hosts", UNODC, INTERPOL, "2023-01-20", state="reported"),
    ], (*OURS, "--dates", "mdy"), ("can be 4 March or 3 April 2023",)),
    OfficeList("outlook.ics", _calendar(
        *_event("a", "Send the list", ";VALUE=DATE:20230331", ";VALUE=DATE:20230401"),
        *_event("b", "Lunch", ":20230302T110000Z", ":20230302T120000Z"),
    ), [made("Send the list", UNODC, INTERPOL, "2023-03-31")], (*OURS, "--events", "1"), ("is this event a promise?",)),
    OfficeList("Tasks.json", _google_tasks(), [made("Send the minutes", UNODC, INTERPOL, "2023-03-31", source_id="T1")],
               OURS, ("no column says by",)),
    OfficeList("google.ics", _calendar(
        "X-WR-TIMEZONE:Asia/Tashkent", *_event("g", "Answer", ":20230330T203000Z", ":20230330T213000Z"),
    ), [made("Answer", UNODC, INTERPOL, "2023-03-31")], (*OURS, "--events"), ("is this event a promise?",)),
    OfficeList("task.json", _taskwarrior(), [
        made("Send the agenda", UNODC, INTERPOL, "2023-03-31", note="in three languages", source_id="6e2ac2a2-0001"),
        made("Thank them", UNODC, INTERPOL, None, state="reported", source_id="6e2ac2a2-0002"),
    ], OURS, ("no column says by",)),
    OfficeList("plan.xlsx", _two_rows(), [
        made("Nominate experts", INTERPOL, UNODC, "2023-06-30", state="agreed", original_due="2023-03-31",
             support=["IOM"]),
        made("Host a seminar", UNODC, INTERPOL, "2023-04-30"),
    ]),
    OfficeList("suivi.xlsx", _french(), [
        made("Envoyer la liste", UNODC, INTERPOL, "2023-03-31", state="in-progress", note="à confirmer"),
    ]),
    OfficeList("compromisos.csv", table([
        ["Compromiso", "Responsable", "Destinatario", "Fecha límite", "Estado", "Observaciones"],
        ["Designar dos expertos", "UNODC", "INTERPOL", "31/08/2023", "Pendiente", "se espera la carta"],
    ], ";", "cp1252"), [made("Designar dos expertos", UNODC, INTERPOL, "2023-08-31", note="se espera la carta")]),
    OfficeList("minutes.csv", table([
        [*EASY, "Remarks"], ["Send the list", "UNODC", "INTERPOL", "2023-03-31", "", ""],
        ["Answer", "INTERPOL", "UNODC", "2023-04-30", "", "письмо № 7 от МВД, см. протокол встречи в Лионе"],
    ], encoding="cp1251"), [
        made("Send the list", UNODC, INTERPOL, "2023-03-31"),
        made("Answer", INTERPOL, UNODC, "2023-04-30", note="письмо № 7 от МВД, см. протокол встречи в Лионе"),
    ]),
    OfficeList("перечень.csv", _russian(), [
        made("Направить кандидатуры", MIA, INTERPOL, "2023-03-31", state="in-progress"),
        made("Передать перечень", INTERPOL, MIA, "2023-04-30", note="ждём"),
    ]),
    OfficeList("marked.xlsx", _marked(), [
        made("Send", UNODC, INTERPOL, "2023-03-31"),
        made("Answer", UNODC, INTERPOL, "2023-03-31", note="Deadline: moved by phone"),
    ]),
    OfficeList("mixed.csv", table([EASY, ["One", "UNODC", "INTERPOL", "12/31/2026", ""],
                                   ["Two", "UNODC", "INTERPOL", "31/12/2026", ""]]), (), ("--dates", "dmy"),
               ("a list that mixes both is not read",)),
    OfficeList("parties.csv", table([
        EASY, ["One", "UNODC + IOM", "INTERPOL", "", ""], ["Two", "• UNODC\n• IOM", "INTERPOL", "", ""],
        ["Three", "TBD", "INTERPOL", "", ""], ["Four", "All", "INTERPOL", "", ""],
    ]), [
        made("One", ["UNODC", "IOM"], INTERPOL), made("Two", ["UNODC", "IOM"], INTERPOL),
        made("Three", UNODC, INTERPOL), made("Four", UNODC, INTERPOL),
    ], ("--value", "by:UNODC + IOM=UNODC; IOM", "--default", "by=UNODC"), ("may be 2 parties", "by (who promised it)")),
    OfficeList("shares.csv", table([
        ["commitment_text", "responsible_org", "beneficiary_org", "target_date", "status"],
        ["Exchange data", "INTERPOL", "UNODC", "ASAP", "60%"], ["Pay", "UNODC", "INTERPOL", "TBC", "0%"],
    ]), [
        made("Exchange data", INTERPOL, UNODC, None, due_words="ASAP"),
        made("Pay", UNODC, INTERPOL, None, due_words="TBC"),
    ]),
    OfficeList("moved.csv", table([
        ["Action", "By", "To", "Original deadline", "Revised deadline", "Reason for extension", "Status"],
        ["Send it", "UNODC", "INTERPOL", "2023-03-31", "2023-06-30", "", "agreed"],
    ]), [made("Send it", UNODC, INTERPOL, "2023-06-30", state="agreed", original_due="2023-03-31")],
        ("--reason", "new minister"), ("reason",)),
]  # fmt: skip
