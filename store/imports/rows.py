"""Parse the lines of a grid into rows of values and the problems of bad rows."""

from __future__ import annotations

from store.errors import UsageError
from store.imports.calendar_events import events_taken
from store.imports.cell_dates import DateReader
from store.imports.cell_errors import InvalidCell, Told
from store.imports.cell_values import is_empty, parser_of, refuse_formula_error
from store.imports.date_column_problems import date_problems
from store.imports.flag_columns import ANSWERS, says_yes
from store.imports.grid import NOUN_OF_EVENTS, Problem, cell_text, letters
from store.imports.heading_rows import are_headings, repeats
from store.imports.heading_synonyms import ALL_HEADINGS, FIELDS, HEADINGS_OF_TITLES, LONGEST_OF_TITLES
from store.imports.row_words import row_named
from store.imports.state_words import told_of_closed
from store.model.vocabulary import State
from store.rules.calendar_uids import number_of
from store.text import clean_line, clean_text, fold, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from store.imports.column_mapping import ColumnMapping
    from store.imports.grid import Cell, GridRow

    Values = dict[str, Any]

_TOTALS = ("total", "totals", "subtotal", "grand total", "итого", "всего", "всего пунктов", "итого пунктов")
_INITIALS = frozenset(word[0] for word in _TOTALS)
_FEW = 3
"""With so many mapped columns, a line with a single cell is a heading between the rows."""

_STATE_AND_REASON = 2
"""The parts of the value of a state; a third is the day on which it was done."""


class _Column(dict["Cell", "object"]):
    """A cache of one column: cell -> value, parsed when first met; None for an empty cell.

    `told`: cell -> what is told of it, where it was not taken as it stands.
    """

    def __init__(self, read: Callable[[Cell], object]) -> None:
        self._read = read
        self.told: dict[Cell, str] = {}

    def __missing__(self, cell: Cell) -> object:
        """Raises: InvalidCell."""
        if isinstance(cell, str) and cell[:1] == "#":
            refuse_formula_error(cell)
        value = None if is_empty(cell) else self._read(cell)
        if isinstance(value, Told):
            self.told[cell] = value.sentence
            value = value.value
        self[cell] = value
        return value


if TYPE_CHECKING:
    _Reader = tuple[str, int, _Column]
    """A field, its column, and the values of the cells in it."""


class ImportRow:
    """A parsed row: its number, `values` of its cells by field, `defaults` of all rows, and its line.

    `for_new` are the values of a new commitment, its own before the defaults; `get(field)` is one of them, else None.
    """

    __slots__ = ("defaults", "for_new", "get", "line", "number", "values")

    def __init__(self, number: int, values: Values, defaults: Values, line: GridRow) -> None:
        self.number = number
        self.values = values
        self.defaults = defaults
        self.line = line
        # Asked for ten fields of each row: a method of ours would take as long as all else that is done with a value.
        self.for_new = {**defaults, **values}
        self.get: Callable[[str], Any] = self.for_new.get


class ParsedRows:
    """The rows of a file, the problems of the bad ones, and a sentence for each line that was skipped.

    `told` are problems that are none: cells that were not taken as they stand. `bad` are the rows with problems, with
    the values of their other cells. `titles` are those of parts: number of the line -> text.
    """

    __slots__ = ("bad", "columns", "empty", "problems", "rows", "skipped", "titles", "told")

    def __init__(self, columns: ColumnMapping) -> None:
        self.columns = columns
        self.rows: list[ImportRow] = []
        self.problems: list[Problem] = list(columns.grid.problems)
        self.skipped: list[str] = []
        self.told: list[Problem] = []
        self.bad: list[ImportRow] = []
        self.empty = 0
        self.titles: dict[int, str] = {}

    def set_bad_apart(self) -> None:
        """Put the rows that a problem was found of since with the bad ones."""
        bad = {row for problem in self.problems for row in problem.rows}
        if bad:
            self.bad += [row for row in self.rows if row.number in bad]
            self.rows = [row for row in self.rows if row.number not in bad]

    def leave_out_title(self, line: GridRow, text: str) -> None:
        """Say that a line is the title of a part."""
        self.titles[line.number] = clean_line(text)
        self.leave_out(line, tr('only "{text}" stands in it', text=visible(clean_line(text))[:60]))

    def leave_out(self, line: GridRow, why: str) -> None:
        """Say that a line is no row, and why."""
        self.skipped.append(tr("{row} is left out: {why}", row=row_named(self.columns.grid.noun, line.number), why=why))


