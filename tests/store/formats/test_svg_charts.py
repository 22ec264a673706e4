"""Charts: whole SVG with title and description, readable without colour, whatever the numbers and the texts."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.formats import svg_charts
from store.formats.svg_charts import BARS_ON_A_PAGE, bars, timeline
from store.reports.document import Bars, Timeline
from store.sanitise_text import visible
from tests.support import sample_documents
from tests.support.format_readers import anything

STYLES = ["overdue", "today", "week", "no-date", "unconfirmed", "finished", "plain", "strong", "dim"]
NARROW, WIDE = 310.0, 600.0
LETTER = 6.2
"""Pixels that a letter may take."""


def texts_of(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(svg).iter("text")]


def titles_of(svg: str) -> list[str]:
    return [title.text or "" for title in ET.fromstring(svg).iter("title")]


def bar_widths(svg: str) -> list[float]:
    return [
        float(rect.get("width", "")[:-1]) for rect in ET.fromstring(svg).iter("rect") if "%" in rect.get("width", "")
    ]


def test_no_bar_makes_no_chart() -> None:
    assert bars(sample_documents.progress([]), "c") == []


def test_one_bar_has_its_pieces_in_proportion_and_its_numbers() -> None:
    wide, narrow = bars(sample_documents.progress([("UNODC", [3, 1, 0, 0, 0, 2])]), "c")
    for svg in (wide, narrow):
        assert bar_widths(svg) == pytest.approx([49.75, 16.58, 33.17], abs=0.01)
        assert texts_of(svg) == ["done in time 3", "done late 1", "open, not yet due 2"]


def test_bars_of_nothing_are_drawn_without_length() -> None:
    wide, _ = bars(sample_documents.progress([("UNODC", [0, 0, 0, 0, 0, 0])]), "c")
    assert bar_widths(wide) == []
    assert "UNODC" in texts_of(wide)


def test_sixty_bars_go_over_several_pages() -> None:
    drawn = bars(sample_documents.progress([(f"Party {number}", [number, 0, 1, 0, 0, 0]) for number in range(60)]), "c")
    assert len(drawn) == 2 * 60 // BARS_ON_A_PAGE
    wide = [svg for svg in drawn if 'class="chart wide"' in svg]
    assert [titles_of(svg)[0] for svg in wide] == [f"Promises by party ({page}/3)" for page in (1, 2, 3)]
    shown = [text for svg in wide for text in texts_of(svg) if text.startswith("Party")]
    assert shown == [f"Party {number}" for number in range(60)]
    assert all(int(ET.fromstring(svg).get("height", "")) < 700 for svg in wide)
    assert max(width for svg in wide for width in bar_widths(svg)) < 100


@given(st.lists(st.sampled_from(STYLES), min_size=1, max_size=len(STYLES)))
def test_no_two_pieces_are_filled_alike(styles: list[str]) -> None:
    chart = Bars("A", "B", [("piece", style) for style in styles], [("one", [1] * len(styles))])
    patterns = [
        ET.tostring(pattern).split(b">", 1)[1] for pattern in ET.fromstring(bars(chart, "c")[0]).iter("pattern")
    ]
    assert len(set(patterns)) == len(styles)


def test_a_long_label_is_cut_and_whole_in_its_title() -> None:
    long = "Prosecutor General's Office of Uzbekistan, department of international cooperation " * 3
    wide, narrow = bars(sample_documents.progress([(long, [1] * 6), ("UNODC", [1] * 6)]), "c")
    for svg, width in ((wide, WIDE), (narrow, NARROW)):
        (shown,) = [text for text in texts_of(svg) if text.startswith("Prosecutor")]
        assert shown.endswith("…")
        assert len(shown) * LETTER < width
        assert f"{long}: 1 · 1 · 1 · 1 · 1 · 1" in titles_of(svg)


class Placed:
    """A point of a timeline: where its mark stands, and from where to where its mark and label reach, in pixels."""

    def __init__(self, x: float, y: float, text: str, anchor: str) -> None:
        self.x, self.y, self.text = x, y, text
        long = 8 + LETTER * len(text) if text else 4
        self.start, self.end = (x - 5, x + long) if anchor == "start" else (x - long, x + 5)


def placed(svg: str, width: float) -> Iterator[Placed]:
    for point in ET.fromstring(svg).iter("svg"):
        if point.get("y") is not None:
            label = point.find("text")
            text, anchor = ("", "start") if label is None else ("".join(label.itertext()), label.get("text-anchor", ""))
            yield Placed(float(point.get("x", "")[:-1]) / 100 * width, float(point.get("y", "")), text, anchor)


def assert_no_collision(points: Sequence[Placed], width: float) -> None:
    for number, one in enumerate(points):
        assert one.start >= -5
        assert one.end <= width + 5
        for other in points[number + 1 :]:
            assert one.y != other.y or one.end <= other.start or other.end <= one.start


days = st.dates(min_value=date(2026, 9, 20), max_value=date(2027, 1, 10))
points = st.lists(st.tuples(days.map(str), st.text("abc яЩ", max_size=60), st.sampled_from(STYLES)), max_size=40)


@given(points.map(sorted), st.sampled_from([1.0, 1.5, 3.0]))
def test_points_that_would_collide_are_staggered(found: list[tuple[str, str, str]], wider: float) -> None:
    for svg, width in zip(timeline(sample_documents.days(found), "c"), (WIDE, NARROW), strict=True):
        drawn = list(placed(svg, width * wider))
        assert len(drawn) == len(found)
        assert_no_collision(drawn, width * wider)


def test_a_day_stands_in_proportion_and_one_outside_at_its_end() -> None:
    chart = sample_documents.days(
        [("2025-01-01", "", "plain"), ("2026-11-15", "", "plain"), ("2028-01-01", "", "plain")]
    )
    assert [round(point.x, 1) for point in placed(timeline(chart, "c")[0], 100)] == [2.0, 49.5, 98.0]


def test_a_period_of_one_day_and_one_without_points() -> None:
    day = Timeline(
        "A",
        "B",
        first=sample_documents.DAY,
        last=sample_documents.DAY,
        today=sample_documents.DAY,
        today_label="today",
        months=[],
        points=[(sample_documents.DAY, "one", "today")],
    )
    assert [point.text for point in placed(timeline(day, "c")[0], WIDE)] == ["one"]
    assert list(placed(timeline(sample_documents.days([]), "c")[0], WIDE)) == []


def test_too_many_points_keep_their_marks_and_lose_their_labels() -> None:
    crowd = [("2026-11-05", f"#{number}", "plain") for number in range(400)]
    for svg in timeline(sample_documents.days(crowd), "c"):
        drawn = list(placed(svg, WIDE))
        assert len(drawn) == 400
        assert {point.text for point in drawn} == {""}
        assert int(ET.fromstring(svg).get("height", "")) < 900
        assert "#399" in titles_of(svg)


def test_today_is_marked_only_inside_the_period() -> None:
    assert "25 Nov 2026" in texts_of(timeline(sample_documents.days([]), "c")[0])
    later = sample_documents.days([])
    later.today = "2027-02-01"
    assert "25 Nov 2026" not in texts_of(timeline(later, "c")[0])


def test_names_of_months_do_not_run_into_each_other() -> None:
    months = [(f"20{20 + month // 12}-{month % 12 + 1:02}-01", f"Month {month}") for month in range(36)]
    chart = Timeline("A", "B", first="2020-01-01", last="2022-12-31", today="2021-01-01", today_label="today",
                     months=months, points=[])  # fmt: skip
    wide, narrow = ([text for text in texts_of(svg) if text.startswith("Month")] for svg in timeline(chart, "c"))
    assert 2 <= len(narrow) < len(wide) < 12
    assert wide[0] == "Month 0"


@given(anything)
def test_any_text_stays_text(text: str) -> None:
    pieces, numbers = [(text, "plain"), ("other", "dim")], [(text, [1, 2]), ("second", [0, 1])]
    chart = Bars(text, text, pieces, numbers)
    for svg in bars(chart, "c") + timeline(sample_documents.days([(sample_documents.DAY, text, "week")]), "c"):
        root = ET.fromstring(svg)
        assert {element.tag for element in root.iter()} <= {
            *("svg", "title", "desc", "pattern", "rect", "path", "circle", "text", "g")
        }
    (svg, _) = bars(chart, "c")
    description = ET.fromstring(svg).find("desc")
    assert description is not None
    assert (description.text or "") == visible(text)
    assert texts_of(svg)[0] == visible(text)


def test_every_style_has_a_mark_of_its_own() -> None:
    points = [(sample_documents.DAY, "", style) for style in STYLES]
    svg = ET.fromstring(timeline(sample_documents.days(points), "c")[0])
    marks = [b"".join(ET.tostring(part) for part in point if part.tag not in ("title", "text"))
             for point in svg.iter("svg") if point.get("y") is not None]  # fmt: skip
    assert len(set(marks)) == len(STYLES)


@given(st.text("abП漢\x1b ", max_size=40), st.integers(20, 200))
def test_a_text_is_cut_where_its_room_ends(text: str, width: int) -> None:
    shown = visible(text)
    longest = shown
    while longest and svg_charts.text_width(longest) + svg_charts._LETTER > width:
        longest = longest[:-1]
    expected = shown if svg_charts.text_width(shown) <= width else longest.rstrip() + "…"
    assert svg_charts.cut(text, width) == expected
