"""Sample `Document`s for the formats: reports put together by hand, and one of hostile texts."""

from collections.abc import Callable, Sequence

from store.reports.document import Bars, Document, Figures, Section, Table, TableColumn, TableRow, TextBlock, Timeline

DAY = "2026-11-25"

HOSTILE = (
    '=HYPERLINK("http://evil.example/","click")',
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</style></title><b>bold</b>",
    "[link](javascript:alert(1)) ![i](http://evil.example/i.png)",
    "http://evil.com/ https://1.2.3.4 www.evil.com www.1and1.com evil.com 1.com evil.рф",
    "somebody@evil.com //evil.com //localhost mailto:a@b.com",
    "`code` **strong** _em_ ~~gone~~ $x^2$ &amp; &#x41; \\*",
    "a | b || c \\| d \\",
    "# heading #",
    "- item",
    "12. item",
    "7) item",
    "two lines\n===",
    "two lines\n---\n# three",
    "> quote",
    "``` fence",
    "---",
    "===",
    "    four blanks",
    "{{ 7 * 7 }} {% raw %}",
    '\\20AC "; } body { display: none } /*',
    "\x1b[31mred\x1b[0m \x07 \x00",
    "\u202egnp.exe\u2066 \ud800 \ufffe \u200b",
    "Ответ Ёжика — «Срок истёк»",
    "第一回 回答 👩‍👩‍👧",
    "W" * 300,
    "Щ" * 300,
    "*",
    "",
)
"""What people may type, or a file from elsewhere may hold."""

_OWED = {
    "MIA UZ": [
        ("#6", "Share the lesson plans of the training institute", "UNODC", "20 d late", "agreed", "overdue"),
        ("#8", "Return the signed data protocol", "INTERPOL", "today", "in progress", "today"),
        ("#10", "Nominate three officers to the analysts' course", "INTERPOL", "16 Dec 2026", "agreed", "plain"),
        ("#11", "Send the circular on ISON nominations to all regions", "INTERPOL", "18 Dec 2026", "agreed", "plain"),
        (
            "#2",
            "Nominate officers to the ISON network on migrant smuggling",
            "INTERPOL",
            "no date",
            "proposed",
            "no-date",
        ),
    ],
    "INTERPOL": [
        ("#9", "Invite NCB Tashkent to the working group", "MIA UZ", "28 Nov 2026", "agreed", "week"),
        ("#4", "Follow up and facilitate the assistance needed for 1 to 3", "MIA UZ", "no date", "agreed", "no-date"),
        (
            "#5",
            "Promote cooperation between states on TIP and SOM cases in Central Asia",
            "UNODC",
            "no date",
            "agreed",
            "no-date",
        ),
    ],
    "UNODC": [
        (
            "#5",
            "Promote cooperation between states on TIP and SOM cases in Central Asia",
            "INTERPOL",
            "no date",
            "agreed",
            "no-date",
        ),
        ("#7", "Send the list of contact points", "INTERPOL", "9 d late", "agreed", "overdue"),
        ("#15", "Send two trainers to the spring course", "MIA UZ", "22 Dec 2026", "agreed", "plain"),
        (
            "#16",
            "Provide the handbook on tracing assets",
            "Prosecutor General's Office",
            "21 Oct 2026",
            "confirmed",
            "finished",
        ),
    ],
    "Prosecutor General's Office of Uzbekistan": [
        ("#14", "Draft a plan for joint financial investigations", "UNODC", "Feb 2027", "in progress", "plain"),
        ("#18", "Sign a memorandum on shared databases", "IOM", "no date", "in progress", "no-date"),
        ("#19", "Report on the first joint case", "UNODC", "5 Nov 2026", "reported done", "unconfirmed"),
        ("#20", "Propose two dates for the seminar on tracing assets", "IOM", "2 d late", "agreed", "overdue"),
    ],
    "IOM": [
        ("#21", "Pay the travel of the trainers", "UNODC", "15 Jan 2027", "agreed", "plain"),
        ("#22", "Send the comments on the draft handbook", "UNODC", "3 d late", "agreed", "overdue"),
        ("#23", "Translate the questionnaire into Uzbek", "MIA UZ", "30 Nov 2026", "in progress", "week"),
        (
            "#24",
            "Name a contact point for the memorandum",
            "Prosecutor General's Office",
            "no date",
            "agreed",
            "no-date",
        ),
    ],
}
_REMARKS = {
    "#6": [
        "Extended from 20 October to 5 November 2026: the plans were being printed (asked by MIA UZ, agreed by UNODC)"
    ],
    "#22": ["Reason: the draft came two weeks later than announced"],
    "#10": ["Seats: 1 of 3 nominated, none acknowledged"],
    "#19": ["Reported by the Prosecutor General's Office on 5 November 2026, recorded by somebody else"],
}


