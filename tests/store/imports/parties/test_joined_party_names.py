"""A second party in brackets behind the first is asked about, with an answer that keeps both."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record


@pytest.mark.parametrize(
    ("cell", "second"),
    [
        ("UNODC (jointly with INL)", "INL"),
        ("UNODC (in partnership with Museum of Ports)", "Museum of Ports"),
        ("UNODC [co-lead: Museum of Ports]", "Museum of Ports"),
        ("UNODC (при содействии Музей портов)", "Музей портов"),
        ("UNODC (вместе с INL)", "INL"),
        ("UNODC (en collaboration avec INL)", "INL"),
        ("UNODC (junto con INL)", "INL"),
    ],
)
def test_a_second_party_in_brackets_is_asked_about(lyon: Database, take: Importing, cell: str, second: str) -> None:
    rows = [["Action", "By", "To"], ["Sort the boxes", cell, "INTERPOL"]]
    with unchanged(lyon.path):
        refused = take(rows)
    assert f'"{cell}" may be 2 parties' in refused.err
    assert f'--value "by:{cell}=UNODC; {second}"' in refused.err
    result = take(rows, "--value", f"by:{cell}=UNODC; {second}")
    assert result.code == 0, result.err
    assert set(record(lyon, 1)["by"]) == {"UNODC", second}


def test_a_known_party_in_brackets_behind_another_is_asked_about(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To"], ["Sort the boxes", "UNODC", "INL"], ["Count them", "UNODC (INL)", "INL"]]
    with unchanged(lyon.path):
        assert '--value "by:UNODC (INL)=UNODC; INL"' in take(rows).err


@pytest.mark.parametrize("cell", ["Museum (Withington)", "Museum of Ports (MoP)", "Museum (andean section)"])
def test_what_stands_in_brackets_otherwise_is_no_second_party(lyon: Database, take: Importing, cell: str) -> None:
    rows = [["Action", "By", "To"], ["Sort the boxes", cell, "INTERPOL"]]
    assert "may be 2 parties" not in take(rows).err


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (["Nom de tâche", "Responsable", "Destinataire", "Échéance"], "2027-03-31"),
        (["Тема", "Названия ресурсов", "Кому", "Окончание"], "31.03.2027"),
    ],
)
def test_headings_of_programs_in_french_and_russian(lyon: Database, take: Importing, head: list[str], day: str) -> None:
    assert take([head, ["Sort the boxes", "UNODC", "INL", day]]).code == 0
    commitment = record(lyon, 1)
    assert (commitment["title"], commitment["by"], commitment["due"]) == ("Sort the boxes", ["UNODC"], "2027-03-31")
