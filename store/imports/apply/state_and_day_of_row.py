"""The state that a row of a list asks for, and the day of it: a row that is done and says no day is refused.

They are steps of `operations.mark`, forward only for a list that is not ours.
"""

from __future__ import annotations

from store import operations
from store.errors import NotAllowed
from store.imports.columns.column_mapping import said_field
from store.imports.states.state_meant_by_word import ICS_STATUSES, NOT_DONE, STATES_SAID, state_of
from store.model.vocabulary_and_signs import STATES, UNDONE, State
from store.rules.calendar_uids import number_of
from store.rules.days import said_day
from store.rules.refuse_future_or_past_day import refuse_day_to_come
from store.rules.transitions import default_day, is_step_back
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.rows.parse_rows import ImportRow
    from store.transaction import Transaction

_FIELDS = {
    State.REPORTED: ("reported-on", "reported-by", "evidence"),
    State.CONFIRMED: ("confirmed-on", "confirmed-by", "confirmed-evidence"),
}
"""State -> the fields of a row for its day, the parties that said so, and the evidence."""

_DAY_OF = {State.AGREED: "agreed-on", State.CLOSED: "closed-on"}
"""State -> the field of a row for its day, where nobody has to have said so."""

ASKING = frozenset(("state", "because", "reported-on", "confirmed-on", "closed-on"))
"""Fields of a row that request a state."""


class StateEffect:
    """The effect on the state: a `remark` if it was not changed, and whether the note was recorded with the change."""

    __slots__ = ("is_noted", "remark")

    def __init__(self, remark: str = "", *, is_noted: bool = False) -> None:
        self.remark = remark
        self.is_noted = is_noted


_UNCHANGED = StateEffect()


def first_state(row: ImportRow) -> str:
    """The state in which a new commitment is added, before it is marked with the requested one.

    `open` requests no state. A row with the day of the agreement was agreed, whatever its state now.
    """
    state = row.get("state")
    if state is not None and state[0] == NOT_DONE:
        state = row.defaults.get("state")
    requested = None if state is None else state[0]
    was_agreed = requested != State.PROPOSED and row.get(_DAY_OF[State.AGREED]) is not None
    return State.AGREED if requested == State.AGREED or was_agreed else State.PROPOSED


def names_state(row: ImportRow) -> bool:
    """Whether a row requests a state of ours; `open` does not: it only means not done."""
    state = row.get("state")
    return state is not None and (state[0] != NOT_DONE or "state" in row.defaults)


def day_in_row(tx: Transaction, row: ImportRow, state: str) -> str | None:
    """The ISO day of this state in the row, if it has one. Raises: NotAllowed for a day in the future."""
    if state not in _DAY_OF:
        return None
    on: str | None = row.get(_DAY_OF[state])
    refuse_day_to_come(on, tx.today, field=_DAY_OF[state])
    return on


def change_state(tx: Transaction, number: int, row: ImportRow, note: str | None, *, is_new: bool) -> StateEffect:
    """Mark a commitment with the state that its row requests, and record the note with it.

    Lists of others lag behind, so a row moves a state forward and never back, unless it has our own number.
    Raises: NotAllowed.
    """
    if ASKING.isdisjoint(row.values) and "state" not in row.defaults:
        return _UNCHANGED
    current = tx.record("commitments", number)
    assert current is not None, "the row added it, or matched it"
    current_state = current["state"]
    requested, because = _requested_state(row, is_new=is_new)
    if requested is None or (requested == NOT_DONE and current_state in UNDONE):
        return _UNCHANGED
    if _is_round_trip(row, current_state, requested):
        return _UNCHANGED
    if requested == NOT_DONE or (is_step_back(current_state, requested) and "id" not in row.values):
        return StateEffect(
            tr(
                "it stays {current_state}, though the list says {requested}",
                current_state=tr(STATES_SAID[current_state]),
                requested=tr(STATES_SAID[requested]),
            )
        )
    if requested == current_state and requested not in _FIELDS:
        return _UNCHANGED
    is_marked_first = requested in (State.CONFIRMED, State.CLOSED) and "reported-on" in row.values
    if is_marked_first and is_step_back(State.REPORTED, current_state):
        _mark(tx, number, State.REPORTED, row, None, None)
    is_noted = requested != current_state and note is not None
    _mark(tx, number, requested, row, because, note if is_noted else None)
    return StateEffect(is_noted=is_noted)


