"""A question in the last lines, answered with one letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.app.widgets.text_lines import NO_BREAK, Lines
from tui.keyboard_layout import in_latin
from tui.render.widths import width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MOST_LINES = 5

SIGNS = ("=",)
"""Signs that answer a question, beside letters and digits."""


class QuestionScreen(ModalScreen[str]):
    """Asks a question. Gives the typed letter, in Latin whatever the layout, or the digit, or "" for any other key.

    The answers stand behind the question, as `y yes  n no`; `n/н нет` has a second letter for the same one. It counts
    before what lies on its key: on that of y a Russian layout has the letter with which *no* begins.
    """

    app: FollowUp

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        yield Lines(self.app.paint, id="ask")

    def on_mount(self) -> None:
        """Draw the question."""
        question, *answers = self._question.split("  ")
        whole = map(self._kept_together, answers)
        text = "  ".join((question, *whole))
        self.query_one(Lines).show_text(text, "strong", self.app.size.width, _MOST_LINES)

    def _kept_together(self, answer: str) -> str:
        """A key with its meaning, kept on one line; of an answer too long for a line, the key alone."""
        blanks = -1 if width_of(answer) <= self.app.size.width - 2 else 1
        return answer.replace(" ", NO_BREAK, blanks)

    def process_key(self, event: events.Key) -> None:
        """Answer with any key."""
        typed = (event.character or "").lower()
        letter = self._second_letters().get(typed) or in_latin(typed).lower()
        self.dismiss(letter if letter.isalnum() or letter in SIGNS else "")

    def _second_letters(self) -> dict[str, str]:
        """The second letters of the answers, and the first one of each."""
        letters = (answer.partition(" ")[0].split("/") for answer in self._question.split("  ")[1:])
        return {second: first for first, *more in letters for second in more}
