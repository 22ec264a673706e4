"""Read a sheet of a workbook as rows of cells: dates as dates, whole numbers as integers.

calamine gives an empty text for error values and for formulas without a value: these are read from the XML of the sheet
(ECMA-376, 18.3.1.4), as its marks are (`struck_hidden_and_commented_cells`).
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from re import compile as pattern
from zipfile import BadZipFile, ZipFile, ZipInfo

from store.errors import NotAllowed, UsageError, not_built_in
from store.foreign_files.zip_bomb_limits import text_parts
from store.imports.files.workbook.bold_titles_and_coloured_rows import rows_in_colours, texts_set_apart
from store.imports.files.workbook.displayed_values import DAY_WITHOUT_YEAR, as_shown, dates_shown_as, struck_words
from store.imports.files.workbook.normalize_workbook_xml import plain_xml
from store.imports.files.workbook.number_formats import NOTHING
from store.imports.files.workbook.struck_hidden_and_commented_cells import (
    PREFIX,
    SheetMarks,
    column_number,
    sheet_marks,
    styles_of,
)
from store.imports.grid.describe_bad_rows import rows_in_words
from store.imports.grid.grid import Grid, GridRow, Notice, Problem, UncomputedFormula, notice_of_others
from store.imports.grid.list_size_limits import CELLS_OF_ROW, MOST_CELLS
from store.imports.grid.row_nouns import row_named, rows_named
from store.imports.headings.heading_synonyms import MOST_ABOVE, meanings, names_of_tasks_or_persons
from store.nearest_word import did_you_mean
from store.sanitise_text import visible
from store.translation import phrase, plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.imports.grid.grid import Cell

_ZIP = b"PK\x03\x04"

_FAR = pattern(rb'r="[A-Z](?:[A-Z]|[0-9]{6})')
"""A cell behind column Z, or from row 100,000 on: a sheet without one has not too many."""

_MOST_KEPT = 1 << 24
"""Bytes of unpacked parts that are kept for the second look at them."""

_MOST_NAMED, _LONGEST_NAME = 10, 40
"""The most sheets that a sentence names, and characters of each; Excel allows 31."""

_PIECE = 1 << 18
"""Bytes of a sheet at least, up to the next tag, that are searched at once."""


def read_workbook(raw: bytes, name: str, sheet: str | None) -> Grid:
    """Read the named sheet, else the first one with a column for the title, else the first one with rows.

    Raises: UsageError for an unknown sheet; NotAllowed for a file that is no workbook, an empty sheet, or where the
    library is missing.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ModuleNotFoundError as error:
        raise not_built_in(tr("a workbook"), error) from None
    unpacked = _unpacked(raw, name)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(raw))
        names = [each.name for each in book.sheets_metadata]
        chosen, found = _choose_sheet(book, names, sheet, _shown(book))
        cells: list[list[Any]] = found.to_python(skip_empty_area=False)
        merged = found.merged_cell_ranges or []
    except (CalamineError, OSError, ValueError) as error:
        raise _no_workbook(name, error) from None
    if not any(any(cell != "" for cell in row) for row in cells):
        sentence = tr('{name} holds no rows in the sheet "{chosen}"', name=visible(name), chosen=visible(chosen))
        raise NotAllowed(sentence, code="import.sheet-empty")
    details = _sheet_details(raw, unpacked, names.index(chosen))
    for (row, column), text in details.broken.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = text or UncomputedFormula("# a formula without its value")
    shown_otherwise = _as_shown(cells, details)
    _fill_down(cells, merged, details.marks)
    notices = [Notice(tr('sheet "{chosen}"', chosen=visible(chosen)))]
    if len(names) > 1:
        sentence = tr(
            'sheet "{chosen}"; the other sheets are {names}',
            chosen=visible(chosen),
            names=_listed([each for each in names if each != chosen]),
        )
        notices = [notice_of_others(sentence)]
    notices += shown_otherwise
    if details.marks.is_conditional:
        sentence = tr(
            "a format on a condition can hide cells of the sheet or strike them through: they are read as if it did not"
        )
        notices.append(Notice(sentence))
    if not details.is_read:
        sentence = tr(
            "of this format only values are read, and not what is hidden, struck through, or shown as a month: "
            "saved as XLSX, it tells that"
        )
        notices.append(Notice(sentence))
    lines = [
        GridRow(number, [cell if type(cell) is str else _cell(cell) for cell in row])
        for number, row in enumerate(cells, 1)
    ]
    grid = Grid(name, lines, notices=notices, sheet=chosen, sheets=names, date_system=_date_system(raw))
    grid.set_apart = texts_set_apart(cells, merged, details.styles, details.xml)
    grid.colours = details.colours
    _apply_marks(grid, details.marks)
    if not grid.lines:
        sentence = tr(
            '{name}: all rows of the sheet "{chosen}" are hidden or struck through',
            name=visible(name),
            chosen=visible(chosen),
        )
        raise NotAllowed(sentence, code="import.sheet-all-hidden")
    return grid


