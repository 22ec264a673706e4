"""Export commitments as an Excel workbook for people: words, real dates, no formulas, and pages that print.

A sheet of all, one for each visit, and one of the totals.
"""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO
from textwrap import wrap

from store.errors import UsageError
from store.formats.export_columns import DAY, printable
from store.formats.formula_guard import would_run
from store.formats.xlsx_columns import AGREED_DAY, xlsx_columns
from store.model.vocabulary_and_signs import STATES, State
from store.reports.commitment_text import CommitmentText
from store.reports.language_of_papers import load_words
from store.rules.due_dates_and_extensions import is_late, is_wish
from store.rules.progress import totals
from store.sanitise_text import visible
from store.translation import ENGLISH, phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from store.formats.export_columns import Value
    from store.formats.xlsx_columns import XlsxColumn
    from store.model.record_types import Commitment
    from store.reports.language_of_papers import Words
    from store.snapshot import Row, Snapshot

ALL = phrase("All")
TOTALS = phrase("Totals")
"""The names of the first and the last sheet."""
MOST_OF_NAME = 31
"""The most characters (UTF-16 units) of the name of a sheet."""
MOST_OF_CELL = 32_767
"""The most characters of a cell; a longer text ends in an ellipsis."""
FIRST_YEAR = 1900
"""The first year of dates in Excel: an earlier date is written as text."""

_A4 = 9
_NO_GRIDLINES_HIDDEN = 0
"""Gridlines are printed too; xlsxwriter hides them by default."""
_LATE = "#A4001D"
_LATE_TOTAL = 6
"""The column of what is late, on the sheet of the totals."""
_KEPT_COLUMNS = 2
"""Columns that are frozen, and repeated on every page: number and title."""
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MARKS_HERE = "&C"
"""A header that xlsxwriter takes whatever the marks are; theirs is put in its place."""
_MOST_OF_HEADER = 255
"""The most characters (UTF-16 units) of the head of a page."""
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
    language: str = ENGLISH,
) -> bytes:
    """The workbook of these commitments, in their order; the same bytes on the same day.

    `visits` are the slugs of those that get a sheet: all that the rows are of (`visits_of`).

    Raises: UsageError for a language.
    """
    file = BytesIO()
    texts = CommitmentText(snapshot, load_words(language), is_internal=is_internal)
    book = _Book(file, texts, list(visits), snapshot, marks)
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


def _label(snapshot: Snapshot, slug: str) -> str:
    """What the sheet of a visit is called: its place and year, else its slug."""
    visit = snapshot.visits[slug]
    return f"{visit['place']} {visit['start'][:4]}" if visit.get("place") else slug


def _of_header(text: str) -> str:
    """A text as it stands in the head of a page: no sign of it is a code, no digit the size of the letters."""
    escaped = text.replace("&", "&&")
    return f" {escaped}" if escaped[:1].isdigit() else escaped


def _day_format(words: Words, iso: str, precision: str | None, usual: str) -> str:
    """The number format of a date: it is shown as it was agreed, `"Q3 "yyyy`, and every program reads a date."""
    text = words.agreed_date(iso, precision)
    if text == words.day(iso):
        return usual
    before, year, behind = text.replace('"', "").rpartition(iso[:4])
    return "".join([f'"{before}"' if before else "", "yyyy" if year else "", f'"{behind}"' if behind else ""])


