"""Build the donor's report on a period: what was planned and done, how much of it in time, and why the rest was not.

All states are those of the snapshot's day; only deadlines, deeds and changes are selected by their days.
What is for the own office alone is put under a row by `commitment_text`.
"""

from __future__ import annotations

from store.errors import NotFound
from store.fold_case_and_accents import fold
from store.fold_case_and_accents import words as words_of
from store.model.vocabulary_and_signs import OPEN, State
from store.nearest_word import did_you_mean
from store.query.sort_orders import by_urgency
from store.reports.commitment_text import CommitmentText, join_remarks, tally_blocks
from store.reports.deadlines_chart import deadlines
from store.reports.document import Document, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.first_page_room import room_of_first_page
from store.reports.internal_remarks import internal_remarks
from store.reports.issuer_selection_and_marks import matching_rows, page_marks, selection_facts
from store.reports.language_of_papers import load_words
from store.reports.misses_section import misses_section
from store.reports.on_time_section import on_time_section
from store.reports.outlook_sections import ages_section, due_next_section
from store.reports.planned_and_done_section import planned_and_done_blocks
from store.reports.removed_commitments import removed_commitments
from store.reports.report_head_and_first_page import FirstPage, first_page, first_page_facts
from store.reports.report_period import ReportScope, is_quarter, refuse_period, title_period
from store.reports.set_aside_section import set_aside_sections
from store.reports.totals_sections import kinds_section, parties_section, visits_section
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Commitment, DueChange, Event, Visit
    from store.query.parse_query import Query
    from store.reports.document import Block
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot


def donor_report(
    snapshot: Snapshot,
    *,
    first: str,
    last: str,
    donor: str | None = None,
    query: Query | None = None,
    language: str = "en",
    marks: Sequence[str] = (),
    is_internal: bool = False,
    introduction: Sequence[Block] = (),
) -> Document:
    """Build the report on the period of ISO days from `first` to `last`, both included.

    Its first page stands alone; `introduction` is what the office says there in its own words.

    `donor` narrows it to the visits that this donor paid for (all of these words stand in the donor's name), `query`
    to some commitments and their visits.

    Raises: UsageError for a period that ends before it begins, or has not begun, for a language or a mark; NotFound
    for a donor of no visit.
    """
    words = load_words(language)
    on_every_page = page_marks(words, marks, is_internal=is_internal)
    refuse_period(first, last, snapshot.today)
    paid = _paid_for(snapshot, donor)
    slugs = {visit["slug"] for visit in paid}
    rows = [row for row in matching_rows(snapshot, query) if row.commitment["visit"] in slugs]
    asked = slugs if query is None else {row.commitment["visit"] for row in rows}
    scope = ReportScope(CommitmentText(snapshot, words, is_internal=is_internal), snapshot, rows, first, last)
    removed = removed_section(scope, slugs if donor is not None else None, query)
    visits = [visit for visit in paid if visit["slug"] in asked]
    facts = first_page_facts(scope, visits)
    facts += selection_facts(snapshot, words, rows, is_narrowed=query is not None or donor is not None)
    title = _title(words, first, last)
    about = words.tr("What was planned and done in the period, and how it stands on the day of this report.")
    page_one = first_page(scope, introduction, room_of_first_page(title, [about], facts, on_every_page))
    parts = _parts(scope, visits, page_one, removed)
    on_time = next(part for part in parts if part.heading == words.tr("On-time rate"))
    on_time.blocks = [*on_time.blocks, *(TextBlock(text, "dim") for text in scope.texts.recorders())]
    return Document(
        title,
        [about],
        facts,
        on_every_page,
        parts,
        language,
    )


def _title(words: Words, first: str, last: str) -> str:
    period = title_period(words, first, last)
    if is_quarter(first, last):
        return words.tr("Quarterly report to the donor, {period}", period=period)
    return words.tr("Report to the donor, {period}", period=period)


def _parts(scope: ReportScope, visits: list[Visit], page_one: FirstPage, removed: Section) -> list[Section]:
    """The first page, the sections on the period, then those on the state of today."""
    parts = [
        *page_one.sections,
        *page_one.summary,
        on_time_section(scope),
        *page_one.remarks,
        parties_section(scope),
        kinds_section(scope),
        visits_section(scope, visits),
        ages_section(scope),
        misses_section(scope),
        Section(scope.words.tr("Planned and done"), [*planned_and_done_blocks(scope), *deadlines(scope)]),
        *closed_sections(scope),
        *date_change_sections(scope),
        removed,
        due_next_section(scope),
        _open_now(scope),
        *set_aside_sections(scope.texts, scope.snapshot, scope.rows),
    ]
    return [*parts, *_names(scope), *_annex(scope)]


