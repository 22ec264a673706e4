"""Map the columns of a file to fields: by their headings, and by what the user gave."""

from __future__ import annotations

from store.errors import UsageError
from store.formats.formula_guard import unguarded
from store.imports.answers.parse_answers import ORDERS, PARTS, SEVERAL
from store.imports.columns.archived_or_done_columns import FlagColumns, flag_columns
from store.imports.columns.headings_contradicted_by_cells import correct_fields
from store.imports.grid.grid import NOUN_OF_EVENTS, GridRow, Notice, cell_text, letters
from store.imports.headings.heading_synonyms import (
    DATE_FIELDS,
    DUE_OR_DONE,
    FIELDS,
    MOST_ABOVE,
    NUMBER_OR_TITLE,
    are_of_a_calendar,
    are_of_todoist,
    are_ours,
    is_stamp,
    meanings,
    normal,
)
from store.imports.headings.one_or_two_heading_rows import labels_of_a_form, split_headings
from store.imports.headings.russian_field_names import field_typed
from store.imports.parties.placeholder_parties import has_a_day
from store.imports.states.percent_done import holds_shares
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import ENGLISH, language, tr
from store.words_for_none import says_none

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from store.imports.answers.parse_answers import ImportAnswers
    from store.imports.grid.grid import Cell, Grid


_LONGEST = 40
"""The most characters of a heading that are shown."""

_MOST_NAMED = 10
"""The most columns that a sentence names."""

_MOST_LEFT_OUT = 60
"""The most columns that are named of those left out: what one needs may be among them."""


def said_field(field: str) -> str:
    """A field in messages: in English its name, in another language its meaning and how to type it."""
    if language() == ENGLISH:
        return field
    typed, meaning = field_typed(field), tr(FIELDS[field])
    if typed.replace("-", " ") == meaning:
        return tr('"{text}"', text=meaning)
    return tr("{field} ({meaning})", field=typed, meaning=meaning)


