"""What an event did, in words: whatever another program wrote into its fields."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from store.model.record_types import Event
from store.model.vocabulary_and_signs import ACTIONS
from store.rules.field_labels import FIELDS
from store.sanitise_text import visible
from tui.render.event_words import details, headline

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12) | st.sampled_from(["agreed", "2023-01-31"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(sorted(FIELDS)), inner, max_size=2),
    max_leaves=4,
)


@given(
    st.sampled_from(sorted(ACTIONS)),
    st.dictionaries(st.sampled_from(sorted(FIELDS)), st.lists(_VALUES, min_size=2, max_size=2), max_size=3),
)
def test_whatever_stands_in_the_fields_of_an_event_is_one_line_of_text(action: str, fields: dict[str, Any]) -> None:
    written = {"seq": 1, "change": 1, "at": "", "day": "", "who": "", "id": 1, "action": action, "fields": fields}
    event = cast("Event", written)
    lines = [headline(event), *(text for _, text in details(event))]
    assert [visible(line) for line in lines] == lines
