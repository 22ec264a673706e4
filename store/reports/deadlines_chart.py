"""Draw the deadlines of the period and the quarter after it: a mark for each, or where they are many, a bar a week."""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, STANDINGS, Band, Standing, State
from store.reports.document import Bars, Table, TableColumn, TableRow, Timeline
from store.reports.report_period import period_after
from store.rules.day_done_and_outcome import days_late, standing
from store.rules.due_dates_and_extensions import was_agreed
from store.rules.on_time_rate import By, date_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.reports.document import Block
    from store.reports.report_period import ReportScope
    from store.snapshot import Row

_MOST_POINTS = 60
"""So many deadlines have a mark of their own; of more each week has a bar."""
_WEEK = 7


def deadlines(scope: ReportScope) -> list[Block]:
    """The chart of agreed due dates, that of weeks with a table of their numbers; empty where there are none.

    In a timeline a commitment whose date was changed stands at both dates: at the original one its number is in
    brackets. Weeks count the present dates alone.
    """
    _, last = period_after(scope.last)
    rows = [row for row in scope.rows if was_agreed(row.commitment)]
    current = [row for row in rows if _is_in(date_of(row.commitment, By.CURRENT), scope.first, last)]
    points = sorted(point for row in rows for point in _points(scope, row) if _is_in(point[0], scope.first, last))
    if current and len(points) > _MOST_POINTS:
        return _weeks(scope, current, last)
    return [_timeline(scope, points, last)] if points else []


def _is_in(day: str | None, first: str, last: str) -> bool:
    return day is not None and first <= day <= last


def _title(scope: ReportScope, last: str) -> str:
    words = scope.words
    return words.tr("Deadlines from {first} to {last}", first=words.day(scope.first), last=words.day(last))


def _timeline(scope: ReportScope, points: Sequence[tuple[str, int, str, str, str]], last: str) -> Timeline:
    tr = scope.words.tr
    days: dict[str, list[str]] = {}
    for _, number, label, _, day_text in points:
        name = scope.words.number(number)
        days.setdefault(day_text, []).append(f"({name})" if label.startswith("(") else name)
    description = "; ".join(
        tr("{day} {numbers}", day=day_text, numbers=", ".join(labels)) for day_text, labels in days.items()
    )
    explained = tr("A number in brackets stands at an original date that was changed.")
    is_changed = any(label.startswith("(") for _, _, label, _, _ in points)
    return Timeline(
        _title(scope, last),
        f"{description}. {explained}" if is_changed else f"{description}.",
        first=scope.first,
        last=last,
        today=scope.snapshot.today,
        today_label=scope.words.day(scope.snapshot.today),
        months=_months(scope, last),
        points=[(day, label, style) for day, _, label, style, _ in points],
        legend=_legend(scope, {style for _, _, _, style, _ in points}),
        note=explained if is_changed else "",
    )


def _legend(scope: ReportScope, styles: set[str]) -> list[tuple[str, str]]:
    """What the marks that occur mean."""
    tr = scope.words.tr
    meanings = (
        (BANDS[Band.FINISHED].style, tr("kept, not late")),
        ("kept-late", tr("kept late")),
        (BANDS[Band.UNCONFIRMED].style, tr(STANDINGS[Standing.REPORTED].text)),
        (BANDS[Band.OVERDUE].style, tr("late")),
        (BANDS[Band.TODAY].style, tr("due on the day of issue")),
        (BANDS[Band.WEEK].style, tr("due within 7 days")),
        ("plain", tr("due later")),
        ("strong", tr(STANDINGS[Standing.NOT_MET].text)),
        ("dim", tr("closed, or (in brackets) a date that was changed")),
    )
    return [(style, text) for style, text in meanings if style in styles]


