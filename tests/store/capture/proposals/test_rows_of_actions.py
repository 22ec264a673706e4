"""Rows of a table of actions: who, to whom, until when, as the cells say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from store.capture.proposals.propose_commitments import Proposal, propose
from store.capture.readers.source_text import SourceText
from store.rules.party_names import Directory

if TYPE_CHECKING:
    from store.model.record_types import Party


def _party(number: int, name: str) -> Party:
    return {"id": number, "name": name, "created": "", "updated": "", "revision": 1}


PARTIES = Directory({1: _party(1, "INTERPOL"), 2: _party(2, "UNODC"), 3: _party(3, "MIA")})


def _rows(*lines: str) -> list[Proposal]:
    text = "\n".join(f"| {line} |" for line in (lines[0], " | ".join("---" for _ in lines[0].split("|")), *lines[1:]))
    found = propose(SourceText("report.md", text), PARTIES, None, "2026-11-20")
    return [each for each in found if each.is_above_line]


@pytest.mark.parametrize(
    "heads",
    [
        "Commitment | By | To | Due",
        "Commitment | Promised by | Promised to | Due",
        "Action | From | To | Deadline",
        "Action | Responsible | For | Deadline",
        "Action | Responsible | Partner | Deadline",
        "Action | Responsible | Beneficiary | Deadline",
        "Содержание обязательства | Обязавшаяся сторона | Перед кем | Срок",
    ],
)
def test_heads_say_who_promised_whom(heads: str) -> None:
    (row,) = _rows(heads, "Translate the manual | UNODC | MIA | 1 March 2027")
    assert (row.by, row.to, row.due) == (("UNODC",), ("MIA",), "2027-03-01")


@pytest.mark.parametrize(
    ("cell", "to"),
    [
        ("MIA, INTERPOL", ("MIA", "INTERPOL")),
        ("Cabinet of Ministers", ("Cabinet of Ministers",)),
        ("Regional departments", ("Regional departments",)),
        ("information", ()),
        ("Vera Muster", ()),
        ("all parties", ()),
        ("-", ()),
    ],
)
def test_to_whom_a_cell_says(cell: str, to: tuple[str, ...]) -> None:
    (row,) = _rows("Action | Responsible | For", f"Translate the manual | UNODC | {cell}")
    assert row.to == to


@pytest.mark.parametrize("cell", ["no date set", "none", "n/a", "срок не установлен", "-"])
def test_a_cell_that_names_no_day_leaves_no_words(cell: str) -> None:
    (row,) = _rows("Action | Responsible | Deadline", f"Translate the manual | UNODC | {cell}")
    assert (row.due, row.due_words) == (None, None)


def test_a_row_without_a_number_goes_on_with_the_one_above() -> None:
    rows = _rows("No. | Commitment | By | Due", "1 | Translate the manual | UNODC | May 2027", " | kind: train | | ")
    assert [each.title for each in rows] == ["Translate the manual"]
    rows = _rows("Commitment | By | Due", "Translate the manual | UNODC | May 2027", "Print the manual | | ")
    assert [each.title for each in rows] == ["Translate the manual", "Print the manual"]


@pytest.mark.parametrize(
    ("cell", "by"),
    [
        ("UNODC Regional Office for Europe and Central Asia", ("UNODC",)),
        ("Regional Office for Europe and the Caucasus", ("Regional Office for Europe and the Caucasus",)),
        ("UNODC and the Bank for Central Asia", ("UNODC", "Bank for Central Asia")),
        ("UNODC and INTERPOL", ("UNODC", "INTERPOL")),
    ],
)
def test_a_part_of_the_world_is_no_party(cell: str, by: tuple[str, ...]) -> None:
    (row,) = _rows("Action | Responsible", f"Translate the manual | {cell}")
    assert row.by == by


@pytest.mark.parametrize(
    ("subject", "by"),
    [
        ("The UNODC Regional Office for Europe and Central Asia", ("UNODC",)),
        ("The Regional Office for Europe and the Caucasus", ("Regional Office for Europe and the Caucasus",)),
        ("UNODC and the Bank for Central Asia", ("UNODC", "Bank for Central Asia")),
    ],
)
def test_nor_is_it_one_in_a_sentence(subject: str, by: tuple[str, ...]) -> None:
    (one,) = propose(SourceText("r.txt", f"{subject} will send MIA the manual."), PARTIES, None, "2026-11-20")
    assert one.by == by


@pytest.mark.parametrize(
    ("act", "to"),
    [
        ("host two analysts of MIA in May", ("MIA",)),
        ("train officers from the MIA in May", ("MIA",)),
        ("host a meeting of MIA in May", ()),
        ("interview two analysts of MIA in May", ()),
    ],
)
def test_whose_people_are_received_it_is_promised_to(act: str, to: tuple[str, ...]) -> None:
    (one,) = propose(SourceText("r.txt", f"UNODC agreed to {act}."), PARTIES, None, "2026-11-20")
    assert one.to == to


@pytest.mark.parametrize(
    ("cell", "due"),
    [
        ("Week of 8 February 2027", "2027-02-14"),
        ("week beginning Monday, 8 February 2027", "2027-02-14"),
        ("Week of the visit", None),
        ("Week of 31 February 2027", None),
    ],
)
def test_a_week_is_told_by_its_first_day(cell: str, due: str | None) -> None:
    (row,) = _rows("Action | Responsible | Deadline", f"Translate the manual | UNODC | {cell}")
    assert row.due == due
    assert row.due_words == cell
