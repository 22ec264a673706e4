"""The preview of an import: what would change, row by row, and what is wrong. Pure: what was tried in, lines out."""

from collections.abc import Iterable, Sequence

from store.imports.taking import in_words
from store.text import visible
from tui.app.preview import Preview
from tui.cells import wrapped
from tui.import_lines import lines_of, new_parties_of, sum_of
from tui.labels import counted
from tui.lines import Line
from tui.paper import Paper


def preview_lines(preview: Preview, paper: Paper) -> list[Line]:
    """The sum, the bad rows, each change, and how the file was read."""
    understood, taken = preview.understood, preview.taken
    grid = understood.columns.grid
    lines: list[Line] = [[(f" IMPORT {paper.cut(visible(grid.name), paper.width - 9)}", "heading")]]
    lines += _paragraphs([sum_of(taken, understood)], "strong", paper)
    if taken.parties:
        # A party is for good, and a slip in its name makes two of one: nothing here is louder.
        lines += _heading("new parties" if len(taken.parties) > 1 else "a new party", "error")
        lines += _paragraphs([new_parties_of(taken)], "strong", paper)
    lines += _paragraphs(taken.doubts, "plain", paper)
    if preview.bad:
        lines += _heading(f"{counted(preview.bad, grid.noun)} cannot be taken", "error")
        lines += _paragraphs(
            [in_words(each, understood, is_for_shell=False) for each in taken.problems], "plain", paper
        )
    lines += _heading("what would change")
    nothing = ["nothing: all of it is there already"] if preview.is_empty and not preview.bad else []
    lines += _paragraphs([*lines_of(taken, grid.noun, paper), *nothing], "plain", paper)
    lines += _heading("how it was read")
    return lines + _paragraphs([*grid.said, *understood.columns.said(), *understood.left_out], "dim", paper)


def _heading(text: str, style: str = "heading") -> list[Line]:
    return [[], [(f" {text.upper()}", style)]]


def _paragraphs(texts: Iterable[str], style: str, paper: Paper) -> list[Line]:
    return [line for text in texts for line in _hanging(wrapped(paper.carried(text), paper.width - 4), style)]


def _hanging(lines: Sequence[str], style: str) -> list[Line]:
    return [[(f"{'   ' if place else ' '}{line}", style)] for place, line in enumerate(lines)]
