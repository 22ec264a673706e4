"""R: the papers as a page, chosen by a form, written to a file; the store is never touched."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from store.database import Database
from store.reports.meeting_sheet import meeting_sheet
from store.snapshot import Snapshot
from tests.support.app_driver import Hand, driven, story
from tests.support.store_builders import INTERPOL, add, beside, do
from tui.app.screens.form_screen import FormScreen
from tui.render.document_lines import document_lines
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle


@pytest.fixture(autouse=True)
def _untouched(database: Database) -> object:
    before = Path(database.path).read_bytes()
    yield
    assert Path(database.path).read_bytes() == before


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the app was started: each letter of a name is a key that is waited for."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def page(hand: Hand) -> str:
    """All of the page, read as a person scrolls through it."""
    found: list[str] = []
    await hand.press("g")
    while True:
        shown = hand.lines[:-2]
        found += [line for line in shown if line not in found]
        await hand.press("pagedown")
        if hand.lines[:-2] == shown:
            return " ".join(" ".join(found).split())


@story
async def test_the_sheet_is_shown_and_left_again(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R")
        assert "the meeting sheet" in hand.screen
        await hand.press("s")
        assert hand.kind == "paper"
        assert hand.lines[1].strip() == "Meeting sheet, 1 Mar 2023"
        assert hand.lines[-2].startswith(" for all that have something open, due until 1 Jun ")
        assert "UNODC" in await page(hand)
        await hand.press("q")
        assert hand.kind == "list"


@story
async def test_the_file_of_a_sheet_is_called_for_whom_it_is(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "s")
        assert "(~/sheet-2023-03-01)" in hand.screen
        await hand.press("escape", "e")
        await hand.type("UNODC")
        await hand.press("tab", "ctrl+s", "s")
        assert "(~/sheet-2023-03-01-unodc)" in hand.screen


@story
async def test_what_a_paper_for_us_only_has_is_said_at_its_choice(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e")
        assert "[no]  yes, with notes, owner, quote" in hand.screen
        await hand.press("tab", "tab", "tab", "tab", "y")
        assert "no  [yes, with notes, owner, quote]" in hand.screen
        await hand.press("ctrl+s")
        assert "with interna" in hand.lines[-2]


@story
async def test_from_the_help_one_comes_back_to_the_paper(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "r", "j", "j")
        before = hand.lines
        await hand.press("?")
        assert hand.kind == "help"
        await hand.press("escape")
        assert hand.lines == before


@pytest.mark.parametrize("height", [20, 22, 24])
@story
async def test_every_line_is_seen_whole_page_by_page(database: Database, height: int) -> None:
    async with driven(database, size=(80, height)) as hand:
        await hand.press("R", "s")
        document = meeting_sheet(hand.app.snapshot)
        wanted = [line.strip() for line in map(text_of, document_lines(document, TerminalStyle())) if line.strip()]
        seen: set[str] = set()
        while True:
            shown = [line.strip() for line in hand.lines[:-2]]
            seen |= set(shown)
            await hand.press("pagedown")
            if [line.strip() for line in hand.lines[:-2]] == shown:
                break
        assert [line for line in wanted if line not in seen] == []


@story
async def test_the_report_is_of_the_last_quarter_and_of_the_one_that_is_typed(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "r")
        assert "Q4 2022" in hand.screen
        await hand.press("e")
        await hand.type("2023-Q1")
        await hand.press("ctrl+s")
        assert "Q1 2023" in hand.screen
        assert "not over yet" in hand.screen


@story
async def test_what_is_chosen_is_what_is_shown(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e")
        await hand.type("INTERPOL")
        await hand.press("tab", "tab", "tab", "r", "tab", "y", "tab")
        await hand.type("For [b]you[/b]")
        await hand.press("ctrl+s")
        shown = await page(hand)
        assert "Справка о ходе выполнения" in shown
        assert "ДЛЯ ВНУТРЕННЕГО ПОЛЬЗОВАНИЯ" in shown
        assert "For [b]you[/b]" in shown
        assert "Всего" not in shown


@story
async def test_a_sheet_to_fill_in_has_blanks_and_lines_for_signatures(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e")
        await hand.type("INTERPOL")
        await hand.press(*["tab"] * 6, "y", "ctrl+s")
        shown = await page(hand)
        assert "Decision ___" in shown
        assert "Signature ___" in shown


@story
async def test_a_sheet_is_headed_by_its_meeting(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e", *["tab"] * 7)
        await hand.type("Quarterly meeting")
        await hand.press("tab")
        await hand.type("Tashkent")
        await hand.press("tab")
        await hand.type("10 March")
        await hand.press("ctrl+s")
        shown = await page(hand)
        assert " Meeting Quarterly meeting Place of the meeting Tashkent Day of the meeting 10 Mar 2023 " in shown


@story
async def test_the_first_page_of_a_report_has_the_offices_own_words(database: Database, here: Path) -> None:
    (here / "intro.md").write_text("Two *nominations* are agreed.")
    async with driven(database) as hand:
        await hand.press("R", "r", "e", *["tab"] * 5)
        await hand.type("none.md")
        await hand.press("ctrl+s")
        assert hand.in_front == "FormScreen"
        assert "cannot be read" in hand.screen
        await hand.press("ctrl+u")
        await hand.type("intro.md")
        await hand.press("ctrl+s")
        assert hand.kind == "paper"
        assert "Two nominations are agreed." in await page(hand)


@story
async def test_a_party_that_nobody_knows_is_refused_in_its_field(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e")
        await hand.type("Nobody")
        await hand.press("ctrl+s")
        assert hand.in_front == "FormScreen"
        assert 'there is no party "Nobody"' in hand.screen
        await hand.press("escape", "y")
        assert "Meeting sheet" in hand.lines[1]


async def save_as(hand: Hand, name: str, format_: str = "d") -> None:
    """Fill in the form of the paper that is shown, and save."""
    await hand.press("s", format_, "tab")
    await hand.type(name)
    await hand.press("ctrl+s")
    await hand.until(lambda: "written to" in hand.message or "not saved" in hand.screen)


def chosen_format(hand: Hand) -> str:
    """The format that is chosen in the form."""
    form = hand.app.screen
    assert isinstance(form, FormScreen)
    return form.answers.text("format")


BEGINS = {"txt": b" Meeting", "md": b"# Meeting", "html": b"<!doctype html>", "docx": b"PK"}


@pytest.mark.parametrize(("format_", "ending"), [("t", "txt"), ("m", "md"), ("h", "html"), ("d", "docx")])
@story
async def test_it_is_written_to_a_file_for_its_maker_alone(
    database: Database, here: Path, format_: str, ending: str
) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s")
        await save_as(hand, "paper", format_)
        path = here / f"paper.{ending}"
        assert hand.message == f"written to {path}"
    assert path.read_bytes().lower().startswith(BEGINS[ending].lower())
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(here.glob("paper*")) == [path]


@pytest.mark.parametrize(
    ("name", "format_", "begin"),
    [("x.html", "html", "html"), ("x.HTM", "html", "html"), ("x.md", "md", "md"), ("x.txt", "text", "txt"),
     ("x.v2.docx", "docx", "docx"), ("x.", "docx", "docx")],
)  # fmt: skip
@story
async def test_what_the_name_ends_with_is_the_format_and_is_taken_in_sight(
    database: Database, here: Path, name: str, format_: str, begin: str
) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "s", "d", "tab")
        await hand.type(name)
        assert chosen_format(hand) == format_
        assert f"[{format_}]" in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    path = here / (name if name[-1] != "." else f"{name}docx")
    assert path.read_bytes().lower().startswith(BEGINS[begin].lower())


@story
async def test_another_format_gives_the_name_its_ending(database: Database, here: Path) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "s", "tab")
        await hand.type("my.paper.html")
        await hand.press("shift+tab", "m")
        assert chosen_format(hand) == "md"
        assert "my.paper.md" in hand.screen
        await hand.press("t", "tab", "end", *["backspace"] * 4)
        assert chosen_format(hand) == "text"
        await hand.type(".docx")
        assert chosen_format(hand) == "docx"
        await hand.press("ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert (here / "my.paper.docx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize("name", ["report.pdf", "report.json", "report 25.11.2026"])
@story
async def test_an_ending_of_no_format_is_refused_under_the_name(database: Database, here: Path, name: str) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s")
        await save_as(hand, name)
        ending = name.rpartition(".")[2]
        message = f'a file that ends with ".{ending}" may be anything: say which it is to be, .txt, .md, .html or .docx'
        assert message in hand.words
        before = list(here.iterdir())
        await hand.press("end", *".docx")
        assert "may be anything" not in hand.screen
        await hand.press("ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert [path.name for path in here.iterdir() if path not in before] == [f"{name}.docx"]


@pytest.mark.parametrize("name", ["folder", "folder/", "nowhere/", "."])
@story
async def test_a_folder_is_refused_and_gets_no_ending(database: Database, here: Path, name: str) -> None:
    (here / "folder").mkdir()
    before = list(here.iterdir())
    async with driven(database) as hand:
        await hand.press("R", "s")
        await save_as(hand, name)
        assert "is a folder: name a file in it" in hand.words
    assert list(here.iterdir()) == before


@pytest.mark.parametrize("size", [(80, 24), (60, 16)])
@story
async def test_the_field_says_what_the_ending_does(database: Database, size: tuple[int, int]) -> None:
    async with driven(database, size=size) as hand:
        await hand.press("R", "s", "s", "tab")
        assert "its ending is the format; Tab completes the path" in hand.words
        assert "~/sheet-2023-03-01" in hand.screen


@story
async def test_a_new_paper_says_nothing_of_the_one_before(database: Database, here: Path) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s")
        await save_as(hand, "paper")
        assert "written to" in hand.screen
        await hand.press("R", "r")
        assert "written to" not in hand.screen
        await save_as(hand, "other")
        assert "written to" in hand.screen
        await hand.press("escape")
        assert "written to" not in hand.screen


@story
async def test_a_file_that_is_there_is_replaced_only_when_that_is_said(database: Database, here: Path) -> None:
    path = here / "paper.txt"
    path.write_text("mine")
    async with driven(database) as hand:
        await hand.press("R", "s")
        await save_as(hand, "paper", "t")
        assert "is there" in hand.words
        assert path.read_text() == "mine"
        await hand.press("enter", "y", "ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert path.read_text().startswith(" Meeting sheet")


@story
async def test_the_store_is_never_written_over(database: Database, here: Path) -> None:
    (here / "x.txt").hardlink_to(database.path)
    async with driven(database) as hand:
        await hand.press("R", "s", "s", "t", "tab")
        await hand.type("x.txt")
        await hand.press("tab", "y", "ctrl+s")
        await hand.until(lambda: "not saved" in hand.screen)
        assert "belongs to the store" in hand.words
        assert hand.in_front == "FormScreen"


@story
async def test_without_a_name_it_goes_home_under_its_own(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "r", "s", "ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert (Path(os.environ["HOME"]) / "report-2022-Q4.docx").exists()


class TestOthers:
    """What others change meanwhile."""

    @pytest.fixture(autouse=True)
    def _untouched(self) -> None:
        """Here the store is changed."""

    @story
    async def test_the_page_is_of_the_store_as_it_is(self, database: Database) -> None:
        async with driven(database, every=0.01) as hand:
            await hand.press("R", "s")
            add(beside(database, who="boris"), "A thing that boris added", to=[INTERPOL], state="agreed")
            await hand.has_revision(database.snapshot().revision)
            assert "A thing that boris added" in await page(hand)

    @story
    async def test_a_party_that_is_merged_meanwhile_is_found_by_its_old_name(self, database: Database) -> None:
        async with driven(database, every=0.01) as hand:
            await hand.press("R", "s", "e")
            await hand.type("NCB Tashkent")
            await hand.press("ctrl+s")
            do(beside(database, who="boris"), "merge_parties", "NCB Tashkent", INTERPOL)
            await hand.until(lambda: INTERPOL in hand.screen)


def test_the_last_column_of_a_paper_stays_free_and_no_date_is_broken(demo_snapshot: Snapshot) -> None:
    for width in (60, 80, 100):
        lines = [text_of(line) for line in document_lines(meeting_sheet(demo_snapshot), TerminalStyle(width))]
        assert not [line for line in lines if len(line) >= width]
        day = r"\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)$"
        ends = [at for at, line in enumerate(lines[:-1]) if re.search(day, line)]
        assert not [lines[at] for at in ends if re.match(r"\d{4}\b", lines[at + 1].strip())]
        assert not [line for line in lines if re.search(r"\bno date$", line)]
        assert not [line for line in lines if "\xa0" in line]
