"""The list of commitments as a paper: what it says, not how it is painted."""

from pathlib import Path
from typing import Any

from store.database import Database
from store.reports.document import Document, Figures, Table, Text
from store.reports.listing import listing
from tests import builders
from tests.papers.exports import all_of, demo


def made(database: Database, **more: Any) -> Document:
    ledger, rows = all_of(database)
    return listing(ledger, rows, **{"is_internal": False, **more})


def tables(document: Document) -> list[Table]:
    return [block for part in document.parts for block in part.blocks if isinstance(block, Table)]


def test_it_has_a_table_for_each_visit_the_newest_first(tmp_path: Path) -> None:
    document = made(demo(tmp_path))
    assert [part.heading for part in document.parts[1:]] == [
        "Quarterly coordination meeting",
        "Regional workshop on financial investigations",
        "Study visit to the INTERPOL General Secretariat",
    ]
    assert [len(table.entries) for table in tables(document)] == [8, 7, 5]
    assert [entry.cells[0] for entry in tables(document)[0].entries] == [str(number) for number in range(6, 14)]
    for table in tables(document):
        assert all(len(entry.cells) == len(table.columns) for entry in table.entries)


def test_counts_are_those_of_the_tally(tmp_path: Path) -> None:
    database = demo(tmp_path)
    ledger, rows = all_of(database)
    counts = ledger.tally(rows)
    figures = made(database).parts[0].blocks[0]
    assert isinstance(figures, Figures)
    assert {(count, word) for count, word, _ in figures.figures} >= {
        (str(counts["overdue"]), "overdue"),
        (str(counts["unconfirmed"]), "to be confirmed"),
        (str(counts["finished"]), "finished"),
    }


def test_changes_of_date_and_reasons_are_told_and_notes_only_inside(tmp_path: Path) -> None:
    database = demo(tmp_path)

    def remarks(number: int, **more: Any) -> str:
        entries = [entry for table in tables(made(database, **more)) for entry in table.entries]
        return "\n".join(next(entry for entry in entries if entry.cells[0] == str(number)).remarks)

    assert "2026-11-05 -> 2026-11-24, the institute moved to a new building" in remarks(7)
    assert "two regions sent their figures late" in remarks(12)
    assert remarks(7).startswith("1 day late\nKind: train\nOriginal due: 2026-11-05 · Extensions: 1")
    assert remarks(8).startswith("due today\n")
    assert remarks(20).startswith("due in 40 days\n")
    assert "Exact to: month" in remarks(14)
    assert "Days without news: 75" in remarks(6)
    assert "Days without news" not in remarks(7)
    assert "Seats wanted: 3 · Seats nominated: 2" in remarks(10)
    assert "somebody else" in remarks(11)
    assert "asked the regional office" not in remarks(6)
    assert "asked the regional office" in remarks(6, is_internal=True)


def test_a_wish_that_is_past_is_not_late(database: Database) -> None:
    builders.add(database, "A wish", due="2023-02-27")
    assert tables(made(database))[0].entries[-1].remarks[0] == "2 days past, not agreed"


def test_it_says_what_was_asked_for_and_marks_what_is_internal(database: Database) -> None:
    ledger, rows = all_of(database)
    some = [row for row in rows if row.commitment["id"] == 2]
    document = listing(ledger, some, is_internal=True, mark="for the unit", asked="overdue")
    assert document.about == ["Those that match: overdue"]
    assert document.marks == ["INTERNAL", "for the unit"]
    assert ("Commitments", "1") in document.facts
    assert ("Revision of the store", str(ledger.revision)) in document.facts
    assert ("Day", builders.TODAY) in document.facts
    assert made(database).marks == []


def test_a_visit_that_left_nothing_says_so_unless_something_was_asked_for(empty: Database) -> None:
    builders.add_lyon(empty)
    part = made(empty).parts[1]
    assert [block.text for block in part.blocks if isinstance(block, Text)][-1] == "No promise recorded."
    assert len(made(empty, asked="overdue").parts) == 1
