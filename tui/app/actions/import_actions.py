"""Importing a list: a form asks for the file, a page shows what it would change, a key takes it in."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.text import visible
from tui.app.forms.form import Plan
from tui.app.import_preview import ImportChoice, ImportPreview
from tui.app.pages.import_page import why_nothing
from tui.app.screens.import_screen import ImportPage
from tui.app.screens.question_screen import Ask
from tui.app.screens.save_plan import save_at_once
from tui.render.import_lines import lines_of, new_parties_of, sum_of
from tui.render.terminal_style import TerminalStyle

if TYPE_CHECKING:
    from store.database import Database
    from store.imports.apply import ImportResult
    from store.imports.rows import ParsedRows
    from store.transaction import Transaction
    from tui.app.app import FollowUp


def import_(app: FollowUp) -> None:
    """Ask for the file; answers given before and not imported are filled in again."""
    from tui.app.actions.open_form import show
    from tui.app.forms.import_form import importing

    database = app.session.database
    show(app, importing(app.snapshot, app.import_answers, lambda import_choice: _tried(database, import_choice), _show))


def _tried(database: Database, import_choice: ImportChoice) -> ImportPreview:
    """Read a file and try it on the store as it is. Raises: FollowUpError with what is wrong with the file."""
    from store.imports.apply import apply_rows
    from store.imports.column_mapping import map_columns
    from store.imports.read_file import ReadOptions, read_file
    from store.imports.read_json import WholeStore
    from store.imports.rows import parse_rows

    found = read_file(
        import_choice.path,
        ReadOptions(encoding=import_choice.encoding, sheet=import_choice.sheet),
        database.settings().get("timezone"),
    )
    if isinstance(found, WholeStore):
        raise NotAllowed("this is a whole store: followup import, in the shell, brings it into an empty one")
    with database.dry_run() as tx:
        parsed = parse_rows(map_columns(found, import_choice.columns, import_choice.defaults), tx.today)
        return ImportPreview(import_choice, parsed, apply_rows(tx, parsed, reason=import_choice.reason))


def _show(app: FollowUp, preview: ImportPreview) -> None:
    app.import_answers = preview.import_choice.answers
    app.home()
    app.push_screen(ImportPage(preview))


def take(app: FollowUp) -> None:
    """Take in what the page shows; ask first what is to become of bad rows.

    Raises: NotAllowed when it would change nothing.
    """
    if not isinstance(app.place, ImportPage):
        return
    preview = app.place.preview
    if preview.is_empty:
        raise NotAllowed(f"there is nothing to take in: {why_nothing(preview)}")
    if not preview.bad:
        _save(app, preview)
        return

    def answered(letter: str | None) -> None:
        if letter == "y":
            _save(app, preview)

    question = f"{preview.bad} cannot be taken: take the others, and write these to a file?  y yes  n no"
    app.ask(Ask(question), answered)


def _save(app: FollowUp, preview: ImportPreview) -> None:
    """Save it all, with the bad rows in a file beside the one that they came from; or nothing, and say why."""
    from store.imports.apply import apply_rows
    from store.imports.bad_rows_file import bad_rows_path, unused_path, write_bad_rows

    parsed = preview.parsed
    told_of_bad = ""

    def apply(tx: Transaction) -> ImportResult:
        nonlocal told_of_bad
        result = apply_rows(tx, parsed, reason=preview.import_choice.reason)
        if _shown(result, parsed) != _shown(preview.result, parsed):
            raise NotAllowed("others changed the store meanwhile, and it would do something else now: I shows it anew")
        if result.problems:
            path = unused_path(bad_rows_path(preview.import_choice.path))
            trouble = write_bad_rows(result, parsed, path, partial(app.session.write_file, is_forced=False))
            tx.warnings += [trouble] if trouble else []
            told_of_bad = f"; the bad rows are in {visible(path)}"
        return result

    def told(result: ImportResult) -> str:
        return f"imported: {sum_of(result, parsed)}; u takes all of it back{told_of_bad}"

    save_at_once(app, Plan(apply, told, then=_leave))


def _leave(app: FollowUp, _: ImportResult) -> None:
    app.import_answers = {}
    app.home()


def _shown(result: ImportResult, parsed: ParsedRows) -> list[str]:
    """What the page says that it does: what is saved must be what was looked at."""
    from store.imports.row_errors import describe_problem

    changes = lines_of(result, parsed.columns.grid.noun, TerminalStyle())
    return [
        sum_of(result, parsed),
        new_parties_of(result),
        *changes,
        *(describe_problem(problem, parsed) for problem in result.problems),
    ]
