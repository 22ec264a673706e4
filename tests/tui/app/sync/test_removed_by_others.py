"""What others take away from under the cursor of a place, or give another name, while it is shown."""

from typing import Any
from unittest import mock

import pytest
from textual.geometry import Region

from store.database import Database
from store.model.vocabulary_and_signs import OPEN
from store.snapshot import Snapshot
from tests.support.app_driver import Hand, driven, story
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, add, beside, do, record
from tui.app.pages import timeline_page as page
from tui.app.pages.timeline_page import WEEKS, timeline
from tui.app.screens.timeline_screen import TimelineScreen
from tui.app.screens.visits_screen import VisitsScreen
from tui.app.view_filter_and_groups import ListState
from tui.app.widgets.commitment_list import CommitmentList
from tui.app.widgets.picker import Picker
from tui.render.terminal_style import TerminalStyle


def strip_number(hand: Hand) -> int | None:
    place = hand.app.base_screen
    assert isinstance(place, TimelineScreen)
    return place.strip.number


async def lose_number_6(hand: Hand, database: Database) -> None:
    """On the timeline another person confirms the one under the cursor."""
    await hand.point_at(6)
    await hand.press("t")
    assert strip_number(hand) == 6
    do(beside(database, who=BORIS), "mark", 6, "confirmed", said_by=[INTERPOL])
    await hand.until(lambda: 6 not in hand.list.shown() or hand.list.rows.stale_row)


# The timeline


@pytest.mark.parametrize("key", ["s", "d", "c", "n", "w", "e", "+", "-", "S", "y", "enter"])
@story
async def test_keys_on_one_that_left_the_timeline_do_nothing_and_say_why(demo_store: Database, key: str) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        assert strip_number(hand) == 6
        await hand.press(key)
        assert hand.in_front == "TimelineScreen", f"{key} opened {hand.in_front}"
        assert "nothing was done" in hand.message
        assert "#6" in hand.message
        assert hand.clipboard == []
        assert strip_number(hand) == 6


