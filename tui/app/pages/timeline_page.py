"""The lines of the timeline: deadlines by week, month or quarter, one line a period, overdue ones before today. Pure.

Each commitment is one sign in the bar of its period: the sign of its state, in the style of its band. Its number beside
the bar carries the sign of its band, so that nothing hangs on a colour, and its title where the line has room; what is
finished stands in brackets. Rules are drawn for today and for each new year only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from store.model.months_and_weekdays import SHORT_MONTH_NAMES
from store.model.vocabulary_and_signs import BANDS, OPEN, STATES, Band
from store.snapshot import Row
from store.translation import ENGLISH, language, phrase, phrase_in, plural, tr, tr_in
from tui.app.pages.chart_parts import LEAST_WIDTH, gap
from tui.render.commitment_numbers import number_sign
from tui.render.day_words import day_with_weekday, short_days
from tui.render.segments import Segments, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

WEEKS, MONTHS, QUARTERS = "weeks", "months", "quarters"
SCALES = (WEEKS, MONTHS, QUARTERS)
"""The period of one line, the shortest first; weeks begin on Monday."""

BY_PERIOD = {WEEKS: phrase("by week"), MONTHS: phrase("by month"), QUARTERS: phrase("by quarter")}
"""Scale -> how the title names it."""

_LEAST_BAR, _MOST_BAR = 6, 24
_LEAST_TITLE = 8
"""Columns of a title below which none is shown."""

_MOST_TITLES = 2
"""Commitments on one line that have their titles."""

_NOTHING = (
    phrase("No commitment in this view."),
    ("Esc", phrase("back to the list")),
    ("1", phrase("all that is open")),
)
_NOTHING_FOUND = (
    phrase("No commitment in this view has what the filter asks for."),
    ("Esc", phrase("takes the filter away")),
    ("/", phrase("changes it")),
)
"""The text of an empty timeline, and keys with what they do."""


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A commitment drawn on a line: its number, first column (from 0) and width in columns; `reach` with its title."""

    number: int
    column: int
    width: int
    reach: int


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A line of the timeline. `numbers` are all commitments on it, `entries` those that are drawn.

    `first` and `last` are the ISO days of its period; None on a line that is no period.
    """

    text: Segments
    entries: tuple[TimelineEntry, ...] = ()
    numbers: tuple[int, ...] = ()
    first: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class TimelineLayout:
    """The lines of a timeline, by one of SCALES; `today` is the index of the rule of today (None: nothing to show).

    `start` is the commitment on which the cursor begins, `each` how many one sign in a bar may stand for.
    `positions`: number of a commitment -> index of its line. `draw` renders one line again around a commitment.
    """

    scale: str
    lines: tuple[TimelineLine, ...]
    today: int | None
    start: int | None = None
    each: int = 1
    positions: Mapping[int, int] = field(default_factory=dict, compare=False, repr=False)
    draw: Callable[[int, int], TimelineLine] | None = field(default=None, compare=False, repr=False)

    def position_of(self, number: int | None) -> int | None:
        """The index of a commitment's line; None when it is not on the timeline."""
        return None if number is None else self.positions.get(number)

    def around(self, number: int | None) -> TimelineLayout:
        """A copy in which this commitment is drawn, where its line has too many numbers to show them all."""
        position = self.position_of(number)
        if position is None or number is None or self.draw is None:
            return self
        if any(entry.number == number for entry in self.lines[position].entries):
            return self
        lines = list(self.lines)
        lines[position] = self.draw(position, number)
        return replace(self, lines=tuple(lines))

    def near(self, position: int) -> int | None:
        """The first commitment on the nearest line that has any."""
        full = [at for at, line in enumerate(self.lines) if line.numbers]
        nearest = min(full, key=lambda at: abs(at - position), default=None)
        return None if nearest is None else self.lines[nearest].numbers[0]

    def along(self, number: int | None, step: int) -> int | None:
        """The commitment that many places to the right (negative: left) on the same line, at most the last one."""
        position = self.position_of(number)
        if position is None or number is None:
            return self.start
        numbers = self.lines[position].numbers
        return numbers[min(max(numbers.index(number) + step, 0), len(numbers) - 1)]

    def across(self, number: int | None, step: int) -> int | None:
        """The commitment nearest to this one that many lines down (negative: up), empty lines not counted."""
        position = self.position_of(number)
        if position is None:
            return self.start
        full = [at for at, line in enumerate(self.lines) if line.numbers]
        target = full[min(max(full.index(position) + step, 0), len(full) - 1)]
        if target == position:
            return number
        column = next((entry.column for entry in self.lines[position].entries if entry.number == number), 0)
        entries = self.lines[target].entries
        nearest = min(entries, key=lambda entry: abs(entry.column - column), default=None)
        return nearest.number if nearest else self.lines[target].numbers[0]


