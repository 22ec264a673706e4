"""The cursor stands on a commitment, not on a line, whatever happens around it."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any, cast
from unittest import mock

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from textual._compositor import ChopsUpdate

from store.database import Database
from store.query.sort_orders import by_urgency
from store.query.views import VIEWS
from store.snapshot import Row, Snapshot
from tests.support.app_driver import Hand, driven, run, story
from tests.support.fixed_day_and_user import BORIS
from tests.support.store_builders import add, beside, do, make_empty, record
from tui.app.theme import Paint
from tui.app.view_filter_and_groups import GROUPINGS, Arrangement, Heading, ListLine, ListState, StaleRow, number_of
from tui.app.widgets.commitment_list import CommitmentList
from tui.render.commitment_table import CommitmentTable

# Arrangements, without a screen


def line_of(number: int) -> Row:
    return cast(Row, SimpleNamespace(commitment={"id": number, "title": f"Title {number}"}))


def arrangement_of(groups: Sequence[Sequence[int]]) -> Arrangement:
    lines: list[ListLine] = []
    for group in groups:
        lines += [Heading("GROUP", "plain"), *map(line_of, group)]
    return Arrangement(lines)


@st.composite
def arrangements(draw: st.DrawFn) -> Arrangement:
    """Some of thirty commitments in any order and any groups."""
    numbers = draw(st.lists(st.integers(1, 30), unique=True, max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(numbers)), max_size=4)))
    groups = [numbers[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(numbers)], strict=True)]
    return arrangement_of([group for group in groups if group])


def assert_mapped(arrangement: Arrangement) -> None:
    """Every line's number leads back to the line, and no other number leads anywhere."""
    numbered = {number_of(line): place for place, line in enumerate(arrangement.lines) if number_of(line) is not None}
    assert arrangement.positions == numbered
    assert arrangement.numbers == list(numbered)


@given(
    list_state=st.builds(
        ListState,
        view=st.sampled_from(VIEWS),
        filter_text=st.sampled_from(
            ["", "to:interpol", "overdue or silent", "state:agreed", "zzz", "open or finished"]
        ),
        grouping=st.sampled_from(list(GROUPINGS)),
        lens=st.sampled_from([None, "INTERPOL", "UNODC", "Nobody"]),
        me=st.sampled_from([(), ("adviser",), ("UNODC", "adviser")]),
    )
)
def test_every_row_of_a_look_stands_once_in_its_group_and_its_number_leads_to_it(
    list_state: ListState, demo_snapshot: Snapshot
) -> None:
    arrangement = list_state.arranged(demo_snapshot)
    assert_mapped(arrangement)
    assert sorted(arrangement.numbers) == sorted(row.commitment["id"] for row in list_state.rows(demo_snapshot))
    groups: list[tuple[str, list[Row]]] = []
    for line in arrangement.lines:
        if isinstance(line, Heading):
            groups.append((line.text, []))
        else:
            assert isinstance(line, Row)
            groups[-1][1].append(line)
    assert len({text for text, _ in groups}) == len(groups)
    for text, rows in groups:
        assert rows
        assert text.endswith(f" {len(rows)}")
        assert [by_urgency(row) for row in rows] == sorted(by_urgency(row) for row in rows)


@given(arrangement=arrangements(), place=st.integers(0, 40))
def test_a_row_that_left_stands_among_the_others_and_moves_none_of_them(arrangement: Arrangement, place: int) -> None:
    stale = StaleRow(line_of(99), "#99 is closed", "#99 is closed: its title")
    after = arrangement.with_stale(place, stale)
    assert_mapped(after)
    assert after.lines[after.positions[99]] is stale
    assert [line for line in after.lines if line is not stale] == list(arrangement.lines)
    assert not arrangement.lines or after.positions[99] > 0, "it stands above the first heading"


class Listing:
    """The list without an app. `pointed` holds the number under the cursor at each call that reports a move."""

    def __init__(self) -> None:
        self.pointed: list[int | None] = []
        self.rows = CommitmentList(Paint(0), lambda: self.pointed.append(self.rows.number))
        mock.patch.object(self.rows, "refresh").start()

    def show(self, arrangement: Arrangement) -> None:
        self.rows.show(arrangement, cast(CommitmentTable, None), selected=frozenset(), empty=())

    def assert_sound(self) -> None:
        lines, number = self.rows.arrangement.lines, self.rows.number
        if not self.rows.arrangement.positions:
            assert number is None
        else:
            assert number is not None, "the cursor is on a heading, or nowhere"
            assert number_of(lines[self.rows.arrangement.positions[number]]) == number


MOVES = st.one_of(
    st.tuples(st.just(CommitmentList.move_lines), st.integers(-4, 4).filter(bool)),
    st.tuples(st.just(CommitmentList.move_half_pages), st.sampled_from([-2, -1, 1, 2])),
    st.tuples(st.just(CommitmentList.move_to_end), st.booleans()),
)


