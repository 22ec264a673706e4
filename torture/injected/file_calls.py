"""Record the program's calls on files as strace does, or make them fail on order."""

from __future__ import annotations

import errno
import os
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_DURABLE = ("fsync", "fdatasync", "sync", "rename", "replace", "link", "write", "pwrite")
"""The calls that make a change durable, and those that answer."""

_FAILING = (
    *("open", "write", "pwrite", "ftruncate", "fsync", "close", "fchmod", "fchown"),
    *("link", "rename", "unlink", "mkdir", "listdir", "stat", "fstat"),
)

RECORDED = "TORTURE_RECORDED"
"""Variable: the file that the calls are written down in."""

ORDER = "TORTURE_ORDER"
"""Variable: the file that orders a failure, `NUMBER ERROR once|on`; ERROR may be KILL: the process is killed there.

After each rename the number of that call stands in `FILE.renamed`.
"""

THREAD = "TORTURE_THREAD"
"""Variable: how the names of the threads begin whose calls fail."""


def record_calls() -> None:
    """Write down the calls that make a change durable, in the form of strace's log."""
    log = os.open(os.environ[RECORDED], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    write = os.write

    def recording(name: str, sound: Callable[..., Any]) -> Callable[..., Any]:
        def recorded(*arguments: Any, **named: Any) -> Any:
            result = sound(*arguments, **named)
            folders = (named.get("src_dir_fd"), named.get("dst_dir_fd"))
            shown = ", ".join(map(_as_logged, map(_path, arguments[:2], folders)))
            write(log, f"{os.getpid()} {name}({shown}) = {result or 0}\n".encode())
            return result

        return recorded

    _wrap(_DURABLE, recording)


def _path(value: Any, folder: int | None) -> Any:
    """The path that a name in an open folder stands for."""
    return value if folder is None else os.path.join(os.readlink(f"/proc/self/fd/{folder}"), value)


def _as_logged(value: Any) -> str:
    if isinstance(value, int):
        try:
            return f"{value}<{os.readlink(f'/proc/self/fd/{value}')}>"
        except OSError:
            return str(value)
    text = value if isinstance(value, str) else bytes(value).decode("latin-1")
    escaped = text.encode("unicode_escape").decode().replace('"', '\\"')
    return f'"{escaped}"'


def fail_by_order() -> None:
    """Let calls fail as the file of `ORDER` says; the names of those that did stand in `FILE.failed`."""
    order, begins = os.environ[ORDER], os.environ[THREAD]
    plan = {"at": 0, "error": 0, "is_on": 0}
    count = 0
    unlink = os.unlink

    def read_order() -> None:
        nonlocal count
        with open(order) as file:
            at, error, often = file.read().split()
        unlink(order)
        plan.update(at=int(at), error=getattr(errno, error, 0), is_on=often == "on")
        count = 0

    def failing(name: str, sound: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any, **named: Any) -> Any:
            nonlocal count
            if threading.current_thread().name.startswith(begins):
                if os.path.lexists(order):
                    read_order()
                count += 1
                if count == plan["at"] or (plan["is_on"] and count > plan["at"] > 0):
                    with open(f"{order}.failed", "a") as file:
                        file.write(f"{name} ")
                    if not plan["error"]:
                        os.kill(os.getpid(), signal.SIGKILL)
                    if name == "close":
                        sound(*arguments)
                    raise OSError(plan["error"], os.strerror(plan["error"]))
            result = sound(*arguments, **named)
            if name == "rename" and threading.current_thread().name.startswith(begins):
                with suppress(OSError), open(f"{order}.renamed", "w") as file:  # The disk may be full.
                    file.write(str(count))
            return result

        return called

    _wrap(_FAILING, failing)


def _wrap(names: tuple[str, ...], wrapper: Callable[[str, Callable[..., Any]], Callable[..., Any]]) -> None:
    for name in names:
        setattr(os, name, wrapper(name, getattr(os, name)))
