"""FollowUp: the app. It has the snapshot, saves changes, notices those of others, and shows places and forms."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import App
from textual.screen import Screen

from store.errors import Conflict, FollowUpError
from store.snapshot import Snapshot
from store.text import visible
from tui.app.key_dispatch import Keyboard
from tui.app.key_table import KeyCommand
from tui.app.list_state import ListState
from tui.app.screens.base_screen import SnapshotScreen
from tui.app.screens.list_screen import Commitments
from tui.app.sync.changes_by_others import in_words, what_happened
from tui.app.sync.drafts import Drafts
from tui.app.sync.save_thread import PendingChange, Saved, SaveThread
from tui.app.sync.store_watcher import Watch, trouble_of
from tui.app.sync.wait_until import until
from tui.app.terminal.driver import Driver
from tui.app.terminal.lifecycle import fail
from tui.app.theme import THEME, Paint
from tui.render.terminal_style import TerminalStyle
from tui.session import Session

if TYPE_CHECKING:
    from tui.app.forms.form import Subject


Answer = TypeVar("Answer")


@runtime_checkable
class MessageScreen(Protocol):
    """A screen with a line for the app's message: a place, or a form."""

    @property
    def is_mounted(self) -> bool:
        """Whether it is there to show something."""

    def show_message(self) -> None:
        """Show the app's last message."""


class FollowUp(App[int], inherit_bindings=False):
    """The full-screen app over one store. Textual's own keys are none of its keys: ctrl+q would quit unsaved."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(self, session: Session, paint: Paint, terminal: Callable[[int], TerminalStyle], **more: Any) -> None:
        """`terminal` gives what a number of columns of this terminal can carry. Raises: StoreUnusable."""
        super().__init__(**more)
        self.register_theme(THEME)
        self.theme = THEME.name
        self.session = session
        self.snapshot, stamp = session.database.snapshot_to_keep()
        self.paint = paint
        self.terminal = terminal
        self.message: tuple[str, str] = ("", "plain")
        self.trouble = trouble_of(session.database)
        self.writer = SaveThread(session.database)
        self.drafts = Drafts(session.environment, session.path, session.clock.now)
        self.own_changes: frozenset[int] = frozenset()
        self.import_answers: Mapping[str, str] = {}
        """What was answered when a list was last to be imported, until it is taken in."""
        self.is_leaving = False
        self._saving = 0
        self._unsaved = 0
        self._watch = Watch(self, stamp)
        self.keyboard = Keyboard(self)

    def get_default_screen(self) -> Screen[None]:
        """The main screen."""
        return Commitments(ListState(me=tuple(self.session.me)))

    def on_mount(self) -> None:
        """Begin to watch the store."""
        self._watch.start()
        self.offer_drafts()

    def on_ready(self) -> None:
        """Begin to collect garbage, which the start does without: over hours it would fill the memory."""
        gc.freeze()
        gc.enable()
        if isinstance(self._driver, Driver):
            self._driver.is_busy = lambda: self.writer.is_busy
            self._driver.tell_size()

    @property
    def place(self) -> SnapshotScreen:
        """The place in front, behind whatever form or menu."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, SnapshotScreen))

    # Going from place to place.

    def home(self) -> Commitments:
        """Go back to the list, which is the first of all screens."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        assert isinstance(self.screen, Commitments)
        return self.screen

    def go(self, place: type[SnapshotScreen]) -> None:
        """Show another place over the list; the one that was shown goes."""
        if not isinstance(self.screen, place):
            self.home()
            self.push_screen(place())

    def open_form(self, form: str, subject: Subject) -> None:
        """Show the form of this name."""
        from tui.app.actions.open_form import open_form

        open_form(self, form, subject)

    def ask(self, screen: Screen[Answer], then: Callable[[Answer | None], None]) -> None:
        """Show a menu or a question, and go on with its answer."""

        def answered(answer: Answer | None) -> None:
            try:
                then(answer)
            except FollowUpError as error:
                self.refuse(error)

        self.push_screen(screen, answered)

    async def leave(self) -> None:
        """Quit, when all that was asked for is saved; stay when something of it was not, which is said."""
        unsaved = self._unsaved

        def is_saved() -> bool:
            if self._saving:
                self.say("saving: then the app closes")  # Again and again: that it waits for another is said as well.
            return not self._saving

        await until(is_saved)
        if self._unsaved != unsaved:
            self.is_leaving = False
            return
        self._watch.stop()
        await self.writer.close()
        self.exit(0)

    # Telling.

    def say(self, text: str, style: str = "plain") -> None:
        """Show one quiet line, which stays until the next one."""
        self.message = (text, style)
        for screen in self.screen_stack:
            if isinstance(screen, MessageScreen) and screen.is_mounted:
                screen.show_message()

    def refuse(self, error: FollowUpError) -> None:
        """Say why something was not done."""
        self.say(in_words(error), "error")

    # The snapshot.

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Give every place a newer snapshot."""
        self.snapshot = snapshot
        for screen in self.screen_stack:
            if isinstance(screen, SnapshotScreen) and screen.is_mounted:
                screen.show_snapshot(snapshot)

    def set_trouble(self, trouble: str) -> None:
        """What is wrong with the store, in a word or two that stand on top until it is over."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.show_snapshot(self.snapshot)

    # Changing.

    async def perform(self, change: PendingChange) -> Saved:
        """Save a change and show the store after it. Raises: FollowUpError, Conflict."""
        self._saving += 1
        try:
            saved = await self._watch.told_if_slow(self.writer.put(change))
        except FollowUpError as error:
            self._unsaved += 1
            if isinstance(error, Conflict):
                await self._watch.list_state()
                self._watch.take_as_told()
            raise
        finally:
            self._saving -= 1
        self.own_changes |= {saved.change}
        await self._watch.list_state()
        if saved.merged:
            self._watch.take_as_told()
        return saved

    @property
    def home_place(self) -> Commitments:
        """The list, wherever the person is."""
        first = self.screen_stack[0]
        assert isinstance(first, Commitments)
        return first

    def told_of(self, number: int) -> str:
        """What happened to a commitment last: `#7 agreed -> reported done, by asel`."""
        try:
            events = self.snapshot.events_of(number)
        except FollowUpError:
            return f"#{number} left the list"
        if not events:
            return f"#{number} is not there any more"
        who = "you" if events[-1]["who"] == self.session.actor else visible(events[-1]["who"])
        return f"#{number} {what_happened(events[-1])}, by {who}"

    def _handle_exception(self, error: Exception) -> None:
        """End the app because of a fault of the program; nothing of a record reaches the terminal."""
        fail(self, error)

    def keep_drafts(self) -> None:
        """Keep what stands in unfinished forms; a signal may call this amid anything, so nothing of it raises."""
        from tui.app.screens.form_screen import FormScreen

        for screen in self.screen_stack:
            with suppress(Exception):
                if isinstance(screen, FormScreen):
                    screen.keep_draft()

    def offer_drafts(self) -> None:
        """Ask what is to become of the forms that were left unfinished."""
        from tui.app.actions.resume_draft import offer

        offer(self)

    # Keys.

    def do(self, command: KeyCommand) -> None:
        """Do what a command of the table does."""
        if self.is_leaving:
            return
        try:
            command.does(self)
        except FollowUpError as error:
            self.refuse(error)

    async def on_event(self, event: events.Event) -> None:
        """Keys are given by the keyboard, all else as Textual does it."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.keyboard.take(event)
        else:
            await super().on_event(event)

    async def forward(self, event: events.Key) -> None:
        """Give a key to the widget that has the focus."""
        await super().on_event(event)
