"""How the promises stand, by visit and by institution."""

from __future__ import annotations

from store.model.vocabulary import OPEN
from store.reports.commitment_text import joined
from store.reports.document import Bars, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.on_time_section import n_of_d
from store.rules.on_time import by_party, standing
from store.rules.party_counts import party_counts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment, Visit
    from store.reports.document import Block
    from store.reports.report_scope import Scope
    from store.rules.on_time import Standing


def _standing(scope: Scope, commitments: Sequence[Commitment]) -> Standing:
    return standing(commitments, scope.snapshot.today, first=scope.first, last=scope.last)


def _columns(scope: Scope, first: str) -> list[TableColumn]:
    say = scope.words.say
    counted = (say("Promised"), say("Kept"), say("Open"), say("Late"), say("Not met"))
    rates = (say("In time, original"), say("In time, current"))
    return [
        TableColumn(first, 9),
        *[TableColumn(heading, 4, is_number=True) for heading in counted],
        *[TableColumn(heading, 5, is_number=True) for heading in rates],
    ]


def _cells(scope: Scope, its: Standing) -> list[str]:
    counts = [its.promised, its.kept, its.open, its.overdue, its.not_met]
    return [*map(str, counts), n_of_d(its.by_original, scope), n_of_d(its.by_current, scope)]


def standings_by_visit(scope: Scope, visits: Sequence[Visit]) -> Section:
    """These visits with what was promised there; also those at which nothing was."""
    say = scope.words.say
    heading = say("By visit")
    if not visits:
        return Section(heading, [TextBlock(say("There is no visit."), "dim")])
    of_visit: dict[str, list[Commitment]] = {visit["slug"]: [] for visit in visits}
    for commitment in scope.commitments:
        of_visit[commitment["visit"]].append(commitment)
    entries = []
    for visit in visits:
        its = _standing(scope, of_visit[visit["slug"]])
        about = joined(scope.telling.about(visit))
        if its.promised:
            cells = [scope.telling.visit(visit), *_cells(scope, its)]
            entries.append(TableRow(cells, style="overdue" if its.overdue else "plain", remarks=about))
        else:
            cells = [scope.telling.visit(visit), "0", *[""] * 6]
            entries.append(TableRow(cells, style="no-date", remarks=[say("no promise recorded"), *about]))
    what = say("All that was promised, as it stands now; what is in time counts those due in the period.")
    blocks: list[Block] = [TextBlock(what, "dim"), Table(_columns(scope, say("Visit")), entries)]
    if scope.commitments:
        blocks.append(_bars(scope, [(visit, of_visit[visit["slug"]]) for visit in visits]))
    return Section(heading, blocks)


def _bars(scope: Scope, promised: Sequence[tuple[Visit, Sequence[Commitment]]]) -> Bars:
    """What became of the promises of each visit: its `_shares`, those that are zero told by the bars alone."""
    say = scope.words.say
    pieces = [
        (say("kept"), "finished"),
        (say("open in time"), "plain"),
        (say("open with no date agreed"), "no-date"),
        (say("late"), "overdue"),
        (say("not met"), "dim"),
    ]
    bars = []
    told = []
    for visit, commitments in promised:
        counts = _shares(scope, commitments)
        label = ", ".join([visit.get("place") or visit["title"], visit["start"][:4]])
        bars.append((label, counts))
        shown = ", ".join([f"{count} {word}" for count, (word, _) in zip(counts, pieces, strict=True) if count])
        told.append(f"{label}: {shown or say('no promise recorded')}")
    return Bars(say("What became of the promises of each visit"), "; ".join(told) + ".", pieces, bars)


def _shares(scope: Scope, commitments: Sequence[Commitment]) -> tuple[int, ...]:
    """Kept, open in time, open with no date, late, not met; the five add up to what was promised.

    What has no date is neither in time nor late, also when it is reported and only to be confirmed.
    """
    its = _standing(scope, commitments)
    undated = sum(each["state"] in OPEN and each.get("due") is None for each in commitments)
    return its.kept, its.open - its.overdue - undated, undated, its.overdue, its.not_met


def standings_by_party(scope: Scope) -> Section:
    """Each institution with what it promised; a joint promise is each one's. Beside it what it is owed."""
    say = scope.words.say
    heading = say("By institution")
    promised = by_party(scope.commitments)
    owed = party_counts(scope.rows)
    names = sorted(dict.fromkeys([*promised, *owed]), key=lambda name: (-len(promised.get(name, ())), name))
    if not names:
        return Section(heading, [TextBlock(say("Nothing was promised."), "dim")])
    entries = []
    for name in names:
        its = _standing(scope, promised.get(name, []))
        count = str(owed[name].owed) if name in owed else "0"
        entries.append(
            TableRow(
                [scope.telling.party(name), *_cells(scope, its), count], style="overdue" if its.overdue else "plain"
            )
        )
    columns = [*_columns(scope, say("Institution")), TableColumn(say("Is owed"), 4, is_number=True)]
    return Section(heading, [Table(columns, entries)])
