"""Build the part on visits that are set aside: their open commitments stand in no other part of a paper."""

from __future__ import annotations

from store.query.sort_orders import by_urgency
from store.reports.commitment_text import join_remarks
from store.reports.document import Section, Table, TableRow, TextBlock
from store.reports.internal_remarks import internal_remarks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.record_types import Visit
    from store.reports.commitment_text import CommitmentText
    from store.reports.report_period import ReportScope
    from store.snapshot import Row, Snapshot


def set_aside_sections(
    texts: CommitmentText, snapshot: Snapshot, rows: Iterable[Row], *, counted_on: str | None = None
) -> list[Section]:
    """The part with a section for each visit set aside that has some of these rows; empty where none has.

    `counted_on`: the ISO day up to which days are counted, where the paper is of another one.
    """
    rows_of: dict[str, list[Row]] = {}
    for row in sorted(rows, key=by_urgency):
        if row.is_aside:
            rows_of.setdefault(row.commitment["visit"], []).append(row)
    if not rows_of:
        return []
    tr = texts.words.tr
    explained = TextBlock(tr("Not followed up for the time being."), "dim")
    visits = [visit for visit in snapshot.visits_newest_first if visit["slug"] in rows_of]
    its = [_section(texts, visit, rows_of[visit["slug"]], counted_on) for visit in visits]
    return [Section(tr("Set aside"), [explained]), *its]


def counted_though_set_aside(scope: ReportScope, rows: Iterable[Row]) -> list[TextBlock]:
    """The sentence that names what counts of these rows hold though it is set aside; none where there is nothing."""
    aside = [row.commitment["id"] for row in rows if row.is_aside]
    if not aside:
        return []
    tr = scope.words.tr
    numbers = scope.listed(tr("Set aside"), aside)
    return [TextBlock(tr("Set aside with their visits, and counted here: {numbers}.", numbers=numbers), "dim")]


def _set_aside_in_words(texts: CommitmentText, visit: Visit) -> str:
    """Since when a visit is set aside, until when, and in an internal paper why."""
    words, aside = texts.words, visit["aside"]
    since = words.written_day(aside["on"])
    if "until" in aside:
        text = words.tr("set aside on {day} until {until}", day=since, until=words.written_day(aside["until"]))
    else:
        text = words.tr("set aside on {day}", day=since)
    reason = aside.get("reason") if texts.is_internal else None
    return "; ".join([text, *([words.tr("reason: {reason}", reason=reason)] if reason else [])])


def _section(texts: CommitmentText, visit: Visit, rows: Sequence[Row], counted_on: str | None) -> Section:
    entries = []
    for row in rows:
        commitment = row.commitment
        cells = [texts.number(commitment), commitment["title"], texts.when(row), texts.state(row)]
        remarks = [*join_remarks(texts.facts_of_open(row)), *texts.why_late(row)]
        remarks += internal_remarks(texts, commitment)
        entries.append(TableRow(cells, style=texts.style(row), styled=2, remarks=remarks))
    when = TextBlock(_set_aside_in_words(texts, visit), "dim")
    return Section(texts.visit(visit), [when, Table(texts.columns(counted_on=counted_on), entries)], level=2)
