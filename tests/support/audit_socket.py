"""A socket that stands for the system's log, and what a process of the program needs to write to it."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import threading
from pathlib import Path
from types import TracebackType

from store import paths, system_log

_END = b"no more"
_VARIABLE = "FOLLOWUP_TEST_AUDIT"


class LogSocket:
    """A datagram socket as `/dev/log` is, and a settings file that asks for the trail; a context manager.

    It lies in a folder of its own with a short path: that of a socket may have 107 bytes.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="log"))
        self.folder.chmod(0o755)
        self.config = self.folder / "config.toml"
        self.config.write_text('audit = "syslog"\n')
        self.config.chmod(0o644)
        self.path = self.folder / "log"
        self._messages: list[bytes] = []
        self._socket: socket.socket | None = None
        self._reader: threading.Thread | None = None

    @property
    def variables(self) -> dict[str, str]:
        """What `audited` needs in the environment of a process."""
        return {_VARIABLE: str(self.folder)}

    def __enter__(self) -> LogSocket:
        self.open()
        return self

    def open(self) -> None:
        """Listen."""
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(self.path))
        self.path.chmod(0o666)
        self._reader = threading.Thread(target=self._read, args=(self._socket,), daemon=True)
        self._reader.start()

    def _read(self, listening: socket.socket) -> None:
        while (message := listening.recv(1 << 16)) != _END:
            self._messages.append(message)

    def close(self) -> None:
        """Stop listening, when everything that was sent is read."""
        if self._socket is not None and self._reader is not None:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as own:
                own.sendto(_END, str(self.path))
            self._reader.join()
            self._socket.close()
            self._socket = None
            self.path.unlink()

    def lines(self) -> list[str]:
        """The messages so far, without their priority."""
        if self._socket is not None:
            self.close()
            self.open()
        return [message.decode().partition(">")[2] for message in self._messages]

    def messages(self) -> list[bytes]:
        """The messages so far, as they were sent."""
        self.lines()
        return list(self._messages)

    def log_file(self) -> Path:
        """The lines as rsyslog writes them into a file."""
        path = self.folder / "auth.log"
        path.write_text("".join(f"2026-11-27T09:00:00.000000+00:00 srv {line}\n" for line in self.lines()))
        return path

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self.close()
        shutil.rmtree(self.folder)


def audited() -> None:
    """Make this process take the settings and the log of a `LogSocket`, named in its environment, for the machine's."""
    folder = os.environ[_VARIABLE]
    paths.SYSTEM_CONFIG = f"{folder}/config.toml"
    paths.SYSTEM_OWNER = os.stat(folder).st_uid
    system_log.SYSLOG_SOCKET = f"{folder}/log"
