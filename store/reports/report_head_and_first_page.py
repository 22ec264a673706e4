"""Build the head and the first page of a report: who reports to whom on what, the office's own words, the figures."""

from __future__ import annotations

from collections import Counter

from store.model.required_fields import OF_ALL_VISITS
from store.model.vocabulary_and_signs import STANDINGS, Standing, State, Verdict
from store.reports.document import Figures, Section, Table, TableColumn, TableRow, TextBlock
from store.reports.first_page_room import height_of, height_of_block
from store.reports.issuer_selection_and_marks import as_recorded
from store.reports.on_time_section import closed_late
from store.reports.percentages import n_of_d, per_cent, share_of
from store.reports.planned_and_done_section import is_planned
from store.reports.report_period import ReportScope, period_before, period_in_words, short_period
from store.reports.set_aside_section import counted_though_set_aside
from store.reports.totals_sections import standing_bars, totals_of
from store.rules.consent import is_by_word_of_others
from store.rules.day_done_and_outcome import keeps, standing
from store.rules.due_dates_and_extensions import date_without_unrecorded_extensions, is_unexplained
from store.rules.on_time_rate import By, done_day_if_standing
from store.rules.seats import are_seats_unknown, is_nomination, missing_seats, seat_sums
from store.translation import phrase

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from store.model.record_types import Commitment, Visit
    from store.reports.document import Block
    from store.reports.language_of_papers import Words

_MOST_VALUES = 3
"""So many values of a field stand on the first page; more of them stand with the visits."""

_MOST_IN_NOTES = 7
"""So many numbers stand in a note of the first page, which has to remain one page."""

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
            facts.append((tr(label), tr("several: see By event")))
        elif values:
            facts.append((tr(label), "; ".join(values)))
    period = period_in_words(scope.words, scope.first, scope.last, scope.snapshot.today)
    return [*facts, (tr("Period"), period), as_recorded(scope.snapshot, scope.words)]


def _values(scope: ReportScope, visits: Sequence[Visit], field: str) -> list[str]:
    """The values of a text of these visits, each once; that of the store for those without one.

    A programme, a donor or a grant that is not that of all visits says of how many commitments it is.
    """
    of_store = scope.snapshot.settings.get(field) if field in OF_ALL_VISITS else None
    given = {visit["slug"]: visit.get(field) or of_store for visit in visits} or {"": of_store}
    values = dict.fromkeys(value for value in given.values() if value)
    if field == "contact" or len(set(given.values())) == 1 or not scope.commitments:
        return list(map(str, values))
    promised = Counter(given[commitment["visit"]] for commitment in scope.commitments)
    return [_share_of_value(scope, str(value), promised[value]) for value in values]


def _share_of_value(scope: ReportScope, value: str, count: int) -> str:
    """A value that not all visits have, with how many of the commitments it is of."""
    whole = len(scope.commitments)
    return scope.words.plural(
        "{value} ({count} of {n} commitment)", "{value} ({count} of {n} commitments)", whole, value=value, count=count
    )


class FirstPage:
    """The sections of the first page, those of the summary that had no room there, and the remarks that had none."""

    __slots__ = ("remarks", "sections", "summary")

    def __init__(self, sections: list[Section], summary: list[Section], remarks: list[Section]) -> None:
        self.sections = sections
        self.summary = summary
        self.remarks = remarks


