"""Tables of the words that people guess for commands and options, those of other programs among them: what to type.

Read only where a command line is refused. A word that may mean a look gets a command that looks.
"""

from __future__ import annotations

_EDIT = "followup edit {id} --title TEXT (or --owner, --by, --to ...) changes a commitment"
_DUE = "followup due {id} {date}{reason}"
_CHASE = (
    "followup list chase lists whom to chase, "
    "followup chase {id} says that somebody was (--note {text}, --again {date})"
)
_CONFIG = "followup config shows the settings, followup config KEY VALUE sets one"
NO_PARTY_ADD = "a party is there as soon as a commitment or a visit names it"
_NOTHING_ERASED = (
    "followup remove {id} --reason TEXT takes one out that was entered by mistake, followup undo the last change"
)
_FROM_A_LIST = "followup import FILE --dry-run shows what a list of another program would bring"
_REPORTS = "followup sheet writes the sheet of a meeting, followup report the one for a donor"

MEANT = {
    "followup now lists what to act on this morning": (
        "todo to-do tasks task urgent next pending agenda inbox morning dashboard act action actions attention "
        "daily day standup ready backlog"
    ),
    "followup list due:tomorrow lists what is due then": "tomorrow",
    "followup week lists what is due within 7 days": "dues sprint upcoming soon deadlines deadline calendar schedule",
    "followup no-date lists what has no date": "undated nodate dateless without-date no-deadline",
    "followup list chase lists whom to chase": "tochase to-chase chases chasing",
    "followup unconfirmed lists what is to be confirmed": "to-confirm toconfirm to-be-confirmed unacknowledged",
    "followup show {id} shows everything about one": (
        "view see look info detail details get cat inspect describe read notes checkout ball turn whose "
        "where waiting-for"
    ),
    "followup history{of} shows what happened, followup digest what changed since the last working day": (
        "log logs diff events changes activity audit journal blame recent news since what-changed whats-new"
    ),
    "followup overdue lists what is late, followup list extended what was put off": "delayed delays slipped",
    "followup now lists what to act on, followup status counts what there is": "what whats brief report-today",
    "the most urgent stand first in every list; followup due {id} {date} changes the date that decides it": (
        "priority prio important star flag pin rank"
    ),
    "followup list kind:nominate lists those of a kind, followup edit {id} --kind KIND says another": (
        "kind kinds category categories type types"
    ),
    "followup list owner:{who} lists what somebody chases": "user users owners chased-by",
    "followup config lang ru makes all of it Russian, followup sheet --lang ru a paper alone": (
        "lang language russian translate translation"
    ),
    "followup config ground dark (or light) says what the terminal draws on": "color colour colors theme dark light",
    "followup export -o commitments.ics --alarm 7d writes the dates for a calendar that rings": "alarm alarms notify",
    "followup list overdue or today or week lists the most urgent, followup status the first ten": "top first",
    _CHASE: (
        "chased nag nudged remind reminder reminders ping nudge call called phone phoned email emailed mail contact "
        "follow follow-up escalate"
    ),
    "followup chase {id} --again {date} brings it up again then, and counts as chased; the due date stays": (
        "snooze wait"
    ),
    _DUE: "postpone delay extend reschedule date defer prolong extension",
    _EDIT: "update change modify correct amend rename-title",
    "followup edit {id} --owner {who} says who chases it": "assign reassign delegate",
    "followup edit {id} --owner {who} says who chases it, followup owner rename OLD NEW renames one": "owner handover",
    "followup edit {id} --kind KIND says of which kind it is, followup note {id} {text} puts down a note": (
        "tag tags label labels"
    ),
    "followup done {id} --evidence {text} names the paper that shows it, followup note {id} {text} puts down a note; "
    "no file is kept": "attach attachment attachments evidence",
    "followup list by:{party} lists what it owes, followup list to:{party} what it is owed, followup parties shows "
    "how much": "owes owe owing debts",
    "followup list to:{party} lists what it is owed, followup list by:{party} what it owes, followup parties shows "
    "how much": "owed",
    "followup list party:{party} lists what it owes and is owed, followup parties lists them all": "who whom",
    "followup edit {id} --title TEXT renames a commitment, followup party edit NAME --name TEXT a party, "
    "followup visit edit SLUG --title TEXT a visit": "rename",
    "followup list --sort due (or id, title, by, to, updated, silent) puts them into another order": (
        "sort order orderby"
    ),
    "followup list QUERY lists what matches, as by:MIA overdue": "filter grep query where select",
    f"{_REPORTS}; -o FILE.docx or -o FILE.html is for the printer": "print pdf paper papers word docx handout",
    _REPORTS: "briefing minutes meeting quarterly quarter reports sheets",
    "followup export -o commitments.xlsx writes them for other programs": ("excel xlsx spreadsheet table dump"),
    "followup export -o commitments.csv writes a file, followup export --format csv prints it": "csv",
    "followup export -o commitments.ics writes the dates for a calendar": "ics ical",
    _FROM_A_LIST: "upload load apply ingest",
    "each change is saved at once; followup backup writes a copy": "save commit write copy",
    "followup party merge {names} makes two entries of one institution one": "merge join dedupe",
    "followup close {id} --because dropped ends one that will not be kept (or declined, overtaken, superseded), "
    "followup remove {id} --reason TEXT takes one out that was entered by mistake": (
        "cancel drop abandon decline declined reject rejected dismiss archive"
    ),
    "followup close {id} --because dropped ends one that will not be kept, followup mark {id} agreed says that it was "
    "not begun after all": "stop stopped halt",
    "followup done {id} says that it was done, followup unconfirmed lists what waits to be confirmed": (
        "complete completed finish fulfil fulfill fulfilled deliver delivered report-done resolve resolved tick"
    ),
    "followup list outcome:met,met-extended,met-late,met-undated lists what was kept, followup done {id} says that "
    "one was done": "kept met",
    "followup list outcome:not-met lists what was not met, followup overdue what is late": (
        "broken missed unmet unkept failed"
    ),
    "followup list state:confirmed lists what was confirmed, followup confirm {id} says that one was received": (
        "confirmed received"
    ),
    "followup list state:proposed lists what was proposed": "proposed",
    "followup unconfirmed lists what was reported and is to be confirmed": "reported",
    "followup mark {id} STATE changes the state (proposed, agreed, in-progress, reported, confirmed, closed), followup "
    "list state:agreed lists what has one": "state states transition",
    "followup undo takes back your last change; else followup mark {id} agreed --take-back takes a report back (or "
    "proposed, in-progress)": "unreport unmark undo-report take-back takeback withdraw",
    "followup visit back {slug} brings back a visit that was set aside": "unaside",
    "followup confirm {id} says that it was received": "receive acknowledge approve approved verify",
    "followup list state:agreed lists what was agreed, followup agree {id} says that one was": "agreed accepted",
    "followup agree {id} says that it was agreed": "accept",
    "followup history shows what was sent back, followup mark {id} returned --note {text} sends a reported one back": (
        "return returned sendback send-back sent-back unconfirm"
    ),
    "followup undo takes back your last change; else followup mark {id} proposed takes it up again (or agreed, "
    "in-progress: the state that followup history {id} shows)": "reopen unclose resume restart",
    "followup note {id} {text} puts down a note": "comment remark annotate noted",
    "followup reason {id} {text} says why it was missed, followup show {id} shows it": "why reasons excuse explain",
    "followup seats {id} --nominated N counts them, followup list kind:nominate lists the nominations": (
        "nominate nomination nominations nominee nominees seat"
    ),
    "followup status shows the counts and the most urgent ones": (
        "count counts stats statistics summary overview progress"
    ),
    "followup parties lists them": (
        "people partner partners institution institutions organisations organizations contacts"
    ),
    "followup visits lists them": "project projects trips trip missions mission meetings events-list",
    "followup list --all lists all": "all everything commitments commitment promises promise",
    _CONFIG: "settings setting preferences options configure set whoami me",
    "followup --version": "version",
    "there is nothing to leave: each command is done when it has answered": "quit exit q bye logout",
    "followup alone, on a terminal, opens the app": "gui tui ui run interactive screen menu board kanban",
    "followup help lists the commands, followup COMMAND --help shows one": "man manual docs tutorial usage commands ?",
    _NOTHING_ERASED: "clear reset wipe purge erase destroy del trash forget discard",
    "followup undo takes back the last change, followup undo --list shows which can be": (
        "back revert rollback oops unremove undelete undone undo-last undo-all delete-last remove-last"
    ),
    "a store is shared by its file, followup init --shared --group G makes one; nothing needs to be sent": (
        "sync push pull share login send publish"
    ),
    "followup doctor checks the store": "health validate diagnose fsck repair",
    "followup demo makes a store to try things out": "test try sample example playground",
    "followup init makes a store": "setup install initialise initialize begin",
    "followup restore --list shows the copies there are": "recover copies backups",
}
"""What to type -> the words, no commands, that ask for it."""

