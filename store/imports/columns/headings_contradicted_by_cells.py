"""Correct the fields of columns whose cells contradict their headings."""

from __future__ import annotations

from re import compile as compile_pattern

from store.imports.grid.empty_cells import is_empty
from store.imports.grid.grid import cell_text
from store.imports.headings.heading_synonyms import LOOSE_TITLES
from store.imports.parties.placeholder_parties import has_a_day
from store.rules.person_or_institution import looks_like_a_person, looks_like_an_institution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from store.imports.grid.grid import GridRow

_KIND_OF_OBJECT = compile_pattern(r"\w+#\w+")
"""What a program calls its own records: `tasks#task`."""

_SAMPLE_SIZE = 200
"""Rows by which it is told what stands in a column."""

_LEAST_WORDS = 2
"""Words of a text that says what is to be done."""


def correct_fields(
    fields: dict[str, list[int]], names: Sequence[str], lines: Sequence[GridRow], typed: Collection[str] = ()
) -> None:
    """Take out of the fields of the columns what their cells belie; `names` are the headings, as `normal` gives them.

    `typed` are the fields whose columns were answered.

    A kind is none of a program's own records. Institutions that own an action promise it, where nobody else does. A
    description is no title where a row has none, and a column that nobody knows says in each what is to be done.
    """
    if "kind" in fields and all(map(_KIND_OF_OBJECT.fullmatch, _texts(fields["kind"][0], lines))):
        del fields["kind"]
    if "owner" in fields and "by" not in fields and _are_institutions(_texts(fields["owner"][0], lines)):
        fields["by"] = fields.pop("owner")
    if "due" not in fields and "by" not in typed and "due" not in typed:
        _take_days_from_by(fields, lines)
    title = fields.get("title", [-1])[0]
    if title >= 0 and names[title] in LOOSE_TITLES and _is_elsewhere(title, fields, names, lines):
        del fields["title"]


def _take_days_from_by(fields: dict[str, list[int]], lines: Sequence[GridRow]) -> None:
    """Take a column *By* with days in it as until when, where no other one is."""
    for column in fields.get("by", ())[:]:
        texts = _texts(column, lines)
        if texts and 2 * sum(map(has_a_day, texts)) > len(texts) and "due" not in fields:
            fields["by"].remove(column)
            fields["due"] = [column]
    if "by" in fields and not fields["by"]:
        del fields["by"]


def _texts(column: int, lines: Sequence[GridRow]) -> set[str]:
    """The different texts in a column."""
    some = (line.cells[column] for line in lines[:_SAMPLE_SIZE] if column < len(line.cells))
    return {cell_text(cell).strip() for cell in some if not is_empty(cell)}


def _are_institutions(texts: set[str]) -> bool:
    """Whether more of these names are institutions' than others'."""
    return 2 * sum(looks_like_an_institution(text) and not looks_like_a_person(text) for text in texts) > len(texts)


def _is_elsewhere(title: int, fields: dict[str, list[int]], names: Sequence[str], lines: Sequence[GridRow]) -> bool:
    """Whether a column of no field has words in each row, different ones, and the title has not."""
    used = {column for columns in fields.values() for column in columns}
    rows = [line.cells for line in lines[:_SAMPLE_SIZE] if sum(not is_empty(cell) for cell in line.cells) > 2]
    if all(title < len(cells) and not is_empty(cells[title]) for cells in rows):
        return False
    for column, name in enumerate(names):
        texts = [cell_text(cells[column]).strip() for cells in rows if column < len(cells)]
        words = [text for text in texts if len(text.split()) >= _LEAST_WORDS]
        if name and column not in used and len(set(words)) == len(rows):
            return True
    return False