def _as_shown(cells: list[list[Any]], details: _SheetDetails) -> list[Notice]:
    """Put what cells show in the place of their values: the words that are not struck through, the month of a date."""
    notices = []
    notices += _shown_by_formats(cells, details.marks)
    struck = []
    for (row, column), (kept, words) in sorted(details.words.items()):
        if row >= len(cells) or column >= len(cells[row]):
            continue
        if kept:
            cells[row][column] = kept
            struck.append(tr('{row} "{text}"', row=row_named("row", row + 1), text=visible(words)[:_LONGEST_NAME]))
        else:
            details.marks.struck.setdefault(row + 1, set()).add(column)
    if struck:
        sentence = tr("words that are struck through are left out: {words}", words=_first(struck))
        notices.append(Notice(sentence))
    less: dict[bool, list[int]] = {}
    for (row, column), kind in sorted(details.shown.items()):
        if row < len(cells) and column < len(cells[row]) and isinstance(cells[row][column], date):
            day = cells[row][column]
            cells[row][column] = as_shown(day.date() if isinstance(day, datetime) else day, kind)
            less.setdefault(kind == DAY_WITHOUT_YEAR, []).append(row + 1)
    for is_day, rows in less.items():
        named = rows_named("row", rows_in_words(rows))
        sentence = (
            tr("{rows}: a date is shown without its year, which is read as the workbook has it", rows=named)
            if is_day
            else tr("{rows}: a date is shown as its month or year, and read as that", rows=named)
        )
        notices.append(Notice(sentence))
    return notices


def _shown_by_formats(cells: list[list[Any]], marks: SheetMarks) -> list[Notice]:
    """Tell of cells whose formats show other words than they hold; put down those that show nothing."""
    others = []
    for number, formats in sorted(marks.formats.items()):
        row = cells[number - 1] if 0 < number <= len(cells) else []
        for column, form in sorted(formats.items()):
            cell = row[column] if column < len(row) else ""
            if cell == "" or (shows := form.shows(cell)) is None:
                continue
            if shows == NOTHING:
                marks.unseen.setdefault(number, set()).add(column)
            elif number not in marks.hidden and column not in marks.hidden_columns:
                value, words = (visible(text)[:_LONGEST_NAME] for text in (str(_cell(cell)), form.words(cell)))
                others.append(
                    tr('{row} "{text}", shown as "{words}"', row=row_named("row", number), text=value, words=words)
                )
    if not others:
        return []
    return [Notice(tr("the format of a cell shows other words than are read: {cells}", cells=_first(others)))]


def _apply_marks(grid: Grid, marks: SheetMarks) -> None:
    """Leave out what is hidden or struck through, and name it; put down the comments on cells."""
    _leave_out_columns(grid, marks)
    struck = set()
    for line in grid.lines:
        columns = marks.struck.get(line.number)
        if columns is None:
            continue
        filled = {column for column, cell in enumerate(line.cells) if cell != ""}
        columns &= filled
        if 2 * len(columns) > len(filled):
            struck.add(line.number)
        elif line.number not in marks.hidden:
            grid.problems += [
                Problem(line.number, tr("it is struck through: does it hold?"), at, code="import.struck-through")
                for at in sorted(columns)
            ]
    left_hidden = marks.hidden - struck
    hidden = [
        line.number for line in grid.lines if line.number in left_hidden and any(cell != "" for cell in line.cells)
    ]
    sentences = []
    if struck:
        sentences.append(
            plural(
                "row {rows} is struck through, and left out",
                "rows {rows} are struck through, and left out",
                len(struck),
                rows=rows_in_words(sorted(struck)),
            )
        )
    if hidden:
        sentences.append(
            plural(
                "row {rows} is hidden, and left out",
                "rows {rows} are hidden, and left out",
                len(hidden),
                rows=rows_in_words(hidden),
            )
        )
    grid.notices += map(Notice, sentences)
    left = struck | marks.hidden
    if left:
        grid.lines = [line for line in grid.lines if line.number not in left]
    grid.comments = [
        comment for comment in marks.comments if comment[0] not in left and comment[1] not in marks.hidden_columns
    ]


