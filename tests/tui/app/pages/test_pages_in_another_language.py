"""The pages of the app in another language: no English is left in them, and in Russian as much fits as in English."""

import json
import re
from collections.abc import Iterator

import pytest

from store.database import Database
from store.fold_case_and_accents import fold
from store.formats.records_as_json import visit_json
from store.query.views import VIEWS
from store.translation import speak
from store.translation_catalogue_and_plurals import load_catalogue
from tests.support.pseudo_language import outside_brackets, spoken_pseudo
from tests.support.store_builders import do
from tui.app.key_table import ALL_SCREENS, footer_of
from tui.app.pages.commitment_summary import summary_lines
from tui.app.pages.counts_and_views import counts_parts, places_parts, view_names, view_title
from tui.app.pages.help_page import forms_heading, help_lines, help_title
from tui.app.pages.key_parts import KeyPart, columns_of_parts, fitting, gap_of, key_part
from tui.app.pages.now_lines import next_lines, what_to_know
from tui.app.pages.palette_entries import matching, palette_entries
from tui.app.pages.progress_page import progress
from tui.app.pages.timeline_page import SCALES, scale_for, timeline
from tui.app.pages.title_line import title_line
from tui.app.view_filter_and_groups import GROUPINGS, SORTINGS, Heading, ListState
from tui.render.segments import Segments, text_of
from tui.render.terminal_style import TerminalStyle
from tui.render.visits_page import visits_page

TERMINAL = TerminalStyle(width=80)
FIRST_PAGE = 21
"""Lines of a help page on 24 lines: without its title, what is below it, and the keys."""
KEYS = {
    "me",
    "down",
    "up",
    "Enter",
    "Esc",
    "Tab",
    "Del",
    "Home",
    "End",
    "PgUp",
    "PgDn",
    "space",
    "ctrl",
    "left",
    "right",
}
"""What is typed."""


@pytest.fixture
def russian() -> Iterator[None]:
    speak(load_catalogue("ru"))
    yield
    speak(None)


def footer(screen: str, width: int) -> list[KeyPart]:
    parts = [key_part(command.shown.split(", ")[0], label, command.keys[0]) for command, label in footer_of(screen)]
    return fitting(parts, width, kept=2, gap=gap_of(parts, width))


@pytest.mark.parametrize("width", [80, 60])
@pytest.mark.parametrize("screen", ALL_SCREENS)
def test_a_footer_shows_as_many_keys_as_in_english(screen: str, width: int) -> None:
    english = {part.key for part in footer(screen, width)}
    speak(load_catalogue("ru"))
    try:
        shown = footer(screen, width)
        assert english <= {part.key for part in shown}
        assert columns_of_parts(shown, gap_of(shown, width)) <= width
    finally:
        speak(None)


@pytest.mark.parametrize("screen", ALL_SCREENS)
def test_the_first_page_of_the_help_has_as_many_lines_as_in_english(screen: str) -> None:
    english = [line[:1] for line in help_lines(screen, 80, TERMINAL)].index(forms_heading())
    speak(load_catalogue("ru"))
    try:
        lines = help_lines(screen, 80, TERMINAL)
        first = [line[:1] for line in lines].index(forms_heading())
        assert first <= max(english, FIRST_PAGE)
        assert max(len(text_of(line)) for line in lines) <= 80
    finally:
        speak(None)


@pytest.mark.parametrize(("width", "count"), [(60, 1), (80, 2), (120, 4)])
def test_below_the_list_stands_as_much_as_in_english(demo_store: Database, width: int, count: int) -> None:
    snapshot, terminal = demo_store.snapshot(), TerminalStyle(width=width)
    english = {row.commitment["id"]: summary_lines(row, snapshot, terminal, count) for row in snapshot.rows}
    speak(load_catalogue("ru"))
    try:
        for row in snapshot.rows:
            shown = summary_lines(row, snapshot, terminal, count)
            for there, here in zip(english[row.commitment["id"]], shown, strict=True):
                assert text_of(here).count(terminal.dot) >= text_of(there).count(terminal.dot), text_of(here)
    finally:
        speak(None)


@pytest.mark.usefixtures("russian")
def test_visits_have_their_words_and_bars_on_a_narrow_terminal_too(demo_store: Database) -> None:
    snapshot = demo_store.snapshot()
    visits = [(visit, visit_json(visit, rows, snapshot)) for visit, rows in snapshot.visits_with_rows()]
    headings, entries = visits_page(visits, TERMINAL)
    assert text_of(headings).split() == ["ВИЗИТ", "ДАТЫ", "ВЫПОЛНЕНО", "НЕЗАВ.", "ПРОСР.", "БЕЗ", "СРОКА", "ОЖИД."]
    assert all(re.search("[■·*:]{4}", text_of(entry.lines[0])) for entry in entries)
    headings, _ = visits_page(visits, TerminalStyle(width=60))
    assert text_of(headings).split()[:4] == ["ВИЗИТ", "ДАТЫ", "ВЫПОЛНЕНО", "НЕЗАВ."]


