"""One revision of a server store kept in memory: its other parts are fetched on demand only.

The app's loop reads it, which waits for no network. At hand are the records and the newest events; what the earlier
ones say of all commitments together (notes, what was taken back, owners) is fetched once, those of one
when its history is shown, or the state that a closed one had. What others changed since is fetched
by `fetch_what_changed`, by revision.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import NotAtHand
from store.server import statements
from store.server.server_image import ServerImage, parse_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.model.record_types import Event
    from store.server.server_image import Ask, Record, ServerMeta


class _Words(NamedTuple):
    """What the history says of all commitments: the events of each kind, oldest first."""

    notes: list[Event]
    turns: list[Event]
    owners: list[Event]

    def with_later(self, events: Sequence[Event]) -> _Words:
        """These, with those of later events."""
        later = _words_in(events)
        return _Words(self.notes + later.notes, self.turns + later.turns, self.owners + later.owners)


class KeptImage(ServerImage):
    """One revision, with the newest events, and the earlier ones fetched so far."""

    def __init__(
        self, ask: Ask, meta: ServerMeta, tables: Mapping[str, dict[int, Record]], newest: Sequence[Event]
    ) -> None:
        """`newest` are the newest events, oldest first."""
        super().__init__(ask, meta, tables)
        self._newest = list(newest)
        self._said: _Words | None = None

    def expect(self, *parts: str) -> None:
        """Nothing is fetched but when it is asked for."""

    def take_over(self, older: KeptImage, later: Sequence[Event], changed: Iterable[Record]) -> None:
        """Copy what was fetched for an older revision: `later` events and `changed` commitments came since."""
        self._newest = [*older._newest, *later]
        self._said = older._said.with_later(later) if older._said is not None else None
        self._events_of_some = {
            number: [*events, *(event for event in later if event.get("id") == number)]
            for number, events in older._events_of_some.copy().items()
        }
        self.remember_words(older, changed)

    @property
    def _has_all_events(self) -> bool:
        return bool(self._newest) and self._newest[0]["seq"] == 1

    def has_events_of(self, number: int) -> bool:
        """Whether the events of a commitment are loaded."""
        return number in self._events_of_some or self._events is not None or self._has_all_events

    def events_of(self, key: str, number: int) -> Iterator[Event]:
        """The events that name a record by this key, oldest first, fetched where necessary."""
        if self._has_all_events:
            return (event for event in self._newest if event.get(key) == number)
        return super().events_of(key, number)

    def events_at_hand(self, number: int) -> Iterator[Event]:
        """The newest events of a commitment, oldest first, as far as nothing has to be fetched."""
        if self.has_events_of(number):
            return self.events_of("id", number)
        return (event for event in self._newest if event.get("id") == number)

    @property
    def has_all_notes(self) -> bool:
        """Whether what the history says of all commitments is at hand: notes, what was taken back, owners."""
        return self._said is not None or self._has_all_events

    def fetch_all_notes(self) -> None:
        """Fetch that. Raises: StoreUnusable."""
        if not self.has_all_notes:
            notes, turns, owners = self._ask(
                [
                    (statements.EVENTS_WITH_NOTE, (self._revision,)),
                    (statements.UNDO_EVENTS, (self._revision,)),
                    (statements.EVENTS_NAMING, (statements.replacing("owner"), self._revision)),
                ]
            )
            self._said = _Words(parse_events(notes.rows), parse_events(turns.rows), parse_events(owners.rows))

    @property
    def _words_at_hand(self) -> _Words:
        return self._said or _words_in(self._newest)

    def events_with_note(self) -> Iterator[Event]:
        """The loaded events with a note, oldest first."""
        return iter(self._words_at_hand.notes)

    def undo_events(self) -> Iterator[Event]:
        """The loaded events of undo and redo, oldest first."""
        return iter(self._words_at_hand.turns)

    def due_events_of_periods(self) -> Iterator[Event]:
        """The loaded events that change a due date, oldest first."""
        return (event for event in self._newest if "due" in event.get("fields", {}))

    def events_replacing(self, field: str) -> Iterator[Event]:
        """The loaded events that replace an owner; others may be among them."""
        return iter(self._words_at_hand.owners)

    def newest_events(self) -> Iterator[Event]:
        """The loaded events, newest first. Raises: NotAtHand after the last one, where there are more."""
        yield from reversed(self._newest)
        if not self._has_all_events:
            raise NotAtHand

    def events_fetched(self) -> Iterator[Event]:
        """All events, newest first: the earlier ones fetched some hundreds at a time. Raises: StoreUnusable."""
        return chain(reversed(self._newest), self._events_before(self._newest[0]["seq"]) if self._newest else ())


def _words_in(events: Sequence[Event]) -> _Words:
    turns: list[Any] = [event for event in events if "undoes" in event or "redoes" in event]
    owners = [event for event in events if "owner" in event.get("fields", {})]
    return _Words([event for event in events if "note" in event], turns, owners)
