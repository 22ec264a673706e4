"""How numbers are given, and what a calendar knows a commitment by."""

from datetime import datetime
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.database import Database
from store.model.record_types import Commitment
from store.rules.numbering import commitment_not_found, is_given, number_of, take_number, uid_of
from tests.store.rules.records import event


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


def test_numbers_count_up_by_table_and_are_given_once() -> None:
    following = {"commitments": 3, "visits": 1}
    assert not is_given(following, "commitments", 3)
    assert [take_number(following, "commitments") for _ in range(3)] == [3, 4, 5]
    assert take_number(following, "visits") == 1
    assert following == {"commitments": 6, "visits": 2}
    assert is_given(following, "commitments", 5)
    assert not is_given(following, "commitments", 6)


def test_a_number_that_was_removed_says_by_whom() -> None:
    assert commitment_not_found(7, []).sentence == "there is no commitment 7"
    removed = commitment_not_found(7, [event(1), event(2, who="boris", action="remove")], "after")
    assert removed.sentence == "commitment 7 was removed by boris on 2023-01-09"
    assert removed.field == "after"
