"""Rows -> the store: each row is entered, or changes what it is matched with, inside of one transaction."""

from __future__ import annotations

from store import operations
from store.errors import FollowUpError, NotAllowed, NotFound, UsageError
from store.imports.grid import Problem
from store.imports.matching import Known, Meant
from store.imports.party_cells import ROLES, looks_like_a_person, single_names
from store.imports.renumbering import Renaming
from store.imports.row_errors import as_few
from store.imports.rows import about, is_lacking
from store.imports.state_words import ICS_STATUSES, NOT_DONE, state_of
from store.model.vocabulary import CLOSING_REASONS, STATES, UNDONE, State
from store.rules.days import refuse_day_to_come
from store.rules.due_dates import DueDate, is_former_date
from store.rules.history import undone_changes
from store.rules.numbering import number_of
from store.rules.party_names import Directory, may_be_several, split_names
from store.rules.transitions import default_day, is_step_back
from store.text import clean_line, fold, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from store.imports.matching import Key
    from store.imports.rows import ImportRow, Understood, Values
    from store.model.record_types import Commitment, Event
    from store.transaction import Savepoint, Transaction

_FIELD_OF = {"on": "reported-on", "said_by": "reported-by"}
"""Parameter of an operation -> the field of a row that it was given from, where they are not called the same."""

_TEXTS = ("title", "via", "kind", "owner", "quote", "source")
_SEATS = frozenset(("wanted", "nominated", "acknowledged", "letter", "endorsed"))
_NEEDED = ("title", "visit", "by", "to")


class RowChange:
    """What became of a row: the commitment, whether it is new, the events of it, and what was left as it is."""

    __slots__ = ("commitment", "events", "is_new", "left", "number", "row", "title")

    def __init__(self, row: int, commitment: Commitment, events: Sequence[Event], left: str, *, is_new: bool) -> None:
        self.row = row
        self.commitment = commitment
        self.number = commitment["id"]
        self.title = commitment["title"]
        self.events = events
        self.left = left
        self.is_new = is_new


class Taken:
    """What an import does: a change for each row, the new parties, and the rows that cannot be taken.

    `directory` has the parties as they are afterwards, `doubts` says what may not be meant so: names that may
    be slips, promises that come in as proposed.
    """

    __slots__ = ("changes", "directory", "doubts", "parties", "problems")

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.changes: list[RowChange] = []
        self.parties: Sequence[str] = []
        self.problems = list(problems)
        self.doubts: list[str] = []
        self.directory = Directory({})

    @property
    def bad(self) -> int:
        """How many rows cannot be taken: a row may have several problems, and a problem concern several rows."""
        return len({row for problem in self.problems for row in problem.rows})


class _Lacking(Exception):
    """`fields` that no row of the file has, and a new commitment needs."""

    def __init__(self, fields: Sequence[str]) -> None:
        super().__init__(*fields)
        self.fields = fields


def take_in(
    tx: Transaction,
    understood: Understood,
    *,
    reason: str | None = None,
    rows: Iterable[ImportRow] | None = None,
) -> Taken:
    """Do what the rows say. A row that cannot be taken leaves nothing behind and is among the problems.

    `reason` is why dates changed, for rows that say none; `rows` gives those that are understood one after the other,
    for who wants to know how far it is. Who wants all rows or none raises when there are problems, inside of the
    transaction: then nothing is saved.
    """
    tx.imported = clean_line(understood.columns.grid.name) or None
    taking = _Taking(tx, understood, reason)
    for row in understood.rows if rows is None else rows:
        taking.take(row)
    taking.tell_lacking()
    taken = taking.taken
    taken.problems = as_few(taken.problems)
    taken.directory = tx.parties
    taken.parties = [party["name"] for party in tx.parties.all() if taking.before.find(party["name"]) is None]
    taken.doubts += tx.warnings
    if taking.unsaid:
        told = "1 new commitment is" if taking.unsaid == 1 else f"{taking.unsaid} new commitments are"
        taken.doubts.append(
            f"{told} proposed: nothing in the list says what was agreed (a column state or agreed-on does)"
        )
    taken.doubts += [
        f'new party "{visible(name)}" looks like a person: officers\' names have no field, name the institution'
        for name in taken.parties
        if looks_like_a_person(name)
    ]
    return taken


