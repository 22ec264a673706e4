"""Renders the visits as lines, with figures in columns; `visits` prints them, the app draws them."""

from __future__ import annotations

from store.model.required_fields import VISIT_DETAILS
from store.model.vocabulary_and_signs import BANDS, NOTHING_PROMISED, STANDINGS, Band, Standing
from store.translation import tr, tr_in
from tui.render.day_words import column_days, day
from tui.render.party_words import whole_names
from tui.render.segments import columns_of, count_bar, merged
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from store.model.record_types import Visit
    from store.rules.party_names import Directory
    from tui.render.segments import Segments
    from tui.render.terminal_style import TerminalStyle

ONE_LINE_WIDTH = 150
"""Columns from which a visit has one line."""

_INDENT = 2
"""Columns before the second line of a visit."""

_MOST_SLUG, _LEAST_SLUG = 20, 8
_MOST_BAR, _LEAST_BAR = 12, 4
_COUNTED = (Band.OVERDUE, Band.NO_DATE, Band.UNCONFIRMED)


class VisitEntry:
    """A visit as lines that begin at the second column of the page; its slug and id; the columns of slug and days."""

    __slots__ = ("lines", "name_columns", "number", "slug")

    def __init__(self, visit: Visit, lines: Sequence[Segments], name_columns: int) -> None:
        self.slug = visit["slug"]
        self.number = visit["id"]
        self.lines = lines
        self.name_columns = name_columns


def visits_page(
    visits: Sequence[tuple[Visit, Mapping[str, Any]]],
    terminal: TerminalStyle,
    *,
    is_airy: bool = True,
    is_whole: bool = False,
) -> tuple[Segments, list[VisitEntry]]:
    """Render the headings of the columns, and each visit with its counts (`visit_json`).

    A visit has two lines, and where it `is_airy` a blank one between two of them; on a wide page it has one.
    `is_whole`: its title and details are wrapped, not cut.
    """
    columns = _VisitColumns(visits, terminal)
    entries = []
    for place, (visit, counts) in enumerate(visits):
        lines = [columns.figures(visit, counts)]
        if terminal.width < ONE_LINE_WIDTH:
            lines += columns.about(visit, counts, is_whole=is_whole)
            lines += [[]] if is_airy and place + 1 < len(visits) else []
        else:
            lines[0] = columns.with_title(lines[0], visit, counts)
        entries.append(VisitEntry(visit, lines, columns.name_columns))
    return columns.headings(), entries


def visit_details(visit: Visit, parties: Directory, terminal: TerminalStyle) -> list[Segments]:
    """Who received a visit, who came, under which programme and who paid, each beside its label."""
    fields: dict[str, Any] = {**visit, "hosts": ", ".join(whole_names(parties, visit.get("hosts", ())))}
    labels = [name for name in ("hosts", *VISIT_DETAILS) if fields.get(name)]
    names = {name: tr_in("field", name) for name in labels}
    width = max(map(width_of, names.values()), default=0) + _INDENT
    lines: list[Segments] = []
    for name, shown in names.items():
        texts = terminal.paragraph(terminal.sanitised(str(fields[name])), " " * (_INDENT + width + 1))
        for at, text in enumerate(texts):
            label = padded("" if at else shown, width)
            lines.append([(" " * _INDENT + label, "dim"), (text[_INDENT + width + 1 :], "plain")])
    return lines


