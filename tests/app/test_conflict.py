"""Two people on one record: merged where they can be, side by side where they cannot."""

import asyncio

from store.database import Database
from tests.app.driving import Hand, driven, key_events, story
from tests.app.holding import held
from tests.builders import INTERPOL, beside, do, record, set_due


async def clashing(hand: Hand) -> None:
    await hand.until(lambda: hand.in_front == "Clashing")


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
        await hand.press(
            "e", "end", *" mine", "tab", "tab", "end", *", UNODC", "tab", "tab", "tab", "ctrl+u", *"asel two"
        )
        do(beside(database, who="boris"), "edit", 1, title="Title of boris", owner="boris")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.until(lambda: "Title of boris" in hand.screen)
        assert "boris, 1 Mar 2023" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: "choose for title first" in hand.screen)
        await hand.press("ь", "t", "ctrl+s")
        await hand.until(lambda: hand.in_front == "Commitments")
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
        await hand.until(lambda: hand.in_front == "Commitments")
    assert record(database, 2)["reported"]["recorded_by"] == "asel"


@story
async def test_theirs_alone_changes_nothing(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"30.4.2023", "tab", "tab", *"mine")
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
        await hand.press("d", *"30.4.2023", "tab", "tab", *"mine")
        set_due(beside(database, who="boris"), 2, "2023-05-31", reason="theirs")
        await hand.press("ctrl+s")
        await clashing(hand)
        await hand.press("m", "ctrl+s")
        await hand.until(lambda: hand.in_front == "Commitments")
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
        await hand.press("e", "end", *" mine", "tab", "tab", "tab", "tab", "tab", "ctrl+u", *"x")
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
            for key, front in (("s", "Menu"), ("i", "Commitments"), ("s", "Menu"), ("a", "Commitments")):
                for event in key_events(key):
                    hand.send(event)
                while hand.in_front != front:
                    await asyncio.sleep(0)
            assert hand.app.writer.is_busy
        await hand.until(lambda: hand.message == "#3 agreed")
    assert record(database, 3)["state"] == "agreed"
