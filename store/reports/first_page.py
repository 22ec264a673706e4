"""Build the first page of a report: who reports to whom on what, the office's own words, and the figures of it all."""

from __future__ import annotations

from store.model.required_fields import OF_ALL_VISITS
from store.model.vocabulary import STANDINGS, Standing, State
from store.reports.document import Figures, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.document_header import as_recorded
from store.reports.percentages import n_of_d, per_cent
from store.reports.planned_and_done_section import is_planned
from store.reports.report_period import ReportScope, period_before, period_in_words, short_period
from store.reports.totals_sections import standing_bars, totals_of
from store.rules.on_time_rate import By, done_day_if_standing
from store.rules.seats import is_nomination, seat_sums
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Visit
    from store.reports.document import Block

_MOST_VALUES = 3
"""So many values of a field stand on the first page; more of them stand with the visits."""

_LABELS = {
    "programme": phrase("Programme"),
    "donor": phrase("Donor"),
    "grant": phrase("Grant number"),
    "contact": phrase("Contact"),
}


def first_page_facts(scope: ReportScope, visits: Sequence[Visit]) -> list[tuple[str, str]]:
    """Who reports, on which programme, to whom, under which grant, on which period, as recorded when."""
    tr, settings = scope.words.tr, scope.snapshot.settings
    facts = [(tr("Reporting office"), settings["office"])] if "office" in settings else []
    for field, label in _LABELS.items():
        values = _values(scope, visits, field)
        if len(values) > _MOST_VALUES:
            facts.append((tr(label), tr("several: see the visits")))
        elif values:
            facts.append((tr(label), "; ".join(values)))
    period = period_in_words(scope.words, scope.first, scope.last, scope.snapshot.today)
    return [*facts, (tr("Period"), period), as_recorded(scope.snapshot, scope.words)]


def _values(scope: ReportScope, visits: Sequence[Visit], field: str) -> list[str]:
    """The values of a text of these visits, each once; that of the store for those without one."""
    of_store = scope.snapshot.settings.get(field) if field in OF_ALL_VISITS else None
    given = [visit.get(field) or of_store for visit in visits] or [of_store]
    return list(dict.fromkeys(str(value) for value in given if value))


def first_page(scope: ReportScope, narrative: Sequence[Block]) -> list[Section]:
    """The office's own words, the figures of the period beside those of the one before, and how all stands."""
    tr = scope.words.tr
    before = scope.of_period(*period_before(scope.first, scope.last))
    told = [Section(tr("Summary"), narrative)] if narrative else []
    columns = [
        TableColumn("", 8),
        TableColumn(_period_heading(scope), 4, is_number=True),
        TableColumn(_period_heading(before), 4, is_number=True),
    ]
    measures = [
        tr("Due, original date"),
        tr("Due, current date"),
        tr("Done"),
        tr("Of these confirmed"),
        tr("In time, original"),
        tr("In time, current"),
    ]
    lines = zip(measures, _figures(scope), _figures(before), strict=True)
    entries = [TableRow(list(cells), style="strong", styled=1) for cells in lines]
    figures = Section(tr("The period in figures"), [Table(columns, entries)])
    return [*told, figures, _all_in_figures(scope), *_seats(scope)]


def _period_heading(scope: ReportScope) -> str:
    return short_period(scope.words, scope.first, scope.last)


def _figures(scope: ReportScope) -> list[str]:
    """The figures of a period: due by both dates, done, of these confirmed, in time by both dates."""
    done = [each for each in scope.commitments if scope.holds(done_day_if_standing(each))]
    due = [sum(is_planned(commitment, by, scope) for commitment in scope.commitments) for by in By.ALL]
    confirmed = sum(commitment["state"] == State.CONFIRMED for commitment in done)
    rates = [n_of_d(scope.rate(by), scope, with_per_cent=True) for by in By.ALL]
    return [*map(str, (*due, len(done), confirmed)), *rates]


def _all_in_figures(scope: ReportScope) -> Section:
    """How all commitments of the report stand: counts with their share, and a bar."""
    tr = scope.words.tr
    heading = tr("All commitments, on the day of this report")
    if not scope.commitments:
        return Section(heading, [TextBlock(tr("Nothing was promised."), "dim")])
    its = totals_of(scope, scope.commitments)
    figures = [(str(its.promised), tr("in all"), "strong")]
    counts = (its.kept, its.reported, its.in_work, its.proposed, its.withdrawn, its.not_met)
    for word, count in zip(Standing.ALL, counts, strict=True):
        if count:
            share = per_cent(count, its.promised, scope)
            text = f"{tr(STANDINGS[word].text)} ({share})"
            if word == Standing.KEPT and its.kept_late:
                text = tr("kept ({share}), {n} of them late", share=share, n=its.kept_late)
            figures.append((str(count), text, "plain"))
            if word == Standing.IN_WORK and its.late:
                figures.append((str(its.late), tr("of these late"), "overdue"))
    title = tr("How they stand")
    shown = Figures(figures, is_count_behind=scope.words.is_count_behind)
    return Section(heading, [shown, standing_bars(scope, title, [(tr("In all"), scope.commitments)])])


def _seats(scope: ReportScope) -> list[Section]:
    """The seats of all nominations, added up; none where nobody is to be nominated."""
    words = scope.words
    nominations = [commitment for commitment in scope.commitments if is_nomination(commitment)]
    if not nominations:
        return []
    sums = seat_sums(nominations)
    figures = [
        (str(sums.wanted), words.tr("seats wanted"), "strong"),
        (str(sums.nominated), words.tr("nominated"), "plain"),
        (str(sums.acknowledged), words.tr("acknowledged"), "plain"),
    ]
    shown = Figures(figures, is_count_behind=words.is_count_behind)
    counted = words.plural("In {n} nomination", "In {n} nominations", len(nominations))
    about = f"{counted}."
    if sums.unknown:
        about = words.tr("{counted}; the number of seats is not agreed in {n}.", counted=counted, n=sums.unknown)
    return [Section(words.tr("Seats"), [shown, TextBlock(about, "dim")])]
