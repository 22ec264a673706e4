"""How a form is moved in, saved and left; nothing typed is lost."""

import itertools

import pytest
from textual.widget import Widget
from textual.widgets import Input

from store.database import Database
from tests.support.app_driver import Hand, driven, key_events, story, until_now
from tests.support.process_holding_lock import ME, held
from tests.support.store_builders import INTERPOL, MIA, add, beside, events, record
from tui.app.screens.form_screen import FormScreen
from tui.app.widgets.form_field import Field
from tui.app.widgets.form_inputs import FormButton, MoreLine

HOSTILE = "[TIP] [/] [b]x [@click=app.boom]y[/] Узбекистан"


def focused(hand: Hand) -> str:
    """The name of the field that has the focus, `save` for the button."""
    widget = hand.app.screen.focused
    if isinstance(widget, FormButton | MoreLine):
        return widget.id or ""
    return next(field.question.name for field in hand.app.screen.query(Field) if field.input is widget)


@story
async def test_enter_goes_to_the_next_field_and_from_the_last_to_save(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d")
        assert focused(hand) == "date"
        await hand.type("31.3.2023")
        await hand.press("enter")
        assert focused(hand) == "save"
        await hand.press("up")
        assert focused(hand) == "more"
        await hand.press("shift+tab", "down", "tab", "enter")
    assert record(database, 3)["due"] == "2023-03-31"


@story
async def test_text_typed_on_the_button_saves_nothing(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"+2w", "enter", *" or so, said Yes ")
        assert focused(hand) == "save"
        assert isinstance(hand.app.screen, FormScreen)
        await hand.shows("\n>[ Save ]")
        await hand.press("enter")
        assert record(database, 3)["due"] == "2023-03-15"


@story
async def test_f2_saves_from_anywhere(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"+2w", "f2")
        assert hand.in_front == "ListScreen"
        assert hand.message == "#3 due none -> 15 Mar 2023"
    assert record(database, 3)["due"] == "2023-03-15"


@story
async def test_esc_closes_at_once_when_nothing_was_typed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", "escape")
        assert hand.in_front == "ListScreen"


@story
async def test_esc_asks_when_something_was_typed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", *"said", "escape")
        assert hand.in_front == "QuestionScreen"
        await hand.until(lambda: "Discard what you typed?" in hand.screen)
        assert "said" in hand.screen
        await hand.press("p")
        assert isinstance(hand.app.screen, FormScreen)
        assert "said" in hand.screen
        await hand.press("!", "escape", "y")
        assert hand.in_front == "ListScreen"
    assert all("note" not in event for event in events(database, 4))


@story
async def test_esc_then_s_saves_and_the_russian_layout_answers(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", *"said", "escape", "ы")
        assert hand.message == "#4 noted"
        await hand.press("т", *"more", "escape", "н")
        assert hand.in_front == "ListScreen"
    assert [event["note"] for event in events(database, 4) if "note" in event] == ["said"]


@story
async def test_letters_of_the_app_are_text_in_a_form(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", *"quit :?/12", "ctrl+s")
        assert hand.is_alive
    assert events(database, 4)[-1]["note"] == "quit :?/12"


@story
async def test_a_refusal_stands_whole_under_its_field_until_that_is_mended(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"+2w", "ctrl+s")
        assert isinstance(hand.app.screen, FormScreen)
        assert focused(hand) == "reason"
        await hand.until(lambda: "needs the reason" in hand.words)
        assert hand.words.count("needs the reason") == 1
        assert hand.screen.count("not saved") == 1
        at = next(at for at, line in enumerate(hand.lines) if line.startswith(">reason"))
        assert hand.lines[at + 1].startswith(" " * 15 + "#2: its date was agreed")
        assert hand.lines[at + 2].lstrip().startswith("asked by") or "reason" in hand.lines[at + 2]
        await hand.press("l")
        assert "needs the reason" not in hand.words
        assert hand.lines[at + 1].startswith(" asked by")
        await hand.press(*"eave", "ctrl+s")
        assert hand.in_front == "ListScreen"
    assert record(database, 2)["due_changes"][0]["reason"] == "leave"


@story
async def test_no_list_stands_over_a_refusal(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"Share", "tab", "tab", "tab", *"lyo")
        await hand.until(lambda: any(entry.startswith("lyon-2022") for entry in hand.entries))
        await hand.press("ctrl+s")
        assert focused(hand) == "visit"
        reason = 'there is no visit "lyo"'
        await hand.until(lambda: reason in hand.screen)
        assert not hand.entries


@story
async def test_a_refused_date_is_told_under_its_field_where_there_is_no_room_beside_it(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"some day soon, nobody can say when", "ctrl+s")
        await hand.shows("not saved")
        at = next(at for at, line in enumerate(hand.lines) if line.startswith(">due date"))
        told = " ".join(line.strip() for line in hand.lines[at + 1 : at + 4])
        assert told.startswith('"some day soon')
        assert "write 15 Mar 2023, end of March or +2w" in told
        assert hand.screen.count("not saved") == 1
        assert "2023-03-15" not in hand.screen
        await hand.press(*"soon", "ctrl+s")
        await hand.shows('"soon"')
        assert '"soon"' in next(line for line in hand.lines if line.startswith(">due date"))


@story
async def test_an_open_list_is_whole_and_opaque_and_leaves_the_keys_in_sight(database: Database) -> None:
    for name in ("Police", "Queen", "Rescue", "Survey"):
        add(database, "x", by=[name])
    async with driven(database) as hand:
        await hand.press("E")
        top = next(at for at, line in enumerate(hand.lines) if line.startswith(" -- Export"))
        await hand.press("down")
        await hand.lists("html")
        assert hand.lines[top].startswith(" -- Export")
        assert hand.lines[-1] == " Enter take it, next  Up Down choose  Esc close the list"
        assert not set(hand.screen) & set("▊▔▎▁")
        assert hand.entries == ["xlsx", "csv", "ics", "md", "html"]
        await hand.press("escape", "escape", "i", "m")
        await hand.until(lambda: "1 more" in hand.screen)
        assert len(hand.entries) == 6
        assert hand.entries[-1].split() == ["Survey", "1", "more"]
        await hand.press("up")
        await hand.until(lambda: "1 more" not in hand.screen)


@story
async def test_an_open_list_stands_behind_the_bar_of_the_terminal_and_spares_what_is_said_of_the_field(
    database: Database,
) -> None:
    for is_utf8, bar in ((True, "│"), (False, "|")):
        async with driven(database, size=(60, 16), is_utf8=is_utf8) as hand:
            await hand.press("E", "down")
            await hand.lists("xlsx")
            assert sum(line[14:15] == bar for line in hand.lines) == len(hand.entries) == 5
            assert f" {bar} space, a letter or Down chooses" in hand.lines
            assert is_utf8 or hand.screen.isascii()


@story
async def test_what_is_typed_survives_a_store_that_stays_locked(database: Database) -> None:
    async with driven(database, lock_timeout=0.1) as hand:
        with held(database):
            await hand.press("n", *"said", "ctrl+s")
            await hand.until(lambda: f"being changed by {ME}" in hand.screen)
            assert isinstance(hand.app.screen, FormScreen)
            assert "said" in hand.screen
        await hand.press("ctrl+s")
        assert hand.message == "#4 noted"


@pytest.mark.file_only("the lock of a file")
@story
async def test_the_form_says_that_it_waits_for_another_writer(database: Database) -> None:
    async with driven(database) as hand:
        with held(database):
            await hand.press("n", *"said")
            for event in key_events("ctrl+s"):
                hand.send(event)
            await until_now(lambda: f"waiting: {ME} (process" in hand.screen)
            assert "said" in hand.screen
        await hand.settle()
        assert hand.message == "#4 noted"


@story
async def test_the_last_line_says_the_keys_of_the_field(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n")
        assert hand.lines[-1] == " Enter new line  Tab next  ctrl+s save  F1 keys  Esc close"
        await hand.press("escape", "d")
        assert hand.lines[-1] == " Enter next  ctrl+s save  F1 keys  Esc close"
        await hand.press("escape", "a")
        assert hand.lines[-1] == " Enter next  ctrl+s save  ctrl+n save and next  F1 keys  Esc close"


@story
async def test_hostile_text_is_text_in_every_form(database: Database) -> None:
    number = add(database, HOSTILE, by=["[TIP] \\ [/]"], quote=HOSTILE)
    async with driven(database) as hand:
        for keys in ("d", "c", "n", "w", "S", "e", "a", "sr", "sc", "sb", "sxd"):
            await hand.point_at(number)
            await hand.press(*keys)
            assert isinstance(hand.app.screen, FormScreen), keys
            shown = [field.value for field in hand.app.screen.query(Field)]
            assert "[TIP] [/]" in hand.screen or keys == "a", keys
            assert not any("\x1b" in value for value in shown)
            await hand.press("escape")
        assert hand.is_alive


@story
async def test_what_is_pasted_cannot_reach_the_terminal(database: Database) -> None:
    from textual import events as textual_events

    async with driven(database) as hand:
        for key in ("d", "n"):
            await hand.press(key)
            hand.send(textual_events.Paste("a\x1b[2J[TIP]\nb\u202e"))
            await hand.settle()
            assert "\x1b" not in hand.screen
            assert "\u202e" not in hand.screen
            assert "[TIP]" in hand.screen
            await hand.press("escape", "y")


@story
async def test_no_cursor_blinks(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("e")
        assert not any(each.cursor_blink for each in hand.app.screen.query(Input))


async def in_sight(hand: Hand, widget: Widget) -> None:
    await hand.until(lambda: 0 < widget.region.y < 14)


@story
async def test_the_focused_field_is_in_sight_in_a_small_window(database: Database) -> None:
    async with driven(database, size=(60, 16)) as hand:
        await hand.press("a")
        for _ in range(16):
            widget = hand.app.screen.focused
            assert widget is not None
            await in_sight(hand, widget)
            await hand.press("tab")


@story
async def test_another_persons_change_is_told_while_a_form_is_open(database: Database) -> None:
    async with driven(database, every=0.01) as hand:
        await hand.press("n")
        add(beside(database, who="boris"), "Another", by=[MIA], to=[INTERPOL])
        await hand.until(lambda: "boris" in hand.screen)
        assert isinstance(hand.app.screen, FormScreen)


@story
async def test_keys_that_are_typed_ahead_go_where_they_were_meant(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d")
        burst = [*"+2w", "enter", *"leave", "enter", *"MIA Uzbekistan", "ctrl+s"]
        for key in burst:
            for event in key_events(key):
                hand.send(event)
        await hand.until(lambda: hand.in_front == "ListScreen")
    change = record(database, 2)["due_changes"][0]
    assert (change["reason"], change["asked_by"]) == ("leave", MIA)


@story
async def test_what_is_typed_ahead_reaches_the_form_that_a_key_opens(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        for key in ("d", *"+2w", "f2", "s", "i", "n", *"sent a letter", "ctrl+s"):
            for event in key_events(key):
                hand.send(event)
        await hand.settle()
    assert record(database, 3)["due"] == "2023-03-15"
    assert record(database, 3)["state"] == "in-progress"
    assert [event["note"] for event in events(database, 3) if "note" in event] == ["sent a letter"]


@story
async def test_a_form_that_does_not_fit_says_that_there_is_more_until_its_end_is_seen(database: Database) -> None:
    async with driven(database, size=(60, 16)) as hand:
        await hand.press("e", *["tab"] * 6, "m")
        await hand.until(lambda: hand.lines[-2].endswith("more: Tab"))
        assert "[ Save ]" not in hand.screen
        await hand.press(*["tab"] * 6)
        await hand.until(lambda: "[ Save ]" in hand.screen and "more: Tab" not in hand.screen)
        await hand.press("escape", "n")
        assert "more: Tab" not in hand.screen


@pytest.mark.parametrize(
    "keys", [("a",), ("d", *"nonsense"), ("v", "a", *"Study visit"), ("v", "e", "tab", "tab", *"nonsense")]
)
@story
async def test_a_small_screen_shows_why_a_form_is_refused_the_fields_and_the_keys(
    database: Database, keys: tuple[str, ...]
) -> None:
    async with driven(database, size=(60, 16)) as hand:
        await hand.press(*keys, "ctrl+s")
        await hand.until(lambda: hand.lines[-2] == " not saved")
        assert hand.lines[-1].startswith(" Enter next  ctrl+s save")
        bar = next(at for at, line in enumerate(hand.lines) if line.startswith(" │ "))
        assert hand.lines[bar].strip(" │")
        assert sum(line.startswith(">") for line in hand.lines) == 1
        # One line a field, and nothing between two of them.
        first = next(at for at, line in enumerate(hand.lines) if line[1:6] in ("title", "what ", "due d"))
        below = itertools.dropwhile(str.strip, hand.lines[first:bar])
        assert all(line.strip().startswith("[ Save ]") for line in below if line.strip())


@story
async def test_what_was_understood_stands_behind_the_bar_on_a_small_screen(database: Database) -> None:
    async with driven(database, size=(60, 16)) as hand:
        await hand.press("d", *"in 2 weeks")
        await hand.shows(" │ = Wed ")
        bar = next(at for at, line in enumerate(hand.lines) if line.startswith(" │ "))
        await hand.press("tab")
        await hand.shows(" │ why the date changes")
        assert hand.lines[bar].startswith(" │ ")


@story
async def test_f1_says_the_keys_of_a_form_and_a_question_mark_is_text(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"Share it?", "f1")
        await hand.shows("shift+Tab or Up")
        assert "ctrl+n: save and begin the next" in hand.screen
        title = next(iter(hand.app.screen.query(Field)))
        assert title.value == "Share it?"
        await hand.press(*" Yes", "tab")
        assert title.value == "Share it? Yes"
        assert "shift+Tab or Up" not in hand.screen


@story
async def test_a_field_of_several_lines_says_that_tab_goes_on(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("c")
        await hand.shows("Tab goes on")
        await hand.press(*"rang", "tab")
        await hand.until(lambda: "Tab goes on" not in hand.screen)


@story
async def test_a_long_value_says_that_its_beginning_is_out_of_view_and_shows_it_when_it_is_left(
    database: Database,
) -> None:
    long = "Abc" + " and so on" * 9
    async with driven(database) as hand:
        await hand.press("a", *long)
        await hand.until(lambda: any(line.startswith(">what          <") for line in hand.lines))
        await hand.press("tab")
        await hand.until(lambda: any(line.startswith(" what          Abc and so on") for line in hand.lines))
        await hand.press("shift+tab", *"!")
        title = next(iter(hand.app.screen.query(Field)))
        assert title.value == f"{long}!"
        await hand.until(lambda: any(line.startswith(">what          <") for line in hand.lines))
