"""The app: holds the current snapshot, saves changes, watches for changes by others, shows screens and forms."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable

from textual import events
from textual.app import App
from textual.filter import LineFilter, NoColor
from textual.screen import Screen

from store.errors import Conflict, FollowUpError, UsageError
from store.query.meaning_of_fields_and_words import WORD_TERMS
from store.query.views import NOW, OPEN, NamedView, view_named
from store.rules.set_aside import is_set_aside
from store.sanitise_text import visible
from store.snapshot import Snapshot
from store.translation import tr
from tui.app.key_dispatch import KeyDispatcher
from tui.app.key_table import AT_ANY_TIME, KeyCommand
from tui.app.pages.title_line import store_name, title_line
from tui.app.screens.base_screen import BaseScreen
from tui.app.screens.list_screen import ListScreen
from tui.app.sync.changes_by_others import describe_event, refusal_sentence
from tui.app.sync.drafts import Drafts
from tui.app.sync.save_thread import PendingChange, Saved, SaveThread
from tui.app.sync.store_watcher import StoreWatcher, trouble_of
from tui.app.sync.wait_until import wait_until
from tui.app.terminal.driver import Driver
from tui.app.terminal.run_and_exit_on_signal import fail
from tui.app.theme import THEME, Paint
from tui.app.view_filter_and_groups import ListState
from tui.render.segments import Segments
from tui.render.terminal_style import TerminalStyle
from tui.session import Session

if TYPE_CHECKING:
    from store.capture.readers.source_text import Texts
    from tui.app.forms.form import Answers, NextForm, Subject


Answer = TypeVar("Answer")

NEWS = "news"
"""The style of a message about what others did; drawn plain."""


@runtime_checkable
class MessageScreen(Protocol):
    """A screen with a line for the app's message: a base screen, or a form."""

    @property
    def is_mounted(self) -> bool:
        """Whether its widgets exist yet."""

    def show_message(self) -> None:
        """Show the app's last message."""


