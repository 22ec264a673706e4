"""Proposes the commitments of a text: pure, from the text, the parties and the visit to an ordered list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256

from store.capture.blocks import Kind as BlockKind
from store.capture.blocks import blocks_of
from store.capture.fields import due_of, kind_of, seats_of, title_of
from store.capture.known_names import KnownNames
from store.capture.person_names import Persons, mask
from store.capture.scoring import Band, band_of, weigh
from store.capture.sentences import sentences_of
from store.capture.source_text import Place
from store.model.vocabulary import State
from store.text import clean_line, fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from typing import Any

    from store.capture.blocks import Block
    from store.capture.source_text import SourceText
    from store.model.record_types import Commitment, Visit
    from store.rules.party_names import Directory

LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposed commitment. `n` counts from 1 in the order of the text; `score` orders within a band.

    `known` is the number of the commitment that is this very promise already, `like` that of one near to it.
    `new` are the names in `by` and `to` that no party of the store has. Everything is masked but the places.
    """

    n: int
    band: str
    score: float
    strength: str
    title: str
    by: tuple[str, ...]
    by_how: str
    by_words: str
    to: tuple[str, ...]
    suggest_to: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    seats: int | None
    due: str | None
    due_precision: str | None
    due_words: str | None
    quote: str
    places: tuple[Place, ...]
    source: str
    source_id: str
    why: tuple[str, ...]
    warnings: tuple[str, ...]
    known: int | None = None
    like: int | None = None
    is_refused: bool = False

    def as_json(self, text_hash: str) -> dict[str, Any]:
        """The proposal as it stands in JSON."""
        return {
            "n": self.n,
            "band": self.band,
            "strength": self.strength,
            "title": self.title,
            "by": list(self.by),
            "by_how": self.by_how,
            "to": list(self.to),
            "suggest_to": list(self.suggest_to),
            "new": list(self.new),
            "kind": self.kind,
            "seats": self.seats,
            "due": self.due,
            "due_precision": self.due_precision,
            "due_words": self.due_words,
            "state": State.PROPOSED,
            "quote": self.quote,
            "places": [place.as_json() for place in self.places],
            "source": self.source,
            "known": self.known,
            "like": self.like,
            "refused": self.is_refused,
            "why": list(self.why),
            "warnings": list(self.warnings),
            "text_hash": text_hash,
        }


