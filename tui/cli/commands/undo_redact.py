"""`undo`, `redo` and `redact`."""

from __future__ import annotations

from store import operations
from store.errors import FollowUpError, NotAllowed, UsageError
from store.rules.days import days_between
from store.rules.what_undo_may_take_back import undoable_changes
from store.sanitise_text import visible
from store.translation import plural, tr
from tui.cli.argument_values import commitment_number
from tui.cli.arguments import Arguments, whole_number
from tui.cli.run_change import ChangeResult
from tui.cli.stdout import json_text, write, write_json
from tui.render.day_words import day_of, moment
from tui.render.event_words import Subjects
from tui.render.undo_words import what_was_done
from tui.stderr import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.model.record_types import Event
    from store.transaction import Transaction
    from tui.session import Session


def undo(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`undo`: take back the last change of this user, or the one with a given number. Raises: FollowUpError."""
    typed = arguments.words[0] if arguments.words else None
    if typed is not None and typed[:1] == "#" and typed[1:].isdecimal():
        number = commitment_number(typed)
        shows = f"{_last_change_of(number, tx)}{_what_undo_alone_does(tx)}"
        raise UsageError(tr("{typed} is a commitment, and undo takes back a change{look}", typed=typed, look=shows))
    if typed is not None and typed.isalpha():
        raise UsageError(
            tr(
                'CHANGE is the number of a change, not "{typed}": followup undo takes back your last '
                "one, followup undo --list shows which can be",
                typed=visible(typed),
            )
        )
    change = whole_number(typed, "CHANGE", 1) if typed is not None else None
    if change is not None and not (arguments.has("yes") or arguments.has("json")):
        _refuse_number_of_commitment(change, tx)
    try:
        events = operations.undo(tx, change)
    except FollowUpError as error:
        if change is None or tx.record("commitments", change) is None:
            raise
        from tui.cli.hints_after_refusal import printed

        which = tr("undo takes the number of a change, not of a commitment")
        sentence = f"{printed(error)}; {which}{_last_change_of(change, tx)}{_what_undo_alone_does(tx)}"
        if "--list" not in sentence:
            sentence += tr(", followup undo --list shows your changes")
        raise type(error)(sentence, field=error.field) from None
    result = _undo_result(tr("taken back"), events, tx)
    if change is not None and change not in result.numbers and tx.record("commitments", change) is not None:
        result.hints.append(
            tr(
                "{change} is the number of a change, not of commitment {change}: followup redo brings it back",
                change=change,
            )
        )
    return result


def _refuse_number_of_commitment(number: int, tx: Transaction) -> None:
    """Refuse an older change by another command whose number a commitment has too: the commitment may be meant.

    A script, which asks for --json, means the change. Raises: NotAllowed.
    """
    changes = list(undoable_changes(tx, tx.names_of_actor))
    older = next((events for events in changes[1:] if events[0]["change"] == number), None)
    if older is None or tx.record("commitments", number) is None or any(each.get("id") == number for each in older):
        return
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    done = what_was_done(older, subjects, lambda number: tx.record("commitments", number), tx.today)
    begin = tr(
        "{number} is the number of a change and of a commitment{last}",
        number=number,
        last=_last_change_of(number, tx),
    )
    alone = _what_undo_alone_does(tx)
    try:
        # As this is refused in any case, nothing of it stays.
        operations.undo(tx, number)
        whole = tr("; followup undo {number} --yes takes back change {number}, {done}", number=number, done=done)
    except FollowUpError:
        whole = tr("; change {number}, {done}, cannot be taken back any more", number=number, done=done)
    raise NotAllowed(f"{begin}{alone}{whole}")


def _last_change_of(number: int, tx: Transaction) -> str:
    """How to list the changes of a commitment, and undo the last one where it is the user's own."""
    shows = tr("followup history {number} shows the changes of commitment {number}", number=number)
    events = tx.events_of("commitments", number)
    last = events[-1]["change"] if events else None
    mine = any(group[0]["change"] == last for group in undoable_changes(tx, tx.names_of_actor))
    return (
        tr(
            ": followup undo {last} takes back the last change of commitment {number}, {look}",
            last=last,
            number=number,
            look=shows,
        )
        if mine
        else tr(": {look}", look=shows)
    )


def _what_undo_alone_does(tx: Transaction) -> str:
    """What `undo` without a number would undo."""
    mine = next(iter(undoable_changes(tx, tx.actor)), None)
    if mine is None:
        return ""
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    done = what_was_done(mine, subjects, lambda number: tx.record("commitments", number), tx.today)
    return tr("; followup undo alone takes back {done}", done=done)


def list_undoable(arguments: Arguments, session: Session) -> int:
    """Print the user's changes that `undo` can undo. Returns the exit code."""
    snapshot = session.snapshot()
    snapshot.expect("commitments")
    subjects = Subjects(snapshot.visits.values(), snapshot.parties.all())
    changes = list(undoable_changes(snapshot, session.names))
    if not changes:
        say(tr("there is no change of yours to take back"))
    if arguments.has("json"):
        from store.formats.records_as_json import event_json

        listed = [{"change": events[0]["change"], "events": list(map(event_json, events))} for events in changes]
        write_json(json_text(listed) + "\n")
        return 0
    timezone = snapshot.settings.get("timezone")
    commitments = snapshot.commitments
    for events in changes:
        what = what_was_done(events, subjects, commitments.get, snapshot.today)
        line = tr(
            "change {change}  {at}  {what}\n",
            change=events[0]["change"],
            at=moment(events[0]["at"], snapshot.today, timezone),
            what=what,
        )
        write(visible(line.removesuffix("\n")) + "\n")
    return 0


def redo(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`redo`: redo what this user's last undo undid. Raises: FollowUpError."""
    return _undo_result(tr("brought back"), operations.redo(tx), tx)


def _undo_result(what: str, events: Sequence[Event], tx: Transaction) -> ChangeResult:
    """The line on the change, and those of its commitments that still exist."""
    subjects = Subjects(tx.visits().values(), tx.parties.all())
    numbers = dict.fromkeys(event["id"] for event in events if "id" in event)
    there = [number for number in numbers if tx.record("commitments", number) is not None]
    timezone = tx.settings.get("timezone")
    when = f"{moment(events[0]['at'], tx.today, timezone)}{_age(events[0]['at'], tx.today, timezone)}"
    done = what_was_done(events, subjects, lambda number: tx.record("commitments", number), tx.today)
    hints = []
    if (who := events[0]["who"]) != tx.actor:
        hints.append(
            tr(
                "it was made as {who}, whose account has the number of yours and is not there any more",
                who=visible(who),
            )
        )
    return ChangeResult(
        [tr("{what}: {done} (change {change} of {when})", what=what, done=done, change=events[0]["change"], when=when)],
        there,
        hints,
    )


def _age(at: str, today: str, timezone: str | None) -> str:
    """The age of a change not made today: `, 3 days ago`."""
    day = day_of(at, timezone)
    days = 0 if day is None else days_between(day, today)
    return "" if days < 1 else tr(", yesterday") if days == 1 else plural(", {n} day ago", ", {n} days ago", days)


def redact(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`redact`: delete a passage from a commitment, its history and the automatic copies. Raises: FollowUpError."""
    passage = arguments.get("passage")
    if passage is None:
        raise UsageError(tr("say which passage: --passage TEXT"))
    number = commitment_number(arguments.words[0])
    found = operations.redact(tx, number, passage)
    line = plural("{number} redacted in {n} record", "{number} redacted in {n} records", found, number=number)
    hint = tr("backups made by hand, and stores replaced by restore, still hold it")
    return ChangeResult([line], [], [hint])