def _entries(lines: Sequence[tuple[str, str, str, str, str, str]]) -> list[TableRow]:
    return [
        TableRow([due, title, other, state, number], style=style, remarks=_REMARKS.get(number, []))
        for number, title, other, due, state, style in lines
    ]


def meeting_sheet(*marks: str) -> Document:
    """Twenty commitments of five parties, for the quarterly meeting."""
    columns = [
        TableColumn("Due", 16),
        TableColumn("What", 44),
        TableColumn("To", 20),
        TableColumn("State", 14),
        TableColumn("No.", 6),
    ]
    parts = []
    for party, owed in _OWED.items():
        late = sum(line[-1] == "overdue" for line in owed)
        parts.append(Section(party, [TextBlock(f"{len(owed)} open, {late} late")]))
        parts.append(Section("Owed by you", [Table(columns, _entries(owed))], level=2))
        if party in ("MIA UZ", "UNODC"):
            done = TableRow(["21 Oct 2026", "Provide the handbook on tracing assets", "UNODC", "confirmed", "#16"])
            parts.append(Section("Done since the last meeting", [Table(columns, [done])], level=2))
        asked = [TextBlock("No date agreed: #2, #4. Silent for 34 days: #6.")]
        parts.append(Section("To ask", asked, level=2))
    return Document(
        "Meeting sheet",
        ["Quarterly coordination meeting, Tashkent, 25 November 2026", "All visits; since 11 September 2026"],
        [("Day", "25 Nov 2026"), ("Until", "28 Feb 2027"), ("Revision", "41")],
        marks,
        parts,
        "en",
    )


def lyon_in_russian() -> Document:
    """The visit that the program was made for, in Russian."""
    columns = [
        TableColumn("Срок", 18),
        TableColumn("Что", 42),
        TableColumn("Кому", 18),
        TableColumn("Состояние", 16),
        TableColumn("№", 6),
    ]
    ministry = "Министерство внутренних дел Узбекистана"

    def table(*lines: tuple[str, str, str]) -> Table:
        entries = [
            TableRow(["срок не согласован", title, to, state, f"#{number}"], style="no-date")
            for number, (title, to, state) in enumerate(lines, 1)
        ]
        return Table(columns, entries)

    promised = table(
        ("Участвовать в аналитическом файле по торговле людьми и вносить в него вклад", "Интерпол", "предложено"),
        ("Назначить сотрудников в сеть ИСОН по незаконному ввозу мигрантов", "Интерпол", "предложено"),
        ("Назначить сотрудников в Экспертную группу по торговле людьми (HTEG)", "Интерпол", "предложено"),
    )
    both = table(
        ("Сопровождать и облегчать помощь, необходимую для пунктов 1–3", ministry, "согласовано"),
        ("Содействовать сотрудничеству государств по делам о торговле людьми", "УНП ООН, Интерпол", "согласовано"),
    )
    return Document(
        "Лист к заседанию",
        ["Ознакомительный визит в Генеральный секретариат Интерпола, Лион, 6–8 декабря 2022 г."],
        [("Дата", "25.11.2026"), ("Заказчик", "INL"), ("Редакция хранилища", "41")],
        ["ДЛЯ СЛУЖЕБНОГО ПОЛЬЗОВАНИЯ"],
        [
            Section(ministry, [Figures([("3", "открыто", "strong"), ("3", "без согласованного срока", "no-date")])]),
            Section("Вы должны", [promised], level=2),
            Section("Вам должны", [both], level=2),
            Section(
                "О чём спросить", [TextBlock("Срок не согласован: #1, #2, #3. Нет вестей 1448 дней: #1–#5.")], level=2
            ),
        ],
        "ru",
    )


