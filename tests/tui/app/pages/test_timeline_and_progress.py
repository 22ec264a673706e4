"""The charts as text: the demo store as it was drawn before, and no line wider than the screen, whatever is in it.

`make golden` draws the golden files anew.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.model.vocabulary_and_signs import BANDS, Because, State
from store.rules.progress import totals
from store.snapshot import Row, Snapshot
from tests.support.fixed_day_and_user import TODAY
from tests.support.golden_files import assert_golden
from tests.support.store_builders import INTERPOL, MIA, UNODC, add, add_lyon, do, make_empty
from tui.app.pages.chart_parts import numbers_in_words
from tui.app.pages.progress_page import progress
from tui.app.pages.timeline_page import (
    MONTHS,
    QUARTERS,
    SCALES,
    WEEKS,
    TimelineLayout,
    next_scale,
    scale_for,
    timeline,
)
from tui.render.segments import Segments, columns_of, count_bar, text_of
from tui.render.terminal_style import TerminalStyle

STYLES = {label.style for label in BANDS.values()} | {"plain", "dim", "heading", "key"}
ASCII = TerminalStyle(is_utf8=False)
SLUG = "a-workshop-with-a-long-name-2022"
WIDE, LONG, CYRILLIC = "国際捜査研修所 " * 3, "Institution " * 9, "Генеральная прокуратура Республики Узбекистан"


def drawn(lines: list[Segments]) -> str:
    return "".join(f"{text_of(line)}\n" for line in lines)


def strip(rows: list[Row], scale: str = MONTHS, width: int = 80, **more: Any) -> TimelineLayout:
    return timeline(rows, TODAY, scale, width, TerminalStyle(), **more)


def lines_of(shown: TimelineLayout) -> list[str]:
    return [text_of(line.text) for line in shown.lines]


def meet(database: Database, day: str, slug: str) -> None:
    """A meeting of one day."""
    do(database, "add_visit", "Meeting", place="Vienna", start=day, end=day, slug=slug)


# As they were drawn before


@pytest.mark.golden
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("scale", SCALES)
def test_the_timeline_of_the_demo_store(demo_snapshot: Snapshot, scale: str, width: int) -> None:
    lines = [line.text for line in timeline(demo_snapshot.rows, TODAY, scale, width, TerminalStyle()).lines]
    assert_golden(__file__, f"timeline-{scale}-{width}.txt", drawn(lines))


@pytest.mark.golden
@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_progress_of_the_demo_store(demo_snapshot: Snapshot, width: int) -> None:
    assert_golden(
        __file__,
        f"progress-{width}.txt",
        drawn(progress(demo_snapshot.rows, demo_snapshot, width, 24, TerminalStyle())),
    )


@pytest.mark.golden
def test_the_progress_of_a_quarter(demo_snapshot: Snapshot) -> None:
    lines = progress(demo_snapshot.rows, demo_snapshot, 80, 24, TerminalStyle(), first="2023-01-01", last="2023-03-31")
    assert_golden(__file__, "progress-quarter-80.txt", drawn(lines))


def test_on_paper_of_ascii_everything_is_ascii(demo_snapshot: Snapshot) -> None:
    lines = [line.text for line in timeline(demo_snapshot.rows, TODAY, MONTHS, 80, ASCII).lines]
    assert drawn([*lines, *progress(demo_snapshot.rows, demo_snapshot, 80, 24, ASCII)]).isascii()


# The structure of a timeline


def test_every_commitment_stands_once_on_the_strip_and_where_it_says(demo_snapshot: Snapshot) -> None:
    for scale in SCALES:
        shown = strip(demo_snapshot.rows, scale)
        numbers = [number for line in shown.lines for number in line.numbers]
        assert sorted(numbers) == sorted(demo_snapshot.commitments)
        for line in shown.lines:
            assert {entry.number for entry in line.entries} <= set(line.numbers)
            for entry in line.entries:
                label = text_of(line.text)[entry.column : entry.column + entry.width]
                assert label.strip("!.,=()") == f"#{entry.number}"


def test_what_is_late_stands_right_before_today_and_nothing_late_stands_elsewhere(demo_snapshot: Snapshot) -> None:
    shown = strip(demo_snapshot.rows)
    assert shown.today is not None
    assert text_of(shown.lines[shown.today].text).startswith(" ── today, Wed 1 Mar 2023 ──")
    late = [row.commitment["id"] for row in demo_snapshot.rows if row.band == "overdue"]
    assert sorted(shown.lines[shown.today - 1].numbers) == late
    assert text_of(shown.lines[shown.today - 1].text).startswith(" !! overdue")


def test_what_has_no_date_stands_at_the_end(demo_snapshot: Snapshot) -> None:
    line = next(line for line in strip(demo_snapshot.open_rows).lines if " ?  no date " in text_of(line.text))
    assert line.numbers == tuple(row.commitment["id"] for row in demo_snapshot.open_rows if row.band == "no-date")


def test_what_was_closed_without_a_date_is_not_called_done(empty: Database) -> None:
    do(empty, "add_visit", "Visit", place="Lyon", start="2022-12-06", end="2022-12-08", slug="lyon-2022")
    add(empty, "Train them")
    do(empty, "mark", 1, "closed", because="dropped")
    assert "    finished, no date " in drawn([line.text for line in strip(empty.snapshot().rows).lines])


def test_what_is_reported_without_a_date_is_to_confirm_and_not_finished(empty: Database) -> None:
    do(empty, "add_visit", "Visit", place="Lyon", start="2022-12-06", end="2022-12-08", slug="lyon-2022")
    add(empty, "Train them")
    do(empty, "mark", 1, "reported")
    shown = drawn([line.text for line in strip(empty.snapshot().rows).lines])
    assert "to confirm, no date " in shown
    assert "finished" not in shown


def test_a_period_knows_its_days_which_hold_its_deadlines(demo_snapshot: Snapshot) -> None:
    due = {row.commitment["id"]: row.commitment.get("due", "") for row in demo_snapshot.rows}
    for scale in SCALES:
        for line in strip(demo_snapshot.rows, scale).lines:
            if line.first and line.last:
                assert all(line.first <= due[number] <= line.last for number in line.numbers)


def test_the_cursor_walks_along_a_line_and_across_lines(demo_snapshot: Snapshot) -> None:
    shown = strip(demo_snapshot.open_rows)
    assert shown.start == 6
    assert (shown.along(6, 1), shown.along(7, 1), shown.along(7, -9)) == (7, 7, 6)
    assert (shown.across(6, -1), shown.across(6, 1), shown.across(8, -1)) == (11, 8, 6)
    assert shown.across(11, -1) == 11
    assert shown.across(1, 5) == 1
    assert shown.along(None, 1) == shown.across(999, 1) == 6


def test_every_commitment_can_be_reached_by_the_cursor(demo_snapshot: Snapshot) -> None:
    shown = strip(demo_snapshot.rows, WEEKS)
    number, seen = shown.start, set()
    for _ in shown.lines:
        number = shown.across(number, -1)
    for _ in shown.lines:
        for _ in demo_snapshot.rows:
            seen.add(number)
            number = shown.along(number, 1)
        seen.add(number)
        number = shown.along(shown.across(number, 1), -len(demo_snapshot.rows))
    assert seen == set(demo_snapshot.commitments)


def row_of(number: int, due: str | None, state: str = "agreed", band: str = "later", visit: str = "lyon-2022") -> Any:
    commitment = {
        "id": number,
        "title": f"promise {number}",
        "state": state,
        "visit": visit,
        **({"due": due} if due else {}),
    }
    return SimpleNamespace(commitment=commitment, band=band)


def test_where_the_numbers_do_not_fit_those_around_the_current_are_shown() -> None:
    rows = [row_of(number, "2023-06-30") for number in range(1, 101)]
    shown = strip(rows, current=50)
    line = next(line for line in shown.lines if line.numbers)
    assert len(line.numbers) == 100
    assert 50 in [entry.number for entry in line.entries]
    first, last = line.entries[0].number, line.entries[-1].number
    assert text_of(line.text).startswith("    Jun 100 ooo")
    assert f" +{first - 1} #{first} " in text_of(line.text)
    assert text_of(line.text).endswith(f"#{last} +{100 - last}")
    assert shown.each == 5


def test_empty_periods_are_compressed_and_one_alone_is_shown() -> None:
    text = "\n".join(lines_of(strip([row_of(1, "2023-05-31"), row_of(2, "2024-02-29")])))
    assert "\n    Apr\n" in text
    assert re.search(r"\.\.\. 8 months, no deadline\n ── 2024 ─+\n    Feb ", text)


def test_the_days_of_a_period_at_both_ends_of_the_calendar() -> None:
    rows = [row_of(1, "0001-01-01"), row_of(2, "9999-12-31")]
    for scale in SCALES:
        shown = strip(rows, scale)
        ends = [(line.first, line.last) for line in shown.lines if line.first]
        assert ends[0][0] == "0001-01-01"
        assert ends[-1][1] == "9999-12-31"


def test_a_week_is_from_monday_to_sunday_and_says_its_year_when_it_is_another() -> None:
    text = "\n".join(lines_of(strip([row_of(1, "2023-04-02"), row_of(2, "2024-01-01")], WEEKS)))
    assert "27 Mar-2 Apr " in text
    assert re.search(r"\n ── 2024 ─+\n    1-7 Jan ", text)


def test_a_number_has_its_title_while_the_line_has_room() -> None:
    rows = [row_of(1, "2023-03-31"), row_of(2, "2023-04-30"), row_of(3, "2023-04-30"), *(
        row_of(number, "2023-05-31") for number in (4, 5, 6)
    )]  # fmt: skip
    rows[0].commitment["title"] = "x" * 100
    lines = [text_of(line.text) for line in strip(rows).lines if line.numbers]
    assert lines[0].endswith("   #1 " + "x" * 58 + "…")
    assert lines[1].endswith("   #2 promise 2  #3 promise 3")
    assert lines[2].endswith("   #4 #5 #6")
    rows[1].commitment["title"] = "y" * 100
    assert [text_of(line.text) for line in strip(rows).lines if line.numbers][1].endswith("y…  #3 promise 3")
    assert len([text_of(line.text) for line in strip(rows).lines if line.numbers][1]) == 79


def test_a_year_that_is_not_todays_stands_in_a_rule_and_todays_does_not() -> None:
    rules = [line for line in lines_of(strip([row_of(1, "2021-05-31"), row_of(2, "2024-02-29")])) if "──" in line]
    assert [line.strip(" ─") for line in rules] == ["2021", "today, Wed 1 Mar 2023", "2024"]


def test_scales_follow_the_span_and_a_key_goes_round_them(demo_snapshot: Snapshot) -> None:
    assert scale_for(demo_snapshot.rows, TODAY, 40) == WEEKS
    assert scale_for(demo_snapshot.rows, TODAY, 16) == MONTHS
    assert scale_for(demo_snapshot.rows, TODAY, 2) == QUARTERS
    assert [next_scale(scale) for scale in SCALES] == [MONTHS, QUARTERS, WEEKS]


# Progress


def test_the_months_that_do_not_fit_are_summed_up(empty: Database) -> None:
    for month in range(1, 13):
        meet(empty, f"2022-{month:02}-10", f"m{month}")
        add(empty, "Send it", visit=f"m{month}")
    snapshot = empty.snapshot()
    text = drawn(progress(snapshot.rows, snapshot, 80, 12, TerminalStyle()))
    assert "... before that: 7 promised, 0 finished" in text
    assert " Jul 2022" not in text
    assert " Aug 2022    8 +1 " in text


def test_every_count_of_the_rate_is_said_and_what_both_dates_share_once(demo_snapshot: Snapshot) -> None:
    text = drawn(progress(demo_snapshot.rows, demo_snapshot, 120, 24, TerminalStyle()))
    whole = totals(list(demo_snapshot.commitments.values()), TODAY)
    rate, now = whole.by_original, whole.by_current
    bar = "■" * rate.kept + "·" * (rate.total - rate.kept)
    assert f"first date  {bar}  {rate.kept} of {rate.total}   of them confirmed: {len(rate.confirmed)}\n" in text
    gone = numbers_in_words([number for number in rate.missed if number not in now.missed])
    assert f"missed      {numbers_in_words(rate.missed)}   by the date now not {gone}\n" in text
    late, late_now = (f"{numbers_in_words(list(each.days_late))}, {each.mean_days_late:.0f} d" for each in (rate, now))
    assert f"done late   {late} on average   by the date now {late_now}\n" in text
    left_out = ("never agreed", "without a date", "not yet due")
    counts = ", ".join(f"{len(rate.left_out[each])} {word}" for each, word in zip(rate.left_out, left_out, strict=True))
    assert f"left out    {sum(map(len, rate.left_out.values()))}: {counts}" in text


def test_the_two_tables_stand_side_by_side_from_120_columns(demo_snapshot: Snapshot) -> None:
    for width, is_beside in ((119, False), (120, True)):
        lines = [text_of(line) for line in progress(demo_snapshot.rows, demo_snapshot, width, 24, TerminalStyle())]
        assert any("PARTY" in line and "VISIT" in line for line in lines) is is_beside


def test_a_joint_promise_is_each_ones_and_that_is_said(demo_snapshot: Snapshot) -> None:
    text = drawn(progress(demo_snapshot.rows, demo_snapshot, 80, 24, TerminalStyle()))
    assert "A joint promise is counted for each who made it." in text
    snapshot_rows = [row for row in demo_snapshot.rows if len(row.commitment["by"]) == 1]
    assert "joint" not in drawn(progress(snapshot_rows, demo_snapshot, 80, 24, TerminalStyle()))


def test_a_visit_without_a_promise_says_so_unless_the_rows_are_a_part(empty: Database) -> None:
    add_lyon(empty)
    add(empty)
    meet(empty, "2023-02-01", "quiet")
    snapshot = empty.snapshot()
    quiet = [line for line in progress(snapshot.rows, snapshot, 120, 24, TerminalStyle()) if "quiet" in text_of(line)]
    assert [text_of(line).split() for line in quiet] == [["quiet", "none", "-"]], "columns of dashes alone are left out"
    add(empty, "Other", state="agreed", due="2023-02-15")
    snapshot = empty.snapshot()
    text = drawn(progress(snapshot.rows, snapshot, 40, 24, TerminalStyle()))
    assert " quiet\n   no promise recorded\n" in text
    part = empty.snapshot()
    assert "quiet" not in drawn(progress(part.rows[:1], part, 120, 24, TerminalStyle()))


def test_withdrawn_and_not_met_are_two_outcomes(empty: Database) -> None:
    add_lyon(empty)
    for because in (Because.DECLINED, Because.OVERTAKEN, Because.OVERTAKEN):
        number = add(empty, f"Closed: {because}", state="agreed", due="2023-02-15")
        do(empty, "mark", number, "closed", because=because)
    snapshot = empty.snapshot()
    wide, narrow = (drawn(progress(snapshot.rows, snapshot, width, 24, TerminalStyle())) for width in (80, 40))
    assert re.search(r"(?m)^ VISIT +PROMISED  WITHDRAWN  NOT MET  FIRST DATE  DATE NOW$", wide), wide
    assert re.search(r"(?m)^ lyon-2022 +3 +2 +1 +0 of 1 +0 of 1$", wide), wide
    assert "withdrawn 2, not met 1" in " ".join(narrow.split())


def test_with_nothing_to_show_both_say_so(empty: Database) -> None:
    snapshot = empty.snapshot()
    assert "Nothing was promised yet" in drawn(progress([], snapshot, 80, 24, TerminalStyle()))
    shown = strip([])
    assert (shown.today, shown.start, shown.along(1, 1), shown.across(1, 1)) == (None, None, None, None)
    assert lines_of(shown)[1] == "    No commitment in this view."


def test_with_nothing_due_the_rate_says_so_and_what_is_left_out(empty: Database) -> None:
    add_lyon(empty)
    add(empty)
    snapshot = empty.snapshot()
    text = drawn(progress(snapshot.rows, snapshot, 80, 24, TerminalStyle()))
    assert " ON TIME     rate        nothing to count yet: no agreed date has passed\n" in text
    assert "left out    1: 1 never agreed\n" in text


# Widths


def fits(lines: list[Segments], width: int) -> None:
    for line in lines:
        assert columns_of(line) <= width, text_of(line)
        assert {style for _, style in line} <= STYLES
        assert "\n" not in text_of(line)


DAYS = st.none() | st.dates().map(lambda its: its.isoformat())
ROWS = st.lists(
    st.builds(
        row_of,
        st.integers(1, 10**15),
        DAYS,
        st.sampled_from(State.ALL),
        st.sampled_from(list(BANDS)),
    ),
    max_size=30,
    unique_by=lambda row: row.commitment["id"],
)


@given(ROWS, st.sampled_from(SCALES), st.integers(40, 200), st.booleans())
def test_no_line_of_a_timeline_is_too_wide(rows: list[Any], scale: str, width: int, is_utf8: bool) -> None:
    rows = [
        row for row in rows if row.band not in ("overdue", "today", "week", "month", "later") or "due" in row.commitment
    ]
    current = rows[-1].commitment["id"] if rows else None
    shown = timeline(rows, TODAY, scale, width, TerminalStyle(is_utf8=is_utf8), current=current)
    fits([line.text for line in shown.lines], width)
    assert sum(len(line.numbers) for line in shown.lines) == len(rows)
    for line in shown.lines:
        assert all(entry.column + entry.width <= entry.column + entry.reach <= width for entry in line.entries)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A store of wide, long and Cyrillic names, with every state and with dates far off."""
    folder = tmp_path_factory.mktemp("strange")
    folder.chmod(0o700)
    database = make_empty(str(folder / "commitments.json"))
    add_lyon(database)
    meet(database, "1999-01-01", SLUG)
    dates = [None, "2022-12-24", "2023-01-31", "2023-03-01", "2031-01-01"]
    for place in range(60):
        by = [[WIDE], [LONG], [CYRILLIC], [MIA, UNODC]][place % 4]
        visit = ["lyon-2022", SLUG][place % 2]
        number = add(database, f"№ {place}", visit=visit, by=by, state="agreed", due=dates[place % 5])
        if place % 3 == 0:
            do(database, "mark", number, "done", on=f"2023-01-{place % 28 + 1:02}")
        if place % 6 == 0:
            do(database, "mark", number, "confirmed", said_by=[INTERPOL])
        if place % 7 == 5:
            do(database, "mark", number, "closed", because=Because.ALL[place % 4])
    return database.snapshot()


