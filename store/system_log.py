"""Writes a line about each change to the system's log, where the machine's settings ask for it (`audit = "syslog"`).

The line is written after the commit; that it could not be is told, and never undoes the change. What stands in a line
is in `store.rules.audit_line_and_chain`. Loaded only where the trail is on.
"""

from __future__ import annotations

import os
import socket
from itertools import takewhile

from store.errors import reason
from store.rules.audit_line_and_chain import START, TAG, chain_over, is_sum, line_of, meta_sums, store_name
from store.translation import tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from store.model.record_types import Event, Meta
    from store.rules.audit_line_and_chain import AuditLine
    from store.snapshot import SnapshotSource

SYSLOG_SOCKET = "/dev/log"

_NOTICE_OF_AUTHPRIV = 10 * 8 + 5
"""The priority of a line: facility authpriv, whose files are for administrators, level notice."""

_PATIENCE = 1.0
"""Seconds for which a log that takes nothing is waited for, under the lock; once in a process."""

_NOBODY = 0xFFFFFFFF
"""The login user of a process that nobody logged in for, as of cron."""


class AuditTrail:
    """The trail of one store: its chain, and the lines about its changes."""

    def __init__(self, path: str) -> None:
        """`path` is that of the store."""
        self._store = store_name(path)
        self._is_failing = False

    def next(
        self, meta: Meta, image: SnapshotSource, events: Mapping[int, Any], origin: int | None = None
    ) -> tuple[Meta, AuditLine]:
        """The `_meta` of the next revision with its chain, and the line about the change.

        `image` is the history before it, `events` the events that are new or replaced; `origin` is the revision that
        was brought back or imported.
        """
        revision = meta["revision"]
        new: list[Event] = [event for event in events.values() if event["change"] == revision]
        if origin is not None or len(new) < len(events):
            chain = chain_over({**image.table("events"), **events}.values())
        else:
            change, chain = _kept_chain(image.meta)
            # Changes that were made while the trail was off, or by another program.
            missed = takewhile(lambda event: event["change"] > change, image.newest_events())
            chain = chain_over([*missed, *new], chain)
        sums = meta_sums(image.meta, meta)
        user, login = os.getuid(), _login()
        line = line_of(new, store=self._store, uid=user, login=login, origin=origin, chain=chain, meta=sums)
        return {**meta, "audit": {"change": revision, "chain": chain}}, line

    def write(self, line: AuditLine, warnings: list[str]) -> None:
        """Write the line after the commit; that it could not be is added to `warnings`, once in a process."""
        _hide_command_line()
        message = f"<{_NOTICE_OF_AUTHPRIV}>{TAG}[{os.getpid()}]: {line.text()}"
        try:
            with _opened_log(0 if self._is_failing else _PATIENCE) as log:
                log.send(message.encode())
        except OSError as error:
            if not self._is_failing:
                warnings.append(
                    tr(
                        "saved, but the audit trail has no line of it: {syslog_socket}: {error}",
                        syslog_socket=SYSLOG_SOCKET,
                        error=_why(error),
                    )
                )
            self._is_failing = True
        else:
            self._is_failing = False

    @staticmethod
    def trouble() -> str | None:
        """Why no line can be written to the log; None when it is there. Nothing is written."""
        try:
            _opened_log(_PATIENCE).close()
        except OSError as error:
            return f"{SYSLOG_SOCKET}: {_why(error)}"
        return None


def _opened_log(patience: float) -> socket.socket:
    """A socket that is connected to the system's log. Raises: OSError."""
    log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        log.settimeout(patience)
        log.connect(SYSLOG_SOCKET)
    except OSError:
        log.close()
        raise
    return log


def _hide_command_line() -> None:
    """Empty this process's command line, which journald keeps with each line of the log: texts are typed there.

    Where the kernel does not allow it, or has no /proc, the command line stays.
    """
    try:
        with open("/proc/self/stat", "rb") as file:
            start, end = map(int, file.read().rpartition(b")")[2].split()[45:47])
        with open("/proc/self/cmdline", "rb") as file:
            kept = len(file.read().partition(b"\0")[0]) + 1
        with open("/proc/self/mem", "r+b", buffering=0) as memory:
            memory.seek(start + kept)
            memory.write(bytes(end - start - kept))
    except (OSError, ValueError, OverflowError):
        return


def _why(error: OSError) -> str:
    if isinstance(error, TimeoutError | BlockingIOError):
        return tr("the system's log takes nothing")
    return reason(error)


def _kept_chain(meta: Meta) -> tuple[int, str]:
    """The last change that the store's own chain holds, and the chain; from the start where it has none."""
    kept: Any = meta.get("audit")
    if isinstance(kept, dict):
        change, chain = kept.get("change"), kept.get("chain")
        if type(change) is int and change <= meta["revision"] and is_sum(chain):
            return change, str(chain)
    return 0, START


def _login() -> int | None:
    """The user who logged in, whatever they became since, as the kernel records it; None without a record."""
    try:
        with open("/proc/self/loginuid", "rb") as file:
            user = int(file.read())
    except (OSError, ValueError):
        return None
    return None if user == _NOBODY else user
