"""Limits the length of texts: what one person pastes, every reader has to read.

Source: docs/rules.md, Texts.
"""

from __future__ import annotations

from store.errors import NotAllowed
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

LONGEST_TEXT, LONGEST_LINE = 100_000, 2_000
"""Characters that a text may have, some forty pages, and one of a single line: a title, a name, a reference."""

LONGEST_IN_CELL = 10_000
"""Characters of a cell or a heading of a paper: what another program wrote may be of any length."""

_TEXTS = frozenset(("note", "quote", "source", "reason", "miss_reason", "evidence"))
"""The fields, at any depth, that may have more than a line."""


_WITH_PARTS = frozenset((list, tuple, dict))


def refuse_too_long(fields: Mapping[str, object]) -> None:
    """Refuse a text that is too long among the new values of fields, at any depth. Raises: NotAllowed."""
    for name, value in fields.items():
        if type(value) is str:
            if len(value) > LONGEST_LINE:
                _refuse(name, value, name)
        elif type(value) in _WITH_PARTS and _whole_length(value) > LONGEST_LINE:
            _refuse(name, value, name)


def _whole_length(value: Any) -> int:
    """The characters of a list or an object, at least those of each text in it; quicker than each part."""
    if type(value) is list and len(value) == 1 and type(value[0]) is str:
        return len(value[0])  # As one name of a party is.
    return len(repr(value))


def _refuse(name: str, value: object, key: str) -> None:
    """Refuse a text that is too long in a field, in which it has this `key`. Raises: NotAllowed."""
    if isinstance(value, dict):
        for inner, item in value.items():
            _refuse(name, item, inner)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse(name, item, key)
    elif isinstance(value, str) and len(value) > (most := LONGEST_TEXT if key in _TEXTS else LONGEST_LINE):
        sentence = tr(
            "{value} has {count:,} characters, and may have {most:,}",
            value=name.replace("_", " "),
            count=len(value),
            most=most,
        )
        raise NotAllowed(sentence, code="text.too-long", field=name)


def shortened(text: str, most: int) -> str:
    """A text for a report, truncated where it is too long."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
