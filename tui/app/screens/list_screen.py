"""The main screen: counts on top, the list of commitments, details of the one under the cursor."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.geometry import Size
from textual.widget import Widget

from store.errors import FollowUpError, NotAllowed, StoreUnusable, UsageError
from store.model.vocabulary_and_signs import BANDS, State
from store.query.views import NOW, OPEN
from store.sanitise_text import visible
from store.snapshot import Row, Snapshot
from store.translation import ENGLISH, language, phrase, plural, tr, tr_in
from tui.app.key_table import BY_ID
from tui.app.pages.commitment_summary import summary_lines
from tui.app.pages.counts_and_views import counts_parts, places_parts, view_names, view_title
from tui.app.pages.key_parts import KeyPart, fitting, key_part
from tui.app.pages.list_lines import AIR_FROM, laid_out
from tui.app.screens.base_screen import BaseScreen
from tui.app.view_filter_and_groups import Arrangement, ExtraLine, LineUnderRow, ListState, StaleRow
from tui.app.widgets.commitment_list import CommitmentList
from tui.app.widgets.filter_bar import FilterBar
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Lines, Page
from tui.render.commitment_table import CommitmentTable
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import LEAST_WIDTH, TerminalStyle
from tui.render.widths import width_of

_PANE_FROM = 150
"""Columns from which the page of the commitment stands beside the list, where no title is cut for it."""

_WIDEST_PANE, _NARROWEST_PANE = 72, 44
"""Columns of the page: what the list leaves, between these."""

LEAST_HEIGHT = 16
"""Lines from which nothing is left out."""

_SUMMARY_LINES = ((AIR_FROM, 4), (20, 2))
"""Lines of a screen from which so many are about the one under the cursor; below that the line that speaks is."""

_USUAL_WIDTH = 76
"""Columns from which the store and the day stand beside a filter that is typed."""

_MOST_NAME = 20
"""Columns of the view's name before a filter that is typed."""

_SMALL = phrase("a small screen: {width}x{height} shows what is needed, 80x24 all of it")
_FRAME = 4
"""Lines of the frame: counts, view, the line that speaks, keys."""

_VIEW_OF_COUNT = {"overdue": "2", "unconfirmed": "3", "silent": "4", "to_chase": "0"}
"""Name of a count -> the key of the view that shows what it counts."""


def _filter_keys() -> list[KeyPart]:
    """The keys of the filter bar."""
    return [
        key_part("Enter", tr_in("key", "keep it"), "enter"),
        key_part("Esc", tr_in("key", "the one before"), "escape"),
        key_part("Tab", tr_in("key", "complete"), "tab"),
        key_part("ctrl+s", tr_in("key", "make it a view"), "ctrl+s"),
    ]


_FILTER_HELP = phrase("words, or overdue, mine, to:interpol, by:unodc, due:2w ...")
"""What may be typed into the filter bar, while it is empty."""


