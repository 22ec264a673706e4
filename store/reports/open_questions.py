"""What is missing from an open promise, so that a meeting asks for it."""

from __future__ import annotations

from store.model.vocabulary import OPEN, Band
from store.reports.commitment_text import numbers
from store.rules.seats import are_seats_unknown, is_letter_missing, missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from store.model.record_types import Commitment
    from store.reports.wording import Words
    from store.snapshot import Row

    Ask = Callable[[Row], str | None]
    """What is told of a row in this respect beside its number, perhaps nothing; None: it is not to be asked about."""


def questions(words: Words, silent_after: int) -> list[tuple[str, Ask]]:
    """Pairs (what is missing, of which rows), in the order in which they are asked."""
    silent = words.plural("silent for {n} day or more", "silent for {n} days or more", silent_after)
    return [
        (words.say("no date agreed"), lambda row: _only_if(row.band == Band.NO_DATE)),
        (words.say("done but not confirmed"), lambda row: _only_if(row.band == Band.UNCONFIRMED)),
        (silent, lambda row: _only_if(row.is_silent)),
        (words.say("seats missing"), lambda row: _seats_missing(row.commitment, words)),
        (words.say("number of seats not agreed"), lambda row: _only_if(are_seats_unknown(row.commitment))),
        (words.say("letter missing"), lambda row: _only_if(is_letter_missing(row.commitment))),
    ]


def asked(ask: Ask, rows: Iterable[Row]) -> str:
    """The open ones of these rows that are to be asked about, by their numbers."""
    told = {row.commitment["id"]: ask(row) for row in rows if row.commitment["state"] in OPEN}
    plain = numbers(number for number, more in told.items() if more == "")
    return ", ".join([*([plain] if plain else []), *[f"#{number} {more}" for number, more in told.items() if more]])


def _only_if(is_asked: bool) -> str | None:
    return "" if is_asked else None


def _seats_missing(commitment: Commitment, words: Words) -> str | None:
    """How many of the seats wanted are nominated, where some are missing."""
    missing = missing_seats(commitment)
    return words.say("({n} of {wanted})", n=missing[0], wanted=missing[1]) if missing else None
