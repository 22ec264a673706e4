"""The donor's quarter: what was planned and done in a period, how much of it in time, and why the rest was not.

All of it is told as the store is on the snapshot's day; only what happened in the period is picked by its day.
"""

from __future__ import annotations

from store.errors import NotFound
from store.model.vocabulary import BANDS, OPEN
from store.reports.commitment_text import Telling, counts, joined
from store.reports.date_changes import changes_of_date, removed_lines
from store.reports.deadline_chart import deadlines
from store.reports.document import Document, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.document_header import as_recorded, marked, selected, selection
from store.reports.on_time_section import figures, misses, planned_and_done, rates
from store.reports.report_period import period_in_words, period_of, refuse_period
from store.reports.report_scope import Scope
from store.reports.standings import standings_by_party, standings_by_visit
from store.reports.wording import speak
from store.text import did_you_mean, fold, visible
from store.text import words as words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Visit
    from store.query.parse_query import Query
    from store.snapshot import Row, Snapshot

__all__ = ["period_of", "quarter"]


def quarter(
    snapshot: Snapshot,
    *,
    first: str,
    last: str,
    donor: str | None = None,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
    is_internal: bool = False,
) -> Document:
    """The report on the period of ISO days from `first` to `last`, both included.

    `donor` narrows it to the visits that this donor paid for (all of these words stand in the donor's name), `query`
    to some commitments and their visits.

    Raises: UsageError for a period that ends before it begins, or has not begun, for a language or a mark; NotFound
    for a donor of no visit.
    """
    words = speak(language)
    on_every_page = marked(words, marks, is_internal=is_internal)
    refuse_period(first, last, snapshot.today)
    paid = _paid_for(snapshot, donor)
    slugs = {visit["slug"] for visit in paid}
    rows = [row for row in selected(snapshot, query) if row.commitment["visit"] in slugs]
    asked = slugs if query is None else {row.commitment["visit"] for row in rows}
    scope = Scope(Telling(snapshot, words, is_internal=is_internal), snapshot, rows, first, last)
    removed = removed_lines(scope, slugs if donor is not None else None, query)
    facts = [(words.say("Period"), period_in_words(words, first, last, snapshot.today)), as_recorded(snapshot, words)]
    if donor is not None:
        facts.append((words.say("Donor"), "; ".join(dict.fromkeys(visit["donor"] for visit in paid))))
    facts += selection(snapshot, words, rows, is_narrowed=query is not None or donor is not None)
    return Document(
        words.say("Report for the donor, {period}", period=words.period(first, last)),
        [words.say("What was planned and done in the period, and how it stands on the day of this report.")],
        facts,
        on_every_page,
        _parts(scope, [visit for visit in paid if visit["slug"] in asked], removed),
        language,
    )


def _parts(scope: Scope, visits: list[Visit], removed: Section) -> list[Section]:
    """What the period brought, then how all of it stands now."""
    return [
        figures(scope),
        rates(scope),
        Section(scope.words.say("Planned and done"), [*planned_and_done(scope), *deadlines(scope)]),
        misses(scope),
        *changes_of_date(scope),
        removed,
        _open_now(scope),
        standings_by_visit(scope, visits),
        standings_by_party(scope),
    ]


def _paid_for(snapshot: Snapshot, donor: str | None) -> list[Visit]:
    """The visits that a donor paid for, newest first; all where none is named. Raises: NotFound."""
    visits = snapshot.visits_newest_first
    if donor is None:
        return visits
    wanted = set(words_of(fold(donor)))
    found = [visit for visit in visits if wanted and wanted <= set(words_of(fold(visit.get("donor", ""))))]
    if not found:
        known = list(dict.fromkeys(visit["donor"] for visit in visits if visit.get("donor")))
        listed = ", ".join(map(visible, known))
        told = f"the donors are {listed}" if known else "no visit has a donor"
        raise NotFound(
            f'no visit was paid for by "{visible(donor)}": {told}{did_you_mean(donor, known)}',
            code="report.donor-unknown",
            field="donor",
        )
    return found


def _open_now(scope: Scope) -> Section:
    """The counts of today, and every open commitment: what is late, without a date, silent."""
    say = scope.words.say
    figures_now = counts(scope.snapshot, scope.words, scope.rows)
    rows = sorted((row for row in scope.rows if row.commitment["state"] in OPEN), key=lambda row: row.urgency)
    heading = say("Open on the day of this report")
    if not rows:
        return Section(heading, [figures_now, TextBlock(say("Nothing is open."), "dim")])
    columns = [
        TableColumn(say("No."), 2),
        TableColumn(say("What was promised"), 15),
        TableColumn(say("Due"), 7),
        TableColumn(say("State"), 5),
    ]
    return Section(heading, [figures_now, Table(columns, [_open_entry(scope, row) for row in rows])])


def _open_entry(scope: Scope, row: Row) -> TableRow:
    commitment, telling = row.commitment, scope.telling
    facts = [
        telling.from_to(commitment),
        telling.silence(row),
        *telling.helpers(commitment),
        telling.seats(commitment),
        telling.returned(commitment),
        telling.voices(commitment),
    ]
    cells = [f"#{commitment['id']}", commitment["title"], telling.when(row), telling.state(row)]
    return TableRow(cells, style=BANDS[row.band].style, remarks=[*joined(facts), *telling.internal(commitment)])
