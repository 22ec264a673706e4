"""A folder for tests with several users of the operating system: each can reach it and write in it."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that every user can reach and write in; pytest's own folders are private."""
    folder = tempfile.mkdtemp(prefix="followup-tests-", dir="/tmp")
    os.chmod(folder, 0o2777)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)
