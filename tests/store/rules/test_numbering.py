"""What a calendar knows a commitment by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.rules.numbering import number_of, uid_of


def test_a_uid_holds_the_number_and_when_it_was_entered(database: Database) -> None:
    for row in database.snapshot().rows:
        uid = uid_of(row.commitment)
        assert number_of(uid) == row.commitment["id"]
        assert uid.isascii()


@pytest.mark.parametrize(
    "text", ["", "@followup", "12@followup", "-20230301T090002Z@followup", "12-@followup", "a-1@followup",
             "12-1@followup.org", "12-1@followup@followup", "١٢-1@followup", "9" * 5_000 + "-1@followup"],
)  # fmt: skip
def test_another_text_is_none_of_ours(text: str) -> None:
    assert number_of(text) is None


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    number_of(text)
    number_of(f"{text}@followup")