@story
async def test_one_that_left_the_timeline_is_told_of_until_the_cursor_moves(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        lines = [line for line in hand.lines if line.startswith(" #6 ")]
        assert len(lines) == 2, "the message, and the line for the one under the cursor"
        assert all("boris" in line for line in lines)
        do(beside(demo_store, who=BORIS), "note", 9, "called")
        await hand.until(lambda: "#9" in hand.message)
        assert strip_number(hand) == 6
        await hand.press("j")
        assert strip_number(hand) == 7, "the one that stands where it stood"
        await hand.press("s")
        assert "State of #7" in hand.screen


@pytest.mark.parametrize("key", ["left", "right", "up", "G", "pagedown"])
@story
async def test_any_move_leaves_one_that_left_the_timeline(demo_store: Database, key: str) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        await hand.press(key)
        assert strip_number(hand) in hand.list.shown() - {6}
        await hand.press("enter")
        assert hand.in_front == "CommitmentScreen"


@story
async def test_one_that_comes_back_on_the_timeline_is_there_again(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        do(beside(demo_store, who=BORIS), "undo")
        await hand.until(lambda: hand.app.snapshot.row(6).commitment["state"] in OPEN)
        await hand.press("s")
        assert "State of #6" in hand.screen


@story
async def test_what_i_close_on_the_timeline_stays_under_the_cursor(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("3", "t", "s", "a", "y")
        await hand.until(lambda: record(demo_store, 11)["state"] == "agreed")
        await hand.settle()
        assert strip_number(hand) == 11
        assert any(line.startswith(" #11 ") and "by you" in line for line in hand.lines), hand.screen
        await hand.press("j", "enter")
        assert "nothing was done" in hand.message, "there is no other one"


# What a move on the timeline costs


@story
async def test_moves_on_the_timeline_lay_out_no_more_than_a_line(demo_store: Database) -> None:
    for number in range(120):
        add(demo_store, f"Title {number}", visit="lyon-2022", state="agreed", due="2023-06-30")
    laid_out: list[int | None] = []
    lay_out = page._Drawing.line

    def counted(drawing: page._Drawing, group: Any, current: int | None = None) -> page.TimelineLine:
        laid_out.append(current)
        return lay_out(drawing, group, current)

    def all_anew(*_: object) -> None:
        raise AssertionError("all lines are laid out anew")

    async with driven(demo_store) as hand:
        await hand.point_at(21)
        await hand.press("t")
        with (
            mock.patch("tui.app.screens.timeline_screen.timeline", all_anew),
            mock.patch.object(page._Drawing, "line", counted),
        ):
            await hand.press("up", "up", "down", "right", "down", "left")
            assert laid_out == []
            assert strip_number(hand) == 21
            seen = [strip_number(hand)]
            for _ in range(130):
                await hand.press("right")
                seen.append(strip_number(hand))
                await hand.painted()
                if seen[-1] == seen[-2]:
                    break
                assert any(f"#{seen[-1]}" in line for line in hand.lines if line.startswith(">")), hand.screen
            assert len(seen) > 100
            assert 0 < len(laid_out) < 40


def test_a_line_is_laid_out_anew_only_where_it_does_not_show_the_number(demo_snapshot: Snapshot) -> None:
    shown = timeline(demo_snapshot.rows, demo_snapshot.today, WEEKS, 80, TerminalStyle())
    for number in demo_snapshot.commitments:
        assert shown.around(number).position_of(number) == shown.position_of(number) is not None
        assert any(entry.number == number for line in shown.around(number).lines for entry in line.entries)
    assert shown.around(None) is shown
    assert shown.around(999) is shown
    assert shown.around(shown.start) is shown


# The visits


def visit_under_cursor(hand: Hand) -> str:
    (line,) = [line for line in hand.lines if line.startswith(">")]
    return line.removeprefix(">").split()[0]


async def lose_a_visit(hand: Hand, database: Database) -> None:
    """On the visits another person takes out the one under the cursor."""
    await hand.press("v", "g")
    assert visit_under_cursor(hand) == "wrong-2023"
    do(beside(database, who=BORIS), "remove_visit", "wrong-2023")
    await hand.until(lambda: "wrong-2023" not in hand.app.snapshot.visits)


@pytest.fixture
def with_visit(demo_store: Database) -> Database:
    """The demo store and a visit without a commitment, the newest."""
    do(demo_store, "add_visit", "Wrong", place="Vienna", start="2023-02-28", end="2023-02-28", slug="wrong-2023")
    return demo_store


@pytest.mark.parametrize("key", ["enter", "e"])
@story
async def test_keys_on_a_visit_that_was_removed_do_nothing_and_say_why(with_visit: Database, key: str) -> None:
    async with driven(with_visit, every=0.01) as hand:
        await lose_a_visit(hand, with_visit)
        assert visit_under_cursor(hand) == "wrong-2023"
        await hand.press(key)
        assert hand.in_front == "VisitsScreen", f"{key} opened {hand.in_front}"
        assert hand.message == "visit wrong-2023 was removed meanwhile: nothing was done"
        await hand.press("j")
        assert visit_under_cursor(hand) == "tashkent-2022"
        assert "wrong-2023" not in "".join(hand.lines[:-2])
        await hand.press("k", "enter")
        assert hand.list.list_state.visit == "tashkent-2022"


@story
async def test_a_click_on_a_visit_that_was_removed_says_so_too(with_visit: Database) -> None:
    async with driven(with_visit, every=0.01) as hand:
        await lose_a_visit(hand, with_visit)
        place = hand.app.base_screen
        assert isinstance(place, VisitsScreen)
        place.query_one(Picker).post_message(Picker.EntryClicked())
        await hand.settle()
        assert hand.is_alive
        assert "nothing was done" in hand.message


@story
async def test_the_cursor_follows_a_visit_that_gets_another_name(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await hand.press("v", "j")
        slug = visit_under_cursor(hand)
        do(beside(demo_store, who=BORIS), "edit_visit", slug, new_slug="renamed")
        await hand.until(lambda: "renamed" in hand.app.snapshot.visits)
        assert visit_under_cursor(hand) == "renamed"
        await hand.press("enter")
        assert hand.list.list_state.visit == "renamed"
        assert hand.numbers


# What the list shows of a visit or a party


@story
async def test_the_list_of_a_visit_follows_its_new_name(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await hand.press("v", "down", "enter")
        shown = hand.numbers
        assert hand.lines[1].startswith(" Visit lyon-2022")
        do(beside(demo_store, who=BORIS), "edit_visit", "lyon-2022", new_slug="lyon")
        await hand.until(lambda: "lyon" in hand.app.snapshot.visits)
        assert hand.lines[1].startswith(" Visit lyon ")
        assert hand.numbers == shown
        await hand.press("escape")
        assert (hand.list.list_state.visit, hand.list.list_state.visit_id) == (None, None)


@story
async def test_a_visit_that_is_gone_leaves_all_that_is_open(with_visit: Database) -> None:
    async with driven(with_visit, every=0.01) as hand:
        await hand.press("v", "g", "enter")
        assert "No promise recorded at this visit" in hand.screen
        do(beside(with_visit, who=BORIS), "remove_visit", "wrong-2023")
        await hand.until(lambda: "wrong-2023" not in hand.app.snapshot.visits)
        assert hand.lines[1].startswith(" 1 Open by deadline")
        assert len(hand.numbers) == len(hand.app.snapshot.open_rows)


@story
async def test_the_lens_follows_a_party_that_is_renamed_and_merged(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await hand.point_at(7)
        await hand.press("p", "tab")
        assert hand.list.list_state.lens == UNODC
        shown = set(hand.numbers)
        do(beside(demo_store, who=BORIS), "edit_party", UNODC, new_name="The Office", short="Office")
        await hand.until(lambda: hand.app.snapshot.parties.find("The Office"))
        assert "what Office owes" in hand.lines[1]
        assert set(hand.numbers) == shown
        assert hand.cursor == 7
        do(beside(demo_store, who=BORIS), "merge_parties", "The Office", NCB)
        await hand.until(lambda: hand.list.list_state.lens == NCB)
        assert shown <= set(hand.numbers)
        await hand.press("tab")
        assert hand.cursor == 7


def test_a_party_that_is_gone_is_let_go_and_one_without_a_record_is_kept(demo_snapshot: Snapshot) -> None:
    assert ListState(lens="Nobody", lens_of=6).updated_for(demo_snapshot) == ListState()
    assert ListState(lens=MIA).updated_for(demo_snapshot).lens == MIA
    assert ListState().updated_for(demo_snapshot) == ListState()


# The next party in the lens


@story
async def test_tab_in_the_lens_goes_through_all_parties_of_its_commitment_and_back(demo_store: Database) -> None:
    number = add(demo_store, "Send it", visit="lyon-2022", by=[MIA], to=[INTERPOL], via=NCB, support=["Embassy"])
    async with driven(demo_store) as hand:
        await hand.point_at(number)
        await hand.press("p")
        for party, group in (
            (MIA, "MIA UZ OWES"),
            (INTERPOL, "INTERPOL IS OWED"),
            (NCB, "IS THE CHANNEL OF"),
            ("Embassy", "EMBASSY HELPS WITH 1"),
            (MIA, "MIA UZ OWES"),
        ):
            assert hand.list.list_state.lens == party
            assert hand.cursor == number
            assert any(group in line for line in hand.lines), hand.screen
            await hand.press("tab")


@story
async def test_tab_in_the_lens_is_about_the_commitment_that_it_was_opened_from(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(7)
        await hand.press("p", "g", "/")
        await hand.type("zzz")
        await hand.press("enter")
        assert hand.numbers == []
        await hand.press("tab")
        assert hand.list.list_state.lens == UNODC
        assert "no commitment" not in hand.message


# What a selection costs


@story
async def test_selecting_all_of_many_asks_once_for_the_list_to_be_drawn(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        refreshed: list[str | None] = []
        refresh = CommitmentList.refresh

        def counted(widget: CommitmentList, *regions: Region, **options: bool) -> CommitmentList:
            refreshed.append(widget.id)
            return refresh(widget, *regions, **options)

        with mock.patch.object(CommitmentList, "refresh", counted):
            await hand.press("*")
            assert refreshed == ["list"]
            assert len(hand.list.selected) > 8
            assert hand.list.shown() is hand.list.shown()
            assert sum(line[14:20].count("*") for line in hand.lines) > 8, hand.screen
            await hand.press("*", "space")
        assert len(hand.list.selected) == 1


@story
async def test_one_whose_entry_i_took_back_says_so_in_its_row(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("a", *"Share lists", "ctrl+s")
        number = hand.cursor
        await hand.press("u")
        assert f"#{number} was taken back, by you" in hand.screen
        assert "None" not in hand.screen
