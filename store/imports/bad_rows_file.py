"""The rows that were not taken, as a file to be mended and imported again."""

from __future__ import annotations

import csv
import os
from io import StringIO

from store.errors import FollowUpError, NotAllowed
from store.formats.formula_guard import guarded
from store.imports.grid import cell_text
from store.imports.headings import WHY
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.apply import ImportResult
    from store.imports.rows import ParsedRows


def bad_rows_path(path: str) -> str:
    """The file for the bad rows of another one: `list.xlsx` -> `list-bad.csv`."""
    return f"{os.path.splitext(path)[0]}-bad.csv"


def unused_path(path: str) -> str:
    """This path, or the first of `list-bad-2.csv`, `list-bad-3.csv` ... that is free."""
    stem, end = os.path.splitext(path)
    count = 1
    while os.path.lexists(path):
        count += 1
        path = f"{stem}-{count}{end}"
    return path


def write_bad_rows(
    taken: ImportResult, understood: ParsedRows, path: str, write: Callable[[str, bytes], str | None]
) -> str | None:
    """Write the bad rows to a file with `write`, inside of the transaction: before anything is saved.

    Returns a sentence when the disk did not confirm it. Raises: NotAllowed when it cannot be written; then the
    transaction must not be saved.
    """
    try:
        trouble = write(path, bad_rows(taken, understood))
    except FollowUpError as error:
        raise NotAllowed(f"{error.sentence}; nothing was imported", code="import.bad-rows-not-written") from None
    return f"the disk did not confirm {path}: {trouble}" if trouble else None


def bad_rows(taken: ImportResult, understood: ParsedRows) -> bytes:
    """The lines of the problems as a CSV file under their headings, with the row and the reason before them.

    It begins with the mark that tells Excel the encoding.
    """
    columns = understood.columns
    lines = {line.number: line for line in columns.lines}
    reasons: dict[int, list[str]] = {}
    for problem in taken.problems:
        where = f"{columns.name(problem.column)}: " if problem.column is not None else ""
        for row in problem.rows:
            reasons.setdefault(row, []).append(where + visible(problem.why))
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(map(guarded, [WHY, columns.grid.noun, *columns.headings]))
    for number, why in sorted(reasons.items()):
        cells = [cell_text(cell) for cell in lines[number].cells] if number in lines else []
        writer.writerow(map(guarded, ["; ".join(why), str(number), *cells]))
    return text.getvalue().encode("utf-8-sig")
