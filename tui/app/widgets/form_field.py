"""One field of a form: label, input, and a hint or an error under it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.app.forms.form import CHOICE, TEXT, Question
from tui.app.theme import Paint
from tui.app.widgets.form_inputs import ChoiceInput, LineInput, TextInput
from tui.app.widgets.text_lines import Lines
from tui.render.widths import wrapped

LABEL_WIDTH = 18


class Field(Widget):
    """A question of a form with its input."""

    DEFAULT_CSS = """
    Field { height: auto; layout: vertical; }
    Field Horizontal { height: auto; }
    """

    @dataclass
    class ValueChanged(Message):
        """The value changed."""

        field: Field

    def __init__(self, question: Question, paint: Paint) -> None:
        super().__init__()
        self.question = question
        self._paint = paint
        self._input: LineInput | TextInput | ChoiceInput
        if question.kind == CHOICE:
            self._input = ChoiceInput(question, paint)
        else:
            self._input = TextInput(question) if question.kind == TEXT else LineInput(question)
        self._label = Lines(paint, id="label")
        self._label.styles.width = LABEL_WIDTH
        self._under = Lines(paint, id="under")
        self._under.styles.margin = (0, 0, 0, LABEL_WIDTH)
        self._under.display = False
        self._said = ("", "plain")

    def compose(self) -> ComposeResult:
        """Label and input, hint under them."""
        with Horizontal():
            yield self._label
            yield self._input
        yield self._under

    def on_mount(self) -> None:
        """Show the hint of the first value."""
        self.mark(is_current=False)
        self.show_hint()

    @property
    def input(self) -> LineInput | TextInput | ChoiceInput:
        """The input widget, which takes the focus."""
        return self._input

    @property
    def value(self) -> str:
        """The text or the choice in the input."""
        return self._input.text if isinstance(self._input, TextInput) else self._input.value

    def put(self, value: str) -> None:
        """Set the value."""
        if isinstance(self._input, TextInput):
            self._input.load_text(value)
        elif isinstance(self._input, ChoiceInput):
            self._input.choose(value)
        else:
            self._input.value = value
            self._input.cursor_position = len(value)

    def follow(self, value: str) -> None:
        """Set the value as it follows from another field, without posting `ValueChanged`."""
        with self.prevent(Input.Changed, TextArea.Changed, ChoiceInput.Changed):
            self.put(value)
        self.show_hint()

    def mark(self, *, is_current: bool) -> None:
        """Show whether this field has the focus."""
        mark = ">" if is_current else " "
        self._label.show([(f"{mark}{self.question.label}", "strong" if is_current else "plain")])

    # Hint and error.

    def show_hint(self) -> None:
        """Show the hint of the current value."""
        text, style = self.question.hint(self.value) if self.question.hint else ("", "plain")
        self._say(text, style)

    def refuse(self, sentence: str) -> None:
        """Show a refusal under the field."""
        self._say(sentence, "error")

    def _say(self, text: str, style: str) -> None:
        if (text, style) != self._said:
            self._said = (text, style)
            self._draw_under()

    def _draw_under(self) -> None:
        text, style = self._said
        self._under.display = bool(text)
        if text:
            width = max(20, (self.size.width or self.app.size.width) - LABEL_WIDTH)
            lines = wrapped(text, width)
            self._under.styles.height = len(lines)
            self._under.show(*([(line, style)] for line in lines))

    def on_resize(self) -> None:
        """Wrap the hint again."""
        self._draw_under()

    # Changes.

    @on(Input.Changed)
    def line_changed(self, event: Input.Changed) -> None:
        """The value changed."""
        event.stop()
        self._changed()

    @on(TextArea.Changed)
    def text_changed(self, event: TextArea.Changed) -> None:
        """The value changed."""
        event.stop()
        self._changed()

    @on(ChoiceInput.Changed)
    def choice_changed(self, event: ChoiceInput.Changed) -> None:
        """The choice changed."""
        event.stop()
        self._changed()

    def _changed(self) -> None:
        self.show_hint()
        self.post_message(self.ValueChanged(self))