@settings(max_examples=150)
@given(steps=st.lists(st.one_of(arrangements(), MOVES), min_size=1, max_size=12))
def test_the_cursor_stays_on_its_number_through_every_other_arrangement(steps: list[Any]) -> None:
    listing = Listing()
    for step in steps:
        before = listing.rows.number
        if isinstance(step, Arrangement):
            listing.show(step)
            if before in step.positions:
                assert listing.rows.number == before
        else:
            listing.pointed.clear()
            move, distance = step
            move(listing.rows, distance)
            assert listing.pointed == [listing.rows.number] * (listing.rows.number != before)
        listing.assert_sound()


@given(arrangement=arrangements().filter(lambda arrangement: bool(arrangement.positions)), is_down=st.booleans())
def test_a_step_goes_to_the_next_commitment_over_any_heading(arrangement: Arrangement, is_down: bool) -> None:
    listing = Listing()
    listing.show(arrangement)
    numbers = arrangement.numbers if is_down else arrangement.numbers[::-1]
    listing.rows.move_to_end(not is_down)
    walked = [listing.rows.number]
    for _ in numbers[1:]:
        listing.rows.move_lines(1 if is_down else -1)
        walked.append(listing.rows.number)
    assert walked == numbers
    listing.rows.move_lines(1 if is_down else -1)
    assert listing.rows.number == numbers[-1]


# On the screen


