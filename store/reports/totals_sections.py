"""Build the sections with the totals of a report: by visit, by kind, by institution."""

from __future__ import annotations

from collections import Counter

from store.model.vocabulary_and_signs import NOTHING_PROMISED, OPEN, STANDINGS, Standing
from store.reports.commitment_text import VISIT_TEXTS, join_remarks
from store.reports.document import Bars, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.percentages import n_of_d
from store.reports.set_aside_section import counted_though_set_aside
from store.rules.party_counts import party_counts
from store.rules.progress import by_kind, by_party, totals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Sized

    from store.model.record_types import Commitment, Visit
    from store.reports.document import Block
    from store.reports.language_of_papers import Words
    from store.reports.report_period import ReportScope
    from store.rules.party_counts import PartyCounts
    from store.rules.progress import Totals

_IN_WORK = 4
"""The column of what is in work, and how much of it is late."""


def totals_of(scope: ReportScope, commitments: Sequence[Commitment]) -> Totals:
    """The totals of these commitments, their rates those of the period of the report."""
    return totals(commitments, scope.snapshot.today, first=scope.first, last=scope.last)


_LABEL, _TITLE = 50, 200
"""The shares of a short label, and of a title, which gets what the numbers do not need."""


def _columns(scope: ReportScope, first: str, *, share: int = _LABEL) -> list[TableColumn]:
    tr = scope.words.tr
    counted = (
        (tr("In all"), 10),
        (tr("Kept (late)"), 17),
        (tr("Reported"), 17),
        (tr("Under way (overdue)"), 17),
        (tr("Proposed"), 18),
        (tr("Withdrawn"), 16),
        (tr("Not met"), 16),
        (tr("In time, original"), 23),
        (tr("In time, current"), 20),
    )
    return [TableColumn(first, share), *[TableColumn(heading, its, is_number=True) for heading, its in counted]]


def _entry(scope: ReportScope, label: str, commitments: Sequence[Commitment], *, remarks: Sequence[str]) -> TableRow:
    its = totals_of(scope, commitments)
    counts = [its.proposed, its.withdrawn, its.not_met]
    rates = [n_of_d(its.by_original, scope), n_of_d(its.by_current, scope)]
    kept, in_work = _with_late(scope, its.kept, its.kept_late), _with_late(scope, its.in_work, its.late)
    cells = [label, str(its.promised), kept, str(its.reported), in_work, *map(str, counts), *rates]
    return TableRow(cells, style="overdue" if its.late else "plain", styled=_IN_WORK, remarks=remarks)


def _whole(scope: ReportScope) -> TableRow:
    entry = _entry(scope, scope.words.tr("In all"), scope.commitments, remarks=())
    return TableRow(entry.cells, style="strong", styled=1)


def _with_late(scope: ReportScope, count: int, late: int) -> str:
    """A count with how many of it are late; none where the heading would count all as late."""
    is_late_shown = late or (count and scope.words.is_count_behind)
    return f"{count} ({late})" if is_late_shown else str(count)


def visits_section(scope: ReportScope, visits: Sequence[Visit]) -> Section:
    """The section with the totals of these visits, also of those without a commitment."""
    tr = scope.words.tr
    heading = tr("By event")
    if not visits:
        return Section(heading, [TextBlock(tr("There is no event."), "dim")])
    of_visit: dict[str, list[Commitment]] = {visit["slug"]: [] for visit in visits}
    for commitment in scope.commitments:
        of_visit[commitment["visit"]].append(commitment)
    columns = _columns(scope, tr("Event"), share=_TITLE)
    given = {field for field in VISIT_TEXTS if len({visit.get(field) for visit in visits}) == 1}
    entries = []
    for visit in visits:
        label, its = scope.texts.visit(visit), of_visit[visit["slug"]]
        about = join_remarks(scope.texts.visit_details(visit, given=given))
        if its:
            entries.append(_entry(scope, label, its, remarks=about))
        else:
            cells = [label, "0", *[""] * (len(columns) - 2)]
            entries.append(TableRow(cells, style="no-date", styled=1, remarks=[tr(NOTHING_PROMISED), *about]))
    entries.append(_whole(scope))
    what = tr('All commitments as they stand on the day of this report; under "In time" those due in the period.')
    aside = counted_though_set_aside(scope, scope.rows)
    blocks: list[Block] = [TextBlock(what, "dim"), *aside, Table(columns, entries)]
    if scope.commitments:
        blocks.append(_bars(scope, [(visit, of_visit[visit["slug"]]) for visit in visits]))
    return Section(heading, blocks)


def _bars(scope: ReportScope, promised: Sequence[tuple[Visit, Sequence[Commitment]]]) -> Bars:
    """The bar chart of how the promises of each visit stand."""
    tr = scope.words.tr
    labels = _labels(scope.words, [visit for visit, _ in promised])
    labelled = list(zip(labels, [commitments for _, commitments in promised], strict=True))
    return standing_bars(scope, tr("How the commitments of each event stand"), labelled)