INSTEAD = {word: sentence for sentence, words in MEANT.items() for word in words.split()}

PHRASES = {
    **dict.fromkeys(("late", "delayed", "past due"), "overdue"),
    **dict.fromkeys(("no date", "without date", "without a date", "no deadline", "no due date", "undated"), "no-date"),
    **dict.fromkeys(("to be confirmed", "to confirm", "not confirmed", "waiting for confirmation"), "unconfirmed"),
    **dict.fromkeys(("due soon", "soon", "due this week", "this week", "next week", "due week", "upcoming"), "week"),
    **dict.fromkeys(("due today", "due now"), "today"),
    **dict.fromkeys(("to chase", "to be chased", "needs chasing"), "chase"),
    **dict.fromkeys(("my", "my own", "for me", "assigned to me"), "mine"),
    **dict.fromkeys(("not done", "undone", "pending", "not finished", "still open", "all open"), "open"),
    **dict.fromkeys(("put off", "postponed", "extensions"), "extended"),
    **dict.fromkeys(("set aside", "on hold", "parked"), "aside"),
    **dict.fromkeys(("no answer", "no news", "not heard of"), "silent"),
    **dict.fromkeys(("morning", "this morning", "todo", "to do", "next", "urgent", "agenda"), "now"),
}
"""Words behind `list`, in small letters -> the word of the query language that they mean."""

