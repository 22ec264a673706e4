"""Apply parsed rows to the store in one transaction: each row adds a commitment, or updates the one that it matches."""

from __future__ import annotations

from functools import cached_property

from store import operations
from store.errors import FollowUpError, NotAllowed, NotFound, UsageError
from store.fold_case_and_accents import fold
from store.imports.apply.cells_kept_as_notes import UnfittingCell, may_not_fit, unfitting_cells
from store.imports.apply.match_row_to_commitment import CommitmentIndex, ResolvedNames, number_twice
from store.imports.apply.notices_after_import import AssumedDays, lost_in_words
from store.imports.apply.renumbering import RenumberingCheck
from store.imports.apply.state_and_day_of_row import (
    ASKING,
    change_state,
    day_in_row,
    first_state,
    names_state,
    refuse_done_without_day,
)
from store.imports.apply.visit_in_rows import details_in_rows
from store.imports.columns.column_mapping import OF_PARTS
from store.imports.grid.describe_bad_rows import describe_problem, merge_same, rows_in_words
from store.imports.grid.grid import Problem, cell_text
from store.imports.grid.row_nouns import row_named, rows_named
from store.imports.parties.party_matcher import ROLES, PartyMatcher
from store.imports.rows.parse_rows import OF_A_ROW, described_field, is_unmapped
from store.imports.sections.party_in_section_title import is_acronym, name_in_title, names_a_body
from store.imports.sections.section_titles_and_totals import without_number
from store.imports.sections.state_in_section_title import state_in_title
from store.model.required_fields import NEEDED
from store.model.vocabulary_and_signs import State
from store.reports.commitment_text import visits_as_papers_call_them
from store.rules.calendar_uids import number_of
from store.rules.dates.parse_date import parse_day
from store.rules.days import Direction, said_day
from store.rules.due_dates_and_extensions import DueDate, is_former_date
from store.rules.history import undone_changes
from store.rules.party_names import Directory, match_name
from store.rules.visit_slugs import slug_from
from store.sanitise_text import clean_line, visible
from store.translation import phrase_in, plural, tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence
    from typing import Any

    from store.imports.answers.parse_answers import NewVisit
    from store.imports.apply.match_row_to_commitment import Key
    from store.imports.rows.parse_rows import ImportRow, ParsedRows, Values
    from store.model.record_types import Commitment, Event, Visit
    from store.transaction import Savepoint, Transaction

_FIELD_OF = {"on": "reported-on", "said_by": "reported-by", "asked_by": "asked-by", "agreed_by": "agreed-by"}
"""Parameter of an operation -> field of a row, where the names differ."""

_TEXTS = ("title", "via", "kind", "owner", "quote", "source")
_SEATS = frozenset(("wanted", "nominated", "acknowledged", "letter", "endorsed"))


class RowChange:
    """The effect of one row: its commitment, the events that were recorded, and a remark on what was not changed."""

    __slots__ = ("commitment", "events", "is_new", "number", "remark", "row", "title")

    def __init__(self, row: int, commitment: Commitment, events: Sequence[Event], remark: str, *, is_new: bool) -> None:
        self.row = row
        self.commitment = commitment
        self.number = commitment["id"]
        self.title = commitment["title"]
        self.events = events
        self.remark = remark
        self.is_new = is_new


class ImportResult:
    """The result of an import, real or dry run: a change for each row, the new parties, the problems of bad rows.

    `visits` are those that were made. `directory` holds the parties after the import. `warnings` are
    sentences on what may be unintended: names that may be misspelt, commitments added as proposed.
    """

    __slots__ = ("changes", "directory", "parties", "problems", "visits", "warnings")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.changes: list[RowChange] = []
        self.parties: Sequence[str] = []
        self.problems = list(problems)
        self.warnings: list[str] = []
        self.directory = Directory({})
        self.visits: Sequence[Visit] = ()

    @property
    def bad(self) -> int:
        """The number of bad rows: a row may have several problems, and a problem may concern several rows."""
        return len({row for problem in self.problems for row in problem.rows})


