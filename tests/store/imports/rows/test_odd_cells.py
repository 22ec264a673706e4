"""Whatever stands in a cell is taken or asked about: none is a fault of the program."""

from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.database import Database
from store.errors import FollowUpError
from store.imports.answers.parse_answers import ORDERS, ImportAnswers
from store.imports.columns.column_mapping import map_columns
from store.imports.dates.date_in_cell import DateReader
from store.imports.grid.grid import Grid, GridRow
from store.imports.grid.invalid_cell import InvalidCell
from store.imports.headings.heading_synonyms import FIELDS
from store.imports.rows.cell_values import parser_of
from store.imports.rows.parse_rows import parse_rows
from tests.store.imports.conftest import Importing
from tests.support.check_answers_and_refusals import unchanged
from tests.support.store_builders import record

TODAY = "2026-11-27"
FIGURES = st.from_regex(
    r"[0-9]{0,4}[-/. ,:T]{0,2}[0-9]{0,4}[-/. ,:T]{0,2}[0-9]{0,4}( [0-9:.]{0,8})?(Z|[+-]0{4})?", fullmatch=True
)
WORDS = st.lists(
    st.sampled_from(
        (
            *("end", "of", "fin", "mi", "dès", "до", "конца", "May", "mai", "31", "00", "0", "99", "Q3", "T9", "W53"),
            *("2026", "9999", "next", "week", "понедельник", "Fri", ",", ".", "-", "/", "(", ")", "%", "?", "#"),
            *("done", "on", "closed", "выполнено", "1.", "2)", "•", "UNODC", "Lola", "É.", "+", "&", "и", "et"),
        )
    ),
    max_size=6,
).map(" ".join)
CELLS = st.one_of(FIGURES, WORDS, st.text(max_size=12), st.integers(), st.floats(allow_nan=False), st.dates())


@given(st.sampled_from(sorted(FIELDS)), CELLS, st.sampled_from((None, *ORDERS)), st.sampled_from((None, 1900, 1904)))
@example("due", "00/00/0000", None, None)
@example("due", "10/00/2026", "dmy", None)
@example("due", "00-00-00", "mdy", None)
@example("reported-on", "0000-00-00 00:00:00", None, None)
def test_a_cell_has_a_value_or_is_refused(field: str, cell: object, order: str | None, system: int | None) -> None:
    read = parser_of(field, DateReader(TODAY, order, "Europe/Vienna", system), {})
    with suppress(InvalidCell):
        read(cell)  # type: ignore[arg-type]


@given(st.lists(st.lists(CELLS, min_size=1, max_size=7), max_size=6))
def test_a_list_of_odd_cells_is_read_or_refused(lines: list[list[object]]) -> None:
    rows = [["No", "Action", "By", "To", "Due", "Status", "Comments"], *lines]
    grid = Grid("list.csv", [GridRow(number, cells) for number, cells in enumerate(rows, 1)])  # type: ignore[arg-type]
    with suppress(FollowUpError):
        parse_rows(map_columns(grid, ImportAnswers()), TODAY)


@pytest.mark.parametrize("cell", ["00/00/0000", "00-00-0000", "00.00.0000", "0000-00-00", "10/00/2026", "31/11/2026"])
def test_what_is_no_day_is_asked_about_and_its_words_are_kept(lyon: Database, take: Importing, cell: str) -> None:
    rows = [["Action", "By", "To", "Due"], ["Send it", "UNODC", "INL", cell]]
    with unchanged(lyon.path):
        assert "is a day that does not exist" in take(rows).err
    assert take(rows, "--value", f"due:{cell}=none").code == 0
    assert (record(lyon, 1).get("due"), record(lyon, 1)["due_words"]) == (None, cell)
