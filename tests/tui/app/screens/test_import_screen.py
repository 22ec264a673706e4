"""I: a list of another program is read, shown as what it would change, and taken in as one change, or not at all."""

import os
import re
import shutil
from functools import partial
from pathlib import Path

import pytest

from store.database import Database
from store.foreign_files import limited_process
from store.foreign_files.refusals import Stopped
from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue
from tests.support import bomb_files, sample_lists
from tests.support.app_driver import Hand, driven, key_events, story, until_now
from tests.support.child_processes import child_processes
from tests.support.fixed_day_and_user import TODAY
from tests.support.store_builders import INTERPOL, MIA, VISIT, beside, do, record, set_due
from tui.app.actions import import_actions
from tui.app.import_preview import ImportOptions
from tui.app.long_task import LongTask
from tui.app.screens.form_screen import FormScreen
from tui.app.widgets.form_inputs import LineInput
from tui.session import Session

LIST = f"""Deadline,What was promised,By,To
31 March 2023,Send the list,{MIA},{INTERPOL}
some day,Something else,{MIA},{INTERPOL}
2023-04-30,[b]Bold[/b] =1+1,{MIA},{INTERPOL}
"""


@pytest.fixture(autouse=True)
def _short_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter of a name is a key that is waited for."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lists" / "list.csv"
    path.parent.mkdir()
    path.write_text(LIST)
    return path


async def ask_for(hand: Hand, file: Path, visit: str = VISIT) -> None:
    """Fill in the form."""
    await hand.press("I")
    await hand.type(os.path.relpath(file))
    await hand.press("tab")
    await hand.type(visit)
    await hand.press("ctrl+s")
    await hand.until(lambda: hand.in_front != "FormScreen" or "not shown" in hand.screen)


def answer(hand: Hand, name: str) -> str:
    """What stands in a field of the form."""
    form = hand.app.screen
    assert isinstance(form, FormScreen)
    return form.answers.text(name)


def titles(database: Database) -> list[str]:
    return [row.commitment["title"] for row in database.snapshot().rows[4:]]


@story
async def test_it_is_shown_before_anything_changes(database: Database, file: Path) -> None:
    before = Path(database.path).read_bytes()
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert hand.kind == "import"
        assert "3 rows: 2 new, 0 changed, 0 as they are, 1 cannot be taken" in hand.screen
        assert ' ROW  CANNOT BE TAKEN 1\n   3  column A "Deadline": "some day" is not a date' in hand.screen
        assert "\n   4  new #6 [b]Bold[/b] =1+1" in hand.screen
        assert hand.screen.index("CANNOT BE TAKEN") < hand.screen.index("WHAT WOULD CHANGE")
        await hand.press("escape")
        assert hand.kind == "list"
    assert Path(database.path).read_bytes() == before


@story
async def test_the_good_rows_come_in_the_bad_ones_are_written_and_all_of_it_is_taken_back(
    database: Database, file: Path
) -> None:
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("s")
        assert "1 cannot be taken" in hand.screen
        await hand.press("n")
        assert hand.kind == "import"
        assert titles(database) == []
        await hand.press("s", "y")
        await hand.until(lambda: "the bad rows are in" in hand.message)
        assert hand.kind == "list"
        assert titles(database) == ["Send the list", "[b]Bold[/b] =1+1"]
        assert "some day" in file.with_name("list-bad.csv").read_text(encoding="utf-8-sig")
        await hand.press("u")
        await hand.until(lambda: "taken back" in hand.message)
        assert titles(database) == []


@story
async def test_twice_is_once(database: Database, file: Path) -> None:
    file.write_text("\n".join(line for line in LIST.splitlines() if "some day" not in line))
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("s")
        await hand.until(lambda: "imported: 2 rows: 2 new" in hand.message)
        await ask_for(hand, file)
        assert "0 new, 0 changed, 2 as they are" in hand.screen
        assert "nothing: all of it is there already" in hand.screen
        await hand.press("s")
        assert hand.message == "there is nothing to take in: all of it is there already"
    assert len(titles(database)) == 2


