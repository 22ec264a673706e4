"""A JSON document -> lines of cells, one an object; or the word that it is a whole store."""

from __future__ import annotations

from math import isfinite

from store.errors import NotAllowed
from store.imports.grid import Grid, GridRow, Problem
from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from store.imports.grid import Cell


class WholeStore:
    """A file that is a store, as `followup export --format json` writes it."""

    __slots__ = ("name", "raw")

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw


def read_objects(text: str, name: str) -> Grid | WholeStore:
    """The objects of a document. Raises: NotAllowed for what is neither a store nor a list of objects."""
    document = _parsed(text, name)
    if isinstance(document, dict):
        if "_meta" in document:
            return WholeStore(name, text.encode("utf-8", "surrogatepass"))
        document = [document]
    if not isinstance(document, list) or not document:
        sentence = f"{visible(name)} is neither a store nor a list of objects with a key for each column"
        raise NotAllowed(sentence, code="import.json-no-list")
    problems = []
    numbers: list[int] = []
    rows: list[dict[str, Cell]] = []
    for number, each in enumerate(document, 1):
        if not isinstance(each, dict):
            problems.append(Problem(number, "it is no object with a key for each column"))
            continue
        numbers.append(number)
        rows.append(_flat(each))
    headings = list(dict.fromkeys(key for row in rows for key in row))
    # Where one object has an object, and another one null in its place.
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
        raise NotAllowed(
            f"{visible(name)} is no JSON that can be read: it is nested too deeply, or a number is too long",
            code="import.json-too-deep",
        ) from None


def _flat(row: dict[str, Any], before: str = "") -> dict[str, Cell]:
    """The object with the keys of objects in it as `seats.wanted`, a list as texts joined by `;`."""
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
    return value if isinstance(value, int | float) else str(value)
