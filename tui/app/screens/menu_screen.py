"""A small list of choices, each under a letter, over the place that it was opened from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.app.key_table import in_latin
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu: the letter that takes it, and what it is."""

    letter: str
    text: str
    is_current: bool = False


class Menu(ModalScreen[str | None]):
    """Asks for one of a few things; gives its letter, or None for Esc. Any other key changes nothing."""

    DEFAULT_CSS = """
    Menu Lines { width: 100%; margin-bottom: 2; }
    """

    app: FollowUp

    def __init__(self, title: str, choices: Sequence[Choice], *, is_one_marked: bool = True) -> None:
        """`is_one_marked`: whether Enter takes the first one, or the one that is so now, without further keys."""
        super().__init__()
        self._title = title
        self._choices = choices
        first = 0 if is_one_marked else None
        self._place = next((place for place, choice in enumerate(choices) if choice.is_current), first)

    def compose(self) -> ComposeResult:
        """The title, then a line for each choice."""
        yield Lines(self.app.paint, id="menu", height=len(self._choices) + 2)

    def on_mount(self) -> None:
        """Draw it."""
        self._draw()

    def _draw(self) -> None:
        lines = [ruled(self._title, self.app.terminal(self.app.size.width))]
        for place, choice in enumerate(self._choices):
            mark = ">" if place == self._place else " "
            now = "  (now)" if choice.is_current else ""
            lines.append([(f" {mark} ", "plain"), (choice.letter, "key"), (f"  {choice.text}{now}", "plain")])
        enter = "" if self._place is None else "Enter takes the one marked; "
        lines.append([(f" a letter takes it; {enter}Esc closes", "dim")])
        self.query_one(Lines).show(*lines)

    def on_click(self, event: events.Click) -> None:
        """A click on a line takes it; one beside the menu closes it; the second one of two finds it closed."""
        if not self.is_current:
            return
        region = self.query_one(Lines).region
        place = event.screen_y - region.y - 1
        if 0 <= place < len(self._choices):
            self.dismiss(self._choices[place].letter)
        elif not region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    def take_key(self, event: events.Key) -> None:
        """A letter, in either layout, takes its choice."""
        letter = in_latin(event.character or "")
        if any(choice.letter == letter for choice in self._choices):
            self.dismiss(letter)
        elif event.key == "escape" or letter == "q":
            self.dismiss(None)
        elif event.key in ("up", "down") or letter in ("k", "j"):
            step = -1 if event.key == "up" or letter == "k" else 1
            before = self._place if self._place is not None else -1 if step > 0 else 0
            self._place = (before + step) % len(self._choices)
            self._draw()
        elif event.key == "enter" and self._place is not None:
            self.dismiss(self._choices[self._place].letter)


def ruled(title: str, terminal: TerminalStyle) -> Segments:
    """A title in a rule over the whole width, which tells what is below it from what is behind."""
    title = terminal.cut(title, terminal.width - 6)
    return [("-- ", "dim"), (title, "heading"), (f" {'-' * (terminal.width - width_of(title) - 5)}", "dim")]
