"""What a report says of the time to come, what is late by its age, and the cells that are filled in at a meeting."""

from typing import Any

import pytest

from store.database import Database
from store.formats.docx_export import render_docx
from store.formats.html_export import render_html
from store.formats.markdown_export import render_markdown
from store.reports.document import Bars, Document, Table, TextBlock
from store.reports.donor_report import donor_report
from store.reports.meeting_sheet import meeting_sheet
from tests.conftest import Run
from tests.support.document_parts import cells, entry, paragraphs, part, whole
from tests.support.fixed_day_and_user import TODAY
from tests.support.format_readers import HtmlReader, read_docx
from tests.support.store_builders import INTERPOL, MIA, add, add_lyon, do, set_due
from tui.render.document_lines import document_text

AGES = "Overdue on the day of this report, by age"


@pytest.fixture
def lyon(empty: Database) -> Database:
    add_lyon(empty)
    return empty


def report(database: Database, **more: Any) -> Document:
    return donor_report(database.snapshot(), **{"first": "2023-01-01", "last": "2023-03-31", **more})


def test_what_falls_due_next_was_agreed_and_is_to_be_done(lyon: Database) -> None:
    for due in ("2023-03-31", "2023-04-01", "2023-06-30", "2023-07-01"):
        add(lyon, state="agreed", due=due)
    add(lyon, "A wish", due="2023-05-01")
    add(lyon, "Done already", state="agreed", due="2023-05-02")
    do(lyon, "mark", 6, "done", on="2023-02-01")
    set_due(lyon, 3, "2023-06-29", reason="the visit", on="2023-02-10")
    set_due(lyon, 3, "2023-06-30", reason="one day more", on="2023-02-11")
    coming = part(report(lyon), "Due in the next quarter: Q2 2023")
    assert [row[0] for row in cells(coming)] == ["#2", "#3"]
    assert "extended once, original date 30 Jun 2023; last reason: one day more" in entry(coming, 3).remarks[0]
    add(lyon, "Kept already", state="agreed", due="2023-05-03")
    do(lyon, "mark", 7, "confirmed", on="2023-02-01")
    assert paragraphs(part(report(lyon), "Due in the next quarter: Q2 2023")) == [
        "Proposed for it, the date not agreed: #5.",
        "Also due in it, already reported done: #6.",
        "Also due in it, already kept: #7.",
    ]
    nothing = part(report(lyon, first="2022-10-01", last="2022-12-31"), "Due in the next quarter: Q1 2023")
    assert [row[0] for row in cells(nothing)] == ["#1"]


def test_what_is_late_is_counted_by_its_age(lyon: Database) -> None:
    assert paragraphs(part(report(lyon), AGES)) == ["Nothing is overdue."]
    for due in ("2023-02-10", "2023-01-30", "2023-01-29", "2022-12-01", "2022-11-30", "2022-09-02", "2022-09-01"):
        add(lyon, state="agreed", due=due)
    add(lyon, "A wish", due="2023-02-01")
    assert cells(part(report(lyon), AGES)) == [
        ["up to 30 days", "2", "#1, #2"],
        ["31 to 90 days", "2", "#3, #4"],
        ["91 to 180 days", "2", "#5, #6"],
        ["over 180 days", "1", "#7"],
        ["In all", "7", ""],
    ]


def test_numbers_that_are_too_many_for_a_cell_stand_in_the_annex(lyon: Database) -> None:
    for _ in range(21):
        add(lyon, state="agreed", due="2023-02-01")
    document = report(lyon)
    assert cells(part(document, AGES))[0] == ["up to 30 days", "21", "see annex, list 1"]
    annex = part(document, "Annex: the numbers of commitments")
    assert [(block.lead, block.text) for block in annex.blocks if isinstance(block, TextBlock)] == [
        (
            f"1. Not done in time, no reason recorded, Q1 2023; Not done in time, Q1 2023; {AGES}: up to 30 days:",
            "#1-#21.",
        ),
    ]
    assert cells(part(document, "On-time rate"))[3][1:] == ["21: see annex, list 1", "21: see annex, list 1"]


