"""Markdown: a reader of it finds the texts that were put in, and no syntax of theirs.

`make golden` writes the golden files anew; look at what changed.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.formats.markdown_export import render_markdown
from store.reports.document import Document, Section, TextBlock
from tests.support import sample_documents
from tests.support.format_readers import HtmlReader, anything, squeezed, visible_texts
from tests.support.golden_files import assert_golden

READERS = {
    "commonmark with tables": MarkdownIt("commonmark", {"html": True}).enable("table"),
    "all that GitHub has": MarkdownIt("gfm-like", {"html": True}),
}
OURS = {"h1", "h2", "h3", "p", "strong", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "br"}


def assert_read_back(document: Document) -> None:
    written = render_markdown(document)
    for reader in READERS.values():
        page = HtmlReader(reader.render(written))
        assert {tag for tag, _ in page.tags} <= OURS
        assert all(name == "style" for _, attributes in page.tags for name in attributes), "no link, no class"
        assert squeezed(page.text) == squeezed("".join(visible_texts(document)))


@pytest.mark.golden
@pytest.mark.parametrize("name", ["sheet", "sheet-internal", "lyon-ru", "quarter"])
def test_a_paper_as_markdown(name: str) -> None:
    document = sample_documents.PAPERS[name]()
    assert_golden(__file__, f"{name}.md", render_markdown(document))
    assert_read_back(document)


def test_hostile_texts_stay_text() -> None:
    assert_read_back(sample_documents.hostile())


@given(st.lists(anything, min_size=1, max_size=3))
def test_any_text_stays_text(texts: list[str]) -> None:
    assert_read_back(sample_documents.of_texts(texts))


@given(anything)
def test_a_text_is_one_paragraph(text: str) -> None:
    """What begins a list, a heading or a rule does so at the start of a line, so it is tried alone there as well."""
    assert_read_back(
        Document(text, [text, text], [], [], [Section(text, [TextBlock(text), TextBlock(text, "late")])], "en")
    )


def test_what_is_written_stays_readable() -> None:
    """Only what would act is escaped: an office's usual text is written as it is typed."""
    usual = "Reply to No. 12-3 (Annex 1): 3.5 of 5, by 31.03.2027; МВД — «ответ», #7!"
    assert usual in render_markdown(Document("A paper", [], [], [], [Section("Section", [TextBlock(usual)])], "en"))


def test_lines_of_a_paragraph_stay_lines() -> None:
    written = render_markdown(
        Document("A paper", [], [], [], [Section("Section", [TextBlock("one\n2. two\n\n# three")])], "en")
    )
    assert READERS["commonmark with tables"].render(written).endswith("<p>one<br />\n2. two<br />\n# three</p>\n")


def test_headings_have_the_levels_of_their_parts() -> None:
    page = HtmlReader(READERS["commonmark with tables"].render(render_markdown(sample_documents.meeting_sheet())))
    assert [tag for tag, _ in page.tags if tag[0] == "h"][:4] == ["h1", "h2", "h3", "h3"]
