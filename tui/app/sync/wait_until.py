"""Waiting for what nobody tells: another screen in front, a change saved."""

import asyncio
from collections.abc import Callable

_GLANCE = 0.05
"""Seconds between two glances at what is awaited."""


async def until(is_so: Callable[[], object]) -> None:
    """Wait until it is so, while the app goes on."""
    while not is_so():
        await asyncio.sleep(_GLANCE)
