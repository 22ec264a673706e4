"""The screen of a conflict: two people changed one record; before, theirs and mine side by side, to choose from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from store.rules.which_edits_clash import Clash
from store.translation import phrase, plural, tr, tr_in
from tui.app.form_and_filter_keys import CONFLICT_CLOSING_KEYS, CONFLICT_KEYS
from tui.app.pages.conflict_differences import Difference, differences
from tui.app.pages.conflict_page import difference_lines
from tui.app.pages.key_parts import KeyPart, fitting, key_part
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.text_lines import Lines, Page
from tui.keyboard_layout import in_latin
from tui.render.commitment_numbers import number_text
from tui.render.segments import Segments
from tui.render.widths import width_of

if TYPE_CHECKING:
    from tui.app.app import FollowUp

_MORE = phrase("more: PgDn")


def _keys(*, is_short: bool = False) -> tuple[KeyPart, ...]:
    """The line of keys; what Esc does in few words if it `is_short`."""
    leaving = tr_in("key", "theirs") if is_short else tr_in("key", "theirs, mine kept as a draft")
    return (
        key_part("j k", tr_in("key", "move"), "down"),
        key_part("m", tr_in("key", "mine"), "m"),
        key_part("t", tr_in("key", "theirs"), "t"),
        key_part("ctrl+s", tr_in("conflict", "save"), "ctrl+s"),
        key_part("Esc", leaving, "escape"),
    )


class ConflictScreen(ModalScreen[frozenset[str] | None]):
    """Asks for mine or theirs, field by field. Returns the fields with theirs, or None for Esc: theirs stays."""

    BINDINGS: ClassVar = [Binding(keys, action, priority=True) for keys, action in CONFLICT_CLOSING_KEYS.items()]

    app: FollowUp

    def __init__(self, about: int | str, clashes: Iterable[Clash]) -> None:
        """`about`: the number of a commitment, or the harmless name of another record."""
        super().__init__()
        self._is_commitment = isinstance(about, int)
        self._about = number_text(about) if isinstance(about, int) else about
        self._clashes = list(clashes)
        self._differences: list[Difference] = []
        self._chosen: dict[str, str] = {}
        self._position = 0

    def compose(self) -> ComposeResult:
        """Title, fields, message, keys."""
        paint = self.app.paint
        self._differences = differences(self._clashes, self.app.snapshot.today, is_commitment=self._is_commitment)
        yield Lines(paint, id="title", height=3)
        yield Page(paint, self.show_message, id="fields")
        yield KeyLine(paint, self.app.press, id="message")
        yield KeyLine(paint, self.app.press, id="keys")

    def on_resize(self) -> None:
        """Draw title, keys and fields for the width."""
        width = self.size.width
        self.query_one("#title", Lines).show(
            self.app.title_line(tr("{what} was changed meanwhile", what=self._about)),
            [(tr(" not saved yet: choose theirs or mine for each field"), "plain")],
        )
        keys = _keys()
        is_fitting = len(fitting(keys, width)) == len(keys)
        shown = keys if is_fitting else fitting(_keys(is_short=True), width, kept=2)
        self.query_one("#keys", KeyLine).show_parts(shown)
        self._draw()

    def _draw(self) -> None:
        """Draw the fields, scrolled to the current one."""
        terminal, me = self.app.terminal(self.size.width), self.app.session.actor
        lines: list[Segments] = []
        at = 0
        for position, difference in enumerate(self._differences):
            if position == self._position:
                at = len(lines)
            chosen = self._chosen.get(difference.name, "")
            is_current = position == self._position
            lines += [*difference_lines(difference, me, chosen, terminal, is_current=is_current), []]
        page = self.query_one(Page)
        page.show(lines[:-1])
        page.scroll_to(y=max(0, at), animate=False, immediate=True, force=True)

    def show_message(self) -> None:
        """Show the app's last message."""
        text, style = self.app.message
        message = self.query_one_optional("#message", Lines)
        if message is None:
            return
        if text:
            message.show([(f" {text}", style)])
            return
        left = len(self._differences) - len(self._chosen)
        said = (
            plural(" {n} still to choose", " {n} still to choose", left)
            if left
            else tr(" all are chosen: ctrl+s saves")
        )
        more = tr(_MORE) if self.query_one(Page).has_more else ""
        blanks = max(1, self.size.width - 1 - width_of(said) - width_of(more))
        message.show([(said, "plain"), (" " * blanks, "plain"), (more, "dim")])

    # Keys.

    async def on_key(self, event: events.Key) -> None:
        """Move, scroll or choose, in the Latin or the Russian layout."""
        event.stop()
        self.app.say("")  # What was said before is about another key.
        letter = in_latin(event.character or "").lower()
        action = CONFLICT_KEYS.get(event.key) or CONFLICT_KEYS.get(letter)
        if action is not None:
            await self.run_action(action)

    def action_choose(self, letter: str) -> None:
        """Choose mine (m) or theirs (t) for this field, and go to the next."""
        self._chosen[self._differences[self._position].name] = letter
        self._position = min(self._position + 1, len(self._differences) - 1)
        self._draw()
        self.show_message()

    def action_scroll(self, half_pages: int) -> None:
        """Scroll the page."""
        self.query_one(Page).move_half_pages(half_pages)

    def action_step(self, step: int) -> None:
        """Go to the next field or the one before; from the last or the first scroll by a line."""
        if 0 <= self._position + step < len(self._differences):
            self._position += step
            self._draw()
        else:
            self.query_one(Page).move_lines(step)

    def action_save(self) -> None:
        """Dismiss with the choice, once it is made for every field."""
        for position, difference in enumerate(self._differences):
            if difference.name not in self._chosen:
                self._position = position
                self._draw()
                self.query_one("#message", Lines).show(
                    [(tr(" choose for {field} first: m or t", field=difference.name), "error")]
                )
                return
        theirs = [each.fields for each in self._differences if self._chosen[each.name] == "t"]
        self.dismiss(frozenset().union(*theirs))

    def action_leave(self) -> None:
        """Dismiss with None: their change stays."""
        self.dismiss(None)
