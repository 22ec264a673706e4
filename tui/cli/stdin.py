"""The only reader of stdin in bytes."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO


def binary_stdin() -> BinaryIO | None:
    """stdin as a binary stream that blocks; None when it is closed.

    Another program may have left it non-blocking: what arrives late would then be taken for its end.
    """
    from contextlib import suppress  # Brings `collections`, which a change that reads no stdin does not load.

    if sys.stdin is None:
        return None
    with suppress(OSError):
        os.set_blocking(sys.stdin.fileno(), True)
    return sys.stdin.buffer