def first_page(scope: ReportScope, introduction: Sequence[Block], room: float) -> FirstPage:
    """The office's own words, the figures of the period beside those of the one before, how all stands, who signs.

    Figures, seats and the line to sign stand there always; of the office's own words, then of the remarks, those for
    which there is `room` (`room_of_first_page`).
    """
    tr = scope.words.tr
    before = scope.of_period(*period_before(scope.first, scope.last))
    table, (meaning, *explained) = _figures_table(scope, before), _explained(scope, before)
    stand, notes = _all_in_figures(scope)
    last = [*_seats(scope), _submitted_by(scope)]
    room -= height_of([table, *meaning]) + height_of(stand.blocks) + sum(height_of(part.blocks) for part in last)
    optional = [*([note] for note in notes), *explained]
    further = TextBlock(tr('Further remarks: see "Remarks on the first page".'), "dim")
    room_for_text = room - (height_of_block(further) if optional else 0)
    shown, behind = _parted(introduction, room_for_text, continued=tr("The summary continues on the next page."))
    room -= height_of(shown) if shown else 0
    pointer = [further] if _how_many_fit(optional, room) < len(optional) else []
    fitting = _how_many_fit(optional, room - sum(map(height_of_block, pointer)))
    kept = max(0, fitting - len(notes))
    on_it = [block for group in (meaning, *explained[:kept], pointer) for block in group]
    moved = [*(block for group in explained[kept:] for block in group), *notes[fitting:]]
    stand.blocks = [*stand.blocks, *notes[:fitting]]
    return FirstPage(
        [
            *([Section(tr("Summary"), shown)] if shown else []),
            Section(tr("The period in figures"), [table, *on_it]),
            stand,
            *last,
        ],
        [Section(tr("Summary, continued") if shown else tr("Summary"), behind, begins_page=True)] if behind else [],
        [Section(tr("Remarks on the first page"), moved, level=2)] if moved else [],
    )


def _parted(introduction: Sequence[Block], room: float, *, continued: str) -> tuple[list[Block], list[Block]]:
    """The office's own words that have room on the first page, and the others, with a sentence that they are there."""
    if not introduction or height_of(introduction) <= room:
        return [*introduction], []
    pointer = TextBlock(continued, "dim")
    fitting = _how_many_fit([[block] for block in introduction], room - height_of([pointer]))
    while fitting and _is_heading(introduction[fitting - 1]):
        fitting -= 1
    return [*introduction[:fitting], pointer] if fitting else [], [*introduction[fitting:]]


def _is_heading(block: Block) -> bool:
    return isinstance(block, TextBlock) and block.style == "strong"


def _how_many_fit(groups: Sequence[Sequence[Block]], room: float) -> int:
    """How many of these groups of paragraphs have room, beginning with the first."""
    for count, group in enumerate(groups):
        room -= sum(map(height_of_block, group))
        if room < 0:
            return count
    return len(groups)


def _figures_table(scope: ReportScope, before: ReportScope) -> Table:
    """The figures of the period, beside those of the one before."""
    tr = scope.words.tr
    columns = [
        TableColumn("", 10),
        TableColumn(_period_heading(scope), 4, is_number=True),
        TableColumn(_period_heading(before), 4, is_number=True),
    ]
    measures = [
        tr("Due in the period, by the original date"),
        tr("Due in the period, by the current date"),
        tr("Done in the period, reported or confirmed"),
        tr("Of these confirmed"),
        tr("Done in time, original date"),
        tr("Of these confirmed"),
        tr("Done in time, current date"),
        tr("Of these confirmed"),
    ]
    lines = zip(measures, _figures(scope), _figures(before), strict=True)
    return Table(columns, [TableRow(list(cells), style="strong", styled=1) for cells in lines])


def _of_both_periods(
    sentence: str, count_in: Callable[[ReportScope, ReportScope], str], scope: ReportScope, before: ReportScope
) -> list[str]:
    """A sentence with what is counted in the period and in the one before; none where neither has any."""
    counts = list(filter(None, (count_in(period, scope) for period in (scope, before))))
    return [scope.words.tr(sentence, counts="; ".join(counts))] if counts else []


_LEFT_OUT = phrase("Of what was due the rates leave out, by the original and by the current date: {counts}.")


