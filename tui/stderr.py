"""Writes to stderr: messages, one sentence a line, and a progress counter."""

from __future__ import annotations

import sys

from store.text import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    _Item = TypeVar("_Item")


def say(sentence: str) -> None:
    """Write a message. A closed stderr is ignored."""
    if sys.stderr is None:
        return
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.buffer.write(f"followup: {visible(sentence)}\n".encode(encoding, "backslashreplace"))
        sys.stderr.flush()
    except (OSError, ValueError):
        return


_PATIENCE = 1.0
"""Seconds of work before progress is shown."""

_OFTEN = 0.2
"""Seconds between two updates of the progress."""


def with_progress(items: Iterable[_Item], total: int, patience: float = _PATIENCE) -> Iterator[_Item]:
    """Yield the items; on a terminal show, after `patience` seconds, how many are done.

    Progress is one line, which is erased at the end.
    """
    if not is_watched():
        yield from items
        return
    from time import monotonic

    updated_at, width = monotonic() + patience - _OFTEN, 0
    try:
        for count, item in enumerate(items):
            if monotonic() - updated_at >= _OFTEN:
                line = f"followup: {count:,} of {total:,}"
                width = max(width, len(line))
                _put(f"\r{line:<{width}}")
                updated_at = monotonic()
            yield item
    finally:
        if width:
            _put(f"\r{'':<{width}}\r")


def is_watched() -> bool:
    """Whether stderr is a terminal, where somebody reads it."""
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:
        return False


def _put(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        return