class _VisitColumns:
    """The widths of the columns for all visits.

    On a narrow page the bar gives way first, then the words of the headings, the days, and the end of the slugs.
    """

    def __init__(self, visits: Sequence[tuple[Visit, Mapping[str, Any]]], terminal: TerminalStyle) -> None:
        self._terminal = terminal
        self._gap = "  "
        slugs = [width_of(terminal.sanitised(visit["slug"])) for visit, _ in visits]
        self._slug = min(max([width_of(tr("VISIT")), *slugs]), _MOST_SLUG)
        days = [column_days(visit["start"], visit["end"]) for visit, _ in visits]
        self._days = max(map(width_of, (tr("DAYS"), *days)))
        self._kept = max((width_of(_kept(counts)) for _, counts in visits), default=0)
        self._bar = min(max([0, *(counts["total"] for _, counts in visits)]), _MOST_BAR)
        cells = [self._cells(counts) for _, counts in visits]
        natural = [max(map(len, each)) for each in zip(*([text for text, _ in line] for line in cells), strict=True)]
        self._heads = [tr("OPEN"), tr("LATE"), tr("NO DATE"), tr("CONFIRM")]
        self._sizes = self._fitted(natural or [0] * 4)
        if not self._bar or self._rest() < 0:
            self._bar = 0
            self._kept = max(width_of(tr("KEPT")), self._kept)  # With a bar its heading has the columns of both.
        if self._rest() < 0:
            self._heads[1:] = [BANDS[band].sign for band in _COUNTED]
            self._sizes = self._fitted(natural or [0] * 4)
        if self._rest() < 0:
            self._gap = " "
        if self._rest() < 0:
            self._days = 0
        if self._rest() < 0:
            self._slug = max(_LEAST_SLUG, self._slug + self._rest())
        self._bar = min(self._bar, _LEAST_BAR + self._rest()) if self._bar else 0
        self.name_columns = 1 + self._slug + (len(self._gap) + self._days if self._days else 0)

    def _fitted(self, natural: Sequence[int]) -> list[int]:
        return [max(width_of(head), size) for head, size in zip(self._heads, natural, strict=True)]

    def _rest(self) -> int:
        """The columns left over, or lacking, when each has its width and the bar its least."""
        widths = [self._slug, self._days, self._kept, *self._sizes, *([_LEAST_BAR] if self._bar else [])]
        shown = [width for width in widths if width]
        return self._terminal.width - 2 - sum(shown) - len(self._gap) * (len(shown) - 1)

    @staticmethod
    def _cells(counts: Mapping[str, Any]) -> list[tuple[str, str]]:
        cells = [(str(counts["open"]), "plain") if counts["open"] else ("-", "dim")]
        for band in _COUNTED:
            entry = BANDS[band]
            count = counts[entry.count]
            cells.append((f"{entry.sign} {count}", entry.style) if count else ("-", "dim"))
        return cells

    def headings(self) -> Segments:
        """The headings, from the second column on like the visits."""
        of_kept = (self._bar + len(self._gap) if self._bar else 0) + self._kept
        texts = [padded(tr("VISIT"), self._slug), *([padded(tr("DAYS"), self._days)] if self._days else [])]
        texts += [padded(tr("KEPT"), of_kept)]
        texts += [f"{head:>{size}}" for head, size in zip(self._heads, self._sizes, strict=True)]
        return [(self._gap.join(texts), "heading")]

    def figures(self, visit: Visit, counts: Mapping[str, Any]) -> Segments:
        """Slug, days and counts in columns; or that nothing was promised."""
        terminal = self._terminal
        slug = terminal.cut(terminal.sanitised(visit["slug"]), self._slug)
        line: Segments = [(padded(slug, self._slug), "heading")]
        if self._days:
            line.append((f"{self._gap}{padded(column_days(visit['start'], visit['end']), self._days)}", "plain"))
        if not counts["total"]:
            room = terminal.width - 2 - columns_of(line) - len(self._gap)
            return [*line, (self._gap, "plain"), (terminal.cut(tr(NOTHING_PROMISED), room), "no-date")]
        if self._bar:
            bar = count_bar(counts["met"], counts["total"], self._bar, terminal)
            line.append((f"{self._gap}{bar:<{self._bar}}", "plain"))
        line.append((f"{self._gap}{_kept(counts):>{self._kept}}", "plain"))
        for (text, style), size in zip(self._cells(counts), self._sizes, strict=True):
            line += [(self._gap + " " * (size - len(text)), "plain"), (text, style)]
        return merged(line)

    def about(self, visit: Visit, counts: Mapping[str, Any], *, is_whole: bool) -> list[Segments]:
        """The line of title, place and delegation; `is_whole`: with programme and donor, wrapped."""
        terminal, indent = self._terminal, " " * _INDENT
        text = self._title(visit, counts, VISIT_DETAILS if is_whole else VISIT_DETAILS[:1])
        if not is_whole:
            return [[(indent + terminal.cut(text, terminal.width - 2 - _INDENT), "dim")]]
        # The gutter is the page's, one column more than the lines have.
        return [[(line[1:], "dim")] for line in terminal.paragraph(text, " " + indent)]

    def with_title(self, line: Segments, visit: Visit, counts: Mapping[str, Any]) -> Segments:
        """The single line of a visit on a wide page."""
        column = (
            self.name_columns - 1 + len(self._gap) + self._kept + sum(size + len(self._gap) for size in self._sizes)
        )
        column += self._bar + len(self._gap) if self._bar else 0
        gap = " " * max(len(self._gap), column + 3 - columns_of(line))
        text = self._title(visit, counts, VISIT_DETAILS[:1])
        room = self._terminal.width - 2 - columns_of(line) - len(gap)
        return merged([*line, (gap, "plain"), (self._terminal.cut(text, room), "dim")])

    def _title(self, visit: Visit, counts: Mapping[str, Any], details: Sequence[str]) -> str:
        terminal, fields = self._terminal, {**visit}
        parts = [", ".join(terminal.sanitised(text) for text in (visit["title"], visit.get("place")) if text)]
        if counts["aside"]:
            until = counts["aside"]["until"]
            aside = {"n": counts["set_aside"]}
            text = tr("{n} set aside until {day}", **aside, day=day(until)) if until else tr("{n} set aside", **aside)
            parts.insert(0, text)
        ended = ((Standing.WITHDRAWN, counts["withdrawn"]), (Standing.NOT_MET, counts["not_met"]))
        parts += [
            tr("{count} {what}", count=count, what=tr(STANDINGS[standing].text)) for standing, count in ended if count
        ]
        parts += [terminal.sanitised(str(fields[name])) for name in details if fields.get(name)]
        return terminal.dot.join(parts)


def _kept(counts: Mapping[str, Any]) -> str:
    """`2 of 8`."""
    return tr("{n} of {total}", n=counts["met"], total=counts["total"]) if counts["total"] else ""
