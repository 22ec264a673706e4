"""How long a text may be: what one person pastes, everybody who looks has to read.

Source: docs/rules.md, Texts.
"""

from __future__ import annotations

from store.errors import NotAllowed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TEXT = 100_000
"""Characters that a text may have: some forty pages."""


def refuse_too_long(fields: Mapping[str, object]) -> None:
    """Refuse a text that is too long among the new values of fields, at any depth. Raises: NotAllowed."""
    for name, value in fields.items():
        # Nothing in a list or an object is longer than all of it: quicker than to look at each part.
        if len(value if isinstance(value, str) else repr(value)) <= LONGEST_TEXT:
            continue
        length = _longest(value)
        if length > LONGEST_TEXT:
            sentence = f"{name.replace('_', ' ')} has {length:,} characters, and may have {LONGEST_TEXT:,}"
            raise NotAllowed(sentence, code="text.too-long", field=name)


def _longest(value: object) -> int:
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return max(map(_longest, value.values()), default=0)
    if isinstance(value, list | tuple):
        return max(map(_longest, value), default=0)
    return 0
