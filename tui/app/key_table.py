"""The table of key bindings: which key runs which command on which screen. Footer, help, palette and
docs/reference.md are made from it. Those of forms, the filter bar and a conflict stand in `form_and_filter_keys`.

A command runs a function of `tui.app.actions`, whose module is imported when a key first needs it. With the Russian
keyboard layout a letter works as the Latin one on the same key.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from store.model.vocabulary_and_signs import STEPS
from store.translation import phrase, phrase_in, tr, tr_in
from tui.keyboard_layout import ON_SAME_KEY
from tui.lazy_module import LazyModule

if TYPE_CHECKING:
    from tui.app.actions import (
        back_with_escape,
        capture_actions,
        commitment_actions,
        import_actions,
        list_actions,
        navigation,
        party_actions,
        report_actions,
        terminal_actions,
        undo_actions,
        visit_actions,
    )
    from tui.app.app import FollowUp
else:
    back_with_escape = LazyModule("tui.app.actions.back_with_escape")
    capture_actions = LazyModule("tui.app.actions.capture_actions")
    commitment_actions = LazyModule("tui.app.actions.commitment_actions")
    import_actions = LazyModule("tui.app.actions.import_actions")
    list_actions = LazyModule("tui.app.actions.list_actions")
    navigation = LazyModule("tui.app.actions.navigation")
    party_actions = LazyModule("tui.app.actions.party_actions")
    report_actions = LazyModule("tui.app.actions.report_actions")
    terminal_actions = LazyModule("tui.app.actions.terminal_actions")
    undo_actions = LazyModule("tui.app.actions.undo_actions")
    visit_actions = LazyModule("tui.app.actions.visit_actions")


ALL_SCREENS = ("list", "commitment", "visits", "parties", "timeline", "progress", "paper", "import", "capture", "help")
"""The names of all screens, as `BaseScreen.KIND` gives them."""

MOVE, ACT, SHOW, OTHER = (
    *(phrase("Move"), phrase("Act on what the cursor is on"), phrase("Choose what is shown")),
    phrase("Everything else"),
)

_ON_RECORDS = ("list", "commitment", "timeline")
_MAIN_SCREENS = ("list", "commitment", "visits", "parties", "timeline", "progress")
_WITH_REPORTS = (*_MAIN_SCREENS, "paper", "import")
_WITH_HELP = (*_WITH_REPORTS, "capture")


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """A command and its keys: `keys` as characters or Textual's names, `shown` as displayed.

    `english_label` stands in the footer, `english_help` in the help and the palette, both translated. `action` is
    called with the app, mostly a function of `tui.app.actions`. `is_move`: it moves the cursor of the focused widget,
    so the palette leaves it out.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    english_label: str
    english_help: str
    group: str
    action: Callable[[FollowUp], object]
    screens: tuple[str, ...] = ALL_SCREENS
    is_move: bool = False

    @property
    def label(self) -> str:
        """Its word in the footer."""
        return tr_in("key", self.english_label) if self.english_label else ""

    @property
    def help(self) -> str:
        """What it does, in a sentence."""
        return tr(self.english_help, steps=", ".join(tr(step.short) for step in STEPS.values()))


_KEY_NAMES = (
    ("space", phrase_in("key name", "space")),
    ("tab", phrase_in("key name", "tab")),
    ("down", phrase_in("key name", "down")),
    ("up", phrase_in("key name", "up")),
    ("left", phrase_in("key name", "left")),
    ("right", phrase_in("key name", "right")),
)


def key_shown(shown: str) -> str:
    """Keys as displayed in the language of the program: blank, Tab and arrows by name."""
    for name, word in _KEY_NAMES:
        if name in shown:
            shown = shown.replace(name, tr_in("key name", word))
    return shown


def _move(
    name: str,
    keys: tuple[str, ...],
    shown: str,
    about: str,
    action: Callable[[FollowUp], object],
    screens: tuple[str, ...] = ALL_SCREENS,
) -> KeyCommand:
    return KeyCommand(name, keys, shown, "", about, MOVE, action, screens, is_move=True)


def _view(name: str, digit: str, about: str) -> KeyCommand:
    return KeyCommand(name, (digit,), digit, "", about, SHOW, lambda app: list_actions.view(app, digit), _MAIN_SCREENS)


AT_ANY_TIME = ("redraw", "suspend", "how-to-quit")
"""Commands that work over a form or a menu too."""


