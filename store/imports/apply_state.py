"""The state that a row asks for: steps of `operations.mark`, forward only for a list that is not ours."""

from __future__ import annotations

from store import operations
from store.errors import NotAllowed
from store.imports.state_words import ICS_STATUSES, NOT_DONE, state_of
from store.model.vocabulary import CLOSING_REASONS, STATES, UNDONE, State
from store.rules.days import refuse_day_to_come
from store.rules.numbering import number_of
from store.rules.transitions import default_day, is_step_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from store.imports.rows import ImportRow
    from store.transaction import Transaction

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
        told = f"it is {state}, and yet it has a day on which it was done, {values[done]}"
        raise NotAllowed(told, code="import.undone-has-day", field="state")
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
