"""The lines over and under the list: counts of the whole store, what is listed, and the views and places."""

from collections.abc import Collection, Sequence

from store.model.vocabulary_and_signs import BANDS, Band
from store.query.views import NamedView, name_in_language
from store.sanitise_text import visible
from store.snapshot import Row, Snapshot
from store.translation import phrase, phrase_in, tr, tr_in
from tui.app.pages.key_parts import KeyPart, columns_of_parts
from tui.app.view_filter_and_groups import GROUPED_BY, SORTED_BY, ListState
from tui.render.commitment_table import TO_CHASE, WHOLE_STATE_FROM, same_in
from tui.render.day_words import day_with_weekday
from tui.render.line_of_counts import COUNTED
from tui.render.party_words import short_name
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

_COUNTED = [BANDS[band] for band in COUNTED]
_COUNTS = (
    *(
        (band.count, phrase_in("tally", "in 7 d") if band.word == Band.WEEK else band.short, band.sign, band.style)
        for band in _COUNTED
    ),
    ("silent", phrase_in("tally", "silent"), "silent", "strong"),
    ("to_chase", phrase_in("tally", "to chase"), TO_CHASE, "strong"),
)
"""Name in a tally, word, sign, style: the counts that are shown at every width."""

_SHORT_BANDS = (
    *(phrase_in("tally", "overdue"), phrase_in("tally", "today")),
    *(phrase_in("tally", "no date"), phrase_in("tally", "to confirm")),
)
"""Texts of bands that are shorter here in another language."""

_USUAL_WIDTH = 76
"""Columns from which a selection says how much of it is not shown; a menu over it says so at every width."""

_STORE_AND_DAY, _STORE = 26, 11
"""Columns at the right end of the title line that the store and the day mostly take; without the day."""


def counts_parts(snapshot: Snapshot, width: int) -> tuple[list[KeyPart], int]:
    """The counts of the whole store, as words or, where those do not fit, as signs; and the blanks between them.

    Chasing has its sign and its word as long as there is room: the others are told by the headings. The key of each
    part is its name in a tally.
    """
    # All are of open commitments, which the list has read already.
    tally = snapshot.tally(snapshot.open_rows)
    for gap, is_short, signed in (
        *((2, False, "to_chase"), (2, False, ""), (1, False, "")),
        *((2, True, "to_chase"), (2, True, ""), (1, True, "")),
    ):
        parts = []
        for name, word, sign, style in _COUNTS:
            sign = tr_in("tally", sign) if sign.isalpha() else sign
            text = f"{sign} {tally[name]}"
            if not is_short or name == signed:
                text = tr_in("tally", "{n} {what}", n=tally[name], what=tr_in("tally", word))
                text = f"{sign} {text}" if name == signed else text
            parts.append(KeyPart([(text, style if tally[name] else "dim")], name))
        if is_short:
            parts.append(parts.pop(-2))  # The one without a sign.
        if columns_of_parts(parts, gap) <= width:
            break
    return parts, gap


_WORDS = {
    **{"0": phrase_in("place", "now"), "1": phrase_in("place", "open"), "2": phrase_in("place", "late")},
    **{"3": phrase_in("place", "confirm"), "4": phrase_in("place", "silent"), "5": phrase_in("place", "mine")},
    "6": phrase_in("place", "finished"),
}
"""Digit of a view -> its word in the line of views and places."""

_SILENT, _MINE = "4", "5"

_PLACES = (
    *(("v", phrase_in("place", "visits")), ("t", phrase_in("place", "calendar")), ("R", phrase_in("place", "papers"))),
)
_MORE_PLACES = (("I", phrase_in("place", "import")), ("P", phrase_in("place", "progress")))
_PARTIES = ("i", phrase_in("place", "parties"))


