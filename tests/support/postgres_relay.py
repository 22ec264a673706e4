"""A relay between the program and its server that speaks the protocol: it cuts, answers errors, and calls back.

It counts the statements of all connections since it was armed. What a fault strikes is done to the messages themselves:
a statement becomes one that fails with a code, a COMMIT becomes a ROLLBACK, an answer is cut after some bytes.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

SOCKET = ".s.PGSQL.5432"

FAILING = """CREATE SCHEMA torture; GRANT USAGE ON SCHEMA torture TO PUBLIC;
    CREATE FUNCTION torture.fail(code text) RETURNS void LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'made to fail' USING ERRCODE = code; END $$"""
"""What a database needs so that a statement can be made to fail: in the way of the server, not of the relay."""

NUMBERING = """CREATE SEQUENCE torture.numbers; GRANT USAGE ON SEQUENCE torture.numbers TO PUBLIC;
    SELECT setval('torture.numbers', (SELECT max(seq) FROM followup.events))"""
"""What the build that takes numbers from a sequence needs of a database."""

COMMIT = "COMMIT"


@dataclass
class Fault:
    """What is done to a statement: `at` is its number since the relay was armed, COMMIT, or a part of its text."""

    kind: str
    """`cut before`, `cut after`, `cut answer` (after `bytes`), `fail` (with `code`), `roll back`, `warn`, `deny`, or
    `call`.

    `roll back`, `warn` and `deny` are done to a COMMIT: to deny is to do it, and to answer that nobody knows (40003).
    """
    at: int | str
    lasts: bool = False
    """Whether it strikes all statements from then on, and not one."""
    code: str = ""
    bytes: int = 0
    call: Callable[[], None] | None = None
    """Called before the statement is passed on."""
    times: int = 0
    """How often it has struck."""

    def strikes(self, number: int, text: str) -> bool:
        """Whether it is done to this statement."""
        if self.times and not self.lasts:
            return False
        if isinstance(self.at, str):
            return text == COMMIT if self.at == COMMIT else self.at in text
        return number >= self.at if self.lasts else number == self.at


class Relay:
    """A relay on a socket in `folder`, which a store's name takes as its host."""

    def __init__(self, folder: Path, server: str | tuple[str, int]) -> None:
        """`server` is the path of its socket, or its host and port."""
        self.folder = folder
        self._server = server
        self._faults: list[Fault] = []
        self._number = 0
        self._lock = threading.Lock()
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(folder / SOCKET))
        (folder / SOCKET).chmod(0o777)
        self._listener.listen(64)
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, *faults: Fault) -> None:
        """Count from now on, with these faults instead of those before; none let everything pass."""
        with self._lock:
            self._faults, self._number = list(faults), 0

    def struck(self, text: str) -> Fault | None:
        """Count a statement. Returns the fault that is done to it."""
        with self._lock:
            self._number += 1
            for fault in self._faults:
                if fault.strikes(self._number, text):
                    fault.times += 1
                    return fault
        return None

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.socket(socket.AF_UNIX if isinstance(self._server, str) else socket.AF_INET)
            try:
                server.connect(self._server)
            except OSError:
                client.close()
                continue
            line = _Line(self, client, server)
            threading.Thread(target=line.pass_on, daemon=True).start()
            threading.Thread(target=line.pass_back, daemon=True).start()


