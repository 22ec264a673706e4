"""Another process that holds the lock of a store."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from store.database import Database

_HOLD = """
import sys
from tests.support.store_builders import open_store
with open_store(sys.argv[1], who="boris").transaction():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(database: Database) -> Iterator[None]:
    """While this lasts, boris is changing the store in a process of his own."""
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, database.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        yield
    finally:
        holder.communicate(b"")
