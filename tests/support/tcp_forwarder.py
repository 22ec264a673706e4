"""A port that leads to another, between two programs of this machine: what stands in the way is added by a subclass."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Self


class TcpLine:
    """`with TcpLine(to_port) as line`: what connects to `line.port` is carried as `_carry` says, in threads."""

    def __init__(self, to_port: int, delay: float = 0) -> None:
        """`delay` are the seconds of a way."""
        self._delay = delay
        self._to_port = to_port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._ends: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._connect, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _connect(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = self._socket_to_server()
                server.connect(("127.0.0.1", self._to_port))
                self._ends += [client, server]
                for end in (client, server):
                    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._carry(client, server)

    def _socket_to_server(self) -> socket.socket:
        return socket.socket()

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        """Begin to carry what both send."""
        raise NotImplementedError
