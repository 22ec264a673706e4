"""What a file of any format holds once it is read: lines of cells, each with the number that people see."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    Cell = str | int | float | date


class Broken(str):
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
    """Why a line cannot be taken: its number, the column if it is one, a sentence, and what to type in the shell.

    `rows` are all lines that it concerns.
    """

    __slots__ = ("column", "hint", "row", "rows", "why")

    def __init__(
        self, row: int, why: str, column: int | None = None, *, hint: str = "", rows: Sequence[int] = ()
    ) -> None:
        """`column` counts from 0; `hint` brings its own `: ` or `; `."""
        self.rows = list(rows) or [row]
        self.row = row
        self.why = why
        self.column = column
        self.hint = hint


class Said:
    """A sentence on how a file was understood; the option that says otherwise, `--sheet NAME`, and what it `takes`."""

    __slots__ = ("option", "sentence", "takes")

    def __init__(self, sentence: str, option: str = "", takes: str = "") -> None:
        self.sentence = sentence
        self.option = option
        self.takes = takes

    def in_shell(self) -> str:
        """The sentence with what to type."""
        return f"{self.sentence} ({self.option} {self.takes})" if self.option else self.sentence


class Grid:
    """A file that was read.

    `headings` is None where one of the lines holds them, as in a spreadsheet. `noun` is what a line is called.
    `said` tells how the file was understood, `problems` what in it could not be read. `sheet` is the one of its
    `sheets` that was read, where it has some; `may_be_guarded` whether an export of ours can have put an apostrophe
    before what a spreadsheet would run.
    """

    __slots__ = ("headings", "lines", "may_be_guarded", "name", "noun", "problems", "said", "sheet", "sheets")

    def __init__(
        self,
        name: str,
        lines: list[GridRow],
        *,
        headings: list[str] | None = None,
        noun: str = "row",
        said: Sequence[Said] = (),
        problems: Sequence[Problem] = (),
        sheet: str = "",
        sheets: Sequence[str] = (),
        may_be_guarded: bool = False,
    ) -> None:
        self.name = name
        self.lines = lines
        self.headings = headings
        self.noun = noun
        self.said = list(said)
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


def shown(cell: Cell) -> str:
    """A cell as text."""
    if isinstance(cell, str):
        return cell
    return str(cell) if isinstance(cell, int | float) else cell.isoformat()
