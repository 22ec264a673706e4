"""The entries of the palette: commands of the screen, of others, then of the shell only, each with its search words."""

from __future__ import annotations

from dataclasses import dataclass

from store.fold_case_and_accents import fold
from store.translation import ENGLISH, language, phrase, phrase_in, tr, tr_in
from tui.app.key_table import COMMANDS, MOVE, KeyCommand, key_shown

OTHER_WORDS = {
    "state": phrase_in("search", "status done finish complete close confirm agree report return mark"),
    "due": phrase_in("search", "deadline postpone extend delay put off reschedule correct"),
    "chase": phrase_in("search", "remind reminder follow up nudge snooze"),
    "note": phrase_in("search", "comment write remark"),
    "edit": phrase_in("search", "change modify rename title owner assign parties quote"),
    "why": phrase_in("search", "reason delay excuse"),
    "seats": phrase_in("search", "nominate officers nomination letter"),
    "add": phrase_in("search", "new create enter insert"),
    "remove": phrase_in("search", "delete erase drop mistake"),
    "aside": phrase_in("search", "hide archive pause snooze postpone"),
    "select": phrase_in("search", "mark several bulk many"),
    "select-all": phrase_in("search", "mark everything bulk"),
    "copy": phrase_in("search", "clipboard yank"),
    "filter": phrase_in("search", "search query look for only clear one party by to"),
    "now": phrase_in("search", "today morning urgent"),
    "open-view": phrase_in("search", "all pending todo active"),
    "overdue": phrase_in("search", "late missed"),
    "to-confirm": phrase_in("search", "unconfirmed waiting"),
    "silent": phrase_in("search", "quiet no news stale"),
    "mine": phrase_in("search", "me my owner"),
    "finished": phrase_in("search", "done closed archive kept"),
    "group": phrase_in("search", "sort by category"),
    "sort": phrase_in("search", "order arrange clear reset back urgency"),
    "wrap": phrase_in("search", "long titles cut full"),
    "party": phrase_in("search", "institution partner lens country only"),
    "visits": phrase_in("search", "meetings missions trips events"),
    "parties": phrase_in("search", "institutions partners organisations rename merge delete alias short name"),
    "merge-party": phrase_in("search", "join duplicate same"),
    "remove-party": phrase_in("search", "delete"),
    "timeline": phrase_in("search", "deadlines weeks months gantt"),
    "progress": phrase_in("search", "statistics charts rate numbers dashboard"),
    "papers": phrase_in("search", "report print sheet export word docx donor"),
    "choose": phrase_in("search", "options language quarter"),
    "write": phrase_in("search", "export save file docx word html"),
    "import": phrase_in("search", "load excel spreadsheet csv upload"),
    "capture": phrase_in("search", "report minutes text promises extract read document docx pdf mail"),
    "capture-take": phrase_in("search", "accept yes add"),
    "capture-edit": phrase_in("search", "change amend"),
    "capture-refuse": phrase_in("search", "reject no decline"),
    "capture-later": phrase_in("search", "skip next"),
    "capture-merge": phrase_in("search", "same duplicate join"),
    "capture-more": phrase_in("search", "again twice"),
    "capture-to": phrase_in("search", "to whom recipient"),
    "capture-date": phrase_in("search", "deadline due"),
    "capture-mask": phrase_in("search", "person name privacy anonymous"),
    "capture-undo": phrase_in("search", "revert back"),
    "capture-left-out": phrase_in("search", "missed sentences all"),
    "capture-order": phrase_in("search", "sort"),
    "capture-text": phrase_in("search", "source original"),
    "export": phrase_in("search", "save file spreadsheet excel csv ics calendar download html"),
    "print": phrase_in("search", "pager printer lpr paper"),
    "undo": phrase_in("search", "revert back mistake"),
    "redo": phrase_in("search", "again"),
    "help": phrase_in("search", "keys signs manual shortcuts colours"),
    "redraw": phrase_in("search", "refresh repaint"),
    "suspend": phrase_in("search", "background shell"),
    "quit": phrase_in("search", "exit close leave"),
}
"""Id of a command -> other words for it, beside those of its sentence; the first is as good a name as its own."""

