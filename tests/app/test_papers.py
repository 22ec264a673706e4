"""R: the papers as a page, chosen by a form, written to a file; the store is never touched."""

import os
from pathlib import Path

import pytest

from store.database import Database
from store.reports.sheet import sheet
from tests.app.driving import Hand, driven, story
from tests.builders import INTERPOL, add, beside, do
from tui.lines import text_of
from tui.paper import Paper
from tui.papers import document_lines


@pytest.fixture(autouse=True)
def _untouched(database: Database) -> "object":
    before = Path(database.storage.path).read_bytes()
    yield
    assert Path(database.storage.path).read_bytes() == before


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
        assert hand.lines[0].strip() == "Meeting sheet, 1 Mar 2023"
        assert "UNODC" in await page(hand)
        await hand.press("q")
        assert hand.kind == "list"


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
        document = sheet(hand.app.ledger)
        wanted = [line.strip() for line in map(text_of, document_lines(document, Paper())) if line.strip()]
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
        told = await page(hand)
        assert "Справка к встрече" in told
        assert "ДЛЯ ВНУТРЕННЕГО ПОЛЬЗОВАНИЯ" in told
        assert "For [b]you[/b]" in told
        assert "Всего" not in told


@story
async def test_a_party_that_nobody_knows_is_refused_in_its_field(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "e")
        await hand.type("Nobody")
        await hand.press("ctrl+s")
        assert hand.in_front == "Form"
        assert 'there is no party "Nobody"' in hand.screen
        await hand.press("escape", "y")
        assert "Meeting sheet" in hand.lines[0]


@pytest.mark.parametrize(("format_", "begin"), [("t", b" Meeting"), ("m", b"# Meeting"), ("h", b"<!"), ("d", b"PK")])
@story
async def test_it_is_written_to_a_file_for_its_maker_alone(
    database: Database, tmp_path: Path, format_: str, begin: bytes
) -> None:
    path = tmp_path / "paper"
    async with driven(database) as hand:
        await hand.press("R", "s", "s", format_, "tab")
        await hand.type(str(path))
        await hand.press("ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert path.read_bytes()[: len(begin)].lower() == begin.lower()
    assert path.stat().st_mode & 0o777 == 0o600


@story
async def test_a_file_that_is_there_is_replaced_only_when_that_is_said(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("mine")
    async with driven(database) as hand:
        await hand.press("R", "s", "s", "t", "tab")
        await hand.type(str(path))
        await hand.press("ctrl+s")
        await hand.until(lambda: "is there" in hand.screen)
        assert path.read_text() == "mine"
        await hand.press("tab", "y", "ctrl+s")
        await hand.until(lambda: "written to" in hand.message)
    assert path.read_text().startswith(" Meeting sheet")


@story
async def test_the_store_is_never_written_over(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("R", "s", "s", "t", "tab")
        await hand.type(database.storage.path)
        await hand.press("tab", "y", "ctrl+s")
        await hand.until(lambda: "not saved" in hand.screen)
        assert hand.in_front == "Form"


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
            await hand.until(lambda: "revision 5" not in hand.screen)
            assert "A thing that boris added" in await page(hand)

    @story
    async def test_a_party_that_is_merged_meanwhile_is_found_by_its_old_name(self, database: Database) -> None:
        async with driven(database, every=0.01) as hand:
            await hand.press("R", "s", "e")
            await hand.type("NCB Tashkent")
            await hand.press("ctrl+s")
            do(beside(database, who="boris"), "merge_parties", "NCB Tashkent", INTERPOL)
            await hand.until(lambda: INTERPOL in hand.screen)
