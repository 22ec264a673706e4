"""The screen that draws a form of `tui.app.forms`; it stays open until its change is saved or discarded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widget import Widget

from store.errors import FollowUpError
from store.translation import phrase, tr, tr_in
from tui.app.form_and_filter_keys import LINE_KEYS
from tui.app.forms.form import CHOICE, PATH, TEXT, Answers, Form, Plan
from tui.app.forms.name_question import EDIT, NEW, name_question, taking_as_new
from tui.app.pages.key_parts import fitting, gap_of, key_part
from tui.app.screens.menu_screen import MenuItem, MenuScreen, ruled
from tui.app.screens.question_screen import QuestionScreen
from tui.app.sync.changes_by_others import refusal_sentence
from tui.app.sync.drafts import Draft
from tui.app.sync.wait_until import wait_until
from tui.app.widgets.form_field import LABEL_WIDTH, NARROW, Field
from tui.app.widgets.form_inputs import (
    ChoiceInput,
    CompletionToggled,
    EditingBegun,
    FormButton,
    LineInput,
    MoreLine,
    VisitRequested,
)
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Lines
from tui.render.widths import width_of, wrapped

if TYPE_CHECKING:
    from tui.app.app import FollowUp
    from tui.app.long_task import LongTask

_MOST_LINES = 3
"""The most lines of a message, and of what stands behind the bar."""

_PROGRESS_SECONDS = 0.25
"""Seconds between two looks at how far a long task is."""

_MORE = phrase("more: Tab")

_TALL = 20
"""Lines of the terminal from which blank ones set the parts of a form apart."""

_HELP_ON_NAMES = phrase("Down lists them")
_HELP_ON_TEXT = phrase("Tab goes on")
_HELP_ON_CHOICE = phrase("space, a letter or Down chooses")
_HELP_ON_FILLED = phrase("typing replaces it, an arrow or End edits it")
_ALL_KEYS = phrase(
    "Tab or Down, shift+Tab or Up: next field, the one before. Down in a choice, Tab in a path: what there is. "
    "m outside of a text: more fields. ctrl+s or F2: {save}. Esc: close, and ask first when something was typed."
)
_GIVE_UP = phrase("Discard what you typed?  y discard  n keep editing  s {save}")


class FormScreen(ModalScreen[None]):
    """A form: one line a field, what the field is for above the message and the keys; a small one at the foot."""

    DEFAULT_CSS = """
    FormScreen { layout: vertical; }
    FormScreen #form { height: 1fr; }
    FormScreen #fields { height: 1fr; padding: 0 1 0 0; }
    FormScreen #buttons { height: 1; }
    FormScreen.foot #form { height: auto; background: ansi_default; }
    FormScreen.foot #fields { height: auto; }
    FormScreen.tall #fields { margin: 1 0 0 0; }
    FormScreen.tall MoreLine, FormScreen.tall #buttons, FormScreen #buttons.roomy { margin: 1 0 0 0; }
    """

    BINDINGS: ClassVar = [Binding(key, action) for key, action in LINE_KEYS.items() if key != "enter"]

    app: FollowUp

    def __init__(
        self,
        form: Form,
        draft: Draft | None = None,
        saved: Callable[[Any], None] | None = None,
        *,
        is_saved_at_once: bool = False,
    ) -> None:
        """`draft`: the values of this form when it was left unfinished. `saved` gets the result in the place of what
        else follows a save. `is_saved_at_once`: it is saved as it is, and waits for a person only where it is refused.
        """
        super().__init__()
        self.form = form
        self._draft = draft
        self._saved = saved
        self._is_saved_at_once = is_saved_at_once
        self.saving_since: float | None = monotonic() if is_saved_at_once else None
        self._long_task: LongTask | None = None
        self._is_open = False
        self._is_next_requested = False
        self._is_choosing = False
        self._is_said = False
        self._refusal = ""
        """What was refused last, while that is said."""
        self._laid_out_for: Size | None = None
        self._fields: dict[str, Field] = {}
        self._values_when_said: dict[str, str] | None = None
        """The values of the fields when the message was shown; None when there is none."""
        self._new_names: list[str] = []
        """The names that the person said are new parties."""
        self.set_class(form.is_small, "foot")

    @property
    def is_saving(self) -> bool:
        """Whether the change is being saved."""
        return self.saving_since is not None

    # Layout.

    def compose(self) -> ComposeResult:
        """Title, what there is now, fields, buttons, help, message, keys."""
        self._set_height_class()
        app, paint, form = self.app, self.app.paint, self.form
        self._fields = {question.name: Field(question, paint, app.terminal) for question in form.questions}
        further = [field for field in self._fields.values() if field.question.is_further]
        with Vertical(id="form"):
            yield Lines(paint, id="title")
            if form.about:
                yield Lines(paint, id="about")
            with VerticalScroll(id="fields", can_focus=False):
                yield from (field for field in self._fields.values() if not field.question.is_further)
                if further:
                    between = (
                        app.terminal(app.size.width).dot if any(field.question.more for field in further) else ", "
                    )
                    words = between.join(field.question.more or field.question.label for field in further)
                    yield MoreLine(paint, app.terminal, words, LABEL_WIDTH)
                    yield from further
                with Horizontal(id="buttons"):
                    yield FormButton(paint, tr(form.button.word), "screen.save", id="save")
                    if form.next_form is not None:
                        word = tr("{save}, then the next", save=tr(form.button.word))
                        yield FormButton(paint, word, "screen.save_and_next", id="save-and-next")
            yield Lines(paint, id="help")
            yield Lines(paint, id="message")
            yield KeyLine(paint, app.press, id="keys")

    def on_mount(self) -> None:
        """Fill in the draft and focus the first field."""
        self.watch(self.query_one("#fields"), "scroll_y", self._show_more, init=False)
        for field in self._fields.values():
            self._complete(field)
        if self._draft:
            for name, value in self._draft.values.items():
                if name in self._fields:
                    field = self._fields[name]
                    field.put(value, is_typed=value != field.question.value)
        self._fold(is_folded=not any(self._is_filled(field) for field in self._fields.values()))
        self._is_open = True
        first = self._fields.get(self.form.first) or next(iter(self._fields.values()))
        self.set_focus(first.input)
        first.mark(is_current=True)
        self._lay_out()
        if first.question.is_choice and not first.value and not self._is_saved_at_once:
            self.call_after_refresh(self._open_list, first)
        if self._is_saved_at_once:
            self.app.run_worker(self._save(), exit_on_error=True)

    def _open_list(self, field: Field) -> None:
        """Open the list of a field that waits for one of its names, unless something was typed meanwhile."""
        completer = field.input.completer if isinstance(field.input, LineInput) else None
        if completer is not None and field.input is self.focused and not field.value:
            completer.handles("down")

    def _complete(self, field: Field) -> None:
        question, target = field.question, field.input
        if question.candidates is not None and isinstance(target, LineInput):
            from tui.app.widgets.name_completion import Completion

            self._mount_list(Completion(target, question, self.app.terminal))
        elif isinstance(target, ChoiceInput):
            from tui.app.widgets.drop_down import ChoiceList

            self._mount_list(ChoiceList(target, self.app.terminal))
        elif question.kind == PATH and isinstance(target, LineInput):
            from tui.app.widgets.drop_down import PathList

            self._mount_list(PathList(target, self.app.terminal))

    def _mount_list(self, entries: Widget) -> None:
        # Before the form: after it, an open list would push a form up that stands at the foot.
        self.mount(entries, before="#form")

    def on_resize(self) -> None:
        """Lay out the form for another size; keep the current field visible."""
        if self.app.size != self._laid_out_for:
            self._lay_out()
        self._keep_in_sight()

    def _lay_out(self) -> None:
        """Cut title and line 2 to the width; show help and keys."""
        self._laid_out_for = self.app.size
        width = self.app.size.width
        self._set_height_class()
        self._give_room()
        terminal = self.app.terminal(width)
        title = ruled(self.form.title, terminal) if self.form.is_small else self.app.title_line(self.form.title, "")
        self.query_one("#title", Lines).show(title)
        if self.form.about:
            facts = list(self.form.about)
            while len(facts) > 1 and width_of(terminal.dot.join(facts)) > width - 2:
                facts.pop()
            about = terminal.cut(terminal.dot.join(facts), width - 2)
            self.query_one("#about", Lines).show([(f" {about}", "plain")])
        self._show_help()
        self.show_keys()

    def _set_height_class(self) -> None:
        """Tell the styles whether the screen is high; first of all, or each field would be styled anew."""
        self.set_class(self.app.size.height >= _TALL and not self.form.is_small, "tall")

    def _give_room(self) -> None:
        """Set the button apart from the last field with a blank line, where there is one left."""
        height = self.app.size.height
        is_roomy = height >= _TALL and self.form.questions[-1].kind != TEXT
        if height < _TALL and not self.form.is_small:
            shown = [field for field in self._fields.values() if field.display]
            helping = max(self._help_height(field) for field in self._fields.values())
            lines = 1 + bool(self.form.about) + len(shown) + self._is_folded + 1 + helping + 2
            is_roomy = lines < height and not any(field.question.kind == TEXT for field in shown)
        self.query_one("#buttons").set_class(is_roomy, "roomy")

    def on_screen_resume(self) -> None:
        """Keep the subject of the form visible."""
        self._keep_in_sight()

    def show_message(self) -> None:
        """Show the app's last message, after the last refusal, which may leave it unknown what is saved."""
        text, style = self.app.message
        if self._refusal:
            self._say("; ".join(filter(None, (self._refusal, text))), "error")
        else:
            self._say(text, style)

    def _say(self, text: str, style: str) -> None:
        message = self.query_one_optional("#message", Lines)
        if message is not None:
            self._is_said = bool(text)
            message.show_text(text, style, self.app.size.width, _MOST_LINES)
            self._values_when_said = dict(self.answers.values) if text else None

    def _clear_message(self) -> None:
        """Clear the message: a key did something else."""
        if self._values_when_said is not None and not self.is_saving:
            self._refusal = ""
            self._say("", "plain")
            self._show_more()

    def _show_more(self) -> None:
        """Show in the message line, while it is free, that there is more below."""
        fields, message = self.query_one("#fields", VerticalScroll), self.query_one("#message", Lines)
        if not self._is_said:
            is_more = fields.scroll_offset.y < fields.max_scroll_y
            more = tr(_MORE)
            blanks = " " * max(0, self.app.size.width - 1 - width_of(more))
            message.show(*[[(blanks, "plain"), (more, "dim")]] * is_more)

    # Further fields.

    @staticmethod
    def _is_filled(field: Field) -> bool:
        question = field.question
        is_first = question.is_default or question.kind == CHOICE
        return question.is_further and bool(field.value) and not (is_first and field.value == question.value)

    @property
    def _is_folded(self) -> bool:
        return bool(self.query(MoreLine)) and self.query_one(MoreLine).display

    def _fold(self, *, is_folded: bool) -> None:
        for more in self.query(MoreLine):
            more.display = is_folded
        for field in self._fields.values():
            if field.question.is_further:
                field.display = not is_folded
        self._give_room()

    def action_unfold(self) -> None:
        """Show the further fields, with the focus on the first of them."""
        if self._is_folded:
            self._fold(is_folded=False)
            first = next(field for field in self._fields.values() if field.question.is_further)
            self.set_focus(first.input)

    # Help and keys.

    def _show_help(self) -> None:
        """Show the help of the focused field, and how its value was understood where the field has no room."""
        field = self._current()
        note, style = field.cut_note if field is not None else ("", "plain")
        text, of_value = self._help_on(field), self._help_on_value(field)
        lasting = max(map(self._help_height, self._lasting_fields()), default=0)
        lines: list[tuple[str, str]] = [(line, style) for line in self._help_lines(note)]
        joined = self._help_lines(f"{text}; {of_value}", 2 * _MOST_LINES) if of_value else []
        if joined and len(lines) + len(joined) <= lasting:  # A form that may not grow has no line for it.
            text = f"{text}; {of_value}"
        for each in (text, "" if lasting else of_value):
            lines += [(line, "plain") for line in self._help_lines(each, _MOST_LINES - len(lines))]
        shown = self.query_one("#help", Lines)
        height = max(len(lines), lasting, 1)
        if shown.styles.height is None or shown.styles.height.value != height:
            shown.styles.height = height
        bar = f"{self.app.terminal(self.app.size.width).bar} "
        shown.show(*([(" ", "plain"), (bar, "dim"), line] for line in lines))

    @property
    def _is_narrow(self) -> bool:
        return self.app.size.width < NARROW

    def _lasting_fields(self) -> list[Field]:
        """The fields whose room is fixed, or the form would jump with every other one."""
        return list(self._fields.values()) if self.form.is_small or self._is_narrow else []

    def _help_height(self, field: Field) -> int:
        """The number of lines of a field for its help, and for how its value was understood."""
        of_note = field.question.note_lines if self._is_narrow and field.question.hint else 0
        return min(_MOST_LINES, of_note + len(self._help_lines(self._help_on(field))))

    def _help_lines(self, text: str, most: int = _MOST_LINES) -> list[str]:
        """A text in the lines that stand behind the bar, `most` of them."""
        terminal = self.app.terminal(self.app.size.width)
        room = terminal.width - 4
        lines = [line for part in text.split("\n") for line in wrapped(terminal.encodable(part), room)] if text else []
        if len(lines) > most:
            lines = [*lines[: most - 1], terminal.cut(" ".join(lines[most - 1 :]), room)] if most else []
        return lines

    def _help_on(self, field: Field | None) -> str:
        if field is None:
            return self._help_on_button()
        text = field.question.help
        if field.question.is_choice and tr("Down") not in text:
            text = f"{text} ({tr(_HELP_ON_NAMES)})" if text else tr(_HELP_ON_NAMES)
        if field.question.kind == TEXT:
            text = f"{text}; {tr(_HELP_ON_TEXT)}" if text else tr(_HELP_ON_TEXT)
        if field.question.kind == CHOICE:
            text = f"{text}; {tr(_HELP_ON_CHOICE)}" if text else tr(_HELP_ON_CHOICE)
        return text

    @staticmethod
    def _help_on_value(field: Field | None) -> str:
        """The effect of typing on a value in the field."""
        is_replaced = (
            field is not None and not isinstance(field.input, ChoiceInput) and field.input.is_replaced_by_typing
        )
        return tr(_HELP_ON_FILLED) if is_replaced else ""

    def _help_on_button(self) -> str:
        if isinstance(self.focused, MoreLine):
            return tr("Enter or m shows these fields; Tab goes on")
        return tr("m shows the further fields") if self._is_folded else ""

    def show_keys(self) -> None:
        """Show the keys of the focused widget."""
        field, word = self._current(), tr(self.form.button.word).lower()
        is_choice = field is not None and (field.question.kind == CHOICE or field.question.is_choice)
        if self._is_choosing:
            keys = [
                ("Enter", tr_in("key", "take it, next"), "enter"),
                (tr("Up Down"), tr_in("key", "choose"), ""),
                ("Esc", tr_in("key", "close the list") if is_choice else tr_in("key", "keep as typed"), "escape"),
            ]
        else:
            if field is not None and field.question.kind == TEXT:
                keys = [("Enter", tr_in("key", "new line"), ""), ("Tab", tr_in("key", "next"), "tab")]
            elif field is not None:
                keys = [("Enter", tr_in("key", "next"), "enter")]
            elif isinstance(self.focused, MoreLine):
                keys = [("Enter", tr_in("key", "more"), "enter")]
            else:
                keys = [("Enter", word, "enter")]
            keys.append(("ctrl+s", word, "ctrl+s"))
            if self.form.next_form is not None:
                keys.append(("ctrl+n", tr_in("key", "{save} and next", save=word), "ctrl+n"))
            keys += [("F1", tr_in("key", "keys"), "f1"), ("Esc", tr_in("key", "close"), "escape")]
        parts = [key_part(*each) for each in keys]
        width = self.app.size.width
        gap = gap_of(parts, width)
        self.query_one("#keys", KeyLine).show_parts(fitting(parts, width, kept=1, gap=gap), gap)

    def action_show_all_keys(self) -> None:
        """Show all keys of the form; the typed values stay."""
        word = tr(self.form.button.word).lower()
        if self.form.next_form is not None:
            word = tr("{save}, ctrl+n: {save} and begin the next", save=word)
        self._say(tr(_ALL_KEYS, save=word), "plain")

    def _current(self) -> Field | None:
        return next((field for field in self._fields.values() if field.input is self.focused), None)

    def _keep_in_sight(self) -> None:
        here = self._current() or self.focused
        if here is not None:
            self.call_after_refresh(here.scroll_visible, animate=False)
            self.call_after_refresh(self._show_more)
        if self.form.is_small:
            self.call_after_refresh(self._keep_rows_in_sight)

    def _keep_rows_in_sight(self) -> None:
        """Keep the row that a form at the foot is about visible above it."""
        if self.is_current:
            self.app.base_screen.cover_from(self.query_one("#form").region.y)

    # Focus.

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Mark the focused field, and show its help."""
        self._show_focus(event.widget)

    def _show_focus(self, stop: Widget) -> None:
        """Mark a field that has the focus, and say what it is for; in the frame that moves the cursor there."""
        for field in self._fields.values():
            field.mark(is_current=field.input is stop)
        self._is_choosing = False
        self._show_help()
        self.show_keys()
        self._keep_in_sight()

    def on_descendant_blur(self) -> None:
        """Save a draft when a field is left."""
        if not self.is_saving:
            self.keep_draft()

    def _stops(self) -> list[Widget]:
        fields = [field.input for field in self._fields.values() if field.display]
        return [*fields, *(more for more in self.query(MoreLine) if more.display), *self.query(FormButton)]

    def action_step(self, step: int) -> None:
        """Go to the next field or the one before."""
        stops = self._stops()
        here = stops.index(self.focused) if self.focused in stops else 0
        self._enter(stops[max(0, min(here + step, len(stops) - 1))])

    def action_enter(self) -> None:
        """Go to the next field, from the last to the button."""
        stops = [stop for stop in self._stops() if not isinstance(stop, MoreLine)]
        here = stops.index(self.focused) if self.focused in stops else 0
        self._enter(stops[min(here + 1, len(stops) - 1)])

    def _enter(self, stop: Widget) -> None:
        """Go to a field or a button."""
        self._clear_message()
        self.set_focus(stop)
        self._show_focus(stop)

    @on(Field.ValueChanged)
    def field_changed(self, event: Field.ValueChanged) -> None:
        """Update the fields that depend on this one; a message goes with the first key that changes a field."""
        if self._values_when_said not in (None, dict(self.answers.values)):
            self._clear_message()
        for name, value in self.form.follow(event.field.question.name, self.answers).items():
            self._fields[name].follow(value)
        self._show_help()
        self._keep_in_sight()

    @on(EditingBegun)
    def editing_begun(self) -> None:
        """Remove the hint that typing replaces the value."""
        self._show_help()

    @on(CompletionToggled)
    def completion_toggled(self, event: CompletionToggled) -> None:
        """Show the keys that work while the list under a field is open, or those of the field again."""
        self._is_choosing = event.is_open
        self.show_keys()

    @on(VisitRequested)
    def visit_requested(self, event: VisitRequested) -> None:
        """Open the form of a new visit, and come back with it."""
        field = self._current()

        def made(slug: Any) -> None:
            if field is not None:
                field.put(str(slug), is_typed=True)
                field.show_hint()
                self.action_enter()

        self.app.make_visit(event.typed, made)

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
            kept = dict(self.answers.values) if self.form.keeps_all_in_draft else values
            self._draft = self.app.drafts.keep(self.form.name, self.form.subject, kept, self._draft)
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
            self._say(tr("saving: wait a moment"), "plain")
        elif self.answers.changed:
            self.app.push_screen(
                QuestionScreen(tr(_GIVE_UP, save=tr(self.form.button.word).lower())), self._answer_give_up
            )
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
        self._save_now(is_next_requested=False)

    def action_save_and_next(self) -> None:
        """Save, and begin the next one; where there is no next, do nothing."""
        if self.form.next_form is not None:
            self._save_now(is_next_requested=True)

    def _save_now(self, *, is_next_requested: bool) -> None:
        if not self.is_saving and self.app.screen is self:
            self._is_next_requested = is_next_requested
            self._refusal = ""
            self.saving_since = monotonic()
            self.app.run_worker(self._save(), exit_on_error=True)

    async def _save(self) -> None:
        from tui.app.screens.save_form_in_background import SaveOutcome, save_plan

        self.keep_draft()
        is_typed = self._draft is not None
        try:
            answers = self.answers
            plan = self._plan()
            with self._progress_shown(plan.task):
                result = await save_plan(self.app, plan, form=self, is_typed=is_typed)
        except FollowUpError as error:
            self.saving_since = None
            self._refuse(error)
        else:
            if result.outcome == SaveOutcome.KEPT:
                self._draft = None
            await wait_until(lambda: self.app.screen is self)
            self._close()
            try:
                if self._saved is not None and result.outcome == SaveOutcome.SAVED:
                    self.app.say(result.text)
                    self._saved(result.value)
                else:
                    result.finish(self.app)
                if self._is_next_requested and self.form.next_form is not None:
                    self.app.open_next_form(self.form.next_form, answers)
            except FollowUpError as error:
                self.app.refuse(error)
        if self._is_saved_at_once:
            self._is_saved_at_once = False
            self.app.key_dispatcher.forget_typed()  # Who pressed them saw another screen than the one that comes.
        self.app.call_next(self.app.key_dispatcher.resume)

    @contextmanager
    def _progress_shown(self, task: LongTask | None) -> Iterator[None]:
        """Show the progress of a long task, and how to stop it."""
        if task is None:
            yield
            return

        def show() -> None:
            if words := task.words:
                self._say(tr("{progress}; Esc stops it", progress=words), "plain")

        self._long_task, timer = task, self.set_interval(_PROGRESS_SECONDS, show)
        try:
            yield
        finally:
            timer.stop()
            self._long_task = None

    def stop_saving(self) -> bool:
        """Stop a long task. Returns whether there is one."""
        if self._long_task is None:
            return False
        self._long_task.stop()
        return True

    def _plan(self) -> Plan:
        return taking_as_new(self.form.plan(self.answers), self._new_names)

    def _ask_about_name(self, error: FollowUpError, field: Field) -> None:
        """Ask which party an ambiguous name means, and save with the answer."""
        asked = name_question(error, field.question)
        if asked is None:
            return

        def answered(letter: str | None) -> None:
            if letter in (None, EDIT):
                return
            if letter == NEW:
                self._new_names.append(asked.name)
            else:
                corrected = asked.corrected(letter, field.value, field.question, self.app.snapshot.parties)
                field.put(corrected, is_typed=True)
            self.action_save()

        self.app.key_dispatcher.forget_typed()
        choices = [MenuItem(letter, text) for letter, (text, _) in asked.answers.items()]
        self.app.push_screen(MenuScreen(asked.title, choices, is_one_marked=False), answered)

    def _refuse(self, error: FollowUpError) -> None:
        sentence = refusal_sentence(error)
        if len(self.form.subject.numbers) > 1:
            sentence = tr(
                "{refusal}; nothing was saved: Esc closes this, space takes one out of the selection", refusal=sentence
            )
        field = self._fields.get(error.field or "")
        for other in self._fields.values():
            other.show_hint()
        if field is None:
            self._refusal = sentence
            self._say(sentence, "error")
            return
        if field.question.is_further:
            self._fold(is_folded=False)
        self._say(tr("not {done}", done=tr(self.form.button.done)), "error")
        self.set_focus(field.input)
        field.refuse(sentence)
        self._show_help()
        self._keep_in_sight()
        self._ask_about_name(error, field)