COMMANDS = (
    _move("down", ("j", "down"), "j, down", phrase("one down"), lambda app: navigation.move_lines(app, 1)),
    _move("up", ("k", "up"), "k, up", phrase("one up"), lambda app: navigation.move_lines(app, -1)),
    _move(
        "half-down", ("ctrl+d",), "ctrl+d", phrase("half a page down"), lambda app: navigation.move_half_pages(app, 1),
    ),
    _move("half-up", ("ctrl+u",), "ctrl+u", phrase("half a page up"), lambda app: navigation.move_half_pages(app, -1)),
    _move("page-down", ("pagedown",), "PgDn", phrase("a page down"), lambda app: navigation.move_half_pages(app, 2)),
    _move("page-up", ("pageup",), "PgUp", phrase("a page up"), lambda app: navigation.move_half_pages(app, -2)),
    _move("first", ("g", "home"), "g, Home", phrase("to the first"), lambda app: navigation.move_to_end(app, False)),
    _move("last", ("G", "end"), "G, End", phrase("to the last"), lambda app: navigation.move_to_end(app, True)),
    _move(
        "left", ("left",), "left", phrase("timeline: to the one before"), lambda app: navigation.move_sideways(app, -1),
        ("timeline",),
    ),
    _move(
        "right", ("right",), "right", phrase("timeline: to the next one"), lambda app: navigation.move_sideways(app, 1),
        ("timeline",),
    ),
    KeyCommand(
        "open", ("enter",), "Enter", phrase_in("key", "open"), phrase("open what the cursor is on"), MOVE,
        navigation.open_, ("list", "visits", "parties", "timeline"),
    ),
    KeyCommand(
        "back", ("escape", "h"), "Esc, h", phrase_in("key", "back"),
        phrase("back: closes a form or menu, then clears the selection, the filter, the lens, then leaves the screen"),
        MOVE, back_with_escape.back,
    ),
    KeyCommand(
        "state", ("s",), "s", phrase_in("key", "state"), phrase("state: {steps}"), ACT, commitment_actions.state,
        _ON_RECORDS,
    ),
    KeyCommand(
        "due", ("d",), "d", phrase_in("key", "date"), phrase("due date: set, change or correct it, with its reason"),
        ACT, commitment_actions.due, _ON_RECORDS,
    ),
    KeyCommand(
        "chase", ("c",), "c", phrase_in("key", "chase"),
        phrase("chased: a note, and when to look again; the due date stays"), ACT, commitment_actions.chase,
        _ON_RECORDS,
    ),
    KeyCommand(
        "note", ("n",), "n", phrase_in("key", "note"), phrase("note what was said"), ACT, commitment_actions.note,
        _ON_RECORDS,
    ),
    KeyCommand(
        "edit", ("e",), "e", phrase_in("key", "edit"),
        phrase("edit the words, parties, owner ...; the visit; the names of the party"), ACT, commitment_actions.edit,
        _MAIN_SCREENS[:5],
    ),
    KeyCommand(
        "why", ("w",), "w", phrase_in("key", "why"), phrase("why it was missed"), ACT, commitment_actions.why,
        _ON_RECORDS,
    ),
    KeyCommand(
        "seat-more", ("+", "="), "+", "", phrase("one nominated more"), ACT, commitment_actions.one_more, _ON_RECORDS,
    ),
    KeyCommand(
        "seat-fewer", ("-",), "-", "", phrase("one nominated fewer"), ACT, commitment_actions.one_fewer, _ON_RECORDS,
    ),
    KeyCommand(
        "seats", ("S",), "S", phrase_in("key", "seats"), phrase("the seats of a nomination"), ACT,
        commitment_actions.seats, _ON_RECORDS,
    ),
    KeyCommand(
        "add", ("a",), "a", phrase_in("key", "add"), phrase("add a commitment; on the visits, a visit"), ACT,
        commitment_actions.add, _MAIN_SCREENS,
    ),
    KeyCommand(
        "remove", ("X", "delete"), "X, Del", phrase_in("key", "remove"),
        phrase("remove what was entered by mistake, with its reason"), ACT, commitment_actions.remove,
        (*_ON_RECORDS, "visits"),
    ),
    KeyCommand(
        "like", ("L",), "L", phrase_in("key", "like"),
        phrase("add one like this; on the visits, a visit with its promises"), ACT, commitment_actions.add_like,
        ("list", "commitment", "visits"),
    ),
    KeyCommand(
        "aside", ("A",), "A", phrase_in("key", "aside"),
        phrase("on the visits: set a visit aside until a day, or bring it back"), ACT,
        visit_actions.set_aside_or_bring_back, ("visits",),
    ),
    KeyCommand("select", ("space",), "space", "", phrase("select this one"), ACT, list_actions.select, ("list",)),
    KeyCommand(
        "select-all", ("*",), "*", "", phrase("select all that are shown, or none"), ACT, list_actions.select_all,
        ("list",),
    ),
    KeyCommand(
        "copy", ("y",), "y", phrase_in("key", "copy"), phrase("send its line to the terminal's clipboard"), ACT,
        terminal_actions.copy, _ON_RECORDS,
    ),
    KeyCommand(
        "filter", ("/",), "/", phrase_in("key", "find"),
        phrase("filter in the language of queries: by:unodc, to:mia, overdue"), SHOW, list_actions.filter_,
        _MAIN_SCREENS,
    ),
    _view("now", "0", phrase("view: what asks for you now, this morning")),
    _view("open-view", "1", phrase("view: what is open")),
    _view("overdue", "2", phrase("view: overdue")),
    _view("to-confirm", "3", phrase("view: to be confirmed")),
    _view("silent", "4", phrase("view: silent")),
    _view("mine", "5", phrase("view: mine: I owe, owed to me, I chase")),
    _view("finished", "6", phrase("view: finished")),
    _view("view-7", "7", phrase("a view of your own, kept from the filter bar with ctrl+s")),
    _view("view-8", "8", phrase("a view of your own")),
    _view("view-9", "9", phrase("a view of your own")),
    KeyCommand(
        "group", ("b",), "b", phrase_in("key", "group"), phrase("group by deadline, visit, party, owner, kind, state"),
        SHOW, list_actions.group, ("list", "commitment"),
    ),
    KeyCommand(
        "sort", ("o",), "o", phrase_in("key", "sort"),
        phrase("sort by number, title, party, visit, last news, or by urgency again"), SHOW, list_actions.sort,
        ("list",),
    ),
    KeyCommand(
        "wrap", ("z",), "z", phrase_in("key", "whole titles"),
        phrase("titles whole, in as many lines as they need, or cut"), SHOW, list_actions.wrap, ("list",),
    ),
    KeyCommand(
        "party", ("p",), "p", phrase_in("key", "party"),
        phrase("party lens: all that the one who promised owes and is owed"), SHOW, list_actions.lens,
        ("list", "commitment"),
    ),
    KeyCommand(
        "next-party", ("tab",), "Tab", "", phrase("in the lens: the next party of this commitment"), SHOW,
        list_actions.next_party, ("list",),
    ),
    KeyCommand(
        "visits", ("v",), "v", phrase_in("key", "visits"), phrase("the visits, and what each left"), SHOW,
        navigation.visits, _MAIN_SCREENS,
    ),
    KeyCommand(
        "parties", ("i",), "i", phrase_in("key", "parties"),
        phrase("parties: each institution, what it owes; rename, merge, delete a party"), SHOW, party_actions.parties,
        _MAIN_SCREENS,
    ),
    KeyCommand(
        "merge-party", ("m",), "m", phrase_in("key", "merge"),
        phrase("parties: merge this one into another of the same institution"), ACT, party_actions.merge, ("parties",),
    ),
    KeyCommand(
        "remove-party", ("X", "delete"), "X, Del", phrase_in("key", "remove"),
        phrase("parties: delete this one, which nothing names"), ACT, party_actions.remove, ("parties",),
    ),
    KeyCommand(
        "timeline", ("t",), "t", phrase_in("key", "calendar"), phrase("calendar of the deadlines, a timeline"), SHOW,
        navigation.timeline, _MAIN_SCREENS,
    ),
    KeyCommand(
        "scale", ("b",), "b", phrase_in("key", "scale"), phrase("timeline: weeks, months, quarters"), SHOW,
        navigation.scale, ("timeline",),
    ),
    KeyCommand(
        "progress", ("P",), "P", phrase_in("key", "progress"), phrase("progress: opened and finished, on time or late"),
        SHOW, navigation.progress, _MAIN_SCREENS,
    ),
    KeyCommand(
        "papers", ("R",), "R", phrase_in("key", "papers"), phrase("papers: the meeting sheet, the donor's quarter"),
        SHOW, report_actions.reports, _WITH_REPORTS,
    ),
    KeyCommand(
        "choose", ("e",), "e", phrase_in("key", "choose"), phrase("paper: for whom, of which time, in which language"),
        SHOW, report_actions.choose, ("paper",),
    ),
    KeyCommand(
        "write", ("s",), "s", phrase_in("key", "save"), phrase("paper: write it to a file"), OTHER, report_actions.save,
        ("paper",),
    ),
    KeyCommand(
        "import", ("I",), "I", phrase_in("key", "import"), phrase("import a list of another program, with a preview"),
        OTHER, import_actions.import_, _WITH_REPORTS,
    ),
    KeyCommand(
        "export", ("E",), "E", phrase_in("key", "export"),
        phrase("export what the list shows: spreadsheet, CSV, calendar, Markdown, HTML"), OTHER, report_actions.export,
        ("list",),
    ),
    KeyCommand(
        "print", ("P",), "P", phrase_in("key", "print"), phrase("paper: read it in a pager, or print it"), OTHER,
        report_actions.print_, ("paper",),
    ),
    KeyCommand(
        "ask-anew", ("e",), "e", phrase_in("key", "change"), phrase("import: change what was answered, and look again"),
        OTHER, import_actions.import_, ("import",),
    ),
    KeyCommand(
        "answer", ("a",), "a", phrase_in("key", "answer"), phrase("import: answer what is asked about the list"), OTHER,
        import_actions.answer, ("import",),
    ),
    KeyCommand(
        "take-in", ("s",), "s", phrase_in("key", "save"), phrase("import: take in what is shown"), OTHER,
        import_actions.run_import, ("import",),
    ),
    KeyCommand(
        "capture", ("C",), "C", phrase_in("key", "capture"),
        phrase("capture: what a report, minutes or a mail promise"), OTHER, capture_actions.capture, _WITH_REPORTS,
    ),
    KeyCommand(
        "capture-take", ("a", "enter"), "a, Enter", phrase_in("key", "take"), phrase("capture: take it as it stands"),
        ACT, capture_actions.take, ("capture",),
    ),
    KeyCommand(
        "capture-edit", ("e",), "e", phrase_in("key", "edit"), phrase("capture: change it, then take it"), ACT,
        capture_actions.edit, ("capture",),
    ),
    KeyCommand(
        "capture-refuse", ("x",), "x", phrase_in("key", "refuse"), phrase("capture: refuse it"), ACT,
        capture_actions.refuse, ("capture",),
    ),
    KeyCommand(
        "capture-later", ("space",), "space", phrase_in("key", "later"),
        phrase("capture: leave it, and go to the next"), ACT, capture_actions.later, ("capture",),
    ),
    KeyCommand(
        "capture-merge", ("m",), "m", phrase_in("key", "merge"),
        phrase("capture: put it down as a note on the one that it is like"), ACT, capture_actions.merge, ("capture",),
    ),
    KeyCommand(
        "capture-more", ("+", "="), "+", phrase_in("key", "once more"),
        phrase("capture: a second promise of the same sentence"), ACT, capture_actions.once_more, ("capture",),
    ),
    KeyCommand(
        "capture-to", ("t",), "t", phrase_in("key", "to whom"),
        phrase("capture: to whom: the other side, then each who may be meant"), ACT, capture_actions.to_whom,
        ("capture",),
    ),
    KeyCommand(
        "capture-by", ("b",), "b", phrase_in("key", "who promised"),
        phrase("capture: who promised it, one after the other"), ACT, capture_actions.by_whom, ("capture",),
    ),
    KeyCommand(
        "capture-date", ("d",), "d", phrase_in("key", "date"), phrase("capture: its date, before it is taken"), ACT,
        capture_actions.date, ("capture",),
    ),
    KeyCommand(
        "capture-mask", ("N",), "N", phrase_in("key", "mask name"), phrase("capture: mask what may be a person's name"),
        ACT, capture_actions.mask_name, ("capture",),
    ),
    KeyCommand(
        "capture-undo", ("u",), "u", phrase_in("key", "undo"),
        phrase("capture: take back what was decided of it, else the last"), ACT, capture_actions.undo, ("capture",),
    ),
    KeyCommand(
        "capture-left-out", (".",), ".", phrase_in("key", "left out"),
        phrase("capture: show the sentences that were left out, or not"), SHOW, capture_actions.left_out, ("capture",),
    ),
    KeyCommand(
        "capture-find", ("f",), "f", phrase_in("key", "find"),
        phrase("capture: find a sentence by its words, proposed or not"), SHOW, capture_actions.find, ("capture",),
    ),
    KeyCommand(
        "capture-find-next", ("n",), "n", "", phrase("capture: the next sentence with these words"), SHOW,
        capture_actions.find_next, ("capture",),
    ),
    KeyCommand(
        "capture-order", ("o",), "o", phrase_in("key", "order"), phrase("capture: the surest first, or as in the text"),
        SHOW, capture_actions.order, ("capture",),
    ),
    KeyCommand(
        "capture-text", ("v",), "v", phrase_in("key", "text"),
        phrase("capture, on a narrow screen: the text, or what is proposed"), SHOW, capture_actions.text, ("capture",),
    ),
    KeyCommand(
        "undo", ("u",), "u", phrase_in("key", "undo"), phrase("take back my last change"), OTHER, undo_actions.undo,
        _MAIN_SCREENS,
    ),
    KeyCommand(
        "redo", ("U", "ctrl+r"), "U, ctrl+r", "", phrase("bring back what I took back"), OTHER, undo_actions.redo,
        _MAIN_SCREENS,
    ),
    KeyCommand(
        "help", ("?",), "?", phrase_in("key", "help"), phrase("every key, every sign"), OTHER, navigation.help_,
        _WITH_HELP,
    ),
    KeyCommand(
        "palette", (":", "ctrl+p"), ":, ctrl+p", "", phrase("find a command by its words"), OTHER, navigation.palette,
        _WITH_HELP,
    ),
    KeyCommand(
        "find-key", ("/",), "/", phrase_in("key", "find a key"), phrase("help: find a command by its words"), OTHER,
        navigation.find_key, ("help",),
    ),
    KeyCommand("redraw", ("ctrl+l",), "ctrl+l", "", phrase("draw the screen anew"), OTHER, terminal_actions.redraw),
    KeyCommand(
        "suspend", ("ctrl+z",), "ctrl+z", "", phrase("suspend: fg in the shell comes back"), OTHER,
        terminal_actions.suspend,
    ),
    KeyCommand(
        "quit", ("q",), "q", phrase_in("key", "quit"), phrase("back; on the list: quit"), OTHER, navigation.quit_,
    ),
    KeyCommand(
        "how-to-quit", ("ctrl+c",), "ctrl+c", "", phrase("says how to quit"), OTHER, terminal_actions.how_to_quit,
    ),
)  # fmt: skip
"""Every command, in the order of the help."""

