"""Find the headings of a list among its first lines: one row, or two of which the second divides or ends the first."""

from __future__ import annotations

from store.imports.grid.grid import cell_text
from store.imports.headings.heading_synonyms import MOST_ABOVE, meanings, normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.imports.grid.grid import Cell, Grid, GridRow


_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_FEW = 3
"""With fewer known headings, or cells, a line is no heading of a second list, and no row of one."""


def split_headings(grid: Grid, named: Iterable[str]) -> tuple[list[str], Sequence[GridRow], Sequence[GridRow]]:
    """The headings, the lines below them, and the rows of another list above them.

    Of the first lines, the headings are those with the most known or `named` ones; of as many, the first.
    """
    if grid.headings is not None:
        return grid.headings, grid.lines, ()
    asked_for = {normal(typed) for typed in named}
    best, place, found, is_of_two = 0, -1, list[str](), False
    for number, line in enumerate(grid.lines[:MOST_ABOVE]):
        headings = [cell if isinstance(cell, str) else "" for cell in line.cells]
        score = _score(headings, asked_for)
        if score > best:
            best, place, found, is_of_two = score, number, headings, False
        above = grid.lines[number - 1] if number else None
        both = (_of_two(above, headings) or _continued(above, headings)) if above is not None else None
        score = _score(both, asked_for) if both else 0
        if both and score and (score > best or (score == best and place >= number - 1)):
            best, place, found, is_of_two = score, number, both, True
    if place < 0:
        place = _first_wide(grid.lines)
        found = [cell_text(cell) for cell in grid.lines[place].cells]
    elif not is_of_two and (both := _divided_below(grid.lines, place, found)) is not None:
        place, found, is_of_two = place + 1, both, True
    elif len(found) == len(grid.lines[place].cells):
        texts = [cell_text(cell) for cell in grid.lines[place].cells]
        found = [heading or text for heading, text in zip(found, texts, strict=True)]
    return found, grid.lines[place + 1 :], _rows_above(grid.lines[: place - is_of_two], found)


def _first_wide(lines: Sequence[GridRow]) -> int:
    """The first line with several cells filled, which is below the title of a list; else the first one with any."""
    filled = [(number, sum(map(_is_filled, line.cells))) for number, line in enumerate(lines[:MOST_ABOVE])]
    return next(
        (number for number, count in filled if count > 1), next((number for number, count in filled if count), 0)
    )


def labels_of_a_form(grid: Grid, headings: Sequence[str]) -> list[str]:
    """The labels of a form, which stand one below the other with a value beside each; empty for a list.

    More fields are known of them than of the headings.
    """
    if grid.headings is not None:
        return []
    firsts: list[str] = []
    for line in grid.lines[:MOST_ABOVE]:
        filled = [cell for cell in line.cells if _is_filled(cell)]
        if len(filled) > _SEVERAL:
            return []
        if len(filled) == _SEVERAL and isinstance(filled[0], str):
            firsts.append(filled[0].strip().rstrip(":"))
    known = {field: label for label, field in zip(firsts, meanings(firsts), strict=True) if field}
    of_headings = {field for field in meanings(headings) if field}
    is_form = "title" in known and len(known) >= _FEW and len(known) > len(of_headings)
    return list(dict.fromkeys(known.values())) if is_form else []


def _divided_below(lines: Sequence[GridRow], place: int, headings: Sequence[str]) -> list[str] | None:
    """The headings with a line below that divides some of them in words nobody knows; None where none does.

    That line has nothing under the heading of the title, and no figures: it is no row.
    """
    if place + 1 >= len(lines):
        return None
    below = [cell.strip() if isinstance(cell, str) else "0" for cell in lines[place + 1].cells]
    fields = meanings(headings)
    if "title" not in fields or any(map(str.isdigit, "".join(below))):
        return None
    at = fields.index("title")
    if below[at : at + 1] not in ([], [""], [headings[at].strip()]):
        return None
    return _of_two(lines[place], below)


