"""What of a period was planned, done and kept in time; each miss with its reason."""

from __future__ import annotations

from store.model.vocabulary import BANDS, OPEN, VERDICTS, State, Verdict
from store.reports.commitment_text import joined, numbers
from store.reports.document import Figures, Section, Table, TableColumn, TableRow, TextBlock
from store.rules.days import days_between
from store.rules.due_dates import is_wish, was_agreed
from store.rules.on_time import By, date_of, done_day_if_standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.reports.document import Block
    from store.reports.report_period import Scope
    from store.rules.on_time import Rate
    from store.snapshot import Row


def figures(scope: Scope) -> Section:
    """The period at one glance: planned, done, and kept in time by both dates."""
    say = scope.words.say
    done = sum(scope.holds(done_day_if_standing(commitment)) for commitment in scope.commitments)
    due = {by: str(sum(is_planned(commitment, by, scope) for commitment in scope.commitments)) for by in By.ALL}
    blocks: list[Block] = [
        Figures([
            (due[By.ORIGINAL], say("due by the original date"), "plain"),
            (due[By.CURRENT], say("due by the current date"), "plain"),
            (str(done), say("done in the period"), "finished"),
            (n_of_d(scope.rate(By.ORIGINAL), scope), say("in time by the original date"), "strong"),
            (n_of_d(scope.rate(By.CURRENT), scope), say("in time by the current date"), "strong"),
        ])
    ]  # fmt: skip
    return Section(say("The period in figures"), blocks)


def is_planned(commitment: Commitment, by: str, scope: Scope) -> bool:
    """Whether it was agreed at some time, and its date lies in the period. A wish is no plan."""
    return was_agreed(commitment) and scope.holds(date_of(commitment, by))


def n_of_d(rate: Rate, scope: Scope) -> str:
    """`3 of 5`, or that nothing could have been kept."""
    if not rate.total:
        return "-"
    return scope.words.say("{n} of {d}", n=rate.kept, d=rate.total)


def rates(scope: Scope) -> Section:
    """The on-time rate by both dates, and what it leaves out, counted and listed."""
    say = scope.words.say
    original, current = scope.rate(By.ORIGINAL), scope.rate(By.CURRENT)
    entries = []
    for heading, rate in ((say("by the original date"), original), (say("by the current date"), current)):
        cells = [heading, n_of_d(rate, scope), str(len(rate.confirmed)), _listed(rate.on_time), _listed(rate.missed)]
        entries.append(TableRow(cells, style="strong"))
    columns = [
        TableColumn(say("Measured"), 8),
        TableColumn(say("Kept in time"), 4),
        TableColumn(say("Of these confirmed"), 4, is_number=True),
        TableColumn(say("Kept in time: which"), 6),
        TableColumn(say("Missed: which"), 6),
    ]
    return Section(say("On-time rate"), [Table(columns, entries), *_left_out(scope, original, current)])


def _listed(found: Sequence[int]) -> str:
    return f"{len(found)}: {numbers(found)}" if found else "0"


def _left_out(scope: Scope, original: Rate, current: Rate) -> list[Block]:
    say = scope.words.say
    entries = []
    for reason in Verdict.LEFT_OUT:
        pair = [rate.left_out.get(reason, ()) for rate in (original, current)]
        if any(pair):
            entries.append(TableRow([say(VERDICTS[reason].text), *map(_listed, pair)]))
    if not entries:
        return [TextBlock(say("Nothing is left out of the rate."), "dim")]
    columns = [
        TableColumn(say("Left out of the rate"), 4),
        TableColumn(say("by the original date"), 6),
        TableColumn(say("by the current date"), 6),
    ]
    return [Table(columns, entries)]


def planned_and_done(scope: Scope) -> list[Block]:
    """What fell due in the period, by either date, and what was done in it."""
    say = scope.words.say
    rows = [row for row in scope.rows if _is_of_the_period(row.commitment, scope)]
    if not rows:
        return [TextBlock(say("Nothing fell due in the period, and nothing was done in it."), "dim")]
    rows.sort(key=lambda row: (date_of(row.commitment, By.ORIGINAL) or "9", row.commitment["id"]))
    columns = [
        TableColumn(say("No."), 2),
        TableColumn(say("What was promised"), 9),
        TableColumn(say("Original date"), 5),
        TableColumn(say("Current date"), 5),
        TableColumn(say("Done"), 5),
        TableColumn(say("State or result"), 7),
    ]
    return [Table(columns, [_planned(row, scope) for row in rows])]


