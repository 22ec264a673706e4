"""The commitments of one visit, entered one after the other; a visit that is not there yet."""

from pathlib import Path

from store import operations
from store.database import Database
from store.rules.due_dates_and_extensions import DueDate
from tests.support.app_driver import driven, story
from tests.support.store_builders import INTERPOL, MIA, NCB, VISIT, add, do, record
from tui.app.screens.form_screen import FormScreen
from tui.app.widgets.form_field import Field

MOST_KEYS = 4
"""Keys of each further commitment of a visit, beyond its text."""


@story
async def test_each_further_commitment_takes_few_keys_beyond_its_text(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"First", "tab", *MIA, "tab", *INTERPOL, "tab", *"lyon-2022", "ctrl+n")
        for title in ("Second", "Third"):
            await hand.until(lambda: isinstance(hand.app.screen, FormScreen))
            keys = [*title, "ctrl+n"]
            assert len(keys) - len(title) <= MOST_KEYS
            await hand.press(*keys)
        await hand.shows("#7 added")
        assert "as in #7, entered before" in hand.screen
        # With a date each: three Enters more would be "to", "visit" and the date's own.
        keys = [*"Fourth", *["tab"] * 4, *"30.4.2023", "ctrl+s"]
        await hand.press(*keys)
        await hand.says("#8 added")
    for number in (6, 7, 8):
        stored = record(database, number)
        assert (stored["by"], stored["to"], stored["visit"]) == ([MIA], [INTERPOL], "lyon-2022")
    assert record(database, 8)["due"] == "2023-04-30"


@story
async def test_the_one_before_is_the_last_of_a_change_that_went_on_with_another(database: Database) -> None:
    date = DueDate("2023-03-31", "day")
    with database.transaction() as tx:
        first = operations.add(tx, "First", visit=VISIT, by=[MIA], to=[INTERPOL], date=None)
        last = operations.add(tx, "Last", visit=VISIT, by=[NCB], to=[INTERPOL], date=None)
        operations.set_due(tx, first, date)
    async with driven(database) as hand:
        await hand.press("a")
        await hand.shows(f"the visit and the parties stand as in #{last}, entered before")


@story
async def test_a_new_one_starts_with_visit_parties_and_channel_of_the_one_before(database: Database) -> None:
    number = add(database, "Before", by=[MIA], to=[INTERPOL], via=NCB)
    async with driven(database) as hand:
        await hand.press("a")
        await hand.shows(f"the visit and the parties stand as in #{number}, entered before")
        await hand.press(*"After", "ctrl+s")
    stored = record(database, number + 1)
    assert (stored["by"], stored["to"], stored["via"]) == ([MIA], [INTERPOL], NCB)


