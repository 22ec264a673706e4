"""Build the sections on a period: key figures, on-time rate, planned and done, misses with their reasons."""

from __future__ import annotations

from store.model.vocabulary import OPEN, VERDICTS, State, Verdict
from store.reports.commitment_text import join_remarks
from store.reports.document import Section, Table, TableColumn, TableRow, TextBlock
from store.rules.days import days_between
from store.rules.due_dates import is_wish, was_agreed
from store.rules.on_time import By, date_of, done_day_if_standing
from store.rules.outcomes import is_closed_late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment
    from store.reports.document import Block
    from store.reports.report_period import ReportScope
    from store.rules.on_time import Rate
    from store.snapshot import Row


_RESULT = 5
"""The column of the result in the table of what was planned."""


def is_planned(commitment: Commitment, by: str, scope: ReportScope) -> bool:
    """Whether a commitment was ever agreed and its date lies in the period: a date not agreed is no plan."""
    return was_agreed(commitment) and scope.holds(date_of(commitment, by))


def n_of_d(rate: Rate, scope: ReportScope, *, with_per_cent: bool = False) -> str:
    """Format a rate: `3 of 5`, `3 of 5 (60 %)`, or `-` where the total is zero."""
    if not rate.total:
        return "-"
    text = scope.words.say("{n} of {d}", n=rate.kept, d=rate.total)
    return f"{text} ({per_cent(rate.kept, rate.total, scope)})" if with_per_cent else text


def per_cent(part: int, whole: int, scope: ReportScope) -> str:
    """A share as `33 %`, rounded; only all is 100, and only nothing 0."""
    half_up = (200 * part + whole) // (2 * whole) if whole else 0
    share = min(max(half_up, 1), 99) if 0 < part < whole else 100 * (part > 0)
    return scope.words.say("{n} %", n=share)


def rates(scope: ReportScope) -> Section:
    """The section with the on-time rate by both dates, and what it leaves out (docs/rules.md)."""
    say = scope.words.say
    original, current = scope.rate(By.ORIGINAL), scope.rate(By.CURRENT)
    columns = [TableColumn("", 4), *(TableColumn(heading, 6) for heading in _by(scope))]
    rates_of_both = [n_of_d(rate, scope, with_per_cent=True) for rate in (original, current)]
    entries = [
        TableRow([say("Kept in time"), *rates_of_both], style="strong", styled=1),
        TableRow([say("Of these confirmed"), *(str(len(rate.confirmed)) for rate in (original, current))]),
        _numbers(scope, say("Kept in time (numbers)"), say("Kept in time"), original.on_time, current.on_time),
        _numbers(scope, say("Missed (numbers)"), say("Missed"), original.missed, current.missed),
    ]
    return Section(
        say("On-time rate"), [Table(columns, entries), *_left_out(scope, original, current)], begins_page=True
    )


def _numbers(scope: ReportScope, label: str, what: str, *numbers: Sequence[int]) -> TableRow:
    """A row of the numbers by both dates, of which an annex says `what` they are."""
    named = [f"{what}, {heading}" for heading in _by(scope)]
    return TableRow([label, *(_listed(scope, name, its) for name, its in zip(named, numbers, strict=True))])


def _listed(scope: ReportScope, what: str, found: Sequence[int]) -> str:
    return f"{len(found)}: {scope.listed(what, found)}" if found else "0"


def _by(scope: ReportScope) -> tuple[str, str]:
    return scope.words.say("by the original date"), scope.words.say("by the current date")


def _left_out(scope: ReportScope, original: Rate, current: Rate) -> list[Block]:
    say = scope.words.say
    entries = []
    for reason in Verdict.LEFT_OUT:
        pair = [rate.left_out.get(reason, ()) for rate in (original, current)]
        if any(pair):
            text = say(VERDICTS[reason].text)
            cells = [_listed(scope, f"{text}, {by}", its) for by, its in zip(_by(scope), pair, strict=True)]
            entries.append(TableRow([text, *cells]))
    late = [_closed_late(scope, by) for by in By.ALL]
    if any(late):
        text = say("of these closed after their date, consent of the other side not recorded")
        cells = [_listed(scope, f"{text}, {by}", its) for by, its in zip(_by(scope), late, strict=True)]
        entries.append(TableRow([text, *cells], style="strong"))
    if not entries:
        return [TextBlock(say("Nothing is left out of the rate."), "dim")]
    columns = [
        TableColumn(say("Left out of the rate"), 4),
        TableColumn(say("by the original date"), 6),
        TableColumn(say("by the current date"), 6),
    ]
    return [Table(columns, entries)]


def _closed_late(scope: ReportScope, by: str) -> list[int]:
    """Numbers of what the rate by this date leaves out, and was closed after that date by one side."""
    left_out = scope.rate(by).left_out
    excused = {*left_out.get(Verdict.SUPERSEDED, ()), *left_out.get(Verdict.OVERTAKEN, ())}
    return [
        each["id"] for each in scope.commitments if each["id"] in excused and is_closed_late(each, date_of(each, by))
    ]