def _labels(words: Words, visits: Sequence[Visit]) -> list[str]:
    """The place of each visit and its year; its days where there are several of these, its title where of those too."""
    named = [[visit.get("place") or visit["title"], visit["start"][:4]] for visit in visits]
    dated = [[label[0], words.period(visit["start"], visit["end"])] for label, visit in zip(named, visits, strict=True)]
    titled = [[visit["title"], *label] for label, visit in zip(dated, visits, strict=True)]
    counts = Counter(map(tuple, (*named, *dated)))
    labels = []
    for by_year, by_days, by_title in zip(named, dated, titled, strict=True):
        own = next((label for label in (by_year, by_days) if counts[tuple(label)] == 1), by_title)
        labels.append(", ".join(own))
    return labels


def standing_bars(scope: ReportScope, title: str, groups: Sequence[tuple[str, Sequence[Commitment]]]) -> Bars:
    """A bar for each group of commitments: how they stand; its description leaves out zeros."""
    tr = scope.words.tr

    def stands(standing: str) -> str:
        return tr(STANDINGS[standing].text)

    pieces = [
        (tr("kept, not late"), "finished"),
        (tr("kept late"), "kept-late"),
        (stands(Standing.REPORTED), "unconfirmed"),
        (tr("under way, in time"), "plain"),
        (tr("under way, no date set"), "no-date"),
        (tr("under way, overdue"), "overdue"),
        (stands(Standing.PROPOSED), "week"),
        (stands(Standing.WITHDRAWN), "dim"),
        (stands(Standing.NOT_MET), "strong"),
    ]
    bars = []
    descriptions = []
    for label, commitments in groups:
        counts = _shares(scope, commitments)
        bars.append((label, counts))
        shown = [
            tr("{count} {what}", count=count, what=word)
            for count, (word, _) in zip(counts, pieces, strict=True)
            if count
        ]
        said = "; ".join(shown) or tr(NOTHING_PROMISED)
        descriptions.append(tr("{label}: {counts}", label=label, counts=said))
    return Bars(title, ". ".join(descriptions) + ".", pieces, bars)


def _shares(scope: ReportScope, commitments: Sequence[Commitment]) -> tuple[int, ...]:
    """The numbers of the pieces of `standing_bars`, which add up to the total."""
    its = totals_of(scope, commitments)
    in_time = its.in_work - its.undated - its.late
    return (
        its.kept - its.kept_late,
        its.kept_late,
        its.reported,
        in_time,
        its.undated,
        its.late,
        its.proposed,
        its.withdrawn,
        its.not_met,
    )


def kinds_section(scope: ReportScope) -> Section:
    """The section with the totals of each kind of promise."""
    tr = scope.words.tr
    heading = tr("By kind")
    groups = by_kind(scope.commitments)
    if not groups:
        return Section(heading, [TextBlock(tr("Nothing was promised."), "dim")])
    entries = [_entry(scope, scope.texts.kind(kind), its, remarks=()) for kind, its in groups.items()]
    entries.append(_whole(scope))
    return Section(heading, [*counted_though_set_aside(scope, scope.rows), Table(_columns(scope, tr("Kind")), entries)])


def parties_section(scope: ReportScope) -> Section:
    """The section with the totals of each institution, and what it is owed.

    A joint commitment counts for each: what the sums are then is said.
    """
    tr = scope.words.tr
    heading = tr("By institution")
    promised = by_party(scope.commitments)
    owed = party_counts(scope.rows)
    names = sorted(dict.fromkeys([*promised, *owed]), key=lambda name: (-len(promised.get(name, ())), name))
    if not names:
        return Section(heading, [TextBlock(tr("Nothing was promised."), "dim")])
    entries = []
    for name in names:
        entry = _entry(scope, scope.texts.party(name), promised.get(name, []), remarks=())
        count = str(owed[name].owed) if name in owed else "0"
        entries.append(TableRow([*entry.cells, count], style=entry.style, styled=entry.styled))
    columns = [*_columns(scope, tr("Institution")), TableColumn(tr("Owed to it"), 16, is_number=True)]
    aside = counted_though_set_aside(scope, scope.rows)
    return Section(heading, [*_twice(scope, promised, owed), *aside, Table(columns, entries)])


def _twice(scope: ReportScope, promised: Mapping[str, Sized], owed: Mapping[str, PartyCounts]) -> list[Block]:
    """What the columns add up to, where that is more than there are promises."""
    tr = scope.words.tr
    counted = sum(map(len, promised.values())), sum(its.owed for its in owed.values())
    is_open = sum(commitment["state"] in OPEN for commitment in scope.commitments)
    if counted[0] <= len(scope.commitments) and counted[1] <= is_open:
        return []
    text = tr(
        "A joint commitment is counted for each institution: {made} entries for {n} commitments, "
        "and {owed} owed for {open} open ones.",
        made=counted[0],
        n=len(scope.commitments),
        owed=counted[1],
        open=is_open,
    )
    return [TextBlock(text, "dim")]
