"""Every word of the vocabulary through every face and format: who adds one sees here what is still to be said of it."""

from __future__ import annotations

import csv
import inspect
import io
import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest
from icalendar import Calendar

from store import operations
from store.capture.promises.confidence_bands import Confidence
from store.capture.promises.phrase_rule import FIRM, SOFT
from store.database import Database
from store.formats.docx_export import render_docx
from store.formats.html_export import render_html
from store.formats.keep_on_one_line import NO_BREAK_BEHIND
from store.formats.markdown_export import render_markdown
from store.imports.states.state_meant_by_word import ICS_STATUSES, NOT_DONE, because_of, state_of
from store.model import vocabulary_and_signs
from store.model.vocabulary_and_signs import (
    ACTIONS,
    BANDS,
    CLOSING_REASONS,
    FIRST_STATES,
    KINDS,
    OPEN,
    OUTCOMES,
    PRECISIONS,
    RETURNED,
    STANDINGS,
    STATE_WORDS,
    STATES,
    STEPS,
    VERDICTS,
    Band,
    ClosingReason,
    Entry,
    Outcome,
    Standing,
    State,
    Step,
)
from store.query.parse_query import WORDS, parse
from store.reports.commitment_text import CommitmentText, band_in_words
from store.reports.language_of_papers import load_words
from store.reports.list_report import list_report
from store.reports.meeting_sheet import meeting_sheet
from store.snapshot import Row, Snapshot
from store.translation_catalogue_and_plurals import languages
from tests.conftest import Run
from tests.support import store_builders
from tests.support.app_driver import driven, story
from tests.support.check_answers_and_refusals import document
from tests.support.document_parts import whole
from tests.support.fixed_day_and_user import TODAY
from tests.support.format_readers import squeezed, texts_of_docx
from tests.support.message_extractor import extract
from tui.app.actions.open_form import FORMS
from tui.app.capture_review import MERGED, REFUSED, TAKEN
from tui.app.filter_completion import completed
from tui.app.forms.form import FormContext, Subject
from tui.app.key_table import BY_ID
from tui.app.pages import capture_page, counts_and_views, help_page
from tui.app.pages.help_page import help_lines
from tui.app.screens import drafts_screen
from tui.app.view_filter_and_groups import GROUPINGS
from tui.cli.command_table import COMMANDS
from tui.render import line_of_counts
from tui.render.event_words import headline
from tui.render.segments import text_of
from tui.render.terminal_style import TerminalStyle

TABLES: dict[type, dict[str, Entry]] = {
    vocabulary_and_signs.State: {**STATES},
    vocabulary_and_signs.Band: {**BANDS},
    vocabulary_and_signs.Outcome: {**OUTCOMES},
    vocabulary_and_signs.Standing: {**STANDINGS},
    vocabulary_and_signs.Because: {**CLOSING_REASONS},
    vocabulary_and_signs.Kind: {**KINDS},
    vocabulary_and_signs.Precision: {**PRECISIONS},
    vocabulary_and_signs.Verdict: {**VERDICTS},
}
"""The constants of a vocabulary -> its table."""

DUE_OF_BAND = {
    Band.OVERDUE: -9,
    Band.TODAY: 0,
    Band.WEEK: 3,
    Band.MONTH: 20,
    Band.LATER: 60,
    Band.NO_DATE: None,
}
"""The bands that the due date decides -> days until a date in them."""

DUE = "2023-02-20"
LATER = "2023-02-26"

_OF_OUTCOME: dict[str, tuple[str | None, str, str]] = {
    Outcome.MET: (DUE, DUE, "confirmed"),
    Outcome.MET_EXTENDED: (DUE, LATER, "confirmed"),
    Outcome.MET_LATE: (DUE, "2023-02-21", "confirmed"),
    Outcome.MET_UNDATED: (None, DUE, "confirmed"),
    Outcome.WITHDRAWN: (DUE, DUE, "closed"),
    Outcome.NOT_MET: (DUE, DUE, "closed"),
}
"""Outcome -> the due date at first, the day it is done, and the state of a commitment that ends so."""