def _leave_out_columns(grid: Grid, marks: SheetMarks) -> None:
    """Leave out columns that are hidden and cells whose format shows nothing; name them, and closed groups of columns.

    A closed group has its plus sign, and an export of this program is one: it is read.
    """
    if not (marks.hidden_columns or marks.folded_columns or marks.unseen):
        return
    hidden, folded = dict[int, str](), dict[int, str]()
    unseen = 0
    for line in grid.lines:
        cells = list(line.cells)
        for column, cell in enumerate(line.cells):
            if cell == "":
                continue
            if column in marks.folded_columns:
                folded.setdefault(column, str(cell))
            if column in marks.hidden_columns:
                hidden.setdefault(column, str(cell))
                cells[column] = ""
            elif column in marks.unseen.get(line.number, ()):
                unseen += line.number not in marks.hidden
                cells[column] = ""
        line.cells = cells
    sentences = []
    if hidden:
        sentences.append(
            plural(
                "the column {columns} is hidden, and left out",
                "the columns {columns} are hidden, and left out",
                len(hidden),
                columns=_columns(hidden),
            )
        )
    if folded:
        sentences.append(
            plural(
                "the column {columns} is folded away, and read",
                "the columns {columns} are folded away, and read",
                len(folded),
                columns=_columns(folded),
            )
        )
    if unseen:
        sentences.append(
            plural(
                "{n} cell is hidden by its format or another cell, and left out",
                "{n} cells are hidden by their format or another cell, and left out",
                unseen,
            )
        )
    grid.notices += map(Notice, sentences)


def _columns(named: dict[int, str]) -> str:
    return _listed([named[column] for column in sorted(named)])


def _shown(book: Any) -> list[str]:
    """The names of the sheets that are not hidden; all, where all are."""
    from python_calamine import SheetVisibleEnum

    shown = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
    return shown or [each.name for each in book.sheets_metadata]


def _unpacked(raw: bytes, name: str) -> dict[str, bytes]:
    """Refuse what is too large unpacked, and a sheet with a cell so far off that too many empty ones are before it.

    Returns the parts of the workbook as far as they are small, so that those are not unpacked again.

    Raises: NotAllowed.
    """
    parts, room = dict[str, bytes](), _MOST_KEPT
    try:
        for path, xml in text_parts(BytesIO(raw), name):
            room -= len(xml)
            if room >= 0:
                parts[path] = xml
            if path.startswith("xl/worksheets/") and _FAR.search(xml):
                _refuse_too_many_cells(xml, name)
    except (BadZipFile, OSError, ValueError, RuntimeError, EOFError) as error:
        if raw.startswith(_ZIP):
            raise _no_workbook(name, error) from None
    return parts