SEEN_WITH = {
    "due": "followup week lists what is due within 7 days",
    "chase": "followup list chase lists whom to chase",
    "note": "followup show ID shows the notes",
    "done": "followup unconfirmed lists what was done and is to be confirmed",
    "confirm": "followup unconfirmed lists what is to be confirmed",
    "close": "followup closed lists what was closed",
    "agree": "followup list state:agreed lists what was agreed",
    "start": "followup list state:in-progress lists what was begun; followup alone opens the app",
    "show": "followup list shows their numbers",
}
"""Changing command -> what to type where, alone, it may have been meant as a look."""

GROUPS = {
    "visit": "followup visits lists the visits",
    "party": f"followup parties lists the parties; {NO_PARTY_ADD}",
}
SAME_VERB = {
    "add": ("new", "create", "enter", "insert"),
    "edit": ("change", "update", "modify", "rename", "set", "move"),
    "remove": ("delete", "rm", "del"),
    "list": ("ls", "all"),
    "merge": ("join",),
    "show": ("view", "info", "details", "cat", "get"),
    "aside": ("set-aside", "hide", "park", "pause", "suspend", "postpone", "snooze"),
    "back": ("unaside", "un-aside", "unhide", "restore", "return", "resume", "reopen", "bring-back"),
}
"""Verb of a group -> other words for it."""

OPTION_ELSEWHERE = {
    ("add", "--reason"): "a new promise needs none, followup reason ID TEXT says afterwards why one is late",
    ("add", "--letter"): "followup seats ID --letter REF puts it down afterwards",
    ("add", "--nominated"): "followup seats ID --nominated N counts them afterwards",
    ("add", "--done"): "followup done ID --on DATE says that afterwards",
    ("add", "--note"): "followup note ID TEXT puts one down afterwards",
    ("sheet", "--pdf"): "there is no PDF, followup sheet -o sheet.html writes a page to print",
    ("sheet", "--word"): "followup sheet -o sheet.docx writes one",
    ("sheet", "--docx"): "followup sheet -o sheet.docx writes one",
    ("report", "--pdf"): "there is no PDF, followup report -o report.html writes a page to print",
    ("export", "--csv"): "followup export -o FILE.csv writes one",
    ("export", "--xlsx"): "followup export -o FILE.xlsx writes one",
    ("export", "--excel"): "followup export -o FILE.xlsx writes one",
    ("export", "--pdf"): "there is no PDF, followup export -o FILE.html writes a page to print",
    ("status", "--whole"): "the app has it, followup app --whole",
    ("list", "--table"): "the table is what it prints, into a pipe too",
    ("list", "--csv"): "followup export -o FILE.csv writes one, --tsv prints lines for scripts",
    ("add", "--no-date"): "without --due it has no date",
    ("add", "--undated"): "without --due it has none",
    ("party edit", "--delete"): "followup party remove NAME takes out one that nothing names",
    ("party edit", "--remove"): "followup party remove NAME takes it out where nothing names it",
    **dict.fromkeys(
        (("undo", name) for name in ("--last", "--latest", "--all", "-n")),
        "followup undo takes back your last change, followup undo --list shows which can be",
    ),
    ("visit edit", "--delete"): "followup visit remove SLUG takes out an empty one",
}
"""(Command, option of another command) -> which command has it."""

SAME_OPTION = {
    "--due": ("--date", "--deadline", "--when", "--by-date"),
    "--from": ("--start", "--begin"),
    "--on": ("--date", "--day", "--when"),
    "--to": ("--end", "--until", "--for"),
    "--note": ("--comment", "--message", "-m", "--text", "--remark", "-n"),
    "--reason": ("--why", "--because", "--note", "--comment", "--message", "-m"),
    "--owner": ("--assign", "--assignee", "--who", "--responsible"),
    "--by": ("--party", "--promised-by", "--from"),
    "--evidence": ("--proof", "--link"),
    "--state": ("--mark",),
    "--place": ("--location", "--city", "--where", "--country"),
    "--host": ("--institution", "--with", "--receiver"),
    "--delegation": (
        *("--party", "--parties", "--participant", "--participants", "--member", "--members", "--people"),
        *("--attendees", "--guests", "--visitors", "--who"),
    ),
    "--slug": ("--id", "--short"),
    "--output": ("--out", "--file"),
    "--title": ("--text", "--name", "--what", "--description", "--subject", "--promise", "-t"),
    "--all": ("--finished", "--everything"),
    "--tsv": ("--plain", "--format"),
    "--json": ("--format",),
    "--again": ("--next", "--in"),
    "--yes": ("--force", "-y", "-f"),
}
"""Option -> other words for it, in any command whose own words (`option_synonyms`) say nothing else."""
