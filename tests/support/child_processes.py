"""The child processes of this one, dead ones that nobody asked for among them."""

import os
from pathlib import Path


def child_processes() -> set[int]:
    """Their numbers."""
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == os.getpid():
            found.add(int(status.parent.name))
    return found
