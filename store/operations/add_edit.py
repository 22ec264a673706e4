"""Add, edit and remove commitments."""

from __future__ import annotations

from store.errors import NotAllowed, UsageError
from store.fold_case_and_accents import fold
from store.model.required_fields import CLEARABLE
from store.model.vocabulary_and_signs import FIRST_STATES, Kind, State, state_word
from store.operations.parties import enter_parties, enter_party
from store.rules.due_dates_and_extensions import DueDate, fields_of_agreement
from store.rules.numbering import none_in_range
from store.rules.seats import kind_unsaid
from store.rules.transitions import can_be_removed
from store.rules.valid_store import waits_for
from store.sanitise_text import clean_line, clean_text, visible
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.model.record_types import Commitment
    from store.transaction import Transaction


def _kind(text: str) -> str:
    folded = fold(clean_line(text))
    if not folded:
        sentence = tr("a kind is one of {all}, or a word of your own", all=", ".join(Kind.ALL))
        raise UsageError(sentence, code="kind.empty", field="kind")
    if not folded.isascii():
        from store.rules.russian_twins_of_typed_words import RUSSIAN_KINDS, plain

        folded = RUSSIAN_KINDS.get(plain(folded), folded)
    return folded if folded in Kind.ALL else clean_line(text)


def _title(text: str) -> str:
    title = clean_line(text)
    if not title:
        raise UsageError(tr("a commitment needs a title: say what was promised"), code="title.empty", field="title")
    return title


def _promisers(tx: Transaction, names: Iterable[str]) -> list[str]:
    entered = enter_parties(tx, names, "by")
    if not entered:
        raise UsageError(tr("say who promised it"), code="by.empty", field="by")
    return entered


def _recipients(tx: Transaction, names: Iterable[str]) -> list[str]:
    entered = enter_parties(tx, names, "to")
    if not entered:
        raise UsageError(tr("say to whom it was promised"), code="to.empty", field="to")
    return entered


def _check_after(tx: Transaction, number: int | None, after: int) -> None:
    """Refuse a cycle of commitments that wait for each other. Raises: NotAllowed, NotFound."""
    tx.commitment(after, "after")

    def after_of(other: int) -> int | None:
        record = tx.record("commitments", other)
        return record.get("after") if record else None

    if waits_for(after, number, after_of):
        sentence = tr("{number} cannot wait for {after}, which waits for it", number=number, after=after)
        raise NotAllowed(sentence, code="after.waits-for-itself", field="after")


def add(
    tx: Transaction,
    title: str,
    *,
    visit: str,
    by: Sequence[str],
    to: Sequence[str],
    via: str | None = None,
    support: Sequence[str] = (),
    kind: str | None = None,
    state: str = State.PROPOSED,
    date: DueDate | None = None,
    owner: str | None = None,
    quote: str | None = None,
    source: str | None = None,
    source_id: str | None = None,
    seats: int | None = None,
    after: int | None = None,
) -> int:
    """Add a commitment; `source_id` is its number in the list that it was imported from. Returns its number.

    Raises: NotFound for the visit or the commitment that it waits for; UsageError for an empty title,
    party, or a state that a new one cannot have.
    """
    if state not in FIRST_STATES:
        sentence = tr("a new commitment is proposed or agreed, not {state}: mark it afterwards", state=state)
        raise UsageError(sentence, code="state.not-of-a-new-one", field="state")
    its_visit = tx.visit(visit)
    if after is not None:
        _check_after(tx, None, after)
    date = date or DueDate(None)
    # First the HEADS fields (store.model.format_version), with which a line of the file begins: nothing is reordered.
    fields: dict[str, object] = {
        "state": str(state),
        "visit": its_visit["slug"],
        "due": date.day,
        "after": after,
        "title": _title(title),
        "kind": _kind(kind) if kind is not None else kind_unsaid(seats is not None),
        "by": _promisers(tx, by),
        "to": _recipients(tx, to),
        "via": enter_party(tx, via, "via") if via else None,
        "support": enter_parties(tx, support, "support") if support else None,
        "owner": (clean_line(owner) if owner else None) or tx.actor,
        "due_precision": date.precision,
        "due_words": date.words,
        "seats": {"wanted": seats} if seats is not None else None,
        "quote": (clean_text(quote) or None) if quote else None,
        "source": (clean_text(source) or None) if source else None,
        "source_id": (clean_line(source_id) or None) if source_id else None,
    }
    agreement = fields_of_agreement({"due": date.day}, state, tx.day)
    if agreement:
        fields |= {name: agreement.get(name) for name in ("agreed_on", "original_due")}
    return tx.add("commitments", fields)


