"""What a calendar knows a commitment by."""

from datetime import datetime
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.model.record_types import Commitment
from store.rules.calendar_uids import number_of, uid_of


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


@given(st.text(), st.sampled_from(["@followup", "-1@followup", ".org"]))
def test_the_number_of_any_text_is_the_one_that_stands_at_its_beginning(text: str, end: str) -> None:
    number = number_of(f"{text}{end}")
    assert number is None or int(text.partition("-")[0]) == number


@given(st.integers(1, 10**15 - 1), st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)))
def test_a_uid_of_any_number_and_time_leads_back_to_the_number(number: int, created: datetime) -> None:
    made = cast(Commitment, {"id": number, "created": f"{created.isoformat(timespec='seconds')}Z"})
    assert number_of(uid_of(made)) == number
