"""The screen of visits, and the commitments that each left."""

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from store.errors import NotAllowed
from store.formats.json_export import visit_json
from store.snapshot import Snapshot
from store.text import visible
from tui.app.key_table import BY_ID
from tui.app.screens.base_screen import AIRY_HEIGHT, BaseScreen
from tui.app.widgets.picker import Picker
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments
from tui.render.visits_page import visits_page


class VisitsScreen(BaseScreen):
    """The list of visits; Enter shows the commitments of one."""

    KIND = "visits"

    def body(self) -> Iterable[Widget]:
        """The headings of the columns, the visits."""
        yield Lines(self.app.paint, id="columns")
        yield Picker(self.app.paint, self.show_message)

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
            raise NotAllowed(f"visit {self._gone(picker.key)}: nothing was done")
        return slug

    def _gone(self, number: int) -> str:
        return f"{visible(self._slugs[number])} was removed meanwhile"

    def point_at(self, name: str) -> None:
        """Put the cursor on the visit with this slug."""
        number = next((number for number, known in self._slugs.items() if known == name), None)
        if number is not None:
            self.query_one(Picker).point_at(number)

    def heading(self) -> tuple[str, str]:
        """How many visits there are."""
        return "Visits", f"{self.app.terminal(80).dot}{len(self.app.snapshot.visits)}"

    def _show_columns(self, headings: Segments, *, is_empty: bool) -> None:
        """Show the headings; without a visit, that there is none, and the key that leads out."""
        lines = self.columns_lines(headings)
        if is_empty:
            lines = [
                [],
                [("    No visit yet.", "plain")],
                [],
                [("    a", "key"), ("   enter your first visit", "plain")],
            ]
        columns = self.query_one("#columns", Lines)
        columns.styles.height = len(lines)
        columns.show(*lines)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the visits, the newest first."""
        width, height = self.app.size
        visits = [(visit, visit_json(visit, rows, snapshot)) for visit, rows in snapshot.visits_with_rows()]
        headings, entries = visits_page(visits, self.app.terminal(width), is_airy=height >= AIRY_HEIGHT)
        # Slugs of removed visits stay known: the cursor may be on one.
        self._slugs.update({entry.number: entry.slug for entry in entries})
        self._show_columns(headings, is_empty=not entries)
        flag_columns = entries[0].name_columns if entries else 0
        shown = [(entry.number, entry.lines) for entry in entries]
        self.query_one(Picker).show(shown, self._gone, flag_columns=flag_columns)
        if self._start is not None:
            self.point_at(self._start)
            self._start = None

    def let_go(self) -> None:
        """Put the cursor on a neighbour of what I removed."""
        self.query_one(Picker).let_go()

    def open(self) -> None:
        """Show the commitments of the visit in the list."""
        slug = self.slug
        self.app.show_list().show_visit(slug)

    @on(Picker.EntryClicked)
    def open_clicked(self) -> None:
        """Open what was clicked."""
        self.app.do(BY_ID["open"])