class ColumnMapping:
    """The mapping of a grid: `fields` (field -> column, from 0), `headings`, the `lines` below them, the `answers`.

    `more` are the further columns of fields that stand in several; `above` are the rows of another list above the
    headings. `flags` are the columns that say something of a whole row; `second_due` says until when where the first is
    empty. `of_parts` are the fields that the titles between the rows say; `left_out` are the columns that were answered
    to hold no field. `each_due` are the columns of dates of which each is that of a promise of its own. `unmet` are the
    fields and words that were answered and that no cell has.
    """

    __slots__ = (
        *(
            "above",
            "answers",
            "each_due",
            "fields",
            "flags",
            "grid",
            "headings",
            "left_out",
            "lines",
            "more",
            "of_parts",
        ),
        "second_due",
        "unmet",
    )

    def __init__(
        self,
        grid: Grid,
        headings: Sequence[str],
        fields: Mapping[str, int],
        lines: Sequence[GridRow],
        answers: ImportAnswers,
        more: Mapping[str, Sequence[int]] | None = None,
        above: Sequence[GridRow] = (),
        flags: FlagColumns | None = None,
        second_due: int | None = None,
        of_parts: Sequence[str] = (),
        left_out: Collection[int] = (),
        each_due: Sequence[int] = (),
    ) -> None:
        self.above = above
        self.flags = flags or FlagColumns({}, None)
        self.second_due = second_due
        self.grid = grid
        self.headings = headings
        self.fields = fields
        self.lines = lines
        self.answers = answers
        self.more = more or {}
        self.of_parts = of_parts
        self.left_out = left_out
        self.each_due = each_due
        self.unmet: Collection[tuple[str, str]] = ()

    @property
    def used(self) -> set[int]:
        """The columns that say something, and those of which was answered that they do not."""
        more = [column for columns in self.more.values() for column in columns]
        flags = [column for column in (self.second_due, self.flags.done) if column is not None]
        return {*self.fields.values(), *more, *self.flags.left_out, *flags, *self.left_out, *self.each_due}

    @property
    def of_headings(self) -> list[str]:
        """The fields of parties that were answered to be several columns, whose headings are the names over marks."""
        return [
            field
            for field in ("by", "to", "support")
            if field in self.answers.columns and field in self.more and field in self.fields
        ]

    def _says_something(self, column: int) -> bool:
        """Whether something stands in a column."""
        return any(column < len(line.cells) and line.cells[column] != "" for line in self.lines)

    def typed(self, column: int) -> str:
        """A column as an answer names it: its letter, or its heading where columns have no letters."""
        return letters(column) if self.grid.headings is None else self.headings[column].strip()

    def name(self, column: int) -> str:
        """The name of a column for people: `column D "Deadline"`, or `"due"` where columns have no letters."""
        heading = visible(self.headings[column].strip()) if column < len(self.headings) else ""
        if len(heading) > _LONGEST:
            heading = f"{heading[: _LONGEST - 3]}..."
        if self.grid.headings is not None:
            return tr('"{text}"', text=heading)
        return (
            tr('column {column} "{heading}"', column=letters(column), heading=heading)
            if heading
            else tr("column {column}", column=letters(column))
        )

    def with_notes(self, column: int) -> str:
        """The columns of notes and this one, as an answer names them."""
        notes = [self.fields["note"], *self.more.get("note", ())] if "note" in self.fields else []
        return ",".join(map(self.typed, (*notes, column)))

    def that_may_say(self, field: str) -> list[int]:
        """The columns that may say who promised it, or to whom, where none is known to: of words, and of no field.

        Who chases it may be who promised it, in a list that has no other column for that.
        """
        may_be = self.fields.get("owner") if field == "by" else None
        return self.of_words((self.used - {may_be}) | set(self.left_out))

    def of_words(self, taken: Collection[int]) -> list[int]:
        """The columns under a heading that hold words, but for those that are taken and those of days of upkeep."""
        return [
            column
            for column, heading in enumerate(self.headings)
            if heading.strip()
            and column not in taken
            and not is_stamp(heading)
            and self._says_something(column)
            and _holds_words(column, self.lines)
        ]

    def named(self, columns: Iterable[int]) -> dict[str, str]:
        """Columns as they are typed -> their names."""
        return {self.typed(column): self.name(column) for column in columns}

    def notices(self) -> list[Notice]:
        """Notices on which columns are mapped to which fields, and which are left out."""
        places = [*self.fields.items(), *((field, column) for field, more in self.more.items() for column in more)]
        places += [("due", column) for column in self.each_due[1:]]
        places += [("due", self.second_due)] if self.second_due is not None else []
        names = [(field, self.name(column)) for field, column in sorted(places, key=lambda each: each[1])]
        names += [(field, tr("the titles of the parts")) for field in self.of_parts]
        mapped = ", ".join(tr("{field} from {name}", field=said_field(field), name=name) for field, name in names)
        notices = [Notice(tr("taken: {mapped}", mapped=mapped))]
        for where, values in (
            (tr("where nothing stands"), self.answers.defaults),
            (tr("in all rows"), self.answers.given),
        ):
            given = ", ".join(
                tr('{field} "{value}"', field=said_field(field), value=visible(value))
                for field, value in values.items()
            )
            if given:
                notices.append(Notice(f"{where}: {given}"))
        if self.answers.dates is not None:
            notices.append(Notice(tr("dates of figures: {order}", order=tr(ORDERS[self.answers.dates]))))
        if words := _words_answered(self.answers, self.unmet):
            notices.append(Notice(tr("as answered: {words}", words=words)))
        used = self.used - set(self.left_out)
        left = [
            self.name(column)
            for column, each in enumerate(self.headings)
            if column not in used and ((each.strip() and self._says_something(column)) or column in self.left_out)
        ]
        if left:
            notices.append(
                Notice(
                    tr("left out: {left}", left=_listed(left, _MOST_LEFT_OUT)),
                    code="import.columns-left-out",
                    field="columns",
                )
            )
        return notices


