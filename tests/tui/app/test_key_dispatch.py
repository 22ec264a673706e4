"""What keys and the mouse do on the list and between the places: seen on the screen and in the store."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.events import Key

from store.database import Database
from store.fold_case_and_accents import fold
from store.query.parse_query import parse
from store.snapshot import Snapshot
from tests.support.app_driver import Hand, driven, key_events, story
from tests.support.fixed_day_and_user import ASEL, BORIS
from tests.support.store_builders import beside, contents, do, make_empty, raw, record
from tests.support.store_builders import events as events_of
from tui.app.filter_completion import completed
from tui.app.terminal.drop_cut_escape_sequences import StrayKeys

# Sequences that a slow line cut in two


def at(second: float, key: str) -> list[Key]:
    """A key that came at this second."""
    found = key_events(key)
    for event in found:
        event.time = second
    return found


def dropped(*keys: tuple[float, str]) -> list[str]:
    """Which of these keys, each with its second, are dropped."""
    stray = StrayKeys()
    return [event.character or event.key for second, key in keys for event in at(second, key) if stray.drops(event)]


@given(
    head=st.sampled_from("[O"),
    inside=st.text("0123456789;", max_size=8),
    end=st.sampled_from("ABCDHFPQRS~uM"),
    gap=st.floats(0, 0.9),
)
def test_the_tail_of_a_sequence_is_dropped_to_its_end_and_the_next_key_is_not(
    head: str, inside: str, end: str, gap: float
) -> None:
    tail = [(gap, key) for key in (head, *inside, end)]
    assert dropped((0, "escape"), *tail, (gap, "j"), (gap, "[")) == [key for _, key in tail]


@given(keys=st.lists(st.sampled_from([*"[OAPj2~;"]), max_size=8), late=st.floats(1.01, 100))
def test_no_key_is_dropped_without_an_escape_just_before(keys: list[str], late: float) -> None:
    assert dropped(*((0, key) for key in keys)) == []
    assert dropped((0, "escape"), *((late, key) for key in keys)) == []
    assert dropped((0, "escape"), (0, "j"), *((0, key) for key in keys)) == []


def test_an_escape_begins_anew() -> None:
    assert dropped((0, "escape"), (0.1, "["), (0.2, "escape"), (0.3, "O"), (0.4, "P"), (0.5, "P")) == ["[", "O", "P"]


@pytest.mark.parametrize("tail", ["[A", "OP", "[2~", "[1;5C", "[3~"])
@story
async def test_a_cut_sequence_does_nothing_on_the_screen(demo_store: Database, tail: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press("j", "j")
        before = hand.lines
        await hand.press("escape", *tail)
        assert hand.lines == before
        assert hand.in_front == "ListScreen"
        await hand.press("2")
        assert set(hand.numbers) == {6, 7}


@story
async def test_the_same_keys_later_do_what_they_do(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        (escape,) = key_events("escape")
        hand.send(escape)
        for key in "OP":
            for event in at(escape.time + 1.5, key):
                hand.send(event)
        await hand.settle()
        assert hand.in_front == "ProgressScreen"


# Esc, q, ctrl+c


@story
async def test_escape_clears_the_selection_then_the_filter_then_the_lens_then_nothing(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("p")
        lens = hand.list.list_state.lens
        assert lens == "UNODC"
        await hand.press("/")
        await hand.type("overdue")
        await hand.press("enter", "space")
        assert (len(hand.list.selected), hand.list.list_state.filter_text) == (1, "overdue")
        await hand.press("escape")
        assert (len(hand.list.selected), hand.list.list_state.filter_text, hand.list.list_state.lens) == (
            0,
            "overdue",
            lens,
        )
        await hand.press("escape")
        assert (hand.list.list_state.filter_text, hand.list.list_state.lens) == ("", lens)
        await hand.press("h")
        assert hand.list.list_state.lens is None
        before = hand.lines
        await hand.press("escape", "h", "escape")
        assert hand.lines == before
        assert hand.is_alive


@pytest.mark.parametrize("key", ["escape", "h", "q", "й", "р"])
@pytest.mark.parametrize("way", ["enter", "v", "t", "P", "?"])
@story
async def test_back_from_each_place_to_the_list_as_it_was(demo_store: Database, way: str, key: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press("j", "space")
        before = hand.lines[:20]
        await hand.press(way)
        assert hand.in_front != "ListScreen"
        await hand.press(key)
        assert hand.in_front == "ListScreen"
        assert hand.lines[:20] == before


@story
async def test_back_goes_from_a_commitment_to_the_timeline_that_it_was_opened_from(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("t", "enter")
        assert hand.in_front == "CommitmentScreen"
        await hand.press("escape")
        assert hand.in_front == "TimelineScreen"
        await hand.press("escape")
        assert hand.in_front == "ListScreen"


@pytest.mark.parametrize("key", ["q", "й"])
@story
async def test_q_on_the_list_quits(demo_store: Database, key: str) -> None:
    before = raw(demo_store)
    async with driven(demo_store) as hand:
        await hand.press(key)
        assert hand.app._exit
        assert hand.app.return_value == 0
    assert raw(demo_store) == before


@pytest.mark.parametrize("way", [(), ("enter",), ("v",), ("t",), ("P",), ("?",)])
@story
async def test_ctrl_c_says_how_to_quit(demo_store: Database, way: tuple[str, ...]) -> None:
    async with driven(demo_store) as hand:
        await hand.press(*way, "ctrl+c")
        assert "q quits" in hand.lines[-2]
        assert hand.is_alive


@pytest.mark.parametrize("key", ["ctrl+q", "shift+tab", "ctrl+backslash", "super+c"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@story
async def test_keys_of_the_library_do_nothing(demo_store: Database, key: str, size: tuple[int, int]) -> None:
    async with driven(demo_store, size=size) as hand:
        await hand.press(key)
        assert hand.is_alive
        cursor = hand.cursor
        await hand.press("j")
        assert hand.cursor != cursor, "the list has lost the keys"


# Views, filter, lens


@story
async def test_each_digit_shows_its_view(demo_store: Database) -> None:
    snapshot = demo_store.snapshot()
    async with driven(demo_store, me=["UNODC"]) as hand:
        for key, words in (("2", "overdue"), ("3", "unconfirmed"), ("4", "silent"), ("5", "mine"), ("6", "finished")):
            await hand.press(key)
            query = parse(words, today=snapshot.today, me=["UNODC"])
            among = snapshot.rows if key == "6" else snapshot.open_rows
            assert set(hand.numbers) == {row.commitment["id"] for row in among if query.matches(row, snapshot)}
            assert hand.lines[1].startswith(f" {key} ")
        await hand.press("1")
        assert set(hand.numbers) == {row.commitment["id"] for row in snapshot.open_rows}


@story
async def test_mine_is_what_i_owe_what_is_owed_to_me_and_what_i_chase(demo_store: Database) -> None:
    async with driven(demo_store, me=["UNODC", "adviser"]) as hand:
        await hand.press("5")
        assert [line.rsplit(" ", 1)[0].strip() for line in hand.lines if line.startswith(("    I ", "    OWED"))] == [
            "I OWE", "OWED TO ME", "I CHASE",
        ]  # fmt: skip


@story
async def test_mine_asks_who_i_am_when_nobody_said(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("5")
        assert hand.in_front != "ListScreen"
        await hand.press("escape")
        assert hand.in_front == "ListScreen"
        assert hand.is_alive


@story
async def test_the_list_of_a_store_without_a_commitment_says_the_first_keys(path: str) -> None:
    async with driven(make_empty(path)) as hand:
        await hand.shows("    Nothing was promised yet.")
        for keys in ("v a", "I", "?"):
            assert any(line.startswith(f"    {keys} ") for line in hand.lines), keys


@pytest.mark.parametrize("key", ["2", "3", "4", "6"])
@story
async def test_an_empty_view_says_so_and_the_way_out(path: str, key: str) -> None:
    async with driven(make_empty(path)) as hand:
        await hand.press(key)
        (hint,) = [line for line in hand.lines[2:20] if line]
        assert hint.startswith("    Nothing is ")
        assert "adds" in hint or "1 shows all" in hint
        assert len(hint) < 80


@story
async def test_the_filter_works_while_it_is_typed_and_enter_keeps_it(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("overdue")
        assert set(hand.numbers) == {6, 7}
        await hand.press("enter", "j")
        assert hand.cursor == 7
        assert "filter: overdue" in hand.lines[1]


@story
async def test_escape_in_the_filter_brings_back_the_one_before_and_the_cursor(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("to:interpol")
        await hand.press("enter", "j", "j")
        await hand.painted()
        before, cursor = hand.lines[:20], hand.cursor
        await hand.press("/")
        await hand.type("zzz ")
        assert hand.numbers == []
        await hand.press("escape")
        assert hand.cursor == cursor
        await hand.until(lambda: hand.lines[:20] == before)


@story
async def test_a_filter_that_is_not_understood_leaves_the_list_and_says_why(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("state:agreed")
        shown = hand.numbers
        await hand.press("ctrl+u")
        await hand.type("due:nonsense")
        assert hand.lines[-2].strip()
        await hand.press("escape")
        assert hand.is_alive
        await hand.press("/")
        await hand.type('"')
        await hand.press("enter")
        assert hand.is_alive
        assert shown


@story
async def test_tab_in_the_filter_completes(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("to:inter")
        await hand.until(lambda: "inter (POL)" in hand.lines[1])
        await hand.press("tab", "enter")
        assert hand.list.list_state.filter_text == "to:INTERPOL"


@story
async def test_the_filter_bar_says_what_is_understood_how_many_match_and_what_tab_would_make_of_it(
    demo_store: Database,
) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        assert "to:interpol" in hand.message
        await hand.type("o")
        assert hand.lines[-2].rstrip().endswith("Tab owner:  outcome:  open  overdue")
        await hand.type("ve")
        assert hand.lines[-2].rstrip().endswith("Tab overdue")
        await hand.press("tab")
        assert hand.lines[-2].rstrip() == " 2 matches: overdue"
        await hand.type(" to:interpol")
        assert hand.lines[-2].startswith(" 1 match: overdue; to interpol")
        await hand.press("enter")
        assert "Tab" not in hand.lines[-2]


@story
async def test_what_tab_would_make_of_a_word_goes_with_the_word(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("ove")
        assert hand.lines[-2].rstrip().endswith("Tab overdue")
        await hand.type(":")
        assert "is not a field" in hand.message
        assert "Tab overdue" not in hand.screen
        await hand.press("backspace")
        assert hand.lines[-2].rstrip().endswith("Tab overdue")
        hand.list.set_focus(hand.list.rows)
        await hand.settle()
        await hand.press("/")
        assert "Tab overdue" not in hand.screen


@story
async def test_a_kept_filter_is_seen_before_the_name_of_the_store(demo_store: Database) -> None:
    async with driven(demo_store, size=(60, 16)) as hand:
        await hand.press("1", "/")
        await hand.type("to:interpol overdue")
        await hand.press("enter")
        assert hand.lines[1].startswith(" 1 Open · 1 · filter: to:interpol overdue ")


@story
async def test_on_a_small_screen_the_state_is_said_in_words_of_the_one_under_the_cursor(demo_store: Database) -> None:
    async with driven(demo_store, size=(60, 16)) as hand:
        await hand.press("1", "g")
        assert hand.lines[-2].rstrip() == " │ #6 Send the list of contact points · o agreed · @ chase"


@story
async def test_a_word_that_is_only_begun_never_empties_the_list(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("to:interpol")
        shown = hand.list.shown()
        assert shown
        assert hand.lines[1].startswith(" 1 Open · filter: to:interpol")
        for key in " overdu":
            await hand.type(key)
            assert hand.list.shown() == shown
        assert hand.message.startswith("no match with overdu")
        await hand.type("e")
        assert "no match" not in hand.message
        assert set() < hand.list.shown() < shown
        await hand.type("zzz")
        await hand.press("enter")
        assert not hand.list.shown()


@given(text=st.text(st.sampled_from('tobyvia:"interpolUNODCmia ркmuz-'), max_size=14))
def test_a_completion_only_adds_to_what_was_typed(text: str, demo_snapshot: Snapshot) -> None:
    whole = completed(text, demo_snapshot)
    assert whole is None or (fold(whole).startswith(fold(text)) and len(whole) > len(text) and "\n" not in whole)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [("to:unod", "to:UNODC"), ("overd", "overdue"), ("sta", "state:"), ("state:ag", "state:agreed"), ("zzz", None),
     ("overdue ", None), ("late", None), ("", None), ("-state:ag", "-state:agreed"),
     ("кому:unod", "кому:UNODC"), ("просроч", "просрочено:"), ("состояние:согл", "состояние:согласовано"),
     ("мои", None)],
)  # fmt: skip
def test_completions_of_a_filter(typed: str, whole: str | None, demo_snapshot: Snapshot) -> None:
    assert completed(typed, demo_snapshot) == whole


@story
async def test_the_lens_shows_what_a_party_owes_and_is_owed_and_tab_the_next_party(demo_store: Database) -> None:
    snapshot = demo_store.snapshot()
    async with driven(demo_store) as hand:
        await hand.point_at(7)
        await hand.press("p")
        for party in ("MIA Uzbekistan", "UNODC", "MIA Uzbekistan"):
            expected = {
                row.commitment["id"]
                for row in snapshot.open_rows
                if party in [*row.commitment["by"], *row.commitment["to"]]
            }
            assert set(hand.numbers) == expected
            assert "owes and is owed" in hand.lines[1]
            assert hand.cursor == 7
            await hand.press("tab")
        await hand.press("p")
        assert "owes and is owed" not in hand.lines[1]
        await hand.press("tab")
        assert "p opens it" in hand.lines[-2]


@story
async def test_a_visit_shows_its_commitments_open_or_not(demo_store: Database) -> None:
    snapshot = demo_store.snapshot()
    async with driven(demo_store) as hand:
        await hand.press("2", "v", "down", "enter")
        assert hand.in_front == "ListScreen"
        assert set(hand.numbers) == {
            row.commitment["id"] for row in snapshot.rows if row.commitment["visit"] == "lyon-2022"
        }
        await hand.press("v", "up", "enter")
        assert {snapshot.row(number).commitment["visit"] for number in hand.numbers} == {"tashkent-2022"}
        assert {12, 13} <= set(hand.numbers)


@story
async def test_what_an_escape_takes_away_is_not_told_any_more(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/")
        await hand.type("to:interpol")
        await hand.press("enter")
        assert hand.lines[-2] == " 8 matches: to interpol"
        await hand.press("escape")
        assert hand.lines[-2].startswith(" 0 now 1 open")


@pytest.mark.parametrize("letter", ["p", "k", "s", "v", "o"])
@story
async def test_another_grouping_begins_with_its_first_heading(demo_store: Database, letter: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press("b", letter)
        assert "#" not in hand.lines[2], hand.screen
        assert hand.lines[2].isupper()


# Selection


@story
async def test_a_state_for_all_selected_is_one_change_and_says_on_how_many(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        revision = demo_store.snapshot().revision
        await hand.press("space", "space", "space", "2")
        assert hand.list.selected == {6, 7, 8}
        await hand.press("s")
        assert "3 commitments, 1 not shown" in hand.screen
        await hand.press("i")
        await hand.until(lambda: demo_store.snapshot().revision > revision)
        assert demo_store.snapshot().revision == revision + 1
        assert {record(demo_store, number)["state"] for number in (6, 7, 8)} == {"in-progress"}
        assert hand.list.selected == frozenset()
        # #8 was in progress already.
        assert "2 commitments" in hand.message or "3 commitments" in hand.message


@story
async def test_a_change_that_fails_keeps_the_selection(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("space", "space")
        before = raw(demo_store)
        with open(demo_store.path, "wb") as file:
            file.write(b"{")
        await hand.press("s", "i")
        await hand.until(lambda: hand.message)
        assert hand.lines[-2].strip()
        assert hand.list.selected == {6, 7}
        with open(demo_store.path, "wb") as file:
            file.write(before)


@story
async def test_star_selects_all_that_are_shown_and_none_again(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("2", "*")
        assert hand.list.selected == {6, 7}
        assert "2 selected" in hand.lines[1]
        assert sum("  *6 o" in line or "+  *7 o" in line for line in hand.lines[2:20]) == 2
        await hand.press("*")
        assert hand.list.selected == frozenset()


# Undo, redo


@story
async def test_undo_and_redo_say_what_they_do_and_do_it(demo_store: Database) -> None:
    before = contents(demo_store)
    async with driven(demo_store) as hand:
        await hand.point_at(6)
        await hand.press("s", "i")
        await hand.until(lambda: record(demo_store, 6)["state"] == "in-progress")
        changed = contents(demo_store)
        for key in ("u", "г"):
            await hand.press(key)
            await hand.until(lambda: hand.message.startswith("taken back: the step of #6"))
            assert contents(demo_store) == before
            assert "o agrd" in next(line for line in hand.lines if "#6 " in line)
            await hand.press("U" if key == "u" else "ctrl+r")
            await hand.until(lambda: hand.message.startswith("brought back: the step of #6"))
            assert contents(demo_store) == changed
            assert hand.cursor == 6


@story
async def test_what_was_done_before_the_app_was_opened_is_taken_back_once_confirmed(demo_store: Database) -> None:
    do(demo_store, "mark", 6, "in-progress")
    for answer, state in (("n", "in-progress"), ("y", "agreed")):
        async with driven(demo_store, day="2023-03-04") as hand:
            await hand.press("u")
            await hand.shows("y take it back")
            shown = hand.words
            assert "Take back the step of #6 Send the list of contact points from agreed to in progress (" in shown
            assert "3 d ago)? y take it back n no" in shown
            await hand.press(answer)
            await hand.says("nothing was taken back" if answer == "n" else "taken back: the step of #6")
        assert record(demo_store, 6)["state"] == state
    async with driven(demo_store) as hand:
        await hand.point_at(7)
        await hand.press("s", "i", "u")  # Typed ahead: it is the step of #7 that is meant.
        await hand.says("taken back: the step of #7")


@story
async def test_undo_never_takes_back_what_others_did(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        do(beside(demo_store, who=BORIS), "mark", 6, "in-progress")
        await hand.press("u")
        await hand.until(lambda: hand.message)
        assert hand.lines[-2].strip()
        assert "taken back" not in hand.message
        assert record(demo_store, 6)["state"] == "in-progress"
        assert not [event for event in events_of(demo_store, 6) if event["who"] == ASEL]
        await hand.press("U")
        assert "brought back" not in hand.message


# The clipboard


@story
async def test_y_sends_one_harmless_line_and_says_sent(demo_store: Database) -> None:
    do(demo_store, "edit", 6, title="Send \x1b]52;c;aGFja2Vk\x07 it\nnow \u202e")
    async with driven(demo_store) as hand:
        await hand.point_at(6)
        await hand.press("y")
        (sent,) = hand.clipboard
        assert sent.startswith("#6 Send ")
        assert "2023-02-20" in sent or "20 Feb 2023" in sent
        assert sent.isprintable()
        assert hand.lines[-2].startswith(" sent")
        assert "copied" not in hand.message
        assert [text for text in hand.written if text.startswith("\x1b]52;")] == hand.written
        assert hand.written[0].count("\x1b") == 1


@story
async def test_y_sends_every_selected_line(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("space", "space", "y")
        (sent,) = hand.clipboard
        assert "#6 " in sent
        assert "#7 " in sent
        assert sent.isprintable()


# The palette


@pytest.mark.parametrize(
    ("typed", "is_done"),
    [
        ("overdue", lambda hand: hand.lines[1].startswith(" 2 Overdue")),
        ("every sign", lambda hand: hand.in_front == "HelpScreen"),
        ("state proposed", lambda hand: "State of #6" in hand.screen),
        ("deadlines", lambda hand: hand.in_front == "TimelineScreen"),
        ("group", lambda hand: "Group by" in hand.screen),
        ("how to quit", lambda hand: "q quits" in hand.message),
    ],
)
@story
async def test_the_palette_does_what_is_chosen(demo_store: Database, typed: str, is_done: Any) -> None:
    async with driven(demo_store) as hand:
        await hand.press(":")
        assert hand.in_front == "PaletteScreen"
        await hand.type(typed)
        await hand.press("enter")
        await hand.until(lambda: is_done(hand))


@story
async def test_the_palette_moves_its_mark_and_closes(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        before = hand.lines
        await hand.press("ctrl+p")
        first = [line for line in hand.lines if line.startswith(">")]
        await hand.press("down", "down", "up", "up", "up")
        (last,) = [line for line in hand.lines if line.startswith(">")]
        assert first != [last]
        assert "a promise that recurs" in last, "the mark is out of sight"
        await hand.type("zzz")
        assert "no command like that" in hand.screen
        await hand.press("enter")
        assert hand.lines == before
        await hand.press(":", "escape")
        assert hand.lines == before


# The mouse, and the size of the window


async def click(hand: Hand, line: int) -> None:
    await hand.pilot.click("#list", offset=(10, line))
    await hand.settle()


@story
async def test_a_click_points_and_a_second_one_opens(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await click(hand, 4)
        assert hand.cursor == 8
        await click(hand, 3)
        assert hand.cursor == 8, "a heading is not to be pointed at"
        await click(hand, 4)
        assert hand.in_front == "CommitmentScreen"
        assert "#8" in hand.lines[0]


@story
async def test_the_wheel_moves_the_cursor_and_keeps_it_in_sight(demo_store: Database) -> None:
    async with driven(demo_store, size=(80, 16)) as hand:
        for _ in range(6):
            hand.list.rows.post_message(events.MouseScrollDown(hand.list.rows, 1, 1, 0, 0, 0, False, False, False))
            await hand.settle()
            assert any(line.startswith(">") for line in hand.lines), hand.screen
        assert hand.cursor == hand.numbers[-1]


@story
async def test_another_columns_of_the_window_keeps_cursor_and_selection(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.point_at(18)
        await hand.press("space", "k")
        cursor = hand.cursor
        for size in ((120, 40), (60, 16), (200, 50), (80, 24), (100, 30)):
            await hand.pilot.resize_terminal(*size)
            await hand.painted()
            assert hand.cursor == cursor
            assert hand.list.selected == {18}
            assert len(hand.lines) == size[1]
            assert [line for line in hand.lines if line.startswith(">") and f"*{cursor} " in line], hand.screen
            assert all(len(line) <= size[0] for line in hand.lines)
            assert hand.lines[-1].endswith("q quit")
