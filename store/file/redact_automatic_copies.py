"""Redact a passage in the automatic copies of a store, which are written anew."""

from __future__ import annotations

from store.errors import StoreUnusable
from store.file.serialize_file import serialize_changes
from store.rules.redacted_fields_and_mark import redacted_records
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from store.file.automatic_copies import Copies


def redact_automatic_copies(copies: Copies, number: int, clean: Callable[[Any], Any]) -> tuple[int, list[str], bool]:
    """Replace a commitment and its events by `clean(record)` in every automatic copy.

    Returns how many copies changed, a sentence for each that could not be redacted, and whether there was one.
    """
    changed, trouble = 0, []
    for copy in copies.all():
        try:
            image = copies.read(copy)
            changes = {name: records for name, records in redacted_records(image, number, clean).items() if records}
            if changes:
                copies.rewrite(copy, serialize_changes(image, image.meta, changes))
                changed += 1
        except StoreUnusable as error:
            trouble.append(
                tr("saved, but the copy {path} may still hold the passage: {error}", path=copy.path, error=error)
            )
    if changed and (why := copies.sync()):
        trouble.append(tr("saved, but after a power cut a copy may hold the passage again: {why}", why=why))
    return changed, trouble, bool(trouble)
