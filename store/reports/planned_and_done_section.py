"""Build the table of what was planned for the period, by either date, and of what was done in it."""

from __future__ import annotations

from store.model.vocabulary_and_signs import OPEN
from store.reports.commitment_text import join_remarks
from store.reports.document import Table, TableColumn, TableRow, TextBlock
from store.reports.internal_remarks import internal_remarks
from store.rules.due_dates_and_extensions import was_agreed
from store.rules.on_time_rate import By, date_of, done_day_if_standing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment
    from store.reports.document import Block
    from store.reports.report_period import ReportScope
    from store.snapshot import Row


_RESULT = 4
"""The column of the result in the table."""


def is_planned(commitment: Commitment, by: str, scope: ReportScope) -> bool:
    """Whether a commitment was ever agreed and its date lies in the period: a date not agreed is no plan."""
    return was_agreed(commitment) and scope.holds(date_of(commitment, by))


def planned_and_done_blocks(scope: ReportScope) -> list[Block]:
    """The table of commitments due in the period, by either date, or done in it."""
    tr = scope.words.tr
    rows = [row for row in scope.rows if _is_of_the_period(row.commitment, scope)]
    if not rows:
        return [TextBlock(tr("Nothing fell due in the period, and nothing was done in it."), "dim")]
    rows.sort(key=lambda row: (date_of(row.commitment, By.ORIGINAL) or "9", row.commitment["id"]))
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 16),
        TableColumn(tr("Due"), 7),
        TableColumn(tr("Reported done"), 5),
        TableColumn(tr("State or result"), 7),
    ]
    return [Table(columns, [_planned(row, scope) for row in rows])]


def _is_of_the_period(commitment: Commitment, scope: ReportScope) -> bool:
    is_done = scope.holds(done_day_if_standing(commitment))
    return is_done or any(is_planned(commitment, by, scope) for by in By.ALL)


def _planned(row: Row, scope: ReportScope) -> TableRow:
    commitment, texts = row.commitment, scope.texts
    cells = [
        scope.texts.number(commitment),
        commitment["title"],
        _due(commitment, scope),
        _said_done(commitment, scope),
        texts.result_or_state(row),
    ]
    facts = [
        texts.from_to(commitment),
        *texts.helpers(row),
        texts.seats(commitment),
        texts.returned(commitment),
        texts.extensions(commitment, is_original_given=True),
        texts.voices(commitment),
        texts.closing(commitment),
    ]
    # Open commitments have their internal remarks in the section on what is open.
    internal = [] if commitment["state"] in OPEN else internal_remarks(texts, commitment)
    return TableRow(cells, style=texts.style(row), styled=_RESULT, remarks=[*join_remarks(facts), *internal])


def _due(commitment: Commitment, scope: ReportScope) -> str:
    """The original date, and the current one where it is another."""
    texts, original, current = scope.texts, date_of(commitment, By.ORIGINAL), commitment.get("due")
    if original == current:
        return texts.date(commitment, original)
    first = texts.date(commitment, original)
    if current is None:
        return scope.words.tr("{original}, taken out", original=first)
    return scope.words.tr("{original}, changed to {current}", original=first, current=texts.date(commitment, current))


def _said_done(commitment: Commitment, scope: ReportScope) -> str:
    """The day for which it was reported done; one confirmed without a report has the day of that, and says so."""
    done = done_day_if_standing(commitment)
    if done is None:
        return scope.words.nothing
    day = scope.words.day(done)
    return day if "reported" in commitment else scope.words.tr("confirmed {day}", day=day)
