"""The fields and words of the query language, and what each of them reads from a commitment.

A new field that compares a count, such as `late:`, is a row of `COUNT_FIELDS`; one that looks for words in a field of
the record, such as `owner:`, a row of `TEXT_FIELDS`; a new word, such as `overdue`, a row of `WORD_TERMS`.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, OPEN, STATES, Band, Outcome, State
from store.query.value_and_range_terms import Is
from store.rules.due_dates_and_extensions import is_extended
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.model.record_types import Commitment
    from store.query.query_predicate import Query
    from store.snapshot import Row

ROLE_FIELDS = ("by", "to", "via", "support", "party")
"""Names of parties in a role; `party` in any."""

TEXT_FIELDS: dict[str, Callable[[Commitment], tuple[str, ...]]] = {
    "owner": lambda commitment: (commitment["owner"],),
    "kind": lambda commitment: (commitment["kind"],),
}
"""Field -> the texts of a commitment that its value is looked for in, by the beginning of a word."""

NAME_FIELDS = (*ROLE_FIELDS, "owner", "visit", "kind", "text")
OTHER_NAMES = {
    "owes": "by",
    "from": "by",
    "said-by": "party",
    "confirmed-by": "party",
    "reported-by": "party",
    "owed": "to",
    "for": "to",
    "who": "party",
    "institution": "party",
    "project": "visit",
    "trip": "visit",
    "status": "state",
    "type": "kind",
    "date": "due",
    "deadline": "due",
    "title": "text",
    "assignee": "owner",
    "number": "id",
}
"""Word that people guess for a field -> the field."""

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


ACTED_ON_NOW = (Band.OVERDUE, Band.TODAY, Band.UNCONFIRMED)
"""The bands whose commitments ask for something this morning, as those that are to be chased do."""


def _is_in_band(band: str) -> Is:
    return Is(BANDS[band].query, lambda row: row.band == band, asks=band == Band.FINISHED)


WORD_TERMS: dict[str, Query] = {
    "open": Is(phrase("open"), lambda row: row.commitment["state"] in OPEN, negation_asks_for_finished=True),
    "finished": _is_in_band(Band.FINISHED),
    "closed": Is(STATES[State.CLOSED].text, lambda row: row.commitment["state"] == State.CLOSED, asks=True),
    **{band: _is_in_band(band) for band in BANDS if band != Band.FINISHED},
    "silent": Is(phrase("silent"), lambda row: row.is_silent),
    "chase": Is(phrase("to be chased by today"), lambda row: row.is_to_chase),
    "now": Is(phrase("what to act on now"), lambda row: row.is_to_chase or row.band in ACTED_ON_NOW),
    "aside": Is(phrase("set aside"), lambda row: row.is_aside, asks_for_aside=True),
    "extended": Is(phrase("extended"), lambda row: is_extended(row.commitment)),
    "waiting": Is(phrase("waiting"), lambda row: row.is_waiting),
}
"""The words that are terms of their own, except `mine`, which depends on the user."""

WORDS: tuple[str, ...] = (*WORD_TERMS, "mine")
"""The words that are terms of their own."""


def is_me(text: str) -> bool:
    """Whether a text is the word `me`, itself or by a Russian twin."""
    if text.isascii():
        return text == "me"
    from store.query import russian_keywords

    return text in russian_keywords.ME
