"""Refuses an undo or redo of another's change, of one that others built on, or that would break a reference.

Which changes can be undone, and who built on one, is told by `store.rules.what_undo_may_take_back`.
"""

from __future__ import annotations

from itertools import takewhile

from store.errors import Conflict, NotAllowed
from store.model.format_version import KEY_OF_TABLE
from store.operations.refuse_clashing_edits import field_in_words
from store.rules.days import said_day
from store.rules.history import removal_among
from store.rules.refuse_newer_version import refuse_unknown_words
from store.rules.valid_store import faults
from store.rules.what_undo_may_take_back import changed_since, changes_newest_first, undoable_changes, unknown_hosts
from store.sanitise_text import visible
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from store.model.record_types import Commitment, Event
    from store.transaction import Transaction


_ONE = {"visits": phrase("the visit"), "parties": phrase("the party")}


def change_to_undo(tx: Transaction, change: int | None) -> list[Event]:
    """The events of the change with this number, or of the actor's last one that can be undone, oldest first.

    Raises: NotAllowed.
    """
    names = tx.names_of_actor
    if change is None:
        found = next(undoable_changes(tx, names), None)
        if found is None:
            raise NotAllowed(tr("there is no change of yours to take back"), code="undo.nothing-to-undo")
        newer = takewhile(lambda group: group[0]["change"] > found[0]["change"], changes_newest_first(tx))
        for group in newer:
            if group[0]["who"] in names and group[0]["action"] == "redact":
                raise NotAllowed(
                    tr("your change {change} is a redaction and stays", change=group[0]["change"]),
                    code="undo.redaction-stays",
                    values={"before": found[0]["change"]},
                )
        return found
    events = next((group for group in changes_newest_first(tx) if group[0]["change"] == change), None)
    if events is None:
        raise NotAllowed(tr("there is no change {change}", change=change), code="undo.change-unknown", field="change")
    if events[0]["who"] not in names:
        whose = visible(events[0]["who"])
        sentence = tr("change {change} was made by {whose}: only they can take it back", change=change, whose=whose)
        raise NotAllowed(sentence, code="undo.change-of-another", field="change")
    if not any(group[0]["change"] == change for group in undoable_changes(tx, names)):
        sentence = tr("change {change} is taken back already, or cannot be", change=change)
        raise NotAllowed(sentence, code="undo.change-does-not-stand", field="change")
    return events


def refuse_changed_since(tx: Transaction, events: list[Event], *, new: int) -> None:
    """Refuse when another user changed one of the same fields since, or a field no longer has the value `pair[new]`.

    A record that is in use by now is not removed either. Raises: Conflict.
    """
    names = tx.names_of_actor
    for subject, its_events in _by_subject(events).items():
        history = _history_of(tx, subject, events[0]["change"])
        is_party = subject is not None and subject[0] == "parties"
        found = changed_since(its_events, history, _record(tx, subject), names, is_party=is_party, new=new)
        if found is not None:
            raise _changed_again(events[0], *found, subject, new)


def _record(tx: Transaction, subject: tuple[str, int] | None) -> Mapping[str, object]:
    if subject is None:
        return {**tx.settings}
    return tx.record(*subject) or {}


def _history_of(tx: Transaction, subject: tuple[str, int] | None, since: int) -> list[Event]:
    """The events of a record, or those of the settings since a change, oldest first."""
    if subject is not None:
        return tx.events_of(*subject)
    found: list[Event] = []
    for event in tx.events_newest_first():
        if event["change"] < since:
            break
        if subject_of(event) is None:
            found.insert(0, event)
    return found


def _by_subject(events: list[Event]) -> dict[tuple[str, int] | None, list[Event]]:
    found: dict[tuple[str, int] | None, list[Event]] = {}
    for event in events:
        found.setdefault(subject_of(event), []).append(event)
    return found


def _cannot_turn(change: int, why: str, *, new: int) -> str:
    """That an undo (1) or a redo (0) of a change cannot be, by which of `[old, new]` it expects to find."""
    if new:
        return tr("change {n} cannot be taken back: {why}", n=change, why=why)
    return tr("change {n} cannot be brought back: {why}", n=change, why=why)


def _changed_again(
    event: Event, other: Event, fields: list[str], subject: tuple[str, int] | None, new: int
) -> Conflict:
    from store.rules.which_edits_clash import FOLLOWING  # only a refusal needs it

    listed = [field for field in fields if field not in FOLLOWING] or fields
    changed = listed or [field for field in other.get("fields", {}) if field not in FOLLOWING]
    where = (
        tr("the settings")
        if subject is None
        else f"{subject[1]}"
        if subject[0] == "commitments"
        else tr(_ONE[subject[0]])
    )
    what = (
        tr("removed {record}", record=where)
        if removal_among([other])
        else tr("changed {fields} of {record}", fields=", ".join(map(field_in_words, changed)), record=where)
        if changed
        else tr("put down a {action} of {record}", action=other["action"], record=where)
    )
    return Conflict(
        _cannot_turn(
            event["change"],
            tr(
                "{who} {did} in change {n} on {day}",
                who=visible(other["who"]),
                did=what,
                n=other["change"],
                day=said_day(other["day"]),
            ),
            new=new,
        ),
        code="undo.changed-since",
    )


def commitments_there(tx: Transaction, numbers: Iterable[int]) -> list[Commitment]:
    """The existing commitments among these numbers."""
    found = [record for number in sorted(numbers) if (record := tx.record("commitments", number)) is not None]
    for commitment in found:
        refuse_unknown_words(commitment)
    return found


def faults_among(tx: Transaction, touched: Iterable[int]) -> set[str]:
    """What does not hold between visits, parties and these commitments, hosts that are no parties included."""
    visits, parties = tx.table("visits").values(), tx.parties.all()
    commitments = commitments_there(tx, touched)
    return {*faults(visits, parties, commitments, _waiting(tx, commitments)), *unknown_hosts(visits, parties)}


def _waiting(tx: Transaction, commitments: list[Commitment]) -> dict[int, int | None]:
    """The commitments that these wait for, those that wait for them, and those that superseded them, by number."""
    found: dict[int, int | None] = {}
    named = [each.get("closed", {}).get("by_id") for each in commitments]
    open_ = [each["id"] for each in commitments] + [number for number in named if number is not None]
    while open_:
        number = open_.pop()
        if number not in found and (record := tx.record("commitments", number)) is not None:
            found[number] = after = record.get("after")
            open_ += [] if after is None else [after]
    return found


def refuse_unsound(tx: Transaction, events: list[Event], touched: Iterable[int], before: set[str], *, new: int) -> None:
    """Refuse when references would break that were whole; `before` holds the faults from before.

    Raises: Conflict.
    """
    fault = min(faults_among(tx, touched) - before, default=None)
    if fault is not None:
        raise Conflict(
            _cannot_turn(events[0]["change"], tr("then {fault}; nothing was changed", fault=visible(fault)), new=new),
            code="undo.would-break",
        )


def subject_of(event: Event) -> tuple[str, int] | None:
    """The table and number of the record that an event changed; None for the settings."""
    fields: Mapping[str, Any] = event
    for table, key in KEY_OF_TABLE.items():
        if key in fields:
            return table, fields[key]
    return None
