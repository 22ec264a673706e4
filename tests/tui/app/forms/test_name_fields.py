"""Names in a field: lists of them, and the one that is being typed."""

import pytest

from store.database import Database
from tests.support.store_builders import add
from tui.app.forms.name_fields import asker_hint, joined, last_part, party_hint, split


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []),
        ("INTERPOL", ["INTERPOL"]),
        ("INTERPOL, UNODC,", ["INTERPOL", "UNODC"]),
        ("Ministry, of Health; UNODC", ["Ministry, of Health", "UNODC"]),
        ("Unit A, Tashkent", ["Unit A, Tashkent"]),
        ("[TIP], [/]", ["[TIP]", "[/]"]),
    ],
)
def test_a_list_is_cut_at_commas_or_semicolons(database: Database, text: str, names: list[str]) -> None:
    add(database, by=["Unit A, Tashkent"])
    assert split(text, database.snapshot().parties) == names


@pytest.mark.parametrize("names", [["A", "B"], ["A, B", "C"], ["A, B"]])
def test_what_is_joined_is_split_again(database: Database, names: list[str]) -> None:
    add(database, by=names)
    assert split(joined(names), database.snapshot().parties) == names


@pytest.mark.parametrize(
    ("text", "parts"),
    [("", ("", "")), ("int", ("", "int")), ("A, int", ("A, ", "int")), ("A, B;int", ("A, B;", "int"))],
)
def test_the_last_name_is_the_one_that_is_typed(text: str, parts: tuple[str, str]) -> None:
    assert last_part(text) == parts


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("", ""),
        ("INTERPOL, unodc", "= INTERPOL, UNODC"),
        ("mia", "= MIA Uzbekistan"),
        ("New\x1b[2J House", "new party"),
        ("INTERPOL, New House", "new party: New House"),
        ("UNDOC", "new party, or UNODC?"),
        ("UNO", "new party, or UNODC?"),
        ("UNODC, INTEPROL", "did you mean INTERPOL?"),
        ("UNODC and INTERPOL", "2 parties? ; between them"),
        ("Ministry", "did you mean Ministry of Health or Ministry of Justice?"),
    ],
)
def test_what_a_name_means_is_told_beside_it(database: Database, text: str, hint: str) -> None:
    add(database, by=["Ministry of Health", "Ministry of Justice"])
    assert party_hint(database.snapshot())(text)[0] == hint


def test_who_asked_may_be_no_party(database: Database) -> None:
    hint = asker_hint(database.snapshot())
    told = [hint(text)[0] for text in ("", "the minister", "mia", "INTEPROL", "INT")]
    assert told == [
        *("", "no party: kept as typed", "= MIA Uzbekistan", "did you mean INTERPOL?"),
        "kept as typed, or INTERPOL?",
    ]
