"""Read a JSON list of objects as rows of cells, or recognise a whole store."""

from __future__ import annotations

from math import isfinite

from store.errors import NotAllowed, UsageError
from store.foreign_files.refusals import too_large
from store.imports.grid.describe_bad_rows import rows_in_words
from store.imports.grid.grid import Grid, GridRow, Notice, Problem, notice_of_others
from store.imports.grid.list_size_limits import MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from store.imports.grid.row_nouns import row_named, rows_named
from store.imports.headings.heading_synonyms import FIELDS, meanings
from store.sanitise_text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, NoReturn

    from store.imports.grid.grid import Cell


_LARGEST = 10**18
"""A whole number from here on is a text of digits: it is no count and no day."""


class WholeStore:
    """A file that holds a whole store, as the JSON export writes it."""

    __slots__ = ("name", "raw")

    def __init__(self, name: str, raw: bytes) -> None:
        self.name = name
        self.raw = raw


def read_objects(text: str, name: str, wanted: str | None = None) -> Grid | WholeStore:
    """Read the objects of a document, or those in its list of this key (None: the list that looks most like one).

    Raises: NotAllowed for what is neither a store nor a list of objects; UsageError for an unknown key.
    """
    document = _parsed(text, name)
    if isinstance(document, dict) and "_meta" in document:
        return WholeStore(name, text.encode("utf-8", "surrogatepass"))
    document, notices, sheet, sheets = _list_in(_with_names(document), name, wanted)
    if not isinstance(document, list) or not document:
        sentence = tr("{name} is neither a store nor a list of objects with a key for each column", name=visible(name))
        raise NotAllowed(sentence, code="import.json-no-list")
    if len(document) > MOST_ROWS:
        raise too_large(name, tr("has more than {most_rows:,} items", most_rows=MOST_ROWS))
    document, more = _with_parts(document)
    notices = [*notices, *more]
    problems = []
    numbers: list[int] = []
    rows: list[dict[str, Cell]] = []
    for number, each in enumerate(document, 1):
        if not isinstance(each, dict):
            problems.append(Problem(number, tr("it is no object with a key for each column")))
            continue
        numbers.append(number)
        try:
            rows.append(_flat(each))
        except RecursionError:
            raise _too_deep(name) from None
    headings = list(dict.fromkeys(key for row in rows for key in row))
    if len(headings) > MOST_COLUMNS or len(headings) * len(rows) > MOST_CELLS:
        raise too_large(name, tr("has {keys:,} keys in {items:,} items", keys=len(headings), items=len(rows)))
    # A key is also a parent where one object has an object in it and another has null.
    parents = {key.rpartition(".")[0] for key in headings}
    headings = [key for key in headings if key not in parents or any(row.get(key, "") != "" for row in rows)]
    lines = [GridRow(number, [row.get(key, "") for key in headings]) for number, row in zip(numbers, rows, strict=True)]
    return Grid(
        name,
        lines,
        headings=headings,
        noun="item",
        problems=problems,
        notices=notices,
        sheet=sheet,
        sheets=sheets,
    )


def _list_in(document: object, name: str, wanted: str | None) -> tuple[object, list[Notice], str, list[str]]:
    """The list of commitments in a document, its notices, its key, and the keys of all lists.

    Boards and services write a list inside of objects: `{"data": [...]}`, cards of a board, items of lists of tasks.
    """
    inside = _lists_inside(document)
    if wanted is not None:
        if wanted not in inside:
            found, notices, sheet, sheets = _list_in(document, name, None)
            rows = found if isinstance(found, list) else []
            rows = [each for each in rows if isinstance(each, dict) and LIST in each]
            titles = dict.fromkeys(str(each[LIST]) for each in rows)
            if wanted in titles:
                return [item for item in rows if item[LIST] == wanted], notices[:-1], sheet, sheets
            known = ", ".join(tr('"{text}"', text=visible(str(key))[:40]) for key in [*titles, *inside][:10]) or tr_in(
                "value", "none"
            )
            sentence = tr(
                'there is no list "{wanted}" in {name}: it has {known}',
                wanted=visible(wanted),
                name=visible(name),
                known=known,
            )
            raise UsageError(sentence, code="import.list-unknown", field="sheet")
        chosen = wanted
    else:
        own = document if isinstance(document, list) else [document]
        # Of a list of tasks, the labels of each task are none.
        is_list = isinstance(document, list) and bool(_known(own))
        scores = {key: _known(rows, _TELLING) if is_list else _known(rows) for key, rows in inside.items()}
        scores = {key: score for key, score in scores.items() if key not in _PARTS}
        chosen = max(scores, key=lambda key: scores[key], default="")
        of_own = _known(own, _TELLING) if is_list else max(1, _known(own))
        if not chosen or scores[chosen] <= of_own:
            return (document if isinstance(document, list) else own), [], "", []
    items, lists = _with_titles(document, chosen, inside[chosen])
    deeper, notices, _, _ = _list_in(items, name, None)
    others = [tr('"{text}"', text=visible(key)[:40]) for key in inside if key != chosen][:10]
    sentence = tr('the list "{chosen}" of it was read', chosen=visible(chosen))
    if others:
        notices = [notice_of_others(tr("{told}; the others are {others}", told=sentence, others=", ".join(others)))]
    elif not notices:
        notices = [Notice(sentence)]
    if lists:
        named = ", ".join(tr('"{text}"', text=visible(title)[:40]) for title in lists[:10])
        notices = [*notices, notice_of_others(tr("the lists {named} of it are read as one", named=named))]
    return deeper, notices, chosen, list(inside)


