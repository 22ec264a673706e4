"""Runs followup in a fork of its own for each command, of a process that has loaded it: a quarter of a start."""

from __future__ import annotations

import json
import os
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_MOST = 100_000
"""The bytes of a request that fit into one packet on every system."""

_LOCALE = "C.UTF-8"


def can_run(argv: Sequence[str], env: Mapping[str, str]) -> bool:
    """Whether a fork does the same: what an interpreter looks at while it starts has to be as for the server.

    `followup python` runs a script in the interpreter itself: its paths, its streams.
    """
    size = sum(map(len, [*argv, *env, *env.values()]))
    is_own_start = "python" in argv or any(
        name.startswith(("PYTHON", "LD_")) and name != "PYTHONDONTWRITEBYTECODE" for name in env
    )
    locales = {value for name, value in env.items() if name == "LANG" or name.startswith("LC_")}
    return size < _MOST and not is_own_start and locales == {_LOCALE}


class CommandServer:
    """The process; it ends with this one."""

    def __init__(self) -> None:
        self._requests, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        script = str(Path(__file__).with_name("fork_per_command_server.py"))
        self._process = subprocess.Popen(
            [sys.executable, "-P", script, str(theirs.fileno())],
            env={"LANG": _LOCALE, "PATH": os.environ.get("PATH", os.defpath)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._lock = threading.Lock()

    def run(
        self, argv: Sequence[str], env: Mapping[str, str], typed: bytes, cwd: str, timeout: float
    ) -> tuple[int, bytes, bytes]:
        """Run a command line to its end. Returns exit code, stdout, stderr. Raises: subprocess.TimeoutExpired."""
        request = json.dumps({"argv": list(argv), "env": dict(env), "cwd": cwd}).encode()
        with self._lock:
            stdin, to_stdin = os.pipe()
            out, stdout = os.pipe()
            err, stderr = os.pipe()
            try:
                socket.send_fds(self._requests, [request], [stdin, stdout, stderr])
            finally:
                for stream in (stdin, stdout, stderr):
                    os.close(stream)
            try:
                outputs = _communicate(to_stdin, (out, err), typed, time.monotonic() + timeout)
            except TimeoutError:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
                _server.cache_clear()
                raise subprocess.TimeoutExpired(list(argv), timeout) from None
            code = int(self._requests.recv(64) or b"-999")
        return code, *outputs


def _communicate(to_stdin: int, sources: tuple[int, int], typed: bytes, end: float) -> tuple[bytes, bytes]:
    """Give stdin and read the others until they end; closes all. Raises: TimeoutError."""
    taken = {source: bytearray() for source in sources}
    left = memoryview(typed)
    os.set_blocking(to_stdin, False)
    with selectors.DefaultSelector() as selector:
        for source in sources:
            selector.register(source, selectors.EVENT_READ)
        if left:
            selector.register(to_stdin, selectors.EVENT_WRITE)
        else:
            os.close(to_stdin)
        while selector.get_map():
            ready = selector.select(end - time.monotonic())
            if not ready and time.monotonic() >= end:
                for key in list(selector.get_map().values()):
                    os.close(key.fd)
                raise TimeoutError
            for key, _ in ready:
                is_over = False
                if key.fd == to_stdin:
                    try:
                        left = left[os.write(to_stdin, left) :]
                        is_over = not left
                    except BrokenPipeError:
                        is_over = True
                else:
                    part = os.read(key.fd, 1 << 16)
                    taken[key.fd] += part
                    is_over = not part
                if is_over:
                    selector.unregister(key.fd)
                    os.close(key.fd)
    out, err = (bytes(taken[source]) for source in sources)
    return out, err


@cache
def _server() -> CommandServer:
    return CommandServer()


def run(
    argv: Sequence[str], env: Mapping[str, str], typed: bytes, *, cwd: str | None = None, timeout: float
) -> tuple[int, bytes, bytes]:
    """Run a command line (`argv[0]` is the program) to its end. Returns exit code, stdout, stderr."""
    return _server().run(argv, env, typed, cwd or os.getcwd(), timeout)
