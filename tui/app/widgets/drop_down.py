"""Lists under a field that open on a key: the words of a choice, the files of a folder. Drawn as plain text, never as
markup.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cached_property

from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option
from textual_autocomplete import AutoCompleteList

from store.sanitise_text import visible
from store.translation import tr
from tui.app.widgets.form_inputs import ChoiceInput, CompletionToggled, LineInput
from tui.app.widgets.segment_strips import harmless
from tui.render.terminal_style import TerminalStyle

_REVERSE, _DIM = Style(reverse=True), Style(dim=True)
MOST_ENTRIES = 6
"""Entries that are shown at once."""

_LEAST_BELOW = 3
"""Entries for which there has to be room below a field, or the list stands above it where there is more."""

_MOST_FILES = 200

LIST_CSS = f"""
    max-height: {MOST_ENTRIES};
    background: ansi_default;
    & AutoCompleteList, & AutoCompleteList:focus, & AutoCompleteList:ansi {{
        color: ansi_default;
        background: ansi_default;
        border: none;
        width: 100%;
        height: auto;
        padding: 0;
        max-height: {MOST_ENTRIES};
        scrollbar-size-vertical: 0;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }}
"""
"""The style of a list and of what holds it: nothing of the form in its lines."""


class Entries(AutoCompleteList):
    """The entries, behind the bar of what is about the field above them.

    Textual drops the reverse of a style without colours, so the highlighted line is drawn here: a flag as long as the
    longest entry, which no move makes longer or shorter.
    """

    def __init__(self, terminal: Callable[[int], TerminalStyle]) -> None:
        super().__init__()
        self.can_focus = False
        self._terminal = terminal

    def render_line(self, y: int) -> Strip:
        """One line of the list; the last one says how many more there are below it."""
        bar = Strip([Segment(self._terminal(self.size.width).bar, _DIM)])
        width, line = self.size.width - bar.cell_length, self.scroll_offset.y + y
        strip = harmless(super().render_line(y)).adjust_cell_length(width)
        below = self.option_count - line - 1
        if below > 0 and y == self.size.height - 1:
            more = Strip([Segment(tr("  {n} more ", n=below), _DIM)])
            strip = Strip.join([strip.crop(0, max(0, width - more.cell_length)), more])
        if line == self.highlighted:
            flag = min(width, max(_columns_of(option) for option in self.options))
            strip = Strip.join([strip.crop(0, flag).apply_style(_REVERSE), strip.crop(flag)])
        return Strip.join([bar, strip])


def _columns_of(option: Option) -> int:
    assert isinstance(option.prompt, Content)
    return option.prompt.cell_length


def place_under(holder: Widget, target: Widget, entries: OptionList) -> None:
    """Place a list below the field up to the right edge, or above it where it does not fit; never over the field's
    help, nor the keys.
    """
    x, y = target.content_region.offset
    left, screen = max(0, x - 1), holder.screen
    said = screen.query_one_optional("#help")
    below = max(1, (said.region.y if said is not None else screen.size.height) - y - 1)
    wanted = min(MOST_ENTRIES, entries.option_count)
    is_above = below < min(_LEAST_BELOW, wanted) and y > below
    height = min(wanted, y if is_above else below)
    holder.styles.width = max(10, screen.size.width - left)
    holder.styles.max_height = entries.styles.max_height = max(1, height)
    holder.absolute_offset = Offset(left, y - height if is_above else y + 1)


def entry(shown: str, target: Widget, terminal: Callable[[int], TerminalStyle]) -> Content:
    """A line of the list below a field, in what the terminal can show and cut to the right margin."""
    width = target.screen.size.width
    return Content(terminal(width).cut(shown, width - target.content_region.x - 1))


class DropDown(Widget):
    """A list that a key opens; the field stays in focus and hands its keys on."""

    DEFAULT_CSS = f"DropDown {{ display: none; overlay: screen; height: auto; {LIST_CSS} }}"

    def __init__(self, target: LineInput | ChoiceInput, terminal: Callable[[int], TerminalStyle]) -> None:
        super().__init__()
        self.target = target
        self._terminal = terminal
        target.completer = self
        self._texts: list[str] = []

    def on_mount(self) -> None:
        """Close when the field is left."""
        self.watch(self.target, "has_focus", self._focus_changed, init=False)

    def _focus_changed(self, has_focus: bool) -> None:
        if not has_focus:
            self.hide()

    @cached_property
    def _entries(self) -> Entries:
        """The list, made when it is opened first: most of a form's never are, and a form opens sooner without them."""
        entries = Entries(self._terminal)
        self.mount(entries)
        return entries

    def show(self, texts: Sequence[str], shown: Sequence[str], highlighted: int = 0) -> None:
        """Open the list with these entries: what is taken, and how it is shown."""
        self._texts = list(texts)
        entries = self._entries
        entries.clear_options()
        entries.add_options([entry(each, self.target, self._terminal) for each in shown])
        entries.highlighted = highlighted
        place_under(self, self.target, entries)
        self.display = True
        self.post_message(CompletionToggled(True))

    def hide(self) -> None:
        """Close the list."""
        if self.display:
            self.display = False
            self.post_message(CompletionToggled(False))

    def take(self, text: str) -> None:
        """Put an entry into the field."""
        self.target.put(text)

    def handles(self, key: str) -> bool:
        """Handle a key: while the list is open, and those that open it. Returns whether it did; not of Enter and Tab
        that took an entry, which go on to the next field as well, but in a folder.
        """
        if not self.display:
            return self.opens(key)
        entries = self._entries
        if key in ("down", "up"):
            at = (entries.highlighted or 0) + (1 if key == "down" else -1)
            entries.highlighted = at % len(self._texts)
        elif key in ("enter", "tab"):
            taken = self._texts[entries.highlighted or 0]
            self.hide()
            self.take(taken)
            return taken.endswith("/")
        elif key == "escape":
            self.hide()
        else:
            self.hide()
            return False
        return True

    def opens(self, key: str) -> bool:
        """Open the list, if this key does. Returns whether it did something."""
        raise NotImplementedError


