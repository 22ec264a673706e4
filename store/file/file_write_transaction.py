"""The write transaction of a store file: its lock, the revision read under it, and the replacement of the file."""

from __future__ import annotations

from store.rules.numbering import SET_BACK
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from store.file.file_store import FileStore
    from store.file.quick_reader import StoreImage
    from store.model.record_types import Meta


class FileWriteTransaction:
    """One change of a store file, from the lock to the replacement; entered when it is made."""

    def __init__(self, file: FileStore, actor: str, now: Callable[[], str]) -> None:
        """Take the lock and read the current revision.

        Raises: StoreMissing, StoreDamaged, StoreUnusable: no lock file is created beside anything but a store.
        StoreBusy.
        """
        if not file.is_file() or not file.has_lock():
            file.image()
        self._file = file
        self.actor = actor
        self._lock = file.locked(actor)
        self._held = self._lock.__enter__()
        self.warnings = self._held.warnings
        try:
            file.sweep(self._held.folder)
            self.image, self._stamp = file.image_and_stamp(self._held, with_history=True)
            if set_back := self.image.count_on():
                self.warnings.append(tr(SET_BACK, counters=", ".join(set_back)))
            self.now = now()
        except BaseException:
            self._lock.__exit__()
            raise

    def __enter__(self) -> FileWriteTransaction:
        return self

    def __exit__(self, *exception: object) -> None:
        """Release the lock."""
        self._lock.__exit__(*exception)

    def save(self, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
        """Write the next revision: `changes` (table -> number -> record, None: removed) and `meta`.

        Raises: Conflict when the file was replaced since it was read; StoreUnusable when it is not saved.
        """
        self._refuse_disorder(changes)
        self.replace(self.image, meta, changes)

    def replace(self, image: StoreImage, meta: Meta, changes: Mapping[str, Mapping[int, Any]]) -> None:
        """Write this image with these changes, replacing the whole store. Raises: as `save`."""
        from store.file.serialize_file import write_changes

        self._file.replace(
            self._held,
            lambda write_piece: write_changes(image, write_piece, meta, changes),
            self.image.meta["revision"],
            self._stamp,
        )

    def _refuse_disorder(self, changes: Mapping[str, Mapping[int, Any]]) -> None:
        """Refuse to write into tables whose lines another program put out of the order of their numbers.

        A second line of one number could never be read again. Raises: StoreUnusable.
        """
        for name, records in changes.items():
            if not self.image.is_in_order(name, records):
                from store.file.refuse_damaged import refusal_of_invalid_record
                from store.file.strict_reader import laid_out_otherwise

                raise refusal_of_invalid_record(self._file.path, laid_out_otherwise(name, min(records)))

    def keep_turn(self) -> None:
        """The lock is held as long as the process lives."""

    def redact_copies(self, number: int, clean: Callable[[Any], Any]) -> tuple[int, list[str], bool]:
        """Redact a commitment and its events in every automatic copy."""
        from store.file.redact_automatic_copies import redact_automatic_copies

        return redact_automatic_copies(self._file.copies, number, clean)