class Everything:
    """A store that holds every word: state, reason for closing, step, band, outcome, kind -> number."""

    def __init__(self, database: Database) -> None:
        self.database = database
        store_builders.add_lyon(database)
        self.states = {state: self._marked(f"state {state}", state) for state in STATES}
        self.returned = self._add("sent back", state="agreed")
        self._do("mark", self.returned, RETURNED, note="a page is missing")
        self.reasons = {because: self._marked(f"reason {because}", "closed", because) for because in CLOSING_REASONS}
        self.bands = {
            band: self._add(f"band {band}", state="agreed", due=days and _days_ahead(days) if days != 0 else TODAY)
            for band, days in DUE_OF_BAND.items()
        }
        self.outcomes = {outcome: self._ended(outcome) for outcome in OUTCOMES}
        self.kinds = {kind: self._add(f"kind {kind}", kind=kind) for kind in KINDS}

    def _add(self, title: str, **fields: object) -> int:
        return store_builders.add(self.database, title, **fields)

    def _do(self, verb: str, *arguments: object, **named: object) -> None:
        store_builders.do(self.database, verb, *arguments, **named)  # type: ignore[arg-type]

    def _marked(self, title: str, state: str, because: str = "declined") -> int:
        number = self._add(title, state="proposed" if state == "proposed" else "agreed", due=_days_ahead(20))
        if state != "proposed":
            self._do("mark", number, state, **{"because": because} if state == "closed" else {})
        return number

    def _ended(self, outcome: str) -> int:
        due, done, state = _OF_OUTCOME[outcome]
        number = self._add(f"outcome {outcome}", state="agreed", due=due)
        if outcome == Outcome.MET_EXTENDED:
            store_builders.set_due(self.database, number, LATER, reason="asked for")
        because = "overtaken" if outcome == Outcome.WITHDRAWN else "declined"
        self._do("mark", number, state, on=done, **{"because": because} if state == "closed" else {})
        return number

    def row(self, number: int) -> Row:
        return self.database.snapshot().row(number)


def _days_ahead(days: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days)).isoformat()


@pytest.fixture
def everything(empty: Database) -> Everything:
    return Everything(empty)


@pytest.fixture
def snapshot(everything: Everything) -> Snapshot:
    return everything.database.snapshot()


# The table itself.


@pytest.mark.parametrize("words", list(TABLES), ids=lambda words: words.__name__)
def test_every_constant_is_an_entry_and_every_entry_a_constant(words: type) -> None:
    constants = [value for name, value in vars(words).items() if name.isupper() and isinstance(value, str)]
    assert sorted(constants) == sorted(TABLES[words])
    assert all(word == entry.word for word, entry in TABLES[words].items())
    assert tuple(TABLES[words]) == words.ALL  # type: ignore[attr-defined]


BANDS_WITH_SIGN = [band for band in BANDS.values() if band.sign]

IN_A_CONTEXT: dict[str, tuple[ModuleType, set[str]]] = {
    "count": (
        vocabulary_and_signs,
        {text for band in BANDS.values() for text in (band.text, band.short)} | {"silent", "open"},
    ),
    "precision": (vocabulary_and_signs, set(PRECISIONS)),
    "state": (vocabulary_and_signs, set(STATES)),
    "capture": (capture_page, {*Confidence.ORDER, TAKEN, MERGED, REFUSED, FIRM, SOFT, *PRECISIONS}),
    "tally": (counts_and_views, {BANDS[band].short for band in line_of_counts.COUNTED if band != Band.WEEK}),
    "sign": (help_page, {band.short for band in BANDS_WITH_SIGN if band.word not in (Band.WEEK, Band.MONTH)}),
}
"""Context -> the module that marks its texts for the catalogue, and the words that are looked up there in it."""


