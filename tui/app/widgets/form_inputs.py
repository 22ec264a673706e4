"""The inputs of a form: one line, several lines, a choice of a few words, the line of further fields, the buttons."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from store.sanitise_text import clean_line, clean_text
from store.translation import tr_in
from tui.app.form_and_filter_keys import BUTTON_KEYS, CHOICE_STEPS, FORM_KEYS, LINE_KEYS, MORE_LINE_KEYS, UNFOLD_LETTER
from tui.app.forms.form import Question
from tui.app.theme import Paint
from tui.app.widgets.line_editing import EDITING_A_LINE, edit, editing_keys
from tui.app.widgets.segment_strips import harmless, strip_of
from tui.keyboard_layout import as_it_looks, in_latin
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import width_of

_MOST_LINES = 5
_MOST_WIDTH = 100
"""Columns of a text at most: a longer line is hard to read."""

_TALL = 20
"""Lines of the terminal from which a text has room for two at first; else it grows as it is typed."""

_LINE, _DIM_LINE = Style(underline=True), Style(underline=True, dim=True)


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
    """A list under a field, of which one entry is taken."""

    def handles(self, key: str) -> bool:
        """Handle a key: while the list is open, and those that open it. Returns whether it did; not of Enter and Tab
        that took an entry, which go on to the next field as well.
        """

    def hide(self) -> None:
        """Close the list."""


@dataclass
class CompletionToggled(Message):
    """The list under a field was opened or closed."""

    is_open: bool


@dataclass
class VisitRequested(Message):
    """The request to make a new visit, from what was typed."""

    typed: str


def _underlined(strip: Strip, width: int, *, has_focus: bool, is_blank: bool) -> Strip:
    """The line of a field: bright under the one with the focus, dim under an empty one, none under what is filled."""
    strip = harmless(strip).adjust_cell_length(width)
    return strip.apply_style(_LINE) if has_focus else strip.apply_style(_DIM_LINE) if is_blank else strip


@dataclass
class EditingBegun(Message):
    """A key edits an initial value, which typing would have replaced until then."""


_REPLACING = ("delete", "cut", "paste")
"""How the names of those editing actions begin that replace a text as a letter does."""


class _TypedInto:
    """How a text field is entered: typing replaces an initial value, and continues a typed one.

    Nothing is selected for that: a whole field in reverse would outshout the form, and say nothing of an arrow.
    """

    _came = ""
    _refused = ""
    _is_just_entered = False
    _is_edited = False
    """Whether a key edits what the field came with, since the field was entered."""

    def typed(self) -> str:
        """The text in the field."""
        raise NotImplementedError

    if TYPE_CHECKING:

        def select_all(self) -> None:
            """Select the text, which the next letter replaces."""

        def post_message(self, message: Message) -> bool:
            """Post a message to the form."""

    def go_to_start(self) -> None:
        """Put the cursor on the first letter."""
        raise NotImplementedError

    def go_to_end(self) -> None:
        """Put the cursor behind the text, with nothing selected."""
        raise NotImplementedError

    @property
    def is_own(self) -> bool:
        """Whether the person typed the value."""
        return self.typed() not in ("", self._came)

    @property
    def is_replaced_by_typing(self) -> bool:
        """Whether the next letter replaces what stands in the field."""
        text = self.typed()
        return bool(text) and text in (self._came, self._refused) and not self._is_edited

    def replace_when_typed(self) -> None:
        """Let the next letter replace the refused value, until the field is left."""
        self._refused = self.typed()
        self._come_in()

    def _come_in(self) -> None:
        self._is_edited = False
        if self.is_replaced_by_typing:
            self.go_to_start()
        else:
            self.go_to_end()

    def _begin_editing(self, *, is_replacing: bool) -> None:
        """Select what is replaced; or leave it as it is, to be edited from now on."""
        if self.is_replaced_by_typing:
            self._is_edited = True
            if is_replacing:
                self.select_all()
            self.post_message(EditingBegun())

    def _before_key(self, event: events.Key, actions: Mapping[str, str]) -> None:
        """Let a letter, or a key that deletes, replace what the field came with; any other editing key edits it."""
        self._is_just_entered = False
        if event.is_printable or event.key in actions:
            self._begin_editing(is_replacing=event.is_printable or actions[event.key].startswith(_REPLACING))

    def on_focus(self, event: events.Focus) -> None:
        """Let typing replace what the field came with, or go to the end of what was typed."""
        self._is_just_entered = not event.from_app_focus
        if not event.from_app_focus:
            self._come_in()

    def on_blur(self) -> None:
        """From now on what was refused is only what was typed."""
        self._refused = ""
        self._is_edited = False

    def on_click(self) -> None:
        """Let the click that enters the field do as Tab does; the next click puts the cursor there."""
        if self._is_just_entered:
            self._come_in()
        else:
            self._begin_editing(is_replacing=False)
        self._is_just_entered = False


class LineInput(_TypedInto, Input):
    """An input of one line. What it came filled with is replaced by typing; an arrow or End edits it."""

    DEFAULT_CSS = """
    LineInput { height: 1; }
    LineInput:ansi > .input--cursor { text-style: reverse; background: ansi_default; color: ansi_default; }
    LineInput:ansi > .input--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
    LineInput:ansi > .input--placeholder { text-style: dim; }
    """

    def __init__(self, question: Question) -> None:
        empty = f"({question.empty})" if question.empty else ""
        super().__init__(question.value, placeholder=empty, compact=True, select_on_focus=False, validate_on=())
        self.cursor_blink = False
        self.completer: Completer | None = None
        self._came = question.value
        self.styles.width = question.width or "1fr"
        self.styles.max_width = question.width or _MOST_WIDTH

    def put(self, value: str, *, is_typed: bool = False) -> None:
        """Set the value: one that it came with, or what the person typed."""
        self.value = value
        self._came = "" if is_typed else value
        self.go_to_end()

    def typed(self) -> str:
        """The text in the field."""
        return self.value

    def go_to_start(self) -> None:
        """Put the cursor on the first letter."""
        self.cursor_position = 0

    def go_to_end(self) -> None:
        """Put the cursor behind the text, with nothing selected."""
        self.cursor_position = len(self.value)

    def watch_has_focus(self, _: bool) -> None:
        """Draw the line of the field anew."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The text, on its line; `<` before it while its beginning is out of view, `>` while its end is."""
        is_blank = not self.value and not self.placeholder
        width, strip = self.size.width, super().render_line(y)
        if self.value and self.scroll_offset.x:
            strip = Strip.join([Strip([Segment("<")]), strip.crop(1)])
        if width_of(self.value or str(self.placeholder)) - self.scroll_offset.x > width:
            strip = Strip.join([strip.crop(0, width - 1), Strip([Segment(">")])])
        return _underlined(strip, self.size.width, has_focus=self.has_focus, is_blank=is_blank)

    def on_blur(self) -> None:
        """Show the beginning of the text, unless it is the terminal that lost the focus."""
        if self.app.app_focus:
            self.cursor_position = 0

    def on_paste(self, event: events.Paste) -> None:
        """Sanitise pasted text into one line; it replaces what a letter would."""
        event.text = clean_line(event.text)
        self._begin_editing(is_replacing=True)

    async def on_key(self, event: events.Key) -> None:
        """Handle the keys of a completion list, of the form, and of editing."""
        if self.has_focus and self.completer is not None and self.completer.handles(event.key):
            event.stop()
            event.prevent_default()
        elif not await _run_form_key(self, event, LINE_KEYS):
            self._before_key(event, EDITING_A_LINE)
            await edit(self, event, EDITING_A_LINE)


