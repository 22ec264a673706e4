"""Build the sections of a report on what is late by its age, and on what falls due in the quarter after it."""

from __future__ import annotations

from store.model.vocabulary_and_signs import STANDINGS, State
from store.reports.commitment_text import join_remarks
from store.reports.document import Section, Table, TableColumn, TableRow, TextBlock
from store.reports.report_period import period_after, short_period
from store.reports.set_aside_section import counted_though_set_aside
from store.rules.assess_overdue_and_tally import AGES, age_of
from store.rules.day_done_and_outcome import standing
from store.rules.due_dates_and_extensions import is_late
from store.rules.planned_and_done_in_period import is_due_between, is_planned_between
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.reports.report_period import ReportScope


def ages_section(scope: ReportScope) -> Section:
    """The section that counts what is late today by its age."""
    tr = scope.words.tr
    heading = tr("Overdue on the day of this report, by age")
    late = [row for row in scope.rows if is_late(row.commitment, row.band)]
    if not late:
        return Section(heading, [TextBlock(tr("Nothing is overdue."), "dim")])
    of_age: list[list[int]] = [[] for _ in AGES]
    for row in late:
        of_age[age_of(row.days_overdue)].append(row.commitment["id"])
    labels = (
        tr("up to {last} days", last=AGES[0][1]),
        *(tr("{first} to {last} days", first=first, last=last) for first, last in AGES[1:-1]),
        tr("over {first} days", first=AGES[-2][1]),
    )
    columns = [
        TableColumn(tr("Days late"), 5),
        TableColumn(tr("Commitments"), 4, is_number=True),
        TableColumn(tr("Which"), 16),
    ]
    entries = [
        TableRow(
            [label, str(len(its)), scope.listed(f"{heading}: {label}", its)],
            style="overdue" if its else "plain",
            styled=1,
        )
        for label, its in zip(labels, of_age, strict=True)
    ]
    entries.append(TableRow([tr("In all"), str(len(late)), ""], style="strong", styled=1))
    return Section(heading, [Table(columns, entries), *counted_though_set_aside(scope, late)])


def due_next_section(scope: ReportScope) -> Section:
    """The section on what was agreed, is still to be done, and falls due in the three months after the period."""
    tr, texts = scope.words.tr, scope.texts
    first, last = period_after(scope.last)
    heading = tr("Due in the next quarter: {period}", period=short_period(scope.words, first, last))
    rows = [row for row in scope.rows if is_planned_between(row.commitment, first, last)]
    also = _apart(scope, first, last, heading)
    if not rows:
        return Section(heading, [TextBlock(tr("Nothing that was agreed falls due in it."), "dim"), *also])
    rows.sort(key=lambda row: (row.commitment["due"], row.commitment["id"]))
    entries = []
    for row in rows:
        commitment = row.commitment
        due = texts.date(commitment, commitment["due"])
        remarks = join_remarks([texts.from_to(commitment), texts.extensions(commitment), texts.seats(commitment)])
        cells = [scope.texts.number(commitment), commitment["title"], due, texts.result_or_state(row)]
        entries.append(TableRow(cells, style=texts.style(row), styled=3, remarks=remarks))
    return Section(heading, [Table(texts.columns(), entries), *also])


def _apart(scope: ReportScope, first: str, last: str, heading: str) -> list[TextBlock]:
    """The sentences that name what is proposed for these days, and what is due in them and is done before.

    An annex names them under the `heading` of the section.
    """
    blocks = []
    for state, text in (
        (State.PROPOSED, phrase("Proposed for it, the date not agreed: {numbers}.")),
        (State.REPORTED, phrase("Also due in it, already reported done: {numbers}.")),
        (State.CONFIRMED, phrase("Also due in it, already kept: {numbers}.")),
    ):
        found = [each for each in scope.commitments if each["state"] == state and is_due_between(each, first, last)]
        if found:
            what = scope.words.tr(STANDINGS[standing(found[0])].text)
            listed_numbers = scope.listed(f"{heading}: {what}", [each["id"] for each in found])
            blocks.append(TextBlock(scope.words.tr(text, numbers=listed_numbers)))
    return blocks
