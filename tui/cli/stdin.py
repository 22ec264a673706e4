"""The only reader of stdin in bytes, and as a descriptor for another process."""

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


def stdin_for_another_process() -> int:
    """A descriptor of stdin that a process without a terminal can read; the caller closes it.

    What is typed is read here first: a process that holds the terminal could type into it. Raises: OSError.
    """
    stdin = binary_stdin()
    if stdin is None:
        return os.open(os.devnull, os.O_RDONLY)
    if not stdin.isatty():
        return os.dup(stdin.fileno())
    typed = os.memfd_create("stdin")
    with open(typed, "wb", closefd=False) as file:
        file.write(stdin.read())
    os.lseek(typed, 0, os.SEEK_SET)
    return typed