class ChoiceList(DropDown):
    """The words of a choice, on Down."""

    def opens(self, key: str) -> bool:
        """Open the list on Down."""
        choice = self.target
        if key != "down" or not isinstance(choice, ChoiceInput):
            return False
        self.show(choice.options, choice.shown, choice.options.index(choice.value))
        return True


class PathList(DropDown):
    """Completes the path of a file on Tab, as a shell does; Down shows what there is."""

    def take(self, text: str) -> None:
        """Put a path into the field, to go on from its end."""
        assert isinstance(self.target, LineInput)
        self.target.value = text
        self.target.cursor_position = len(text)

    def opens(self, key: str) -> bool:
        """Complete on Tab as far as it is clear; open the list where there are several, and on Down."""
        if key not in ("tab", "down"):
            return False
        typed = self.target.value
        if key == "tab" and not typed:
            return False
        found = paths_from(typed)
        if not found or found == [typed]:
            return False
        common = os.path.commonprefix(found)  # noqa: RUF071 - the letters that all have in common are meant
        if key == "tab" and (len(common) > len(typed) or len(found) == 1):
            self.take(common)
        else:
            self.show(found, [visible(_end_of(path)) for path in found])
        return True


def paths_from(typed: str) -> list[str]:
    """The paths that begin as what was typed, a folder's with a slash at its end; `~` stays as it was typed."""
    folder, slash, start = typed.rpartition("/")
    where = os.path.expanduser(folder + slash) if slash else "."
    if typed == "~":
        return ["~/"]
    found = []
    try:
        with os.scandir(where or "/") as entries:
            for entry in entries:
                is_hidden = entry.name.startswith(".") and not start.startswith(".")
                if entry.name.startswith(start) and not is_hidden and visible(entry.name) == entry.name:
                    found.append(f"{folder}{slash}{entry.name}{'/' if entry.is_dir() else ''}")
                if len(found) >= _MOST_FILES:
                    break
    except OSError:
        return []
    return sorted(found)


def _end_of(path: str) -> str:
    """The last name of a path, with the slash of a folder."""
    name = path.rstrip("/").rpartition("/")[2]
    return f"{name}/" if path.endswith("/") else name
