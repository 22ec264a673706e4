"""Has the reading process of an import misbehave in the way that a variable names."""

from __future__ import annotations

import os

from store.foreign_files import limited_process
from store.foreign_files.limits import Limits
from torture.injected.replace_functions import replace

WAY = "TORTURE_READER"
"""Variable with the name of one of `tests.support.hostile_readers`."""

_SERVE = """
from tests.support.hostile_readers import READERS
from store.foreign_files.child_process import serve
serve({{"list": READERS[{way!r}]}})
"""


def hostile_reading() -> None:
    """Start this reader in the place of the one for lists, with two seconds of time."""
    start, sound = limited_process._start(limited_process.MAIN), Limits.__init__
    begin, has_main, _ = start.partition(f"from {limited_process.MAIN} import")
    assert has_main

    def with_little_time(self: Limits, megabytes: int = 512, *, processor: int = 2, clock: float = 2) -> None:
        sound(self, megabytes, processor=processor, clock=clock)

    replace(limited_process._start, lambda main: begin + _SERVE.format(way=os.environ[WAY]))
    replace(Limits.__init__, with_little_time)