LIST = "list"
"""The key under which the items of several lists have the title of theirs."""


def _with_titles(document: object, key: str, items: list[Any]) -> tuple[list[Any], list[str]]:
    """The items of the lists under a key, with the title of theirs where there are several lists; these titles."""
    lists = [each for each in document if isinstance(each, dict)] if isinstance(document, list) else []
    lists = [each for each in lists if isinstance(each.get(key), list) and each[key]]
    titles = [next((title for name in ("title", "name") if (title := each.get(name))), None) for each in lists]
    if key in _PARTS or len(set(map(str, titles))) < 2 or not all(isinstance(title, str) for title in titles):
        return items, []
    found = [
        {**item, LIST: title} if isinstance(item, dict) else item
        for each, title in zip(lists, titles, strict=True)
        for item in each[key]
    ]
    return found, list(dict.fromkeys(map(str, titles)))


def _with_names(document: object) -> object:
    """A board whose cards have the names of the lists that they are in, beside their ids: `list`, and `list.closed`."""
    if not isinstance(document, dict):
        return document
    cards, lists = document.get("cards"), document.get("lists")
    if not isinstance(cards, list) or not isinstance(lists, list):
        return document
    cards = _with_own_fields(cards, document.get("customFields"))
    named = {each["id"]: each for each in lists if isinstance(each, dict) and isinstance(each.get("id"), str)}
    found = []
    for card in cards:
        if isinstance(card, dict) and (its := named.get(str(card.get("idList")))) is not None:
            card = {**card, "list": its.get("name"), "list.closed": its.get("closed")}
        found.append(card)
    return {**document, "cards": found}


def _with_own_fields(cards: list[Any], fields: object) -> list[Any]:
    """Cards whose own fields have their names, and the texts of their options, which stand on the board."""
    known = {each.get("id"): each for each in fields if isinstance(each, dict)} if isinstance(fields, list) else {}
    if not known:
        return cards
    found = []
    for card in cards:
        items = card.get("customFieldItems") if isinstance(card, dict) else None
        if isinstance(items, list):
            own = [_own_item(item, known) for item in items if isinstance(item, dict)]
            card = {**card, "customFieldItems": own}
        found.append(card)
    return found


def _own_item(item: dict[str, Any], known: dict[Any, Any]) -> dict[str, Any]:
    field = known.get(item.get("idCustomField"), {})
    options = field.get("options")
    chosen = [
        each.get("value")
        for each in (options if isinstance(options, list) else [])
        if isinstance(each, dict) and each.get("id") == item.get("idValue")
    ]
    return {"name": field.get("name"), "value": item.get("value") or (chosen[0] if chosen else None)}


_PARTS = ("subtasks", "children")
"""Keys of the tasks that a task is divided into."""


def _with_parts(document: list[Any]) -> tuple[list[Any], list[Notice]]:
    """The objects, each followed by its sub-items; and the notices of these."""
    found, notices = list(document), []
    for number, each in enumerate(document, 1):
        for key in _PARTS if isinstance(each, dict) else ():
            parts = each.get(key)
            if not isinstance(parts, list) or not parts or not _known(parts):
                continue
            first = len(found) + 1
            found += parts
            items = rows_named("item", rows_in_words(range(first, len(found) + 1)))
            sentence = tr('{items}: from "{key}" of {item}', items=items, key=key, item=row_named("item", number))
            notices.append(Notice(sentence))
    if len(notices) > _MOST_NOTICES:
        notices = [*notices[:_MOST_NOTICES], Notice(tr("and {count} more", count=len(notices) - _MOST_NOTICES))]
    return found, notices


_MOST_NOTICES = 20