class _MissingColumns(Exception):
    """A new commitment needs fields that have neither a column nor a default."""


_MOST_NEW_PARTIES = 1_000
"""The most parties that one import may add."""


def apply_rows(
    tx: Transaction,
    parsed: ParsedRows,
    *,
    reason: str | None = None,
    rows: Iterable[ImportRow] | None = None,
) -> ImportResult:
    """Apply the rows. A row that is refused is rolled back and listed in `problems`; the others stay.

    `reason` is the default reason for changed dates. `rows` may yield the same rows from an iterator that shows the
    progress. To import all rows or none, raise inside of the transaction when the result has problems.
    Raises: NotAllowed for more new parties than a list can have.
    """
    tx.imported = clean_line(parsed.columns.grid.name) or None
    answers = parsed.columns.answers
    tx.takes_new_names = answers.takes_new_names
    tx.take_as_new(answers.new_parties)
    made = [slug for new in answers.new_visits if (slug := _make_visit(tx, new, parsed)) is not None]
    tx.keep_new_names_apart()
    run = _ImportRun(tx, parsed, reason)
    run.under_others = _under_titles_of_others(tx, parsed)
    for row in parsed.rows if rows is None else rows:
        run.apply(row)
        if tx.new_parties > _MOST_NEW_PARTIES:
            # Each new name is compared with all others, for slips.
            raise NotAllowed(
                tr(
                    "the list names more than {most_new_parties:,} parties that are not known: does the "
                    "column of who promised, or to whom, hold something else?",
                    most_new_parties=_MOST_NEW_PARTIES,
                ),
                code="import.too-many-parties",
                field="columns",
            )
    for row in parsed.bad:
        run.check(row)
    run.report_missing_columns()
    result = run.result
    result.visits = [tx.visit(slug) for slug in made]
    result.problems = merge_same(result.problems)
    result.directory = tx.parties
    result.parties = [party["name"] for party in tx.parties.all() if run.before.find(party["name"]) is None]
    result.warnings += tx.warnings
    if run.to_itself:
        result.warnings.append(
            tr(
                "{rows}: who promises it is also the one to whom; say otherwise if another was meant",
                rows=rows_named(parsed.columns.grid.noun, rows_in_words(run.to_itself)),
            )
        )
    result.warnings += _titles_of_others(tx, parsed)
    if run.assumed_agreed:
        result.warnings.append(
            plural(
                "{n} new commitment is agreed: the list says that the deadline was revised",
                "{n} new commitments are agreed: the list says that the deadline was revised",
                run.assumed_agreed,
            )
        )
    if run.assumed_proposed:
        result.warnings.append(
            plural(
                "{n} new commitment is proposed: nothing in the list says what was agreed (a column state or "
                "agreed-on does)",
                "{n} new commitments are proposed: nothing in the list says what was agreed (a column state or "
                "agreed-on does)",
                run.assumed_proposed,
            )
        )
    result.warnings += [describe_problem(each, parsed) for each in merge_same(run.notices_of_unfitting())]
    result.warnings += run.assumed_days.notices()
    result.warnings += lost_in_words(tx, result.changes)
    return result


