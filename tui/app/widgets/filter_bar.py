"""The filter bar: a query in the language of the command line, which filters while it is typed."""

from collections.abc import Callable
from typing import Protocol

from textual import events
from textual.strip import Strip
from textual.suggester import Suggester
from textual.widgets import Input

from tui.app.widgets.line_editing import EDITING_A_LINE, edit
from tui.app.widgets.segment_strips import harmless


class FilterTarget(Protocol):
    """Whose list the bar filters. It is called and not sent messages: what is typed behind Enter is for the list."""

    def completed(self, text: str) -> str | None:
        """The whole text that a text is probably the beginning of."""

    def filter_typed(self, text: str) -> bool:
        """Show what is left by another filter; whether it was understood."""

    def filter_closed(self) -> None:
        """The bar is not needed any more."""


class FilterBar(Input):
    """The field: Enter keeps what was typed, Esc brings back what was there before."""

    def __init__(self, owner: FilterTarget) -> None:
        super().__init__(id="filter", compact=True, suggester=_Completion(owner.completed))
        self.cursor_blink = False
        self._owner = owner
        self._before = ""
        self._is_open = False

    def open(self, text: str) -> None:
        """Begin to type, with the filter that holds now."""
        self._before, self._is_open = text, True
        with self.prevent(Input.Changed):
            self.value = text
        # At once: what is typed ahead is for this field already.
        self.screen.set_focus(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what stands there."""
        event.stop()
        if self._is_open:
            self._owner.filter_typed(event.value)

    def on_blur(self) -> None:
        """A click beside it closes it; that the terminal lost the focus does not."""
        if self._is_open and self.screen.focused not in (None, self):
            self._close()

    def render_line(self, y: int) -> Strip:
        """The filter, and what it is probably going to be, which may be a name from the store."""
        return harmless(super().render_line(y))

    async def on_key(self, event: events.Key) -> None:
        """Keep it, bring back the one before, complete, edit: each key before the one typed behind it."""
        if event.is_printable:
            return
        event.stop()
        event.prevent_default()
        if event.key in ("enter", "down"):
            # One that is not understood stays to be mended.
            if self._owner.filter_typed(self.value):
                self._close()
        elif event.key == "escape":
            self._owner.filter_typed(self._before)
            self._close()
        elif event.key == "tab":
            self.action_cursor_right()
        else:
            await edit(self, event, EDITING_A_LINE)

    def _close(self) -> None:
        self._is_open = False
        self._owner.filter_closed()


class _Completion(Suggester):
    """What Textual asks for the text behind the cursor."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)
