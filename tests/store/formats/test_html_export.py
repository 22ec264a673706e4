"""HTML: one file that asks for nothing, says what the document says, and is fit for a screen reader."""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.formats.html_export import render_html
from store.reports.document import Document, Section, Table, TableColumn, TableRow, TextBlock
from store.sanitise_text import visible
from tests.support import sample_documents
from tests.support.format_readers import HtmlReader, anything, squeezed, visible_texts
from tests.support.golden_files import assert_golden

OURS = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "h1", "h2", "h3", "p", "br", "b"),
    *("dl", "div", "dt", "dd", "ul", "li", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
    *("figure", "figcaption", "svg", "desc", "pattern", "rect", "path", "circle", "text", "g"),
}
SVG = re.compile(r"<svg class=.*</svg>")


def assert_read_back(document: Document) -> HtmlReader:
    page = HtmlReader(render_html(document))
    assert {tag for tag, _ in page.tags} <= OURS
    # Between a label and its value no colon stands, but room.
    facts = [f"{visible(label)}{visible(value)}" for label, value in document.facts]
    start = len(document.about) + 1 + bool(document.marks)
    expected = list(visible_texts(document, is_drawn=True))
    expected[start : start + len(facts)] = facts
    assert squeezed(page.text) == squeezed("".join(expected))
    return page


def assert_asks_for_nothing(page: HtmlReader) -> None:
    """No script, no link, no address, but those that point into the page."""
    for tag, attributes in page.tags:
        named = set(attributes)
        assert not named & {"href", "src", "srcset", "action", "data", "poster", "background", "xlink:href"}
        assert not any(name.startswith("on") for name in named)
        assert "url(" not in (attributes.get("style") or ""), tag
        fill = attributes.get("fill") or ""
        assert "url" not in fill or re.fullmatch(r"url\(#[a-z0-9-]+\)", fill)
    sheet = "".join(text for inside, text in page.pieces if inside.endswith("style"))
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.mark.golden
@pytest.mark.parametrize("name", list(sample_documents.PAPERS))
def test_a_paper_as_html(name: str) -> None:
    document = sample_documents.PAPERS[name]()
    assert_golden(__file__, f"{name}.html", render_html(document))
    assert_asks_for_nothing(assert_read_back(document))


def test_hostile_texts_stay_text() -> None:
    page = assert_read_back(sample_documents.hostile())
    assert_asks_for_nothing(page)
    assert len(page.all_of("style")) == 1


@given(st.lists(anything, min_size=1, max_size=3))
def test_any_text_stays_text(texts: list[str]) -> None:
    assert_asks_for_nothing(assert_read_back(sample_documents.of_texts(texts)))


@given(anything)
def test_a_title_cannot_leave_the_style_sheet(title: str) -> None:
    """The foot of each printed page has the title, as a CSS string: inside it only letters, digits and numbers."""
    written = render_html(Document(title, [], [], [], [], "en"))
    foot = re.search(r'@bottom-left \{ content: "(.*?)";', written)
    assert foot is not None
    assert re.fullmatch(r"(?:[A-Za-z0-9]|\\[0-9a-f]{6})*", foot[1])
    assert re.sub(r"\\([0-9a-f]{6})", lambda number: chr(int(number[1], 16)), foot[1]) == visible(title)


def test_the_language_and_the_policy_are_declared() -> None:
    page = HtmlReader(render_html(sample_documents.lyon_in_russian()))
    assert page.all_of("html") == [{"lang": "ru"}]
    policies = [meta["content"] for meta in page.all_of("meta") if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    ]


@pytest.mark.parametrize("name", list(sample_documents.PAPERS))
def test_who_listens_to_the_page_finds_the_way(name: str) -> None:
    document = sample_documents.PAPERS[name]()
    page = HtmlReader(render_html(document))
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    ids = Counter(attributes["id"] for _, attributes in page.tags if "id" in attributes)
    assert set(ids.values()) == {1}
    for _, attributes in page.tags:
        for name_of in ("aria-labelledby", "aria-describedby"):
            assert attributes.get(name_of, next(iter(ids))) in ids
    assert all(table["aria-labelledby"] for table in page.all_of("table"))
    assert all(cell["scope"] in ("col", "row") for cell in page.all_of("th"))
    for chart in page.all_of("svg"):
        if "class" in chart:
            assert chart["role"] == "img"
            assert chart["aria-labelledby"]
            assert chart["aria-describedby"]


@pytest.mark.parametrize(
    "document", [sample_documents.quarter(), sample_documents.hostile()], ids=["quarter", "hostile"]
)
def test_charts_are_whole_xml(document: Document) -> None:
    drawn = SVG.findall(render_html(document))
    assert len(drawn) >= 4
    for svg in drawn:
        ET.fromstring(svg)


def test_marks_stand_in_what_is_repeated_on_every_page() -> None:
    assert "header" not in {tag for tag, _ in HtmlReader(render_html(sample_documents.meeting_sheet())).tags}
    page = HtmlReader(render_html(sample_documents.meeting_sheet("INTERNAL", "<b>")))
    assert page.all_of("body") == [{"class": "marked"}]
    assert [text for inside, text in page.pieces if inside.endswith("header p")] == ["INTERNAL · <b>"]


def test_lines_of_a_paragraph_stay_lines() -> None:
    assert '<p class="plain">one<br>two</p>' in render_html(
        Document("A", [], [], [], [Section("B", [TextBlock("one\ntwo")])], "en")
    )


def test_paragraphs_before_a_table_stand_on_its_page() -> None:
    table = Table([TableColumn("No.", 1)], [TableRow(["7"])])
    part = Section(
        "By kind", [TextBlock("All of them."), TextBlock("Set aside: #7.", "dim"), table, TextBlock("Behind.")]
    )
    page = render_html(Document("Report", [], [], [], [part], "en"))
    assert '<p class="plain keep">All of them.</p>' in page
    assert '<p class="dim keep">Set aside: #7.</p>' in page
    assert '<p class="plain">Behind.</p>' in page
