"""The form that asks which file is to be imported, and what holds where the file does not say it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import FollowUpError, UsageError
from store.snapshot import Snapshot
from tui.app.forms import name_fields
from tui.app.forms.date_fields import day_in, live_day
from tui.app.forms.form import SHOW, Answers, Form, Plan, Question, Subject
from tui.app.import_preview import ImportChoice, ImportPreview

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_DEFAULTS = ("visit", "by", "to")
_DAYS_DONE = ("reported-on", "confirmed-on")


def importing(
    snapshot: Snapshot,
    before: Mapping[str, str],
    tried: Callable[[ImportChoice], ImportPreview],
    show: Callable[[FollowUp, ImportPreview], None],
) -> Form:
    """Which file; `tried` reads it and tells what it would do, `show` is given that.

    `before` is what was answered the last time, which stands in the fields again.
    """
    filled = [
        replace(each, value=before.get(each.name, ""), is_default=each.name == "file") for each in _questions(snapshot)
    ]

    def plan(answers: Answers) -> Plan:
        file = answers.given("file")
        if file is None:
            raise UsageError("say which file", field="file")
        defaults = {name: text for name in _DEFAULTS if (text := answers.given(name))}
        if "visit" in defaults:
            defaults["visit"] = name_fields.slug_of(snapshot, defaults["visit"])
            snapshot.visit(defaults["visit"])
        if (done := day_in(answers, "done", snapshot.today)) is not None:
            defaults |= dict.fromkeys(_DAYS_DONE, done)
        path = os.path.abspath(os.path.expanduser(file))
        columns = _columns(answers.text("columns"))
        import_choice = ImportChoice(
            path,
            columns,
            defaults,
            reason=answers.given("reason"),
            encoding=answers.given("encoding"),
            sheet=answers.given("sheet"),
            answers=answers.values,
        )
        return Plan(None, lambda _: "", then=show, act=lambda: _in_its_field(tried, import_choice))

    return Form("", Subject(), "Import a list: it is shown before anything changes", tuple(filled), plan, SHOW)


def _questions(snapshot: Snapshot) -> tuple[Question, ...]:
    parties = name_fields.parties(snapshot)
    told = "where the file does not say"
    return (
        Question("file", "file", empty="CSV, XLSX, JSON or ICS: ~/actions.xlsx"),
        Question(
            "visit", "visit", empty=told, candidates=name_fields.visits(snapshot), live=name_fields.live_visit(snapshot)
        ),
        Question(
            "by", "promised by", empty=told, candidates=parties, is_list=True, live=name_fields.live_parties(snapshot)
        ),
        Question("to", "to", empty=told, candidates=parties, is_list=True, live=name_fields.live_parties(snapshot)),
        Question("done", "done on", empty="a column says it; else one day for all", live=live_day(snapshot.today)),
        Question("reason", "why a date moved", empty=told),
        Question("columns", "columns", empty="by their headings; else: title=C, due=Frist"),
        Question("sheet", "sheet", empty="the first with such headings"),
        Question("encoding", "encoding", empty="told from the file; else: cp1251, utf-8"),
    )


def _in_its_field(tried: Callable[[ImportChoice], ImportPreview], import_choice: ImportChoice) -> ImportPreview:
    """What is wrong with the file is said under it, unless another field can mend it."""
    try:
        return tried(import_choice)
    except FollowUpError as error:
        if error.field not in (*_DEFAULTS, "reason", "columns", "encoding", "sheet"):
            error.field = "file"
        raise


def _columns(text: str) -> dict[str, str]:
    """Field -> column in `title=C, due=Frist`. Raises: UsageError."""
    from store.imports.column_mapping import parse_field_name

    found = {}
    for pair in filter(None, map(str.strip, text.split(","))):
        field, equals, column = pair.partition("=")
        if not equals or not column.strip():
            raise UsageError("write it as title=C, due=Frist: a field, and the letter or heading of its column",
                             field="columns")  # fmt: skip
        try:
            found[parse_field_name(field)] = column.strip()
        except UsageError as error:
            error.field = "columns"
            raise
    return found
