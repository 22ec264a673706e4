"""The only reader of stdin in bytes, and as a descriptor for another process."""

from __future__ import annotations

import os
import stat
import sys

from store.errors import UsageError
from store.sanitise_text import visible
from store.translation import tr

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


_OPEN_FILES = ("/dev/fd", "/proc/self/fd")


def open_lines(path: str) -> BinaryIO | None:
    """Open a file of lines, stdin for `-`; None when that is closed.

    A pipe that the shell has opened (`<(zcat log.gz)`) is waited for. Any other, and a device, is no file: somebody
    else may have put it there, and it would be waited for or read for ever. Raises: UsageError, OSError.
    """
    if path == "-":
        return binary_stdin()
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    mode = os.fstat(descriptor).st_mode
    if path == "/dev/stdin" or os.path.dirname(path) in _OPEN_FILES:
        os.set_blocking(descriptor, True)
    elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        os.close(descriptor)
        raise UsageError(
            tr("{path} is no file; a pipe or device of yours is read as -, with < {path}", path=visible(path))
        )
    return open(descriptor, "rb")


def stdin_for_another_process() -> int:
    """A descriptor of stdin for a process without a terminal; the caller closes it.

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
