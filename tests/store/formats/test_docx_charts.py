"""Charts of a DOCX file: shapes that are well formed, with the words of the chart in them and as their other text."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given

from store.formats.docx_charts import draw_bars, draw_timeline
from store.formats.docx_export import render_docx
from store.formats.svg_charts import BARS_ON_A_PAGE
from store.reports.document import Bars, Timeline
from tests.support import sample_documents
from tests.support.format_readers import anything, member, squeezed

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}


def parsed(runs: list[str]) -> list[ET.Element]:
    declared = " ".join(f'xmlns:{name}="{address}"' for name, address in NAMES.items())
    return [ET.fromstring(f"<w:p {declared}>{run}</w:p>") for run in runs]


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iterfind(".//wps:txbx//w:t", NAMES)]


def areas(root: ET.Element) -> list[ET.Element]:
    """The areas of the bars, of which each piece has one."""
    return [
        each for each in root.iterfind(".//wps:spPr", NAMES) if each.find("a:prstGeom[@prst='rect']", NAMES) is not None
    ]


PIECES = [("kept", "finished"), ("late", "overdue"), ("open", "no-date")]


def test_a_bar_has_a_piece_for_each_count_and_the_page_is_its_width() -> None:
    chart = Bars("How", "UNODC: 3 kept, 1 late", PIECES, [("IOM", [1, 0, 0]), ("UNODC", [3, 1, 0])])
    (root,) = parsed(draw_bars(chart, iter([1])))
    assert texts(root) == ["kept", "late", "IOM", "1", "UNODC", "4"], "and nothing of what is in no bar"
    told = root.find(".//wp:docPr", NAMES)
    assert told is not None
    assert (told.get("name"), told.get("descr")) == ("How", "UNODC: 3 kept, 1 late")
    sizes = [int(each.find("a:xfrm/a:ext", NAMES).get("cx", "0")) for each in areas(root)]  # type: ignore[union-attr]
    bar = [size for size in sizes if size > 20 * 9525][-2:]
    assert bar[0] == pytest.approx(3 * bar[1], rel=0.01)


def test_a_single_bar_has_its_numbers_in_its_legend() -> None:
    (root,) = parsed(draw_bars(Bars("How", "All: 3 kept, 1 late", PIECES, [("All", [3, 1, 0])]), iter([1])))
    assert texts(root) == ["kept 3", "late 1"]


def test_many_bars_are_cut_where_a_page_ends_and_compact_ones_are_not() -> None:
    many = [(str(number), [1, 0, 0]) for number in range(BARS_ON_A_PAGE + 1)]
    assert len(draw_bars(Bars("A", "B", PIECES, many), iter(range(9)))) == 2
    assert len(draw_bars(Bars("A", "B", PIECES, many, is_compact=True), iter(range(9)))) == 1
    assert len(draw_bars(Bars("A", "B", PIECES, []), iter(range(9)))) == 0


def test_a_timeline_has_its_legend_its_months_and_a_mark_for_each_day() -> None:
    chart = Timeline(
        "Deadlines",
        "1 Nov #1, 2 Dec #2",
        first="2026-10-01",
        last="2026-12-31",
        today="2026-11-25",
        today_label="today",
        months=[("2026-11-01", "Nov")],
        points=[("2026-11-01", "#1", "overdue"), ("2026-12-02", "#2", "plain")],
        legend=[("overdue", "late"), ("plain", "due later")],
    )
    (root,) = parsed(draw_timeline(chart, iter([1])))
    assert texts(root) == ["late", "due later", "Nov", "today", "#1", "#2"]


def test_the_words_of_a_chart_are_its_other_text_in_the_file() -> None:
    document = sample_documents.quarter()
    written = member(render_docx(document, sample_documents.DAY), "word/document.xml")
    root = ET.fromstring(written)
    charts = [block for part in document.parts for block in part.blocks if isinstance(block, Bars | Timeline)]
    told = [each.get("descr") or "" for each in root.iterfind(".//wp:docPr", NAMES)]
    assert {squeezed(each) for each in told} == {squeezed(each.description) for each in charts}
    ids = [each.get("id") for each in root.iterfind(".//wp:docPr", NAMES)]
    assert len(set(ids)) == len(ids) >= 2


@given(anything)
def test_any_text_stays_text(text: str) -> None:
    chart = Bars(text, text, [(text, "plain"), ("other", "dim")], [(text, [1, 2])])
    day = sample_documents.days([(sample_documents.DAY, text, "week")])
    parsed([*draw_bars(chart, iter([1])), *draw_timeline(day, iter([2]))])
