"""The command palette: find a command by its words, and run it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from store.fold_case_and_accents import fold
from store.translation import phrase, tr, tr_in
from tui.app.pages.key_parts import key_part
from tui.app.pages.list_lines import AIR_FROM
from tui.app.pages.palette_entries import PaletteEntry, matching, palette_entries
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.segment_strips import harmless
from tui.app.widgets.text_lines import Lines
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import padded, width_of, wrapped

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_AROUND = 4
"""Lines that are no entries: the title, the input, what more there is, the keys."""

_KEY_WIDTH = 7
"""Columns of the keys."""

_LEAST_TEXT = 20
"""Columns of what a long command does, beside it."""

_MORE = phrase("more: Down")


class Chosen(NamedTuple):
    """The choice: the id of a command, or advice to show."""

    id: str
    advice: str


class _Typed(Input):
    """The input, on its line."""

    def render_line(self, y: int) -> Strip:
        """The text, underlined."""
        strip = harmless(super().render_line(y)).adjust_cell_length(self.size.width)
        return strip.apply_style(Style(underline=True))


class PaletteScreen(ModalScreen[Chosen | None]):
    """Asks for a command. Returns the choice, or None for Esc."""

    DEFAULT_CSS = """
    PaletteScreen { align: left top; }
    PaletteScreen Horizontal { height: 1; }
    PaletteScreen #colon { width: 3; }
    PaletteScreen Input { height: 1; border: none; padding: 0; width: 1fr; margin: 0 1 0 0; }
    """

    app: FollowUp

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._entries = palette_entries(kind)
        self._words: list[str] = []
        self._found = matching(self._entries, [])
        self._position = 0
        self._places: list[int | None] = []
        """Line under the input -> the position of its entry; None for a heading."""

    def compose(self) -> ComposeResult:
        """Title, input, matching commands, keys."""
        typed = _Typed(placeholder=tr("(a word of what you want to do)"), compact=True)
        typed.cursor_blink = False
        yield Lines(self.app.paint, id="title")
        with Horizontal():
            yield Lines(self.app.paint, id="colon")
            yield typed
        yield Lines(self.app.paint, id="found")
        yield Lines(self.app.paint, id="more")
        yield KeyLine(self.app.paint, self.app.press, id="keys")

    def on_mount(self) -> None:
        """Draw the prompt; the commands are drawn once the screen has its size."""
        self.query_one("#colon", Lines).show([(" : ", "strong")])

    def on_resize(self) -> None:
        """Draw as many commands as fit."""
        self.query_one("#title", Lines).show(self.app.title_line(tr_in("title", "Commands"), ""))
        self.query_one("#found", Lines).styles.height = self._height
        self.query_one("#keys", KeyLine).show_parts(
            (
                key_part("Enter", tr_in("key", "do it"), "enter"),
                key_part(tr("Up Down"), tr_in("palette", "choose"), ""),
                key_part("Esc", tr_in("key", "close"), "escape"),
            )
        )
        self._draw()

    @property
    def _height(self) -> int:
        return max(1, self.app.size.height - _AROUND)

    def _draw(self) -> None:
        terminal = self.app.terminal(self.app.size.width)
        lines: list[Segments] = []
        self._places = []
        position = 0
        for group, entries in groupby(self._found, key=lambda entry: entry.group if not self._words else ""):
            if group:
                heading: list[Segments] = [[(f" {group.upper()}", "heading")]]
                if lines and self.app.size.height >= AIR_FROM:
                    heading.insert(0, [])
                lines += heading
                self._places += [None] * len(heading)
            for entry in entries:
                its = _lines_of(entry, self._words, terminal, is_here=position == self._position)
                lines += its
                self._places += [position] * len(its)
                position += 1
        end = len(self._places) - self._places[::-1].index(self._position) if self._found else 0
        top = max(0, end - self._height)
        self._places = self._places[top : top + self._height]
        shown = lines[top : top + self._height] or [[(tr(" no command like that: ? shows every key"), "dim")]]
        self.query_one("#found", Lines).show(*shown)
        has_more = top + self._height < len(lines)
        self.query_one("#more", Lines).show([(f"{tr(_MORE):>{terminal.width - 1}}", "dim")] if has_more else [])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the commands that have all words."""
        self._words = fold(event.value).split()
        self._found = matching(self._entries, self._words)
        self._position = 0
        self._draw()

    def _choose(self, position: int) -> None:
        entry = self._found[position]
        self.dismiss(Chosen(entry.id, entry.advice))

    def on_input_submitted(self) -> None:
        """Run the marked command. The second of two Enters finds the palette closed."""
        if not self.is_current:
            return
        if self._found:
            self._choose(self._position)
        else:
            self.dismiss(None)

    def on_click(self, event: events.Click) -> None:
        """Run the clicked command."""
        region = self.query_one("#found", Lines).region
        line = event.screen_y - region.y
        if self.is_current and region.contains(event.screen_x, event.screen_y) and line < len(self._places):
            position = self._places[line]
            if position is not None:
                self._choose(position)

    def on_key(self, event: events.Key) -> None:
        """Close on Esc; move the mark with the arrows."""
        if event.key == "escape":
            event.stop()
            self.dismiss(None)
        elif event.key in ("up", "down") and self._found:
            event.stop()
            self._position = (self._position + (1 if event.key == "down" else -1)) % len(self._found)
            self._draw()


def _lines_of(entry: PaletteEntry, words: list[str], terminal: TerminalStyle, *, is_here: bool) -> list[Segments]:
    """The cursor, the key, what it does, over as many lines as it needs; what matches is bold.

    What is typed in the shell is longer than a key: what it does goes on behind it where it has room, or else below.
    """
    mark = ">" if is_here else " "
    indent = " " * (len(mark) + _KEY_WIDTH + 1)
    column = max(_KEY_WIDTH, width_of(entry.shown))
    first = [(mark, "plain"), (padded(entry.shown, column), "key")]
    gap = 1 if column == _KEY_WIDTH else 2
    if column > _KEY_WIDTH and len(mark) + column + gap + width_of(entry.text) < terminal.width:
        return [[*first, (" " * gap, "plain"), *_marked(entry.text, words)]]
    room = max(_LEAST_TEXT, terminal.width - width_of(indent) - 1)
    texts = [[(indent, "plain"), *_marked(line, words)] for line in wrapped(entry.text, room)]
    if column > _KEY_WIDTH:
        return [first, *texts]
    return [[*first, (" ", "plain"), *texts[0][1:]], *texts[1:]]


def _marked(text: str, words: list[str]) -> Segments:
    """A text with the first place of each word in it bold."""
    lower = text.lower()
    marks = sorted((at, at + len(word)) for word in words if (at := lower.find(word)) >= 0)
    line: Segments = []
    end = 0
    for start, stop in marks:
        if start < end:
            continue
        line += [(text[end:start], "plain"), (text[start:stop], "strong")]
        end = stop
    return [*line, (text[end:], "plain")]
