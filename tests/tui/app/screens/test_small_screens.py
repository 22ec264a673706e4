"""Screens of any size: every page answers, and the app goes on, however few columns there are."""

import signal
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.database import Database
from store.formats.records_as_json import visit_json
from store.query.views import VIEWS
from store.snapshot import Snapshot
from tests.support.app_driver import driven, story
from tests.support.store_builders import INTERPOL, NCB, UNODC, add, make_empty
from tui.app.pages.commitment_summary import summary_lines
from tui.app.pages.counts_and_views import counts_parts, places_parts, view_title
from tui.app.pages.help_page import help_lines
from tui.app.pages.progress_page import progress
from tui.app.pages.timeline_page import SCALES, timeline
from tui.app.pages.title_line import title_line
from tui.app.theme import Paint
from tui.app.view_filter_and_groups import ListState
from tui.app.widgets.segment_strips import strip_of
from tui.render.commitment_page import commitment_page
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle
from tui.render.visits_page import visits_page
from tui.render.widths import first_columns, width_of, wrapped

WIDE = "国際捜査研修所" * 3


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """A page that never ends is a failure, not a test that hangs."""

    def stop(*_: object) -> None:
        raise TimeoutError("it does not end")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# Texts

WORDS = st.text(st.sampled_from("ab ж国際é\u0301…"), max_size=40)


@given(text=WORDS, width=st.integers(-5, 12))
def test_a_text_is_wrapped_in_whatever_width_and_nothing_of_it_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= max(2, width) for line in lines)


def test_a_word_as_long_as_a_note_is_broken_in_no_time() -> None:
    signal.alarm(5)
    assert wrapped("国" * 10_000, 3) == ["国"] * 10_000


@given(text=WORDS, width=st.integers(-5, 60))
def test_the_first_columns_of_a_text_are_never_more_than_asked_for(text: str, width: int) -> None:
    assert cell_len(first_columns(text, width)) <= max(0, width)


CHARACTERS = st.sampled_from([*"a ж国際🙂", "e\u0301", "\u0301", "👩\u200d👧"])


@given(
    pieces=st.lists(st.tuples(st.lists(CHARACTERS, max_size=8).map("".join), st.just("plain")), max_size=5),
    width=st.integers(0, 20),
    is_cursor=st.booleans(),
)
def test_a_strip_is_as_wide_as_it_says_whatever_stands_at_its_edge(
    pieces: list[tuple[str, str]], width: int, is_cursor: bool
) -> None:
    strip = strip_of(pieces, width, Paint(0), is_cursor=is_cursor)
    assert sum(cell_len(segment.text) for segment in strip) == strip.cell_length == width


# Pages


def pages(snapshot: Snapshot, width: int, *, is_utf8: bool) -> Iterator[list[str]]:
    terminal = TerminalStyle(width, is_utf8=is_utf8, least_width=0)
    yield [text_of(line) for line in help_lines("list", width, terminal)]
    yield [text_of(line) for line in progress(snapshot.rows, snapshot, width, 10, terminal)]
    visits = [(visit, visit_json(visit, rows, snapshot)) for visit, rows in snapshot.visits_with_rows()]
    yield [text_of(line) for entry in visits_page(visits, terminal)[1] for line in entry.lines]
    for scale in SCALES:
        yield [text_of(line.text) for line in timeline(snapshot.rows, snapshot.today, scale, width, terminal).lines]
    for row in snapshot.rows:
        yield [text_of(line) for line in commitment_page(row, snapshot, terminal, is_whole=True)]
        yield [text_of(line) for line in summary_lines(row, snapshot, terminal)]
    list_state = ListState(filter_text=f'to:"{WIDE}"', lens=UNODC)
    for each in (list_state, list_state.with_changes(lens=None, visit="lyon-2022"), ListState()):
        title, more, kept = view_title(each, snapshot, snapshot.rows, frozenset({1, 99}), 1, terminal)
        yield [text_of(title_line(title, more, "demo", snapshot.today, "read-only", terminal, kept=kept))]
    for parts, _ in (counts_parts(snapshot, width), places_parts(VIEWS, "1", terminal)):
        yield [text_of(part.segments) for part in parts]


