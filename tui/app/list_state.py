"""What the list shows: a view, a filter in it, a grouping of what is left. Pure: a snapshot in, lines out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from store.model.vocabulary import BANDS, STATES
from store.query.views import FINISHED, MINE, OPEN, OVERDUE, SILENT, TO_CONFIRM, NamedView
from store.snapshot import Row, Snapshot
from store.text import fold, visible

if TYPE_CHECKING:
    from store.model.record_types import Visit
    from store.query.parse_query import Query


_EMPTY = {
    OPEN: "Nothing is open. a adds a commitment, 6 shows what is finished",
    OVERDUE: "Nothing is overdue. 1 shows all that is open",
    TO_CONFIRM: "Nothing is to be confirmed. 1 shows all that is open",
    SILENT: "Nothing is silent. 1 shows all that is open",
    MINE: "Nothing is mine. 1 shows all that is open",
    FINISHED: "Nothing is finished yet. 1 shows all that is open",
}
"""View -> what the list says when nothing is in it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line over a group."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A row that left the view under the cursor: it stays, dim, until the cursor moves; `why` says what happened."""

    row: Row
    why: str

    @property
    def number(self) -> int:
        """The number of its commitment."""
        return self.row.commitment["id"]


ListLine: TypeAlias = Heading | Row | Gone


class Arrangement:
    """The lines of a list, and where each commitment stands in it."""

    def __init__(self, lines: Sequence[ListLine], *, has_gone: bool = False) -> None:
        """`has_gone`: a line of them is of a row that left."""
        self.lines = lines
        self.has_gone = has_gone
        self.places = {number: place for place, line in enumerate(lines) if (number := number_of(line)) is not None}

    @property
    def numbers(self) -> list[int]:
        """The commitments, from the top."""
        return list(self.places)

    def with_gone(self, place: int, gone: Gone) -> Arrangement:
        """The same with a row that is not in it any more, about where it stood."""
        lines = list(self.lines)
        place = min(place, len(lines))
        if place == 0 and lines:
            place = 1
        lines.insert(place, gone)
        return Arrangement(lines, has_gone=True)


def number_of(line: ListLine) -> int | None:
    """The number of the commitment on a line; None for a heading."""
    if isinstance(line, Heading):
        return None
    return line.number if isinstance(line, Gone) else line.commitment["id"]


_Group: TypeAlias = tuple[Any, str, str]
"""What rows of one group share: the group's place among others, its heading, its style."""


@dataclass(frozen=True, slots=True)
class ListState:
    """What one list shows. `me`: the names that are mine; `lens`: a party of which all is shown, opened from the
    commitment `lens_of`; `visit`: a visit of which all is shown, finished or not, whatever the view.

    The ids are those of the party and the visit: others may give them other names meanwhile.
    """

    view: NamedView = OPEN
    filter_text: str = ""
    grouping: str = "deadline"
    lens: str | None = None
    visit: str | None = None
    me: tuple[str, ...] = ()
    lens_of: int | None = None
    lens_id: int | None = None
    visit_id: int | None = None

    def at(self, **changes: Any) -> ListState:
        """A look that differs in these."""
        if "lens" in changes:
            changes["lens_id"] = None
            if changes["lens"] is None:
                changes["lens_of"] = None
        if "visit" in changes:
            changes["visit_id"] = None
        return replace(self, **changes)

    def upon(self, snapshot: Snapshot) -> ListState:
        """The same look at this snapshot, its party and its visit by the names that they have there, or let go."""
        list_state = self
        if self.lens is not None:
            name, number = _party_of(self.lens, self.lens_id, snapshot)
            list_state = list_state.at(lens=name) if name is None else replace(list_state, lens=name, lens_id=number)
        if self.visit is not None:
            visit = _visit_of(self.visit, self.visit_id, snapshot)
            list_state = (
                list_state.at(visit=None)
                if visit is None
                else replace(list_state, visit=visit["slug"], visit_id=visit["id"])
            )
        return list_state

    def query(self, today: str) -> Query | None:
        """The filter's query; None for an empty one. Raises: UsageError."""
        return _parsed(self.filter_text, today, self.me) if self.filter_text.strip() else None

    @property
    def empty(self) -> str:
        """What is said when it shows nothing, and the way out."""
        if self.filter_text:
            return "Nothing like that. Esc takes the filter away"
        return _EMPTY[self.view] if self.visit is None else "No promise recorded at this visit. a adds one"

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """The rows that it shows, in no order. Raises: UsageError for a filter that is not understood."""
        query = self.query(snapshot.today)
        view = _parsed(self.view.query, snapshot.today, self.me) if self.view.query else None
        asks_for_finished = any(each is not None and each.asks_for_finished for each in (view, query))
        among = snapshot.rows if asks_for_finished else snapshot.open_rows
        if self.visit is not None:
            among = [row for row in snapshot.rows if row.commitment["visit"] == self.visit]
        elif view is not None:
            among = [row for row in among if view.matches(row, snapshot)]
        if self.lens is not None:
            among = [row for row in among if _side(row, self.lens) is not None]
        return among if query is None else [row for row in among if query.matches(row, snapshot)]

    def arranged(self, snapshot: Snapshot) -> Arrangement:
        """Its lines: rows in groups, the most urgent first in each. Raises: UsageError."""
        group_of = self._group_of(snapshot)
        pairs = [(group_of(row), row) for row in sorted(self.rows(snapshot), key=lambda row: row.urgency)]
        pairs.sort(key=lambda pair: pair[0][:2])
        lines: list[ListLine] = []
        for (_, text, style), members in groupby(pairs, key=lambda pair: pair[0]):
            rows = [row for _, row in members]
            lines.append(Heading(f"{text} {len(rows)}" if text.isupper() else f"{text}: {len(rows)}", style))
            lines += rows
        return Arrangement(lines)

    def _group_of(self, snapshot: Snapshot) -> Callable[[Row], _Group]:
        if self.lens is not None:
            return _by_side(self.lens, visible(snapshot.parties.shown(self.lens)))
        if self.view is MINE and self.grouping == "deadline":
            return _by_part(snapshot, self.me)
        return GROUPINGS[self.grouping][1](snapshot)