def _refuse_too_many_cells(xml: bytes, name: str) -> None:
    """Refuse a sheet whose last row and column span too many cells. Raises: NotAllowed."""
    letters, digits = set[bytes](), set[bytes]()
    # Without namespaces, as nearly all programs write it, it is searched in half of the time.
    place = pattern(b"<" + (PREFIX if b":c" in xml else b"") + rb'c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
    end = 0
    while end < len(xml):
        # Cells are found many at a time, which takes half of the time, and not all at once, which takes memory.
        start, end = end, xml.find(b"<", end + _PIECE)
        end = end if end >= 0 else len(xml)
        for column, row in place.findall(xml, start, end):
            letters.add(column)
            digits.add(row)
    height, width = max(map(int, digits), default=0), max(map(column_number, letters), default=0)
    if height * (width + CELLS_OF_ROW) > MOST_CELLS:
        raise NotAllowed(
            tr(
                "{name} has a sheet that reaches to row {height} and column {width}: delete what stands "
                "far off the list, and save it again",
                name=visible(name),
                height=height,
                width=width,
            ),
            code="import.sheet-too-wide",
        )


class _Parts(ZipFile):
    """The parts of a workbook, of which some are `unpacked` already."""

    def __init__(self, raw: bytes, unpacked: dict[str, bytes]) -> None:
        super().__init__(BytesIO(raw))
        self._unpacked = unpacked

    def read(self, name: str | ZipInfo, pwd: bytes | None = None) -> bytes:
        """The bytes of a part. Raises: KeyError, and as ZipFile does."""
        found = self._unpacked.get(name) if isinstance(name, str) else None
        return super().read(name, pwd) if found is None else found


_NO_FORMAT = phrase("Cannot detect file format")
"""What the library says of a file that is no workbook at all."""


def _no_workbook(name: str, error: Exception) -> NotAllowed:
    why = tr("{name} cannot be read as a workbook: {error}", name=visible(name), error=visible(tr(str(error))))
    return NotAllowed(why, code="import.no-workbook")


def _choose_sheet(book: Any, names: list[str], sheet: str | None, shown: list[str]) -> tuple[str, Any]:
    """The name of the sheet that is read, and the sheet, which takes long to get: each is got once at most."""
    if sheet is not None:
        same = next((name for name in names if name.casefold().strip() == sheet.casefold().strip()), None)
        if same is None:
            listed = did_you_mean(sheet, names) or tr(": it has {names}", names=_listed(names))
            sentence = tr('there is no sheet "{sheet}"{listed}', sheet=visible(sheet), listed=listed)
            raise UsageError(sentence, code="import.sheet-unknown", field="sheet")
        return same, book.get_sheet_by_name(same)
    chosen, most = None, -1
    for name in shown:
        found = book.get_sheet_by_name(name)
        fields = min(_headings_in(found), _SEVERAL) if found.height else -1
        if fields > most:
            chosen, most = (name, found), fields
        if most == _SEVERAL:
            break
    return chosen or (names[0], book.get_sheet_by_name(names[0]))


_TELLING = frozenset(("due", "state", "to", "reported-on"))
"""Fields that a list of promises has, and a list of persons has not."""

_SEVERAL = 2
"""Known headings, the title among them, with which a sheet is a list: the first such one is read."""


def _listed(names: list[str]) -> str:
    """The first sheets, and how many more there are."""
    return _first([tr('"{text}"', text=visible(name)[:_LONGEST_NAME]) for name in names])


def _first(texts: list[str]) -> str:
    more = tr(" and {count} more", count=len(texts) - _MOST_NAMED) if len(texts) > _MOST_NAMED else ""
    return ", ".join(texts[:_MOST_NAMED]) + more


def _headings_in(sheet: Any) -> int:
    """The number of known headings of a sheet, if the title is among them; else 0."""
    most = 0
    for row in sheet.to_python(skip_empty_area=False, nrows=MOST_ABOVE):
        texts = [cell if isinstance(cell, str) else "" for cell in row]
        fields = set(meanings(texts))
        if "title" in fields:
            names_persons = names_of_tasks_or_persons(texts) and fields.isdisjoint(_TELLING)
            most = max(most, 1 if names_persons else len(fields - {None}))
    return most


def _fill_down(
    cells: list[list[Any]], merged: list[tuple[tuple[int, int], tuple[int, int]]], marks: SheetMarks
) -> None:
    """Copy the value of vertically merged cells into each of their rows; what a merged cell covers is not seen."""
    for (top, left), (bottom, right) in merged:
        if top >= len(cells) or left >= len(cells[top]):
            continue
        for row in range(top, min(bottom + 1, len(cells))):
            if row > top:
                cells[row][left] = cells[top][left]
            for column in range(left + 1, min(right + 1, len(cells[row]))):
                if cells[row][column] != "":
                    marks.unseen.setdefault(row + 1, set()).add(column)


def _cell(cell: Any) -> Cell:
    if type(cell) is date:
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() else cell
    if isinstance(cell, datetime):
        # The time of day is left out, and told, where the cell is read as a date.
        has_time = cell.hour or cell.minute or cell.second
        return cell.isoformat(" ", "minutes") if has_time else cell.date()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date | int | UncomputedFormula):
        return cell
    return str(cell)