class TextInput(_TypedInto, TextArea):
    """An input of several lines: Enter begins a new line, Tab goes to the next field."""

    DEFAULT_CSS = """
    TextInput { width: 1fr; height: 2; padding: 0; scrollbar-size-vertical: 0; }
    TextInput:ansi > .text-area--selection { text-style: reverse; background: ansi_default; color: ansi_default; }
    """

    def __init__(self, question: Question) -> None:
        empty = f"({question.empty})" if question.empty else ""
        super().__init__(question.value, compact=True, placeholder=empty, tab_behavior="focus", show_line_numbers=False)
        self.cursor_blink = False
        self.styles.max_width = _MOST_WIDTH
        self._came = question.value
        self._fit()

    def _fit(self) -> None:
        least = 2 if self.is_attached and self.app.size.height >= _TALL else 1
        self.styles.height = max(least, min(_MOST_LINES, self.wrapped_document.height))

    def on_mount(self) -> None:
        """Have the lines from the first frame on that the terminal has room for."""
        self._fit()

    def on_resize(self) -> None:
        """Fit the height to the text in its new width."""
        self._fit()

    def put(self, value: str, *, is_typed: bool = False) -> None:
        """Set the value: one that it came with, or what the person typed."""
        self._came = "" if is_typed else value
        self.load_text(value)
        self.go_to_end()

    def typed(self) -> str:
        """The text in the field."""
        return self.text

    def go_to_start(self) -> None:
        """Put the cursor on the first letter."""
        self.move_cursor((0, 0))

    def go_to_end(self) -> None:
        """Put the cursor behind the text, with nothing selected."""
        self.move_cursor(self.document.end)

    def render_line(self, y: int) -> Strip:
        """The text, on its lines."""
        is_blank = not self.text and not self.placeholder
        return _underlined(super().render_line(y), self.size.width, has_focus=self.has_focus, is_blank=is_blank)

    def on_paste(self, event: events.Paste) -> None:
        """Sanitise pasted text; it replaces what a letter would."""
        event.text = clean_text(event.text)
        self._begin_editing(is_replacing=True)

    async def on_key(self, event: events.Key) -> None:
        """Handle the keys of the form and of editing."""
        if not await _run_form_key(self, event, FORM_KEYS):
            self._before_key(event, _EDITING_LINES)
            await edit(self, event, _EDITING_LINES)

    def on_text_area_changed(self) -> None:
        """Fit the height to the text."""
        self._fit()


