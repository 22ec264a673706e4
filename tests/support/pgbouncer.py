"""A pgbouncer before a PostgreSQL of the tests, with the settings of docs/postgresql-server.md."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.support.certificates import Signer
from tests.support.postgres_server import PostgresServer, as_postgres, free_port, short_folder

PAGE = Path(__file__).parents[2] / "docs" / "postgresql-server.md"

_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin"])
_PATIENCE = 120
_TRIES = 5


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
    with short_folder() as folder:
        certificate, key = Signer(folder).signed("localhost")
        for name, content in (
            ("server.crt", certificate),
            ("server.key", key),
            ("userlist.txt", "".join(f"{line}\n" for (line,) in server.sql(_block("sql")))),
        ):
            (folder / name).write_text(content)
        as_user = as_postgres()
        if as_user:
            for path in (folder, *folder.iterdir()):
                shutil.chown(path, "postgres")
        command = [*as_user, str(shutil.which("pgbouncer", path=_PATH)), str(folder / "pgbouncer.ini")]
        for _ in range(_TRIES):
            port = free_port()
            (folder / "pgbouncer.ini").write_text(_settings(folder, server.port, port))
            with (folder / "log").open("wb") as log:
                pool = subprocess.Popen(command, stderr=log, stdout=log)
            try:
                if _is_there(port, pool, folder / "log"):
                    yield port
                    return
            finally:
                _end(pool, bool(as_user))
        raise AssertionError((folder / "log").read_text())


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


def _is_there(port: int, pool: subprocess.Popen[bytes], log: Path) -> bool:
    """Wait until it listens. Returns whether it does: another program may have taken the port before it."""
    end = time.monotonic() + _PATIENCE
    while pool.poll() is None:
        if f"listening on 127.0.0.1:{port}" in log.read_text():
            return True
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.02)
    return False


def _end(pool: subprocess.Popen[bytes], is_wrapped: bool) -> None:
    """End it: what runs it as another user passes the signal on."""
    pool.send_signal(signal.SIGTERM if is_wrapped else signal.SIGINT)
    try:
        pool.wait(10)
    except subprocess.TimeoutExpired:
        pool.kill()
        pool.wait()
