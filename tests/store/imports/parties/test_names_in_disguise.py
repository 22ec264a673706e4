"""A name with numbers, roles, invisible characters or another name around it is that party, or is asked about."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.database import Database
from store.imports.parties.party_names_in_cell import names
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.real_institutions import ASKED_ABOUT, REAL_INSTITUTIONS
from tests.support.store_builders import record

HEADINGS = ["Action", "By", "To"]
KNOWN = [["Hold it", "UNODC", "МВД"], ["Host it", "INTERPOL", "Генпрокуратура"], ["Pay it", "МВД", "UNODC"]]
ALL_KNOWN = ("UNODC", "INTERPOL", "МВД", "Генпрокуратура")


@pytest.fixture
def known(lyon: Database, take: Importing) -> Database:
    assert take([HEADINGS, *KNOWN]).code == 0
    return lyon


UNSEEN = "\u200b\ufeff\u00ad\u200e\u200f\u2060\u202c\u202e\u2066\u061c\u180e\u200c\u200d\u3164\u034f"
NUMBERING = [
    *("1.2. ", "1.1) ", "\u2116 1 ", "[x] ", "1.2 ", "(a) ", "a) ", "(1) ", "iv. ", "i) ", "II) ", "[ ] ", "\u2610 "),
    *("- ", "\u2022 ", "1.", "No. 3 ", "[2] ", "1) 2) ", "\u2713 ", "б) ", "\u25b6 ", "- [x] ", "1.2.3.\t"),
]


@settings(suppress_health_check=[HealthCheck.differing_executors])
@given(st.sampled_from(ALL_KNOWN), st.sampled_from(["", *NUMBERING]), st.lists(st.sampled_from(UNSEEN)), st.data())
def test_a_name_among_numbers_and_invisible_characters_is_that_name(
    name: str, number: str, unseen: list[str], data: st.DataObject
) -> None:
    cell = f"{number}{name}"
    for character in unseen:
        at = data.draw(st.integers(0, len(cell)))
        cell = cell[:at] + character + cell[at:]
    assert names(cell) == [name]


@pytest.mark.parametrize("number", NUMBERING)
def test_the_number_of_a_list_is_no_part_of_a_name(known: Database, take: Importing, number: str) -> None:
    assert take([HEADINGS, ["Send it", f"{number}UNODC", "INTERPOL"]]).code == 0
    assert record(known, 4)["by"] == ["UNODC"]


@pytest.mark.parametrize("unseen", UNSEEN)
def test_what_nobody_sees_is_in_no_name_and_no_title(known: Database, take: Importing, unseen: str) -> None:
    rows = [HEADINGS, [f"Send the ques{unseen}tionnaire", f"UNODC{unseen}", f"{unseen}INTER{unseen}POL"]]
    assert take(rows).code == 0
    found = record(known, 4)
    assert (found["title"], found["by"], found["to"]) == ("Send the questionnaire", ["UNODC"], ["INTERPOL"])
    assert len(known.snapshot().parties.all()) == len(ALL_KNOWN)


@pytest.mark.parametrize(
    "cell",
    [
        *("UNODC avec INTERPOL", "UNODC con INTERPOL", "UNODC en colaboración con INTERPOL", "UNODC с INTERPOL"),
        *("UNODC and/or INTERPOL", "UNODC и/или INTERPOL", "UNODC by agreement with INTERPOL", "UNODC x INTERPOL"),
        *("UNODC по согласованию с INTERPOL", "UNODC helped by INTERPOL", "UNODC backed by INTERPOL"),
        *("UNODC led by INTERPOL", "UNODC under INTERPOL", "UNODC vs INTERPOL", "UNODC alongside INTERPOL"),
        *("UNODC then INTERPOL", "UNODC -> INTERPOL", "UNODC => INTERPOL", "UNODC > INTERPOL", "UNODC•INTERPOL"),
        *("UNODC · INTERPOL", "UNODC → INTERPOL", "UNODC ↔ INTERPOL", "UNODC to INTERPOL", "UNODC cc INTERPOL"),
        *("UNODC INTERPOL", "UNODC ~ INTERPOL", "UNODC, later INTERPOL", "UNODC (later on INTERPOL as well)"),
        *("jointly UNODC and INTERPOL", "both UNODC and INTERPOL", "jointly by UNODC and INTERPOL"),
        *("UNODC with support from INTERPOL", "UNODC and INTERPOL each", "UNODC and INTERPOL jointly"),
        *("UNODC und INTERPOL", "UNODC et INTERPOL", "UNODC office hosting INTERPOL"),
    ],
)
def test_two_known_names_are_asked_about_whatever_stands_between(known: Database, take: Importing, cell: str) -> None:
    rows = [HEADINGS, ["Send it", cell, "МВД"]]
    with unchanged(known.path):
        refused = take(rows)
    assert f'"{cell}"' in refused.err
    answer = f"by:{cell}=UNODC; INTERPOL"
    assert answer in refused.err
    assert f"by:{cell}=none" in refused.err
    assert take(rows, "--value", answer).code == 0
    assert record(known, 4)["by"] == ["UNODC", "INTERPOL"]


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("UNODC assisted by OSCE", "UNODC; OSCE"),
        ("UNODC ROCA and HQ", "UNODC ROCA; HQ"),
        ("UNODC avec OSCE", "UNODC; OSCE"),
        ("OSCE supported by UNODC", "OSCE; UNODC"),
        ("UNODC совместно с Генпрокуратурой", "UNODC; Генпрокуратура"),
        ("UNODC совместно с Министерством юстиции", "UNODC; Министерство юстиции"),
        ("UNODC при участии Национальной академии", "UNODC; Национальная академия"),
        ("МВД → ГТК", "МВД; ГТК"),
        ("OSCE → IOM", "OSCE; IOM"),
    ],
)
def test_a_known_name_and_another_are_asked_about_and_both_are_clean(
    known: Database, take: Importing, cell: str, parts: str
) -> None:
    with unchanged(known.path):
        assert f'"by:{cell}={parts}"' in take([HEADINGS, ["Send it", cell, "INTERPOL"]]).err


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        *((cell, "UNODC") for cell in (
            "UNODC – lead", "UNODC - support", "Lead UNODC", "UNODC lead", "lead - UNODC", "UNODC, support",
            "both UNODC", "UNODC jointly", "support from INTERPOL", "UNODC 1", "cc UNODC", "UNODC each")),
        ("МВД - свод", "МВД"),
        ("Lead OSCE", "OSCE"),
        ("Museum of Ports – support", "Museum of Ports"),
        ("Генпрокуратурой", "Генпрокуратура"),
    ],
)  # fmt: skip
def test_a_role_or_another_case_is_no_part_of_a_name(known: Database, take: Importing, cell: str, meant: str) -> None:
    meant = "INTERPOL" if "INTERPOL" in cell else meant
    with unchanged(known.path):
        refused = take([HEADINGS, ["Send it", cell, "INTERPOL" if meant != "INTERPOL" else "UNODC"]])
    assert f'"{cell}"; did you mean "{meant}"?' in refused.err
    assert f"by:{cell}=none" in refused.err


def test_who_helps_is_an_answer_where_the_cell_says_so(known: Database, take: Importing) -> None:
    cell = "UNODC with support from INTERPOL"
    rows = [HEADINGS, ["Send it", cell, "МВД"]]
    answer = f"by:{cell}=UNODC (lead), INTERPOL (support)"
    assert answer in take(rows).err
    assert take(rows, "--value", answer).code == 0
    assert (record(known, 4)["by"], record(known, 4)["support"]) == (["UNODC"], ["INTERPOL"])


@pytest.mark.parametrize(
    "cell",
    [
        *("N.A.", "no one", "Each", "оба", "не назначен", "уточнить", "будет определено", "por definir", "à définir"),
        *("personne", "nadie", "никто", "to be assigned", "both of them", "chacun"),
    ],
)
def test_a_word_for_nobody_is_no_party(known: Database, take: Importing, cell: str) -> None:
    with unchanged(known.path):
        refused = take([HEADINGS, ["Send it", cell, "INTERPOL"]])
    assert f'"{cell}" is nobody' in refused.err
    assert "by (who promised it) is missing" in refused.err


@pytest.mark.parametrize(
    "cell",
    [
        *("NCBs", "law enforcement agencies", "Consultants", "the donor", "ministries concerned", "organisers"),
        *("relevant ministries", "les ministères concernés", "заинтересованные министерства", "autorités nationales"),
        *("соответствующие органы", "ответственный", "организаторы", "руководство", "autoridades competentes"),
        *("министерства и ведомства", "ministries and agencies", "instituciones pertinentes", "except UNODC"),
        *("правоохранительные органы", "органы власти", "кроме UNODC", "national authorities"),
    ],
)
def test_any_institution_of_its_kind_is_asked_about(known: Database, take: Importing, cell: str) -> None:
    with unchanged(known.path):
        refused = take([HEADINGS, ["Send it", cell, "INTERPOL"]])
    assert f"by:{cell}=PARTY" in refused.err
    assert f"by:{cell}=none" in refused.err


def test_pages_behind_names_as_notion_writes_them_are_no_part_of_them(known: Database, take: Importing) -> None:
    cell = "UNODC (https://www.notion.so/UNODC-1a2b), INTERPOL (https://www.notion.so/INTERPOL-3c4d)"
    assert take([HEADINGS, ["Send it", cell, "МВД"]]).code == 0
    assert record(known, 4)["by"] == ["UNODC", "INTERPOL"]


def test_names_of_institutions_come_in_unasked(lyon: Database, take: Importing) -> None:
    rows = [HEADINGS, *([f"Task {number}", name, "INL"] for number, name in enumerate(REAL_INSTITUTIONS, 1))]
    refused = take(rows, "--dry-run").err.splitlines()
    asked = {name for name in REAL_INSTITUTIONS if any(f': "{name}" ' in line for line in refused if "row " in line)}
    assert len(REAL_INSTITUTIONS) > 150
    assert asked == ASKED_ABOUT
