"""A moment of a transaction, to go back to when one of many things cannot be done."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from store.model.record_types import Settings

NOT_YET = object()
"""Stands for a record that the transaction had not touched before it was written."""


class Savepoint:
    """How many records were written then, the next number of each table, how many warnings there were; the settings,
    the day on which things happen, and what cleans the copies once all is saved, if anything does.
    """

    __slots__ = ("clean_copies", "day", "numbers", "settings", "warnings", "written")

    def __init__(
        self,
        written: int,
        numbers: Mapping[str, int],
        warnings: int,
        settings: Settings,
        day: str,
        clean_copies: Callable[[], int] | None,
    ) -> None:
        self.written = written
        self.numbers = numbers
        self.warnings = warnings
        self.settings = settings
        self.day = day
        self.clean_copies = clean_copies
