"""Parse the lines of a grid into rows of values and the problems of bad rows."""

from __future__ import annotations

from bisect import bisect
from functools import partial
from itertools import zip_longest

from store.errors import UsageError
from store.imports.answers.parse_answers import word_key
from store.imports.columns.columns_without_heading import unheaded_problems
from store.imports.columns.responsibility_matrix import is_mark, matrix_problems
from store.imports.dates.date_in_cell import DateReader
from store.imports.dates.mixed_day_month_orders import order_problems
from store.imports.dates.month_columns_of_work_plan import (
    are_several_marked,
    month_columns,
    month_named,
    month_problems,
)
from store.imports.dates.unknown_date_columns import date_problems
from store.imports.dates.year_quarter_month_columns import DAY, are_months, joined_date, parts_of_dates, period_problems
from store.imports.grid.describe_bad_rows import rows_in_words, rows_typed
from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import NOUN_OF_EVENTS, Problem, cell_text, letters
from store.imports.grid.invalid_cell import AdjustedValue, InvalidCell
from store.imports.grid.row_nouns import row_named, rows_named
from store.imports.headings.heading_synonyms import (
    ALL_HEADINGS,
    FIELDS,
    HEADINGS_OF_TITLES,
    LONGEST_OF_TITLES,
    field_of,
)
from store.imports.headings.headings_between_rows import end_of_other_list, in_order, order_of_headings
from store.imports.headings.one_or_two_heading_rows import are_headings, repeats
from store.imports.headings.russian_field_names import field_typed
from store.imports.parties.party_names_in_cell import without_colours
from store.imports.rows.calendar_events import all_day_events, events_to_import
from store.imports.rows.cell_values import parser_of, refuse_formula_error
from store.imports.sections.party_in_section_title import name_in_title, names_a_party
from store.imports.sections.rows_with_one_text import NOTE, TextsAlone
from store.imports.sections.section_titles_and_totals import (
    FEW,
    alone_as_title,
    begins_as_no_row,
    is_blank,
    title_above,
    title_of_part,
    title_of_section,
    why_no_row,
    without_number,
)
from store.imports.sections.state_in_section_title import StateOfPart, state_in_title, titles_problems
from store.imports.states.state_in_cell import says_done
from store.imports.states.state_meant_by_word import NOT_DONE, STATES_SAID, sentence_of_closed
from store.imports.states.unknown_state_columns import state_problems
from store.imports.states.yes_or_no import ANSWERS, says_yes
from store.model.vocabulary_and_signs import State
from store.rules.calendar_uids import number_of
from store.rules.due_dates_and_extensions import DueDate
from store.sanitise_text import clean_line, clean_text, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from store.imports.columns.column_mapping import ColumnMapping
    from store.imports.grid.grid import Cell, GridRow

    Values = dict[str, Any]

_STATE_AND_REASON = 2
"""The parts of the value of a state; a third is the day on which it was done."""


_SEVERAL = 2

OF_A_ROW = ("by", "to")
"""What a row of a list says, or its part, or an answer for all rows."""

_DONE = (State.REPORTED, State.CONFIRMED)
"""States of a promise that was done."""

_MAY_BE_DONE = ((State.CLOSED, None), (State.REPORTED, None))
"""States of a row that another column may say to be done."""


class _Column(dict["Cell", "object"]):
    """A cache of one column: cell -> value, parsed when first met; None for an empty cell.

    `told`: cell -> what is told of it, where it was not taken as it stands.
    """

    def __init__(self, read: Callable[[Cell], object]) -> None:
        self._read = read
        self.notices: dict[Cell, str] = {}

    def __missing__(self, cell: Cell) -> object:
        """Raises: InvalidCell."""
        if isinstance(cell, str) and cell[:1] == "#":
            refuse_formula_error(cell)
        value = None if is_empty(cell) else self._read(cell)
        if isinstance(value, AdjustedValue):
            self.notices[cell] = value.sentence
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

    __slots__ = ("bad", "columns", "empty", "notices", "problems", "rows", "skipped", "titles")

    def __init__(self, columns: ColumnMapping) -> None:
        self.columns = columns
        self.rows: list[ImportRow] = []
        self.problems: list[Problem] = [each for each in columns.grid.problems if not _is_answered(each, columns)]
        self.skipped: list[str] = []
        self.notices: list[Problem] = []
        self.bad: list[ImportRow] = []
        self.empty = 0
        self.titles: dict[int, str] = {}

    def set_bad_apart(self) -> None:
        """Put the rows that a problem was found of since with the bad ones."""
        bad = {row for problem in self.problems for row in problem.rows}
        if bad:
            self.bad += [row for row in self.rows if row.number in bad]
            self.rows = [row for row in self.rows if row.number not in bad]

    def titles_over_rows(self) -> list[str]:
        """The titles of parts that have rows, but for those that say a state."""
        numbers = sorted(row.number for row in (*self.rows, *self.bad))
        places = sorted(self.titles)
        found = []
        for number, end in zip_longest(places, places[1:]):
            first = bisect(numbers, number)
            has_rows = first < len(numbers) and (end is None or numbers[first] < end)
            if has_rows and state_in_title(self.titles[number]) is None:
                found.append(self.titles[number])
        return found

    def leave_out_title(self, line: GridRow, text: str) -> None:
        """Say that a line is the title of a part."""
        self.titles[line.number] = clean_line(text)
        self.leave_out(line, tr('only "{text}" stands in it', text=visible(clean_line(text))[:60]))

    def leave_out(self, line: GridRow, why: str) -> None:
        """Say that a line is no row, and why."""
        self.skipped.append(tr("{row} is left out: {why}", row=row_named(self.columns.grid.noun, line.number), why=why))