@pytest.mark.parametrize("context", list(IN_A_CONTEXT))
def test_each_word_is_marked_in_each_context_in_which_it_is_translated(context: str) -> None:
    module, words = IN_A_CONTEXT[context]
    with open(str(module.__file__), "rb") as file:
        marked = {text for _, _, (where, text, *_), _ in extract(file, ["phrase_in"]) if where == context}
    assert words <= marked


def test_no_two_words_share_what_tells_them_apart() -> None:
    def are_different(values: Iterable[object]) -> bool:
        found = list(values)
        return len(found) == len(set(found))

    assert are_different(step.key for step in STEPS.values())
    assert are_different(step.sign for step in STEPS.values())
    assert are_different(state.letters for state in STATES.values())
    assert are_different(reason.key for reason in CLOSING_REASONS.values())
    assert are_different(band.count for band in BANDS.values())
    for table in TABLES.values():
        assert are_different(entry.text for entry in table.values() if entry.word != "day")
    words = [state.import_words for state in STATES.values()] + [each.import_words for each in CLOSING_REASONS.values()]
    assert are_different(word for several in words for word in several.split("|"))


def test_every_state_has_all_that_is_shown_of_one() -> None:
    for step in STEPS.values():
        assert len(step.sign) == len(step.key) == 1
        assert step.text
        assert bool(step.draft) == (bool(step.asks) and "because" not in step.asks), "a form has a name as a draft"
        assert set(step.asks) <= set(inspect.signature(operations.mark).parameters)
    for state in STATES.values():
        assert len(state.letters) == 4
        assert state.band is None or state.band in BANDS
        assert state.ics_status in ICS_STATUSES
    for reason in CLOSING_REASONS.values():
        assert set(reason.asks) <= set(inspect.signature(operations.mark).parameters)
    assert set(FIRST_STATES) <= set(STATES)


@pytest.mark.parametrize("language", [language for language in languages() if language != "en"])
def test_every_word_that_papers_print_is_translated(language: str) -> None:
    words = load_words(language)
    for table in TABLES.values():
        for entry in table.values():
            if entry.text:
                assert words.tr(entry.text) != entry.text


# Rules.


def test_every_state_and_due_date_has_its_band(everything: Everything) -> None:
    for state, number in everything.states.items():
        assert everything.row(number).band == (STATES[state].band or Band.MONTH)
    assert {band: everything.row(number).band for band, number in everything.bands.items()} == {
        band: band for band in everything.bands
    }
    assert set(everything.bands) | {state.band for state in STATES.values() if state.band} == set(BANDS)
    for outcome, number in everything.outcomes.items():
        assert everything.row(number).outcome == outcome
    tally = everything.database.snapshot().counts()
    assert all(tally[band.count] for band in BANDS.values())
    assert tally["open"] + tally["finished"] == tally["total"]


# The command line.


def test_lists_and_pages_of_the_command_line(everything: Everything, run: Run) -> None:
    table = run("list", "--all", env={"COLUMNS": "120", "LC_ALL": "C.UTF-8"}).out
    for state, number in everything.states.items():
        assert re.search(rf"#{number} {re.escape(STATES[state].sign)} {STATES[state].short} ", table)
        assert f"[{STATES[state].sign} {STATES[state].short}" in run("show", str(number)).out
    for band in BANDS.values():
        assert band.text.upper() in table
        if band.sign:
            assert f" {band.sign} " in table
    for outcome, number in everything.outcomes.items():
        assert OUTCOMES[outcome].text in run("show", str(number)).out
    for because, number in everything.reasons.items():
        assert because in run("show", str(number)).out
    counts = run("status", env={"COLUMNS": "100"}).out
    assert all(band.text in counts for band in BANDS.values())


