"""A paper with marks that is printed as text has them on each of its pages, and parts nothing that belongs together."""

import pytest

from store.reports.document import Document
from store.reports.donor_report import donor_report
from store.reports.meeting_sheet import meeting_sheet
from store.snapshot import Snapshot
from tests.conftest import Run
from tests.support import sample_documents
from tui.render.document_lines import document_text, printed_text

PAGE = 60


def pages_of(text: str) -> list[list[str]]:
    return [page.splitlines() for page in text.split("\f")]


@pytest.fixture
def internal(demo_snapshot: Snapshot) -> Document:
    return meeting_sheet(demo_snapshot, marks=("DRAFT",), is_internal=True)


def test_each_page_has_sixty_lines_its_marks_on_top_and_its_number(internal: Document) -> None:
    pages = pages_of(printed_text(internal))
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert len(page) == PAGE
        assert [page[0].strip(), page[1].strip(), page[2]] == ["INTERNAL", "DRAFT", ""]
        assert page[3].strip(), "no page begins with an empty line"
        assert page[-1].strip() == f"{number} / {len(pages)}"
        assert max(map(len, page)) <= 80


def test_nothing_is_lost_and_nothing_said_twice(internal: Document) -> None:
    told = [line for page in pages_of(printed_text(internal)) for line in page[2:-1] if line.strip()]
    whole = [line.replace("   [INTERNAL, DRAFT]", "") for line in document_text(internal).splitlines()[2:-2]]
    assert told == [line for line in whole if line.strip()]


def test_a_heading_is_not_alone_at_the_foot_nor_the_last_row_at_the_head_of_a_page() -> None:
    pages = pages_of(printed_text(sample_documents.long_table("INTERNAL")))
    assert len(pages) > 2
    for page in pages:
        last = [line for line in page[:-1] if line.strip()][-1]
        assert not last.isupper()
    assert sum(line.startswith(" #") for line in pages[-1]) > 1


def test_the_first_page_of_a_report_is_one_of_its_own(demo_snapshot: Snapshot) -> None:
    document = donor_report(demo_snapshot, first="2023-01-01", last="2023-03-31", marks=("DRAFT",))
    pages = pages_of(printed_text(document))
    assert pages[1][2].strip() == "ON-TIME RATE"


def test_a_paper_without_marks_and_what_stands_on_a_terminal_has_no_pages(run: Run, internal: Document) -> None:
    assert "\f" not in printed_text(sample_documents.long_table())
    assert "\f" not in document_text(internal)


def test_a_pipe_gets_pages(run: Run, database: object) -> None:
    assert len(pages_of(run("sheet", "--internal").out)[0]) == PAGE
    assert "\f" not in run("sheet").out


def test_the_head_of_a_party_stands_on_the_page_of_its_first_table(internal: Document) -> None:
    parties = {part.heading for part in internal.parts if part.stands_alone}
    for page in pages_of(printed_text(internal)):
        under = [line.strip() for line in page[:-1] if line.strip()]
        for party in parties & set(under):
            assert any(line.startswith("No. ") for line in under[under.index(party) :]), party
