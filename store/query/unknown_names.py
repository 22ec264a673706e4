"""The names in a query that the store does not know: parties, visits, owners, kinds, numbers, and the user's own.

Such a query is understood and matches nothing for ever, so that a check of it would be content for ever.
"""

from __future__ import annotations

from itertools import islice

from store.errors import NotAtHand, NotFound
from store.fold_case_and_accents import fold, words
from store.model.vocabulary_and_signs import Kind
from store.nearest_word import did_you_mean
from store.query.name_and_text_terms import NameTerm, OwnerIsMe, PartyIsMe, Textual, VisitIs
from store.query.query_predicate import Query
from store.query.value_and_range_terms import Numbered
from store.rules.numbering import MOST_DIGITS, commitment_not_found, none_in_range
from store.rules.party_names import names_of
from store.sanitise_text import visible
from store.translation import phrase, plural, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from store.snapshot import Snapshot

_LONGEST_SHOWN = 60
"""Characters of a name that a refusal shows."""

_MOST_SHOWN = 6
"""Known names that a refusal shows."""

_MOST_COMPARED = 5000
"""Names that are compared with a mistyped one: each costs 20 microseconds."""


def unknown_names(query: Query, snapshot: Snapshot) -> list[NotFound]:
    """The refusals of the names in a query that nothing in the store has, each once.

    A name is known when any record has it, whether it matches or not: a party, a visit, whoever owns a commitment or
    owned one that was removed, a kind of the program's own, the number of a commitment. Words that are searched for as
    text are no names.
    Source: docs/reference.md, Queries.
    """
    found: dict[str, NotFound] = {}
    for term in query.terms():
        for refusal in _refusals(term, snapshot) if term.may_be_unknown(snapshot) else ():
            found.setdefault(str(refusal), refusal)
    return list(found.values())


def unknown_words(query: Query, snapshot: Snapshot) -> list[NotFound]:
    """The refusals of query words that occur in no text of the store, finished commitments included.

    Source: docs/reference.md, Queries.
    """
    found: dict[str, NotFound] = {}
    for term in query.terms():
        if isinstance(term, Textual) and not any(term.matches(row, snapshot) for row in snapshot.rows):
            found.setdefault(term.typed, _no_such_word(term.typed, snapshot))
    return list(found.values())


def _no_such_word(typed: str, snapshot: Snapshot) -> NotFound:
    digits = typed.lstrip("#№")
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= MOST_DIGITS
    if is_number and int(digits) not in snapshot.commitments:
        return commitment_not_found(int(digits), snapshot.last_events_of(int(digits)), "id")
    shown = visible(typed[:_LONGEST_SHOWN])
    if " " in typed:
        sentence = tr('no commitment has the words "{typed}"', typed=shown)
    else:
        sentence = tr('no commitment has the word "{typed}"', typed=shown)
    return NotFound(sentence, code="query.text-unknown", field="query")


def _refusals(term: Query, snapshot: Snapshot) -> Iterator[NotFound]:
    if isinstance(term, Numbered):
        yield from _unknown_numbers(term, snapshot)
    elif isinstance(term, OwnerIsMe | PartyIsMe):
        if not _is_anybody(term.me, snapshot):
            names = [tr('"{name}"', name=visible(name[:_LONGEST_SHOWN])) for name in term.me]
            near = did_you_mean(term.me[0], _everybody(snapshot)) if len(term.me) == 1 else ""
            sentence = plural(
                '"me" is {names}, and nobody in this store is called so{near}',
                '"me" is {names}, and nobody in this store is called so{near}',
                len(names),
                names=", ".join(names),
                near=near,
            )
            yield NotFound(sentence, code="query.me-unknown", field="query", values={"near": near})
    elif isinstance(term, NameTerm):
        if any(term.accepts(name, snapshot) for name in _known(term, snapshot)):
            return
        past = _past_owner(term, snapshot)
        if past is None:
            yield _not_found(term, snapshot)
        elif past[1] is not None:
            old, new = (visible(name[:_LONGEST_SHOWN]) for name in (past[0], past[1]))
            sentence = tr('"{old}" owns nothing any more: what they had went to "{new}"', old=old, new=new)
            yield NotFound(sentence, code="query.owner-gone", field="owner")


