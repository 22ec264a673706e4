"""Stores with a value that another program put in the place of another, and what of it acts in an output."""

import json
from collections.abc import Iterator
from typing import Any

from tests.support.hostile_texts import strange
from tests.support.store_bytes import in_our_lines, with_the_right_sum

_TAG = "<b id=pwn>"
CONTROL = f"\x1b]0;PWN\x07\x1b[31m{_TAG}"

READING_COMMANDS = (
    *("show 2", "show 2 --json", "history", "history 2", "history --json", "undo --list", "doctor", "check"),
    *("list --all", "list --all --tsv", "list --all --ids", "list --all --json", "status", "visits", "parties"),
    *("export --internal", "export --raw", "export --format ics", "digest"),
)
"""Outputs for a terminal and for programs."""


def spoiled_stores(tables: dict[str, Any], *names: str) -> Iterator[tuple[str, bytes]]:
    """Stores in which one value of a record of these tables, or of any, is not what it was; and which value."""
    for table in names or ("commitments", "events", "visits", "parties"):
        records = tables[table]
        chosen = {max(records, key=lambda each: len(json.dumps(records[each]))), max(records, key=int)}
        for number, path in ((each, path) for each in sorted(chosen) for path in _paths(records[each])):
            copy: Any = json.loads(json.dumps(tables))
            place = copy[table][number]
            for key in path[:-1]:
                place = place[key]
            place[path[-1]] = CONTROL
            yield f"{table} {number} {path}", with_the_right_sum(in_our_lines(copy))


def escapes_in(out: str, line: str = "") -> str:
    """What acts in the output of a line: a character that no text has, or a tag in a paper with markup."""
    found = strange(out.replace("\r\n", "\n"), "\n\t")
    return found or (_TAG if _TAG in out and ("html" in line or " md" in line) else "")


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of the values in a record that are no objects or lists, and of the lists."""
    if isinstance(value, dict | list):
        if path and isinstance(value, list):
            yield path
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _paths(each, (*path, key))
    else:
        yield path
