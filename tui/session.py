"""The session of one run of the program: environment, clock, user, settings, the open store."""

from __future__ import annotations

import os

from store.clock import MachineClock
from store.database import Database
from store.errors import StoreMissing, StoreUnusable, UsageError
from store.rules.days import is_day
from store.sanitise_text import visible
from store.translation import tr
from store.users_and_groups import user_name
from tui.interface_language import heed_store

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from store.config import Config
    from store.database import Clock, Stamp
    from store.query.parse_query import Query
    from store.query.views import NamedView
    from store.snapshot import Snapshot


TODAY_VARIABLE = "FOLLOWUP_TODAY"
"""The variable that sets the day."""


def _day_given(option: str | None, environment: Mapping[str, str]) -> str | None:
    given = option if option is not None else environment.get(TODAY_VARIABLE)
    if not given and option is None:
        return None
    if not is_day(given or ""):
        name = "--today" if option is not None else TODAY_VARIABLE
        if day := _day_of(given or ""):
            raise UsageError(
                tr('{name} is "{given}": write it as {day}', name=name, given=visible(given or ""), day=day)
            )
        raise UsageError(
            tr('{name} is "{given}", which is not a day: write it as 2026-03-31', name=name, given=visible(given or ""))
        )
    return given


def _day_of(given: str) -> str | None:
    """The ISO day of one written in another form; None for anything but a single day."""
    from store.errors import FollowUpError
    from store.rules.dates.parse_date import parse_date
    from store.rules.days import Direction

    days = set()
    for today in ("1999-01-01", "2001-07-01"):
        try:
            found = parse_date(given, today, Direction.NEAREST)
        except FollowUpError:
            return None
        days.add(found.day if found.start == found.day else None)
    return days.pop() if len(days) == 1 else None


def _lock_timeout(environment: Mapping[str, str]) -> float | None:
    """The seconds that a change waits for another, from the environment. Raises: UsageError."""
    if "FOLLOWUP_LOCK_TIMEOUT" not in environment:
        return None
    from store.lock_timeout_and_refusal import lock_timeout_of

    return lock_timeout_of(environment)


