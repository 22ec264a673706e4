"""The page of one commitment and the Visits screen as lines: the demo store, and no line wider than the paper.

`make golden` draws the golden files anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.database import Database
from store.formats.records_as_json import visit_json
from store.maintenance.demo import make_demo
from store.model.vocabulary_and_signs import ACTIONS, BANDS, CLOSING_REASONS
from store.snapshot import HistoryAtHand, Snapshot
from tests.conftest import Run
from tests.support.fixed_day_and_user import TODAY
from tests.support.golden_files import assert_golden
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, add_lyon, do, open_store, set_due
from tui.app.pages.commitment_summary import summary_lines
from tui.render.commitment_page import commitment_page
from tui.render.history_page import history_page
from tui.render.segments import Segments, columns_of, text_of
from tui.render.terminal_style import LEAST_PANE, LEAST_WIDTH, TerminalStyle
from tui.render.visits_page import VisitEntry, visits_page

STYLES = {label.style for label in BANDS.values()} | {"plain", "dim", "heading", "strong"}
HOSTILE = "\x1b[31mred\x1b]0;title\x07 \u202eright to left\u2066 \u200b\r\nsecond\tline\x9b2J"
TEXTS = [
    "Nominate officers",
    "国際捜査研修所の連絡担当者 " * 4,
    "国" * 70,
    "Генеральная прокуратура Республики Узбекистан " * 3,
    "e\u0301" * 90,
    "👩‍👩‍👧‍👦🇺🇿 family" * 9,
    "x" * 200,
    HOSTILE,
    " ",
]
DAYS = ["2022-12-31", "2023-03-01", "2023-03-31"]


def pane(width: int, **more: Any) -> TerminalStyle:
    return TerminalStyle(width, least_width=LEAST_PANE, **more)


def page(snapshot: Snapshot, number: int, width: int = 80, *, is_whole: bool = True) -> list[Segments]:
    return commitment_page(snapshot.row(number), snapshot, pane(width), is_whole=is_whole)


def drawn(lines: list[Segments]) -> str:
    return "".join(f"{text_of(line)}\n" for line in lines)


def visit_entries(snapshot: Snapshot, terminal: TerminalStyle, **more: Any) -> tuple[Segments, list[VisitEntry]]:
    found = [(visit, visit_json(visit, rows, snapshot)) for visit, rows in snapshot.visits_with_rows()]
    return visits_page(found, terminal, **more)


def visits(snapshot: Snapshot, width: int = 80, **more: Any) -> list[Segments]:
    headings, entries = visit_entries(snapshot, pane(width), **more)
    return [headings, *(line for entry in entries for line in entry.lines)]


# As they were drawn before


@pytest.mark.golden
@pytest.mark.parametrize("width", [44, 80, 120])
@pytest.mark.parametrize("number", [7, 8, 10, 12])
def test_a_commitment_of_the_demo_store(demo_snapshot: Snapshot, number: int, width: int) -> None:
    assert_golden(__file__, f"commitment-{number}-{width}.txt", drawn(page(demo_snapshot, number, width)))


@pytest.mark.parametrize(("width", "bar"), [(120, 64), (149, 64), (150, 73), (200, 98)])
def test_the_right_half_has_its_heading_on_a_line_of_its_own_and_half_of_a_wide_page(
    demo_snapshot: Snapshot, width: int, bar: int
) -> None:
    lines = drawn(page(demo_snapshot, 10, width)).splitlines()
    below = [line[bar:] for line in lines if line[bar : bar + 1] == "│"]
    assert below[0] == "│ HISTORY"
    assert below[1].startswith("│  9 Feb   coordinator  seats: nominated 2")
    assert ("letter MIA 14/391" in " ".join(line[:bar] for line in lines)) or width < 150


@pytest.mark.golden
@pytest.mark.parametrize("width", [60, 80, 120, 160])
def test_the_visits_of_the_demo_store(demo_snapshot: Snapshot, width: int) -> None:
    assert_golden(__file__, f"visits-{width}.txt", drawn(visits(demo_snapshot, width)))


def test_the_app_names_no_command_of_the_shell(demo_snapshot: Snapshot) -> None:
    for row in demo_snapshot.rows:
        whole = drawn(commitment_page(row, demo_snapshot, pane(80), is_whole=True))
        assert "followup" not in whole
        assert "followup history" in drawn(commitment_page(row, demo_snapshot, pane(80), is_whole=False))


# The page of a commitment


def block(lines: list[Segments], heading: str) -> list[str]:
    """The texts beside a heading of the page."""
    texts = drawn(lines).splitlines()
    start = next(at for at, line in enumerate(texts) if line.startswith(f" {heading} "))
    end = next((at for at, line in enumerate(texts) if at > start and not line.startswith("  ")), len(texts))
    return [line[12:] for line in texts[start:end]]


def test_the_history_has_every_event_newest_first_in_three_columns(database: Database) -> None:
    for count in range(9):
        do(database, "chase", 1, again=f"2023-04-0{count + 1}")
    do(database, "edit", 1, title="A better title")
    lines = block(page(database.snapshot(), 1, 100), "HISTORY")
    assert lines[0] == "1 Mar   asel         title: Take part in the TIP Analysis File → A better title"
    assert [line.split()[-2:] for line in lines if "look again" in line] == [
        [str(day), "Apr"] for day in range(9, 0, -1)
    ]
    assert lines[-1] == "1 Mar   asel         entered"
    last = block(commitment_page(database.snapshot().row(1), database.snapshot(), pane(100), is_whole=False), "HISTORY")
    assert last == lines[:5]
    assert "history 1 shows all 11 events" in drawn(page(database.snapshot(), 1, is_whole=False))


def test_the_history_says_in_words_what_was_taken_back(database: Database) -> None:
    do(database, "mark", 2, "in-progress")
    do(database, "undo")
    do(database, "redo")
    snapshot = database.snapshot()
    change = snapshot.revision - 2
    happened = [line.partition("asel")[2].strip() for line in block(page(snapshot, 2, 100), "HISTORY")]
    assert f"took back change {change}: agreed → in progress" in happened
    assert f"brought back change {change}: agreed → in progress" in happened
    printed = [text_of(line) for line in history_page(snapshot.events(), snapshot, TerminalStyle(100))]
    assert any(f"took back change {change}: agreed → in progress" in line for line in printed)


def test_silence_is_not_counted_from_the_visit_where_there_was_no_news(database: Database) -> None:
    do(database, "add_visit", "Meeting", place="Riga", start="2023-02-20")
    number = add(database, visit="riga-2023")

    def told() -> tuple[str, str]:
        snapshot = database.snapshot()
        row, terminal = snapshot.row(number), TerminalStyle(80)
        return drawn(page(snapshot, number, 80)), text_of(summary_lines(row, snapshot, terminal)[-1])

    above, below = told()
    assert "no news since the visit" in above
    assert "no news since the visit" in below
    do(database, "set_seats", number, wanted=3, nominated=1)
    above, below = told()
    assert "news today" in above
    assert "1 of 3 nominated" in below
    do(database, "set_seats", number, is_wanted_unknown=True)
    assert "news today" in told()[1]


def test_a_note_stands_under_notes_only_unless_it_was_taken_back(database: Database) -> None:
    do(database, "note", 1, "the letter is lost")
    assert drawn(page(database.snapshot(), 1)).count("the letter is lost") == 1
    assert block(page(database.snapshot(), 1), "NOTES") == ["1 Mar   asel         the letter is lost"]
    do(database, "undo")
    whole = page(database.snapshot(), 1)
    assert " NOTES " not in drawn(whole)
    assert "the letter is lost" in "".join(block(whole, "HISTORY"))


def test_what_was_put_down_last_stands_first_with_the_day_that_it_is_of(database: Database) -> None:
    do(database, "chase", 2, again="2023-04-01")
    do(database, "mark", 2, "done", on="2023-02-20")
    do(database, "mark", 2, "returned", on="2023-02-21", note="page 3 is missing")
    lines = block(page(database.snapshot(), 2, 110), "HISTORY")
    assert [line.split()[:4] for line in lines if line[:6].strip()] == [
        ["21", "Feb", "asel", "sent"],
        ["20", "Feb", "asel", "agreed"],
        ["1", "Mar", "asel", "chased,"],
        ["1", "Mar", "asel", "entered"],
    ]
    assert [line.endswith("(put down later)") for line in lines if line[:6].strip()] == [True, True, False, False]
    assert "taken out" not in " ".join(lines)


def test_a_chase_stands_under_chased_with_its_note(database: Database) -> None:
    do(database, "chase", 1, again="2023-03-01", note="rang the office")
    lines = page(database.snapshot(), 1)
    assert "chased once · to chase today" in drawn(lines)
    assert block(lines, "CHASED") == ["1 Mar   asel         look again 1 Mar: rang the office"]
    assert drawn(lines).count("rang the office") == 1
    do(database, "undo")
    assert " CHASED " not in drawn(page(database.snapshot(), 1))


def test_each_change_of_a_date_says_what_it_was_the_newest_first(database: Database) -> None:
    set_due(database, 2, "2023-04-30", reason="new minister", asked_by=MIA, agreed_by=INTERPOL)
    set_due(database, 2, "2023-03-15", reason="the letter says so", is_correction=True)
    assert block(page(database.snapshot(), 2, 110), "DEADLINE") == [
        "Wed 15 Mar 2023",
        "30 Apr → 15 Mar    corrected on 1 Mar: the letter says so",
        "31 Mar → 30 Apr    put off on 1 Mar: new minister (asked MIA Uzbekistan, agreed INTERPOL)",
    ]


def test_what_is_done_is_said_even_when_nothing_is(database: Database) -> None:
    assert block(page(database.snapshot(), 2), "DONE") == [
        "reported    not yet, next: MIA Uzbekistan can say so",
        "confirmed   not yet",
    ]
    do(database, "mark", 2, "done", evidence="letter 7")
    assert block(page(database.snapshot(), 2), "DONE") == [
        "reported    1 Mar by MIA Uzbekistan · evidence: letter 7 · put down",
        "            by asel",
        "confirmed   not yet, next: INTERPOL can say so",
    ]
    assert "reported    not yet, next: MIA Uzbekistan, INTERPOL can agree to it" in block(
        page(database.snapshot(), 1), "DONE"
    )
    do(database, "mark", 2, "confirmed")
    assert not any("next:" in line for line in block(page(database.snapshot(), 2), "DONE"))
    do(database, "edit", 3, after=1)
    assert block(page(database.snapshot(), 3), "DONE")[0] == "reported    not yet, waits for #1"


def test_the_words_stand_behind_the_bar_with_their_source(database: Database) -> None:
    do(database, "edit", 1, quote="We shall take part.", source="minutes, para 12")
    assert block(page(database.snapshot(), 1), "WORDS") == ['│ "We shall take part."   minutes, para 12']
    ascii_page = commitment_page(
        database.snapshot().row(1), database.snapshot(), pane(80, is_utf8=False), is_whole=True
    )
    assert '| "We shall' in drawn(ascii_page)


@pytest.mark.parametrize(
    ("wanted", "nominated", "bar"),
    [
        (8, 4, "■■■■····  4 of 8 nominated, 2 acknowledged"),
        (3, 4, "■■■  4 of 3 nominated, 2 acknowledged"),
        (400, 2, "■···················  2 of 400 nominated, 2 acknowledged"),
        (400, 399, "■■■■■■■■■■■■■■■■■■■·  399 of 400 nominated, 2 acknowledged"),
        (None, 4, "4 nominated of an unknown number, 2 acknowledged"),
    ],
)
def test_seats_are_a_bar_that_counts(database: Database, wanted: int | None, nominated: int, bar: str) -> None:
    do(database, "set_seats", 2, wanted=wanted, nominated=nominated, acknowledged=2)
    assert block(page(database.snapshot(), 2), "SEATS") == [bar]


def test_blank_lines_stand_between_blocks_while_the_whole_page_fits(demo_snapshot: Snapshot) -> None:
    row = demo_snapshot.row(7)
    airy = commitment_page(row, demo_snapshot, pane(80), is_whole=True)
    assert commitment_page(row, demo_snapshot, pane(80), is_whole=True, height=len(airy)) == airy
    dense = commitment_page(row, demo_snapshot, pane(80), is_whole=True, height=len(airy) - 1)
    assert [line for line in airy if line] == [line for line in dense if line]
    assert len([line for line in dense if not line]) == 1


def test_a_title_that_is_cut_above_the_page_stands_on_it(demo_snapshot: Snapshot) -> None:
    row, title = demo_snapshot.row(7), "Share the lesson plans of the training institute"
    for above, times in ((f" #7 {title}  demo", 0), (f" #7 {title[:-1]}…  demo", 1), ("", 1)):
        lines = commitment_page(row, demo_snapshot, pane(80), is_whole=True, above=above)
        assert drawn(lines).count(title) == times


def test_chases_notes_and_history_stand_at_the_right_from_120_columns(demo_snapshot: Snapshot) -> None:
    for width, at in ((119, 1), (120, 66), (200, 100)):
        lines = drawn(page(demo_snapshot, 6, width)).splitlines()
        (line,) = [line for line in lines if "CHASED" in line]
        assert (line.find("CHASED"), line[at - 2 : at - 1] == "│") == (at, at > 1)


def test_no_line_ends_with_a_dot_between_two_parts_and_a_narrow_history_has_one_colon(demo_snapshot: Snapshot) -> None:
    for number in (6, 7, 8, 10):
        for width in range(40, 80, 4):
            lines = drawn(page(demo_snapshot, number, width)).splitlines()
            assert not [line for line in lines[:4] if line.endswith("·")], lines
            assert "coordinator: seats:" not in " ".join(lines)


def test_the_command_line_paints_the_same_lines(demo_snapshot: Snapshot) -> None:
    terminal = TerminalStyle(80, is_coloured=True)
    row = demo_snapshot.row(6)
    lines = [terminal.painted_line(line) for line in commitment_page(row, demo_snapshot, terminal, is_whole=False)]
    assert lines[:2] == [
        "\x1b[1m #6 Send the list of contact points\x1b[0m",
        f" \x1b[1;31m!! 9 d late\x1b[0m · silent {row.silent_days} d · chased once · to chase since 27 Feb",
    ]


def test_a_terminal_gets_no_less_than_its_least_width_and_a_pane_may() -> None:
    assert TerminalStyle(44).width == LEAST_WIDTH
    assert pane(44).width == 44
    assert pane(10).width == LEAST_PANE


# Visits


def test_a_visit_has_three_lines_and_on_a_wide_page_one(demo_snapshot: Snapshot) -> None:
    for width, is_airy, lines in ((80, True, [3, 3, 2]), (80, False, [2, 2, 2]), (150, True, [1, 1, 1])):
        _, entries = visit_entries(demo_snapshot, TerminalStyle(width), is_airy=is_airy)
        assert [entry.slug for entry in entries] == ["tashkent-2022", "lyon-2022", "vienna-2022"]
        assert [len(entry.lines) for entry in entries] == lines


def test_figures_stand_under_their_headings_with_signs(demo_snapshot: Snapshot) -> None:
    assert [text_of(line) for line in visits(demo_snapshot)[:2]] == [
        "VISIT          DAYS            KEPT              OPEN  LATE  NO DATE  CONFIRM",
        "tashkent-2022  15-16 Dec 2022  ■■······  2 of 8     6  !! 2        -      = 1",
    ]
    assert " · 1 not met" in text_of(visits(demo_snapshot)[8])


def test_both_faces_draw_the_same_figures(demo_snapshot: Snapshot, run: Run, path: str) -> None:
    make_demo(open_store(path))
    printed = run("visits", env={"LC_ALL": "C.UTF-8"}).out
    for line in visits(demo_snapshot)[1::3]:
        assert f" {text_of(line)}\n" in printed


def test_a_visit_without_a_promise_says_so(empty: Database) -> None:
    assert visit_entries(empty.snapshot(), TerminalStyle(80))[1] == []
    add_lyon(empty)
    _, (entry,) = visit_entries(empty.snapshot(), TerminalStyle(50, least_width=LEAST_PANE))
    assert ("no promise recorded", "no-date") in entry.lines[0]


def test_a_narrow_page_gives_up_the_bar_first_and_what_is_late_never(database: Database) -> None:
    for _ in range(12):
        add(database, by=[UNODC], state="agreed", due="2023-02-01")
    do(database, "mark", 2, "done")
    do(database, "mark", 1, "closed", because="declined")
    for width, text in (
        (80, "lyon-2022  6-8 Dec 2022  ············  0 of 16    15  !! 13      ? 1      = 1"),
        (66, "lyon-2022  6-8 Dec 2022  0 of 16    15  !! 13      ? 1      = 1"),
        (54, "lyon-2022 6-8 Dec 2022 0 of 16   15 !! 13 ? 1 = 1"),
        (44, "lyon-2022 0 of 16   15 !! 13 ? 1 = 1"),
        (30, "lyon-20… 0 of 16   15 !! 13 ?"),
    ):
        assert text_of(visits(database.snapshot(), width)[1]).startswith(text)


# Whatever is in the store


class TablesInMemory(HistoryAtHand):
    """A store in memory, in which anything may stand: what other hands wrote was never cleaned."""

    def __init__(self, **tables: list[dict[str, Any]]) -> None:
        self.meta: Any = {"revision": 1}
        self.settings: Any = {}
        self._tables = {
            name: {record.get("seq", record["id"]): record for record in records} for name, records in tables.items()
        }

    def expect(self, *parts: str) -> None:
        """All of it is at hand."""

    def table(self, name: str) -> Mapping[int, Any]:
        return self._tables[name]

    def heads(self, name: str) -> Iterator[Any]:
        return iter(self._tables[name].values())

    def head(self, name: str, number: int) -> Any:
        return self._tables[name].get(number)

    record = head

    def open_commitments(self) -> Iterator[Any]:
        return self.heads("commitments")

    def newest_events(self) -> Iterator[Any]:
        return self.heads("events")

    def events_of(self, key: str, number: int) -> Iterator[Any]:
        return (event for event in self.newest_events() if event.get(key) == number)

    def events_of_some(self, numbers: Iterable[int]) -> Iterator[Any]:
        wanted = set(numbers)
        return (event for event in self.newest_events() if event.get("id") in wanted)

    def due_events_of_periods(self) -> Iterator[Any]:
        return (event for event in self.newest_events() if "due" in event.get("fields", {}))

    def events_replacing(self, field: str) -> Iterator[Any]:
        return (event for event in self.newest_events() if field in event.get("fields", {}))

    events_with_note = undo_events = events_fetched = newest_events


def stamped(number: int, **fields: Any) -> dict[str, Any]:
    return {"id": number, "created": "2023-01-01T00:00:00Z", "updated": "2023-01-01T00:00:00Z", "revision": 1, **fields}


texts = st.one_of(st.sampled_from(TEXTS), st.text(min_size=1, max_size=60))
days = st.sampled_from(DAYS)
names = st.lists(texts, min_size=1, max_size=3)
counts = st.integers(0, 10**6)
voices = st.fixed_dictionaries({"said_by": names, "on": days, "recorded_by": texts}, optional={"evidence": texts})
due_changes = st.fixed_dictionaries(
    {"on": days, "reason": texts, "extension": st.booleans(), "correction": st.booleans()},
    optional={"old": days, "new": days, "asked_by": texts, "agreed_by": texts},
)
seats = st.fixed_dictionaries(
    {}, optional={"wanted": counts, "nominated": counts, "acknowledged": counts, "letter": texts, "endorsed": days}
)
commitments = st.fixed_dictionaries(
    {
        "id": st.sampled_from([1, 10**14]),
        "title": texts,
        "kind": texts,
        "by": names,
        "to": names,
        "owner": texts,
        "state": st.sampled_from(["proposed", "agreed", "in-progress"]),
    },
    optional={
        "via": texts,
        "support": names,
        "quote": texts,
        "source": texts,
        "due": days,
        "original_due": days,
        "due_words": texts,
        "due_precision": st.sampled_from(["month", "season"]),
        "due_changes": st.lists(due_changes, max_size=2),
        "reported": voices,
        "confirmed": voices,
        "returned": st.fixed_dictionaries({"said_by": names, "on": days, "note": texts, "recorded_by": texts}),
        "closed": st.fixed_dictionaries(
            {"because": st.sampled_from(list(CLOSING_REASONS)), "on": days},
            optional={"agreed_by": texts, "by_id": counts},
        ),
        "seats": seats,
        "miss_reason": texts,
        "chase_on": days,
        "news_on": days,
        "chased": counts,
        "last_chased": days,
        "after": st.just(7),
    },
)
events = st.fixed_dictionaries(
    {
        "who": texts,
        "day": days,
        "action": st.sampled_from(list(ACTIONS)),
        "fields": st.dictionaries(texts, st.tuples(texts, texts).map(list), max_size=2),
    },
    optional={"note": texts, "reason": texts, "undoes": counts},
)
visit_texts = st.fixed_dictionaries({"title": texts, "slug": texts}, optional={"place": texts, "delegation": texts})


def snapshot_of(commitment: dict[str, Any], visit: dict[str, Any], happened: list[dict[str, Any]]) -> Snapshot:
    number = commitment["id"]
    history = [stamped(number, seq=seq, change=seq, **event) for seq, event in enumerate(happened, 1)]
    tables = TablesInMemory(
        visits=[stamped(1, start=DAYS[0], end=DAYS[1], **visit)],
        parties=[],
        commitments=[{**stamped(number, visit=visit["slug"]), **commitment}],
        events=history,
    )
    return Snapshot(tables, TODAY)


def assert_fit(lines: list[Segments], width: int, *, is_ascii: bool) -> None:
    for line in lines:
        text = text_of(line)
        assert columns_of(line) <= width, text
        assert sum(cell_len(piece) for piece, _ in line) <= width, text
        assert all(piece and style in STYLES for piece, style in line), line
        assert all(character.isprintable() or character in "\u200c\u200d" for character in text), repr(text)
        assert text.isascii() or not is_ascii


@given(
    commitment=commitments,
    visit=visit_texts,
    happened=st.lists(events, max_size=3),
    width=st.integers(30, 140),
    is_ascii=st.booleans(),
)
def test_no_line_is_wider_than_the_paper_and_nothing_in_it_does_harm(
    commitment: dict[str, Any], visit: dict[str, Any], happened: list[dict[str, Any]], width: int, is_ascii: bool
) -> None:
    snapshot = snapshot_of(commitment, visit, happened)
    terminal = pane(width, is_utf8=not is_ascii, encoding="ascii" if is_ascii else None)
    (row,) = snapshot.rows
    for is_whole in (True, False):
        assert_fit(commitment_page(row, snapshot, terminal, is_whole=is_whole), width, is_ascii=is_ascii)
    assert_fit(history_page(snapshot.events(), snapshot, terminal), width, is_ascii=is_ascii)
    for is_entire in (True, False):
        headings, (entry,) = visit_entries(snapshot, terminal, is_whole=is_entire)
        assert entry.slug == visit["slug"]
        assert_fit([headings, *entry.lines], width - 1, is_ascii=is_ascii)


@pytest.mark.parametrize("width", [30, 44, 60, 80, 120, 140])
@pytest.mark.parametrize("text", TEXTS)
def test_each_of_the_hard_texts_fits(text: str, width: int) -> None:
    commitment = {"id": 1, "title": text, "kind": text, "by": [text], "to": [text], "owner": text, "state": "agreed",
                  "quote": text, "reported": {"said_by": [text], "on": DAYS[0], "recorded_by": text, "evidence": text},
                  "seats": {"wanted": 8, "nominated": 4}}  # fmt: skip
    event = {"who": text, "day": DAYS[0], "action": "note", "note": text, "fields": {text: [text, text]}}
    snapshot = snapshot_of(commitment, {"title": text, "slug": text, "place": text, "delegation": text}, [event])
    (row,) = snapshot.rows
    assert_fit(commitment_page(row, snapshot, pane(width), is_whole=True), width, is_ascii=False)
    assert_fit(visits(snapshot, width), width, is_ascii=False)


def test_escape_sequences_are_shown_as_text() -> None:
    commitment = {"id": 1, "title": HOSTILE, "kind": "k", "by": [MIA], "to": [UNODC], "owner": "o", "state": "agreed"}
    snapshot = snapshot_of(commitment, {"title": HOSTILE, "slug": "s"}, [])
    (row,) = snapshot.rows
    assert r"\x1b[31mred\x1b]0;title\x07" in drawn(commitment_page(row, snapshot, pane(120), is_whole=True))
    assert r"\x1b[31mred\x1b]0;title\x07" in drawn(visits(snapshot, 120))