def _left_out(period: ReportScope, scope: ReportScope) -> str:
    """How many that were due in a period its rates leave out, by either date, and which; empty where they do not."""
    left_out = [
        [number for reason in Verdict.DUE_BUT_LEFT_OUT for number in period.rate(by).left_out.get(reason, ())]
        for by in By.ALL
    ]
    if not any(left_out):
        return ""
    tr, its = scope.words.tr, sorted({number for numbers in left_out for number in numbers})
    heading = scope.of_the_period(tr("Due, left out of the rate"), period)
    original, current = map(len, left_out)
    return tr(
        phrase("{original} and {current} in {period} ({numbers})")
        if len(its) == max(original, current)
        else phrase("{original} and {current} in {period}, {n} in all ({numbers})"),
        n=len(its),
        original=original,
        current=current,
        period=_period_heading(period),
        numbers=scope.listed(heading, its, most=_MOST_IN_NOTES),
    )


_UNRECORDED = phrase("In time by the current date only by an extension whose agreement is not recorded: {counts}.")


def _by_unrecorded_extension(period: ReportScope, scope: ReportScope) -> str:
    """Which of those done in time are so only by an extension to which nobody is recorded as agreeing; or empty."""
    on_time = set(period.rate(By.CURRENT).on_time)
    found = [each["id"] for each in period.commitments if each["id"] in on_time and _is_late_without(each)]
    return _counted(period, scope, phrase("In time by an extension whose agreement is not recorded"), found)


def _counted(period: ReportScope, scope: ReportScope, what: str, found: Sequence[int]) -> str:
    """How many there are in a period, and which; empty where there are none."""
    if not found:
        return ""
    tr, quarter = scope.words.tr, _period_heading(period)
    numbers = scope.listed(scope.of_the_period(tr(what), period), found, most=_MOST_IN_NOTES)
    return tr("{n} in {period} ({numbers})", n=len(found), period=quarter, numbers=numbers)


_BY_OTHERS = phrase("Of what was done in time, reported or confirmed by somebody who is no party to it: {counts}.")


def _by_word_of_others(period: ReportScope, scope: ReportScope) -> str:
    """Which of those done in time, by either date, are so by the word of somebody who is no party to it; or empty."""
    on_time = {number for by in By.ALL for number in period.rate(by).on_time}
    found = [each["id"] for each in period.commitments if each["id"] in on_time and is_by_word_of_others(each)]
    return _counted(
        period, scope, phrase("Done in time, reported or confirmed by somebody who is no party to it"), found
    )


def _is_late_without(commitment: Commitment) -> bool:
    """Whether it was done after the date that it has without extensions to which nobody is recorded as agreeing."""
    done, day = done_day_if_standing(commitment), date_without_unrecorded_extensions(commitment)
    return done is not None and day is not None and not keeps(done, day)


def _without_reason(scope: ReportScope) -> list[str]:
    """How many of those that were not done in time, by either date, have no recorded reason, and which."""
    missed = {by: set(scope.rate(by).missed) for by in By.ALL}
    its = [each for each in scope.commitments if any(each["id"] in missed[by] for by in By.ALL)]
    found = [each["id"] for each in its if is_unexplained(each, is_current_missed=each["id"] in missed[By.CURRENT])]
    if not found:
        return []
    text = scope.words.plural(
        "Of {whole} not done in time in {period}, by either date, {n} has no recorded reason: {numbers}.",
        "Of {whole} not done in time in {period}, by either date, {n} have no recorded reason: {numbers}.",
        len(found),
        whole=len(its),
        period=_period_heading(scope),
        numbers=scope.listed(
            scope.of_the_period(scope.words.tr("Not done in time, no reason recorded")), found, most=_MOST_IN_NOTES
        ),
    )
    return [text]


