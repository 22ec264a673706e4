"""What is raised where a phrase is no date: while it is parsed, and to whoever typed it."""

from __future__ import annotations

from store.errors import UsageError


class Unclear(Exception):
    """The reason why a phrase cannot be parsed, and examples; `store.rules.dates.parse_date` makes a sentence of it."""

    def __init__(self, why: str, *examples: str) -> None:
        super().__init__(why)
        self.why = why
        self.examples = examples


class DateRefused(UsageError):
    """The refusal of a phrase that is no date, or ambiguous: the sentence says why, and what to write."""

    code = "date.not-understood"
