"""Text -> lines of cells: which delimiter separates them, and how they are quoted."""

import csv
from io import StringIO

from store.errors import NotAllowed, UsageError
from store.imports.grid import GridRow
from store.imports.headings import MOST_ABOVE, meanings
from store.text import visible

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
"""What may separate cells -> what it is called."""

_SAMPLE = 8192
"""Characters from which the delimiter is told."""

_LONGEST = 1_000_000
"""Characters of one cell, above which the file is no list."""


def delimiter_of(typed: str) -> str:
    """The delimiter that was typed, as itself or by its name. Raises: UsageError."""
    by_name = {name: mark for mark, name in DELIMITERS.items()} | {"\\t": "\t", "pipe": "|"}
    mark = by_name.get(typed.strip().lower(), typed)
    if len(mark) != 1 or mark in '"\r\n' or mark.isalnum():
        rule = f'is one character, or one of {", ".join(DELIMITERS.values())}, not "{visible(typed)}"'
        raise UsageError(f"a delimiter {rule}", code="import.delimiter-unknown", values={"rule": rule})
    return mark


def told_delimiter(text: str) -> str:
    """The delimiter of a file, told from its beginning: by its headings, else by what stands in all its lines alike.

    A comma when it has only one column.
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
    """How many columns are known by their headings, if cells are separated so."""
    lines = sample.split("\n", MOST_ABOVE)[:MOST_ABOVE]
    try:
        return max(len(set(meanings(cells)) - {None}) for cells in csv.reader(lines, delimiter=mark))
    except (csv.Error, ValueError):
        return 0


def lines_of(text: str, delimiter: str) -> list[GridRow]:
    """The rows of a file as a spreadsheet numbers them. Raises: NotAllowed with the row where its quotes break."""
    first = 1
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):
        # What Excel reads as a word to itself and does not show.
        first, delimiter = 0, text[4]
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    lines: list[GridRow] = []
    try:
        for number, cells in enumerate(reader, first):
            lines.append(GridRow(number, cells))
    except csv.Error as error:
        row = len(lines) + first
        sentence = f"row {row} cannot be read: {_why(str(error))}"
        raise NotAllowed(sentence, code="import.row-not-readable") from None
    return lines[1:] if first == 0 else lines


def _why(told: str) -> str:
    if "end of data" in told:
        return "a cell begins with a quotation mark there, and none ends it; close it in the file, or take it away"
    if "expected after" in told:
        return "more stands behind the quotation mark that ends a cell; double the quotation marks inside of a cell"
    if "field larger" in told:
        return f"a cell is longer than {_LONGEST:,} characters"
    return told
