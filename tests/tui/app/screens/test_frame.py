"""The frame of every screen: what it is, store and day on top; a line that speaks, a line of keys at the foot."""

import pytest

from store.database import Database
from tests.support.app_driver import driven, story
from tests.support.store_builders import beside, do
from tui.app.pages.title_line import store_name, title_line
from tui.app.theme import Paint
from tui.app.widgets.picker import Picker
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle

PLACES = {"list": (), "commitment": ("enter",), "visits": ("v",), "parties": ("i",), "timeline": ("t",),
          "progress": ("P",), "paper": ("R", "s"), "help": ("?",)}  # fmt: skip


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
@story
async def test_every_screen_says_what_it_is_with_store_and_day(demo_store: Database, size: tuple[int, int]) -> None:
    async with driven(demo_store, size=size) as hand:
        for place, keys in PLACES.items():
            await hand.press(*keys)
            assert hand.kind == place
            title = hand.lines[1 if place == "list" else 0]
            assert title.endswith("shared · Wed 1 Mar 2023"), title
            if place not in ("paper", "timeline"):  # Their rules reach from edge to edge.
                assert all(line.startswith((" ", ">")) for line in hand.lines if line), hand.screen
            await hand.press("escape")
            assert hand.kind == "list"


@pytest.mark.parametrize("colours", [0, 16, 256])
def test_the_title_is_underlined_over_the_whole_width(colours: int) -> None:
    paint = Paint(colours)
    for is_utf8 in (True, False):
        terminal = TerminalStyle(80, is_utf8=is_utf8)
        line = title_line("Visits", " 3", "demo", "2023-03-01", "read-only", terminal)
        assert len(text_of(line)) == 80
        assert all(paint.style(style).underline for _, style in line)


@pytest.mark.parametrize(
    ("path", "is_default", "name"),
    [
        ("/srv/team.json", False, "team"),
        ("/srv/liaison/commitments.json", False, "liaison"),
        ("/home/asel/.local/share/followup/commitments.json", True, "asel"),
    ],
)
def test_the_name_of_a_store(path: str, is_default: bool, name: str) -> None:
    assert store_name(path, user="asel", is_default=is_default) == name


@story
async def test_a_message_ends_with_the_next_key_that_does_something(demo_store: Database) -> None:
    async with driven(demo_store, every=1000) as hand:
        for key in ("j", "v", "t", "P", "?", "R"):
            await hand.press("s", "i", "u")
            assert hand.message
            await hand.press(key)
            assert hand.message == "", key
            await hand.press("escape", "escape")
        do(beside(demo_store, who="boris"), "note", 8, "on the phone")
        hand.app._watcher._tick()
        await hand.says("#8 noted, by boris")
        await hand.press("j")
        await hand.says("#8 noted, by boris")
        await hand.press("v")
        assert hand.message == ""


@story
async def test_q_leaves_a_place_for_the_one_it_was_entered_from(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("j", "2", "v", "j", "enter")
        assert hand.list.list_state.visit == "lyon-2022"
        await hand.press("q")
        assert hand.kind == "visits"
        assert any(line.startswith(">lyon-2022") for line in hand.lines), hand.screen
        await hand.press("t", "q")
        assert hand.kind == "visits"
        await hand.press("enter", "escape")
        assert hand.kind == "visits"
        await hand.press("q")
        assert hand.kind == "list"
        assert hand.list.list_state.view.name == "Overdue"
        await hand.press("q")
        await hand.until(lambda: not hand.is_alive)


@story
async def test_what_more_there_is_stands_in_the_line_that_speaks(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("?")
        assert hand.raw_lines[-2].endswith("more: forms, finding, every key: j, PgDn ")
        await hand.press("j")
        assert hand.raw_lines[-2].endswith(" more: j, PgDn ")
        assert not any("more: " in line for line in hand.lines[:-2])
        await hand.press("G")
        assert "more:" not in hand.lines[-2]


@story
async def test_a_click_on_the_line_of_keys_does_what_the_key_does(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        x = hand.lines[-1].index("? help")
        await hand.pilot.click("#keys", offset=(x, 0))
        await hand.settle()
        assert hand.kind == "help"
        await hand.pilot.click("#keys", offset=(2, 0))
        await hand.settle()
        assert hand.kind == "list"


@story
async def test_the_keys_of_a_nomination_are_named_on_its_page(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(10)
        await hand.press("enter")
        assert hand.kind == "commitment"
        assert "S seats" in hand.lines[-1]
        assert hand.lines[-1].endswith("? help")
        await hand.press("escape")
        await hand.point_at(6)
        await hand.press("enter")
        assert "seats" not in hand.lines[-1]


@story
async def test_the_calendar_says_by_which_period_it_is(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("t")
        assert hand.lines[0].startswith(" Calendar of 1 Open · by week ")
        await hand.press("b")
        assert hand.lines[0].startswith(" Calendar of 1 Open · by month ")
        # The order of the list is not one of the calendar.
        await hand.press("escape", "o", "p", "t")
        assert hand.lines[0].startswith(" Calendar of 1 Open · by ")


@story
async def test_the_cursor_of_the_visits_covers_their_names_and_days(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("v", "j")
        picker = hand.app.screen.query_one(Picker)
        reversed_texts = [
            segment.text
            for y in range(picker.size.height)
            for segment in picker.render_line(y)
            if segment.style is not None and segment.style.reverse
        ]
        assert reversed_texts == [">lyon-2022      6-8 Dec 2022  "]


@story
async def test_the_view_that_is_shown_is_bold_among_the_views(demo_store: Database) -> None:
    async with driven(demo_store, every=1000) as hand:
        for key, name in (("0", "now"), ("3", "confirm"), ("1", "open")):
            await hand.press(key)
            strip = hand.app.screen.query_one("#message").render_line(0)
            bold = "".join(segment.text for segment in strip if segment.style and segment.style.bold)
            assert bold.strip() == f"{key} {name}"


@story
async def test_the_page_beside_the_list_is_as_wide_as_it_may_be_with_its_history_in_columns(
    demo_store: Database,
) -> None:
    async with driven(demo_store, size=(200, 50)) as hand:
        await hand.point_at(10)
        await hand.shows("#10 Nominate three officers to the analysts' course")
        beside = [line[200 - 72 :] for line in hand.lines]
        assert {line[:2] for line in beside[2:40]} == {" │"}
        history = [line for line in beside if "coordinator" in line]
        assert history == [" │ HISTORY     9 Feb   coordinator  seats: nominated 2, letter MIA"]


@pytest.mark.parametrize("keys", [(), ("b",), ("s",), ("n",)])
@story
async def test_no_heading_of_the_list_stands_without_its_first_row(demo_store: Database, keys: tuple[str, ...]) -> None:
    for height in range(16, 30):
        async with driven(demo_store, size=(80, height)) as hand:
            await hand.press("1", *keys)
            rows = hand.list.rows
            seen = hand.lines[rows.region.y :][: rows.seen_height]
            headings = [at for at, line in enumerate(seen) if line[4:].isupper() and line[4:5] != " "]
            assert headings
            assert headings[-1] < len(seen) - 1, hand.screen
            assert all("#" in seen[at + 1] for at in headings), hand.screen
