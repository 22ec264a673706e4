"""Completion of names: a list of known names under a field. Drawn as plain text, never as markup."""

from typing import cast

from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Offset
from textual.strip import Strip
from textual.widgets import Input
from textual_autocomplete import AutoComplete, AutoCompleteList, DropdownItem, TargetState

from store.text import fold, words
from tui.app.forms.form import Candidate, Question
from tui.app.forms.name_fields import last_part
from tui.app.widgets.form_inputs import CompletionToggled, LineInput
from tui.app.widgets.segment_strips import harmless

_REVERSE = Style(reverse=True)
_MOST = 6
"""Names that are shown at once."""


class _Item(DropdownItem):
    """A candidate in the list."""

    def __init__(self, candidate: Candidate) -> None:
        super().__init__(Content(candidate.shown))
        self.candidate = candidate

    @property
    def value(self) -> str:
        return self.candidate.text


class _Names(AutoCompleteList):
    """The list. Textual drops the reverse of a style without colours, so the highlighted line is drawn here."""

    def render_line(self, y: int) -> Strip:
        strip = harmless(super().render_line(y)).adjust_cell_length(self.size.width)
        return strip.apply_style(_REVERSE) if self.scroll_offset.y + y == self.highlighted else strip


class Completion(AutoComplete):
    """Completes the name that is typed in a field, the last one of a list."""

    DEFAULT_CSS = f"""
    Completion {{
        max-height: {_MOST};
        background: ansi_default;
        & AutoCompleteList {{
            color: ansi_default;
            background: ansi_default;
            border-left: ascii ansi_default;
            width: 100%;
            max-height: {_MOST};
            scrollbar-size-vertical: 0;
            text-wrap: nowrap;
            text-overflow: ellipsis;
        }}
    }}
    """

    def __init__(self, target: LineInput, question: Question) -> None:
        super().__init__(target)
        target.completer = self
        self._is_list = question.is_list
        assert question.candidates is not None
        self._items = [_Item(candidate) for candidate in question.candidates()]
        self._is_open = False

    def compose(self) -> ComposeResult:
        """The list, which never has the focus."""
        names = _Names()
        names.can_focus = False
        yield names

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
        if not typed:
            return []
        ranked = [(rank, item) for item in self._items if (rank := _rank(item.candidate, typed)) is not None]
        return [_Item(item.candidate) for _, item in sorted(ranked, key=lambda pair: pair[0])]

    def get_candidates(self, target_state: TargetState) -> list[DropdownItem]:
        """All candidates."""
        return cast(list[DropdownItem], self._items)

    def should_show_dropdown(self, search_string: str) -> bool:
        """Whether there are candidates, none of them typed in full already."""
        typed = fold(search_string)
        return (
            bool(typed)
            and bool(self.option_list.option_count)
            and not any(typed in map(fold, item.candidate.names) for item in self._items)
        )

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
        """Handle a key while the list is open. Returns whether it did."""
        names = self.option_list
        if not self.display or not names.option_count:
            return False
        highlighted = names.highlighted or 0
        if key in ("down", "up"):
            names.highlighted = (highlighted + (1 if key == "down" else -1)) % names.option_count
        elif key in ("enter", "tab"):
            self._complete(highlighted)
        elif key == "escape":
            self.action_hide()
        else:
            return False
        return True

    def _listen_to_messages(self, event: events.Event) -> None:
        if not isinstance(event, events.Key):
            super()._listen_to_messages(event)

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

    # Position: below the field, or above it where there is no room.

    def _align_to_target(self) -> None:
        x, y = self.target.content_region.offset
        self.styles.width = self.target.size.width + 1
        height = min(_MOST, self.option_list.option_count)
        below = y + 1
        is_room = below + height <= self.screen.size.height - 1
        self.absolute_offset = Offset(max(0, x - 1), below if is_room else max(0, y - height))


def _rank(candidate: Candidate, typed: str) -> int | None:
    """Rank a candidate: 0 when a name begins so, 1 when a word of one does; None for no match."""
    names = [fold(name) for name in candidate.names]
    if any(name.startswith(typed) for name in names):
        return 0
    if any(word.startswith(typed) for name in names for word in words(name)):
        return 1
    return None
