"""The forms of the app in another language: no English is left in them, and in Russian as much fits as in English."""

import re
from collections.abc import Iterator

import pytest

from store.database import Database
from store.model.vocabulary_and_signs import State
from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue
from tests.support.app_driver import driven, story
from tests.support.pseudo_language import outside_brackets, spoken_pseudo
from tests.support.store_builders import MIA, VISIT, add, do, make_empty, set_due
from tui.app.actions.open_form import FORMS
from tui.app.forms.due_form import due
from tui.app.forms.form import Form, FormContext, Subject
from tui.app.forms.import_form import import_form
from tui.app.forms.report_form import report_options_form
from tui.app.forms.report_options import REPORT, SHEET, ReportOptions
from tui.app.widgets.form_field import LABEL_WIDTH
from tui.app.widgets.form_inputs import ChoiceInput, LineInput
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

KEYS = re.compile(r"Enter|ctrl\+s|ctrl\+n|F1|Esc")


def made_forms(database: Database) -> Iterator[Form]:
    """Every form that the app knows by a name, and some others."""
    snapshot = database.snapshot()
    context = FormContext(snapshot, "asel")
    # One that was never agreed, so that every form can be made of it.
    number, commitment = next(each for each in snapshot.commitments.items() if each[1]["state"] == "proposed")
    visit = next(iter(snapshot.visits))
    party = next(iter(snapshot.parties.all()))["id"]
    for name, make in FORMS.items():
        subject = Subject((number,), {number: commitment["revision"]})
        if name in ("edit-visit", "visit-aside"):
            subject = Subject(visit=visit)
        elif name == "add-visit":
            subject = Subject()
        elif name == "edit-party":
            subject = Subject(seen_revisions={party: 0})
        yield make(context, subject)
    yield import_form(snapshot, {}, lambda *_: None, lambda *_: None)  # type: ignore[arg-type]
    for kind in (SHEET, REPORT):
        yield report_options_form(snapshot, ReportOptions(kind), lambda *_: None)


def test_labels_have_room_in_every_form(demo_store: Database) -> None:
    speak(load_catalogue("ru"))
    try:
        for form in made_forms(demo_store):
            for question in form.questions:
                assert re.search("[а-яё]", question.label), question.name
                assert width_of(question.label) < LABEL_WIDTH, question.label
                assert re.search("[а-яё]", question.help) or not re.search(r"[a-z]{3} [a-z]", question.help)
    finally:
        speak(None)


@pytest.mark.parametrize(("width", "most"), [(80, 3), (60, 2)])
def test_what_a_due_date_was_stands_above_its_form(path: str, width: int, most: int) -> None:
    database = make_empty(path)
    do(database, "add_visit", "Визит", slug=VISIT, place="Лион", start="2022-12-06", end="2022-12-08")
    add(database, "Направить список", visit=VISIT, by=[MIA], to=["УНП ООН"], due="2022-12-31", state=State.AGREED)
    set_due(database, 1, "2023-02-15", reason="новый министр")
    context = FormContext(database.snapshot(), "asel")
    speak(load_catalogue("ru"))
    try:
        about = due(context, Subject((1,), {1: 1})).about
    finally:
        speak(None)
    assert about == ("сейчас: 15.02.2023, просроч. 14 дн.", "первонач. 31.12.2022", "продлён 1 раз")
    assert width_of(TerminalStyle().dot.join(about[:most])) <= width - 2


def test_a_visit_names_its_hosts_in_russian(path: str) -> None:
    database = make_empty(path)
    days = {"place": "Лион", "start": "2022-12-06", "end": "2022-12-08"}
    do(database, "add_visit", "Визит", slug="lyon-2022", hosts=["INTERPOL"], **days)
    do(database, "edit_party", "INTERPOL", ru="Интерпол")
    speak(load_catalogue("ru"))
    try:
        form = FORMS["edit-visit"](FormContext(database.snapshot(), "asel"), Subject(visit="lyon-2022"))
    finally:
        speak(None)
    assert next(each.value for each in form.questions if each.name == "hosts") == "Интерпол"


def test_no_english_is_left_in_the_forms(demo_store: Database) -> None:
    with spoken_pseudo():
        for form in made_forms(demo_store):
            assert "⟦" in form.title
            for question in form.questions:
                for text in (question.label, question.help):
                    assert not re.search("[A-Za-z]{3}", outside_brackets(text)), text


@story
async def test_a_form_shows_as_many_keys_as_in_english(demo_store: Database) -> None:
    for key in ("a", "d", "e", "c", "E", "I"):
        shown = []
        for catalogue in (None, load_catalogue("ru")):
            speak(catalogue)
            try:
                async with driven(demo_store) as hand:
                    await hand.press(key)
                    await hand.until(lambda: hand.in_front == "FormScreen")
                    shown.append(KEYS.findall(hand.lines[-1]))
            finally:
                speak(None)
        assert shown[0] == shown[1], key


