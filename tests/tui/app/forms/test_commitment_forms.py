"""The due date, seats, notes, editing and adding."""

from store import config
from store.database import Database
from tests.support.app_driver import driven, story
from tests.support.store_builders import INTERPOL, MIA, NCB, UNODC, VISIT, add, do, events, record, set_due
from tui.app.screens.form_screen import FormScreen
from tui.app.widgets.form_field import Field


@story
async def test_a_date_is_understood_while_it_is_typed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", *"end of March")
        await hand.until(lambda: "= Fri 31 Mar 2023, in 30 d (month)" in hand.screen)
        await hand.press(*"x")
        await hand.until(lambda: "is not a date" in hand.screen)
        assert "end of Marchx" in hand.screen
        await hand.press("backspace", "ctrl+s")
        assert hand.message == "#3 due none -> 31 Mar 2023"
    stored = record(database, 3)
    assert (stored["due_words"], stored["due_precision"], stored["original_due"]) == (
        "end of March", "month", "2023-03-31",
    )  # fmt: skip


@story
async def test_an_agreed_date_is_changed_with_its_reason(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"30.4.2023", "enter")
        await hand.shows("put off by 30 d: a reason is needed")
        await hand.press(*"leave")
        await hand.until(lambda: "a reason is needed" not in hand.screen)
        assert "put off by 30 d" in hand.screen
        await hand.press("enter", *"MIA Uzbekistan", "enter", *"INTERPOL")
        await hand.press("tab", "m", *"after the holidays", "ctrl+s")
        assert hand.message == "#2 due 31 Mar 2023 -> 30 Apr 2023 (extension 1)"
    change = record(database, 2)["due_changes"][0]
    assert (change["reason"], change["asked_by"], change["agreed_by"]) == ("leave", MIA, INTERPOL)
    assert record(database, 2)["due_words"] == "after the holidays"