def _names(scope: ReportScope) -> list[Section]:
    """The full names of the institutions that a short one stands for; none where all have one name."""
    tr, texts = scope.words.tr, scope.texts
    named = dict.fromkeys(name for each in scope.commitments for name in (*each["by"], *each["to"]))
    pairs = sorted((texts.party(name), name) for name in named if texts.is_shortened(name))
    if not pairs:
        return []
    columns = [TableColumn(tr("Short name"), 3), TableColumn(tr("Institution"), 13)]
    return [Section(tr("Names of institutions"), [Table(columns, [TableRow(pair) for pair in pairs])])]


def _annex(scope: ReportScope) -> list[Section]:
    """The numbers that were too many for a cell, under the number by which the cell names them."""
    if not scope.annex:
        return []
    tr = scope.words.tr
    texts = [
        TextBlock(f"{scope.words.numbers(numbers)}.", lead=f"{place}. {what[:1].upper()}{what[1:]}:")
        for place, (what, numbers) in enumerate(scope.annex, 1)
    ]
    return [Section(tr("Annex: the numbers of commitments"), texts)]


def _paid_for(snapshot: Snapshot, donor: str | None) -> list[Visit]:
    """The visits that a donor paid for, newest first; all without a donor. Raises: NotFound."""
    visits = snapshot.visits_newest_first
    if donor is None:
        return visits
    searched = set(words_of(fold(donor)))
    found = [visit for visit in visits if searched and searched <= set(words_of(fold(visit.get("donor", ""))))]
    if not found:
        known = list(dict.fromkeys(visit["donor"] for visit in visits if visit.get("donor")))
        listed = ", ".join(map(visible, known))
        donors = tr("the donors are {listed}", listed=listed) if known else tr("no visit has a donor")
        raise NotFound(
            tr(
                'no visit was paid for by "{donor}": {donors}{near}',
                donor=visible(donor),
                donors=donors,
                near=did_you_mean(donor, known),
            ),
            code="report.donor-unknown",
            field="donor",
            values={"donor": donor, "donors": known, "slug": visits[0]["slug"] if len(visits) == 1 else None},
        )
    return found


def _open_now(scope: ReportScope) -> Section:
    """The section with the counts of today and every open commitment."""
    tr = scope.words.tr
    figures_now = tally_blocks(scope.snapshot, scope.words, scope.rows, is_open_only=True)
    rows = [row for row in scope.rows if row.commitment["state"] in OPEN and not row.is_aside]
    rows.sort(key=by_urgency)
    heading = tr("Open on the day of this report")
    if not rows:
        return Section(heading, [*figures_now, TextBlock(tr("Nothing is open."), "dim")])
    return Section(heading, [*figures_now, Table(scope.texts.columns(), [_open_entry(scope, row) for row in rows])])


def _open_entry(scope: ReportScope, row: Row) -> TableRow:
    commitment, texts = row.commitment, scope.texts
    cells = [scope.texts.number(commitment), commitment["title"], texts.when(row), texts.state(row)]
    remarks = [*join_remarks(texts.facts_of_open(row)), *texts.why_late(row), *internal_remarks(texts, commitment)]
    return TableRow(cells, style=texts.style(row), styled=2, remarks=remarks)


def closed_sections(scope: ReportScope) -> list[Section]:
    """The section that names what was withdrawn or not met, the last closed first; none where nothing was."""
    tr, texts = scope.words.tr, scope.texts
    found = [each for each in scope.commitments if each["state"] == State.CLOSED]
    if not found:
        return []
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 15),
        TableColumn(tr("Closed on"), 5),
        TableColumn(tr("Result"), 7),
    ]
    entries = []
    for commitment in sorted(found, key=lambda each: (_closed_on(each), -each["id"]), reverse=True):
        day = _closed_on(commitment)
        cells = [
            texts.number(commitment),
            commitment["title"],
            scope.words.day(day) if day else scope.words.nothing,
            texts.closed(commitment),
        ]
        reason = texts.miss(commitment)
        if not reason and "by_id" not in commitment.get("closed", {}):  # The one in its place is a reason.
            reason = [texts.no_reason(commitment)]
        facts = join_remarks([texts.from_to(commitment), texts.closing(commitment)])
        entries.append(TableRow(cells, remarks=[*facts, *reason]))
    return [Section(tr("Closed without being kept, at any time"), [Table(columns, entries)])]