def test_a_timeline_has_periods_as_short_as_in_english(demo_store: Database) -> None:
    snapshot = demo_store.snapshot()
    rows = [row for row in snapshot.rows if row.outcome is None]
    english = [scale_for(rows, snapshot.today, height) for height in range(8, 20)]
    speak(load_catalogue("ru"))
    try:
        assert [scale_for(rows, snapshot.today, height) for height in range(8, 20)] == english
    finally:
        speak(None)


@pytest.mark.parametrize("view", [view.key for view in VIEWS])
def test_the_line_of_views_shows_the_same_places(view: str) -> None:
    english, _ = places_parts(VIEWS, view, TERMINAL)
    speak(load_catalogue("ru"))
    try:
        shown, gap = places_parts(VIEWS, view, TERMINAL)
        assert {part.key for part in english} <= {part.key for part in shown}
        assert columns_of_parts(shown, gap) <= 80
    finally:
        speak(None)


@pytest.mark.usefixtures("russian")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("срок", "due"),
        ("продлить", "due"),
        ("напомнить", "chase"),
        ("напомнено", "chase"),
        ("удалить", "remove"),
        ("отчёт", "papers"),
        ("найти", "filter"),
        ("выйти", "quit"),
        ("postpone", "due"),
        ("report", "papers"),
    ],
)
def test_the_palette_finds_by_words_of_both_languages(words: str, found: str) -> None:
    assert found in [entry.id for entry in matching(palette_entries("list"), fold(words).split())]


def printed(database: Database) -> Iterator[str]:
    """Every page, of each view, grouping, order and commitment of the store."""
    snapshot = database.snapshot()
    yield whole(help_lines("list", 70, TERMINAL))
    yield from map(help_title, ALL_SCREENS)
    for screen in ALL_SCREENS:
        yield from (text_of(part.segments) for part in footer(screen, 200))
        yield from (entry.text for entry in palette_entries(screen) if entry.id)
    for width in (80, 200):
        yield from (text_of(part.segments) for part in counts_parts(snapshot, width)[0])
        wide = TerminalStyle(width=width)
        yield from (text_of(part.segments) for part in places_parts(VIEWS, "1", wide)[0])
    for view in VIEWS:
        for lens in (None, "INTERPOL"):
            yield from arranged(ListState(view=view, lens=lens, me=("INTERPOL",)), database)
    for grouping in GROUPINGS:
        yield from arranged(ListState(grouping=grouping), database)
    for sorting in SORTINGS:
        yield from arranged(ListState(sorting=sorting), database)
    for row in snapshot.rows:
        for count in (1, 2, 4):
            yield from map(text_of, summary_lines(row, snapshot, TerminalStyle(width=200), count))
        yield text_of(what_to_know(row, snapshot, TerminalStyle(width=300), 10))
    yield from map(text_of, next_lines(snapshot.rows, snapshot, TerminalStyle(width=300)))
    for rows in (snapshot.rows, []):
        for width in (50, 80):
            yield whole(progress(rows, snapshot, width, 40, TERMINAL))
        for scale in SCALES:
            yield whole([line.text for line in timeline(rows, snapshot.today, scale, 160, TERMINAL).lines])


def whole(lines: list[Segments]) -> str:
    """Lines as one text, in which a sentence that was wrapped has both its brackets."""
    return " ".join(map(text_of, lines))


def arranged(list_state: ListState, database: Database) -> Iterator[str]:
    """The names and the headings of a list."""
    snapshot = database.snapshot()
    yield from view_names(list_state, snapshot)
    yield from (line.text for line in list_state.arranged(snapshot).lines if isinstance(line, Heading))
    yield from map(text_of, list_state.with_changes(filter_text="never-said").empty_lines(snapshot))


def test_no_english_is_left_in_the_pages(demo_store: Database, demo_bytes: bytes) -> None:
    stored = {fold(word) for word in re.findall(r"[A-Za-z]+", json.dumps(json.loads(demo_bytes), ensure_ascii=False))}
    with spoken_pseudo():
        for text in printed(demo_store):
            left = re.findall(r"\b(?![ox]+\b)[A-Za-z]{2,}", outside_brackets(text))  # `oo`: the signs of states.
            assert not [word for word in left if word not in KEYS and fold(word) not in stored], text


@pytest.mark.usefixtures("russian")
def test_the_names_of_parties_keep_their_letters_in_a_heading_in_capitals(demo_store: Database) -> None:
    do(demo_store, "edit_party", "MIA Uzbekistan", ru="МВД РУз")
    headings = " ".join(arranged(ListState(lens="MIA Uzbekistan"), demo_store))
    assert "МВД РУз: ОБЯЗАТЕЛЬСТВА СТОРОНЫ" in headings
    assert "МВД РУз" in " ".join(arranged(ListState(grouping="party"), demo_store))


@pytest.mark.usefixtures("russian")
def test_a_short_filter_stands_whole_beside_the_name_of_the_view(demo_store: Database) -> None:
    list_state, snapshot = ListState(filter_text="кому:интерпол"), demo_store.snapshot()
    title, more, kept = view_title(list_state, snapshot, snapshot.rows[:6], frozenset(), 0, TERMINAL)
    line = text_of(title_line(title, more, "demo", "2026-11-28", "", TERMINAL, kept=kept))
    assert line.startswith(" 1 Незавершённые · 6 · отбор: кому:интерпол ")
    assert line.endswith("demo · сб, 28 ноября 2026 г. ")
