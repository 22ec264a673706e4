"""A grid comes through the pipe as it was, and nothing else comes through."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store
from store.errors import NotAllowed
from store.foreign_files.answer_frames import MESSAGE, json_frame
from store.imports.files.grid_messages import CODES, grid_of, messages_of
from store.imports.files.read_json import WholeStore
from store.imports.grid.grid import DATE_SYSTEMS, Grid, GridRow, Notice, Problem, UncomputedFormula
from store.imports.grid.list_size_limits import CELLS_OF_ROW, LONGEST_ROW, MOST_CELLS, MOST_COLUMNS, MOST_ROWS
from store.quick_json import loads
from tests.support.hostile_readers import HEAD_OF_GRID

if TYPE_CHECKING:
    from store.imports.grid.grid import Cell

READERS = ("child_list_reader", "refuse_no_list", "encoding", "read_csv", "read_json", "read_ics", "read_xlsx")

texts = st.text(st.characters(), max_size=20)  # Lone surrogates among them.
cells: st.SearchStrategy[Cell] = st.one_of(
    texts,
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.dates(),
    st.builds(UncomputedFormula, texts),
)
rows = st.lists(st.tuples(st.integers(0, 4), st.lists(cells, max_size=8)), max_size=30)


def through(found: Grid | WholeStore) -> Grid | WholeStore:
    """What is left of it on the other side of the pipe."""
    sent = [
        message if isinstance(message, bytes) else loads(json_frame(MESSAGE, message)[5:])
        for message in messages_of(found, found.lines if isinstance(found, Grid) else (), "list.csv")
    ]
    return grid_of(iter(sent), "list.csv", lambda rows: None)


def plain(cell: Cell) -> tuple[object, ...]:
    """A cell in a form that is equal to the same cell alone."""
    return type(cell), repr(cell) if isinstance(cell, float) else str(cell), isinstance(cell, int) and int(cell)


@given(rows, st.none() | st.lists(texts, max_size=5), st.booleans(), st.sampled_from((None, *DATE_SYSTEMS)))
def test_a_grid_is_the_same_on_the_other_side(
    found: list[tuple[int, list[Cell]]], headings: list[str] | None, may_be_guarded: bool, date_system: int | None
) -> None:
    number, lines = 0, []
    for gap, row in found:
        number += 1 + gap
        lines.append(GridRow(number, row))
    grid = Grid(
        "list.csv",
        lines,
        headings=headings,
        noun="item",
        notices=[Notice("read so"), Notice("others", code="import.other-sheets", field="sheet")],
        problems=[Problem(3, "it is no object"), Problem(70, "\ud800")],
        sheet="Лист",
        sheets=["Лист", "Old"],
        may_be_guarded=may_be_guarded,
        date_system=date_system,
    )
    other = through(grid)
    assert isinstance(other, Grid)
    assert [(row.number, list(map(plain, row.cells))) for row in other.lines] == [
        (row.number, list(map(plain, row.cells))) for row in lines
    ]
    assert (other.name, other.headings, other.noun, other.sheet, other.sheets) == (
        "list.csv",
        headings,
        "item",
        "Лист",
        ["Лист", "Old"],
    )
    assert (other.may_be_guarded, other.date_system) == (may_be_guarded, date_system)
    assert [(each.row, each.why) for each in other.problems] == [(3, "it is no object"), (70, "\ud800")]
    assert [(each.sentence, each.code, each.field) for each in other.notices] == [
        ("read so", "", None),
        ("others", "import.other-sheets", "sheet"),
    ]


@pytest.mark.parametrize("length", [0, 1, (1 << 20) + 1])
def test_a_whole_store_is_the_same_on_the_other_side(length: int) -> None:
    other = through(WholeStore("list.csv", b"\x00" * length))
    assert isinstance(other, WholeStore)
    assert other.raw == b"\x00" * length


def grids(number: int, row: list[Cell]) -> Grid:
    """A grid that has a row so many times."""
    return Grid("x", [GridRow(place, row) for place in range(number)])


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (partial(grids, MOST_ROWS + 1, ["a"]), "more than 50,000 rows"),
        (partial(grids, MOST_CELLS // CELLS_OF_ROW + 1, []), "more than 4,000,000 cells"),
        (partial(grids, MOST_CELLS // MOST_COLUMNS + 1, [""] * MOST_COLUMNS), "more than 4,000,000 cells"),
        (partial(grids, 1, [""] * (MOST_COLUMNS + 1)), "more than 16,384 cells in row 0"),
        (partial(grids, 1, ["a" * LONGEST_ROW, 1, "b"]), "more than 1,000,000 characters in row 0"),
    ],
)
def test_more_than_a_list_can_hold_is_refused_on_both_sides(made: Callable[[], Grid], words: str) -> None:
    found = made()
    with pytest.raises(NotAllowed, match=words):
        list(messages_of(found, found.lines, "x"))
    sent: list[Any] = [["head", HEAD_OF_GRID], *(["rows", line.number, [list(line.cells)]] for line in found.lines)]
    with pytest.raises(NotAllowed, match=words):
        grid_of(iter(sent), "x", lambda rows: None)


@pytest.mark.parametrize(
    "found",
    [
        grids(MOST_ROWS, ["a"]),
        grids(MOST_ROWS + 1, [""]),
        grids(1, ["a" * LONGEST_ROW]),
        grids(1, ["\0" * LONGEST_ROW]),
    ],
)
def test_as_much_as_a_list_can_hold_is_taken(found: Grid) -> None:
    other = through(found)
    assert isinstance(other, Grid)
    assert len(other.lines) == len(found.lines)


_NO_MESSAGES: list[Any] = [
    *(None, 1, "rows", [], {}, b"raw", ["rows"], ["other", 1, []], ["rows", "1", [["a"]]]),
    *(["rows", 1, [["a", True]]], ["rows", 1, [["a", None]]], ["rows", 1, [["a", ["b"]]]]),
    *(["rows", 1, ["text"]], ["rows", 1, [None]], ["rows", 1, 5], ["rows", True, [["a"]]]),
    *(["rows", 1, [[{}]]], ["rows", 1, [[{"day": "x"}]]], ["rows", 1, [[{"day": 1}]]]),
    *(
        ["rows", 1, [[{"number": 1}]]],
        ["rows", 1, [[{"formula": 1}]]],
        ["rows", 1, [[{"day": "2023-01-01", "formula": "a"}]]],
    ),
    *(["problems", [["1", "why"]]], ["problems", [[1, 2]]], ["problems", [[1]]], ["problems", 1]),
]


@pytest.mark.parametrize(
    "messages",
    [
        [],
        [None],
        ["head"],
        [b"raw"],
        [["head"]],
        [["rows", 1, []]],
        [["head", {}]],
        [["head", {**HEAD_OF_GRID, "noun": "\x1b[31m"}]],
        [["head", {**HEAD_OF_GRID, "headings": "text"}]],
        [["head", {**HEAD_OF_GRID, "headings": [1]}]],
        [["head", {**HEAD_OF_GRID, "headings": [""] * (MOST_COLUMNS + 1)}]],
        [["head", {**HEAD_OF_GRID, "notices": [["a", "import.other-sheets", "store"]]}]],
        [["head", {**HEAD_OF_GRID, "notices": [[1, "", None]]}]],
        [["head", {**HEAD_OF_GRID, "sheet": None}]],
        [["head", {**HEAD_OF_GRID, "sheets": [[]]}]],
        [["head", {**HEAD_OF_GRID, "date_system": 1905}]],
        [["store"], ["no bytes"]],
        *([["head", HEAD_OF_GRID], message] for message in _NO_MESSAGES),
    ],
)
def test_what_is_no_grid_is_refused(messages: list[Any]) -> None:
    with pytest.raises(NotAllowed, match="answered is unfit"):
        grid_of(iter(messages), "x", lambda rows: None)


json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*HEAD_OF_GRID, "day"]), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.lists(json_values | st.tuples(st.just("head"), json_values) | st.binary(), max_size=4), st.booleans())
def test_any_messages_are_a_grid_or_are_refused(messages: list[Any], has_head: bool) -> None:
    sent = [["head", HEAD_OF_GRID], *messages] if has_head else messages
    try:
        found = grid_of(iter(sent), "x", lambda rows: None)
    except NotAllowed:
        return
    assert isinstance(found, Grid | WholeStore)


def test_a_notice_with_the_code_of_another_is_left_out() -> None:
    head = {**HEAD_OF_GRID, "notices": [["a", "import.columns-left-out", None], ["b", "", None]]}
    found = grid_of(iter([["head", head]]), "x", lambda rows: None)
    assert isinstance(found, Grid)
    assert [each.sentence for each in found.notices] == ["b"]


def test_rows_are_counted_as_they_come() -> None:
    counted: list[int] = []
    grid_of(iter([["head", HEAD_OF_GRID], ["rows", 1, [["a"], ["b"]]], ["rows", 5, [["c"]]]]), "x", counted.append)
    assert counted == [2, 3]


def test_every_refusal_of_a_reader_can_be_told() -> None:
    folder = Path(store.__file__).parent / "imports" / "files"
    raised = set()
    paths = [path for path in folder.rglob("*.py") if path.stem in READERS]
    assert len(paths) == len(READERS)
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                is_told = isinstance(node.func, ast.Name) and node.func.id in ("Notice", "Problem")
                codes = [key.value for key in node.keywords if key.arg == "code" and not is_told]
                raised |= {code.value for code in codes if isinstance(code, ast.Constant)}
    assert raised <= set(CODES)
    assert {code for code in CODES if code.startswith("import.")} <= raised


def test_a_day_is_a_day() -> None:
    found = grid_of(iter([["head", HEAD_OF_GRID], ["rows", 1, [[{"day": "2023-03-31"}]]]]), "x", lambda rows: None)
    assert isinstance(found, Grid)
    assert found.lines[0].cells == [date(2023, 3, 31)]
