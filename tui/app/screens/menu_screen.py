"""A menu: a few choices, each with a letter, over the screen from which it was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from store.translation import tr, tr_in
from tui.app.widgets.text_lines import Lines
from tui.keyboard_layout import in_latin
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One choice of a menu: its letter, and its text."""

    letter: str
    text: str
    is_current: bool = False


class MenuScreen(ModalScreen[str | None]):
    """Asks for one of a few choices. Returns its letter, or None for Esc; other keys do nothing."""

    DEFAULT_CSS = """
    MenuScreen Lines { width: 100%; }
    """

    app: FollowUp

    def __init__(
        self,
        title: str,
        choices: Sequence[MenuItem],
        *,
        is_one_marked: bool = True,
        above: Callable[[TerminalStyle], Segments] | None = None,
    ) -> None:
        """`is_one_marked`: the current choice, or the first, is marked from the start, and Enter takes it. `above`
        renders a line over the choices.
        """
        super().__init__()
        self._above = above
        self._title = title
        self._choices = choices
        first = 0 if is_one_marked else None
        self._position = next((position for position, choice in enumerate(choices) if choice.is_current), first)

    def compose(self) -> ComposeResult:
        """The title, then one line a choice."""
        yield Lines(self.app.paint, id="menu", height=len(self._choices) + self._lines_above + 1)

    def on_mount(self) -> None:
        """Draw the lines."""
        self._draw()

    def on_screen_resume(self) -> None:
        """Keep in sight what the menu is about."""
        self.app.base_screen.cover_from(self.app.size.height - len(self._choices) - self._lines_above - 1)

    @property
    def _lines_above(self) -> int:
        return 1 if self._above is None else 2

    def on_resize(self) -> None:
        """Draw the lines for the new width."""
        self._draw()
        self.on_screen_resume()

    def _draw(self) -> None:
        terminal = self.app.terminal(self.app.size.width)
        lines = [ruled(self._title, terminal)]
        if self._above is not None:
            lines.append(self._above(terminal))
        for position, choice in enumerate(self._choices):
            mark = ">" if position == self._position else " "
            now = tr("  (now)") if choice.is_current else ""
            lines.append([(f"{mark} ", "plain"), (choice.letter, "key"), (f"  {choice.text}{now}", "plain")])
        take = tr_in("key", "take the one marked") if self._position is not None else ""
        lines.append(
            spelled_keys(
                (tr("Up Down"), tr_in("key", "choose")),
                *([("Enter", take)] if take else []),
                ("Esc", tr_in("key", "close")),
            )
        )
        self.query_one(Lines).show(*lines)

    def on_click(self, event: events.Click) -> None:
        """Take the clicked choice; close on a click beside the menu. The second of two clicks finds it closed."""
        if not self.is_current:
            return
        region = self.query_one(Lines).region
        position = event.screen_y - region.y - self._lines_above
        if 0 <= position < len(self._choices):
            self.dismiss(self._choices[position].letter)
        elif not region.contains(event.screen_x, event.screen_y):
            self.dismiss(None)

    def process_key(self, event: events.Key) -> None:
        """Take the choice of a letter, in the Latin or the Russian layout; move; close."""
        letter = in_latin(event.character or "")
        if any(choice.letter == letter for choice in self._choices):
            self.dismiss(letter)
        elif event.key == "escape" or letter == "q":
            self.dismiss(None)
        elif event.key in ("up", "down") or letter in ("k", "j"):
            step = -1 if event.key == "up" or letter == "k" else 1
            before = self._position if self._position is not None else -1 if step > 0 else 0
            self._position = (before + step) % len(self._choices)
            self._draw()
        elif event.key == "enter" and self._position is not None:
            self.dismiss(self._choices[self._position].letter)


def spelled_keys(*keys: tuple[str, str]) -> Segments:
    """The line of keys of a menu: each key bold, what it does plain."""
    line: Segments = [(" ", "plain")]
    for key, label in keys:
        line += [("  ", "plain")] if len(line) > 1 else []
        line += [(key, "key"), (f" {label}", "plain")]
    return line


def ruled(title: str, terminal: TerminalStyle) -> Segments:
    """A title in a rule from the gutter to the edge, which separates the menu from the screen above."""
    title = terminal.cut(title, terminal.width - 7)
    return [(" -- ", "dim"), (title, "heading"), (f" {'-' * (terminal.width - width_of(title) - 6)}", "dim")]