class ChoiceInput(Widget, can_focus=True):
    """A choice of a few words: space or an arrow chooses the next, a letter the word that begins with it."""

    DEFAULT_CSS = "ChoiceInput { width: 1fr; height: 1; }"

    @dataclass
    class Changed(Message):
        """Another word was chosen."""

        value: str

    def __init__(self, question: Question, paint: Paint) -> None:
        super().__init__()
        self.options = question.options
        self.shown = question.shown or question.options
        self._paint = paint
        self.value = question.value
        self.completer: Completer | None = None

    def render_line(self, y: int) -> Strip:
        """All of the words, the chosen one in brackets; without room for them up to a comma, or it with its place."""
        line = self._line(self.shown)
        if columns_of(line) > self.size.width + 1:
            line = self._line([text.partition(",")[0] for text in self.shown])
        if columns_of(line) > self.size.width + 1:
            place = self.options.index(self.value)
            line = [(" ", "plain"), (f"[{self.shown[place]}]", "strong")]
            count = (f" {place + 1}/{len(self.options)}", "dim")
            if columns_of([*line, count]) <= self.size.width:
                line.append(count)
        return strip_of(line if y == 0 else [], self.size.width, self._paint)

    def _line(self, texts: Sequence[str]) -> Segments:
        line: Segments = [(" ", "plain")]
        for option, text in zip(self.options, texts, strict=True):
            is_chosen = option == self.value
            line.append((f"[{text}]" if is_chosen else f" {text} ", "strong" if is_chosen else "plain"))
            line.append((" ", "plain"))
        return line

    def put(self, value: str, *, is_typed: bool = False) -> None:
        """Choose a word."""
        if value in self.options and value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed(value))

    def _choose_next(self, step: int) -> None:
        self.put(self.options[(self.options.index(self.value) + step) % len(self.options)])

    def _of_letter(self, letter: str) -> str | None:
        """The word that begins with a letter, else the one whose sign it is, as in `o agreed`."""
        by_word = (option for option in self.options if option.startswith(letter))
        by_sign = (
            option for option, shown in zip(self.options, self.shown, strict=True) if shown.startswith(f"{letter} ")
        )
        return next(by_word, next(by_sign, None))

    def _of_other_letter(self, typed: str) -> str | None:
        """The word that is shown with this first letter of another alphabet, behind its sign where it has one."""
        if typed.isascii():
            return None
        texts = zip(self.options, self.shown, strict=True)
        return next((option for option, text in texts if text.removeprefix(f"{text[0]} ").startswith(typed)), None)

    def on_click(self) -> None:
        """Choose the next word."""
        self._choose_next(1)

    async def on_key(self, event: events.Key) -> None:
        """Choose with space, arrows, or a first letter in the Latin or the Russian layout; m unfolds as on a button."""
        if self.has_focus and self.completer is not None and self.completer.handles(event.key):
            event.stop()
            event.prevent_default()
            return
        if await _run_form_key(self, event, LINE_KEYS):
            return
        if event.key in CHOICE_STEPS:
            event.stop()
            self._choose_next(CHOICE_STEPS[event.key])
            return
        typed = (event.character or "").lower()
        letter = in_latin(typed).lower()
        by_letter = (self._of_other_letter(typed), self._of_letter(letter), self._of_letter(as_it_looks(typed)))
        found = next(filter(None, by_letter), None) if letter else None
        if found is not None:
            event.stop()
            self.put(found)
        elif letter == "m":
            event.stop()
            await self.run_action("screen.unfold")


