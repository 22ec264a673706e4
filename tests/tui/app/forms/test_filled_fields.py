"""What a field came filled with is replaced by typing, and edited after an arrow or End, in every form."""

import pytest

from store.database import Database
from tests.support.app_driver import Hand, driven, story
from tests.support.store_builders import MIA, do, record
from tui.app.screens.form_screen import FormScreen
from tui.app.widgets.form_field import Field
from tui.app.widgets.form_inputs import ChoiceInput

FORMS = ("a", "e", "S", "w", "d", "sr", "v e", "5", "I", "R s e", "R s s")
"""Keys that open the forms which may come filled."""


def fields(hand: Hand) -> list[Field]:
    return [field for field in hand.app.screen.query(Field) if not isinstance(field.input, ChoiceInput)]


@pytest.mark.parametrize("keys", FORMS)
@story
async def test_typing_replaces_what_a_field_came_with(database: Database, keys: str) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=3, letter="old")
    do(database, "mark", 2, "reported", on="2023-02-27")
    do(database, "set_miss_reason", 2, "leave")
    do(database, "edit", 2, quote="They will nominate", source="minutes")
    async with driven(database) as hand:
        await hand.press("6", "1")
        await hand.point_at(2)
        for key in keys.replace(" ", ""):
            await hand.press(key)
        screen = hand.app.screen
        assert isinstance(screen, FormScreen)
        screen.action_unfold()
        for field in fields(hand):
            before = field.value
            screen.set_focus(field.input)
            await hand.settle()
            await hand.press("x")
            assert field.value == "x", field.question.name
            field.put(before)
            screen.set_focus(None)
            await hand.settle()
            screen.set_focus(field.input)
            await hand.settle()
            await hand.press("escape" if field.input is not screen.focused else "end", "y")
            assert field.value == f"{before}y", field.question.name
            await hand.press("backspace")
            if field.value.endswith("y"):
                field.put(before)


@story
async def test_what_was_typed_is_gone_on_with_when_its_field_is_entered_again(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"Share", "tab", *"MIA", "tab", "shift+tab", *"; INT", "enter", "up")
        title, by = fields(hand)[:2]
        assert (title.value, by.value) == ("Share", "MIA Uzbekistan; INTERPOL")
        await hand.press("up", *" lists", "down", "up", "home", *"Do ", "down", "up", *" soon")
        assert title.value == "Do Share lists soon"
        await hand.press("escape", "n", *"!")
        assert title.value == "Do Share lists soon!"
        await hand.pilot.click(by.input, offset=(2, 0))
        await hand.until(lambda: hand.app.screen.focused is by.input)
        await hand.press(*"; UNODC")
        await hand.until(lambda: by.value == "MIA Uzbekistan; INTERPOL; UNODC")


@story
async def test_what_was_typed_over_what_a_field_came_with_is_gone_on_with(database: Database) -> None:
    do(database, "set_miss_reason", 2, "leave")
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("w", *"ill", "tab", "shift+tab", *", he said")
        (reason,) = fields(hand)
        assert reason.value == "ill, he said"
        await hand.press("tab")
        await hand.pilot.click(reason.input, offset=(1, 0))
        await hand.until(lambda: hand.app.screen.focused is reason.input)
        await hand.press(*" so")
        await hand.until(lambda: reason.value == "ill, he said so")


@story
async def test_after_a_refused_save_typing_replaces_what_was_refused(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"next spring or so", "ctrl+s")
        await hand.shows("not saved")
        await hand.press(*"31.3.2023", "ctrl+s")
        assert record(database, 3)["due"] == "2023-03-31"


@story
async def test_what_was_refused_is_kept_once_its_field_was_left(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"31.3.20233", "ctrl+s")
        await hand.shows("not saved")
        await hand.press("tab", "shift+tab", "backspace", "ctrl+s")
        assert record(database, 3)["due"] == "2023-03-31"


@story
async def test_a_text_of_several_lines_takes_enter_as_a_line_and_tab_ctrl_s_f2_go_on(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("w", *"leave", "enter", *"of the minister", "f2")
        assert hand.in_front == "ListScreen"
        assert record(database, 2)["miss_reason"] == "leave\nof the minister"
        await hand.press("w", *"x", "ctrl+s")
    assert record(database, 2)["miss_reason"] == "x"
    assert record(database, 2)["by"] == [MIA]


@story
async def test_the_click_that_enters_a_field_selects_it_and_the_next_one_puts_the_cursor_there(
    database: Database,
) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("e")
        by = fields(hand)[1]
        await hand.pilot.click(by.input, offset=(2, 0))
        await hand.until(lambda: hand.app.screen.focused is by.input)
        await hand.press(*"INT")
        await hand.until(lambda: by.value == "INT")
        await hand.press("escape")
        await hand.pilot.click(by.input, offset=(1, 0))
        await hand.press("x")
        assert by.value == "IxNT"


@story
async def test_a_filled_field_is_not_painted_over_and_says_what_typing_does(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e")
        title = fields(hand)[0]
        came = title.value
        await hand.shows("typing replaces it")
        painted = [segment for segment in title.input.render_line(0) if segment.style and segment.style.reverse]
        assert "".join(segment.text for segment in painted) == came[0]
        await hand.press("right", "X")
        assert title.value == f"{came[0]}X{came[1:]}"
        assert "typing replaces it" not in hand.screen
        await hand.press("tab", "shift+tab", "end")
        assert "typing replaces it" not in hand.screen
        await hand.press("tab", "backspace")
        assert fields(hand)[1].value == ""


@story
async def test_a_name_that_is_longer_than_its_field_says_so(database: Database) -> None:
    do(database, "edit", 1, by=["Ministry of Internal Affairs and of Emergency Situations"])
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e")
        await hand.shows(" promised by   Ministry of Internal Affairs an>")
        await hand.press("tab", "end")
        await hand.until(lambda: ">promised by   <" in hand.screen and " an>" not in hand.screen)


@story
async def test_what_is_empty_stands_behind_more_when_a_commitment_is_edited(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e")
        await hand.shows("- proposed")
        more = next(line for line in hand.lines if line.startswith(" more"))
        assert "support" in more
        assert "channel" not in more
        assert " channel       NCB Tashkent" in hand.screen
