"""Waits for a condition that sends no event: another screen in front, a change saved."""

import asyncio
from collections.abc import Callable

_POLL_SECONDS = 0.05
"""Seconds between two checks."""


async def wait_until(is_so: Callable[[], object]) -> None:
    """Wait until the condition holds, while the app runs on."""
    while not is_so():
        await asyncio.sleep(_POLL_SECONDS)