@given(st.integers(40, 200), st.integers(1, 100), st.booleans())
def test_no_line_of_progress_is_too_wide(strange: Snapshot, width: int, height: int, is_utf8: bool) -> None:
    fits(progress(strange.rows, strange, width, height, TerminalStyle(is_utf8=is_utf8)), width)


@pytest.mark.parametrize("width", [0, 1, 39])
def test_a_screen_that_is_too_narrow_gets_what_forty_columns_get(demo_snapshot: Snapshot, width: int) -> None:
    assert strip(demo_snapshot.rows, width=width) == strip(demo_snapshot.rows, width=40)
    assert progress(demo_snapshot.rows, demo_snapshot, width, 0, TerminalStyle()) == progress(
        demo_snapshot.rows, demo_snapshot, 40, 0, TerminalStyle()
    )


def test_names_of_any_script_stand_in_straight_columns(strange: Snapshot) -> None:
    lines = progress(strange.rows, strange, 80, 24, TerminalStyle())
    named = [line for line in lines if text_of(line).startswith((" 国際", " Institution", " Генеральная"))]
    assert len(named) == 3
    assert len({columns_of(line) for line in named}) == 1
    assert all("…" in text_of(line) for line in named)


# Bars


@given(st.integers(0, 500), st.integers(1, 500), st.integers(2, 150), st.booleans())
def test_a_bar_counts_while_there_is_room_and_is_full_only_when_nothing_is_missing(
    one: int, other: int, room: int, is_utf8: bool
) -> None:
    part, whole = min(one, other), max(one, other)
    terminal = TerminalStyle(is_utf8=is_utf8)
    bar = count_bar(part, whole, room, terminal)
    assert len(bar) == min(whole, room)
    if whole <= room:
        assert bar == terminal.done * part + terminal.left * (whole - part)
    assert (terminal.done in bar) == bool(part)
    assert (terminal.left in bar) == (part < whole)


def test_many_numbers_are_cut_and_counted() -> None:
    assert numbers_in_words([3, 5]) == "#3 #5"
    assert numbers_in_words(list(range(1, 43))).endswith("#12 and 30 more")
