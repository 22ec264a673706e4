"""The names of parties: renaming one, and several in one text; the rules alone, without a store."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.rules.party_names import Directory, fields_with_party_renamed, is_list_of_parties, may_be_several
from store.rules.valid_store import parties_named
from tests.store.rules.records import INTERPOL, MIA, UNODC, commitment, voice

PARTIES = Directory({number: {"id": number, "name": name} for number, name in enumerate((MIA, INTERPOL, UNODC), 1)})  # type: ignore[typeddict-item]
NAMES = st.lists(st.sampled_from((MIA, INTERPOL, UNODC)), min_size=1, max_size=3)
OPTIONAL_VOICES = st.none() | NAMES.map(lambda names: voice(*names))


@given(by=NAMES, to=NAMES, support=NAMES, reported=OPTIONAL_VOICES, returned=OPTIONAL_VOICES)
def test_a_renamed_party_keeps_its_places_and_the_old_name_none(
    by: list[str], to: list[str], support: list[str], reported: Any, returned: Any
) -> None:
    before = commitment(by=by, to=to, support=support, via=MIA, reported=reported, returned=returned)
    after: Any = {**before, **fields_with_party_renamed(before, MIA, "MIA")}
    expected = {"MIA" if name == MIA else name for name in parties_named(before)}
    assert set(parties_named(after)) == expected
    assert fields_with_party_renamed(after, MIA, "MIA") == {}


def test_who_agreed_or_asked_follows_the_new_name() -> None:
    change = {"on": "2023-03-01", "reason": "x", "extension": True, "correction": False, "asked_by": MIA}
    before = commitment(closed={"because": "dropped", "on": "2023-03-01", "agreed_by": MIA}, due_changes=[change])
    changes = fields_with_party_renamed(before, MIA, "MIA")
    assert changes == {
        "closed": {"because": "dropped", "on": "2023-03-01", "agreed_by": "MIA"},
        "due_changes": [{**change, "asked_by": "MIA"}],
        "by": ["MIA"],
    }


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        ("INTERPOL, UNODC", True),
        ("interpol;unodc;", True),
        ("INTERPOL", False),
        ("INTERPOL, ", False),
        ("INTERPOL, Someone", False),
        ("", False),
    ],
)
def test_several_known_parties_in_one_text_are_a_list(text: str, is_list: bool) -> None:
    assert is_list_of_parties(PARTIES, text) == is_list


@pytest.mark.parametrize(
    ("text", "alone", "are_several"),
    [
        ("INTERPOL and Someone", (), True),
        ("Someone and Nobody", (), False),
        ("Someone and Nobody", ("Someone", "Nobody"), True),
        ("UNODC/ROCA", (), False),
        ("UNODC/INTERPOL", (), True),
        ("INTERPOL", (), False),
    ],
)
def test_a_cell_may_name_several_parties(text: str, alone: tuple[str, ...], are_several: bool) -> None:
    assert may_be_several(text, PARTIES.find, lambda part: part in alone) == are_several
