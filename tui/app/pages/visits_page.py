"""The lines of the visits screen: each visit, and the commitments it left. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.formats.json_export import visit_json
from store.snapshot import Snapshot
from tui.render.labels import visit_counts, visit_days
from tui.render.segments import Segments, columns_of, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Visit

_MOST_SLUG = 20
_MOST_PLACE = 16
_MOST_TITLE = 48
_LEAST_TITLE = 20
"""Columns of a title below which those of other visits are not lined up with it."""

_ENOUGH_TITLE = 32
_ENOUGH_DELEGATION = 24
"""Columns that both have when a visit stands in one line."""

_INDENT = "   "
_GAP = "  "


@dataclass(frozen=True, slots=True)
class VisitEntry:
    """A visit on the screen: its slug, its id (which never changes), and its one or two lines."""

    slug: str
    number: int
    lines: tuple[Segments, ...]


@dataclass(frozen=True, slots=True)
class _VisitText:
    """The texts of a visit, harmless; `left` are the counts of its commitments, styled."""

    slug: str
    days: str
    place: str
    title: str
    delegation: str
    left: Segments


def visit_entries(snapshot: Snapshot, terminal: TerminalStyle) -> list[VisitEntry]:
    """Every visit, the newest first, in one line each where all of it has room, else in two."""
    visits = snapshot.visits_with_rows()
    visit = [_visit_text(visit, visit_counts(visit_json(visit, rows, snapshot)), terminal) for visit, rows in visits]
    columns = _VisitColumns(visit, terminal)
    return [
        VisitEntry(visit["slug"], visit["id"], columns.lines(each))
        for (visit, _), each in zip(visits, visit, strict=True)
    ]


def _visit_text(visit: Visit, counts: Sequence[tuple[str, str]], terminal: TerminalStyle) -> _VisitText:
    left: Segments = []
    for text, style in counts:
        left += [(", ", "plain"), (text, style)] if left else [(text, style)]
    return _VisitText(
        slug=terminal.cut(terminal.sanitised(visit["slug"]), _MOST_SLUG),
        days=visit_days(visit["start"], visit["end"]),
        place=terminal.sanitised(visit.get("place", "")),
        title=terminal.sanitised(visit["title"]),
        delegation=terminal.sanitised(visit.get("delegation", "")),
        left=left,
    )


class _VisitColumns:
    """The widths of the columns for all visits, and whether a visit has one line or two."""

    def __init__(self, visits: Sequence[_VisitText], terminal: TerminalStyle) -> None:
        self._terminal = terminal
        self._slug = max((width_of(each.slug) for each in visits), default=0)
        self._days = max((width_of(each.days) for each in visits), default=0)
        self._place = min(max((width_of(each.place) for each in visits), default=0), _MOST_PLACE)
        self._left = max((columns_of(each.left) for each in visits), default=0)
        title = min(max((width_of(each.title) for each in visits), default=0), _MOST_TITLE)
        delegation = max((width_of(each.delegation) for each in visits), default=0)
        head = 1 + self._slug + self._days + self._place + 3 * len(_GAP)
        least = min(delegation, _ENOUGH_DELEGATION)
        rest = terminal.width - head - self._left - 2 * len(_GAP) - least
        self._is_one_line = rest >= min(title, _ENOUGH_TITLE)
        self._title = min(title, rest) if self._is_one_line else terminal.width - head
        self._is_lined_up = self._title >= min(title, _LEAST_TITLE)

    def lines(self, visit: _VisitText) -> tuple[Segments, ...]:
        """The lines of a visit."""
        if self._is_one_line:
            left = [*visit.left, (" " * (self._left - columns_of(visit.left)), "plain")]
            line = [*self._lined_up(visit), (_GAP, "plain"), *left, (_GAP, "plain"), (visit.delegation, "dim")]
            return (_cut(line, self._terminal),)
        first = self._lined_up(visit) if self._is_lined_up else self._in_a_row(visit)
        return _cut(first, self._terminal), _cut(self._second(visit), self._terminal)

    def _lined_up(self, visit: _VisitText) -> Segments:
        cut = self._terminal.cut
        place = padded(cut(visit.place, self._place), self._place)
        title = padded(cut(visit.title, self._title), self._title)
        rest = _GAP.join(("", padded(visit.days, self._days), place, title))
        return [(" ", "plain"), (padded(visit.slug, self._slug), "heading"), (rest, "plain")]

    def _in_a_row(self, visit: _VisitText) -> Segments:
        """The first line without columns, where there is no room for them."""
        rest = [text for text in (visit.days, visit.place, visit.title) if text]
        return [(" ", "plain"), (visit.slug, "heading"), (self._terminal.dot + self._terminal.dot.join(rest), "plain")]

    def _second(self, visit: _VisitText) -> Segments:
        """The second line: counts, then the delegation; counts that ask for nothing are dropped first."""
        terminal = self._terminal
        room = terminal.width - len(_INDENT)
        left = visit.left
        if columns_of(left) > room:
            more = terminal.ellipsis + ", "
            while left[0][1] == "plain" and columns_of(left) + len(more) > room and len(left) > 1:
                left = left[2:]  # A count and the comma after it.
            left = [(more, "plain"), *left]
        delegation = [(terminal.dot, "dim"), (visit.delegation, "dim")] if visit.delegation else []
        return [(_INDENT, "plain"), *left, *delegation]


def _cut(line: Segments, terminal: TerminalStyle) -> Segments:
    """Cut a line to the terminal's width, with an ellipsis, without blanks at its end."""
    out: Segments = []
    room = terminal.width
    for text, style in merged(line):
        out.append((terminal.cut(text, room), style))
        if width_of(text) > room:
            break
        room -= width_of(text)
    return merged(out)
