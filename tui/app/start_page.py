"""The page shown without a store: where one would be created, and the other choices."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from textual import events
from textual.app import App, ComposeResult

from store.model.vocabulary_and_signs import STATES, State
from store.sanitise_text import visible
from store.translation import phrase, phrase_in, tr, tr_in
from tui.app.pages.key_parts import key_part
from tui.app.pages.title_line import title_line
from tui.app.theme import THEME, Paint
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Lines
from tui.keyboard_layout import in_latin
from tui.render.life_line import life_line
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of, wrapped

MAKE, DEMO, IMPORT, QUIT = "enter", "d", "I", "q"
"""What the person wants, by its key."""

_CHOICES = (
    (MAKE, "Enter", phrase("make it, and enter the first visit")),
    (DEMO, "d", phrase("look around in a demo; nothing of it is kept")),
    (IMPORT, "I", phrase("make it, and take in your spreadsheet")),
    (QUIT, "q", phrase("quit")),
)
_HELP = "?"
_FOOTER = (
    ("Enter", phrase_in("key", "make it"), MAKE),
    ("d", phrase_in("key", "demo"), DEMO),
    ("I", phrase_in("key", "import"), IMPORT),
    (_HELP, phrase_in("key", "help"), _HELP),
    ("q", phrase_in("key", "quit"), QUIT),
)
_ON_HELP = phrase(
    "Enter, d, I and q are all the keys of this page. Inside, ? shows the keys of every screen and what each sign "
    "means; the demo is a good place to try them."
)


class StartPage(App[str]):
    """Asks what to do without a store. Returns one of the keys above."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self, path: str, today: str, paint: Paint, terminal: Callable[[int], TerminalStyle], **more: Any
    ) -> None:
        """`path`: where the store would be made."""
        super().__init__(**more)
        self.register_theme(THEME)
        self.theme = THEME.name
        self._path = path
        self._today = today
        self._paint = paint
        self._terminal = terminal
        self._is_help_shown = False

    def compose(self) -> ComposeResult:
        """Title, page, keys."""
        yield Lines(self._paint, id="title")
        yield Lines(self._paint, id="page")
        yield Lines(self._paint, id="message")
        yield KeyLine(self._paint, self._press, id="keys")

    def on_resize(self, event: events.Resize) -> None:
        """Draw the page for this size."""
        self._draw(event.size.width, event.size.height)

    def _draw(self, width: int, height: int) -> None:
        terminal = self._terminal(width)
        said = [[(f" {line}", "plain")] for line in wrapped(tr(_ON_HELP), width - 2)] if self._is_help_shown else []
        room = max(1, height - 2 - len(said))
        self.query_one("#title", Lines).show(title_line("followup", "", "", self._today, "", terminal))
        self.query_one("#page", Lines).styles.height = room
        self.query_one("#page", Lines).show(*start_lines(self._path, terminal, room))
        self.query_one("#message").display = bool(said)
        self.query_one("#message").styles.height = max(1, len(said))
        self.query_one("#message", Lines).show(*said)
        self.query_one("#keys", KeyLine).show_parts(
            [key_part(shown, tr_in("key", label), key) for shown, label, key in _FOOTER]
        )

    def on_ready(self) -> None:
        """Tell the driver that the terminal is ours."""
        from tui.app.terminal.driver import Driver

        if isinstance(self._driver, Driver):
            self._driver.post_size()

    def _show_help(self, *, is_shown: bool) -> None:
        self._is_help_shown = is_shown
        self._draw(self.size.width, self.size.height)

    def _press(self, key: str) -> None:
        if key == _HELP:
            self._show_help(is_shown=True)
        else:
            self.exit(key)

    def on_key(self, event: events.Key) -> None:
        """Take a choice; other keys do nothing."""
        letter = in_latin(event.character or "")
        if event.key in (MAKE, "ctrl+j"):
            self.exit(MAKE)
        elif letter in (DEMO, IMPORT, _HELP):
            self._press(letter)
        elif event.key == "escape" and self._is_help_shown:
            self._show_help(is_shown=False)
        elif letter == QUIT or event.key in ("escape", "ctrl+c"):
            self.exit(QUIT)


def _path_lines(path: str, width: int) -> list[str]:
    """A path in lines that end behind a `/`; a longer name is broken."""
    lines = [""]
    for name in re.findall(r"[^/]*/|[^/]+", path):
        if lines[-1] and width_of(lines[-1] + name) > width:
            lines.append("")
        *parts, last = wrapped(lines[-1] + name, width) if width_of(name) > width else [lines[-1] + name]
        lines[-1:] = [*parts, last]
    return lines


def start_lines(path: str, terminal: TerminalStyle, height: int) -> list[Segments]:
    """The lines of the page; blank ones between its parts while there is room for them."""
    width = terminal.width - 2
    bar: Segments = [(" ", "plain"), (f"{terminal.bar} ", "dim")]
    what = tr("Promises between institutions, until each is kept or honestly closed.")
    where = tr("There is no store yet. It would be made here, for you alone to read:")
    other = tr("A colleague's store on this server: followup --store PATH, or FOLLOWUP_STORE.")

    life = tr("The life of a promise. Two voices end it: one says done, the other received.")
    voices = tr("Two voices end a promise: one says done, the other received.")

    def paragraph(text: str, style: str = "plain") -> list[Segments]:
        return [[(f" {line}", style)] for line in wrapped(text, width)]

    parts: list[list[Segments]] = [
        paragraph(what, "strong"),
        [*paragraph(where), *([*bar, (part, "plain")] for part in _path_lines(visible(path), width - 3))],
        [[(f"   {shown:<7}", "key"), (tr(text), "plain")] for _, shown, text in _CHOICES],
        paragraph(other),
        [
            life_line(terminal),
            *paragraph(life),
        ],
    ]
    if sum(map(len, parts)) > height:
        # The line of its life without the sentence, which would be cut; where it has no words, the sentence alone.
        has_words = any(tr(STATES[State.AGREED].text) in text for text, _ in parts[-1][0])
        parts[-1] = parts[-1][:1] if has_words else paragraph(voices)
    while sum(map(len, parts)) > height and len(parts) > 3:
        parts.pop()
    is_airy = sum(map(len, parts)) + len(parts) + 1 <= height
    lines: list[Segments] = [[]] if is_airy else []
    for part in parts:
        lines += [*part, []] if is_airy else part
    return lines[:height]