def next_scale(scale: str) -> str:
    """The next scale, the first after the last."""
    return SCALES[(SCALES.index(scale) + 1) % len(SCALES)]


def scale_for(rows: Sequence[Row], today: str, height: int) -> str:
    """The shortest scale whose timeline of these rows fits into `height` lines; quarters when none does."""
    for scale in SCALES:
        if len(timeline(rows, today, scale, 80, TerminalStyle()).lines) <= height:
            return scale
    return QUARTERS


def timeline(
    rows: Sequence[Row],
    today: str,
    scale: str,
    width: int,
    terminal: TerminalStyle,
    *,
    current: int | None = None,
    is_filtered: bool = False,
) -> TimelineLayout:
    """Lay out the timeline of these rows on the ISO day `today`, at a width of 40 columns or more.

    `is_filtered`: a filter chose them, which an empty timeline says.

    Where the numbers of a line do not fit, the part of them that has `current` is shown, with `+3` for those before
    and after. The strip is drawn whole; a screen shows as many of its lines as it has.
    """
    width = max(width, LEAST_WIDTH)
    if not rows:
        said, *keys = _NOTHING_FOUND if is_filtered else _NOTHING
        nothing: list[Segments] = [[], [(f"    {tr(said)}", "plain")], []]
        nothing += [[(f"    {key:<3}", "key"), (f"   {tr(what)}", "plain")] for key, what in keys]
        return TimelineLayout(scale, tuple(map(TimelineLine, nothing)), None)
    groups = _groups(rows, today, scale)
    drawing = _Drawing(groups, width, terminal)
    lines: list[TimelineLine] = []
    grouped: dict[int, _Group] = {}
    before: int | None = None
    year = int(today[:4])
    now, begin = 0, None
    for group in groups:
        if group.index is not None:
            # The rule of today says its year.
            is_today = group.is_late or group.is_now
            between = _between(before, group.index, None if is_today else year, scale, width, terminal)
            lines += [TimelineLine(line) for line in between]
            before, year = group.index, int(today[:4]) if is_today else _year(scale, group.index)
        elif all(above.index is not None for above in grouped.values()):
            lines.append(TimelineLine([]))
        if group.is_late:
            begin = len(lines)
        if group.is_now:
            now = len(lines)
            begin = now if begin is None else begin
            lines.append(TimelineLine(_rule(tr("today, {day}", day=day_with_weekday(today)), width, terminal)))
        grouped[len(lines)] = group
        lines.append(drawing.line(group))
    lines += [TimelineLine(line) for line in ([], *_legend(rows, width))]
    positions = {number: position for position in grouped for number in lines[position].numbers}
    full = [position for position in grouped if lines[position].numbers]
    later = [position for position in full if begin is not None and position >= begin]
    whole = TimelineLayout(
        scale,
        tuple(lines),
        now,
        lines[(later or full[-1:])[0]].numbers[0],
        drawing.each,
        positions,
        lambda at, its: drawing.line(grouped[at], its),
    )
    return whole.around(current)


class _Group:
    """The rows on one line: of a period (`index` says which, `is_now`: of today's), late ones, or without a date."""

    __slots__ = ("first", "index", "is_band", "is_late", "is_now", "label", "last", "rows", "sign", "style")

    def __init__(self, label: str, rows: Iterable[Row], *, index: int | None = None, is_now: bool = False) -> None:
        self.label = label
        self.rows = sorted(rows, key=lambda row: (row.commitment.get("due", ""), row.commitment["id"]))
        self.index = index
        self.is_now = is_now
        self.is_late = self.is_band = False
        self.first: str | None = None
        self.last: str | None = None
        band = next((band for band in _SIGNED if any(row.band == band for row in self.rows)), None)
        self.sign = BANDS[band].sign if band else ""
        self.style = BANDS[band].style if band else "plain" if self.rows else "dim"


def _groups(rows: Sequence[Row], today: str, scale: str) -> list[_Group]:
    """The groups of rows: past periods, overdue, periods to come; without a date: open, to confirm, finished."""
    position = _PLACES[scale]
    late: list[Row] = []
    undated: list[Row] = []
    reported: list[Row] = []
    done: list[Row] = []
    now = position(date.fromisoformat(today))
    periods: dict[int, list[Row]] = {now: []}
    for row in rows:
        due = row.commitment.get("due")
        if row.band == Band.OVERDUE:
            late.append(row)
        elif due is not None:
            periods.setdefault(position(date.fromisoformat(due)), []).append(row)
        else:
            (undated if row.band == Band.NO_DATE else reported if row.band == Band.UNCONFIRMED else done).append(row)
    groups: list[_Group] = []
    for index in sorted(periods):
        if index == now and late:
            groups.append(_banded(Band.OVERDUE, late, index))
        group = _Group(_label(scale, index), periods[index], index=index, is_now=index == now)
        group.first, group.last = _days(scale, index)
        groups.append(group)
    if undated:
        groups.append(_banded(Band.NO_DATE, undated))
    if reported:
        groups.append(_Group(tr("to confirm, no date"), reported))
    if done:
        groups.append(_Group(tr("finished, no date"), done))
    return groups


