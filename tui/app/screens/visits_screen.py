"""The screen of visits, and the commitments that each left."""

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from store.errors import NotAllowed
from store.snapshot import Snapshot
from store.text import visible
from tui.app.key_table import BY_ID
from tui.app.pages.visits_page import visit_entries
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.picker import Picker


class VisitsScreen(BaseScreen):
    """The list of visits; Enter shows the commitments of one."""

    KIND = "visits"

    def body(self) -> Iterable[Widget]:
        """The visits."""
        yield Picker(self.app.paint)

    def __init__(self, slug: str | None = None) -> None:
        """`slug`: the visit that the cursor begins on."""
        super().__init__()
        self._slugs: dict[int, str] = {}
        self._start = slug

    @property
    def slug(self) -> str:
        """The slug of the visit under the cursor. Raises: NotAllowed when there is none, or it was removed."""
        picker = self.query_one(Picker)
        if picker.key is None:
            raise NotAllowed("there is no visit yet: a adds one")
        slug = self._slugs[picker.key]
        if picker.is_stale:
            raise NotAllowed(f"visit {visible(slug)} was removed meanwhile: nothing was done")
        return slug

    def point_at(self, slug: str) -> None:
        """Put the cursor on a visit."""
        number = next((number for number, known in self._slugs.items() if known == slug), None)
        if number is not None:
            self.query_one(Picker).point_at(number)

    def heading(self) -> tuple[str, str]:
        """How many visits there are."""
        return "Visits", f"{self.app.terminal(80).dot}{len(self.app.snapshot.visits)}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the visits, the newest first."""
        entries = visit_entries(snapshot, self.app.terminal(self.app.size.width - 1))
        # Slugs of removed visits stay known: the cursor may be on one.
        self._slugs.update({entry.number: entry.slug for entry in entries})
        self.query_one(Picker).show([(entry.number, entry.lines) for entry in entries])
        if self._start is not None:
            self.point_at(self._start)
            self._start = None

    def open(self) -> None:
        """Show the commitments of the visit in the list."""
        slug = self.slug
        self.app.show_list().show_visit(slug)

    @on(Picker.EntryClicked)
    def open_clicked(self) -> None:
        """Open what was clicked."""
        self.app.do(BY_ID["open"])
