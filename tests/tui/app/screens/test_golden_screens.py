"""Every screen as a person sees it, on the demo store and a fixed day, kept as text.

`make golden` draws the golden files anew.
"""

import re

import pytest

from store.database import Database
from tests.support.app_driver import Hand, driven, story
from tests.support.golden_files import assert_golden
from tests.support.store_builders import make_empty

SCREENS: dict[str, tuple[str, ...]] = {
    "list": (),
    "list-last": ("G",),
    "view-now": ("0",),
    "view-overdue": ("2",),
    "view-to-confirm": ("3",),
    "view-silent": ("4",),
    "view-mine": ("5",),
    "view-finished": ("6",),
    "sort-menu": ("o",),
    "by-number": ("o", "n"),
    "whole-titles": ("z",),
    "by-visit": ("b", "v"),
    "by-party": ("b", "p"),
    "by-owner": ("b", "o"),
    "by-kind": ("b", "k"),
    "by-state": ("b", "s"),
    "lens": ("j", "p"),
    "filter-typed": ("/", *"to:interpol -over"),
    "filter-kept": ("/", *"to:interpol -overdue", "enter"),
    "filter-empty": ("/", *"zzz", "enter"),
    "selection": ("space", "space", "2"),
    "state-menu": ("s",),
    "state-menu-many": ("space", "space", "space", "s"),
    "group-menu": ("b",),
    "form-due": ("j", "d", *"end of march"),
    "form-add": ("a", *"Send the training catalogue"),
    "form-add-more": ("a", "up", "down", *["tab"] * 6, "m"),
    "form-edit": ("e",),
    "form-note": ("n", *"I rang"),
    "form-chase": ("c", "tab"),
    "form-reported": ("j", "j", "j", "j", "s", "r"),
    "form-visit": ("v", "a"),
    "palette": (":",),
    "palette-typed": (":", *"view"),
    "help": ("?",),
    "help-last": ("?", "G"),
    "visits": ("v",),
    "visit-opened": ("v", "enter"),
    "parties": ("i",),
    "party-opened": ("i", "j", "enter"),
    "form-party": ("i", "e"),
    "name-question": ("a", *"Send it", "tab", *"INTEPROL", "ctrl+s"),
    "timeline": ("t",),
    "timeline-moved": ("t", "j", "right"),
    "progress": ("P",),
    "progress-last": ("P", "G"),
    "commitment": ("j", "enter"),
    "commitment-last": ("j", "enter", "G"),
    "undo-nothing": ("u",),
    "how-to-quit": ("ctrl+c",),
}
"""Name of a screen -> the keys that lead to it."""

SMALL = ("form-due", "form-add", "form-note", "form-reported",
         "list", "lens", "filter-kept", "selection", "state-menu", "palette", "help", "visits", "parties", "timeline",
         "progress", "commitment", "view-finished")  # fmt: skip

IN_ASCII = ("form-due", "form-add", "form-note",
            "list", "commitment", "timeline", "progress", "progress-last", "visits", "visit-opened", "lens",
            "filter-typed", "selection", "state-menu", "group-menu", "palette", "help", "help-last")  # fmt: skip
"""One of each thing that is drawn."""


def same_as_golden(hand: Hand, name: str) -> None:
    """Compare the screen with its golden file, without the counts on top: those stand in the files of the list only."""
    screen = hand.screen
    if not name.startswith(("list-", "empty-list")) and re.search(r"\d overdue +\d", hand.lines[0]):
        screen = screen.partition("\n")[2]
    assert_golden(__file__, f"{name}.txt", screen)


def assert_fits(hand: Hand, columns: int, rows: int) -> None:
    from rich.cells import cell_len

    assert len(hand.raw_lines) == rows
    assert all(cell_len(line) <= columns for line in hand.raw_lines)


@pytest.mark.golden
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80", "120"])
@pytest.mark.parametrize("name", SCREENS)
@story
async def test_screen(demo_store: Database, name: str, size: tuple[int, int]) -> None:
    async with driven(demo_store, size=size, me=["UNODC", "adviser"]) as hand:
        await hand.press(*SCREENS[name])
        await hand.painted()
        assert_fits(hand, *size)
        same_as_golden(hand, f"{name}-{size[0]}")


@pytest.mark.golden
@pytest.mark.parametrize("name", SMALL)
@story
async def test_small_screen(demo_store: Database, name: str) -> None:
    async with driven(demo_store, size=(60, 16)) as hand:
        await hand.press(*SCREENS[name])
        await hand.painted()
        assert_fits(hand, 60, 16)
        same_as_golden(hand, f"{name}-60")


@pytest.mark.golden
@pytest.mark.parametrize("name", IN_ASCII)
@story
async def test_screen_in_ascii(demo_store: Database, name: str) -> None:
    async with driven(demo_store, is_utf8=False, me=["UNODC", "adviser"]) as hand:
        await hand.press(*SCREENS[name])
        await hand.painted()
        # The long dash of the Russian names stands in the data, not in what we draw.
        assert all(line.isascii() for line in hand.lines), [line for line in hand.lines if not line.isascii()]
        if name in ("list", "commitment", "timeline", "progress", "visits"):
            same_as_golden(hand, f"{name}-ascii")


@pytest.mark.golden
@pytest.mark.parametrize("way", ["", "v", "t", "P", "6", "?", ":"])
@story
async def test_empty_store(path: str, way: str) -> None:
    async with driven(make_empty(path)) as hand:
        await hand.press(*way)
        await hand.painted()
        assert_fits(hand, 80, 24)
        names = {
            "": "list",
            "v": "visits",
            "t": "timeline",
            "P": "progress",
            "6": "finished",
            "?": "help",
            ":": "palette",
        }
        if way not in ("?", ":"):
            same_as_golden(hand, f"empty-{names[way]}")


@story
async def test_the_counts_stand_at_every_size(demo_store: Database) -> None:
    counts = demo_store.snapshot().counts()
    overdue, today, silent = counts["overdue"], counts["due_today"], counts["silent"]
    words = (
        f"{overdue} overdue",
        f"{today} today",
        "1 in 7 d",
        "6 no date",
        "1 to confirm",
        f"{silent} silent",
        "1 to chase",
    )
    signs = (f"!! {overdue}", f"! {today}", ". 1", "? 6", "= 1", "@ 1", f"silent {silent}")
    for width in (60, 70, 80, 120, 200):
        async with driven(demo_store, size=(width, 24)) as hand:
            assert [word for word in (words if width > 60 else signs) if word not in hand.lines[0]] == [], (
                width,
                hand.lines[0],
            )