def _banded(band: str, rows: list[Row], index: int | None = None) -> _Group:
    """The group of a band, whose numbers need no sign."""
    group = _Group(tr(BANDS[band].short), rows, index=index)
    group.is_band, group.is_late = True, band == Band.OVERDUE
    group.sign, group.style = BANDS[band].sign, BANDS[band].style
    return group


class _Drawing:
    """Draws lines: widths of their parts, and how many commitments one sign in a bar stands for (`each`)."""

    def __init__(self, groups: Sequence[_Group], width: int, terminal: TerminalStyle) -> None:
        most = max(len(group.rows) for group in groups)
        self._terminal = terminal
        self._label = max(len(group.label) for group in groups)
        rest = width - 1 - (4 + self._label + 1 + 3)
        room = max(1, min(_MOST_BAR, rest // 3))
        self.each = -(-most // room)
        self._bar = max(-(-most // self.each), min(_LEAST_BAR, room))
        # Where a sign stands for several, their number stands before it.
        self._count = len(str(most)) + 1 if self.each > 1 else 0
        self._numbers = max(0, rest - self._bar - self._count)

    def line(self, group: _Group, current: int | None = None) -> TimelineLine:
        """The line of a group: sign, label, bar, numbers with titles where there is room, `current` among them."""
        text: Segments = [(f" {group.sign:<2} {group.label:<{self._label}} ", group.style)]
        if self._count:
            text.append((f"{len(group.rows) or '-':>{self._count - 1}} ", group.style))
        for row in group.rows[:: self.each]:
            text.append((STATES[row.commitment["state"]].sign, BANDS[row.band].style))
        signs = -(-len(group.rows) // self.each)
        text.append((" " * (self._bar - signs + 3), "plain"))
        numbers = tuple(row.commitment["id"] for row in group.rows)
        labels = [_number(row, is_signed=not group.is_band) for row in group.rows]
        column = sum(len(part) for part, _ in text)
        titles = self._titles(group, labels)
        entries: list[TimelineEntry] = []
        start, end = self._shown(labels, numbers.index(current) if current is not None else 0)
        if titles:
            start, end = 0, len(labels)
        if start:
            text.append((f"+{start} ", "dim"))
            column += len(text[-1][0])
        for position in range(start, end):
            label, title = labels[position], titles[position] if titles else ""
            reach = len(label) + width_of(title)
            entries.append(TimelineEntry(numbers[position], column, len(label), reach))
            text += [(label, BANDS[group.rows[position].band].style)]
            text += [(title, "plain"), ("  ", "plain")] if titles else [(" ", "plain")]
            column += reach + (2 if titles else 1)
        if end < len(labels):
            text.append((f"+{len(labels) - end}"[: self._numbers], "dim"))
        return TimelineLine(merged(text), tuple(entries), numbers, group.first, group.last)

    def _titles(self, group: _Group, labels: Sequence[str]) -> list[str]:
        """The titles of one commitment, or of two that share the line, each after a blank; [] without room."""
        if not 1 <= len(labels) <= _MOST_TITLES:
            return []
        titles = [self._terminal.sanitised(row.commitment["title"]) for row in group.rows]
        whole = self._numbers - 2 * (len(labels) - 1) - sum(len(label) + 1 for label in labels)
        if whole // len(labels) < _LEAST_TITLE:
            return []
        # What a short title leaves is for the other one.
        left = min(width_of(titles[0]), max(whole // len(labels), whole - sum(map(width_of, titles[1:]))))
        rooms = [left, whole - left]
        return [f" {self._terminal.cut(title, room)}" for title, room in zip(titles, rooms, strict=False)]

    def _shown(self, labels: Sequence[str], position: int) -> tuple[int, int]:
        """Which labels fit on the line (from, to): as many as possible from the first, or around `position`."""
        start = 0
        while True:
            used, end = len(f"+{start} ") if start else 0, start
            while end < len(labels):
                left = len(labels) - end - 1
                needed = used + len(labels[end]) + (end > start)
                if needed + (len(f" +{left}") if left else 0) > self._numbers:
                    break
                used, end = needed, end + 1
            if end == start:
                return 0, 0
            if position < end:
                return start, end
            start = end


def _number(row: Row, *, is_signed: bool) -> str:
    """`!#11`: a number under the sign of its band, or `(#9)` for what is finished."""
    number = f"{number_sign()}{row.commitment['id']}"
    if row.commitment["state"] not in OPEN:
        return f"({number})"
    return BANDS[row.band].sign + number if is_signed else number


def _between(
    before: int | None, index: int, year: int | None, scale: str, width: int, terminal: TerminalStyle
) -> list[Segments]:
    """The lines between two periods: one empty period as itself, several as a gap, the rule of a new year.

    `year` is the last one that a rule showed; None: no rule is drawn.
    """
    lines: list[Segments] = []
    empty = 0 if before is None else index - before - 1
    if empty > 1:
        lines.append(gap(_without_deadline(empty, scale)))
    for each in range(index - (empty == 1), index + 1):
        its_year = _year(scale, each)
        if year not in (None, its_year):
            year = its_year
            lines.append(_rule(str(year), width, terminal))
        if each != index:
            lines.append([(f"    {_label(scale, each)}", "dim")])
    return lines


def _without_deadline(count: int, scale: str) -> str:
    if scale == WEEKS:
        return plural("{n} week, no deadline", "{n} weeks, no deadline", count)
    if scale == MONTHS:
        return plural("{n} month, no deadline", "{n} months, no deadline", count)
    return plural("{n} quarter, no deadline", "{n} quarters, no deadline", count)


def _year(scale: str, index: int) -> int:
    return int(_days(scale, index)[0][:4])


def _rule(text: str, width: int, terminal: TerminalStyle) -> Segments:
    line = terminal.cut(f" {terminal.rule * 2} {text} ", width - 1)
    return [(line, "heading"), (terminal.rule * (width - 1 - width_of(line)), "dim")]


def _legend(rows: Sequence[Row], width: int) -> list[Segments]:
    """The signs that occur, in words; in a language of longer ones the letters of the states where one line has no room
    for their names.
    """
    states = {row.commitment["state"] for row in rows}
    bands = {row.band for row in rows}
    others = [f"{BANDS[band].sign} {tr_in('legend', text)}" for band, text in _SIGNED.items() if band in bands]
    others += [] if states <= OPEN else [tr("(#n) finished")]
    found = [entry for state, entry in STATES.items() if state in states]
    shown = [*(f"{entry.sign} {tr(entry.short)}" for entry in found), *others]
    if language() != ENGLISH and len("  ".join(shown)) > width - 2:
        shown = [*(f"{entry.sign} {tr(entry.letters)}" for entry in found), *others]
    lines = [""]
    for text in shown:
        if lines[-1] and len(lines[-1]) + 2 + len(text) > width - 2:
            lines.append("")
        lines[-1] += ("  " if lines[-1] else " ") + text
    return [[(line, "dim")] for line in lines]


_SIGNED = {
    Band.TODAY: phrase_in("legend", "today"),
    Band.WEEK: phrase_in("legend", "7 days"),
    Band.MONTH: phrase_in("legend", "30 days"),
}
"""Bands whose sign stands at a number, and what it says in the legend."""

# Periods are counted, so that a strip over centuries costs what stands on it.

_PLACES: dict[str, Callable[[date], int]] = {
    WEEKS: lambda its: (its.toordinal() - 1) // 7,
    MONTHS: lambda its: its.year * 12 + its.month - 1,
    QUARTERS: lambda its: its.year * 4 + (its.month - 1) // 3,
}
"""Scale -> a function from a day to the number of its period. 1 January of the year 1 was a Monday."""


def _days(scale: str, index: int) -> tuple[str, str]:
    """The first and the last ISO day of a period."""
    if scale == WEEKS:
        start = index * 7 + 1
        last = min(start + 6, date.max.toordinal())
        return date.fromordinal(start).isoformat(), date.fromordinal(last).isoformat()
    size = 1 if scale == MONTHS else 3
    months = index * size
    first = date(months // 12, months % 12 + 1, 1)
    months += size
    end = (
        date.max.toordinal() if months // 12 > date.max.year else date(months // 12, months % 12 + 1, 1).toordinal() - 1
    )
    return first.isoformat(), date.fromordinal(end).isoformat()


def _label(scale: str, index: int) -> str:
    """`2-8 Jan`, `30 Nov-6 Dec`, `Jan`, `Jan-Mar`: the year stands in a rule."""
    days = _days(scale, index)
    if scale == WEEKS:
        return short_days(*days)
    first, last = (tr(SHORT_MONTH_NAMES[int(iso[5:7]) - 1]) for iso in days)
    return first if scale == MONTHS else tr("{first}-{last}", first=first, last=last)