_LINE_HEIGHT, _AROUND_LINES = 12.75, 3.0
"""Points. A program that opens the file would count the lines of the folded columns too, and cut the last one.

One line is a little higher than the usual row: xlsxwriter leaves that one to the program.
"""
_LETTERS = 1.1
"""Letters that have room in a unit of width, in a wide font; the unit is a digit of a larger font."""
_HIGHEST = 409
"""The most that Excel allows."""
_LABEL = 52
"""The width of the column of labels, on the sheet of the totals."""


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row in which these texts have room, each in a column of this width."""
    lines = max((_lines(text, width) for text, width in cells), default=1)
    return min(lines * _LINE_HEIGHT + _AROUND_LINES, _HIGHEST)


def _lines(text: str, width: int) -> int:
    room = round(width * _LETTERS)
    if len(text) <= room and "\n" not in text:
        return 1
    return sum(len(wrap(line, room)) or 1 for line in text.split("\n"))


class _Book:
    """Writes a workbook row by row."""

    def __init__(
        self, file: BytesIO, texts: CommitmentText, visits: Sequence[str], snapshot: Snapshot, marks: Sequence[str]
    ) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(file, _OPTIONS)
        self._texts = texts
        self._words = texts.words
        self._printed, rest = xlsx_columns(texts, snapshot, is_internal=texts.is_internal)
        self._columns = [*self._printed, *rest]
        self._snapshot = snapshot
        self._marks = ", ".join(map(visible, marks))
        tr = self._words.tr
        year, month, day = map(int, snapshot.today.split("-"))
        self._book.set_properties(
            {"title": tr("Commitments"), "comments": self._marks, "created": datetime(year, month, day)}
        )
        # A date that is wider than its column is shown as a row of signs.
        self._widths = [column.width for column in self._columns]
        self._usual_day = "yyyy-mm-dd" if self._words.language == ENGLISH else "dd.mm.yyyy"
        self._formats: dict[tuple[str, bool, str], Format] = {}
        self._head = self._book.add_format(
            {**_USUAL, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "border": 1, "border_color": _LINE}
        )
        names = sheet_names([tr(ALL), *[_label(snapshot, visit) for visit in visits], tr(TOTALS)])
        self._lines: dict[str, int] = {}
        self._followed: dict[str, list[Commitment]] = {}
        self._late: dict[str, int] = {}
        self._all = self._sheet(names[0])
        self._sheets = {visit: self._sheet(name) for visit, name in zip(visits, names[1:-1], strict=True)}
        self._totals = self._book.add_worksheet(names[-1])

    def _format(self, kind: str, *, is_late: bool = False, number: str = "") -> Format:
        """A format, made once. `kind`: text, guarded, number, day, strong."""
        key = (kind, is_late, number)
        if key not in self._formats:
            properties: dict[str, object] = {**_USUAL, **_OF_KIND[kind]}
            if number:
                properties["num_format"] = number
            if is_late:
                properties |= {"bold": True, "font_color": _LATE}
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]

    def put(self, row: Row) -> None:
        """Write a commitment to the sheet of all and to that of its visit."""
        values = [column.read(row) for column in self._columns]
        late = is_late(row.commitment, row.band) and not row.is_aside
        printed = zip(self._printed, values, strict=False)
        height = _height([(value, column.width) for column, value in printed if isinstance(value, str)])
        for sheet in (self._all, self._sheets[row.commitment["visit"]]):
            self._lines[sheet.name] += 1
            self._late[sheet.name] += late
            if not row.is_aside:
                self._followed[sheet.name].append(row.commitment)
            line = self._lines[sheet.name]
            sheet.set_row(line, height)
            for place, (column, value) in enumerate(zip(self._columns, values, strict=True)):
                self._put(sheet, line, place, column, value, row.commitment, is_late=late and column.is_late_shown)

    def _put(
        self,
        sheet: Worksheet,
        line: int,
        place: int,
        column: XlsxColumn,
        value: Value,
        commitment: Commitment,
        *,
        is_late: bool,
    ) -> None:
        if value is None or value == "":
            return  # An empty cell with a format takes as much memory as one of text, and most cells are empty.
        if isinstance(value, int):
            sheet.write_number(line, place, value, self._format("number", is_late=is_late))
        elif column.kind in (DAY, AGREED_DAY) and int(value[:4]) >= FIRST_YEAR:
            shown = self._usual_day
            if column.kind == AGREED_DAY:
                precision = self._precision(commitment, column.name, value)
                if precision:
                    shown = _day_format(self._words, value, precision, shown)
                    length = len(self._words.agreed_date(value, precision))
                    self._widths[place] = max(self._widths[place], length + 2)
                if column.name == "due" and is_wish(commitment):
                    word = self._words.tr(STATES[State.PROPOSED].text)
                    shown = f'"{word} "{shown}'
                    self._widths[place] = max(self._widths[place], column.width + len(word))
            sheet.write_datetime(
                line, place, date.fromisoformat(value), self._format("day", is_late=is_late, number=shown)
            )
        else:
            text = printable(value)
            text = text if len(text) <= MOST_OF_CELL else text[: MOST_OF_CELL - 1] + "…"
            sheet.write_string(
                line, place, text, self._format("guarded" if would_run(text) else "text", is_late=is_late)
            )

    def _precision(self, commitment: Commitment, name: str, iso: str) -> str | None:
        if name == "due" or iso == commitment.get("due"):
            return commitment.get("due_precision")
        return self._snapshot.former_precision(commitment["id"], iso)

    def _sheet(self, name: str) -> Worksheet:
        """Add a sheet with its header."""
        sheet = self._book.add_worksheet(name)
        self._lines[name] = 0
        self._followed[name] = []
        self._late[name] = 0
        for place, column in enumerate(self._columns):
            sheet.write_string(0, place, column.heading, self._head)
        sheet.set_row(0, _height([(column.heading, column.width) for column in self._printed]))
        sheet.freeze_panes(1, _KEPT_COLUMNS)
        return sheet

    def _set_widths(self, sheet: Worksheet) -> None:
        """Set the columns: those that are printed, and the rest in a group that is closed."""
        count = len(self._printed)
        for place, width in enumerate(self._widths):
            sheet.set_column(place, place, width, None, {"level": 1, "hidden": True} if place >= count else {})
        sheet.set_column(len(self._widths), len(self._widths), None, None, {"collapsed": True})

    def _set_up_page(self, sheet: Worksheet, counted: str) -> None:
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(_NO_GRIDLINES_HIDDEN)
        sheet.repeat_rows(0)
        sheet.set_header(_MARKS_HERE)
        # xlsxwriter takes `&G` in a text for the place of a picture, also behind `&&`, and then leaves the header out.
        sheet.header = f"&L&A&C{_of_header(self._marks)}&R{self._words.day(self._snapshot.today)}"
        if len(sheet.header.encode("utf-16-le")) > 2 * _MOST_OF_HEADER:
            sentence = tr(
                "the marks are too long for the head of a page of a workbook: {most} characters at most",
                most=_MOST_OF_HEADER,
            )
            raise UsageError(sentence, code="export.marks-too-long", field="mark")
        revision = self._words.tr("revision {n}", n=self._snapshot.revision)
        sheet.set_footer(f"&L{counted}&C&P / &N&R{revision}")

    def _put_totals(self) -> None:
        """Write how the commitments of each visit stand, and of all."""
        tr, sheet = self._words.tr, self._totals
        headings = [
            *(tr("Visit"), tr("In all"), tr("Kept"), tr("Of these late"), tr("Reported"), tr("Under way")),
            tr("Overdue"),
            *(tr("Proposed"), tr("Withdrawn"), tr("Not met")),
        ]
        aside = {name: lines - len(self._followed[name]) for name, lines in self._lines.items()}
        if aside[self._all.name]:
            headings.append(tr("Set aside"))
        for place, heading in enumerate(headings):
            sheet.set_column(place, place, 13 if place else _LABEL)
            sheet.write_string(0, place, heading, self._head)
        groups = [(self._texts.visit(self._snapshot.visits[slug]), each) for slug, each in self._sheets.items()]
        for line, (label, each) in enumerate([*groups, (tr("In all"), self._all)], 1):
            its = totals(self._followed[each.name], self._snapshot.today)
            last = each is self._all
            text = visible(label)
            sheet.set_row(line, _height([(text, _LABEL)]))
            kind = "strong" if last else "guarded" if would_run(text) else "text"
            sheet.write_string(line, 0, text, self._format(kind))
            counts = [
                its.kept,
                its.kept_late,
                its.reported,
                its.in_work,
                its.late,
                its.proposed,
                its.withdrawn,
                its.not_met,
            ]
            counts = [self._lines[each.name], *counts, aside[each.name]]
            for place, count in enumerate(counts[: len(headings) - 1], 1):
                is_late = bool(count) and place == _LATE_TOTAL
                sheet.write_number(line, place, count, self._format("total" if last else "number", is_late=is_late))
        sheet.freeze_panes(1, 1)
        self._set_up_page(sheet, "")

    def close(self) -> None:
        """Finish the sheets and the file."""
        tr = self._words.tr
        for sheet in (self._all, *self._sheets.values()):
            count = self._lines[sheet.name]
            sheet.autofilter(0, 0, count, len(self._columns) - 1)
            self._set_widths(sheet)
            self._set_up_page(sheet, tr("Commitments: {n}; overdue: {late}", n=count, late=self._late[sheet.name]))
        self._put_totals()
        self._book.close()


_LINE = "#9AA5B1"
_USUAL = {"valign": "top", "text_wrap": True, "font_size": 10}
_OF_KIND: dict[str, dict[str, object]] = {
    "text": {},
    # The quote prefix keeps it a text when the cell is edited.
    "guarded": {"quote_prefix": True},
    "number": {"align": "center"},
    "day": {"align": "left"},
    "strong": {"bold": True, "top": 1},
    "total": {"bold": True, "top": 1, "align": "center"},
}
"""What a cell holds -> its look."""