def _that_fit(names: str, room: int, terminal: TerminalStyle) -> str:
    """Names after commas, those that fit whole."""
    parts = names.split(", ")
    for count in range(len(parts), 0, -1):
        text = ", ".join(parts[:count]) if count == len(parts) else ", ".join([*parts[:count], terminal.ellipsis])
        if width_of(text) <= room:
            return text
    return terminal.cut(names, room)


class MoreLine(Widget, can_focus=True):
    """The line that unfolds the further fields of a form, and names them."""

    DEFAULT_CSS = "MoreLine { width: 1fr; height: 1; }"

    def __init__(self, paint: Paint, terminal: Callable[[int], TerminalStyle], words: str, label_width: int) -> None:
        super().__init__(id="more")
        self._paint = paint
        self._terminal = terminal
        self._words = words
        self._label_width = label_width

    def render_line(self, y: int) -> Strip:
        """The key, and what there is."""
        mark, style = (">", "strong") if self.has_focus else (" ", "plain")
        word, key = f"{mark}{tr_in('label', 'more')}", "(m) "
        label = word + " " * (self._label_width + 1 - width_of(word))
        room = self.size.width - width_of(label) - len(key) - 1
        line = [(label, style), (key, "key"), (_that_fit(self._words, room, self._terminal(room)), "plain")]
        return strip_of(line if y == 0 else [], self.size.width, self._paint)

    def watch_has_focus(self, _: bool) -> None:
        """Draw the mark anew."""
        self.refresh()

    async def on_key(self, event: events.Key) -> None:
        """Unfold on m, Enter or space."""
        if await _run_form_key(self, event, MORE_LINE_KEYS):
            return
        if in_latin(event.character or "").lower() == UNFOLD_LETTER:
            event.stop()
            await self.run_action("screen.unfold")

    async def on_click(self) -> None:
        """Unfold on a click."""
        await self.run_action("screen.unfold")


class FormButton(Widget, can_focus=True):
    """A button after the last field: `[ Save ]`, `[ Show ]`."""

    DEFAULT_CSS = "FormButton { height: 1; margin: 0 2 0 0; }"

    def __init__(self, paint: Paint, word: str, action: str, *, id: str) -> None:  # noqa: A002
        """`action` is the screen's, on Enter or a click."""
        super().__init__(id=id)
        self._paint = paint
        self._text = f"[ {word} ]"
        self._action = action
        self.styles.width = width_of(self._text) + 1

    def render_line(self, y: int) -> Strip:
        """The button after the column of the mark; marked and in reverse when Enter does it."""
        text, width = f"{'>' if self.has_focus else ' '}{self._text}", width_of(self._text) + 1
        return strip_of([(text, "strong")] if y == 0 else [], width, self._paint, is_cursor=self.has_focus)

    async def on_key(self, event: events.Key) -> None:
        """Act on Enter; m unfolds the further fields."""
        if await _run_form_key(self, event, {**BUTTON_KEYS, "enter": self._action}):
            return
        if in_latin(event.character or "").lower() == UNFOLD_LETTER:
            event.stop()
            await self.run_action("screen.unfold")

    async def on_click(self) -> None:
        """Act on a click."""
        await self.run_action(self._action)
