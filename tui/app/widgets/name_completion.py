"""Completion of names: a list of known names under a field. Drawn as plain text, never as markup."""

from collections.abc import Callable
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input
from textual_autocomplete import AutoComplete, DropdownItem, TargetState

from store.fold_case_and_accents import fold, words
from store.sanitise_text import visible
from store.translation import tr
from tui.app.form_and_filter_keys import SAVING_KEYS
from tui.app.forms.form import Candidate, Question
from tui.app.forms.name_fields import last_part
from tui.app.widgets.drop_down import LIST_CSS, Entries, entry, place_under
from tui.app.widgets.form_inputs import CompletionToggled, LineInput, VisitRequested
from tui.render.terminal_style import TerminalStyle


class _Item(DropdownItem):
    """A candidate in the list; `is_new`: what is typed, to be made."""

    def __init__(self, candidate: Candidate, shown: Content, *, is_new: bool = False) -> None:
        super().__init__(shown)
        self.candidate = candidate
        self.is_new = is_new

    @property
    def value(self) -> str:
        return self.candidate.text


class Completion(AutoComplete):
    """Completes the name that is typed in a field, the last one of a list."""

    DEFAULT_CSS = f"Completion {{ {LIST_CSS} }}"

    def __init__(self, target: LineInput, question: Question, terminal: Callable[[int], TerminalStyle]) -> None:
        super().__init__(target)
        target.completer = self
        self._terminal = terminal
        self._is_list = question.is_list
        self._makes_visit = question.makes_visit
        self._is_choice = question.is_choice
        assert question.candidates is not None
        self._items = [_Item(candidate, Content(candidate.shown)) for candidate in question.candidates()]
        self._is_open = False
        self._is_asked = False
        self._entries: Entries | None = None

    def compose(self) -> ComposeResult:
        """Nothing: the list is made when it is needed first."""
        yield from ()

    @property
    def option_list(self) -> Entries:
        """The list. Most of a form's are never opened, and a form opens sooner without them."""
        if self._entries is None:
            self._entries = Entries(self._terminal)
            self.mount(self._entries)
        return self._entries

    def _rebuild_options(self, target_state: TargetState, search_string: str) -> None:
        if self._entries is not None or self.target.has_focus:
            super()._rebuild_options(target_state, search_string)

    # Candidates.

    def get_search_string(self, target_state: TargetState) -> str:
        """The name that is being typed."""
        text = target_state.text
        if target_state.cursor_position < len(text.rstrip()):
            return ""  # No completion with the cursor inside of the text.
        return last_part(text)[1].strip() if self._is_list else text.strip()

    def get_matches(
        self, target_state: TargetState, candidates: list[DropdownItem], search_string: str
    ) -> list[DropdownItem]:
        """The candidates that have a name, or a word of one, which begins so; best first."""
        typed = fold(search_string)
        if self._is_asked and (not typed or self._is_whole(typed)):
            found = [self._item(item.candidate) for item in self._items]
        elif not typed:
            return []
        else:
            ranked = [(rank, item) for item in self._items if (rank := _rank(item.candidate, typed)) is not None]
            found = [self._item(item.candidate) for _, item in sorted(ranked, key=lambda pair: pair[0])]
        if self._makes_visit and not self._is_whole(typed):
            new = tr('new visit "{typed}"', typed=visible(search_string)) if typed else tr("new visit ...")
            found.append(self._item(Candidate(search_string, new, ()), is_new=True))
        return list(found)

    def _item(self, candidate: Candidate, *, is_new: bool = False) -> _Item:
        return _Item(candidate, entry(candidate.shown, self.target, self._terminal), is_new=is_new)

    def _is_whole(self, typed: str) -> bool:
        """Whether a candidate is typed in full."""
        if self._makes_visit:
            return any(typed == fold(item.candidate.text) for item in self._items)
        return any(typed in map(fold, item.candidate.names) for item in self._items)

    def get_candidates(self, target_state: TargetState) -> list[DropdownItem]:
        """All candidates."""
        return cast(list[DropdownItem], self._items)

    def should_show_dropdown(self, search_string: str) -> bool:
        """Whether there are candidates, none of them typed in full already; not before something is typed."""
        typed = fold(search_string)
        is_typed = bool(typed) and self.target.has_focus and self.target.selection.is_empty
        return is_typed and bool(self.option_list.option_count) and not self._is_whole(typed)

    def _handle_target_update(self) -> None:
        self._is_asked = False
        super()._handle_target_update()

    def _open(self) -> bool:
        """Open the list with all candidates, on the one that is typed. Returns whether there are any."""
        self._is_asked = True
        self._align_and_rebuild()
        names = self.option_list
        if not names.option_count:
            return False
        typed = fold(self.target.value.strip())
        whole = (at for at, item in enumerate(self._items) if typed and typed in map(fold, item.candidate.names))
        names.highlighted = min(next(whole, 0), names.option_count - 1)
        self._align_to_target()
        self.action_show()
        return True

    # Completing.

    def apply_completion(self, value: str, state: TargetState) -> None:
        """Replace the typed part with the name."""
        before = last_part(state.text)[0] if self._is_list else ""
        self.target.value = before + value
        self.target.cursor_position = len(self.target.value)

    def post_completion(self) -> None:
        """Hide the list, and post the field's `Changed`, which AutoComplete held back."""
        self.action_hide()
        self.target.post_message(Input.Changed(self.target, self.target.value))

    # Keys, which the input offers here first; the base class would hear of them afterwards.

    def handles(self, key: str) -> bool:
        """Handle a key: Down opens the list of a choice, the others while it is open. Returns whether it did; not of
        Enter and Tab that took a name, which go on to the next field as well.
        """
        if not self.display or not self.option_list.option_count:
            return key == "down" and self._is_choice and self._open()
        names = self.option_list
        highlighted = names.highlighted or 0
        if key in ("down", "up"):
            names.highlighted = (highlighted + (1 if key == "down" else -1)) % names.option_count
        elif key in ("enter", "tab"):
            return self._take(highlighted)
        elif key == "escape":
            self.hide()
        else:
            if key in SAVING_KEYS:
                self.hide()
            return False
        return True

    def _take(self, position: int) -> bool:
        """Take an entry. Returns whether the form is to stay at this field, until a visit is made."""
        item = self.option_list.get_option_at_index(position)
        if isinstance(item, _Item) and item.is_new:
            self.action_hide()
            self.post_message(VisitRequested(item.candidate.text))
            return True
        self._complete(position)
        return False

    def _listen_to_messages(self, event: events.Event) -> None:
        if isinstance(event, Input.Changed):
            self._handle_target_update()

    def hide(self) -> None:
        """Close the list."""
        self.action_hide()

    def action_hide(self) -> None:
        """Hide the list."""
        super().action_hide()
        self._notify(is_open=False)

    def action_show(self) -> None:
        """Show the list."""
        super().action_show()
        self._notify(is_open=True)

    def _notify(self, *, is_open: bool) -> None:
        if is_open != self._is_open:
            self._is_open = is_open
            self.post_message(CompletionToggled(is_open))

    def _align_to_target(self) -> None:
        if self._entries is not None:
            place_under(self, self.target, self._entries)


def _rank(candidate: Candidate, typed: str) -> int | None:
    """Rank a candidate: 0 when a name begins so, 1 when a word of one does; None for no match."""
    names = [fold(name) for name in candidate.names]
    if any(name.startswith(typed) for name in names):
        return 0
    if any(word.startswith(typed) for name in names for word in words(name)):
        return 1
    return None
