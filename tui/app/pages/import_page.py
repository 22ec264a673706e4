"""The lines of an import's preview: what would change, row by row, and which rows are bad. Pure."""

from collections.abc import Iterable, Sequence

from store.imports.grid.describe_bad_rows import notice_lines, reason_of, rows_in_words
from store.imports.grid.grid import Notice, Problem
from store.imports.grid.row_nouns import row_word
from store.imports.questions.question_choices import choices_of, free_answer_of
from store.sanitise_text import visible
from store.translation import phrase, tr, tr_in
from tui.app.import_preview import ImportPreview
from tui.render.import_lines import changes_of, new_parties_of, sum_of, visit_made, why_nothing
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import wrapped

TAKES = {
    "import.columns-left-out": phrase('{notice} (e: the field "{field}" takes one)'),
    "import.events-left-out": phrase('{notice} (e: --events all in the field "{field}" reads the events)'),
    "import.other-sheets": phrase('{notice} (e: the field "{field}" takes another one)'),
}
"""Code of a notice -> the sentence with the field of the form that tells it otherwise."""


_ANSWERED_BY = "(a:"
"""Before what a refused row can be answered with: the key that asks it."""

_MOST_ROWS = 12
"""Columns of the numbers of rows; more of them stand over their text."""


def preview_lines(preview: ImportPreview, terminal: TerminalStyle) -> list[Segments]:
    """Render the preview: sum, bad rows, new parties, each change, how the file was parsed."""
    parsed, result = preview.parsed, preview.result
    grid = parsed.columns.grid
    word = row_word(grid.noun)
    lines = _paragraphs([sum_of(result, parsed, preview.bad)], "strong", terminal)
    all_rows = len(parsed.rows) + len(parsed.bad)
    bad = [(rows_in_words(each.rows), reason_of(each, parsed) + _way_out(each, all_rows)) for each in result.problems]
    changes = [(str(row), text) for row, text in changes_of(result, terminal)]
    size = min(max(map(len, (word, *(rows for rows, _ in (*bad, *changes))))), _MOST_ROWS)
    if bad:
        lines += _rows(word, tr("cannot be taken {n}", n=preview.bad), "error", bad, size, terminal)
    if preview.kept is not None:
        name = visible(preview.kept.name)
        text = tr('the headings are those of "{name}", whose answers are kept: a takes them', name=name)
        lines += [[], *_paragraphs([text], "strong", terminal)]
    if result.visits:
        lines += _heading(tr("new visits") if len(result.visits) > 1 else tr("a new visit"))
        lines += _paragraphs(map(visit_made, result.visits), "strong", terminal)
    if result.parties:
        # A misspelt name makes a second party for good: hence the loudest style.
        lines += _heading(tr("new parties") if len(result.parties) > 1 else tr("a new party"), "error")
        lines += _paragraphs([new_parties_of(result)], "strong", terminal)
    if result.warnings:
        lines += [[], *_paragraphs(result.warnings, "plain", terminal)]
    if preview.is_empty and (changes or not bad):
        changes.append(("", tr("nothing: {why}", why=why_nothing(result, grid.noun, refused_noun=grid.noun))))
    if changes:
        lines += _rows(word, tr("what would change"), "heading", changes, size, terminal)
    lines += _heading(tr("how it was read"))
    notices = map(_for_the_form, (*grid.notices, *parsed.columns.notices()))
    return lines + _paragraphs([*notices, *parsed.skipped, *notice_lines(parsed)], "dim", terminal)


def _rows(
    noun: str, heading: str, style: str, entries: Sequence[tuple[str, str]], size: int, terminal: TerminalStyle
) -> list[Segments]:
    """Texts behind the numbers of their rows, which stand right-aligned in a column of their own."""
    lines: list[Segments] = [[], [(f" {noun.upper():>{size}}  {heading.upper()}", style)]]
    room = terminal.width - 1 - size - 3
    for rows, text in entries:
        first = f" {rows:>{size}}  "
        if len(rows) > size:
            lines += [[(f" {part}", "plain")] for part in wrapped(rows, terminal.width - 2)]
            first = " " * (size + 3)
        for part in wrapped(terminal.encodable(text), room):
            lines.append([(first, "plain"), *_with_its_key(part)] if part else [])
            first = " " * (size + 3)
    return lines


def _with_its_key(text: str) -> Segments:
    """Render a line of a refusal; the key that answers it has the style of keys."""
    before, opened, behind = text.partition(_ANSWERED_BY)
    return [(before + "(", "plain"), ("a", "key"), (f":{behind}", "plain")] if opened else [(text, "plain")]


def _way_out(problem: Problem, all_rows: int) -> str:
    """What resolves a refused row: the key that asks, and the answers."""
    labels = [visible(each.label) for each in choices_of(problem, all_rows)]
    free = free_answer_of(problem)
    labels += [] if free is None else [free.label]
    return f" {_ANSWERED_BY} {', '.join(labels)})" if labels else ""


def _for_the_form(notice: Notice) -> str:
    """The sentence with the field of the form that changes it."""
    if not notice.code:
        return notice.sentence
    return tr(TAKES[notice.code], notice=notice.sentence, field=_label(notice.field))


def _label(field: str | None) -> str:
    return tr_in("label", "answers") if field == "options" else tr_in("label", field or "")


def _heading(text: str, style: str = "heading") -> list[Segments]:
    return [[], [(f" {text.upper()}", style)]]


def _paragraphs(texts: Iterable[str], style: str, terminal: TerminalStyle) -> list[Segments]:
    return [line for text in texts for line in _hanging(wrapped(terminal.encodable(text), terminal.width - 4), style)]


def _hanging(lines: Sequence[str], style: str) -> list[Segments]:
    return [[(f"{'   ' if position else ' '}{line}", style)] for position, line in enumerate(lines)]
