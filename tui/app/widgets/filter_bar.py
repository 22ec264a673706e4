"""The filter bar: a query in the query language, applied while it is typed."""

from collections.abc import Callable
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.suggester import Suggester
from textual.widgets import Input

from store.sanitise_text import visible
from tui.app.form_and_filter_keys import FILTER_KEYS
from tui.app.widgets.line_editing import EDITING_A_LINE, edit
from tui.app.widgets.segment_strips import harmless
from tui.render.widths import width_of

_LINE = Style(underline=True)

_KEYS = {**EDITING_A_LINE, **FILTER_KEYS}


class FilterTarget(Protocol):
    """The owner of the filtered list. Called, not sent messages, since keys after Enter must reach the list."""

    def completed(self, text: str) -> str | None:
        """Complete a text; None if nothing begins so."""

    def filter_typed(self, text: str, *, is_whole: bool = True) -> bool:
        """Apply a filter, perhaps one whose last word is only begun. Returns whether it can be parsed."""

    def filter_closed(self) -> None:
        """Take the focus back: the bar is closed."""

    def keep_as_view(self) -> None:
        """Keep the filter as a view of one's own."""


class FilterBar(Input):
    """An input for a query: Enter keeps the filter, Esc restores the one before, ctrl+s makes a view of it."""

    def __init__(self, owner: FilterTarget, ellipsis: str) -> None:
        """`ellipsis` stands for what is scrolled out on the left."""
        super().__init__(id="filter", compact=True, suggester=_Completion(owner.completed))
        self.cursor_blink = False
        self._owner = owner
        self._ellipsis = ellipsis
        self._before = ""
        self._is_open = False

    def open(self, text: str) -> None:
        """Open the bar with the current filter."""
        self._before, self._is_open = text, True
        with self.prevent(Input.Changed):
            self.value = text
        # Focused at once: keys typed ahead are for this field.
        self.screen.set_focus(self)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Apply the text as the filter."""
        event.stop()
        if self._is_open:
            self._owner.filter_typed(event.value, is_whole=event.value[-1:].isspace())

    def apply_again(self) -> None:
        """Apply the text again, if the bar is open: there is more to be searched."""
        if self._is_open and self.value:
            self._owner.filter_typed(self.value, is_whole=self.value[-1:].isspace())

    def on_blur(self) -> None:
        """Close on a click elsewhere, but not when the terminal loses the focus."""
        if self._is_open and self.screen.focused not in (None, self):
            self._close()

    def render_line(self, y: int) -> Strip:
        """The text, on the line of the title, and in brackets what Tab would add: it may be a name from the store,
        hence sanitised.
        """
        strip = harmless(super().render_line(y)).apply_style(_LINE)
        if self.scroll_offset.x:
            strip = Strip.join([Strip([Segment(self._ellipsis, _LINE)]), strip.crop(len(self._ellipsis))])
        if not self.value and self.has_focus:
            return Strip([Segment(" ", _LINE + Style(reverse=True))]).adjust_cell_length(strip.cell_length, _LINE)
        added = self._suggestion[len(self.value) :] if self.has_focus and self.cursor_at_end else ""
        if not added:
            return strip
        typed = width_of(visible(self.value)) - self.scroll_offset.x
        offered = f"({visible(added)})"
        if width_of(offered) > min(strip.cell_length, self.size.width) - typed - 1:
            offered = ""  # A part of it would be a word that nobody knows.
        rest = Strip([Segment(" ", _LINE + Style(reverse=True)), Segment(offered, _LINE)])
        return Strip.join([strip.crop(0, typed), rest]).adjust_cell_length(strip.cell_length, _LINE)

    async def on_key(self, event: events.Key) -> None:
        """Handle Enter, Esc, Tab and the editing keys at once, before keys that were typed after them."""
        if event.is_printable:
            return
        event.stop()
        event.prevent_default()
        await edit(self, event, _KEYS)

    def action_keep(self) -> None:
        """Keep the filter; one that cannot be parsed stays open to be corrected."""
        if self._owner.filter_typed(self.value):
            self._close()

    def action_restore(self) -> None:
        """Restore the filter from before."""
        self._owner.filter_typed(self._before)
        self._close()

    def action_keep_as_view(self) -> None:
        """Keep the filter, and make a view of it."""
        if self.value.strip() and self._owner.filter_typed(self.value):
            self._close()
            self._owner.keep_as_view()

    def _close(self) -> None:
        self._is_open = False
        self._owner.filter_closed()


class _Completion(Suggester):
    """Textual's suggester of the text behind the cursor."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value)
