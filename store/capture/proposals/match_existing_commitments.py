"""Tells which commitment of a visit a proposal is already, and which one it is like.

A sentence is known by its `source_id`; it is known too where that became another one since: a party was created or
renamed meanwhile, so that it is told otherwise who promises, or a name in the sentence is no longer masked.
"""

from __future__ import annotations

import re

from store.capture.parties.find_who_promises import How
from store.capture.person_names.mask_person_names import MASK, RUSSIAN_MASK
from store.capture.promises.confidence_bands import Confidence
from store.capture.proposals.propose_commitments import source_id_of
from store.fold_case_and_accents import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from store.capture.proposals.propose_commitments import Proposal
    from store.model.record_types import Commitment, Visit

NEAR = 85
"""The least token_set_ratio of two titles or quotes that may be one promise."""


def ids_of(proposals: Iterable[Proposal]) -> list[str]:
    """The `source_id` under which proposals may be remembered: their own, and of the sentences alone."""
    return [identity for each in proposals for identity in (each.source_id, source_id_of(_in_one_mask(each.quote)))]


def with_marks(
    proposals: Iterable[Proposal],
    commitments: Mapping[int, Commitment],
    visit: Visit | None,
    refused: Collection[str] = (),
) -> list[Proposal]:
    """The proposals, each with the commitment that it is (`known`), or is like, and whether it was refused before."""
    slug = visit["slug"] if visit else None
    every = list(proposals)
    here = [(number, each) for number, each in commitments.items() if each["visit"] == slug]
    known = _Known(here, every)
    marked = []
    for each in every:
        number = known.number_of(each)
        marked.append(
            each._replace(
                known=number,
                like=None if number is not None else _like(each, here),
                is_refused=any(identity in refused for identity in ids_of([each])) if refused else False,
            )
        )
    return marked


class _Known:
    """The commitments that were captured at a visit, by what tells their sentences."""

    def __init__(self, here: Sequence[tuple[int, Commitment]], proposals: Sequence[Proposal]) -> None:
        captured = [(number, each) for number, each in here if each.get("source_id", "").startswith("capture:")]
        self._by_id = {each["source_id"]: number for number, each in captured}
        own = {self._by_id[each.source_id] for each in proposals if each.source_id in self._by_id}
        # What another sentence of the text is by its own `source_id` is none of these.
        others = [(number, each) for number, each in captured if number not in own]
        self._others = dict(others)
        self._promisers = {tuple(each["by"]) for _, each in others}
        self._by_quote: dict[str, list[int]] = {}
        self._masked: list[tuple[int, str]] = []
        for number, each in others:
            quote = _in_one_mask(each.get("quote", ""))
            self._by_quote.setdefault(_folded(quote), []).append(number)
            self._masked.append((number, quote))

    def number_of(self, proposal: Proposal) -> int | None:
        """The commitment that a proposal is; None for a new one."""
        if proposal.source_id in self._by_id:
            return self._by_id[proposal.source_id]
        for number in self._candidates(proposal) if self._others else ():
            if number in self._others and _may_be(proposal, self._others[number]):
                del self._others[number]  # The same words once more are another promise.
                return number
        return None

    def _candidates(self, proposal: Proposal) -> Iterator[int]:
        """The commitments of its sentence, whoever the promiser."""
        quote = _in_one_mask(proposal.quote)
        for by in ((), *self._promisers):
            number = self._by_id.get(source_id_of(quote, by))
            if number is not None:
                yield number
        yield from self._by_quote.get(_folded(quote), ())
        for number, other in self._masked:
            is_masked = MASK in quote or MASK in other
            is_near = quote[:_ENDS] == other[:_ENDS] or quote[-_ENDS:] == other[-_ENDS:]
            if is_masked and is_near and _is_same_but_masked(quote, other):
                yield number


_ENDS = 12
"""Characters at one end in which two quotes are alike that are one."""


def _in_one_mask(quote: str) -> str:
    """A quote with the masks of English, with which sentences are known."""
    return quote.replace(RUSSIAN_MASK, MASK)


def _folded(quote: str) -> str:
    return " ".join(fold(quote).split())


def _may_be(proposal: Proposal, commitment: Commitment) -> bool:
    """Whether the promisers may be the same: below another party's name the same words are another promise."""
    return (
        not proposal.by
        or proposal.by_how in (How.NAMED, How.VISIT, How.NONE)
        or not set(commitment["by"]).isdisjoint(proposal.by)
        or commitment.get("source") in (proposal.source, proposal.source_in_words)
    )


def _is_same_but_masked(one: str, other: str) -> bool:
    """Whether two sentences are one, but that a name is masked in one of them."""
    return any(
        MASK in masked and _pattern_of(masked).fullmatch(whole) for masked, whole in ((one, other), (other, one))
    )


def _pattern_of(masked: str) -> re.Pattern[str]:
    """A masked sentence with a name, or a mask, in the place of each mask."""
    name = rf"(?:{re.escape(MASK)}|[A-ZА-ЯЁ][\w’'.\-]*)(?: [A-ZА-ЯЁ][\w’'.\-]*){{0,3}}"
    return re.compile(name.join(map(re.escape, masked.split(MASK))))


def _like(proposal: Proposal, here: Sequence[tuple[int, Commitment]]) -> int | None:
    if not proposal.by or proposal.band == Confidence.UNLIKELY:
        return None
    best, found = float(NEAR), None
    for number, each in here:
        if set(each["by"]).isdisjoint(proposal.by):
            continue
        from rapidfuzz.fuzz import token_set_ratio

        ratio = max(
            token_set_ratio(fold(proposal.title), fold(each["title"])),
            token_set_ratio(fold(proposal.quote), fold(each.get("quote", ""))) if each.get("quote") else 0,
        )
        if ratio >= best:
            best, found = ratio, number
    return found
