"""With NO_COLOR no cell of any screen, form or menu has a colour; with colours each is of the table, and no ground."""

import pytest
from rich.color import ColorType
from rich.style import Style

from store.database import Database
from store.model.vocabulary_and_signs import Ground
from tests.support.app_driver import Hand, driven, story
from tui.render.colours_of_meanings import COLOURS_OF_16, COLOURS_OF_256

PLACES = {
    "the list": (),
    "the second line of the list": ("j",),
    "selected lines": ("space", "j", "space"),
    "the filter": ("slash", *"ov"),
    "a menu": ("s",),
    "a form out of a menu": ("s", "r"),
    "a form": ("d", *"end of march"),
    "a refused form": ("d", *"maybe", "ctrl+s"),
    "a text": ("n", *"a note"),
    "chase": ("c",),
    "a new commitment": ("a", *"what", "enter", *"MIA"),
    "edit": ("e",),
    "why": ("w",),
    "seats": ("S",),
    "a question": ("X",),
    "a commitment": ("enter",),
    "the lens": ("p",),
    "the visits": ("v",),
    "a new visit": ("v", "a"),
    "the timeline": ("t",),
    "progress": ("P",),
    "the form of a paper": ("R",),
    "a paper": ("R", "s"),
    "import": ("I",),
    "help": ("question_mark",),
    "the palette": ("colon", *"due"),
}
"""Place -> the keys from the list."""


def styles_of(hand: Hand) -> set[Style]:
    """Every style on the screen, menus and forms over what they were opened from, after all filters."""
    app, compositor = hand.app, hand.app.screen._compositor
    update = compositor.render_update(full=True, screen_stack=app._background_screens)
    strips = [strip for line in getattr(update, "strips", []) for strip in line if strip is not None]
    assert strips
    return {segment.style for strip in strips for segment in strip if segment.style is not None}


def number_of(style: Style) -> int | None:
    """The number of the colour; None for the terminal's own."""
    return None if style.color is None or style.color.type == ColorType.DEFAULT else style.color.number


async def through_all(hand: Hand) -> dict[str, set[int | None]]:
    """Place -> the colours in it. No place has a ground."""
    found: dict[str, set[int | None]] = {}
    for place, keys in PLACES.items():
        await hand.press("g", "g", *keys)
        styles = styles_of(hand)
        found[place] = {number_of(style) for style in styles}
        assert all(style.bgcolor is None or style.bgcolor.type == ColorType.DEFAULT for style in styles), place
        hand.app.show_list()
        await hand.press("escape", "escape")
    return found


@story
async def test_without_colours_there_is_none_anywhere(demo_store: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driven(demo_store) as hand:
        found = await through_all(hand)
    assert found == {place: {None} for place in PLACES}


@pytest.mark.parametrize(("colours", "table"), [(16, COLOURS_OF_16), (256, COLOURS_OF_256)])
@story
async def test_every_colour_is_one_of_the_table(
    demo_store: Database, colours: int, table: dict[str, dict[str, int]]
) -> None:
    async with driven(demo_store, colours=colours) as hand:
        found = await through_all(hand)
    allowed = {None, *table[Ground.UNKNOWN].values()}
    assert {place: sorted(map(str, numbers - allowed)) for place, numbers in found.items() if numbers - allowed} == {}
    assert table[Ground.UNKNOWN]["overdue"] in found["the list"]