def _lists_inside(document: object) -> dict[str, list[Any]]:
    """The lists of objects under the keys of an object, or of the objects of a list: key -> all of its objects."""
    found: dict[str, list[Any]] = {}
    for each in document if isinstance(document, list) else [document]:
        if isinstance(each, dict):
            for key, value in each.items():
                if isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
                    found.setdefault(key, []).extend(value)
    return found


_TELLING = frozenset(("by", "to", "due", "state", "reported-on"))
"""Fields that a task has, and a label or a person has not."""


def _known(rows: list[Any], among: frozenset[str] = frozenset(FIELDS) - {"kind"}) -> int:
    """How many of the fields `among` the keys of the first objects have, if the title is among the keys; else 0."""
    keys = dict.fromkeys(key for row in rows[:_SAMPLE_SIZE] if isinstance(row, dict) for key in row)
    fields = set(meanings(keys))
    return len(fields & among) if "title" in fields else 0


_SAMPLE_SIZE = 20


def _parsed(text: str, name: str) -> object:
    import json

    def refused(value: str) -> NoReturn:
        sentence = tr("{name} is no JSON: {value} is not a value of it", name=visible(name), value=value[:20])
        raise NotAllowed(sentence, code="import.json-no-value")

    def fraction(digits: str) -> float:
        value = float(digits)
        return value if isfinite(value) else refused(digits)

    def parsed(part: str) -> object:
        return json.loads(part, parse_constant=refused, parse_float=fraction)

    try:
        return parsed(text)
    except json.JSONDecodeError as error:
        if (rows := _of_lines(text, parsed)) is not None:
            return rows
        where = tr("line {lineno}, column {colno}", lineno=error.lineno, colno=error.colno)
        sentence = tr("{name} is no JSON: {msg}, at {where}", name=visible(name), msg=error.msg, where=where)
        raise NotAllowed(sentence, code="import.json-broken") from None
    except (RecursionError, ValueError):
        raise _too_deep(name) from None


def _of_lines(text: str, parse: Callable[[str], object]) -> list[object] | None:
    """The objects of a text that has one in each line, with a comma behind it or not; None for another text."""
    import json

    lines = [line.strip().rstrip(",") for line in text.splitlines() if line.strip() not in ("", "[", "]")]
    if len(lines) < 2 or not all(line.startswith("{") and line.endswith("}") for line in lines):
        return None
    try:
        return [parse(line) for line in lines]
    except (json.JSONDecodeError, RecursionError, ValueError):
        return None


def _too_deep(name: str) -> NotAllowed:
    sentence = tr(
        "{name} is no JSON that can be read: it is nested too deeply, or a number is too long", name=visible(name)
    )
    return NotAllowed(sentence, code="import.json-too-deep")


def _flat(row: dict[str, Any], before: str = "") -> dict[str, Cell]:
    """Flatten an object: nested keys as `seats.wanted`, lists joined by `;`."""
    found: dict[str, Cell] = {}
    for key, value in row.items():
        if key in _OWN_FIELDS and isinstance(value, list) and (own := _own_fields(value)):
            found.update({name: each for name, each in own.items() if name not in found and name not in row})
            continue
        if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict) and not _item(value[0]):
            value = value[0]
        if isinstance(value, dict):
            if value.get("timeZone") == "UTC" and isinstance(when := value.get("dateTime"), str):
                # What Microsoft's services write in two: a day and time, and the zone that they are told in.
                value = {**value, "dateTime": when if when.endswith("Z") else f"{when}Z"}
            found.update(_flat(value, f"{before}{key}."))
        else:
            found[before + key] = _cell(value)
    return found


_OWN_FIELDS = ("custom_fields", "customFieldItems")
"""Keys of the fields that people gave the tasks of a board themselves: each has a name and a value."""


def _own_fields(items: list[Any]) -> dict[str, Cell]:
    """The fields that people gave a task themselves: name -> value."""
    found: dict[str, Cell] = {}
    for each in items:
        name = each.get("name") if isinstance(each, dict) else None
        if isinstance(name, str) and name.strip():
            value = each.get("display_value", each.get("value"))
            if isinstance(value, dict):
                value = next((text for text in value.values() if text not in (None, "")), None)
            found[name] = _cell(value)
    return found


_NAMING = ("name", "title", "login", "text", "description")
"""Keys of an object in a list that says what it is: a label, a person, an annotation."""


def _item(value: object) -> str:
    if isinstance(value, dict):
        return next((text for key in _NAMING if isinstance(text := value.get(key), str) and text), "")
    return "" if isinstance(value, list) else str(value)


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "; ".join(filter(None, map(_item, value)))
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, float) or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    return str(value)