def parse_rows(columns: ColumnMapping, today: str, timezone: str | None = None) -> ParsedRows:
    """Parse the rows under the headings, on the ISO day `today`; an instant becomes its day in `timezone`.

    `timezone` is the store's; None is the machine's.
    Raises: UsageError for a default that is not a value of its field.
    """
    dates = DateReader(today, columns.answers.dates, timezone, columns.grid.date_system)
    parser = _RowParser(columns, dates)
    parser.refuse_rows_above()
    parser.parse_lines()
    found = parser.found
    if columns.grid.comments or columns.more_notes:
        _add_notes(found)
    found.problems += date_problems(columns, dates)
    found.set_bad_apart()
    found.told = parser.told()
    return found


class _RowParser:
    """Parses the lines of a list one after the other into `found`."""

    def __init__(self, columns: ColumnMapping, dates: DateReader) -> None:
        """Raises: UsageError for a default that is not a value of its field."""
        answers, flags = columns.answers, columns.flags
        self.found = ParsedRows(columns)
        self._columns = columns
        self._defaults = _values_for_all("default", answers.defaults, dates)
        self._given = _values_for_all("set", answers.given, dates)
        is_state_a_flag = flags.done is not None and columns.fields.get("state") == flags.done
        self._is_done_apart = flags.done is not None and not is_state_a_flag

        def reader(field: str, at: int) -> _Reader:
            of_flag = ANSWERS if field == "state" and is_state_a_flag else {}
            return field, at, _Column(parser_of(field, dates, {**of_flag, **answers.meanings_of(field)}))

        self._readers = [reader(field, at) for field, at in columns.fields.items()]
        self._second_due = None if columns.second_due is None else reader("due", columns.second_due)
        self._closed_days: list[Problem] = []
        self._headings = frozenset(columns.headings)
        self._width = max((at for at, heading in enumerate(columns.headings) if heading.strip()), default=-1) + 1

    def refuse_rows_above(self) -> None:
        """Add a problem for each row of another list above the headings."""
        for line in self._columns.above:
            sentence = tr(
                "it stands above the headings of the list that is read: take it into the list, or into a file of its "
                "own"
            )
            self.found.problems.append(Problem(line.number, sentence))
            self._add_bad(line, {})

    def parse_lines(self) -> None:
        """Take each line as a row, good or bad, or leave it out; up to the headings of another list."""
        lines = self._lines()
        for place, line in enumerate(lines):
            if self._is_left_out_by_flag(line):
                continue
            values, problems = self._parse(line)
            if problems or self._may_be_no_row(line, values):
                if self._begins_another_list(line):
                    self._refuse_another_list(line, lines[place:])
                    break
                if self._is_left_out(line, lines[:place]):
                    continue
            if problems:
                self.found.problems += problems
                self._add_bad(line, values)
            else:
                row = ImportRow(line.number, values | self._given if self._given else values, self._defaults, line)
                self.found.rows.append(row)

    def told(self) -> list[Problem]:
        """What is told of the cells that were not taken as they stand, by column; last the days of what is closed."""
        lines = self._columns.lines
        by_column = [each for _, at, column in self._readers if column.told for each in _told(lines, at, column)]
        return by_column + self._closed_days

    def _lines(self) -> Sequence[GridRow]:
        """The lines of the list; of the events of a calendar those that somebody said are commitments."""
        if self._columns.grid.noun != NOUN_OF_EVENTS:
            return self._columns.lines
        lines, asked, left = events_taken(self._columns)
        self.found.problems += asked
        self.found.skipped += [left] if left else []
        return lines

    def _add_bad(self, line: GridRow, values: Values) -> None:
        self.found.bad.append(ImportRow(line.number, values, self._defaults, line))

    # A row.

    def _parse(self, line: GridRow) -> tuple[Values, list[Problem]]:
        """The values of a line, and the problems of its cells."""
        values, problems = _values(line, self._readers)
        if self._second_due is not None:
            problems += _second_due(line, values, self._second_due, self._columns)
        if self._is_done_apart:
            problems += _done_otherwise(line, values, self._columns)
        if "because" in values:
            _close(values)
        if (state := values.get("state")) is not None and state[0] == State.CLOSED:
            problems += _closed(line, values, self._columns, self._closed_days)
        if len(values.get("state", ())) > _STATE_AND_REASON:
            *state, done_on = values["state"]
            values["state"] = tuple(state)
            values.setdefault("reported-on", done_on)
        if len(line.cells) > self._width:
            problems += _beyond(line, self._width, self._columns)
        return values, problems

    # No row.

    def _is_left_out_by_flag(self, line: GridRow) -> bool:
        """Leave out a line of which a column says that it is archived, or no task. Returns whether it was."""
        flags = self._columns.flags
        if not flags.left_out or (at := flags.why_left_out(line)) is None:
            return False
        text = visible(clean_line(cell_text(line.cells[at])))[:40]
        self.found.leave_out(line, tr('{column} says "{text}"', column=self._columns.name(at), text=text))
        return True

    def _may_be_no_row(self, line: GridRow, values: Values) -> bool:
        """Whether a line that can be read may be something else than a row; to be sure takes longer."""
        if len(values) < _FEW or line.cells[self._columns.fields[next(iter(values))]] in self._headings:
            return True
        title = values.get("title", "")
        return len(title) <= LONGEST_OF_TITLES and title.lower() in HEADINGS_OF_TITLES

    def _may_be_headings(self, line: GridRow) -> bool:
        """Whether one cell of a line is a heading that is known: to understand all of them takes long."""
        return self._columns.grid.headings is None and any(
            isinstance(cell, str) and cell.strip().lower() in ALL_HEADINGS for cell in line.cells
        )

    def _begins_another_list(self, line: GridRow) -> bool:
        """Whether a line has headings that are not those of the list."""
        return self._may_be_headings(line) and are_headings(line) and not repeats(line, self._columns.headings)

    def _refuse_another_list(self, line: GridRow, rest: Sequence[GridRow]) -> None:
        """Add one problem for all rows of the list that begins with this line of headings."""
        sentence = tr(
            "other headings stand in {row}, and what is below them is a list of its own: save it as a file, "
            "or put its columns in the order of the first",
            row=row_named(self._columns.grid.noun, line.number),
        )
        rest = [each for each in rest if not _is_blank(each)]
        self.found.problems.append(Problem(line.number, sentence, rows=[each.number for each in rest]))
        for each in rest:
            self._add_bad(each, {})

    def _is_left_out(self, line: GridRow, above: Sequence[GridRow]) -> bool:
        """Leave out a line that is empty, repeats the headings, is a title or a total. Returns whether it was."""
        found = self.found
        if _is_blank(line):
            found.empty += 1
        elif self._may_be_headings(line) and repeats(line, self._columns.headings):
            self._leave_out_title_above(above)
            found.leave_out(line, tr("it repeats the headings"))
        elif (title := _title_of_part(line, self._columns)) is not None:
            found.leave_out_title(line, title)
        elif (why := _no_row(line, self._columns)) is not None:
            found.leave_out(line, why)
        else:
            return False
        return True

    def _leave_out_title_above(self, above: Sequence[GridRow]) -> None:
        """Leave out the line above repeated headings where it has a title and nothing else: it is that of a part."""
        found = self.found
        nearest = next((each for each in reversed(above) if not _is_blank(each)), None)
        last = found.rows[-1] if found.rows else None
        of_all = self._columns.answers.given
        if last is not None and last.line is nearest and not last.values.keys() - {"title", *of_all}:
            found.leave_out_title(last.line, found.rows.pop().values["title"])