def _parsed(text: str, today: str, me: Sequence[str]) -> Query:
    # The language is loaded when something is first looked for: the first screen needs none of it.
    from store.query.parse_query import parse

    return parse(text, today=today, me=me)


def _by_deadline(_: Snapshot) -> Callable[[Row], _Group]:
    places = {band: place for place, band in enumerate(BANDS)}
    return lambda row: (places[row.band], BANDS[row.band].heading, BANDS[row.band].style)


def _by_visit(snapshot: Snapshot) -> Callable[[Row], _Group]:
    groups = {
        visit["slug"]: (place, f"{visible(visit['slug'])}: {visible(visit['title'])}", "heading")
        for place, visit in enumerate(snapshot.visits_newest_first)
    }
    return lambda row: groups[row.commitment["visit"]]


def _by_party(snapshot: Snapshot) -> Callable[[Row], _Group]:
    def group(row: Row) -> _Group:
        names = ", ".join(visible(snapshot.parties.shown(name)) for name in row.commitment["by"])
        return fold(names), f"{names} promised", "heading"

    return group


def _by_text(name: str, wording: str) -> Callable[[Snapshot], Callable[[Row], _Group]]:
    def group(row: Row) -> _Group:
        commitment: Mapping[str, Any] = row.commitment
        text = visible(commitment[name])
        return fold(text), wording.format(text), "heading"

    return lambda _: group


def _by_state(_: Snapshot) -> Callable[[Row], _Group]:
    groups = {state: (place, entry.text.upper(), "heading") for place, (state, entry) in enumerate(STATES.items())}
    return lambda row: groups[row.commitment["state"]]


GROUPINGS: dict[str, tuple[str, Callable[[Snapshot], Callable[[Row], _Group]]]] = {
    "deadline": ("d", _by_deadline),
    "visit": ("v", _by_visit),
    "party": ("p", _by_party),
    "owner": ("o", _by_text("owner", "{} chases")),
    "kind": ("k", _by_text("kind", "{}")),
    "state": ("s", _by_state),
}
"""What rows are grouped by -> the letter in the menu, and what gives each row its group."""


def _by_part(snapshot: Snapshot, me: Sequence[str]) -> Callable[[Row], _Group]:
    parts = [
        (_parsed(f"{field}:me", snapshot.today, me), text)
        for field, text in (("by", "I OWE"), ("to", "OWED TO ME"), ("owner", "I CHASE"))
    ]

    def group(row: Row) -> _Group:
        for place, (query, text) in enumerate(parts):
            if query.matches(row, snapshot):
                return place, text, "heading"
        return len(parts), "I HELP WITH", "heading"

    return group


def _party_of(name: str, number: int | None, snapshot: Snapshot) -> tuple[str | None, int | None]:
    """The name and the id of a party now: it may be renamed, merged or gone. One without a record keeps its name."""
    party = next((party for party in snapshot.parties.all() if party["id"] == number), None)
    party = party or snapshot.parties.find(name)
    if party is not None:
        return party["name"], party["id"]
    return (name if any(_side(row, name) is not None for row in snapshot.rows) else None), None


def _visit_of(slug: str, number: int | None, snapshot: Snapshot) -> Visit | None:
    """A visit now: it may have another slug, or be gone."""
    if number is None:
        return snapshot.visits.get(slug)
    return next((visit for visit in snapshot.visits.values() if visit["id"] == number), None)


_SIDES = ("{} OWES", "{} OWES AND IS OWED", "{} IS OWED", "{} IS THE CHANNEL OF", "{} HELPS WITH")
"""The groups of the lens: what a party has to do with a commitment."""


def _side(row: Row, party: str) -> int | None:
    """Which of `_SIDES` a party is on; None when it has nothing to do with this."""
    commitment = row.commitment
    if party in commitment["by"]:
        return 1 if party in commitment["to"] else 0
    if party in commitment["to"]:
        return 2
    if party == commitment.get("via"):
        return 3
    return 4 if party in commitment.get("support", ()) else None


def _by_side(party: str, shown: str) -> Callable[[Row], _Group]:
    def group(row: Row) -> _Group:
        side = _side(row, party) or 0
        return side, _SIDES[side].format(shown), "heading"

    return group
