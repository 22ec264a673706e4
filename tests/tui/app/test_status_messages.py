"""What the app says stays true and is seen: beside forms, through resizes, behind other people's changes."""

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.geometry import Size

from store.database import Database
from store.errors import NotAllowed
from tests.support.app_driver import driven, story
from tests.support.store_builders import beside, do
from tui.app.sync.changes_by_others import refusal_sentence


@story
async def test_a_click_beside_the_filter_closes_it_and_keeps_what_was_understood(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/", *"overdue")
        assert hand.app.focused is not hand.list.rows
        await hand.pilot.click("#list", offset=(20, 2))
        await hand.settle()
        assert hand.app.focused is hand.list.rows
        await hand.until(lambda: "filter: overdue" in hand.lines[1])
        await hand.press("escape")
        await hand.until(lambda: "filter" not in hand.lines[1])


@story
async def test_the_filter_says_which_query_was_meant(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/", *"by mia to interpol")
        await hand.until(lambda: "looked for as words; by:mia to:interpol finds 6" in hand.screen)


@story
async def test_the_filter_names_what_the_store_does_not_know(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/", *"by:UNDOC")
        await hand.until(lambda: 'there is no party "UNDOC"; did you mean "UNODC"?' in hand.screen)
        await hand.press(*["backspace"] * 8, *"visit:lyon")
        await hand.until(lambda: "5 matches: visit lyon" in hand.screen)


@story
async def test_the_same_sentence_is_said_again_in_another_form(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        for key in ("n", "c"):
            await hand.press(key, "ctrl+c")
            await hand.until(lambda: "Esc closes a form" in hand.screen)
            await hand.press("escape")


@story
async def test_a_message_is_there_again_when_the_screen_has_grown(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("s", "i")
        message = hand.message
        assert "in progress" in message
        for width, height in ((40, 10), (1, 1), (80, 24)):
            hand.send(events.Resize(Size(width, height), Size(width, height)))
            await hand.painted()
        await hand.until(lambda: message in hand.screen)


@story
async def test_what_came_in_with_my_own_change_is_told_behind_it(demo_store: Database) -> None:
    async with driven(demo_store, every=1000) as hand:
        await hand.point_at(6)
        do(beside(demo_store, who="boris"), "note", 8, "on the phone")
        await hand.press("s", "i")
        assert hand.message == "#6 in progress; u takes it back"
        hand.app._watcher._tick()
        await hand.until(lambda: hand.message == "#6 in progress; u takes it back; meanwhile #8 noted, by boris")


@story
async def test_a_refusal_stays_in_front_of_what_others_do_until_a_key_answers_it(demo_store: Database) -> None:
    async with driven(demo_store, every=1000) as hand:
        boris = beside(demo_store, who="boris")
        await hand.press("u")
        refused = hand.message
        assert hand.app.message == (refused, "error")
        for number in (8, 9):
            do(boris, "note", number, "on the phone")
            hand.app._watcher._tick()
            await hand.says(f"#{number}")
            assert hand.app.message == (f"{refused}; meanwhile #{number} noted, by boris", "error")
        await hand.press("j")
        do(boris, "note", 7, "on the phone")
        hand.app._watcher._tick()
        await hand.until(lambda: hand.message == "#7 noted, by boris")


@pytest.mark.parametrize(
    ("key", "twice"), [("s", "\x1b[<0;5;3M\x1b[<0;5;3m"), (":", "\x1b[<0;5;9M\x1b[<0;5;9m"), (":", "\r")]
)
@story
async def test_what_closes_a_menu_twice_closes_it_once(demo_store: Database, key: str, twice: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press(key)
        for event in XTermParser().feed(twice * 2):
            assert isinstance(event, events.Event)
            hand.send(event)
        await hand.settle()
        assert hand.is_alive


@pytest.mark.parametrize("key", ["tab", "space", "s"])
@story
async def test_a_key_of_another_screen_is_called_by_a_name_that_can_be_read(demo_store: Database, key: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press("?", key)
        assert hand.message.startswith(f"{key} works on the ")


def test_only_the_number_of_a_commitment_gets_its_sign() -> None:
    for sentence, shown in (
        ("7: its date was agreed", "#7: its date was agreed"),
        ("7 was removed by asel", "#7 was removed by asel"),
        ("3 are selected, and one at a time", "3 are selected, and one at a time"),
        ("2 of 14 are reported", "2 of 14 are reported"),
        ("2023-03-31 is past", "31 Mar 2023 is past"),
    ):
        assert refusal_sentence(NotAllowed(sentence)) == shown


def test_days_in_a_refusal_are_as_people_write_them_but_not_what_was_typed() -> None:
    for sentence, shown in (
        ("7: its date was agreed (2026-11-18), so", "#7: its date was agreed (18 Nov 2026), so"),
        ('"2026-11-18" is no name', '"2026-11-18" is no name'),
        ("letter 2026-99-18", "letter 2026-99-18"),
    ):
        assert refusal_sentence(NotAllowed(sentence)) == shown