def _is_blank(line: GridRow) -> bool:
    """Whether all cells of a line are empty."""
    return all(map(is_empty, line.cells))


def _add_notes(found: ParsedRows) -> None:
    """Add the comments on the cells of a row, and its further columns of notes, to its note."""
    columns = found.columns
    comments: dict[int, list[str]] = {}
    for number, column, text in columns.grid.comments:
        heading = clean_line(columns.headings[column]) if column < len(columns.headings) else ""
        comments.setdefault(number, []).append(f"{heading}: {clean_text(text)}" if heading else clean_text(text))
    for row in found.rows:
        cells = row.line.cells
        more = [cells[at] for at in columns.more_notes if at < len(cells) and not is_empty(cells[at])]
        notes = [clean_text(cell_text(cell)) for cell in more] + comments.get(row.number, [])
        if notes:
            note = "\n".join(filter(None, (row.values.get("note"), *notes)))
            row.values["note"] = row.for_new["note"] = note


def _told(lines: Iterable[GridRow], at: int, column: _Column) -> Iterator[Problem]:
    """What is told of the cells of a column that were not taken as they stand."""
    for line in lines:
        sentence = column.told.get(line.cells[at]) if at < len(line.cells) else None
        if sentence is not None:
            yield Problem(line.number, sentence, at)


