"""Imports the rows of a list in one change, or lists every bad row and changes nothing; asks open questions."""

from __future__ import annotations

import os
from functools import partial
from itertools import chain

from store.errors import FollowUpError, UsageError
from store.imports.answers.kept_answers import KeptAnswers, why_not_kept
from store.imports.answers.parse_answers import ALL, HOLDS, LEAVE_OUT, NONE, answered, over, parse_answers, with_visit
from store.imports.apply.apply_rows import apply_rows
from store.imports.apply.bad_rows_file import bad_rows_path, write_bad_rows
from store.imports.columns.column_mapping import map_columns
from store.imports.grid.describe_bad_rows import describe_problem, notice_lines
from store.imports.grid.grid import Notice
from store.imports.grid.row_nouns import bad_rows_counted, empty_rows_left_out, rows_counted
from store.imports.questions.question_choices import NEW_VISIT
from store.imports.questions.questions_before_import import LIKE, question_of_refusal, questions_of
from store.imports.questions.visit_questions import slug_of_new
from store.imports.rows.parse_rows import parse_rows
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.cli.exit_codes import FAILED
from tui.cli.hints_after_refusal import hint_in_rows, printed
from tui.cli.import_questions import Asking
from tui.cli.shell_quoting import quoted_for_shell
from tui.cli.stdout import SAVED, json_text, terminal_of, write_json, write_lines
from tui.render.import_lines import lines_of, names_too_many, new_parties_of, sum_of, visit_made, why_nothing
from tui.stderr import say, with_progress

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.imports.answers.kept_answers import KeptList
    from store.imports.apply.apply_rows import ImportResult
    from store.imports.grid.grid import Grid, Problem
    from store.imports.rows.parse_rows import ParsedRows
    from store.snapshot import Snapshot
    from store.transaction import Transaction
    from tui.cli.arguments import Arguments
    from tui.session import Session


_kept_until_exit: list[object] = []
"""Objects of the import that live until the process ends: freeing them takes 5 % of an import of 10,000 rows."""


