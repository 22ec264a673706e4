"""Stop the process before each call that changes names or modes, so that a watcher can inspect the files."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from torture.injected.replace_functions import replace

FAULT = "TORTURE_FAULT"
"""Variable: when it is set, the program has a fault where it reads the store."""

_STEPS = frozenset(
    f"os.{name}"
    for name in ("chmod", "chown", "link", "mkdir", "remove", "rename", "rmdir", "setxattr", "removexattr", "truncate")
)


def stop_before_steps() -> None:
    """Stop this process before each call that changes names or modes, or opens a file for writing."""
    if os.environ.pop(FAULT, ""):
        from store.file.file_store import FileStore

        def fault(*_: Any, **__: Any) -> Any:
            raise AttributeError

        replace(FileStore.image_and_stamp, fault)

    def step(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _STEPS or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            os.kill(os.getpid(), signal.SIGSTOP)

    sys.addaudithook(step)