def parse_rows(
    columns: ColumnMapping,
    today: str,
    timezone: str | None = None,
    is_party: Callable[[str], object] = lambda _: False,
) -> ParsedRows:
    """Parse the rows under the headings, on the ISO day `today`; an instant becomes its day in `timezone`.

    `timezone` is the store's; None is the machine's. `is_party`: whether a name is a known party's.
    Raises: UsageError for a default that is not a value of its field.
    """
    dates = DateReader(today, columns.answers.dates, timezone, columns.grid.date_system)
    parser = _RowParser(columns, dates, is_party)
    parser.refuse_rows_above()
    parser.parse_lines()
    found = parser.found
    if columns.grid.comments or "note" in columns.more:
        _add_notes(found)
    found.problems += date_problems(columns, dates)
    found.problems += order_problems(columns, dates)
    in_rows = [row.line for row in found.rows]
    if found.bad:
        in_rows = sorted((*in_rows, *(row.line for row in found.bad)), key=lambda line: line.number)
    for problems in (unheaded_problems, period_problems, matrix_problems):
        found.problems += problems(columns, in_rows)
    found.problems += month_problems(columns, in_rows, found.titles)
    found.problems += state_problems(columns, in_rows, dates)
    if found.titles:
        found.problems += titles_problems(columns, in_rows, found.titles)
    found.set_bad_apart()
    if columns.grid.colours and "state" not in columns.fields and "state" not in columns.of_parts:
        from store.imports.files.workbook.bold_titles_and_coloured_rows import (
            notices_of_colours,  # few lists have rows in colours
        )

        found.skipped += notices_of_colours(columns.grid, [line.number for line in in_rows])
    found.notices = parser.notices()
    found.skipped += [*parser.notices_of_divided(), *parser.notices_of_answers()]
    return found


def _is_answered(problem: Problem, columns: ColumnMapping) -> bool:
    """Whether it was answered that the row of a problem of the file is none, or holds though it is struck through."""
    answers = columns.answers
    rows = answers.rows_left_out
    if problem.code == "import.struck-through":
        rows = {*rows, *answers.rows_that_hold}
    return bool(rows) and all(row in rows for row in problem.rows)