class ListScreen(BaseScreen):
    """The list of commitments, with its state (view, filter, grouping, lens) and the selection."""

    KIND = "list"
    AUTO_FOCUS = "CommitmentList"

    def __init__(self, list_state: ListState) -> None:
        super().__init__()
        self.list_state = list_state
        self.selected: frozenset[int] = frozenset()
        self._rows: dict[int, Row] = {}
        self._shown: frozenset[int] = frozenset()
        self._table: CommitmentTable
        self._measured: tuple[list[Row] | None, int] = (None, 0)
        """The rows on which the columns of the table were measured, and its width."""
        self._pane_width = 0
        self._summary_lines = 0
        self._is_wrapped = False
        self._drawn_for = Size(0, 0)
        self._before_filter: int | None = None
        self._offered: list[str] = []
        self._before_visit = self._before_party = list_state
        self._message_before = ("", "plain")

    def compose(self) -> ComposeResult:
        """Counts above all else."""
        yield KeyLine(self.app.paint, self._count_clicked, id="counts")
        yield from super().compose()

    def body(self) -> Iterable[Widget]:
        """The filter bar, list and details, summary."""
        paint = self.app.paint
        with Horizontal(id="bar"):
            yield Lines(paint, id="prompt")
            yield FilterBar(self, self.app.terminal(self.app.size.width).ellipsis)
            yield Lines(paint, id="store-and-day")
        with Horizontal(id="both"):
            yield CommitmentList(paint, self._pointed)
            yield Page(paint, id="pane", margin=[(f" {self.app.terminal(80).bar}", "dim")])
        yield Lines(paint, id="summary", height=2)

    @property
    def rows(self) -> CommitmentList:
        """The widget with the cursor."""
        return self.query_one(CommitmentList)

    def on_mount(self) -> None:
        """Lay out for the terminal's size."""
        self._give_room()

    def lay_out(self) -> None:
        """Lay out for a new size, and draw."""
        if self._drawn_for != self.app.size:
            self._give_room()
            self.show_rows()
            self._show_counts()

    def _give_room(self) -> None:
        self._drawn_for = width, height = self.app.size
        is_small = width < LEAST_WIDTH or height < LEAST_HEIGHT
        if is_small and self.app.message[0] != _small():
            self._message_before = self.app.message
            self.app.say(_small())
        elif not is_small and self.app.message[0] == _small():
            self.app.say(*self._message_before)
        pane = self.query_one("#pane", Page)
        self._pane_width = self._room_for_pane(width)
        pane.display = self._pane_width > 0
        pane.can_focus = False
        pane.styles.width = self._pane_width
        summary = self.query_one("#summary")
        self._summary_lines = 0 if pane.display else next((n for least, n in _SUMMARY_LINES if height >= least), 0)
        summary.display = self._summary_lines > 0
        summary.styles.height = max(1, self._summary_lines)

    def _room_for_pane(self, width: int) -> int:
        """The width of the page beside the list; 0 where it does not fit.

        It hangs on all that is open, not on the view, so that nothing jumps.
        """
        if width < _PANE_FROM:
            return 0
        snapshot = self.app.snapshot
        for least in (_WIDEST_PANE, _NARROWEST_PANE):
            table = CommitmentTable(snapshot.open_rows, snapshot, self.app.terminal(width - least))
            if not table.cuts_titles:
                return min(_WIDEST_PANE, width - table.width)
        return 0

    # Drawing.

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw a newer snapshot; a row that left the view stays, stale, while the cursor is on it."""
        here = self.rows.number
        before = self._rows.get(here) if here is not None else None
        stale_before = self.rows.stale_row
        if self.selected:
            self.selected &= frozenset(snapshot.commitments)
        self.list_state = self.list_state.updated_for(snapshot)
        position = self.rows.arrangement.positions.get(here, 0) if here is not None else 0
        arrangement = self._laid_out()
        if here is not None and here not in arrangement.positions and (before or stale_before):
            was = stale_before.row if stale_before else before
            assert was is not None
            # The newest record, or a redacted text would still be shown.
            row = snapshot.row(here) if here in snapshot.commitments else was
            why, text = self.app.describe_last_event(here), self.app.describe_gone(here, row.commitment["title"])
            terminal = self._terminal_beside_pane
            stale = StaleRow(row, why, terminal.cut(text, terminal.width - 4))
            arrangement = arrangement.with_stale(position, stale)
        self._put(arrangement)
        self._show_counts()

    def show_rows(self) -> None:
        """Draw the rows of the list's state, without stale ones."""
        self._put(self._laid_out())

    def change_list_state(self, **changes: object) -> None:
        """Change what the list shows: fields of `ListState`."""
        self.list_state = self.list_state.with_changes(**changes).updated_for(self.app.snapshot)
        self._put(self._laid_out(), keeps_position=False)
        if not self.app.message[0]:
            self.show_message()  # The current view stands bold among the views.

    def select(self, numbers: Iterable[int]) -> None:
        """Select exactly these commitments."""
        self.selected = frozenset(numbers)
        self.rows.select(self.selected)
        self.show_title()

    def wrap_titles(self) -> None:
        """Show long titles whole in several lines, or cut to one again."""
        self._is_wrapped = not self._is_wrapped
        # At the top it stays there, or the first heading would go as titles above the cursor grow.
        self._put(self._laid_out(), keeps_position=self.rows.scroll_offset.y > 0)

    def _laid_out(self) -> Arrangement:
        """The lines of the list, those between and under the rows included."""
        try:
            arrangement = self.list_state.arranged(self.app.snapshot)
        except UsageError as error:
            self.app.refuse(error)
            return self.rows.arrangement
        self._table = self._measured_table()
        extras: list[Callable[[Row], list[ExtraLine]]] = []
        if self._is_wrapped:
            extras.append(self._title_rest)
        if self.list_state.view is NOW:
            extras.append(self._lines_to_know())
        laid_out_lines = laid_out(arrangement, self.app.size.height, extras)
        if self.list_state.view is NOW and arrangement.lines and not self.list_state.is_narrowed:
            return self._with_next(laid_out_lines)
        return laid_out_lines

    def _measured_table(self) -> CommitmentTable:
        """The table whose columns fit all rows among which the view and the filter choose.

        So they stand still from view to view, and are measured once for all keys of a filter.
        """
        rows, width = self.list_state.rows_among(self.app.snapshot), self._terminal_beside_pane.width
        if self._measured[0] is not rows or self._measured[1] != width:
            self._measured = (rows, width)
            self._table = CommitmentTable(rows, self.app.snapshot, self._terminal_beside_pane)
        return self._table

    @property
    def _terminal_beside_pane(self) -> TerminalStyle:
        """The style of the terminal, as wide as the list is."""
        return self.app.terminal(self.app.size.width - self._pane_width)

    def _title_rest(self, row: Row) -> list[ExtraLine]:
        column, style = self._table.title_column, BANDS[row.band].style
        style = style if style == "finished" else "plain"
        return [ExtraLine([(" " * column + line, style)]) for line in self._table.title_rest(row)]

    def _lines_to_know(self) -> Callable[[Row], list[ExtraLine]]:
        """The line under each row of the view Now, made when it is first seen."""
        from tui.app.pages.now_lines import what_to_know

        snapshot, terminal, column = self.app.snapshot, self._terminal_beside_pane, self._table.title_column
        known: dict[Row, Segments] = {}

        def line_of(row: Row) -> Segments:
            if row not in known:
                self._read_notes_about(row)
                known[row] = what_to_know(row, snapshot, terminal, column)
            return known[row]

        return lambda row: [LineUnderRow(row, line_of)]

    def _read_notes_about(self, row: Row) -> None:
        """Read the notes of a row with those of a screen around it: each read takes the whole history."""
        number, lines, height = row.commitment["id"], self.rows.arrangement.lines, self.app.size.height
        position = self.rows.arrangement.positions.get(number, 0)
        near = lines[max(0, position - height) : position + height]
        with suppress(StoreUnusable):  # What asks for them next leaves them out.
            self.app.snapshot.read_notes(number, (line.commitment["id"] for line in near if isinstance(line, Row)))

    def _with_next(self, arrangement: Arrangement) -> Arrangement:
        """The view Now with the days to come below it, where they fit."""
        from tui.app.pages.now_lines import LINES_OF_NEXT, next_lines

        room = self.app.size.height - _FRAME - self._summary_lines - len(arrangement.lines)
        if room < LINES_OF_NEXT:
            return arrangement
        lines = next_lines(self.app.snapshot.open_rows, self.app.snapshot, self._terminal_beside_pane)
        below = [ExtraLine(line, is_of_row=False) for line in lines]
        return Arrangement([*arrangement.lines, *below], has_stale=arrangement.has_stale)

    def _put(self, arrangement: Arrangement, *, keeps_position: bool = True) -> None:
        rows = [line for line in arrangement.lines if isinstance(line, Row)]
        self._rows = {row.commitment["id"]: row for row in rows}
        self._shown = frozenset(self._rows)
        self.rows.show(
            arrangement,
            self._table,
            selected=self.selected,
            empty=() if arrangement.lines else self.list_state.empty_lines(self.app.snapshot),
            is_wrapped=self._is_wrapped,
            keeps_position=keeps_position,
        )
        self.show_title()
        self._show_summary()

    def _show_counts(self) -> None:
        app = self.app
        parts, gap = counts_parts(app.snapshot, app.size.width)
        is_crowded = gap == 1 and language() != ENGLISH  # Longer words, of which several stand for one count.
        between = app.terminal(app.size.width).bar if is_crowded else ""
        self.query_one("#counts", KeyLine).show_parts(parts, gap, between=between)

    def heading(self) -> tuple[str, str, str]:
        """View and grouping, filter, how many are shown and selected."""
        terminal = self.app.terminal(self.app.size.width)
        hidden = len(self.selected - self._shown)
        rows = list(self._rows.values())
        return view_title(
            self.list_state, self.app.snapshot, rows, self.selected, hidden, terminal, in_columns=self._table.in_columns
        )

    def show_what_else(self, line: KeyLine, said: str = "") -> None:
        """Show the views and places; on a small screen the summary of the commitment under the cursor."""
        terminal = self.app.terminal(self.app.size.width)
        if self._summary_lines or self.query_one("#pane").display:
            is_view = self.list_state.visit is None and self.list_state.lens is None
            current = self.list_state.view.key if is_view else ""
            line.show_parts(*places_parts(self.app.session.views, current, terminal))
        elif (row := self._row()) is not None:
            line.show(*summary_lines(row, self.app.snapshot, terminal, 1))

    def _count_clicked(self, name: str) -> None:
        """Show what a count counts: its view, or all that is open with the cursor on the first of that band."""
        if name in _VIEW_OF_COUNT:
            self.app.press(_VIEW_OF_COUNT[name])
            return
        self.app.do(BY_ID["open-view"])
        first = next((row for row in self._rows.values() if BANDS[row.band].count == name), None)
        if first is not None:
            self.rows.point_at(first.commitment["id"])

    def _row(self) -> Row | None:
        """The row under the cursor."""
        number = self.rows.number
        return self._rows.get(number) if number is not None else None

    def _show_summary(self) -> None:
        row, terminal = self._row(), self.app.terminal(self.app.size.width)
        summary, pane = self.query_one("#summary", Lines), self.query_one("#pane", Page)
        # The pane shows the history, and the state menu which state a closed one had: nothing else of a row needs it.
        is_shown = row is not None and (pane.display or row.commitment["state"] == State.CLOSED)
        is_there = not is_shown or row is None or self.app.request_history(row.commitment["id"])
        if self._summary_lines:
            if row is not None:
                self._read_notes_about(row)
            lines = summary_lines(row, self.app.snapshot, terminal, self._summary_lines) if row else []
            summary.show(*lines)
        elif not pane.display and not self.app.message[0]:
            self.show_message()
        if pane.display:
            from tui.render.commitment_page import commitment_page

            terminal = self.app.terminal(self._pane_width - 2)
            try:
                snapshot, is_fetching = self.app.snapshot, not is_there
                pane.show(
                    commitment_page(row, snapshot, terminal, is_whole=True, is_fetching=is_fetching) if row else []
                )
            except FollowUpError as error:
                self.app.refuse(error)

    # What keys act on.

    def numbers(self) -> list[int]:
        """The selected ones, else the one under the cursor."""
        return sorted(self.selected) if self.selected else [self.current()]

    def current(self) -> int:
        """The commitment under the cursor. Raises: NotAllowed when there is none, or its row is stale."""
        if (stale := self.rows.stale_row) is not None:
            raise NotAllowed(tr("{what}, so it is not in this list any more: nothing was done", what=stale.why))
        if self.rows.number is None:
            raise NotAllowed(tr("there is no commitment under the cursor"))
        return self.rows.number

    def leave(self) -> bool:
        """From the commitments of a visit go back to the visits, and from the party lens to its origin."""
        slug, lens = self.list_state.visit, self.list_state.lens
        if slug is None and lens is None:
            return False
        if lens is not None and slug is None and self.list_state.lens_of is None:
            from tui.app.screens.parties_screen import PartiesScreen

            self.select(())
            self.list_state = self._before_party
            self.change_list_state()
            self.app.push_screen(PartiesScreen(lens))
        elif slug is not None:
            from tui.app.screens.visits_screen import VisitsScreen

            self.select(())
            self.list_state = self._before_visit
            self.change_list_state()
            self.app.push_screen(VisitsScreen(slug))
        else:
            self.change_list_state(lens=None)
        return True

    def _pointed(self) -> None:
        """The cursor moved: drop a stale row, and show the new summary."""
        if self.rows.arrangement.has_stale and self.rows.stale_row is None:
            self.show_rows()
        else:
            self._show_summary()

    @on(CommitmentList.CommitmentClicked)
    def open_clicked(self) -> None:
        """Open what was clicked."""
        self.app.do(BY_ID["open"])

    def open(self) -> None:
        """Open the commitment under the cursor."""
        from tui.app.screens.commitment_screen import CommitmentScreen

        self.app.push_screen(CommitmentScreen(self.current()))

    def show_visit(self, slug: str) -> None:
        """Show the commitments of a visit, open or not, until they are left for the visits."""
        if self.list_state.visit is None:
            self._before_visit = self.list_state
        self.change_list_state(view=OPEN, filter_text="", lens=None, visit=slug)

    def show_party(self, name: str) -> None:
        """Show what a party owes and is owed, until that is left for the parties."""
        if self.list_state.lens is None or self.list_state.lens_of is not None:
            self._before_party = self.list_state
        self.change_list_state(view=OPEN, filter_text="", visit=None, lens=name, lens_of=None)

    def shown(self) -> frozenset[int]:
        """The commitments that are in the list."""
        return self._shown

    # The filter.

    def completed(self, text: str) -> str | None:
        """Complete the text of the filter bar; None if nothing begins so."""
        from tui.app.filter_completion import completed

        return completed(text, self.app.snapshot)

    def open_filter(self) -> None:
        """Show the filter bar in the place of the title line."""
        self._before_filter = self.rows.number
        self._offered = []
        self._show_bar(is_shown=True)
        terminal = self.app.terminal(self.app.size.width)
        name = terminal.cut(view_names(self.list_state, self.app.snapshot, has_order=False)[-1], _MOST_NAME)
        prompt: Segments = [(f" {name}{terminal.dot}{tr('filter:')}", "title"), (" ", "underlined")]
        line = self.query_one("#prompt", Lines)
        line.styles.width = columns_of(prompt)
        line.show(prompt)
        # Below that width the query needs the room.
        right = [(" ", "underlined"), *self.app.title_line("")[-1:]] if self.app.size.width >= _USUAL_WIDTH else []
        store_and_day = self.query_one("#store-and-day", Lines)
        store_and_day.styles.width = columns_of(right)
        store_and_day.show(right)
        self.query_one(FilterBar).open(self.list_state.filter_text)
        self.app.say("" if self.list_state.filter_text else tr(_FILTER_HELP))

    def filter_typed(self, text: str, *, is_whole: bool = True) -> bool:
        """Filter the list while the query is typed. Returns whether it can be parsed; if not, the list stays.

        One that is not yet whole is applied without its last word where nothing has that word.
        """
        from tui.app.filter_completion import candidates, start_of_term

        self._offered = []
        begun = "" if is_whole else text[start_of_term(text) :]
        try:
            typed = self.list_state.with_changes(filter_text=text)
            query = typed.query(self.app.snapshot.today)
            if begun and not typed.rows(self.app.snapshot):
                text = text.removesuffix(begun)
                query = self.list_state.with_changes(filter_text=text).query(self.app.snapshot.today)
            else:
                begun = ""
        except UsageError as error:
            self.app.refuse(error)
            return False
        unknown = typed.unknown_names(self.app.snapshot)
        meant = None if unknown else typed.with_fields_meant(self.app.snapshot)
        shown = self.list_state.with_changes(filter_text=text).rows(self.app.snapshot) if query else ()
        shows = unknown or (
            tr("{matches}: {query}", matches=_matches(len(shown)), query=query.describe()) if query else ""
        )
        if begun and not (unknown or meant):
            nothing = tr("no match with {typed}", typed=visible(begun))
            shows = f"{nothing}; {shows}" if shows else nothing
        if not is_whole:
            self._offered = candidates(text + begun, self.app.snapshot)
        if meant:
            shows = tr("looked for as words; {query} finds {what}", query=visible(meant[0]), what=meant[1])
        self.app.say(shows or tr(_FILTER_HELP))
        if text != self.list_state.filter_text:
            self.change_list_state(filter_text=text)
            if self._before_filter is not None:
                # A half-typed query may have hidden it for a moment.
                self.rows.point_at(self._before_filter)
        return True

    def show_all_notes(self) -> None:
        """Apply a filter that is being typed once more: there are more notes to search."""
        self.query_one(FilterBar).apply_again()

    def show_message(self) -> None:
        """Show the message; while a filter is typed, at the right end what Tab would make of its last word."""
        super().show_message()
        text, style = self.app.message
        offered = [visible(each) for each in self._offered]
        room = self.app.size.width - 4 - width_of(text)
        while offered and width_of(_offer(offered)) > room:
            offered.pop()
        if not offered or not self.query_one("#bar").display:
            return
        blanks = " " * (room + 1 - width_of(_offer(offered)))
        said: Segments = [(f" {text}{blanks}", style)]
        self.query_one("#message", KeyLine).show([*said, ("Tab ", "key"), ("  ".join(offered), "plain")])

    def filter_closed(self) -> None:
        """Hide the filter bar and focus the list."""
        self._show_bar(is_shown=False)
        self.set_focus(self.rows)

    def keep_as_view(self) -> None:
        """Ask for the name and the key under which to save the present list as a view."""
        from tui.app.forms.view_form import keep_view
        from tui.app.screens.form_screen import FormScreen

        query, text = self.list_state.view.query, self.list_state.filter_text.strip()
        if query and " or " in text:
            sentence = tr('"or" is kept from the view Open alone, not from {view}', view=tr(self.list_state.view.name))
            self.app.refuse(NotAllowed(sentence))
            return
        self.app.push_screen(FormScreen(keep_view(self.app.session, f"{query} {text}".strip())))

    def _show_bar(self, *, is_shown: bool) -> None:
        # Not by a CSS class, which takes effect a moment later.
        self.query_one("#bar").display = is_shown
        self.query_one("#title").display = not is_shown
        self.show_keys()

    def show_keys(self) -> None:
        """The keys of the filter bar while it is open, else those of the list."""
        if self.query_one("#bar").display:
            self.query_one("#keys", KeyLine).show_parts(fitting(_filter_keys(), self.size.width))
        else:
            super().show_keys()


def _small() -> str:
    return tr(_SMALL, width=LEAST_WIDTH, height=LEAST_HEIGHT)


def _matches(count: int) -> str:
    return plural("{n} match", "{n} matches", count) if count else tr("no match")


def _offer(words: Sequence[str]) -> str:
    return "Tab " + "  ".join(words)
