"""The connection to a server: the one module that knows psycopg. A step of several statements is one round trip."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from itertools import starmap, zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from store.errors import FollowUpError, StoreBusy, StoreUnusable
from store.server_name import printable_name
from store.translation import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import psycopg

    Statement = tuple[str, Sequence[object]]

CONNECT_SECONDS = 5
"""Seconds to connect to each host."""

_LOCAL_ADDRESSES = frozenset({"127.0.0.1", "::1"})
_LOCAL_HOSTS = _LOCAL_ADDRESSES | {"localhost"}

_TRANSIENT = ("40001", "40P01", "40003", "57P0", "08", "53", "25006")
"""SQLSTATEs (or their beginnings) after which the same can be tried again."""

_UNCERTAIN = ("40003", "57P0", "08")
"""SQLSTATEs (or their beginnings) after which the transaction may have been committed."""

_RETRY_ON_THE_SAME = ("40001", "40P01")
"""Those after which the same connection serves; after the others the server may be full, or a standby."""

_FULL = ("too many clients", "remaining connection slots", "too many connections for")
"""What a server says that has no room for one more just now."""

_OTHER_WAY = ("server does not support SSL, but SSL was required", "no encryption")

_TAKES_NO_CHANGES = "session is read-only"
"""What libpq says of a server that cannot be written to."""

_ROLL_BACK = "ROLLBACK"
_OWN_PATH = "SELECT pg_catalog.set_config('search_path', 'pg_catalog', true)"
"""Begins each transaction: no operator or function that somebody made in another schema takes the place of one of the
server's, and runs as whoever uses it."""
_ROLL_BACK_SECONDS = 5.0

_LOCK_TIMEOUT = "55P03"
_STOOD_STILL = "25P03"
_NO_SCHEMA = ("42P01", "3F000")
READ_ONLY = "25006"
NOT_PERMITTED = "42501"
DISK_FULL = "53100"
"""Of all that a server may lack for a moment, what does not come back by itself."""


class ConnectionLost(Exception):
    """The connection is lost: what was sent last may or may not have been done."""

    def __init__(self, sentence: str = "", code: str = "") -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def stood_still(self) -> bool:
        """Whether the server ended the transaction since nothing came for long: nothing of it was done."""
        return self.code == _STOOD_STILL


class NotReached(ConnectionLost):
    """A server that was there cannot be connected to: another may be about to take its place."""


class NoSchema(Exception):
    """The database holds no store."""


class NotReady(Exception):
    """The server is there and takes no connection just now: it starts, recovers from a crash, or ends."""


class Refused(Exception):
    """The server refused a statement; `code` is its SQLSTATE."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.code = code

    @property
    def is_transient(self) -> bool:
        """Whether the same may succeed when it is tried again."""
        return self.code.startswith(_TRANSIENT) and self.code != DISK_FULL

    @property
    def is_final(self) -> bool:
        """Whether nothing of its transaction was done: not so where the server itself does not know, or was going."""
        return not self.code.startswith(_UNCERTAIN)


class Way(NamedTuple):
    """The way from this machine to its server; on this machine `host` is empty."""

    host: str
    is_encrypted: bool
    is_checked: bool
    """Whether the server's certificate was compared with its name, and with who is trusted to sign it."""


class Answer:
    """The answer to a statement: its rows, and what the server calls it (`COMMIT`, `ROLLBACK`, ...)."""

    __slots__ = ("rows", "status")

    def __init__(self, rows: list[tuple[Any, ...]], status: str) -> None:
        self.rows = rows
        self.status = status