def _words_answered(answers: ImportAnswers, unmet: Collection[tuple[str, str]]) -> str:
    """What words of the list were said to mean."""
    return _listed(
        [
            tr('{field} "{word}" is "{value}"', field=said_field(field), word=visible(word), value=visible(value))
            for field, words in answers.meanings.items()
            for word, value in words.items()
            if (field, word) not in unmet
        ]
    )


def map_columns(grid: Grid, answers: ImportAnswers) -> ColumnMapping:
    """Map the columns of a grid by what stands over them, and by what the user answered.

    Raises: UsageError for an unknown column, two columns of one field, or no column for the title.
    """
    mapped = {field: typed for field, typed in answers.columns.items() if not says_none(typed.strip())}
    headings, lines, above = split_headings(grid, mapped.values())
    _refuse_form(grid, headings)
    if grid.may_be_guarded and are_ours(headings):
        headings = list(map(unguarded, headings))
        lines = [GridRow(line.number, list(map(_unguarded, line.cells))) for line in lines]
    if are_of_a_calendar(headings):
        grid.noun = NOUN_OF_EVENTS
    columns = ColumnMapping(grid, headings, {}, lines, answers)
    of_parts = [
        name
        for name, typed in mapped.items()
        if name in OF_PARTS and typed.strip().lower() == PARTS and not _is_heading(typed, headings)
    ]
    fields = {
        name: _columns(typed, columns, may_be_several=name in SEVERAL)
        for name, typed in mapped.items()
        if name not in of_parts
    }
    left_out = [column for typed in answers.left_out for column in _columns(typed, columns, may_be_several=True)]
    each_due = [column for typed in answers.each_due for column in _columns(typed, columns, may_be_several=True)]
    if each_due:
        fields["due"] = each_due[:1]
    taken = {*left_out, *each_due, *(column for several in fields.values() for column in several)}
    typed_fields = set(fields)
    _add_meanings(fields, columns, taken, without={*answers.columns, *(("due",) if each_due else ())})
    _take_shares_out_of_states(fields, columns, typed_fields)
    _add_due_or_done(fields, columns, taken)
    names = list(map(normal, headings))
    correct_fields(fields, names, lines, typed_fields)
    flags = flag_columns(headings, lines, taken)
    if flags.done is not None:
        _put_flag_of_done(fields, flags.done, answers)
    second_due = _second_due_of_todoist(fields, names, taken, typed_fields) if are_of_todoist(names) else None
    for field in answers.given:
        fields.pop(field, None)
    more = {field: several[1:] for field, several in fields.items() if len(several) > 1}
    for field in more:
        if field != "note" and field not in typed_fields:
            raise _alike(field, fields[field], columns)
    order = {field: several[0] for field, several in fields.items()}
    found = {field: order[field] for field in FIELDS if field in order}
    if "title" not in found and "id" not in found and "title" not in answers.given:
        raise _without_title(columns, taken.union(order.values()))
    return ColumnMapping(
        grid, headings, found, lines, answers, more, above, flags, second_due, of_parts, left_out, each_due
    )


def _refuse_form(grid: Grid, headings: Sequence[str]) -> None:
    """Refuse a form, whose labels stand one below the other. Raises: UsageError."""
    if labels := labels_of_a_form(grid, headings):
        raise UsageError(
            tr(
                "it is a form, with what it asks one below the other ({labels}), and no list: write these as headings "
                "into one line, and what stands beside them into the line below, one line for each promise",
                labels=_listed([tr('"{text}"', text=visible(label)) for label in labels]),
            ),
            code="import.form",
        )


