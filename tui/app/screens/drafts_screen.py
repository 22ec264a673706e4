"""The menu of drafts: unfinished forms to resume or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from store.model.vocabulary import CLOSING_REASONS, STEPS
from store.text import visible
from tui.app.key_table import in_latin
from tui.app.screens.menu_screen import ruled
from tui.app.sync.drafts import Draft
from tui.app.widgets.text_lines import Lines

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MOST = 8
NAMES = {
    "due": "due date of",
    "chase": "chase of",
    "note": "note on",
    "why": "reason for",
    "seats": "form for the seats of",
    "edit": "edit of",
    "add": "new commitment",
    "add-visit": "new visit",
    "edit-visit": "edit of",
    **{step.word: step.draft for step in STEPS.values() if step.draft},
    **{because: f"form to close, {because}," for because in CLOSING_REASONS},
}


class DraftsScreen(ModalScreen[Draft | None]):
    """Asks for a draft. Gives the one to resume; None for Esc, or when all were discarded."""

    DEFAULT_CSS = """
    DraftsScreen Lines { width: 100%; margin-bottom: 2; }
    """

    app: FollowUp

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self._drafts = list(drafts)
        self._position = 0

    def compose(self) -> ComposeResult:
        """One line a draft."""
        yield Lines(self.app.paint, id="drafts", height=min(len(self._drafts), _MOST) + 2)

    def on_mount(self) -> None:
        """Draw the lines."""
        self._draw()

    def _draw(self) -> None:
        top = max(0, min(self._position - _MOST + 1, len(self._drafts) - _MOST))
        heading = "Unfinished forms were kept"
        if len(self._drafts) == 1:
            heading = f"An unfinished {_subject(self._drafts[0])} was kept"
        lines = [ruled(heading, self.app.terminal(self.app.size.width))]
        for position, draft in enumerate(self._drafts[top : top + _MOST], top):
            mark = ">" if position == self._position else " "
            lines.append([(f" {mark} {_description(draft)}", "strong" if position == self._position else "plain")])
        lines.append([(" enter take up  x forget  esc ask again next time", "dim")])
        lists = self.query_one(Lines)
        lists.styles.height = len(lines)
        lists.show(*lines)

    def process_key(self, event: events.Key) -> None:
        """Move, resume a draft, discard one, or close."""
        letter = in_latin(event.character or "").lower()
        if event.key == "escape" or letter == "q":
            self.dismiss(None)
        elif event.key == "enter":
            self.dismiss(self._drafts[self._position])
        elif event.key in ("up", "down") or letter in ("j", "k"):
            step = -1 if event.key == "up" or letter == "k" else 1
            self._position = (self._position + step) % len(self._drafts)
            self._draw()
        elif letter == "x":
            self._forget()

    def _forget(self) -> None:
        self.app.drafts.remove(self._drafts.pop(self._position))
        self._position = max(0, min(self._position, len(self._drafts) - 1))
        if self._drafts:
            self._draw()
        else:
            self.dismiss(None)


def _subject(draft: Draft) -> str:
    """`note on #7`."""
    subject = draft.subject
    name = NAMES[draft.form_name]
    what = (
        subject.words() if subject.numbers else visible(subject.visit or "") if draft.form_name == "edit-visit" else ""
    )
    return f"{name} {what}".rstrip()


def _description(draft: Draft) -> str:
    """`note on #7 (2023-03-01 09:12 UTC): We spoke to ...`."""
    when = f"{draft.at[:10]} {draft.at[11:16]} UTC"
    text = visible(next(iter(draft.values.values()), ""))
    return f"{_subject(draft)} ({visible(when)}): {text}"