@pytest.mark.parametrize("is_utf8", [True, False])
def test_every_page_ends_at_every_width(database: Database, is_utf8: bool) -> None:
    add(database, WIDE, by=[WIDE], to=[UNODC], via=NCB, support=[INTERPOL], owner=WIDE, quote=WIDE, state="agreed")
    snapshot = database.snapshot()
    for width in range(61):
        assert all(lines for lines in pages(snapshot, width, is_utf8=is_utf8))


@given(
    filter_text=st.text(st.sampled_from("abc国際 "), max_size=40),
    name=st.sampled_from(["UNODC", WIDE, "An institution with a name that is as long as the whole screen, or longer"]),
    what=st.sampled_from(["lens", "visit", "open"]),
    selected=st.sampled_from([frozenset(), frozenset({1}), frozenset({1, 2, 88, 99})]),
    width=st.integers(60, 120),
    is_utf8=st.booleans(),
)
def test_the_line_over_the_list_is_as_wide_as_the_screen_and_always_says_how_many(
    demo_snapshot: Snapshot,
    filter_text: str,
    name: str,
    what: str,
    selected: frozenset[int],
    width: int,
    is_utf8: bool,
) -> None:
    list_state = ListState(
        filter_text=filter_text, lens=name if what == "lens" else None, visit=name if what == "visit" else None
    )
    terminal = TerminalStyle(width, is_utf8=is_utf8)
    title, more, kept = view_title(list_state, demo_snapshot, demo_snapshot.rows[:12], selected, 1, terminal)
    text = text_of(title_line(title, more, "demo", demo_snapshot.today, "", terminal, kept=kept))
    assert width_of(text) == width
    assert f"{terminal.dot}12" in text
    if not filter_text:
        assert text.endswith(f"demo{terminal.dot}Wed 1 Mar 2023 ")
    assert ("selected" in text) == bool(selected)
    assert is_utf8 or "…" not in text


@pytest.mark.parametrize("trouble", ["", "read-only"])
@pytest.mark.parametrize("store", ["demo", "the commitments of our office"])
def test_a_selection_is_never_cut(demo_snapshot: Snapshot, store: str, trouble: str) -> None:
    """It is what the next change is done to."""
    list_state = ListState(filter_text="to:interpol", lens="An institution with a name longer than the whole screen")
    selected, terminal = frozenset({1, 2, 88, 99}), TerminalStyle(60)
    title, more, kept = view_title(list_state, demo_snapshot, demo_snapshot.rows[:12], selected, 1, terminal)
    text = text_of(title_line(title, more, store, demo_snapshot.today, trouble, terminal, kept=kept))
    assert " · 12 · 4 selected" in text
    assert trouble in text
    assert width_of(text) == 60


def test_what_is_cut_over_the_list_is_marked(demo_snapshot: Snapshot) -> None:
    list_state = ListState(
        lens="An institution with a name that is as long as the whole screen", filter_text="to:interpol" * 9
    )
    for terminal in (TerminalStyle(60), TerminalStyle(60, is_utf8=False)):
        title, more, kept = view_title(list_state, demo_snapshot, demo_snapshot.rows[:2], frozenset(), 0, terminal)
        text = text_of(title_line(title, more, "demo", demo_snapshot.today, "", terminal, kept=kept))
        assert text.count(terminal.ellipsis) == 2, text


# The app


@pytest.mark.parametrize("way", ["", "v", "t", "P", "?", "enter", "s"])
@story
async def test_the_app_answers_after_it_was_as_small_as_can_be(demo_store: Database, way: str) -> None:
    async with driven(demo_store) as hand:
        await hand.press(*([way] if way else []))
        front, before = hand.in_front, hand.lines
        for size in ((14, 10), (5, 5), (1, 1), (2, 1), (80, 24)):
            await hand.pilot.resize_terminal(*size)
            await hand.painted()
            assert len(hand.raw_lines) == size[1]
            await hand.press("down", "up")
            assert hand.is_alive
        assert hand.in_front == front
        assert hand.lines[:16] == before[:16]
        await hand.press("escape", "g", "j")
        assert hand.is_alive
        await hand.press("q" if way else "1")
        assert hand.in_front == "ListScreen"
        assert any(line.startswith(">") for line in hand.lines), hand.screen


