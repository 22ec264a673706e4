"""The palette: find a command by its words, and do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Input

from store.text import fold
from tui.app.key_table import COMMANDS, KeyCommand
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle

if TYPE_CHECKING:
    from tui.app.app import FollowUp


class Palette(ModalScreen[str | None]):
    """Asks for a command of a place; gives its id, or None for Esc."""

    DEFAULT_CSS = """
    Palette { align: left top; }
    Palette Input { height: 1; border: none; padding: 0 1; }
    """

    app: FollowUp

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._commands = [command for command in COMMANDS if kind in command.places and not command.is_move]
        self._found = self._commands
        self._place = 0

    def compose(self) -> ComposeResult:
        """What was typed, and the commands that are like it."""
        typed = Input(placeholder="a word of what you want to do", compact=True)
        typed.cursor_blink = False
        yield Lines(self.app.paint, id="title")
        yield typed
        yield Lines(self.app.paint, id="found")

    def on_mount(self) -> None:
        """Say what can be done; the commands are drawn when the screen has its size."""
        self.query_one("#title", Lines).show([(" Commands", "heading"), ("   Enter does it, Esc closes", "dim")])

    def on_resize(self) -> None:
        """Show as many as there is room for now."""
        self.query_one("#found", Lines).styles.height = self.app.size.height - 2
        self._draw()

    def _draw(self) -> None:
        height = self.app.size.height - 2
        top = max(0, self._place - height + 1)
        terminal = self.app.terminal(self.app.size.width)
        shown = self._found[top:][:height]
        lines = [_line(command, terminal, is_here=self._found[self._place] is command) for command in shown]
        self.query_one("#found", Lines).show(*(lines or [[(" no command like that", "dim")]]))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that have all words."""
        words = fold(event.value).split()
        self._found = [command for command in self._commands if all(word in _text(command) for word in words)]
        self._place = 0
        self._draw()

    def on_input_submitted(self) -> None:
        """Do the one that is marked; the second Enter of two finds it done."""
        if self.is_current:
            self.dismiss(self._found[self._place].id if self._found else None)

    def on_click(self, event: events.Click) -> None:
        """A click on a command does it."""
        region = self.query_one("#found", Lines).region
        place = event.screen_y - region.y + max(0, self._place - region.height + 1)
        if self.is_current and region.contains(event.screen_x, event.screen_y) and place < len(self._found):
            self.dismiss(self._found[place].id)

    def on_key(self, event: events.Key) -> None:
        """Esc closes; the arrows move the mark."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down") and self._found:
            event.stop()
            self._place = (self._place + (1 if event.key == "down" else -1)) % len(self._found)
            self._draw()


def _text(command: KeyCommand) -> str:
    return fold(f"{command.id} {command.label} {command.help}")


def _line(command: KeyCommand, terminal: TerminalStyle, *, is_here: bool) -> Segments:
    mark = f" {'>' if is_here else ' '} "
    keys = f"{command.shown:<10} "
    told = terminal.cut(command.help, terminal.width - len(mark) - len(keys))
    return [(mark, "plain"), (keys, "key"), (told, "strong" if is_here else "plain")]
