"""The timeline screen: deadlines by week, month or quarter, overdue ones at today."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import NotAllowed
from store.snapshot import Row, Snapshot
from store.translation import plural, tr
from tui.app.pages.commitment_summary import summary_lines
from tui.app.pages.counts_and_views import view_names
from tui.app.pages.timeline_page import BY_PERIOD, next_scale, scale_for, timeline
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.text_lines import Lines
from tui.app.widgets.timeline_widget import TimelineStrip
from tui.render.segments import Segments

_USUAL_WIDTH = 76
"""Columns from which the scale stands among the keys."""


class TimelineScreen(BaseScreen):
    """The timeline of the commitments that the list shows."""

    KIND = "timeline"

    def __init__(self) -> None:
        super().__init__()
        self._scale: str | None = None
        self._each = 1
        self._rows: dict[int, Row] = {}
        self._last: Row | None = None
        self._drawn: tuple[object, ...] | None = None

    def body(self) -> Iterable[Widget]:
        """The timeline, and the summary of the commitment under the cursor."""
        paint = self.app.paint
        yield TimelineStrip(paint, self.app.list_screen.rows.number, self._show_summary)
        yield Lines(paint, id="summary", height=2)

    @property
    def strip(self) -> TimelineStrip:
        """The widget with the cursor."""
        return self.query_one(TimelineStrip)

    def heading(self) -> tuple[str, str]:
        """The selection that the timeline shows."""
        list_state, dot = self.app.list_screen.list_state, self.app.terminal(80).dot
        name = view_names(list_state, self.app.snapshot, has_order=False)[0]
        more = f"{dot}{tr(BY_PERIOD[self._scale])}" if self._scale else ""
        if list_state.filter_text.strip():
            typed = self.app.terminal(80).sanitised(list_state.filter_text)
            more = f"{dot}{tr('filter: {text}', text=typed)}{more}"
        if self._each > 1:
            more += dot + plural("a sign for up to {n}", "a sign for up to {n}", self._each)
        return tr("Calendar of {view}", view=name), more

    @property
    def kept_keys(self) -> int:
        """The keys always shown: on a usual screen help gives way to the scale, which is shown nowhere else."""
        return 1 if self.app.size.width >= _USUAL_WIDTH else 2

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the deadlines of the commitments that the list shows."""
        size, list_state = self.app.size, self.app.list_screen.list_state
        drawn = (snapshot, list_state, size, self._scale)
        if drawn == self._drawn:
            return
        rows = list_state.rows(snapshot)
        self._rows = {row.commitment["id"]: row for row in rows}
        self._scale = self._scale or scale_for(rows, snapshot.today, size.height - 5)
        self._drawn = (snapshot, list_state, size, self._scale)
        terminal = self.app.terminal(size.width)
        shown = timeline(
            rows,
            snapshot.today,
            self._scale,
            size.width,
            terminal,
            current=self.strip.number,
            is_filtered=bool(list_state.filter_text.strip()),
        )
        self._each = shown.each
        self.strip.show(shown)
        self.show_title()
        self._show_summary()

    def _show_summary(self) -> None:
        """Draw the summary of the commitment under the cursor, or why it left the timeline."""
        terminal, number = self.app.terminal(self.app.size.width), self.strip.number
        row = self._rows.get(number) if number is not None else None
        lines: list[Segments] = []
        if row is not None:
            self._last = row
            lines = summary_lines(row, self.app.snapshot, terminal)
        elif number is not None and self._last is not None:
            message = self.app.describe_gone(number, self._last.commitment["title"])
            lines = [[(terminal.cut(f" {message}", terminal.width), "dim")]]
        self.query_one("#summary", Lines).show(*lines)

    def change_scale(self) -> None:
        """Go to the next scale: weeks, months, quarters, weeks."""
        self._scale = next_scale(self._scale) if self._scale else None
        self.show_snapshot(self.app.snapshot)

    def numbers(self) -> list[int]:
        """The commitment under the cursor. Raises: NotAllowed when there is none, or it left the timeline."""
        if self.strip.number is not None and self.strip.is_stale:
            message = self.app.describe_last_event(self.strip.number)
            raise NotAllowed(tr("{what}, so it is not on the timeline any more: nothing was done", what=message))
        if self.strip.number is None:
            raise NotAllowed(tr("there is no commitment under the cursor"))
        return [self.strip.number]

    def open(self) -> None:
        """Open the commitment under the cursor."""
        from tui.app.screens.commitment_screen import CommitmentScreen

        self.app.push_screen(CommitmentScreen(self.numbers()[0]))