@story
async def test_the_palette_shows_as_many_commands_as_there_is_room_for(database: Database) -> None:
    async with driven(database) as hand:
        await hand.press(":")
        assert len(hand.lines) == 24
        await hand.pilot.resize_terminal(100, 30)
        await hand.painted()
        assert [bool(line.strip()) for line in hand.raw_lines] == [True] * 30
        await hand.press(*"theme")
        await hand.shows("followup config ground dark")


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
@story
async def test_what_a_menu_or_a_form_at_the_foot_is_about_stays_in_sight(
    demo_store: Database, size: tuple[int, int]
) -> None:
    async with driven(demo_store, size=size) as hand:
        for place, keys, opened in (
            ("list", ("G",), "snc"),
            ("visits", ("v", "G"), "A"),
            ("parties", ("i", "G"), "R"),
            ("timeline", ("t", "G"), "sn"),
        ):
            await hand.press(*keys)
            assert hand.kind == place
            before = hand.screen
            row = next(line for line in hand.lines if line.startswith(">"))
            for key in opened:
                await hand.press(key)
                await hand.painted()
                rule = next(at for at, line in enumerate(hand.lines) if line.startswith(" -- "))
                assert row in hand.lines[:rule], hand.screen
                await hand.press("escape")
                await hand.painted()
                assert hand.screen == before
            await hand.press("escape")


@story
async def test_what_is_too_long_for_a_small_screen_is_cut_and_says_so(demo_store: Database) -> None:
    async with driven(demo_store, size=(60, 16)) as hand:
        await hand.press("b", "v")
        headings = [line for line in hand.lines if line.startswith("    ") and ": " in line]
        assert headings
        assert all(line.split()[-1].isdigit() and len(line) <= 60 for line in headings), hand.screen
        await hand.press("i")
        assert "… (PGO UZ)" in hand.screen
        assert not any(line.strip() == "(PGO UZ)" for line in hand.lines)
    async with driven(demo_store, size=(60, 11)) as hand:
        await hand.press("i")
        assert "more: j, PgDn" in hand.lines[-2], hand.screen
        await hand.press("G")
        assert "more: j, PgDn" not in hand.screen


@story
async def test_the_page_of_no_party_is_wrapped(path: str) -> None:
    async with driven(make_empty(path), size=(60, 16)) as hand:
        await hand.press("i")
        assert "as the host of a visit." in hand.words


@story
async def test_whole_titles_leave_the_first_heading_on_the_screen(demo_store: Database) -> None:
    async with driven(demo_store, size=(80, 24)) as hand:
        await hand.press("j", "j")
        top = hand.lines[2]
        await hand.press("z")
        assert hand.lines[2] == top
        await hand.press("z")
        assert hand.lines[2] == top


@story
async def test_the_lines_of_keys_and_of_more_say_what_is_so(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("t")
        assert "b weeks, months, quarters" in hand.lines[-1]
        await hand.press("escape", "?")
        assert "IN A FORM" not in hand.screen
        assert hand.lines[-2].endswith("more: forms, finding, every key: j, PgDn")
        await hand.press("pagedown")
        assert "IN A FORM" in hand.screen
    async with driven(demo_store, size=(120, 40)) as hand:
        await hand.press("?")
        assert "IN A FORM" in hand.screen
        assert hand.lines[-2].strip() == "more: j, PgDn"
    async with driven(demo_store, size=(80, 24)) as hand:
        await hand.press("P")
        assert ("j down" in hand.lines[-1]) == ("more: j" in hand.lines[-2])
        await hand.press("G")
        assert "more: j" not in hand.lines[-2]
        assert "j down" not in hand.lines[-1]


@story
async def test_the_filter_that_is_typed_keeps_the_frame_and_brackets_what_is_offered(demo_store: Database) -> None:
    async with driven(demo_store) as hand:
        await hand.press("/", *"to:int")
        assert hand.lines[1].startswith(" 1 Open · filter: to:int (ERPOL)"), hand.screen
        assert hand.lines[1].endswith("shared · Wed 1 Mar 2023")
        await hand.press("tab")
        assert hand.lines[1].startswith(" 1 Open · filter: to:INTERPOL "), hand.screen
