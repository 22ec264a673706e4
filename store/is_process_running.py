"""Whether a process is running, asked by its number."""

from __future__ import annotations

import os


def is_running(process: int) -> bool:
    """Whether a process with this number runs on this machine, whoever it belongs to."""
    if process <= 0:
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
