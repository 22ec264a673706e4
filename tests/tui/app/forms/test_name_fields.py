"""Names in a field: lists of them, and the one that is being typed."""

import pytest

from store.database import Database
from tests.support.store_builders import add
from tui.app.forms.name_fields import joined, last_part, party_hint, split


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


def test_new_names_are_told(database: Database) -> None:
    hint = party_hint(database.snapshot())
    assert hint("INTERPOL, unodc") == ("", "plain")
    assert hint("INTERPOL, New\x1b[2J House") == ("new party: New\\x1b[2J House", "dim")
