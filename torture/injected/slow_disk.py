"""Simulate a slow disk."""

from __future__ import annotations

import os
import time

from torture.injected.replace_functions import replace


def slow_fsync() -> None:
    """Let every fsync take 10 ms more."""
    sound = os.fsync

    def slow(fd: int) -> None:
        time.sleep(0.01)
        sound(fd)

    replace(os.fsync, slow)
