"""The screen of capture: a text and its proposals, to take, change or refuse one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from textual.containers import Horizontal
from textual.widget import Widget

from store.capture.proposals.propose_commitments import Proposal
from store.capture.proposals.remembered_refusals import Remembered
from store.errors import NotAllowed
from store.paths import drafts_folder
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import plural, tr, tr_in
from tui.app.capture_review import CaptureReview
from tui.app.key_table import KeyCommand
from tui.app.pages.capture_page import (
    FLAG_COLUMNS,
    detail_lines,
    fitted,
    list_rows,
    nothing_found_lines,
    text_from_its_beginning,
    text_pane,
)
from tui.app.screens.base_screen import BaseScreen
from tui.app.widgets.key_line import KeyLine
from tui.app.widgets.picker import Picker
from tui.app.widgets.text_lines import Lines, Page
from tui.render.segments import Segments
from tui.session import Session

_BOTH_PANES = 72
"""Columns from which the text stands beside what is proposed of it; else one of the two is shown."""

_LEAST_ROWS = 4
_AROUND = 4
"""Lines of the screen that are neither pane nor list: heading, rule, message, keys."""

_ABOVE = 2
"""Lines of the text that are shown before the promise."""


def remembered_by(session: Session) -> Remembered:
    """The proposals that the person of this session refused, merged and saw before in this store."""
    return Remembered(drafts_folder(session.environment), session.path)


class _Proposals(Picker, inherit_bindings=False):
    """The list; the keys that move by half pages scroll the text, those that move by pages the list."""

    def move_half_pages(self, halves: int) -> None:
        """Scroll the text by half a page, or move so many pages in the list."""
        if abs(halves) > 1:
            super().move_half_pages(halves)
            return
        for page in self.screen.query(Page):
            page.move_half_pages(halves)


class CaptureScreen(BaseScreen):
    """The proposals of one text; the cursor is on the one to decide."""

    KIND = "capture"

    DEFAULT_CSS = """
    CaptureScreen #panes { height: 1fr; }
    CaptureScreen #picker { height: 4; }
    """

    def __init__(
        self, review: CaptureReview, lang: str | None, following: Callable[[], None], search_again: Callable[[], None]
    ) -> None:
        """`lang`: the language of the text, None to detect it; `following` is called once it is left.

        `search_again` is called when parties became known since the text was looked through.
        """
        super().__init__()
        self.review = review
        self.lang = lang
        self.being_saved: set[str] = set()
        """The `source_id` of what is on its way to the store."""
        self.remembered = remembered_by(self.app.session)
        """What this person refused and merged, here and before."""
        self._following = following
        self._search_again = search_again
        self._shows_text = False

    def body(self) -> Iterable[Widget]:
        """The text, the proposal, the list."""
        paint = self.app.paint
        with Horizontal(id="panes"):
            yield Page(paint, id="text")
            yield Page(paint, id="details")
        yield Lines(paint, id="rule")
        yield _Proposals(paint, self.show_message, self._moved)

    def on_mount(self) -> None:
        """Draw it, with the list in focus: the panes follow its cursor."""
        for page in self.query(Page):
            page.can_focus = False
        super().on_mount()
        self.set_focus(self.picker)
        self.point_at_first()

    @property
    def picker(self) -> Picker:
        """The list."""
        return self.query_one(_Proposals)

    @property
    def proposal(self) -> Proposal:
        """The proposal under the cursor. Raises: NotAllowed where there is none."""
        found = self.review.with_key(self.picker.key) if self.picker.key is not None else None
        if found is None and self.review.is_searching:
            raise NotAllowed(tr("the text is still being looked through: wait a moment, or Esc leaves it"))
        if found is None:
            raise NotAllowed(tr("nothing is proposed of this text: . shows its sentences, Esc leaves it"))
        return found

    def heading(self) -> tuple[str, str]:
        """The text, and the visit that it is of."""
        dot = self.app.terminal(80).dot
        return tr_in("title", "Capture"), f" {visible(self.review.source.name)}{dot}{visible(self.review.visit)}"

    def footer(self) -> list[tuple[KeyCommand, str]]:
        """Its keys; the text's where it has no pane of its own, and merging where it is like another one.

        Where it is missing who promised it, or to whom, taking it opens a form: that is said before it is pressed.
        """
        key = self.picker.key if self.is_mounted else None
        proposal = self.review.with_key(key) if key is not None else None
        unneeded = {"capture-text"} if self.app.size.width >= _BOTH_PANES else set()
        if proposal is not None and proposal.like is None:
            unneeded.add("capture-merge")
        is_missing = proposal is not None and not (proposal.by and proposal.to)
        return [
            (command, tr_in("key", "fill in") if is_missing and command.id == "capture-take" else label)
            for command, label in super().footer()
            if command.id not in unneeded
        ]

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Draw list and panes, marking what others entered meanwhile."""
        if self.review.is_outdated(snapshot.parties):
            self._search_again()
        self.review.mark(snapshot, self.remembered)
        width, height = self.app.size
        terminal = self.app.terminal(width)
        shown = [self.review.as_it_is(each, snapshot) for each in self.review.shown]
        rows = list_rows(self.review, shown, snapshot, terminal)
        body = max(6, height - 4)
        most = body // 2 if self.review.shows_left_out else body // 3
        lines = min(max(1, len(rows)), max(_LEAST_ROWS, most))
        if self.picker.styles.height is None or self.picker.styles.height.value != lines:
            self.picker.styles.height = lines
        self.picker.show(rows, lambda _: tr("left out"), flag_columns=FLAG_COLUMNS)
        self._moved()

    def on_unmount(self) -> None:
        """Show what is left to decide, and go on to the next text."""
        self.review.is_left = True
        if self.app.is_leaving or not self.app.is_running:
            return
        mark = self.review.source.mark
        if left := len(self.review.undecided):
            name = visible(self.review.source.name)
            self.app.say(
                plural(
                    "{n} of {file} still to decide: C and the same file shows them again",
                    "{n} of {file} still to decide: C and the same file shows them again",
                    left,
                    file=name,
                )
            )
        elif mark is not None and not self.review.is_searching:
            with suppress(OSError):  # Then it is shown once more.
                self.remembered.see_mails([mark])
        self.app.call_later(self._following)

    def _moved(self) -> None:
        """Draw the panes for the proposal under the cursor."""
        if not self.is_mounted or not self.query("#details"):
            return
        key = self.picker.key
        proposal = self.review.with_key(key) if key is not None else None
        width = self.app.size.width
        is_both = width >= _BOTH_PANES
        text, details = self.query_one("#text", Page), self.query_one("#details", Page)
        text.display, details.display = is_both or self._shows_text, is_both or not self._shows_text
        left = (width // 2 - 3) if is_both else width
        right = width - left - 3 if is_both else width - 2
        if is_both:
            text.styles.width = left
        self._show_rule(left if is_both and text.display else None)
        if proposal is not None:
            shown = self.review.shown
            place = next((at for at, each in enumerate(shown, 1) if each.source_id == proposal.source_id), 0)
            bar = self.app.terminal(width).bar
            rows = (
                self.app.size.height
                - _AROUND
                - int(self.picker.styles.height.value if self.picker.styles.height else 0)
            )
            lines = fitted(
                detail_lines(
                    self.review.as_it_is(proposal, self.app.snapshot),
                    place,
                    len(shown),
                    self.review,
                    self.app.snapshot,
                    self.app.terminal(right).of_width(right),
                ),
                rows,
            )
            margin: Segments = [(f"{bar} " if is_both else " ", "dim")]
            blank = max(0, self.app.size.height - len(lines))
            details.show([[*margin, *line] for line in [*lines, *([[]] * (blank if is_both else 0))]])
            details.scroll_to(y=0, animate=False, immediate=True, force=True)
            pane = text_pane(proposal, self.review, self.app.terminal(left).of_width(left))
            text.show(pane.lines)
            text.scroll_to(y=max(0, pane.first - _ABOVE), animate=False, immediate=True, force=True)
        elif self.review.left_out_count:
            bar = self.app.terminal(width).bar
            lines = nothing_found_lines(self.review, self.app.terminal(right).of_width(right))
            blank = self.app.size.height - len(lines) if is_both else 0
            margin = [(f"{bar} " if is_both else " ", "dim")]
            details.show([[*margin, *line] for line in [*lines, *([[]] * blank)]])
            text.show(text_from_its_beginning(self.review, self.app.terminal(left).of_width(left)))
        self.show_keys()
        self.show_message()

    def _show_rule(self, left: int | None) -> None:
        terminal = self.app.terminal(self.app.size.width)
        width = self.app.size.width
        line = terminal.rule * width
        if left is not None:
            foot = "┴" if terminal.bar == "│" else "+"
            line = terminal.rule * left + foot + terminal.rule * (width - left - 1)
        self.query_one("#rule", Lines).show([(line, "dim")])

    @property
    def has_more(self) -> bool:
        """Whether the list goes on below what is seen of it."""
        return self.picker.has_more

    def show_what_else(self, line: KeyLine, said: str = "") -> None:
        """Show how many are decided."""
        super().show_what_else(line, said or self.review.counts())

    # What the keys do.

    def point_at_first(self) -> None:
        """Put the cursor on the first proposal that is to be decided."""
        undecided = {each.source_id for each in self.review.undecided}
        first = next((each for each in self.review.shown if each.source_id in undecided), None)
        if first is not None:
            self.point_at(first.source_id)

    def point_at(self, name: str) -> None:
        """Put the cursor on the proposal with this `source_id`."""
        found = next((each for each in self.review.shown if each.source_id == name), None)
        if found is not None:
            self.picker.point_at(self.review.key_of(found))

    def go_on(self) -> None:
        """Go to the next one to be decided, where there is one."""
        following = self.review.next_undecided(self.proposal)
        if following is not None:
            self.point_at(following.source_id)

    def turn_over(self) -> None:
        """Switch between the text and the proposal."""
        if self.app.size.width >= _BOTH_PANES:
            raise NotAllowed(tr("both stand there already"))
        self._shows_text = not self._shows_text
        self._moved()