def _under_titles_of_others(tx: Transaction, parsed: ParsedRows) -> dict[int, Problem]:
    """The problems of rows under a title that names a party, which is neither who promises nor to whom in them."""
    columns, found = parsed.columns, dict[int, Problem]()
    said = {
        field: columns.answers.defaults[field]
        for field in ("by", "to")
        if field in columns.answers.defaults
        and field not in (*columns.fields, *columns.of_parts, *columns.answers.given)
    }
    if not said or not parsed.titles:
        return found
    known = {fold(name) for row in parsed.rows for field in ("by", "to") for name in row.get(field) or ()}
    title, numbers = "", sorted(parsed.titles)
    for row in sorted(parsed.rows, key=lambda row: row.number):
        while numbers and numbers[0] < row.number:
            title = parsed.titles[numbers.pop(0)]
        named = _party_in_title(tx, title, known) if title else None
        if named is None or named in {fold(name) for each in ("by", "to") for name in row.get(each) or ()}:
            continue
        field = next(iter(said))
        sentence = tr(
            'under "{title}" {field} is {said}, as in all rows: is it another one there?',
            title=visible(title),
            field=described_field(field),
            said=visible(said[field]),
        )
        found[row.number] = Problem(
            row.number, sentence, code="import.title-names-party", field=field, values={"said": said[field]}
        )
    return found


def _party_in_title(tx: Transaction, title: str, known: Container[str]) -> str | None:
    """The party, folded, that the title of a part names: of the store, of those that rows name, or an office."""
    plain = without_number(title)
    for text in (plain, plain.partition(" ")[0].strip(" :")):
        if fold(text) in known:
            return fold(text)
        if (match := match_name(tx.parties, text)).is_party:
            return fold(match.names[0])
    if state_in_title(title) is not None:
        return None
    name = name_in_title("by", plain)
    return fold(name) if name != plain or names_a_body(plain) or is_acronym(plain) else None


def _titles_of_others(tx: Transaction, parsed: ParsedRows) -> list[str]:
    """Notices of rows under a title that names a party, while all rows were given another one."""
    notices = []
    columns = parsed.columns
    for field in ("by", "to"):
        said = columns.answers.given.get(field) or columns.answers.defaults.get(field)
        if said is None or field in columns.fields:
            continue
        for title in parsed.titles.values():
            plain = without_number(title)
            texts = (plain, plain.partition(" ")[0].strip(" :"))
            named = [match.names[0] for text in texts if (match := match_name(tx.parties, text)).is_party]
            if named and named[0] != match_name(tx.parties, said).names[0]:
                notices.append(
                    tr(
                        'under "{title}" {field} is {said}, as in all rows: is it another one there?',
                        title=visible(title),
                        field=described_field(field),
                        said=visible(said),
                    )
                )
    return notices


_NEEDED = (phrase_in("new visit", "title"), phrase_in("new visit", "place"), phrase_in("new visit", "from"))
"""What a new visit needs, as the options are called."""


def _make_visit(tx: Transaction, new: NewVisit, parsed: ParsedRows) -> str | None:
    """Make the visit of an import. Returns its slug; None where it is there already.

    Its title is the one that the rows name, where they name one that is unknown. Raises: UsageError, NotAllowed.
    """
    visits = tx.visits()
    if new.slug in visits:
        return None
    known = {fold(text) for slug, visit in visits.items() for text in (slug, visit["title"])}
    rows = [*parsed.rows, *parsed.bad]
    named = dict.fromkeys(row.values["visit"] for row in rows if "visit" in row.values)
    unknown = [text for text in named if fold(text) not in known and fold(text) != fold(new.slug)]
    named_so = [text for text in unknown if slug_from(text) == new.slug] or (unknown if len(unknown) == 1 else [])
    title = new.title or (named_so[0] if named_so else None)
    of_visit = [row for row in rows if fold(row.values.get("visit", new.slug)) in (fold(new.slug), fold(title or ""))]
    details = details_in_rows(title or "", of_visit, parsed.columns)
    place, first = new.place or details.get("place"), new.start or details.get("from")
    missing = [name for name, value in zip(_NEEDED, (title, place, first), strict=True) if value is None]
    if title is None or place is None or first is None:
        said = tr_in("new visit", " and ").join(tr_in("new visit", name) for name in missing)
        raise UsageError(
            tr("a new visit needs its {missing}", missing=said)
            if len(parsed.columns.answers.new_visits) < 2
            else tr(
                "the new visit {slug} needs its {missing}; those of several visits stand in their order",
                slug=visible(new.slug),
                missing=said,
            ),
            code="import.visit-incomplete",
            field="new-visit",
            values={"missing": missing, "slug": new.slug, "title": title, "place": place, "from": first},
        )
    start = parse_day(first, tx.today, Direction.NEAREST)
    end = parse_day(new.end, tx.today, Direction.NEAREST, since=start) if new.end is not None else None
    return operations.add_visit(tx, title, place=place, start=start, end=end, slug=new.slug)


