"""The terms of a query that compare names and text: parties, visits, owners, kinds, and the text of commitments.

Terms are immutable but for a cache of answers, by name, for the last snapshot: ten thousand commitments name a few
dozen parties, visits and owners, so a row costs one look-up.
"""

from __future__ import annotations

from store.fold_case_and_accents import fold, words
from store.query.query_predicate import Query
from store.query.value_and_range_terms import said_value
from store.rules.party_names import names_of
from store.sanitise_text import visible
from store.translation import tr, tr_in

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Literal

    from store.model.record_types import Commitment
    from store.snapshot import Row, Snapshot


class _Folds(dict[str, str]):
    """Text -> folded text, cached: folding other than ASCII costs more than all else, and titles rarely change."""

    def __missing__(self, text: str) -> str:
        folded = self[text] = fold(text)
        return folded


_folds = _Folds()


def _folded(text: str) -> str:
    return fold(text) if text.isascii() else _folds[text]


def _are_in(typed: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the typed words occur in a row in those found; a prefix of the last one is enough."""
    *whole, begun = typed
    length = len(whole)
    for start in range(len(found) - length):
        if found[start + length].startswith(begun) and found[start : start + length] == whole:
            return True
    return False


def _via(commitment: Commitment) -> tuple[str, ...]:
    return (commitment["via"],) if "via" in commitment else ()


ROLES: dict[str, Callable[[Commitment], Sequence[str]]] = {
    "by": lambda commitment: commitment["by"],
    "to": lambda commitment: commitment["to"],
    "via": _via,
    "support": lambda commitment: commitment.get("support", ()),
    "party": lambda commitment: (
        *commitment["by"],
        *commitment["to"],
        *_via(commitment),
        *commitment.get("support", ()),
    ),
}
"""Field of a query -> the names of parties that it compares."""


class NameTerm(Query):
    """A term that compares names, of the `field` as `typed`; the answer for each is cached for a snapshot."""

    __slots__ = ("_answers", "_read", "field", "typed")

    def __init__(self, field: str, typed: str, read: Callable[[Commitment], Sequence[str]]) -> None:
        super().__init__(1)
        self.field = field
        self.typed = typed
        self._read = read
        self._answers: tuple[Snapshot | None, dict[str, bool]] = (None, {})

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        asked, answers = self._answers
        if asked is not snapshot:
            answers = {}
            self._answers = (snapshot, answers)
        for name in self._read(row.commitment):
            answer = answers.get(name)
            if answer is None:
                answer = answers[name] = self.accepts(name, snapshot)
            if answer:
                return True
        return False

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        """Whether the term matches this name."""
        raise NotImplementedError

    def may_be_unknown(self, snapshot: Snapshot) -> bool:
        """Whether it has matched no row of this snapshot yet."""
        asked, answers = self._answers
        return asked is not snapshot or True not in answers.values()

    def in_words(self) -> tuple[str, str]:
        return (self.field, visible(said_value(self.field, self.typed)))


class PartyIs(NameTerm):
    """A party in a role, by a prefix of a word of any of its names."""

    __slots__ = ("_words",)

    def __init__(self, role: str, value: str) -> None:
        super().__init__(role, value, ROLES[role])
        self._words = words(fold(value))

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        return any(_are_in(self._words, found) for found in snapshot.parties.words_of(name))


class PartyIsMe(NameTerm):
    """A party in a role that is one of the user's, by any of its names."""

    __slots__ = ("me",)

    def __init__(self, role: str, me: Sequence[str]) -> None:
        super().__init__(role, "me", ROLES[role])
        self.me = tuple(me)

    def in_words(self) -> tuple[str, str]:
        return (self.field, tr_in("query", "me"))

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        canonical = snapshot.parties.canonical
        return fold(canonical(name)) in [fold(canonical(mine)) for mine in self.me]


class OwnerIsMe(NameTerm):
    """The owner is one of the user's names."""

    __slots__ = ("_folded", "me")

    def __init__(self, me: Sequence[str]) -> None:
        super().__init__("owner", "me", lambda commitment: (commitment["owner"],))
        self.me = tuple(me)
        self._folded = frozenset(fold(name) for name in me)

    def in_words(self) -> tuple[str, str]:
        return (self.field, tr_in("query", "me"))

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        return fold(name) in self._folded


class WordIs(NameTerm):
    """A field of the record, such as `owner`, by a prefix of a word."""

    __slots__ = ("_words",)

    def __init__(self, field: str, value: str, read: Callable[[Commitment], Sequence[str]]) -> None:
        super().__init__(field, value, read)
        self._words = words(fold(value))

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        return _are_in(self._words, words(fold(name)))


class VisitIs(NameTerm):
    """The visit, by a prefix of a word of its slug, title or place; a whole slug means that one only."""

    __slots__ = ("_folded", "_words")

    def __init__(self, value: str) -> None:
        super().__init__("visit", value, lambda commitment: (commitment["visit"],))
        self.asks_for_aside = True
        self._folded = fold(value)
        self._words = words(self._folded)

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        slug = fold(name)
        # Else `lyon-2022` would match `lyon-2022-2`; a bare `lyon` stays a prefix of a word.
        if "-" in self._folded and any(fold(known) == self._folded for known in snapshot.visits):
            return slug == self._folded
        visit = snapshot.visits[name]
        texts = (slug, fold(visit["title"]), fold(visit.get("place", "")))
        return slug.startswith(self._folded) or any(_are_in(self._words, words(text)) for text in texts)


def _said_of(commitment: Commitment) -> list[str]:
    """The quote and its source, the reasons of changed dates, of a miss, of closing and return, evidence, letter."""
    found = [commitment[name] for name in _TEXTS if name in commitment]
    found += [change["reason"] for change in commitment.get("due_changes", ())]
    for voice in _VOICES:
        if voice in commitment and "evidence" in commitment[voice]:
            found.append(commitment[voice]["evidence"])
    if "closed" in commitment:
        found.append(commitment["closed"]["because"])
    if "letter" in commitment.get("seats", ()):
        found.append(commitment["seats"]["letter"])
    return found


_TEXTS: tuple[Literal["quote", "source", "miss_reason"], ...] = ("quote", "source", "miss_reason")
_VOICES: tuple[Literal["reported", "confirmed"], ...] = ("reported", "confirmed")


class Textual(Query):
    """A term that searches the text of a commitment: the record first, then its notes."""

    __slots__ = ("_is_russian_number", "_label", "_parties", "_shown", "typed")

    reads_notes = True

    def __init__(self, cost: int, label: str, typed: str, shown: str, parties: NameTerm) -> None:
        super().__init__(cost)
        self.typed = typed
        self._is_russian_number = typed.startswith("№")
        self._label = label
        self._shown = shown
        self._parties = parties

    def holds(self, folded: str) -> bool:
        """Whether the term matches this text."""
        raise NotImplementedError

    def matches(self, row: Row, snapshot: Snapshot) -> bool:
        commitment = row.commitment
        if self.holds(_folded(commitment["title"])) or self.holds(f"#{commitment['id']}"):
            return True
        if self._is_russian_number and self.holds(f"№{commitment['id']}"):
            return True
        if self._parties.matches(row, snapshot):
            return True
        for text in _said_of(commitment):
            if self.holds(_folded(text)):
                return True
        snapshot.read_all_notes()
        for event in snapshot.notes(commitment["id"]):  # noqa: SIM110 - most rows have none: no generator
            if self.holds(_folded(event["note"])):
                return True
        return False

    def in_words(self) -> tuple[str, str]:
        return (self._label, self._shown)


class _PartyHolds(NameTerm):
    __slots__ = ("_words",)

    def __init__(self, typed: str) -> None:
        super().__init__("party", typed, ROLES["party"])
        self._words = typed

    def accepts(self, name: str, snapshot: Snapshot) -> bool:
        party = snapshot.parties.find(name)
        return any(self._words in fold(known) for known in (names_of(party) if party else [name]))


class TextContains(Textual):
    """A substring of the number, title, parties, quote, source, reasons, evidence, letter or notes."""

    __slots__ = ("_is_phrase", "_words")

    def __init__(self, value: str) -> None:
        value = " ".join(value.split())
        self._words = fold(value)
        self._is_phrase = " " in value
        super().__init__(2, "", value, visible(value), _PartyHolds(self._words))

    def in_words(self) -> tuple[str, str]:
        return ("", tr('"{value}"', value=self._shown))

    def holds(self, folded: str) -> bool:
        """Whether the substring occurs; a blank of a phrase may be a line break in the text."""
        return self._words in (" ".join(folded.split()) if self._is_phrase else folded)


class WordsContain(Textual):
    """Words in the same places; a prefix of the last one is enough."""

    __slots__ = ("_words",)

    def __init__(self, value: str) -> None:
        self._words = words(fold(value))
        super().__init__(3, "text", value, visible(value), PartyIs("party", value))

    def holds(self, folded: str) -> bool:
        """Whether the words stand there; cutting a text into words is slow, so it is looked through first."""
        for word in self._words:
            if word not in folded:
                return False
        return _are_in(self._words, words(folded))
