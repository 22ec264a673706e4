"""The screen of one commitment, with all its details and history."""

from collections.abc import Iterable

from textual.widget import Widget

from store.errors import FollowUpError, NotAllowed
from store.rules.seats import is_nomination
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import tr
from tui.app.key_table import BY_ID, KeyCommand
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.text_lines import Page
from tui.render.commitment_numbers import number_text
from tui.render.commitment_page import commitment_page
from tui.render.segments import text_of

_FRAME = 3
"""Lines of the screen that are not the page's: title, message, keys."""


class CommitmentScreen(BaseScreen):
    """The page of one commitment; all keys that act on one work here."""

    KIND = "commitment"

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self._title = ""

    def body(self) -> Iterable[Widget]:
        """The page."""
        yield Page(self.app.paint, self.show_message, id="page")

    def heading(self) -> tuple[str, str]:
        """Number and title of the commitment, the last known one when it was removed."""
        if self.number in self.app.snapshot.commitments:
            self._title = visible(self.app.snapshot.commitments[self.number]["title"])
        return f"{number_text(self.number)} {self._title}", ""

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """The keys of the page; those of a nomination count its seats too."""
        keys = super().footer()
        commitment = self.app.snapshot.commitments.get(self.number)
        if commitment is not None and is_nomination(commitment):
            keys.insert(-2, (BY_ID["seats"], BY_ID["seats"].label))
        return keys

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the commitment; the page of one that was removed stays."""
        width, height = self.app.size
        above = text_of(self.app.title_line(*self.heading()))
        try:
            row = snapshot.row(self.number)
            is_there = self.app.request_history(self.number)
            terminal = self.app.terminal(width)
            lines = commitment_page(
                row, snapshot, terminal, is_whole=True, is_fetching=not is_there, above=above, height=height - _FRAME
            )
        except FollowUpError as error:
            self.app.refuse(error)
        else:
            self.query_one(Page).show(lines)
            self.show_keys()

    def numbers(self) -> list[int]:
        """The number of the commitment. Raises: NotAllowed when it was removed."""
        if self.number not in self.app.snapshot.commitments:
            raise NotAllowed(tr("#{n} was removed: nothing was done", n=self.number))
        return [self.number]
