"""Words for when a commitment is due, how late it is, how it ended, and how long there was no news.

The words, signs and styles of states and bands stand in `store.model.vocabulary_and_signs`.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import CLOSING_REASONS, KINDS, OUTCOMES, Band, Outcome, State
from store.rules.day_done_and_outcome import days_late, done_day, is_provisional
from store.rules.due_dates_and_extensions import is_wish
from store.rules.seats import missing_seats
from store.translation import ENGLISH, language, phrase, plural, tr, tr_in
from tui.render.day_words import day, day_without_year

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.snapshot import Row


_SHORT_OUTCOMES = {
    **{word: entry.text for word, entry in OUTCOMES.items()},
    Outcome.MET_EXTENDED: phrase("met, put off"),
    Outcome.MET_UNDATED: phrase("met without a date"),
}


def due_words(commitment: Commitment) -> str:
    """The words of a deadline where they say more than its day, else an empty string."""
    words, due = commitment.get("due_words", ""), commitment.get("due")
    if not words or due is None:
        return words
    from store.rules.dates.parse_date import is_only_a_day  # it imports datetime

    return "" if is_only_a_day(words, due) else words


def lateness(row: Row, today: str) -> str:
    """When a commitment is due or was done, in short words: `12 d late`, `in 3 d`, `done 6 Jan`.

    The date of a proposed one is a wish: it is `12 d past`, never late.
    """
    commitment = row.commitment
    if row.band != Band.FINISHED and row.band != Band.UNCONFIRMED:
        return _time_to_due(row)
    closed = commitment.get("closed")
    if commitment["state"] == State.CLOSED and closed:
        return tr_in("when", "closed: {because}", because=reason_text(closed["because"]))
    done = done_day(commitment)
    return tr_in("when", "done {day}", day=day_without_year(done, today)) if done else tr_in("when", "done")


def shorter_lateness(row: Row, today: str) -> str:
    """The same beside a column that says `closed` and `done` as well: the reason or the day alone."""
    commitment = row.commitment
    if row.band != Band.FINISHED and row.band != Band.UNCONFIRMED:
        return _time_to_due(row)
    closed, done = commitment.get("closed"), done_day(commitment)
    if commitment["state"] == State.CLOSED and closed:
        return reason_text(closed["because"])
    return day_without_year(done, today) if done else tr_in("when", "done")


def _time_to_due(row: Row) -> str:
    """The time to the due date of an open commitment, or that it has none."""
    band = row.band
    if band == Band.OVERDUE and is_wish(row.commitment):
        return tr_in("when", "{n} d past", n=row.days_overdue)
    if band == Band.OVERDUE:
        return tr_in("when", "{n} d late", n=row.days_overdue)
    if band == Band.TODAY:
        return tr_in("when", "today")
    if band in (Band.WEEK, Band.MONTH):
        return tr_in("when", "in {n} d", n=row.days_left)
    return day(row.commitment["due"]) if band == Band.LATER else tr("no date")


def reason_text(because: str) -> str:
    """The reason for closing, in words."""
    return tr(CLOSING_REASONS[because].text)


def kind_text(kind: str) -> str:
    """A kind as it is typed, in another language in its words; one of people's own as they wrote it."""
    entry = KINDS.get(kind)
    return kind if entry is None or language() == ENGLISH else tr(entry.text)


def days_without_news(row: Row, *, is_short: bool = False) -> str:
    """`silent 40 d`, `no news for 8 d`, `news today`; without any news it says so, not counting from the visit."""
    if row.silent_days and row.is_silent:
        if is_short:
            return tr_in("short", "silent {n} d", n=row.silent_days)
        return plural("silent {n} d", "silent {n} d", row.silent_days)
    if "news_on" not in row.commitment and "reported" in row.commitment:
        return tr("no other news")  # The report came in with a list, which is none.
    if "news_on" not in row.commitment and row.silent_days and is_short:
        return tr_in("short", "no news since the visit")
    if "news_on" not in row.commitment:
        return tr("no news since the visit") if row.silent_days else tr("no news yet")
    if row.silent_days and is_short:
        return tr_in("short", "no news for {n} d", n=row.silent_days)
    return plural("no news for {n} d", "no news for {n} d", row.silent_days) if row.silent_days else tr("news today")


def next_chase(row: Row, today: str) -> list[str]:
    """`look again 15 Mar`, `to chase since 25 Feb`, `to chase today`; empty where no day is set."""
    day = row.commitment.get("chase_on")
    if day is None:
        return []
    if row.is_to_chase and day == today:
        return [tr("to chase today")]
    shown = day_without_year(day, today)
    return [tr("to chase since {day}", day=shown) if row.is_to_chase else tr("look again {day}", day=shown)]


def long_lateness(row: Row, today: str) -> str:
    """The same where there is room: `12 d past, not agreed`, `in 84 d`, `done 6 Jan, 5 d late`."""
    is_unagreed = is_wish(row.commitment)
    if row.band == Band.LATER:
        return plural("in {n} d", "in {n} d", row.days_left or 0)
    if row.band == Band.OVERDUE and is_unagreed:
        return plural("{n} d past, not agreed", "{n} d past, not agreed", row.days_overdue)
    if row.band == Band.OVERDUE:
        return plural("{n} d late", "{n} d late", row.days_overdue)
    if row.band in (Band.TODAY, Band.WEEK, Band.MONTH):
        when = (
            plural("in {n} d", "in {n} d", row.days_left or 0) if row.band != Band.TODAY else tr_in("when due", "today")
        )
        return tr("{when}, not agreed", when=when) if is_unagreed else when
    when = _long_end(row, today)
    if row.outcome == Outcome.MET_LATE:
        return plural("{when}, {n} d late", "{when}, {n} d late", days_late(row.commitment), when=when)
    return when


def _long_end(row: Row, today: str) -> str:
    """The same for a finished commitment: `done 6 Jan`, `closed: declined`."""
    closed, done = row.commitment.get("closed"), done_day(row.commitment)
    if row.commitment["state"] == State.CLOSED and closed:
        return tr("closed: {because}", because=reason_text(closed["because"]))
    if row.band not in (Band.FINISHED, Band.UNCONFIRMED):
        return lateness(row, today)
    return tr("done {day}", day=day_without_year(done, today)) if done else tr_in("when", "done")


def outcome(row: Row) -> str:
    """The outcome in words; provisional while it is reported and not confirmed. Empty while it is open."""
    if row.outcome is None:
        return ""
    words = tr(OUTCOMES[row.outcome].text)
    missing = missing_seats(row.commitment)
    if row.outcome not in Outcome.UNMET and missing:
        words = _with_seats(words, *missing)
    return (
        tr("{outcome} (provisional, until it is confirmed)", outcome=words) if is_provisional(row.commitment) else words
    )


def _with_seats(words: str, nominated: int, wanted: int) -> str:
    return tr("{outcome}, {n} of {total}", outcome=words, n=nominated, total=wanted)


def short_outcome(row: Row) -> str:
    """The same where there is little room: `met late, if confirmed`."""
    if row.outcome is None or not is_provisional(row.commitment):
        return outcome(row)
    words, missing = tr(_SHORT_OUTCOMES[row.outcome]), missing_seats(row.commitment)
    return tr("{outcome}, if confirmed", outcome=_with_seats(words, *missing) if missing else words)
