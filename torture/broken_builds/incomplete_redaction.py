"""Builds in which a redacted passage is still somewhere, or leaves no mark."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.file.quick_reader import StoreImage
from store.rules.redacted_fields_and_mark import redacted, redacted_records
from store.transaction import Transaction
from torture.broken_builds import broken_build
from torture.injected.replace_functions import replace


@broken_build
def copies_keep_it() -> None:
    """A redaction leaves the automatic copies as they are."""
    replace(Transaction._redact_saved_copies, lambda self, redact_copies: None)


@broken_build
def history_keeps_it() -> None:
    """A redaction leaves the events of the commitment as they are."""

    def without_events(source: StoreImage, number: int, clean: Callable[[Any], Any]) -> dict[str, dict[int, Any]]:
        return {**redacted_records(source, number, clean), "events": {}}

    replace(redacted_records, without_events)


@broken_build
def no_mark() -> None:
    """A redaction leaves no mark where the passage was."""
    replace(redacted, lambda value, passage, mark: redacted(value, passage, "..."))
