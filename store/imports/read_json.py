"""Read a JSON list of objects as rows of cells, or recognise a whole store."""

from __future__ import annotations

from math import isfinite

from store.errors import NotAllowed
from store.foreign_files.refusals import too_large
from store.imports.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, GridRow, Problem
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from store.imports.grid import Cell


_LARGEST = 10**18
"""A whole number from here on is a text of digits: it is no count and no day."""


class WholeStore:
    """A file that holds a whole store, as the JSON export writes it."""

    __slots__ = ("name", "raw")

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw


def read_objects(text: str, name: str) -> Grid | WholeStore:
    """Read the objects of a document. Raises: NotAllowed for what is neither a store nor a list of objects."""
    document = _parsed(text, name)
    if isinstance(document, dict):
        if "_meta" in document:
            return WholeStore(name, text.encode("utf-8", "surrogatepass"))
        document = [document]
    if not isinstance(document, list) or not document:
        sentence = f"{visible(name)} is neither a store nor a list of objects with a key for each column"
        raise NotAllowed(sentence, code="import.json-no-list")
    if len(document) > MOST_ROWS:
        raise too_large(name, f"has more than {MOST_ROWS:,} items")
    problems = []
    numbers: list[int] = []
    rows: list[dict[str, Cell]] = []
    for number, each in enumerate(document, 1):
        if not isinstance(each, dict):
            problems.append(Problem(number, "it is no object with a key for each column"))
            continue
        numbers.append(number)
        try:
            rows.append(_flat(each))
        except RecursionError:
            raise _too_deep(name) from None
    headings = list(dict.fromkeys(key for row in rows for key in row))
    if len(headings) > MOST_COLUMNS or len(headings) * len(rows) > MOST_CELLS:
        raise too_large(name, f"has {len(headings):,} keys in {len(rows):,} items")
    # A key is also a parent where one object has an object in it and another has null.
    parents = {key.rpartition(".")[0] for key in headings}
    headings = [key for key in headings if key not in parents or any(row.get(key, "") != "" for row in rows)]
    lines = [GridRow(number, [row.get(key, "") for key in headings]) for number, row in zip(numbers, rows, strict=True)]
    return Grid(name, lines, headings=headings, noun="item", problems=problems)


def _parsed(text: str, name: str) -> object:
    import json

    def refused(value: str) -> NoReturn:
        sentence = f"{visible(name)} is no JSON: {value[:20]} is not a value of it"
        raise NotAllowed(sentence, code="import.json-no-value")

    def fraction(digits: str) -> float:
        value = float(digits)
        return value if isfinite(value) else refused(digits)

    try:
        return json.loads(text, parse_constant=refused, parse_float=fraction)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        sentence = f"{visible(name)} is no JSON: {error.msg}, at {where}"
        raise NotAllowed(sentence, code="import.json-broken") from None
    except (RecursionError, ValueError):
        raise _too_deep(name) from None


def _too_deep(name: str) -> NotAllowed:
    sentence = f"{visible(name)} is no JSON that can be read: it is nested too deeply, or a number is too long"
    return NotAllowed(sentence, code="import.json-too-deep")


def _flat(row: dict[str, Any], before: str = "") -> dict[str, Cell]:
    """Flatten an object: nested keys as `seats.wanted`, lists joined by `;`."""
    found: dict[str, Cell] = {}
    for key, value in row.items():
        if isinstance(value, dict):
            found.update(_flat(value, f"{before}{key}."))
        else:
            found[before + key] = _cell(value)
    return found


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(str(item) for item in value if not isinstance(item, dict | list))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    return str(value)
