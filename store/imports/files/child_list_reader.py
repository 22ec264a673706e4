"""Read the bytes of a file of any format, encoding and dialect into a grid of cells.

It runs in the limited child process, which `read_list_in_child` starts.
"""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.foreign_files.limits import MOST_INPUT
from store.formats.formula_guard import GUARD
from store.imports.files.detect_list_format import detect_format
from store.imports.files.grid_messages import messages_of
from store.imports.files.mojibake import broken_letters
from store.imports.files.read_json import WholeStore
from store.imports.files.reading_options import ReadOptions
from store.imports.files.refuse_no_list import refuse_no_list
from store.imports.grid.grid import Grid, Notice
from store.sanitise_text import visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from store.imports.files.mojibake import BrokenLetters
    from store.imports.grid.grid import GridRow


def read_list(raw: bytes, name: str, options: Mapping[str, str | None]) -> Iterator[object]:
    """Read the bytes of a file called `name`: the messages of a grid. Raises: as `read`."""
    how = ReadOptions(*(options[field] for field in ReadOptions.FIELDS))
    return messages_of(*_read(raw, name, how, options["timezone"]), name)


def read(raw: bytes, name: str, options: ReadOptions, timezone: str | None) -> Grid | WholeStore:
    """Read the bytes of a file called `name`; an instant in it becomes its day in `timezone` (None: the machine's).

    Raises: UsageError, NotAllowed with what is wrong, and where.
    """
    found, rows = _read(raw, name, options, timezone)
    if isinstance(found, Grid):
        found.lines = list(rows)
    return found


def _read(
    raw: bytes, name: str, options: ReadOptions, timezone: str | None
) -> tuple[Grid | WholeStore, Iterable[GridRow]]:
    """The grid, and its rows, which may be read only as they are asked for. Raises: as `read`, then too."""
    if len(raw) > MOST_INPUT:
        sentence = tr(
            "{name} is larger than a list of promises can be ({most_input} MiB)",
            name=visible(name),
            most_input=MOST_INPUT >> 20,
        )
        raise NotAllowed(sentence, code="import.file-too-large")
    if not raw:
        raise _empty(name)
    refuse_no_list(raw, name)
    kind = options.format or detect_format(raw, name)
    _refuse_inapplicable(options, kind)
    if kind == "xlsx":
        from store.imports.files.workbook.read_xlsx import read_workbook

        grid = read_workbook(raw, name, options.sheet)
        _mend_cells(grid)
        return grid, grid.lines
    from store.imports.files.encoding import decode

    text, encoding = decode(raw, name, options.encoding)
    if not text.strip():
        raise _empty(name)
    notices = []
    if not text.isascii() and (broken := broken_letters([text])) is not None:
        text = broken.mend(text)
        notices.append(_notice_of_letters(broken))
    found, rows = _of_text(text, name, options, timezone, kind, encoding)
    if isinstance(found, Grid):
        found.notices = [*found.notices, *notices]
    return found, rows


def _of_text(
    text: str, name: str, options: ReadOptions, timezone: str | None, kind: str, encoding: str
) -> tuple[Grid | WholeStore, Iterable[GridRow]]:
    """The grid of a text, and its rows. Raises: as `read`."""
    if kind == "json":
        from store.imports.files.read_json import read_objects

        found = read_objects(text, name, options.sheet)
        return found, found.lines if isinstance(found, Grid) else ()
    if kind == "ics":
        from store.imports.files.read_ics import read_calendar

        grid = read_calendar(text, name, timezone, are_events_read=options.events is not None)
        return grid, grid.lines
    return _read_csv(text, name, encoding, options.delimiter)


def _mend_cells(grid: Grid) -> None:
    """Mend the letters in the cells of a workbook that another program broke."""
    strange = [cell for line in grid.lines for cell in line.cells if isinstance(cell, str) and not cell.isascii()]
    broken = broken_letters(strange) if strange else None
    if broken is not None:
        for line in grid.lines:
            line.cells = [broken.mend(cell) if type(cell) is str else cell for cell in line.cells]
        grid.notices = [*grid.notices, _notice_of_letters(broken)]


def _notice_of_letters(broken: BrokenLetters) -> Notice:
    return Notice(
        tr(
            'another program broke the letters of it: "{broken}" is read as "{whole}"',
            broken=visible(broken.broken)[:40],
            whole=visible(broken.whole)[:40],
        )
    )


def _empty(name: str) -> NotAllowed:
    return NotAllowed(tr("{name} is empty", name=visible(name)), code="import.file-empty")


def _read_csv(text: str, name: str, encoding: str, typed: str | None) -> tuple[Grid, Iterator[GridRow]]:
    from store.imports.files.read_csv import DELIMITERS, detect_delimiter, parse_delimiter

    delimiter = parse_delimiter(typed) if typed is not None else detect_delimiter(text)
    called = tr(DELIMITERS[delimiter]) if delimiter in DELIMITERS else f'"{visible(delimiter)}"'
    dialect = tr("encoding {encoding}, cells separated by {called}", encoding=encoding, called=called)
    return Grid(name, [], notices=[Notice(dialect)], may_be_guarded=GUARD in text), _rows(text, delimiter, dialect)


def _rows(text: str, delimiter: str, dialect: str) -> Iterator[GridRow]:
    """The rows of a CSV text. Raises: NotAllowed, which names the dialect."""
    from store.imports.files.read_csv import parse_csv

    try:
        yield from parse_csv(text, delimiter)
    except NotAllowed as error:
        raise NotAllowed(f"{error.sentence} ({dialect})", code=error.code) from None


def _refuse_inapplicable(options: ReadOptions, kind: str) -> None:
    """Refuse an option of another format, which would have no effect. Raises: UsageError."""
    for field, value, formats in (
        ("sheet", options.sheet, ("xlsx", "json")),
        ("delimiter", options.delimiter, ("csv",)),
        ("encoding", options.encoding, ("csv", "json", "ics")),
    ):
        if value is not None and kind not in formats:
            rule = tr("goes with {formats}, and this file is {kind}", formats=tr(" and ").join(formats), kind=kind)
            raise UsageError(f"{field} {rule}", code="import.of-another-format", field=field, values={"rule": rule})
