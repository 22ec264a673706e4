"""What a file of any format holds once it is read: lines of cells, each with the number that people see."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    Cell = str | int | float | date


class UncomputedFormula(str):
    """A cell with a formula whose value nobody worked out; it is like no other, and begins with `#` as errors do."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__


class GridRow:
    """One line: its `number` in the spreadsheet (or its place in the list), and its cells."""

    __slots__ = ("cells", "number")

    def __init__(self, number: int, cells: Sequence[Cell]) -> None:
        self.number = number
        self.cells = cells


class Problem:
    """Why a line cannot be taken: its number, the column if it is one, and a sentence.

    `rows` are all lines that it concerns. `code`, `field` and `values` are those of the refusal, for what a face says
    beside the sentence; all of them are empty where the cell itself is no value.
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
    """A sentence on how a file was understood; `field` names what the person can say otherwise, under this `code`."""

    __slots__ = ("code", "field", "sentence")

    def __init__(self, sentence: str, *, code: str = "", field: str | None = None) -> None:
        self.sentence = sentence
        self.code = code
        self.field = field


class Grid:
    """A file that was read.

    `headings` is None where one of the lines holds them, as in a spreadsheet. `noun` is what a line is called.
    `notices` say how the file was understood, `problems` what in it could not be read. `sheet` is the one of its
    `sheets` that was read, where it has some; `may_be_guarded` whether an export of ours can have put an apostrophe
    before what a spreadsheet would run.
    """

    __slots__ = ("headings", "lines", "may_be_guarded", "name", "notices", "noun", "problems", "sheet", "sheets")

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


def letters(column: int) -> str:
    """The letters over a column of a spreadsheet, counted from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_text(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    return str(cell) if isinstance(cell, int | float) else cell.isoformat()