def source_id_of(quote: str) -> str:
    """What a promise is recognised by, whatever its title became: the hash of its folded quote."""
    folded = " ".join(fold(quote).split())
    return "capture:" + sha256(folded.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def propose(
    source: SourceText, parties: Directory, visit: Visit | None, dated: str, lang: str | None = None
) -> list[Proposal]:
    """The proposals of a text, in its order, those below the line (`Band.UNLIKELY`) too.

    `dated` is the ISO day of the text, `lang` en or ru, None to tell it paragraph by paragraph.
    """
    names = KnownNames(parties, visit)
    blocks = blocks_of(source.text, source.pages)
    persons = Persons(blocks, names)
    found: list[Proposal] = []
    before: tuple[str, ...] = ()
    for block in blocks:
        if block.kind in (BlockKind.HEADING, BlockKind.MAIL_HEAD):
            continue
        is_russian = lang == "ru" if lang else _is_russian(block.words)
        spans = [(0, len(block.words))] if block.kind == BlockKind.ROW else list(sentences_of(block.words))
        masked = persons.spans(block.words)
        for start, end in spans:
            words = block.words[start:end]
            mentions = names.mentions(words)
            weighed = weigh(block, words, names, mentions, before, is_russian=is_russian)
            mentioned = tuple(dict.fromkeys(each.party for each in mentions))
            if len(mentioned) >= 2:
                before = mentioned
            if weighed is None:
                continue
            found.append(
                _proposal(source, block, start, end, words, weighed, names, mentions, masked, dated, is_russian)
            )
    return [replace(each, n=number) for number, each in enumerate(_once(found), 1)]


def _proposal(
    source: SourceText, block: Block, start: int, end: int, words: str, weighed: Any, names: KnownNames,
    mentions: Sequence[Any], masked: Sequence[tuple[int, int]], dated: str, is_russian: bool,
) -> Proposal:  # fmt: skip
    inside = [
        (max(one, start) - start, min(other, end) - start) for one, other in masked if one < end and other > start
    ]
    quote = clean_line(mask(words, inside))
    if len(quote) > LONGEST_QUOTE:
        quote = quote[: LONGEST_QUOTE - 1].rstrip() + "…"
    due = due_of(words, weighed.end, dated, is_russian=is_russian)
    subject = weighed.subject
    to = tuple(
        dict.fromkeys(each.party for each in mentions if each.start >= weighed.end and each.party not in subject.by)
    )
    others = [name for name in names.of_visit if name not in subject.by]
    suggest = tuple(others) if not to and subject.by and len(names.of_visit) == 2 and len(others) == 1 else ()
    rest = mask(words, inside) if inside else words
    title = title_of(
        rest[weighed.end :]
        if not inside
        else mask(words[weighed.end :], [(a - weighed.end, b - weighed.end) for a, b in inside if a >= weighed.end])
    )
    kind = kind_of(words)
    warnings = []
    if subject.sort == "person":
        warnings.append("a person promised this: which institution?")
    if due.other:
        warnings.append(f"another date in it: {due.other}")
    first, last = block.place(start, end)
    page = source.page_at(first)
    place = Place(first, last, page, block.number)
    return Proposal(
        n=0,
        band=band_of(weighed.score),
        score=round(weighed.score, 2),
        strength=weighed.strength,
        title=title,
        by=subject.by,
        by_how=subject.how,
        by_words=subject.words,
        to=to,
        suggest_to=suggest,
        new=subject.new,
        kind=kind,
        seats=seats_of(words, kind),
        due=due.day,
        due_precision=due.precision,
        due_words=due.words,
        quote=quote,
        places=(place,),
        source=f"{source.name}, {place.words}",
        source_id=source_id_of(quote),
        why=weighed.why,
        warnings=tuple(warnings),
    )


def _once(found: Iterable[Proposal]) -> list[Proposal]:
    """Each promise once, with all its places."""
    kept: dict[str, Proposal] = {}
    for each in found:
        same = kept.get(each.source_id)
        kept[each.source_id] = replace(same, places=(*same.places, *each.places)) if same else each
    return list(kept.values())


def _is_russian(words: str) -> bool:
    cyrillic = len(re.findall(r"[а-яё]", words, re.IGNORECASE))
    return cyrillic * 2 > len(re.findall(r"[^\W\d_]", words))


def by_rank(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals in the order to decide them: by band, in each in the order of the text."""
    return sorted(proposals, key=lambda each: (Band.ORDER.index(each.band), each.places[0].start))


def with_marks(
    proposals: Iterable[Proposal],
    commitments: Mapping[int, Commitment],
    visit: Visit | None,
    refused: Collection[str] = (),
) -> list[Proposal]:
    """The proposals, each with the commitment that it is (`known`), or is like, and whether it was refused before."""
    slug = visit["slug"] if visit else None
    here = [(number, each) for number, each in commitments.items() if each["visit"] == slug]
    by_id = {each["source_id"]: number for number, each in here if each.get("source_id", "").startswith("capture:")}
    return [
        replace(
            each,
            known=by_id.get(each.source_id),
            like=None if each.source_id in by_id else _like(each, here),
            is_refused=each.source_id in refused,
        )
        for each in proposals
    ]


NEAR = 85
"""The least token_set_ratio of two titles or quotes that may be one promise."""


def _like(proposal: Proposal, here: Sequence[tuple[int, Commitment]]) -> int | None:
    if not proposal.by:
        return None
    from rapidfuzz.fuzz import token_set_ratio

    best, found = float(NEAR), None
    for number, each in here:
        if set(each["by"]).isdisjoint(proposal.by):
            continue
        ratio = max(
            token_set_ratio(fold(proposal.title), fold(each["title"])),
            token_set_ratio(fold(proposal.quote), fold(each.get("quote", ""))) if each.get("quote") else 0,
        )
        if ratio >= best:
            best, found = ratio, number
    return found
