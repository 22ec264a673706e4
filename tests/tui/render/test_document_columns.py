"""The columns of a paper on a screen: those beside the titles are as wide as what they hold."""

import pytest

from store.reports.meeting_sheet import meeting_sheet
from store.snapshot import Snapshot
from tui.render.document_lines import document_lines
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle


@pytest.mark.parametrize("width", [80, 120])
def test_all_tables_of_a_paper_have_their_columns_below_each_other(demo_snapshot: Snapshot, width: int) -> None:
    lines = list(map(text_of, document_lines(meeting_sheet(demo_snapshot), TerminalStyle(width=width))))
    heads = [line.index("With whom") for line in lines if "With whom" in line]
    assert len(heads) > 2
    assert len(set(heads)) == 1
    assert " OWED BY YOU" in lines


def test_a_title_has_the_room_that_the_other_columns_leave(demo_snapshot: Snapshot) -> None:
    wide, usual = (
        list(map(text_of, document_lines(meeting_sheet(demo_snapshot), TerminalStyle(width=width))))
        for width in (120, 80)
    )
    assert any("Share the lesson plans of the training institute  " in line for line in wide)
    at = next(place for place, line in enumerate(usual) if line.startswith(" #7 "))
    assert "training institute" in usual[at + 1]
