"""The inputs of a form: one line, several lines, a choice of a few words, the save button."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from store.text import clean_line, clean_text
from tui.app.forms.form import Question
from tui.app.key_table import in_latin
from tui.app.theme import Paint
from tui.app.widgets.line_editing import EDITING_A_LINE, edit, editing_keys
from tui.app.widgets.segment_strips import harmless, strip_of

_MOST_LINES = 5
_UNDERLINE = Style(underline=True)

_OF_THE_FORM = {
    "ctrl+s": "screen.save",
    "f2": "screen.save",
    "escape": "screen.give_up",
    "tab": "screen.step(1)",
    "shift+tab": "screen.step(-1)",
}
_ON_A_LINE = {**_OF_THE_FORM, "down": "screen.step(1)", "up": "screen.step(-1)", "enter": "screen.step(1)"}
_ON_THE_BUTTON = {**_ON_A_LINE, "enter": "screen.save", "space": "screen.save"}


async def _run_form_key(widget: Widget, event: events.Key, actions: Mapping[str, str]) -> bool:
    """Run the form's action of a key at once. Returns whether the key is handled.

    A binding would run after keys that were typed ahead: text of one field would go on in another, or be saved without
    its end. A key that arrives after the focus has moved is forwarded to the focused field.
    """
    focused = widget.screen.focused
    action = actions.get(event.key)
    if focused is widget and action is None:
        return False
    event.stop()
    event.prevent_default()
    if focused is not widget:
        if focused is not None:
            focused.post_message(events.Key(event.key, event.character))
    elif action is not None:
        await widget.run_action(action)
    return True


_EDITING_LINES = editing_keys(TextArea)


class Completer(Protocol):
    """A list of known names under a field, to complete what is typed."""

    def handles(self, key: str) -> bool:
        """Handle a key while the list is open. Returns whether it did."""


@dataclass
class CompletionToggled(Message):
    """The list of known names under a field was opened or closed."""

    is_open: bool


class LineInput(Input):
    """An input of one line, underlined over its whole width, which shows without colours too."""

    DEFAULT_CSS = """
    LineInput { width: 1fr; height: 1; }
    LineInput:ansi > .input--cursor { text-style: reverse; background: ansi_default; color: ansi_default; }
    LineInput:ansi > .input--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
    LineInput:ansi > .input--placeholder { text-style: dim; }
    """

    def __init__(self, question: Question) -> None:
        super().__init__(question.value, placeholder=question.empty, compact=True, select_on_focus=question.is_default)
        self.cursor_blink = False
        self.completer: Completer | None = None

    def render_line(self, y: int) -> Strip:
        """The text, underlined to the end of the line."""
        return harmless(super().render_line(y)).adjust_cell_length(self.size.width).apply_style(_UNDERLINE)

    def on_paste(self, event: events.Paste) -> None:
        """Sanitise pasted text into one line."""
        event.text = clean_line(event.text)

    async def on_key(self, event: events.Key) -> None:
        """Handle the keys of a completion list, of the form, and of editing."""
        if self.has_focus and self.completer is not None and self.completer.handles(event.key):
            event.stop()
            event.prevent_default()
        elif not await _run_form_key(self, event, _ON_A_LINE):
            await edit(self, event, EDITING_A_LINE)


class TextInput(TextArea):
    """An input of several lines: Enter begins a new line, Tab goes to the next field."""

    DEFAULT_CSS = """
    TextInput { width: 1fr; height: 2; padding: 0; scrollbar-size-vertical: 0; }
    """

    def __init__(self, question: Question) -> None:
        super().__init__(
            question.value, compact=True, placeholder=question.empty, tab_behavior="focus", show_line_numbers=False
        )
        self.cursor_blink = False
        self._fit()

    def _fit(self) -> None:
        self.styles.height = max(2, min(_MOST_LINES, self.wrapped_document.height))

    def render_line(self, y: int) -> Strip:
        """The text, underlined to the end of each line."""
        return harmless(super().render_line(y)).adjust_cell_length(self.size.width).apply_style(_UNDERLINE)

    def on_paste(self, event: events.Paste) -> None:
        """Sanitise pasted text."""
        event.text = clean_text(event.text)

    async def on_key(self, event: events.Key) -> None:
        """Handle the keys of the form and of editing."""
        if not await _run_form_key(self, event, _OF_THE_FORM):
            await edit(self, event, _EDITING_LINES)

    def on_text_area_changed(self) -> None:
        """Fit the height to the text."""
        self._fit()


class ChoiceInput(Widget, can_focus=True):
    """A choice of a few words: space chooses the next, a letter the word that begins with it."""

    DEFAULT_CSS = "ChoiceInput { width: 1fr; height: 1; }"

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        value: str

    def __init__(self, question: Question, paint: Paint) -> None:
        super().__init__()
        self._options = question.options
        self._paint = paint
        self.value = question.value

    def render_line(self, y: int) -> Strip:
        """All of the words, the chosen one in brackets."""
        line = []
        for option in self._options:
            is_taken = option == self.value
            line.append((f"[{option}]" if is_taken else f" {option} ", "strong" if is_taken else "dim"))
            line.append((" ", "plain"))
        if self.has_focus:
            line.append((" space takes the next", "dim"))
        return strip_of(line if y == 0 else [], self.size.width, self._paint)

    def choose(self, value: str) -> None:
        """Choose a word."""
        if value in self._options and value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(value))

    def _choose_next(self, step: int) -> None:
        self.choose(self._options[(self._options.index(self.value) + step) % len(self._options)])

    def on_click(self) -> None:
        """Choose the next word."""
        self._choose_next(1)

    async def on_key(self, event: events.Key) -> None:
        """Choose with space, arrows, or a first letter in the Latin or the Russian layout."""
        if await _run_form_key(self, event, _ON_A_LINE):
            return
        if event.key in ("space", "right", "left"):
            event.stop()
            self._choose_next(-1 if event.key == "left" else 1)
            return
        letter = in_latin(event.character or "").lower()
        found = next((option for option in self._options if letter and option.startswith(letter)), None)
        if found is not None:
            event.stop()
            self.choose(found)


class SaveButton(Widget, can_focus=True):
    """The button after the last field: `[ Save ]`, `[ Show ]`."""

    DEFAULT_CSS = "SaveButton { width: 10; height: 1; margin: 1 0 0 1; }"

    def __init__(self, paint: Paint, word: str) -> None:
        super().__init__(id="save")
        self._paint = paint
        self._text = f"[ {word} ]"

    def render_line(self, y: int) -> Strip:
        """The button, in reverse when Enter saves."""
        text, width = self._text, len(self._text)
        return strip_of([(text, "strong")] if y == 0 else [], width, self._paint, is_cursor=self.has_focus)

    async def on_key(self, event: events.Key) -> None:
        """Save on Enter or space."""
        await _run_form_key(self, event, _ON_THE_BUTTON)

    async def on_click(self) -> None:
        """Save on a click."""
        await self.run_action("screen.save")