def _explained(scope: ReportScope, before: ReportScope) -> list[list[TextBlock]]:
    """What the figures mean, then what the rates leave out or hold that a reader would not think of.

    In groups of paragraphs that stand together.
    """
    tr = scope.words.tr
    meaning = tr(
        "Original date: as first agreed. Current date: after changes of date. "
        "In time: reported done (or, if nobody reported it, confirmed) on or before that date. Both periods as "
        "recorded on {day}.",
        day=scope.words.written_day(scope.snapshot.today),
    )
    left_out = _of_both_periods(_LEFT_OUT, _left_out, scope, before)
    groups = [
        [meaning],
        [*left_out, *_of_both_periods(_CLOSED_LATE, _if_not_done, scope, before)],
        _of_both_periods(_UNRECORDED, _by_unrecorded_extension, scope, before),
        _of_both_periods(_BY_OTHERS, _by_word_of_others, scope, before),
        _without_reason(scope),
    ]
    short = sum(
        missing_seats(each) is not None for each in scope.commitments if each["id"] in scope.rate(By.CURRENT).on_time
    )
    if short:
        text = scope.words.plural(
            "{n} of those done in time has fewer seats than were wanted: see On-time rate.",
            "{n} of those done in time have fewer seats than were wanted: see On-time rate.",
            short,
        )
        groups.append([text])
    return [[TextBlock(text, "dim") for text in group] for group in groups if group]


_CLOSED_LATE = phrase("Of these closed after their dates without the recorded consent of the other side: {counts}.")


def _if_not_done(period: ReportScope, scope: ReportScope) -> str:
    """How many were closed after their dates by one side, with the period's rates if they were not done; or empty."""
    late = {by: closed_late(period, by) for by in By.ALL}
    numbers = {number for its in late.values() for number in its}
    if not numbers:
        return ""
    if period is not scope:
        # The page has to remain one page.
        return scope.words.tr("{n} in {period}", n=len(numbers), period=_period_heading(period))
    rates = {by: share_of(period.rate(by).kept, period.rate(by).total + len(late[by]), period) for by in By.ALL}
    return scope.words.tr(
        "{n} in {period} (counted as not done, the rates would be {original} and {current})",
        n=len(numbers),
        period=_period_heading(period),
        original=rates[By.ORIGINAL],
        current=rates[By.CURRENT],
    )


def _submitted_by(scope: ReportScope) -> Section:
    """The line on which the office signs."""
    tr = scope.words.tr
    columns = [
        TableColumn(tr("Office"), 13),
        TableColumn(tr("Name and position"), 12, to_fill=True),
        TableColumn(tr("Signature"), 7, to_fill=True),
        TableColumn(tr("Date"), 5, to_fill=True),
    ]
    office = str(scope.snapshot.settings.get("office", ""))
    return Section(tr("Submitted by"), [Table(columns, [TableRow([office, "", "", ""])])], holds_before=True)


def _period_heading(scope: ReportScope) -> str:
    return short_period(scope.words, scope.first, scope.last)


def _figures(scope: ReportScope) -> list[str]:
    """The figures of a period: due by both dates, done, of these confirmed, in time by both dates and confirmed."""
    done = [each for each in scope.commitments if scope.holds(done_day_if_standing(each))]
    due = [sum(is_planned(commitment, by, scope) for commitment in scope.commitments) for by in By.ALL]
    confirmed = sum(commitment["state"] == State.CONFIRMED for commitment in done)
    rates = [
        text for by in By.ALL for text in (n_of_d(scope.rate(by), scope, with_per_cent=True), _confirmed(scope, by))
    ]
    return [*map(str, (*due, len(done), confirmed)), *rates]


def _confirmed(scope: ReportScope, by: str) -> str:
    """How much of what could have been done in time is confirmed to have been."""
    rate = scope.rate(by)
    return share_of(len(rate.confirmed), rate.total, scope)


