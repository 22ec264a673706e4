"""The screen of parties: what each owes and is owed, and all its names."""

from collections.abc import Iterable

from textual import on
from textual.widget import Widget

from store.errors import NotAllowed
from store.rules.party_counts import counted_parties
from store.snapshot import Snapshot
from store.text import visible
from tui.app.key_table import BY_ID
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.picker import Picker
from tui.app.widgets.text_lines import Lines
from tui.render.parties_page import parties_page
from tui.render.segments import Segments
from tui.render.widths import wrapped

_EMPTY = "An institution is entered when it is first named: in a promise, or as the host of a visit."


class PartiesScreen(BaseScreen):
    """The list of parties; Enter shows all that one owes and is owed."""

    KIND = "parties"

    def body(self) -> Iterable[Widget]:
        """The headings of the columns, the parties."""
        yield Lines(self.app.paint, id="columns")
        yield Picker(self.app.paint, self.show_message)

    def __init__(self, name: str | None = None) -> None:
        """`name`: the full name of the party that the cursor begins on."""
        super().__init__()
        self._names: dict[int, str] = {}
        self._start = name

    @property
    def party_id(self) -> int:
        """The id of the party under the cursor. Raises: NotAllowed when there is none, or it is gone."""
        picker = self.query_one(Picker)
        if picker.key is None:
            raise NotAllowed("there is no party yet: it is entered when it is first named")
        if picker.is_stale:
            raise NotAllowed(f"{self._gone(picker.key)}: nothing was done")
        return picker.key

    def _gone(self, number: int) -> str:
        return f"{visible(self._names[number])} was merged or removed meanwhile"

    def point_at(self, name: str) -> None:
        """Put the cursor on the party with this full name."""
        number = next((number for number, known in self._names.items() if known == name), None)
        if number is not None:
            self.query_one(Picker).point_at(number)

    def heading(self) -> tuple[str, str]:
        """How many parties there are."""
        return "Parties", f"{self.app.terminal(80).dot}{len(self.app.snapshot.parties.all())}"

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw the parties, those who owe most lately first."""
        found = counted_parties(snapshot.parties.all(), snapshot.open_rows)
        headings, entries = parties_page(found, self.app.terminal(self.app.size.width), has_names=True)
        # Names of merged parties stay known: the cursor may be on one.
        self._names.update({party["id"]: party["name"] for party, _ in found})
        lines = self.columns_lines(headings) if found else self._without_parties()
        columns = self.query_one("#columns", Lines)
        columns.styles.height = len(lines)
        columns.show(*lines)
        shown = [(party["id"], lines) for (party, _), lines in zip(found, entries, strict=True)]
        flag_columns = 1 + len(headings[0][0])
        self.query_one(Picker).show(shown, self._gone, flag_columns=flag_columns)
        if self._start is not None:
            self.point_at(self._start)
            self._start = None

    def _without_parties(self) -> list[Segments]:
        lines = wrapped(_EMPTY, max(20, self.app.size.width - 8))
        return [[], [("    No party yet.", "plain")], [], *([(f"    {line}", "plain")] for line in lines)]

    def let_go(self) -> None:
        """Put the cursor on a neighbour of what I removed."""
        self.query_one(Picker).let_go()

    def open(self) -> None:
        """Show all that the party owes and is owed, in the list."""
        number = self.party_id
        self.app.show_list().show_party(self._names[number])

    @on(Picker.EntryClicked)
    def open_clicked(self) -> None:
        """Open what was clicked."""
        self.app.do(BY_ID["open"])
