"""The menu of drafts: unfinished forms to resume or to discard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from store.model.vocabulary_and_signs import CLOSING_REASONS, STEPS
from store.sanitise_text import visible
from store.translation import ENGLISH, language, phrase, tr, tr_in
from tui.app.screens.menu_screen import ruled, spelled_keys
from tui.app.sync.drafts import Draft
from tui.app.widgets.text_lines import Lines
from tui.keyboard_layout import in_latin
from tui.render.day_words import moment
from tui.render.widths import padded, width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MOST = 8
NAMES = {
    "due": phrase("due date of {subject}"),
    "chase": phrase("chase of {subject}"),
    "note": phrase("note on {subject}"),
    "why": phrase("reason for {subject}"),
    "remove": phrase("removal of {subject}"),
    "seats": phrase("form for the seats of {subject}"),
    "edit": phrase("edit of {subject}"),
    "add": phrase("new commitment"),
    "add-visit": phrase("new visit"),
    "edit-visit": phrase("edit of {subject}"),
    "visit-aside": phrase("setting aside of {subject}"),
    "edit-party": phrase("edit of the names of a party"),
}


class DraftsScreen(ModalScreen[Draft | None]):
    """Asks for a draft. Returns the one to resume; None for Esc, or when all were discarded."""

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
        heading = tr("Unfinished forms were kept")
        if len(self._drafts) == 1:
            heading = tr("An unfinished {form} was kept", form=_subject(self._drafts[0]))
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
        lines.append(
            spelled_keys(
                ("Enter", tr_in("key", "take up")),
                ("x", tr_in("key", "forget")),
                ("Esc", tr_in("key", "ask again next time")),
            )
        )
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
    what = subject.words() if subject.numbers else ""
    if draft.form_name in ("edit-visit", "visit-aside"):
        what = visible(subject.visit or "")
    name = draft.form_name
    if name in CLOSING_REASONS:
        because = name if language() == ENGLISH else tr(CLOSING_REASONS[name].text)
        return tr("form to close, {because}, {subject}", because=because, subject=what)
    if name == "add" and subject.numbers:
        return tr("new commitment like {subject}", subject=what)
    step = STEPS.get(name)
    if step is not None and step.draft:
        return f"{tr(step.draft)} {what}".rstrip()
    return tr(NAMES[name], subject=what).rstrip()