def _date_system(raw: bytes) -> int:
    """The year from which the dates of a workbook count: 1904 on old Macs."""
    try:
        with ZipFile(BytesIO(raw)) as parts, parts.open("xl/workbook.xml") as part:
            xml = part.read(20_000)
    except (BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return 1900
    return 1904 if b'date1904="1"' in xml or b'date1904="true"' in xml else 1900


class _SheetDetails:
    """`broken`: (row, column), from 0 -> error value, or "" for a formula without a value; `marks`.

    `words` and `shown`: as `struck_words` and `dates_shown_as` find them, `colours` as `rows_in_colours` does; `styles`
    and `xml` are those that are read. `is_read`: whether the file tells all that.
    """

    __slots__ = ("broken", "colours", "is_read", "marks", "shown", "styles", "words", "xml")

    def __init__(self) -> None:
        self.styles = self.xml = b""
        self.colours: dict[int, int] = {}
        self.is_read = False
        self.words: dict[tuple[int, int], tuple[str, str]] = {}
        self.shown: dict[tuple[int, int], str] = {}
        self.broken: dict[tuple[int, int], str] = {}
        self.marks = SheetMarks()


def _sheet_details(raw: bytes, unpacked: dict[str, bytes], place: int) -> _SheetDetails:
    """Read the details of the sheet at this index from its XML; none of a file that is not XLSX."""
    details = _SheetDetails()
    try:
        with _Parts(raw, unpacked) as parts:
            path = _part_of(parts, place)
            xml = plain_xml(parts.read(path))
            details.marks = sheet_marks(parts, path, xml)
            details.words = struck_words(parts, xml)
            details.shown = dates_shown_as(parts, xml)
            details.styles, details.xml = styles_of(parts), xml
            details.colours = rows_in_colours(details.styles, xml)
            details.is_read = True
    except (BadZipFile, LookupError, OSError, ValueError, RuntimeError, EOFError):
        return details
    # What holds no formula is not searched for one: that takes longer than to read it.
    may_have_formulas = (b"<f" in xml or b":f" in xml) and pattern(rb"<" + PREFIX + rb"f\b").search(xml)
    if b't="e"' in xml or may_have_formulas:
        cell = pattern(rb"<" + PREFIX + rb"c\b([^>]*)(?<!/)>(.*?)</" + PREFIX + rb"c>")
        where = pattern(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
        value = pattern(rb"<" + PREFIX + rb"v\b[^>]*>([^<]+)<")
        formula = pattern(rb"<" + PREFIX + rb"f\b")
        for each in cell.finditer(xml):
            attributes, inside = each.groups()
            found = where.search(attributes)
            kept = value.search(inside)
            if found is None:
                continue
            row_and_column = int(found[2]) - 1, column_number(found[1]) - 1
            if b't="e"' in attributes:
                details.broken[row_and_column] = kept[1].decode("utf-8", "replace") if kept else "#VALUE!"
            elif kept is None and b't="' not in attributes and formula.search(inside):
                details.broken[row_and_column] = ""
    return details


def _part_of(parts: ZipFile, place: int) -> str:
    """The path in the ZIP file of the sheet at this index. Raises: LookupError."""
    sheets = pattern(rb"<" + PREFIX + rb'sheet\b[^>]*?\b\w+:id="([^"]*)"').findall(
        plain_xml(parts.read("xl/workbook.xml"))
    )
    key = sheets[place]
    relations = plain_xml(parts.read("xl/_rels/workbook.xml.rels"))
    for tag in pattern(rb"<" + PREFIX + rb"Relationship\b[^>]*>").findall(relations):
        target = pattern(rb'\bTarget="([^"]*)"').search(tag)
        if target is not None and b'Id="' + key + b'"' in tag:
            path = target[1].decode()
            return path[1:] if path.startswith("/") else f"xl/{path}"
    raise LookupError(place)
