"""The proposals of a text under review: taken, merged or refused, which are shown and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from store.capture.proposals.match_existing_commitments import ids_of, with_marks
from store.capture.proposals.propose_commitments import by_rank, with_parties
from store.capture.proposals.suggest_parties import after
from store.capture.text_structure.blocks import blocks_of
from store.fold_case_and_accents import fold
from store.rules.party_names import names_of
from store.translation import phrase, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from store.capture.proposals.propose_commitments import Proposal
    from store.capture.proposals.remembered_refusals import Remembered
    from store.capture.readers.source_text import SourceText
    from store.capture.text_structure.blocks import Block
    from store.rules.party_names import Directory
    from store.snapshot import Snapshot

TAKEN, MERGED, REFUSED = phrase("taken"), phrase("merged"), phrase("refused")
"""What a proposal can become."""

SIGNS: Mapping[str, str] = {TAKEN: "o", MERGED: "=", REFUSED: "x"}
"""What it became -> the sign in the list."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on a proposal; `number` is the commitment entered or merged into, `change` the change number.

    `change` is None where it was decided before this screen was opened, and for a refusal.
    """

    sort: str
    number: int | None = None
    change: int | None = None


class CaptureReview:
    """The proposals of one text, at one visit; each keeps its `source_id`, whatever is changed in it."""

    def __init__(self, source: SourceText, visit: str, dated: str) -> None:
        """`visit` is the slug of the visit, `dated` the ISO day of the text."""
        self.source = source
        self.visit = visit
        self.dated = dated
        self.is_in_order_of_text = False
        self.shows_left_out = False
        self.is_searching = True
        """Whether the text is still being looked through."""
        self.is_left = False
        """Whether its screen was left: then nobody needs the rest."""
        self.sought = ""
        """The words that were looked for last."""
        self._proposals: dict[str, Proposal] = {}
        self._left_out: dict[str, Proposal] = {}
        self._before: dict[str, Decision] = {}
        self._decided: dict[str, Decision] = {}
        self._numbers: dict[str, int] = {}
        self._changed: dict[str, Proposal] = {}
        """The `source_id` of those in which a person changed something -> the proposal as it was read."""
        self._of_persons: dict[str, tuple[str, ...]] = {}
        """The sum of a person of the text -> for whom that one promises, as was said here; forgotten with this text."""
        self._parties: frozenset[str] | None = None
        """The names of parties with which the text was looked through."""
        self._blocks: list[Block] | None = None
        self._marked: object = None
        """What the proposals were last marked by."""

    def propose(self, proposals: Iterable[Proposal], *, is_all: bool = True) -> None:
        """Set the proposals of the text, or of its first pages where not all is read.

        What is shown already stays as it is, but for the places where it is told again.
        """
        for each in proposals:
            shown = self._proposals.get(each.source_id)
            self._proposals[each.source_id] = shown._replace(n=each.n, places=each.places) if shown else each
        self._marked = None
        self._fill_persons()
        self.is_searching = not is_all

    def search_with(self, parties: Directory) -> None:
        """Store the parties with which the text is searched."""
        self._parties = _names_in(parties)

    def is_outdated(self, parties: Directory) -> bool:
        """Whether parties were created or renamed since: the text may then name more promisers."""
        return self._parties is not None and not self.is_searching and self._parties != _names_in(parties)

    def propose_anew(self, proposals: Iterable[Proposal]) -> None:
        """Replace the proposals neither decided nor changed by a person with these, found with other parties.

        A sentence is known by its place, and keeps its number and its `source_id`.
        """
        pools = (self._proposals, self._left_out)
        known = {_place(each): (pool, identity) for pool in pools for identity, each in pool.items()}
        for each in proposals:
            pool, identity = known.get(_place(each), (self._proposals, each.source_id))
            shown = pool.get(identity)
            if shown is None:
                if each.is_above_line:
                    pool[identity] = each._replace(n=0)  # With other sentences around it, it counts otherwise.
            elif identity not in self._changed and self.decision(shown) is None:
                del pool[identity]
                pool = self._proposals if each.is_above_line else pool
                pool[identity] = each._replace(source_id=identity, n=shown.n)
        self._marked = None
        self._fill_persons()

    @property
    def blocks(self) -> Sequence[Block]:
        """The blocks of the text."""
        if self._blocks is None:
            self._blocks = blocks_of(self.source.text, self.source.pages)
        return self._blocks

    def mark(self, snapshot: Snapshot, remembered: Remembered) -> None:
        """Mark the proposals already in this store, and those this person refused or merged before."""
        visit = snapshot.visits.get(self.visit)
        every = ids_of((*self._proposals.values(), *self._left_out.values()))
        refused, merged = remembered.refused_at(self.visit, every), remembered.merged_at(self.visit, every)
        marked = (snapshot.revision, refused, merged, len(every))
        if self._marked == marked:
            return
        self._marked = marked
        for pool in (self._proposals, self._left_out):
            for each in with_marks(pool.values(), snapshot.commitments, visit, refused):
                pool[each.source_id] = each
                self._before.pop(each.source_id, None)
                if each.known is not None:
                    self._before[each.source_id] = Decision(TAKEN, each.known)
                elif each.source_id in merged:
                    self._before[each.source_id] = Decision(MERGED)
                elif each.is_refused:
                    self._before[each.source_id] = Decision(REFUSED)

    def leave_out(self, others: Iterable[Proposal]) -> None:
        """Add the sentences that were not proposed; `shows_left_out` shows them.

        One that is proposed by now, since a party became known meanwhile, is among those to be decided. A sentence is
        known by its place too: its `source_id` may say who promises, and that party be known only by now.
        """
        places = {_place(each) for each in self._proposals.values()}
        for each in others:
            if each.source_id not in self._proposals and _place(each) not in places:
                pool = self._proposals if each.is_above_line else self._left_out
                pool[each.source_id] = each._replace(n=0)  # Among all sentences they count otherwise.

    @property
    def has_left_out(self) -> bool:
        """Whether the sentences that were not proposed are known yet."""
        return bool(self._left_out)

    @property
    def left_out_count(self) -> int:
        """The number of sentences not proposed, or refused before, once known."""
        return len(self._left_out) + len(self._proposals) if self._left_out else 0

    @property
    def is_all_refused(self) -> bool:
        """Whether promises were found, and all of them refused before."""
        return any(each.is_above_line for each in self._proposals.values()) and not self.shown

    @property
    def shown(self) -> list[Proposal]:
        """The proposals shown, in order."""
        found = [each for each in self._proposals.values() if self.shows_left_out or self._is_proposed(each)]
        if self.shows_left_out:
            found += self._left_out.values()
        return sorted(found, key=lambda each: each.places[0].start) if self.is_in_order_of_text else by_rank(found)

    def _is_proposed(self, proposal: Proposal) -> bool:
        """Whether it scores above the line, and was not refused before the screen was opened."""
        identity = proposal.source_id
        before = self._before.get(identity)
        was_refused = before is not None and before.sort != TAKEN and identity not in self._decided
        return (proposal.is_above_line or identity in self._decided) and not was_refused

    def key_of(self, proposal: Proposal) -> int:
        """A number by which a list knows the proposal."""
        return self._numbers.setdefault(proposal.source_id, len(self._numbers) + 1)

    def with_key(self, key: int) -> Proposal | None:
        """The proposal that a list knows by this number."""
        identity = next((identity for identity, number in self._numbers.items() if number == key), "")
        return self._proposals.get(identity) or self._left_out.get(identity)

    def change(self, proposal: Proposal, **fields: Any) -> None:
        """Change a proposal before it is taken."""
        self._marked = None
        self._changed.setdefault(proposal.source_id, proposal)
        pool = self._proposals if proposal.source_id in self._proposals else self._left_out
        pool[proposal.source_id] = pool[proposal.source_id]._replace(**fields)

    # Whose promise it is.

    def has_receivers(self, proposal: Proposal) -> bool:
        """Whether the text names the receiver of a promise."""
        return bool(self.receivers_of(proposal))

    def receivers_of(self, proposal: Proposal) -> tuple[str, ...]:
        """The receivers that the text names."""
        return self._changed.get(proposal.source_id, proposal).to

    def next_receiver(self, proposal: Proposal) -> tuple[str, ...]:
        """The receiver by the next press of the key; empty where none is known."""
        return after(proposal.choices.receivers(proposal.by, self._chosen_before), proposal.to)

    @property
    def _chosen_before(self) -> list[tuple[str, ...]]:
        """The receivers that a person chose for other promises, the last first."""
        found: dict[tuple[str, ...], None] = {}
        for identity in reversed(self._decided):
            its = self._proposals.get(identity) or self._left_out.get(identity)
            if its is not None and its.to and self._decided[identity].sort == TAKEN and not self.has_receivers(its):
                found.setdefault(its.to)
        return list(found)

    def next_promiser(self, proposal: Proposal) -> tuple[str, ...]:
        """The promiser by the next press of the key: those named in the text, then the others.

        Nobody to whom the text says that it was promised.
        """
        read, receivers = self._changed.get(proposal.source_id, proposal).by, self.receivers_of(proposal)
        choices = [each for each in proposal.choices.promisers() if each != read and set(each).isdisjoint(receivers)]
        return after([read, *choices] if read else choices, proposal.by)

    def say_who(self, proposal: Proposal, parties: Directory) -> None:
        """Set the promiser of a proposal in the others of the same person that have none."""
        if proposal.person and proposal.by:
            self._of_persons[proposal.person] = tuple(parties.canonical(name) for name in proposal.by)
            self._fill_persons()

    def _fill_persons(self) -> None:
        for pool in (self._proposals, self._left_out):
            for identity, each in pool.items():
                if not each.by and each.person in self._of_persons and self.decision(each) is None:
                    pool[identity] = with_parties(each, by=self._of_persons[each.person])

    def as_it_is(self, proposal: Proposal, snapshot: Snapshot) -> Proposal:
        """The proposal with the values of its commitment, once it is entered."""
        decision = self.decision(proposal)
        taken = snapshot.commitments.get(decision.number or 0) if decision and decision.sort == TAKEN else None
        if taken is None:
            return proposal
        return proposal._replace(
            title=taken["title"],
            by=tuple(taken["by"]),
            to=tuple(taken["to"]),
            kind=taken["kind"],
            due=taken.get("due"),
            due_precision=taken.get("due_precision"),
            due_words=taken.get("due_words"),
            seats=taken.get("seats", {}).get("wanted"),
            suggest_to=(),
            new=(),
            warnings=(),
        )

    # Decisions.

    def decision(self, proposal: Proposal) -> Decision | None:
        """The decision on it; None while it is open."""
        return self._decided.get(proposal.source_id) or self._before.get(proposal.source_id)

    def decide(self, proposal: Proposal, decision: Decision) -> None:
        """Record the decision on it."""
        self._decided.pop(proposal.source_id, None)  # The last decision stands last.
        self._decided[proposal.source_id] = decision

    def take_back(self, identity: str) -> None:
        """Drop the decision on the proposal with this `source_id`."""
        self._decided.pop(identity, None)
        self._before.pop(identity, None)
        self._marked = None

    def decided_here(self, proposal: Proposal) -> tuple[str, Decision] | None:
        """The `source_id` and the decision that undo drops: of this proposal, else the last one made here."""
        identity = proposal.source_id if proposal.source_id in self._decided else next(reversed(self._decided), "")
        return (identity, self._decided[identity]) if identity else None

    def new_parties(self, parties: Directory) -> list[str]:
        """The names in the proposals that no party has, in the order of the text."""
        named = (
            name
            for each in self._proposals.values()
            for name in (*each.by, *each.to, *each.suggest_to, *each.choices.guests)
        )
        return [name for name in dict.fromkeys(named) if parties.find(name) is None]

    @property
    def undecided(self) -> list[Proposal]:
        """The undecided proposals above the line."""
        return [each for each in self._proposals.values() if self._is_proposed(each) and self.decision(each) is None]

    def counts(self) -> str:
        """`4 of 11 decided: 3 taken, 1 refused`, without those in the store before."""
        of_each = {sort: [each.sort for each in self._decided.values()].count(sort) for sort in SIGNS}
        decided = sum(of_each.values())
        said = ", ".join(tr("{n} {decision}", n=count, decision=tr(sort)) for sort, count in of_each.items() if count)
        of = decided + len(self.undecided)
        counted = tr("{n} of {of} decided", n=decided, of=of) if of else tr("nothing to decide")
        counted = f"{counted}: {said}" if said else counted
        return tr("{counted}, the text is looked through ...", counted=counted) if self.is_searching else counted

    def next_with(self, words: str, key: int | None) -> Proposal | None:
        """The next shown proposal whose sentence has these words, after the one with `key`."""
        shown = self.shown
        place = next((place for place, each in enumerate(shown) if self.key_of(each) == key), -1)
        sought = fold(words)
        return next((each for each in (*shown[place + 1 :], *shown[: place + 1]) if sought in fold(each.quote)), None)

    def next_undecided(self, proposal: Proposal) -> Proposal | None:
        """The next undecided proposal in the order shown, from the end on from the top."""
        shown = self.shown
        place = next((place for place, each in enumerate(shown) if each.source_id == proposal.source_id), -1)
        later = (*shown[place + 1 :], *shown[: max(place, 0)])
        return next((each for each in later if self._is_proposed(each) and self.decision(each) is None), None)


def _names_in(parties: Directory) -> frozenset[str]:
    return frozenset(name for party in parties.all() for name in names_of(party))


def _place(proposal: Proposal) -> tuple[int, int]:
    return proposal.places[0].start, proposal.places[0].end