def planned_and_done_blocks(scope: ReportScope) -> list[Block]:
    """The table of commitments due in the period, by either date, or done in it."""
    say = scope.words.say
    rows = [row for row in scope.rows if _is_of_the_period(row.commitment, scope)]
    if not rows:
        return [TextBlock(say("Nothing fell due in the period, and nothing was done in it."), "dim")]
    rows.sort(key=lambda row: (date_of(row.commitment, By.ORIGINAL) or "9", row.commitment["id"]))
    columns = [
        TableColumn(say("No."), 3),
        TableColumn(say("Commitment"), 13),
        TableColumn(say("Original date"), 5),
        TableColumn(say("Current date"), 5),
        TableColumn(say("Done"), 5),
        TableColumn(say("State or result"), 7),
    ]
    return [Table(columns, [_planned(row, scope) for row in rows])]


def _is_of_the_period(commitment: Commitment, scope: ReportScope) -> bool:
    is_done = scope.holds(done_day_if_standing(commitment))
    return is_done or any(is_planned(commitment, by, scope) for by in By.ALL)


def _planned(row: Row, scope: ReportScope) -> TableRow:
    commitment, texts = row.commitment, scope.texts
    done = done_day_if_standing(commitment)
    cells = [
        scope.texts.number(commitment),
        commitment["title"],
        texts.date(commitment, date_of(commitment, By.ORIGINAL)),
        texts.date(commitment, commitment.get("due")),
        scope.words.day(done) if done is not None else "-",
        texts.result_or_state(row),
    ]
    facts = [
        texts.from_to(commitment),
        *texts.helpers(commitment),
        texts.seats(commitment),
        texts.returned(commitment),
        texts.extensions(commitment),
        texts.voices(commitment),
        texts.closing(commitment),
    ]
    # Open commitments have their internal remarks in the section on what is open.
    internal = [] if commitment["state"] in OPEN else texts.internal_remarks(commitment)
    return TableRow(cells, style=texts.style(row), styled=_RESULT, remarks=[*join_remarks(facts), *internal])


def misses(scope: ReportScope) -> Section:
    """The section with every miss, by either date, and the reason if one is recorded."""
    say = scope.words.say
    missed = {by: set(scope.rate(by).missed) for by in By.ALL}
    rows = [row for row in scope.rows if any(row.commitment["id"] in missed[by] for by in By.ALL)]
    late = sorted({number for by in By.ALL for number in _closed_late(scope, by)})
    also: list[Block] = []
    if late:
        told = scope.listed(say("Closed after their date"), late)
        sentence = say(
            "Not counted, but closed after their date, consent of the other side not recorded: {numbers}.", numbers=told
        )
        also.append(TextBlock(sentence))
    if not rows:
        nothing = TextBlock(say("Nothing that was due in the period was missed."), "dim")
        return Section(say("Missed, and why"), [nothing, *also])
    columns = [
        TableColumn(say("No."), 3),
        TableColumn(say("Commitment"), 15),
        TableColumn(say("Missed"), 12),
    ]
    entries = []
    for row in rows:
        commitment = row.commitment
        is_both = all(commitment["id"] in missed[by] for by in By.ALL)
        cells = [
            scope.texts.number(commitment),
            commitment["title"],
            _how_missed(commitment, scope) if is_both else _how_missed_by_one(commitment, missed, scope),
        ]
        remarks = [scope.texts.from_to(commitment), *scope.texts.why_missed(commitment)]
        entries.append(TableRow(cells, style="overdue", styled=2, remarks=remarks))
    return Section(say("Missed, and why"), [Table(columns, entries), *also])


def _how_missed(commitment: Commitment, scope: ReportScope) -> str:
    """The distances from both dates, once if they are the same."""
    distances = [_distance(commitment, by, scope) for by in By.ALL]
    if distances[0] == distances[1]:
        return distances[0]
    return "; ".join(_by_which(by, one, scope) for by, one in zip(By.ALL, distances, strict=True))


def _how_missed_by_one(commitment: Commitment, missed: dict[str, set[int]], scope: ReportScope) -> str:
    by = next(by for by in By.ALL if commitment["id"] in missed[by])
    return _by_which(by, _distance(commitment, by, scope), scope)


def _by_which(by: str, distance: str, scope: ReportScope) -> str:
    if by == By.ORIGINAL:
        return scope.words.say("by the original date: {told}", told=distance)
    return scope.words.say("by the current date: {told}", told=distance)


def _distance(commitment: Commitment, by: str, scope: ReportScope) -> str:
    """The distance of a miss from its date: done so many days late, not done, or closed."""
    plural, done, date = scope.words.plural, done_day_if_standing(commitment), date_of(commitment, by)
    if commitment["state"] == State.CLOSED:
        return scope.texts.closed(commitment)
    if date is None:
        return ""
    if done is not None:
        return plural("done {n} d late", "done {n} d late", days_between(date, done))
    days = days_between(date, scope.snapshot.today)
    if is_wish(commitment):
        return plural("not done, {n} d past, no longer agreed", "not done, {n} d past, no longer agreed", days)
    return plural("not done, {n} d late", "not done, {n} d late", days)