@contextlib.contextmanager
def relay_to(server: str | tuple[str, int]) -> Iterator[Relay]:
    """Run a relay to the server at this address."""
    # A short path: that of a socket has at most 107 bytes.
    with tempfile.TemporaryDirectory(prefix="fu-relay-", dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        relay = Relay(Path(folder), server)
        try:
            yield relay
        finally:
            relay.arm()
            relay.close()


class _Line:
    """One connection through the relay."""

    def __init__(self, relay: Relay, client: socket.socket, server: socket.socket) -> None:
        self._relay = relay
        self._client = client
        self._server = server
        self._sent: list[Fault | None] = []
        """Of each statement that was passed on and is not answered yet, the fault that its answer suffers."""

    def _cut(self) -> None:
        for end in (self._client, self._server):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def pass_on(self) -> None:
        """Pass on what the program says."""
        with contextlib.suppress(OSError, _Ended), self._client, self._client.makefile("rb") as said:
            length = _exactly(said, 4)
            self._server.sendall(length + _exactly(said, struct.unpack("!i", length)[0] - 4))
            statement, text = b"", ""
            while True:
                kind, body = _message(said)
                if kind == b"P":
                    text = body.split(b"\0")[1].decode()
                elif kind == b"Q":
                    text = body.rstrip(b"\0").decode()
                statement += _framed(kind, body)
                if kind in b"EQ":
                    self._pass_statement(statement, text, is_simple=kind == b"Q")
                elif kind in b"PBD":
                    continue
                else:
                    self._server.sendall(statement)
                statement = b""
        self._cut()

    def _pass_statement(self, statement: bytes, text: str, *, is_simple: bool) -> None:
        fault = self._relay.struck(text)
        suffers = None
        if fault is not None:
            if fault.kind == "cut before":
                raise _Ended
            if fault.kind == "call" and fault.call:
                fault.call()
            elif fault.kind == "fail" and not is_simple:
                statement = _asking(f"SELECT torture.fail('{fault.code}')")
            elif fault.kind == "roll back" and text == COMMIT:
                statement = _asking("ROLLBACK")
            elif fault.kind in ("cut after", "cut answer", "warn", "deny"):
                suffers = fault
        self._sent.append(suffers)
        self._server.sendall(statement + (_framed(b"H", b"") if suffers else b""))

    def pass_back(self) -> None:
        """Pass back what the server answers."""
        with contextlib.suppress(OSError, _Ended), self._server, self._server.makefile("rb") as said:
            left: int | None = None  # Bytes of the answer that come through before it is cut.
            while True:
                kind, body = _message(said)
                fault = self._sent[0] if self._sent else None
                if left is None and fault and fault.kind == "cut answer":
                    left = fault.bytes
                message = _framed(kind, body)
                if kind in b"CEI" and self._sent:
                    self._sent.pop(0)
                    if fault and fault.kind == "cut after":
                        raise _Ended
                    if fault and fault.kind == "warn":
                        message = _said(b"N", "WARNING", "01000") + message
                    if fault and fault.kind == "deny" and body == b"COMMIT\0":
                        message = _said(b"E", "ERROR", "40003")
                if kind == b"Z":
                    self._sent.clear()  # After an error the statements behind it are not answered.
                if left is not None:
                    self._client.sendall(message[:left])
                    left -= len(message)
                    if left <= 0:
                        raise _Ended
                else:
                    self._client.sendall(message)
        self._cut()


class _Ended(Exception):
    """One of both ends has closed the connection, or it is to be cut."""


def _exactly(said: BinaryIO, count: int) -> bytes:
    found = said.read(count)
    if len(found) < count:
        raise _Ended
    return found


def _message(said: BinaryIO) -> tuple[bytes, bytes]:
    kind = _exactly(said, 1)
    return kind, _exactly(said, struct.unpack("!i", _exactly(said, 4))[0] - 4)


def _framed(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body


def _asking(text: str) -> bytes:
    """The messages of a statement without parameters."""
    parse = _framed(b"P", b"\0" + text.encode() + b"\0\0\0")
    return parse + _framed(b"B", b"\0\0" + b"\0" * 6) + _framed(b"D", b"P\0") + _framed(b"E", b"\0" * 5)


def _said(kind: bytes, severity: str, code: str) -> bytes:
    """An error or a notice of the server."""
    fields = {"S": severity, "V": severity, "C": code, "M": "made by the relay"}
    return _framed(kind, b"".join(f"{name}{value}\0".encode() for name, value in fields.items()) + b"\0")
