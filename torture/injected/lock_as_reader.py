"""Lock every file of a folder, as somebody does who may only read there."""

from __future__ import annotations

import fcntl
import os
import sys
from contextlib import suppress

TRIED = "TORTURE_TRIED"
"""Variable: the folder."""


def try_to_lock() -> None:
    """Lock all that can be opened, print what that is, and hold it until stdin ends; `free` lets go, `again` locks."""
    folder = os.environ[TRIED]
    held: dict[str, int] = {}
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        try:
            held[path] = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            fcntl.flock(held[path], fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.pop(path, None)
    print(" ".join(held), flush=True)
    for line in sys.stdin:
        for descriptor in held.values():
            fcntl.flock(descriptor, fcntl.LOCK_UN if line == "free\n" else fcntl.LOCK_EX)
        print("done", flush=True)


def leave_to_child() -> None:
    """The same, by a child of this process, which ends: the kernel goes on to tell this one as the holder."""
    folder = os.environ[TRIED]
    held: list[int] = []
    for name in os.listdir(folder):
        with suppress(OSError):
            held.append(os.open(os.path.join(folder, name), os.O_RDONLY | os.O_NONBLOCK))
            fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
    if not os.fork():
        print(len(held), flush=True)
        sys.stdin.read()
