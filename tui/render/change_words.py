"""The sentences on the result of a change; the command line names a commitment `3`, the app `#3`."""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import extension_count
from store.rules.needs_reason import is_due_change_to_explain
from store.rules.original_due_and_due_changes import Change, change_of
from store.sanitise_text import visible
from store.translation import phrase, plural, tr, tr_in
from tui.render.commitment_numbers import number_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from store.model.record_types import Commitment, Visit
    from store.rules.due_dates_and_extensions import DueDate


_MOST_NAMED = 3
"""Commitments that a sentence names."""


def chased(name: str, again: str) -> str:
    """`3 chased, look again on 2023-03-15`; `again` is the day as it is shown."""
    return tr("{name} chased, look again on {again}", name=name, again=again)


def noted(name: str) -> str:
    """`3 noted`."""
    return tr("{name} noted", name=name)


def reason_kept(name: str, *, is_changed: bool) -> str:
    """`3 reason kept`, or `3 has that reason already`."""
    return tr("{name} reason kept", name=name) if is_changed else tr("{name} has that reason already", name=name)


def seats_counted(name: str, seats: Mapping[str, object], *, if_unknown: str) -> str:
    """`3 seats: wanted 3, nominated 2, acknowledged 1`; `if_unknown` is the phrase where the number is not known."""
    return tr(
        phrase("{name} seats: wanted {wanted}, nominated {nominated}, acknowledged {acknowledged}")
        if "wanted" in seats
        else if_unknown,
        name=name,
        wanted=seats.get("wanted", ""),
        nominated=seats.get("nominated", 0),
        acknowledged=seats.get("acknowledged", 0),
    )


def party_merged(old: str, new: str, commitments: int, visits: int) -> str:
    """`INTEPROL is now INTERPOL: 3 commitments and 1 visit moved`; the names as they are shown."""
    moved = _moved(commitments, visits)
    if not moved:
        return tr("{old} is now {new}: nothing named it", old=old, new=new)
    return tr("{old} is now {new}: {moved} moved", old=old, new=new, moved=moved)


def party_will_be(old: str, new: str, commitments: int, visits: int, own: Sequence[int]) -> str:
    """`INTEPROL becomes INTERPOL in 3 commitments and 1 visit; its names find INTERPOL from then on.`

    `own` are the numbers of those in which INTERPOL would promise itself something, which is said first.
    """
    moved = _moved(commitments, visits)
    warning = f"{promised_to_itself(new, own)}. " if own else ""
    if not moved:
        return warning + tr("{old} becomes {new}; its names find {new} from then on.", old=old, new=new)
    return warning + tr(
        "{old} becomes {new} in {moved}; its names find {new} from then on.", old=old, new=new, moved=moved
    )


def promised_to_itself(name: str, numbers: Sequence[int]) -> str:
    """`Then INTERPOL promises itself #3, #4, #6 and 2 more`."""
    shown = [number_text(number) for number in numbers[:_MOST_NAMED]]
    more = tr(" and {count} more", count=len(numbers) - _MOST_NAMED) if len(numbers) > _MOST_NAMED else ""
    return tr("Then {name} promises itself {shown}{more}", name=name, shown=", ".join(shown), more=more)


def _moved(commitments: int, visits: int) -> str:
    counts = [plural("{n} commitment", "{n} commitments", commitments)] if commitments else []
    counts += [plural("{n} visit", "{n} visits", visits)] if visits else []
    return tr(" and ").join(counts)


def voices_taken_back(voices: Sequence[str]) -> str:
    """`report and confirmation taken back`; `voices` are those that a step cleared."""
    if len(voices) > 1:
        return tr("report and confirmation taken back")
    return tr("report taken back") if voices[0] == State.REPORTED else tr("confirmation taken back")


_ASIDE = phrase("{slug} is set aside: {listed}")
_ASIDE_UNTIL = phrase("{slug} is set aside until {day}: {listed}")
_ALREADY = phrase("{slug} is set aside already: {listed}")
_ALREADY_UNTIL = phrase("{slug} is set aside already until {day}: {listed}")


