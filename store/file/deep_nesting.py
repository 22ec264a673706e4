"""Finds the record of a store whose JSON is nested more deeply than a parser reads."""

from __future__ import annotations

import re

from store.translation import phrase, tr

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]')
_FIRST_FIELDS = re.compile(r'\{"(id|seq)":(\d{1,18}),"(\w{1,20})"')
_WHAT = {
    "state": phrase("commitment {number}"),
    "slug": phrase("visit {number}"),
    "name": phrase("party {number}"),
    "change": phrase("event {number}"),
}
"""The second field of a line -> what it is about."""

DEEPEST = 100
"""Levels that no record has; the parser gives up at about a thousand."""


class DeepPlace:
    """Where a text is nested too deeply: its line and column, and the `keys` of the two outermost objects there."""

    __slots__ = ("at", "column", "keys", "line")

    def __init__(self, text: str, at: int, keys: tuple[str, str]) -> None:
        self.at = at
        self.line = text.count("\n", 0, at) + 1
        self.column = at - text.rfind("\n", 0, at)
        self.keys = keys


def deep_place(text: str) -> DeepPlace | None:
    """The first place in a text of JSON with more than DEEPEST levels; None without one."""
    depth, keys = 0, ["", ""]
    for token in _TOKENS.finditer(text):
        sign = token[0]
        if sign in "[{":
            depth += 1
            if depth > DEEPEST:
                return DeepPlace(text, token.start(), (keys[0], keys[1]))
        elif sign in "]}":
            depth -= 1
        elif 1 <= depth <= 2:
            keys[depth - 1] = sign[1:-1]
    return None


def deep_record(raw: bytes | bytearray) -> str:
    """What is nested too deeply in lines that this program could have written: `commitment 2`, else `a record`."""
    text = raw.decode("utf-8", "replace")
    place = deep_place(text)
    begins = list(_FIRST_FIELDS.finditer(text, 0, place.at)) if place else []
    if not begins:
        return tr("a record")
    return tr(_WHAT.get(begins[-1][3], phrase("record {number}")), number=begins[-1][2])
