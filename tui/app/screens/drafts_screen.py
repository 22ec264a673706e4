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
from tui.app.screens.menu_screen import ruled, spelled_keys
from tui.app.sync.drafts import Draft
from tui.app.widgets.text_lines import Lines
from tui.render.labels import moment
from tui.render.widths import padded, width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MOST = 8
_KEYS = spelled_keys(("Enter", "take up"), ("x", "forget"), ("Esc", "ask again next time"))
NAMES = {
    "due": "due date of",
    "chase": "chase of",
    "note": "note on",
    "why": "reason for",
    "remove": "removal of",
    "seats": "form for the seats of",
    "edit": "edit of",
    "add": "new commitment",
    "add-visit": "new visit",
    "edit-visit": "edit of",
    "visit-aside": "setting aside of",
    "edit-party": "edit of the names of a party",
    **{step.word: step.draft for step in STEPS.values() if step.draft},
    **{because: f"form to close, {because}," for because in CLOSING_REASONS},
}


class DraftsScreen(ModalScreen[Draft | None]):
    """Asks for a draft. Gives the one to resume; None for Esc, or when all were discarded."""

    DEFAULT_CSS = """
    DraftsScreen Lines { width: 100%; }
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
        terminal, snapshot = self.app.terminal(self.app.size.width), self.app.snapshot
        lines = [ruled(heading, terminal)]
        kept = self._drafts[top : top + _MOST]
        subjects = [_subject(draft) for draft in kept]
        zone = snapshot.settings.get("timezone")
        times = [moment(draft.at, snapshot.today, zone) for draft in kept]
        for position, (draft, subject, at) in enumerate(zip(kept, subjects, times, strict=True), top):
            is_here = position == self._position
            text = visible(next(iter(draft.values.values()), ""))
            subject = padded(subject, max(map(width_of, subjects)))
            line = f"{subject}  {at:>{max(map(len, times))}}  {terminal.encodable(text)}"
            style = "strong" if is_here else "plain"
            lines.append([(">" if is_here else " ", "plain"), (terminal.cut(line, terminal.width - 2), style)])
        lines.append(_KEYS)
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
    what = subject.words() if subject.numbers else ""
    if draft.form_name in ("edit-visit", "visit-aside"):
        what = visible(subject.visit or "")
    if draft.form_name == "add" and subject.numbers:
        what = f"like {what}"
    return f"{name} {what}".rstrip()
