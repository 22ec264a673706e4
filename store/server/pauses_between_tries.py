"""When what a server refused or did not answer is tried again: after pauses that double.

Which refusals are worth another try is told by `store.server.connection`.
"""

from __future__ import annotations

import time
from random import random

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST_WAIT, LONGEST_WAIT = 0.01, 1.0
"""Seconds between two tries: they double."""


def tries(end: float) -> Iterator[bool]:
    """Try again with growing pauses until this time of the monotonic clock; yields whether it is the last try."""
    wait = _FIRST_WAIT
    while time.monotonic() < end:
        yield False
        time.sleep(min(wait * (0.5 + random()), max(0.0, end - time.monotonic())))
        wait = min(LONGEST_WAIT, 2 * wait)
    yield True