class _RowParser:
    """Parses the lines of a list one after the other into `found`."""

    def __init__(self, columns: ColumnMapping, dates: DateReader, is_party: Callable[[str], object]) -> None:
        """Raises: UsageError for a default that is not a value of its field."""
        answers, flags = columns.answers, columns.flags
        self._is_party = is_party
        self.found = ParsedRows(columns)
        self._columns = columns
        self._defaults = _values_for_all("default", answers.defaults, dates)
        self._given = _values_for_all("set", answers.given, dates)
        is_state_a_flag = flags.done is not None and columns.fields.get("state") == flags.done
        self._is_done_apart = flags.done is not None and not is_state_a_flag

        def reader(field: str, at: int) -> _Reader:
            if field == "title" and "id" in columns.fields:
                return field, at, _Column(lambda cell: clean_line(cell_text(cell)))  # Ours are promises, as they stand.
            of_flag = ANSWERS if field == "state" and is_state_a_flag else {}
            return field, at, _Column(parser_of(field, dates, {**of_flag, **answers.meanings_of(field)}))

        dues = (columns.fields["due"], *columns.more["due"]) if "due" in columns.more else ()
        is_joined = bool(dues) and _are_parts_of_a_date(dues, columns)
        of_fields = columns.fields.items()
        self._readers = [reader(field, at) for field, at in of_fields if not (is_joined and field == "due")]
        self._joined_due = reader("due", columns.fields["due"])[2] if is_joined else None
        self._moved_due = [] if is_joined else [reader("due", at) for at in dues[1:]]
        several = [(field, at) for field, more in columns.more.items() for at in more if field not in ("note", "due")]
        self._further = [reader(field, at) for field, at in several]
        if columns.of_headings:
            self._take_names_over_marks(columns, dates)
        self._of_part = _OfPart(columns, dates)
        self._second_due = None if columns.second_due is None else reader("due", columns.second_due)
        self._each_due = [reader("due", at) for at in columns.each_due[1:]]
        self._divided: list[int] = []
        self._notices_of_days: list[Problem] = []
        self._all_day = all_day_events(columns) if columns.grid.noun == NOUN_OF_EVENTS else None
        self._day_of = parser_of("due", dates)
        self._texts_alone: TextsAlone | None = None
        self._headings = frozenset(columns.headings)
        self._width = max((at for at, heading in enumerate(columns.headings) if heading.strip()), default=-1) + 1

    def _take_names_over_marks(self, columns: ColumnMapping, dates: DateReader) -> None:
        """Let a mark in one of several columns of parties be the name that stands over it."""
        for readers in (self._readers, self._further):
            for place, (field, at, _) in enumerate(readers):
                if field in columns.of_headings and at < len(columns.headings):
                    read = parser_of(field, dates, columns.answers.meanings_of(field))
                    readers[place] = field, at, _Column(partial(_name_or_mark, read, columns.headings[at]))

    def notices_of_answers(self) -> list[str]:
        """A sentence on the answered words that no cell of a column of their field has: those answers do nothing."""
        cells: dict[str, set[str]] = {}
        readers = [
            *self._readers,
            *self._further,
            *self._moved_due,
            *self._each_due,
            *([self._second_due] if self._second_due is not None else []),
        ]
        answered = self._columns.answers.meanings
        for field, _, column in readers:
            if field not in answered:
                continue
            cells.setdefault(field, set()).update(
                word_key(text) for cell in column for text in (cell_text(cell), without_colours(cell_text(cell)))
            )
        columns = self._columns
        if self._is_done_apart and columns.flags.done is not None:
            cells.setdefault("state", set()).add(word_key(clean_line(columns.headings[columns.flags.done])))
        kept = {*columns.of_parts, *(("due",) if self._joined_due is not None else ())}
        columns.unmet = {
            (field, word)
            for field, words in columns.answers.meanings.items()
            if field not in kept
            for word in words
            if not any(word_key(word) in cell for cell in cells.get(field, ()))
        }
        unmet = [f'{field} "{visible(word)}"' for field, word in sorted(columns.unmet)]
        return [tr("answered, and in no cell: {words}", words=", ".join(unmet))] if unmet else []

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
        """Take each line as a row, good or bad, or leave it out."""
        lines = self._lines()
        end = 0
        for place, line in enumerate(lines):
            if place < end or self._is_left_out_by_flag(line):
                continue
            values, problems = self._parse(line)
            if problems or self._may_be_no_row(line, values):
                if self._begins_another_list(line):
                    end = self._take_another_list(place, lines)
                    continue
                if self._is_left_out(place, lines):
                    continue
                problems = problems or self._may_be_title(line) or self._alone(lines).asked(place)
            if self._each_due and not problems:
                problems = self._done_of_several(line, values)
            if self._of_part.is_said:
                values, problems = self._of_part.added(line, values, problems)
            if problems:
                self.found.problems += problems
                self._add_bad(line, values)
            else:
                for each in self._promises(line, values) if self._each_due else (values,):
                    row = ImportRow(line.number, each | self._given if self._given else each, self._defaults, line)
                    self.found.rows.append(row)

    def _done_of_several(self, line: GridRow, values: Values) -> list[Problem]:
        """The problem of a row of several promises that says once that it is done: one of them may be, or all."""
        columns = self._columns
        is_done = values.get("state", ("",))[0] in _DONE
        field = next((each for each in ("confirmed-on", "reported-on") if each in values), "state" if is_done else "")
        at = columns.fields.get(field, len(line.cells))
        if (
            at >= len(line.cells)
            or len(self._dues(line, values)) < _SEVERAL
            or line.number in columns.answers.rows_that_hold
        ):
            return []
        sentence = tr(
            '"{text}" stands there once, and the row is several promises, each with its day: is each of them done?',
            text=visible(clean_line(cell_text(line.cells[at])))[:60],
        )
        named = {"row": line.number, "column": columns.typed(at)}
        return [Problem(line.number, sentence, at, code="import.done-of-several", field=field, values=named)]

    def _dues(self, line: GridRow, values: Values) -> list[DueDate]:
        """The deadlines of a row with a column for each."""
        dues = [values.get("due"), *(_values(line, [reader])[0].get("due") for reader in self._each_due)]
        return [due for due in dues if due is not None]

    def _promises(self, line: GridRow, values: Values) -> list[Values]:
        """The values of each promise of a row with several deadlines: one for each, its title with a number behind."""
        said = self._dues(line, values)
        if len(said) < _SEVERAL:
            return [{**values, "due": said[0]}] if said else [values]
        self._divided.append(line.number)
        named = [field for field in ("title", "source-id") if field in values]
        return [
            {**values, "due": due, **{field: f"{values[field]} ({number})" for field in named}}
            for number, due in enumerate(said, 1)
        ]

    def notices_of_divided(self) -> list[str]:
        """A sentence on the rows that were taken as several promises."""
        if not self._divided:
            return []
        rows = rows_named(self._columns.grid.noun, rows_in_words(self._divided))
        return [
            tr(
                "{rows}: each day is that of a promise of its own, (1), (2); what else stands there is said of each",
                rows=rows,
            )
        ]

    def notices(self) -> list[Problem]:
        """The notices of adjusted cells, by column; last those of the days of closed rows."""
        lines = self._columns.lines
        readers = (*self._readers, *self._moved_due, *self._each_due)
        by_column = [each for _, at, column in readers if column.notices for each in _column_notices(lines, at, column)]
        return by_column + self._notices_of_days

    def _lines(self) -> list[GridRow]:
        """The lines of the list; of the events of a calendar those that somebody said are commitments."""
        if self._columns.grid.noun != NOUN_OF_EVENTS:
            lines = self._columns.lines = list(self._columns.lines)
            return lines
        taken, asked, left = events_to_import(self._columns)
        self.found.problems += asked
        self.found.skipped += [left] if left else []
        return list(taken)

    def _add_bad(self, line: GridRow, values: Values) -> None:
        self.found.bad.append(ImportRow(line.number, values | self._given, self._defaults, line))

    # A row.

    def _parse(self, line: GridRow) -> tuple[Values, list[Problem]]:
        """The values of a line, and the problems of its cells."""
        values, problems = _values(line, self._readers)
        if self._further:
            problems += _further(line, values, self._further)
        if self._joined_due is not None:
            problems += _joined_due(line, values, self._joined_due, self._columns, self._notices_of_days)
        if self._moved_due:
            problems += _moved_due(line, values, self._moved_due)
        for each in self._each_due:
            problems += _values(line, [each])[1]
        if self._second_due is not None:
            problems += _second_due(line, values, self._second_due, self._columns)
        if self._all_day is not None and (due := values.get("due")) is not None and due.day is not None:
            self._take_last_day(line, values, due)
        if NOT_DONE in (values.get("reported-on"), values.get("confirmed-on")):
            values = {field: value for field, value in values.items() if value != NOT_DONE}
            values["state"] = (NOT_DONE, None)
        if self._is_done_apart:
            problems += _done_otherwise(line, values, self._columns)
        if "because" in values:
            problems += _close(line, values, self._columns)
        if "because" in self._columns.fields and values.get("state") in _MAY_BE_DONE and "because" not in values:
            _done_as_the_reason_says(line, values, self._columns)
        is_asked_why = bool(problems) and any(problem.field == "because" for problem in problems)
        if (state := values.get("state")) is not None and state[0] == State.CLOSED and not is_asked_why:
            problems += _closed(line, values, self._columns, self._notices_of_days)
        if len(values.get("state", ())) > _STATE_AND_REASON:
            *state, done_on = values["state"]
            values["state"] = tuple(state)
            values.setdefault("reported-on", done_on)
        if len(line.cells) > self._width:
            problems += _beyond(line, self._width, self._columns)
        return values, problems

    def _take_last_day(self, line: GridRow, values: Values, due: DueDate) -> None:
        """Let an event of whole days be due on its last one, and tell so."""
        assert self._all_day is not None, "it is a calendar with whole days"
        day = self._all_day.last_day(line, due.day or "", self._day_of)
        if day != due.day:
            values["due"] = DueDate(day, due.precision, due.words)
            sentence = tr("it lasts whole days, and the last one is the day before its end")
            self._notices_of_days.append(Problem(line.number, sentence, self._all_day.due))

    # No row.

    def _is_left_out_by_flag(self, line: GridRow) -> bool:
        """Leave out a line of which a column says that it is archived, or no task. Returns whether it was."""
        flags = self._columns.flags
        if line.number in self._columns.answers.rows_left_out:
            self.found.leave_out(line, tr("as answered"))
            if (title := self._text_left_out(line)) is not None:
                self.found.titles[line.number] = title
                self._of_part.read(title)  # Else the rows below it were those of the part before.
            return True
        if not flags.left_out or (at := flags.why_left_out(line)) is None:
            return False
        text = visible(clean_line(cell_text(line.cells[at])))[:40]
        self.found.leave_out(line, tr('{column} says "{text}"', column=self._columns.name(at), text=text))
        return True

    def _text_left_out(self, line: GridRow) -> str | None:
        """The title of a part that was answered to be no row; None for another line."""
        if (title := self._title_of_party(line)) is not None:
            return title
        filled = [cell for cell in line.cells if not is_empty(cell)]
        is_title = len(filled) == 1 and line.number in self._columns.grid.set_apart
        return clean_line(cell_text(filled[0])) if is_title else None

    def _may_be_no_row(self, line: GridRow, values: Values) -> bool:
        """Whether a line that can be read may be something else than a row; to be sure takes longer."""
        if len(values) < FEW or line.cells[self._columns.fields[next(iter(values))]] in self._headings:
            return True
        title = values.get("title", "")
        return begins_as_no_row(title) or (len(title) <= LONGEST_OF_TITLES and title.lower() in HEADINGS_OF_TITLES)

    def _may_be_headings(self, line: GridRow) -> bool:
        """Whether one cell of a line is a heading that is known: to understand all of them takes long."""
        return self._columns.grid.headings is None and any(
            isinstance(cell, str) and cell.strip().lower() in ALL_HEADINGS for cell in line.cells
        )

    def _begins_another_list(self, line: GridRow) -> bool:
        """Whether a line has headings that are not those of the list."""
        return self._may_be_headings(line) and are_headings(line) and not repeats(line, self._columns.headings)

    def _take_another_list(self, place: int, lines: list[GridRow]) -> int:
        """Put the cells below headings in another order into that of the list, or refuse the rows below other headings.

        Returns the place of the first line that is looked at next.
        """
        line, columns = lines[place], self._columns
        end = end_of_other_list(place, lines, columns)
        order = order_of_headings(line, columns)
        if order is None:
            self._refuse_another_list(line, lines[place:end])
            return end
        self._leave_out_title_above(lines[:place])
        self.found.leave_out(line, tr("the columns below it stand in another order, and are read in that"))
        lines[place + 1 : end] = [in_order(each, order) for each in lines[place + 1 : end]]
        return place + 1

    def _refuse_another_list(self, line: GridRow, rest: Sequence[GridRow]) -> None:
        """Add one problem for all rows of the list that begins with this line of headings."""
        is_of_months = are_months(line, self._columns.headings)
        where = row_named(self._columns.grid.noun, line.number)
        sentence = (
            tr(
                "months stand in {row}, and marks below them, as in a work plan: marks are no dates, so write until "
                "when each promise runs into one column, as April 2027",
                row=where,
            )
            if is_of_months
            else tr(
                "other headings stand in {row}, and what is below them is a list of its own: save it as a file, "
                "or put its columns in the order of the first",
                row=where,
            )
        )
        rest = [each for each in rest if not is_blank(each)]
        numbers = [each.number for each in rest]
        values = {"rows": rows_typed(numbers)}
        self.found.problems.append(
            Problem(line.number, sentence, rows=numbers, code="import.months-over-marks", values=values)
            if is_of_months
            else Problem(line.number, sentence, rows=numbers, code="import.other-headings", values=values)
        )
        for each in rest:
            self._add_bad(each, {})

    def _alone(self, lines: Sequence[GridRow]) -> TextsAlone:
        """What tells of texts alone in their lines; most lists have none."""
        if self._texts_alone is None:
            self._texts_alone = TextsAlone(self._columns, lines)
        return self._texts_alone

    def _is_left_out(self, place: int, lines: Sequence[GridRow]) -> bool:
        """Leave out a line that is empty, repeats the headings, is a title or a total. Returns whether it was."""
        found, columns, line = self.found, self._columns, lines[place]
        if is_blank(line):
            found.empty += 1
        elif self._may_be_headings(line) and repeats(line, self._columns.headings):
            self._leave_out_title_above(lines[:place])
            found.leave_out(line, tr("it repeats the headings"))
        elif (alone := self._alone(lines).of_line(place)) is not None:
            text, kind = alone
            if kind == NOTE:
                found.leave_out(line, tr('it is a note on the list ("{text}")', text=visible(clean_line(text))[:60]))
            else:
                self._take_title(line, text)
        elif (
            title := title_of_part(line, columns)
            or title_of_section(place, lines, columns)
            or self._title_of_party(line)
        ) is not None:
            self._take_title(line, title)
        elif (why := why_no_row(line, columns)) is not None:
            found.leave_out(line, why)
        else:
            return False
        return True

    def _take_title(self, line: GridRow, title: str) -> None:
        """Leave out the title of a part, and read what it says of the rows below it."""
        self.found.leave_out_title(line, title)
        self._of_part.read(title)

    def _title_of_party(self, line: GridRow) -> str | None:
        """The title of a part in the place of the titles: a name of a party, or one answered to say a field."""
        text = alone_as_title(line, self._columns)
        is_title = text is not None and (
            self._of_part.is_answered(text)
            or month_named(text) is not None
            or names_a_party(text, lambda name: bool(self._is_party(name)))
        )
        return text if is_title else None

    def _may_be_title(self, line: GridRow) -> list[Problem]:
        """The problem of a text alone in a line where the titles of the parts say something: it can be one of them."""
        columns = self._columns
        text = alone_as_title(line, columns)
        said = {*columns.of_parts, *columns.answers.defaults, *columns.answers.given}
        if text is None or not columns.of_parts or all(field in said for field in OF_A_ROW):
            return []
        field, name = columns.of_parts[0], without_number(text)
        return [
            Problem(
                line.number,
                tr(
                    'only "{text}" stands in it: is it the title of a part, and {field} in the rows below it?',
                    text=visible(name)[:60],
                    field=described_field(field),
                ),
                columns.fields["title"],
                code="import.title-of-part",
                field=field,
                values={"word": visible(name)},
            )
        ]

    def _leave_out_title_above(self, above: Sequence[GridRow]) -> None:
        """Leave out the line above repeated headings where it has a title and nothing else: it is that of a part."""
        found = self.found
        nearest = next((each for each in reversed(above) if not is_blank(each)), None)
        last = found.rows[-1] if found.rows else None
        of_all = self._columns.answers.given
        if last is not None and last.line is nearest and not last.values.keys() - {"title", *of_all}:
            self._take_title(last.line, found.rows.pop().values["title"])


