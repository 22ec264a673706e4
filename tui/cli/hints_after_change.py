"""Hints after a change that succeeded: how a date was understood, what may be a slip, and what to type next.

What to type after a refusal stands in `tui.cli.hints_after_refusal`.
"""

from __future__ import annotations

from store.model.vocabulary_and_signs import Because, Standing, State, state_word
from store.rules.consent import consent, consent_to_change
from store.rules.day_done_and_outcome import standing
from store.rules.days import said_day
from store.rules.due_dates_and_extensions import DueDate, is_agreed_date, is_past, is_too_far_ahead, was_agreed
from store.rules.original_due_and_due_changes import Change
from store.rules.party_names import name_in_language
from store.sanitise_text import visible
from store.translation import phrase, plural, tr, tr_in
from tui.cli.argument_values import day_as_understood
from tui.cli.arguments import Arguments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from store import operations
    from store.model.record_types import Commitment
    from store.transaction import Transaction


_IS_IN_STATE = phrase("{name} is {state}")
_ARE_IN_STATE = phrase("{name} are {state}")
_IS_TO_BE_AGREED = phrase("{name} is {state} (followup agree {name} once it is agreed)")
_ARE_TO_BE_AGREED = phrase("{name} are {state} (followup agree {name} once each is agreed)")


def what_was_entered(numbers: Sequence[int], tx: Transaction, *, is_day_shown: bool) -> str:
    """The result of an entry: `3 is proposed (followup agree 3 once it is agreed), due Fri 31 March 2023, in 30 days`.

    `is_day_shown` says that another sentence has the date.
    """
    from tui.render.day_words import day_and_distance

    first = tx.commitment(numbers[0])
    day, is_several = first.get("due"), len(numbers) > 1
    name = f"{numbers[0]}-{numbers[-1]}" if is_several else f"{numbers[0]}"
    if was_agreed(first):
        text = _ARE_IN_STATE if is_several else _IS_IN_STATE
    else:
        text = _ARE_TO_BE_AGREED if is_several else _IS_TO_BE_AGREED
    sentence = tr(text, name=name, state=state_word(first["state"]))
    if is_day_shown or is_several:
        return sentence
    return sentence + (tr(", due {day}", day=day_and_distance(day, tx.today)) if day else tr(", no date"))


def date_hints(typed: str, date: DueDate, today: str) -> list[str]:
    """Hints on a due date: how its words were understood, and that it is past or far ahead."""
    if date.day is None:
        return []
    hints = []
    if typed != date.day:
        hints.append(
            tr(
                '"{typed}" is understood as {day} ({precision})',
                typed=visible(typed),
                day=day_as_understood(typed, date.day, today),
                precision=tr_in("precision", date.precision or ""),
            )
        )
    if is_past(date.day, today):
        hints.append(tr("{day} is past: today is {today}", day=said_day(date.day), today=said_day(today)))
    elif is_too_far_ahead(date.day, today):
        hints.append(tr("{day} is far away: was another year meant?", day=said_day(date.day)))
    return hints


def entered_before(numbers: Sequence[int], tx: Transaction) -> list[str]:
    """A hint where the same promise is open already; it is entered all the same, as scripts repeat."""
    from store.rules.duplicate_visits_and_promises import same_promise

    number = numbers[0]
    new = tx.commitment(number)
    same = same_promise(tx.commitments_naming(visits=[new["visit"]]).values(), new, besides=numbers)
    if same is None:
        return []
    return [
        tr(
            "{number} has the visit, title and parties of {same}, which is open: followup undo takes it out, "
            "followup show {same} shows the other",
            number=number,
            same=same,
        )
    ]


def to_itself(number: int, tx: Transaction) -> list[str]:
    """A hint where a party promises itself something, which nobody else could confirm."""
    commitment = tx.commitment(number)
    if commitment["by"] != commitment["to"] or len(commitment["by"]) > 1:
        return []
    party = tx.parties.find(commitment["by"][0])
    name = visible(name_in_language(party) if party else commitment["by"][0])
    return [
        tr(
            "{number}: {name} promises itself that: followup edit {number} --to PARTY, if another was meant",
            number=number,
            name=name,
        )
    ]