_IN_THE_SHELL = (
    (
        "followup config ground dark",
        phrase("colours for a dark ground, or with light for a light one"),
        phrase_in("search", "theme color scheme background"),
    ),
    (
        "followup config",
        phrase("settings: language, view, silence, time zone"),
        phrase_in("search", "preferences options configure theme"),
    ),
    (
        "followup digest",
        phrase("what one person needs this morning, for mail"),
        phrase_in("search", "email e-mail newsletter summary send"),
    ),
    ("followup backup", phrase("a verified copy of the store"), phrase_in("search", "save copy archive")),
    (
        "followup restore",
        phrase("an earlier copy in the place of the store"),
        phrase_in("search", "recover backup damaged"),
    ),
    ("followup doctor", phrase("check the store, and repair it"), phrase_in("search", "verify damage fsck problem")),
    (
        "followup init --shared --group G",
        phrase("a store that colleagues share"),
        phrase_in("search", "share team multiuser permissions"),
    ),
    (
        "followup redact ID --passage TEXT",
        phrase("take a passage out of everything"),
        phrase_in("search", "erase censor privacy delete personal"),
    ),
    ("followup history ID", phrase("every event of a commitment"), phrase_in("search", "log audit changes who")),
    ("followup batch", phrase("many changes from a file"), phrase_in("search", "script bulk commands")),
    ("followup check", phrase("one line for monitoring"), phrase_in("search", "nagios cron alert")),
    ("followup completion bash", phrase("completion of commands in the shell"), phrase_in("search", "tab zsh fish")),
    (
        "followup visit add --like SLUG",
        phrase("a visit like another, with its promises"),
        phrase_in("search", "copy duplicate clone template repeat"),
    ),
    (
        "followup add --every month --until DAY",
        phrase("a promise that recurs"),
        phrase_in("search", "repeat series monthly quarterly"),
    ),
)
"""What to type in the shell, what it does, other words for it."""

_PLACES = {
    "list": phrase("on the list: Esc"),
    "commitment": phrase("on a commitment: Enter"),
    "visits": phrase("on the visits: v"),
    "parties": phrase("on the parties: i"),
    "timeline": phrase("on the calendar: t"),
    "progress": phrase("on progress: P"),
    "paper": phrase("on a paper: R"),
    "import": phrase("on an import: I"),
    "capture": phrase("on a text that is captured: C"),
    "help": phrase("in the help: ?"),
}

IN_THE_SHELL = phrase("In the shell")


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """A line of the palette: its key or what to type, what it does, its heading.

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
        english, words = OTHER_WORDS.get(command.id, ""), _other_words(command)
        searched = fold(f"{command.id} {command.english_label} {command.label} {command.help} {english} {words}")
        if language() != ENGLISH:
            searched += fold(f" {command.english_help}")
        if screen in command.screens:
            names = (command.label, command.english_label, command.id, english.split(" ")[0], words.split(" ")[0])
            own.append(
                PaletteEntry(
                    key_shown(command.shown),
                    command.help,
                    tr(command.group),
                    searched,
                    fold(" ".join(names)),
                    command.id,
                )
            )
        else:
            place = tr(_PLACES[command.screens[0]])
            where, _, leads_there = place.rpartition(": ")
            text = f"{command.help} ({where})"
            # Behind the key that leads there: alone it would be read as one of this screen.
            shown = f"{leads_there} {command.shown.partition(',')[0]}"
            advice = tr("{key} works {place}", key=command.shown, place=place)
            others.append(PaletteEntry(shown, text, "", searched, advice=advice))
    shell = [
        PaletteEntry(
            *(line, tr(text), tr(IN_THE_SHELL)),
            fold(" ".join((command, text, words, tr(text), tr_in("search", words)))),
            advice=tr("in the shell: {command}", command=line),
        )
        for command, text, words in _IN_THE_SHELL
        for line in (_said_line(command),)
    ]
    # What opens and goes back is known already: what one looks for comes before it.
    return [*sorted(own, key=lambda entry: entry.group == tr(MOVE)), *others, *shell]


def _said_line(command: str) -> str:
    """A line for the shell, its placeholders in the language of the program."""
    return " ".join(tr_in("placeholder", word) if word.isupper() else word for word in command.split())


def _other_words(command: KeyCommand) -> str:
    """The aliases of a command in the language of the program, beside the English ones."""
    words = OTHER_WORDS.get(command.id)
    return tr_in("search", words) if words else ""


_LEAST_STEM, _ENDING = 4, 3
"""Letters of a Russian word that are always looked for, and those at its end that may be others."""


def matching(entries: list[PaletteEntry], words: list[str]) -> list[PaletteEntry]:
    """The entries that have all words (folded); without words those of this screen and of the shell."""
    if not words:
        return [entry for entry in entries if entry.group]
    found = [entry for entry in entries if all(word in entry.searched for word in words)]
    if not found and not "".join(words).isascii():
        # Russian words have endings: `отложено` finds `отложить`.
        words = [word[: max(_LEAST_STEM, len(word) - _ENDING)] for word in words]
        found = [entry for entry in entries if all(word in entry.searched for word in words)]

    def rank(entry: PaletteEntry) -> tuple[bool, bool, bool]:
        # Those of the screen come first; of them those that are called so, then those whose own sentence says it.
        is_called_so = all(any(part.startswith(word) for part in entry.name.split()) for word in words)
        return not entry.id, not is_called_so, any(word not in fold(entry.text) for word in words)

    return sorted(found, key=rank)