class _OfPart:
    """What the titles of the parts say of their rows; `is_said`: whether they say anything."""

    def __init__(self, columns: ColumnMapping, dates: DateReader) -> None:
        answers = columns.answers
        self._readers = [
            (each, _Column(parser_of(each, dates, answers.meanings_of(each)))) for each in columns.of_parts
        ]
        self._answered = {each: answers.meanings_of(each) for each in columns.of_parts}
        self._day = next((at for at, part in parts_of_dates(columns.headings).items() if part == DAY), None)
        self._title = ""
        self.is_said = bool(self._readers)
        self._values: Values = {}
        self._problems: list[tuple[str, InvalidCell]] = []
        self._state = StateOfPart()
        if self.is_said and (title := title_above(columns)) is not None:
            self.read(title)

    def is_answered(self, title: str) -> bool:
        """Whether it was answered what a title says."""
        return any(word_key(without_number(title)) in words for words in self._answered.values())

    def read(self, title: str) -> None:
        """Read the title of the part that begins."""
        self._values, self._problems, self._title = {}, [], without_number(title)
        self._state.read(title)
        for field, reader in self._readers:
            said = self._said(field, title)
            try:
                value = reader[said] if said is not None else None
            except InvalidCell as error:
                self._problems.append((field, error))
                continue
            if value is not None:
                self._values[field] = value

    def _said(self, field: str, title: str) -> str | None:
        """What the title of a part says of a field; None where it says nothing: a state is no party."""
        if field == "state":
            title = self._state.title or ""
        name = without_number(title)
        if word_key(name) in self._answered[field]:
            return name
        state = state_in_title(title)
        return state if field == "state" else None if state is not None else name_in_title(field, name)

    def added(self, line: GridRow, values: Values, problems: list[Problem]) -> tuple[Values, list[Problem]]:
        """The values and the problems of a row, with those that its part gives it."""
        of_part = [
            Problem(line.number, str(error), code=error.code, field=field, values=error.values)
            for field, error in self._problems
        ]
        if "due" in self._answered and self._day is not None and self._day < len(line.cells):
            problems = problems + self._due_in_part(line, values, self._day)
        self._state.of_row()
        values = {**self._values, **values}
        if values.get("state") == (State.CLOSED, None) and "because" not in values:
            title = self._state.title or ""
            of_part.append(_not_how_it_ended(line, without_number(title), state_in_title(title) or title))
        return values, problems + of_part

    def _due_in_part(self, line: GridRow, values: Values, at: int) -> list[Problem]:
        """Take the day in a row of the month that its part is. Returns the problem of one that cannot be read."""
        cell = line.cells[at]
        if is_empty(cell):
            return []
        read = next(reader for field, reader in self._readers if field == "due")
        try:
            values["due"] = read[f"{cell_text(cell).strip(' .')} {month_named(self._title) or self._title}"]
        except InvalidCell as error:
            return [Problem(line.number, str(error), at, code=error.code, field="due", values=error.values)]
        return []


