"""What is sent to a server is plain SQL, so that engines beside PostgreSQL take it too; no server is needed here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from store.server import schema, statements

NOT_EVERYWHERE = re.compile(
    r"\b(listen|notify|pg_\w*advisory\w*|do|trigger|function|procedure|temporary|temp|cursor|savepoint|copy|\w*serial"
    r"|sequence|nextval|ctid|merge)\b"
)
"""Words of what CockroachDB or YugabyteDB lack, or do otherwise."""


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts_of(tuple(value.values()))
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_of(item)


def statements_of(module: ModuleType) -> list[str]:
    values = [value for name, value in vars(module).items() if name.isupper()]
    return [text for text in texts_of(tuple(values)) if " " in text]


@pytest.mark.parametrize("module", [statements, schema], ids=lambda module: module.__name__)
def test_no_statement_needs_what_other_engines_lack(module: ModuleType) -> None:
    found = statements_of(module)
    assert len(found) > 10
    for statement in found:
        without_conflict = statement.lower().replace("do update", "").replace("do nothing", "")
        assert not NOT_EVERYWHERE.search(without_conflict), statement


@pytest.mark.parametrize("module", [statements, schema], ids=lambda module: module.__name__)
def test_every_table_is_named_with_its_schema(module: ModuleType) -> None:
    tables = "meta|changes|visits|parties|commitments|events"
    for statement in statements_of(module):
        named = re.findall(
            rf"(?:from|into|update|table|join) ((?:followup\.)?(?:{tables}))\b", statement, re.IGNORECASE
        )
        assert all(name.startswith("followup.") for name in named), statement
