"""How numbers are given, and what is said of one that no record has."""

from store.rules.numbering import commitment_not_found, is_given, take_number
from tests.store.rules.records import event


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
    taken_out = {"created": ["2023-01-01T09:00:00Z", None]}
    removed = commitment_not_found(7, [event(1), event(2, who="boris", action="remove", fields=taken_out)], "after")
    assert removed.sentence == "commitment 7 was removed by boris on 2023-01-09"
    assert removed.field == "after"
    gone = commitment_not_found(7, [event(1), event(2, who="boris", action="note")])
    assert gone.sentence == "commitment 7 is not in the store any more"
