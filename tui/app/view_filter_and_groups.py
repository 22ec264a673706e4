"""The state of the list: view, filter, grouping, party lens, visit; and the lines that it gives. Pure, no Textual."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from store.fold_case_and_accents import fold
from store.model.vocabulary_and_signs import BANDS, STATES
from store.query.meaning_of_fields_and_words import WORD_TERMS
from store.query.query_predicate import all_of
from store.query.sort_orders import (
    by_newest_visit,
    by_number,
    by_party_shown,
    by_silence,
    by_title,
    by_urgency,
)
from store.query.views import FINISHED, MINE, NOW, OPEN, OVERDUE, SILENT, TO_CONFIRM, VIEWS, NamedView
from store.sanitise_text import visible
from store.snapshot import Row, Snapshot
from store.translation import ENGLISH, language, phrase, phrase_in, plural, tr
from tui.render.lateness_and_outcome_words import kind_text
from tui.render.party_words import short_name
from tui.render.segments import Segments

if TYPE_CHECKING:
    from store.model.record_types import Visit
    from store.query.parse_query import Query


_EMPTY = {
    NOW: phrase("Nothing asks for you now."),
    OVERDUE: phrase("Nothing is overdue."),
    TO_CONFIRM: phrase("Nothing is to be confirmed."),
    SILENT: phrase("Nothing is silent."),
    MINE: phrase("Nothing is mine."),
    FINISHED: phrase("Nothing is finished yet."),
}
"""View -> the text of an empty list; 1 leads out of all of them."""


_FIRST_DAY = (
    ("v a", phrase("enter your first visit, then its promises")),
    ("I", phrase("take in your spreadsheet, with a preview")),
    ("?", phrase("every key and sign")),
)
"""What to press in the list of a store without a commitment, and what it does."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line over a group; `sign` is that of its band, or ""."""

    text: str
    style: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class StaleRow:
    """A row that no longer belongs to the view, shown dim until the cursor leaves it; `why` says what happened.

    `text` is what it shows.
    """

    row: Row
    why: str
    text: str

    @property
    def number(self) -> int:
        """The number of its commitment."""
        return self.row.commitment["id"]


_NOTHING: Segments = []


class ExtraLine:
    """A line that the cursor skips: a blank one, more of a title, what comes next."""

    __slots__ = ("_segments", "is_of_row")

    def __init__(self, segments: Segments, *, is_of_row: bool = True) -> None:
        """`is_of_row`: it belongs to the row above it."""
        self._segments = segments
        self.is_of_row = is_of_row

    def draw(self) -> Segments:
        """Its text."""
        return self._segments


class LineUnderRow(ExtraLine):
    """The note under a row, made when it is seen: many rows never are."""

    __slots__ = ("_draw", "_row")

    def __init__(self, row: Row, draw: Callable[[Row], Segments]) -> None:
        super().__init__(_NOTHING)
        self._row = row
        self._draw = draw

    def draw(self) -> Segments:
        """Its text."""
        return self._draw(self._row)


BLANK = ExtraLine(_NOTHING, is_of_row=False)

ListLine: TypeAlias = Heading | Row | StaleRow | ExtraLine


class Arrangement:
    """The lines of a list, headings and rows, and the position of each commitment."""

    def __init__(self, lines: Sequence[ListLine], *, has_stale: bool = False) -> None:
        """`has_stale`: one of the lines is a stale row."""
        self.lines = lines
        self.has_stale = has_stale

    @cached_property
    def positions(self) -> dict[int, int]:
        """The position of each commitment; many arrangements are only made into others."""
        return {number: position for position, line in enumerate(self.lines) if (number := number_of(line)) is not None}

    @property
    def numbers(self) -> list[int]:
        """The numbers of the commitments, from the top."""
        return list(self.positions)

    def with_stale(self, position: int, stale: StaleRow) -> Arrangement:
        """A copy with a stale row inserted about where it stood."""
        lines = list(self.lines)
        first = next((at for at, line in enumerate(lines) if isinstance(line, Heading)), -1) + 1
        position = max(min(position, len(lines)), first)
        while position < len(lines) and isinstance(line := lines[position], ExtraLine) and line.is_of_row:
            position += 1
        lines.insert(position, stale)
        return Arrangement(lines, has_stale=True)


