"""The one table of the command line: commands, their words, options, help and examples.

argparse shows its help and completes it, and is imported for nothing else.
"""

from store.model.vocabulary import Because
from tui.cli.command_types import DATE, FLAG, MAYBE, TEXT, WORD, Command, Option

GLOBAL = (
    Option("--store", "the store's JSON file", metavar="PATH", complete="files"),
    Option("--today", "the day that counts as today", kind=WORD, metavar="YYYY-MM-DD"),
    Option("--help", "show this help", kind=FLAG),
)
JSON = Option("--json", "print one JSON document", kind=FLAG)
REASON = Option("--reason", "why", kind=TEXT)
NOTE = Option("--note", "a note on it", kind=TEXT)
OUT = Option("--output", "write a file (default: stdout)", metavar="FILE", complete="files", short="-o")
FORCE = Option("--force", "write over a file that is there", kind=FLAG)
INTERNAL = Option("--internal", "with notes, owners, quotes, sources, evidence, letters", kind=FLAG)
MARK = Option("--mark", "a handling mark, printed on every page", metavar="TEXT")
LANG = Option("--lang", "its language: en (default), ru", metavar="LANGUAGE", complete="languages")
QUERY = (("QUERY", "*"),)
IDS = ("ID", "+")
ID = ("ID", "1")
EVERY_CHANGE = (
    JSON,
    Option("--on", "the day it happened (default: today; of a confirmation, the day reported)", kind=DATE),
    Option("--expect-rev", "refuse (exit 6) unless the commitment is at this revision", metavar="N"),
)


def _party(name: str, about: str, *, many: bool = False) -> Option:
    return Option(name, about, metavar="PARTY", many=many, complete="parties")


_VISIT_FIELDS = (
    Option("--place", "where it was", kind=TEXT, metavar="PLACE"),
    Option("--from", "its first day", kind=DATE),
    Option("--to", "its last day (default: the first)", kind=DATE),
    Option("--slug", "its short name, as lyon-2022", metavar="SLUG"),
    Option("--host", "an institution that received it", metavar="HOST", many=True),
    Option("--delegation", "who came", kind=TEXT),
    Option("--programme", "under which programme", kind=TEXT),
    Option("--donor", "who paid", kind=TEXT),
)
_COMMITMENT_FIELDS = (
    Option("--visit", "the visit where it was promised", metavar="SLUG", complete="visits"),
    _party("--by", "who promised it", many=True),
    _party("--to", "to whom it was promised", many=True),
    _party("--via", "the channel, as an NCB"),
    _party("--support", "who helps", many=True),
    Option("--kind", "nominate-experts, join-analysis-file, share-data, facilitate, train, cooperate, legal, other"),
    Option("--owner", "who chases it (default: who enters it)", metavar="NAME"),
    Option("--quote", "the words of the promise", kind=TEXT),
    Option("--source", "where they stand", kind=TEXT),
    Option("--words", "the deadline in the words as agreed", kind=TEXT),
    Option("--after", "the commitment it waits for", metavar="ID", complete="ids"),
)

