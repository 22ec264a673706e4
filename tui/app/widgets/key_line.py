"""A line whose parts each stand for a key: the keys of a screen, the counts, the views. A click types the key."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from tui.app.pages.key_parts import KeyPart
from tui.app.theme import Paint
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments, columns_of


class KeyLine(Lines):
    """One line of parts; a click on one types its key."""

    def __init__(self, paint: Paint, press: Callable[[str], None], *, id: str) -> None:  # noqa: A002
        """`press` types a key, by Textual's name."""
        super().__init__(paint, id=id)
        self._press = press
        self._places: list[tuple[int, int, str]] = []

    def show_parts(self, parts: Sequence[KeyPart], gap: int = 2, *, between: str = "") -> None:
        """Show these parts from column 1, with so many blanks between, or with this sign."""
        line: Segments = [(" ", "plain")]
        places: list[tuple[int, int, str]] = []
        for part in parts:
            if places:
                line.append((between, "dim") if between else (" " * gap, "plain"))
            start = columns_of(line)
            line += part.segments
            places.append((start, columns_of(line), part.key))
        self.show(line)
        self._places = places

    def show(self, *lines: Segments) -> None:
        """Show lines that stand for no key."""
        self._places = []
        super().show(*lines)

    def on_click(self, event: events.Click) -> None:
        """Type the key of the part that was clicked."""
        for start, end, key in self._places:
            if event.y == 0 and start <= event.x < end and key:
                event.stop()
                self._press(key)
                return
