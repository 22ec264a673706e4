"""Drawing on a terminal: its width, its characters, its colours, and the table of commitments.

The lines are our own: Rich would cost four bare starts before the first of them, and lays out a long table a
hundred times more slowly.
"""

import os
import sys

from store.text import visible
from tui.labels import BANDS, STATES, is_extended, lateness

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.ledger import Ledger, Row

LEAST_WIDTH = 60
"""Columns that every screen may count on; a narrower terminal wraps."""

_USUAL_WIDTH = 80
_LEAST_TITLE = 32
_LEAST_TITLE_ASCII = 30
"""An arrow of ASCII is one column longer on both sides of a list of parties; the title gives it."""

_MOST_TITLE = 100
_LEAST_PARTIES = 13
_MOST_PARTIES = 40
_MOST_WHEN = 11

_ENOUGH_TITLE = 40
_ENOUGH_PARTIES = 20
"""Widths that title and parties have before another column is shown."""

_COLOURS = {
    "overdue": "1;31",
    "today": "33",
    "week": "36",
    "no-date": "35",
    "unconfirmed": "32",
    "finished": "2",
    "dim": "2",
    "heading": "1",
}
"""Style name -> SGR in 16 colours, after the palette of the app; what is not here is plain."""

_NARROW_MARKS = frozenset("–—‘’“”…→↔№⏎•")


class Paper:
    """What one answer is drawn on: its `width` in columns, whether it can carry UTF-8, whether it has colours.

    `encoding` is given when it lacks characters that people write: those are written out as escapes.
    """

    __slots__ = ("_encoding", "arrow", "both_ways", "dot", "ellipsis", "is_coloured", "least_title", "width")

    def __init__(
        self,
        width: int = _USUAL_WIDTH,
        *,
        is_utf8: bool = True,
        is_coloured: bool = False,
        encoding: str | None = None,
    ) -> None:
        self.width = max(width, LEAST_WIDTH)
        self.is_coloured = is_coloured
        self._encoding = encoding
        self.least_title = _LEAST_TITLE if is_utf8 else _LEAST_TITLE_ASCII
        self.arrow = " → " if is_utf8 else " -> "
        self.both_ways = " ↔ " if is_utf8 else " <-> "
        self.dot = " · " if is_utf8 else ", "
        self.ellipsis = "…" if is_utf8 else "..."

    def carried(self, text: str) -> str:
        """The text as the encoding carries it, so that what is measured is what will stand there."""
        if self._encoding is None or text.isascii():
            return text
        return text.encode(self._encoding, "backslashreplace").decode(self._encoding)

    def shown(self, text: str) -> str:
        """What a person typed, harmless and in one line."""
        return self.carried(visible(text))

    def painted(self, text: str, style: str) -> str:
        """The text in a style, where there are colours."""
        if not self.is_coloured or style not in _COLOURS or not text:
            return text
        return f"\x1b[{_COLOURS[style]}m{text}\x1b[0m"

    def cut(self, text: str, width: int) -> str:
        """The text in at most so many columns, with an ellipsis where something went."""
        text = self.carried(text)
        if width_of(text) <= width:
            return text
        room = width - len(self.ellipsis)
        return (_first_columns(text, room).rstrip() + self.ellipsis) if room > 0 else _first_columns(text, width)

    def paragraph(self, text: str, indent: str, *, first: str | None = None) -> list[str]:
        """The text over as many lines as it needs, each after `indent` (the first one after `first`)."""
        lines = wrapped(self.carried(text), self.width - width_of(indent))
        return [(indent if place or first is None else first) + line for place, line in enumerate(lines)]


def paper_for(environment: "Mapping[str, str]") -> Paper:
    """The paper that stdout is."""
    return Paper(
        _width(environment),
        is_utf8=_carries_utf8(environment),
        is_coloured=_has_colours(environment),
        encoding=None if _encoding().startswith("utf") else _encoding(),
    )


def _width(environment: "Mapping[str, str]") -> int:
    columns = environment.get("COLUMNS", "")
    if columns.isascii() and columns.isdigit() and int(columns[:6]) > 0:
        return int(columns[:6])
    try:
        # `shutil` would say the same, and costs a third of a bare start.
        return os.get_terminal_size(sys.stdout.fileno()).columns or _USUAL_WIDTH
    except (OSError, ValueError, AttributeError):
        return _USUAL_WIDTH