_LOOKING = (
    Command(
        "status",
        "commands.show:status",
        "the quick check: late, due, undated, to be confirmed, silent",
        words=QUERY,
        options=(JSON, Option("--short", "one line, nothing when there is no store", kind=FLAG)),
        examples=("followup status", "followup status visit:lyon-2022 --short"),
        takes_query=True,
    ),
    Command(
        "list",
        "commands.show:list_",
        "commitments, most urgent first",
        words=QUERY,
        options=(
            JSON,
            Option("--table", "the table, also into a pipe", kind=FLAG),
            Option("--ids", "numbers only", kind=FLAG),
            Option(
                "--sort",
                "order by urgency, due, id, title, visit, kind, by, to, state, owner, updated, silent",
                metavar="FIELD",
            ),
            Option("--all", "finished ones too", kind=FLAG),
        ),
        examples=("followup list overdue or silent to:INTERPOL", "followup list due:..2w -by:me --json"),
        takes_query=True,
    ),
    Command(
        "show",
        "commands.show:show",
        "everything about one commitment",
        words=(ID,),
        options=(JSON,),
        examples=("followup show 3", "followup 3 --json"),
    ),
    Command(
        "history",
        "commands.show:history",
        "what happened, newest last",
        words=(("ID", "?"),),
        options=(JSON,),
        examples=("followup history 3", "followup history --json"),
    ),
    Command(
        "visits",
        "commands.show:visits",
        "the visits, and what each left",
        words=QUERY,
        options=(JSON,),
        examples=("followup visits", "followup visits tashkent --json"),
        takes_query=True,
    ),
    Command(
        "parties",
        "commands.show:parties",
        "each institution: what it owes and is owed",
        options=(JSON,),
        examples=("followup parties", "followup parties --json"),
    ),
    Command(
        "check",
        "commands.show:check",
        "one line for monitoring; exit 0 OK, 1 due, 2 overdue, 3 unknown",
        words=QUERY,
        options=(Option("--within", "days ahead that count as due soon (default: 7)", metavar="DAYS"),),
        examples=("followup check", "followup check to:INTERPOL --within 14"),
        takes_query=True,
    ),
)

