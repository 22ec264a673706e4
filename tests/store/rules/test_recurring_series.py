"""The dates of a series: what holds for all of them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from store.rules.due_dates_and_extensions import DueDate
from store.rules.recurring_series import series


@given(
    first=st.dates(date(2023, 1, 1), date(2030, 12, 31)),
    every=st.sampled_from(["month", "quarter", "year"]),
    precision=st.sampled_from(["day", "week", "month", None]),
)
def test_a_series_rises_to_its_last_day(first: date, every: str, precision: str | None) -> None:
    agreed = DueDate(first.isoformat(), precision, "at the meeting")
    dates = series(agreed, every, "2033-12-31", is_long_meant=True)
    days = [due.day for due in dates if due.day is not None]
    assert days == sorted(set(days))
    assert days[0] == first.isoformat()
    assert days[-1] <= "2033-12-31"
    assert [due.words for due in dates] == ["at the meeting", *[None] * (len(dates) - 1)]
    assert {due.precision for due in dates} == {precision}