def leads(document: Document) -> list[str]:
    """What the lists of the annex are, each with its number."""
    annex = part(document, "Annex: the numbers of commitments")
    return [block.lead for block in annex.blocks if isinstance(block, TextBlock)]


def test_lists_of_the_annex_name_their_quarter(lyon: Database) -> None:
    for place in range(16):
        due, later, done = (
            ("2022-11-01", "2022-12-01", "2022-11-20") if place < 8 else ("2023-01-10", "2023-02-10", "2023-02-01")
        )
        add(lyon, state="agreed", due=due)
        set_due(lyon, place + 1, later, reason="elections", on=due)
        do(lyon, "mark", place + 1, "confirmed", on=done)
    told = [lead for lead in leads(report(lyon)) if "agreement is not recorded" in lead]
    assert [lead[lead.index(". ") + 2 :] for lead in told] == [
        "In time by an extension whose agreement is not recorded, Q1 2023:",
        "In time by an extension whose agreement is not recorded, Q4 2022:",
    ]


def test_items_of_the_annex_begin_with_a_capital(lyon: Database) -> None:
    for _ in range(21):
        add(lyon, state="agreed", due="2023-12-31")
    assert leads(report(lyon))[0].startswith("1. Its date is outside the period:")


def test_what_the_rates_leave_out_is_counted_once_where_the_two_dates_differ(lyon: Database) -> None:
    for number, due in ((1, "2023-02-01"), (2, "2023-02-01"), (3, "2022-12-01")):
        add(lyon, state="agreed", due=due)
        if number > 1:
            later = "2023-03-01" if number == 3 else "2023-06-01"
            set_due(lyon, number, later, reason="elections", on="2022-11-01")
        do(lyon, "mark", number, "closed", because="overtaken", on="2022-11-02")
    assert "by the current date: 2 and 2 in Q1 2023, 3 in all (#1-#3); 1 and 0 in Q4 2022 (#3)." in whole(report(lyon))


def test_events_of_one_place_and_year_are_told_apart_in_the_chart(lyon: Database) -> None:
    for slug, start, end in (
        ("vienna-spring", "2022-03-03", "2022-03-06"),
        ("vienna-autumn", "2022-09-28", "2022-10-02"),
        ("vienna-before", "2021-10-05", "2021-10-06"),
    ):
        do(lyon, "add_visit", slug, slug=slug, start=start, end=end, place="Vienna")
    add(lyon)
    chart = next(block for block in part(report(lyon), "By event").blocks if isinstance(block, Bars))
    labels = [label for label, _ in chart.bars if label.startswith("Vienna")]
    assert labels == ["Vienna, 28 Sep 2022 - 2 Oct 2022", "Vienna, 3-6 Mar 2022", "Vienna, 2021"]


def test_a_sheet_to_decide_on_has_cells_to_fill_in_every_format(run: Run, lyon: Database) -> None:
    add(lyon, "Send the list", state="agreed", due="2023-02-28")
    document = meeting_sheet(lyon.snapshot(), [MIA, INTERPOL], has_decisions=True)
    (table,) = [block for block in part(document, "Commitments by this institution").blocks if isinstance(block, Table)]
    assert [label for label, _ in table.fill_under] == ["Decision", "New date"]
    assert cells(part(document, "Signatures")) == [[MIA, "", "", ""], [INTERPOL, "", "", ""]]
    assert not [
        row
        for row in cells(part(meeting_sheet(lyon.snapshot(), [MIA]), "Commitments by this institution"))
        if row[-1] == ""
    ]
    text = document_text(document)
    assert "Decision ___" in text
    assert "New date ___" in text
    assert "Signature ___" in text
    assert max(map(len, text.splitlines())) <= 80
    assert "| Decision | New date |" in render_markdown(document)
    page = HtmlReader(render_html(document))
    assert "New date" in page.text
    tables = read_docx(render_docx(document, TODAY)).tables
    assert ["No.", "Commitment", "Due", "State"] in [[cell.text for cell in table.rows[0].cells] for table in tables]
    assert "Decision \t  New date \t_\n\t_" in [c.text for table in tables for row in table.rows for c in row.cells]
    assert "Decision ___" in run("sheet", MIA, "--decisions").out
