"""docs/file-format.md names every field of every record, in bold those that are always there."""

import re
from typing import Any, get_type_hints

import pytest

from store.model import record_types
from store.model.format_version import VERSION
from store.model.vocabulary_and_signs import ACTIONS
from tests.docs.pages import rows, section, words

PAGE = "docs/file-format.md"
SHAPES = [
    ("_meta", record_types.Meta),
    ("Visit", record_types.Visit),
    ("Party", record_types.Party),
    ("Commitment", record_types.Commitment),
    ("Event", record_types.Event),
]
WITHIN = [
    ("`due_changes`", record_types.DueChange),
    ("`reported`", record_types.Voice),
    ("`returned`", record_types.Returned),
    ("`closed`", record_types.Closed),
    ("`seats`", record_types.Seats),
    ("`settings`", record_types.Settings),
    ("`accounts`", record_types.Accounts),
]


@pytest.mark.parametrize(("heading", "shape"), SHAPES, ids=[heading for heading, _ in SHAPES])
def test_every_field_of_a_record_is_named(heading: str, shape: Any) -> None:
    names = [cells[0] for cells in rows(section(PAGE, heading))]
    assert {word for name in names for word in words(name)} == set(get_type_hints(shape))
    in_bold = {word for name in names for word in re.findall(r"\*\*`([^`]+)`\*\*", name)}
    assert in_bold == shape.__required_keys__


@pytest.mark.parametrize(("field", "shape"), WITHIN, ids=[field for field, _ in WITHIN])
def test_every_field_within_a_field_is_named(field: str, shape: Any) -> None:
    tables = [row for heading, _ in SHAPES for row in rows(section(PAGE, heading))]
    documented = next(holds for names, holds in tables if field in names)
    assert set(words(documented)) == set(get_type_hints(shape))


def test_every_kind_of_event_and_the_version_of_the_format_are_named() -> None:
    documented = words(section(PAGE, "The kinds of events"))
    assert documented[0] == "action"
    assert documented[1:] == list(ACTIONS)
    assert f"(`schema`) is {VERSION}." in section(PAGE, "Versions")