def _add_meanings(
    fields: dict[str, list[int]], columns: ColumnMapping, taken: Collection[int], *, without: Collection[str]
) -> None:
    """Add each column that is not taken to the field that its heading means, but for the fields `without`."""
    for column, field in enumerate(meanings(columns.headings)):
        if normal(columns.headings[column]) in NUMBER_OR_TITLE:
            field = "source-id" if _holds_numbers(column, columns.lines) else "title"
        if field is not None and field not in without and column not in taken:
            fields.setdefault(field, []).append(column)


def _take_shares_out_of_states(
    fields: dict[str, list[int]], columns: ColumnMapping, typed_fields: Collection[str]
) -> None:
    """Of several columns of states leave those that do not say how far a promise is, if there is one."""
    several = fields.get("state", [])
    if len(several) > 1 and "state" not in typed_fields:
        states = [each for each in several if not holds_shares(each, columns.headings[each], columns.lines)]
        fields["state"] = states or several


def _add_due_or_done(fields: dict[str, list[int]], columns: ColumnMapping, taken: Collection[int]) -> None:
    """Where another column is the due date, a column of a date of either kind is the day of what was done."""
    either = [
        column
        for column, heading in enumerate(columns.headings)
        if normal(heading) in DUE_OR_DONE and column not in taken
    ]
    if "due" in fields and either and "reported-on" not in columns.answers.columns:
        fields.setdefault("reported-on", []).extend(either)


def _put_flag_of_done(fields: dict[str, list[int]], done: int, answers: ImportAnswers) -> None:
    """Make a column that says only whether it is done the state, and no day of what was done."""
    fields["reported-on"] = [column for column in fields.get("reported-on", ()) if column != done]
    if not fields["reported-on"]:
        del fields["reported-on"]
    if "state" not in fields and "state" not in answers.columns:
        fields["state"] = [done]


def _second_due_of_todoist(
    fields: dict[str, list[int]], names: Sequence[str], taken: Collection[int], typed_fields: Collection[str]
) -> int | None:
    """The other date column of a list of Todoist, which has two and fills one of them; it leaves `fields`."""
    due = fields.get("due", [])
    if len(due) > 1:
        fields["due"] = due[:1]
        return due[1]
    if "due" not in typed_fields:
        return None
    others = [at for at, name in enumerate(names) if name in ("date", "deadline") and at != due[0]]
    return others[0] if len(others) == 1 and due[0] not in others and others[0] not in taken else None


def _alike(field: str, several: Sequence[int], columns: ColumnMapping) -> UsageError:
    """The refusal of several columns that all seem to be one field."""
    is_for_both = field in SEVERAL - DATE_FIELDS and all(_holds_words(each, columns.lines) for each in several)
    return UsageError(
        tr(
            "{both} both seem to be {field} ({meaning})",
            both=tr(" and ").join(map(columns.name, several)),
            field=field_typed(field),
            meaning=tr(FIELDS[field]),
        ),
        code="import.columns-alike",
        field="columns",
        values={
            "asks": field,
            "columns": columns.named(several),
            "mapping": _mapping_typed(field, columns.typed(several[0])),
            "of_both": _mapping_typed(field, ",".join(map(columns.typed, several))) if is_for_both else "",
        },
    )


def _without_title(columns: ColumnMapping, taken: Collection[int]) -> UsageError:
    """The refusal of a list in which no column says what was promised."""
    return UsageError(
        tr(
            "no column says what was promised (title); {columns}{grid}",
            columns=_available(columns),
            grid=_other_sheets(columns.grid),
        ),
        code="import.no-title",
        field="columns",
        values={
            "asks": "title",
            "columns": columns.named(columns.of_words(taken)),
            "has_sheets": len(columns.grid.sheets) > 1,
        },
    )


OF_PARTS = frozenset(("by", "to", "support", "visit", "kind", "due", "state"))
"""Fields that the titles of the parts of a list can say."""


def _is_heading(typed: str, headings: Sequence[str]) -> bool:
    return normal(typed) in map(normal, headings)


