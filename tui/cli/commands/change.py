"""The commands that change commitments: `add`, `edit`, `mark`, `due`, `reason`, `chase`, `note`, `seats`, `remove`.

Each reads its arguments, calls the operation of `store.operations` in the transaction, and words the result; what to
type next is in `tui.cli.hints_after_change`.
"""

from __future__ import annotations

from store import operations
from store.errors import FollowUpError, NotFound, UsageError
from store.model.required_fields import ALWAYS_THERE, CLEARABLE
from store.model.vocabulary_and_signs import Because, State, state_word
from store.rules.day_done_and_outcome import is_in_time, is_still_in_time
from store.rules.days import said_day
from store.rules.due_dates_and_extensions import DueDate, is_past
from store.rules.original_due_and_due_changes import Change
from store.rules.seats import kind_unsaid
from store.rules.silence_and_chasing import default_chase_day
from store.rules.transitions import known_step
from store.sanitise_text import visible
from store.translation import phrase, tr
from store.words_for_none import says_none
from tui.cli.argument_values import (
    commitment_number,
    commitment_numbers,
    commitment_option,
    day_either_way,
    day_option,
    text_words,
)
from tui.cli.arguments import Arguments, takes_out, whole_number
from tui.cli.run_change import ChangeResult, changed_or_same
from tui.render.change_words import chased, due_changed, noted, reason_kept, seats_counted, voices_taken_back

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from store.model.record_types import Commitment
    from store.transaction import Transaction


