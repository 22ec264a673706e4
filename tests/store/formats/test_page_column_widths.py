"""The widths of columns: the longest word of a cell or a heading has room, and the page is full."""

from pathlib import Path

import pytest

from store.formats.page_column_widths import column_widths
from store.reports.document import Document, Table, TableColumn, TableRow
from store.reports.donor_report import donor_report
from store.reports.meeting_sheet import meeting_sheet
from tests.support.export_samples import demo

_LETTERS_OF_A_PAGE = 100
"""Letters of 9.5 points that stand beside each other on A4."""


def tables(document: Document) -> list[Table]:
    return [block for part in document.parts for block in part.blocks if isinstance(block, Table)]


def test_shares_stay_where_the_words_have_room() -> None:
    table = Table([TableColumn("No.", 1), TableColumn("What", 3)], [TableRow(["#1", "a short word"])])
    assert column_widths(table) == [0.25, 0.75]


def test_a_long_word_takes_its_room_from_those_that_have_some() -> None:
    columns = [TableColumn("No.", 2), TableColumn("What", 20), TableColumn("Первоначальный срок", 2)]
    number, title, date = column_widths(Table(columns, [TableRow(["#1", "a short word", "31.12.2026"])]))
    assert date * _LETTERS_OF_A_PAGE > len("Первоначальный")
    assert number > 0.03
    assert title > 0.5
    assert number + title + date == pytest.approx(1)


def test_words_that_no_page_has_room_for_share_it() -> None:
    columns = [TableColumn("x" * 30, 1) for _ in range(6)]
    assert column_widths(Table(columns, [TableRow([""] * 6)])) == pytest.approx([1 / 6] * 6)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_word_of_a_paper_is_wider_than_its_column(tmp_path: Path, language: str) -> None:
    snapshot = demo(tmp_path).snapshot()
    papers = [
        donor_report(snapshot, first="2026-07-01", last="2026-12-31", language=language),
        meeting_sheet(snapshot, language=language, has_decisions=True),
    ]
    for table in (table for paper in papers for table in tables(paper)):
        widths = column_widths(table)
        assert sum(widths) == pytest.approx(1)
        for at, width in enumerate(widths):
            cells = [entry.cells[at] for entry in table.entries]
            words = [word for cell in cells for word in cell.replace("-", "- ").split()]
            longest = max((len(word) - sum(map(word.count, "ijltf.,")) / 3 for word in words), default=0)
            assert width * _LETTERS_OF_A_PAGE >= longest, (table.columns[at].heading, cells)
