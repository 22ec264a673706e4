"""Validation of a whole store: what must hold between its records."""

from __future__ import annotations

from store.fold_case_and_accents import fold
from store.rules.party_names import names_of
from store.translation import phrase, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Set

    from store.model.record_types import Commitment, Party, Visit


def faults(
    visits: Iterable[Visit],
    parties: Iterable[Party],
    commitments: Iterable[Commitment],
    after: Mapping[int, int | None],
) -> Iterator[str]:
    """Validate the references and names of a store: a sentence for each fault.

    `after` has every commitment with the one that it waits for.
    """
    slugs: set[str] = set()
    for visit in visits:
        if visit["slug"] in slugs:
            yield tr("two visits are called {slug}", slug=visit["slug"])
        slugs.add(visit["slug"])
    owners: dict[str, int] = {}
    known: set[str] = set()
    for party in parties:
        known.add(party["name"])
        for name in names_of(party):
            if owners.setdefault(fold(name), party["id"]) != party["id"]:
                yield tr('"{name}" is a name of two parties', name=name)
    for commitment in commitments:
        yield from _faults_of(commitment, slugs, known, after)


def _faults_of(
    commitment: Commitment, slugs: set[str], known: set[str], after: Mapping[int, int | None]
) -> Iterator[str]:
    number = commitment["id"]
    if commitment["visit"] not in slugs:
        yield tr(
            "commitment {number} belongs to the visit {slug}, which is not there",
            number=number,
            slug=commitment["visit"],
        )
    for name in dict.fromkeys(parties_named(commitment)):
        if name not in known:
            yield tr(
                'commitment {number} names the party "{name}", which is not in the list of parties',
                number=number,
                name=name,
            )
    closed = commitment.get("closed")
    for sentence, other in (
        (phrase("commitment {number} waits for {other}, which is not there"), commitment.get("after")),
        (
            phrase("commitment {number} was superseded by {other}, which is not there"),
            closed.get("by_id") if closed else None,
        ),
    ):
        if other is not None and other not in after:
            yield tr(sentence, number=number, other=other)
    if waits_for(commitment.get("after"), number, after.get):
        yield tr(
            "commitment {number} waits for itself, by way of {other}", number=number, other=commitment.get("after")
        )
    if "due_changes" in commitment and "original_due" not in commitment:
        yield tr("commitment {number} has changes of an agreed date, but no original one", number=number)
    for name in both_voices(commitment):
        yield tr('commitment {number} was reported and confirmed by one party, "{name}"', number=number, name=name)


def both_voices(commitment: Commitment) -> list[str]:
    """The parties that both reported and confirmed a commitment, which must be none. Source: docs/rules.md, Voices."""
    reported, confirmed = commitment.get("reported"), commitment.get("confirmed")
    if not reported or not confirmed:
        return []
    return [name for name in reported["said_by"] if name in confirmed["said_by"]]


def parties_named(commitment: Commitment) -> list[str]:
    """The names of all parties of a commitment, in its roles and its voices, with repetitions."""
    named = [*commitment["by"], *commitment["to"], *commitment.get("support", [])]
    if "via" in commitment:
        named.append(commitment["via"])
    for voice in (commitment.get("reported"), commitment.get("confirmed"), commitment.get("returned")):
        named += voice["said_by"] if voice else []
    return named


def names_one_of(commitment: Commitment, visits: Set[str], parties: Set[str], numbers: Set[int]) -> bool:
    """Whether a commitment names one of these visits (by slug), parties or commitments."""
    closed = commitment.get("closed")
    return (
        commitment["visit"] in visits
        or (commitment.get("after") or 0) in numbers
        or bool(closed and (closed.get("by_id") or 0) in numbers)
        or not parties.isdisjoint(parties_named(commitment))
    )


def waits_for(first: int | None, number: int | None, after_of: Callable[[int], int | None]) -> bool:
    """Whether a commitment that waits for `first` waits for `number`, directly or through others.

    `after_of` returns the commitment that another one waits for, None for none. Source: docs/rules.md, States.
    """
    seen: set[int] = set()
    at = first
    while at is not None and at not in seen:
        if at == number:
            return True
        seen.add(at)
        at = after_of(at)
    return False