def test_json_has_the_stored_words(everything: Everything, run: Run) -> None:
    views = {view["id"]: view for view in document(run("list", "--all", "--json"))}
    assert {state: views[number]["state"] for state, number in everything.states.items()} == {s: s for s in STATES}
    assert {views[number]["closed"]["because"] for number in everything.reasons.values()} == set(CLOSING_REASONS)
    assert {view["band"] for view in views.values()} == set(BANDS)
    assert {view["outcome"] for view in views.values()} == {*OUTCOMES, None}
    assert {views[number]["kind"] for number in everything.kinds.values()} == set(KINDS)


def test_mark_takes_every_word_for_a_state(everything: Everything, run: Run) -> None:
    refused = run("mark", "1", "nonsense")
    assert ", ".join(STATE_WORDS) in refused.err
    for word, step in STATE_WORDS.items():
        state = State.IN_PROGRESS if step == RETURNED else step
        number = next(each for each in everything.states.values() if everything.row(each).commitment["state"] != state)
        options = {State.CLOSED: ["--because", "dropped"], RETURNED: ["--note", "one page"]}.get(step, [])
        assert run("mark", str(number), word, *options).code == 0
        assert everything.row(number).commitment["state"] == state
    known = {option.name: option for option in COMMANDS["mark"].options}
    assert known["--because"].choices == tuple(CLOSING_REASONS)


def test_history_says_every_state_and_kind_of_event(everything: Everything, run: Run) -> None:
    for state, number in everything.states.items():
        if state not in FIRST_STATES:
            assert f"agreed → {STATES[state].text}" in run("history", str(number)).out
    event = {"seq": 1, "change": 1, "at": "2023-03-01T09:00:00Z", "day": TODAY, "who": "asel"}
    for action, text in ACTIONS.items():
        assert headline({**event, "action": action, "fields": {}}).startswith(("undo", "redo", text))  # type: ignore[typeddict-item]


# Queries.


def test_queries_know_every_word(everything: Everything, snapshot: Snapshot) -> None:
    def found(text: str) -> list[int]:
        query = parse(text, today=TODAY, me=[])
        return [row.commitment["id"] for row in snapshot.rows if query.matches(row, snapshot)]

    def with_(name: str, word: str) -> list[int]:
        return [row.commitment["id"] for row in snapshot.rows if getattr(row, name) == word]

    for word, step in STATE_WORDS.items():
        if step != RETURNED:
            query = parse(f"state:{word}", today=TODAY, me=[])
            assert query.asks_for_finished == (step not in OPEN)
            assert found(f"state:{word}") == [
                row.commitment["id"] for row in snapshot.rows if row.commitment["state"] == step
            ]
            assert query.describe() == f"state {step}"
    for band in BANDS.values():
        assert band.word in WORDS
        assert found(band.word) == found(f"band:{band.word}") == with_("band", band.word) != []
        assert parse(band.word, today=TODAY, me=[]).describe() == band.query
    for outcome in OUTCOMES:
        assert found(f"outcome:{outcome}") == with_("outcome", outcome) != []
    for kind, number in everything.kinds.items():
        assert number in found(f"kind:{kind}")


def test_what_is_typed_of_a_word_is_completed(snapshot: Snapshot) -> None:
    for field, table in (("state", STATES), ("band", BANDS), ("outcome", OUTCOMES), ("kind", KINDS)):
        for word in table:
            done = completed(f"{field}:{word[:-1]}", snapshot)
            assert done is not None
            assert done.startswith(f"{field}:{word[:-1]}")


# Formats, and back.