def other_year(number: int, typed: str, tx: Transaction) -> list[str]:
    """A hint where a date without a year is next year's, and this year's was a short while ago."""
    from store.rules.dates.parse_date import day_just_past

    commitment = tx.commitment(number)
    past = day_just_past(typed, tx.today)
    if past is None or commitment.get("due") is None or past == commitment["due"]:
        return []
    from tui.render.day_words import day_and_distance

    mend = f" --correct --reason {tr('mistyped')}" if is_agreed_date(commitment) else ""
    return [
        tr(
            "if {day}, was meant: followup due {number} {typed}{mend}",
            day=day_and_distance(past, tx.today),
            number=number,
            typed=past,
            mend=mend,
        )
    ]


def without_consent(number: int, tx: Transaction) -> list[str]:
    """A hint that papers count one dropped without the other side's consent as not met."""
    commitment = tx.commitment(number)
    if commitment["closed"]["because"] != Because.DROPPED or standing(commitment) != Standing.NOT_MET:
        return []
    return [
        tr(
            "{number}: the consent of the other side is not recorded, so papers count it as not met: "
            "followup close {number} --because dropped --agreed-by PARTY says who agreed",
            number=number,
        )
    ]


def assumed_by_confirmation(number: int, tx: Transaction, *, was_reported: bool, is_day_given: bool) -> list[str]:
    """What a confirmation assumes: that somebody reported it, and the day on which it was received."""
    if not was_reported:
        return [tr("{number}: nobody reported it; it is confirmed all the same", number=number)]
    day = tx.commitment(number)["confirmed"]["on"]
    if is_day_given or day == tx.today:
        return []
    from tui.render.day_words import day_and_distance

    return [
        tr(
            "{number} is taken as received on {day}, the day it was reported: followup confirm "
            "{number} --on today, if it was today",
            number=number,
            day=day_and_distance(day, tx.today),
        )
    ]


def returned_unreported(number: int) -> str:
    """A hint where something was returned that nobody had reported."""
    return tr(
        "{number}: nobody reported it; it is returned all the same (followup undo takes it back)",
        number=number,
    )


def no_consent_to_closing(number: int, tx: Transaction) -> list[str]:
    """A hint where those named as agreeing to a closing are not the other side."""
    commitment = tx.commitment(number)
    agreed = commitment["closed"].get("agreed_by")
    if not agreed or not was_agreed(commitment) or consent(commitment) is not None:
        return []
    return _no_consent(number, agreed, tx)


def no_consent_to_change(number: int, change: str, tx: Transaction) -> list[str]:
    """A hint where those named as agreeing to a change of date are not the other side."""
    if change not in (Change.EXTENSION, Change.EARLIER, Change.AGAIN):
        return []
    commitment = tx.commitment(number)
    changed = commitment["due_changes"][-1]
    agreed = changed.get("agreed_by")
    return _no_consent(number, agreed, tx) if agreed and consent_to_change(commitment, changed) is None else []


def _no_consent(number: int, agreed: str, tx: Transaction) -> list[str]:
    from tui.render.party_words import short_name

    return [
        tr(
            "{number}: it was not promised to {name}: that is not the consent of the other side (followup undo takes "
            "it back)",
            number=number,
            name=visible(short_name(tx.parties, agreed)),
        )
    ]


def said_by_a_third(number: int, step: str, tx: Transaction) -> list[str]:
    """A hint where the person who reported or confirmed is no party to it: papers say who it was."""
    commitment = tx.commitment(number)
    voice = commitment["reported"] if step == State.REPORTED else commitment["confirmed"]
    parties = _parties_to(commitment)
    others = [name for name in voice["said_by"] if name not in parties]
    if not others:
        return []
    from tui.render.party_words import short_name  # hardly anybody names a third

    return [
        plural(
            "{number}: {names} is no party to it: papers say all the same who said so (followup undo takes it back)",
            "{number}: {names} are no parties to it: papers say all the same who said so (followup undo takes it back)",
            len(others),
            number=number,
            names=", ".join(visible(short_name(tx.parties, name)) for name in others),
        )
    ]


def _parties_to(commitment: Commitment) -> Sequence[str]:
    """The names by which `party:` finds it: who promised it, to whom, who passes it on and who helps."""
    from store.query.name_and_text_terms import ROLES

    return ROLES["party"](commitment)