@story
async def test_a_choice_answers_to_the_first_letter_of_what_it_shows(demo_store: Database) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(demo_store) as hand:
            await hand.press("E", "tab", "tab", "д")
            assert "[да]" in hand.screen
            await hand.press("н")
            assert "[нет]  да" in hand.screen
    finally:
        speak(None)


@pytest.mark.parametrize("name", ["export", "sheet"])
@story
async def test_a_paper_is_in_the_language_of_the_program(demo_store: Database, name: str) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(demo_store) as hand:
            if name == "export":
                await hand.press("E")
                assert "[ru]" in hand.screen
            else:
                await hand.press("R", "s")
                assert "Справка о ходе выполнения" in hand.screen
    finally:
        speak(None)


@story
async def test_the_letter_of_no_is_no_though_it_lies_on_the_key_of_yes(database: Database) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("n", *"said", "escape")
            await hand.until(lambda: "  n/н продолжить" in hand.screen)
            await hand.press("н")
            assert hand.in_front == "FormScreen"
            await hand.press("escape", "д")
            assert hand.in_front == "ListScreen"
    finally:
        speak(None)


@story
async def test_n_of_another_alphabet_leaves_a_report_and_the_letter_of_yes_takes_it_back(database: Database) -> None:
    do(database, "mark", 1, "reported")
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("1", "/", *"1", "enter", "s", "i")
            await hand.until(lambda: "  y/д снять  n/н оставить" in hand.screen)
            await hand.press("н")
            assert database.snapshot().row(1).commitment["state"] == "reported"
            await hand.press("s", "i")
            await hand.until(lambda: "  y/д снять  n/н оставить" in hand.screen)
            await hand.press("д")
            await hand.until(lambda: database.snapshot().row(1).commitment["state"] == "in-progress")
    finally:
        speak(None)


@story
async def test_n_of_another_alphabet_leaves_the_reports_of_several(database: Database) -> None:
    for number in (1, 2):
        do(database, "mark", number, "reported")
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("1", "space", "space", "space", "s", "i")
            await hand.until(lambda: "  y/д снять и это  o/т только " in hand.screen)
            await hand.press("н")
            assert [database.snapshot().row(number).commitment["state"] for number in (1, 2)] == ["reported"] * 2
            await hand.press("s", "i", "т")
            await hand.until(lambda: any(row.commitment["state"] == "in-progress" for row in database.snapshot().rows))
            assert [database.snapshot().row(number).commitment["state"] for number in (1, 2)] == ["reported"] * 2
    finally:
        speak(None)


@pytest.mark.parametrize("letter", ["п", "p", "з"])
@story
async def test_a_state_is_chosen_by_the_first_letter_of_its_word_or_by_the_keys_of_english(
    database: Database, letter: str
) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("a")
            await hand.shows("o согласовано")
            field = hand.app.screen.query_one(ChoiceInput)
            field.focus()
            await hand.press(letter)
            assert field.value == "proposed"
            for sign in "соф":
                await hand.press(letter, sign)
                assert field.value == "agreed", sign
    finally:
        speak(None)


@story
async def test_the_kinds_are_listed_in_the_words_of_the_language(database: Database) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("a")
            await hand.shows("o согласовано")
            hand.app.screen.query_one(ChoiceInput).focus()
            await hand.press("m", *["tab"] * 2, "down")
            await hand.until(lambda: any("обучение" in entry for entry in hand.entries))
            assert not re.search("[a-z]{4}", " ".join(hand.entries))
    finally:
        speak(None)


@story
async def test_a_date_that_was_taken_out_is_not_called_put_off(database: Database) -> None:
    set_due(database, 4, None, reason="the institute moved", asked_by=MIA)
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("1", "/", *"promote", "enter")
            assert hand.numbers == [4]
            assert "срок снят 01.03" in hand.screen
            assert "срок продлён" not in hand.screen
            await hand.press("u")
            await hand.shows("Отменить: снятие срока № 4")
    finally:
        speak(None)


@story
async def test_a_commitment_is_not_saved_without_its_visit(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("1", "e")
        await hand.shows("Edit #")
        field = next(each for each in hand.app.screen.query(LineInput) if each.value == VISIT)
        field.focus()
        await hand.press("x", "backspace", "ctrl+s")
        await hand.shows("say at which visit it was promised")


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
@story
async def test_a_choice_shows_that_there_is_another_one(database: Database, size: tuple[int, int]) -> None:
    speak(load_catalogue("ru"))
    try:
        async with driven(database, size=size) as hand:
            await hand.press("R", "enter", "e")
            await hand.until(lambda: any(each.size.width for each in hand.app.screen.query(ChoiceInput)))
            for field in hand.app.screen.query(ChoiceInput):
                shown = field.render_line(0).text
                assert re.search(r"\[нет\]  да|[12]/\d", shown) or all(text in shown for text in field.shown), shown
    finally:
        speak(None)
