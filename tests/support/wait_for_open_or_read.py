"""Wait, without a sleep, until another process opens a file or has read all of a pipe."""

import ctypes
import fcntl
import os
import select
import struct
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.support.run_command import PATIENCE


@contextmanager
def opened(path: str) -> Iterator[Callable[[], bool]]:
    """Gives a function that waits until somebody opens this file, and says whether somebody did."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init()
    assert libc.inotify_add_watch(watch, os.fsencode(path), 0x20) >= 0  # IN_OPEN
    try:
        yield lambda: bool(select.select([watch], [], [], PATIENCE)[0])
    finally:
        os.close(watch)


def wait_until_read(descriptor: int) -> None:
    """Until the other side of a pipe has taken all that was written into it."""
    deadline = time.monotonic() + PATIENCE
    while struct.unpack("i", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0" * 4))[0]:
        assert time.monotonic() < deadline
        os.sched_yield()
