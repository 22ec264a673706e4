"""The list: which view opens, the view Now, views of one's own, orders, whole titles, wide layouts, clicks."""

from typing import Any

import pytest

from store import config, quick_json
from store.database import Database
from store.file import quick_reader
from store.model.vocabulary_and_signs import OPEN
from store.rules.due_dates_and_extensions import DueDate
from store.snapshot import Snapshot
from tests.support.app_driver import Hand, driven, story
from tests.support.store_builders import VISIT, add, do, make_empty
from tui.app.pages.counts_and_views import counts_parts, places_parts
from tui.render.commitment_table import CommitmentTable
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle


async def click(hand: Hand, widget: str, text: str, line: int) -> None:
    """Click on a text in a widget, which stands in a line of the screen."""
    await hand.pilot.click(widget, offset=(hand.lines[line].index(text), 0))
    await hand.settle()


@story
async def test_it_opens_on_now_when_something_is_in_it(demo_store: Database) -> None:
    async with driven(demo_store, view=None) as hand:
        assert hand.lines[1].startswith(" 0 Now · 4")
        assert set(hand.numbers) == {6, 7, 8, 11}
        before = hand.cursor
        await hand.press("j", "k")
        assert hand.cursor == before
        row = next(at for at, line in enumerate(hand.lines) if "#8 ~" in line)
        assert "sent back by INTERPOL: page 3 has no sign" in hand.lines[row + 1]
        assert any("INTERPOL can say so; reported 14 d ago" in line for line in hand.lines)
        at = hand.lines.index("    NEXT")
        assert hand.lines[at + 1].startswith("    Sat 4 Mar .#9   22 Mar #10")
        await hand.press("/", *"zzz", "enter")
        assert "Esc takes the filter away" in hand.screen


