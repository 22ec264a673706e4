"""How the work on a text grows with its length, by the time of the processor."""

from __future__ import annotations

import re
from collections.abc import Callable
from time import process_time


def grows_with_length(read: Callable[[int], object], length: int) -> bool:
    """Whether four times the length takes about four times the work, and not the sixteen of each part with each.

    The longer one is read a second time only where the first took too long: something else may have held it up.
    """
    # A short time is none that could be compared.
    most = 9 * max(min(_work(read, length) for _ in range(2)), 0.02)
    return any(_work(read, 4 * length) < most for _ in range(2))


def _work(read: Callable[[int], object], length: int) -> float:
    re.purge()  # Or the second of two short runs compiles nothing.
    begun = process_time()
    read(length)
    return process_time() - begun