class Connection:
    """An open connection."""

    def __init__(self, name: str) -> None:
        """Connect. Raises: NotReady, StoreUnusable for a server that is away or refuses; UsageError."""
        self.name = printable_name(name)
        try:
            import psycopg
        except ImportError:
            sentence = tr(
                "{name} is on a server, which needs the PostgreSQL driver: pip install 'followup[server]'",
                name=self.name,
            )
            raise StoreUnusable(sentence, code="server.no-driver") from None
        import logging  # psycopg has loaded it.

        if not (log := logging.getLogger("psycopg")).handlers:
            log.addHandler(logging.NullHandler())  # Else what it logs of a lost connection goes to stderr.
        self.notices: list[tuple[str, str]] = []
        """Severity and message of what the server said beside its answers."""
        try:
            parameters = _parameters(name)
            self._raw: psycopg.Connection[Any] = psycopg.connect(**parameters, autocommit=True, prepare_threshold=None)
        except psycopg.Error as error:
            is_full = any(words in str(error) for words in _FULL)  # Of a refused connection there is no code.
            if isinstance(error, psycopg.OperationalError) and (
                is_full or _is_changing_places(str(error)) or _is_rejecting(parameters)
            ):
                raise NotReady("; ".join(dict.fromkeys(_reasons(_library_lines(str(error)))))) from None
            raise self._unreachable(error) from None
        self._last_word = ""
        """The SQLSTATE with which the server ended the connection while nothing was asked."""
        self._raw.add_notice_handler(self._noticed)

    def _noticed(self, notice: psycopg.errors.Diagnostic) -> None:
        severity = notice.severity_nonlocalized or ""
        if severity == "FATAL":
            self._last_word = notice.sqlstate or ""
        self.notices.append((severity, notice.message_primary or ""))

    def _unreachable(self, error: Exception) -> FollowUpError:
        said = str(error)
        if "root certificate file" in said:
            sentence = tr(
                "{name} cannot be trusted: nothing here says who signs the certificates of servers", name=self.name
            )
            return StoreUnusable(sentence, code="server.signer-unknown")
        if "no password supplied" in said:
            sentence = tr("{name} asks for a password, and none is known here", name=self.name)
            return StoreUnusable(sentence, code="server.no-password")
        if "certificate verify failed" in said:
            sentence = tr(
                "{name} cannot be trusted: its certificate has expired, or none that is trusted signed it",
                name=self.name,
            )
            return StoreUnusable(sentence, code="server.certificate-refused")
        reasons = list(dict.fromkeys(_reasons(_library_lines(said))))
        why = "; ".join(reasons) or type(error).__name__
        if reasons and all(reason.endswith(_TAKES_NO_CHANGES) for reason in reasons):
            return takes_no_changes(self.name, why)
        sentence = tr("{name} cannot be reached: {why}", name=self.name, why="; ".join(map(_in_words, reasons)) or why)
        return StoreUnusable(sentence, code="server.unreachable", values={"why": why})

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of its loss."""
        return not self._raw.closed

    @property
    def way(self) -> Way:
        """The way that it takes."""
        info = self._raw.info
        host = "" if _is_here(info.host, info.hostaddr) else info.host
        return Way(host, self._raw.pgconn.ssl_in_use, info.get_parameters().get("sslmode") == "verify-full")

    def run(self, statements: Sequence[Statement], *, within: float | None = None) -> list[Answer]:
        """Run statements in one round trip. `within` is in seconds.

        Raises: ConnectionLost, Refused, NoSchema; StoreBusy when a lock was not had in time.
        """
        import psycopg

        asked = list(statements)
        begins = self._raw.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        first = 1 if asked[0][0].startswith("BEGIN") else 0
        if begins:
            asked.insert(first, (_OWN_PATH, ()))
        try:
            self._raw._pipeline = _one_step(self._raw, within)
            with self._raw.pipeline():
                cursors = [self._raw.cursor().execute(text, values or None) for text, values in asked]
            if begins:
                del cursors[first]
            return [_answer(cursor) for cursor in cursors]
        except psycopg.errors.PipelineAborted as error:
            self.close()
            raise ConnectionLost(str(error), self._last_word) from None
        except psycopg.Error as error:
            raise self._failure(error) from None
        except OSError as error:
            self.close()
            raise ConnectionLost(str(error), self._last_word) from None
        except KeyboardInterrupt:
            self.close()  # Nobody is to wait for the answer to a rollback.
            raise

    def _failure(self, error: psycopg.Error) -> Exception:
        import psycopg

        code = error.sqlstate or ""
        if not code and isinstance(error, psycopg.DataError | psycopg.ProgrammingError | psycopg.NotSupportedError):
            # Before it was sent: a value that no statement takes.
            return Refused(" ".join(str(error).split()), "22000")
        if self._raw.closed or self._raw.broken or not code:
            self.close()
            return ConnectionLost(" ".join(str(error).split()), code or self._last_word)
        if code == _LOCK_TIMEOUT:
            return StoreBusy(tr("the turn was not had in time"))
        if code in _NO_SCHEMA:
            return NoSchema()
        if code.startswith(("57P0", "08")):
            self.close()
            return ConnectionLost(" ".join(str(error).split()), code)
        refusal = Refused(error.diag.message_primary or str(error), code)
        if refusal.is_transient and code not in _RETRY_ON_THE_SAME:
            self.close()
        return refusal

    def roll_back(self) -> None:
        """End the open transaction, if any, and ignore a connection that is lost."""
        import psycopg

        if self._raw.closed or self._raw.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            return
        with contextlib.suppress(ConnectionLost, Refused, NoSchema, StoreBusy):
            self.run([(_ROLL_BACK, ())], within=_ROLL_BACK_SECONDS)

    def close(self) -> None:
        """Close it."""
        self._raw.close()


def takes_no_changes(name: str, why: str) -> StoreUnusable:
    """The refusal of a server that can only be read."""
    sentence = tr("{name} takes no changes: it is a standby, or was set to read-only; nothing was changed", name=name)
    return StoreUnusable(sentence, code="server.takes-no-changes", values={"why": why})


def _one_step(raw: psycopg.Connection[Any], within: float | None) -> psycopg.Pipeline:
    """A pipeline that is sent as a whole, ends with its Sync, and is answered `within` some seconds.

    That of psycopg sends each statement by itself, and a Flush behind the Sync, after which a server does not count any
    more how long the transaction stands still: a laptop that sleeps with the turn would stop everybody.
    """
    import psycopg
    from psycopg.generators import send

    class OneStep(psycopg.Pipeline):
        def _communicate_gen(self) -> Any:
            yield from ()  # Asked for behind each statement.

        def _exit_gen(self) -> Any:
            return _answered_until(self._whole(), None if within is None else time.monotonic() + within, raw)

        def _whole(self) -> Any:
            try:
                self._enqueue_sync()
                self.pgconn.consume_input()
                self.pgconn.is_busy()  # Takes in the last word of a server that has ended the connection meanwhile.
                while self.command_queue:
                    self.command_queue.popleft()()
                yield from send(self.pgconn)  # What the socket did not take at once.
            finally:
                yield from self._fetch_gen(flush=False)

    return OneStep(raw)


def _answered_until(step: Any, end: float | None, raw: psycopg.Connection[Any]) -> Any:
    """What psycopg waits for in a step; behind the end the socket is shut down: a server may be frozen."""
    try:
        waits_for = next(step)
        while True:
            ready = yield waits_for  # Nothing, each tenth of a second without an answer.
            if end is not None and time.monotonic() > end:
                end = None
                _shut_down(raw)
            waits_for = step.send(ready)
    except StopIteration as done:
        return done.value


def _shut_down(raw: psycopg.Connection[Any]) -> None:
    import psycopg

    # The connection may have been lost a moment ago.
    with contextlib.suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(raw.fileno())) as connected:
        connected.shutdown(socket.SHUT_RDWR)


def _answer(cursor: psycopg.Cursor[Any]) -> Answer:
    rows = cursor.fetchall() if cursor.description is not None else []
    return Answer(rows, cursor.statusmessage or "")


def _library_lines(said: str) -> list[str]:
    """The lines of libpq that name the fault."""
    # A line that begins with a tab is its question behind its sentence.
    lines = [line for line in said.splitlines() if line[:1] != "\t"]
    # With sslmode=allow a refusal has two: that of the try which the server wanted the other way says nothing.
    return [line for line in lines if not any(words in line for words in _OTHER_WAY)] or lines


def _is_changing_places(said: str) -> bool:
    """Whether of several servers none can be written to, and one is a standby: it may be about to lead."""
    reasons = list(_reasons(_library_lines(said)))
    return len(reasons) > 1 and any(reason.endswith(_TAKES_NO_CHANGES) for reason in reasons)


def _in_words(reason: str) -> str:
    """Why a server cannot be reached, translated where the library or the system says it in known words."""
    host, between, error = reason.removeprefix("failed to resolve host '").partition("': ")
    if not between or reason.startswith(host):
        return tr(reason)
    return tr("failed to resolve host '{host}': {error}", host=host, error=tr(error))


def _reasons(lines: Iterable[str]) -> Iterator[str]:
    """What libpq says was the matter, without where it was connecting to: of one host that is in the name of the store.

    Of several hosts each has a line of its own, below what was the matter with the last one.
    """
    import re

    lines = list(lines)
    of_hosts = [
        found for line in lines if (found := re.match(r"- host: '(.*?)', port: .*?, hostaddr: '.*?': (.*)", line))
    ]
    for host, line in [found.groups() for found in of_hosts] or [("", line) for line in lines]:
        where = r'connection to server (on|at) [^"]*"[^"]*"(, port \d+)? failed: '
        reason = re.sub(rf"^(connection (failed|is bad): )*({where})?(FATAL: +)?", "", line)
        reason = " ".join(reason.split())
        yield f"{host}: {reason}" if host else reason


def _is_rejecting(parameters: dict[str, Any]) -> bool:
    """Whether a server refuses connections for now, by its code, in whatever language."""
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import PGconn, Ping

    asked = {**parameters, "connect_timeout": min(2, int(parameters["connect_timeout"]))}
    return PGconn.ping(make_conninfo(**asked).encode()) == Ping.REJECT


def _is_here(host: str, address: str) -> bool:
    """Whether a host is this machine: by its address, where one is given, which is where libpq goes."""
    return address in _LOCAL_ADDRESSES if address else not host or host.startswith(("/", "@")) or host in _LOCAL_HOSTS


def _parameters(name: str) -> dict[str, Any]:
    """The parameters of a connection: from the name, `PG...` variables and a service, else ours."""
    from psycopg import pq
    from psycopg.conninfo import conninfo_to_dict

    given = conninfo_to_dict(name)
    resolved, said = _resolved(name, given)
    ours: dict[str, Any] = {
        "target_session_attrs": "read-write",
        "tcp_user_timeout": 15_000,
        "keepalives_idle": 10,
        "connect_timeout": CONNECT_SECONDS,
        "sslmode": "verify-full",
    }
    if _is_local(resolved):
        # Nobody listens on the way to this machine: encryption, which takes two ways there and back through the
        # tunnel that may lead from there, is for a server that insists on it, or for who has thought of it.
        ours["sslmode"] = "prefer" if said & _ENCRYPTING else "allow"
        if pq.version() >= _KNOWS_REQUIRE_AUTH:
            # Any account of this machine may listen on a port while the server is down: it gets no password in clear.
            ours["require_auth"] = "!password"
    ours |= {key: resolved[key] for key in ours.keys() & said & resolved.keys()}
    given = {key: value for key, value in given.items() if value}  # Empty, as in `sslmode=`, is not said.
    return {**ours, "client_encoding": "UTF8", "application_name": "followup", **given}


_KNOWS_REQUIRE_AUTH = 160_000
"""The version of libpq from which a client can say how it lets itself be asked who it is."""

_ENCRYPTING = frozenset({"sslcert", "sslkey", "sslrootcert", "sslcrl", "sslcrldir", "sslpassword", "channel_binding"})
"""Parameters of encryption."""


def _resolved(name: str, given: dict[str, Any]) -> tuple[dict[str, str], set[str]]:
    """All parameters of a connection, and which of them the name (`given`), a `PG...` variable or a service sets.

    What they say together is asked of libpq, by a connection that fails before it begins. What a service sets to the
    value that libpq has anyway counts as not set: so its `sslmode=prefer`, which falls back to no encryption.
    """
    from psycopg.conninfo import make_conninfo
    from psycopg.pq import PGconn

    asked = PGconn.connect_start(make_conninfo(name, ssl_min_protocol_version="none").encode())
    try:
        options = asked.info
    finally:
        asked.finish()
    values = {option.keyword.decode(): option.val.decode() for option in options if option.val}
    said = {
        option.keyword.decode()
        for option in options
        if option.val and (option.val != option.compiled or (option.envvar or b"").decode() in os.environ)
    }
    return values, said | given.keys()


def _is_local(resolved: dict[str, str]) -> bool:
    """Whether each host of a connection is this machine; not where libpq could not tell."""
    hosts, addresses = (resolved.get(key, "").split(",") for key in ("host", "hostaddr"))
    return "sslmode" in resolved and all(starmap(_is_here, zip_longest(hosts, addresses, fillvalue="")))
