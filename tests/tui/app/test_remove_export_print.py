"""Removing what was entered by mistake, exporting what the list shows, handing a paper to a pager or a printer."""

import csv
from pathlib import Path

import pytest

from store.database import Database
from store.errors import UsageError
from store.query.parse_query import parse
from tests.support.app_driver import driven, story
from tests.support.store_builders import INTERPOL, add, do, events
from tui.app.forms.export_form import export_form
from tui.app.forms.form import Answers


@pytest.mark.parametrize("key", ["X", "delete"])
@story
async def test_what_was_entered_by_mistake_is_removed_with_its_reason(database: Database, key: str) -> None:
    number = add(database, "Twice", by=["Foo Ministry"], to=[INTERPOL])
    async with driven(database) as hand:
        await hand.point_at(number)
        await hand.press(key, "ctrl+s")
        await hand.shows("say why it is removed")
        await hand.press(*"entered twice", "ctrl+s")
        await hand.says(
            f"#{number} removed; u brings it back. Nothing names Foo Ministry any more: i, and X on it there, "
            "removes it too"
        )
        assert f"#{number} removed by you: entered twice" in hand.screen
        assert "Twice" not in hand.screen
        assert number not in database.snapshot().commitments
        await hand.press("u")
        await hand.until(lambda: number in database.snapshot().commitments)
    assert events(database, number)[1]["reason"] == "entered twice"


@story
async def test_what_left_the_list_is_told_in_one_line_and_cut_with_a_sign(database: Database) -> None:
    number = add(database, "Send the list")
    async with driven(database, size=(60, 16)) as hand:
        await hand.point_at(number)
        await hand.press("X", *"entered twice, once from the minutes and once from the letter", "ctrl+s")
        await hand.says(f"#{number} removed; u brings it back")
        line = next(line for line in hand.lines if f"#{number} removed by you: entered twice" in line)
        assert line.endswith("…")


@story
async def test_what_was_agreed_is_not_removed_and_the_way_out_is_named(database: Database) -> None:
    async with driven(database) as hand:
        await hand.point_at(2)
        await hand.press("X")
        assert hand.in_front == "ListScreen"
        await hand.says("#2 is agreed: only one never agreed is removed: s, then x, closes it")


@story
async def test_an_empty_visit_is_removed_once_that_is_confirmed(database: Database) -> None:
    do(database, "add_visit", "Meeting", place="Riga", start="2023-02-06")
    async with driven(database) as hand:
        await hand.press("v", "X", "n")
        assert "riga-2023" in database.snapshot().visits
        await hand.press("X", "y")
        await hand.says("visit riga-2023 removed")
        assert "riga-2023" not in "\n".join(hand.lines[:-2])
        await hand.press("X", "y")
        await hand.says("only an empty visit is removed")
    assert list(database.snapshot().visits) == ["lyon-2022"]


@story
async def test_the_list_is_exported_as_it_is_shown(database: Database, tmp_path: Path) -> None:
    async with driven(database) as hand:
        await hand.press("/", *"to:interpol", "enter", "E", "tab")
        await hand.type(str(tmp_path / "list.csv"))
        await hand.press("ctrl+s")
        await hand.says("commitments written to")
        shown = hand.numbers
        for name in ("list.xlsx", "list.ics", "list.md", "list.html"):
            await hand.press("E", "tab", *str(tmp_path / name), "ctrl+s")
            await hand.says(name)
    rows = list(csv.DictReader((tmp_path / "list.csv").read_text("utf-8-sig").splitlines()))
    assert [int(row["id"]) for row in rows] == list(shown)
    assert all((tmp_path / f"list.{ending}").stat().st_size > 100 for ending in ("xlsx", "ics", "md", "html"))


@story
async def test_a_list_is_exported_in_a_language_and_a_calendar_as_events(database: Database, tmp_path: Path) -> None:
    async with driven(database) as hand:
        await hand.press("E", "tab", *str(tmp_path / "list.html"), "tab", "tab", "right", "ctrl+s")
        await hand.says("commitments written to")
        await hand.press("E", "tab", *str(tmp_path / "list.ics"), "tab", "tab", "tab", "right", "ctrl+s")
        await hand.says("events written to")
    assert "Обязательства" in (tmp_path / "list.html").read_text()
    calendar = (tmp_path / "list.ics").read_text()
    assert "BEGIN:VEVENT" in calendar
    assert "BEGIN:VTODO" not in calendar


@pytest.mark.parametrize(
    ("answers", "field"),
    [({"format": "csv", "language": "ru"}, "language"), ({"format": "xlsx", "calendar": "events"}, "calendar")],
)
def test_what_a_format_has_no_place_for_is_refused_in_its_field(
    database: Database, answers: dict[str, str], field: str
) -> None:
    form = export_form(database.snapshot(), [1], parse("", today="2023-03-01", me=[]), lambda *_, **__: None)
    with pytest.raises(UsageError) as refused:
        form.plan(Answers(form.questions, answers))
    assert refused.value.field == field


@story
async def test_only_what_is_selected_is_exported(database: Database, tmp_path: Path) -> None:
    async with driven(database) as hand:
        await hand.press("space", "E")
        assert "Export 1 commitment to a file" in hand.screen
        assert "[xlsx]" in hand.screen, "for people, unless another is chosen"
        await hand.press("escape")


def program(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@story
async def test_a_paper_is_sent_to_the_printer(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "lpr", f'/bin/cat > "{tmp_path}/printed"')
    monkeypatch.setenv("PATH", str(tmp_path))
    async with driven(database) as hand:
        await hand.press("R", "s", "P", "l")
        await hand.says("sent to lpr")
    assert (tmp_path / "printed").read_text().startswith(" Meeting sheet")


@story
async def test_a_machine_without_a_printer_says_so(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    async with driven(database) as hand:
        await hand.press("R", "s", "P", "l")
        await hand.says("there is no lpr on this machine: s writes a file")


def test_a_pager_gets_the_text_without_a_shell(tmp_path: Path) -> None:
    from tui.app.terminal.pager_and_printer import page_text

    pager = program(tmp_path, "pager", f'/bin/cat > "{tmp_path}/paged"; echo "$@" > "{tmp_path}/arguments"')
    assert page_text("the paper", {"PAGER": f"{pager} -R '$(touch x)'"}) == ""
    assert (tmp_path / "paged").read_text() == "the paper"
    assert (tmp_path / "arguments").read_text() == "-R $(touch x)\n"
    assert page_text("the paper", {"PAGER": "/nowhere/pager"}) == "there is no pager /nowhere/pager on this machine"