def _points(scope: ReportScope, row: Row) -> list[tuple[str, int, str, str, str]]:
    """Points (ISO day, number, label, style, date as agreed), sorted by day and number."""
    commitment, texts = row.commitment, scope.texts
    number, original, current = commitment["id"], date_of(commitment, By.ORIGINAL), date_of(commitment, By.CURRENT)
    points = []
    if current is not None:
        style = "dim" if commitment["state"] == State.CLOSED else texts.style(row)
        if standing(commitment) == Standing.NOT_MET:
            style = "strong"
        elif standing(commitment) == Standing.KEPT and days_late(commitment):
            style = "kept-late"
        points.append((current, number, texts.words.tr("#{n:d}", n=number), style, texts.date(commitment, current)))
    if original is not None and original != current:
        points.append(
            (original, number, f"({texts.words.tr('#{n:d}', n=number)})", "dim", texts.date(commitment, original))
        )
    return points


def _months(scope: ReportScope, last: str) -> list[tuple[str, str]]:
    """The months that begin in the chart; the first one and each January with the year."""
    from store.rules.dates.month_arithmetic import add_to_day

    first = scope.first[:8] + "01"
    if first < scope.first:
        first = add_to_day(first, months=1)
    months: list[tuple[str, str]] = []
    while first <= last:
        name = scope.words.month(first)
        months.append((first, f"{name} {first[:4]}" if not months or first[5:7] == "01" else name))
        first = add_to_day(first, months=1)
    return months


def _weeks(scope: ReportScope, rows: Sequence[Row], last: str) -> list[Block]:
    """A bar for each week: how what falls due in it stands, with a table; weeks with nothing are left out."""
    from store.rules.dates.month_arithmetic import add_to_day
    from store.rules.days import days_between

    tr = scope.words.tr
    pieces = [
        (tr("kept, not late"), "finished"),
        (tr("kept late"), "kept-late"),
        (tr(STANDINGS[Standing.REPORTED].text), "unconfirmed"),
        (tr("under way, in time"), "plain"),
        (tr("under way, overdue"), "overdue"),
        (tr(STANDINGS[Standing.PROPOSED].text), "week"),
        (tr(STANDINGS[Standing.WITHDRAWN].text), "dim"),
        (tr(STANDINGS[Standing.NOT_MET].text), "strong"),
    ]
    places = {Standing.REPORTED: 2, Standing.PROPOSED: 5, Standing.WITHDRAWN: 6, Standing.NOT_MET: 7}
    of_week: dict[int, list[int]] = {}
    for row in rows:
        week = days_between(scope.first, row.commitment["due"]) // _WEEK
        counts = of_week.setdefault(week, [0] * len(pieces))
        its, is_kept_late = standing(row.commitment), days_late(row.commitment) > 0
        counts[int(is_kept_late) if its == Standing.KEPT else places.get(its, 4 if row.days_overdue else 3)] += 1
    bars = []
    for week, counts in sorted(of_week.items()):
        begin = add_to_day(scope.first, days=week * _WEEK)
        label = scope.words.period(begin, min(add_to_day(begin, days=_WEEK - 1), last))
        bars.append((label, counts))
    title = tr("{title}, by week", title=_title(scope, last))
    chart = Bars(title, tr("The table below has the numbers of each week."), pieces, bars, is_compact=True)
    return [chart, _table_of(scope, chart)]


def _table_of(scope: ReportScope, chart: Bars) -> Table:
    """The numbers of the bars of a chart, a row for each; what none of them has is left out."""
    tr = scope.words.tr
    drawn = [place for place, _ in chart.legend()]
    columns = [TableColumn(tr("Week"), 18)]
    columns += [TableColumn(chart.pieces[place][0], 8, is_number=True) for place in drawn]
    columns.append(TableColumn(tr("In all"), 5, is_number=True))
    entries = [
        TableRow([label, *(str(counts[place] or scope.words.nothing) for place in drawn), str(sum(counts))])
        for label, counts in chart.bars
    ]
    return Table(columns, entries)