def _name_or_mark(read: Callable[[Cell], object], heading: str, cell: Cell) -> object:
    """The names in a cell, or the one over it where a mark stands in it."""
    return read(heading if is_mark(cell) else cell)


def _further(line: GridRow, values: Values, readers: Sequence[tuple[str, int, _Column]]) -> list[Problem]:
    """Add the names in the further columns of a field. Returns the problems of the invalid ones."""
    problems = []
    for reader in readers:
        more, wrong = _values(line, [reader])
        problems += wrong
        for field, names in more.items():
            values[field] = list(dict.fromkeys((*values.get(field, ()), *names)))
    return problems


def _are_parts_of_a_date(dues: Sequence[int], columns: ColumnMapping) -> bool:
    """Whether columns that were said to tell until when tell one date together; else one of several counts."""
    names = columns.headings
    if month_columns(names, dues) or any(at in dues for at in parts_of_dates(names)):
        return True
    return not any(at < len(names) and field_of(names[at]) == "due" for at in dues)


def _moved_due(line: GridRow, values: Values, readers: Sequence[_Reader]) -> list[Problem]:
    """Take the last of several deadlines of a row, and the first as the one first agreed. Returns their problems."""
    problems = []
    for reader in readers:
        more, wrong = _values(line, [reader])
        problems += wrong
        if (last := more.get("due")) is not None and (last.day is not None or last.words is not None):
            if (first := values.get("due")) is not None and first.day is not None:
                values.setdefault("original-due", first)
            values["due"] = last
    return problems


