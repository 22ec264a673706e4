"""The list of commitments as a paper: what it says, not how it is painted."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from store.database import Database
from store.query.parse_query import parse_words
from store.reports.document import Document, Table, TextBlock
from store.reports.list_report import list_report
from store.reports.meeting_sheet import meeting_sheet
from tests.support import store_builders
from tests.support.document_parts import RECORDERS, figures, part, whole
from tests.support.export_samples import all_of, demo


def made(database: Database, words: Sequence[str] = (), **more: Any) -> Document:
    snapshot, rows = all_of(database)
    query = parse_words(words, today=snapshot.today, me=[]) if words else None
    chosen = [row for row in rows if query is None or query.matches(row, snapshot)]
    return list_report(snapshot, chosen, query=query, **more)


def tables(document: Document) -> list[Table]:
    return [block for part in document.parts for block in part.blocks if isinstance(block, Table)]


def test_it_has_a_table_for_each_visit_the_newest_first(tmp_path: Path) -> None:
    document = made(demo(tmp_path))
    assert [part.heading for part in document.parts[1:]] == [
        "Quarterly coordination meeting, Tashkent, 10-11 Sep 2026",
        "Regional workshop on financial investigations, Vienna, 24-27 Jul 2026",
        "Study visit to the INTERPOL General Secretariat, Lyon, 6-8 Dec 2022",
    ]
    assert [len(table.entries) for table in tables(document)] == [8, 7, 5]
    assert [entry.cells[0] for entry in tables(document)[0].entries] == [f"#{number}" for number in range(6, 14)]


def test_counts_are_those_of_sheet_and_report(tmp_path: Path) -> None:
    database = demo(tmp_path)
    assert figures(made(database).parts[0]) == figures(part(meeting_sheet(database.snapshot()), "In all"))


def remarks(document: Document, number: int) -> str:
    entries = [entry for table in tables(document) for entry in table.entries]
    return "\n".join(next(entry for entry in entries if entry.cells[0] == f"#{number}").remarks)


def test_all_else_known_of_a_commitment_is_told_and_notes_only_inside(tmp_path: Path) -> None:
    database = demo(tmp_path)
    document, internal = made(database), made(database, is_internal=True)
    assert "from 5 Nov 2026 to 24 Nov 2026: the institute moved to a new building" in remarks(document, 7)
    assert "two regions sent their figures late" in remarks(document, 12)
    assert remarks(document, 12).startswith("kind: share data; agreed on 11 Sep 2026\n")
    assert remarks(document, 7).startswith("kind: train; original date: 5 Nov 2026; agreed on 11 Sep 2026\n")
    assert {entry.cells[0]: entry.cells[4] for table in tables(document) for entry in table.entries}[
        "#14"
    ] == "February 2027"
    assert f"no news for {database.snapshot().row(6).silent_days} days" in remarks(document, 6)
    assert "silent" not in remarks(document, 7)
    assert "seats: 3 wanted, 2 nominated" in remarks(document, 10)
    assert "reported by MIA UZ, done 11 Nov 2026" in remarks(document, 11)
    assert RECORDERS in document.about
    assert "third party" not in whole(internal)
    for text in ("asked the regional office", "chased 1 time, last on 31 Oct 2026; to be chased on 23 Nov 2026"):
        assert text not in remarks(document, 6)
        assert text in remarks(internal, 6)


def test_it_is_told_in_russian_as_the_other_papers_are(tmp_path: Path) -> None:
    document = made(demo(tmp_path), language="ru")
    assert (document.title, document.language) == ("Обязательства", "ru")
    assert tables(document)[0].entries[0].cells[2:] == [
        "УНП ООН",
        "Интерпол",
        "16.11.2026, просрочено на 9 дней",
        "согласовано, просрочено",
    ]


def test_a_wish_that_is_past_is_not_late(database: Database) -> None:
    store_builders.add(database, "A wish", due="2023-02-27")
    assert tables(made(database))[0].entries[-1].cells[4] == "proposed for 27 Feb 2023, not agreed"


def test_the_day_of_closing_is_not_taken_for_a_due_date(tmp_path: Path) -> None:
    cells = {entry.cells[0]: entry.cells[4:] for table in tables(made(demo(tmp_path))) for entry in table.entries}
    assert list(cells["#17"]) == ["6 Oct 2026", "not met: declined, 23 Oct 2026"]
    assert list(cells["#13"]) == ["16 Oct 2026", "kept in time; done 15 Oct 2026"]


def test_it_says_how_many_were_asked_for_and_what_for_only_inside(database: Database) -> None:
    outside, inside = made(database, ["overdue"]), made(database, ["overdue"], is_internal=True, marks=["for the unit"])
    assert ("A selection", "1 of 4 commitments of the list") in outside.facts
    assert outside.about == []
    assert inside.about == ["Those that match: overdue"]
    assert inside.marks == ["INTERNAL", "for the unit"]
    assert made(database).marks == []
    assert [label for label, _ in made(database).facts] == ["As recorded"]


def test_a_visit_that_left_nothing_says_so_unless_something_was_asked_for(empty: Database) -> None:
    store_builders.add_lyon(empty)
    part_of = made(empty).parts[1]
    assert [block.text for block in part_of.blocks if isinstance(block, TextBlock)][-1] == "no promise recorded"
    assert len(made(empty, ["overdue"]).parts) == 1


def test_what_may_not_be_handed_over_of_a_visit_is_told_only_inside(tmp_path: Path) -> None:
    database = demo(tmp_path)
    outside, inside = (whole(made(database, is_internal=is_internal)) for is_internal in (False, True))
    assert "hosts: MIA UZ; programme: UNODC Global Programme against Trafficking in Persons; donor: INL" in outside
    assert "hosts: MIA UZ; delegation: INTERPOL HTSM unit, UNODC regional office; programme: " in inside
    assert "delegation" not in outside
    assert "programme: " in outside


def test_it_names_the_office_that_hands_it_over_and_whom_to_ask(database: Database) -> None:
    assert not {"Issued by", "Contact"} & dict(made(database).facts).keys()
    store_builders.do(database, "change_settings", office="UNODC, Tashkent", contact="Programme desk")
    facts = dict(made(database).facts)
    assert (facts["Issued by"], facts["Contact"]) == ("UNODC, Tashkent", "Programme desk")
