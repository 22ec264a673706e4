"""A real sshd on loopback, for one user who has a key, behind a line that carries as little as one wants."""

from __future__ import annotations

import getpass
import os
import queue
import shlex
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from tests.support.pty_screen import PtyScreen
from tests.support.tcp_forwarder import TcpLine

_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
_PROGRAMS = ("sshd", "ssh", "ssh-keygen")

_BUFFER = 8192
"""Bytes that a narrow line holds of what it has not carried yet; more stays with who sends."""

_PATIENCE = 20

_REPEAT = 1 / 30
"""Seconds from one repetition of a key to the next."""

_CONFIG = """\
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
"""

_OPTIONS = (
    *("-F", "none", "-tt", "-e", "none", "-q"),
    *("-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes"),
    *("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null"),
    # Since 9.5 ssh sends a packet every 0.02 s while one types: on a line of 2 kB/s they are all that it carries.
    *("-o", "IgnoreUnknown=ObscureKeystrokeTiming", "-o", "ObscureKeystrokeTiming=no"),
)


class NoLogin(Exception):
    """Nobody can log in on this machine, and why."""


class SshServer:
    """`with SshServer() as server`: an sshd with a host key, a port and a configuration of its own.

    Raises on entering: NoLogin.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="followup-ssh-")
        self.port = 0

    def __enter__(self) -> Self:
        if missing := [program for program in _PROGRAMS if shutil.which(program, path=_PATH) is None]:
            raise NoLogin(f"no {', '.join(missing)} on this machine")
        folder = Path(self._folder.name)
        for name in ("host", "user"):
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)],
                check=True,
                env={"PATH": _PATH},
            )
        if os.geteuid() == 0:
            # Where systemd does not run nobody has made it.
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (folder / "config").write_text(_CONFIG.format(port=self.port, folder=folder))
        # By its whole path, which it wants for the processes of its sessions.
        sshd, log = shutil.which("sshd", path=_PATH), folder / "log"
        argv = [str(sshd), "-D", "-f", str(folder / "config"), "-E", str(log)]
        self._server = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
        end = time.monotonic() + _PATIENCE
        is_listening = False
        while subprocess.run(self.client(self.port, "true"), capture_output=True).returncode:
            if is_listening or self._server.poll() is not None or time.monotonic() > end:
                last = (log.read_text().splitlines() or ["sshd says nothing"])[-1] if log.exists() else "no log"
                self.__exit__()
                raise NoLogin(f"nobody can log in over ssh: {last.strip()}")
            is_listening = log.exists() and "Server listening" in log.read_text()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.kill()
        self._server.wait()
        self._folder.cleanup()

    def client(self, port: int, command: str) -> list[str]:
        """The ssh that runs a command in a terminal of the server, through this port."""
        key = str(Path(self._folder.name, "user"))
        return ["ssh", *_OPTIONS, "-i", key, "-p", str(port), f"{getpass.getuser()}@127.0.0.1", command]


def shell_command(argv: Sequence[str], env: Mapping[str, str]) -> str:
    """The command for a shell that runs `argv` with `env` added."""
    return shlex.join(["exec", "env", *(f"{name}={value}" for name, value in env.items()), *argv])


class NarrowLine(TcpLine):
    """A line for one connection, whose small buffers let nothing wait in the machine.

    `rate`, bytes a second in each direction, can be changed at any time; 0 is no limit. `delay` are the seconds of a
    way.
    """

    def __init__(self, to_port: int, delay: float = 0) -> None:
        super().__init__(to_port, delay)
        self.rate = 0
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)

    def _socket_to_server(self) -> socket.socket:
        server = super()._socket_to_server()
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
        return server

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        for source, target in ((client, server), (server, client)):
            under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
            threading.Thread(target=self._take, args=(source, under_way), daemon=True).start()
            threading.Thread(target=self._bring, args=(under_way, target), daemon=True).start()

    def _take(self, source: socket.socket, under_way: queue.SimpleQueue[tuple[float, bytes]]) -> None:
        free_at, data = 0.0, b"."
        while data:
            rate = self.rate
            try:
                data = source.recv(max(rate // 50, 1) if rate else 65536)
            except OSError:
                data = b""
            free_at = max(free_at, time.monotonic()) + (len(data) / rate if rate else 0)
            time.sleep(max(free_at - time.monotonic(), 0))
            under_way.put((time.monotonic() + self._delay, data))

    def _bring(self, under_way: queue.SimpleQueue[tuple[float, bytes]], target: socket.socket) -> None:
        with suppress(OSError):
            while True:
                at, data = under_way.get()
                time.sleep(max(at - time.monotonic(), 0))
                if not data:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(data)


def multiplexers(folder: Path) -> dict[str, list[str]]:
    """Name -> the words before a command that run it in a multiplexer of the server, of those that this machine has.

    `folder` is for their files; none of them takes a line of the screen for itself.
    """
    (configuration := folder / "tmux.conf").write_text("set -g status off\n")
    found = {
        "tmux": ["tmux", "-S", str(folder / "tmux"), "-f", str(configuration), "new-session"],
        "screen": ["screen", "-c", "/dev/null"],
    }
    return {name: words for name, words in found.items() if shutil.which(name)}


class HeldKey(NamedTuple):
    """How far behind the screen was: when the key was released, and of the bytes the most that were on the way."""

    seconds: float
    most: int


def hold(
    screen: PtyScreen, key: str, times: int, is_there: Callable[[], object], written: Callable[[], int] | None = None
) -> HeldKey:
    """Hold a key down as keyboards repeat it, until the screen shows the last repetition (`is_there`).

    `written` counts the bytes that the program has written.
    """
    start, most = time.monotonic(), 0
    for press in range(times):
        time.sleep(max(start + press * _REPEAT - time.monotonic(), 0))
        screen.send(key)
        if written is not None:
            # Asked first: what comes in between makes it less, never more. The terminal driver adds the CRs.
            most = max(most, written() - len(screen.raw().replace(b"\r\n", b"\n")))
    released = time.monotonic()
    screen.wait_for(is_there, timeout=60)
    return HeldKey(max(screen.written_at - released, 0), most)


def after_keys(screen: PtyScreen, keys: str) -> list[str]:
    """The list of all that is open after these keys, as a fast terminal shows it; not the lines that speak."""
    screen.wait_for("q quit")
    screen.send("1")
    screen.wait_for("1 Open")
    screen.send(keys + "?")
    screen.wait_for("Help")
    screen.send("q")
    screen.wait_for("q quit")
    return list_of(screen)


def list_of(screen: PtyScreen) -> list[str]:
    """The lines of the screen but those that speak."""
    return screen.lines()[:-2]
