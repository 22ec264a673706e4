"""The lines of the progress screen: the on-time rate, what was promised against what is done, parties and visits. Pure.

Every number is counted by `store.rules.on_time_rate`; a bar stands only beside its numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from store.model.vocabulary_and_signs import BANDS, NOTHING_PROMISED, STANDINGS, VERDICTS, Band, Standing
from store.rules.on_time_rate import Rate
from store.rules.progress import Month, Totals, by_party, by_visit, months, totals
from store.snapshot import Row, Snapshot
from store.translation import phrase, phrase_in, plural, tr, tr_in
from tui.app.pages.chart_parts import LEAST_WIDTH, numbers_in_words, paragraph, table
from tui.render.day_words import column_month, day
from tui.render.party_words import short_name
from tui.render.segments import Segments, columns_of, count_bar, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Commitment

_FIRST_VISIT = phrase("enter your first visit, then what was promised there")
_NO_RATE = phrase("nothing to count yet: no agreed date has passed")
_HANGING = 12
"""Columns from a heading to the text beside it; below `_WITH_HANGING` columns the text stands under it."""

_WITH_HANGING = 72
_LABEL = 12
_LEAST_BAR = 8
_MOST_SHARE = 20
_LEAST_MONTHS = 6
_SIDE_BY_SIDE = 120


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

    `height` is that of the screen: about a third of it goes to the months, older ones are summed up. The days `first`
    and `last` (ISO, both included) bound the months and the rates, not the other counts.
    """
    width = max(width, LEAST_WIDTH)
    if not rows:
        first, *rest = wrapped(tr(_FIRST_VISIT), width - 10)
        lines: list[Segments] = [[], [(f"    {tr('Nothing was promised yet.')}", "plain")], []]
        lines.append([("    v a   ", "key"), (first, "plain")])
        return [*lines, *([(" " * 10 + line, "plain")] for line in rest)]
    commitments = [row.commitment for row in rows]
    ends = {slug: visit["end"] for slug, visit in snapshot.visits.items()}
    series = months(commitments, ends, snapshot.today, first=first, last=last)
    whole = totals(commitments, snapshot.today, first=first, last=last)
    page = _ProgressPage(width, terminal)
    heading = tr("ON TIME") + (f", {_period_words(first, last)}" if first or last else "")
    lines = page.hanging(heading, page.rates(whole))
    lines += [[], *page.promised(series, max(_LEAST_MONTHS, height // 3)), []]
    parties = _party_totals(commitments, snapshot, terminal, first, last)
    visits = _visit_totals(commitments, rows, snapshot, terminal, first, last)
    lines += page.two_tables(parties, visits)
    if any(len(commitment["by"]) > 1 for commitment in commitments):
        lines += [[], *paragraph(tr("A joint promise is counted for each who made it."), width, style="dim")]
    return lines


def _period_words(first: str | None, last: str | None) -> str:
    """`1 Jan 2023 - 31 Mar 2023`, `from ...`, `to ...`."""
    if first and last:
        return tr("{first} - {last}", first=day(first), last=day(last))
    return tr("from {day}", day=day(first)) if first else tr("to {day}", day=day(last)) if last else ""


def _label_width() -> int:
    """The columns of the names of the figures on time: more where a language needs them."""
    by_date = (tr_in("rate", "rate"), tr_in("rate", "first date"), tr_in("rate", "date now"))
    others = (tr_in("rate", "missed"), tr_in("rate", "done late"), tr_in("rate", "left out"))
    return max(_LABEL, *(width_of(name) + 1 for name in (*by_date, *others)))


class _ProgressPage:
    """The parts of the page, in one width."""

    def __init__(self, width: int, terminal: TerminalStyle) -> None:
        self._width = width
        self._terminal = terminal
        self._is_hanging = width >= _WITH_HANGING
        self._indent = _HANGING + 1 if self._is_hanging else 3
        self._room = width - self._indent - 1

    def hanging(self, heading: str, texts: Sequence[Segments]) -> list[Segments]:
        """Lines beside their heading, or under it on a narrow page, or where the heading is long."""
        if not self._is_hanging or len(heading) >= _HANGING:
            return [[(f" {heading}", "heading")], *([(" " * self._indent, "plain"), *text] for text in texts)]
        first: Segments = [(f" {heading}".ljust(self._indent), "heading")]
        return [[*(([(" " * self._indent, "plain")]) if at else first), *text] for at, text in enumerate(texts)]

    # The on-time rate

    def rates(self, whole: Totals) -> list[Segments]:
        """The rate by the first date and by the date now: bars, what was missed, done late, left out and why."""
        first, now = whole.by_original, whole.by_current
        if not first.total and not now.total:
            lines = self._labelled(tr_in("rate", "rate"), tr(_NO_RATE))
        else:
            lines = [*self._rate(tr_in("rate", "first date"), first), *self._rate(tr_in("rate", "date now"), now)]
        lines += self._labelled(tr_in("rate", "missed"), _missed(first, now))
        late = _done_late(first, phrase("{numbers}, {mean} d on average"))
        days = phrase("{numbers}, {mean} d")
        lines += self._labelled(tr_in("rate", "done late"), _once(late, _done_late(now, days), _done_late(first, days)))
        return lines + self._labelled(tr_in("rate", "left out"), _once(_left_out(first), _left_out(now)))

    def _rate(self, label: str, rate: Rate) -> list[Segments]:
        if not rate.total:
            return self._labelled(label, tr(_NO_RATE))
        bar = count_bar(rate.kept, rate.total, min(_MOST_SHARE, self._room - _label_width() - 12), self._terminal)
        confirmed = ""
        if rate.kept:
            confirmed = "   " + tr("of them confirmed: {n}", n=len(rate.confirmed) or tr("none"))
        return self._labelled(label, f"{bar}  {_of(rate)}{confirmed}")

    def _labelled(self, label: str, text: str) -> list[Segments]:
        if not text:
            return []
        lines = wrapped(text, self._room - _label_width())
        return [[(f"{'' if at else label:<{_label_width()}}{line}".rstrip(), "plain")] for at, line in enumerate(lines)]

    # What was promised, month by month

    def promised(self, series: Sequence[Month], most: int) -> list[Segments]:
        """One line a month: promised up to its end, done, open, and their bar."""
        done, left = self._terminal.done, self._terminal.left
        legend = tr("{done} finished  {left} open", done=done, left=left)
        promised = tr_in("progress", "PROMISED")
        if not series:
            return self.hanging(promised, [[(tr("Nothing was promised by then."), "plain")]])
        digits = len(str(series[-1].opened_total))
        changed = [month for month in series if month.opened or month.finished or month is series[-1]]
        left_out, shown = changed[:-most], changed[-most:]
        added = max(len(str(max(month.opened, month.finished))) for month in shown) + 2
        every, ended, still_open = (tr_in("progress", text) for text in _COUNTS)
        sizes = [max(digits, len(head)) for head in (every, ended, still_open)]
        heads = f"{every:>{sizes[0] + 2}}{'':{added}}{ended:>{sizes[1] + 2}}{'':{added}}{still_open:>{sizes[2] + 2}}"
        room = self._room - 8 - len(heads) - 3
        lines: list[Segments] = []
        if left_out:
            opened, finished = (sum(getattr(month, name) for month in left_out) for name in ("opened", "finished"))
            words = tr("before that: {opened} promised, {finished} finished", opened=opened, finished=finished)
            lines.append([(self._terminal.cut(tr("... {text}", text=words), self._room), "dim")])
        most_there = max(month.opened_total for month in shown)
        for position, month in enumerate(shown):
            if position:
                lines += _unchanged(shown[position - 1], month)
            lines.append(self._month(month, sizes, added, room if room >= _LEAST_BAR else 0, most_there))
        is_beside = room >= len(legend)
        head: Segments = [(f" {promised:<{self._indent + 7}}{heads}", "heading")]
        head += [(f"   {legend}", "dim")] if is_beside else []
        under: list[Segments] = [] if is_beside or room < _LEAST_BAR else [[(legend, "dim")]]
        return [head, *([(" " * self._indent, "plain"), *line] for line in [*lines, *under])]

    def _month(self, month: Month, sizes: Sequence[int], added: int, room: int, most: int) -> Segments:
        line: Segments = [(f"{column_month(f'{month.month}-01'):<8}", "plain")]
        totals_and_new = ((month.opened_total, month.opened), (month.finished_total, month.finished))
        for (total, new), size in zip(totals_and_new, sizes, strict=False):
            plus = f" +{new}" if new else ""
            line.append((f"  {total:>{size}}{plus:<{added}}", "plain"))
        line.append((f"  {month.open:>{sizes[2]}}   ", "plain"))
        if room and month.opened_total:
            length = month.opened_total if most <= room else max(1, round(month.opened_total * room / most))
            line.append((count_bar(month.finished_total, month.opened_total, length, self._terminal), "plain"))
        return merged(line)

    # Per party and visit

    def two_tables(self, parties: Sequence[tuple[str, Totals]], visits: Sequence[tuple[str, Totals]]) -> list[Segments]:
        """The tables of parties and visits: side by side on a wide page, else below each other."""
        if self._width < _SIDE_BY_SIDE:
            return [*self._table(tr("PARTY"), parties, self._width), [], *self._table(tr("VISIT"), visits, self._width)]
        half = self._width // 2
        left, right = self._table(tr("PARTY"), parties, half - 1), self._table(tr("VISIT"), visits, half)
        nothing: Segments = []
        return [
            merged([*one, (" " * (half - columns_of(one)), "plain"), *other])
            for one, other in zip_longest(left, right, fillvalue=nothing)
        ]

    def _table(self, head: str, rows_of_totals: Sequence[tuple[str, Totals]], width: int) -> list[Segments]:
        """A table where it has room for names, else two lines each, with the same in words. A column of dashes says
        nothing, and is left out.
        """
        cells = [_cells(its) for _, its in rows_of_totals]
        said = [at for at in range(len(_HEADS)) if at == 0 or any(its[at][0] != "-" for its in cells)]
        rows = [
            [(name, "plain"), *(its[at] for at in said)] for (name, _), its in zip(rows_of_totals, cells, strict=True)
        ]
        for heads in (_HEADS, _SHORT_HEADS):
            lines = table((head, *(tr_in("progress", heads[at]) for at in said)), rows, width, self._terminal)
            if lines:
                return lines
        lines = [[(f" {head}", "heading")]]
        for name, its in rows_of_totals:
            lines += [[(f" {self._terminal.cut(name, width - 1)}", "plain")], *_in_words(its, width)]
        return lines


def _missed(first: Rate, now: Rate) -> str:
    """What was missed by the first date, and what differs by the date now; empty when nothing was."""
    if not first.missed and not now.missed:
        return ""
    differences = []
    if gone := [number for number in first.missed if number not in now.missed]:
        differences.append(tr("not {numbers}", numbers=numbers_in_words(gone)))
    if added := [number for number in now.missed if number not in first.missed]:
        differences.append(tr("also {numbers}", numbers=numbers_in_words(added)))
    missed = numbers_in_words(first.missed) or tr("none")
    return _by_both(missed, ", ".join(differences)) if differences else missed


def _by_both(first: str, now: str) -> str:
    return tr("{first}   by the date now {now}", first=first, now=now)


def _done_late(rate: Rate, text: str) -> str:
    """Which were done late, and by how many days on average, as `text` says it."""
    if rate.mean_days_late is None:
        return ""
    mean = f"{rate.mean_days_late:.1f}".removesuffix(".0").replace(".", tr_in("decimal", "."))
    return tr(text, numbers=numbers_in_words(list(rate.days_late)), mean=mean)


def _once(first: str, now: str, first_in_short: str | None = None) -> str:
    """A fact by the first date, and by the date now where it differs; `first_in_short` is compared with it."""
    if now == (first if first_in_short is None else first_in_short):
        return first
    return _by_both(first or tr("none"), now or tr("none"))


def _left_out(rate: Rate) -> str:
    """How many are left out, and why: `13: 3 never agreed, 4 without a date`; the report has their numbers."""
    counts = [
        tr_in("rate", "{n} {what}", n=len(numbers), what=tr(VERDICTS[reason].short))
        for reason, numbers in rate.left_out.items()
    ]
    return f"{sum(map(len, rate.left_out.values()))}: {', '.join(counts)}" if counts else ""


def _unchanged(before: Month, after: Month) -> list[Segments]:
    """The line in place of unchanged months, if any."""
    one, other = (int(each.month[:4]) * 12 + int(each.month[5:]) for each in (before, after))
    count = other - one - 1
    text = plural("{n} month, no change", "{n} months, no change", count)
    return [[(tr("... {text}", text=text), "dim")]] if count else []


# Per visit and party

_HEADS = (
    *(phrase_in("progress", "PROMISED"), phrase_in("progress", "OPEN"), phrase_in("progress", "LATE")),
    *(phrase_in("progress", "KEPT"), phrase_in("progress", "WITHDRAWN"), phrase_in("progress", "NOT MET")),
    *(phrase_in("progress", "FIRST DATE"), phrase_in("progress", "DATE NOW")),
)
_SHORT_HEADS = (
    *(phrase_in("progress", "ALL"), "OPEN", "LATE", "KEPT"),
    *(phrase_in("progress", "WITH-\nDRAWN"), phrase_in("progress", "NOT\nMET")),
    *(phrase_in("progress", "FIRST\nDATE"), phrase_in("progress", "DATE\nNOW")),
)
_COUNTS = ("ALL", phrase_in("progress", "DONE"), "OPEN")


def _party_totals(
    commitments: Sequence[Commitment], snapshot: Snapshot, terminal: TerminalStyle, first: str | None, last: str | None
) -> list[tuple[str, Totals]]:
    """Those who promised something, the one with the most overdue first."""
    groups = by_party(commitments)
    every = [(name, totals(its, snapshot.today, first=first, last=last)) for name, its in groups.items()]
    every.sort(key=lambda pair: (-pair[1].overdue, -pair[1].open, pair[0]))
    return [(terminal.sanitised(short_name(snapshot.parties, name)), its) for name, its in every]


def _visit_totals(
    commitments: Sequence[Commitment],
    rows: Sequence[Row],
    snapshot: Snapshot,
    terminal: TerminalStyle,
    first: str | None,
    last: str | None,
) -> list[tuple[str, Totals]]:
    """The visits, those with the most overdue first, then by their days; those without a promise as well, where the
    rows are the whole store.
    """
    groups = by_visit(commitments)
    is_all = len(rows) == len(snapshot.commitments)
    visits = sorted(snapshot.visits.values(), key=lambda visit: (visit["start"], visit["slug"]))
    every = [
        (
            terminal.sanitised(visit["slug"]),
            totals(groups.get(visit["slug"], []), snapshot.today, first=first, last=last),
        )
        for visit in visits
        if is_all or visit["slug"] in groups
    ]
    return sorted(every, key=lambda pair: (-pair[1].overdue, -pair[1].open))


def _cells(its: Totals) -> list[tuple[str, str]]:
    if not its.promised:
        return [(tr("none"), "no-date"), *[("-", "dim")] * (len(_HEADS) - 1)]
    late = BANDS[Band.OVERDUE]
    counts = [(f"{its.promised}", "plain"), (f"{its.open or '-'}", "plain" if its.open else "dim")]
    counts.append((f"{late.sign} {its.overdue}", late.style) if its.overdue else ("-", "dim"))
    ended = (its.kept, its.withdrawn, its.not_met)
    counts += [(f"{count}", "plain") if count else ("-", "dim") for count in ended]
    return counts + [_share(rate) for rate in (its.by_original, its.by_current)]


def _share(rate: Rate) -> tuple[str, str]:
    return (_of(rate), "plain") if rate.total else ("-", "dim")


def _of(rate: Rate) -> str:
    return tr("{n} of {total}", n=rate.kept, total=rate.total)


def _in_words(its: Totals, width: int) -> list[Segments]:
    if not its.promised:
        return paragraph(tr(NOTHING_PROMISED), width, indent=3, style="no-date")
    parts = [tr("promised {n}", n=its.promised), tr("open {n}", n=its.open)]
    parts += [tr("late {n}", n=its.overdue), tr("kept {n}", n=its.kept)]
    ended = ((Standing.WITHDRAWN, its.withdrawn), (Standing.NOT_MET, its.not_met))
    parts += [tr("{what} {n}", what=tr(STANDINGS[standing].text), n=count) for standing, count in ended if count]
    rates = (
        (its.by_original, phrase("on time {n} of {total} by the first date")),
        (its.by_current, phrase("on time {n} of {total} by the date now")),
    )
    parts += [tr(text, n=rate.kept, total=rate.total) for rate, text in rates if rate.total]
    return paragraph(", ".join(parts), width, indent=3)
