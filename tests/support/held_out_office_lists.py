"""Lists of offices that were written first, and put aside to test the import with."""

import json
from datetime import date
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Font

from tests.support.office_lists import OfficeList, made, saved, table, workbook

LISTS_PUT_ASIDE: list[OfficeList] = []
"""The lists; of each what comes in with the answers, nothing where it is refused in any case."""


def put(name: str, raw: bytes | str, *rows: dict[str, Any], answers: tuple[str, ...] = ()) -> None:
    """Add a list."""
    LISTS_PUT_ASIDE.append(OfficeList(name, raw.encode() if isinstance(raw, str) else raw, rows, answers))


# Planner, new export: one sheet with plan name in a second sheet; persons assigned; month first
book = workbook(
    [
        [
            "Task ID",
            "Task Name",
            "Bucket Name",
            "Progress",
            "Priority",
            "Assigned To",
            "Created By",
            "Created Date",
            "Start date",
            "Due date",
            "Is Recurring",
            "Late",
            "Completed Date",
            "Completed By",
            "Completed Checklist Items",
            "Checklist Items",
            "Labels",
            "Description",
        ],
        [
            "xK2a9",
            "Send the nomination form",
            "Nominations",
            "Not started",
            "Medium",
            "Lola Sample",
            "Lola Sample",
            "12/09/2022",
            "",
            "04/03/2023",
            "false",
            "true",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            "xK2b7",
            "Draft the letter to the NCB",
            "Letters",
            "In progress",
            "Urgent",
            "Lola Sample;Timur Example",
            "Lola Sample",
            "12/09/2022",
            "01/16/2023",
            "03/31/2023",
            "false",
            "false",
            "",
            "",
            "1/2",
            "draft;sign",
            "",
            "Ask the registry for the number",
        ],
        [
            "xK2c1",
            "Book the interpreters",
            "Meeting",
            "Completed",
            "Low",
            "Timur Example",
            "Lola Sample",
            "12/12/2022",
            "",
            "01/20/2023",
            "false",
            "false",
            "01/19/2023",
            "Timur Example",
            "",
            "",
            "",
            "",
        ],
    ],
    "Tasks",
)
about: Any = book.create_sheet("Plan name")
about.append(["Plan name", "Lyon follow-up"])
about.append(["Plan ID", "p-77"])
about.append(["Date of export", "01/25/2023"])
put(
    "Lyon follow-up.xlsx",
    saved(book),
    made("Send the nomination form", ["UNODC"], ["INTERPOL"], "2023-04-03"),
    made(
        "Draft the letter to the NCB",
        ["UNODC"],
        ["INTERPOL"],
        "2023-03-31",
        "in-progress",
        note="Ask the registry for the number",
    ),
    made("Book the interpreters", ["UNODC"], ["INTERPOL"], "2023-01-20", "reported"),
    answers=("--map", "by=none", "--default", "by=UNODC", "--default", "to=INTERPOL", "--dates", "mdy"),
)