def places_parts(views: Sequence[NamedView], current: str, terminal: TerminalStyle) -> tuple[list[KeyPart], int]:
    """The views and the other places with their keys, the `current` view bold; and the blanks between them.

    Where there is no room for all, the parties and finished, then import and progress, then mine, or silent where mine
    is the `current` one, then others from the right stand behind `:`.
    """
    known = [
        (view.key, tr_in("place", _WORDS[view.key]) if view.key in _WORDS else visible(view.name)) for view in views
    ]
    usual = [entry for entry in known if entry[0] != "6"]
    places, more_places, [parties] = (
        [(key, tr_in("place", word)) for key, word in them] for them in (_PLACES, _MORE_PLACES, [_PARTIES])
    )
    wide = [*places, *more_places]
    for entries in ([*known, *wide, parties], [*usual, *wide, parties], [*known, *wide], [*usual, *wide]):
        every = (*entries, (":", tr_in("place", "all")))
        parts = [_place(key, word, is_current=key == current) for key, word in every]
        if columns_of_parts(parts, 2) <= terminal.width:
            return parts, 2
    left_out = _SILENT if current == _MINE else _MINE
    for entries in (usual, [entry for entry in usual if entry[0] != left_out]):
        every = (*entries, *places, (":", tr_in("place", "more")))
        parts = [_place(key, word, is_current=key == current) for key, word in every]
        if columns_of_parts(parts, 1) <= terminal.width:
            break
    while len(parts) > 2 and columns_of_parts(parts, 1) > terminal.width:
        del parts[-2]
    return parts, 1


def _place(key: str, word: str, *, is_current: bool) -> KeyPart:
    return KeyPart([(f"{key} {word}", "strong" if is_current else "plain")], key)


def view_title(
    list_state: ListState,
    snapshot: Snapshot,
    shown: Sequence[Row],
    selected: frozenset[int],
    hidden: int,
    terminal: TerminalStyle,
    *,
    in_columns: Collection[str] = (),
) -> tuple[str, str, str]:
    """The view with its grouping and order; what may be cut behind it: the filter, how many are set aside, in a wide
    terminal the one visit and the one owner of all that is shown, but what stands `in_columns` of the list; and what is
    never cut: how many are shown, how many are selected.
    """
    names = [terminal.encodable(name) for name in view_names(list_state, snapshot)]
    kept, parts = [str(len(shown))], []
    if selected:
        has_room = hidden and terminal.width >= _USUAL_WIDTH
        count = len(selected)
        kept.append(
            tr("{n} selected, {hidden} not shown", n=count, hidden=hidden) if has_room else tr("{n} selected", n=count)
        )
    if list_state.filter_text:
        parts.append(tr("filter: {query}", query=terminal.sanitised(list_state.filter_text)))
    if aside := len(snapshot.aside_rows):
        parts.append(tr("{n} set aside", n=aside))
    if terminal.width >= WHOLE_STATE_FROM and len(shown) > 1:
        parts += [
            tr(text, name=terminal.sanitised(*same))
            for name, text in (("visit", "{name}"), ("owner", phrase("owner {name}")))
            if name not in in_columns
            and len(same := same_in(name, shown)) == 1
            and (name, list_state.visit) != ("visit", *same)
        ]
    sure, more = ("".join(f"{terminal.dot}{part}" for part in each) for each in (kept, parts))
    right = max(_STORE_AND_DAY, _STORE + width_of(day_with_weekday(snapshot.today)))
    room = terminal.width - right - width_of(sure + more)
    return next((name for name in names if width_of(name) <= room), names[-1]), more, sure


def view_name(view: NamedView) -> str:
    """The name of a view, sanitised; a user's own as given."""
    return visible(name_in_language(view))


def view_names(list_state: ListState, snapshot: Snapshot, *, has_order: bool = True) -> tuple[str, ...]:
    """Names of the present view, longest first: `1 Open by deadline`, `Visit lyon-2022`, `Open: what UNODC owes ...`.

    `has_order`: with what the list is grouped or sorted by.
    """
    if list_state.lens is not None:
        name = visible(short_name(snapshot.parties, list_state.lens))
        view = view_name(list_state.view)
        words = tr("{view}: what {party} owes and is owed", view=view, party=name)
        return tr("{words} (Tab next party, p back)", words=words), words, f"{view}: {name}"
    name = (
        f"{list_state.view.key} {view_name(list_state.view)}"
        if list_state.visit is None
        else tr("Visit {slug}", slug=visible(list_state.visit))
    )
    if not list_state.has_groups:
        order = tr(SORTED_BY[list_state.sorting])
    else:
        is_usual = list_state.grouping == "deadline" and (list_state.view.query or list_state.visit is not None)
        order = "" if is_usual else tr(GROUPED_BY[list_state.grouping])
    return (f"{name} {order}", name) if order and has_order else (name,)