def _joined_due(
    line: GridRow, values: Values, reader: _Column, columns: ColumnMapping, notices: list[Problem]
) -> list[Problem]:
    """Take the date that several cells tell. Returns the problem of one that cannot be read."""
    dues = (columns.fields["due"], *columns.more["due"])
    text = joined_date(line, dues, columns.headings)
    try:
        value = reader[text]
    except InvalidCell as error:
        at = columns.fields["due"]
        return [Problem(line.number, str(error), at, code=error.code, field="due", values=error.values)]
    if value is not None:
        values["due"] = value
        if are_several_marked(line, month_columns(columns.headings, dues)):
            notices.append(Problem(line.number, tr("several months are marked: the last of them is until when")))
    return []


def _add_notes(found: ParsedRows) -> None:
    """Add the comments on the cells of a row, and its further columns of notes, to its note."""
    columns = found.columns
    places = [columns.fields["note"], *columns.more["note"]] if "note" in columns.more else []
    names = {at: clean_line(columns.headings[at]) if at < len(columns.headings) else "" for at in places}
    is_named = len(set(names.values())) > 1
    comments: dict[int, list[str]] = {}
    for number, column, text in columns.grid.comments:
        heading = clean_line(columns.headings[column]) if column < len(columns.headings) else ""
        comments.setdefault(number, []).append(f"{heading}: {clean_text(text)}" if heading else clean_text(text))
    in_rows = {row.number for each in (found.rows, found.bad) for row in each}
    for number in comments.keys() - in_rows:
        for text in comments[number]:
            where = row_named(columns.grid.noun, number)
            shown = visible(clean_line(text))[:_LONGEST_COMMENT]
            found.skipped.append(tr('a comment in {row} is left out: "{text}"', row=where, text=shown))
    for row in found.rows:
        cells = row.line.cells
        notes = []
        for at in places:
            if at < len(cells) and not is_empty(cells[at]):
                text = clean_text(cell_text(cells[at]))
                notes.append(f"{names[at]}: {text}" if is_named and names[at] else text)
        if not notes:
            notes = [row.values.get("note", "")]
        notes += comments.get(row.number, [])
        if note := "\n".join(filter(None, notes)):
            row.values["note"] = row.for_new["note"] = note


