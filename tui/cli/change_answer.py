"""What a changing command says when it is done."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


class Answer:
    """What a change says: `lines` for stdout, `hints` for stderr, and the commitments that it is about."""

    __slots__ = ("hints", "lines", "numbers")

    def __init__(self, lines: Sequence[str], numbers: Sequence[int] = (), hints: Sequence[str] = ()) -> None:
        self.lines = list(lines)
        self.numbers = list(numbers)
        self.hints = list(hints)


def changed(is_changed: bool) -> str:
    """`changed`, or that there was nothing to change."""
    return "changed" if is_changed else "is so already"
