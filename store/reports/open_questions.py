"""What is missing from an open promise, so that a meeting asks for it."""

from __future__ import annotations

from store.model.vocabulary import OPEN, Band, Kind, State
from store.reports.commitment_text import numbers

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
        (words.say("number of seats not agreed"), lambda row: _only_if(_are_seats_unknown(row.commitment))),
        (words.say("letter missing"), lambda row: _only_if(_is_letter_missing(row.commitment))),
    ]


def asked(ask: Ask, rows: Iterable[Row]) -> str:
    """The open ones of these rows that are to be asked about, by their numbers."""
    told = {row.commitment["id"]: ask(row) for row in rows if row.commitment["state"] in OPEN}
    plain = numbers(number for number, more in told.items() if more == "")
    return ", ".join([*([plain] if plain else []), *[f"#{number} {more}" for number, more in told.items() if more]])


def _only_if(is_asked: bool) -> str | None:
    return "" if is_asked else None


def _is_nomination(commitment: Commitment) -> bool:
    return commitment["kind"] == Kind.NOMINATE_EXPERTS or "seats" in commitment


def _seats_missing(commitment: Commitment, words: Words) -> str | None:
    """How many of the seats wanted are nominated, where some are missing."""
    seats = commitment.get("seats", {})
    wanted, nominated = seats.get("wanted"), seats.get("nominated", 0)
    if wanted is None or nominated >= wanted:
        return None
    return words.say("({n} of {wanted})", n=nominated, wanted=wanted)


def _are_seats_unknown(commitment: Commitment) -> bool:
    """Whether nobody said how many officers are wanted, and none is nominated."""
    seats = commitment.get("seats", {})
    return _is_nomination(commitment) and "wanted" not in seats and not seats.get("nominated")


def _is_letter_missing(commitment: Commitment) -> bool:
    """Whether officers were nominated, or that is said to be done, and no letter is known that names them."""
    seats = commitment.get("seats", {})
    is_told = seats.get("nominated", 0) > 0 or commitment["state"] == State.REPORTED
    return _is_nomination(commitment) and is_told and "letter" not in seats
