"""The lines of an import's preview: what would change, row by row, and which rows are bad. Pure."""

from collections.abc import Iterable, Sequence

from store.imports.grid import Notice
from store.imports.row_errors import describe_problem
from store.text import visible
from tui.app.import_preview import ImportPreview
from tui.render.import_lines import lines_of, new_parties_of, sum_of, why_nothing
from tui.render.labels import counted
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import wrapped

TAKES = {"import.columns-left-out": "takes one", "import.other-sheets": "takes another one"}
"""Code of a notice -> what the field of the form that it names takes."""


def preview_lines(preview: ImportPreview, terminal: TerminalStyle) -> list[Segments]:
    """Render the preview: sum, new parties, bad rows, each change, how the file was parsed."""
    parsed, result = preview.parsed, preview.result
    grid = parsed.columns.grid
    lines: list[Segments] = [[(f" IMPORT {terminal.cut(visible(grid.name), terminal.width - 9)}", "heading")]]
    lines += _paragraphs([sum_of(result, parsed)], "strong", terminal)
    if result.parties:
        # A misspelt name makes a second party for good: hence the loudest style.
        lines += _heading("new parties" if len(result.parties) > 1 else "a new party", "error")
        lines += _paragraphs([new_parties_of(result)], "strong", terminal)
    lines += _paragraphs(result.warnings, "plain", terminal)
    if preview.bad:
        lines += _heading(f"{counted(preview.bad, grid.noun)} cannot be taken", "error")
        lines += _paragraphs([describe_problem(each, parsed) for each in result.problems], "plain", terminal)
    if result.changes or not preview.bad:
        nothing = [f"nothing: {why_nothing(result, grid.noun, refused_noun=grid.noun)}"] if preview.is_empty else []
        lines += _heading("what would change")
        lines += _paragraphs([*lines_of(result, grid.noun, terminal), *nothing], "plain", terminal)
    lines += _heading("how it was read")
    notices = map(_for_the_form, (*grid.notices, *parsed.columns.notices()))
    return lines + _paragraphs([*notices, *parsed.skipped], "dim", terminal)


def _for_the_form(notice: Notice) -> str:
    """The sentence with the field of the form that tells it otherwise."""
    if not notice.code:
        return notice.sentence
    return f'{notice.sentence} (e: the field "{notice.field}" {TAKES[notice.code]})'


def _heading(text: str, style: str = "heading") -> list[Segments]:
    return [[], [(f" {text.upper()}", style)]]


def _paragraphs(texts: Iterable[str], style: str, terminal: TerminalStyle) -> list[Segments]:
    return [line for text in texts for line in _hanging(wrapped(terminal.encodable(text), terminal.width - 4), style)]


def _hanging(lines: Sequence[str], style: str) -> list[Segments]:
    return [[(f"{'   ' if position else ' '}{line}", style)] for position, line in enumerate(lines)]