def _known(term: NameTerm, snapshot: Snapshot) -> Iterable[str]:
    """The names that the store has for the field of a term."""
    if isinstance(term, VisitIs):
        return snapshot.visits
    if term.field == "owner":
        return _owners(snapshot)
    if term.field == "kind":
        return (*Kind.ALL, *{row.commitment["kind"]: None for row in snapshot.rows})
    return [party["name"] for party in snapshot.parties.all()]


def _owners(snapshot: Snapshot) -> Iterable[str]:
    return {row.commitment["owner"]: None for row in snapshot.rows}


def _everybody(snapshot: Snapshot) -> list[str]:
    """The names of owners and parties."""
    return [*_owners(snapshot), *(name for party in snapshot.parties.all() for name in names_of(party))]


def _past_owner(term: NameTerm, snapshot: Snapshot) -> tuple[str, str | None] | None:
    """A former owner of a commitment that a term on owners means, with the last owner of theirs."""
    past = snapshot.past_owners.items() if term.field == "owner" else ()
    return next(((old, new) for old, new in past if term.accepts(old, snapshot)), None)


def _is_anybody(me: Iterable[str], snapshot: Snapshot) -> bool:
    """Whether one of these names is a party, owns or owned a commitment, or has changed the store."""
    folded = {fold(name) for name in me}
    if any(map(snapshot.parties.find, me)) or any(fold(name) in folded for name in _owners(snapshot)):
        return True
    if any(fold(name) in folded for name in snapshot.past_owners):
        return True
    try:
        return any(fold(event["who"]) in folded for event in snapshot.events_newest_first())
    except NotAtHand:
        return True  # Nobody is said to be unknown who may have changed it long ago.


_THERE_IS_NONE = {
    "visit": phrase('there is no visit "{typed}"{near}'),
    "owner": phrase('there is no owner "{typed}"{near}'),
    "kind": phrase('there is no kind "{typed}"{near}'),
    "party": phrase('there is no party "{typed}"{near}'),
}


def _not_found(term: NameTerm, snapshot: Snapshot) -> NotFound:
    """The refusal of a name, with the nearest known one."""
    typed = term.typed[:_LONGEST_SHOWN]
    if isinstance(term, VisitIs):
        what, visits = "visit", snapshot.visits.values()
        known = [text for visit in visits for text in (visit["slug"], visit.get("place", ""), visit["title"]) if text]
    elif term.field in ("owner", "kind"):
        what, known = term.field, list(_known(term, snapshot))
        if what == "kind" and not typed.isascii():
            from store.rules.russian_twins_of_typed_words import kinds_in_russian

            known = kinds_in_russian(known)
    else:
        what, known = "party", [name for party in snapshot.parties.all() for name in names_of(party)]
    near = did_you_mean(typed, list(islice(_with_words(known), _MOST_COMPARED)))
    sentence = tr(_THERE_IS_NONE[what], typed=visible(typed), near=near)
    values = {"what": what, "near": near, "known": _first(known)}
    return NotFound(sentence, code="query.name-unknown", field=term.field, values=values)


def _with_words(texts: Iterable[str]) -> Iterator[str]:
    """The names, then each of their words: a term matches the beginning of any word."""
    names = list(dict.fromkeys(texts))
    yield from names
    for name in names:
        yield from words(name)


def _first(names: Iterable[str]) -> str:
    """The first names, for a message."""
    some = [visible(name) for name in islice(names, _MOST_SHOWN + 1)]
    return ", ".join([*some[:_MOST_SHOWN], *(["..."] if len(some) > _MOST_SHOWN else [])])


def _unknown_numbers(term: Numbered, snapshot: Snapshot) -> Iterator[NotFound]:
    for low, high in term.pairs:
        if low is None or high is None:
            continue
        if low == high:
            if low not in snapshot.commitments:
                yield commitment_not_found(low, snapshot.last_events_of(low), "id")
        elif not any(low <= number <= high for number in snapshot.commitments):
            yield none_in_range(low, high)