@story
async def test_keys_that_move(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        numbers = hand.numbers
        for down, up in (("j", "k"), ("down", "up")):
            await hand.press(down)
            assert hand.cursor == numbers[1], down
            await hand.press(up, up)
            assert hand.cursor == numbers[0], up
        for last, first in (("G", "g"), ("end", "home")):
            await hand.press(last, "j")
            assert hand.cursor == numbers[-1], last
            await hand.press(first, "k")
            assert hand.cursor == numbers[0], first


@story
async def test_half_pages_and_pages_there_and_back(demo_store: Database) -> None:
    async with driven(demo_store, size=(80, 16)) as hand:
        numbers = hand.numbers
        for down, up in (("ctrl+d", "ctrl+u"), ("pagedown", "pageup")):
            seen = [hand.cursor]
            while seen[-1] != numbers[-1]:
                await hand.press(down)
                assert hand.cursor is not None
                assert numbers.index(hand.cursor) > numbers.index(seen[-1] or 0), f"{down} went nowhere"
                seen.append(hand.cursor)
                assert any(line.startswith(">") for line in hand.lines), hand.screen
            assert len(seen) > 2
            while hand.cursor != numbers[0]:
                before = hand.cursor
                await hand.press(up)
                assert hand.cursor != before, f"{up} went nowhere"


@story
async def test_a_page_is_two_half_pages(demo_store: Database) -> None:
    async with driven(demo_store, size=(80, 16)) as hand:
        await hand.press("pagedown")
        page = hand.numbers.index(hand.cursor or 0)
        await hand.press("g", "ctrl+d")
        assert 0 < hand.numbers.index(hand.cursor or 0) < page


@story
async def test_the_mark_stands_on_the_line_of_the_cursor_and_the_summary_tells_of_it(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        for _ in hand.numbers:
            marked = [line for line in hand.lines if line.startswith(">")]
            assert len(marked) == 1, hand.screen
            assert f"#{hand.cursor} " in marked[0]
            assert hand.lines[-4].startswith(f" │ #{hand.cursor} ")
            await hand.press("j")


@pytest.mark.parametrize("letter", [letter for letter, _ in GROUPINGS.values()])
@story
async def test_the_cursor_keeps_its_number_through_every_grouping(demo_store: Database, letter: str) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(10)
        await hand.press("b", letter)
        assert hand.in_front == "ListScreen"
        assert hand.cursor == 10
        assert any(line.startswith(">") and "#10 " in line for line in hand.lines), hand.screen


@story
async def test_the_cursor_keeps_its_number_while_a_filter_is_typed(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(10)
        await hand.press("/")
        await hand.type("to:interpol -overdue")
        assert hand.cursor == 10
        assert 6 not in hand.numbers
        await hand.press("enter")
        assert hand.cursor == 10
        await hand.press("escape")
        assert hand.cursor == 10
        assert 6 in hand.numbers


@story
async def test_where_its_commitment_is_not_shown_the_cursor_is_on_another(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(10)
        await hand.press("2")
        assert hand.cursor in hand.numbers
        assert set(hand.numbers) == {6, 7}
        await hand.press("3")
        assert hand.cursor == 11
        await hand.press("1")
        assert hand.cursor == 11


@story
async def test_an_empty_view_has_no_cursor_and_the_next_one_has(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("text:nothing-like-this")
        await hand.press("enter", "j", "k", "G", "g", "ctrl+d", "pageup")
        assert hand.cursor is None
        assert "Nothing like that" in hand.screen
        await hand.press("escape")
        assert hand.cursor in hand.numbers
        assert any(line.startswith(">") for line in hand.lines), hand.screen


@story
async def test_a_change_of_others_moves_the_line_and_not_the_cursor(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await hand.point_at(10)
        place = hand.list.rows.arrangement.positions[10]
        do(beside(demo_store, who=BORIS), "mark", 6, "confirmed")
        await hand.until(lambda: 6 not in hand.numbers)
        assert hand.list.rows.arrangement.positions[10] < place
        assert hand.cursor == 10


async def lose_number_6(hand: Hand, database: Database) -> None:
    await hand.point_at(6)
    do(beside(database, who=BORIS), "mark", 6, "confirmed", said_by=["INTERPOL"])
    await hand.until(lambda: hand.list.rows.stale_row)


@story
async def test_a_row_that_left_stays_dim_with_its_sentence_until_the_cursor_moves(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        assert hand.cursor == 6
        (line,) = [line for line in hand.lines if line.startswith(">")]
        assert "#6" in line
        assert "confirmed" in line
        assert "boris" in line
        assert (
            hand.list.rows._pieces(
                hand.list.rows.arrangement.lines[hand.list.rows.arrangement.positions[6]],
                hand.list.rows.arrangement.positions[6],
            )[1][1]
            == "dim"
        )
        do(beside(demo_store, who=BORIS), "note", 9, "called")
        await hand.until(lambda: "#9" in hand.message)
        assert hand.cursor == 6, "it goes when the cursor moves, not when something else happens"
        await hand.press("j")
        assert hand.cursor not in (6, None)
        assert 6 not in hand.numbers
        assert not hand.list.rows.stale_row
        await hand.press("k")
        assert 6 not in hand.numbers


@pytest.mark.parametrize("key", ["s", "d", "c", "n", "w", "e", "+", "-", "S", "y", "space", "enter"])
@story
async def test_keys_on_a_row_that_left_do_nothing_and_say_why(demo_store: Database, key: str) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        before = record(demo_store, 6)
        await hand.press(key)
        assert hand.in_front == "ListScreen", f"{key} opened {hand.in_front}"
        assert "nothing was done" in hand.message
        assert "#6" in hand.message
        assert record(demo_store, 6) == before
        assert hand.clipboard == []
        assert hand.list.selected == frozenset()
        assert hand.cursor == 6


@story
async def test_a_row_that_comes_back_is_a_row_again(demo_store: Database) -> None:
    async with driven(demo_store, every=0.01) as hand:
        await lose_number_6(hand, demo_store)
        do(beside(demo_store, who=BORIS), "undo")
        await hand.until(lambda: not hand.list.rows.stale_row)
        assert hand.cursor == 6
        await hand.press("s")
        assert "State of #6" in hand.screen


@story
async def test_what_i_close_myself_stays_under_the_cursor_too(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("3")
        assert hand.cursor == 11
        await hand.press("s", "a", "y")
        await hand.until(lambda: hand.list.rows.stale_row)
        assert hand.cursor == 11
        (line,) = [line for line in hand.lines if line.startswith(">")]
        assert "by you" in line


@story
async def test_the_selection_is_dropped_for_what_is_not_in_the_store(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("*")
        assert hand.list.selected == set(hand.numbers)
        await hand.press("2")
        assert f"{15} selected, 13 not shown" in hand.lines[1]
        await hand.press("*", "1")
        assert "13 selected" in hand.lines[1]


# What a move costs


def spy_on_updates(hand: Hand) -> list[set[int]]:
    """The lines of the screen that each update from now on repaints."""
    updates: list[set[int]] = []
    display = hand.app._display

    def spying(screen: Any, renderable: Any) -> None:
        if isinstance(renderable, ChopsUpdate):
            updates.append({y for y, _, _ in renderable.spans})
        elif renderable is not None:
            updates.append(set(range(hand.app.size.height)))
        display(screen, renderable)

    mock.patch.object(hand.app, "_display", spying).start()
    return updates


@story
async def test_a_move_repaints_two_lines_of_the_list(demo_store: Database) -> None:
    async with driven(demo_store, is_drawing=True) as hand:
        list_lines = range(2, 20)
        await hand.painted()
        updates = spy_on_updates(hand)
        for key in ("j", "down", "k", "up"):
            updates.clear()
            before = hand.lines
            await hand.press(key)
            await hand.painted()
            painted = set().union(*updates)
            changed = {y for y, (old, new) in enumerate(zip(before, hand.lines, strict=True)) if old != new}
            assert changed <= painted
            assert len(painted & set(list_lines)) == 2, (key, painted)
            assert painted - set(list_lines) <= {20, 21}, "the summary, and nothing else"


@story
async def test_an_idle_screen_paints_nothing(demo_store: Database) -> None:
    async with driven(demo_store, every=0.002, is_drawing=True) as hand:
        await hand.painted()
        watched = mock.Mock(wraps=hand.app.session.database.watched)
        updates = spy_on_updates(hand)
        with mock.patch.object(hand.app.session.database, "watched", watched):
            await hand.until(lambda: watched.call_count > 5)
        assert updates == []
        assert hand.written == []


def many(count: int) -> list[Row]:
    """So many rows that share one commitment but for its number."""
    return [line_of(number) for number in range(1, count + 1)]


@story
async def test_of_a_hundred_thousand_rows_only_those_on_the_screen_are_drawn(demo_store: Database) -> None:
    drawn: list[int] = []
    async with driven(demo_store, is_drawing=True) as hand:
        rows = hand.list.rows
        table = mock.Mock()

        def parts(row: Row) -> tuple[str, str, str]:
            drawn.append(row.commitment["id"])
            return "when", f"#{row.commitment['id']}", "title"

        table.parts = parts
        lines: list[ListLine] = [Heading("ALL 100000", "plain"), *[_row(row) for row in many(100_000)]]
        with mock.patch("tui.app.widgets.commitment_list.BANDS", mock.MagicMock()):
            rows.show(Arrangement(lines), table, selected=frozenset(), empty=())
            await hand.painted()
            for key, most in (("G", 18), ("j", 0), ("k", 2), ("g", 18), ("j", 2), ("pagedown", 18), ("ctrl+d", 18)):
                drawn.clear()
                await hand.press(key)
                await hand.painted()
                assert len(drawn) <= most, f"{key} drew {len(drawn)} lines"
            assert hand.cursor is not None
            assert hand.cursor > 18
            drawn.clear()
            rows.select(frozenset(range(50_000, 60_000)))
            await hand.painted()
            assert len(drawn) <= 18


def _row(row: Row) -> Row:
    row.band = "overdue"
    return row


# Everything at once, with real keys

STEPS = st.one_of(
    st.sampled_from([*"0123461jkgGz", "pagedown", "ctrl+u"]).map(lambda key: ("press", key)),
    st.sampled_from("dvpoks").map(lambda letter: ("group", letter)),
    st.sampled_from(["to:interpol", "state:agreed", "silent", "zzz", "due:none"]).map(lambda text: ("filter", text)),
    st.sampled_from(["escape", "p"]).map(lambda key: ("press", key)),
    st.tuples(st.sampled_from(["confirmed", "in-progress", "agreed"]), st.integers(1, 20)),
)


@settings(max_examples=8, phases=[Phase.explicit, Phase.generate])
@given(steps=st.lists(STEPS, min_size=4, max_size=14))
def test_whatever_is_shown_and_whoever_changes_it_the_cursor_is_on_its_number(
    steps: list[tuple[str, Any]], fresh_demo: Callable[[], Database]
) -> None:
    async def play() -> None:
        demo_store = fresh_demo()
        async with driven(demo_store, every=0.005) as hand:
            for verb, what in steps:
                before = hand.cursor
                if verb == "press":
                    await hand.press(what)
                elif verb == "group":
                    await hand.press("b", what)
                elif verb == "filter":
                    await hand.press("/", "ctrl+u")
                    await hand.type(what)
                    await hand.press("enter")
                else:
                    do(beside(demo_store, who=BORIS), "mark", what, verb, take_back=True)
                    revision = demo_store.snapshot().revision
                    await hand.has_revision(revision)
                    assert hand.cursor == before, (verb, what)
                    assert hand.list.rows.stale_row or before is None or before in hand.list.shown()
                assert_mapped(hand.list.rows.arrangement)
                shown = {row.commitment["id"] for row in hand.list.list_state.rows(hand.app.snapshot)}
                assert set(hand.numbers) - shown <= ({hand.cursor} if hand.list.rows.stale_row else set())
                assert shown <= set(hand.numbers)
                if verb in ("group", "filter") and before in hand.numbers:
                    assert hand.cursor == before, (verb, what)
                assert (hand.cursor is None) == (not hand.numbers)
            assert hand.is_alive

    run(play())


@story
async def test_a_commitment_that_is_added_takes_the_cursor_from_none(path: str) -> None:
    database = make_empty(path)
    async with driven(database, every=0.01) as hand:
        assert hand.cursor is None
        do(beside(database, who=BORIS), "add_visit", "Visit", start="2022-12-06", end="2022-12-08", place="Lyon")
        add(beside(database, who=BORIS), "The first", state="agreed")
        await hand.until(lambda: hand.numbers == [1])
        assert hand.cursor == 1