def _is_round_trip(row: ImportRow, current_state: str, requested: str) -> bool:
    """Whether a to-do of our own export has this state only because STATUS has four values (RFC 5545, 3.8.1.11)."""
    if number_of(row.values.get("source-id", "")) is None:
        return False
    read_back = state_of(ICS_STATUSES[STATES[current_state].ics_status])
    return read_back is not None and read_back[0] == requested


def _requested_state(row: ImportRow, *, is_new: bool) -> tuple[str | None, str | None]:
    """The state that a row requests, and why it is closed. Raises: NotAllowed for contradictory cells.

    Defaults apply to new commitments only.
    """
    values = row.values
    state, because = (row.get("state") if is_new else values.get("state")) or (None, None)
    because = values.get("because", because)
    done = "confirmed-on" if "confirmed-on" in values else "reported-on" if "reported-on" in values else None
    if "state" not in values and done is not None:
        state = State.CONFIRMED if done == "confirmed-on" else State.REPORTED
    if done and (state == NOT_DONE or state in UNDONE):
        sentence = tr(
            "it is {state}, and yet it has a day on which it was done, {day}",
            state=tr(STATES_SAID[state]),
            day=said_day(values[done]),
        )
        raise NotAllowed(sentence, code="import.undone-has-day", field="state")
    if state in (State.REPORTED, State.CONFIRMED) and "closed-on" in values:
        raise NotAllowed(
            tr("it is done, and this is the day on which it was closed: is it the day on which it was done?")
            if done is None
            else tr("it is done, and has another day on which it was closed: which one is it?"),
            code="import.done-has-closing-day",
            field="closed-on",
            values={"has_day_done": done is not None},
        )
    if state != State.CLOSED and "closed-on" in values:
        raise NotAllowed(
            tr(
                "it was closed on {closed_on}, and its state does not say so: write declined, overtaken, "
                "superseded or dropped; the day on which it was done is reported-on",
                closed_on=said_day(values["closed-on"]),
            ),
            code="import.not-closed-has-day",
            field="closed-on",
        )
    return state, because


def _mark(tx: Transaction, number: int, step: str, row: ImportRow, because: str | None, note: str | None) -> None:
    on, said_by, evidence = day_in_row(tx, row, step), (), None
    if step in _FIELDS:
        day, who, what = _FIELDS[step]
        on = row.values.get(day) or _known_day(tx, number, step, row)
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


def _known_day(tx: Transaction, number: int, step: str, row: ImportRow) -> str | None:
    """The default day of a state without a day in its row; None where the record has one already.

    Raises: NotAllowed when there is none: the on-time rate needs it (docs/rules.md).
    """
    commitment = tx.commitment(number)
    field = _FIELDS[step][0]
    if default_day(commitment, step) is not None:
        return None
    day: str | None = row.defaults.get(field)
    if day is None:
        raise _done_without_day(step)
    return day


def _done_without_day(step: str) -> NotAllowed:
    """The refusal of a row that is done, or confirmed, and says no day for it."""
    field = _FIELDS[step][0]
    sentence = tr(
        "it is {state}, and nothing says on which day: give the day in a column {field}",
        state=tr("done") if step == State.REPORTED else tr(STATES_SAID[step]),
        field=said_field(field),
    )
    return NotAllowed(sentence, code="import.done-without-day", field="state", values={"day_field": field})


def refuse_done_without_day(row: ImportRow, today: str) -> None:
    """Refuse a new row that is done, or confirmed, and says no day for it, or one to come.

    Raises: NotAllowed, for contradictory cells too.
    """
    state, _ = _requested_state(row, is_new=True)
    if state in _FIELDS:
        field = _FIELDS[state][0]
        refuse_day_to_come(row.get(field), today, field=field)
        if row.get(field) is None:
            raise _done_without_day(state)