_MONTHS = [("2026-10-01", "October"), ("2026-11-01", "November"), ("2026-12-01", "December")]


def days(points: Sequence[tuple[str, str, str]]) -> Timeline:
    """The last quarter of 2026 with these points."""
    return Timeline(
        "Due days in the quarter",
        "; ".join(f"{day}: {label}" for day, label, _ in points) or "No day in the quarter.",
        first="2026-10-01",
        last="2026-12-31",
        today=DAY,
        today_label="25 Nov 2026",
        months=_MONTHS,
        points=points,
    )


def progress(bars: Sequence[tuple[str, Sequence[int]]]) -> Bars:
    """The bars of the outcomes of the promises, by party."""
    lines = [f"{label}: {', '.join(map(str, numbers))}" for label, numbers in bars]
    pieces = [
        ("done in time", "finished"),
        ("done late", "week"),
        ("reported, to be confirmed", "unconfirmed"),
        ("late", "overdue"),
        ("no date set", "no-date"),
        ("open, not yet due", "plain"),
    ]
    return Bars("Promises by party", "In the order of the legend. " + ". ".join(lines) + ".", pieces, bars)


def quarter(*marks: str) -> Document:
    """The donor's quarter with its charts."""
    points = [
        ("2026-10-06", "#17 Appoint a liaison officer for cash couriers", "dim"),
        ("2026-10-21", "#16 Provide the handbook on tracing assets", "finished"),
        ("2026-11-05", "#6 Share the lesson plans", "overdue"),
        ("2026-11-05", "#19 Report on the first joint case", "unconfirmed"),
        ("2026-11-16", "#7 Send the list of contact points", "overdue"),
        ("2026-11-22", "#22 Send the comments on the draft handbook", "overdue"),
        ("2026-11-25", "#8 Return the signed data protocol", "today"),
        ("2026-11-28", "#9 Invite NCB Tashkent to the working group", "week"),
        ("2026-11-30", "#23 Translate the questionnaire into Uzbek", "week"),
        ("2026-12-16", "#10 Nominate three officers", "plain"),
        ("2026-12-22", "#15 Send two trainers", "plain"),
    ]
    parties = [
        ("MIA UZ", [2, 1, 0, 1, 1, 2]),
        ("INTERPOL", [1, 0, 0, 0, 2, 1]),
        ("UNODC", [3, 1, 0, 1, 1, 1]),
        ("Prosecutor General's Office of Uzbekistan", [0, 0, 1, 1, 1, 1]),
        ("IOM", [0, 0, 0, 1, 1, 2]),
    ]
    misses = [
        TableColumn("No.", 6),
        TableColumn("What", 38),
        TableColumn("By", 16),
        TableColumn("Due", 14),
        TableColumn("Became", 16),
    ]
    changes = [
        TableColumn("No.", 6),
        TableColumn("From", 13),
        TableColumn("To", 13),
        TableColumn("Reason", 40),
        TableColumn("Asked, agreed", 22),
    ]
    counts = [TableColumn("Visit", 46)] + [
        TableColumn(name, 11, is_number=True) for name in ("Promises", "Done", "Late", "Open")
    ]
    return Document(
        "Report on the fourth quarter of 2026",
        [
            "Study visits against trafficking in persons, paid for by INL",
            "1 October to 31 December 2026, as of 25 November 2026",
        ],
        [("Donor", "INL"), ("Programme", "UNODC Global Programme against Trafficking in Persons"), ("Revision", "41")],
        marks,
        [
            Section(
                "At one glance",
                [
                    Figures(
                        [
                            ("11", "planned in the quarter", "strong"),
                            ("6", "done", "finished"),
                            ("4", "late", "overdue"),
                            ("5", "no date set", "no-date"),
                            ("1", "to be confirmed", "unconfirmed"),
                        ]
                    ),
                    TextBlock(
                        "On time by the original date: 2 of 7. By the current date: 3 of 7, of which confirmed 3.",
                        "strong",
                    ),
                    TextBlock(
                        "Left out: 5 never agreed or without a date, 4 not yet due, 1 dropped by agreement.", "dim"
                    ),
                    days(points),
                    progress(parties),
                ],
            ),
            Section(
                "Misses",
                [
                    Table(
                        misses,
                        [
                            TableRow(
                                [
                                    "#6",
                                    "Share the lesson plans of the training institute",
                                    "MIA UZ",
                                    "5 Nov 2026",
                                    "20 days late",
                                ],
                                style="overdue",
                                remarks=["Reason: no reason recorded"],
                            ),
                            TableRow(
                                [
                                    "#17",
                                    "Appoint a liaison officer for cash couriers",
                                    "MIA UZ",
                                    "6 Oct 2026",
                                    "declined",
                                ],
                                remarks=["Reason: no post is free this year"],
                            ),
                        ],
                    )
                ],
            ),
            Section(
                "Changes of date",
                [
                    Table(
                        changes,
                        [
                            TableRow(
                                [
                                    "#16",
                                    "26 Sep 2026",
                                    "21 Oct 2026",
                                    "the Russian edition was not printed yet",
                                    "UNODC, Prosecutor General's Office",
                                ]
                            ),
                        ],
                    )
                ],
            ),
            Section(
                "Corrections",
                [TextBlock("#15: from 22 to 23 December 2026, the programme says one day later.")],
                level=2,
            ),
            Section(
                "By visit",
                [
                    Table(
                        counts,
                        [
                            TableRow(["Study visit to the INTERPOL General Secretariat, Lyon", "5", "0", "0", "5"]),
                            TableRow(["Quarterly coordination meeting, Tashkent", "8", "2", "3", "6"]),
                            TableRow(["Seminar on tracing assets, Vienna", "7", "2", "1", "5"]),
                            TableRow(["Courtesy call, Astana (no promise was made)", "0", "0", "0", "0"]),
                        ],
                    )
                ],
            ),
        ],
        "en",
    )


