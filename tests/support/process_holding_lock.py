"""Another process that holds the lock of a store."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from store.database import Database

ME = pwd.getpwuid(os.getuid()).pw_name
"""The one whose process it is."""

_HOLD = """
import sys
from tests.support.store_builders import open_store
with open_store(sys.argv[1], who=sys.argv[2]).transaction():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(database: Database, who: str = ME) -> Iterator[int]:
    """While this lasts, somebody is changing the store in the process with this number."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, database.path, who], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield holder.pid
    finally:
        holder.communicate(b"")
