"""The one table of commands: keys, footer, help and palette come from it, and every key can be pressed anywhere."""

import os
import re
import string
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pytest

from store.database import Database
from tests.support.app_driver import Hand, driven, key_events, story
from tests.support.store_builders import make_empty, record
from tui.app.key_table import ACT, ALL_SCREENS, BY_ID, COMMANDS, KeyCommand, command_of, footer_of
from tui.app.pages.help_page import help_lines, help_title
from tui.app.pages.palette_entries import palette_entries
from tui.app.screens.base_screen import BaseScreen
from tui.keyboard_layout import in_latin
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle

RECORDS = ("list", "commitment", "timeline")
SHOWING = ("list", "commitment", "visits", "parties", "timeline", "progress")

CONTRACT = {
    **dict.fromkeys(("j", "k", "down", "up", "g", "G", "ctrl+d", "ctrl+u", "pageup", "pagedown"), ALL_SCREENS),
    **dict.fromkeys(("home", "end", "escape", "h", "q", "ctrl+l", "ctrl+z", "ctrl+c"), ALL_SCREENS),
    "enter": ("list", "visits", "parties", "timeline"),
    **dict.fromkeys(("s", "d", "c", "w", "n", "e", "+", "-", "S", "y"), RECORDS),
    "a": SHOWING,
    **dict.fromkeys(("space", "*", "/", "1", "2", "3", "4", "5", "6", "b", "tab"), ("list",)),
    "p": ("list", "commitment"),
    "i": SHOWING,
    "m": ("parties",),
    **dict.fromkeys(("v", "t", "P", "u", "U", "ctrl+r", "?", ":", "ctrl+p"), SHOWING),
    **dict.fromkeys(("left", "right"), ("timeline",)),
    **dict.fromkeys(("R", "I"), (*SHOWING, "paper", "import")),
}
"""Key -> the screens on which it must do something."""

TO = {
    "list": (),
    "commitment": ("enter",),
    "visits": ("v",),
    "parties": ("i",),
    "timeline": ("t",),
    "progress": ("P",),
    "paper": ("R", "s"),
    "import": ("I", *"~/l.csv", "ctrl+s"),
    "capture": ("C", *"~/r.txt", "tab", *"lyon-2022", "ctrl+s"),
    "help": ("?",),
}
"""Place -> the keys that lead to it from the list."""

NAMES_OF_KEYS = {"Enter": "enter", "Esc": "escape", "<-": "left", "->": "right"}
"""Key as people read it -> its name in Textual, where the two differ."""

LATIN = "qwertyuiopasdfghjklzxcvbnm"
CYRILLIC = "йцукенгшщзфывапролдячсмить"

NAMED = (
    "enter", "escape", "tab", "shift+tab", "space", "backspace", "delete", "insert", "up", "down", "left", "right",
    "home", "end", "pageup", "pagedown", "shift+up", "shift+down", "ctrl+home", "ctrl+end", "ctrl+pageup",
    "ctrl+pagedown", *(f"f{number}" for number in range(1, 13)), *(f"ctrl+{letter}" for letter in LATIN),
    "ctrl+space", "ctrl+backslash", "ctrl+right_square_bracket", "super+c", "alt+x",
)  # fmt: skip
TYPED = (*string.ascii_letters, *string.digits, *string.punctuation, *CYRILLIC, *CYRILLIC.upper(), "№", "国", "é")
BOUND = (*string.ascii_lowercase, *"GIPRSU", *string.digits[:7], *"+-=*/?:.,", *CYRILLIC)
LIKE_LATIN = (
    ("j", "о"),
    ("s", "ы"),
    ("a", "ф"),
    ("v", "м"),
    ("G", "П"),
    ("u", "г"),
    ("U", "Г"),
    (":", "Ж"),
    ("/", "."),
)
"""A move, a menu, a form, a screen, a capital, undo and redo, the palette, the filter."""


