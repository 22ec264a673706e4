"""Opens a foreign file once; its type and permissions are checked on the open file."""

from __future__ import annotations

import os
from stat import S_ISREG

from store.errors import UsageError, unreadable
from store.sanitise_text import visible
from store.translation import tr


def open_foreign(path: str) -> int:
    """Open a file for reading. Returns its descriptor. Raises: UsageError for no regular file, or an unreadable one."""
    try:
        # Not blocking, or a pipe would be waited for.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise unreadable(visible(path), error, UsageError) from None
    if not S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UsageError(tr("{path} is no file", path=visible(path)), code="import.not-a-file")
    return descriptor