def _values(line: GridRow, readers: Sequence[_Reader]) -> tuple[Values, list[Problem]]:
    """The values of the cells that are not empty, and the problems of the invalid ones."""
    values: Values = {}
    problems: list[Problem] = []
    cells = line.cells
    width = len(cells)
    for field, at, column in readers:
        if at >= width:
            continue
        try:
            value = column[cells[at]]
        except InvalidCell as error:
            problems.append(Problem(line.number, str(error), at, code=error.code, field=field, values=error.values))
            continue
        if value is not None:
            values[field] = value
    return values, problems


def _second_due(line: GridRow, values: Values, reader: _Reader, columns: ColumnMapping) -> list[Problem]:
    """Take the second column of dates where the first says no day. Returns a problem where both say another one."""
    more, problems = _values(line, [reader])
    if problems or "due" not in more:
        return problems
    before, now = values.get("due"), more["due"]
    if before is None or before.day is None:
        values["due"] = now
    elif before.day != now.day:
        name = columns.name(columns.fields["due"])
        return [
            Problem(line.number, tr("it says another day than {name}: map one of both to due", name=name), reader[1])
        ]
    return []


def _done_otherwise(line: GridRow, values: Values, columns: ColumnMapping) -> list[Problem]:
    """The problem of a row that one column says is done, and its state does not; without a state it is done."""
    at = columns.flags.done
    assert at is not None, "there is such a column"
    if at >= len(line.cells) or not says_yes(line.cells[at]):
        return []
    state = values.setdefault("state", (State.REPORTED, None))
    if state[0] in (State.REPORTED, State.CONFIRMED, State.CLOSED):
        return []
    name = columns.name(columns.fields["state"])
    return [
        Problem(
            line.number, tr("it says that it is done, and {name} does not: map one of both to state", name=name), at
        )
    ]


def _closed(line: GridRow, values: Values, columns: ColumnMapping, told: list[Problem]) -> list[Problem]:
    """Let the day on which a closed row was done be that of closing. Returns a problem where nothing says how it ended.

    Our own exports tell what was reported before it was closed.
    """
    because = values.get("because", values["state"][1])
    at = columns.fields["state"]
    if because is None:
        word = cell_text(line.cells[at])
        return [
            Problem(
                line.number,
                told_of_closed(word),
                at,
                code="import.closed-is-unclear",
                field="state",
                values={"word": visible(clean_line(word))},
            )
        ]
    is_ours = "id" in values or number_of(values.get("source-id", "")) is not None
    if "reported-on" in values and not is_ours:
        on = values.pop("reported-on")
        if values.setdefault("closed-on", on) == on and "reported-on" in columns.fields:
            told.append(
                Problem(
                    line.number,
                    tr("it is closed, so this is the day on which it was closed, and not one on which it was done"),
                    columns.fields["reported-on"],
                )
            )
    return []


