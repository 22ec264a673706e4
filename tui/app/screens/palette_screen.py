"""The command palette: find a command by its words, and run it."""

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


class PaletteScreen(ModalScreen[str | None]):
    """Asks for a command of a screen. Gives its id, or None for Esc."""

    DEFAULT_CSS = """
    PaletteScreen { align: left top; }
    PaletteScreen Input { height: 1; border: none; padding: 0 1; }
    """

    app: FollowUp

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._commands = [command for command in COMMANDS if kind in command.screens and not command.is_move]
        self._found = self._commands
        self._position = 0

    def compose(self) -> ComposeResult:
        """Title, input, matching commands."""
        typed = Input(placeholder="a word of what you want to do", compact=True)
        typed.cursor_blink = False
        yield Lines(self.app.paint, id="title")
        yield typed
        yield Lines(self.app.paint, id="found")

    def on_mount(self) -> None:
        """Draw the title; the commands are drawn once the screen has its size."""
        self.query_one("#title", Lines).show([(" Commands", "heading"), ("   Enter does it, Esc closes", "dim")])

    def on_resize(self) -> None:
        """Draw as many commands as fit."""
        self.query_one("#found", Lines).styles.height = self.app.size.height - 2
        self._draw()

    def _draw(self) -> None:
        height = self.app.size.height - 2
        top = max(0, self._position - height + 1)
        terminal = self.app.terminal(self.app.size.width)
        shown = self._found[top:][:height]
        lines = [_line(command, terminal, is_here=self._found[self._position] is command) for command in shown]
        self.query_one("#found", Lines).show(*(lines or [[(" no command like that", "dim")]]))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that contain all words."""
        words = fold(event.value).split()
        self._found = [command for command in self._commands if all(word in _text(command) for word in words)]
        self._position = 0
        self._draw()

    def on_input_submitted(self) -> None:
        """Run the marked command. The second of two Enters finds the palette closed."""
        if self.is_current:
            self.dismiss(self._found[self._position].id if self._found else None)

    def on_click(self, event: events.Click) -> None:
        """Run the clicked command."""
        region = self.query_one("#found", Lines).region
        position = event.screen_y - region.y + max(0, self._position - region.height + 1)
        if self.is_current and region.contains(event.screen_x, event.screen_y) and position < len(self._found):
            self.dismiss(self._found[position].id)

    def on_key(self, event: events.Key) -> None:
        """Close on Esc; move the mark with the arrows."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down") and self._found:
            event.stop()
            self._position = (self._position + (1 if event.key == "down" else -1)) % len(self._found)
            self._draw()


def _text(command: KeyCommand) -> str:
    return fold(f"{command.id} {command.label} {command.help}")


def _line(command: KeyCommand, terminal: TerminalStyle, *, is_here: bool) -> Segments:
    mark = f" {'>' if is_here else ' '} "
    keys = f"{command.shown:<10} "
    help_text = terminal.cut(command.help, terminal.width - len(mark) - len(keys))
    return [(mark, "plain"), (keys, "key"), (help_text, "strong" if is_here else "plain")]
