"""The table of commands: their words, options, help, examples and functions.

`tui.cli.arguments` parses by it; argparse is imported only for help and completion, made of the same table.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import CLOSING_REASONS, FIRST_STATES, KINDS
from store.rules.days import Direction
from store.translation import phrase, phrase_in
from tui.cli.command_types import DATE, FLAG, OPTIONAL_WORD, TEXT, WORD, Command, Option
from tui.lazy_module import LazyModule

GLOBAL_OPTIONS = (
    Option("--store", "the store's JSON file", metavar="PATH", complete="files"),
    Option("--today", "the day that counts as today", kind=WORD, metavar="YYYY-MM-DD"),
    Option("--lang", "the language of what is said: en, ru, auto", metavar="LANGUAGE", complete="languages and auto"),
    Option("--help", "show this help", kind=FLAG),
)
JSON = Option("--json", "print one JSON document", kind=FLAG)
REASON = Option("--reason", "why", kind=TEXT)
NOTE = Option("--note", "a note on it", kind=TEXT)
OUT = Option("--output", "write a file (default: stdout)", metavar="FILE", complete="files", short="-o")
FORCE = Option("--force", "write over a file that is there", kind=FLAG)
INTERNAL = Option("--internal", "with notes, owners, quotes, sources, evidence, letters", kind=FLAG)
HANDLING_MARK = Option("--mark", "a handling mark, printed on every page", metavar="TEXT")
LANG = Option("--lang", "its language: en (default), ru", metavar="LANGUAGE", complete="languages")
QUERY = (("QUERY", "*"),)
IDS = ("ID", "+")
ID = ("ID", "1")
CHANGE_OPTIONS = (
    JSON,
    Option(
        "--on",
        "the day it happened (default: today; of a confirmation, the day reported)",
        kind=DATE,
        direction=Direction.BACK,
    ),
    Option("--expect-rev", "refuse (exit 6) unless the commitment is at this revision", metavar="N"),
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tui.cli import completion
    from tui.cli import help as help_text
    from tui.cli.commands import (
        batch,
        capture,
        change,
        check,
        exports,
        imports,
        maintenance,
        python,
        reports,
        settings,
        show,
        show_history,
        show_visits_parties,
        status,
        undo_redact,
        visits_parties,
    )
    from tui.cli.commands import list as list_command
else:
    completion = LazyModule("tui.cli.completion")
    help_text = LazyModule("tui.cli.help")
    batch = LazyModule("tui.cli.commands.batch")
    capture = LazyModule("tui.cli.commands.capture")
    change = LazyModule("tui.cli.commands.change")
    check = LazyModule("tui.cli.commands.check")
    exports = LazyModule("tui.cli.commands.exports")
    imports = LazyModule("tui.cli.commands.imports")
    list_command = LazyModule("tui.cli.commands.list")
    maintenance = LazyModule("tui.cli.commands.maintenance")
    python = LazyModule("tui.cli.commands.python")
    reports = LazyModule("tui.cli.commands.reports")
    settings = LazyModule("tui.cli.commands.settings")
    show = LazyModule("tui.cli.commands.show")
    show_history = LazyModule("tui.cli.commands.show_history")
    show_visits_parties = LazyModule("tui.cli.commands.show_visits_parties")
    status = LazyModule("tui.cli.commands.status")
    undo_redact = LazyModule("tui.cli.commands.undo_redact")
    visits_parties = LazyModule("tui.cli.commands.visits_parties")


def _party(name: str, about: str, *, is_repeatable: bool = False) -> Option:
    return Option(name, about, metavar="PARTY", is_repeatable=is_repeatable, complete="parties")


NEW_PARTY = Option(
    "--new-party",
    "this name is a new party, though it resembles a known one or joins several",
    metavar="NAME",
    is_repeatable=True,
)

_VISIT_FIELDS = (
    Option("--place", "where it was", kind=TEXT, metavar="PLACE"),
    Option("--from", "its first day", kind=DATE, direction=Direction.NEAREST),
    Option("--to", "its last day (default: the first)", kind=DATE, direction=Direction.NEAREST),
    Option("--slug", "its short name, as lyon-2022", metavar="SLUG"),
    _party("--host", "an institution that received it", is_repeatable=True),
    Option("--delegation", "who came", kind=TEXT),
    Option("--programme", "under which programme", kind=TEXT),
    Option("--donor", "who paid", kind=TEXT),
    Option("--grant", "the number of the grant", kind=TEXT),
    Option("--contact", "whom a reader of a report may ask", kind=TEXT),
    NEW_PARTY,
)
_COMMITMENT_FIELDS = (
    Option("--visit", "the visit where it was promised", metavar="SLUG", complete="visits"),
    _party("--by", "who promised it", is_repeatable=True),
    _party("--to", "to whom it was promised", is_repeatable=True),
    _party("--via", "the channel, as an NCB"),
    _party("--support", "who helps", is_repeatable=True),
    Option("--kind", ", ".join(KINDS)),
    Option("--owner", "who chases it (default: who enters it)", metavar="NAME"),
    Option("--quote", "the words of the promise", kind=TEXT),
    Option("--source", "where they stand", kind=TEXT),
    Option("--words", "the deadline in the words as agreed", kind=TEXT),
    Option("--after", "the commitment it waits for", metavar="ID", complete="ids"),
    NEW_PARTY,
)

_READ_COMMANDS = (
    Command(
        "status",
        "the quick check: late, due, undated, to be confirmed, silent",
        run=status.status,
        words=QUERY,
        options=(JSON, Option("--short", "one line, nothing where there is no store of one's own yet", kind=FLAG)),
        examples=("followup status", phrase("followup status visit:lyon --short")),
        takes_query=True,
    ),
    Command(
        "list",
        "commitments, most urgent first",
        run=list_command.list_,
        words=QUERY,
        options=(
            JSON,
            Option("--tsv", "a line for each with tabs, for scripts", kind=FLAG),
            Option("--ids", "numbers only", kind=FLAG),
            Option(
                "--sort",
                "order by urgency, due, id, title, visit, kind, by, to, state, owner, updated, silent",
                metavar="FIELD",
            ),
            Option("--all", "finished ones too", kind=FLAG),
        ),
        examples=(
            phrase("followup list overdue or silent to:INTERPOL"),
            phrase("followup list due:..2w -by:me --json"),
        ),
        takes_query=True,
    ),
    Command(
        "show",
        "everything about one commitment",
        run=show.show,
        words=(ID,),
        options=(JSON,),
        examples=("followup show 3", "followup 3 --json"),
    ),
    Command(
        "history",
        "what happened, newest last",
        run=show_history.history,
        words=(("ID", "?"),),
        options=(
            JSON,
            Option(
                "--since",
                "what happened, or was put down, on that day or later",
                kind=DATE,
                direction=Direction.BACK,
            ),
            Option("--verify", "compare with the system's log, a file or -", metavar="LOG", complete="files"),
            Option("--moved-from", "where the store lay when its older lines were logged", metavar="PATH"),
        ),
        examples=(phrase("followup history 3 --since yesterday"), "followup history --verify /var/log/auth.log"),
    ),
    Command(
        "visits",
        "the visits, and what each left",
        run=show_visits_parties.visits,
        words=QUERY,
        options=(JSON,),
        examples=("followup visits", phrase("followup visits tashkent --json")),
        takes_query=True,
    ),
    Command(
        "parties",
        "each institution: what it owes and is owed",
        run=show_visits_parties.parties,
        options=(JSON,),
        examples=("followup parties", "followup parties --json"),
    ),
    Command(
        "check",
        "one line for monitoring; exit 0 OK, 1 due, 2 overdue, 3 unknown",
        run=check.check,
        words=QUERY,
        options=(Option("--within", "days ahead that count as due soon (default: 7)", metavar="DAYS"),),
        examples=("followup check", phrase("followup check to:INTERPOL --within 14")),
        takes_query=True,
    ),
)

_CHANGE_COMMANDS = (
    Command(
        "visit add",
        "enter a visit; prints its slug",
        change=visits_parties.visit_add,
        words=(("TITLE", "+"),),
        required=("--place", "--from"),
        options=(
            *_VISIT_FIELDS,
            Option(
                "--like",
                "a visit whose place, hosts and donor it has too; its promises are entered again, proposed",
                metavar="SLUG",
                complete="visits",
            ),
        ),
        examples=(
            phrase("followup visit add Study visit to Lyon --place Lyon --from yesterday --to today --slug lyon"),
            phrase("followup visit add Quarterly meeting --place Tashkent --from today --slug tashkent-q1 --donor INL"),
        ),
    ),
    Command(
        "visit edit",
        "change fields of a visit",
        change=visits_parties.visit_edit,
        words=(("SLUG", "1"),),
        options=(Option("--title", "its title", kind=TEXT), *_VISIT_FIELDS),
        examples=(phrase("followup visit edit lyon --to tomorrow"), phrase('followup visit edit lyon --donor "INL"')),
    ),
    Command(
        "visit aside",
        "set a visit aside: its open commitments are in no list until then",
        change=visits_parties.visit_aside,
        words=(("SLUG", "1"),),
        options=(
            Option("--until", "the day on which it is back (default: until visit back)", kind=DATE),
            Option("--reason", "why; it stands in internal papers", kind=TEXT),
        ),
        examples=(phrase("followup visit aside lyon --until end of March"), "followup list aside"),
    ),
    Command(
        "visit back",
        "bring back a visit that was set aside",
        change=visits_parties.visit_back,
        words=(("SLUG", "1"),),
        examples=("followup visit back lyon", "followup visits"),
    ),
    Command(
        "visit remove",
        "take out a visit without commitments",
        change=visits_parties.visit_remove,
        words=(("SLUG", "1"),),
        examples=("followup visit remove tashkent-q1", "followup visit remove test-2026"),
    ),
    Command(
        "add",
        "enter a commitment; prints its number",
        change=change.add,
        words=(("TITLE", "+"),),
        required=("--visit", "--by", "--to"),
        options=(
            *_COMMITMENT_FIELDS,
            Option("--state", "proposed (default) or agreed", choices=FIRST_STATES),
            Option("--due", "until when", kind=DATE),
            Option("--seats", "how many seats are wanted", metavar="N"),
            Option("--every", "one for each period", choices=("month", "quarter", "year")),
            Option("--until", "the last day for --every", kind=DATE),
            Option("--yes", "enter also a series of more than 120", kind=FLAG),
            Option(
                "--like",
                "a commitment whose visit, parties, channel, kind and seats it has too",
                metavar="ID",
                complete="ids",
            ),
        ),
        examples=(
            phrase('followup add Nominate officers to the HTEG --visit lyon --by "MIA Uzbekistan" --to INTERPOL'),
            phrase("followup add Send figures --visit lyon --by UNODC --to INL --every quarter --until +1y"),
        ),
    ),
    Command(
        "edit",
        "change fields of a commitment (`none` takes a field out)",
        change=change.edit,
        words=(ID,),
        options=(Option("--title", "what was promised", kind=TEXT), *_COMMITMENT_FIELDS),
        examples=(
            phrase("followup edit 3 --owner asel"),
            phrase('followup edit 3 --via "NCB Tashkent" --kind nominate-experts'),
        ),
    ),
    Command(
        "mark",
        "give commitments another state",
        change=change.mark,
        words=(IDS, ("STATE", "1")),
        options=(
            NOTE,
            _party("--said-by", "who says so", is_repeatable=True),
            Option("--evidence", "what shows it", kind=TEXT),
            Option("--because", "why it is closed", choices=tuple(CLOSING_REASONS)),
            _party("--agreed-by", "who agreed to closing it"),
            Option("--by-id", "the commitment that supersedes it", metavar="ID", complete="ids"),
            Option("--take-back", "take back a report or a confirmation, where the state does", kind=FLAG),
            NEW_PARTY,
        ),
        examples=(phrase("followup mark 3 done --evidence letter 12/44 --on yesterday"), "followup mark 3 5-7 agreed"),
    ),
    Command(
        "due",
        "set or change the due date (`none`: no date)",
        change=change.due,
        words=(ID, ("DATE", "+")),
        options=(
            Option("--reason", "why; papers that are handed to others print it", kind=TEXT),
            _party("--asked-by", "who asked for the change"),
            _party("--agreed-by", "who agreed to it"),
            Option("--words", "the deadline in the words as agreed", kind=TEXT),
            Option("--correct", "the date was mistyped: this is no extension", kind=FLAG),
            NEW_PARTY,
        ),
        examples=(
            phrase("followup due 3 end of March"),
            phrase("followup due 3 end of June --reason new minister --asked-by MIA"),
        ),
    ),
    Command(
        "reason",
        "say why a promise was missed, in words that papers print for others",
        change=change.reason,
        words=(ID, ("TEXT", "+")),
        examples=(phrase("followup reason 3 the minister changed"), "followup reason 3 - < why.txt"),
    ),
    Command(
        "chase",
        "somebody was chased; the due date stays",
        change=change.chase,
        words=(IDS,),
        options=(NOTE, Option("--again", "when to look again (default: +2w)", kind=DATE)),
        examples=(phrase("followup chase 3 --note called the assistant"), phrase("followup chase 3 5 --again +1w")),
    ),
    Command(
        "note",
        "put down a note (`-` reads it from stdin)",
        change=change.note,
        words=(ID, ("TEXT", "+")),
        examples=(phrase("followup note 3 the letter is with the minister"), phrase("followup note 3 - < mail.txt")),
    ),
    Command(
        "seats",
        "count the seats of a nomination",
        change=change.seats,
        words=(ID,),
        options=(
            Option("--wanted", "how many are wanted, or `unknown`", metavar="N"),
            Option("--nominated", "how many were nominated (+N: so many more)", metavar="N"),
            Option("--acknowledged", "how many were acknowledged", metavar="N"),
            Option("--letter", "the reference of the letter", kind=TEXT, metavar="REF"),
            Option("--endorsed", "the day the NCB endorsed it", kind=DATE, direction=Direction.BACK),
        ),
        examples=("followup seats 3 --wanted 3 --nominated 2", "followup seats 3 --acknowledged 2 --letter 12/44"),
    ),
    Command(
        "party edit",
        "change the names of a party",
        change=visits_parties.party_edit,
        words=(("NAME", "1"),),
        options=(
            Option("--name", "its full name", kind=TEXT),
            Option("--short", "its short name, shown in tables", kind=TEXT),
            Option("--ru", "its Russian name", kind=TEXT),
            Option("--alias", "one more name that finds it", metavar="NAME", is_repeatable=True),
            Option(
                "--new-party",
                "this name is meant, though it would be taken for another party",
                metavar="NAME",
                is_repeatable=True,
            ),
        ),
        examples=(
            phrase('followup party edit "MIA Uzbekistan" --short "MIA UZ" --ru "МВД Узбекистана"'),
            phrase("followup party edit INTERPOL --alias ICPO"),
        ),
    ),
    Command(
        "party merge",
        "make two entries of one institution one",
        change=visits_parties.party_merge,
        words=(("OLD", "1"), ("NEW", "1")),
        options=(Option("--yes", "though a party would then promise itself something", kind=FLAG),),
        examples=(
            phrase("followup party merge INTEPROL INTERPOL"),
            phrase('followup party merge "Min. of Interior" "MIA Uzbekistan"'),
        ),
    ),
    Command(
        "party remove",
        "take out a party that nothing names",
        change=visits_parties.party_remove,
        words=(("NAME", "1"),),
        examples=(phrase("followup party remove Europol"), phrase('followup party remove "a slip"')),
    ),
    Command(
        "owner rename",
        "give all commitments of one owner to another name",
        change=visits_parties.owner_rename,
        words=(("OLD", "1"), ("NEW", "1")),
        examples=(
            phrase("followup owner rename asel asel.karimova"),
            phrase('followup owner rename asel.karimova "Asel Karimova"'),
        ),
    ),
    Command(
        "remove",
        "take out a proposed commitment entered by mistake",
        change=change.remove,
        words=(ID,),
        options=(REASON,),
        examples=(phrase("followup remove 4 --reason entered twice"), phrase('followup remove 4 --reason "same as 2"')),
    ),
    Command(
        "undo",
        "take back my last change",
        change=undo_redact.undo,
        words=(("CHANGE", "?"),),
        options=(
            Option("--list", "show which changes can be taken back", kind=FLAG),
            Option("--yes", "the change is meant, though a commitment has its number", kind=FLAG),
        ),
        examples=("followup undo", "followup undo --list"),
    ),
    Command(
        "redo",
        "bring back what my last undo took back",
        change=undo_redact.redo,
        examples=("followup redo", "followup redo --json"),
    ),
    Command(
        "redact",
        "take a passage out of a commitment, its history, the copies",
        change=undo_redact.redact,
        words=(ID,),
        options=(
            Option("--passage", "the words to forget, letter by letter", kind=TEXT),
            Option("--yes", "do not ask", kind=FLAG),
        ),
        examples=(phrase('followup redact 3 --passage "a name"'), phrase('followup redact 3 --passage "a name" --yes')),
    ),
)

ONLY = Option("--only", "narrowed by a query, as 'by:UNODC overdue'", kind=TEXT, metavar="QUERY")
DOCUMENT_FORMAT = Option(
    "--format", "by default what FILE ends with, else text", choices=("text", "md", "html", "docx")
)

_REPORT_COMMANDS = (
    Command(
        "sheet",
        "the meeting sheet: what each party owes and is owed, what was done, what to ask",
        run=reports.sheet,
        words=(("PARTY", "*"),),
        options=(
            Option(
                "--since",
                "the last meeting (default: the last visit or meeting that the party had a part in)",
                kind=DATE,
                direction=Direction.BACK,
            ),
            Option("--until", "the next meeting (default: in three months)", kind=DATE),
            Option("--meeting", "the meeting that it is for, which heads the sheet", metavar="TITLE"),
            Option("--place", "where the meeting is: TOWN, PARTY names its host, which comes first", metavar="PLACE"),
            Option("--on", "the day of the meeting", kind=DATE),
            Option("--decisions", "lines for a decision and a new date, once for each, and for signatures", kind=FLAG),
            DOCUMENT_FORMAT,
            LANG,
            OUT,
            FORCE,
            ONLY,
            INTERNAL,
            HANDLING_MARK,
        ),
        examples=(
            phrase(
                "followup sheet --meeting 'Quarterly meeting' --place Tashkent --on '10 March' --decisions "
                "-o sheet.docx"
            ),
            phrase('followup sheet INTERPOL "MIA UZ" --lang ru -o sheet.docx'),
        ),
    ),
    Command(
        "digest",
        "what one person needs this morning: late, due, to chase, to confirm, what changed",
        run=reports.digest,
        words=QUERY,
        options=(
            Option("--for", "the person: a login, a mail address, a party (default: me)", metavar="NAME"),
            Option(
                "--format",
                "by default what FILE ends with, else text; mail is a message for sendmail -t",
                choices=("text", "html", "mail"),
            ),
            LANG,
            OUT,
            FORCE,
            HANDLING_MARK,
        ),
        examples=("followup digest", "followup digest --for asel@unodc.org --lang ru --format mail | sendmail -t"),
        takes_query=True,
    ),
    Command(
        "report",
        "the donor's quarter: planned, done, on time or why not, what is open",
        run=reports.report,
        options=(
            Option(
                "--quarter",
                "as 2023-Q1 (default: the last one that has ended)",
                kind=DATE,
                metavar="QUARTER",
                direction=Direction.BACK,
            ),
            Option("--from", "or the first day of another period", kind=DATE, direction=Direction.BACK),
            Option("--to", "and its last day", kind=DATE, direction=Direction.NEAREST),
            Option("--donor", "visits of this donor only", kind=TEXT, metavar="DONOR"),
            Option("--intro", "your own words for its first page: Markdown", metavar="FILE"),
            DOCUMENT_FORMAT,
            LANG,
            OUT,
            FORCE,
            ONLY,
            INTERNAL,
            HANDLING_MARK,
        ),
        examples=(
            phrase("followup report --donor INL -o report.html"),
            "followup report --quarter 2023-Q1 --lang ru --intro summary.md -o report.docx",
        ),
    ),
    Command(
        "export",
        "commitments for other programs, finished ones too: all, or those that match",
        run=exports.export,
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
            Option("--events", "ICS: due dates as events of a day, for Outlook and Google", kind=FLAG),
            Option(
                "--lang",
                "xlsx, md, html, ics: their language: en, ru (default: that of the messages)",
                metavar="LANGUAGE",
                complete="languages",
            ),
            INTERNAL,
            HANDLING_MARK,
        ),
        examples=(
            phrase("followup export -o commitments.xlsx"),
            phrase("followup export open by:UNODC --format ics --alarm 7d"),
        ),
        takes_query=True,
    ),
)

_STORE_COMMANDS = (
    Command(
        "party list",
        "every party with all its names",
        run=show_visits_parties.party_list,
        options=(JSON,),
        examples=("followup party list", "followup party list --json"),
    ),
    Command(
        "batch",
        "run one changing command a line, from a file or stdin",
        run=batch.batch,
        words=(("FILE", "?"),),
        options=(Option("--atomic", "all lines are one change, or none", kind=FLAG),),
        examples=(
            "followup batch changes.txt --atomic",
            phrase("printf 'mark 3 done\\nnote 5 called\\n' | followup batch"),
        ),
    ),
    Command(
        "python",
        "run a Python script with the store open as db, a TinyDB",
        run=python.python,
        words=(("FILE", "1"), ("ARGS", "*")),
        examples=("followup python late.py --month 2023-03", "echo 'print(len(db))' | followup python -"),
        takes_rest=True,
    ),
    Command(
        "capture",
        "propose the commitments that stand in a report, minutes, a note: txt, md, docx, pdf, html, eml",
        run=capture.capture,
        words=(("FILE", "*"),),
        options=(
            Option("--visit", "the visit where they were promised", metavar="SLUG", complete="visits"),
            Option("--dated", "the day of the text (default: told from it)", kind=DATE, direction=Direction.NEAREST),
            Option(
                "--format",
                "what the file is (default: told from it)",
                choices=("txt", "md", "docx", "pdf", "html", "eml"),
            ),
            Option("--encoding", "utf-8, cp1251, ... (default: told from the file)", metavar="E"),
            Option("--lang", "its language (default: told from it)", choices=("en", "ru")),
            Option(
                "--mailbox",
                "the mails of a mailbox (mbox, maildir) that were not seen before",
                metavar="PATH",
                complete="files",
            ),
            Option("--dry-run", "print the proposals, and store nothing", kind=FLAG),
            JSON,
            Option("--all", "with what is unlikely, or was refused", kind=FLAG),
            Option("--take", "take these proposals, by their numbers in --json", metavar="N,...", is_repeatable=True),
            Option("--text-hash", "refuse (exit 6) unless text and proposals have this hash", metavar="H"),
            _party("--by", "who promised, of those taken that do not say", is_repeatable=True),
            _party("--to", "to whom, of those taken that do not say", is_repeatable=True),
        ),
        examples=(
            "followup capture report.docx --visit lyon-2022 --dry-run",
            "followup capture minutes.txt --visit lyon-2022 --json",
        ),
    ),
    Command(
        "import",
        "bring in a list of another program: CSV, XLSX, ICS, JSON",
        run=imports.import_,
        words=(("FILE", "1"),),
        options=(
            Option("--format", "what the file is (default: told from it)", choices=("csv", "json", "ics", "xlsx")),
            Option("--visit", "the visit of rows that name none", metavar="SLUG", complete="visits"),
            Option(
                "--new-visit",
                "make this visit, for rows that name none or its title",
                metavar="SLUG",
                is_repeatable=True,
            ),
            Option("--title", "of the new visit (default: the one that the rows name)", kind=TEXT, is_repeatable=True),
            Option("--place", "of the new visit", kind=TEXT, is_repeatable=True),
            Option("--from", "its first day", kind=DATE, is_repeatable=True),
            Option("--to", "its last day (default: the first)", kind=DATE, is_repeatable=True),
            Option("--like", "read it as the list of this name was read", metavar="NAME"),
            Option(
                "--map",
                "the column that holds a field, by name, letter or number; FIELD=none, none=COLUMN: none does",
                metavar="FIELD=COLUMN",
                is_repeatable=True,
            ),
            Option(
                "--default", "what a field has where a new row has nothing", metavar="FIELD=VALUE", is_repeatable=True
            ),
            Option(
                "--set",
                "what a field has in all rows, whatever stands there",
                metavar="FIELD=VALUE",
                is_repeatable=True,
            ),
            Option(
                "--value",
                "what a word of the list means: state:Ongoing=in-progress, by:All=none",
                metavar="FIELD:WORD=VALUE",
                is_repeatable=True,
            ),
            Option(
                "--events",
                "the events of a calendar that are promises: 1,3-5 (default: all)",
                kind=OPTIONAL_WORD,
                metavar="NUMBERS",
            ),
            Option("--leave-out", "rows that are none of the list: 3,7-9", metavar="ROWS", is_repeatable=True),
            Option(
                "--holds", "rows that hold, though struck through in part: 3,7-9", metavar="ROWS", is_repeatable=True
            ),
            Option("--dates", "how all its dates in figures are written", choices=("dmy", "mdy")),
            Option("--dry-run", "show what would change, and change nothing", kind=FLAG),
            Option(
                "--skip-bad",
                "take the good rows, write the others to a file (default: NAME-bad.csv)",
                kind=OPTIONAL_WORD,
                metavar="FILE",
                complete="files",
            ),
            Option("--reason", "why agreed dates changed, for rows that do not say", kind=TEXT),
            Option(
                "--new-party",
                "this name is a new party, though it resembles a known one, joins several or is like a person's",
                metavar="NAME",
                is_repeatable=True,
            ),
            Option(
                "--new-parties",
                "names that resemble a known party or join several are new parties",
                kind=FLAG,
            ),
            Option("--encoding", "utf-8, cp1251, ... (default: told from the file)", metavar="E"),
            Option("--delimiter", "comma, semicolon, tab, or a character (default: told from the file)", metavar="D"),
            Option("--sheet", "the sheet of a workbook (default: the first with such headings)", metavar="NAME"),
            JSON,
        ),
        examples=(
            "followup import actions.csv --visit lyon --dry-run",
            "followup import plan.xlsx --visit lyon --map by=C --default to=INTERPOL --dates dmy --skip-bad",
        ),
    ),
    Command(
        "init",
        "make a store",
        run=maintenance.init,
        words=(("PATH", "?"),),
        options=(
            Option("--shared", "for a group: folder 2770, files 0660", kind=FLAG),
            Option("--group", "the group, on a server the role, that shares it", metavar="G"),
            Option("--readers", "on a server, the role that may only look", metavar="ROLE"),
            Option("--timezone", "the time zone of its days, as Asia/Tashkent", metavar="Z"),
        ),
        examples=(
            "followup init",
            "followup init /srv/followup/commitments.json --shared --group unodc --timezone Asia/Tashkent",
        ),
    ),
    Command(
        "demo",
        "make a store with the Lyon visit and two more, to try things out",
        run=maintenance.demo,
        words=(("PATH", "?"),),
        examples=("followup demo", "followup demo /tmp/demo.json"),
    ),
    Command(
        "doctor",
        "check the store; exit 0 clean, 1 findings, 4 unreadable",
        run=maintenance.doctor,
        options=(Option("--repair", "mend what is safe to mend", kind=FLAG),),
        examples=("followup doctor", "followup doctor --repair"),
    ),
    Command(
        "backup",
        "write a verified copy of the store; into a folder one for each revision",
        run=maintenance.backup,
        words=(("PATH", "?"),),
        examples=("followup backup /var/backups/followup/", "followup backup /media/usb/commitments-2026-11.json"),
    ),
    Command(
        "move",
        "move the store from its file to a server, or back",
        run=maintenance.move,
        words=(("PATH", "1"),),
        options=(
            Option("--group", "the role that may change it, where the store is made there", metavar="ROLE"),
            Option("--readers", "the role that may look at it", metavar="ROLE"),
        ),
        examples=(
            "followup move postgresql://db.example.org/followup --group offices",
            "followup move /srv/followup/commitments.json",
        ),
    ),
    Command(
        "restore",
        "bring back a copy; the replaced store is kept beside it",
        run=maintenance.restore,
        words=(("PATH", "?"),),
        options=(Option("--list", "show the copies there are", kind=FLAG),),
        examples=("followup restore --list", "followup restore 12"),
    ),
    Command(
        "config",
        "settings, and where each came from",
        run=settings.config,
        words=(("KEY", "?"), ("VALUE", "*")),
        options=(JSON, Option("--shared", "set it in the store, for all", kind=FLAG)),
        examples=("followup config me asel UNODC", "followup config silent-after 45 --shared"),
    ),
    Command(
        "completion",
        "print the completion script of a shell",
        run=completion.completion_command,
        words=(("SHELL", "1"),),
        examples=(
            'eval "$(followup completion bash)"',
            "followup completion fish > ~/.config/fish/completions/followup.fish",
        ),
    ),
    Command(
        "app",
        "the full-screen app: what followup alone opens on a terminal",
        options=(
            Option(
                "--whole", "draw all of the screen, not what changed: where something stays behind on it", kind=FLAG
            ),
        ),
        examples=("followup", "followup app --whole"),
    ),
    Command(
        "help",
        "help on a command",
        run=help_text.help_command,
        words=(("COMMAND", "*"),),
        examples=("followup help", "followup help mark"),
    ),
)


for _command in _CHANGE_COMMANDS:
    _command.options += CHANGE_OPTIONS

COMMAND_GROUPS = {
    phrase_in("commands", "Look"): _READ_COMMANDS,
    phrase_in("commands", "Change"): _CHANGE_COMMANDS,
    phrase_in("commands", "Papers and lists"): _REPORT_COMMANDS,
    phrase_in("commands", "Keep"): _STORE_COMMANDS,
}
"""Heading -> the commands below it in the help of all."""

COMMANDS: dict[str, Command] = {command.name: command for group in COMMAND_GROUPS.values() for command in group}
"""Name -> command, in the order in which help shows them."""