class FollowUp(App[int], inherit_bindings=False):
    """The full-screen app over one store. Textual's own key bindings are off: ctrl+q would quit unsaved."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar = []

    def __init__(
        self,
        session: Session,
        paint: Paint,
        terminal: Callable[[int], TerminalStyle],
        *,
        first_keys: Sequence[str] = (),
        texts: Texts | None = None,
        **more: Any,
    ) -> None:
        """`terminal`: a width in columns -> the style of this terminal; `first_keys` are pressed at the start,
        `texts` are shown to be captured then.

        Raises: StoreUnusable.
        """
        super().__init__(**more)
        self.register_theme(THEME)
        self.theme = THEME.name
        self.session = session
        self.snapshot, stamp = session.snapshot_to_keep()
        self.opened_at = self.snapshot.revision
        """The revision of the store that the app found."""
        self.paint = paint
        self.terminal = terminal
        self.message: tuple[str, str] = ("", "plain")
        self.store_name = store_name(session.path, user=session.actor, is_default=session.path == session.default_path)
        self.trouble = trouble_of(session.database)
        self.save_thread = SaveThread(session.database)
        self.drafts = Drafts(session.environment, session.path, session.clock.now)
        self.own_changes: frozenset[int] = frozenset()
        self.import_answers: Mapping[str, str] = {}
        """The last answers in the import form, until that import is saved."""
        self.is_leaving = False
        self._first_keys = first_keys
        self._texts = texts
        self.background_saves = 0
        """Changes that were asked for without a form and are not saved or refused yet."""
        self._is_fetching = False
        self._saving = 0
        self._unsaved = 0
        self._watcher = StoreWatcher(self, stamp)
        self.key_dispatcher = KeyDispatcher(self)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """No filter, except without colours one that removes them all.

        What Textual chooses for NO_COLOR turns the terminal's own colours into black on black.
        """
        return [] if self.paint.is_coloured else [NoColor()]

    def get_default_screen(self) -> Screen[None]:
        """The first screen: the list."""
        return ListScreen(ListState(me=tuple(self.session.me_in(self.snapshot)), view=self._first_view()))

    def _first_view(self) -> NamedView:
        """The view of the setting, else Now where it lists something, else Open."""
        named = self.session.config.view
        if named:
            try:
                return view_named(named, self.session.views)
            except UsageError as error:  # The one that it names was given up.
                self.message = (refusal_sentence(error), "error")
        is_now = WORD_TERMS[NOW.query].matches
        return NOW if any(is_now(row, self.snapshot) for row in self.snapshot.open_rows) else OPEN

    def on_mount(self) -> None:
        """Begin to watch the store, and offer drafts."""
        self._watcher.start()
        self.offer_drafts()

    def on_ready(self) -> None:
        """Turn on garbage collection, which is off while the app starts: over hours memory would fill up."""
        gc.freeze()
        gc.enable()
        if isinstance(self._driver, Driver):
            self._driver.is_busy = lambda: self.save_thread.is_busy
            self._driver.post_size()
        for key in self._first_keys:
            self.press(key)
        if self._texts is not None:
            from tui.app.actions.capture_actions import begin

            begin(self, self._texts)
        self._request_all_notes()

    @property
    def base_screen(self) -> BaseScreen:
        """The topmost screen that shows the snapshot, below any form or menu."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, BaseScreen))

    # Navigation.

    def show_list(self) -> ListScreen:
        """Close all screens above the list. Returns the list."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        assert isinstance(self.screen, ListScreen)
        return self.screen

    def show_screen(self, screen: type[BaseScreen]) -> None:
        """Show a screen over the one it is asked for on; where it is open already, close those above it."""
        if not any(isinstance(each, screen) for each in self.screen_stack):
            self.push_screen(screen())
            return
        while not isinstance(self.screen, screen):
            self.pop_screen()

    def open_form(self, form: str, subject: Subject) -> None:
        """Open the form of this name."""
        from tui.app.actions.open_form import open_form

        open_form(self, form, subject)

    def open_next_form(self, next_form: NextForm, answers: Answers) -> None:
        """Open the form that follows one that was saved with these answers."""
        from tui.app.actions.open_form import open_next

        open_next(self, next_form, answers)

    def make_visit(self, typed: str, made: Callable[[Any], None]) -> None:
        """Open the form of a new visit, over the form in which it was typed; `made` gets its slug."""
        from tui.app.actions.open_form import new_visit

        new_visit(self, typed, made)

    def ask(self, screen: Screen[Answer], then: Callable[[Answer | None], None]) -> None:
        """Show a menu or a question, and call `then` with its answer."""

        def answered(answer: Answer | None) -> None:
            try:
                then(answer)
            except FollowUpError as error:
                self.refuse(error)

        self.push_screen(screen, answered)

    async def leave(self) -> None:
        """Quit once every pending change is saved; stay open if one could not be saved."""
        unsaved = self._unsaved

        def is_saved() -> bool:
            if self._saving:
                self.say(
                    tr("saving: then the app closes")
                )  # Each time: the message that it waits for another process would stay otherwise.
            return not self._saving

        await wait_until(is_saved)
        if self._unsaved != unsaved:
            self.is_leaving = False
            return
        self._watcher.stop()
        await self.save_thread.close()
        self.exit(0)

    # The frame of every screen.

    def title_line(self, title: str, more: str = "", kept: str = "") -> Segments:
        """The first line of a screen: what it shows, the store's name and the day at the right end, underlined.

        `more` is cut where there is no room, `kept`, which stands before it, never.
        """
        terminal = self.terminal(self.size.width)
        return title_line(title, more, self.store_name, self.snapshot.today, self.trouble, terminal, kept=kept)

    def press(self, key: str) -> None:
        """Do what a key does, by Textual's name or its character, as a click on a line of keys asks."""
        self.post_message(events.Key(key, key if len(key) == 1 else {"enter": "\r", "space": " "}.get(key)))

    def say(self, text: str, style: str = "plain") -> None:
        """Show a message in the line that speaks, until the next one or a key that does something else."""
        self.message = (text, style)
        for screen in self.screen_stack:
            if isinstance(screen, MessageScreen) and screen.is_mounted:
                screen.show_message()

    def _clear_message(self, command: KeyCommand) -> None:
        """Clear the message before a command is run; moving keeps a message on changes by others."""
        text, style = self.message
        if text and not (command.is_move and style == NEWS):
            self.say("")

    def refuse(self, error: FollowUpError) -> None:
        """Show a refusal as an error message."""
        self.say(refusal_sentence(error), "error")

    # The snapshot.

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Make this the current snapshot, and redraw every screen with it."""
        self.snapshot = snapshot
        for screen in self.screen_stack:
            if isinstance(screen, BaseScreen) and screen.is_mounted:
                screen.show_snapshot(snapshot)
                screen.show_title()
        self._request_all_notes()

    def request_history(self, number: int) -> bool:
        """Whether the events of a commitment are in memory; else fetch them, and redraw the screens."""
        if self.snapshot.has_events_of(number):
            return True
        self._fetch(self.snapshot, partial(self.snapshot.events_of, number))
        return False

    def _request_all_notes(self) -> None:
        """Fetch the notes of all commitments behind the first screen, unless they are in memory."""
        if not self.snapshot.has_all_notes:
            self._fetch(self.snapshot, self.snapshot.fetch_all_notes)

    def _fetch(self, snapshot: Snapshot, fetch: Callable[[], object]) -> None:
        if not self._is_fetching:  # What is wanted meanwhile is asked for when the screens are drawn again.
            self._is_fetching = True
            self.run_worker(self._fetched(snapshot, fetch), exit_on_error=True)

    async def _fetched(self, snapshot: Snapshot, fetch: Callable[[], object]) -> None:
        """Fetch a part of the history in a thread, then redraw the screens: the loop waits for no network."""
        try:
            await asyncio.to_thread(fetch)
        except FollowUpError:
            return  # The watcher tells it; what is shown after that asks anew.
        finally:
            self._is_fetching = False
        if self.is_running and not self.is_leaving:
            self.show_snapshot(self.snapshot)
            self.list_screen.show_all_notes()

    def set_trouble(self, trouble: str) -> None:
        """Show a fault of the store in the header (`read-only`, `no store`; "" for none)."""
        if trouble != self.trouble:
            self.trouble = trouble
            self.show_snapshot(self.snapshot)

    # Saving.

    async def save_change(self, change: PendingChange) -> Saved:
        """Save a change in the background, then show the new snapshot. Raises: FollowUpError, Conflict."""
        self._saving += 1
        try:
            saved = await self._watcher.wait_saved(self.save_thread.put(change))
        except FollowUpError as error:
            self._unsaved += 1
            if isinstance(error, Conflict):
                await self._watcher.reload()
                self._watcher.mark_announced()
            else:
                await self._watcher.check_access()
            raise
        finally:
            self._saving -= 1
        self.own_changes |= {saved.change}
        await self._watcher.reload()
        if saved.merged:
            self._watcher.mark_announced()
        return saved

    def has_saved_since(self, revision: int) -> bool:
        """Whether a change of mine is being saved, or newer than this revision."""
        return self._saving + self.background_saves > 0 or any(change > revision for change in self.own_changes)

    @property
    def list_screen(self) -> ListScreen:
        """The list, the first screen of the stack."""
        first = self.screen_stack[0]
        assert isinstance(first, ListScreen)
        return first

    def describe_last_event(self, number: int) -> str:
        """Describe the last event of a commitment: `#7 agreed -> reported done, by asel`."""
        try:
            events = self.snapshot.events_at_hand(number)
        except FollowUpError:
            return tr("#{n} left the list", n=number)
        if not events:
            return tr("#{n} is not there any more", n=number)
        commitment = self.snapshot.commitments.get(number)
        visit = self.snapshot.visits.get(commitment["visit"]) if commitment else None
        if visit is not None and is_set_aside(visit, self.snapshot.today):
            return tr("#{n}: the visit {slug} was set aside", n=number, slug=visible(visit["slug"]))
        who = tr("you") if events[-1]["who"] == self.session.actor else visible(events[-1]["who"])
        last = events[-1]
        if last["action"] == "remove":
            reason = visible(last.get("reason", ""))
            removed = tr("#{n} removed by {who}", n=number, who=who)
            return f"{removed}: {reason}" if reason else removed
        return tr("#{n} {what}, by {who}", n=number, what=describe_event(last), who=who)

    def describe_gone(self, number: int, title: str) -> str:
        """Describe why a commitment is not shown any more: its last event; the `title` of one still there."""
        why = self.describe_last_event(number)
        return f"{why}: {visible(title)}" if number in self.snapshot.commitments else why

    def _handle_exception(self, error: Exception) -> None:
        """End the app after an unexpected exception, with a crash report instead of Textual's traceback."""
        fail(self, error)

    def keep_drafts(self) -> None:
        """Save a draft of each open form. A signal handler may call this at any moment, so it never raises."""
        from tui.app.screens.form_screen import FormScreen

        for screen in self.screen_stack:
            with suppress(Exception):
                if isinstance(screen, FormScreen):
                    screen.keep_draft()

    def offer_drafts(self) -> None:
        """Offer the drafts of unfinished forms, if there are any."""
        from tui.app.actions.resume_draft import offer_drafts

        offer_drafts(self)

    # Key events.

    def do(self, command: KeyCommand) -> None:
        """Run a command of the key table; its refusal becomes the message."""
        if self.is_leaving:
            return
        if command.id not in AT_ANY_TIME:
            self._clear_message(command)
        try:
            command.action(self)
        except FollowUpError as error:
            self.refuse(error)

    async def on_event(self, event: events.Event) -> None:
        """Dispatch keys in order through the key dispatcher, all other events as Textual does."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            await self.key_dispatcher.dispatch(event)
        else:
            await super().on_event(event)

    async def forward(self, event: events.Key) -> None:
        """Send a key to the focused widget, as Textual does."""
        await super().on_event(event)