class _BadRows(Exception):
    """Bad rows that are not to be skipped: the transaction is rolled back."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__()
        self.result = result


def import_rows(arguments: Arguments, session: Session, grid: Grid) -> int:
    """Import the rows of a grid. Returns 1 when there were bad rows not to be skipped: nothing changed.

    Raises: FollowUpError.
    """
    kept = KeptAnswers(session.environment)
    typed = _typed(arguments, session.snapshot())
    if (name := arguments.get("like")) is not None:
        typed = over(typed, kept.need(name).typed)
        _say_visit(typed)
    parse_answers(typed)  # What was typed wrongly is told alone.
    for notice in grid.notices:
        say(printed(notice))
    return _with_answers(arguments, session, grid, typed, kept)


def _with_answers(
    arguments: Arguments, session: Session, grid: Grid, typed: dict[str, list[str]], kept: KeptAnswers
) -> int:
    """Import the rows, asking open questions on a terminal. Returns the exit code."""
    snapshot = session.snapshot()
    asking = Asking(arguments)
    is_first = True
    said: set[str] = set()
    while True:
        try:
            columns = map_columns(grid, parse_answers(typed))
        except UsageError as error:
            question = question_of_refusal(error)
            more = asking.answers([question]) if question is not None else {}
            if not more:
                raise
            typed = answered(typed, more)
            continue
        parsed = parse_rows(columns, snapshot.today, snapshot.settings.get("timezone"), snapshot.parties.find)
        for sentence in (*map(printed, columns.notices()), *parsed.skipped, *notice_lines(parsed)):
            if sentence not in said:
                say(sentence)
                said.add(sentence)
        if is_first:
            is_first = False
            earlier = None if arguments.has("like") else kept.of_headings(columns.headings)
            if earlier is not None and over(typed, earlier.typed) != over(typed, {}):
                if not asking.can_ask:
                    _say_answers_fit(earlier)
                elif LIKE in (more := asking.answers(questions_of((), parsed, earlier))) and more[LIKE] != [NONE]:
                    typed = over(typed, earlier.typed)
                    _say_visit(typed)
                    continue
        is_to_confirm = asking.is_answered and not arguments.has("dry-run")
        run = _Import(arguments, session, parsed, is_preview=is_to_confirm)
        try:
            code = run.run()
        except UsageError as error:
            if error.code != "import.visit-incomplete" or not asking.can_ask:
                raise
            typed = with_visit(typed, str(error.values["slug"]), asking.details_of_visit(error.values, snapshot.today))
            continue
        more = asking.answers(questions_of(run.problems, parsed))
        if "" in more.get(NEW_VISIT, ()):
            typed = answered(typed, {**more, NEW_VISIT: list(filter(None, more[NEW_VISIT]))})
            details = asking.details_of_visit({}, snapshot.today)
            slug = slug_of_new(snapshot.visits, details, snapshot.today)
            typed = with_visit(typed, slug, details)
            continue
        if not more and is_to_confirm and code == 0:
            if not asking.take_in():
                say(tr("nothing was changed"))
                return FAILED
            code = _Import(arguments, session, parsed, is_shown=True).run()
        if not more:
            is_open = code != 0 and asking.is_answered
            if (code == 0 or is_open) and not arguments.has("dry-run"):
                if not kept.keep(grid.name, columns.headings, typed):
                    say(why_not_kept(grid.name))
                elif is_open:
                    say(
                        tr(
                            "what was answered is kept, but for days and names of persons: import the file again to "
                            "go on from there"
                        )
                    )
            return code
        typed = answered(typed, more)


def _say_visit(typed: Mapping[str, Sequence[str]]) -> None:
    """Say that the visit of the earlier list is not that of this one."""
    if not any(each.startswith("visit=") for kind in ("map", "default", "set") for each in typed.get(kind, ())):
        say(tr("the visit is not kept with the answers: the next list is of another one"))


def _say_answers_fit(earlier: KeptList) -> None:
    """Print that the answers on an earlier list fit."""
    sentence = tr('the headings are those of "{name}", whose answers are kept', name=visible(earlier.name))
    say(printed(Notice(sentence, code="import.kept", values={"name": quoted_for_shell(earlier.name)})))


def _typed(arguments: Arguments, snapshot: Snapshot) -> dict[str, list[str]]:
    """Parse the answers given as options. Raises: NotFound for an unknown visit."""
    typed = {
        kind: list(arguments.get_all(kind) or ())
        for kind in ("map", "default", "set", "value", "new-party", LEAVE_OUT, HOLDS)
    }
    for kind in ("new-visit", "title", "place", "from", "to"):
        if given := arguments.get_all(kind):
            typed[kind] = list(given)
    if (order := arguments.get("dates")) is not None:
        typed["dates"] = [order]
    if arguments.has("events"):
        chosen = arguments.get("events")
        typed["events"] = [ALL] if chosen in (None, "", ALL) else [chosen, NONE]
    if arguments.has("new-parties"):
        typed["new-parties"] = []
    if (visit := arguments.get("visit")) is not None:
        typed["default"].append(f"visit={snapshot.visit(visit)['slug']}")
    return typed


class _Import:
    """One import of rows, real or dry run."""

    def __init__(
        self,
        arguments: Arguments,
        session: Session,
        parsed: ParsedRows,
        *,
        is_preview: bool = False,
        is_shown: bool = False,
    ) -> None:
        """`is_preview`: nothing is changed, and it was asked for; `is_shown`: that was printed."""
        self._is_preview = is_preview
        self._is_shown = is_shown
        self._session = session
        self._parsed = parsed
        self._path = arguments.words[0]
        self._reason = arguments.get("reason")
        self._is_dry_run = is_preview or arguments.has("dry-run")
        self._is_skipping = arguments.has("skip-bad")
        self._is_json = arguments.has("json")
        self._bad_path = arguments.get("skip-bad") or bad_rows_path("stdin" if self._path == "-" else self._path)
        self._is_written = False
        self.problems: Sequence[Problem] = ()
        """The problems of the rows, once it was run."""

    def run(self) -> int:
        """Import the rows and print the result. Returns the exit code. Raises: FollowUpError."""
        is_hopeless = bool(self._parsed.problems) and not self._is_skipping
        database = self._session.database
        try:
            if self._is_dry_run or is_hopeless:
                with database.dry_run() as tx:
                    result = self._apply(tx)
            else:
                result, tx = database.change(self._apply)
        except _BadRows as error:
            self.problems = error.result.problems
            return self._print_refusal(error.result)
        except FollowUpError:
            if self._is_written:
                # Only a FollowUpError guarantees that nothing was saved, so that the file of bad rows is of no use.
                os.unlink(self._bad_path)
            raise
        self.problems = result.problems if self._is_dry_run else ()
        try:
            self._print_result(result, tx)
        except Exception as error:
            if not self._is_dry_run:
                error.add_note(SAVED)
            raise
        return 0

    def _write_bad_rows(self, result: ImportResult, tx: Transaction) -> None:
        trouble = write_bad_rows(
            result, self._parsed, self._bad_path, partial(self._session.write_file, is_forced=False)
        )
        self._is_written = True
        if trouble:
            tx.warnings.append(trouble)

    def _apply(self, tx: Transaction) -> ImportResult:
        """Apply the rows, and write the skipped ones to their file, once. Raises: FollowUpError; _BadRows."""
        rows = self._parsed.rows
        progress = with_progress(rows, len(rows))
        result = apply_rows(tx, self._parsed, reason=self._reason, rows=progress)
        _kept_until_exit.extend((self, tx, result))
        if result.problems and not self._is_skipping:
            raise _BadRows(result)
        if result.problems and not self._is_dry_run and not self._is_written:
            self._write_bad_rows(result, tx)
        return result

    def _print_refusal(self, result: ImportResult) -> int:
        self._say_problems(result)
        rows, noun = result.bad, self._parsed.columns.grid.noun
        say(
            plural(
                "nothing was changed: {rows} is bad, {count} could be taken (--skip-bad takes those and writes the "
                "others to a file)",
                "nothing was changed: {rows} are bad, {count} could be taken (--skip-bad takes those and writes the "
                "others to a file)",
                rows,
                rows=rows_counted(noun, rows),
                count=len(result.changes),
            )
        )
        return FAILED

    def _say_problems(self, result: ImportResult) -> None:
        for problem in result.problems:
            say(describe_problem(problem, self._parsed) + visible(hint_in_rows(problem)))

    def _print_result(self, result: ImportResult, tx: Transaction) -> None:
        self._session.forget_snapshot()
        noun = self._parsed.columns.grid.noun
        if self._is_json:
            write_json(json_text(_as_json(result, self._is_dry_run)) + "\n")
        else:
            terminal = terminal_of(self._session)
            lines = [] if self._is_shown else lines_of(result, noun, terminal)
            write_lines(chain(lines, [sum_of(result, self._parsed)]))
        if self._is_shown:
            if result.problems:
                self._say_bad_rows(result)
            return
        for visit in result.visits:
            say(tr("new visit: {visit}", visit=visit_made(visit)))
        if result.parties:
            sentence = tr("new parties: {parties}", parties=new_parties_of(result))
            say(sentence + tr(" (--json names all)") if names_too_many(result) else sentence)
        self._say_problems(result)
        for sentence in dict.fromkeys((*result.warnings, *tx.warnings)):
            say(sentence)
        if result.problems:
            self._say_bad_rows(result)
        if empty := self._parsed.empty:
            say(empty_rows_left_out(noun, empty))
        if self._is_dry_run:
            if not self._is_preview:
                say(tr("nothing was changed: this was a dry run"))
        elif not any(change.events for change in result.changes):
            say(tr("nothing was changed: {why}", why=why_nothing(result, noun, refused_noun="row")))

    def _say_bad_rows(self, result: ImportResult) -> None:
        rows = bad_rows_counted(self._parsed.columns.grid.noun, result.bad)
        say(
            tr("{rows} would be written to {path}", rows=rows, path=self._bad_path)
            if self._is_dry_run
            else plural(
                "{rows} was written to {path}",
                "{rows} were written to {path}",
                result.bad,
                rows=rows,
                path=self._bad_path,
            )
        )


def _as_json(result: ImportResult, is_dry_run: bool) -> dict[str, object]:
    return {
        "dry_run": is_dry_run,
        "new": sum(change.is_new for change in result.changes),
        "changed": sum(bool(change.events) and not change.is_new for change in result.changes),
        "same": sum(not change.events for change in result.changes),
        "parties": result.parties,
        "visit": result.visits[0]["slug"] if result.visits else None,
        "visits": [visit["slug"] for visit in result.visits],
        "rows": [
            {
                "row": change.row,
                "id": change.number,
                "title": change.title,
                "new": change.is_new,
                "changes": [
                    {
                        "action": event["action"],
                        "fields": event.get("fields", {}),
                        "note": event.get("note"),
                        "reason": event.get("reason"),
                    }
                    for event in change.events
                ],
                "left": change.remark or None,
            }
            for change in result.changes
        ],
        "bad": [
            {
                "row": row,
                "column": None if problem.column is None else problem.column + 1,  # As --map counts them.
                "why": problem.why,
            }
            for problem in result.problems
            for row in problem.rows
        ],
    }
