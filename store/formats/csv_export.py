"""Export commitments as CSV (RFC 4180, UTF-8, with a header), with formulas guarded. Its columns: `export_columns`."""

from __future__ import annotations

import csv
from io import StringIO

from store.formats.export_columns import TEXT, columns
from store.formats.formula_guard import guarded

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from store.formats.export_columns import CommitmentColumn, Value
    from store.snapshot import Row, Snapshot


def export_csv(snapshot: Snapshot, rows: Iterable[Row], *, is_internal: bool, is_raw: bool) -> bytes:
    """Export these commitments, in their order, as bytes; with `is_raw` formulas are not guarded."""
    shown = columns(is_internal=is_internal)
    if is_internal:
        snapshot.read_all_notes()
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(column.name for column in shown)
    writer.writerows(_cells(shown, snapshot, rows, is_raw=is_raw))
    return file.getvalue().encode()


def _cells(
    shown: Sequence[CommitmentColumn], snapshot: Snapshot, rows: Iterable[Row], *, is_raw: bool
) -> Iterator[list[Value]]:
    guards = [column.kind == TEXT and not is_raw for column in shown]
    for row in rows:
        values = [column.read(row, snapshot) for column in shown]
        yield [
            guarded(value) if guard and isinstance(value, str) else value
            for guard, value in zip(guards, values, strict=True)
        ]
