"""Build the section on what was missed: by how much, by which date, and why."""

from __future__ import annotations

from store.model.vocabulary_and_signs import State
from store.reports.commitment_text import join_remarks
from store.reports.document import Section, Table, TableColumn, TableRow, TextBlock
from store.reports.on_time_section import closed_late
from store.rules.day_done_and_outcome import is_provisional
from store.rules.days import days_between
from store.rules.due_dates_and_extensions import is_wish
from store.rules.on_time_rate import By, date_of, done_day_if_standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.reports.document import Block
    from store.reports.report_period import ReportScope


def misses_section(scope: ReportScope) -> Section:
    """The section with every miss, by either date, and the reason if one is recorded."""
    tr = scope.words.tr
    missed = {by: set(scope.rate(by).missed) for by in By.ALL}
    rows = [row for row in scope.rows if any(row.commitment["id"] in missed[by] for by in By.ALL)]
    late = sorted({number for by in By.ALL for number in closed_late(scope, by)})
    also: list[Block] = []
    if late:
        late_ones = scope.listed(tr("Closed after their date"), late)
        sentence = tr(
            "Not counted, but closed after their date, consent of the other side not recorded: {numbers}.",
            numbers=late_ones,
        )
        also.append(TextBlock(sentence))
    if not rows:
        nothing = TextBlock(tr("Nothing that was due in the period was missed."), "dim")
        return Section(tr("Not done in time, and why"), [nothing, *also])
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 15),
        TableColumn(tr("Not done in time"), 12),
    ]
    entries = []
    for row in rows:
        commitment = row.commitment
        is_current = commitment["id"] in missed[By.CURRENT]
        is_both = all(commitment["id"] in missed[by] for by in By.ALL)
        cells = [
            scope.texts.number(commitment),
            commitment["title"],
            _how_missed(commitment, scope) if is_both else _how_missed_by_one(commitment, missed, scope),
        ]
        aside = scope.words.tr("set aside") if row.is_aside else ""
        remarks = [
            *join_remarks([scope.texts.from_to(commitment), aside, scope.texts.closing(commitment)]),
            *scope.texts.why_missed(commitment, is_current_missed=is_current),
        ]
        entries.append(TableRow(cells, style="overdue", styled=2, remarks=remarks))
    return Section(tr("Not done in time, and why"), [Table(columns, entries), *also])


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
        return scope.words.tr("by the original date: {told}", told=distance)
    return scope.words.tr("by the current date: {told}", told=distance)


def _distance(commitment: Commitment, by: str, scope: ReportScope) -> str:
    """The distance of a miss from its date: done so many days late, not done, or closed."""
    plural, done, date = scope.words.plural, done_day_if_standing(commitment), date_of(commitment, by)
    if commitment["state"] == State.CLOSED:
        return scope.texts.closed(commitment)
    if date is None:
        return ""
    if done is not None:
        late = days_between(date, done)
        if is_provisional(commitment):
            return plural(
                "reported done {n} day late, not confirmed", "reported done {n} days late, not confirmed", late
            )
        return plural("done {n} day late", "done {n} days late", late)
    days = days_between(date, scope.snapshot.today)
    if is_wish(commitment):
        return plural("not done, {n} day past, no longer agreed", "not done, {n} days past, no longer agreed", days)
    return plural("not done, {n} day late", "not done, {n} days late", days)