def _columns(typed: str, columns: ColumnMapping, *, may_be_several: bool) -> list[int]:
    """The columns that were typed: one, or several with commas between. Raises: UsageError."""
    if not may_be_several:
        return [_column(typed, columns)]
    same = [place for place, heading in enumerate(columns.headings) if heading.strip() == typed.strip()]
    if same and typed.strip():
        return same
    if "," not in typed or _is_heading(typed, columns.headings):
        return [_column(typed, columns)]
    found: list[int] = []
    for each in filter(str.strip, typed.split(",")):
        found += _columns(each, columns, may_be_several=True)
    return list(dict.fromkeys(found))


def _holds_numbers(column: int, lines: Sequence[GridRow]) -> bool:
    """Whether mostly numbers stand in a column: `7`, `2.1`, `IV`."""
    cells = [cell_text(line.cells[column]).strip() for line in lines if column < len(line.cells)]
    filled = [cell for cell in cells if cell]
    numbers = [cell for cell in filled if not cell.strip("0123456789.IVXLC-/№#) ")]
    return 2 * len(numbers) > len(filled)


def _holds_words(column: int, lines: Sequence[GridRow]) -> bool:
    """Whether each cell of a column that is not empty has a letter in it, and no day: no name is without one."""
    texts = (cell_text(line.cells[column]).strip() for line in lines if column < len(line.cells))
    return all(any(map(str.isalpha, text)) and not has_a_day(text) for text in texts if text)


def _available(columns: ColumnMapping) -> str:
    """A clause that lists the columns which have a heading."""
    named = [columns.name(column) for column, each in enumerate(columns.headings) if each.strip()]
    if len(named) < 2:
        return (
            tr("the only column with a heading is {named}", named=named[0])
            if named
            else tr("there are none with a heading")
        )
    return tr("the columns are {named}", named=_listed(named))


def _other_sheets(grid: Grid) -> str:
    if len(grid.sheets) < 2:
        return ""
    listed = _listed([tr('"{text}"', text=visible(each)) for each in grid.sheets])
    return tr('; this is the sheet "{sheet}" of {listed}', sheet=visible(grid.sheet), listed=listed)


def _listed(names: Sequence[str], most: int = _MOST_NAMED) -> str:
    """The first names of a list, and how many more there are."""
    more = tr(" and {count} more", count=len(names) - most) if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _mapping_typed(field: str, column: str) -> str:
    text = f"{field_typed(field)}={visible(column)}"
    return f'"{text}"' if " " in text else text


def _unguarded(cell: Cell) -> Cell:
    return unguarded(cell) if isinstance(cell, str) else cell


def _column(typed: str, columns: ColumnMapping) -> int:
    """The index of a column given by its heading, its letters, or its number from 1."""
    width = max([len(columns.headings), *(len(line.cells) for line in columns.lines[:MOST_ABOVE])])
    normalized = normal(typed)
    same = [column for column, heading in enumerate(columns.headings) if heading.strip() == typed.strip()]
    if normalized and not same:
        same = [column for column, heading in enumerate(columns.headings) if normal(heading) == normalized]
    if len(same) == 1:
        return same[0]
    if len(same) > 1:
        sentence = tr(
            '"{typed}" stands over {columns}: give the letter',
            typed=visible(typed),
            columns=tr(" and ").join(map(columns.name, same)),
        )
        raise UsageError(sentence, code="import.heading-twice")
    text = typed.strip()
    number = int(text) - 1 if text.isascii() and text.isdigit() and len(text) < 6 else _by_letters(text)
    if columns.grid.headings is None and number is not None and 0 <= number < width:
        return number
    near = did_you_mean(typed, [heading for heading in columns.headings if heading.strip()])
    sentence = tr(
        'there is no column "{typed}"{near}; {columns}', typed=visible(typed), near=near, columns=_available(columns)
    )
    raise UsageError(sentence, code="import.column-unknown", field="columns")


def _by_letters(text: str) -> int | None:
    if not (text.isascii() and text.isalpha() and len(text) <= 3):
        return None
    number = 0
    for letter in text.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
