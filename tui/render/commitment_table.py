"""The table of commitments: its columns, and which are dropped on a narrow terminal.

It is not Rich's table: importing that takes four bare starts of Python, and a long table takes it a hundred times as
long.
"""

from __future__ import annotations

from store.model.vocabulary import BANDS, STATES
from store.rules.due_dates import is_extended
from store.text import visible
from tui.render.labels import lateness
from tui.render.widths import padded, width_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from store.snapshot import Row, Snapshot
    from tui.render.terminal_style import TerminalStyle

_MAX_TITLE = 100
_MIN_PARTIES = 13
_MAX_PARTIES = 40
_MAX_WHEN = 11

_ENOUGH_TITLE = 40
_ENOUGH_PARTIES = 20
"""Widths that title and parties get before another column is shown."""


def parties(commitment_by: Sequence[str], commitment_to: Sequence[str], width: int, terminal: TerminalStyle) -> str:
    """Fit the short names of parties into `width` columns: `MIA UZ → INTERPOL`.

    Where all do not fit, the others are counted (`UNODC +1 → MIA UZ`), so that both sides can still be read.
    A promise that parties make to each other stands as `UNODC ↔ INTERPOL`.
    """
    if len(commitment_by) > 1 and set(commitment_by) == set(commitment_to):
        text = terminal.both_ways.join(commitment_by)
        if width_of(text) <= width:
            return text
    text = ", ".join(commitment_by) + terminal.arrow + ", ".join(commitment_to)
    if width_of(text) <= width:
        return text
    left, right = _counted(commitment_by), _counted(commitment_to)
    room = width - len(terminal.arrow)
    if width_of(left) + width_of(right) > room:
        of_left = max(room // 2, room - width_of(right))
        left = terminal.cut(left, of_left)
        right = terminal.cut(right, room - width_of(left))
    return left + terminal.arrow + right


def _counted(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


class _ColumnWidths:
    """The width of each column of a table; 0: it was dropped."""

    __slots__ = ("has_letters", "number", "owner", "parties", "title", "visit", "when")

    has_letters: bool
    number: int
    owner: int
    parties: int
    title: int
    visit: int
    when: int


class CommitmentTable:
    """Renders commitments as lines, grouped under the headings of their bands or not."""

    def __init__(self, rows: Sequence[Row], snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._rows = rows
        self._today = snapshot.today
        self._terminal = terminal
        self._names = DisplayNames(snapshot, terminal)
        self._columns = self._fit_columns()

    def lines(self, *, is_grouped: bool = True) -> list[str]:
        """The lines of the table, in the order of the rows."""
        if not is_grouped:
            return [self._line(row) for row in self._rows]
        sizes: dict[str, int] = {}
        for row in self._rows:
            sizes[row.band] = sizes.get(row.band, 0) + 1
        lines: list[str] = []
        band = None
        for row in self._rows:
            if row.band != band:
                band = row.band
                lines.append(self._terminal.painted(*self.heading(band, sizes[band])))
            lines.append(self._line(row))
        return lines

    @staticmethod
    def heading(band: str, count: int) -> tuple[str, str]:
        """The heading over `count` rows of a band, and the name of its style."""
        label = BANDS[band]
        return f"{label.heading} {count}", "heading" if label.style == "plain" else label.style

    def parts(self, row: Row) -> tuple[str, str]:
        """The two parts of a row: sign and due date; number, state and the other columns.

        The first part has the style of the band, the second one that of "finished" or none.
        """
        commitment, columns, terminal = row.commitment, self._columns, self._terminal
        state = STATES[commitment["state"]]
        plus = "+" if is_extended(commitment) else " "
        when = f"{BANDS[row.band].sign:<2} {self._when(row):>{columns.when}}{plus}"
        number = f"#{commitment['id']}".rjust(columns.number)
        mark = f"{state.sign} {state.letters}" if columns.has_letters else state.sign
        cells = [f"{number} {mark}", padded(terminal.cut(visible(commitment["title"]), columns.title), columns.title)]
        if columns.parties:
            cells.append(padded(self._parties(row, columns.parties), columns.parties))
        if columns.visit:
            cells.append(padded(terminal.cut(self._names.text(commitment["visit"]), columns.visit), columns.visit))
        if columns.owner:
            cells.append(terminal.cut(self._names.text(commitment["owner"]), columns.owner))
        return when, "  ".join(cells).rstrip()

    def _fit_columns(self) -> _ColumnWidths:
        """Choose the width of each column.

        On a narrow terminal the owner is dropped first, then the visit; then the parties' names are cut, then the
        parties and the letters of the state are dropped.
        """
        columns, rows, width = _ColumnWidths(), self._rows, self._terminal.width
        columns.when = max((len(self._when(row)) for row in rows), default=0)
        columns.number = max((len(str(row.commitment["id"])) for row in rows), default=0) + 1
        title, natural = self._widest_title(), self._widest_parties()
        # Blank, sign, when, plus, number, state.
        columns.has_letters = True
        least = self._terminal.least_title
        rest = width - (1 + 3 + columns.when + 2 + columns.number + 1 + 6 + 2)
        enough = min(title, _ENOUGH_TITLE) + 2 + min(natural, _ENOUGH_PARTIES)
        visit, owner = self._widest("visit", 20), self._widest("owner", 16)
        columns.visit = visit if rest - visit - 2 >= enough else 0
        rest -= columns.visit + 2 if columns.visit else 0
        columns.owner = owner if columns.visit and rest - owner - 2 >= enough else 0
        rest -= columns.owner + 2 if columns.owner else 0
        preferred = min(natural, _MAX_PARTIES, max(rest * 2 // 5, rest - 2 - title))
        least = min(least, title)
        columns.parties = min(preferred, rest - 2 - least)
        if columns.parties < min(_MIN_PARTIES, natural):
            columns.parties = 0
        columns.title = rest - (columns.parties + 2 if columns.parties else 0)
        if columns.title < least:
            columns.has_letters = False
            columns.title += 5
        columns.title = min(title, columns.title)
        return columns

    # Ten thousand rows have few parties, visits and owners, and one long title decides the width: each text is
    # measured once, and only as many as can change the result.

    def _widest_title(self) -> int:
        most = min(max(self._terminal.width, _ENOUGH_TITLE), _MAX_TITLE)
        widest = 0
        for row in self._rows:
            widest = max(widest, width_of(self._terminal.sanitised(row.commitment["title"])))
            if widest >= most:
                return most
        return widest

    def _widest_parties(self) -> int:
        sides = {(*row.commitment["by"], "", *row.commitment["to"]): row for row in self._rows}
        return max((width_of(self._parties(row, 1000)) for row in sides.values()), default=0)

    def _widest(self, name: str, most: int) -> int:
        commitments: list[Mapping[str, Any]] = [row.commitment for row in self._rows]
        texts: set[str] = {commitment[name] for commitment in commitments}
        return min(max((width_of(self._names.text(text)) for text in texts), default=0), most)

    def _when(self, row: Row) -> str:
        when = lateness(row, self._today)
        # The column of the state says `closed` and `done` as well.
        return when if len(when) <= _MAX_WHEN else when.removeprefix("closed: ").removeprefix("done ")

    def _parties(self, row: Row, width: int) -> str:
        commitment, names = row.commitment, self._names
        by, to = map(names.party, commitment["by"]), map(names.party, commitment["to"])
        return parties(list(by), list(to), width, self._terminal)

    def _line(self, row: Row) -> str:
        style, paint = BANDS[row.band].style, self._terminal.painted
        when, rest = self.parts(row)
        if style == "finished":
            return paint(f" {when} {rest}", style)
        return f" {paint(when, style)} {rest}"


class DisplayNames:
    """Sanitised names, each sanitised once: ten thousand rows name a few dozen."""

    __slots__ = ("_directory", "_parties", "_terminal", "_texts")

    def __init__(self, snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._terminal = terminal
        self._directory = snapshot.parties
        self._parties: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def party(self, name: str) -> str:
        """The short name of a party."""
        if name not in self._parties:
            self._parties[name] = self._terminal.sanitised(self._directory.shown(name))
        return self._parties[name]

    def text(self, text: str) -> str:
        """The slug of a visit, or an owner."""
        if text not in self._texts:
            self._texts[text] = self._terminal.sanitised(text)
        return self._texts[text]