def _encoding() -> str:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def _carries_utf8(environment: "Mapping[str, str]") -> bool:
    """Whether the reader's side takes more than ASCII.

    In the C locale Python writes UTF-8 all the same (PEP 538 sets LC_CTYPE, PEP 540 the encoding), and a
    terminal that was told nothing may not take it.
    """
    if not _encoding().startswith("utf"):
        return False
    names = [environment.get("LC_ALL"), environment.get("LC_CTYPE"), environment.get("LANG")]
    if sys.flags.utf8_mode and names[1] == "C.UTF-8":
        names[1] = None  # Put there by Python itself, in the C locale.
    return next((name for name in names if name), "") not in ("C", "POSIX")


def _has_colours(environment: "Mapping[str, str]") -> bool:
    from tui.cli.output import is_terminal

    return is_terminal() and not environment.get("NO_COLOR") and environment.get("TERM", "dumb") != "dumb"


def _is_narrow(text: str) -> bool:
    """Whether each character of a harmless text takes one column: Latin, Cyrillic and the marks of print.

    Asking Rich costs 5 ms for its tables; with these it need not be asked.
    """
    return all(
        character < "\u0300" or "\u0400" <= character <= "\u0481" or "\u048a" <= character <= "\u052f"
        or character in _NARROW_MARKS
        for character in text
    )  # fmt: skip