@pytest.fixture(autouse=True)
def _files() -> None:
    """What there is to be imported, and to be captured."""
    Path(os.environ["HOME"], "l.csv").write_text("Title,Due,Visit\nSend it,31 March 2023,nowhere\n")
    Path(os.environ["HOME"], "r.txt").write_text(
        "INTERPOL will send the nomination form to UNODC by 31 January 2023.\n"
    )


def does(key: str, place: str) -> KeyCommand | None:
    """What a key does on a place."""
    (event,) = key_events(key)
    return command_of(place, event.key, event.character)


def is_without_meaning(key: str, place: str) -> bool:
    """Whether a key means nothing to the place, nor, as far as is known, to what is in focus there."""
    is_of_fields = place == "import" and key not in TYPED
    return not does(key, place) and not is_of_fields and (key in TYPED or bool(re.fullmatch(r"f\d+|ctrl\+[^j]", key)))


# The table


@pytest.mark.parametrize("place", ALL_SCREENS)
def test_no_key_has_two_meanings_on_one_place(place: str) -> None:
    keys = [key for command in COMMANDS if place in command.screens for key in command.keys]
    assert keys
    assert len(keys) == len(set(keys))
    hidden = set(CYRILLIC + CYRILLIC.upper()) | {other for key, other in (("/", "."), ("?", ",")) if key in keys}
    assert not set(keys) & hidden, "it would hide what the Russian layout means"


@pytest.mark.parametrize("key", CONTRACT)
def test_every_promised_key_is_there(key: str) -> None:
    for place in CONTRACT[key]:
        assert does(key, place), f"{key} does nothing on {place}"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_is_whole(command: KeyCommand) -> None:
    assert BY_ID[command.id] is command
    assert command.help
    assert command.screens
    assert set(command.screens) <= set(ALL_SCREENS)
    for place in command.screens:
        for key in command.keys:
            assert does(key, place) is command


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_help_tells_every_key_and_its_purpose(width: int) -> None:
    lines = [text_of(line) for line in help_lines("list", width, TerminalStyle(width))]
    halves = [lines] if width < 120 else [[line[:59] for line in lines], [line[59:] for line in lines]]
    text = " ".join(" ".join(line for half in halves for line in half).split())
    for command in COMMANDS:
        assert f" {command.shown} {' '.join(command.help.split())}" in text, command.id
    assert all(len(line) <= width for line in lines)


