"""A moment of a transaction, to go back to when one of many things cannot be done."""

NOT_YET = object()
"""Stands for a record that the transaction had not touched before it was written."""


class Point:
    """How many records were written then, the next number of each table, and how many warnings there were."""

    __slots__ = ("numbers", "warnings", "written")

    def __init__(self, written: int, numbers: dict[str, int], warnings: int) -> None:
        self.written = written
        self.numbers = numbers
        self.warnings = warnings
