"""Find the headings of a list among its first lines: one line of them, or two of which the second divides the first."""

from __future__ import annotations

from store.imports.grid import cell_text
from store.imports.heading_synonyms import MOST_ABOVE, meanings, normal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.imports.grid import Grid, GridRow


def split_headings(grid: Grid, named: Iterable[str]) -> tuple[list[str], Sequence[GridRow]]:
    """The headings and the lines below them: of the first lines those with the most known or `named` headings."""
    if grid.headings is not None:
        return grid.headings, grid.lines
    asked_for = {normal(typed) for typed in named}
    best, place, found = 0, -1, []
    for number, line in enumerate(grid.lines[:MOST_ABOVE]):
        headings = [cell if isinstance(cell, str) else "" for cell in line.cells]
        score = _score(headings, asked_for)
        if score > best:
            best, place, found = score, number, headings
        if number and (both := _of_two(grid.lines[number - 1], headings)) and _score(both, asked_for) >= best > 0:
            best, place, found = _score(both, asked_for), number, both
    if place < 0:
        place = next((number for number, line in enumerate(grid.lines) if any(map(_is_filled, line.cells))), 0)
        found = [cell_text(cell) for cell in grid.lines[place].cells]
    elif len(found) == len(grid.lines[place].cells) and found is not None:
        texts = [cell_text(cell) for cell in grid.lines[place].cells]
        found = [heading or text for heading, text in zip(found, texts, strict=True)]
    return found, grid.lines[place + 1 :]


def _score(headings: Sequence[str], asked_for: set[str]) -> int:
    """How many fields these headings have; one that the user named counts more."""
    fields = {field for field in meanings(headings) if field}
    return len(fields) + 2 * sum(normal(heading) in asked_for for heading in headings if heading.strip())


def _of_two(upper: GridRow, lower: Sequence[str]) -> list[str] | None:
    """The headings of two lines, where the lower divides headings of the upper that reach over several columns.

    None where the lower line is anything else, as the first row of the list: it has text under a heading of one column.
    """
    tops = [cell.strip() if isinstance(cell, str) else "" for cell in upper.cells]
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


def _heading(over: str, sub: str) -> str:
    """One heading of two: the lower alone where only it is known, else both."""
    both = f"{over} {sub}"
    known, alone = meanings([both])[0], meanings([sub])[0]
    return sub if known is None and alone is not None else both


def _is_filled(cell: object) -> bool:
    return not isinstance(cell, str) or bool(cell.strip())
