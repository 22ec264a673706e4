"""Build the section on the on-time rate: by the original and by the current date, and what is left out of it."""

from __future__ import annotations

from store.model.vocabulary_and_signs import VERDICTS, Verdict
from store.reports.document import Section, Table, TableColumn, TableRow, TextBlock
from store.reports.percentages import n_of_d
from store.rules.day_done_and_outcome import excuse, is_closed_late
from store.rules.on_time_rate import By, date_of
from store.rules.seats import missing_seats

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.reports.document import Block
    from store.reports.report_period import ReportScope
    from store.rules.on_time_rate import Rate


def on_time_section(scope: ReportScope) -> Section:
    """The section with the on-time rate by both dates, and what it leaves out (docs/rules.md)."""
    tr = scope.words.tr
    original, current = scope.rate(By.ORIGINAL), scope.rate(By.CURRENT)
    columns = [TableColumn("", 6), *(TableColumn(heading, 5) for heading in _by(scope))]
    rates_of_both = [n_of_d(rate, scope, with_per_cent=True) for rate in (original, current)]
    entries = [
        TableRow([tr("Done in time, reported or confirmed"), *rates_of_both], style="strong", styled=1),
        TableRow([tr("Of these confirmed"), *(str(len(rate.confirmed)) for rate in (original, current))]),
        _numbers(
            scope,
            tr("Done in time (numbers)"),
            scope.of_the_period(tr("Done in time, reported or confirmed")),
            original.on_time,
            current.on_time,
        ),
        *_with_fewer_seats(scope, original, current),
        _numbers(
            scope,
            tr("Not done in time (numbers)"),
            scope.of_the_period(tr("Not done in time")),
            original.missed,
            current.missed,
        ),
    ]
    return Section(
        tr("On-time rate"), [Table(columns, entries), *_left_out(scope, original, current)], begins_page=True
    )


def _numbers(scope: ReportScope, label: str, what: str, *numbers: Sequence[int]) -> TableRow:
    """A row of the numbers by both dates, of which an annex says `what` they are: once, if they are the same."""
    named = [what if numbers[0] == numbers[1] else f"{what}, {heading}" for heading in _by(scope)]
    return TableRow(
        [_capitalised(label), *(_listed(scope, name, its) for name, its in zip(named, numbers, strict=True))]
    )


def _with_fewer_seats(scope: ReportScope, original: Rate, current: Rate) -> list[TableRow]:
    """The row of what was done in time with fewer seats than were wanted; none where there is nothing."""
    short = {each["id"] for each in scope.commitments if missing_seats(each) is not None}
    found = [[number for number in rate.on_time if number in short] for rate in (original, current)]
    if not any(found):
        return []
    label = scope.words.tr("of these with fewer seats than wanted")
    return [_numbers(scope, label, scope.of_the_period(label), *found)]


def _listed(scope: ReportScope, what: str, found: Sequence[int]) -> str:
    return f"{len(found)}: {scope.listed(what, found)}" if found else scope.words.nothing


def _capitalised(label: str) -> str:
    return label[:1].upper() + label[1:]


def _by(scope: ReportScope) -> tuple[str, str]:
    return scope.words.tr("by the original date"), scope.words.tr("by the current date")


def _left_out(scope: ReportScope, original: Rate, current: Rate) -> list[Block]:
    tr = scope.words.tr
    rates = (original, current)
    entries = _group(scope, tr("Due in the period"), Verdict.DUE_BUT_LEFT_OUT, rates)
    late = [closed_late(scope, by) for by in By.ALL]
    if any(late):
        text = tr("among those above: closed after its date, consent of the other side not recorded")
        cells = [_with_reasons(scope, f"{text}, {by}", its) for by, its in zip(_by(scope), late, strict=True)]
        entries.append(TableRow([_capitalised(text), *cells]))
    others = [reason for reason in Verdict.LEFT_OUT if reason not in Verdict.DUE_BUT_LEFT_OUT]
    entries += _group(scope, tr("Not due in the period"), others, rates)
    if not entries:
        return [TextBlock(tr("Nothing is left out of the rate."), "dim")]
    columns = [
        TableColumn(tr("Left out of the rate"), 6),
        TableColumn(tr("by the original date"), 5),
        TableColumn(tr("by the current date"), 5),
    ]
    return [Table(columns, entries)]


def _with_reasons(scope: ReportScope, what: str, found: Sequence[int]) -> str:
    """How many there are, and the numbers with the reason for which each was closed."""
    if not found:
        return scope.words.nothing
    reasons = {each["id"]: excuse(each) for each in scope.commitments}
    listed = []
    for reason in dict.fromkeys(reasons[number] for number in found):
        its = [number for number in found if reasons[number] == reason]
        word = scope.words.tr(VERDICTS[reason].text) if reason is not None else ""
        listed.append(f"{scope.listed(f'{what}, {word}', its)} ({word})")
    return f"{len(found)}: {'; '.join(listed)}"


def _group(scope: ReportScope, label: str, reasons: Sequence[str], rates: Sequence[Rate]) -> list[TableRow]:
    """How many are left out for one of these reasons, and a row of the numbers for each; none where there are none."""
    counts = [sum(len(rate.left_out.get(reason, ())) for reason in reasons) for rate in rates]
    if not any(counts):
        return []
    entries = [TableRow([label, *map(str, counts)], style="strong")]
    for reason in reasons:
        pair = [rate.left_out.get(reason, ()) for rate in rates]
        if any(pair):
            text = scope.words.tr(VERDICTS[reason].text)
            its = scope.of_the_period(text) if reason in Verdict.DUE_BUT_LEFT_OUT else text
            entries.append(_numbers(scope, text, its, *pair))
    return entries


def closed_late(scope: ReportScope, by: str) -> list[int]:
    """Numbers of what the rate by this date leaves out, and was closed after that date by one side."""
    left_out = scope.rate(by).left_out
    excused = {*left_out.get(Verdict.SUPERSEDED, ()), *left_out.get(Verdict.OVERTAKEN, ())}
    return [
        each["id"] for each in scope.commitments if each["id"] in excused and is_closed_late(each, date_of(each, by))
    ]
