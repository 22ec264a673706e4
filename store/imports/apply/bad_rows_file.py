"""Write the bad rows of an import to a CSV file, to be corrected and imported again."""

from __future__ import annotations

import os
from io import StringIO

from store.errors import FollowUpError, NotAllowed
from store.formats.formula_guard import guarded
from store.imports.grid.grid import cell_text
from store.imports.grid.row_nouns import row_word
from store.sanitise_text import visible
from store.translation import phrase_in, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from store.imports.apply.apply_rows import ImportResult
    from store.imports.rows.parse_rows import ParsedRows


WHY = phrase_in("list", "why")
"""The heading of the first column: the reasons."""


def bad_rows_path(path: str) -> str:
    """The path for the bad rows of a file: `list.xlsx` -> `list-bad.csv`."""
    return f"{os.path.splitext(path)[0]}-bad.csv"


def unused_path(path: str) -> str:
    """This path, or the first of `list-bad-2.csv`, `list-bad-3.csv` ... that does not exist."""
    stem, end = os.path.splitext(path)
    count = 1
    while os.path.lexists(path):
        count += 1
        path = f"{stem}-{count}{end}"
    return path


def write_bad_rows(
    result: ImportResult, parsed: ParsedRows, path: str, write: Callable[[str, bytes], str | None]
) -> str | None:
    """Write the bad rows to a file with `write`, inside of the transaction, before it is committed.

    Returns a warning when the disk did not confirm it. Raises: NotAllowed when it cannot be written; then the
    transaction must not be committed.
    """
    try:
        trouble = write(path, bad_rows(result, parsed))
    except FollowUpError as error:
        raise NotAllowed(
            tr("{sentence}; nothing was imported", sentence=error.sentence), code="import.bad-rows-not-written"
        ) from None
    return tr("the disk did not confirm {path}: {trouble}", path=path, trouble=trouble) if trouble else None


def bad_rows(result: ImportResult, parsed: ParsedRows) -> bytes:
    """The bad rows as CSV under their own headings, preceded by the reason and the row number.

    It begins with a byte order mark, so that Excel detects UTF-8; its cells are separated as Excel expects it in the
    language of the program.
    """
    import csv

    columns = parsed.columns
    lines = {line.number: line for line in (*columns.above, *columns.lines)}
    reasons: dict[int, list[str]] = {}
    for problem in result.problems:
        where = f"{columns.name(problem.column)}: " if problem.column is not None else ""
        for row in problem.rows:
            reasons.setdefault(row, []).append(where + visible(problem.why))
    text = StringIO()
    writer = csv.writer(text, delimiter=tr_in("list", ","))
    writer.writerow(map(guarded, [tr_in("list", WHY), row_word(columns.grid.noun), *columns.headings]))
    for number, why in sorted(reasons.items()):
        cells = [cell_text(cell) for cell in lines[number].cells] if number in lines else []
        writer.writerow(map(guarded, ["; ".join(why), str(number), *cells]))
    return text.getvalue().encode("utf-8-sig")