def set_aside(visit: Visit, count: int, show: Callable[[str], str], *, is_changed: bool = True) -> str:
    """`lyon-2022 is set aside until 2027-01-15: 5 open commitments in no list`; `show` writes an ISO day."""
    until = visit["aside"].get("until") if "aside" in visit else None
    listed = plural("{n} open commitment in no list", "{n} open commitments in no list", count)
    values = {"slug": visit["slug"], "listed": listed, "day": show(until) if until else ""}
    if until:
        return tr(_ASIDE_UNTIL if is_changed else _ALREADY_UNTIL, **values)
    return tr(_ASIDE if is_changed else _ALREADY, **values)


def brought_back(slug: str, count: int, *, is_changed: bool = True) -> str:
    """`lyon-2022 is back: 5 open commitments listed again`, or `lyon-2022 is not set aside`."""
    if not is_changed:
        return tr("{slug} is not set aside", slug=slug)
    return plural(
        "{slug} is back: {n} open commitment listed again",
        "{slug} is back: {n} open commitments listed again",
        count,
        slug=slug,
    )


def coming_due_change(commitment: Commitment, date: DueDate, *, has_reason: bool = False) -> str:
    """Which change of the due date this would be, before it is saved: `put off by 125 d: a reason is needed`.

    What a wish is stands in a line of its own.
    """
    old, new, kind = commitment.get("due"), date.day, change_of(commitment, date)
    if kind == Change.SAME:
        return tr("as it is now") if old else ""
    if kind == Change.WORDS:
        return tr("the same day, in other words")
    if old is None:
        words = tr("a date again") if kind == Change.AGAIN else tr("the first date")
    elif new is None:
        words = tr_in("due", "taken out")
    else:
        days = days_between(old, new)
        words = plural("put off by {n} d", "put off by {n} d", days) if days > 0 else _earlier(-days)
    if is_due_change_to_explain(commitment, new):
        return words if has_reason else tr("{words}: a reason is needed", words=words)
    return tr("{words},\na wish until it is agreed", words=words) if kind == Change.WISH and new else words


def _earlier(days: int) -> str:
    return plural("{n} d earlier", "{n} d earlier", days)


def promises_entered(numbers: Sequence[int], like: str) -> str:
    """`5 promises of lyon-2022 entered as proposed: 21 to 25`."""
    if not numbers:
        return tr("{like} has no promise to be entered again", like=visible(like))
    which = f"{numbers[0]}" if len(numbers) == 1 else tr("{first} to {last}", first=numbers[0], last=numbers[-1])
    return plural(
        "{n} promise of {like} entered as proposed: {which}",
        "{n} promises of {like} entered as proposed: {which}",
        len(numbers),
        like=visible(like),
        which=which,
    )


def due_changed(
    name: str, before: str | None, commitment: Commitment, change: str, show: Callable[[str], str], how: str = ""
) -> str:
    """`3 due 2023-03-31 -> 2023-06-30 (extension 1)`, or `3 is due 2023-06-30 already`.

    `before` is the ISO day that it was due, `commitment` the one after the change; `show` writes an ISO day, `how` says
    what to type so that a wish is agreed.
    """
    after = commitment.get("due")
    old = show(before) if before else tr_in("due", "none")
    new = show(after) if after else tr("none")
    if change in (Change.SAME, Change.WORDS):
        is_same = change == Change.SAME
        if after:
            return tr(_SAME if is_same else _SAME_WORDS, name=name, day=new)
        return tr(_NONE if is_same else _NONE_WORDS, name=name)
    values = {"name": name, "old": old, "new": new}
    if change == Change.EXTENSION and not after:
        return tr_in("taken out", "{name} due {old} -> {new} (extension {n})", **values, n=extension_count(commitment))
    if change == Change.EXTENSION:
        return tr("{name} due {old} -> {new} (extension {n})", **values, n=extension_count(commitment))
    if change == Change.WISH and after:
        return tr("{name} due {old} -> {new} (a wish until it is agreed{how})", **values, how=how)
    if change == Change.EARLIER:
        return tr("{name} due {old} -> {new} (earlier)", **values)
    if change == Change.CORRECTION:
        return tr("{name} due {old} -> {new} (correction)", **values)
    return tr("{name} due {old} -> {new}", **values)


_SAME = phrase("{name} is due {day} already")
_SAME_WORDS = phrase("{name} is due {day} already; its words are changed")
_NONE = phrase("{name} has no date already")
_NONE_WORDS = phrase("{name} has no date already; its words are changed")
