"""Importing a list: a form asks for the file, a screen shows a dry run, a key saves it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from store.errors import NotAllowed
from store.foreign_files.refusals import stopped
from store.imports.questions.question_choices import NEW_VISIT, none_of_the_answers
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.app.forms.form import Plan
from tui.app.import_preview import ImportOptions, ImportPreview
from tui.app.screens.form_screen import FormScreen
from tui.app.screens.import_screen import ImportScreen
from tui.app.screens.question_screen import QuestionScreen
from tui.app.screens.save_form_in_background import save_in_background
from tui.render.import_lines import lines_of, new_parties_of, sum_of, why_nothing
from tui.render.terminal_style import TerminalStyle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from store.imports.answers.kept_answers import KeptAnswers
    from store.imports.apply.apply_rows import ImportResult
    from store.imports.questions.question_choices import Choice, FreeAnswer
    from store.imports.questions.questions_before_import import ImportQuestion
    from store.imports.rows.parse_rows import ImportRow, ParsedRows
    from store.transaction import Transaction
    from tui.app.app import FollowUp
    from tui.app.long_task import LongTask
    from tui.session import Session

_OFTEN = 100
"""Rows after which the progress is told."""


def import_(app: FollowUp) -> None:
    """Open the import form, filled with the answers of an import that was not saved."""
    from tui.app.actions.open_form import show
    from tui.app.forms.import_form import import_form

    show(app, import_form(app.snapshot, app.import_answers, partial(_dry_run, app.session), _show))


def _dry_run(session: Session, import_options: ImportOptions, task: LongTask) -> ImportPreview:
    """Parse a file and import it in a dry run. Raises: FollowUpError for a bad file, or when the task was stopped."""
    from store.foreign_files.limits import Limits
    from store.imports.answers.kept_answers import KeptAnswers
    from store.imports.answers.parse_answers import over, parse_answers
    from store.imports.columns.column_mapping import map_columns
    from store.imports.files.read_json import WholeStore
    from store.imports.files.read_list_in_child import list_file
    from store.imports.files.reading_options import ReadOptions
    from store.imports.questions.questions_before_import import LIKE
    from store.imports.rows.parse_rows import parse_rows

    database = session.database
    with list_file(import_options.path) as file:
        file.begin(
            ReadOptions(
                encoding=import_options.encoding,
                sheet=import_options.sheet,
                events=next(iter(import_options.typed.get("events", ())), None),
            ),
            database.settings().get("timezone"),
            Limits(session.config.import_memory),
        )
        found = file.read(partial(_watch, task))
    if isinstance(found, WholeStore):
        raise NotAllowed(tr("this is a whole store: followup import, in the shell, brings it into an empty one"))
    count = len(found.lines)
    task.report(lambda: tr("{count} rows are read, and looked through", count=f"{count:,}"))
    with database.dry_run() as tx:
        kept = KeptAnswers(session.environment)
        typed = _with_kept(import_options.typed, kept)
        columns = map_columns(found, parse_answers(typed))
        earlier = None if LIKE in import_options.typed else kept.of_headings(columns.headings)
        if earlier is not None and over(typed, earlier.typed) == over(typed, {}):
            earlier = None
        parsed = parse_rows(columns, tx.today, database.settings().get("timezone"), tx.parties.find)
        rows = _watched(task, parsed.rows, found.name)
        return ImportPreview(import_options, parsed, _applied(tx, parsed, import_options, rows), earlier)


def _with_kept(typed: Mapping[str, Sequence[str]], kept: KeptAnswers) -> Mapping[str, Sequence[str]]:
    """Answers, with those on the earlier list that they name. Raises: UsageError for an unknown one."""
    from store.imports.answers.parse_answers import NONE, over

    name = next(iter(typed.get("like", ())), NONE)
    if name == NONE:
        return typed
    return over(typed, kept.need(name).typed)


def _watch(task: LongTask, name: str, rows: int, seconds: float) -> None:
    """Report the progress of reading. Raises: Stopped."""
    if task.is_stopped:
        raise stopped(name)
    so_far = tr("reading {file}, {seconds} s", file=visible(name), seconds=f"{seconds:.0f}")
    task.report(lambda: plural("{so_far}, {n} row", "{so_far}, {n} rows", rows, so_far=so_far) if rows else so_far)


def _trying(row: int, of: int) -> str:
    return tr("trying row {row} of {of}", row=f"{row:,}", of=f"{of:,}")


def _watched(task: LongTask, rows: Sequence[ImportRow], name: str) -> Iterator[ImportRow]:
    """The rows, until the task is stopped. Raises: Stopped."""
    for count, row in enumerate(rows):
        if task.is_stopped:
            raise stopped(name)
        if count % _OFTEN == 0:
            task.report(partial(_trying, count + 1, len(rows)))
        yield row


def _applied(
    tx: Transaction, parsed: ParsedRows, import_options: ImportOptions, rows: Iterable[ImportRow] | None = None
) -> ImportResult:
    from store.imports.apply.apply_rows import apply_rows

    return apply_rows(tx, parsed, reason=import_options.reason, rows=rows)


def _show(app: FollowUp, preview: ImportPreview) -> None:
    app.import_answers = preview.import_options.answers
    app.show_list()
    app.push_screen(ImportScreen(preview))


def answer(app: FollowUp) -> None:
    """Ask the open questions of the list one by one; then run the dry run again."""
    if not isinstance(app.base_screen, ImportScreen):
        return
    preview = app.base_screen.preview
    questions = preview.questions
    if not questions:
        raise NotAllowed(
            tr("nothing is open that a key answers: e fills the fields")
            if preview.result.problems
            else tr("nothing is asked about this list")
        )
    given: dict[str, list[str]] = {}

    def ask(place: int) -> None:
        if place == len(questions):
            _search_again(app, preview, given)
            return
        question = questions[place]
        if any(question.is_answered_by(kind, typed) for kind, several in given.items() for typed in several):
            ask(place + 1)
            return

        def take(choice: Choice | None) -> None:
            if choice is not None:
                given.setdefault(choice.kind, []).append(choice.typed)
            ask(place + 1)

        def answered(key: str | None) -> None:
            choice = question.answer(key or "")
            if question.free is not None and key == IN_WORDS:
                _ask_in_words(app, question, question.free, take)
            elif choice is not None and choice.kind == NEW_VISIT:
                _ask_for_visit(app, question, choice, given, lambda: ask(place + 1))
            elif choice is None and key:
                app.say(none_of_the_answers(key), "error")
                show()
            else:
                take(choice)

        def show() -> None:
            asked = question.with_keys(IN_WORDS)
            app.ask(QuestionScreen(tr("{question}  Esc leaves it open", question=asked)), answered)

        show()

    ask(0)


IN_WORDS = "="
"""The key before an answer in words: each letter may be that of another answer."""


def _ask_in_words(
    app: FollowUp, question: ImportQuestion, free: FreeAnswer, take: Callable[[Choice | None], None]
) -> None:
    """Open a form of one field for an answer in words."""
    from tui.app.forms.import_answer_forms import words_form

    app.push_screen(FormScreen(words_form(app.snapshot, question, free), saved=take))


def _ask_for_visit(
    app: FollowUp, question: ImportQuestion, choice: Choice, given: dict[str, list[str]], then: Callable[[], None]
) -> None:
    """Open a form for the visit that an import makes, and put it among the answers."""
    from store.imports.answers.parse_answers import OF_VISITS, with_visit
    from store.imports.questions.visit_questions import slug_of_new
    from tui.app.forms.import_answer_forms import visit_form

    def made(details: Mapping[str, str]) -> None:
        slug = choice.typed or slug_of_new(app.snapshot.visits, details, app.snapshot.today)
        of_visits = (NEW_VISIT, *OF_VISITS)
        found = with_visit({kind: given.get(kind, ()) for kind in of_visits}, slug, details)
        given.update({kind: list(found[kind]) for kind in of_visits if kind in found})
        then()

    app.push_screen(FormScreen(visit_form(app.snapshot, question.details), saved=made))


def _search_again(app: FollowUp, preview: ImportPreview, given: Mapping[str, Sequence[str]]) -> None:
    """Run the dry run again, with the answers added to those in the form."""
    from store.imports.answers.parse_answers import answered
    from tui.app.forms.import_form import import_form
    from tui.render.answer_options import joined_answers, split_answers

    if not given:
        return
    before = preview.import_options.answers
    options = joined_answers(answered(split_answers(before.get("options", "")), given))
    app.import_answers = {**before, "options": options}
    form = import_form(app.snapshot, app.import_answers, partial(_dry_run, app.session), _show)
    app.push_screen(FormScreen(form, is_saved_at_once=True))


def run_import(app: FollowUp) -> None:
    """Save the import that the screen shows; ask first whether to leave out bad rows.

    Raises: NotAllowed when it would change nothing.
    """
    if not isinstance(app.base_screen, ImportScreen):
        return
    preview = app.base_screen.preview
    if preview.is_empty:
        noun = preview.parsed.columns.grid.noun
        why = why_nothing(preview.result, noun, refused_noun=noun)
        raise NotAllowed(tr("there is nothing to take in: {why}", why=why))
    if not preview.bad:
        _save(app, preview)
        return

    def answered(letter: str | None) -> None:
        if letter == "y":
            _save(app, preview)

    question = tr("{what} cannot be taken: take the others, and write these to a file?  y yes  n no", what=preview.bad)
    app.ask(QuestionScreen(question), answered)


def _save(app: FollowUp, preview: ImportPreview) -> None:
    """Save the import in one transaction, the bad rows in a file beside the imported one.

    It is refused when it would no longer do what the preview shows.
    """
    from store.imports.answers.kept_answers import KeptAnswers, has_room, why_not_kept
    from store.imports.apply.bad_rows_file import bad_rows_path, unused_path, write_bad_rows

    parsed = preview.parsed
    kept = KeptAnswers(app.session.environment)
    # Before it is saved: afterwards nothing may be refused.
    typed = _with_kept(preview.import_options.typed, kept)
    bad_rows_message = ""

    def apply(tx: Transaction) -> ImportResult:
        nonlocal bad_rows_message
        result = _applied(tx, parsed, preview.import_options)
        if _shown(result, parsed) != _shown(preview.result, parsed):
            raise NotAllowed(
                tr("others changed the store meanwhile, and it would do something else now: I shows it anew")
            )
        if result.problems:
            path = unused_path(bad_rows_path(preview.import_options.path))
            trouble = write_bad_rows(result, parsed, path, partial(app.session.write_file, is_forced=False))
            tx.warnings += [trouble] if trouble else []
            bad_rows_message = tr("; the bad rows are in {path}", path=visible(path))
        return result

    def message(result: ImportResult) -> str:
        name, headings = parsed.columns.grid.name, parsed.columns.headings
        left = "" if has_room(name, headings, typed) else f"; {why_not_kept(name)}"
        done = tr("imported: {what}; u takes all of it back", what=sum_of(result, parsed))
        return f"{done}{bad_rows_message}{left}"

    def leave(app: FollowUp, _: ImportResult) -> None:
        kept.keep(parsed.columns.grid.name, parsed.columns.headings, typed)
        app.import_answers = {}
        app.show_list()

    save_in_background(app, Plan(apply, message, then=leave))


def _shown(result: ImportResult, parsed: ParsedRows) -> list[str]:
    """The lines of the preview, to compare with those of the import when it is saved."""
    from store.imports.grid.describe_bad_rows import describe_problem

    changes = lines_of(result, parsed.columns.grid.noun, TerminalStyle())
    return [
        sum_of(result, parsed),
        new_parties_of(result),
        *changes,
        *(describe_problem(problem, parsed) for problem in result.problems),
    ]
