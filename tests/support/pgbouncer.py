"""A pgbouncer before a PostgreSQL of the tests, with the settings of docs/server.md."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.certificates import Signer
from tests.support.postgres_server import PostgresServer, short_folder

PAGE = Path(__file__).parents[2] / "docs" / "server.md"

_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
_PATIENCE = 20


def why_no_pool() -> str | None:
    """Why no pool can be started here; None when one can."""
    if shutil.which("pgbouncer", path=_PATH) is None:
        return "pgbouncer is not installed (apt-get install pgbouncer)"
    return None if shutil.which("openssl") else "openssl is not installed"


@contextlib.contextmanager
def running_pool(server: PostgresServer, passwords: Mapping[str, str]) -> Iterator[int]:
    """Run a pool before a server in which each of these roles has a password. Yields its port on 127.0.0.1.

    The server is started anew, and asks for the passwords over TCP.
    """
    for role, password in passwords.items():
        server.sql(f"ALTER ROLE {role} PASSWORD '{password}'")
    server.listen("host all all 127.0.0.1/32 scram-sha-256")
    with short_folder() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        certificate, key = Signer(folder).signed("localhost")
        for name, content in (
            ("server.crt", certificate),
            ("server.key", key),
            ("userlist.txt", "".join(f"{line}\n" for (line,) in server.sql(_block("sql")))),
            ("pgbouncer.ini", _settings(folder, server.port, port)),
        ):
            (folder / name).write_text(content)
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if as_user:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        free.close()
        program = str(shutil.which("pgbouncer", path=_PATH))
        with (folder / "log").open("wb") as log:
            pool = subprocess.Popen([*as_user, program, "-q", str(folder / "pgbouncer.ini")], stderr=log, stdout=log)
        try:
            _wait_for(port, pool, folder / "log")
            yield port
        finally:
            _end(pool, bool(as_user))


def _block(kind: str) -> str:
    """The one block of this kind on the page."""
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return str(found)


def _settings(folder: Path, to_port: int, port: int) -> str:
    """The settings of the page, for this machine."""
    settings = _block("ini").replace("/etc/pgbouncer/", f"{folder}/")
    for line, here in (
        ("followup = host=127.0.0.1 port=5432", f"* = host=127.0.0.1 port={to_port}"),
        ("listen_addr = *", "listen_addr = 127.0.0.1"),
        ("listen_port = 6432", f"listen_port = {port}"),
    ):
        assert settings.count(line) == 1, line
        settings = settings.replace(line, here)
    return settings


def _wait_for(port: int, pool: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        assert pool.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)


def _end(pool: subprocess.Popen[bytes], is_wrapped: bool) -> None:
    """End it: what runs it as another user passes the signal on."""
    pool.send_signal(signal.SIGTERM if is_wrapped else signal.SIGINT)
    try:
        pool.wait(10)
    except subprocess.TimeoutExpired:
        pool.kill()
        pool.wait()
