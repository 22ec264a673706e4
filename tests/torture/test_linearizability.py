"""The search for an order: on histories made by hand, and against trying every order there is."""

from collections.abc import Iterable, Iterator
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from torture.concurrent_histories.linearizability import UNKNOWN, Operation, explained


def register(value: int, operation: Operation) -> Iterable[int]:
    """A box with a number in it: `w3` puts 3 into it, `r` says what is in it, `+` adds one and says what it was."""
    if operation.asked == "r":
        after, answer = value, value
    elif operation.asked == "+":
        after, answer = value + 1, value
    else:
        after, answer = int(operation.asked[1:]), 0
    if operation.answer is UNKNOWN:
        return {value, after}
    return (after,) if operation.answer == answer else ()


def history(*rows: tuple[float, float, str, int | None]) -> list[Operation]:
    """Called, returned, what was asked, what was answered; each by a person of its own."""
    return [Operation(f"p{at}", *row) for at, row in enumerate(rows)]


def is_explained(*rows: tuple[float, float, str, int | None]) -> bool:
    return explained(history(*rows), 0, register).is_whole


def test_nothing_is_explained() -> None:
    assert is_explained()


def test_one_after_the_other() -> None:
    assert is_explained((0, 1, "w1", 0), (2, 3, "r", 1), (4, 5, "w2", 0), (6, 7, "r", 2))
    assert not is_explained((0, 1, "w1", 0), (2, 3, "r", 0))
    assert not is_explained((0, 1, "w1", 0), (2, 3, "w2", 0), (4, 5, "r", 1))


def test_what_overlaps_may_be_in_either_order() -> None:
    assert is_explained((0, 9, "w1", 0), (1, 2, "r", 0))
    assert is_explained((0, 9, "w1", 0), (1, 2, "r", 1))
    assert is_explained((0, 9, "w1", 0), (1, 2, "r", 0), (3, 4, "r", 1))


def test_what_was_seen_once_is_there_for_all_who_look_later() -> None:
    assert not is_explained((0, 9, "w1", 0), (1, 2, "r", 1), (3, 4, "r", 0))


def test_two_readers_see_two_changes_in_one_order() -> None:
    both = ((0, 9, "w1", 0), (0, 9, "w2", 0))
    assert is_explained(*both, (1, 3, "r", 1), (4, 5, "r", 2), (2, 6, "r", 2))
    assert not is_explained(*both, (1, 2, "r", 1), (3, 4, "r", 2), (5, 6, "r", 1))


def test_an_update_that_is_lost_is_not_explained() -> None:
    assert is_explained((0, 5, "+", 0), (1, 6, "+", 1), (7, 8, "r", 2))
    assert not is_explained((0, 5, "+", 0), (1, 6, "+", 0), (7, 8, "r", 1))


def test_what_was_acknowledged_cannot_come_late() -> None:
    assert not is_explained((0, 1, "w1", 0), (2, 9, "r", 0))


def test_of_one_who_was_killed_it_was_done_or_not() -> None:
    assert is_explained((0, 2, "w1", UNKNOWN), (3, 4, "r", 1))
    assert is_explained((0, 2, "w1", UNKNOWN), (3, 4, "r", 0))
    # But it was not done after it was gone, nor both.
    assert not is_explained((0, 2, "w1", UNKNOWN), (3, 4, "r", 0), (5, 6, "r", 1))


def test_the_longest_order_tells_where_it_ends() -> None:
    rows = ((0, 1, "w1", 0), (2, 3, "r", 1), (4, 5, "r", 7), (6, 7, "w2", 0))
    found = explained(history(*rows), 0, register)
    assert not found.is_whole
    assert [operation.who for operation in found.order] == ["p0", "p1"]


def test_many_that_overlap_are_explained_quickly() -> None:
    """Without memory it would be 12! orders."""
    rows = [(0.0, 9.0, "w1", 0) for _ in range(12)]
    assert not is_explained(*rows, (10, 11, "r", 2))


def _orders(operations: list[Operation]) -> Iterator[tuple[Operation, ...]]:
    """Every order that respects the times."""
    for order in permutations(operations):
        if all(later.returned >= earlier.called for at, earlier in enumerate(order) for later in order[at + 1 :]):
            yield order


def _is_explained_by_trying_all(operations: list[Operation]) -> bool:
    for order in _orders(operations):
        states = {0}
        for operation in order:
            states = {after for state in states for after in register(state, operation)}
        if states:
            return True
    return False


ROWS = st.tuples(
    st.integers(0, 6),
    st.integers(0, 6),
    st.sampled_from(["w1", "w2", "r", "+"]),
    st.sampled_from([0, 0, 1, 2, UNKNOWN]),
).map(lambda row: (min(row[:2]), max(row[:2]), row[2], row[3]))


@given(st.lists(ROWS, max_size=5))
def test_it_finds_an_order_exactly_when_there_is_one(rows: list[tuple[int, int, str, int | None]]) -> None:
    operations = history(*rows)
    found = explained(operations, 0, register)
    assert found.is_whole == _is_explained_by_trying_all(operations)
    if found.is_whole:
        assert found.order in [list(order) for order in _orders(operations)]
