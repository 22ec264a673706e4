"""Exchange what has a name in a shared folder with a link, as somebody does who may write in it."""

from __future__ import annotations

import ctypes
import json
import os
import random
import select
import stat
import sys
import time

SWAPPED = "TORTURE_SWAPPED"
"""Variable: what is swapped, as JSON: `[path, where the link leads, mode]`; an empty target is a pipe.

The mode is what the swapper gives its own file before, so that there is something to repair; 0 for none.
"""

_EXCHANGE = 2
_AT_FOLDER = -100
_LOOKED_AT = 0x1 | 0x4 | 0x10 | 0x20
"""What inotify tells: read, its mode changed, closed, opened."""

_LONGEST = 0.002
"""Seconds after which it swaps even when nobody looked."""


def swap_until_stopped() -> None:
    """Swap the things to and fro, at the moment that somebody looks at one, until stdin ends. Prints how often."""
    swapped: list[tuple[str, str, int]] = json.loads(os.environ[SWAPPED])
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    for folder in {os.path.dirname(path) for path, _, _ in swapped}:
        libc.inotify_add_watch(watch, os.fsencode(folder), _LOOKED_AT)
    times = 0
    print("ready", flush=True)
    while True:
        ready = select.select([watch, sys.stdin], [], [], _LONGEST)[0]
        if sys.stdin in ready:
            break
        if watch in ready:
            os.read(watch, 1 << 16)
        path, target, mode = random.choice(swapped)
        try:
            _lay_ready(path, target, mode)
        except OSError:
            continue
        names = os.fsencode(path), os.fsencode(_beside(path))
        for _ in range(2):
            times += libc.renameat2(_AT_FOLDER, names[0], _AT_FOLDER, names[1], _EXCHANGE) == 0
            time.sleep(random.random() * 0.001)
    print(times // 2, flush=True)


def _beside(path: str) -> str:
    return f"{path}.swap"


def _lay_ready(path: str, target: str, mode: int) -> None:
    """Lay the link beside the file, which gets its mode."""
    beside = _beside(path)
    try:
        is_there = stat.S_ISLNK(os.lstat(beside).st_mode) if target else stat.S_ISFIFO(os.lstat(beside).st_mode)
    except FileNotFoundError:
        is_there = False
    if not is_there:
        new = f"{beside}.new"
        if target:
            os.symlink(target, new)
        else:
            os.mkfifo(new)
        os.rename(new, beside)
    if mode and not stat.S_ISLNK(os.lstat(path).st_mode) and os.lstat(path).st_uid == os.geteuid():
        os.chmod(path, mode)