_CHANGING = (
    Command(
        "visit add",
        "commands.visits_parties:visit_add",
        "enter a visit; prints its slug",
        words=(("TITLE", "+"),),
        required=("--place", "--from"),
        options=_VISIT_FIELDS,
        examples=(
            "followup visit add Study visit to Lyon --place Lyon --from 2022-12-06 --to 2022-12-08",
            "followup visit add Quarterly meeting --place Tashkent --from today --slug tashkent-q1 --donor INL",
        ),
    ),
    Command(
        "visit edit",
        "commands.visits_parties:visit_edit",
        "change fields of a visit",
        words=(("SLUG", "1"),),
        options=(Option("--title", "its title", kind=TEXT), *_VISIT_FIELDS),
        examples=("followup visit edit lyon-2022 --to 2022-12-09", 'followup visit edit lyon-2022 --donor "INL"'),
    ),
    Command(
        "visit remove",
        "commands.visits_parties:visit_remove",
        "take out a visit without commitments",
        words=(("SLUG", "1"),),
        examples=("followup visit remove lyon-2022", "followup visit remove test-2026"),
    ),
    Command(
        "add",
        "commands.change:add",
        "enter a commitment; prints its number",
        words=(("TITLE", "+"),),
        required=("--visit", "--by", "--to"),
        options=(
            *_COMMITMENT_FIELDS,
            Option("--state", "proposed (default) or agreed", choices=("proposed", "agreed")),
            Option("--due", "until when", kind=DATE),
            Option("--seats", "how many seats are wanted", metavar="N"),
            Option("--every", "one for each period", choices=("month", "quarter", "year")),
            Option("--until", "the last day for --every", kind=DATE),
        ),
        examples=(
            'followup add Nominate officers to the HTEG --visit lyon-2022 --by "MIA Uzbekistan" --to INTERPOL',
            "followup add Send figures --visit lyon-2022 --by UNODC --to INL --due Q1 2027 --every quarter --until +1y",
        ),
    ),
    Command(
        "edit",
        "commands.change:edit",
        "change fields of a commitment (`none` takes a field out)",
        words=(ID,),
        options=(Option("--title", "what was promised", kind=TEXT), *_COMMITMENT_FIELDS),
        examples=("followup edit 3 --owner asel", 'followup edit 3 --via "NCB Tashkent" --kind nominate-experts'),
    ),
    Command(
        "mark",
        "commands.change:mark",
        "give commitments another state",
        words=(IDS, ("STATE", "1")),
        options=(
            NOTE,
            _party("--said-by", "who says so", many=True),
            Option("--evidence", "what shows it", kind=TEXT),
            Option("--because", "why it is closed", choices=Because.ALL),
            _party("--agreed-by", "who agreed to closing it"),
            Option("--by-id", "the commitment that supersedes it", metavar="ID", complete="ids"),
        ),
        examples=("followup mark 3 done --evidence letter 12/44 --on 2023-03-30", "followup mark 3 5-7 agreed"),
    ),
    Command(
        "due",
        "commands.change:due",
        "set or change the due date (`none`: no date)",
        words=(ID, ("DATE", "+")),
        options=(
            REASON,
            _party("--asked-by", "who asked for the change"),
            _party("--agreed-by", "who agreed to it"),
            Option("--words", "the deadline in the words as agreed", kind=TEXT),
            Option("--correct", "the date was mistyped: this is no extension", kind=FLAG),
        ),
        examples=("followup due 3 end of March", "followup due 3 2023-06-30 --reason new minister --asked-by MIA"),
    ),
    Command(
        "reason",
        "commands.change:reason",
        "say why a promise was missed",
        words=(ID, ("TEXT", "+")),
        examples=("followup reason 3 the minister changed", "followup reason 3 - < why.txt"),
    ),
    Command(
        "chase",
        "commands.change:chase",
        "somebody was chased; the due date stays",
        words=(IDS,),
        options=(NOTE, Option("--again", "when to look again (default: +2w)", kind=DATE)),
        examples=("followup chase 3 --note called the assistant", "followup chase 3 5 --again +1w"),
    ),
    Command(
        "note",
        "commands.change:note",
        "put down a note (`-` reads it from stdin)",
        words=(ID, ("TEXT", "+")),
        examples=("followup note 3 the letter is with the minister", "followup note 3 - < mail.txt"),
    ),
    Command(
        "seats",
        "commands.change:seats",
        "count the seats of a nomination",
        words=(ID,),
        options=(
            Option("--wanted", "how many are wanted, or `unknown`", metavar="N"),
            Option("--nominated", "how many were nominated", metavar="N"),
            Option("--acknowledged", "how many were acknowledged", metavar="N"),
            Option("--letter", "the reference of the letter", kind=TEXT, metavar="REF"),
            Option("--endorsed", "the day the NCB endorsed it", kind=DATE),
        ),
        examples=("followup seats 3 --wanted 3 --nominated 2", "followup seats 3 --acknowledged 2 --letter 12/44"),
    ),
    Command(
        "party edit",
        "commands.visits_parties:party_edit",
        "change the names of a party",
        words=(("NAME", "1"),),
        options=(
            Option("--name", "its full name", kind=TEXT),
            Option("--short", "its short name, shown in tables", kind=TEXT),
            Option("--ru", "its Russian name", kind=TEXT),
            Option("--alias", "one more name that finds it", metavar="NAME", many=True),
        ),
        examples=(
            'followup party edit "MIA Uzbekistan" --short "MIA UZ" --ru "МВД Узбекистана"',
            "followup party edit INTERPOL --alias ICPO",
        ),
    ),
    Command(
        "party merge",
        "commands.visits_parties:party_merge",
        "make two entries of one institution one",
        words=(("OLD", "1"), ("NEW", "1")),
        examples=("followup party merge INTEPROL INTERPOL", 'followup party merge "Min. of Interior" "MIA Uzbekistan"'),
    ),
    Command(
        "remove",
        "commands.change:remove",
        "take out a proposed commitment entered by mistake",
        words=(ID,),
        options=(REASON,),
        examples=("followup remove 4 --reason entered twice", 'followup remove 4 --reason "same as 2"'),
    ),
    Command(
        "undo",
        "commands.visits_parties:undo",
        "take back my last change",
        words=(("CHANGE", "?"),),
        options=(Option("--list", "show which changes can be taken back", kind=FLAG),),
        examples=("followup undo", "followup undo --list"),
    ),
    Command(
        "redo",
        "commands.visits_parties:redo",
        "bring back what my last undo took back",
        examples=("followup redo", "followup redo --json"),
    ),
    Command(
        "redact",
        "commands.visits_parties:redact",
        "take a passage out of a commitment, its history, the copies",
        words=(ID,),
        options=(
            Option("--passage", "the words to forget, letter by letter", kind=TEXT),
            Option("--yes", "do not ask", kind=FLAG),
        ),
        examples=('followup redact 3 --passage "a name"', 'followup redact 3 --passage "a name" --yes'),
    ),
)

