"""Parse CSV text, and detect its delimiter."""

from __future__ import annotations

import csv
from io import StringIO

from store.errors import NotAllowed, UsageError
from store.imports.grid.grid import GridRow
from store.imports.grid.list_size_limits import LONGEST_ROW
from store.imports.grid.row_nouns import row_named
from store.imports.headings.heading_synonyms import MOST_ABOVE, meanings
from store.sanitise_text import visible
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = {",": phrase("comma"), ";": phrase("semicolon"), "\t": phrase("tab"), "|": phrase("bar")}
"""Delimiter -> its name."""

_SAMPLE = 8192
"""Characters from which the delimiter is detected."""

_PIECE = 1 << 20
"""Characters that are split into lines at once, and up to the end of the last line."""


def parse_delimiter(typed: str) -> str:
    """Parse a delimiter, given as itself or by its name. Raises: UsageError."""
    by_name = {name: mark for mark, name in DELIMITERS.items()} | {"\\t": "\t", "pipe": "|"}
    mark = by_name.get(typed.strip().lower(), typed)
    if len(mark) != 1 or mark in '"\r\n' or mark.isalnum():
        rule = tr(
            'is one sign that is no letter, digit or quote, or one of {names}, not "{typed}"',
            names=", ".join(DELIMITERS.values()),
            typed=visible(typed),
        )
        raise UsageError(tr("a delimiter {rule}", rule=rule), code="import.delimiter-unknown", values={"rule": rule})
    return mark


def detect_delimiter(text: str) -> str:
    """Detect the delimiter from the beginning of a file: by known headings, else by `csv.Sniffer`.

    A comma when there is only one column.
    """
    sample = text[:_SAMPLE]
    if len(text) > _SAMPLE:
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    sample = sample.replace("\r\n", "\n").replace("\r", "\n")
    known = {mark: _headings_known(sample, mark) if mark in sample else 0 for mark in DELIMITERS}
    best = max(known, key=known.__getitem__)
    if known[best] > 1 and list(known.values()).count(known[best]) == 1:
        return best
    try:
        return csv.Sniffer().sniff(sample, delimiters="".join(DELIMITERS)).delimiter
    except csv.Error:
        return max(DELIMITERS, key=sample.count)


def _headings_known(sample: str, mark: str) -> int:
    """The most known headings in a line, with this delimiter."""
    lines = sample.split("\n", MOST_ABOVE)[:MOST_ABOVE]
    try:
        return max(len(set(meanings(cells)) - {None}) for cells in csv.reader(lines, delimiter=mark))
    except (csv.Error, ValueError):
        return 0


def parse_csv(text: str, delimiter: str) -> Iterator[GridRow]:
    """Parse the rows one after the other, numbered as a spreadsheet does.

    Raises: NotAllowed with the row whose quotes are broken.
    """
    number = 1
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        # The line `sep=;` names the delimiter to Excel, which does not show it.
        number, delimiter = 0, text[4]
    csv.field_size_limit(LONGEST_ROW)
    try:
        for cells in csv.reader(_lines(text), delimiter=delimiter, strict=True):
            if number:
                yield GridRow(number, cells)
            number += 1
    except csv.Error as error:
        sentence = tr("{row} cannot be read: {error}", row=row_named("row", number), error=_describe(str(error)))
        raise NotAllowed(sentence, code="import.row-not-readable") from None


def _lines(text: str) -> Iterator[str]:
    """The lines of a text. A `StringIO` takes four bytes a character: so it gets one piece after the other."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE) + 1 or len(text)
        yield from StringIO(text[start:end], newline="")
        start = end


def _describe(error: str) -> str:
    if "end of data" in error:
        return tr("a cell begins with a quotation mark there, and none ends it; close it in the file, or take it away")
    if "expected after" in error:
        return tr("more stands behind the quotation mark that ends a cell; double the quotation marks inside of a cell")
    if "field larger" in error:
        return tr("a cell is longer than {longest_row:,} characters", longest_row=LONGEST_ROW)
    return error