def width_of(text: str) -> int:
    """The columns that a harmless text takes on a terminal."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _first_columns(text: str, width: int) -> str:
    if text.isascii() or _is_narrow(text):
        return text[:width]
    from rich.cells import set_cell_size

    return set_cell_size(text, width)


def padded(text: str, width: int) -> str:
    """The text filled with blanks to so many columns."""
    return text + " " * (width - width_of(text))


def wrapped(text: str, width: int) -> list[str]:
    """The words of a harmless text in lines of at most so many columns; a longer word is broken."""
    lines: list[str] = []
    line, room = "", width
    for word in text.split(" "):
        size = width_of(word)
        if line and size + 1 <= room:
            line, room = f"{line} {word}", room - size - 1
            continue
        if line:
            lines.append(line)
        while size > width:
            part = _first_columns(word, width)
            # A character of two columns that did not fit left a blank behind.
            part = part if word.startswith(part) else part[:-1]
            lines.append(part)
            word = word[len(part) :]
            size = width_of(word)
        line, room = word, width - size
    return [*lines, line]


def parties(commitment_by: "Sequence[str]", commitment_to: "Sequence[str]", width: int, paper: Paper) -> str:
    """`MIA UZ → INTERPOL` in at most so many columns, the names being short ones.

    Where all do not fit, the others are counted (`UNODC +1 → MIA UZ`), so that both sides can still be read.
    A promise that parties make to each other stands as `UNODC ↔ INTERPOL`.
    """
    if len(commitment_by) > 1 and set(commitment_by) == set(commitment_to):
        text = paper.both_ways.join(commitment_by)
        if width_of(text) <= width:
            return text
    text = ", ".join(commitment_by) + paper.arrow + ", ".join(commitment_to)
    if width_of(text) <= width:
        return text
    left, right = _counted(commitment_by), _counted(commitment_to)
    room = width - len(paper.arrow)
    if width_of(left) + width_of(right) > room:
        of_left = max(room // 2, room - width_of(right))
        left = paper.cut(left, of_left)
        right = paper.cut(right, room - width_of(left))
    return left + paper.arrow + right


def _counted(names: "Sequence[str]") -> str:
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


class _Columns:
    """How wide each column of a table is; 0: it gave way."""

    __slots__ = ("has_letters", "number", "owner", "parties", "title", "visit", "when")

    has_letters: bool
    number: int
    owner: int
    parties: int
    title: int
    visit: int
    when: int


class Table:
    """Commitments as lines, grouped under the headings of their bands or not."""

    def __init__(self, rows: "Sequence[Row]", ledger: "Ledger", paper: Paper) -> None:
        self._rows = rows
        self._today = ledger.today
        self._paper = paper
        self._shown = _Shown(ledger, paper)
        self._columns = self._laid_out()

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
                label = BANDS[band]
                style = "heading" if label.style == "plain" else label.style
                lines.append(self._paper.painted(f"{label.heading} {sizes[band]}", style))
            lines.append(self._line(row))
        return lines

    def _laid_out(self) -> _Columns:
        """Columns give way in a fixed order: owner, visit, the parties' names, the parties, the state's letters."""
        columns, rows, width = _Columns(), self._rows, self._paper.width
        columns.when = max((len(self._when(row)) for row in rows), default=0)
        columns.number = max((len(str(row.commitment["id"])) for row in rows), default=0) + 1
        title = min(max((width_of(self._paper.shown(row.commitment["title"])) for row in rows), default=0), _MOST_TITLE)
        natural = max((width_of(self._parties(row, 1000)) for row in rows), default=0)
        # Blank, sign, when, plus, number, state.
        columns.has_letters = True
        least = self._paper.least_title
        rest = width - (1 + 3 + columns.when + 2 + columns.number + 1 + 6 + 2)
        enough = min(title, _ENOUGH_TITLE) + 2 + min(natural, _ENOUGH_PARTIES)
        visit, owner = self._widest("visit", 20), self._widest("owner", 16)
        columns.visit = visit if rest - visit - 2 >= enough else 0
        rest -= columns.visit + 2 if columns.visit else 0
        columns.owner = owner if columns.visit and rest - owner - 2 >= enough else 0
        rest -= columns.owner + 2 if columns.owner else 0
        wanted = min(natural, _MOST_PARTIES, max(rest * 2 // 5, rest - 2 - title))
        least = min(least, title)
        columns.parties = min(wanted, rest - 2 - least)
        if columns.parties < min(_LEAST_PARTIES, natural):
            columns.parties = 0
        columns.title = rest - (columns.parties + 2 if columns.parties else 0)
        if columns.title < least:
            columns.has_letters = False
            columns.title += 5
        columns.title = min(title, columns.title)
        return columns

    def _widest(self, name: str, most: int) -> int:
        return min(max((width_of(self._shown.text(row.commitment[name])) for row in self._rows), default=0), most)  # type: ignore[literal-required]

    def _when(self, row: "Row") -> str:
        when = lateness(row, self._today)
        # That it is closed or done stands beside it as well.
        return when if len(when) <= _MOST_WHEN else when.removeprefix("closed: ").removeprefix("done ")

    def _parties(self, row: "Row", width: int) -> str:
        commitment, shown = row.commitment, self._shown
        by, to = map(shown.party, commitment["by"]), map(shown.party, commitment["to"])
        return parties(list(by), list(to), width, self._paper)

    def _line(self, row: "Row") -> str:
        commitment, columns, paper = row.commitment, self._columns, self._paper
        band, state = BANDS[row.band], STATES[commitment["state"]]
        plus = "+" if is_extended(commitment) else " "
        when = f"{band.sign:<2} {self._when(row):>{columns.when}}{plus}"
        number = f"#{commitment['id']}".rjust(columns.number)
        mark = f"{state.sign} {state.letters}" if columns.has_letters else state.sign
        cells = [f"{number} {mark}", padded(paper.cut(visible(commitment["title"]), columns.title), columns.title)]
        if columns.parties:
            cells.append(padded(self._parties(row, columns.parties), columns.parties))
        if columns.visit:
            cells.append(padded(paper.cut(self._shown.text(commitment["visit"]), columns.visit), columns.visit))
        if columns.owner:
            cells.append(paper.cut(self._shown.text(commitment["owner"]), columns.owner))
        rest = "  ".join(cells).rstrip()
        if band.style == "finished":
            return paper.painted(f" {when} {rest}", "finished")
        return f" {paper.painted(when, band.style)} {rest}"


class _Shown:
    """Names made harmless, each once: ten thousand rows name a few dozen."""

    __slots__ = ("_directory", "_paper", "_parties", "_texts")

    def __init__(self, ledger: "Ledger", paper: Paper) -> None:
        self._paper = paper
        self._directory = ledger.parties
        self._parties: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def party(self, name: str) -> str:
        """The short name of a party."""
        if name not in self._parties:
            self._parties[name] = self._paper.shown(self._directory.shown(name))
        return self._parties[name]

    def text(self, text: str) -> str:
        """A visit's slug, an owner."""
        if text not in self._texts:
            self._texts[text] = self._paper.shown(text)
        return self._texts[text]