@story
async def test_a_mistyped_date_is_corrected(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("d", *"30.3.2023", "enter", *"typo", "enter", "enter", "enter", "m", "enter", "y", "ctrl+s")
        assert hand.message == "#2 due 31 Mar 2023 -> 30 Mar 2023 (correction)"
    assert record(database, 2)["original_due"] == "2023-03-30"


@story
async def test_nothing_at_all_is_no_date(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("d", "ctrl+s")
        await hand.until(lambda: "say the date, or none for no date" in hand.screen)


@story
async def test_chased_looks_again_in_two_weeks(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("c", *"rang", "ctrl+s")
        assert hand.message == "#4 chased, look again on 15 Mar 2023"
        await hand.press("c", "tab", *"+1w", "ctrl+s")
        assert hand.message == "#4 chased, look again on 8 Mar 2023"
    assert record(database, 4)["due"] == "2023-02-15"


@story
async def test_a_note_of_two_lines(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", *"one", "enter", *"two", "tab", "enter")
        await hand.until(lambda: hand.message == "#4 noted")
    assert events(database, 4)[-1]["note"] == "one\ntwo"


@story
async def test_an_empty_note_is_refused_in_its_field(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", "ctrl+s")
        await hand.until(lambda: "a note needs a text" in hand.screen)


@story
async def test_seats_one_by_one(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("+", "+", "-")
        await hand.until(lambda: hand.message == "#2 seats: wanted not known, nominated 1, acknowledged 0")
        await hand.press("-")
        await hand.until(lambda: "nominated 0" in hand.message)
        await hand.press("-")
        assert "nobody is nominated" in hand.message
        await hand.point_at(3)
        await hand.press("+")
        assert "#3 is no nomination" in hand.message
    assert record(database, 2)["seats"] == {"nominated": 0}


@story
async def test_seats_are_not_fewer_than_acknowledged(database: Database) -> None:
    do(database, "set_seats", 2, nominated=2, acknowledged=2)
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("-")
        await hand.until(lambda: "2 acknowledged of 1 nominated" in hand.message)


@story
async def test_the_seats_form_sends_what_was_changed(database: Database) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=1, letter="old")
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("S", "tab", "backspace", *"2", "tab", *"1", "tab", "end", *" 7", "tab", *"28.2.2023", "ctrl+s")
        assert hand.message == "#2 seats: wanted 3, nominated 2, acknowledged 1"
        await hand.press("S", "backspace", *"x", "ctrl+s")
        await hand.until(lambda: "is not a number" in hand.screen)
    seats = {"wanted": 3, "nominated": 2, "acknowledged": 1, "letter": "old 7", "endorsed": "2023-02-28"}
    assert record(database, 2)["seats"] == seats


@story
async def test_edit_sends_only_what_was_changed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "end", *" now", "ctrl+s")
        assert hand.message == "#1 changed: title"
    assert list(events(database, 1)[-1]["fields"]) == ["title"]


@story
async def test_edit_takes_out_what_was_emptied(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("e", "tab", "tab", "tab", "ctrl+u", "ctrl+s")
        assert hand.message == "#1 changed: channel"
    assert "via" not in record(database, 1)


@story
async def test_edit_of_nothing_changes_nothing(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("e", "ctrl+s")
        assert "nothing was changed" in hand.message


@story
async def test_a_commitment_is_added(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"Share lists", "tab", *"UNODC, New House")
        await hand.until(lambda: "new party: New House" in hand.screen)
        await hand.press("tab", *"INTERPOL", "tab")
        assert "lyon-2022" in hand.screen
        await hand.press("tab", *"30.4.2023", "tab", "space", "ctrl+s")
        await hand.until(lambda: hand.message.startswith("#5 added"))
        assert hand.cursor == 5
    stored = record(database, 5)
    assert (stored["title"], stored["by"], stored["to"]) == ("Share lists", [UNODC, "New House"], [INTERPOL])
    assert (stored["state"], stored["due"], stored["owner"], stored["visit"]) == (
        "agreed", "2023-04-30", "asel", "lyon-2022",
    )  # fmt: skip


@story
async def test_adding_without_parties_puts_the_cursor_there(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"Share lists", "tab", "backspace", "ctrl+s")
        await hand.until(lambda: "say who promised it" in hand.screen)
        focused = hand.app.screen.focused
        assert next(field.question.name for field in hand.app.screen.query(Field) if field.input is focused) == "by"


@story
async def test_a_visit_is_added_and_edited(empty: Database) -> None:
    async with driven(empty) as hand:
        await hand.press("v", "a", *"Meeting", "tab", *"Лион", "tab", *"6.12.2022", "tab", *"8.12.2022", "ctrl+s")
        assert hand.message == "visit lion-2022 added"
        assert "No promise recorded at this visit. a adds one" in hand.screen
        await hand.press("q", "e", "end", *" two", "ctrl+s")
        assert hand.message == "visit lion-2022 changed"
    visit = empty.snapshot().visits["lion-2022"]
    assert (visit["title"], visit["place"], visit["start"], visit["end"]) == (
        "Meeting two", "Лион", "2022-12-06", "2022-12-08",
    )  # fmt: skip


@story
async def test_the_days_of_a_visit_are_the_nearest_ones(empty: Database) -> None:
    async with driven(empty) as hand:
        await hand.press("v", "a", *"Meeting", "tab", *"Lyon", "tab", *"27 Dec")
        assert "Tue 27 Dec 2022, 64 d ago" in hand.screen
        await hand.press("tab", *"2.1.")
        assert "Mon 2 Jan 2023, 58 d ago" in hand.screen
        await hand.press("ctrl+s")
        assert hand.message == "visit lyon-2022 added"
    visit = empty.snapshot().visits["lyon-2022"]
    assert (visit["start"], visit["end"]) == ("2022-12-27", "2023-01-02")


@story
async def test_who_i_am_is_asked_and_kept(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("5")
        assert isinstance(hand.app.screen, FormScreen)
        await hand.press("ctrl+u", *"INTERPOL", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
        assert hand.list.list_state.view.name == "Mine"
        assert config.load(hand.app.session.environment).me == ["INTERPOL"]


# Completion.


@story
async def test_enter_and_tab_take_the_name_and_go_on(database: Database) -> None:
    do(database, "edit_party", MIA, short="MIA UZ", ru="МВД Узбекистана")
    async with driven(database) as hand:
        await hand.press("a", "tab", *"UNODC, мвд")
        await hand.until(lambda: any(entry.startswith("MIA UZ  MIA Uzbekistan  МВД") for entry in hand.entries))
        await hand.press("enter")
        await hand.until(lambda: " promised by   UNODC, MIA UZ" in hand.screen)
        assert ">to" in hand.screen
        await hand.press(*"INT", "tab")
        await hand.until(lambda: " to            INTERPOL " in hand.screen)
        assert ">visit" in hand.screen


@story
async def test_esc_keeps_what_is_typed_and_the_form(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", "tab", "tab", *"INT")
        await hand.lists("INTERPOL")
        await hand.press("escape")
        await hand.until(lambda: not hand.entries)
        assert isinstance(hand.app.screen, FormScreen)
        assert "new party" in hand.screen


@story
async def test_a_near_name_is_asked_about(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", "tab", "tab", *"INTRPOL")
        await hand.until(lambda: "did you mean INTERPOL?" in hand.screen)


@story
async def test_candidates_are_text_near_the_bottom_too(database: Database) -> None:
    for name in ("[TIP] unit", "[/] unit", "[b]unit"):
        add(database, "x", by=[name])
    async with driven(database, size=(60, 16)) as hand:
        await hand.press("e", *["tab"] * 6, "m", *"unit")
        await hand.until(lambda: set(hand.entries) == {"[TIP] unit", "[/] unit", "[b]unit"})
        await hand.press("down", "enter")
        assert hand.is_alive


@story
async def test_down_opens_the_list_of_a_choice_and_goes_on_from_other_fields(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", "down")
        await hand.until(lambda: ">promised by" in hand.screen)
        await hand.press("down")
        await hand.until(lambda: ">to " in hand.screen)
        await hand.press("down")
        await hand.until(lambda: ">visit" in hand.screen)
        await hand.shows("Down lists visits")
        await hand.press("down")
        await hand.until(lambda: any(entry.startswith(VISIT) for entry in hand.entries))
        await hand.press("escape", "tab", "tab", "down")
        await hand.lists("o agreed")
        await hand.press("down", "enter")
        await hand.until(lambda: "[o agreed]" in hand.screen)


@story
async def test_seats_are_those_of_a_nomination_unless_another_kind_stands_there(database: Database) -> None:
    for keys, kind in (
        (("3",), "nominate-experts"),
        (("shift+tab", "shift+tab", *"train", "tab", "tab", "3"), "train"),
    ):
        async with driven(database) as hand:
            await hand.press("a", *"Nominate officers", *["tab"] * 5, "m")
            await hand.press(*["tab"] * 4)
            await hand.shows(">seats")
            await hand.press(*keys)
            await hand.shows(f" kind          {kind}")
            await hand.press("ctrl+s")
            await hand.says("#5 added" if kind != "train" else "#6 added")
    assert [record(database, number)["kind"] for number in (5, 6)] == ["nominate-experts", "train"]


@story
async def test_m_unfolds_the_further_fields_from_a_choice_too(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *["tab"] * 5)
        await hand.shows(">state")
        await hand.press("m")
        await hand.shows(">channel")


@story
async def test_via_the_channel_is_completed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(3)
        await hand.press("e", *["tab"] * 6, "m", *"ncb", "enter", "ctrl+s")
        assert hand.message == "#3 changed: channel"
    assert record(database, 3)["via"] == NCB


@story
async def test_a_wish_that_changes_has_a_field_for_the_reason_which_the_event_keeps(database: Database) -> None:
    set_due(database, 1, "2023-03-31")
    async with driven(database) as hand:
        await hand.point_at(1)
        await hand.press("d", *"30.4.2023")
        await hand.shows("a wish until it is agreed")
        await hand.shows("(optional)")
        await hand.press("enter", *"the course moved", "ctrl+s")
        assert hand.in_front == "ListScreen"
    assert record(database, 1)["due"] == "2023-04-30"
    assert events(database, 1)[-1]["reason"] == "the course moved"
    assert "due_changes" not in record(database, 1)


@story
async def test_the_state_of_a_new_one_is_chosen_by_its_word_and_by_its_sign(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a")
        state = next(field for field in hand.app.screen.query(Field) if field.question.name == "state")
        hand.app.screen.set_focus(state.input)
        await hand.settle()
        for key, chosen in (("o", "agreed"), ("p", "proposed"), ("a", "agreed"), ("-", "proposed")):
            await hand.press(key)
            assert state.value == chosen


@story
async def test_the_beginning_of_a_kind_is_that_kind(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("e")
        form = hand.app.screen
        assert isinstance(form, FormScreen)
        field = next(each for each in form.query(Field) if each.question.name == "kind")
        field.query_one("LineInput").focus()
        await hand.press("ctrl+u", *"fac")
        await hand.until(lambda: "= facilitate" in hand.screen)
        await hand.press("ctrl+s")
        await hand.until(lambda: "#2 changed" in hand.message)
    assert record(database, 2)["kind"] == "facilitate"
