"""What was typed into a field, as the program understands it: said while it is typed, and read when it is saved."""

from collections.abc import Callable

from store.errors import FollowUpError, UsageError
from store.rules.dates.parse import parse_date, parse_day
from store.rules.days import days_between
from store.rules.due_dates import DueDate, is_too_far_ahead
from store.snapshot import Snapshot
from store.text import visible
from tui.app.forms.form import Answers, Live
from tui.render.labels import day_at_length

NOTHING = ("", "plain")


def distance(day: str, today: str) -> str:
    """`in 84 d`, `today`, `12 d ago`."""
    days = days_between(today, day)
    return "today" if days == 0 else f"in {days} d" if days > 0 else f"{-days} d ago"


def day_told(day: str, today: str) -> str:
    """`Friday 31 March 2023, in 84 d`."""
    return f"{day_at_length(day)}, {distance(day, today)}"


def live_date(today: str, empty: str = "") -> Live:
    """What a due date is understood as; `empty` is said of nothing."""

    def live(text: str) -> tuple[str, str]:
        if not text.strip():
            return empty, "dim"
        try:
            date = parse_date(text.strip(), today)
        except UsageError as error:
            return error.sentence, "plain"
        if date.day is None:
            return "no date", "plain"
        told = f"{day_told(date.day, today)}, {date.precision}"
        if is_too_far_ahead(date.day, today):
            told += ": was another year meant?"
        return told, "plain"

    return live


def live_day(today: str) -> Live:
    """What a day is understood as."""

    def live(text: str) -> tuple[str, str]:
        if not text.strip():
            return NOTHING
        try:
            return day_told(parse_day(text.strip(), today), today), "plain"
        except UsageError as error:
            return error.sentence, "plain"

    return live


def _about(name: str, read: Callable[[], str]) -> str:
    """What `read` gives. Raises: its refusal, as one of the field."""
    try:
        return read()
    except FollowUpError as error:
        error.field = name
        raise


def day_in(answers: Answers, name: str, today: str) -> str | None:
    """The ISO day in a field; None for nothing. Raises: DateRefused."""
    text = answers.given(name)
    return None if text is None else _about(name, lambda: parse_day(text, today))


def date_in(answers: Answers, name: str, today: str, words: str | None) -> DueDate | None:
    """The due date in a field; None for nothing. Raises: DateRefused."""
    text = answers.given(name)
    if text is None:
        return None
    try:
        return parse_date(text, today).in_other_words(words)
    except FollowUpError as error:
        error.field = name
        raise


def count_in(answers: Answers, name: str) -> int | None:
    """The whole number in a field; None for nothing. Raises: UsageError."""
    text = answers.given(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise UsageError(f'"{visible(text)}" is not a number: write 0, 1, 2 ...', field=name)
    return int(text)


def number_in(answers: Answers, name: str) -> int | None:
    """The number of a commitment in a field, `12` or `#12`; None for nothing. Raises: UsageError."""
    text = (answers.given(name) or "").removeprefix("#")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise UsageError(f'"{visible(text)}" is not the number of a commitment: write 12', field=name)
    return int(text)


def live_number(snapshot: Snapshot) -> Live:
    """Which commitment a number is."""

    def live(text: str) -> tuple[str, str]:
        try:
            number = number_in(Answers((), {"it": text}), "it")
            return NOTHING if number is None else (visible(snapshot.row(number).commitment["title"]), "plain")
        except FollowUpError as error:
            return error.sentence, "plain"

    return live