def edit(
    tx: Transaction,
    number: int,
    *,
    title: str | None = None,
    visit: str | None = None,
    by: Sequence[str] | None = None,
    to: Sequence[str] | None = None,
    via: str | None = None,
    support: Sequence[str] | None = None,
    kind: str | None = None,
    owner: str | None = None,
    quote: str | None = None,
    source: str | None = None,
    source_id: str | None = None,
    words: str | None = None,
    after: int | None = None,
    clear: Iterable[str] = (),
) -> bool:
    """Change fields of a commitment; `clear` names fields of CLEARABLE to remove.

    Returns whether anything changed. Raises: NotFound, NotAllowed, UsageError.
    """
    tx.commitment(number)
    changes: dict[str, object] = {}
    for name in clear:
        if name not in CLEARABLE:
            sentence = tr(
                "{number}: {name} cannot be taken out, only {clearable}",
                number=number,
                name=visible(name),
                clearable=", ".join(CLEARABLE),
            )
            raise UsageError(sentence, code="field.cannot-be-cleared", field="clear")
        changes["due_words" if name == "words" else name] = None
    if title is not None:
        changes["title"] = _title(title)
    if visit is not None:
        changes["visit"] = tx.visit(visit)["slug"]
    if by is not None:
        changes["by"] = _promisers(tx, by)
    if to is not None:
        changes["to"] = _recipients(tx, to)
    if via is not None:
        changes["via"] = enter_party(tx, via, "via")
    if support is not None:
        changes["support"] = enter_parties(tx, support, "support") or None
    if kind is not None:
        changes["kind"] = _kind(kind)
    if owner is not None:
        changes["owner"] = clean_line(owner) or tx.actor
    for name, text in (("quote", quote), ("source", source)):
        if text is not None:
            changes[name] = clean_text(text) or None
    if source_id is not None:
        changes["source_id"] = clean_line(source_id) or None
    if words is not None:
        changes["due_words"] = clean_line(words) or None
    if after is not None:
        _check_after(tx, number, after)
        changes["after"] = after
    return tx.write("commitments", number, changes, action="edit")


def remove(tx: Transaction, number: int, reason: str | None) -> None:
    """Remove a proposed commitment that was entered by mistake; its history and its number are kept.

    Raises: NotFound; NotAllowed without a reason, for one that was agreed, or that others wait for.
    """
    refuse_if_agreed(number, tx.commitment(number))
    reason = clean_text(reason or "")
    if not reason:
        sentence = tr("{number}: say why it is removed", number=number)
        raise NotAllowed(sentence, code="remove.reason-needed", field="reason", values={"number": number})
    refuse_if_named(tx, number)
    tx.remove("commitments", number, action="remove", reason=reason)


def refuse_if_agreed(number: int, commitment: Commitment) -> None:
    """Refuse to remove an agreed commitment. Raises: NotAllowed."""
    if not can_be_removed(commitment):
        raise NotAllowed(
            tr(
                "{number} is {state}: only one never agreed is removed",
                number=number,
                state=state_word(commitment["state"]),
            ),
            code="remove.was-agreed",
            values={"number": number, "state": commitment["state"]},
        )


def refuse_if_named(tx: Transaction, number: int) -> None:
    """Refuse to remove a commitment that another one waits for, or was superseded by. Raises: NotAllowed."""
    other = next(iter(tx.commitments_naming(numbers=[number])), None)
    if other is not None:
        raise NotAllowed(tr("{number} cannot go: {other} names it", number=number, other=other), code="remove.is-named")


def existing_numbers(tx: Transaction, first: int, last: int) -> list[int]:
    """The numbers of existing commitments in a range. Raises: NotFound for none."""
    found = [number for number in tx.numbers() if first <= number <= last]
    if not found:
        raise none_in_range(first, last)
    return found