@pytest.mark.parametrize("place", [place for place in ALL_SCREENS if place != "help"])
@story
async def test_the_first_page_of_the_help_has_the_keys_and_signs_of_its_place(demo_store: Database, place: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press(*TO[place], "?")
        assert hand.lines[0].startswith(f" Help · {help_title(place)} ")
        page = hand.lines[1:-2]
        assert any(line.startswith((" IN A FORM", " SIGNS")) for line in page), "the page of the place takes one screen"
        for half in (slice(1, 38), slice(39, None)):
            for line in [line[half] for line in page[: page.index("")]]:
                if line[:1].strip() and not line.isupper():
                    keys = [NAMES_OF_KEYS.get(key, key) for key in line[:8].split()]
                    assert keys
                    assert [key for key in keys if not does(key, place)] == [], line
        await hand.press("/")
        assert hand.in_front == "PaletteScreen"
        await hand.press("escape")
        assert hand.kind == place


@pytest.mark.parametrize("place", ALL_SCREENS)
def test_the_palette_has_every_command_of_its_place_but_the_moves(place: str) -> None:
    offered = {entry.id for entry in palette_entries(place) if entry.id}
    wanted = {command.id for command in COMMANDS if place in command.screens and not command.is_move}
    assert offered == wanted


@pytest.mark.parametrize("place", ALL_SCREENS)
def test_the_line_of_keys_names_commands_of_the_place(place: str) -> None:
    named = footer_of(place)
    assert all(place in command.screens and label for command, label in named)
    assert len({command.id for command, _ in named}) == len(named)
    assert ("quit" if place == "list" else "back") in {command.id for command, _ in named}


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
@pytest.mark.parametrize("place", ALL_SCREENS)
@story
async def test_the_last_line_of_a_place_shows_its_keys(demo_store: Database, place: str, size: tuple[int, int]) -> None:
    async with driven(demo_store, size=size) as hand:
        await hand.press(*TO[place])
        assert hand.kind == place
        last = hand.lines[-1]
        assert ("q quit" if place == "list" else "Esc back") in last
        # On a usual screen the calendar tells of its scales instead.
        assert place == "help" or "? help" in last or (place == "timeline" and "b weeks" in last)
        named = [(command.shown.split(", ")[0], label) for command, label in footer_of(place)]
        shown = [part.strip().partition(" ") for part in last.split("  ") if part.strip()]
        assert [(key, label) for key, _, label in shown if (key, label) not in named] == []


# The Russian layout


@pytest.mark.parametrize("place", ALL_SCREENS)
def test_each_letter_has_the_meaning_of_the_key_that_it_stands_on(place: str) -> None:
    for latin, cyrillic in zip(LATIN + LATIN.upper(), CYRILLIC + CYRILLIC.upper(), strict=True):
        if does(latin, place) or cyrillic != "Ж":
            assert does(latin, place) is does(cyrillic, place), (latin, cyrillic)
        assert in_latin(cyrillic) == latin
    for latin, key in ((":", "Ж"), ("/", "."), ("?", ",")):
        assert does(key, place) is does(latin, place) or (key in ".," and not does(latin, place))


@pytest.mark.parametrize("pair", LIKE_LATIN)
@story
async def test_a_letter_in_the_russian_layout_does_the_same(demo_store: Database, pair: tuple[str, str]) -> None:
    seen = []
    called: list[str] = []

    def undo(app: object) -> None:
        called.append("undo")

    def redo(app: object) -> None:
        called.append("redo")

    for key in pair:
        async with driven(demo_store) as hand:
            await hand.press("j", "j")
            with (
                mock.patch("tui.app.actions.undo_actions.undo", undo),
                mock.patch("tui.app.actions.undo_actions.redo", redo),
            ):
                await hand.press(key)
            seen.append((hand.in_front, hand.lines, hand.app._exit))
    assert called == {"u": ["undo", "undo"], "U": ["redo", "redo"]}.get(pair[0], [])
    assert seen[0] == seen[1]


@pytest.mark.parametrize(("menu", "letters"), [("s", "paircbx"), ("b", "dvpoks")])
@story
async def test_the_letters_of_a_menu_in_the_russian_layout(
    fresh_demo: Callable[[], Database], menu: str, letters: str
) -> None:
    russian = dict(zip(LATIN, CYRILLIC, strict=True))
    for letter in letters:
        seen = []
        for opening, key in ((menu, letter), (russian[menu], russian[letter])):
            store = fresh_demo()
            async with driven(store) as hand:
                await hand.press("3", opening)
                assert hand.in_front == "MenuScreen"
                before = hand.lines
                await hand.press(key)
                seen.append((hand.in_front, hand.lines, record(store, 11)["state"]))
                assert hand.lines != before, f"{key} does nothing"
        assert seen[0] == seen[1], letter


@pytest.mark.parametrize(("down", "up", "away"), [("j", "k", "q"), ("о", "л", "й"), ("down", "up", "escape")])
@story
async def test_the_mark_of_a_menu_moves_and_the_menu_closes(
    demo_store: Database, down: str, up: str, away: str
) -> None:
    async with driven(demo_store) as hand:
        await hand.press("s")
        before = hand.lines
        await hand.press(down)
        assert hand.lines != before
        await hand.press(up)
        assert hand.lines == before
        await hand.press(away)
        assert hand.in_front == "ListScreen"


# Every key, everywhere


async def roll_back_to(hand: Hand, place: str) -> None:
    """Close what a key opened, and go to the place again."""
    for _ in range(6):
        if isinstance(hand.app.screen, BaseScreen):
            break
        await hand.press("escape")
        if hand.in_front == "QuestionScreen":
            await hand.press("y")
    assert isinstance(hand.app.screen, BaseScreen), f"{hand.in_front} does not close"
    filter_bar = hand.app.focused
    if filter_bar is not None and filter_bar.id == "filter":
        await hand.press("escape")
    if hand.kind != place:
        hand.app.show_list()
        await hand.settle()
        hand.list.select(())
        hand.list.change_list_state(filter_text="", lens=None)
        await hand.press("1", *TO[place])


@pytest.mark.parametrize(
    ("place", "kind"),
    # With nothing to point at: the list, and the two screens that lead somewhere else.
    [*((place, "demo") for place in ALL_SCREENS), *((place, "empty") for place in ("list", "visits", "timeline"))],
)
@story
async def test_no_key_on_any_place_ends_the_app(
    demo_store: Database, tmp_path_factory: pytest.TempPathFactory, place: str, kind: str
) -> None:
    folder = tmp_path_factory.mktemp("empty")
    folder.chmod(0o700)
    store = demo_store if kind == "demo" else make_empty(str(folder / "commitments.json"))
    async with driven(store) as hand:
        if place == "commitment" and kind == "empty":
            await hand.press("enter")
            assert hand.kind == "list"
            assert hand.message
            return
        await hand.press(*TO[place])
        with mock.patch.object(hand.app, "action_suspend_process"):
            # Of the characters of one command one: each leads to the same function.
            meant = {command.id: key for key in reversed(TYPED) if (command := does(key, place))}
            meant.pop("quit", None)
            for key in (*(key for key in NAMED if not is_without_meaning(key, place)), *meant.values()):
                assert hand.kind == place, key
                await hand.press(key)
                assert hand.is_alive, f"{key} on {place} ended the app"
                await roll_back_to(hand, place)
                assert hand.is_alive, key
            meaningless = [key for key in (*TYPED, *NAMED) if is_without_meaning(key, place)]
            for key in meaningless:
                for event in key_events(key):
                    hand.send(event)
            await hand.settle()
            assert hand.is_alive, meaningless
            assert hand.app.screen is hand.app.base_screen, meaningless
            assert hand.kind == place, meaningless


@pytest.mark.parametrize("opening", [("s",), ("b",), (":",), ("/",), ("s", "x")])
@story
async def test_no_key_in_a_menu_the_palette_or_the_filter_ends_the_app(
    demo_store: Database, opening: tuple[str, ...]
) -> None:
    async with driven(demo_store) as hand:
        for key in (*NAMED, *BOUND):
            if hand.app.screen is hand.list and hand.app.focused is hand.list.rows:
                await hand.press(*opening)
            await hand.press(key)
            assert hand.is_alive, key
            if hand.in_front not in ("MenuScreen", "PaletteScreen", "ListScreen"):
                await roll_back_to(hand, "list")
            assert hand.is_alive, key


@pytest.mark.parametrize("place", ALL_SCREENS)
@story
async def test_a_key_that_cannot_act_here_says_why(path: str, place: str) -> None:
    async with driven(make_empty(path)) as hand:
        if place in ("commitment", "capture"):
            return  # An empty store has none, and no visit of which a text could be.
        await hand.press(*TO[place])
        for command in COMMANDS:
            if (
                command.group == ACT
                and place in command.screens
                and command.id not in ("add", "edit", "select", "select-all", "copy")
            ):
                hand.app.say("")
                await hand.press(command.keys[0])
                assert hand.message, f"{command.id} on {place} says nothing"
                assert hand.in_front != "MenuScreen"
                await roll_back_to(hand, place)