class _Taking:
    """One import under way: what it knows of the store, and what it did so far."""

    def __init__(self, tx: Transaction, understood: Understood, reason: str | None) -> None:
        self.taken = Taken(understood.problems)
        self._tx = tx
        self._columns = understood.columns
        self._known = Known(tx)
        self._rows: dict[int, ImportRow] = {}
        self._lacking: dict[str, list[int]] = {}
        self._reason = reason
        self._visits: dict[str, str] = {}
        self._names: dict[str, list[str]] = {}
        self._single = single_names(understood)
        self._renaming = Renaming(tx, understood.rows)
        self.unsaid = 0
        """How many new commitments are proposed only because their rows say no state."""
        self.before = Directory({party["id"]: party for party in tx.parties.all()})
        """The parties that were there before: the transaction's own directory grows with the rows."""

    def take(self, row: ImportRow) -> None:
        """Do what one row says, or put down why not."""
        savepoint = self._tx.savepoint()
        try:
            change, key = self._done(row, savepoint)
        except _Lacking as lacking:
            for field in lacking.fields:
                self._lacking.setdefault(field, []).append(row.number)
        except (NotAllowed, NotFound, UsageError) as error:
            self.taken.problems.append(self._problem(row, error))
        else:
            self._keep(row, change, key)
            return
        self._tx.roll_back_to(savepoint)

    def _keep(self, row: ImportRow, change: RowChange, key: Key | None) -> None:
        """Let the rows that follow be compared with what was taken; a row that was not leaves no trace."""
        self.taken.changes.append(change)
        self._rows.setdefault(change.number, row)
        if change.is_new:
            self._known.add(change.number, change.commitment, key)
            self.unsaid += change.commitment["state"] == State.PROPOSED and not says_state(row)

    def tell_lacking(self) -> None:
        """One problem for each field that has no column, not one for each row."""
        for field, rows in self._lacking.items():
            sentence = f"no column says {about(field)}"
            problem = Problem(rows[0], sentence, code="import.no-column", field=field, rows=rows)
            self.taken.problems.append(problem)

    def _problem(self, row: ImportRow, error: FollowUpError) -> Problem:
        field = _FIELD_OF.get(error.field or "", error.field or "")
        column = self._columns.fields.get(field)
        return Problem(
            row.number,
            error.sentence,
            column,
            code=error.code,
            field=field or None,
            values=error.values,
        )

    def _done(self, row: ImportRow, savepoint: Savepoint) -> tuple[RowChange, Key | None]:
        """What a row changed, and what it was looked for by. Raises: when it cannot be taken, with some of it done."""
        meant = Meant(self._visit(row), self._parties(row, "by"), self._parties(row, "to"))
        number, key = self._known.find(row, meant)
        is_new = number is None
        left = ""
        if number is None:
            self._renaming.refuse_moved(row, self._known.called_so(key))
            number = self._enter(row, meant)
        elif number in self._rows:
            left = self._same_as_before(row, number)
        else:
            self._update(row, number, meant)
        if not left:
            left = self._finish(row, number, is_new=is_new)
        events = [event for event in self._tx.events_since(savepoint) if "party" not in event]
        if events and not is_new:
            self._refuse_stale(row, number)
        return RowChange(row.number, self._tx.commitment(number), events, left, is_new=is_new), key

    def _same_as_before(self, row: ImportRow, number: int) -> str:
        before = self._rows[number]
        if _comparable(before.values) == _comparable(row.values):
            return f"it says the same as {self._columns.grid.noun} {before.number}"
        raise NotAllowed(
            f"it is the same commitment as {self._columns.grid.noun} {before.number} (#{number}), and says otherwise: "
            "give each a title or a number of its own, or take one of them out",
            code="import.row-contradicts",
        )

    def _visit(self, row: ImportRow) -> str | None:
        """The slug of the visit of a row, which names it by its slug or its title."""
        named: str | None = row.get("visit")
        if named is None:
            return None
        if named not in self._visits:
            titled = [slug for slug, visit in self._tx.visits().items() if fold(visit["title"]) == fold(named)]
            self._visits[named] = titled[0] if len(titled) == 1 else self._tx.visit(named)["slug"]
        return self._visits[named]

    def _parties(self, row: ImportRow, field: str) -> list[str] | None:
        """The parties of a role under their full names, those not known yet as they stand; None when none is given.

        A comma separates names only where each of them is one that is known, or stands alone in another row.
        """
        given: list[str] | None = row.get(field)
        if given is None:
            return None
        found: list[str] = []
        for name in given:
            if name not in self._names:
                self._names[name] = self._meant_by(name, field)
            found += self._names[name]
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _meant_by(self, name: str, field: str) -> list[str]:
        """The full names of the parties that one name stands for."""
        parts = [part.strip() for part in name.split(",") if part.strip()]
        is_list = len(parts) > 1 and self._tx.parties.find(name) is None and all(map(self._is_known, parts))
        if not is_list:
            self._refuse_several(name, field)
        return [self._tx.parties.canonical(part) for part in (parts if is_list else [name])]

    def _refuse_several(self, name: str, field: str) -> None:
        """Refuse a name that may be those of several parties: it would become one of that name. Raises: NotAllowed."""
        if self._tx.parties.find(name) is not None:
            return
        if may_be_several(name, self.before.find, lambda part: fold(part) in self._single):
            parts = split_names(name)
            raise NotAllowed(
                f'"{name}" may be {len(parts)} parties: write them with a semicolon between, '
                f'"{"; ".join(parts)}", or enter it as one party first, with another promise',
                code="import.several-parties",
                field=field,
            )

    def _is_known(self, name: str) -> bool:
        return self._tx.parties.find(name) is not None or fold(name) in self._single

    def _enter(self, row: ImportRow, meant: Meant) -> int:
        get = {**row.defaults, **row.values}.get
        if not all(map(get, _NEEDED)):
            missing = [field for field in _NEEDED if not get(field)]
            lacking = [field for field in missing if is_lacking(self._columns, field)]
            if lacking:
                raise _Lacking(lacking)
            raise NotAllowed(f"{about(missing[0])} is missing", code="import.field-missing", field=missing[0])
        date = get("due") or DueDate(None)
        if get("precision") or get("words"):
            date = DueDate(date.day, get("precision") or date.precision, get("words") or date.words)
        state = first_state(row)
        if (agreed := day_of(self._tx, row, state)) is not None:
            self._tx.set_day(agreed)
        number = operations.add(
            self._tx,
            get("title") or "",
            visit=meant.visit or "",
            by=meant.by or (),
            to=meant.to or (),
            via=get("via"),
            support=self._parties(row, "support") or (),
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
        return number

    def _update(self, row: ImportRow, number: int, meant: Meant) -> None:
        """Change what the row says otherwise; an empty cell says nothing."""
        values = row.values
        there = self._tx.commitment(number)
        self._renaming.refuse_other(row, there)
        fields: dict[str, Any] = {field: values[field] for field in _TEXTS if field in values}
        roles: dict[str, list[str]] = {role: self._parties(row, role) or [] for role in ROLES if role in values}
        record: dict[str, Any] = {**there}
        fields |= {role: names for role, names in roles.items() if set(names) != set(record.get(role, []))}
        if "visit" in values:
            fields["visit"] = meant.visit
        if "source-id" in values and number_of(values["source-id"]) is None:
            fields["source_id"] = values["source-id"]
        operations.edit(self._tx, number, **fields)
        self._set_due(values, number, there)

    def _refuse_stale(self, row: ImportRow, number: int) -> None:
        """Refuse a row that was exported before others changed its commitment: it would take their changes back."""
        exported, current = row.values.get("revision"), self._tx.revision_before(number)
        if exported is not None and exported != current:
            raise NotAllowed(
                f"#{number} changed since this was exported (revision {exported}, now {current}): "
                "look at it, or export the list again",
                code="import.changed-since-export",
                field="revision",
            )

    def _set_due(self, values: Values, number: int, there: Commitment) -> None:
        date: DueDate | None = values.get("due")
        words = values.get("words")
        if date is None:
            if words is not None:
                operations.edit(self._tx, number, words=words)
            return
        precision = values.get("precision") or date.precision
        if date.day == there.get("due"):
            # The same day in other words is no change, unless they say more or less of when it is meant.
            if words is None and (date.words is None or precision == there.get("due_precision")):
                return
            precision = there.get("due_precision", precision) if words is not None else precision
        words = words or date.words
        if words is not None and words == there.get("due_words"):
            return
        _refuse_former(values, there, date)
        operations.set_due(
            self._tx,
            number,
            DueDate(date.day, precision, words),
            reason=values.get("reason") or self._reason,
            asked_by=values.get("asked-by"),
            agreed_by=values.get("agreed-by"),
        )

    def _finish(self, row: ImportRow, number: int, *, is_new: bool) -> str:
        """Seats, state, the reason of a miss, a note. Returns what was left as it is."""
        values = {**row.defaults, **row.values} if is_new and row.defaults else row.values
        if not _SEATS.isdisjoint(values):
            self._set_seats(values, number)
        note = values.get("note")
        if note is not None and not is_new and note in self._notes(number):
            note = None
        moved = move(self._tx, number, row, note, is_new=is_new)
        if "miss-reason" in values:
            operations.set_miss_reason(self._tx, number, values["miss-reason"])
        if note is not None and not moved.is_noted:
            operations.note(self._tx, number, note)
        return moved.left

    def _set_seats(self, values: Values, number: int) -> None:
        counted = self._tx.commitment(number).get("seats", {})
        # None counted yet is what a list calls 0.
        told = {name: values[name] for name in _SEATS if name in values}
        seats = {name: value for name, value in told.items() if value != counted.get(name, 0) or name == "wanted"}
        if seats:
            operations.set_seats(self._tx, number, **seats)

    def _notes(self, number: int) -> set[str]:
        events = self._tx.events_of("commitments", number)
        undone = undone_changes(events)
        return {event["note"] for event in events if "note" in event and event["change"] not in undone}


def _refuse_former(values: Values, there: Commitment, date: DueDate) -> None:
    """Refuse a date that it had before: a list that nobody brought up to date would take a change back.

    Raises: NotAllowed, but where the row has a reason of its own.
    """
    if is_former_date(there, date.day) and "reason" not in values:
        raise NotAllowed(
            f"#{there['id']} was due on {date.day} before that was changed to {there.get('due', 'no date')}: "
            "if it is due then again, say why in a column reason, for this row",
            code="import.date-taken-back",
            field="due",
        )


def _comparable(values: Values) -> Values:
    return {field: value.fields() if isinstance(value, DueDate) else value for field, value in values.items()}


# The state that a row asks for: steps of `operations.mark`, forward only for a list that is not ours.


_FIELDS = {
    State.REPORTED: ("reported-on", "reported-by", "evidence"),
    State.CONFIRMED: ("confirmed-on", "confirmed-by", "confirmed-evidence"),
}
"""State with a voice -> the fields of a row for its day, who said so, and the evidence."""

_DAY_OF = {State.AGREED: "agreed-on", State.CLOSED: "closed-on"}
"""State without a voice -> the field of a row that says on which day it came."""

_ASKING = frozenset(("state", "because", "reported-on", "confirmed-on", "closed-on"))
"""The fields of a row that ask for a state."""


class Moved:
    """What became of it: `left` says why a state was left as it is, `is_noted` whether the note went with a mark."""

    __slots__ = ("is_noted", "left")

    def __init__(self, left: str = "", *, is_noted: bool = False) -> None:
        self.left = left
        self.is_noted = is_noted


_AS_IT_WAS = Moved()


def first_state(row: ImportRow) -> str:
    """The state in which a new commitment is entered, before it is marked; a word such as `open` asks for none.

    Whatever became of it since, it was agreed when the row has the day of that.
    """
    state = row.get("state")
    if state is not None and state[0] == NOT_DONE:
        state = row.defaults.get("state")
    wanted = None if state is None else state[0]
    was_agreed = wanted != State.PROPOSED and row.get(_DAY_OF[State.AGREED]) is not None
    return State.AGREED if wanted == State.AGREED or was_agreed else State.PROPOSED


def says_state(row: ImportRow) -> bool:
    """Whether it says where it stands in our words; `open` says no more than that it is not done."""
    state = row.get("state")
    return state is not None and (state[0] != NOT_DONE or "state" in row.defaults)


def day_of(tx: Transaction, row: ImportRow, state: str) -> str | None:
    """The day on which it came to this state, where the row says it. Raises: NotAllowed for a day to come."""
    if state not in _DAY_OF:
        return None
    on: str | None = row.get(_DAY_OF[state])
    refuse_day_to_come(on, tx.today, field=_DAY_OF[state])
    return on


def move(tx: Transaction, number: int, row: ImportRow, note: str | None, *, is_new: bool) -> Moved:
    """Bring a commitment to the state of its row, with the note on it.

    A list that others keep lags behind: it moves a promise on, and never back, unless it names it by our number.
    Raises: NotAllowed.
    """
    if _ASKING.isdisjoint(row.values) and "state" not in row.defaults:
        return _AS_IT_WAS
    now = tx.commitment(number)["state"]
    wanted, because = _wanted(row, is_new=is_new)
    if wanted is None or (wanted == NOT_DONE and now in UNDONE):
        return _AS_IT_WAS
    if _is_what_we_export(row, now, wanted):
        return _AS_IT_WAS
    if wanted == NOT_DONE or (is_step_back(now, wanted) and "id" not in row.values):
        return Moved(f"it stays {now}, though the list says {wanted}")
    if wanted == now and wanted not in _FIELDS:
        return _AS_IT_WAS
    is_marked_first = wanted in (State.CONFIRMED, State.CLOSED) and "reported-on" in row.values
    if is_marked_first and is_step_back(State.REPORTED, now):
        _mark(tx, number, State.REPORTED, row, None, None)
    is_noted = wanted != now and note is not None
    _mark(tx, number, wanted, row, because, note if is_noted else None)
    return Moved(is_noted=is_noted)


def _is_what_we_export(row: ImportRow, now: str, wanted: str) -> bool:
    """Whether a to-do of our own export says less than the record only for want of words (RFC 5545 has four)."""
    read_back = state_of(ICS_STATUSES[STATES[now].ics_status])
    return read_back is not None and read_back[0] == wanted and number_of(row.values.get("source-id", "")) is not None


def _wanted(row: ImportRow, *, is_new: bool) -> tuple[str | None, str | None]:
    """The state that a row asks for, and why it is closed. Raises: NotAllowed when what it says does not agree.

    A default is for what is new: of what is there already, an empty cell says nothing.
    """
    values = row.values
    state, because = (row.get("state") if is_new else values.get("state")) or (None, None)
    because = values.get("because", because)
    done = "confirmed-on" if "confirmed-on" in values else "reported-on" if "reported-on" in values else None
    if "state" not in values and done is not None:
        state = State.CONFIRMED if done == "confirmed-on" else State.REPORTED
    if state == State.CLOSED and because is None:
        raise NotAllowed(
            f"closed can mean that it was done, or that it was given up: write done, or {', '.join(CLOSING_REASONS)}",
            code="import.closed-is-unclear",
            field="state",
        )
    if done and (state == NOT_DONE or state in UNDONE):
        sentence = f"it is {state}, and yet it has a day on which it was done, {values[done]}"
        raise NotAllowed(sentence, code="import.undone-has-day", field="state")
    if state != State.CLOSED and "closed-on" in values:
        raise NotAllowed(
            f"it was closed on {values['closed-on']}, and its state does not say so: write declined, overtaken, "
            "superseded or dropped; the day on which it was done is reported-on",
            code="import.not-closed-has-day",
            field="closed-on",
        )
    return state, because


def _mark(tx: Transaction, number: int, step: str, row: ImportRow, because: str | None, note: str | None) -> None:
    on, said_by, evidence = day_of(tx, row, step), (), None
    if step in _FIELDS:
        day, who, what = _FIELDS[step]
        on = row.values.get(day) or _day_known(tx, number, step, row)
        said_by, evidence = row.values.get(who, ()), row.values.get(what)
        refuse_day_to_come(on, tx.today, field=day)
    operations.mark(
        tx,
        number,
        step,
        on=on,
        note=note,
        said_by=said_by,
        evidence=evidence,
        because=because if step == State.CLOSED else None,
    )
    tx.set_day(None)


def _day_known(tx: Transaction, number: int, step: str, row: ImportRow) -> str | None:
    """The day of a voice where the row has none: what the record has (None), else the default.

    Raises: NotAllowed when nobody knows it: it decides what was late.
    """
    commitment = tx.commitment(number)
    field = _FIELDS[step][0]
    if default_day(commitment, step) is not None:
        return None
    day: str | None = row.defaults.get(field)
    if day is None:
        raise NotAllowed(
            f"it is {'done' if step == State.REPORTED else step}, and nothing says on which day: "
            f"give the day in a column {field}",
            code="import.done-without-day",
            field="state",
            values={"day_field": field},
        )
    return day
