"""What was left is kept for 90 days, and the newest 20 of each kind. Source: docs/rules.md, What is cleared up."""

from hypothesis import given
from hypothesis import strategies as st

from store.rules.dates.month_arithmetic import add_to_day
from store.rules.retention import KEPT_DAYS, KEPT_FILES, outdated

TODAY = "2023-03-01"


def left(*days_ago: int) -> dict[str, str]:
    return {f"{ago}-{place}": f"{add_to_day(TODAY, days=-ago)}T09:00:00Z" for place, ago in enumerate(days_ago)}


def test_what_is_older_goes_and_the_rest_stays() -> None:
    assert outdated(left(0, 1, KEPT_DAYS), TODAY) == []
    assert outdated(left(0, KEPT_DAYS + 1, 400), TODAY) == ["400-2", f"{KEPT_DAYS + 1}-1"]


def test_the_newest_stay_when_there_are_too_many() -> None:
    assert outdated(left(*range(KEPT_FILES + 2)), TODAY) == [f"{KEPT_FILES + 1}-{KEPT_FILES + 1}", "20-20"]


@given(st.lists(st.integers(0, 400), max_size=60))
def test_as_many_stay_as_may_and_no_newer_one_goes_before_an_older(days_ago: list[int]) -> None:
    files = left(*days_ago)
    gone = outdated(files, TODAY)
    stay = files.keys() - gone
    assert len(stay) == min(KEPT_FILES, sum(ago <= KEPT_DAYS for ago in days_ago))
    assert all(files[old] <= files[new] for old in gone for new in stay)