def _rows_above(lines: Sequence[GridRow], headings: Sequence[str]) -> list[GridRow]:
    """Of the lines above the headings those of a list with headings of its own, and those as full as a row."""
    fields = len({field for field in meanings(headings) if field})
    found: list[GridRow] = []
    is_list = False
    for line in lines:
        filled = sum(map(_is_filled, line.cells))
        is_list = is_list or (filled >= _FEW and are_headings(line))
        if filled >= max(_FEW, fields) or (is_list and filled > 1):
            found.append(line)
    return found


def are_headings(line: GridRow) -> bool:
    """Whether the cells of a line are headings of a list: one of the title, and others that are known."""
    fields = set(meanings([cell if isinstance(cell, str) else "" for cell in line.cells])) - {None}
    return "title" in fields and len(fields) >= _FEW


def repeats(line: GridRow, headings: Sequence[str]) -> bool:
    """Whether a line has the same headings in the same columns, in these words or in others that mean as much."""
    cells = [cell_text(cell) for cell in line.cells]
    cells += [""] * (len(headings) - len(cells))
    if any(cell.strip() for cell in cells[len(headings) :]):
        return False
    of_line, of_list = meanings(cells[: len(headings)]), meanings(headings)
    return all(
        normal(cell) == normal(heading) or (one is not None and one == other)
        for cell, heading, one, other in zip(cells, headings, of_line, of_list, strict=False)
    )


def _score(headings: Sequence[str], asked_for: set[str]) -> int:
    """How many fields these headings have; one that the user named counts more."""
    fields = {field for field in meanings(headings) if field}
    return len(fields) + 2 * sum(normal(heading) in asked_for for heading in headings if heading.strip())


_SEVERAL = 2


def _of_two(upper: GridRow, lower: Sequence[str]) -> list[str] | None:
    """The headings of two lines, where the lower divides headings of the upper that reach over several columns.

    None where the lower line is anything else, as the first row of the list: it has text under a heading of one column.
    """
    tops = [cell.strip() if isinstance(cell, str) else _year(cell) for cell in upper.cells]
    if sum(map(bool, tops)) < _SEVERAL:
        return None  # It is the title of the list, or of a part of it.
    subs = [cell.strip() for cell in lower]
    if len(tops) < len(subs):
        tops += [""] * (len(subs) - len(tops))
    subs += [""] * (len(tops) - len(subs))
    found, over, is_divided = [], "", False
    for column, (top, sub) in enumerate(zip(tops, subs, strict=True)):
        if sub == top:
            sub = ""
        begins = bool(top and sub and column + 1 < len(tops) and not tops[column + 1] and subs[column + 1])
        over = top if begins else over if not top and sub else ""
        if sub and not over:
            return None
        is_divided = is_divided or begins
        found.append(_heading(over, sub) if over else top)
    return found if is_divided else None


def _continued(upper: GridRow, lower: Sequence[str]) -> list[str] | None:
    """The headings of two lines, where the lower has the end of those of the upper: `Срок` over `исполнения`.

    None where a cell of the lower line ends no heading that is known: it is a row.
    """
    tops = [cell.strip() if isinstance(cell, str) else "" for cell in upper.cells]
    subs = [cell.strip() for cell in lower]
    if len(subs) > len(tops) or sum(map(bool, subs)) < _SEVERAL:
        return None
    subs += [""] * (len(tops) - len(subs))
    found = [f"{top} {sub}".strip() for top, sub in zip(tops, subs, strict=True)]
    known = meanings(found)
    if any(sub and not (top and field) for top, sub, field in zip(tops, subs, known, strict=True)):
        return None
    return found


def _year(cell: Cell) -> str:
    """A year that a workbook has as a number, over the months of it; empty for another cell."""
    return str(int(cell)) if isinstance(cell, int | float) and _FIRST_YEAR <= cell <= _LAST_YEAR else ""


def _heading(over: str, sub: str) -> str:
    """One heading of two: the lower alone where only it is known, else both."""
    both = f"{over} {sub}"
    known, alone = meanings([both])[0], meanings([sub])[0]
    return sub if known is None and alone is not None else both


def _is_filled(cell: object) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