class _ImportRun:
    """The state of one import: indexes over the store, and the result so far."""

    def __init__(self, tx: Transaction, parsed: ParsedRows, reason: str | None) -> None:
        self.result = ImportResult(parsed.problems)
        self._tx = tx
        self._columns = parsed.columns
        self._parsed = parsed
        self._index = CommitmentIndex(tx)
        self._rows: dict[int, ImportRow] = {}
        self._problems_of: dict[int, list[Problem]] = {}
        """Number of a row -> what was wrong with its cells."""
        for problem in parsed.problems:
            for number in problem.rows:
                self._problems_of.setdefault(number, []).append(problem)
        self._missing_columns: dict[str, list[int]] = {}
        self._reason = reason
        self._visits: dict[str, str] = {}
        self._details: dict[str, dict[str, str]] = {}
        self._renumbering = RenumberingCheck(tx, parsed.rows)
        self.assumed_proposed = 0
        """The number of new commitments that are proposed only because their rows have no state."""
        self.assumed_days = AssumedDays(tx.today)
        self.to_itself: list[int] = []
        """The rows of new commitments that one party promises itself."""
        self.assumed_agreed = 0
        """The number of new commitments that are agreed because their deadline was revised."""
        self.before = Directory({party["id"]: party for party in tx.parties.all()})
        """The parties before the import: the transaction's own directory grows with the rows."""
        self._parties = PartyMatcher(tx, parsed)
        self._may_not_fit = may_not_fit(parsed.columns)
        """The fields with a column, beside that of the deadline, that not every row can take."""
        self._unfitting: dict[int, list[UnfittingCell]] = {}
        self.under_others: Mapping[int, Problem] = {}
        """Number of a row -> its problem, where the title of its part names another party than was said for all."""

    def apply(self, row: ImportRow) -> None:
        """Apply one row; if it is refused, roll it back and add the problem."""
        if (under_another := self.under_others.get(row.number)) is not None:
            self.result.problems.append(under_another)
            return
        savepoint = self._tx.savepoint()
        refusal: FollowUpError | None = None
        try:
            change, key = self._apply(row, savepoint)
        except _MissingColumns:
            pass
        except (NotAllowed, NotFound, UsageError) as error:
            refusal = error if error.code != "import.field-missing" else None
        else:
            self._record(row, change, key)
            return
        self._tx.roll_back_to(savepoint)
        self.check(row, self._problem(row, refusal) if refusal is not None else None)

    def check(self, row: ImportRow, found: Problem | None = None) -> None:
        """Add the problems of a row that is bad: what was `found` of it already, and all else that is wrong with it."""
        problems = [] if found is None else [found]
        names: dict[str, Any] = {}
        for field in ("visit", *ROLES):
            try:
                names[field] = self._visit_slug(row) if field == "visit" else self._parties.match(row, field)
            except (NotAllowed, NotFound, UsageError) as error:
                names[field] = None
                problems.append(self._problem(row, error))
                if field in ROLES:
                    problems += [self._problem(row, each) for each in self._parties.further_errors(row, field)]
        if self._is_new(row, ResolvedNames(names["visit"], names["by"], names["to"])):
            problems += self._missing(row)
            problems += self._contradictions(row)
        known = {(each.code, each.field, each.why) for each in self._problems_of.get(row.number, ())}
        for each in problems:
            if (subject := (each.code, each.field, each.why)) not in known:
                known.add(subject)
                self.result.problems.append(each)

    def _is_new(self, row: ImportRow, names: ResolvedNames) -> bool:
        """Whether a bad row is none of a commitment that is there, as far as that can be told."""
        try:
            return self._index.find(row, names, self._rows)[0] is None
        except (NotAllowed, NotFound):
            return False

    def _missing(self, row: ImportRow) -> list[Problem]:
        """The problems of the fields that a new row has to have, but for those that no column says."""
        problems = self._problems_of.get(row.number, ())
        if any(each.code == "import.text-alone" for each in problems):
            return []  # First it is asked whether it is a row.
        wrong = {each.field for each in problems}
        found = []
        for field in NEEDED:
            if row.get(field) or field in wrong:
                continue
            if field != "title" and is_unmapped(self._columns, field):
                self._missing_columns.setdefault(field, []).append(row.number)
            else:
                sentence = tr("{field} is missing", field=described_field(field))
                values = {"visits": self._latest_visits} if field == "visit" else {}
                code, column = "import.field-missing", self._columns.fields.get(field)
                found.append(Problem(row.number, sentence, column, code=code, field=field, values=values))
        return found

    def _contradictions(self, row: ImportRow) -> list[Problem]:
        """What is wrong with the state of a new row, and with the day on which it was done."""
        wrong = {each.field for each in self._problems_of.get(row.number, ())}
        if not wrong.isdisjoint(ASKING):
            return []
        try:
            refuse_done_without_day(row, self._tx.today)
        except NotAllowed as error:
            return [self._problem(row, error)]
        return []

    def _record(self, row: ImportRow, change: RowChange, key: Key | None) -> None:
        """Add the change to the result, and let later rows match its commitment; refused rows do not get here."""
        self.result.changes.append(change)
        self._rows.setdefault(change.number, row)
        if change.is_new:
            new = change.commitment
            self._index.add(change.number, new, key)
            if new["by"] == new["to"] and len(new["by"]) == 1:
                self.to_itself.append(row.number)
            self.assumed_proposed += new["state"] == State.PROPOSED and not names_state(row)
            self.assumed_days.count(row, change)

    def notices_of_unfitting(self) -> list[Problem]:
        """Notices of the cells kept as notes; none of refused rows."""
        taken = {change.row for change in self.result.changes}
        return [
            Problem(number, cell.why, cell.column)
            for number, cells in self._unfitting.items()
            if number in taken
            for cell in cells
        ]

    def report_missing_columns(self) -> None:
        """Add one problem for each field that has no column, not one for each row."""
        for field, unsorted in self._missing_columns.items():
            rows = sorted(unsorted)
            sentence = tr("no column says {field}", field=described_field(field))
            titles = self._parsed.titles_over_rows() if field in OF_PARTS else []
            columns = self._columns.that_may_say(field) if field in OF_A_ROW else []
            values = {
                "titles": titles,
                "columns": self._columns.named(columns),
                "headings": {self._columns.headings[column].strip(): self._columns.typed(column) for column in columns},
                **({"visits": self._latest_visits} if field == "visit" else {}),
            }
            problem = Problem(rows[0], sentence, code="import.no-column", field=field, rows=rows, values=values)
            self.result.problems.append(problem)

    def _details_of(self, named: str) -> dict[str, str]:
        """What the rows say of a visit that is not there."""
        if named not in self._details:
            each_row = (*self._parsed.rows, *self._parsed.bad)
            rows = [row for row in each_row if fold(row.get("visit") or "") == fold(named)]
            self._details[named] = details_in_rows(named, rows, self._columns)
        return self._details[named]

    @cached_property
    def _latest_visits(self) -> dict[str, str]:
        """The visits of the store, the latest first: slug -> title."""
        latest = sorted(self._tx.visits().values(), key=lambda visit: visit["start"], reverse=True)
        return {visit["slug"]: visit["title"] for visit in latest}

    def _problem(self, row: ImportRow, error: FollowUpError) -> Problem:
        field = _FIELD_OF.get(error.field or "", error.field or "")
        column = self._columns.fields.get(field)
        if column is None and field == "reported-on":
            column = self._columns.fields.get("state")  # The day stands behind the word of the state.
        values = error.values if column is None else {**error.values, "column": self._columns.typed(column)}
        if error.code == "visit.unknown":
            values = {**values, "details": self._details_of(str(values["typed"]))}
        if error.code == "day.to-come" and column is not None and column < len(row.line.cells):
            values = {**values, "word": visible(clean_line(cell_text(row.line.cells[column])))}
        return Problem(
            row.number,
            self._without_number(error.sentence),
            column,
            code=error.code,
            field=field or None,
            values=values,
        )

    def _without_number(self, sentence: str) -> str:
        """A refusal without the number that a new commitment would have had, which nobody has seen."""
        number, colon, rest = sentence.partition(": ")
        is_number = bool(colon) and number.isascii() and number.isdigit()
        return rest if is_number and self._tx.record("commitments", int(number)) is None else sentence

    def _apply(self, row: ImportRow, savepoint: Savepoint) -> tuple[RowChange, Key | None]:
        """Add or update the commitment of a row. Returns the change and the key that was searched for.

        Raises: NotAllowed, NotFound, UsageError, _MissingColumns; then part of the row may be applied.
        """
        names = ResolvedNames(self._visit_slug(row), self._parties.match(row, "by"), self._parties.match(row, "to"))
        number, key = self._index.find(row, names, self._rows)
        is_new = number is None
        remark = ""
        if number is None:
            self._renumbering.refuse_moved(row, self._index.with_key(key))
            number = self._add(row, names)
        elif number in self._rows:
            remark = self._compare_with_earlier_row(row, number)
        else:
            self._update(row, number, names)
        if not remark:
            remark = self._set_the_rest(row, number, is_new=is_new)
            self._keep_unfitting(row, number)
        events = [event for event in self._tx.events_since(savepoint) if "party" not in event]
        if events and not is_new:
            self._refuse_stale(row, number)
        commitment = self._tx.record("commitments", number)
        assert commitment is not None, "the row added it, or matched it"
        return RowChange(row.number, commitment, events, remark, is_new=is_new), key

    def _compare_with_earlier_row(self, row: ImportRow, number: int) -> str:
        before = self._rows[number]
        self._refuse_number_twice(row, before)
        if _comparable(before.values) == _comparable(row.values):
            return tr("it says the same as {row}", row=row_named(self._columns.grid.noun, before.number))
        raise NotAllowed(
            tr(
                "it is the same commitment as {row} (#{number}), and says otherwise: give "
                "each a title or a number of its own, or take one of them out",
                row=row_named(self._columns.grid.noun, before.number),
                number=number,
            ),
            code="import.row-contradicts",
        )

    def _refuse_number_twice(self, row: ImportRow, before: ImportRow) -> None:
        """Refuse the number of an earlier row of the list on a row with another title. Raises: NotAllowed."""
        number, title = row.values.get("source-id"), row.values.get("title")
        if "id" in row.values or number is None or number != before.values.get("source-id"):
            return
        other = before.values.get("title")
        if title is None or other is None or fold(title) == fold(other):
            return
        raise number_twice(number, row_named(self._columns.grid.noun, before.number), other)

    def _visit_slug(self, row: ImportRow) -> str | None:
        """The slug of the visit that a row names by its slug, its title, or its title, place and days."""
        named: str | None = row.get("visit")
        if named is None:
            return None
        if named not in self._visits:
            visits = self._tx.visits()
            titled = [slug for slug, visit in visits.items() if fold(visit["title"]) == fold(named)]
            if not titled and fold(named) not in visits:  # Our own workbook has its title, place and days.
                called = visits_as_papers_call_them(visits.values())
                titled = list({slug for text, slug in called if fold(text) == fold(named)})
            self._visits[named] = titled[0] if len(titled) == 1 else self._tx.visit(named)["slug"]
        return self._visits[named]

    def _add(self, row: ImportRow, names: ResolvedNames) -> int:
        get = row.get
        if not all(map(get, NEEDED)):
            missing = [field for field in NEEDED if not get(field)]
            missing_columns = [field for field in missing if is_unmapped(self._columns, field)]
            if missing_columns:
                raise _MissingColumns
            raise NotAllowed(
                tr("{field} is missing", field=described_field(missing[0])),
                code="import.field-missing",
                field=missing[0],
            )
        date = get("due") or DueDate(None)
        if get("precision") or get("words"):
            date = DueDate(date.day, get("precision") or date.precision, get("words") or date.words)
        first, last = get("original-due"), None
        if first is not None and first.day is not None and date.day != first.day and get("due") is not None:
            # Words that name no day, beside the one first agreed, say that it was taken back.
            date, last = first, date
        elif date.day is None and first is not None:
            date = first
        state = first_state(row)
        if last is not None and (row.get("state") or ("",))[0] != State.PROPOSED:
            # Only what was agreed has a deadline that was revised.
            state = State.AGREED
            self.assumed_agreed += not names_state(row)
        if (agreed := day_in_row(self._tx, row, state)) is not None:
            self._tx.set_day(agreed)
        number = operations.add(
            self._tx,
            get("title") or "",
            visit=names.visit or "",
            by=names.by or (),
            to=names.to or (),
            via=get("via"),
            support=self._parties.match(row, "support") or (),
            kind=get("kind"),
            state=state,
            date=date,
            owner=get("owner"),
            quote=get("quote"),
            source=get("source"),
            source_id=get("source-id"),
        )
        if agreed is not None:
            self._tx.set_day(None)
        if last is not None:
            try:
                operations.set_due(
                    self._tx,
                    number,
                    last,
                    reason=get("reason") or self._reason,
                    asked_by=get("asked-by"),
                    agreed_by=get("agreed-by"),
                )
            except NotAllowed as error:
                # The number is that of a commitment that is not there yet.
                _, _, sentence = error.sentence.partition(": ")
                is_of_number = error.code == "due.reason-needed" and sentence
                raise NotAllowed(
                    sentence if is_of_number else error.sentence,
                    code=error.code,
                    field=error.field,
                    values=error.values,
                ) from None
        return number

    def _update(self, row: ImportRow, number: int, names: ResolvedNames) -> None:
        """Update the fields in which the row differs; an empty cell changes nothing."""
        values = row.values
        current = self._tx.commitment(number)
        self._renumbering.refuse_other(row, current)
        fields: dict[str, Any] = {field: values[field] for field in _TEXTS if field in values}
        roles: dict[str, list[str]] = {role: self._parties.match(row, role) or [] for role in ROLES if role in values}
        record: dict[str, Any] = {**current}
        fields |= {role: names for role, names in roles.items() if set(names) != set(record.get(role, []))}
        if "visit" in values:
            fields["visit"] = names.visit
        if "source-id" in values and number_of(values["source-id"]) is None:
            fields["source_id"] = values["source-id"]
        operations.edit(self._tx, number, **fields)
        self._set_due(values, number, current)

    def _refuse_stale(self, row: ImportRow, number: int) -> None:
        """Refuse a row that was exported before others changed its commitment: it would revert their changes."""
        exported, current = row.values.get("revision"), self._tx.revision_before(number)
        if exported is not None and exported != current:
            raise NotAllowed(
                tr(
                    "#{number} changed since this was exported (revision {exported}, now {current}): look at "
                    "it, or export the list again",
                    number=number,
                    exported=exported,
                    current=current,
                ),
                code="import.changed-since-export",
                field="revision",
            )

    def _set_due(self, values: Values, number: int, current: Commitment) -> None:
        date: DueDate | None = values.get("due")
        words = values.get("words")
        if date is not None and date.day is None and date.words is not None:
            # Words that name no day take no date away.
            words = words or (date.words if "due" not in current else None)
            date = None
        if date is None:
            if words is not None:
                operations.edit(self._tx, number, words=words)
            return
        precision = values.get("precision") or date.precision
        if date.day == current.get("due"):
            # The same day in other words is no change, unless its precision differs.
            if words is None and (date.words is None or precision == current.get("due_precision")):
                return
            precision = current.get("due_precision", precision) if words is not None else precision
        elif words == current.get("due_words"):
            words = None  # They told the old date: whoever changed the cell of the date left theirs.
        words = words or date.words
        _refuse_former(values, current, date)
        operations.set_due(
            self._tx,
            number,
            DueDate(date.day, precision, words),
            reason=values.get("reason") or self._reason,
            asked_by=values.get("asked-by"),
            agreed_by=values.get("agreed-by"),
        )

    def _set_the_rest(self, row: ImportRow, number: int, *, is_new: bool) -> str:
        """Set seats, state, the reason of a miss, and the note. Returns a remark on what was not changed."""
        values = row.for_new if is_new else row.values
        if not _SEATS.isdisjoint(values):
            self._set_seats(values, number)
        note = values.get("note")
        if note is not None and not is_new and note in self._notes(number):
            note = None
        change = change_state(self._tx, number, row, note, is_new=is_new)
        if "miss-reason" in values:
            operations.set_miss_reason(self._tx, number, values["miss-reason"])
        if note is not None and not change.is_noted:
            operations.note(self._tx, number, note)
        return change.remark

    def _keep_unfitting(self, row: ImportRow, number: int) -> None:
        """Keep what does not fit the state of the commitment in a note, and tell so: no cell that is taken is lost."""
        values = row.values
        if self._may_not_fit.isdisjoint(values) and ((due := values.get("due")) is None or due.day is not None):
            return
        unfitting = unfitting_cells(row, self._tx.commitment(number), self._columns)
        if not unfitting:
            return
        known = self._notes(number)
        notes = [note for cell in unfitting if (note := cell.as_note(self._columns)) not in known]
        if notes and (whole := "\n".join(notes)) not in known:
            operations.note(self._tx, number, whole)
            self._unfitting[row.number] = unfitting

    def _set_seats(self, values: Values, number: int) -> None:
        counted = self._tx.commitment(number).get("seats", {})
        # A count that is not set equals 0 in a list.
        given = {name: values[name] for name in _SEATS if name in values}
        seats = {name: value for name, value in given.items() if value != counted.get(name, 0) or name == "wanted"}
        if seats:
            operations.set_seats(self._tx, number, **seats)

    def _notes(self, number: int) -> set[str]:
        events = self._tx.events_of("commitments", number)
        undone = undone_changes(events)
        return {event["note"] for event in events if "note" in event and event["change"] not in undone}


def _refuse_former(values: Values, current: Commitment, date: DueDate) -> None:
    """Refuse a former due date: a list that was not kept up to date would revert the change.

    Raises: NotAllowed, unless the row gives a reason.
    """
    if is_former_date(current, date.day) and "reason" not in values:
        raise NotAllowed(
            tr(
                "#{number} was due on {day} before that was changed to {due}: if it is due then again, say "
                "why in a column reason, for this row",
                number=current["id"],
                day=said_day(date.day or ""),
                due=said_day(current["due"]) if current.get("due") else tr("no date"),
            ),
            code="import.date-taken-back",
            field="due",
        )


def _comparable(values: Values) -> Values:
    return {field: value.fields() if isinstance(value, DueDate) else value for field, value in values.items()}
