"""The lines of the progress screen: opened against finished, the on-time rate, each visit and party. Pure.

Every number is counted by `store.rules.on_time`; a bar stands only beside its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.model.vocabulary import NOTHING_PROMISED, VERDICTS
from store.rules.on_time import Rate
from store.rules.progress import Month, Totals, by_party, by_visit, months, totals
from store.snapshot import Row, Snapshot
from tui.app.pages.chart_parts import LEAST_WIDTH, Scale, gap, numbers_in_words, paragraph, table
from tui.render.labels import day
from tui.render.segments import DONE, LEFT, Segments, columns_of, merged, share_bar
from tui.render.terminal_style import TerminalStyle

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment

_NOTHING = "Nothing to show here: no commitment, so nothing was opened or finished."
_LEGEND = f"{DONE} confirmed or closed  {LEFT} still open"
_LEAST_BAR = 8
_MOST_SHARE = 20
_LEAST_MONTHS = 6


def progress(
    rows: Sequence[Row],
    snapshot: Snapshot,
    width: int,
    height: int,
    terminal: TerminalStyle,
    *,
    first: str | None = None,
    last: str | None = None,
) -> list[Segments]:
    """Render the page for these rows at a width of 40 columns or more.

    `height` is that of the screen: about half of it goes to the months, older ones are summed up. The days `first` and
    `last` (ISO, both included) bound the months and the rates, not the other counts.
    """
    width = max(width, LEAST_WIDTH)
    if not rows:
        return paragraph(_NOTHING, width)
    commitments = [row.commitment for row in rows]
    ends = {slug: visit["end"] for slug, visit in snapshot.visits.items()}
    series = months(commitments, ends, snapshot.today, first=first, last=last)
    whole = totals(commitments, snapshot.today, first=first, last=last)
    lines = [*_months_chart(series, width, max(_LEAST_MONTHS, height // 2), terminal), []]
    lines += [*rate_lines(whole, width, period_words(first, last)), []]
    lines += _visits(commitments, rows, snapshot, width, terminal, first, last)
    return [*lines, [], *_parties(commitments, snapshot, width, terminal, first, last)]


def period_words(first: str | None, last: str | None) -> str:
    """`1 Jan 2023 - 31 Mar 2023`, `from ...`, `to ...`; empty for all time."""
    if first and last:
        return f"{day(first)} - {day(last)}"
    return f"from {day(first)}" if first else f"to {day(last)}" if last else ""


# Opened against finished


def _months_chart(series: Sequence[Month], width: int, most: int, terminal: TerminalStyle) -> list[Segments]:
    """A chart with one line a month: cumulated opened, finished, open, and their bar."""
    title: Segments = [(" OPENED AGAINST FINISHED", "heading"), (f"   {_LEGEND}", "dim")]
    lines = [title] if columns_of(title) <= width else [title[:1], *paragraph(_LEGEND, width, style="dim")]
    if not series:
        return [*lines, *paragraph("Nothing was promised by then.", width)]
    top = series[-1].opened_total
    digits = len(str(top))
    changed = [month for month in series if month.opened or month.finished or month is series[-1]]
    left_out, shown = changed[:-most], changed[-most:]
    added = max(len(str(max(month.opened, month.finished))) for month in shown) + 2
    sizes = (max(digits + added, 6), max(digits + added, 8), max(digits, 4))
    indent = 1 + 8 + sum(size + 2 for size in sizes) + 3
    scale = Scale(top, width - indent) if width - indent >= _LEAST_BAR else None
    heads = [f"  {head:>{size}}" for head, size in zip(("OPENED", "FINISHED", "OPEN"), sizes, strict=True)]
    lines.append([(" " * 9 + "".join(heads), "heading")])
    if left_out:
        opened, finished = (sum(getattr(month, name) for month in left_out) for name in ("opened", "finished"))
        words = f"... before that: {opened} opened, {finished} finished"
        lines.append([(f" {terminal.cut(words, width - 1)}", "dim")])
    for position, month in enumerate(shown):
        if position:
            lines += _unchanged(shown[position - 1], month)
        lines.append(_month(month, digits, sizes, scale))
    return lines + list(scale.axis(indent) if scale else ())


def _month(month: Month, digits: int, sizes: tuple[int, int, int], scale: Scale | None) -> Segments:
    opened, finished, is_open = sizes
    line: Segments = [(f" {_month_name(month.month)}", "plain")]
    for total, new, size in (
        (month.opened_total, month.opened, opened),
        (month.finished_total, month.finished, finished),
    ):
        plus = f" +{new}" if new else ""
        room = size - digits
        line += [("  " + f"{total:>{digits}}", "plain"), (plus.ljust(room), "plain" if plus else "dim")]
    line.append((f"  {month.open:>{is_open}}", "plain"))
    if scale:
        done, left = scale.bar(month.finished_total, month.opened_total)
        line += [("  |", "dim"), (done, "finished"), (left, "plain")]
    return merged(line)


def _month_name(month: str) -> str:
    return day(f"{month}-01").split(" ", 1)[1]


def _unchanged(before: Month, after: Month) -> list[Segments]:
    """The line in the place of the months between two that are shown, if there are any."""
    one, other = (int(each.month[:4]) * 12 + int(each.month[5:]) for each in (before, after))
    return [gap(other - one - 1, "month", "change")] if other - one > 1 else []


# The on-time rate


def rate_lines(whole: Totals, width: int, period: str = "") -> list[Segments]:
    """The on-time rate by both dates: the counts, what was missed, what is left out and why, mean days late."""
    heading = " ON TIME" + (f", {period}" if period else "")
    lines: list[Segments] = [[(heading, "heading")]]
    for name, rate in (("original", whole.by_original), ("current", whole.by_current)):
        lines += _rate(name, rate, width)
    return lines


def _rate(name: str, rate: Rate, width: int) -> list[Segments]:
    label = f" by the {name} date".ljust(21)
    if not rate.total:
        lines = paragraph(f"{label.strip()}: nothing was due yet that counts", width)
    else:
        bar = share_bar(rate.kept, rate.total, min(_MOST_SHARE, width - 24))
        sentence = f"{rate.kept} of {rate.total} on time"
        if rate.kept:
            sentence += f", {len(rate.confirmed) or 'none'} of them confirmed"
        line: Segments = [(f"{label}  {bar}", "plain")]
        is_fitting = columns_of(line) + 2 + len(sentence) <= width
        lines = [[*line, (f"  {sentence}", "plain")]] if is_fitting else [line, *paragraph(sentence, width, indent=3)]
    if rate.missed:
        words = f"missed {len(rate.missed)}: {numbers_in_words(rate.missed)}"
        lines += paragraph(words, width, indent=3, hanging=2)
    if rate.days_late:
        late = numbers_in_words(list(rate.days_late))
        words = f"of these done late {len(rate.days_late)} ({late}): {_mean(rate)} late on average"
        lines += paragraph(words, width, indent=3, hanging=2)
    if rate.left_out:
        reasons = [
            f"{len(numbers)} {VERDICTS[reason].short} ({numbers_in_words(numbers)})"
            for reason, numbers in rate.left_out.items()
        ]
        count = sum(map(len, rate.left_out.values()))
        lines += paragraph(f"left out {count}: {'; '.join(reasons)}", width, indent=3, hanging=2, style="dim")
    return lines


def _mean(rate: Rate) -> str:
    mean = f"{rate.mean_days_late:.1f}".removesuffix(".0")
    return f"{mean} {'day' if mean == '1' else 'days'}"


# Per visit and party

_HEADS = ("PROMISED", "OPEN", "OVERDUE", "KEPT", "NOT MET", "ORIGINAL", "CURRENT")


def _visits(
    commitments: Sequence[Commitment],
    rows: Sequence[Row],
    snapshot: Snapshot,
    width: int,
    terminal: TerminalStyle,
    first: str | None,
    last: str | None,
) -> list[Segments]:
    """The visits in the order of their days; those without a promise as well, where the rows are the whole store."""
    groups = by_visit(commitments)
    is_all = len(rows) == len(snapshot.commitments)
    visits = sorted(snapshot.visits.values(), key=lambda visit: (visit["start"], visit["slug"]))
    rows_of_totals = [
        (
            terminal.sanitised(visit["slug"]),
            totals(groups.get(visit["slug"], []), snapshot.today, first=first, last=last),
        )
        for visit in visits
        if is_all or visit["slug"] in groups
    ]
    return _totals_table("VISIT", rows_of_totals, width, terminal)


def _parties(
    commitments: Sequence[Commitment],
    snapshot: Snapshot,
    width: int,
    terminal: TerminalStyle,
    first: str | None,
    last: str | None,
) -> list[Segments]:
    """Those who promised something, the one with the most overdue first."""
    groups = by_party(commitments)
    every = [(name, totals(its, snapshot.today, first=first, last=last)) for name, its in groups.items()]
    every.sort(key=lambda pair: (-pair[1].overdue, -pair[1].open, pair[0]))
    rows_of_totals = [(terminal.sanitised(snapshot.parties.shown(name)), its) for name, its in every]
    lines = _totals_table("PARTY", rows_of_totals, width, terminal)
    if any(len(commitment["by"]) > 1 for commitment in commitments):
        lines += paragraph("A joint promise is counted for each who made it.", width, style="dim")
    return lines


def _totals_table(
    head: str, rows_of_totals: Sequence[tuple[str, Totals]], width: int, terminal: TerminalStyle
) -> list[Segments]:
    """A table where it has room for names, else two lines each, with the same in words."""
    rows = [[(name, "plain"), *_cells(its)] for name, its in rows_of_totals]
    lines = table((head, *_HEADS), rows, width, terminal)
    if lines:
        over = "ON TIME, BY DATE"
        at = columns_of(lines[0]) - len(over)
        return [[(" " * at + over, "heading")], *lines]
    lines = [[(f" PER {head}", "heading")]]
    for name, its in rows_of_totals:
        lines += [[(f" {terminal.cut(name, width - 1)}", "plain")], *_in_words(its, width)]
    return lines


def _cells(its: Totals) -> list[tuple[str, str]]:
    if not its.promised:
        return [("none", "no-date"), *[("-", "dim")] * 6]
    counts = [(its.promised, "plain"), (its.open, "plain"), (its.overdue, "overdue"), (its.kept, "plain")]
    cells = [(str(count), style) if count else ("-", "dim") for count, style in (*counts, (its.not_met, "plain"))]
    return cells + [_share(rate) for rate in (its.by_original, its.by_current)]


def _share(rate: Rate) -> tuple[str, str]:
    return (f"{rate.kept} of {rate.total}", "plain") if rate.total else ("-", "dim")


def _in_words(its: Totals, width: int) -> list[Segments]:
    if not its.promised:
        return paragraph(NOTHING_PROMISED, width, indent=3, style="no-date")
    parts = [f"promised {its.promised}", f"open {its.open}", f"overdue {its.overdue}", f"kept {its.kept}"]
    parts.append(f"not met {its.not_met}")
    rates = ((its.by_original, "original"), (its.by_current, "current"))
    parts += [f"on time {rate.kept} of {rate.total} by the {name} date" for rate, name in rates if rate.total]
    return paragraph(", ".join(parts), width, indent=3)