def add(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`add`: enter a commitment, or with --every and --until one for each period. Prints the numbers.

    Raises: FollowUpError.
    """

    from store.rules.dates.parse_date import parse_date
    from tui.cli import hints_after_change

    like = commitment_option(arguments, "like")
    fields: dict[str, Any] = {} if like is None else operations.fields_like(tx.commitment(like, "like"))
    fields |= {name: arguments.get(name) for name in ("visit", "via", "kind") if arguments.has(name)}
    fields |= {name: arguments.get_all(name) for name in ("by", "to", "support") if arguments.has(name)}
    of_kind = _with_whole_kind(fields, tx)
    if arguments.has("seats"):
        fields["seats"] = None if arguments.get("seats") in UNKNOWN_TYPED else arguments.number("seats")
        fields.setdefault("kind", kind_unsaid(has_seats=True))
    typed, words = arguments.get("due"), arguments.get("words")
    parsed = parse_date(typed, tx.today) if typed is not None else None
    first = (parsed or DueDate(None)).in_other_words(words)
    dates = [first]
    if arguments.has("every") or arguments.has("until"):
        every, until = arguments.get("every"), day_either_way(arguments, "until", tx)
        if every is None or until is None:
            raise UsageError(tr("a series needs --every month (or quarter, year) and its last day, --until DATE"))
        if arguments.has("due") and first.day is None:
            raise UsageError(tr("a series needs dates: --due none leaves it without its first one"))
        if first.day is None:
            first = parse_date(f"end of this {every}", tx.today).in_other_words(words)
        from store.rules.recurring_series import series

        dates = series(first, every, until, is_long_meant=arguments.has("yes"))
    numbers = [
        operations.add(
            tx,
            " ".join(arguments.words),
            state=arguments.get("state") or "proposed",
            date=date,
            owner=arguments.get("owner"),
            quote=arguments.get("quote"),
            source=arguments.get("source"),
            after=commitment_option(arguments, "after"),
            **fields,
        )
        for date in dates
    ]
    hints = of_kind
    hints += hints_after_change.date_hints(typed, parsed, tx.today) if typed is not None and parsed else []
    hints += hints_after_change.other_year(numbers[0], typed, tx) if typed is not None else []
    if arguments.has("seats") and not arguments.has("kind") and like is None:
        hints.append(tr("{numbers} is a nomination, as it has seats: --kind says another kind", numbers=numbers[0]))
    hints += hints_after_change.to_itself(numbers[0], tx) + hints_after_change.entered_before(numbers, tx)
    entered = hints_after_change.what_was_entered(numbers, tx, is_day_shown=typed not in (None, first.day))
    return ChangeResult([str(number) for number in numbers], numbers, hints, entered=entered)


def _with_whole_kind(fields: dict[str, Any], tx: Transaction) -> list[str]:
    """Complete an abbreviated kind. Returns a sentence on it."""
    typed = fields.get("kind")
    if not typed:
        return []
    from store.rules.kind_words import kind_begun
    from tui.render.lateness_and_outcome_words import kind_text

    kind = kind_begun(typed, {each["kind"] for each in tx.commitments().values()})
    if kind is None:
        return []
    fields["kind"] = kind

    return [tr('"{typed}" is understood as the kind {kind}', typed=visible(typed), kind=visible(kind_text(kind)))]


UNKNOWN_TYPED = ("unknown", "неизвестно")
"""What is typed for a number of seats that nobody knows yet."""

_TEXT_FIELDS = ("title", "visit", "via", "kind", "owner", "quote", "source", "words")


def edit(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`edit`: change fields of a commitment; the value `none` clears one. Raises: FollowUpError."""

    from tui.cli import hints_after_change

    number = commitment_number(arguments.words[0])
    given = [name for name in (*_TEXT_FIELDS, "by", "to", "support", "after") if arguments.has(name)]
    if not given:
        raise UsageError(
            tr(
                "say what to change, as in: followup edit {number} --owner asel (followup edit --help "
                "shows the fields); followup due {number} DATE changes the date, followup mark {number} "
                "STATE the state",
                number=number,
            )
        )
    for name in _TEXT_FIELDS:
        if name in ALWAYS_THERE["commitments"] and takes_out(arguments.get_all(name)):
            raise UsageError(tr("--{name} cannot be taken out: a commitment has one", name=name))
    clear = [name for name in CLEARABLE if takes_out(arguments.get_all(name))]
    fields: dict[str, Any] = {
        name: arguments.get(name) if name in _TEXT_FIELDS else arguments.get_all(name)
        for name in given
        if name not in clear and name != "after"
    }
    after = None if "after" in clear else commitment_option(arguments, "after")
    hints = _with_whole_kind(fields, tx)
    is_changed = operations.edit(tx, number, **fields, after=after, clear=clear)
    hints += hints_after_change.to_itself(number, tx) if is_changed and ("by" in fields or "to" in fields) else []
    return ChangeResult([changed_or_same(str(number), is_changed)], [number], hints)


def mark(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`mark`: move commitments to another state. Raises: FollowUpError."""

    from tui.cli import hints_after_change

    state = arguments.words[-1].lower()
    if (state if state.isascii() else _reason_in_russian(state)) in Because.ALL:
        from tui.cli.refused_lines.filled_lines import again_in_shell
        from tui.cli.refused_lines.kept_options import with_options

        sentence = tr(
            "{state} is why one is closed: followup mark {numbers} closed --because {state}",
            state=state,
            numbers=again_in_shell(arguments.words[:-1]),
        )
        raise UsageError(with_options(sentence, arguments.values))
    try:
        step = known_step(state)
    except UsageError:
        _refuse_late(state, arguments.words[0])
        raise
    on = tx.day if arguments.has("on") else None
    lines, hints = [], []
    numbers = commitment_numbers(arguments, tx)
    reported_before = {number for number in numbers if "reported" in tx.commitment(number)}
    try:
        changes = operations.mark_all(
            tx,
            numbers,
            state,
            on=on,
            note=arguments.get("note"),
            said_by=arguments.get_all("said-by") or (),
            evidence=arguments.get("evidence"),
            because=arguments.get("because"),
            agreed_by=arguments.get("agreed-by"),
            by_id=commitment_option(arguments, "by-id"),
            take_back=numbers if arguments.has("take-back") else (),
        )
    except FollowUpError as refused:
        raise _asked_of_all(refused, arguments) from None
    for number, marked in zip(numbers, changes, strict=True):
        lines.append(_marked_line(number, marked, tx, arguments.has("note")))
        if step == State.CONFIRMED and marked.is_changed:
            hints += hints_after_change.assumed_by_confirmation(
                number, tx, was_reported=number in reported_before, is_day_given=on is not None
            )
        if marked.returned_by and marked.is_changed and marked.is_unreported:
            hints.append(hints_after_change.returned_unreported(number))
        if step in (State.REPORTED, State.CONFIRMED) and marked.is_changed and arguments.has("said-by"):
            hints += hints_after_change.said_by_a_third(number, step, tx)
        hints += hints_after_change.late_without_reason(number, marked, tx)
        if marked.is_changed and step == State.CLOSED:
            hints += hints_after_change.without_consent(number, tx)
            hints += hints_after_change.no_consent_to_closing(number, tx)
    return ChangeResult(lines, numbers, hints)


def _refuse_late(state: str, numbers: str) -> None:
    """Refuse a word that calls a commitment late. Raises: UsageError."""
    from tui.cli.refused_lines.guesses_of_several_words import LATE_WORDS, why_late

    if state in LATE_WORDS:
        words = why_late(visible(numbers), [])
        raise UsageError(tr("{state} is no state, its date says it: {words}", state=state, words=words))


def _reason_in_russian(word: str) -> str | None:
    from store.rules.russian_twins_of_typed_words import word_among

    return word_among(word, Because.ALL)


def _asked_of_all(refused: FollowUpError, arguments: Arguments) -> FollowUpError:
    """The refusal, with what to type for all commitments where all of them need what one lacks."""
    numbers = refused.values.get("numbers")
    if not isinstance(numbers, tuple):
        return refused
    from tui.cli.hints_after_refusal import printed
    from tui.cli.refused_lines.kept_options import with_options

    refused.values = {**refused.values, "number": " ".join(map(str, numbers))}
    return type(refused)(with_options(printed(refused), arguments.values), field=refused.field)


def _marked_line(number: int, marked: operations.StateChange, tx: Transaction, has_note: bool) -> str:
    """`3 agreed -> in-progress`, `3 done -> in-progress (returned by INTERPOL)`, `3 is agreed already`."""
    if marked.returned_by:
        from tui.render.party_words import short_name

        names = ", ".join(visible(short_name(tx.parties, name)) for name in marked.returned_by)
        return tr(
            "{number} {before} -> {after} (returned by {names})",
            number=number,
            before=state_word(marked.before),
            after=state_word(marked.after),
            names=names,
        )
    if marked.before != marked.after:
        end = f" ({voices_taken_back(marked.taken_back)})" if marked.taken_back else ""
        before, after = state_word(marked.before), state_word(marked.after)
        return tr("{number} {before} -> {after}", number=number, before=before, after=after) + end
    if not marked.is_changed:
        return tr("{number} is {state} already", number=number, state=state_word(marked.after))
    if has_note:
        return tr("{number} is {state} already; the note is kept", number=number, state=state_word(marked.after))
    state = state_word(marked.after)
    return tr("{number} is {state} already; what was said of it is changed", number=number, state=state)


def due(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`due`: set or change a due date; an agreed one is extended with a reason, or corrected. Raises: FollowUpError."""

    from store.rules.dates.date_refusals import DateRefused
    from store.rules.dates.parse_date import parse_date
    from tui.cli import hints_after_change

    number, typed = commitment_number(arguments.words[0]), text_words(arguments)
    try:
        before = tx.commitment(number).get("due")
    except NotFound as error:
        from tui.cli.refused_lines.misplaced_dates import date_without_number

        if not (meant := date_without_number(arguments.words)):
            raise
        raise NotFound(f"{error.sentence}: {meant}", field=error.field) from None
    try:
        date = parse_date(typed, tx.today)
    except DateRefused as refused:
        from tui.cli.refused_lines.kept_options import with_options
        from tui.cli.refused_lines.misplaced_dates import counted_from_today, date_and_reason
        from tui.cli.refused_lines.put_off_by_span import line_put_off, put_off_meant

        sentence = ""
        from_today = counted_from_today(typed, f"followup due {number}")
        later = put_off_meant(["due", *arguments.words])
        if later is not None and (before or not from_today):
            line = line_put_off(later, tx.commitment(number), tx.today)
            sentence = f"{refused.sentence}; {line}" + (
                tr(", or {from_today} (from today)", from_today=from_today) if from_today else ""
            )
        elif from_today:
            sentence = f"{refused.sentence}: {from_today}"
        elif meant := date_and_reason(number, arguments.words[1:], has_reason=arguments.has("reason")):
            sentence = tr('"{typed}" is more than a date: {meant}', typed=visible(typed), meant=meant)
        raise UsageError(with_options(sentence, arguments.values)) if sentence else refused from None
    change = operations.set_due(
        tx,
        number,
        date.in_other_words(arguments.get("words")),
        reason=arguments.get("reason"),
        asked_by=arguments.get("asked-by"),
        agreed_by=arguments.get("agreed-by"),
        is_correction=arguments.has("correct"),
    )
    agree = f": followup agree {number}"
    line = due_changed(str(number), before, tx.commitment(number), change, said_day, agree)
    hints = (
        hints_after_change.date_hints(typed, date, tx.today)
        + hints_after_change.other_year(number, typed, tx)
        + hints_after_change.not_kept(arguments, number, change)
        + hints_after_change.no_consent_to_change(number, change, tx)
    )
    if before is not None and date.day is not None and date.day < before:
        hints += hints_after_change.earlier_by_span(arguments, number, before, typed)
    if change == Change.WISH and before is not None and date.day is not None:
        hints.append(hints_after_change.not_put_off(arguments, number, before, typed))
    return ChangeResult([line], [number], hints)


def reason(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`reason`: record why a due date was missed. Raises: FollowUpError."""
    number = commitment_number(arguments.words[0])
    is_changed = operations.set_miss_reason(tx, number, text_words(arguments))
    hints = (
        [tr("{number} was done in time: papers leave the reason out", number=number)]
        if is_in_time(tx.commitment(number))
        else []
    )
    if is_changed and is_still_in_time(tx.commitment(number), tx.today):
        hints.append(
            tr("{number} is not late: is it the right one? followup undo takes the reason back", number=number)
        )
    return ChangeResult([reason_kept(str(number), is_changed=is_changed)], [number], hints)


def chase(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`chase`: record a chase, and the day to look again. Raises: FollowUpError."""
    again = day_option(arguments, "again", tx) or default_chase_day(tx.today)
    hints = (
        [tr("{again} is past: today is {today}", again=said_day(again), today=said_day(tx.today))]
        if is_past(again, tx.today)
        else []
    )
    numbers = commitment_numbers(arguments, tx)
    operations.chase_all(tx, numbers, again=again, note=arguments.get("note"))
    return ChangeResult([chased(str(number), said_day(again)) for number in numbers], numbers, hints)


def note(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`note`: add a note to a commitment. Raises: FollowUpError."""
    number = commitment_number(arguments.words[0])
    operations.note(tx, number, text_words(arguments))
    return ChangeResult([noted(str(number))], [number])


def seats(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`seats`: count the seats of a nomination. Raises: FollowUpError."""
    number = commitment_number(arguments.words[0])
    names = ("wanted", "nominated", "acknowledged", "letter", "endorsed")
    if not any(arguments.has(name) for name in names):
        raise UsageError(
            tr(
                "say what to count, as in: followup seats {number} --wanted 3 --nominated 2 --letter 12/44",
                number=number,
            )
        )
    is_unknown = arguments.get("wanted") in UNKNOWN_TYPED
    is_changed = operations.set_seats(
        tx,
        number,
        wanted=None if is_unknown else arguments.number("wanted"),
        is_wanted_unknown=is_unknown,
        nominated=_nominated(arguments, tx.commitment(number)),
        acknowledged=arguments.number("acknowledged"),
        letter="" if says_none(arguments.get("letter") or "") else arguments.get("letter"),
        endorsed="" if says_none(arguments.get("endorsed") or "") else day_option(arguments, "endorsed", tx),
    )
    counted = tx.commitment(number).get("seats", {})
    if_unknown = phrase("{name} seats: wanted unknown, nominated {nominated}, acknowledged {acknowledged}")
    line = seats_counted(str(number), counted, if_unknown=if_unknown)
    nominated, wanted = counted.get("nominated", 0), counted.get("wanted")
    is_over = is_changed and wanted is not None and nominated > wanted
    hints = []
    if is_over:
        sentence = tr("{number}: {nominated} are nominated, and {wanted} wanted: was another number meant?",
                      number=number, nominated=nominated, wanted=wanted)  # fmt: skip
        hints.append(sentence)
    return ChangeResult([line if is_changed else tr("{line} (already so)", line=line)], [number], hints)


def _nominated(arguments: Arguments, commitment: Commitment) -> int | None:
    """The number nominated: a number, or `+N` for that many more. Raises: UsageError."""
    typed = arguments.get("nominated")
    if typed is None or not typed.startswith("+"):
        return arguments.number("nominated")
    return commitment.get("seats", {}).get("nominated", 0) + whole_number(typed[1:], "--nominated +N", 1)


def remove(arguments: Arguments, tx: Transaction) -> ChangeResult:
    """`remove`: take out a proposed commitment entered by mistake. Raises: FollowUpError."""

    from tui.cli import hints_after_change

    number = commitment_number(arguments.words[0])
    removed = tx.commitment(number)
    operations.remove(tx, number, arguments.get("reason"))
    return ChangeResult([tr("{number} removed", number=number)], hints=hints_after_change.parties_left(removed, tx))
