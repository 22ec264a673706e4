"""The form that asks which file is to be imported, and what holds where the file does not say it."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from store.errors import FollowUpError, UsageError
from store.snapshot import Ledger
from tui.app.forms import name_fields
from tui.app.forms.date_fields import day_in, live_day
from tui.app.forms.form import SHOW, Answers, Plan, Question, Sheet, Subject
from tui.app.forms.import_preview import Asked, Preview

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_DEFAULTS = ("visit", "by", "to")
_DAYS_DONE = ("reported-on", "confirmed-on")


def importing(
    ledger: Ledger,
    before: Mapping[str, str],
    tried: Callable[[Asked], Preview],
    show: "Callable[[FollowUp, Preview], None]",
) -> Sheet:
    """Which file; `tried` reads it and tells what it would do, `show` is given that.

    `before` is what was answered the last time, which stands in the fields again.
    """
    filled = [
        replace(each, value=before.get(each.name, ""), is_default=each.name == "file") for each in _questions(ledger)
    ]

    def plan(answers: Answers) -> Plan:
        file = answers.given("file")
        if file is None:
            raise UsageError("say which file", field="file")
        defaults = {name: text for name in _DEFAULTS if (text := answers.given(name))}
        if "visit" in defaults:
            defaults["visit"] = name_fields.slug_of(ledger, defaults["visit"])
            ledger.visit(defaults["visit"])
        if (done := day_in(answers, "done", ledger.today)) is not None:
            defaults |= dict.fromkeys(_DAYS_DONE, done)
        path = os.path.abspath(os.path.expanduser(file))
        columns = _columns(answers.text("columns"))
        asked = Asked(
            path,
            columns,
            defaults,
            reason=answers.given("reason"),
            encoding=answers.given("encoding"),
            sheet=answers.given("sheet"),
            answers=answers.values,
        )
        return Plan(None, lambda _: "", then=show, act=lambda: _in_its_field(tried, asked))

    return Sheet("", Subject(), "Import a list: it is shown before anything changes", tuple(filled), plan, SHOW)


def _questions(ledger: Ledger) -> tuple[Question, ...]:
    parties = name_fields.parties(ledger)
    told = "where the file does not say"
    return (
        Question("file", "file", empty="CSV, XLSX, JSON or ICS: ~/actions.xlsx"),
        Question(
            "visit", "visit", empty=told, candidates=name_fields.visits(ledger), live=name_fields.live_visit(ledger)
        ),
        Question(
            "by", "promised by", empty=told, candidates=parties, is_list=True, live=name_fields.live_parties(ledger)
        ),
        Question("to", "to", empty=told, candidates=parties, is_list=True, live=name_fields.live_parties(ledger)),
        Question("done", "done on", empty="a column says it; else one day for all", live=live_day(ledger.today)),
        Question("reason", "why a date moved", empty=told),
        Question("columns", "columns", empty="by their headings; else: title=C, due=Frist"),
        Question("sheet", "sheet", empty="the first with such headings"),
        Question("encoding", "encoding", empty="told from the file; else: cp1251, utf-8"),
    )


def _in_its_field(tried: Callable[[Asked], Preview], asked: Asked) -> Preview:
    """What is wrong with the file is said under it, unless another field can mend it."""
    try:
        return tried(asked)
    except FollowUpError as error:
        if error.field not in (*_DEFAULTS, "reason", "columns", "encoding", "sheet"):
            error.field = "file"
        raise


def _columns(text: str) -> dict[str, str]:
    """Field -> column in `title=C, due=Frist`. Raises: UsageError."""
    from store.imports.column_mapping import checked_field

    found = {}
    for pair in filter(None, map(str.strip, text.split(","))):
        field, equals, column = pair.partition("=")
        if not equals or not column.strip():
            raise UsageError("write it as title=C, due=Frist: a field, and the letter or heading of its column",
                             field="columns")  # fmt: skip
        try:
            found[checked_field(field)] = column.strip()
        except UsageError as error:
            error.field = "columns"
            raise
    return found
