"""Pauses at the seams: before each call on a file, so that others have time to put something else in its place."""

from __future__ import annotations

import builtins
import os
import time
from typing import Any

_CALLS = (
    *("open", "stat", "lstat", "chmod", "fchmod", "chown", "fchown", "link", "rename", "unlink", "mkdir"),
    *("listdir", "getxattr", "setxattr"),
)

_PAUSE = 0.0003
"""Seconds: as long as a swapper needs to wake up and swap."""


def pause_at_seams() -> None:
    """Wait a moment before each call on a file."""
    for name in _CALLS:
        setattr(os, name, _paused(getattr(os, name)))
    setattr(builtins, "open", _paused(open))  # noqa: B010 - mypy knows the function by its own signature


def _paused(sound: Any) -> Any:
    def called(*arguments: Any, **named: Any) -> Any:
        time.sleep(_PAUSE)
        return sound(*arguments, **named)

    return called


def refuse_hard_links() -> None:
    """Refuse every hard link, as `fs.protected_hardlinks` does for another's link and for a file not to be written."""

    def link(*_: Any, **__: Any) -> None:
        raise PermissionError(1, "Operation not permitted")

    setattr(os, "link", link)  # noqa: B010 - mypy knows the function by its own signature