# Trello board JSON
put(
    "board.json",
    json.dumps(
        {
            "id": "5f",
            "name": "Lyon visit",
            "desc": "",
            "closed": False,
            "lists": [{"id": "l1", "name": "To do"}, {"id": "l2", "name": "Done"}],
            "members": [{"id": "m1", "fullName": "Lola Sample"}],
            "cards": [
                {
                    "id": "c1",
                    "name": "Send the list of participants",
                    "desc": "see the minutes",
                    "due": "2023-03-31T13:00:00.000Z",
                    "dueComplete": False,
                    "idList": "l1",
                    "closed": False,
                    "dateLastActivity": "2023-01-05T10:00:00.000Z",
                },
                {
                    "id": "c2",
                    "name": "Name a contact point",
                    "desc": "",
                    "due": None,
                    "dueComplete": False,
                    "idList": "l1",
                    "closed": False,
                    "dateLastActivity": "2023-01-05T10:00:00.000Z",
                },
            ],
        }
    ),
    made("Send the list of participants", ["UNODC"], ["INTERPOL"], "2023-03-31"),
    made("Name a contact point", ["UNODC"], ["INTERPOL"], None),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# Jira "Excel" that is HTML
put(
    "JIRA 2023-01-25.xls",
    "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset='utf-8'></head><body><table>"
    "<tr><th>Summary</th><th>Status</th></tr><tr><td>Send it</td><td>To Do</td></tr></table></body></html>",
    answers=(),
)

# Asana JSON
put(
    "asana.json",
    json.dumps(
        {
            "data": [
                {
                    "gid": "1201",
                    "name": "Share the sample form",
                    "assignee": {"gid": "9", "name": "Lola Sample", "resource_type": "user"},
                    "completed": False,
                    "completed_at": None,
                    "created_at": "2022-12-09T08:00:00.000Z",
                    "modified_at": "2022-12-20T08:00:00.000Z",
                    "due_on": "2023-02-28",
                    "due_at": None,
                    "notes": "as agreed in Lyon",
                    "resource_type": "task",
                },
                {
                    "gid": "1202",
                    "name": "Train two officers",
                    "assignee": None,
                    "completed": False,
                    "completed_at": None,
                    "created_at": "2022-12-09T08:00:00.000Z",
                    "modified_at": "2022-12-20T08:00:00.000Z",
                    "due_on": None,
                    "due_at": None,
                    "notes": "",
                    "resource_type": "task",
                },
            ]
        }
    ),
    made("Share the sample form", ["UNODC"], ["INTERPOL"], "2023-02-28", note="as agreed in Lyon"),
    made("Train two officers", ["UNODC"], ["INTERPOL"], None),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL", "--map", "reported-on=completed_at"),
)

# GitHub project TSV
put(
    "project.tsv",
    table(
        [
            ["Title", "URL", "Assignees", "Status", "Labels", "Milestone", "Target date"],
            ["Publish the guidance note", "https://example.org/1", "lsample", "Todo", "", "Q1", "Mar 31, 2023"],
            ["Translate it", "https://example.org/2", "", "In Progress", "", "Q1", "Apr 28, 2023"],
        ],
        "\t",
    ),
    made("Publish the guidance note", ["UNODC"], ["INTERPOL"], "2023-03-31"),
    made("Translate it", ["UNODC"], ["INTERPOL"], "2023-04-28", "in-progress"),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# Outlook calendar CSV: events, no promises
put(
    "calendar.CSV",
    table(
        [
            [
                "Subject",
                "Start Date",
                "Start Time",
                "End Date",
                "End Time",
                "All day event",
                "Reminder on/off",
                "Reminder Date",
                "Reminder Time",
                "Meeting Organizer",
                "Required Attendees",
                "Optional Attendees",
                "Meeting Resources",
                "Billing Information",
                "Categories",
                "Description",
                "Location",
                "Mileage",
                "Priority",
                "Private",
                "Sensitivity",
                "Show time as",
            ],
            [
                "Quarterly meeting",
                "3/14/2023",
                "9:00:00 AM",
                "3/14/2023",
                "5:00:00 PM",
                "False",
                "True",
                "3/14/2023",
                "8:45:00 AM",
                "Lola Sample",
                "Timur Example",
                "",
                "",
                "",
                "",
                "",
                "Tashkent",
                "",
                "Normal",
                "False",
                "Normal",
                "2",
            ],
        ],
        is_quoted=True,
    ),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# French Outlook tasks, cp1252
put(
    "taches.csv",
    table(
        [
            [
                "Objet",
                "Date de début",
                "Échéance",
                "Rappel activé/désactivé",
                "% achevé",
                "Catégories",
                "Notes",
                "Priorité",
                "Statut",
            ],
            [
                "Envoyer la liste des experts",
                "",
                "31/03/2023",
                "Faux",
                "0",
                "",
                "à confirmer par écrit",
                "Normale",
                "Non commencé",
            ],
            ["Signer le protocole", "16/01/2023", "30/06/2023", "Faux", "50", "", "", "Haute", "En cours"],
        ],
        encoding="cp1252",
    ),
    made("Envoyer la liste des experts", ["UNODC"], ["INTERPOL"], "2023-03-31", note="à confirmer par écrit"),
    made("Signer le protocole", ["UNODC"], ["INTERPOL"], "2023-06-30", "in-progress"),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# camelCase
put(
    "tracker.csv",
    table(
        [
            ["actionItem", "responsibleParty", "promisedTo", "dueDate", "currentStatus", "lastUpdated"],
            ["Share the risk profile", "INTERPOL", "UNODC", "2023-05-31", "in progress", "2023-01-12"],
            ["Host the second visit", "UNODC", "INTERPOL", "2023-09-30", "agreed", "2023-01-12"],
        ]
    ),
    made("Share the risk profile", ["INTERPOL"], ["UNODC"], "2023-05-31", "in-progress"),
    made("Host the second visit", ["UNODC"], ["INTERPOL"], "2023-09-30", "agreed"),
    answers=(),
)

# ICS with to-dos in UTC and X-WR-TIMEZONE
put(
    "tasks.ics",
    "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Example//Tasks//EN",
            "X-WR-CALNAME:Lyon",
            "X-WR-TIMEZONE:Asia/Tashkent",
            "BEGIN:VTODO",
            "UID:a1@example.org",
            "SUMMARY:Send the statistics",
            "DUE:20230330T190000Z",
            "STATUS:NEEDS-ACTION",
            "END:VTODO",
            "BEGIN:VTODO",
            "UID:a2@example.org",
            "SUMMARY:Answer the questionnaire",
            "DUE;VALUE=DATE:20230415",
            "STATUS:IN-PROCESS",
            "END:VTODO",
            "END:VCALENDAR",
            "",
        ]
    ),
    made("Send the statistics", ["UNODC"], ["INTERPOL"], "2023-03-31"),
    made("Answer the questionnaire", ["UNODC"], ["INTERPOL"], "2023-04-15", "in-progress"),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# Taskwarrior
put(
    "task.json",
    "[\n"
    '{"id":1,"description":"Send the draft agenda","due":"20230331T160000Z",'
    '"entry":"20221209T080000Z","modified":"20221210T080000Z","project":"lyon",'
    '"status":"pending","uuid":"6e2ac2a2-0001-4b7f-8a40-000000000001","urgency":9.1,'
    '"annotations":[{"entry":"20221211T080000Z","description":"in three languages"}]},\n'
    '{"id":0,"description":"Thank the hosts","end":"20221215T090000Z",'
    '"entry":"20221209T080000Z","modified":"20221215T090000Z","project":"lyon",'
    '"status":"completed","uuid":"6e2ac2a2-0002-4b7f-8a40-000000000002","urgency":0}\n'
    "]\n",
    made(
        "Send the draft agenda", ["UNODC"], ["INTERPOL"], "2023-03-31", source_id="6e2ac2a2-0001-4b7f-8a40-000000000001"
    ),
    made(
        "Thank the hosts", ["UNODC"], ["INTERPOL"], None, "reported", source_id="6e2ac2a2-0002-4b7f-8a40-000000000002"
    ),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)

# Russian plan with two-row heads
rows: list[list[Any]] = [
    [
        "№ п/п",
        "Содержание мероприятия",
        "Ответственные исполнители",
        "",
        "Срок исполнения",
        "",
        "Основание переноса",
        "Кому",
    ],
    ["", "", "головной", "соисполнители", "первоначальный", "новый", "", ""],
    [
        1,
        "Направить кандидатуры экспертов",
        "МВД Узбекистана",
        "НЦБ Ташкент",
        date(2023, 3, 31),
        date(2023, 6, 30),
        "смена руководства",
        "INTERPOL",
    ],
    [2, "Подготовить проект соглашения", "UNODC", "", "30.04.2023", "", "", "МВД Узбекистана"],
]
book = workbook(
    rows,
    "План мероприятий",
    merged=["A1:A2", "B1:B2", "C1:D1", "E1:F1", "G1:G2", "H1:H2"],
)
cover: Any = book.create_sheet("Титул", 0)
cover.append(["УТВЕРЖДАЮ"])
cover.append(["План мероприятий по итогам визита"])
put(
    "План.xlsx",
    saved(book),
    made(
        "Направить кандидатуры экспертов",
        ["МВД Узбекистана"],
        ["INTERPOL"],
        "2023-06-30",
        "agreed",
        original_due="2023-03-31",
        support=["НЦБ Ташкент"],
    ),
    made("Подготовить проект соглашения", ["UNODC"], ["МВД Узбекистана"], "2023-04-30"),
    answers=(),
)

# cp1251, Пункт плана as text, Дата исполнения asks
put(
    "пункты.csv",
    table(
        [
            ["Пункт плана", "Исполнитель", "Перед кем", "Дата исполнения"],
            ["Назначить контактное лицо", "МВД Узбекистана", "INTERPOL", "15.03.2023"],
            ["Передать перечень подразделений", "INTERPOL", "МВД Узбекистана", "20.04.2023"],
        ],
        ";",
        encoding="cp1251",
    ),
    made("Назначить контактное лицо", ["МВД Узбекистана"], ["INTERPOL"], "2023-03-15"),
    made("Передать перечень подразделений", ["INTERPOL"], ["МВД Узбекистана"], "2023-04-20"),
    answers=("--map", "due=D"),
)

# Spanish
book = workbook(
    [
        ["Seguimiento de compromisos"],
        [],
        ["N.º", "Compromiso asumido", "Institución responsable", "A favor de", "Plazo", "Situación", "Comentarios"],
        [1, "Compartir la base de datos", "INTERPOL", "UNODC", date(2023, 7, 14), "En curso", ""],
        [2, "Designar dos expertos", "UNODC", "INTERPOL", date(2023, 8, 31), "Pendiente", "se espera la carta"],
    ],
    "Seguimiento",
)
put(
    "seguimiento.xlsx",
    saved(book),
    made("Compartir la base de datos", ["INTERPOL"], ["UNODC"], "2023-07-14", "in-progress"),
    made("Designar dos expertos", ["UNODC"], ["INTERPOL"], "2023-08-31", note="se espera la carta"),
    answers=(),
)

# French CSV
put(
    "engagements.csv",
    table(
        [
            ["N°", "Engagement", "Partie responsable", "Envers", "Date butoir", "Statut", "Remarques"],
            ["1", "Transmettre le manuel", "INTERPOL", "UNODC", "31/03/2023", "En cours", ""],
            ["2", "Désigner un point de contact", "UNODC", "INTERPOL", "30 juin 2023", "À faire", "urgent"],
        ],
        ";",
    ),
    made("Transmettre le manuel", ["INTERPOL"], ["UNODC"], "2023-03-31", "in-progress"),
    made("Désigner un point de contact", ["UNODC"], ["INTERPOL"], "2023-06-30", note="urgent"),
    answers=(),
)

# Smartsheet / MS Project
book = workbook(
    [
        ["Task Name", "Status", "Assigned To", "Start", "Finish", "% Complete", "Comments"],
        ["Prepare the training", "In Progress", "UNODC", date(2023, 2, 1), date(2023, 4, 28), 0.4, "two trainers"],
        ["Evaluate it", "Not Started", "INTERPOL", date(2023, 5, 2), date(2023, 5, 31), 0, ""],
    ],
    "Lyon plan",
)
put(
    "Lyon plan.xlsx",
    saved(book),
    made("Prepare the training", ["UNODC"], ["INTERPOL"], "2023-04-28", "in-progress"),
    made("Evaluate it", ["INTERPOL"], ["INTERPOL"], "2023-05-31"),
    answers=("--default", "to=INTERPOL"),
)

# hidden rows, struck, comments
book = workbook(
    [
        ["Action", "Responsible", "For", "Deadline", "Status"],
        ["Send the form", "UNODC", "INTERPOL", date(2023, 3, 31), "open"],
        ["Old action", "UNODC", "INTERPOL", date(2023, 1, 31), "open"],
        ["Hidden action", "UNODC", "INTERPOL", date(2023, 2, 28), "open"],
        ["Answer the letter", "INTERPOL", "UNODC", date(2023, 4, 30), "agreed"],
    ],
    "Actions",
)
sheet: Any = book.active
for cell in sheet[3]:
    cell.font = Font(strike=True)
sheet.row_dimensions[4].hidden = True
sheet["D5"].comment = Comment("moved once by phone", "LS")
put(
    "actions.xlsx",
    saved(book),
    made("Send the form", ["UNODC"], ["INTERPOL"], "2023-03-31"),
    made("Answer the letter", ["INTERPOL"], ["UNODC"], "2023-04-30", "agreed", note="Deadline: moved once by phone"),
    answers=(),
)

# PDF with a wrong name
put("actions-final.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", answers=())

# parties
put(
    "minutes.csv",
    table(
        [
            ["Action point", "Who", "To", "By when", "Remarks"],
            ["Draft the roadmap", "1) UNODC\n2) INTERPOL", "МВД Узбекистана", "2023-03-31", ""],
            ["Hold the workshop", "UNODC jointly with IOM", "INTERPOL", "2023-05-31", ""],
            ["Report to the donor", "TBC", "INL", "ASAP", ""],
            ["Review progress", "All", "INL", "ongoing", ""],
        ]
    ),
    made("Draft the roadmap", ["UNODC", "INTERPOL"], ["МВД Узбекистана"], "2023-03-31"),
    made("Hold the workshop", ["UNODC", "IOM"], ["INTERPOL"], "2023-05-31"),
    made("Report to the donor", ["UNODC"], ["INL"], None),
    made("Review progress", ["UNODC"], ["INL"], None),
    answers=("--value", "by:UNODC jointly with IOM=UNODC; IOM", "--default", "by=UNODC"),
)

# underscores, percentages
put(
    "export_2023.csv",
    table(
        [
            [
                "record_no",
                "commitment_text",
                "responsible_org",
                "beneficiary_org",
                "target_date",
                "status_pct",
                "created_at",
                "updated_at",
            ],
            [
                "17",
                "Set up the exchange of data",
                "INTERPOL",
                "UNODC",
                "2023-06-30",
                "60%",
                "2022-12-09 08:15:00",
                "2023-01-20 10:00:00",
            ],
            [
                "18",
                "Pay the travel",
                "UNODC",
                "INTERPOL",
                "2023-02-15",
                "100%",
                "2022-12-09 08:15:00",
                "2023-01-20 10:00:00",
            ],
        ]
    ),
    made("Set up the exchange of data", ["INTERPOL"], ["UNODC"], "2023-06-30"),
    made("Pay the travel", ["UNODC"], ["INTERPOL"], "2023-02-15"),
    answers=(),
)

# mixed: day without year, and mixed orders
put(
    "follow-up.csv",
    table(
        [
            ["Follow-up action", "Lead", "Beneficiary", "Deadline", "Notes"],
            ["Send the minutes", "UNODC (lead)", "INTERPOL", "31 March", ""],
            ["Open the account", "INTERPOL", "UNODC", "12/31/2026", ""],
            ["Close the account", "INTERPOL", "UNODC", "31/12/2026", ""],
        ]
    ),
    answers=("--value", "by:UNODC (lead)=UNODC", "--dates", "mdy"),
)


# What programs write of tasks that are archived, done, given up, or no tasks

put(
    "board-with-an-archive.json",
    json.dumps(
        {
            "id": "b1",
            "name": "Lyon",
            "lists": [
                {"id": "l1", "name": "Doing", "closed": False},
                {"id": "l2", "name": "Old", "closed": True},
            ],
            "cards": [
                {
                    "id": "c1",
                    "name": "Send the plan",
                    "idList": "l1",
                    "closed": False,
                    "due": "2023-03-31T12:00:00Z",
                    "dueComplete": False,
                    "labels": [{"name": "UNODC", "color": "green"}],
                },
                {
                    "id": "c2",
                    "name": "Old idea",
                    "idList": "l1",
                    "closed": True,
                    "due": None,
                    "dueComplete": False,
                    "labels": [],
                },
                {
                    "id": "c3",
                    "name": "Of an old list",
                    "idList": "l2",
                    "closed": False,
                    "due": None,
                    "dueComplete": False,
                    "labels": [],
                },
                {
                    "id": "c4",
                    "name": "Invite them",
                    "idList": "l1",
                    "closed": False,
                    "due": "2023-02-28T12:00:00Z",
                    "dueComplete": True,
                    "labels": [{"name": "UNODC", "color": "green"}],
                },
            ],
        }
    ),
    made("Send the plan", ["UNODC"], ["INTERPOL"], "2023-03-31"),
    made("Invite them", ["UNODC"], ["INTERPOL"], "2023-02-28", "reported"),
    answers=(
        *("--map", "by=labels", "--default", "to=INTERPOL", "--default", "reported-on=2023-02-27"),
        *("--map", "none=list"),
    ),
)
put(
    "cards-with-an-archive.csv",
    table(
        [
            ["Card ID", "Card Name", "Labels", "Due Date", "List Name", "Archived", "Due Complete"],
            ["c1", "Send the plan", "UNODC", "2023-03-31T12:00:00.000Z", "Doing", "false", "false"],
            ["c2", "Old idea", "UNODC", "", "Doing", "true", "false"],
            ["c3", "Invite them", "UNODC", "2023-02-28T12:00:00.000Z", "Doing", "false", "true"],
        ]
    ),
)
put(
    "cards-with-an-archive-answered.csv",
    table(
        [
            ["Card ID", "Card Name", "Labels", "Due Date", "List Name", "Archived", "Due Complete"],
            ["c1", "Send the plan", "UNODC", "2023-03-31T12:00:00.000Z", "Doing", "false", "false"],
            ["c2", "Old idea", "UNODC", "", "Doing", "true", "false"],
        ]
    ),
    made("Send the plan", ["UNODC"], ["INTERPOL"], "2023-03-31", "in-progress"),
    answers=("--map", "by=Labels", "--default", "to=INTERPOL", "--map", "state=List Name"),
)
put(
    "issues-not-done.csv",
    table(
        [
            ["Summary", "Issue key", "Status", "Resolution", "Resolved", "Due date", "Office"],
            ["Send the plan", "LY-1", "Done", "Done", "27/Feb/23 3:30 PM", "28/Feb/23 12:00 AM", "UNODC"],
            ["Visit Vienna", "LY-2", "Done", "Won't Do", "20/Feb/23 3:30 PM", "", "UNODC"],
        ]
    ),
    made("Send the plan", ["UNODC"], ["INTERPOL"], "2023-02-28", "reported"),
    made("Visit Vienna", ["UNODC"], ["INTERPOL"], state="closed", reported=None),
    answers=(
        "--map",
        "by=Office",
        "--default",
        "to=INTERPOL",
        "--map",
        "reported-on=Resolved",
        "--value",
        "because:Won't Do=dropped",
    ),
)
put(
    "project-of-todoist.csv",
    table(
        [
            [
                "TYPE",
                "CONTENT",
                "DESCRIPTION",
                "PRIORITY",
                "INDENT",
                "AUTHOR",
                "RESPONSIBLE",
                "DATE",
                "DATE_LANG",
                "TIMEZONE",
                "DEADLINE",
                "DEADLINE_LANG",
            ],
            ["meta", "view_style=list", *[""] * 10],
            ["section", "Training", *[""] * 10],
            ["task", "Send the list", "by letter", "1", "1", "", "", "2023-03-15", "en", "Europe/Paris", "", ""],
            ["note", "Promised by phone", *[""] * 10],
            ["task", "Confirm the seats", "", "1", "1", "", "", "", "en", "Europe/Paris", "2023-03-20", "en"],
            ["", *[""] * 11],
        ]
    ),
    made("Send the list", ["UNODC"], ["INTERPOL"], "2023-03-15", note="by letter"),
    made("Confirm the seats", ["UNODC"], ["INTERPOL"], "2023-03-20"),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)
put(
    "two-dates-of-a-task.csv",
    table(
        [
            ["TYPE", "CONTENT", "INDENT", "DATE", "DEADLINE"],
            ["task", "Confirm the seats", "1", "2023-03-15", "2023-03-20"],
        ]
    ),
)
put(
    "tasks-of-clickup.csv",
    table(
        [
            ["Task ID", "Task Name", "Status", "Due Date", "Due Date Text", "Comments", "Institution"],
            ["86c1a", "Share the roster", "to do", "1679554800000", "3/23/2023, 12:00:00 PM GMT+5", "[]", "UNODC"],
            ["86c1b", "Name the venue", "to do", "null", "", "[]", "UNODC"],
        ]
    ),
    made("Share the roster", ["UNODC"], ["INTERPOL"], "2023-03-23", note=None),
    made("Name the venue", ["UNODC"], ["INTERPOL"], None, note=None),
    answers=("--map", "by=Institution", "--default", "to=INTERPOL"),
)
put(
    "tasks-with-subtasks.json",
    json.dumps(
        {
            "data": [
                {
                    "gid": "11",
                    "name": "Draft the plan",
                    "completed": False,
                    "completed_at": None,
                    "due_on": "2023-03-31",
                    "notes": "",
                    "memberships": [{"project": {"name": "Lyon"}, "section": {"name": "UNODC"}}],
                    "subtasks": [{"gid": "13", "name": "Collect comments", "completed": False, "due_on": "2023-03-15"}],
                },
                {
                    "gid": "12",
                    "name": "Send the invoice",
                    "completed": True,
                    "completed_at": "2023-02-20T10:00:00Z",
                    "due_on": "2023-02-28",
                    "notes": "",
                    "memberships": [{"project": {"name": "Lyon"}, "section": {"name": "UNODC"}}],
                    "subtasks": [],
                },
            ]
        }
    ),
    made("Draft the plan", ["UNODC"], ["INTERPOL"], "2023-03-31", source_id="11"),
    made("Send the invoice", ["UNODC"], ["INTERPOL"], "2023-02-28", "reported", source_id="12"),
    made("Collect comments", ["IOM"], ["INTERPOL"], "2023-03-15", source_id="13"),
    answers=("--map", "by=memberships.section.name", "--default", "by=IOM", "--default", "to=INTERPOL"),
)
put(
    "issues-with-labels-alone.json",
    json.dumps(
        [
            {"number": 1, "title": "Send A", "labels": [{"id": "x", "name": "UNODC", "color": "e", "description": ""}]},
            {"number": 2, "title": "Send B", "labels": [{"id": "x", "name": "UNODC", "description": "our office"}]},
            {"number": 3, "title": "Send C", "labels": ["UNODC"]},
        ]
    ),
    *(made(f"Send {letter}", ["UNODC"], ["INTERPOL"]) for letter in "ABC"),
    answers=("--map", "by=labels", "--default", "to=INTERPOL"),
)
put(
    "categories-of-a-calendar.ics",
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:a@x\r\nSUMMARY:Send the kits\r\n"
    "CATEGORIES:UNODC,IOM\r\nDUE;VALUE=DATE:20230331\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
    made("Send the kits", ["UNODC", "IOM"], ["INTERPOL"], "2023-03-31", kind="other"),
    answers=("--map", "by=categories", "--default", "to=INTERPOL"),
)
put(
    "a-note-in-the-margin.csv",
    table([["Action", "By", "To", "Due", "", "", ""], ["Send", "UNODC", "INTERPOL", "", "", "", "call them first"]]),
)
put(
    "a-note-in-the-margin-taken.csv",
    table([["Action", "By", "To", "Due", "", "", ""], ["Send", "UNODC", "INTERPOL", "", "", "", "call them first"]]),
    made("Send", ["UNODC"], ["INTERPOL"], note="call them first"),
    answers=("--map", "note=G"),
)
put(
    "tasks-that-were-deleted.json",
    json.dumps(
        [
            {"uuid": "u1", "description": "Send the plan", "entry": "20230101T080000Z", "status": "pending"},
            {
                "uuid": "u2",
                "description": "Old",
                "entry": "20230101T080000Z",
                "end": "20230105T100000Z",
                "status": "deleted",
            },
        ]
    ),
    made("Send the plan", ["UNODC"], ["INTERPOL"]),
    answers=("--default", "by=UNODC", "--default", "to=INTERPOL"),
)
