"""The table of commitments: its columns, and which are dropped on a narrow terminal.

It is not Rich's table: importing that takes four bare starts of Python, and a long table takes it a hundred times as
long.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import BANDS, STATES, Band
from store.rules.due_dates_and_extensions import is_extended
from store.sanitise_text import visible
from store.translation import tr
from tui.render.commitment_numbers import number_sign
from tui.render.day_words import day_without_year
from tui.render.lateness_and_outcome_words import lateness, shorter_lateness
from tui.render.party_words import short_name, shortest_name
from tui.render.widths import padded, width_of, wrapped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.vocabulary_and_signs import StateEntry
    from store.snapshot import Row, Snapshot
    from tui.render.terminal_style import TerminalStyle

WHOLE_STATE_FROM = 100
"""Columns from which a state is a whole word."""

STATE_LETTERS_FROM = 76
"""Columns from which it is four letters; below that its sign alone, and days have no year where that is clear."""

_MAX_TITLE = 100
_MAX_PARTIES = 40
_MAX_WHEN = 11

_LEAST_TITLE = 32
_LEAST_TITLE_COMPACT = 28
_LEAST_TITLE_NARROW = 20
"""Columns that a title keeps beside spaced names and beside compact ones, and below `STATE_LETTERS_FROM` columns."""

_LEAST_PARTIES = 17
"""Columns from which the names of parties are cut; with fewer they stand as initials."""

_SOME_TITLE = 8

PUT_OFF = "+"
TO_CHASE = "@"
"""The sign of what is to be chased today, behind the sign of the band."""

Form = int
"""How parties are written."""

_SPACED, _COMPACT, _INITIALS = range(3)
"""`MIA UZ → INTERPOL`, `MIA UZ→INTERPOL`, `MU→INT`."""


def parties(
    commitment_by: Sequence[str],
    commitment_to: Sequence[str],
    width: int,
    terminal: TerminalStyle,
    *,
    form: Form = _SPACED,
    is_counted: bool = False,
) -> str:
    """Fit the short names of parties into `width` columns: `MIA UZ → INTERPOL`.

    Where all do not fit, or `is_counted`, the others are counted (`UNODC +1 → MIA UZ`), so that both sides can still be
    read. A promise that parties make to each other stands as `UNODC ↔ INTERPOL`.
    """
    arrow, both_ways = terminal.arrow, terminal.both_ways
    if form != _SPACED:
        arrow, both_ways = arrow.strip(), both_ways.strip()
    if form == _INITIALS:
        commitment_by, commitment_to = (list(map(_initials, names)) for names in (commitment_by, commitment_to))
    if len(commitment_by) > 1 and set(commitment_by) == set(commitment_to):
        text = both_ways.join(commitment_by)
        if width_of(text) <= width:
            return text
        return _cut_to(width, terminal, commitment_by[0], both_ways, _counted(commitment_by[1:]))
    if not is_counted:
        text = ", ".join(commitment_by) + arrow + ", ".join(commitment_to)
        if width_of(text) <= width:
            return text
    return _cut_to(width, terminal, _counted(commitment_by), arrow, _counted(commitment_to))


def _cut_to(width: int, terminal: TerminalStyle, left: str, arrow: str, right: str) -> str:
    """Truncate two names with an arrow between to the width."""
    room = width - len(arrow)
    if width_of(left) + width_of(right) > room:
        of_left = max(room // 2, room - width_of(right))
        left = terminal.cut(left, of_left)
        right = terminal.cut(right, room - width_of(left))
    return left + arrow + right


def _counted(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} +{len(names) - 1}"


def _initials(name: str) -> str:
    """`MIA UZ` -> `MU`, `INTERPOL` -> `INT`; in Russian `МВД РУз` -> `МВД`, `Интерпол` -> `Инт.`."""
    words = name.split()
    if words and not name.isascii():
        return shortest_name(words[0])
    return "".join(word[0] for word in words) if len(words) > 1 else name[:3]


class _ColumnWidths:
    """The width of each column of a table; 0: it was dropped. `form`: how the parties are written."""

    __slots__ = ("form", "number", "owner", "parties", "state", "title", "visit", "when")

    form: Form
    number: int
    owner: int
    parties: int
    state: int
    title: int
    visit: int
    when: int

    @property
    def before_title(self) -> int:
        """The columns before the title."""
        return _GUTTER + self.when + 2 + self.number + 1 + self.state + 2


class CommitmentTable:
    """Renders commitments as lines, grouped under the headings of their bands or not.

    The first four columns are a gutter: one for a cursor, two for the sign of the band, one for `@`, to be
    chased today.
    """

    def __init__(self, rows: Sequence[Row], snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._rows = rows
        self._today = snapshot.today
        self._terminal = terminal
        self._sign = number_sign()
        self._names = DisplayNames(snapshot, terminal)
        # Ten thousand rows have few states, and few that are due on different days.
        self._whens: dict[tuple[str, int], str] = {}
        self._states: dict[str, str] = {}
        self._sides: dict[tuple[str, ...], Row] = {}
        self._columns = self._fit_columns()

    @property
    def width(self) -> int:
        """The width of the table in columns."""
        columns = self._columns
        more = sum(width + 2 for width in (columns.parties, columns.visit, columns.owner) if width)
        return self.title_column + columns.title + more

    @property
    def title_column(self) -> int:
        """The column in which the titles begin."""
        return self._columns.before_title

    @property
    def in_columns(self) -> tuple[str, ...]:
        """Which of the fields `visit` and `owner` have a column of their own."""
        return tuple(name for name in ("visit", "owner") if getattr(self._columns, name))

    @property
    def cuts_titles(self) -> bool:
        """Whether a title has less room than it needs."""
        return self._columns.title < self._widest_title()

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
                lines.append(" " + self._terminal.painted(*self.heading(band, sizes[band])))
            lines.append(self._line(row))
        return lines

    @staticmethod
    def heading(band: str, count: int) -> tuple[str, str]:
        """The heading over `count` rows of a band, from the column of its sign on, and the name of its style."""
        label = BANDS[band]
        style = "heading" if label.style == "plain" else f"{label.style}-heading"
        return f"{label.sign:<{_GUTTER - 1}}{tr(label.text).upper()} {count}", style

    def parts(self, row: Row) -> tuple[str, str, str]:
        """The three parts of a row: signs and due date; number and state; the other columns.

        The first part begins in the column of the sign and has the style of the band; a blank goes behind it. The other
        two have the style of "finished" or none.
        """
        commitment, columns, terminal = row.commitment, self._columns, self._terminal
        plus = PUT_OFF if is_extended(commitment) else " "
        chase = TO_CHASE if row.is_to_chase else " "
        when = f"{BANDS[row.band].sign:<2}{chase}{self._when(row):>{columns.when}}{plus}"
        number = f"{self._sign}{commitment['id']}".rjust(columns.number)
        label = f"{number} {self._state(commitment['state']).ljust(columns.state)}"
        cells = [terminal.cut(visible(commitment["title"]), columns.title)]
        if columns.parties or columns.visit or columns.owner:
            cells[0] = padded(cells[0], columns.title)
        if columns.parties:
            cells.append(padded(self._parties(row, columns.parties), columns.parties))
        if columns.visit:
            cells.append(padded(terminal.cut(self._names.text(commitment["visit"]), columns.visit), columns.visit))
        if columns.owner:
            cells.append(terminal.cut(self._names.text(commitment["owner"]), columns.owner))
        return when, label, "  " + "  ".join(cells).rstrip()

    def fitted_heading(self, text: str) -> str:
        """The heading of a group, ending with its count; truncated before the count where it is too long."""
        room = self._terminal.width - _GUTTER
        if width_of(text) <= room:
            return text
        name, _, count = text.rpartition(" ")
        return f"{self._terminal.cut(name, room - width_of(count) - 1)} {count}"

    def title_rest(self, row: Row) -> list[str]:
        """The lines of a title after the first one, where it is wrapped instead of cut; none where it fits."""
        title = self._terminal.sanitised(row.commitment["title"])
        if width_of(title) <= self._columns.title:
            return []
        return wrapped(title, self._columns.title)[1:]

    def parts_wrapped(self, row: Row) -> tuple[str, str, str]:
        """The parts of a row as `parts` gives them, with the first line of a title that is wrapped."""
        when, label, rest = self.parts(row)
        columns, title = self._columns, self._terminal.sanitised(row.commitment["title"])
        if width_of(title) > columns.title:
            cut = self._terminal.cut(title, columns.title)
            first = padded(wrapped(title, columns.title)[0], columns.title)
            rest = f"  {first}{rest[2 + len(padded(cut, columns.title)) :]}"
        return when, label, rest

    def _state(self, state: str) -> str:
        if state not in self._states:
            self._states[state] = self._state_text(STATES[state])
        return self._states[state]

    def _state_text(self, state: StateEntry) -> str:
        if self._terminal.width >= WHOLE_STATE_FROM:
            return f"{state.sign} {tr(state.short)}"
        return f"{state.sign} {tr(state.letters)}" if self._terminal.width >= STATE_LETTERS_FROM else state.sign

    def _fit_columns(self) -> _ColumnWidths:
        """Choose the width of each column.

        Visit and owner stand only where no title is cut for them, and where they differ from row to row. Then the
        parties are counted, written without blanks, and cut or abbreviated before a title has less than its least.
        """
        columns, rows, width = _ColumnWidths(), self._rows, self._terminal.width
        columns.when = max((len(self._when(row)) + row.is_to_chase for row in rows), default=0)
        columns.number = len(str(max((row.commitment["id"] for row in rows), default=""))) + 1
        columns.state = max((len(self._state(state)) for state in same_in("state", rows)), default=0)
        columns.visit = columns.owner = columns.title = columns.parties = 0
        columns.form = _SPACED
        # From there on the last column stays free, as a margin.
        rest = width - columns.before_title - (width >= WHOLE_STATE_FROM)
        title, whole = self._widest_title(), min(self._widest_parties(_SPACED), _MAX_PARTIES)
        if title + 2 + whole <= rest:
            columns.title, columns.parties = title, whole
            rest -= title + 2 + whole
            for name, most in (("visit", 20), ("owner", 16)):
                widest = self._widest(name, most)
                if widest and widest + 2 <= rest:
                    setattr(columns, name, widest)
                    rest -= widest + 2
            return columns
        columns.parties, columns.form = self._fit_parties(rest, title, max(0, columns.when - _MAX_WHEN - 1))
        columns.title = min(title, rest - (columns.parties + 2 if columns.parties else 0))
        return columns

    def _fit_parties(self, rest: int, title: int, longer: int) -> tuple[int, Form]:
        """The width of the parties and how they are written, where `rest` columns do not hold all names in full.

        The days of a language may take columns more than those of English, `longer`: the titles give them.
        """
        forms = [(_SPACED, _LEAST_TITLE - longer), (_COMPACT, _LEAST_TITLE_COMPACT - longer)]
        if self._terminal.width < STATE_LETTERS_FROM:
            forms = [(_COMPACT, _LEAST_TITLE_NARROW)]
        for form, least in forms:
            counted = self._widest_parties(form, is_counted=True)
            if counted <= rest - 2 - min(title, least):
                return max(counted, min(rest - 2 - title, self._widest_parties(form))), form
        room = rest - 2 - min(title, forms[-1][1])
        if room >= _LEAST_PARTIES:
            return room, _COMPACT
        initials = self._widest_parties(_INITIALS, is_counted=True)
        return (initials, _INITIALS) if initials <= rest - 2 - min(title, _SOME_TITLE) else (0, _SPACED)

    # Ten thousand rows have few parties, visits and owners, and one long title decides the width: each text is
    # measured once, and only as many as can change the result.

    def _widest_title(self) -> int:
        widest = 0
        for title in same_in("title", self._rows):
            widest = max(widest, width_of(self._terminal.sanitised(title)))
            if widest >= _MAX_TITLE:
                return _MAX_TITLE
        return widest

    def _widest_parties(self, form: Form, *, is_counted: bool = False) -> int:
        if not self._sides:
            self._sides = {(*row.commitment["by"], "", *row.commitment["to"]): row for row in self._rows}
        texts = (self._parties_in(row, 1000, form, is_counted=is_counted) for row in self._sides.values())
        return max(map(width_of, texts), default=0)

    def _widest(self, name: str, most: int) -> int:
        """The width of a column whose texts differ; 0 where they are all the same."""
        texts = set(map(self._names.text, same_in(name, self._rows)))
        return min(max(map(width_of, texts)), most) if len(texts) > 1 else 0

    def _when(self, row: Row) -> str:
        if row.days_left is None:
            return self._when_text(row)
        key = row.commitment["state"], row.days_left
        if key not in self._whens:
            self._whens[key] = self._when_text(row)
        return self._whens[key]

    def _when_text(self, row: Row) -> str:
        is_narrow = self._terminal.width < STATE_LETTERS_FROM
        if is_narrow and row.band == Band.LATER:
            return day_without_year(row.commitment["due"], self._today)
        when = lateness(row, self._today)
        # The column of the state says `closed` and `done` as well.
        return when if len(when) <= _MAX_WHEN and not is_narrow else shorter_lateness(row, self._today)

    def _parties(self, row: Row, width: int) -> str:
        return self._parties_in(row, width, self._columns.form)

    def _parties_in(self, row: Row, width: int, form: Form, *, is_counted: bool = False) -> str:
        commitment, names = row.commitment, self._names
        by, to = list(map(names.party, commitment["by"])), list(map(names.party, commitment["to"]))
        return parties(by, to, width, self._terminal, form=form, is_counted=is_counted)

    def _line(self, row: Row) -> str:
        style, paint = BANDS[row.band].style, self._terminal.painted
        when, label, rest = self.parts(row)
        if style == "finished":
            return paint(f" {when} {label}{rest}", style)
        return f" {paint(when, style)} {label}{rest}"


_GUTTER = 4
"""Columns before the days: the cursor, the sign of the band, what is to be chased."""


def same_in(name: str, rows: Iterable[Row]) -> set[str]:
    """The different values of a field of text in these rows."""
    return {row.commitment[name] for row in rows}  # type: ignore[literal-required]


class DisplayNames:
    """Sanitised names, cached: ten thousand rows name a few dozen."""

    __slots__ = ("_directory", "_parties", "_terminal", "_texts")

    def __init__(self, snapshot: Snapshot, terminal: TerminalStyle) -> None:
        self._terminal = terminal
        self._directory = snapshot.parties
        self._parties: dict[str, str] = {}
        self._texts: dict[str, str] = {}

    def party(self, name: str) -> str:
        """The short name of a party."""
        if name not in self._parties:
            self._parties[name] = self._terminal.sanitised(short_name(self._directory, name))
        return self._parties[name]

    def text(self, text: str) -> str:
        """The slug of a visit, or an owner."""
        if text not in self._texts:
            self._texts[text] = self._terminal.sanitised(text)
        return self._texts[text]
