"""A fault that the doctor found, and its repair."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Finding:
    """One fault, and the function that repairs it when that is safe.

    `code` stands for the sentence where the command line adds what to type, `values` are the parts that it needs.
    """

    __slots__ = ("code", "mend", "sentence", "values")

    def __init__(
        self,
        sentence: str,
        mend: Callable[[], None] | None = None,
        *,
        code: str = "",
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.sentence = sentence
        self.mend = mend
        self.code = code
        self.values = values or {}
