"""A line of TCP between the program and a far server: each way takes a while, and round trips are counted."""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from tests.support.tcp_forwarder import TcpLine

_GOODBYE = b"X\0\0\0\4"
"""Sent before a connection is closed: nobody waits for an answer to it."""


class DistantLine(TcpLine):
    """A line to a far server, which counts the round trips; `delay` are the seconds of a way."""

    def __init__(self, to_port: int, delay: float = 0) -> None:
        super().__init__(to_port, delay)
        self.round_trips = 0
        """How often somebody waited for the other end; that of TCP itself, which opens a connection, is one of them."""

    def _carry(self, client: socket.socket, server: socket.socket) -> None:
        self.round_trips += 1
        questions = _Way(client, server, self._delay)
        answers = _Way(server, client, self._delay)
        questions.begin(self._asked, answers, first_delay=2 * self._delay)
        answers.begin(lambda _: None, questions)

    def _asked(self, sent: bytes) -> None:
        if sent != _GOODBYE:
            self.round_trips += 1


class _Way:
    """One direction of a connection."""

    def __init__(self, source: socket.socket, target: socket.socket, delay: float) -> None:
        self._source = source
        self._target = target
        self._delay = delay
        self._under_way: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
        self.is_last_to_speak = False

    def begin(self, noted: Callable[[bytes], None], other: _Way, first_delay: float = 0) -> None:
        """Carry from now on; `noted` gets what begins after the other way has spoken."""
        threading.Thread(target=self._take, args=(noted, other, first_delay), daemon=True).start()
        threading.Thread(target=self._bring, daemon=True).start()

    def _take(self, noted: Callable[[bytes], None], other: _Way, first_delay: float) -> None:
        sent = b" "
        while sent:
            try:
                sent = self._source.recv(1 << 16)
            except OSError:
                sent = b""
            if sent and not self.is_last_to_speak:
                noted(sent)
                self.is_last_to_speak, other.is_last_to_speak = True, False
            self._under_way.put((time.monotonic() + self._delay + first_delay, sent))
            first_delay = 0

    def _bring(self) -> None:
        while True:
            due, sent = self._under_way.get()
            time.sleep(max(0.0, due - time.monotonic()))
            with suppress(OSError):
                if not sent:
                    self._target.shutdown(socket.SHUT_WR)
                    return
                self._target.sendall(sent)