@pytest.mark.parametrize(
    ("name", "content", "visit", "fragment"),
    [
        ("none.csv", None, VISIT, "cannot be read"),
        ("empty.csv", "", VISIT, "is empty"),
        ("list.csv", LIST, "nowhere-2020", "nowhere-2020"),
        ("list.csv", "one,two\n1,2\n", VISIT, "title"),
    ],
)
@story
async def test_what_cannot_be_read_is_said_in_the_form(
    database: Database, tmp_path: Path, name: str, content: str | None, visit: str, fragment: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    async with driven(database) as hand:
        await ask_for(hand, path, visit)
        assert hand.in_front == "FormScreen"
        assert fragment in hand.screen
        assert "--" not in hand.screen.replace("-- ", "")
    assert titles(database) == []


@story
async def test_a_whole_store_is_not_for_this(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "store.json"
    path.write_bytes(Path(database.path).read_bytes())
    async with driven(database) as hand:
        await ask_for(hand, path)
        assert "this is a whole store" in hand.words


@story
async def test_what_others_changed_since_the_preview_counts(database: Database, file: Path) -> None:
    file.write_text(LIST.replace("some day", "30 April 2023"))
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "3 rows: 3 new" in hand.screen
        do(beside(database, who="boris"), "edit_visit", VISIT, new_slug="lyon")
        await hand.press("s")
        await hand.until(lambda: "it would do something else now" in hand.message)
        assert hand.kind == "import"
    assert titles(database) == []


@story
async def test_what_is_saved_is_what_was_shown(database: Database, file: Path) -> None:
    """A date that Boris agreed meanwhile is not put back under a preview that showed another change."""
    do(database, "mark", 1, "agreed")
    set_due(database, 1, "2023-04-01", reason="agreed in Lyon")
    file.write_text("id,title,due,reason,band,days_left\n1,,2023-05-01,asked,,\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "#1 due 2023-04-01 -> 2023-05-01" in hand.screen
        set_due(beside(database, who="boris"), 1, "2023-06-01", reason="new minister")
        await hand.press("s")
        await hand.until(lambda: "it would do something else now" in hand.message)
    assert record(database, 1)["due"] == "2023-06-01"


@story
async def test_bad_rows_find_a_free_name_before_anything_is_saved(database: Database, file: Path) -> None:
    first, second = file.with_name("list-bad.csv"), file.with_name("list-bad-2.csv")
    first.write_text("mine")
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("s", "y")
        await hand.until(lambda: "the bad rows are in" in hand.message)
        assert str(second) in hand.message
    assert first.read_text() == "mine"
    assert "some day" in second.read_text(encoding="utf-8-sig")
    assert len(titles(database)) == 2


@story
async def test_nothing_is_saved_where_the_bad_rows_cannot_be_written(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await ask_for(hand, file)
        shutil.rmtree(file.parent)
        await hand.press("s", "y")
        await hand.until(lambda: "nothing was imported" in hand.message)
        assert hand.kind == "import"
    assert titles(database) == []


@story
async def test_what_was_answered_stands_there_again_until_it_is_taken_in(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("e")
        assert hand.in_front == "FormScreen"
        assert answer(hand, "file") == os.path.relpath(file)
        assert VISIT in hand.screen
        await hand.press("escape")
        assert hand.kind == "import"
        await hand.press("escape", "I")
        assert hand.in_front == "FormScreen"
        assert answer(hand, "file") == os.path.relpath(file)
        file.write_text(LIST.replace("some day", "30 April 2023"))
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front != "FormScreen")
        assert "3 rows: 3 new" in hand.screen
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
        await hand.press("I")
        assert answer(hand, "file") == ""


@story
async def test_what_was_answered_on_a_file_is_not_taken_for_another_one(database: Database, file: Path) -> None:
    head, row = "What was promised,By,Deadline\n", f"Send the list,{MIA},03/04/2023\n"
    file.write_text(head + row)
    other = file.with_name("other.csv")
    other.write_text(head + row.replace("list", "plan"))
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("e", "tab", "tab", "tab")
        await hand.type(INTERPOL)
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "can be 3 April" in hand.words)
        await hand.press("a", "m")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "4 Mar 2023" in hand.words)
        assert "dates of figures: month first" in hand.words
        await hand.press("escape", "I")
        assert (answer(hand, "to"), answer(hand, "options")) == (INTERPOL, "--dates mdy")
        await hand.type(os.path.relpath(other))
        assert [answer(hand, name) for name in ("visit", "to", "options")] == ["", "", ""]
        await hand.press("tab")
        await hand.type(VISIT)
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "can be 3 April" in hand.words)
        assert INTERPOL not in hand.words
        await hand.press("e")
        await hand.type(os.path.relpath(file))
        assert answer(hand, "to") == ""


@story
async def test_the_form_shows_and_says_so(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await hand.press("I")
        assert "[ Show ]" in hand.screen
        assert "ctrl+s show" in hand.screen
        await hand.type("x")
        await hand.press("escape")
        assert "s show" in hand.screen
        await hand.press("y")
        await hand.press("a")
        assert "[ Save ]" in hand.screen
        assert "ctrl+s save" in hand.screen


@story
async def test_one_day_may_be_when_all_was_done(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To,Status\nOne,{MIA},{INTERPOL},done\nTwo,{MIA},{INTERPOL},done\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "CANNOT BE TAKEN 2" in hand.screen
        await hand.press("e", "tab", "tab", "tab", "tab", "m")
        await hand.type("20 Feb 2023")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front != "FormScreen")
        assert "2 rows: 2 new" in hand.screen
        assert "reported done 20 Feb 2023" in hand.words


@story
async def test_every_row_that_lacks_a_field_is_counted(database: Database, file: Path) -> None:
    file.write_text("What was promised,By\nOne,UNODC\nTwo,UNODC\nThree,UNODC\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "CANNOT BE TAKEN 3" in hand.screen
        await hand.press("s")
        assert hand.message == "there is nothing to take in: no row could be taken"
        assert hand.kind == "import"


@story
async def test_nothing_stands_over_what_would_not_change(database: Database, file: Path) -> None:
    file.write_text(f"Deadline,What was promised,By,To\nsome day,One,{MIA},{INTERPOL}\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "CANNOT BE TAKEN 1" in hand.screen
        assert "WHAT WOULD CHANGE" not in hand.screen
        assert "HOW IT WAS READ" in hand.screen
        assert "is there already" not in hand.screen


@pytest.mark.parametrize("lines", ["", ",,,\n", "Total,,,\n"])
@story
async def test_a_file_without_a_row_says_so(database: Database, file: Path, lines: str) -> None:
    file.write_text(f"Deadline,What was promised,By,To\n{lines}")
    async with driven(database) as hand:
        await ask_for(hand, file)
        assert "nothing: there is no row in it" in hand.screen
        assert "is there already" not in hand.screen
        await hand.press("s")
        assert hand.message == "there is nothing to take in: there is no row in it"


@story
async def test_the_rest_may_be_there_already(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("s", "y")
        await hand.until(lambda: "the bad rows are in" in hand.message)
        await ask_for(hand, file)
        assert "nothing: the rest is there already" in hand.screen
        await hand.press("s")
        assert hand.message == "there is nothing to take in: the rest is there already"


@story
async def test_a_new_preview_says_nothing_of_the_one_before(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("s", "y")
        await hand.until(lambda: "imported" in hand.message)
        assert "imported" in hand.screen
        await ask_for(hand, file)
        assert hand.kind == "import"
        assert "imported" not in hand.screen


@story
async def test_another_sheet_may_be_named(database: Database, tmp_path: Path) -> None:
    book = tmp_path / "list.xlsx"
    rows = [["Action", "By", "To", "Colour"], ["One", MIA, INTERPOL, "red"]]
    book.write_bytes(sample_lists.as_xlsx(rows, sheets=("Plan", "Notes")))
    async with driven(database) as hand:
        await ask_for(hand, book)
        assert "1 row: 1 new" in hand.screen
        shown = hand.words
        assert 'sheet "Plan"; the other sheets are "Notes" (e: the field "sheet" takes another one)' in shown
        assert 'left out: column D "Colour" (e: the field "columns" takes one)' in shown
        assert "--" not in shown
        await hand.press("e", *["tab"] * 4, "m", *["tab"] * 4)
        await hand.type("Nowhere")
        await hand.press("ctrl+s")
        await hand.until(lambda: "not shown" in hand.screen)
        assert 'there is no sheet "Nowhere"' in hand.words


@story
async def test_a_new_party_is_told_before_all_else(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To\nOne,UNDOC,{MIA}\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        lines = [line.strip() for line in hand.lines]
        assert lines.index("A NEW PARTY") < lines.index("ROW  WHAT WOULD CHANGE")
        assert lines[lines.index("A NEW PARTY") + 1] == "UNDOC"
        assert 'did you mean "UNODC"?' in hand.words


@story
async def test_a_near_name_is_refused_or_taken_as_new(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To\nOne,INTEPROL,{MIA}\nTwo,UNODC and INTERPOL,{MIA}\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        shown = hand.words
        assert 'did you mean "INTERPOL"? (a: INTERPOL, leave it out: nobody, another one, a new' in shown
        assert "may be 2 parties" in shown
        await hand.press("e")
        await hand.until(lambda: hand.in_front == "FormScreen")
        form = hand.app.screen
        assert isinstance(form, FormScreen)
        form._fields["new_parties"].put("take as new")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ImportScreen")
        assert "INTEPROL, UNODC and INTERPOL" in hand.screen
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
    assert database.snapshot().parties.find("UNODC and INTERPOL")


def _is_shown(hand: Hand, text: str) -> bool:
    return text in hand.words


@story
async def test_each_question_is_answered_by_one_key_and_kept_for_the_next_list(database: Database, file: Path) -> None:
    def written(title: str) -> str:
        return f"What was promised,By,To,Zieldatum,Status\n{title},UNODC + IOM,{MIA},03/04/2023,Further work\n"

    file.write_text(written("One"))
    async with driven(database) as hand:
        await ask_for(hand, file)
        for asked, key in (("s 2 parties", "s"), ("u until when", "u"), ("i in progress", "i")):
            if key == "s":
                await hand.press("a")
            await hand.until(partial(_is_shown, hand, asked))
            await hand.press(key)
        await hand.until(lambda: hand.in_front == "ImportScreen" and "can be 3 April" in hand.words)
        await hand.press("a", "d")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
        assert (record(database, 5)["due"], record(database, 5)["state"]) == ("2023-04-03", "in-progress")
        assert record(database, 5)["by"] == ["UNODC", "IOM"]
        file.write_text(written("Two"))
        await ask_for(hand, file)
        assert 'the headings are those of "list.csv", whose answers are kept: a takes them' in hand.words
        await hand.press("a", "y", *["escape"] * 3)
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)


@story
async def test_what_a_date_may_mean_is_a_key_each_and_so_is_that_none_is_agreed(database: Database, file: Path) -> None:
    head = "What was promised,By,To,Deadline\n"
    file.write_text(f"{head}Send it,{MIA},{INTERPOL},31 March\nSend more,{MIA},{INTERPOL},before the course\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        kept = "no day: the words are kept, it is no row of the list, type the day"
        assert f"(a: 31 March 2022, 31 March 2023, {kept})" in hand.words
        await hand.press("a", "b")
        await hand.until(partial(_is_shown, hand, '"before the course"'))
        await hand.press("n")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "2 new" in hand.words)
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
    first, second = record(database, 5), record(database, 6)
    assert (first["due"], first["due_words"]) == ("2023-03-31", "31 March")
    assert ("due" in second, second["due_words"]) == (False, "before the course")


@story
async def test_a_visit_that_is_not_there_is_made_by_a_key_and_its_place_and_day(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To,Visit\nOne,UNODC,{MIA},Osh seminar\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("a")
        await hand.until(partial(_is_shown, hand, "v make this visit"))
        await hand.press("v")
        await hand.until(lambda: hand.in_front == "FormScreen")
        assert answer(hand, "title") == "Osh seminar"
        await hand.press("enter")
        await hand.type("Osh")
        await hand.press("enter")
        await hand.type("6 Feb 2023")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)
        assert "osh-seminar (Osh seminar, Osh, 6 Feb 2023)" in hand.words
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
    assert database.snapshot().visit("osh-seminar")["title"] == "Osh seminar"


@story
async def test_a_list_that_names_no_visit_is_asked_for_one(database: Database, file: Path) -> None:
    """One that is there is a key, and so is a new one, whose place and day are asked for."""
    file.write_text(f"What was promised,By,To\nOne,UNODC,{MIA}\nTwo,UNODC,{MIA}\n")
    async with driven(database) as hand:
        await ask_for(hand, file, "")
        assert f"(a: {VISIT} (" in hand.words
        await hand.press("a")
        await hand.until(partial(_is_shown, hand, f"1 {VISIT}"))
        await hand.press("1")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "2 new" in hand.words)
        await hand.press("e")
        assert answer(hand, "options") == f"--default visit={VISIT}"


@story
async def test_a_key_pressed_while_a_list_is_read_again_is_none_of_a_form(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To,Deadline\nSend it,{MIA},{INTERPOL},31 March\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("a")
        await hand.until(lambda: hand.in_front == "QuestionScreen")
        hand.send(*key_events("b"))
        await until_now(lambda: hand.in_front == "FormScreen")
        hand.send(*key_events("s"))
        hand.send(*key_events("x"))
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)
        await hand.settle()
        assert titles(database) == []
        await hand.press("e")
        assert answer(hand, "file") == os.path.relpath(file)
        assert answer(hand, "visit") == VISIT


@story
async def test_a_day_is_typed_as_an_answer(database: Database, file: Path) -> None:
    file.write_text(f"What was promised,By,To,Deadline\nSend it,{MIA},{INTERPOL},after the course\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.press("a")
        await hand.until(partial(_is_shown, hand, "= type the day"))
        await hand.press("=")
        await hand.until(lambda: hand.in_front == "FormScreen")
        await hand.type("soon")
        await hand.press("ctrl+s")
        assert '"soon" is no day with its year' in hand.words
        await hand.type("3 May 2023")
        await hand.press("ctrl+s")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
    assert record(database, 5)["due"] == "2023-05-03"


@story
async def test_answers_that_are_not_kept_for_the_next_list_are_told(database: Database, file: Path) -> None:
    heading = "x" * 60_000
    file.write_text(f"What was promised,By,To,Due,{heading}\nOne,UNODC,{MIA},03/04/2023,\n")
    async with driven(database) as hand:
        await ask_for(hand, file)
        await hand.until(lambda: hand.in_front == "ImportScreen" and "can be 3 April" in hand.words)
        await hand.press("a", "d")
        await hand.until(lambda: hand.in_front == "ImportScreen" and "1 new" in hand.words)
        await hand.press("s")
        await hand.until(lambda: "imported" in hand.message)
        assert "the answers on list.csv are not kept for the next list" in hand.message


@pytest.fixture
def hanging(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads a list never ends."""
    start = limited_process._start(limited_process.MAIN)
    hangs = start.replace(f"from {limited_process.MAIN} import main; main()", _HANGS)
    assert hangs != start
    monkeypatch.setattr(limited_process, "_start", lambda main: hangs)


_HANGS = """
from tests.support.hostile_readers import READERS
from store.foreign_files.child_process import serve
serve({'list': READERS['hangs']})
"""


@pytest.mark.usefixtures("hanging")
@story
async def test_esc_stops_the_reading_and_the_form_stays(database: Database, file: Path) -> None:
    children = child_processes()
    async with driven(database) as hand:
        await hand.press("I")
        await hand.type(os.path.relpath(file))
        hand.send(*key_events("ctrl+s"))
        await until_now(lambda: re.search(r"reading list\.csv, \d s; Esc stops it", hand.screen))
        hand.send(*key_events("escape"))
        await hand.until(lambda: "not shown" in hand.screen)
        assert "list.csv was not read: it was stopped" in hand.screen
        assert answer(hand, "file") == os.path.relpath(file)
    assert child_processes() <= children


@pytest.mark.usefixtures("hanging")
@story
async def test_esc_before_anything_is_said_stops_the_reading_as_well(database: Database, file: Path) -> None:
    async with driven(database) as hand:
        await hand.press("I")
        await hand.type(os.path.relpath(file))
        hand.send(*key_events("ctrl+s"))
        hand.send(*key_events("escape"))
        await hand.until(lambda: "it was stopped" in hand.screen)
        assert hand.in_front == "FormScreen"


@pytest.mark.usefixtures("hanging")
def test_leaving_the_app_ends_the_reading(database: Database, file: Path) -> None:
    children = child_processes()

    @story
    async def leave() -> None:
        async with driven(database) as hand:
            await hand.press("I")
            await hand.type(os.path.relpath(file))
            hand.send(*key_events("ctrl+s"))
            await until_now(lambda: "Esc stops it" in hand.screen)
            hand.app.exit()

    leave()
    assert child_processes() <= children


@story
async def test_a_bomb_is_refused_in_the_form(database: Database, tmp_path: Path) -> None:
    book = tmp_path / "bomb.xlsx"
    book.write_bytes(bomb_files.many_strings_declared())
    async with driven(database) as hand:
        await ask_for(hand, book)
        shown = hand.words
        assert "bomb.xlsx was not read: that takes more than 512 MB of memory" in shown
        assert "followup config import-memory MEGABYTES" in shown


@story
async def test_trying_the_rows_can_be_stopped(database: Database, file: Path) -> None:
    options = ImportOptions(str(file), {"default": [f"visit={VISIT}"]}, None, None, None, {})
    session = Session(database.path, TODAY, {"HOME": os.environ["HOME"]})
    task = StoppedAtOnce()
    with pytest.raises(Stopped, match=r"list\.csv was not read: it was stopped"):
        import_actions._dry_run(session, options, task)
    assert task.words == "trying row 1 of 2"


class StoppedAtOnce(LongTask):
    """A task that is stopped when the first row is to be tried."""

    PATIENCE = 0.0

    @property
    def is_stopped(self) -> bool:
        return self.words.startswith("trying")


@story
async def test_no_word_of_an_answer_is_broken(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Срок,Обязательство,Кто,Кому\n31.02.2027,Направить список,{MIA},{INTERPOL}\n")
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await ask_for(hand, path)
            await hand.press("a")
            await hand.until(lambda: hand.in_front == "QuestionScreen")
            assert "это не строка списка" in hand.words
    finally:
        speak(None)


@story
async def test_columns_are_named_in_russian_and_of_two_alike_it_is_said_what_to_type(
    database: Database, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Обязательство,Исполнитель,Ответственный,Кому\nНаправить список,{MIA},asel,{INTERPOL}\n")
    speak(load_catalogue("ru"))
    try:
        async with driven(database) as hand:
            await hand.press("I", *"list.csv", "tab", *VISIT, "ctrl+s")
            await hand.until(lambda: "например кто=B" in hand.words)
            columns = next(each for each in hand.app.screen.query(LineInput) if each.has_focus)
            columns.put("Исполнитель", is_typed=True)
            await hand.press("ctrl+s")
            await hand.until(lambda: "столбец указывается в виде ПОЛЕ=СТОЛБЕЦ, а не «Исполнитель»" in hand.words)
            columns.put("исполнитель=B, Ответственный=C", is_typed=True)
            await hand.press("ctrl+s")
            await hand.until(lambda: hand.kind == "import")
            assert "Направить список" in hand.screen
    finally:
        speak(None)
