"""Database: the seam between what is done to a store and the file that it is done in.

Operations know only `Transaction`, and those who look know only `Snapshot`: a server database could stand here
in the file's place.
"""

from __future__ import annotations

from store.atomic_write import sync_folder
from store.errors import StoreUnusable
from store.file.file_store import LOCK_TIMEOUT, FileStore, Stamp
from store.model.schema import FORMAT, TABLES, VERSION
from store.rules.unknown_words import STORED_WORDS, has_unknown_words, refuse_unknown_words
from store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from store.file.lock import Held, Lock
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta, Settings
    from store.transaction import Transaction

    class Clock(Protocol):
        """What time it is, told from outside."""

        def now(self) -> str:
            """The instant, as an ISO string in UTC."""

        def today(self, timezone: str | None) -> str:
            """The calendar day in that time zone (None: the machine's), as an ISO string."""


class Database:
    """One store: looked at through `snapshot()`, changed through `transaction()`."""

    def __init__(self, path: str, clock: Clock, actor: str, lock_timeout: float = LOCK_TIMEOUT) -> None:
        """`actor` is the operating-system user who looks and changes; a change waits `lock_timeout` seconds for another
        one.
        """
        self._file = FileStore(path, lock_timeout)
        self.lock_timeout = lock_timeout
        self.clock = clock
        self.actor = actor

    @property
    def path(self) -> str:
        """Where the store is."""
        return self._file.path

    @property
    def paths(self) -> tuple[str, ...]:
        """The store and what belongs to it, files and folders, which nothing else may be written over."""
        return (self._file.path, self._file.lock_path, self._file.copies.folder)

    def beside(self, path: str) -> Database:
        """Another store, opened by the same person under the same clock."""
        return Database(path, self.clock, self.actor, self.lock_timeout)

    def stamp(self) -> Stamp | None:
        """What tells one state of the store from another, cheaply; None when there is none."""
        return self._file.stamp()

    def is_read_only(self) -> bool:
        """Whether this person may look at the store but not change it."""
        return self._file.is_read_only()

    def other_writer(self) -> str:
        """Who else is changing the store now, and since when; empty when nobody can tell, or it is this process."""
        return self._file.other_holder(self.actor)

    def snapshot(self) -> Snapshot:
        """The store as it is now. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        image = self._file.image()
        return Snapshot(image, self._today(image))

    def snapshot_to_keep(self) -> tuple[Snapshot, Stamp]:
        """The store as it is now for one who keeps it in memory, and the stamp of the state that was read.

        Raises: StoreMissing, StoreDamaged, StoreUnusable; StoreNewer at once for a word that is not known, of which
        `snapshot` says so when it is come across.
        """
        image, stamp = self._file.image_and_stamp()
        if has_unknown_words(image.texts_of("commitments", *STORED_WORDS)):
            for commitment in image.table("commitments").values():
                refuse_unknown_words(commitment)
        return Snapshot(image, self._today(image), is_kept=True), stamp

    def _today(self, image: StoreImage) -> str:
        return self.clock.today(image.settings.get("timezone"))

    def settings(self) -> Settings:
        """What the store asks of everybody who opens it. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self._file.image().settings

    def transaction(self, *, is_mending: bool = False) -> Transaction:
        """A change, as a context manager: saved when the block ends, dropped when it raises."""
        from store.transaction import Transaction

        return Transaction(self, is_mending=is_mending)

    def dry_run(self) -> Transaction:
        """The same on the store as it is now, without its lock: whatever is done in it is dropped when it ends."""
        from store.transaction import DryRun

        return DryRun(self)

    def lock(self) -> Lock:
        """The lock of the store for one who changes it, to be entered as a context manager.

        Raises: StoreMissing, StoreDamaged, StoreUnusable, before a lock is made beside nothing, a device or no store.
        """
        if not self._file.is_file() or not self._file.has_lock():
            self._file.image()
        return self._file.locked(self.actor)

    def sweep(self) -> None:
        """Remove what an interrupted change left beside the store; under the lock."""
        self._file.sweep()

    def state_to_change(self) -> tuple[StoreImage, Stamp]:
        """The store as it is now, read strictly, and its stamp; under the lock. Raises: StoreDamaged, StoreUnusable."""
        return self._file.image_and_stamp(with_history=True)

    def save(
        self, held: Held, image: StoreImage, meta: Meta, changes: Mapping[str, Mapping[int, Any]], seen: Stamp
    ) -> None:
        """Put changed records (table -> number -> record, None: none) and `meta` in the place of the state `seen`.

        `image` is what was read of that state, `held` the lock. Raises: Conflict; StoreUnusable when it is not saved.
        """
        from store.file.serializer import write_changes

        revision = image.meta["revision"]
        self._file.replace(held, lambda write_piece: write_changes(image, write_piece, meta, changes), revision, seen)

    def create(self, settings: Settings, mode: int, group: int | None = None) -> list[str]:
        """Make an empty store. Returns what went wrong after it was made. Raises: StoreUnusable."""
        from store.file.serializer import serialize

        meta: Meta = {
            "format": FORMAT,
            "schema": VERSION,
            "revision": 1,
            "next": dict.fromkeys(TABLES, 1),
            "settings": settings,
        }
        return self._file.create(serialize(meta, {}), mode, group)

    def redact_copies(self, number: int, clean: Callable[[Any], Any]) -> tuple[int, list[str]]:
        """Put `clean(record)` in the place of a commitment and its events in every automatic copy.

        Returns how many copies that changed, and a sentence for each that could not be cleaned.
        """
        from store.file.serializer import serialize_changes
        from store.rules.redaction import redacted_records

        changed, trouble = 0, []
        for copy in self._file.copies.all():
            try:
                image = self._file.copies.read(copy)
                changes = {name: records for name, records in redacted_records(image, number, clean).items() if records}
                if changes:
                    self._file.copies.rewrite(copy, serialize_changes(image, image.meta, changes))
                    changed += 1
            except StoreUnusable as error:
                trouble.append(f"saved, but the copy {copy.path} may still hold the passage: {error}")
        if changed and (why := sync_folder(self._file.copies.folder)):
            trouble.append(f"saved, but after a power cut a copy may hold the passage again: {why}")
        return changed, trouble
