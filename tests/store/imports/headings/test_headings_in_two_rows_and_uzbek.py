"""Headings that go on in a second row, of Uzbek offices, and of columns that an office made in Jira."""

import pytest

from store.database import Database
from tests.store.imports.conftest import Importing
from tests.support.store_builders import record


def test_headings_that_go_on_in_the_row_below(lyon: Database, take: Importing) -> None:
    rows = [
        ["№", "Наименование", "Срок", "Ответственный", "Кому"],
        ["п/п", "мероприятия", "исполнения (дата)", "исполнитель", ""],
        ["1", "Направить список", "15.12.2026", "UNODC", "INTERPOL"],
    ]
    result = take(rows)
    assert result.code == 0, result.err
    assert 'due from column C "Срок исполнения (дата)"' in result.err
    found = record(lyon, 1)
    assert (found["title"], found["due"], found["source_id"]) == ("Направить список", "2026-12-15", "1")


def test_a_row_below_the_headings_goes_on_with_none(lyon: Database, take: Importing) -> None:
    rows = [["Action", "By", "To", "Status"], ["Item", "UNODC", "INL", "update"]]
    assert "row 2" in take(rows).err


@pytest.mark.parametrize(
    "headings",
    [
        ["T/r", "Chora-tadbirlar", "Mas’ul ijrochi", "Kimga", "Muddati", "Holati"],
        ["Т/р", "Чора-тадбирлар", "Масъул ижрочи", "Кимга", "Муддати", "Ҳолати"],
    ],
)
def test_headings_of_uzbek_offices(lyon: Database, take: Importing, headings: list[str]) -> None:
    rows = [headings, ["1", "Ro‘yxatni yuborish", "UNODC", "INTERPOL", "15.12.2026", "bajarildi"]]
    assert '"bajarildi" is no state that is known' in take(rows).err
    assert take(rows, "--value", "state:bajarildi=agreed").code == 0
    found = record(lyon, 1)
    assert (found["title"], found["by"], found["due"]) == ("Ro‘yxatni yuborish", ["UNODC"], "2026-12-15")


def test_columns_that_an_office_made_in_jira(lyon: Database, take: Importing) -> None:
    rows = [["Summary", "Issue key", "Custom field (Responsible party)", "Custom field (Beneficiary)"]]
    assert take([*rows, ["Send", "A-1", "UNODC", "INTERPOL"]]).code == 0
    assert (record(lyon, 1)["by"], record(lyon, 1)["to"]) == (["UNODC"], ["INTERPOL"])