ONLY = Option("--only", "narrowed by a query, as 'by:UNODC overdue'", kind=TEXT, metavar="QUERY")
PAPER = Option("--format", "by default what FILE ends with, else text", choices=("text", "md", "html", "docx"))

_PAPERS = (
    Command(
        "sheet",
        "commands.reports:sheet",
        "the meeting sheet: what each party owes and is owed, what was done, what to ask",
        words=(("PARTY", "*"),),
        options=(
            Option("--since", "the last meeting (default: the end of the last visit or meeting)", kind=DATE),
            Option("--until", "the next meeting (default: in three months)", kind=DATE),
            PAPER,
            LANG,
            OUT,
            FORCE,
            ONLY,
            INTERNAL,
            MARK,
        ),
        examples=("followup sheet", 'followup sheet INTERPOL "MIA UZ" --lang ru -o sheet.docx'),
    ),
    Command(
        "report",
        "commands.reports:report",
        "the donor's quarter: planned, done, on time or why not, what is open",
        options=(
            Option("--quarter", "as 2023-Q1 (default: the last one that has ended)", kind=DATE, metavar="QUARTER"),
            Option("--from", "or the first day of another period", kind=DATE),
            Option("--to", "and its last day", kind=DATE),
            Option("--donor", "visits of this donor only", kind=TEXT, metavar="DONOR"),
            PAPER,
            LANG,
            OUT,
            FORCE,
            ONLY,
            INTERNAL,
            MARK,
        ),
        examples=("followup report --donor INL -o report.html", "followup report --quarter 2023-Q1 --lang ru"),
    ),
    Command(
        "export",
        "commands.exports:export",
        "commitments for other programs, finished ones too: all, or those that match",
        words=QUERY,
        options=(
            Option(
                "--format",
                "by default what FILE ends with, else csv; json is the whole store",
                choices=("csv", "json", "ics", "md", "html", "xlsx"),
            ),
            OUT,
            FORCE,
            Option("--raw", "CSV for programs: nothing guarded against spreadsheets", kind=FLAG),
            Option("--alarm", "ICS: ring so long before the due date, as 7d or 2w", metavar="TIME"),
            Option("--lang", "md, html: their language: en (default), ru", metavar="LANGUAGE", complete="languages"),
            INTERNAL,
            MARK,
        ),
        examples=("followup export -o commitments.xlsx", "followup export open by:UNODC --format ics --alarm 7d"),
        takes_query=True,
    ),
)