def number_of(line: ListLine) -> int | None:
    """The number of the commitment on a line; None for a heading, and for a line that the cursor skips."""
    if isinstance(line, Heading | ExtraLine):
        return None
    return line.number if isinstance(line, StaleRow) else line.commitment["id"]


_Group: TypeAlias = tuple[Any, str, str, str]
"""A group of rows: its sort key, its heading, its style, its sign."""


@dataclass(frozen=True, slots=True)
class ListState:
    """What the list shows: a view, a filter, a grouping, an order. `me`: the names that are mine.

    `lens`: the party lens, which shows only what this party has to do with, opened from the commitment `lens_of`.
    `visit`: shows all of this visit, finished or not, whatever the view. `lens_id`, `visit_id`: the ids of both, since
    others may rename them meanwhile.
    """

    view: NamedView = OPEN
    filter_text: str = ""
    grouping: str = "deadline"
    sorting: str = "urgency"
    lens: str | None = None
    visit: str | None = None
    me: tuple[str, ...] = ()
    lens_of: int | None = None
    lens_id: int | None = None
    visit_id: int | None = None

    def with_changes(self, **changes: Any) -> ListState:
        """A copy with these fields changed."""
        if "lens" in changes:
            changes["lens_id"] = None
            if changes["lens"] is None:
                changes["lens_of"] = None
        if "visit" in changes:
            changes["visit_id"] = None
        return replace(self, **changes)

    def updated_for(self, snapshot: Snapshot) -> ListState:
        """A copy for a newer snapshot: party and visit by their present names, cleared if gone."""
        list_state = self
        if self.lens is not None:
            name, number = _party_of(self.lens, self.lens_id, snapshot)
            list_state = (
                list_state.with_changes(lens=name) if name is None else replace(list_state, lens=name, lens_id=number)
            )
        if self.visit is not None:
            visit = _visit_of(self.visit, self.visit_id, snapshot)
            list_state = (
                list_state.with_changes(visit=None)
                if visit is None
                else replace(list_state, visit=visit["slug"], visit_id=visit["id"])
            )
        return list_state

    def query(self, today: str) -> Query | None:
        """The filter's query; None for an empty one. Raises: UsageError."""
        return _parsed(self.filter_text, today, self.me) if self.filter_text.strip() else None

    def unknown_names(self, snapshot: Snapshot) -> str:
        """A sentence on unknown names in the filter or a user's view; empty for none."""
        texts = [text for text in ("" if self.view in VIEWS else self.view.query, self.filter_text) if text.strip()]
        query = all_of([_parsed(text, snapshot.today, self.me) for text in texts])
        if not any(term.may_be_unknown(snapshot) for term in query.terms()):
            return ""
        from store.query.unknown_names import unknown_names

        return "; ".join(refusal.spoken for refusal in unknown_names(query, snapshot))

    def with_fields_meant(self, snapshot: Snapshot) -> tuple[str, int] | None:
        """The filter with words such as `by X to Y` as fields, and how many it finds; None unless it finds more."""
        from store.query.words_as_fields import as_text, with_fields, words_of

        terms = with_fields(words_of(self.filter_text))
        if terms is None:
            return None
        meant = as_text(terms)
        count = len(self.with_changes(filter_text=meant).rows(snapshot))
        return (meant, count) if count > len(self.rows(snapshot)) else None

    def empty_lines(self, snapshot: Snapshot) -> list[Segments]:
        """The text of an empty list: why, and what to press, bold."""
        is_first_day = not (self.filter_text or self.lens or self.visit or snapshot.commitments)
        if is_first_day and self.view in (NOW, OPEN):
            keys: list[Segments] = [
                [(key, "key"), (" " * (6 - len(key)) + tr(text), "plain")] for key, text in _FIRST_DAY
            ]
            return [[(tr("Nothing was promised yet."), "strong")], [], *keys]
        return [self._empty(snapshot), *self._elsewhere(snapshot)]

    def _elsewhere(self, snapshot: Snapshot) -> list[Segments]:
        """Where the filter's matches are when the view has none: finished, open, or set aside."""
        if not self.filter_text.strip() or self.lens is not None or self.visit is not None:
            return []
        lines: list[Segments] = []
        finished, still_open = (
            0 if view is self.view else len(self.with_changes(view=view).rows(snapshot)) for view in (FINISHED, OPEN)
        )
        if finished:
            has_it = plural("{n} finished has it: ", "{n} finished have it: ", finished)
            lines.append([(has_it, "plain"), (FINISHED.key, "key"), (_shows(finished), "plain")])
        if still_open:
            has_it = plural("{n} open has it: ", "{n} open have it: ", still_open)
            lines.append([(has_it, "plain"), (OPEN.key, "key"), (_shows(still_open), "plain")])
        query = self.query(snapshot.today)
        if aside := sum(query is not None and query.matches(row, snapshot) for row in snapshot.aside_rows):
            has_it = plural("{n} set aside has it: ", "{n} set aside have it: ", aside)
            shows = plural(" with aside in the filter shows it", " with aside in the filter shows them", aside)
            lines.append([(has_it, "plain"), ("1", "key"), (shows, "plain")])
        return lines

    def _empty(self, snapshot: Snapshot) -> Segments:
        keys: list[tuple[str, str]]
        if self.filter_text:
            why, keys = tr("Nothing like that."), [("Esc", tr(" takes the filter away"))]
        elif self.visit is not None:
            why, keys = tr("No promise recorded at this visit."), [("a", tr(" adds one"))]
        elif self.view is OPEN:
            why, keys = tr("Nothing is open."), []
            if snapshot.aside_rows:
                why = tr("All that is open is set aside.")
                keys = [("/", tr(" aside shows it, ")), ("v A", tr(" brings a visit back, "))]
            keys += [("a", tr(" adds a commitment, ")), ("6", tr(" shows what is finished"))]
        else:
            why = tr(_EMPTY[self.view]) if self.view in _EMPTY else tr("Nothing like that.")
            keys = [("1", tr(" shows all that is open"))]
        line: Segments = [(f"{why} ", "plain")]
        for key, what in keys:
            line += [(key, "key"), (what, "plain")]
        return line

    def rows(self, snapshot: Snapshot) -> list[Row]:
        """The rows to show, unsorted. Raises: UsageError for a filter that cannot be parsed."""
        query, view = self._asked(snapshot)
        among = self.rows_among(snapshot)
        if self.visit is not None:
            among = [row for row in among if query is None or query.matches(row, snapshot)]
        else:
            asked_for = all_of([each for each in (view, query) if each is not None])
            among = [row for row in among if asked_for.lists(row, snapshot)]
        if self.lens is not None:
            among = [row for row in among if _side(row, self.lens) is not None]
        return among

    def rows_among(self, snapshot: Snapshot) -> list[Row]:
        """The rows of which some are shown: all that are open, of a visit all; with the finished ones and those set
        aside where they are asked for. Raises: UsageError for a filter that cannot be parsed.
        """
        if self.visit is not None:
            return [row for row in snapshot.rows if row.commitment["visit"] == self.visit]
        asked = [each for each in self._asked(snapshot) if each is not None]
        return snapshot.rows_to_list(
            finished=any(each.asks_for_finished for each in asked), aside=any(each.asks_for_aside for each in asked)
        )

    def _asked(self, snapshot: Snapshot) -> tuple[Query | None, Query | None]:
        """The queries of the filter and of the view."""
        view = _parsed(self.view.query, snapshot.today, self.me) if self.view.query else None
        return self.query(snapshot.today), view

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter, a lens or a visit leaves out some of the view."""
        return bool(self.filter_text.strip()) or self.lens is not None or self.visit is not None

    @property
    def has_groups(self) -> bool:
        """Whether there are headings: sorted by anything but urgency the bands would tear the order apart."""
        return self.lens is not None or self.grouping != "deadline" or self.sorting == "urgency"

    def arranged(self, snapshot: Snapshot) -> Arrangement:
        """The lines to show: rows in groups, in order in each. Raises: UsageError."""
        rows = sorted(self.rows(snapshot), key=by_urgency)
        if self.sorting != "urgency":
            rows.sort(key=SORTINGS[self.sorting][1](snapshot))
        if not self.has_groups:
            return Arrangement(rows)
        group_of = self._group_of(snapshot)
        pairs = [(group_of(row), row) for row in rows]
        pairs.sort(key=lambda pair: pair[0][:2])
        lines: list[ListLine] = []
        for (_, text, style, sign), members in groupby(pairs, key=lambda pair: pair[0]):
            rows = [row for _, row in members]
            lines.append(Heading(f"{text} {len(rows)}", style, sign))
            lines += rows
        return Arrangement(lines)

    def _group_of(self, snapshot: Snapshot) -> Callable[[Row], _Group]:
        if self.lens is not None:
            return _by_side(self.lens, visible(short_name(snapshot.parties, self.lens)))
        if self.view is MINE and self.grouping == "deadline":
            return _by_part(snapshot, self.me)
        return GROUPINGS[self.grouping][1](snapshot)


def _shows(count: int) -> str:
    return plural(" shows it", " shows them", count)


def _parsed(text: str, today: str, me: Sequence[str]) -> Query:
    if text in WORD_TERMS:
        return WORD_TERMS[text]
    # Imported on first use: the first screen needs no query language.
    from store.query.parse_query import parse

    return parse(text, today=today, me=me)


def _in_capitals(text: str, **names: str) -> str:
    """A heading in capitals; in a language other than English names in it keep their letters: `МВД РУз`."""
    if language() == ENGLISH:
        return tr(text, **names).upper()
    places = {name: f"\ue000{place}\ue000" for place, name in enumerate(names)}
    made = tr(text, **places).upper()
    for name, place in places.items():
        made = made.replace(place, names[name])
    return made


def _by_deadline(_: Snapshot) -> Callable[[Row], _Group]:
    positions = {band: position for position, band in enumerate(BANDS)}
    groups = {
        band: (
            positions[band],
            tr(entry.text).upper(),
            "heading" if entry.style == "plain" else f"{entry.style}-heading",
            entry.sign,
        )
        for band, entry in BANDS.items()
    }
    return lambda row: groups[row.band]


def _by_visit(snapshot: Snapshot) -> Callable[[Row], _Group]:
    groups = {
        visit["slug"]: (position, f"{visible(visit['slug'])}: {visible(visit['title'])}".upper(), "heading", "")
        for position, visit in enumerate(snapshot.visits_newest_first)
    }
    return lambda row: groups[row.commitment["visit"]]


def _by_party(snapshot: Snapshot) -> Callable[[Row], _Group]:
    def group(row: Row) -> _Group:
        names = ", ".join(visible(short_name(snapshot.parties, name)) for name in row.commitment["by"])
        return fold(names), _in_capitals(phrase("{parties} promised"), parties=names), "heading", ""

    return group


def _by_owner(_: Snapshot) -> Callable[[Row], _Group]:
    def group(row: Row) -> _Group:
        name = visible(row.commitment["owner"])
        return fold(name), _in_capitals(phrase("{name} chases"), name=name), "heading", ""

    return group


def _by_kind(_: Snapshot) -> Callable[[Row], _Group]:
    def group(row: Row) -> _Group:
        text = visible(kind_text(row.commitment["kind"]))
        return fold(text), text.upper(), "heading", ""

    return group


def _by_state(_: Snapshot) -> Callable[[Row], _Group]:
    groups = {
        state: (position, tr(entry.text).upper(), "heading", entry.sign)
        for position, (state, entry) in enumerate(STATES.items())
    }
    return lambda row: groups[row.commitment["state"]]


GROUPINGS: dict[str, tuple[str, Callable[[Snapshot], Callable[[Row], _Group]]]] = {
    phrase_in("grouping", "deadline"): ("d", _by_deadline),
    phrase_in("grouping", "visit"): ("v", _by_visit),
    phrase_in("grouping", "party"): ("p", _by_party),
    phrase_in("grouping", "owner"): ("o", _by_owner),
    phrase_in("grouping", "kind"): ("k", _by_kind),
    phrase_in("grouping", "state"): ("s", _by_state),
}
"""Grouping -> its letter in the menu, and a function that gives each row its group."""

GROUPED_BY = {
    "deadline": phrase("by deadline"),
    "visit": phrase("by visit"),
    "party": phrase("by party"),
    "owner": phrase("by owner"),
    "kind": phrase("by kind"),
    "state": phrase("by state"),
}
"""Grouping -> how the title names it."""

SORTINGS: dict[str, tuple[str, Callable[[Snapshot], Callable[[Row], Any]], str]] = {
    "urgency": ("u", lambda _: by_urgency, phrase_in("order", "urgency, under headings")),
    "number": ("n", lambda _: by_number, phrase_in("order", "number")),
    "title": ("t", lambda _: by_title, phrase_in("order", "title")),
    "party": ("p", by_party_shown, phrase_in("order", "party that promised")),
    "visit": ("v", by_newest_visit, phrase_in("order", "visit, the newest first")),
    "last news": ("l", lambda _: by_silence, phrase_in("order", "last news, the longest silent first")),
}
"""Order -> its letter in the menu, a function that gives each row its sort key, its text in the menu."""

SORTED_BY = {
    "urgency": phrase("sorted by urgency"),
    "number": phrase("sorted by number"),
    "title": phrase("sorted by title"),
    "party": phrase("sorted by party"),
    "visit": phrase("sorted by visit"),
    "last news": phrase("sorted by last news"),
}
"""Order -> how the title names it."""


def _by_part(snapshot: Snapshot, me: Sequence[str]) -> Callable[[Row], _Group]:
    parts = [
        (_parsed(f"{field}:me", snapshot.today, me), text)
        for field, text in (("by", tr("I OWE")), ("to", tr("OWED TO ME")), ("owner", tr("I CHASE")))
    ]

    def group(row: Row) -> _Group:
        for position, (query, text) in enumerate(parts):
            if query.matches(row, snapshot):
                return position, text, "heading", ""
        return len(parts), tr("I HELP WITH"), "heading", ""

    return group


def _party_of(name: str, number: int | None, snapshot: Snapshot) -> tuple[str | None, int | None]:
    """The current name and id of a party, which others may have changed; one without a record keeps its name."""
    party = next((party for party in snapshot.parties.all() if party["id"] == number), None)
    party = party or snapshot.parties.find(name)
    if party is not None:
        return party["name"], party["id"]
    return (name if any(_side(row, name) is not None for row in snapshot.rows) else None), None


def _visit_of(slug: str, number: int | None, snapshot: Snapshot) -> Visit | None:
    """The current record of a visit, which others may have renamed; None if it was removed."""
    if number is None:
        return snapshot.visits.get(slug)
    return next((visit for visit in snapshot.visits.values() if visit["id"] == number), None)


_SIDES = (
    *(phrase("{party} OWES"), phrase("{party} OWES AND IS OWED"), phrase("{party} IS OWED")),
    *(phrase("{party} IS THE CHANNEL OF"), phrase("{party} HELPS WITH")),
)
"""The groups of the party lens: the party's part in a commitment."""


def _side(row: Row, party: str) -> int | None:
    """The index in `_SIDES` of a party's part in a commitment; None for no part."""
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
        return side, _in_capitals(_SIDES[side], party=shown), "heading", ""

    return group
