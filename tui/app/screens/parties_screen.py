"""The screen of parties: what each owes and is owed, and all its names."""

from store.rules.party_counts import counted_parties
from store.snapshot import Snapshot
from store.translation import phrase, tr, tr_in
from tui.app.pages.list_lines import AIR_FROM
from tui.app.screens.records_screen import RecordsScreen
from tui.render.parties_page import parties_page
from tui.render.segments import Segments, columns_of
from tui.render.widths import wrapped

_EMPTY = phrase("An institution is entered when it is first named: in a promise, or as the host of a visit.")


_FRAME = 3
"""Lines around the records: the title, the line that speaks, the keys."""


class PartiesScreen(RecordsScreen):
    """The list of parties, by their full names; Enter shows all that one owes and is owed."""

    KIND = "parties"
    NONE_YET = phrase("there is no party yet: it is entered when it is first named")
    GONE = phrase("{name} was merged or removed meanwhile")
    GONE_AND_REFUSED = phrase("{name} was merged or removed meanwhile: nothing was done")

    def heading(self) -> tuple[str, str]:
        """How many parties there are."""
        return tr_in("title", "Parties"), f"{self.app.terminal(80).dot}{len(self.app.snapshot.parties.all())}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the parties, the most overdue first."""
        found = counted_parties(snapshot.parties.all(), snapshot.open_rows)
        width, height = self.app.size
        headings, entries = parties_page(
            found,
            self.app.terminal(width),
            has_names=True,
            is_airy=height >= AIR_FROM,
            height=height - _FRAME - len(self.columns_lines([])),
        )
        self.show_records(
            {party["id"]: party["name"] for party, _ in found},
            [(party["id"], lines) for (party, _), lines in zip(found, entries, strict=True)],
            self.columns_lines(headings) if found else self._without_parties(),
            flag_columns=1 + columns_of(headings[:2]),
        )

    def _without_parties(self) -> list[Segments]:
        lines = wrapped(tr(_EMPTY), max(20, self.app.size.width - 8))
        return [[], [(tr("    No party yet."), "plain")], [], *([(f"    {line}", "plain")] for line in lines)]

    def open(self) -> None:
        """Show all that the party owes and is owed, in the list."""
        name = self.name_under_cursor
        self.app.show_list().show_party(name)
