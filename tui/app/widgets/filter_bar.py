"""The filter bar: a query in the language of the command line, which filters while it is typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input


class FilterBar(Input):
    """The field: Enter keeps what was typed, Esc brings back what was there before."""

    BINDINGS: ClassVar = [
        Binding("enter", "keep", "keep"),
        Binding("escape", "restore", "as before"),
        Binding("tab", "take", "complete"),
        Binding("down", "keep", "to the list", show=False),
    ]

    @dataclass
    class Typed(Message):
        """Another filter stands there."""

        text: str

    class Closed(Message):
        """The bar is away again."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        """`complete` gives the whole text that a text is probably the beginning of."""
        super().__init__(id="filter", compact=True, suggester=_Completion(complete))
        self.cursor_blink = False
        self._before = ""

    def open(self, text: str) -> None:
        """Begin to type, with the filter that holds now."""
        self._before = text
        with self.prevent(Input.Changed):
            self.value = text
        self.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what stands there."""
        event.stop()
        self.post_message(self.Typed(event.value))

    def action_keep(self) -> None:
        """Close the bar; the filter stays."""
        self.post_message(self.Closed())

    def action_restore(self) -> None:
        """Close the bar; the filter is what it was before."""
        self.post_message(self.Typed(self._before))
        self.action_keep()

    def action_take(self) -> None:
        """Take the completion that stands behind the cursor."""
        self.action_cursor_right()


class _Completion(Suggester):
    """What Textual asks for the text behind the cursor."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)
