"""Export commitments as an Excel workbook: a sheet of all and one for each visit, real dates, no formulas."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

from store.formats.export_columns import DAY, columns
from store.formats.formula_guard import would_run
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from store.formats.export_columns import CommitmentColumn, Value
    from store.snapshot import Row, Snapshot

ALL = "All"
MOST_OF_NAME = 31
"""The most characters (UTF-16 units) of the name of a sheet."""
MOST_OF_CELL = 32_767
"""The most characters of a cell; a longer text ends in an ellipsis."""
FIRST_YEAR = 1900
"""The first year of dates in Excel: an earlier date is written as text."""

_A4 = 9
_SCALE = 60
_NO_GRIDLINES_HIDDEN = 0
"""Gridlines are printed too; xlsxwriter hides them by default."""
_KEPT_COLUMNS = 2
"""Columns that are frozen, and repeated on every page: number and title."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))
_RESERVED = {"history", ""}
"""Names that Excel reserves."""


def export_xlsx(
    snapshot: Snapshot,
    rows: Iterable[Row],
    *,
    visits: Iterable[str],
    is_internal: bool,
    marks: Sequence[str] = (),
) -> bytes:
    """The workbook of these commitments, in their order; the same bytes on the same day.

    `visits` are the slugs of those that get a sheet: all that the rows are of (`visits_of`).
    """
    if is_internal:
        snapshot.read_all_notes()
    file = BytesIO()
    book = _Book(file, columns(is_internal=is_internal), list(visits), snapshot, marks)
    for row in rows:
        book.put(row)
    book.close()
    return file.getvalue()


def visits_of(snapshot: Snapshot, rows: Iterable[Row]) -> list[str]:
    """The slugs of the visits of these commitments, the newest visit first."""
    slugs = {row.commitment["visit"] for row in rows}
    return [visit["slug"] for visit in snapshot.visits_newest_first if visit["slug"] in slugs]


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Make valid names of sheets: short enough, of allowed characters, unique whatever their case."""
    names: list[str] = []
    used = set(_RESERVED)
    for text in titles:
        name = _cut(visible(text).translate(_NOT_IN_NAMES).strip("' "), MOST_OF_NAME).strip("' ")
        stem, count = name or "visit", 1
        name = stem
        while name.casefold() in used:
            count += 1
            end = f" ({count})"
            name = _cut(stem, MOST_OF_NAME - len(end)) + end
        used.add(name.casefold())
        names.append(name)
    return names


def _cut(text: str, most: int) -> str:
    """Cut a text to as many UTF-16 units, not inside of a character."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")


class _Book:
    """Writes a workbook row by row."""

    def __init__(
        self,
        file: BytesIO,
        shown: Sequence[CommitmentColumn],
        visits: Sequence[str],
        snapshot: Snapshot,
        marks: Sequence[str],
    ) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(file, _OPTIONS)
        self._columns = shown
        self._snapshot = snapshot
        self._marks = ", ".join(map(visible, marks))
        year, month, day = map(int, snapshot.today.split("-"))
        self._book.set_properties(
            {"title": "Commitments", "comments": self._marks, "created": datetime(year, month, day)}
        )
        usual = {"valign": "top", "text_wrap": True}
        self._head = self._format({**usual, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
        self._text = self._format(usual)
        self._number = self._format({**usual, "align": "center"})
        # The quote prefix keeps it a text when the cell is edited.
        self._guarded = self._format({**usual, "quote_prefix": True})
        self._day = self._format({**usual, "num_format": "yyyy-mm-dd", "align": "left"})
        self._lengths: dict[str, int] = {}
        names = sheet_names([ALL, *visits])
        self._all = self._sheet(names[0])
        self._sheets = {visit: self._sheet(name) for visit, name in zip(visits, names[1:], strict=True)}

    def _format(self, properties: dict[str, object]) -> Format:
        return self._book.add_format(properties)

    def put(self, row: Row) -> None:
        """Write a commitment to the sheet of all and to that of its visit."""
        values = [column.read(row, self._snapshot) for column in self._columns]
        for sheet in (self._all, self._sheets[row.commitment["visit"]]):
            self._lengths[sheet.name] += 1
            for place, (column, value) in enumerate(zip(self._columns, values, strict=True)):
                self._put(sheet, self._lengths[sheet.name], place, column, value)

    def _put(self, sheet: Worksheet, line: int, place: int, column: CommitmentColumn, value: Value) -> None:
        if value is None or value == "":
            return  # An empty cell with a format takes as much memory as one of text, and most cells are empty.
        if isinstance(value, int):
            sheet.write_number(line, place, value, self._number)
        elif column.kind == DAY and int(value[:4]) >= FIRST_YEAR:
            sheet.write_datetime(line, place, date.fromisoformat(value), self._day)
        else:
            text = value if len(value) <= MOST_OF_CELL else value[: MOST_OF_CELL - 1] + "…"
            sheet.write_string(line, place, text, self._guarded if would_run(text) else self._text)

    def _sheet(self, name: str) -> Worksheet:
        """Add a sheet with its header, laid out for printing."""
        sheet = self._book.add_worksheet(name)
        self._lengths[name] = 0
        for place, column in enumerate(self._columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, self._head)
        sheet.freeze_panes(1, _KEPT_COLUMNS)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.set_print_scale(_SCALE)
        sheet.print_across()
        sheet.hide_gridlines(_NO_GRIDLINES_HIDDEN)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, _KEPT_COLUMNS - 1)
        mark = self._marks.replace("&", "&&")
        sheet.set_header(f"&L&A&C{mark}&R{self._snapshot.today}")
        sheet.set_footer(f"&L&C&P / &N&Rrevision {self._snapshot.revision}")
        return sheet

    def close(self) -> None:
        """Finish the sheets and the file."""
        for sheet in (self._all, *self._sheets.values()):
            sheet.autofilter(0, 0, self._lengths[sheet.name], len(self._columns) - 1)
        self._book.close()
