"""The sentences on the result of a change; the command line names a commitment `3`, the app `#3`."""

from __future__ import annotations

from store.rules.days import days_between
from store.rules.due_dates import Change, change_of, extension_count
from store.rules.needs_reason import is_due_change_to_explain
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.model.record_types import Commitment, Visit
    from store.rules.due_dates import DueDate


_MOST_NAMED = 3
"""Commitments that a sentence names."""


def chased(name: str, again: str) -> str:
    """`3 chased, look again on 2023-03-15`; `again` is the day as it is shown."""
    return f"{name} chased, look again on {again}"


def noted(name: str) -> str:
    """`3 noted`."""
    return f"{name} noted"


def reason_kept(name: str, *, is_changed: bool) -> str:
    """`3 reason kept`, or `3 has that reason already`."""
    return f"{name} {'reason kept' if is_changed else 'has that reason already'}"


def seats_counted(name: str, seats: Mapping[str, object], *, unknown: str) -> str:
    """`3 seats: wanted 3, nominated 2, acknowledged 1`; `unknown` stands for the wanted where none are counted."""
    return (
        f"{name} seats: wanted {seats.get('wanted', unknown)}, nominated {seats.get('nominated', 0)}, "
        f"acknowledged {seats.get('acknowledged', 0)}"
    )


def party_merged(old: str, new: str, commitments: int, visits: int) -> str:
    """`INTEPROL is now INTERPOL: 3 commitments and 1 visit moved`; the names as they are shown."""
    moved = _moved(commitments, visits)
    return f"{old} is now {new}: {f'{moved} moved' if moved else 'nothing named it'}"


def party_will_be(old: str, new: str, commitments: int, visits: int, own: Sequence[int]) -> str:
    """`INTEPROL becomes INTERPOL in 3 commitments and 1 visit; its names find INTERPOL from then on.`

    `own` are the numbers of those in which INTERPOL would promise itself something, which is said first.
    """
    moved = _moved(commitments, visits)
    warning = f"{promised_to_itself(new, own)}. " if own else ""
    return f"{warning}{old} becomes {new}{f' in {moved}' if moved else ''}; its names find {new} from then on."


def promised_to_itself(name: str, numbers: Sequence[int]) -> str:
    """`Then INTERPOL promises itself #3, #4, #6 and 2 more`."""
    shown = [f"#{number}" for number in numbers[:_MOST_NAMED]]
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    return f"Then {name} promises itself {', '.join(shown)}{more}"


def _moved(commitments: int, visits: int) -> str:
    counts = [(commitments, "commitment"), (visits, "visit")]
    return " and ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts if count)


def voices_taken_back(voices: Sequence[str]) -> str:
    """`report and confirmation taken back`; `voices` are those that a step cleared."""
    words = {"reported": "report", "confirmed": "confirmation"}
    return f"{' and '.join(words[voice] for voice in voices)} taken back"


def set_aside(visit: Visit, count: int, show: Callable[[str], str], *, is_changed: bool = True) -> str:
    """`lyon-2022 is set aside until 2027-01-15: 5 open commitments in no list`; `show` writes an ISO day."""
    until = visit["aside"].get("until") if "aside" in visit else None
    end = f" until {show(until)}" if until else ""
    listed = f"{count} open commitment{'' if count == 1 else 's'} in no list"
    return f"{visit['slug']} is set aside{'' if is_changed else ' already'}{end}: {listed}"


def brought_back(slug: str, count: int, *, is_changed: bool = True) -> str:
    """`lyon-2022 is back: 5 open commitments listed again`, or `lyon-2022 is not set aside`."""
    if not is_changed:
        return f"{slug} is not set aside"
    return f"{slug} is back: {count} open commitment{'' if count == 1 else 's'} listed again"


def coming_due_change(commitment: Commitment, date: DueDate, *, has_reason: bool = False) -> str:
    """Which change of the due date this would be, before it is saved: `put off by 125 d: a reason is needed`.

    What a wish is stands in a line of its own.
    """
    old, new, kind = commitment.get("due"), date.day, change_of(commitment, date)
    if kind == Change.SAME:
        return "as it is now" if old else ""
    if kind == Change.WORDS:
        return "the same day, in other words"
    if old is None:
        words = "a date again" if kind == Change.AGAIN else "the first date"
    elif new is None:
        words = "taken out"
    else:
        days = days_between(old, new)
        words = f"put off by {days} d" if days > 0 else f"{-days} d earlier"
    if is_due_change_to_explain(commitment, new):
        return words if has_reason else f"{words}: a reason is needed"
    return f"{words},\na wish until it is agreed" if kind == Change.WISH and new else words


def promises_entered(numbers: Sequence[int], like: str) -> str:
    """`5 promises of lyon-2022 entered as proposed: 21 to 25`."""
    if not numbers:
        return f"{visible(like)} has no promise to be entered again"
    which = f"{numbers[0]} to {numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
    return f"{len(numbers)} promise{'' if len(numbers) == 1 else 's'} of {visible(like)} entered as proposed: {which}"


_DUE_CHANGES = {
    Change.SAME: " already",
    Change.WORDS: " already; its words are changed",
    Change.EARLIER: " (earlier)",
    Change.CORRECTION: " (correction)",
}
"""Kind of change of a due date -> the end of its sentence, where it has one."""


def due_changed(
    name: str, before: str | None, commitment: Commitment, change: str, show: Callable[[str], str], how: str = ""
) -> str:
    """`3 due 2023-03-31 -> 2023-06-30 (extension 1)`, or `3 is due 2023-06-30 already`.

    `before` is the ISO day that it was due, `commitment` the one after the change; `show` writes an ISO day, `how` says
    what to type so that a wish is agreed.
    """
    after = commitment.get("due")
    old, new = (show(day) if day else "none" for day in (before, after))
    when = f"due {old} -> {new}"
    if change in (Change.SAME, Change.WORDS):
        when = f"is due {new}" if after else "has no date"
    if change == Change.EXTENSION:
        return f"{name} {when} (extension {extension_count(commitment)})"
    if change == Change.WISH:
        return f"{name} {when}{f' (a wish until it is agreed{how})' if after else ''}"
    return f"{name} {when}{_DUE_CHANGES.get(change, '')}"