@story
async def test_ctrl_n_where_nothing_follows_does_nothing(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("n", *"said", "ctrl+n")
        assert hand.in_front == "FormScreen"
        assert "said" in hand.screen


@story
async def test_a_visit_that_is_not_there_is_made_from_the_form_of_a_commitment(empty: Database) -> None:
    async with driven(empty) as hand:
        await hand.press("a", *"Share lists", "tab", *"UNODC", "tab", *"IOM", "tab", *"Study visit to Vienna")
        await hand.lists('new visit "Study visit to Vienna"')
        await hand.press("enter")
        await hand.shows("A new visit")
        await hand.press("tab", *"Vienna", "tab", *"6.2.2023", "ctrl+s")
        await hand.until(lambda: "A new commitment" in hand.screen)
        visit = next(field for field in hand.app.screen.query(Field) if field.question.name == "visit")
        assert visit.value == "vienna-2023"
        await hand.press("ctrl+s")
        await hand.says("#1 added")
    assert record(empty, 1)["visit"] == "vienna-2023"


@story
async def test_esc_in_the_new_visit_comes_back_to_the_commitment(empty: Database) -> None:
    async with driven(empty) as hand:
        await hand.press("a", *"Share lists", "tab", "tab", "tab", "down")
        await hand.lists("new visit ...")
        await hand.press("enter", "escape")
        await hand.shows("Share lists")
        assert not empty.snapshot().visits


@story
async def test_after_a_new_visit_a_commitment_begins_with_it_and_without_parties(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "a", *"Meeting", "tab", *"Riga", "tab", *"6.2.2023", "ctrl+s")
        await hand.says("visit riga-2023 added")
        await hand.press("a")
        values = {field.question.name: field.value for field in hand.app.screen.query(Field)}
        assert (values["visit"], values["by"], values["to"]) == ("riga-2023", "", "")


@story
async def test_a_nomination_is_reported_with_its_seats_in_one_form(database: Database) -> None:
    do(database, "set_seats", 2, wanted=3, nominated=1)
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("s", "r")
        await hand.shows("of 3 wanted")
        forms = [screen for screen in hand.app.screen_stack if isinstance(screen, FormScreen)]
        assert len(forms) == 1
        await hand.press(*["tab"] * 4, "3", "tab", *"MIA 14/391", "ctrl+s")
        await hand.says("#2 reported done")
    stored = record(database, 2)
    assert stored["seats"] == {"wanted": 3, "nominated": 3, "letter": "MIA 14/391"}
    assert stored["state"] == "reported"


@story
async def test_a_path_is_completed_with_tab_as_in_a_shell(database: Database, tmp_path: Path) -> None:
    (tmp_path / "lists").mkdir()
    for name in ("actions.csv", "actions-old.csv"):
        (tmp_path / "lists" / name).write_text("x")
    async with driven(database) as hand:
        await hand.press("I", *f"{tmp_path}/li", "tab")
        field = next(field for field in hand.app.screen.query(Field) if field.question.name == "file")
        assert field.value == f"{tmp_path}/lists/"
        await hand.press("a", "tab")
        assert field.value == f"{tmp_path}/lists/actions"
        await hand.press("tab")
        await hand.lists("actions-old.csv")
        await hand.press("down", "enter")
        assert field.value == f"{tmp_path}/lists/actions.csv"
        await hand.press("tab")
        assert hand.app.screen.focused is not field.input


@story
async def test_a_message_goes_with_the_next_key_that_changes_a_field_or_moves_on(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("a", *"First", "ctrl+n")
        await hand.shows("#5 added")
        await hand.press("S")
        await hand.until(lambda: "#5 added" not in hand.screen)
        await hand.press("ctrl+n")
        await hand.shows("#6 added")
        await hand.press("tab")
        await hand.until(lambda: "#6 added" not in hand.screen)
        await hand.press("ctrl+s")
        await hand.shows("not saved")
        await hand.press("x")
        await hand.until(lambda: "not saved" not in hand.screen)


@story
async def test_a_span_of_days_is_taken_in_from_of_a_visit(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "a", *"Study visit", "tab", *"Vienna", "tab", *"17-19 nov")
        await hand.shows("= Thu 17 Nov 2022")
        await hand.press("ctrl+s")
        await hand.until(lambda: not isinstance(hand.app.screen, FormScreen))
        visit = hand.app.snapshot.visits["vienna-2022"]
        assert (visit["start"], visit["end"]) == ("2022-11-17", "2022-11-19")


@story
async def test_a_span_of_days_in_from_is_taken_where_there_is_a_last_day_already(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("v", "e", "tab", "tab")
        await hand.shows(">first day     6 Dec 2022")
        await hand.press(*"28 nov - 2 dec 2022")
        await hand.shows(" last day      2 dec 2022")
        await hand.press("ctrl+s")
        await hand.says(f"visit {VISIT} changed")
        await hand.press("e", "tab", "tab", *"5-7 dec", "tab", *"9 dec", "ctrl+s")
        await hand.until(lambda: hand.app.snapshot.visits[VISIT]["end"] == "2022-12-09")
        assert hand.app.snapshot.visits[VISIT]["start"] == "2022-12-05"
