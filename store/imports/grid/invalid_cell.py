"""What a cell can be beside a value: invalid, or taken otherwise than it stands, which is told."""

from __future__ import annotations


class InvalidCell(Exception):
    """A cell is not a value of its field; the message says why. `code` and `values` are those of the problem."""

    def __init__(self, why: str, *, code: str = "", **values: object) -> None:
        super().__init__(why)
        self.code = code
        self.values = values


class AdjustedValue:
    """A value that was not taken as it stands: `value` (None: nothing), and what is told of it."""

    __slots__ = ("sentence", "value")

    def __init__(self, value: object, sentence: str) -> None:
        self.value = value
        self.sentence = sentence
