"""Two people on one record: merged where they can be, side by side where they cannot."""

import asyncio

import pytest
from rich.cells import cell_len

from store.database import Database
from tests.support.app_driver import Hand, driven, key_events, story
from tests.support.process_holding_lock import held
from tests.support.run_command import PATIENCE
from tests.support.store_builders import INTERPOL, VISIT, add_lyon, beside, do, raw, record, set_due
from tui.app.pages.conflict_differences import Difference
from tui.app.pages.conflict_page import difference_lines
from tui.app.widgets.text_lines import Page
from tui.render.terminal_style import TerminalStyle


async def clashing(hand: Hand) -> None:
    await hand.until(lambda: hand.in_front == "ConflictScreen")


@story
async def test_fields_that_do_not_clash_are_merged(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" now")
        do(beside(database, who="boris"), "edit", 1, owner="boris")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.message == "#1 changed: title; merged with boris's change of owner")
    assert record(database, 1)["owner"] == "boris"


@story
async def test_mine_and_theirs_are_chosen_field_by_field(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine", "tab", "tab", "end", *", UNODC", *["tab"] * 4, *"asel two")
        do(beside(database, who="boris"), "edit", 1, title="Title of boris", owner="boris")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "Title of boris" in hand.screen)
        assert "theirs: boris, 1 Mar" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: "choose for what first" in hand.screen)
        await hand.press("j")
        await hand.until(lambda: "choose for what first" not in hand.screen)
        await hand.press("k")
        await hand.press("ь", "t", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
    stored = record(database, 1)
    assert stored["title"] == "Take part in the TIP Analysis File mine"
    assert stored["owner"] == "boris"
    assert stored["to"] == [INTERPOL, "UNODC"]


@story
async def test_a_state_is_chosen_with_its_voice(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "r", "tab", "tab", *"letter 2", "tab")
        do(beside(database, who="boris"), "mark", 2, "reported", evidence="letter 1", on="2023-02-20")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "letter 1" in hand.screen)
        await hand.press("m", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
    assert record(database, 2)["reported"]["recorded_by"] == "asel"


@story
async def test_theirs_alone_changes_nothing(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"30.4.2023", "tab", *"mine")
        set_due(beside(database, who="boris"), 2, "2023-05-31", reason="theirs")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.press("t", "ctrl+s")
        await hand.until(lambda: hand.message == "#2: theirs stands, nothing was changed")
        assert hand.app.drafts.all() == []
    assert record(database, 2)["due"] == "2023-05-31"


@story
async def test_a_due_date_of_mine_over_theirs(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"30.4.2023", "tab", *"mine")
        set_due(beside(database, who="boris"), 2, "2023-05-31", reason="theirs")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.press("m", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
    stored = record(database, 2)
    assert stored["due"] == "2023-04-30"
    assert [change["reason"] for change in stored["due_changes"]] == ["theirs", "mine"]


@story
async def test_esc_keeps_theirs_and_a_draft_of_mine(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine")
        do(beside(database, who="boris"), "edit", 1, title="Theirs")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.press("escape")
        await hand.until(lambda: "kept as a draft" in hand.message)
        (draft,) = hand.app.drafts.all()
        assert draft.values == {"title": "Take part in the TIP Analysis File mine"}
    assert record(database, 1)["title"] == "Theirs"


@story
async def test_what_acts_at_once_conflicts_too(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s")
        do(beside(database, who="boris"), "mark", 2, "proposed")
        await hand.press("i")
        await clashing(hand)
        await hand.press("escape")
        await hand.until(lambda: hand.message == "#2: theirs stands, nothing was changed")
    assert record(database, 2)["state"] == "proposed"


@story
async def test_it_fits_a_small_window(database: Database) -> None:
    async with driven(database, size=(60, 16)) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine", *["tab"] * 6, *"x")
        do(beside(database, who="boris"), "edit", 1, title="[TIP] [/] " * 20, owner="[b]boris")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.press("down")
        await hand.until(lambda: "[b]boris" in hand.screen)
        assert all(len(line) <= 60 for line in hand.lines)


@story
async def test_a_removed_commitment_is_told(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine")
        do(beside(database, who="boris"), "remove", 1, "a slip")
        await hand.press("ctrl+s")
        await hand.until(lambda: "was removed by boris" in hand.screen)
        assert "mine" in hand.screen


@story
async def test_my_own_keys_pressed_just_before_are_no_conflict(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        with held(database):
            for key, front in (("s", "MenuScreen"), ("i", "ListScreen"), ("s", "MenuScreen"), ("a", "ListScreen")):
                for event in key_events(key):
                    hand.send(event)
                async with asyncio.timeout(PATIENCE):
                    while hand.in_front != front:
                        await asyncio.sleep(0)
            assert hand.app.save_thread.is_busy
        await hand.until(lambda: hand.message == "#3 agreed; u takes it back")
    assert record(database, 3)["state"] == "agreed"


# All of it is shown.


def quote(end: str) -> str:
    """A long quote; only its last words differ."""
    return " ".join(f"word{number}" for number in range(60)) + f" {end}"


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@story
async def test_long_texts_are_shown_to_their_end(database: Database, size: tuple[int, int]) -> None:
    do(database, "edit", 1, quote=quote("was"))
    async with driven(database, size=size) as hand:
        await hand.point_at(1)
        await hand.press("e", *("tab",) * 7, *("down",) * 20, "end", *("backspace",) * 3, *"minetext")
        do(beside(database, who="boris"), "edit", 1, quote=quote("theirtext"))
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "word0" in hand.screen)
        await hand.shows("more: PgDn")
        seen = hand.screen
        for key in ("pagedown", "ctrl+d", "pagedown", "ctrl+d", "pagedown", "pagedown"):
            await hand.press(key)
            seen += hand.screen
        assert all(f"word{number}" in seen for number in range(60))
        assert all(text in hand.screen for text in ("was", "theirtext", "minetext"))
        await hand.press("pageup", "ctrl+u", "pageup", "pageup", "pageup", "pageup")
        assert "word0" in hand.screen
        await hand.press("down")
        assert hand.app.screen.query_one(Page).scroll_offset.y == 1
        assert all(len(line) <= size[0] for line in hand.lines)


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@story
async def test_both_names_stand_over_the_values(database: Database, size: tuple[int, int]) -> None:
    async with driven(database, size=size) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine")
        do(beside(database, who="boris"), "edit", 1, title="Theirs")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "before" in hand.screen)
        (head,) = [line for line in hand.lines if "(before)" in line]
        assert head.split()[:5] == [">WHAT", "(before)", "t", "theirs:", "boris,"[: 6 if size[0] > 60 else 5]]
        assert head.split()[-3:] == ["m", "mine:", "asel"]
        if hand.lines[-2] != " 1 still to choose":
            assert hand.lines[-2] == " #1 edited, by boris"  # The watcher may find the change now; a key is next.
            await hand.press("down")
        assert hand.lines[-2] == " 1 still to choose"
        await hand.press("m")
        assert "[mine] asel" in hand.screen
        assert "[theirs]" not in hand.screen
        assert hand.lines[-2] == " all are chosen: ctrl+s saves"
        await hand.press("t")
        assert "[theirs] boris" in hand.screen
        assert "[mine]" not in hand.screen
        assert "Esc theirs" in hand.lines[-1]


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@pytest.mark.file_only("a name longer than that of a role may be")
@story
async def test_heads_are_cut_by_the_columns_that_they_take(database: Database, size: tuple[int, int]) -> None:
    async with driven(database, size=size, who="国際捜査研修所の連絡担当者") as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" mine")
        do(beside(database, who="Алексей Константинович Долгоруков"), "edit", 1, title="国際" * 40)
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "before" in hand.screen)
        await hand.press("t")
        (head,) = [line for line in hand.raw_lines if "(before)" in line]
        assert head.count("…") == 2
        assert head.index("[theirs] А") < head.index("mine: 国")
        assert all(cell_len(line) == size[0] for line in hand.raw_lines)
        assert sum(line.count("国") for line in hand.lines if "mine: " not in line) >= (40 if size[0] > 60 else 10)


def test_the_words_that_differ_are_bold_wherever_a_line_breaks() -> None:
    text = "we shall send the list of contact points before the end of"
    long = "November" * 3
    difference = Difference("quote", frozenset({"quote"}), text, f"{text} May", f"{text} {long}", "boris", "1 Mar")
    for width in (60, 80, 200):
        lines = difference_lines(difference, "asel", "", TerminalStyle(width), is_current=True)
        assert [style for _, style in lines[0] if style != "plain"] == ["cursor", "key", "heading", "key", "heading"]
        bold = "".join(part for line in lines[1:] for part, style in line if style == "strong").replace(" ", "")
        assert sorted(bold) == sorted(f"May{long}")


# Two people on one visit.


@story
async def test_a_visit_that_another_changed_is_not_written_over(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "e", "tab", "ctrl+u", *"Paris")
        do(beside(database, who="boris"), "edit_visit", VISIT, place="Lyon, France", donor="EU")
        before = raw(database)
        await hand.press("ctrl+s")
        await hand.until(lambda: "boris" in hand.screen or hand.in_front == "ConflictScreen")
        assert raw(database) == before
        if hand.in_front == "ConflictScreen":
            await hand.until(lambda: "Lyon, France" in hand.screen and "Paris" in hand.screen)
            await hand.press("m")
        else:
            assert "lyon-2022 changed meanwhile: boris changed" in hand.screen
            assert "Paris" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.message == "visit lyon-2022 changed")
    visit = database.snapshot().visits[VISIT]
    assert (visit["place"], visit["donor"]) == ("Paris", "EU")


@story
async def test_fields_of_a_visit_that_do_not_clash_are_merged(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "e", "tab", "ctrl+u", *"Paris")
        do(beside(database, who="boris"), "edit_visit", VISIT, new_slug="lyon-22", title="A visit", donor="EU")
        await hand.press("ctrl+s")
        await hand.until(lambda: "changed" in hand.message and "visit" in hand.message)
        assert hand.in_front == "VisitsScreen"
    visit = database.snapshot().visits["lyon-22"]
    assert (visit["place"], visit["donor"], visit["title"]) == ("Paris", "EU", "A visit")


@story
async def test_a_draft_of_a_visit_remembers_what_was_seen(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "e", "tab", "ctrl+u", *"Paris", "tab")
        (draft,) = hand.app.drafts.all()
        assert draft.subject.seen_revisions == {1: 1}


@story
async def test_a_visit_that_was_removed_meanwhile_is_told(empty: Database) -> None:
    add_lyon(empty)
    async with driven(empty) as hand:
        await hand.press("v", "e", "tab", "ctrl+u", *"Paris")
        do(beside(empty, who="boris"), "remove_visit", VISIT)
        add_lyon(beside(empty, who="boris"))
        await hand.press("ctrl+s")
        await hand.until(lambda: "the visit lyon-2022 was removed meanwhile" in hand.screen)
        assert "Paris" in hand.screen
    assert empty.snapshot().visits[VISIT]["place"] == "Lyon"
