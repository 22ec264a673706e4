"""A finding of the doctor: a fault with its repair, or a note."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Finding:
    """One fault, and the function that repairs it when that is safe.

    One that is no fault (`is_fault`) says what could not be looked at, or what a server is and does.
    `code` stands for the sentence where the command line adds what to type, `values` are the parts that it needs.
    """

    __slots__ = ("code", "is_fault", "mend", "sentence", "values")

    def __init__(
        self,
        sentence: str,
        mend: Callable[[], None] | None = None,
        *,
        code: str = "",
        is_fault: bool = True,
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.sentence = sentence
        self.mend = mend
        self.code = code
        self.is_fault = is_fault
        self.values = values or {}
