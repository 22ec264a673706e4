"""The results of a cell besides a value: invalid, or adjusted with a notice."""

from __future__ import annotations


class InvalidCell(Exception):
    """A cell is not a value of its field; the message says why. `code` and `values` are those of the problem."""

    def __init__(self, why: str, *, code: str = "", **values: object) -> None:
        super().__init__(why)
        self.code = code
        self.values = values


class AdjustedValue:
    """A value other than the cell's: `value` (None: nothing), and the sentence of its notice."""

    __slots__ = ("sentence", "value")

    def __init__(self, value: object, sentence: str) -> None:
        self.value = value
        self.sentence = sentence
