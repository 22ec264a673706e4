"""Converts the words and options of a parsed command line to values: numbers of commitments, days, texts."""

from __future__ import annotations

from store.errors import FollowUpError, NotFound
from store.sanitise_text import visible
from store.translation import ENGLISH, language, tr, tr_in
from tui.cli.arguments import Arguments, whole_number, words_for_numbers

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.transaction import Transaction


def day_option(arguments: Arguments, name: str, tx: Transaction, *, since: str | None = None) -> str | None:
    """The ISO day that an option gives, as `Arguments.day`; one given in words adds a warning.

    Raises: DateRefused; NotAllowed for a day to come where the option looks back.
    """
    day = arguments.day(name, tx.today, since=since)
    tx.warnings += understood_day(arguments, name, day, tx.today)
    return day


def day_either_way(arguments: Arguments, name: str, tx: Transaction) -> str | None:
    """The same for options that also take past days; an option for a future day refuses a past one in its own words.

    Raises: DateRefused.
    """
    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_day
    from store.rules.days import Direction

    try:
        return day_option(arguments, name, tx)
    except DateRefused as refused:
        try:
            return parse_day(arguments.get(name) or "", tx.today, Direction.BACK)
        except FollowUpError:
            raise refused from None


def understood_day(arguments: Arguments, name: str, day: str | None, today: str) -> list[str]:
    """A sentence on how the words of a date were understood; None for an ISO day."""
    text = arguments.get(name)
    if text is None or day is None or text == day:
        return []
    return [
        tr(
            '--{name} "{text}" is understood as {day}',
            name=name,
            text=visible(text),
            day=day_as_understood(text, day, today),
        )
    ]


def day_as_understood(typed: str, day: str, today: str) -> str:
    """A day as it was understood; for words not in English without the distance: `завтра`."""
    from tui.render.day_words import day_and_distance

    said = day_and_distance(day, today)
    return said if language() == ENGLISH else said.removesuffix(f", {typed}")


def commitment_number(word: str) -> int:
    """Parse the number of a commitment, `3` or `#3`. Raises: UsageError."""
    return whole_number(word.removeprefix("#"), tr_in("placeholder", "ID"), 1)


def commitment_numbers(arguments: Arguments, tx: Transaction) -> list[int]:
    """Resolve the IDs and ranges (`3 5-7`) of a command to the numbers of commitments, each once.

    Raises: UsageError; NotFound for an ID that does not exist, or a range in which none exists.
    """
    is_list = arguments.command.words[0][1] == "+"
    words = words_for_numbers(arguments.command, arguments.words)
    numbers: list[int] = []
    unknown: dict[str, NotFound] = {}
    for word in words:
        first, dash, last = word.removeprefix("#").partition("-")
        try:
            if dash and is_list and first and last:
                from store import operations

                numbers += operations.existing_numbers(tx, commitment_number(first), commitment_number(last))
            else:
                numbers.append(tx.commitment(commitment_number(word))["id"])
        except NotFound as refused:
            unknown[word] = refused
    if unknown:
        raise _all_or_none(arguments, words, unknown)
    return list(dict.fromkeys(numbers))


def _all_or_none(arguments: Arguments, words: Sequence[str], unknown: dict[str, NotFound]) -> NotFound:
    """The refusal of numbers that no commitment has, with the line for the others; none is changed."""
    refused = next(iter(unknown.values()))
    others = [word for word in words if word not in unknown]
    if not others:
        return refused
    from tui.cli.hints_after_refusal import printed
    from tui.cli.refused_lines.kept_options import line_of

    typed = arguments.typed_as
    state = arguments.words[len(words) :] if typed is arguments.command else []
    line = line_of(typed.name, [*others, *state], arguments.values)
    reasons = "; ".join(dict.fromkeys(map(printed, unknown.values())))
    values = {"reasons": reasons, "line": line}
    if len(unknown) == 1:
        return NotFound(tr("{reasons}; nothing was changed: {line} leaves it out", **values))
    return NotFound(tr("{reasons}; nothing was changed: {line} leaves them out", **values))


def text_words(arguments: Arguments) -> str:
    """Join the words after the first one to a text."""
    return " ".join(arguments.words[1:])


def commitment_option(arguments: Arguments, name: str) -> int | None:
    """The number of a commitment that an option gives, or None. Raises: UsageError."""
    word = arguments.get(name)
    return None if word is None else whole_number(word.removeprefix("#"), f"--{name}", 1)
