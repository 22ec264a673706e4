"""What the palette offers: the commands of the screen, then those of others, then what only the shell does; each is
found by the words that people use for it.
"""

from __future__ import annotations

from dataclasses import dataclass

from store.text import fold
from tui.app.key_table import COMMANDS, MOVE

OTHER_WORDS = {
    "state": "status done finish complete close confirm agree report return mark",
    "due": "deadline postpone extend delay put off reschedule correct",
    "chase": "remind reminder follow up nudge snooze",
    "note": "comment write remark",
    "edit": "change modify rename title owner assign parties quote",
    "why": "reason delay excuse",
    "seats": "nominate officers nomination letter",
    "add": "new create enter insert",
    "remove": "delete erase drop mistake",
    "aside": "hide archive pause snooze postpone",
    "select": "mark several bulk many",
    "select-all": "mark everything bulk",
    "copy": "clipboard yank",
    "filter": "search query look for only clear one party by to",
    "now": "today morning urgent",
    "open-view": "all pending todo active",
    "overdue": "late missed",
    "to-confirm": "unconfirmed waiting",
    "silent": "quiet no news stale",
    "mine": "me my owner",
    "finished": "done closed archive kept",
    "group": "sort by category",
    "sort": "order arrange clear reset back urgency",
    "wrap": "long titles cut full",
    "party": "institution partner lens country only",
    "visits": "meetings missions trips events",
    "parties": "institutions partners organisations rename merge delete alias short name",
    "merge-party": "join duplicate same",
    "remove-party": "delete",
    "timeline": "deadlines weeks months gantt",
    "progress": "statistics charts rate numbers dashboard",
    "papers": "report print sheet export word docx donor",
    "choose": "options language quarter",
    "write": "export save file docx word html",
    "import": "load excel spreadsheet csv upload",
    "capture": "report minutes text promises extract read document docx pdf mail",
    "capture-take": "accept yes add",
    "capture-edit": "change amend",
    "capture-refuse": "reject no decline",
    "capture-later": "skip next",
    "capture-merge": "same duplicate join",
    "capture-more": "again twice",
    "capture-to": "to whom recipient",
    "capture-date": "deadline due",
    "capture-mask": "person name privacy anonymous",
    "capture-undo": "revert back",
    "capture-left-out": "missed sentences all",
    "capture-order": "sort",
    "capture-text": "source original",
    "export": "save file spreadsheet excel csv ics calendar download html",
    "print": "pager printer lpr paper",
    "undo": "revert back mistake",
    "redo": "again",
    "help": "keys signs manual shortcuts colours",
    "redraw": "refresh repaint",
    "suspend": "background shell",
    "quit": "exit close leave",
}
"""Id of a command -> other words for it, beside those of its sentence; the first is as good a name as its own."""

_IN_THE_SHELL = (
    (
        "followup config ground dark",
        "colours for a dark ground, or with light for a light one",
        "theme color scheme background",
    ),
    ("followup config", "settings: language, view, silence, time zone", "preferences options configure theme"),
    ("followup digest", "what one person needs this morning, for mail", "email e-mail newsletter summary send"),
    ("followup backup", "a verified copy of the store", "save copy archive"),
    ("followup restore", "an earlier copy in the place of the store", "recover backup damaged"),
    ("followup doctor", "check the store, and repair it", "verify damage fsck problem"),
    ("followup init --shared --group G", "a store that colleagues share", "share team multiuser permissions"),
    ("followup redact ID --passage TEXT", "take a passage out of everything", "erase censor privacy delete personal"),
    ("followup history ID", "every event of a commitment", "log audit changes who"),
    ("followup batch", "many changes from a file", "script bulk commands"),
    ("followup check", "one line for monitoring", "nagios cron alert"),
    ("followup completion bash", "completion of commands in the shell", "tab zsh fish"),
    (
        "followup visit add --like SLUG",
        "a visit like another, with its promises",
        "copy duplicate clone template repeat",
    ),
    ("followup add --every month --until DAY", "a promise that recurs", "repeat series monthly quarterly"),
)
"""What to type in the shell, what it does, other words for it."""

_PLACES = {
    "list": "on the list: Esc",
    "commitment": "on a commitment: Enter",
    "visits": "on the visits: v",
    "parties": "on the parties: i",
    "timeline": "on the calendar: t",
    "progress": "on progress: P",
    "paper": "on a paper: R",
    "import": "on an import: I",
    "capture": "on a text that is captured: C",
    "help": "in the help: ?",
}

IN_THE_SHELL = "In the shell"


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A line of the palette: its key or what to type, what it does, the heading it stands under.

    `id` is that of a command of this screen; without one, choosing it shows `advice`. Its `name` is what it is mostly
    called, folded.
    """

    shown: str
    text: str
    group: str
    searched: str
    name: str = ""
    id: str = ""
    advice: str = ""


def palette_entries(screen: str) -> list[PaletteEntry]:
    """All entries on a screen, its own commands first."""
    own, others = [], []
    for command in COMMANDS:
        if command.is_move:
            continue
        searched = fold(f"{command.id} {command.label} {command.help} {OTHER_WORDS.get(command.id, '')}")
        if screen in command.screens:
            name = fold(f"{command.label} {command.id} {OTHER_WORDS.get(command.id, '').split(' ')[0]}")
            own.append(PaletteEntry(command.shown, command.help, command.group, searched, name, command.id))
        else:
            place = _PLACES[command.screens[0]]
            where, _, leads_there = place.rpartition(": ")
            text = f"{command.help} ({where})"
            # Behind the key that leads there: alone it would be read as one of this screen.
            shown = f"{leads_there} {command.shown.partition(',')[0]}"
            others.append(PaletteEntry(shown, text, "", searched, advice=f"{command.shown} works {place}"))
    shell = [
        PaletteEntry(command, text, IN_THE_SHELL, fold(f"{command} {text} {words}"), advice=f"in the shell: {command}")
        for command, text, words in _IN_THE_SHELL
    ]
    # What opens and goes back is known already: what one looks for comes before it.
    return [*sorted(own, key=lambda entry: entry.group == MOVE), *others, *shell]


def matching(entries: list[PaletteEntry], words: list[str]) -> list[PaletteEntry]:
    """The entries that have all words (folded); for none those of this screen and of the shell."""
    if not words:
        return [entry for entry in entries if entry.group]
    found = [entry for entry in entries if all(word in entry.searched for word in words)]

    def rank(entry: PaletteEntry) -> tuple[bool, bool, bool]:
        # Those of the screen come first; of them those that are called so, then those whose own sentence says it.
        is_called_so = all(any(part.startswith(word) for part in entry.name.split()) for word in words)
        return not entry.id, not is_called_so, any(word not in fold(entry.text) for word in words)

    return sorted(found, key=rank)