_LONGEST_COMMENT = 200
"""The most characters that are shown of a comment that is left out."""


def _column_notices(lines: Iterable[GridRow], at: int, column: _Column) -> Iterator[Problem]:
    """The notices of the adjusted cells of a column."""
    for line in lines:
        sentence = column.notices.get(line.cells[at]) if at < len(line.cells) else None
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
    elif before.day != now.day and "due" not in columns.answers.columns:
        first = columns.fields["due"]
        return [
            Problem(
                line.number,
                tr("it says another day than {name}: which one counts?", name=columns.name(first)),
                reader[1],
                code="import.two-days",
                field="due",
                values={
                    "names": [columns.name(first), columns.name(reader[1])],
                    "columns": [columns.typed(first), columns.typed(reader[1])],
                },
            )
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
    heading = clean_line(columns.headings[at])
    said = columns.answers.meanings_of("state").get(word_key(heading))
    if said is not None:
        if said:
            values["state"] = (State.REPORTED, None)
        return []
    name = columns.name(columns.fields["state"])
    sentence = tr("it says that it is done, and {name} does not: which one counts?", name=name)
    named = {"word": visible(heading), "names": [columns.name(at), name]}
    return [Problem(line.number, sentence, at, code="import.done-and-not", field="state", values=named)]


def _closed(line: GridRow, values: Values, columns: ColumnMapping, notices: list[Problem]) -> list[Problem]:
    """Let the day on which a closed row was done be that of closing. Returns a problem where nothing says how it ended.

    Our own exports tell what was reported before it was closed.
    """
    because = values.get("because", values["state"][1])
    if because is None:
        at = columns.fields["state"]
        word = cell_text(line.cells[at])
        return [_not_how_it_ended(line, word, word, at)]
    is_ours = "id" in values or number_of(values.get("source-id", "")) is not None
    if "reported-on" in values and not is_ours:
        on = values.pop("reported-on")
        if values.setdefault("closed-on", on) == on and "reported-on" in columns.fields:
            notices.append(
                Problem(
                    line.number,
                    tr("it is closed, so this is the day on which it was closed, and not one on which it was done"),
                    columns.fields["reported-on"],
                )
            )
    return []


def _not_how_it_ended(line: GridRow, said: str, word: str, at: int | None = None) -> Problem:
    """The problem of a row of which a word says that it is closed; `said` is what an answer names."""
    values = {"word": visible(clean_line(said))}
    return Problem(
        line.number, sentence_of_closed(word), at, code="import.closed-is-unclear", field="state", values=values
    )


def _done_as_the_reason_says(line: GridRow, values: Values, columns: ColumnMapping) -> None:
    """Take a closed row as done where the column of the reason says so; it was done on the day it was closed."""
    at = columns.fields.get("because", len(line.cells))
    if at >= len(line.cells) or not says_done(line.cells[at]):
        return
    values["state"] = (State.REPORTED, None)
    if "closed-on" in values:
        values.setdefault("reported-on", values.pop("closed-on"))


def _close(line: GridRow, values: Values, columns: ColumnMapping) -> list[Problem]:
    """Close a row that says why it was not kept; its day is that of closing.

    Returns the problem of one that is in progress: it is not told which of both is true.
    """
    state = (values.get("state") or ("",))[0]
    if state == State.IN_PROGRESS:
        at = columns.fields.get("because", len(line.cells))
        word = visible(clean_line(cell_text(line.cells[at]))) if at < len(line.cells) else values["because"]
        sentence = tr(
            'it is {state}, and yet "{word}" says why it was closed: correct one of both, in the row',
            state=tr(STATES_SAID[state]),
            word=word,
        )
        return [
            Problem(
                line.number,
                sentence,
                at if at < len(line.cells) else None,
                code="import.undone-has-reason",
                field="because",
                values={"word": word},
            )
        ]
    if state != State.CLOSED:
        values["state"] = (State.CLOSED, values["because"])
        if "reported-on" in values:
            values.setdefault("closed-on", values.pop("reported-on"))
    return []


def _beyond(line: GridRow, width: int, columns: ColumnMapping) -> list[Problem]:
    """Problems for cells beyond the last heading: an extra separator shifts cells into wrong columns."""
    used = columns.used
    return [
        Problem(
            line.number,
            tr("a cell stands behind the last heading: is it a note, or is there a separator too many before it?"),
            column,
            code="import.cell-behind",
            field="columns",
            values={"column": letters(column), "as_note": columns.with_notes(column)},
        )
        for column in range(width, len(line.cells))
        if column not in used and not is_empty(line.cells[column])
    ]


def _values_for_all(option: str, texts: Mapping[str, str], dates: DateReader) -> Values:
    """The values that were given for all rows. Raises: UsageError."""
    values = {}
    for field, text in texts.items():
        try:
            value = parser_of(field, dates)(text)
            if value == (State.CLOSED, None):
                raise InvalidCell(sentence_of_closed(text))
        except InvalidCell as error:
            raise UsageError(
                tr("{field} of all rows: {error}", field=field, error=error),
                code="import.default-no-value",
                field=field,
                values={"why": str(error), "option": option},
            ) from None
        if isinstance(value, AdjustedValue):
            value = value.value
        if value is not None:
            values[field] = value
    return values


def is_unmapped(columns: ColumnMapping, field: str) -> bool:
    """Whether a field has neither a column nor a default."""
    return field not in columns.fields and field not in columns.of_parts and field not in columns.answers.defaults


def described_field(field: str) -> str:
    """A field as it is typed, with its meaning: `by (who promised it)`, in Russian `кто (...)`."""
    return tr("{field} ({meaning})", field=field_typed(field), meaning=tr(FIELDS[field]))
