"""The base of the screens that list records of one kind under headings: visits, parties."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.widget import Widget

from store.errors import NotAllowed
from store.sanitise_text import visible
from store.translation import tr
from tui.app.key_table import BY_ID
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.picker import Picker
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments


class RecordsScreen(BaseScreen):
    """A list of records with a cursor; each has the number and the name by which the store knows it."""

    NONE_YET: ClassVar[str]
    """The refusal of a key on a record where there is none."""
    GONE: ClassVar[str]
    """What became of a record that is not there any more, with its `{name}`."""
    GONE_AND_REFUSED: ClassVar[str]
    """The refusal of a key on such a record."""

    def __init__(self, name: str | None = None) -> None:
        """`name`: that of the record that the cursor begins on."""
        super().__init__()
        self._names: dict[int, str] = {}
        self._start = name

    def body(self) -> Iterable[Widget]:
        """The headings of the columns, the records."""
        yield Lines(self.app.paint, id="columns")
        yield Picker(self.app.paint, self.show_message, self.show_keys)

    @property
    def has_more(self) -> bool:
        """Whether the list goes on below what is seen of it."""
        return self.query_one(Picker).has_more

    @property
    def number(self) -> int:
        """The number of the record under the cursor. Raises: NotAllowed when there is none, or it is gone."""
        picker = self.query_one(Picker)
        if picker.key is None:
            raise NotAllowed(tr(self.NONE_YET))
        if picker.is_stale:
            raise NotAllowed(tr(self.GONE_AND_REFUSED, name=visible(self._names[picker.key])))
        return picker.key

    @property
    def name_under_cursor(self) -> str:
        """The name of the record under the cursor. Raises: as `number`."""
        return self._names[self.number]

    def _gone(self, number: int) -> str:
        return tr(self.GONE, name=visible(self._names[number]))

    def point_at(self, name: str) -> None:
        """Put the cursor on the record with this name."""
        number = next((number for number, known in self._names.items() if known == name), None)
        if number is not None:
            self.query_one(Picker).point_at(number)

    def show_records(
        self,
        names: Mapping[int, str],
        entries: Sequence[tuple[int, Sequence[Segments]]],
        headings: Sequence[Segments],
        *,
        flag_columns: int,
    ) -> None:
        """Draw the records: number -> name, their entries, the lines over them, the columns that the cursor covers."""
        # Names of what is gone stay known: the cursor may be on it.
        self._names.update(names)
        columns = self.query_one("#columns", Lines)
        columns.styles.height = len(headings)
        columns.show(*headings)
        self.query_one(Picker).show(entries, self._gone, flag_columns=flag_columns)
        if self._start is not None:
            self.point_at(self._start)
            self._start = None
        self.show_keys()

    def let_go(self) -> None:
        """Move the cursor to a neighbour of the record I removed."""
        self.query_one(Picker).let_go()

    @on(Picker.EntryClicked)
    def open_clicked(self) -> None:
        """Open what was clicked."""
        self.app.do(BY_ID["open"])
