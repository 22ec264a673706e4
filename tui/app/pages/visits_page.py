"""The Visits screen as lines: each visit, and what it left. Pure: a snapshot in, lines out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from store.formats.json_export import visit_view
from store.snapshot import Snapshot
from tui.render.labels import days_of, left_behind
from tui.render.segments import Segments, columns_of, merged
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.model.record_types import Visit

NO_VISITS = "No visit yet. a adds one"
"""What the screen says when there is none."""

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
    """One visit on the screen: its slug, which finds its commitments, its id, which stays, its lines, one or two."""

    slug: str
    number: int
    lines: tuple[Segments, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """A visit in harmless words; `left` are the pieces of what it left: counts, with commas between them."""

    slug: str
    days: str
    place: str
    title: str
    delegation: str
    left: Segments


def visit_entries(snapshot: Snapshot, terminal: TerminalStyle) -> list[VisitEntry]:
    """Every visit, the newest first, in one line each where all of it has room, else in two."""
    visits = snapshot.visits_with_rows()
    told = [_told(visit, left_behind(visit_view(visit, rows, snapshot)), terminal) for visit, rows in visits]
    columns = _VisitColumns(told, terminal)
    return [
        VisitEntry(visit["slug"], visit["id"], columns.lines(each))
        for (visit, _), each in zip(visits, told, strict=True)
    ]


def _told(visit: Visit, counts: Sequence[tuple[str, str]], terminal: TerminalStyle) -> _Told:
    left: Segments = []
    for text, style in counts:
        left += [(", ", "plain"), (text, style)] if left else [(text, style)]
    return _Told(
        slug=terminal.cut(terminal.shown(visit["slug"]), _MOST_SLUG),
        days=days_of(visit["start"], visit["end"]),
        place=terminal.shown(visit.get("place", "")),
        title=terminal.shown(visit["title"]),
        delegation=terminal.shown(visit.get("delegation", "")),
        left=left,
    )


class _VisitColumns:
    """How wide each column is, for all visits, and whether a visit stands in one line."""

    def __init__(self, visits: Sequence[_Told], terminal: TerminalStyle) -> None:
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

    def lines(self, told: _Told) -> tuple[Segments, ...]:
        """The lines of a visit."""
        if self._is_one_line:
            left = [*told.left, (" " * (self._left - columns_of(told.left)), "plain")]
            line = [*self._lined_up(told), (_GAP, "plain"), *left, (_GAP, "plain"), (told.delegation, "dim")]
            return (_cut(line, self._terminal),)
        first = self._lined_up(told) if self._is_lined_up else self._in_a_row(told)
        return _cut(first, self._terminal), _cut(self._second(told), self._terminal)

    def _lined_up(self, told: _Told) -> Segments:
        cut = self._terminal.cut
        place = padded(cut(told.place, self._place), self._place)
        title = padded(cut(told.title, self._title), self._title)
        rest = _GAP.join(("", padded(told.days, self._days), place, title))
        return [(" ", "plain"), (padded(told.slug, self._slug), "heading"), (rest, "plain")]

    def _in_a_row(self, told: _Told) -> Segments:
        """The same where there is no room for columns: what comes last is cut."""
        rest = [text for text in (told.days, told.place, told.title) if text]
        return [(" ", "plain"), (told.slug, "heading"), (self._terminal.dot + self._terminal.dot.join(rest), "plain")]

    def _second(self, told: _Told) -> Segments:
        """What the visit left, then its delegation; where that is too much, what asks for nothing goes first."""
        terminal = self._terminal
        room = terminal.width - len(_INDENT)
        left = told.left
        if columns_of(left) > room:
            more = terminal.ellipsis + ", "
            while left[0][1] == "plain" and columns_of(left) + len(more) > room and len(left) > 1:
                left = left[2:]  # A count and the comma after it.
            left = [(more, "plain"), *left]
        delegation = [(terminal.dot, "dim"), (told.delegation, "dim")] if told.delegation else []
        return [(_INDENT, "plain"), *left, *delegation]


def _cut(line: Segments, terminal: TerminalStyle) -> Segments:
    """The line in the width of the paper, with an ellipsis where something went, and no blanks at its end."""
    out: Segments = []
    room = terminal.width
    for text, style in merged(line):
        out.append((terminal.cut(text, room), style))
        if width_of(text) > room:
            break
        room -= width_of(text)
    return merged(out)
