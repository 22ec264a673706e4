"""The names of stores on a server: what of them is shown, and by what private files know them."""

from __future__ import annotations

import pytest

from store.server_name import name_in_private_files, printable_name
from tui.app.pages.title_line import store_name


@pytest.mark.parametrize(
    ("name", "shown", "title"),
    [
        ("postgresql://asel@db.example.org/office", "postgresql://asel@db.example.org/office", "office"),
        ("postgresql://a,b:5433/office?sslmode=require", "postgresql://a,b:5433/office", "office"),
        ("postgresql:///office?host=/run/one&sslcert=/a/b", "postgresql:///office?host=/run/one", "office"),
        ("postgres://db/office?p%6frt=5433", "postgres://db/office?p%6frt=5433", "office"),
        ("postgresql:///?dbname=office&user=asel", "postgresql:///?dbname=office", "postgresql:///?dbname=office"),
        ("service=office user=asel", "service=office", "service=office"),
    ],
)
def test_a_name_is_shown_without_options_but_those_that_say_where_it_is(name: str, shown: str, title: str) -> None:
    assert printable_name(name) == shown
    assert store_name(name, user="asel", is_default=False) == title


def test_stores_on_two_servers_have_private_files_of_their_own() -> None:
    one, two = (f"postgresql:///office?host=/run/{server}" for server in ("one", "two"))
    assert name_in_private_files(one) != name_in_private_files(two)
    assert name_in_private_files(one) == name_in_private_files(f"{one}&application_name=x")
