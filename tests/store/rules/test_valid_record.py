"""An instant is what datetime takes for one, though it is mostly not asked."""

from datetime import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.errors import StoreDamaged
from store.rules import valid_record
from store.rules.valid_record import check_records

PARTY = {"id": 1, "name": "IOM", "updated": "2022-12-08T10:00:00Z", "revision": 1}


def is_instant(value: str) -> bool:
    """Whether a record may have it as its beginning."""
    try:
        check_records("parties", {1: {**PARTY, "created": value}})
    except StoreDamaged:
        return False
    return True


def is_datetime(value: str) -> bool:
    """Whether datetime takes it, written as the format asks."""
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return value.endswith("Z") and len(value) == 20


@pytest.mark.parametrize("value", ["2026-02-28T23:59:59Z", "2024-02-29T00:00:00Z", "2026-W01-1T10:00:00Z"])
def test_an_instant_of_the_calendar_is_taken(value: str) -> None:
    assert is_instant(value)


@settings(max_examples=300)
@given(value=st.from_regex(r"\A20[0-9]{2}-[01][0-9]-[0-3][0-9][T ][0-2][0-9]:[0-6][0-9]:[0-6][0-9][Zz]\Z"))
@example(value="2026-02-29T10:00:00Z")
@example(value="2026-01-01T24:00:00Z")
@example(value="2026-01-01T23:60:00Z")
@example(value="2026-01-01T23:59:60Z")
@example(value="2026-01-01T10-00-00Z")
@example(value="2026-01-01T1٢:00:00Z")
@example(value="2026-01-01T 1:00:00Z")
@example(value="20260101T10:00:00.0Z")
@example(value="2026-01-01T10:00:00")
@example(value="")
def test_only_what_datetime_takes_is_an_instant(value: str) -> None:
    assert is_instant(value) == is_datetime(value)


def test_what_is_remembered_is_bounded() -> None:
    """An app that is open for days meets ever new instants."""
    for second in range(2 * valid_record._MOST_KNOWN):
        hours, rest = divmod(second, 3600)
        assert is_instant(f"2026-02-{1 + hours // 24:02}T{hours % 24:02}:{rest // 60:02}:{rest % 60:02}Z")
    assert 0 < len(valid_record._known_valid) <= valid_record._MOST_KNOWN


COMMITMENT = {
    "id": 1, "state": "agreed", "visit": "lyon-2022", "due": "2023-03-31", "title": "Send the list", "kind": "other",
    "by": ["IOM"], "to": ["INL"], "owner": "asel", "agreed_on": "2022-12-08", "original_due": "2023-03-31",
    "seats": {"wanted": 4}, "created": "2022-12-08T10:00:00Z", "updated": "2022-12-08T10:00:00Z", "revision": 1,
}  # fmt: skip


@given(
    field=st.sampled_from([*COMMITMENT, "unknown"]),
    value=st.one_of(st.none(), st.booleans(), st.integers(-1, 2), st.floats(), st.text(max_size=12), st.just("\ud800"),
                    st.lists(st.one_of(st.text(max_size=3), st.integers())), st.just({"wanted": True})),
    place=st.integers(0, 3),
)  # fmt: skip
@example(field="revision", value=True, place=3)
@example(field="state", value="closed ", place=0)
def test_a_wrong_record_is_found_among_others(field: str, value: object, place: int) -> None:
    records: dict[int, dict[str, object]] = {number: {**COMMITMENT, "id": number} for number in range(1, 5)}
    alone = records[place + 1] | {field: value}
    records[place + 1] = alone
    try:
        valid_record._COMMITMENT(alone)
        is_good = alone["id"] == place + 1
    except valid_record._Invalid:
        is_good = False
    if is_good:
        check_records("commitments", records)
    else:
        with pytest.raises(StoreDamaged, match=f"in commitments, record {place + 1}: "):
            check_records("commitments", records)
