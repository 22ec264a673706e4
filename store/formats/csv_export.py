"""Export commitments as CSV (RFC 4180, UTF-8, with a header), with formulas guarded. Its columns: `export_columns`."""

from __future__ import annotations

import csv
from io import StringIO

from store.formats.export_columns import TEXT, columns, printable
from store.formats.formula_guard import guarded
from store.rules.days import is_day

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

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
    are_texts = [column.kind == TEXT for column in shown]
    guard = _as_it_is if is_raw else guarded
    for row in rows:
        values = [column.read(row, snapshot) for column in shown]
        yield [
            value if not isinstance(value, str) else guard(value) if is_text else _of_a_day(value, guard)
            for is_text, value in zip(are_texts, values, strict=True)
        ]


def _of_a_day(value: str, guard: Callable[[str], str]) -> str:
    """A day, or what another program put in the place of one, or of a number."""
    return value if is_day(value) else guard(printable(value))


def _as_it_is(text: str) -> str:
    return text