def test_tables_and_calendars_hold_every_word(everything: Everything, run: Run, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--format", "csv").out)))
    by_number = {int(row["id"]): row for row in rows}
    assert run("export", "--output", str(tmp_path / "all.xlsx")).code == 0
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    cells = {str(cell.value) for page in book.worksheets for line in page.iter_rows() for cell in line}
    told = "\n".join(cells)  # in words: a workbook is for people
    calendar = Calendar.from_ical(run("export", "--format", "ics").out)
    todos = {str(todo["summary"]): todo for todo in calendar.walk("VTODO")}
    for state, number in everything.states.items():
        assert by_number[number]["state"] == state
        assert state == State.CLOSED or STATES[state].text in told
        todo = todos[f"state {state}"]
        assert todo["status"] == STATES[state].ics_status
        assert todo.get("percent-complete") == STATES[state].ics_percent
    for because, number in everything.reasons.items():
        assert by_number[number]["closed_because"] == because
        assert CLOSING_REASONS[because].text in told
    for outcome, number in everything.outcomes.items():
        assert by_number[number]["outcome"] == outcome
    assert {*BANDS} <= {row["band"] for row in rows}
    assert {kind.text for kind in KINDS.values()} <= cells


@pytest.mark.parametrize("name", ["csv", "xlsx", "ics"])
def test_our_own_export_comes_back_and_changes_no_word(
    everything: Everything, run: Run, tmp_path: Path, name: str
) -> None:
    before = everything.database.snapshot().commitments
    assert run("export", "--output", str(tmp_path / f"all.{name}")).code == 0
    result = run("import", str(tmp_path / f"all.{name}"), "--visit", store_builders.VISIT)
    assert result.code == 0, result
    assert f"{len(before)} as they are" in result.out + result.err
    assert everything.database.snapshot().commitments == before


def test_imports_understand_every_word() -> None:
    for word, state in STATES.items():
        for text in (word, state.text, state.short, *state.aliases, *state.import_words.split("|")):
            assert state_of(text) == (word, None), text
        read_back = state_of(ICS_STATUSES[state.ics_status])
        assert read_back is not None
        assert read_back[0] in (NOT_DONE, *STATES)
    for word, reason in CLOSING_REASONS.items():
        for text in (word, reason.text, *reason.import_words.split("|")):
            assert state_of(text) == (State.CLOSED, word), text
            assert because_of(text) == word


def test_the_refusal_of_a_state_names_them_all(everything: Everything, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Action,By,To,State\nSend it,UNODC,INTERPOL,nonsense\n")
    result = run("import", str(file), "--visit", store_builders.VISIT).err
    for state in STATES.values():
        if state.word != State.CLOSED:
            assert state.import_words.split("|")[0] in result


# Papers.


@pytest.mark.parametrize("language", languages())
def test_papers_of_every_format_say_every_word(snapshot: Snapshot, everything: Everything, language: str) -> None:
    words = load_words(language)
    texts = CommitmentText(snapshot, words, is_internal=False)
    paper = list_report(snapshot, snapshot.rows, language=language)
    formats = [
        squeezed(re.sub(r"<[^>]+>|&NoBreak;", "", render_html(paper))),
        squeezed(render_markdown(paper)).replace("\\", ""),
        squeezed("".join(texts_of_docx(render_docx(paper, TODAY))).replace(NO_BREAK_BEHIND, "")),
    ]
    bands = [band for band in BANDS.values() if band.word != Band.FINISHED]
    shown = [band_in_words(words, band.word) for band in bands]
    shown += [words.tr(entry.text) for entry in CLOSING_REASONS.values()]
    shown += [texts.outcome(snapshot.row(number)) for number in everything.outcomes.values()]
    shown += [words.tr(STATES[state].text) for state in STATES if STATES[state].band is None]
    shown += [words.tr(kind.text) for kind in KINDS.values()]
    for text in shown:
        assert all(squeezed(text) in printed for printed in formats), text
    for state, number in everything.states.items():
        stands = STANDINGS[Standing.NOT_MET] if state == State.CLOSED else STATES[state]
        assert texts.state(snapshot.row(number)).startswith(words.tr(stands.text))
    told = [texts.outcome(snapshot.row(number)) for number in everything.outcomes.values()]
    assert len(set(told)) == len(OUTCOMES)
    assert all(told)


@pytest.mark.parametrize("language", languages())
def test_the_sheet_says_how_each_stands(snapshot: Snapshot, language: str) -> None:
    printed, words = whole(meeting_sheet(snapshot, language=language)), load_words(language)
    for state in STATES.values():
        if state.band is None:
            assert words.tr(state.text) in printed
    for band in BANDS.values():
        assert (band_in_words(words, band.word) in printed) == (band.word != Band.FINISHED), "finished says too little"
    for reason in CLOSING_REASONS.values():
        assert words.tr(reason.text) in printed


# The app.


@story
async def test_the_menu_of_states_offers_every_step_and_each_goes_where_it_should(path: str) -> None:
    everything = Everything(store_builders.make_empty(path))
    number = everything.kinds["other"]
    async with driven(everything.database, size=(100, 40)) as hand:
        for step in STEPS.values():
            await hand.point_at(number)
            await hand.press("s")
            for each in STEPS.values():
                assert f"{each.key}  {each.sign} {each.menu}" in hand.screen
            await hand.press(step.key)
            if "because" in step.asks:
                assert hand.in_front == "MenuScreen"
                for reason in CLOSING_REASONS.values():
                    assert f"{reason.key}  {reason.menu}" in hand.screen
            elif step.asks:
                assert hand.in_front == "FormScreen"
                assert step.text in hand.screen.lower()
            else:
                assert everything.row(number).commitment["state"] == step.word
                continue
            await hand.press("escape")
            assert hand.in_front == "ListScreen"


@story
async def test_every_reason_for_closing_has_its_form(path: str) -> None:
    everything = Everything(store_builders.make_empty(path))
    async with driven(everything.database, size=(100, 40)) as hand:
        for reason in CLOSING_REASONS.values():
            await hand.point_at(everything.kinds["other"])
            await hand.press("s", STEPS[State.CLOSED].key, reason.key)
            assert hand.in_front == "FormScreen"
            assert f"closed, {reason.word}" in hand.screen.lower()
            await hand.press("escape")


def test_forms_ask_for_what_the_table_says(everything: Everything, snapshot: Snapshot) -> None:
    number = everything.states[State.AGREED]
    subject = Subject((number,), {number: snapshot.row(number).commitment["revision"]})
    asking = [step for step in STEPS.values() if step.asks and step.word != State.CLOSED]
    entries: list[Step | ClosingReason] = [*asking, *CLOSING_REASONS.values()]
    for entry in entries:
        form = FORMS[entry.word](FormContext(snapshot, "asel"), subject)
        assert form.name == entry.word
        assert tuple(question.name for question in form.questions) == entry.asks
        assert entry.text in form.title.lower()


def test_every_form_has_a_name_as_a_draft() -> None:
    by_state = {*CLOSING_REASONS, *(step.word for step in STEPS.values() if step.draft)}
    assert drafts_screen.NAMES.keys() | by_state == FORMS.keys()


def test_help_explains_every_sign_and_names_every_state() -> None:
    text = "\n".join(text_of(line) for line in help_lines("list", 100, TerminalStyle(100)))
    for state in STATES.values():
        assert re.search(rf"^ {re.escape(state.sign)} +{state.letters}  {state.text}$", text, re.MULTILINE)
    for band in BANDS.values():
        assert re.search(rf"^ {re.escape(band.sign or ' ')} +{band.text}$", text, re.MULTILINE)
    for step in STEPS.values():
        assert step.short in BY_ID["state"].help


def test_the_app_groups_by_every_state_and_band(everything: Everything, snapshot: Snapshot) -> None:
    by_state, by_band = (GROUPINGS[name][1](snapshot) for name in ("state", "deadline"))
    for state, number in everything.states.items():
        assert by_state(snapshot.row(number))[1] == STATES[state].text.upper()
    for row in snapshot.rows:
        assert by_band(row)[1::2] == (BANDS[row.band].text.upper(), BANDS[row.band].sign)
    tally = dict.fromkeys((*(band.count for band in BANDS.values()), "silent", "open", "aside"), 3)
    for band in line_of_counts.COUNTED:
        assert f"3 {BANDS[band].short}" in line_of_counts.line_of_counts(tally)
