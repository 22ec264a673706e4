"""DOCX: python-docx reads the texts that were put in, in real headings and tables; the bytes are the same each time."""

import hashlib
import os
import re
import subprocess
import sys
from typing import Any

import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from store.formats.docx_export import render_docx
from store.reports.document import Document, Figures, Section, TextBlock
from store.sanitise_text import visible
from tests.support import sample_documents
from tests.support.format_readers import anything, member, members, read_docx, squeezed, texts_of_docx, visible_texts
from tests.support.golden_files import assert_golden

_WRITING = """\
import hashlib, sys
from store.formats.docx_export import render_docx
from tests.support import sample_documents
print(hashlib.sha256(render_docx(sample_documents.quarter("INTERNAL"), sample_documents.DAY)).hexdigest())
"""


def told_in_the_body(document: Document) -> list[str]:
    """What stands outside the head of the pages; counts stand in one line, a tab between a label and its value."""
    lines = list(visible_texts(document, is_drawn=True))[bool(document.marks) :]
    start = 1 + len(document.about)
    facts = [f"{visible(label)}\t{visible(value)}" for label, value in document.facts]
    return [*lines[:start], *facts, *lines[start + len(facts) :]]


def assert_read_back(document: Document) -> Any:
    written = render_docx(document, sample_documents.DAY)
    file = read_docx(written)
    found, expected = map(squeezed, texts_of_docx(written)), map(squeezed, told_in_the_body(document))
    assert list(filter(None, found)) == list(filter(None, expected))
    section = file.sections[0]
    assert section.header.paragraphs[0].text == (
        "" if not document.marks else next(iter(visible_texts(document, is_drawn=True)))
    )
    title = list(visible_texts(document, is_drawn=True))[bool(document.marks)]
    assert squeezed(section.footer.paragraphs[0].text) == squeezed(f"{title}/")
    return file


@pytest.mark.golden
@pytest.mark.parametrize("name", list(sample_documents.PAPERS))
def test_a_paper_as_docx(name: str) -> None:
    document = sample_documents.PAPERS[name]()
    assert_read_back(document)
    written = render_docx(document, sample_documents.DAY)
    assert_golden(__file__, f"{name}.docx.xml", member(written, "word/document.xml").replace("</w:p>", "</w:p>\n"))


def test_hostile_texts_stay_text() -> None:
    assert_read_back(sample_documents.hostile())


@given(st.lists(anything, min_size=1, max_size=2))
def test_any_text_stays_text(texts: list[str]) -> None:
    assert_read_back(sample_documents.of_texts(texts))


def test_texts_stand_in_their_order() -> None:
    document = sample_documents.meeting_sheet()
    found = [text.replace("\xa0", " ") for text in texts_of_docx(render_docx(document, sample_documents.DAY)) if text]
    assert found == told_in_the_body(document)


def test_a_count_is_not_torn_from_its_words() -> None:
    long = "a label of more letters than are kept in one line, whatever it says"
    figures = [("16", "due in 8–30 days", "plain"), ("7", long, "plain")]
    for is_behind in (True, False):
        block = Figures(figures, is_count_behind=is_behind)
        document = Document("Sheet", [], [], [], [Section("All", [block])], "en")
        told = "".join(texts_of_docx(render_docx(document, sample_documents.DAY))[-1:])
        assert not re.search(r"\d[ –]|[ –]\d", told.replace("–\u2060", "").replace("    ", "")), told


def test_headings_are_headings() -> None:
    file = read_docx(render_docx(sample_documents.meeting_sheet(), sample_documents.DAY))
    found = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert found[:3] == [("Title", "Meeting sheet"), ("Heading 1", "MIA UZ"), ("Heading 2", "Owed by you")]


def test_rows_stay_whole_and_the_head_comes_again() -> None:
    file = read_docx(render_docx(sample_documents.meeting_sheet(), sample_documents.DAY))
    assert len(file.tables) == 7
    for table in file.tables:
        assert [row._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for row in table.rows] == [
            place == 0 for place in range(len(table.rows))
        ]
        for row in table.rows:
            assert row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None
    remark = file.tables[0].rows[2].cells
    assert len({cell._tc for cell in remark}) == 1, "a remark goes across the columns"
    before = file.tables[0].rows[1].cells[0].paragraphs[0]
    assert before.paragraph_format.keep_with_next, "and stays on the page of its entry"


def test_the_page_is_a4_and_has_its_number() -> None:
    section = read_docx(render_docx(sample_documents.meeting_sheet(), sample_documents.DAY)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    fields = [field.get(qn("w:instr")) for field in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_tables_are_as_wide_as_the_text() -> None:
    file = read_docx(render_docx(sample_documents.meeting_sheet(), sample_documents.DAY))
    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in file.tables:
        assert sum(column.width for column in table.columns) == pytest.approx(room, rel=0.01)


def test_properties_name_the_paper_and_nobody() -> None:
    written = render_docx(sample_documents.lyon_in_russian(), sample_documents.DAY)
    properties = read_docx(written).core_properties
    assert (properties.title, properties.language) == ("Лист к заседанию", "ru")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.isoformat()[:10] == properties.modified.isoformat()[:10] == sample_documents.DAY
    assert 'w:lang w:val="ru-RU"' in member(written, "word/styles.xml")
    everything = "".join(member(written, name) for name in members(written))
    assert "python-docx" not in everything
    assert "Macintosh" not in everything


def test_the_bytes_are_the_same_in_every_process() -> None:
    here = hashlib.sha256(render_docx(sample_documents.quarter("INTERNAL"), sample_documents.DAY)).hexdigest()
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tashkent"}
        told_there = subprocess.run(
            [sys.executable, "-c", _WRITING], env=env, capture_output=True, text=True, check=True
        )
        assert told_there.stdout.strip() == here
    assert {
        member.date_time for member in members(render_docx(sample_documents.quarter(), sample_documents.DAY)).values()
    } == {(2026, 11, 25, 0, 0, 0)}


def test_a_day_before_the_zip_format_is_written_all_the_same() -> None:
    assert read_docx(render_docx(sample_documents.quarter(), "1975-01-01")).core_properties.created.year == 1975


def test_lines_of_a_paragraph_stay_lines() -> None:
    written = render_docx(
        Document("A", [], [], [], [Section("B", [TextBlock("one\ntwo")])], "en"), sample_documents.DAY
    )
    assert texts_of_docx(written)[-2:] == ["one", "two"]
