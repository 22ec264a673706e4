"""What was typed for a change, as values: numbers of commitments, days, dates."""

from __future__ import annotations

from store import operations
from store.text import visible
from tui.cli.arguments import Arguments, whole_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.rules.due_dates import DueDate
    from store.transaction import Transaction


def day_option(arguments: Arguments, name: str, tx: Transaction) -> str | None:
    """The ISO day that an option gives, or None; how words are understood is told. Raises: DateRefused."""
    text = arguments.one(name)
    if text is None:
        return None
    from store.rules.dates.parse import day_in_words, parse_day

    day = parse_day(text, tx.today)
    if text != day:
        tx.warnings.append(f'--{name} "{visible(text)}" is understood as {day_in_words(day)}')
    return day


def number_of(word: str) -> int:
    """The number of a commitment as typed, `3` or `#3`. Raises: UsageError."""
    return whole_number(word.removeprefix("#"), "ID", 1)


def numbers_of(arguments: Arguments, tx: Transaction) -> list[int]:
    """The commitments named by IDs and ranges; the words after them are left out.

    Raises: NotFound for an ID that is not there, or a range in which none is.
    """
    is_list = arguments.command.words[0] == ("ID", "+")
    rest = sum(often == "1" for _, often in arguments.command.words[1:])
    words = arguments.words[: len(arguments.words) - rest] if is_list else arguments.words[:1]
    numbers: list[int] = []
    for word in words:
        first, dash, last = word.removeprefix("#").partition("-")
        if dash and is_list:
            numbers += operations.existing(tx, number_of(first), number_of(last))
        else:
            numbers.append(tx.commitment(number_of(word))["id"])
    return list(dict.fromkeys(numbers))


def text_of(arguments: Arguments) -> str:
    """The words after the first one, as one text."""
    return " ".join(arguments.words[1:])


def date_hints(typed: str, date: DueDate, today: str) -> list[str]:
    """Hints at how a date was understood, when it does not stand there letter by letter, and whether it is past."""
    from store.rules.dates.parse import day_in_words
    from store.rules.due_dates import is_past, is_too_far_ahead

    if date.day is None:
        return []
    hints = []
    if typed != date.day:
        hints.append(f'"{visible(typed)}" is understood as {day_in_words(date.day)} ({date.precision})')
    if is_past(date.day, today):
        hints.append(f"{date.day} is past: today is {today}")
    elif is_too_far_ahead(date.day, today):
        hints.append(f"{date.day} is far away: was another year meant?")
    return hints


def optional_number(arguments: Arguments, name: str) -> int | None:
    """The number of a commitment that an option gives, or None. Raises: UsageError."""
    word = arguments.one(name)
    return None if word is None else whole_number(word.removeprefix("#"), f"--{name}", 1)
