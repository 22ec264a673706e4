"""The screen of visits, and the commitments that each left."""

from store.formats.records_as_json import visit_json
from store.rules.set_aside import is_set_aside
from store.snapshot import Snapshot
from store.translation import phrase, tr, tr_in
from tui.app.key_table import KeyCommand
from tui.app.screens.base_screen import AIRY_HEIGHT
from tui.app.screens.records_screen import RecordsScreen
from tui.app.widgets.picker import Picker
from tui.render.segments import Segments
from tui.render.visits_page import visits_page


def _without_visits() -> list[Segments]:
    """What stands in the place of the headings where there is no visit, with the key that leads out."""
    return [
        [],
        [(tr("    No visit yet."), "plain")],
        [],
        [("    a", "key"), (tr("   enter your first visit"), "plain")],
    ]


class VisitsScreen(RecordsScreen):
    """The list of visits, by their slugs; Enter shows the commitments of one."""

    KIND = "visits"
    NONE_YET = phrase("there is no visit yet: a adds one")
    GONE = phrase("{name} was removed meanwhile")
    GONE_AND_REFUSED = phrase("visit {name} was removed meanwhile: nothing was done")

    @property
    def slug(self) -> str:
        """The slug of the visit under the cursor. Raises: NotAllowed when there is none, or it was removed."""
        return self.name_under_cursor

    def heading(self) -> tuple[str, str]:
        """How many visits there are."""
        return tr_in("title", "Visits"), f"{self.app.terminal(80).dot}{len(self.app.snapshot.visits)}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the visits, the newest first."""
        width, height = self.app.size
        visits = [(visit, visit_json(visit, rows, snapshot)) for visit, rows in snapshot.visits_with_rows()]
        headings, entries = visits_page(visits, self.app.terminal(width), is_airy=height >= AIRY_HEIGHT)
        self.show_records(
            {entry.number: entry.slug for entry in entries},
            [(entry.number, entry.lines) for entry in entries],
            self.columns_lines(headings) if entries else _without_visits(),
            flag_columns=entries[0].name_columns if entries else 0,
        )

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """The keys; the one that sets a visit aside says that it brings back one that is."""
        slug = self._names.get(self.query_one(Picker).key or 0, "")
        visit = self.app.snapshot.visits.get(slug)
        if visit is None or not is_set_aside(visit, self.app.snapshot.today):
            return super().footer()
        bring_back = tr_in("key", "bring back")
        return [(command, bring_back if command.id == "aside" else label) for command, label in super().footer()]

    def open(self) -> None:
        """Show the commitments of the visit in the list."""
        slug = self.slug
        self.app.show_list().show_visit(slug)
