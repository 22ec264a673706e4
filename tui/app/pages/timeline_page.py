"""The lines of the timeline: deadlines by week, month or quarter, one line a period, overdue ones at today. Pure.

Each commitment is one sign in the bar of its period: the sign of its state, in the style of its band. Its number beside
the bar carries the sign of its band, so that nothing hangs on a colour; what is finished stands in brackets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from store.model.vocabulary import BANDS, OPEN, STATES, Band
from store.snapshot import Row
from tui.app.pages.chart_parts import LEAST_WIDTH, gap, paragraph
from tui.render.labels import day, long_day
from tui.render.segments import Segments, merged
from tui.render.terminal_style import TerminalStyle

WEEKS, MONTHS, QUARTERS = "weeks", "months", "quarters"
SCALES = (WEEKS, MONTHS, QUARTERS)
"""The period of one line, the shortest first; weeks begin on Monday."""

_UNITS = {WEEKS: "week", MONTHS: "month", QUARTERS: "quarter"}
_MOST_BAR = 24
_NOTHING = "Nothing to show: no commitment in this view. Esc goes back to the list, where 1 shows all that is open."


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A commitment drawn on a line: its number, first column (from 0) and width in columns."""

    number: int
    column: int
    width: int


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
    """The lines of a timeline, by one of SCALES; `today` is the index of today's line (None: nothing to show).

    `positions`: number of a commitment -> index of its line. `draw` renders one line again around a commitment.
    """

    scale: str
    lines: tuple[TimelineLine, ...]
    today: int | None
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

    def start(self) -> int | None:
        """The first position of the cursor: the first commitment after today, else the last before; None for none."""
        full = [position for position, line in enumerate(self.lines) if line.numbers]
        later = [position for position in full if self.today is not None and position > self.today]
        return self.lines[(later or full[-1:])[0]].numbers[0] if full else None

    def along(self, number: int | None, step: int) -> int | None:
        """The commitment so many to the right (negative: left) on the same line, at most the last one."""
        position = self.position_of(number)
        if position is None or number is None:
            return self.start()
        numbers = self.lines[position].numbers
        return numbers[min(max(numbers.index(number) + step, 0), len(numbers) - 1)]

    def across(self, number: int | None, step: int) -> int | None:
        """The commitment nearest to this one so many lines down (negative: up), lines without any not counted."""
        position = self.position_of(number)
        if position is None:
            return self.start()
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
    rows: Sequence[Row], today: str, scale: str, width: int, terminal: TerminalStyle, *, current: int | None = None
) -> TimelineLayout:
    """Lay out the timeline of these rows on the ISO day `today`, at a width of 40 columns or more.

    Where the numbers of a line do not fit, the part of them that has `current` is shown, with `+3` for those before
    and after. The strip is drawn whole; a screen shows as many of its lines as it has.
    """
    width = max(width, LEAST_WIDTH)
    if not rows:
        return TimelineLayout(scale, tuple(TimelineLine(line) for line in paragraph(_NOTHING, width)), None)
    groups = _groups(rows, today, scale)
    drawing = _Drawing(groups, width)
    title = [(f" DEADLINES BY {_UNITS[scale].upper()}", "heading"), (drawing.note(), "dim")]
    lines = [TimelineLine(merged(title))]
    now = 0
    before: int | None = None
    grouped: dict[int, _Group] = {}
    for group in groups:
        if group.index is not None:
            lines += [TimelineLine(gap_line) for gap_line in _gap(before, group.index, scale, today)]
            before = group.index
        if group.is_late:
            now = len(lines)
            rule = terminal.cut(f" -- today, {long_day(today)} ", width).ljust(width - 1, "-")
            lines.append(TimelineLine([(rule, "heading")]))
        grouped[len(lines)] = group
        lines.append(drawing.line(group))
    lines += [TimelineLine(line) for line in paragraph(_legend(rows), width, hanging=2, style="dim")]
    positions = {number: position for position in grouped for number in lines[position].numbers}
    whole = TimelineLayout(scale, tuple(lines), now, positions, lambda at, its: drawing.line(grouped[at], its))
    return whole.around(current)


class _Group:
    """The rows on one line: of a period (`index` says which), late ones at today's period, or without a date."""

    __slots__ = ("first", "index", "is_late", "label", "last", "rows", "sign", "style")

    def __init__(self, label: str, rows: Iterable[Row], *, index: int | None = None, is_late: bool = False) -> None:
        self.label = label
        self.rows = sorted(rows, key=lambda row: (row.commitment.get("due", ""), row.commitment["id"]))
        self.index = index
        self.is_late = is_late
        self.sign = self.style = ""
        self.first: str | None = None
        self.last: str | None = None


