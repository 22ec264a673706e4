"""Database: opens a store for reading (`snapshot`) and for changing (`transaction`), whatever it is kept in.

Readers know only `Snapshot`, operations only `Transaction`: a server could take the place of the file.
"""

from __future__ import annotations

from store.errors import StoreUnusable
from store.file.file_store import LOCK_TIMEOUT as LOCK_TIMEOUT
from store.file.file_store import FileStore, Stamp
from store.model.format_version import FORMAT, TABLES, VERSION
from store.paths import has_system_config
from store.rules.newer_version import STORED_WORDS, has_unknown_words, refuse_unknown_words
from store.snapshot import Snapshot

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any, Protocol

    from store.audit_log import AuditTrail
    from store.file.lock import Held, Lock
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta, Settings
    from store.transaction import Transaction

    class Clock(Protocol):
        """A clock, passed in so that tests and scripts fix the time."""

        def now(self) -> str:
            """The instant, as an ISO string in UTC."""

        def today(self, timezone: str | None) -> str:
            """The calendar day in that time zone (None: the machine's), as an ISO string."""


class Database:
    """One store: read through `snapshot()`, changed through `transaction()`."""

    def __init__(self, path: str, clock: Clock, actor: str, lock_timeout: float = LOCK_TIMEOUT) -> None:
        """`actor` is the operating-system user; a change waits up to `lock_timeout` seconds for the lock."""
        self._file = FileStore(path, lock_timeout)
        self.lock_timeout = lock_timeout
        self.clock = clock
        self.actor = actor
        self._audit_trail: AuditTrail | None = None

    @property
    def path(self) -> str:
        """The path of the store file, links resolved."""
        return self._file.path

    @property
    def paths(self) -> tuple[str, ...]:
        """The files and folders of the store: no output may be written over them."""
        return (self._file.path, self._file.lock_path, self._file.copies.folder)

    def beside(self, path: str) -> Database:
        """Another store, with the same user and clock."""
        return Database(path, self.clock, self.actor, self.lock_timeout)

    def stamp(self) -> Stamp | None:
        """A value that differs after every change, read without opening the file; None when there is no store."""
        return self._file.stamp()

    def is_read_only(self) -> bool:
        """Whether the user may read the store but not change it."""
        return self._file.is_read_only()

    def other_writer(self) -> str:
        """Who holds the lock, and since when; empty when that is unknown, or it is this process."""
        return self._file.other_holder(self.actor)

    def snapshot(self) -> Snapshot:
        """Read the current revision. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        image = self._file.image()
        return Snapshot(image, self._today(image))

    def snapshot_to_keep(self) -> tuple[Snapshot, Stamp]:
        """Read the current revision to be kept in memory, with its stamp.

        Raises: StoreMissing, StoreDamaged, StoreUnusable; StoreNewer at once for an unknown word, which `snapshot`
        refuses only when it reads the record.
        """
        image, stamp = self._file.image_and_stamp()
        if has_unknown_words(image.texts_of("commitments", *STORED_WORDS)):
            for commitment in image.table("commitments").values():
                refuse_unknown_words(commitment)
        return Snapshot(image, self._today(image), is_kept=True), stamp

    def _today(self, image: StoreImage) -> str:
        return self.clock.today(image.settings.get("timezone"))

    def settings(self) -> Settings:
        """The settings of the store. Raises: StoreMissing, StoreDamaged, StoreUnusable."""
        return self._file.image().settings

    def transaction(self, *, is_mending: bool = False) -> Transaction:
        """A transaction, as a context manager: committed when the block ends, rolled back when it raises."""
        from store.transaction import Transaction

        return Transaction(self, is_mending=is_mending)

    def dry_run(self) -> Transaction:
        """A transaction on the current revision without the lock, which is rolled back when it ends."""
        from store.transaction import DryRun

        return DryRun(self)

    def lock(self) -> Lock:
        """The lock of the store, to be entered as a context manager.

        Raises: StoreMissing, StoreDamaged, StoreUnusable: no lock file is created beside anything but a store.
        """
        if not self._file.is_file() or not self._file.has_lock():
            self._file.image()
        return self._file.locked(self.actor)

    def sweep(self, held: Held) -> None:
        """Remove the temporary files of interrupted changes, under the lock."""
        self._file.sweep(held.folder)

    def read_for_change(self, held: Held | None) -> tuple[StoreImage, Stamp]:
        """Read the current revision with its history, and its stamp, under the lock; a dry run holds none.

        Raises: StoreMissing, StoreDamaged, StoreUnusable.
        """
        return self._file.image_and_stamp(held, with_history=True)

    def save(
        self, held: Held, image: StoreImage, meta: Meta, changes: Mapping[str, Mapping[int, Any]], stamp: Stamp
    ) -> None:
        """Write the next revision: `changes` (table -> number -> record, None: removed) and `meta`.

        `image` is the revision read and `stamp` its stamp, `held` the lock. Raises: Conflict when the file was replaced
        since; StoreUnusable when it is not saved.
        """
        from store.file.serializer import write_changes

        revision = image.meta["revision"]
        trail, line = self.audit_trail(), None
        if trail is not None:
            meta, line = trail.next(meta, image, changes["events"])
        self._file.replace(held, lambda write_piece: write_changes(image, write_piece, meta, changes), revision, stamp)
        if trail is not None and line is not None:
            trail.write(line, held.warnings)

    def audit_trail(self) -> AuditTrail | None:
        """The audit trail, where the machine's settings ask for one now. Raises: StoreUnusable, UsageError."""
        if not has_system_config():
            return None
        from store.config import is_audited

        if not is_audited():
            return None
        if self._audit_trail is None:
            from store.audit_log import AuditTrail

            self._audit_trail = AuditTrail(self.path)
        return self._audit_trail

    def create(self, settings: Settings, mode: int, group: int | None = None) -> list[str]:
        """Create an empty store. Returns warnings: what failed after it was created. Raises: StoreUnusable."""
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
        """Replace a commitment and its events by `clean(record)` in every automatic copy.

        Returns how many copies changed, and a sentence for each that could not be redacted.
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
        if changed and (why := self._file.copies.sync()):
            trouble.append(f"saved, but after a power cut a copy may hold the passage again: {why}")
        return changed, trouble