def _all_in_figures(scope: ReportScope) -> tuple[Section, list[TextBlock]]:
    """How all commitments of the report stand: counts with their share, and a bar; what these mean, and hold."""
    tr = scope.words.tr
    heading = tr("All commitments, on the day of this report")
    if not scope.commitments:
        return Section(heading, [TextBlock(tr("Nothing was promised."), "dim")]), []
    its = totals_of(scope, scope.commitments)
    figures = [(str(its.promised), tr("in all"), "strong")]
    counts = (its.kept, its.reported, its.in_work, its.proposed, its.withdrawn, its.not_met)
    for word, count in zip(Standing.ALL, counts, strict=True):
        if count:
            share = per_cent(count, its.promised, scope)
            text = f"{tr(STANDINGS[word].text)} ({share})"
            if word == Standing.KEPT and its.kept_late:
                text = tr("kept ({share}), {n} of them late", share=share, n=its.kept_late)
            elif word == Standing.IN_WORK and its.late:
                text = tr("under way ({share}), {n} of them overdue", share=share, n=its.late)
            figures.append((str(count), text, "plain"))
    title = tr("How they stand")
    shown = Figures(figures, is_count_behind=scope.words.is_count_behind)
    aside = [block.text for block in counted_though_set_aside(scope, scope.rows)]
    # The page has little room: what is short stands in one line.
    short = " ".join([*([tr("Under way: agreed or in progress.")] if its.in_work else []), *aside])
    meant = [short] if short else []
    for word, text in (
        (Standing.NOT_MET, phrase("Not met (declined, or dropped without the consent of the other side): {numbers}.")),
        (
            Standing.WITHDRAWN,
            phrase("Withdrawn (superseded, overtaken, dropped by agreement, or never agreed): {numbers}."),
        ),
    ):
        numbers = [each["id"] for each in scope.commitments if standing(each) == word]
        if numbers:
            meant.append(tr(text, numbers=scope.listed(tr(STANDINGS[word].text), numbers)))
    bar = standing_bars(scope, title, [(tr("In all"), scope.commitments)])
    return Section(heading, [shown, bar]), [TextBlock(text, "dim") for text in meant]


def _seats(scope: ReportScope) -> list[Section]:
    """The seats of all nominations, added up; none where nobody is to be nominated.

    Beside the seats wanted stand those of the same commitments; the others are told apart.
    """
    words = scope.words
    nominations = [commitment for commitment in scope.commitments if is_nomination(commitment)]
    if not nominations:
        return []
    sums = seat_sums([each for each in nominations if not are_seats_unknown(each)])
    others = seat_sums(filter(are_seats_unknown, nominations))
    figures = [
        (str(sums.wanted), _wanted(words, nominations), "strong"),
        (str(sums.nominated), words.tr("nominated"), "plain"),
        (str(sums.acknowledged), words.tr("acknowledged"), "plain"),
    ]
    shown = Figures(figures, is_count_behind=words.is_count_behind)
    counted = words.plural("In {n} commitment to nominate", "In {n} commitments to nominate", len(nominations))
    about = f"{counted}."
    if others.unknown and not others.nominated:
        about = words.tr("{counted}; the number of seats is not agreed in {n}.", counted=counted, n=others.unknown)
    elif others.unknown:
        about = words.tr(
            "{counted}; the number of seats is not agreed in {n} and not added up here "
            "(nominated: {nominated}, acknowledged: {acknowledged}).",
            counted=counted,
            n=others.unknown,
            nominated=others.nominated,
            acknowledged=others.acknowledged,
        )
    if closed := seat_sums([each for each in nominations if each["state"] == State.CLOSED]).wanted:
        about += " " + words.tr("Of the seats wanted, {n} belong to commitments closed without being kept.", n=closed)
    return [Section(words.tr("Seats"), [shown, TextBlock(about, "dim")])]


def _wanted(words: Words, nominations: Sequence[Commitment]) -> str:
    """What the number of seats wanted counts, and how many of them nobody has agreed to yet."""
    proposed = seat_sums([each for each in nominations if each["state"] == State.PROPOSED]).wanted
    return words.tr("seats wanted ({n} of them only proposed)", n=proposed) if proposed else words.tr("seats wanted")