def _closed_on(commitment: Commitment) -> str:
    closed = commitment.get("closed")
    return closed["on"] if closed is not None else ""


# Changes of the plan: dates that were changed or corrected, and commitments that were removed.


def date_change_sections(scope: ReportScope) -> list[Section]:
    """The sections on changes of agreed dates in the period, and on corrections, if there are any."""
    tr = scope.words.tr
    changes = _changes(scope, is_correction=False)
    mended = _changes(scope, is_correction=True)
    if not changes:
        parts = [
            Section(
                tr("Changes of date in the period"), [TextBlock(tr("No agreed date was changed in the period."), "dim")]
            )
        ]
    else:
        parts = [Section(tr("Changes of date in the period"), [_table(scope, changes)])]
    if mended:
        parts.append(Section(tr("Corrections of mistyped dates in the period"), [_table(scope, mended)], level=2))
    return parts


def _changes(scope: ReportScope, *, is_correction: bool) -> list[tuple[Commitment, DueChange]]:
    found = [
        (commitment, change)
        for commitment in scope.commitments
        for change in commitment.get("due_changes", ())
        if change["correction"] == is_correction and scope.holds(change["on"])
    ]
    return sorted(found, key=lambda pair: (pair[1]["on"], pair[0]["id"]))


def _table(scope: ReportScope, changes: list[tuple[Commitment, DueChange]]) -> Table:
    tr, texts = scope.words.tr, scope.texts
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Commitment"), 12),
        TableColumn(tr("Changed on"), 5),
        TableColumn(tr("Old date"), 5),
        TableColumn(tr("New date"), 5),
        TableColumn(tr("Type of change"), 6),
    ]
    entries = []
    for commitment, change in changes:
        cells = [
            scope.texts.number(commitment),
            commitment["title"],
            scope.words.day(change["on"]),
            texts.date(commitment, change.get("old")),
            texts.date(commitment, change.get("new")),
            _what_it_is(scope, change),
        ]
        reason, is_plain = change["reason"], change["correction"] and not {"asked_by", "agreed_by"} & change.keys()
        who = tr(
            "asked by: {asked}; agreed by: {agreed}",
            asked=_who(scope, change.get("asked_by")),
            agreed=texts.agreement(commitment, change),
        )
        why = tr("reason: {reason}", reason=reason)
        entries.append(TableRow(cells, remarks=[why] if is_plain else [why, who]))
    return Table(columns, entries)


def _who(scope: ReportScope, name: str | None) -> str:
    return scope.texts.party(name) if name is not None else scope.words.tr("not recorded")


def _what_it_is(scope: ReportScope, change: DueChange) -> str:
    tr = scope.words.tr
    if change["correction"]:
        return tr("correction")
    if change["extension"]:
        return tr("extension") if "new" in change else tr("date taken out")
    return tr("set again") if "old" not in change else tr("brought forward")


def removed_section(scope: ReportScope, donor_slugs: set[str] | None, query: Query | None) -> Section:
    """The section on proposed commitments that were removed in the period and not restored.

    `donor_slugs`: of these visits only; a commitment whose visit was removed too is listed in a report on all visits.
    """
    tr = scope.words.tr
    heading = tr("Entries removed as made in error")
    entries = []
    for event, commitment in removed_commitments(scope.snapshot):
        if not scope.holds(event["day"]):
            continue
        is_known = commitment["visit"] in scope.snapshot.visits
        if donor_slugs is not None and not (is_known and commitment["visit"] in donor_slugs):
            continue
        if query is not None and not (is_known and query.matches(scope.snapshot.row_of(commitment), scope.snapshot)):
            continue
        entries.append(_entry(scope, event, commitment))
    if not entries:
        return Section(heading, [TextBlock(tr("No entry was removed in the period."), "dim")])
    columns = [
        TableColumn(tr("No."), 3),
        TableColumn(tr("Entry"), 18),
        TableColumn(tr("Removed on"), 7),
    ]
    return Section(heading, [Table(columns, entries)])


def _entry(scope: ReportScope, event: Event, commitment: Commitment) -> TableRow:
    texts = scope.texts
    cells = [scope.texts.number(commitment), commitment["title"], scope.words.day(event["day"])]
    remarks = [texts.from_to(commitment)]
    if texts.is_internal:
        reason, who = event.get("reason", ""), event["who"]
        remarks.append(scope.words.tr("removed by {who}: {reason}", who=who, reason=reason))
    return TableRow(cells, remarks=[*remarks, *internal_remarks(texts, commitment)])