@story
async def test_what_is_looked_at_again_is_among_what_comes_next(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("1")
        await hand.point_at(18)
        await hand.press("c")
        await hand.type("phoned")
        await hand.press("tab")
        await hand.type("in 5 days")
        await hand.press("ctrl+s")
        await hand.says("look again on 6 Mar")
        await hand.press("0")
        at = hand.lines.index("    NEXT")
        assert hand.lines[at + 1].startswith("    Sat 4 Mar .#9   Mon 6 Mar @#18   22 Mar #10")


@story
async def test_words_of_a_deadline_are_quoted_where_they_say_more_than_the_day(database: Database) -> None:
    add(database, "Lists", state="agreed", date=DueDate("2023-12-20", "day", "20 December 2023"))
    add(database, "Plans", state="agreed", date=DueDate("2023-12-20", "day", "before Christmas"))
    async with driven(database) as hand:
        await hand.point_at(5)
        assert '"20 December' not in hand.screen
        await hand.press("enter")
        assert '"20 December' not in hand.screen
        await hand.press("escape")
        await hand.point_at(6)
        assert '"before Christmas"' in hand.screen
        await hand.press("enter")
        assert '("before Christmas")' in hand.screen


@story
async def test_it_opens_on_all_that_is_open_when_nothing_asks_for_me(path: str) -> None:
    async with driven(make_empty(path), view=None) as hand:
        assert hand.lines[1].startswith(" 1 Open")


@pytest.mark.parametrize(("view", "title"), [("silent", " 4 Silent"), ("no such", " 0 Now")])
@story
async def test_the_setting_says_which_view_opens(demo_store: Database, view: str, title: str) -> None:
    async with driven(demo_store, view=view) as hand:
        assert hand.lines[1].startswith(title)
        assert ("there is no view" in hand.screen) == (view == "no such")


@story
async def test_a_filter_is_kept_as_a_view_of_my_own(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("7")
        assert "no view is kept on 7" in hand.message
        await hand.press("/", *"to:interpol", "ctrl+s")
        assert hand.in_front == "FormScreen"
        await hand.press(*"Lyon", "ctrl+s")
        await hand.until(lambda: hand.in_front == "ListScreen")
        assert hand.lines[1].startswith(" 7 Lyon")
        shown = hand.numbers
        assert config.load(hand.app.session.environment).saved_views == {"7": ("Lyon", "to:interpol")}
        await hand.press("1")
        assert "7 Lyon" in hand.lines[-2]
        await hand.press("7")
        assert hand.numbers == shown


@story
async def test_a_view_of_my_own_names_what_the_store_does_not_know(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        config.save(hand.app.session.environment, "view-7", "Late: overdue to:INTERPLO")
        config.save(hand.app.session.environment, "view-8", "Lyon: visit:lyon")
        hand.app.session.forget()
        await hand.press("7")
        await hand.until(lambda: 'there is no party "INTERPLO"; did you mean "INTERPOL"?' in hand.message)
        await hand.press("8")
        await hand.until(lambda: hand.lines[1].startswith(" 8 Lyon"))
        assert "there is no" not in hand.message


@story
async def test_another_order_is_one_list_without_headings(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("o", "n")
        assert list(hand.numbers) == sorted(hand.numbers)
        assert "Open sorted by number" in hand.lines[1]
        assert not any("OVERDUE" in line for line in hand.lines)
        await hand.press("o", "l")
        assert [row.silent_days for row in map(hand.app.snapshot.row, hand.numbers)] == sorted(
            (hand.app.snapshot.row(number).silent_days for number in hand.numbers), reverse=True
        )
        await hand.press("o", "u")
        assert any("OVERDUE 2" in line for line in hand.lines)


@story
async def test_titles_are_whole_when_asked_for(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        title = hand.app.snapshot.row(7).commitment["title"]
        assert title not in hand.screen
        await hand.press("z", "j")
        at = next(at for at, line in enumerate(hand.lines) if line.startswith(">"))
        whole = f"{hand.lines[at][29:61].strip()} {hand.lines[at + 1].strip()}"
        assert whole == title
        await hand.pilot.click("#list", offset=(40, at + 1 - 2))
        await hand.settle()
        assert hand.kind == "commitment", "a click on the second line is one on the row"
        await hand.press("escape", "z")
        assert title not in "".join(hand.lines[:20])


@pytest.mark.parametrize("width", [100, 120, 140, 155, 200])
@story
async def test_no_title_is_cut_beside_a_half_empty_page(demo_store: Database, width: int) -> None:
    async with driven(demo_store, size=(width, 50)) as hand:
        cut = [line for line in hand.lines[2:44] if "#" in line and "…" in line.split("│")[0]]
        assert len(cut) <= {100: 9, 120: 1}.get(width, 0)
        assert ("PROMISE" in hand.screen) == (width == 200)
        assert "o agreed" in hand.screen


@pytest.mark.parametrize(("width", "is_utf8", "least"), [(60, True, 20), (80, True, 32), (80, False, 32)])
def test_a_row_keeps_its_title_and_who_owes_whom(
    demo_snapshot: Snapshot, width: int, is_utf8: bool, least: int
) -> None:
    table = CommitmentTable(demo_snapshot.open_rows, demo_snapshot, TerminalStyle(width, is_utf8=is_utf8))
    lines = table.lines(is_grouped=False)
    assert all(len(line) <= width for line in lines)
    assert all(("→" if is_utf8 else "->") in line or "↔" in line or "<->" in line for line in lines)
    assert table._columns.title >= least


@story
async def test_counts_views_and_places_answer_to_a_click(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await click(hand, "#counts", f"{hand.app.snapshot.counts()['overdue']} overdue", 0)
        assert hand.list.list_state.view.name == "Overdue"
        await click(hand, "#counts", "6 no date", 0)
        assert hand.list.list_state.view.name == "Open"
        assert hand.app.snapshot.row(hand.cursor or 0).band == "no-date"
        await click(hand, "#counts", "1 to chase", 0)
        assert hand.list.list_state.view.name == "Now"
        await click(hand, "#message", "4 silent", -2)
        assert hand.list.list_state.view.name == "Silent"
        await click(hand, "#message", "t calendar", -2)
        assert hand.kind == "timeline"


@story
async def test_what_is_to_be_chased_today_carries_its_sign_in_every_view(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        for view in ("0", "1", "2", "4"):
            await hand.press(view)
            assert any(line[1:4] == "!!@" and "#6 " in line for line in hand.lines), view


@pytest.mark.parametrize("width", range(40, 130, 7))
def test_counts_and_places_fit(demo_snapshot: Snapshot, width: int) -> None:
    for parts, gap in (counts_parts(demo_snapshot, width), places_parts((), "1", TerminalStyle(width, least_width=1))):
        line = " " + (" " * gap).join(text_of(part.segments) for part in parts)
        assert len(line) <= max(width, 42)


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 50)])
@story
async def test_columns_stand_still_from_view_to_view_and_while_a_filter_is_typed(
    demo_store: Database, size: tuple[int, int]
) -> None:
    def columns() -> tuple[int, int, int]:
        row = next(line for line in hand.lines if "#6 o" in line)
        return row.index("#6"), row.index("Send"), row.index("UNODC")

    async with driven(demo_store, size=size) as hand:
        first = columns()
        for keys in (("0",), ("2",), ("4",), ("1",), ("/", *"contact"), ("enter",)):
            await hand.press(*keys)
            assert columns() == first, keys


@story
async def test_a_filter_that_finds_nothing_says_where_it_is(database: Database) -> None:
    do(database, "mark", 2, "confirmed", on="2023-02-20")
    async with driven(database) as hand:
        await hand.press("/", *"nominate", "enter")
        assert "Nothing like that. Esc takes the filter away\n" in hand.screen
        assert "\n    1 finished has it: 6 shows it\n" in hand.screen
        await hand.press("6")
        assert hand.numbers == [2]


@story
async def test_a_filter_longer_than_its_room_shows_that_its_beginning_is_not_seen(database: Database) -> None:
    long = "by:UNODC -overdue or " * 4
    async with driven(database) as hand:
        await hand.press("/", *long)
        title = hand.lines[1]
        assert "filter: \N{HORIZONTAL ELLIPSIS}" in title
        assert " \N{MIDDLE DOT} " in title.partition("\N{HORIZONTAL ELLIPSIS}")[2], (
            "the day stands apart from the query"
        )
        await hand.press("home")
        assert "filter: by:UNODC" in hand.lines[1]


@story
async def test_a_completion_that_has_no_room_is_left_out_whole(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("/", *"state:rep")
        assert "state:rep (orted)" in hand.lines[1].replace("\N{BLACK SQUARE}", " ")
        await hand.press("escape", "/", *"by:UNODC -overdue or state:rep")
        assert "(or" not in hand.lines[1]


@story
async def test_a_filter_that_finds_only_what_is_set_aside_says_so(database: Database) -> None:
    do(database, "set_visit_aside", VISIT)
    async with driven(database) as hand:
        await hand.press("/", *"nominate", "enter")
        assert "1 set aside has it: 1 with aside in the filter shows it" in hand.screen
        await hand.press("/", "end", *" aside", "enter")
        assert hand.numbers == [2]


@story
async def test_the_calendar_names_the_filter_and_esc_there_takes_it_away(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press("/", *"zzz", "enter", "t")
        assert "filter: zzz" in hand.lines[0]
        assert "Esc   takes the filter away" in hand.screen
        await hand.press("escape")
        assert hand.kind == "timeline"
        assert "filter" not in hand.screen
        assert "#2 Nominate" in hand.screen
        await hand.press("escape")
        assert hand.kind == "list"


@story
async def test_below_the_list_stands_what_to_know_of_the_one_under_the_cursor(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("j")
        silence = hand.app.snapshot.row(hand.cursor or 0).silent_days
        assert f" │ no news for {silence} d · never chased · + put off on 4 Feb" in hand.lines
        await hand.press("n", *"they will send it", "ctrl+s")
        await hand.until(lambda: " │ never chased · 1 Mar they will send it" in hand.lines)
        await hand.press("3")
        assert any(line.startswith(" │ reported 14 d ago · INTERPOL can say so") for line in hand.lines)
        await hand.press("6", "/", *"state:closed", "enter")
        assert any(line.startswith(" │ not met · closed ") for line in hand.lines)


@pytest.mark.file_only("what is parsed of a file")
@story
async def test_the_first_screen_parses_no_commitment_that_is_finished(
    demo_store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []

    def watched(text: bytes) -> Any:
        parsed.append(bytes(text))
        return quick_json.loads(text)

    monkeypatch.setattr(quick_reader, "loads", watched)
    async with driven(demo_store, view=None) as hand:
        assert hand.numbers
        everything = b"".join(parsed).decode()
        rows = demo_store.snapshot().rows
        for row in rows:
            assert (row.commitment["title"] in everything) == (row.commitment["state"] in OPEN), row.commitment
        await hand.press("6")
        assert set(hand.numbers) == {row.commitment["id"] for row in rows if row.commitment["state"] not in OPEN}