BY_ID = {command.id: command for command in COMMANDS}


def keys_of(screen: str) -> dict[str, KeyCommand]:
    """Key -> command on a screen, the letters of the Russian layout included."""
    found = {key: command for command in COMMANDS if screen in command.screens for key in command.keys}
    return found | {ON_SAME_KEY[key]: command for key, command in found.items() if key in ON_SAME_KEY}


@cache
def command_of(screen: str, key: str, character: str | None) -> KeyCommand | None:
    """The command of a key on a screen, by the key's name or the character that it types; None if it has none."""
    keys = keys_of(screen)
    return keys.get(key) or keys.get(character or "")


_FOOTERS: dict[str, tuple[str | tuple[str, str], ...]] = {
    "list": ("open", "state", "due", "chase", "note", "add", "filter", "help", "quit"),
    "commitment": ("back", "state", "due", "chase", "note", "edit", "why", "help"),
    "visits": (("open", phrase_in("key", "its commitments")), "add", "edit", "aside", "filter", "back", "help"),
    "parties": (
        ("open", phrase_in("key", "its commitments")),
        ("edit", phrase_in("key", "names")),
        "merge-party",
        "remove-party",
        "back",
        "help",
    ),
    "timeline": (
        "open",
        "state",
        "due",
        "chase",
        ("scale", phrase_in("key", "weeks, months, quarters")),
        "help",
        "back",
    ),
    "progress": ("back", ("down", phrase_in("key", "down")), "papers", "help"),
    "paper": ("back", "choose", "write", "print", "papers", "help"),
    "import": ("back", "take-in", "answer", "ask-anew", "help"),
    "capture": (
        "capture-take",
        "capture-edit",
        "capture-refuse",
        "capture-later",
        "capture-merge",
        "capture-more",
        "capture-undo",
        "capture-text",
        "help",
        "back",
    ),
    "help": ("back", "find-key"),
}
"""Screen -> the commands in its footer, with another label where its own says too little there."""


def footer_of(screen: str) -> list[tuple[KeyCommand, str]]:
    """The commands in the footer of a screen, the most needed first, with their labels."""
    entries = [entry if isinstance(entry, tuple) else (entry, "") for entry in _FOOTERS[screen]]
    return [(BY_ID[name], tr_in("key", label) if label else BY_ID[name].label) for name, label in entries]