_KEEPING = (
    Command(
        "party list",
        "commands.show:party_list",
        "every party with all its names",
        options=(JSON,),
        examples=("followup party list", "followup party list --json"),
    ),
    Command(
        "batch",
        "commands.batch:batch",
        "run one changing command a line, from a file or stdin",
        words=(("FILE", "?"),),
        options=(Option("--atomic", "all lines are one change, or none", kind=FLAG),),
        examples=("followup batch changes.txt --atomic", "printf 'mark 3 done\\nnote 5 called\\n' | followup batch"),
    ),
    Command(
        "import",
        "commands.imports:import_",
        "bring in a list of another program: CSV, XLSX, ICS, JSON",
        words=(("FILE", "1"),),
        options=(
            Option("--format", "what the file is (default: told from it)", choices=("csv", "json", "ics", "xlsx")),
            Option("--visit", "the visit of rows that name none", metavar="SLUG", complete="visits"),
            Option(
                "--map", "the column that holds a field, by name, letter or number", metavar="FIELD=COLUMN", many=True
            ),
            Option("--default", "what a field has where a new row has nothing", metavar="FIELD=VALUE", many=True),
            Option("--dry-run", "show what would change, and change nothing", kind=FLAG),
            Option(
                "--skip-bad",
                "take the good rows, write the others to a file (default: NAME-bad.csv)",
                kind=MAYBE,
                metavar="FILE",
                complete="files",
            ),
            Option("--reason", "why agreed dates changed, for rows that do not say", kind=TEXT),
            Option("--encoding", "utf-8, cp1251, ... (default: told from the file)", metavar="E"),
            Option("--delimiter", "comma, semicolon, tab, or a character (default: told from the file)", metavar="D"),
            Option("--sheet", "the sheet of a workbook (default: the first with such headings)", metavar="NAME"),
            JSON,
        ),
        examples=(
            "followup import actions.csv --visit lyon-2022 --dry-run",
            "followup import plan.xlsx --visit lyon-2022 --map by=C --default to=INTERPOL --skip-bad",
        ),
    ),
    Command(
        "init",
        "commands.maintenance:init",
        "make a store",
        words=(("PATH", "?"),),
        options=(
            Option("--shared", "for a group: folder 2770, files 0660", kind=FLAG),
            Option("--group", "the group that shares it", metavar="G"),
            Option("--timezone", "the time zone of its days, as Asia/Tashkent", metavar="Z"),
        ),
        examples=(
            "followup init",
            "followup init /srv/followup/commitments.json --shared --group unodc --timezone Asia/Tashkent",
        ),
    ),
    Command(
        "demo",
        "commands.maintenance:demo",
        "make a store with the Lyon visit and two more, to try things out",
        words=(("PATH", "?"),),
        examples=("followup demo", "followup demo /tmp/demo.json"),
    ),
    Command(
        "doctor",
        "commands.maintenance:doctor",
        "check the store; exit 0 clean, 1 findings, 4 unreadable",
        options=(Option("--repair", "mend what is safe to mend", kind=FLAG),),
        examples=("followup doctor", "followup doctor --repair"),
    ),
    Command(
        "backup",
        "commands.maintenance:backup",
        "write a verified copy of the store",
        words=(("PATH", "?"),),
        examples=("followup backup", "followup backup /media/usb/commitments-2026-11.json"),
    ),
    Command(
        "restore",
        "commands.maintenance:restore",
        "bring back a copy; the replaced store is kept beside it",
        words=(("PATH", "?"),),
        options=(Option("--list", "show the copies there are", kind=FLAG),),
        examples=("followup restore --list", "followup restore 12"),
    ),
    Command(
        "config",
        "commands.maintenance:config",
        "settings, and where each came from",
        words=(("KEY", "?"), ("VALUE", "*")),
        options=(JSON, Option("--shared", "set it in the store, for all", kind=FLAG)),
        examples=("followup config me asel UNODC", "followup config silent-after 45 --shared"),
    ),
    Command(
        "completion",
        "commands.maintenance:completion",
        "print the completion script of a shell",
        words=(("SHELL", "1"),),
        examples=(
            'eval "$(followup completion bash)"',
            "followup completion fish > ~/.config/fish/completions/followup.fish",
        ),
    ),
    Command(
        "app",
        "",
        "the full-screen app: what followup alone opens on a terminal",
        options=(
            Option("whole", "draw all of the screen, not what changed: where something stays behind on it", kind=FLAG),
        ),
        examples=("followup", "followup app --whole"),
    ),
    Command(
        "help",
        "commands.maintenance:help_",
        "help on a command",
        words=(("COMMAND", "*"),),
        examples=("followup help", "followup help mark"),
    ),
)


def _changing(command: Command) -> Command:
    command.is_changing = True
    command.options += EVERY_CHANGE
    return command


COMMANDS: dict[str, Command] = {
    command.name: command for command in (*_LOOKING, *map(_changing, _CHANGING), *_PAPERS, *_KEEPING)
}
"""Name -> command, in the order in which help shows them."""
