"""A server on another machine that takes no encryption, and keeps what it heard; and the ways to name it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ADDRESS = "127.0.0.2"
"""Not among the names of this machine: a server there is on another one, as the program sees it."""

_ASKS_FOR_ENCRYPTION = (80877103, 80877104)


class Listener:
    """Takes connections, refuses encryption, asks for the password in clear, and keeps what it heard."""

    def __init__(self, taking: socket.socket) -> None:
        self._taking = taking
        self.port: int = taking.getsockname()[1]
        self.heard = b""
        self.met = 0

    def listen(self) -> None:
        """Take connections until the socket is closed."""
        while True:
            try:
                one, _ = self._taking.accept()
            except OSError:
                return
            self.met += 1
            one.settimeout(10)
            with one:
                try:
                    self._ask(one)
                except (OSError, struct.error):
                    continue

    def _ask(self, one: socket.socket) -> None:
        while True:
            (length,) = struct.unpack(">I", one.recv(4, socket.MSG_WAITALL))
            started = one.recv(length - 4, socket.MSG_WAITALL)
            if struct.unpack(">I", started[:4])[0] not in _ASKS_FOR_ENCRYPTION:
                break
            one.sendall(b"N")
        self.heard += started
        one.sendall(b"R" + struct.pack(">II", 8, 3))
        self.heard += one.recv(1000)


@contextmanager
def listener(address: str = ADDRESS) -> Iterator[Listener]:
    """A server that others can hear."""
    with socket.create_server((address, 0)) as taking:
        there = Listener(taking)
        thread = threading.Thread(target=there.listen, daemon=True)
        thread.start()
        try:
            yield there
        finally:
            taking.shutdown(socket.SHUT_RDWR)
            thread.join()


def ways_there(port: int, folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Names of a store on that server that say nothing of encryption, and the surroundings that go with each."""
    services = folder / "services.conf"
    there = f"host=db.example.org\nhostaddr={ADDRESS}\nport={port}\nuser=asel\n"
    services.write_text(f"[plain]\n{there}[checked]\n{there}sslmode=verify-full\n[prefers]\n{there}sslmode=prefer\n")
    file = {"PGSERVICEFILE": str(services)}
    yield "postgresql:///followup", {**file, "PGSERVICE": "checked"}
    yield "postgresql:///followup?service=plain", file
    yield "postgresql:///followup?service=prefers", file
    yield "service=plain", file
    yield "postgresql://asel@/followup", {"PGHOSTADDR": ADDRESS, "PGPORT": str(port)}
    yield f"postgresql://asel@/followup?hostaddr={ADDRESS}&port={port}", {}
    yield f"postgresql://asel@localhost:{port}/followup?hostaddr={ADDRESS}", {}
    yield f"postgresql://asel@{ADDRESS}:{port}/followup", {}
    yield f"postgresql://asel@localhost,{ADDRESS}:1,{port}/followup", {}
