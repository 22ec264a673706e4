"""The state menu and its forms; several commitments at once."""

from store import operations
from store.database import Database
from tests.support.app_driver import Hand, driven, story
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, beside, do, events, record
from tui.app.screens.form_screen import FormScreen


async def in_front(hand: Hand, kind: str) -> None:
    await hand.until(lambda: hand.in_front == kind)


@story
async def test_a_letter_acts_at_once(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("s", "i")
        assert hand.message == "#3 in progress; u takes it back"
        await hand.press("s", "i")
        assert hand.message == "#3 is in progress already"
    assert record(database, 3)["state"] == "in-progress"


@story
async def test_the_menu_answers_to_the_russian_layout(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("ы", "ш")
        assert hand.message == "#3 in progress; u takes it back"
        await hand.press("ы", "ч", "в", "ctrl+s")
    assert record(database, 3)["closed"]["because"] == "declined"


@story
async def test_reported_takes_its_defaults(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "r")
        assert "(MIA Uzbekistan)" in hand.screen
        assert "= Wed 1 Mar 2023, today" in hand.screen
        await hand.press("ctrl+s")
        assert hand.message == "#2 reported done; u takes it back"
    assert record(database, 2)["reported"]["said_by"] == [MIA]


@story
async def test_the_day_it_was_done_lies_behind(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(4)
        await hand.press("s", "r", "enter", *"20 Feb")
        assert ">done on" in hand.screen
        assert "Mon 20 Feb 2023, 9 d ago" in hand.screen
        await hand.press(*["backspace"] * 6, *"tomorrow")
        assert '"tomorrow" is still to come: write 22 Feb 2023, yesterday' in hand.screen
        await hand.press(*["backspace"] * 8, *"last Tuesday", "ctrl+s")
        assert hand.message == "#4 reported done on 28 Feb, 13 d late; u takes it back"
    assert record(database, 4)["reported"]["on"] == "2023-02-28"


@story
async def test_reported_with_all_that_can_be_said(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(4)
        await hand.press(
            "s", "r", *"UNODC", "enter", *"10.2.2023", "enter", *"letter 12", "enter", *"by mail", "ctrl+s"
        )
        assert hand.message == "#4 reported done on 10 Feb; u takes it back"
    voice = record(database, 4)["reported"]
    assert (voice["said_by"], voice["on"], voice["evidence"]) == ([UNODC], "2023-02-10", "letter 12")
    assert events(database, 4)[-1]["note"] == "by mail"


@story
async def test_what_was_late_is_asked_why(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(4)
        await hand.press("s", "r", "ctrl+s")
        assert hand.message == "#4 reported done, 14 d late; u takes it back"
        await hand.until(lambda: "Why was #4 missed?" in hand.screen)
        assert isinstance(hand.app.screen, FormScreen)
        await hand.press(*"the tender", "ctrl+s")
        assert hand.message == "#4 reason kept"
    assert record(database, 4)["miss_reason"] == "the tender"


@story
async def test_esc_leaves_the_reason_for_later(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(4)
        await hand.press("s", "r", "ctrl+s", "escape")
        assert hand.in_front == "ListScreen"
    assert record(database, 4)["state"] == "reported"
    assert "miss_reason" not in record(database, 4)


@story
async def test_confirmed(database: Database) -> None:
    do(database, "mark", 2, "reported", on="2023-02-20")
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "c")
        assert "= Mon 20 Feb 2023, 9 d ago" in hand.screen
        assert "received on" in hand.screen
        await hand.press("enter")
        assert "the day it was received; as reported: 20 Feb" in hand.screen
        await hand.press("ctrl+s")
        assert hand.message == "#2 confirmed, received on 20 Feb; u takes it back"
    assert record(database, 2)["confirmed"]["on"] == "2023-02-20"


@story
async def test_a_stranger_cannot_confirm(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "c", *"Nobody Known", "ctrl+s")
        await hand.until(lambda: "there is no party" in hand.screen)
        assert "Nobody Known" in hand.screen


@story
async def test_sent_back_needs_a_note(database: Database) -> None:
    do(database, "mark", 2, "reported")
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "b", "ctrl+s")
        await hand.until(lambda: "say what is missing" in hand.screen)
        await hand.press(*"the letter", "ctrl+s")
        assert hand.message == "#2 sent back: in progress again; u takes it back"
    assert record(database, 2)["returned"]["note"] == "the letter"


@story
async def test_what_nobody_reported_is_sent_back_only_where_it_was_agreed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "b", "tab", "tab", *"the letter", "ctrl+s")
        assert hand.message == "#2 sent back, though nobody reported it; u takes it back"
        await hand.point_at(1)
        await hand.press("s", "b", "tab", "tab", *"the letter", "ctrl+s")
        await hand.until(lambda: "never agreed nor reported" in hand.screen)
    assert "returned" not in record(database, 1)


@story
async def test_why_it_is_closed_has_no_default(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "x", "enter")
        assert hand.in_front == "MenuScreen"
        await hand.press("p", "enter", *"INTERPOL", "ctrl+s")
        assert hand.message == "#2 closed; u takes it back"
    closed = record(database, 2)["closed"]
    assert (closed["because"], closed["agreed_by"]) == ("dropped", INTERPOL)


@story
async def test_superseded_names_the_other(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "x", "s", "enter", *"99")
        await hand.until(lambda: "there is no commitment 99" in hand.screen)
        await hand.press("backspace", "backspace", *"#3")
        await hand.until(lambda: "Facilitate the assistance" in hand.screen)
        await hand.press("ctrl+s")
    assert record(database, 2)["closed"]["by_id"] == 3


# Several at once.


@story
async def test_several_are_marked_in_one_transaction(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("*", "s")
        assert "State of 4 commitments" in hand.screen
        await hand.press("i")
        assert hand.message == "4 commitments in progress; u takes them back"
        assert not hand.list.selected
    assert len({events(database, number)[-1]["change"] for number in (1, 2, 3, 4)}) == 1


@story
async def test_the_form_says_how_many_are_not_shown(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("*", "2", "c")
        assert "Chased: 4 commitments, 3 not shown" in hand.screen
        await hand.press(*"rang them", "ctrl+s")
    last = [events(database, number)[-1] for number in (1, 2, 3, 4)]
    assert {event["note"] for event in last} == {"rang them"}
    assert len({event["change"] for event in last}) == 1


@story
async def test_a_failure_keeps_the_selection_and_saves_nothing(database: Database) -> None:
    do(database, "mark", 1, "closed", because="dropped")
    async with driven(database) as hand:
        hand.list.select([1, 2])
        await hand.press("c", *"rang", "ctrl+s")
        await hand.until(lambda: "nothing left to chase" in hand.screen)
        await hand.press("escape", "y")
        assert hand.list.selected == {1, 2}
    assert "chased" not in record(database, 2)


@story
async def test_what_is_about_one_says_so_when_several_are_selected(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("*")
        for key in "dewS+-":
            await hand.press(key)
            assert "4 are selected" in hand.message
            assert hand.in_front == "ListScreen"


@story
async def test_over_twenty_are_asked_about_once(database: Database) -> None:
    with database.transaction() as tx:
        for count in range(21):
            operations.add(tx, f"Thing {count}", visit="lyon-2022", by=[MIA], to=[INTERPOL])
    async with driven(database) as hand:
        await hand.press("*", "n")
        await in_front(hand, "QuestionScreen")
        await hand.press("n")
        assert hand.in_front == "ListScreen"
        await hand.press("n", "y", *"all", "ctrl+s")
        assert hand.message == "25 commitments noted"


@story
async def test_a_note_written_meanwhile_stands_in_nobodys_way(database: Database) -> None:
    number = add(database, "Together")
    async with driven(database) as hand:
        await hand.point_at(number)
        await hand.press("s", "r", *"MIA", "enter")
        do(beside(database, who="boris"), "note", number, "I rang")
        await hand.press("ctrl+s")
        await hand.until(lambda: "reported done" in hand.message)
    assert record(database, number)["state"] == "reported"


@story
async def test_a_conflict_on_one_of_several_saves_nothing_and_keeps_the_selection(database: Database) -> None:
    async with driven(database) as hand:
        hand.list.select([2, 3])
        await hand.press("s")
        do(beside(database, who="boris"), "mark", 3, "closed", because="dropped")
        await hand.press("i")
        await hand.until(lambda: "3 changed meanwhile: boris changed" in hand.message)
        assert hand.list.selected == {2, 3}
    assert record(database, 2)["state"] == "agreed"


@story
async def test_taking_back_what_was_said_is_asked(database: Database) -> None:
    do(database, "mark", 1, "done")
    do(database, "mark", 2, "done")
    do(database, "mark", 2, "confirmed")
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("s", "i")
        await hand.shows("#1 is reported done: y take that back  n leave it")
        await hand.press("n")
        assert hand.in_front == "ListScreen"
        assert record(database, 1)["state"] == "reported"
        await hand.press("1", "*", "s", "i")
        await hand.shows("1 of 3 is reported done: y take that back too  o only the other 2  n nothing")
        await hand.press("x")
        assert record(database, 3)["state"] == "agreed"
        await hand.press("s", "i", "o")
        assert hand.message == "2 commitments in progress; u takes them back"
        assert record(database, 1)["state"] == "reported"
        await hand.press("6", "space", "1", "*", "s", "i")
        await hand.shows("1 of 4 is reported done, 1 confirmed: y take them back too")
        await hand.press("н")
        assert hand.message == "2 commitments in progress, 2 already so, 2 taken back; u brings them back"
    assert {record(database, number)["state"] for number in (1, 2, 3, 4)} == {"in-progress"}


@story
async def test_reporting_again_says_that_the_confirmation_is_taken_back(database: Database) -> None:
    do(database, "mark", 2, "done")
    do(database, "mark", 2, "confirmed")
    async with driven(database) as hand:
        await hand.press("6")
        await hand.point_at(2)
        await hand.press("s", "r", "ctrl+s")
        assert hand.message == "#2 reported done, confirmation taken back; u brings it back"
