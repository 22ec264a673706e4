"""The form of an import: the file, defaults for what it does not say, columns, encoding."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import FollowUpError, UsageError
from store.imports.answers.parse_answers import merged
from store.rules.days import Direction
from store.snapshot import Snapshot
from store.translation import phrase, tr, tr_in
from tui.app.forms import name_fields
from tui.app.forms.form import CHOICE, DAY_WIDTH, NAME_WIDTH, PATH, SHOW, Answers, Form, Plan, Question, Subject
from tui.app.forms.value_fields import day_hint, day_in
from tui.app.import_preview import ImportOptions, ImportPreview
from tui.app.long_task import LongTask
from tui.render.answer_options import split_answers

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_DEFAULTS = ("visit", "by", "to")
REFUSED, TAKEN = phrase("refuse"), phrase("take as new")
_DAYS_DONE = ("reported-on", "confirmed-on")
_FIELDS_OF = {
    "map": "columns",
    **dict.fromkeys(
        ("set", "value", "default", "dates", "events", "leave-out", "holds", "like", "new-visit"), "options"
    ),
}
"""Kind of an answer -> the field of the form in which it is given."""


def import_form(
    snapshot: Snapshot,
    before: Mapping[str, str],
    dry_run: Callable[[ImportOptions, LongTask], ImportPreview],
    show: Callable[[FollowUp, ImportPreview], None],
) -> Form:
    """The form of an import; `dry_run` makes the preview, which `show` gets.

    `before`: field -> value, the answers of the last time. They are those on that file: with another one they go.
    """
    questions = (*_usual_questions(snapshot), *_further_questions(snapshot.today))
    filled = [replace(each, value=before.get(each.name, each.value)) for each in questions]
    unsaid = {each.name: each.value for each in questions if each.name != "file"}

    def follow(changed: str, answers: Answers) -> Mapping[str, str]:
        if changed != "file" or not before.get("file"):
            return {}
        is_same = answers.text("file").strip() == before["file"].strip()
        return {
            name: before.get(name, value) if is_same else value
            for name, value in unsaid.items()
            if answers.text(name) in (before.get(name, value), value)
        }

    def plan(answers: Answers) -> Plan:
        file = answers.given("file")
        if file is None:
            raise UsageError(tr("say which file"), field="file")
        defaults = {name: text for name in _DEFAULTS if (text := answers.given(name))}
        if "visit" in defaults:
            defaults["visit"] = name_fields.slug_of(snapshot, defaults["visit"])
            snapshot.visit(defaults["visit"])
        if (done := day_in(answers, "done", snapshot.today, Direction.BACK)) is not None:
            defaults |= dict.fromkeys(_DAYS_DONE, done)
        path = os.path.abspath(os.path.expanduser(file))
        typed = merged({"default": [f"{name}={value}" for name, value in defaults.items()]}, _columns(answers))
        if answers.text("new_parties") == TAKEN:
            typed["new-parties"] = []
        import_options = ImportOptions(
            path,
            merged(typed, split_answers(answers.text("options"))),
            reason=answers.given("reason"),
            encoding=answers.given("encoding"),
            sheet=answers.given("sheet"),
            answers=answers.values,
        )
        task = LongTask()
        return Plan(None, lambda _: "", then=show, act=lambda: _in_its_field(dry_run, import_options, task), task=task)

    about = (tr("what it would change is shown first, nothing is taken yet"),)
    return Form("", Subject(), tr("Import a list"), tuple(filled), plan, SHOW, follow=follow, about=about)


def _usual_questions(snapshot: Snapshot) -> tuple[Question, ...]:
    parties = name_fields.parties(snapshot)
    return (
        Question(
            "file",
            tr_in("label", "file"),
            kind=PATH,
            help=tr("CSV, XLSX, JSON or ICS: ~/actions.xlsx; Tab completes a path"),
        ),
        Question(
            "visit",
            tr_in("label", "visit"),
            empty=tr("a column says it"),
            candidates=name_fields.visits(snapshot),
            width=NAME_WIDTH,
            is_choice=True,
            hint=name_fields.visit_hint(snapshot),
            help=tr("the visit where the file does not say; Down lists the visits"),
        ),
        Question(
            "by",
            tr_in("label", "promised by"),
            empty=tr("a column says it"),
            candidates=parties,
            is_list=True,
            width=NAME_WIDTH,
            hint=name_fields.party_hint(snapshot),
            help=tr("who promised it where the file does not say"),
        ),
        Question(
            "to",
            tr_in("label", "to"),
            empty=tr("a column says it"),
            candidates=parties,
            is_list=True,
            width=NAME_WIDTH,
            hint=name_fields.party_hint(snapshot),
            help=tr("to whom where the file does not say"),
        ),
    )


def _further_questions(today: str) -> tuple[Question, ...]:
    """Those behind `more`: what few files need."""
    return (
        Question(
            "done",
            tr_in("label", "done on"),
            empty=tr("a column says it"),
            width=DAY_WIDTH,
            hint=day_hint(today, Direction.BACK),
            is_further=True,
            help=tr("the day of all that are done, if no column says it"),
        ),
        Question(
            "reason",
            tr_in("label", "why moved"),
            empty=tr("a column says it"),
            is_further=True,
            help=tr("why a date moved where the file does not say"),
        ),
        Question(
            "columns",
            tr_in("label", "columns"),
            empty=tr("by their headings"),
            is_further=True,
            help=tr("title=C, due=Frist: a field, and the letter or heading of its column"),
        ),
        Question(
            "options",
            tr_in("label", "answers"),
            empty=tr("none"),
            is_further=True,
            help=tr("as in the shell: --dates dmy --set to=INTERPOL --value state:Ongoing=in-progress"),
        ),
        Question(
            "sheet",
            tr_in("label", "sheet"),
            empty=tr("the first with such headings"),
            width=NAME_WIDTH,
            is_further=True,
            help=tr("the sheet of the workbook"),
        ),
        Question(
            "encoding",
            tr_in("label", "encoding"),
            empty=tr("told from the file"),
            width=NAME_WIDTH,
            is_further=True,
            help=tr("cp1251, utf-8"),
        ),
        Question(
            "new_parties",
            tr_in("label", "near names"),
            REFUSED,
            kind=CHOICE,
            options=(REFUSED, TAKEN),
            shown=(tr(REFUSED), tr(TAKEN)),
            is_further=True,
            help=tr("names that resemble a known party, or join several: refuse their rows, or take them as new"),
        ),
    )


def _in_its_field(
    dry_run: Callable[[ImportOptions, LongTask], ImportPreview], import_options: ImportOptions, task: LongTask
) -> ImportPreview:
    """Run the dry run; an error without a field is put at the file."""
    try:
        return dry_run(import_options, task)
    except FollowUpError as error:
        _say_for_the_form(error)
        field = _FIELDS_OF.get(error.field or "", error.field)
        error.field = field if field in (*_DEFAULTS, "reason", "columns", "options", "encoding", "sheet") else "file"
        raise


def _say_for_the_form(error: FollowUpError) -> None:
    """Word a refusal for the form: with the labels of its fields, and what to type into which."""
    rule = error.values.get("rule")
    if rule and error.field == "map":
        error.sentence = tr("a column {rule}; as title=C", rule=rule)
    elif rule and error.field in ("sheet", "encoding"):
        label = tr_in("label", "sheet") if error.field == "sheet" else tr_in("label", "encoding")
        error.sentence = f"{label} {rule}"
    elif error.code == "import.columns-alike":
        mapping = str(error.values["mapping"])
        error.sentence = tr("{sentence}: say which, as {mapping}", sentence=error.sentence, mapping=mapping)


def _columns(answers: Answers) -> dict[str, list[str]]:
    """The mapping of columns, written as `title=C, due=Frist, note=G,H`."""
    pairs: list[str] = []
    for each in filter(str.strip, answers.text("columns").split(",")):
        if "=" in each or not pairs:
            pairs.append(each.strip())
        else:
            pairs[-1] += f",{each.strip()}"  # A further column of the same field.
    return {"map": pairs}
