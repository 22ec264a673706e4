"""The deadlines on a calendar: weeks, months or quarters, what is late piled at today."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import NotAllowed
from store.ledger import Ledger
from tui.app.pages.timeline import next_scale, scale_for, timeline
from tui.app.screens.place import Place
from tui.app.widgets.timeline_strip import TimelineStrip


class DeadlineTimeline(Place):
    """The strip of the commitments that the list shows."""

    KIND = "timeline"

    def __init__(self) -> None:
        super().__init__()
        self._scale: str | None = None

    def body(self) -> Iterable[Widget]:
        """The strip."""
        yield TimelineStrip(self.app.paint)

    @property
    def strip(self) -> TimelineStrip:
        """The widget with the cursor."""
        return self.query_one(TimelineStrip)

    def show_ledger(self, ledger: Ledger) -> None:
        """Show the deadlines of what the list shows."""
        width, height = self.app.size
        rows = self.app.home_place.look.rows(ledger)
        scale = self._scale or scale_for(rows, ledger.today, height - 2)
        self._scale = scale
        paper = self.app.paper(width)
        self.strip.show(lambda current: timeline(rows, ledger.today, scale, width, paper, current=current))

    def change_scale(self) -> None:
        """Weeks, months, quarters, and weeks again."""
        self._scale = next_scale(self._scale) if self._scale else None
        self.show_ledger(self.app.ledger)

    def numbers(self) -> list[int]:
        """The commitment under the cursor."""
        if self.strip.number is None:
            raise NotAllowed("there is no commitment under the cursor")
        return [self.strip.number]

    def open(self) -> None:
        """Open the commitment under the cursor."""
        from tui.app.screens.commitment import OneCommitment

        self.app.push_screen(OneCommitment(self.numbers()[0]))

    def on_resize(self) -> None:
        """Lay it out for the width."""
        self.show_ledger(self.app.ledger)