class Session:
    """One run of the program; config and store, which cost time, are read on first use."""

    def __init__(self, store: str | None, today: str | None, environment: Mapping[str, str]) -> None:
        """`store` and `today` are the options of these names. Raises: UsageError."""
        self.environment = environment
        self.clock: Clock = MachineClock(_day_given(today, environment))
        self._sets_day = "--today" if today is not None else TODAY_VARIABLE if environment.get(TODAY_VARIABLE) else None
        self.is_named_by_option = store is not None
        self._store = store or environment.get("FOLLOWUP_STORE") or None
        self._timeout = _lock_timeout(environment)
        self._config: Config | None = None
        self._database: Database | None = None
        self._snapshot: Snapshot | None = None

    @property
    def config(self) -> Config:
        """The user's settings. Raises: UsageError for a file that is not understood."""
        if self._config is None:
            from store.config import load

            self._config = load(self.environment)
        return self._config

    @property
    def path(self) -> str:
        """Where the store is, or would be."""
        if self._store is not None:
            return os.path.expanduser(self._store)
        configured = self.config.store
        if configured:
            return os.path.expanduser(configured)
        return self.default_path

    @property
    def default_path(self) -> str:
        """The default path of the user's store."""
        from store.paths import default_store

        return default_store(self.environment)

    @property
    def is_own_default(self) -> bool:
        """Whether the store is the user's own default one, which nobody named."""
        return self._store is None and not self.config.store

    @property
    def actor(self) -> str:
        """Who makes changes in the store. Raises: StoreUnusable for a server that is away."""
        return self.database.actor

    @property
    def database(self) -> Database:
        """The store."""
        if self._database is None:
            # A look needs no name, and where accounts are kept on a server it would wait for that.
            self._database = Database(self.path, self.clock, self._user, self._timeout, os.getuid())
        return self._database

    def _user(self) -> str:
        return user_name(self.environment)

    @property
    def is_store_open(self) -> bool:
        """Whether the store was asked for."""
        return self._database is not None

    def write_file(self, path: str, data: bytes, *, is_forced: bool) -> str | None:
        """Write a file that was asked for, as `store.output_file.write_whole` does; never over the store or what
        belongs to it. Returns what went wrong after it was there. Raises: FollowUpError.
        """
        from store.output_file import write_whole

        protected = (self.path, *self.database.paths)
        return write_whole(path, data, is_forced=is_forced, protected=protected)

    def snapshot(self) -> Snapshot:
        """The snapshot of the store, read once. Raises: StoreUnusable."""
        if self._snapshot is None:
            try:
                self._snapshot = self.database.snapshot()
            except StoreMissing as error:
                if self._store is None and not self.is_own_default:
                    where = self.config.source_of("store")
                    raise StoreMissing(error.sentence, values={**error.values, "source": where}) from None
                raise
            except StoreUnusable as error:
                if error.code == "server.no-driver" and not self.is_named_by_option:
                    where = "FOLLOWUP_STORE" if self._store is not None else self.config.source_of("store")
                    error.values = {**error.values, "source": where}
                raise
            heed_store(self._snapshot.settings, self.environment)
        return self._snapshot

    def snapshot_to_keep(self) -> tuple[Snapshot, Stamp]:
        """The snapshot with which the app begins, read for it alone, and its stamp. Raises: StoreUnusable."""
        snapshot, stamp = self.database.snapshot_to_keep()
        heed_store(snapshot.settings, self.environment)
        return snapshot, stamp

    def another_day(self) -> str | None:
        """The source of the day, `--today` or `FOLLOWUP_TODAY`, where it is not the clock's. Raises: StoreUnusable."""
        if self._sets_day is None:
            return None
        snapshot = self.snapshot()
        is_clocks = snapshot.today == MachineClock().today(snapshot.settings.get("timezone"))
        return None if is_clocks else self._sets_day

    def forget(self) -> None:
        """Drop the cached settings and snapshot, after a change."""
        self._config = self._snapshot = None

    def forget_snapshot(self) -> None:
        """Drop the cached snapshot, after a change."""
        self._snapshot = None

    @property
    def names(self) -> frozenset[str]:
        """The names under which I changed the store: my login name, and those that my account had before.

        Raises: StoreUnusable.
        """
        return self.database.names_of_actor(self.snapshot().meta)

    @property
    def me(self) -> list[str]:
        """The names, parties or owners, that are mine; the login name and its earlier ones when none were set."""
        if self.config.me:
            return self.config.me
        try:
            return self.me_in(self.snapshot())
        except StoreUnusable:
            return [self.actor]

    def me_in(self, snapshot: Snapshot) -> list[str]:
        """The same from a snapshot in memory. Raises: StoreUnusable."""
        if self.config.me:
            return self.config.me
        actor = self.actor
        return [actor, *sorted(self.database.names_of_actor(snapshot.meta) - {actor})]

    @property
    def ground(self) -> str:
        """The background of the terminal: by the setting, else by `$COLORFGBG` (`15;0`), which some terminals set.

        Raises: UsageError.
        """
        from store.model.vocabulary_and_signs import Ground

        if self.config.ground:
            return self.config.ground
        background = self.environment.get("COLORFGBG", "").rpartition(";")[2]
        if background in ("7", "15"):
            return Ground.LIGHT
        return Ground.DARK if background in ("0", "1", "2", "3", "4", "5", "6", "8") else Ground.UNKNOWN

    @property
    def views(self) -> tuple[NamedView, ...]:
        """Every view: those that all users have, and those that the settings view-7 to view-9 keep."""
        from store.query.views import with_saved

        return with_saved(self.config.saved_views)

    def query(self, words: Sequence[str]) -> Query | None:
        """Parse a query given as words; None for no words. Raises: UsageError."""
        if not words:
            return None
        from store.query.parse_query import parse_words

        return self._expected(parse_words(words, today=self.snapshot().today, me=self._me_in(words)))

    def query_in(self, text: str | None) -> Query | None:
        """Parse a query given as one text; None for None. Raises: UsageError."""
        if text is None:
            return None
        from store.query.parse_query import parse

        return self._expected(parse(text, today=self.snapshot().today, me=self._me_in([text])))

    def _expected(self, query: Query) -> Query:
        """The query, after telling the store what it will read."""
        if self.database.is_remote and any(term.reads_notes for term in query.terms()):
            self.snapshot().expect("notes")
        return query

    def _me_in(self, words: Sequence[str]) -> Sequence[str]:
        """The names that are mine, if the query may mention me, in Russian as well; reading the config takes time."""
        is_meant = any("me" in word or "mine" in word or not word.isascii() for word in map(str.lower, words))
        return self.me if is_meant else []
