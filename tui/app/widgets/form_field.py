"""One field of a form: label, input, how its value was understood, and the refusal beside or under it.

On a narrow terminal the form says that in its place for the help, of the field that has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui.app.forms.form import CHOICE, TEXT, Question
from tui.app.theme import Paint
from tui.app.widgets.form_inputs import ChoiceInput, LineInput, TextInput
from tui.app.widgets.segment_strips import strip_of
from tui.app.widgets.text_lines import regions_that_differ
from tui.render.segments import Segments, columns_of
from tui.render.terminal_style import TerminalStyle
from tui.render.widths import wrapped

LABEL_WIDTH = 15
_GAP = 2
"""Columns between a field and what was understood."""

NARROW = 70
"""Columns below which what was understood has no room beside the field."""


class Field(Widget):
    """A question of a form with its input, around which it draws its label and notes itself.

    A widget for each of them would double what a form costs to open.
    """

    DEFAULT_CSS = "Field { height: auto; layout: vertical; }"

    @dataclass
    class ValueChanged(Message):
        """The value changed."""

        field: Field

    def __init__(self, question: Question, paint: Paint, terminal: Callable[[int], TerminalStyle]) -> None:
        super().__init__()
        self.question = question
        self._terminal = terminal
        self._input: LineInput | TextInput | ChoiceInput
        if question.kind == CHOICE:
            self._input = ChoiceInput(question, paint)
        else:
            self._input = TextInput(question) if question.kind == TEXT else LineInput(question)
        self._input.styles.margin = (0, 0, 0, LABEL_WIDTH)
        self._paint = paint
        self._label: Segments = []
        self._notes: list[Segments] = []
        """What was understood or refused, beside the input or under it."""
        self._is_beside = False
        self._understood = ("", "plain")
        self._error = ""
        self._is_current = False
        self.cut_note = ("", "plain")
        """What was understood or refused, with its style, where there is no room for all of it at the field."""
        self._drawn: object = None

    def compose(self) -> ComposeResult:
        """The input."""
        yield self._input

    def render_line(self, y: int) -> Strip:
        """The label before the input, and the notes beside it or under it."""
        first, column = self._place_of_notes
        line: Segments = list(self._label) if y == 0 else []
        if 0 <= y - first < len(self._notes):
            line += [(" " * (column - columns_of(line)), "plain"), *self._notes[y - first]]
        return strip_of(line, self.size.width, self._paint)

    @property
    def _place_of_notes(self) -> tuple[int, int]:
        """The line and the column at which the notes begin."""
        if self._is_beside:
            return 0, LABEL_WIDTH + self.question.width + _GAP
        return self._input.outer_size.height, LABEL_WIDTH

    def on_mount(self) -> None:
        """Show the hint of the first value."""
        self.mark(is_current=False)
        self.show_hint()
        self._draw_notes()

    @property
    def input(self) -> LineInput | TextInput | ChoiceInput:
        """The input widget, which takes the focus."""
        return self._input

    @property
    def value(self) -> str:
        """The text or the choice in the input."""
        return self._input.text if isinstance(self._input, TextInput) else self._input.value

    def put(self, value: str, *, is_typed: bool = False) -> None:
        """Set the value: the initial one, or one typed by the person."""
        self._input.put(value, is_typed=is_typed)

    def follow(self, value: str) -> None:
        """Set the value as it follows from another field, without posting `ValueChanged`."""
        if value != self.value:
            with self.prevent(Input.Changed, TextArea.Changed, ChoiceInput.Changed):
                # A path that was typed stays what was typed, with another ending.
                self.put(value, is_typed=not isinstance(self._input, ChoiceInput) and self._input.is_own)
        self.show_hint()

    def mark(self, *, is_current: bool) -> None:
        """Show whether this field has the focus."""
        self._is_current = is_current
        mark, style = (">", "strong") if is_current else (" ", "plain")
        label: Segments = [(f"{mark}{self.question.label}", "error" if self._error else style)]
        if label != self._label:
            self._label = label
            self.refresh(Region(0, 0, LABEL_WIDTH, 1))

    # What was understood, and what is wrong.

    def show_hint(self) -> None:
        """Show how the current value was understood, replacing an error too."""
        self._understood = self.question.hint(self.value) if self.question.hint else ("", "plain")
        self._error = ""
        self._draw_notes()

    def refuse(self, sentence: str) -> None:
        """Show a refusal at the field in full; the next typed value replaces the refused one."""
        if not isinstance(self._input, TextInput) and self._input.completer is not None:
            self._input.completer.hide()
        self._error = sentence
        self._draw_notes()
        if not isinstance(self._input, ChoiceInput):
            self._input.replace_when_typed()

    def _draw_notes(self) -> None:
        width = self.app.size.width
        drawn = (self._understood, self._error, width)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self.mark(is_current=self._is_current)
        if width < NARROW:
            self._show_notes([], is_beside=False)
            self.cut_note = (self._error, "error") if self._error else self._understood
            return
        self.cut_note = ("", "plain")
        is_beside = bool(self.question.width) and self.question.hint is not None
        room = width - LABEL_WIDTH - 2
        beside = room - self.question.width - _GAP if is_beside else room
        if self._error and not (is_beside and self._fits(self._error, beside)):
            is_beside = False
            notes: list[Segments] = [[(line, "error")] for line in wrapped(self._error, max(10, room))]
        elif self._error:
            notes = self._noted(self._error, "error", beside)
        else:
            notes = self._noted(*self._understood, beside)
        self._show_notes(notes, is_beside=is_beside)

    def _show_notes(self, notes: list[Segments], *, is_beside: bool) -> None:
        """Show notes, drawing only the lines that differ; they have their lines beside the input, or below it."""
        old, old_place = self._notes, self._place_of_notes
        self._notes, self._is_beside = notes, is_beside
        lines_below = self.question.note_lines - 1 if is_beside else len(notes)
        if self._input.styles.margin.bottom != lines_below:
            self._input.styles.margin = (0, 0, lines_below, LABEL_WIDTH)
        first, column = self._place_of_notes
        if old_place != (first, column):
            self.refresh()
            return
        for region in regions_that_differ(old, notes, self.size.width - column):
            self.refresh(region.translate((column, first)))

    def _fits(self, text: str, room: int) -> bool:
        """Whether a refusal fits into the lines free beside the field."""
        return len(wrapped(text, max(10, room))) <= self.question.note_lines

    def _noted(self, text: str, style: str, room: int) -> list[Segments]:
        """The hint or refusal, in the lines free for it."""
        if not text:
            return []
        lines = [part for line in text.split("\n") for part in wrapped(line, max(10, room))]
        most = self.question.note_lines
        if len(lines) > most and style != "dim":  # What is dim only repeats whose name was typed.
            self.cut_note = (" ".join(text.split("\n")), style)
        if len(lines) > most:
            lines = [*lines[: most - 1], self._terminal(room).cut(" ".join(lines[most - 1 :]), room)]
        return [[(line, style)] for line in lines]

    def on_resize(self) -> None:
        """Lay out the hint for the new width."""
        self._draw_notes()

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