def late_without_reason(number: int, marked: operations.StateChange, tx: Transaction) -> list[str]:
    """A hint to record the reason, where a commitment was done late without one."""
    from store.rules.needs_reason import days_late_unexplained

    late = days_late_unexplained(tx.commitment(number)) if marked.is_changed else 0
    if not late:
        return []
    return [
        plural(
            "{number} was done {n} day late: say why with followup reason {number} TEXT",
            "{number} was done {n} days late: say why with followup reason {number} TEXT",
            late,
            number=number,
        )
    ]


def not_put_off(arguments: Arguments, number: int, before: str, typed: str) -> str:
    """A hint where the moved date was a wish but had been agreed: agree it first, then change it with a reason."""
    from tui.cli.refused_lines.kept_options import line_of

    kept = tr("; the reason stands in its history") if arguments.has("reason") else ""
    undo, agree = (line_of(*each, _store_and_day(arguments)) for each in (("undo", []), ("agree", [str(number)])))
    return tr(
        "{number} is proposed, so it does not count as put off{kept}. If {before} was agreed "
        "before: {undo} && {agree} && {due}",
        number=number,
        kept=kept,
        before=said_day(before),
        undo=undo,
        agree=agree,
        due=line_of("due", [str(number), *typed.split()], _said_again(arguments)),
    )


def earlier_by_span(arguments: Arguments, number: int, before: str, typed: str) -> list[str]:
    """A hint where a span, which counts from today, moved a date to an earlier day."""
    from tui.cli.refused_lines.kept_options import line_of, options_again
    from tui.cli.refused_lines.put_off_by_span import span_from

    meant = span_from(typed, before)
    if meant is None:
        return []
    said, day = meant
    values = _said_again(arguments)
    undo = line_of("undo", [], _store_and_day(arguments))
    due = " ".join(("followup due", str(number), said_day(day), *options_again(values, values)))
    return [
        tr(
            '{number}: "{typed}" counts from today, and so its date is earlier; {said} after {before}: {line}',
            number=number,
            typed=visible(typed),
            said=visible(said),
            before=said_day(before),
            line=f"{undo} && {due}",
        )
    ]


def _said_again(arguments: Arguments) -> dict[str, list[str]]:
    """The options on a change of date, to give them again once the change was undone.

    The revision that was expected is not the one that is there then.
    """
    said = {name: each for name, each in arguments.values.items() if name != "--expect-rev"}
    return {"--reason": [tr_in("placeholder", "TEXT")], **said}


def _store_and_day(arguments: Arguments) -> dict[str, list[str]]:
    return {name: arguments.values[name] for name in ("--store", "--today") if name in arguments.values}


def not_kept(arguments: Arguments, number: int, change: str) -> list[str]:
    """A hint on options that were not stored, as the due date did not change."""
    is_same = change in (Change.SAME, Change.WORDS)
    names = ("reason", "asked-by", "agreed-by") if is_same else ("asked-by", "agreed-by")
    given = [name for name in names if arguments.has(name)]
    if not given or not (is_same or change in (Change.WISH, Change.FIRST)):
        return []
    text = arguments.get("reason") if is_same else None
    from tui.cli.shell_quoting import quoted_for_shell

    values = {
        "number": number,
        "options": tr(" and ").join(f"--{name}" for name in given),
        "text": quoted_for_shell(text) if text else tr_in("placeholder", "TEXT"),
    }
    if is_same:
        sentence = tr("{number}: {options} not kept, as the date stands as it was: "
                      "followup note {number} {text} puts it down", **values)  # fmt: skip
    else:
        sentence = tr("{number}: {options} not kept, as it goes with a change of an agreed date: "
                      "followup note {number} {text} puts it down", **values)  # fmt: skip
    return [sentence]


def parties_left(removed: Commitment, tx: Transaction) -> list[str]:
    """A hint to remove the parties of a removed commitment that nothing names any more."""
    from store.rules.party_renaming import unnamed_parties
    from tui.cli.shell_quoting import quoted_for_shell

    left = map(visible, unnamed_parties(removed, tx.commitments().values(), tx.visits().values()))
    return [
        tr(
            "nothing names {name} any more: followup party remove {typed} takes it out too",
            name=name,
            typed=quoted_for_shell(name),
        )
        for name in left
    ]