def of_texts(texts: Sequence[str], *, language: str = "en") -> Document:
    """A paper that has each of these texts at each place where a text may stand."""
    columns = [TableColumn("No.", 8, is_number=True), TableColumn("What", 60), TableColumn("Sign", 32)]
    parts = []
    for text in texts:
        entries = [TableRow([text, text, "."], style="overdue", remarks=[text]), TableRow(["#1", ".", text])]
        parts.append(
            Section(
                text,
                [
                    TextBlock(text),
                    TextBlock(text, "strong"),
                    Figures([("3", text, "today"), (text, "late", "strong")]),
                    Table(
                        [*columns, TableColumn(text, 20)],
                        [TableRow([*entry.cells, text], remarks=entry.remarks) for entry in entries],
                    ),
                    Bars(text, text, [(text, "plain"), (text, "plain")], [(text, [3, 0]), ("none", [0, 0])]),
                    Timeline(
                        text,
                        text,
                        first=DAY,
                        last=DAY,
                        today=DAY,
                        today_label=text,
                        months=[(DAY, text)],
                        points=[(DAY, text, "plain")],
                    ),
                ],
            )
        )
    facts = [(text, text) for text in texts]
    return Document(texts[0] if texts else "", texts, facts, texts[:2], parts, language)


def hostile() -> Document:
    """Every text that should act somewhere, everywhere."""
    return of_texts(HOSTILE)


def long_table(*marks: str) -> Document:
    """A table that goes over several pages, with a remark under each second entry."""
    columns = [TableColumn("No.", 8), TableColumn("What", 70), TableColumn("State", 22)]
    title = "Send the circular on nominations to all regions and wait for what they answer to it"
    entries = [TableRow([f"#{n}", title, "agreed"], remarks=["asked in March"] * (n % 2)) for n in range(1, 100)]
    return Document(
        "All that is open", [], [("Day", "25 Nov 2026")], marks, [Section("Open", [Table(columns, entries)])], "en"
    )


PAPERS: dict[str, Callable[[], Document]] = {
    "sheet": meeting_sheet,
    "sheet-internal": lambda: meeting_sheet("INTERNAL", "for the delegation only"),
    "lyon-ru": lyon_in_russian,
    "quarter": quarter,
}
"""Papers of which golden files are kept."""
