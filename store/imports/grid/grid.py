"""The content of a file of any format: numbered rows of cells, and the notices and problems of reading it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Cell = str | int | float | date


NOUN_OF_EVENTS = "event"
"""The word for a row that is an event of a calendar."""


class UncomputedFormula(str):
    """A formula without a cached value; equal to no other cell, and begins with `#` as error values do."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


DATE_SYSTEMS = {1900: 0, 1904: 1462}
"""The year from which the numbers of a workbook count days, 1904 on old Macs -> days from 1900."""


class GridRow:
    """One row: its `number` in the spreadsheet (or its place in the list, from 1), and its cells."""

    __slots__ = ("cells", "number")

    def __init__(self, number: int, cells: Sequence[Cell]) -> None:
        self.number = number
        self.cells = cells


class Problem:
    """Why a row is bad: its number, the column if one is at fault, and a sentence.

    `rows` are the numbers of all rows concerned. `code`, `field` and `values` are those of the refusal, for the hint;
    all of them are empty where the cell itself is invalid.
    """

    __slots__ = ("code", "column", "field", "row", "rows", "values", "why")

    def __init__(
        self,
        row: int,
        why: str,
        column: int | None = None,
        *,
        code: str = "",
        field: str | None = None,
        values: Mapping[str, object] | None = None,
        rows: Sequence[int] = (),
    ) -> None:
        """`column` counts from 0."""
        self.rows = list(rows) or [row]
        self.row = row
        self.why = why
        self.column = column
        self.code = code
        self.field = field
        self.values = values or {}


class Notice:
    """A sentence on how a file was read; `field` names the option that overrides it, `code` and `values` the hint."""

    __slots__ = ("code", "field", "sentence", "values")

    def __init__(
        self,
        sentence: str,
        *,
        code: str = "",
        field: str | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        self.sentence = sentence
        self.code = code
        self.field = field
        self.values = values or {}


def notice_of_others(sentence: str) -> Notice:
    """The notice that names the sheets or lists of a file that were not read."""
    return Notice(sentence, code="import.other-sheets", field="sheet")


class Grid:
    """The rows of a file.

    `headings` is None where one of the `lines` holds them, as in a spreadsheet. `noun` is the word for a row.
    `notices` say how the file was read, `problems` what could not be read. `sheet` is the one of `sheets` that was
    read, in a workbook; `comments` are those on its cells: (number of the row, column from 0, text).
    `may_be_guarded`: whether it may be our own export with guarded formulas (`formula_guard`). `date_system` is the
    year, 1900 or 1904, from which the numbers of a workbook count days; None in other files. `set_apart` and `colours`
    are what a workbook sets apart (`store.imports.files.workbook.bold_titles_and_coloured_rows`).
    """

    __slots__ = (
        *("colours", "comments", "date_system", "headings", "lines", "may_be_guarded", "name", "notices", "noun"),
        *("problems", "set_apart", "sheet", "sheets"),
    )

    def __init__(
        self,
        name: str,
        lines: list[GridRow],
        *,
        headings: list[str] | None = None,
        noun: str = "row",
        notices: Sequence[Notice] = (),
        problems: Sequence[Problem] = (),
        sheet: str = "",
        sheets: Sequence[str] = (),
        may_be_guarded: bool = False,
        date_system: int | None = None,
    ) -> None:
        self.name = name
        self.lines = lines
        self.headings = headings
        self.noun = noun
        self.notices = list(notices)
        self.sheet = sheet
        self.sheets = sheets
        self.problems = list(problems)
        self.may_be_guarded = may_be_guarded
        self.date_system = date_system
        self.comments: list[tuple[int, int, str]] = []
        self.set_apart: Mapping[int, bool] = {}
        self.colours: Mapping[int, int] = {}


def letters(column: int) -> str:
    """The letters of a column, counted from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_text(cell: Cell) -> str:
    """Format a cell as text."""
    if isinstance(cell, str):
        return cell
    return str(cell) if isinstance(cell, int | float) else cell.isoformat()
