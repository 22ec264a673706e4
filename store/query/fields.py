"""The fields and words of the query language, and what each of them reads from a commitment.

A new field that compares a count, such as `late:`, is a row of `COUNT_FIELDS`; one that looks for words in a field of
the record, such as `owner:`, a row of `TEXT_FIELDS`; a new word, such as `overdue`, a row of `WORD_TERMS` in
`store.query.terms`.
"""

from __future__ import annotations

from store.model.vocabulary import Band, Outcome, State
from store.query.terms import WORD_TERMS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.model.record_types import Commitment
    from store.snapshot import Row

ROLE_FIELDS = ("by", "to", "via", "support", "party")
"""Names of parties in a role; `party` in any."""

TEXT_FIELDS: dict[str, Callable[[Commitment], tuple[str, ...]]] = {
    "owner": lambda commitment: (commitment["owner"],),
    "kind": lambda commitment: (commitment["kind"],),
}
"""Field -> the texts of a commitment that its value is looked for in, by the beginning of a word."""

NAME_FIELDS = (*ROLE_FIELDS, "owner", "visit", "kind", "text")
EXACT_FIELDS = {
    "state": State.ALL,
    "band": Band.ALL,
    "outcome": Outcome.ALL,
}
"""Field -> the words that it may have."""

COUNT_FIELDS: dict[str, Callable[[Row], int | None]] = {
    "silent": lambda row: row.silent_days,
    "late": lambda row: row.days_overdue or None,
}
"""Field -> the count of a row that its value is compared with; None: it never matches."""

RANGE_FIELDS = ("id", "due", *COUNT_FIELDS)
"""The fields whose value may be a range, and that may be compared with `<` and `>`."""

FIELDS: tuple[str, ...] = (*NAME_FIELDS, *EXACT_FIELDS, *RANGE_FIELDS)
"""The fields of a query, without their colon, in the order in which messages name them."""

WORDS: tuple[str, ...] = (*WORD_TERMS, "mine")
"""The words that are terms of their own."""