def _groups(rows: Sequence[Row], today: str, scale: str) -> list[_Group]:
    """The groups of rows, from the top: past periods, overdue, periods to come, no date, done without a date."""
    position = _PLACES[scale]
    late: list[Row] = []
    undated: list[Row] = []
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
            (undated if row.band == Band.NO_DATE else done).append(row)
    groups: list[_Group] = []
    for index in sorted(periods):
        if index == now:
            groups.append(_banded(BANDS[Band.OVERDUE].text, Band.OVERDUE, late, now=now))
        group = _Group(_label(scale, index, today), periods[index], index=index)
        group.first, group.last = _days(scale, index)
        groups.append(group)
    if undated:
        groups.append(_banded(BANDS[Band.NO_DATE].heading, Band.NO_DATE, undated))
    if done:
        groups.append(_Group("done, no date", done))
    return groups


def _banded(label: str, band: str, rows: list[Row], *, now: int | None = None) -> _Group:
    group = _Group(label, rows, index=now, is_late=now is not None)
    group.sign, group.style = (BANDS[band].sign, BANDS[band].style) if rows else ("", "dim")
    return group


class _Drawing:
    """Draws lines: widths of their parts, and how many commitments one sign in a bar stands for."""

    def __init__(self, groups: Sequence[_Group], width: int) -> None:
        most = max(len(group.rows) for group in groups)
        self._label = max(len(group.label) for group in groups)
        self._count = len(str(most))
        rest = width - (1 + 2 + 1 + self._label + 2 + 2 + self._count + 2)
        room = max(1, min(_MOST_BAR, rest // 3))
        self._each = -(-most // room)
        self._bar = -(-most // self._each)
        self._numbers = max(0, rest - self._bar)

    def note(self) -> str:
        """The note that a sign stands for several commitments; empty when for one."""
        return f"   one sign for up to {self._each}" if self._each > 1 else ""

    def line(self, group: _Group, current: int | None = None) -> TimelineLine:
        """The line of a group: sign, label, bar, count, numbers, `current` among them."""
        style = group.style or ("plain" if group.rows else "dim")
        text: Segments = [(f" {group.sign:<2} {group.label:<{self._label}}  ", style)]
        for row in group.rows[:: self._each]:
            text.append((STATES[row.commitment["state"]].sign, BANDS[row.band].style))
        signs = -(-len(group.rows) // self._each)
        count = str(len(group.rows) or "-").rjust(self._count)
        text.append((" " * (self._bar - signs + 2), "plain"))
        text += [(count, style), ("  ", "plain")]
        numbers = tuple(row.commitment["id"] for row in group.rows)
        labels = [_number(row, is_signed=not group.sign) for row in group.rows]
        column = sum(len(part) for part, _ in text)
        entries: list[TimelineEntry] = []
        start, end = self._shown(labels, numbers.index(current) if current is not None else 0)
        if start:
            text.append((f"+{start} ", "dim"))
            column += len(text[-1][0])
        for position in range(start, end):
            entries.append(TimelineEntry(numbers[position], column, len(labels[position])))
            text += [(labels[position], BANDS[group.rows[position].band].style), (" ", "plain")]
            column += len(labels[position]) + 1
        if end < len(labels):
            text.append((f"+{len(labels) - end}"[: self._numbers], "dim"))
        return TimelineLine(merged(text), tuple(entries), numbers, group.first, group.last)

    def _shown(self, labels: Sequence[str], position: int) -> tuple[int, int]:
        """Which labels fit on the line (from, to): as many as can be from the first, or those around `position`."""
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
    number = f"#{row.commitment['id']}"
    if row.commitment["state"] not in OPEN:
        return f"({number})"
    return BANDS[row.band].sign + number if is_signed else number


def _gap(before: int | None, index: int, scale: str, today: str) -> list[Segments]:
    """The lines between two periods: one empty period as itself, several as a gap."""
    empty = 0 if before is None else index - before - 1
    if empty == 1:
        return [[(f"    {_label(scale, index - 1, today)}", "dim")]]
    return [gap(empty, _UNITS[scale], "deadline")] if empty > 0 else []


def _legend(rows: Sequence[Row]) -> str:
    """The signs that occur, in words."""
    states = {row.commitment["state"] for row in rows}
    shown = [f"{entry.sign} {entry.text}" for state, entry in STATES.items() if state in states]
    brackets = [] if states <= OPEN else ["(#n) finished"]
    bands = {row.band for row in rows}
    signs = [f"{BANDS[band].sign}#n {BANDS[band].text}" for band in _SIGNED if band in bands]
    return "Signs: " + "; ".join([*shown, *signs, *brackets])


_SIGNED = (Band.TODAY, Band.WEEK, Band.MONTH)

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


def _label(scale: str, index: int, today: str) -> str:
    """`2-8 Jan` (with its year where it is not today's), `Jan 2023`, `Jan-Mar 2023`."""
    first, last = _days(scale, index)
    if scale == MONTHS:
        return day(first).split(" ", 1)[1]
    if scale == QUARTERS:
        return f"{day(first).split(' ')[1]}-{day(last).split(' ', 1)[1]}"
    start = day(first)[:-5] if first[:7] != last[:7] else str(int(first[8:]))
    end = day(last)
    return f"{start}-{end[:-5] if last[:4] == today[:4] else end}"