def _is_of_the_period(commitment: Commitment, scope: Scope) -> bool:
    is_done = scope.holds(done_day_if_standing(commitment))
    return is_done or any(is_planned(commitment, by, scope) for by in By.ALL)


def _planned(row: Row, scope: Scope) -> TableRow:
    commitment, telling = row.commitment, scope.telling
    done = done_day_if_standing(commitment)
    cells = [
        f"#{commitment['id']}",
        commitment["title"],
        telling.day(date_of(commitment, By.ORIGINAL)),
        telling.day(commitment.get("due")),
        scope.words.day(done) if done is not None else "-",
        telling.standing(row),
    ]
    facts = [
        telling.from_to(commitment),
        *telling.helpers(commitment),
        telling.seats(commitment),
        telling.returned(commitment),
        telling.voices(commitment),
        telling.closing(commitment),
    ]
    # What is still open stands further down with all that is not handed over.
    internal = [] if commitment["state"] in OPEN else telling.internal(commitment)
    return TableRow(cells, style=BANDS[row.band].style, remarks=[*joined(facts), *internal])


def misses(scope: Scope) -> Section:
    """Every miss, by either date, with the reason that is recorded for it, or that none is."""
    say = scope.words.say
    missed = {by: set(scope.rate(by).missed) for by in By.ALL}
    rows = [row for row in scope.rows if any(row.commitment["id"] in missed[by] for by in By.ALL)]
    if not rows:
        return Section(
            say("Missed, and why"), [TextBlock(say("Nothing that was due in the period was missed."), "dim")]
        )
    columns = [
        TableColumn(say("No."), 2),
        TableColumn(say("What was promised"), 13),
        TableColumn(say("Missed"), 14),
    ]
    entries = []
    for row in rows:
        commitment = row.commitment
        is_both = all(commitment["id"] in missed[by] for by in By.ALL)
        cells = [
            f"#{commitment['id']}",
            commitment["title"],
            _how_missed(commitment, scope) if is_both else _how_missed_by_one(commitment, missed, scope),
        ]
        why = scope.telling.miss(commitment) or [say("no reason recorded")]
        entries.append(TableRow(cells, style="overdue", remarks=[scope.telling.from_to(commitment), *why]))
    return Section(say("Missed, and why"), [Table(columns, entries)])


def _how_missed(commitment: Commitment, scope: Scope) -> str:
    """By both dates; when they are the same there is one to tell."""
    told = [_distance(commitment, by, scope) for by in By.ALL]
    if told[0] == told[1]:
        return told[0]
    return "; ".join(_by_which(by, one, scope) for by, one in zip(By.ALL, told, strict=True))


def _how_missed_by_one(commitment: Commitment, missed: dict[str, set[int]], scope: Scope) -> str:
    by = next(by for by in By.ALL if commitment["id"] in missed[by])
    return _by_which(by, _distance(commitment, by, scope), scope)


def _by_which(by: str, told: str, scope: Scope) -> str:
    if by == By.ORIGINAL:
        return scope.words.say("by the original date: {told}", told=told)
    return scope.words.say("by the current date: {told}", told=told)


def _distance(commitment: Commitment, by: str, scope: Scope) -> str:
    """How far a miss is from its date: done so many days late, not done, or closed."""
    say, done, date = scope.words.say, done_day_if_standing(commitment), date_of(commitment, by)
    if commitment["state"] == State.CLOSED:
        return scope.telling.closed(commitment)
    if date is None:
        return ""
    if done is not None:
        return say("done {n} d late", n=days_between(date, done))
    days = days_between(date, scope.snapshot.today)
    if is_wish(commitment):
        return say("not done, {n} d past, no longer agreed", n=days)
    return say("not done, {n} d late", n=days)
