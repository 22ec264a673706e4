"""The screen that draws a form of `tui.app.forms`; it stays open until its change is saved or discarded."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget

from store.errors import FollowUpError
from tui.app.forms.form import TEXT, Answers, Form, Plan
from tui.app.forms.name_question import EDIT, NEW, name_question, taking_as_new
from tui.app.screens.menu_screen import MenuItem, MenuScreen
from tui.app.screens.question_screen import QuestionScreen
from tui.app.sync.changes_by_others import refusal_sentence
from tui.app.sync.drafts import Draft
from tui.app.sync.wait_until import wait_until
from tui.app.widgets.form_field import Field
from tui.app.widgets.form_inputs import CompletionToggled, LineInput, SaveButton
from tui.app.widgets.text_lines import Lines

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_KEYS = "enter next  ctrl+s {}  esc close"
_KEYS_IN_TEXT = "enter new line  tab next  ctrl+s {}  esc close"
_KEYS_IN_LIST = "enter take it  up/down choose  esc keep what is typed"
_MOST_LINES = 3
"""The most lines of a message."""

_GIVE_UP = "Discard what you typed?  y discard  n keep editing  s {}"


class FormScreen(ModalScreen[None]):
    """A form: one line a field, a hint or an error under it, message and keys in the last lines."""

    DEFAULT_CSS = """
    FormScreen { layout: vertical; }
    FormScreen #fields { height: 1fr; padding: 0 1 0 0; }
    """

    BINDINGS: ClassVar = [
        Binding("ctrl+s,f2", "save", "save"),
        Binding("escape", "give_up", "close"),
        Binding("tab,down", "step(1)", "next"),
        Binding("shift+tab,up", "step(-1)", "before"),
    ]

    app: FollowUp

    def __init__(self, form: Form, draft: Draft | None = None) -> None:
        """`draft`: the values of this form when it was left unfinished."""
        super().__init__()
        self.form = form
        self._draft = draft
        self.saving_since: float | None = None
        self._is_open = False
        self._fields: dict[str, Field] = {}
        self._new_names: list[str] = []
        """The names that the person said are new parties."""

    @property
    def is_saving(self) -> bool:
        """Whether the change is being saved."""
        return self.saving_since is not None

    # Layout.

    def compose(self) -> ComposeResult:
        """Title, fields, button, message, keys."""
        paint = self.app.paint
        self._fields = {question.name: Field(question, paint) for question in self.form.questions}
        yield Lines(paint, id="title", height=2)
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._fields.values()
            yield SaveButton(paint, self.form.button.word)
        yield Lines(paint, id="message")
        yield Lines(paint, id="keys")

    def on_mount(self) -> None:
        """Fill in the draft and focus the first field."""
        for field in self._fields.values():
            self._complete(field)
        if self._draft:
            for name, value in self._draft.values.items():
                if name in self._fields:
                    self._fields[name].put(value)
        self._is_open = True
        self.set_focus(next(iter(self._fields.values())).input)

    def _complete(self, field: Field) -> None:
        if field.question.candidates is not None and isinstance(field.input, LineInput):
            from tui.app.widgets.name_completion import Completion

            self.mount(Completion(field.input, field.question))

    def on_resize(self) -> None:
        """Cut the title to the width; keep the current field visible."""
        width = self.size.width
        title = self.app.terminal(width).cut(self.form.title, width - 2)
        self.query_one("#title", Lines).show([(f" {title}", "heading")])
        self._keep_in_sight()

    def show_message(self) -> None:
        """Show the app's last message."""
        self._say(*self.app.message)

    def _say(self, text: str, style: str) -> None:
        message = self.query_one_optional("#message", Lines)
        if message is not None:
            message.show_text(text, style, self.size.width, _MOST_LINES)

    def show_keys(self, *, is_choosing: bool = False) -> None:
        """Show the keys of the focused field."""
        field = self._current()
        keys = _KEYS_IN_TEXT if field is not None and field.question.kind == TEXT else _KEYS
        keys = keys.format(self.form.button.word.lower())
        self.query_one("#keys", Lines).show([(f" {_KEYS_IN_LIST if is_choosing else keys}", "dim")])

    def _current(self) -> Field | None:
        return next((field for field in self._fields.values() if field.input is self.focused), None)

    def _keep_in_sight(self) -> None:
        here = self._current() or self.focused
        if here is not None:
            self.call_after_refresh(here.scroll_visible, animate=False)

    # Focus.

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the focused field."""
        for field in self._fields.values():
            field.mark(is_current=field.input is event.widget)
        self.show_keys()
        self._keep_in_sight()

    def on_descendant_blur(self) -> None:
        """Save a draft when a field is left."""
        if not self.is_saving:
            self.keep_draft()

    def _stops(self) -> list[Widget]:
        return [*(field.input for field in self._fields.values()), self.query_one(SaveButton)]

    def action_step(self, step: int) -> None:
        """Go to the next field or the one before."""
        stops = self._stops()
        here = stops.index(self.focused) if self.focused in stops else 0
        self.set_focus(stops[max(0, min(here + step, len(stops) - 1))])

    @on(Field.ValueChanged)
    def field_changed(self, event: Field.ValueChanged) -> None:
        """Update the fields that depend on this one."""
        for name, value in self.form.follow(event.field.question.name, self.answers).items():
            self._fields[name].follow(value)
        self._keep_in_sight()

    @on(CompletionToggled)
    def completion_toggled(self, event: CompletionToggled) -> None:
        """Show the keys that work while the list of known names is open, or those of the field again."""
        self.show_keys(is_choosing=event.is_open)

    # Answers and drafts.

    @property
    def answers(self) -> Answers:
        """The current values of the fields."""
        return Answers(self.form.questions, {name: field.value for name, field in self._fields.items()})

    def keep_draft(self) -> None:
        """Save a draft of the changed fields, or remove it when none is changed."""
        if not self._is_open or not self.form.name:
            return
        values = self.answers.changed
        if values:
            self._draft = self.app.drafts.keep(self.form.name, self.form.subject, values, self._draft)
        else:
            self._forget_draft()

    def _forget_draft(self) -> None:
        if self._draft is not None:
            self.app.drafts.remove(self._draft)
            self._draft = None

    # Closing.

    def action_give_up(self) -> None:
        """Close; ask first when something was changed."""
        if self.is_saving:
            self._say("saving: wait a moment", "plain")
        elif self.answers.changed:
            self.app.push_screen(QuestionScreen(_GIVE_UP.format(self.form.button.word.lower())), self._answer_give_up)
        else:
            self._close()

    def _answer_give_up(self, letter: str | None) -> None:
        if letter == "y":
            self._close()
        elif letter == "s":
            self.action_save()

    def _close(self) -> None:
        self._is_open = False
        self._forget_draft()
        self.dismiss(None)

    # Saving.

    def action_save(self) -> None:
        """Save in the background; the form stays open until that is done."""
        if not self.is_saving and self.app.screen is self:
            self.saving_since = monotonic()
            self.app.run_worker(self._save(), exit_on_error=True)

    async def _save(self) -> None:
        from tui.app.screens.save_plan import SaveOutcome, save_plan

        self.keep_draft()
        is_typed = self._draft is not None
        try:
            result = await save_plan(self.app, self._plan(), form=self, is_typed=is_typed)
        except FollowUpError as error:
            self.saving_since = None
            self._refuse(error)
        else:
            if result.outcome == SaveOutcome.KEPT:
                self._draft = None
            await wait_until(lambda: self.app.screen is self)
            self._close()
            try:
                result.finish(self.app)
            except FollowUpError as error:
                self.app.refuse(error)
        self.app.call_next(self.app.key_dispatcher.resume)

    def _plan(self) -> Plan:
        return taking_as_new(self.form.plan(self.answers), self._new_names)

    def _ask_about_name(self, error: FollowUpError, field: Field) -> None:
        """Ask what a name means that may be a known party or several, and save with the answer."""
        asked = name_question(error, field.question)
        if asked is None:
            return

        def answered(letter: str | None) -> None:
            if letter in (None, EDIT):
                return
            if letter == NEW:
                self._new_names.append(asked.name)
            else:
                field.put(asked.corrected(letter, field.value, field.question, self.app.snapshot.parties))
            self.action_save()

        self.app.key_dispatcher.forget_typed()
        choices = [MenuItem(letter, text) for letter, (text, _) in asked.answers.items()]
        self.app.push_screen(MenuScreen(asked.title, choices, is_one_marked=False), answered)

    def _refuse(self, error: FollowUpError) -> None:
        sentence = refusal_sentence(error)
        if len(self.form.subject.numbers) > 1:
            sentence += "; nothing was saved: Esc closes this, space takes one out of the selection"
        field = self._fields.get(error.field or "")
        for other in self._fields.values():
            other.show_hint()
        if field is None:
            self._say(sentence, "error")
            return
        self._say(f"not {self.form.button.done}", "error")
        field.refuse(sentence)
        self.set_focus(field.input)
        self._keep_in_sight()
        self._ask_about_name(error, field)
