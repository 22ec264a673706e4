"""Parts of a line that each stand for a key: the keys of a screen, the counts, the views."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.translation import ENGLISH, language
from tui.render.segments import Segments, columns_of


@dataclass(frozen=True, slots=True)
class KeyPart:
    """A part of a line, and the key that a click on it types, by Textual's name; "" for a part that is only text."""

    segments: Segments
    key: str = ""


def key_part(shown: str, label: str, key: str) -> KeyPart:
    """A key as people read it, bold, and what it does."""
    return KeyPart([(shown, "key"), (f" {label}", "plain")], key)


def gap_of(parts: Sequence[KeyPart], width: int) -> int:
    """The blanks between parts: two; in a language of longer words one, where a part would be left out else."""
    return 2 if language() == ENGLISH or columns_of_parts(parts, 2) <= width else 1


def fitting(parts: Sequence[KeyPart], width: int, *, kept: int = 0, gap: int = 2) -> list[KeyPart]:
    """The parts that fit into a line, with blanks between; the last `kept` always, others are left out before them."""
    shown = list(parts)
    while len(shown) > max(1, kept) and columns_of_parts(shown, gap) > width:
        del shown[-1 - kept]
    return shown


def columns_of_parts(parts: Sequence[KeyPart], gap: int) -> int:
    """The width of parts with this gap between them, the one before them included."""
    return 1 + sum(columns_of(part.segments) for part in parts) + gap * (len(parts) - 1)