def _close(values: Values) -> None:
    """Close a row that says why it was not kept, whatever its state; its day is that of closing."""
    if (values.get("state") or ("",))[0] != State.CLOSED:
        values["state"] = (State.CLOSED, values["because"])
        if "reported-on" in values:
            values.setdefault("closed-on", values.pop("reported-on"))


def _beyond(line: GridRow, width: int, columns: ColumnMapping) -> list[Problem]:
    """Problems for cells beyond the last heading: an extra separator shifts cells into wrong columns."""
    mapped = columns.fields.values()
    return [
        Problem(
            line.number,
            tr("a cell stands behind the last heading: is it a note, or is there a separator too many before it?"),
            column,
            code="import.cell-behind",
            field="columns",
            values={"column": letters(column)},
        )
        for column in range(width, len(line.cells))
        if column not in mapped and not is_empty(line.cells[column])
    ]


def _values_for_all(option: str, texts: Mapping[str, str], dates: DateReader) -> Values:
    """The values that were given for all rows. Raises: UsageError."""
    values = {}
    for field, text in texts.items():
        try:
            value = parser_of(field, dates)(text)
            if value == (State.CLOSED, None):
                raise InvalidCell(told_of_closed(text))
        except InvalidCell as error:
            raise UsageError(
                tr("{field} of all rows: {error}", field=field, error=error),
                code="import.default-no-value",
                field=field,
                values={"why": str(error), "option": option},
            ) from None
        if isinstance(value, Told):
            value = value.value
        if value is not None:
            values[field] = value
    return values


def _no_row(line: GridRow, columns: ColumnMapping) -> str | None:
    """Why a line is skipped: it is a total; None if it is a row."""
    filled = [column for column, cell in enumerate(line.cells) if not is_empty(cell)]
    first = line.cells[filled[0]]
    if columns.grid.headings is not None:
        return None
    title = columns.fields.get("title")
    if title in filled[1:2] and cell_text(first).strip().isdigit():
        first, filled = line.cells[filled[1]], filled[1:]  # The number of the rows stands before their total.
    if not isinstance(first, str):
        return None
    if first.lstrip()[:1].casefold() in _INITIALS and _is_total(first):
        others = [column for column in columns.fields.values() if column not in (filled[0], title)]
        if not any(column in others for column in filled[1:]):
            return tr('it is a total ("{text}")', text=visible(clean_line(first))[:40])
    return None


def _title_of_part(line: GridRow, columns: ColumnMapping) -> str | None:
    """The title between the rows that is all that stands in a line; None for another line."""
    filled = [column for column, cell in enumerate(line.cells) if not is_empty(cell)]
    text = line.cells[filled[0]]
    is_alone = len(filled) == 1 and filled[0] not in (columns.fields.get("title"), columns.fields.get("id"))
    is_title = is_alone and len(columns.fields) >= _FEW and columns.grid.headings is None and not _is_total(str(text))
    return text if is_title and isinstance(text, str) else None


def _is_total(text: str) -> bool:
    return fold(clean_line(text)).rstrip(" :0123456789") in _TOTALS


def is_unmapped(columns: ColumnMapping, field: str) -> bool:
    """Whether a field has neither a column nor a default."""
    return field not in columns.fields and field not in columns.answers.defaults


def described_field(field: str) -> str:
    """A field with its meaning: `by (who promised it)`."""
    return tr("{field} ({meaning})", field=field, meaning=tr(FIELDS[field]))
