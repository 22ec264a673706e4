"""Two PostgreSQL servers under patroni, with an etcd that says who leads: failover by itself, as offices run it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from tests.support.postgres_server import MEMBERS, OWNER, PostgresServer, installed_programs, short_folder

_PATIENCE = 120.0

_SETTINGS = """\
scope: offices
name: {name}
restapi: {{listen: "127.0.0.1:{rest}", connect_address: "127.0.0.1:{rest}"}}
etcd3: {{hosts: "127.0.0.1:{etcd}"}}
bootstrap:
  dcs:
    ttl: 20
    loop_wait: 1
    retry_timeout: 3
    synchronous_mode: true
    postgresql:
      use_pg_rewind: true
      parameters: {{synchronous_commit: remote_apply, max_connections: 60, wal_log_hints: "on"}}
  initdb: [{{encoding: UTF8}}, {{locale: C}}]
postgresql:
  listen: "127.0.0.1:{port}"
  connect_address: "127.0.0.1:{port}"
  data_dir: {folder}/{name}
  pgpass: {folder}/{name}.pgpass
  bin_dir: {programs}
  authentication:
    superuser: {{username: postgres}}
    replication: {{username: postgres}}
  parameters: {{unix_socket_directories: {folder}, dynamic_shared_memory_type: mmap}}
  pg_hba: [local all all trust, host all all 127.0.0.1/32 trust, host replication all 127.0.0.1/32 trust]
"""


def why_no_patroni() -> str | None:
    """Why no cluster can be started here; None when one can."""
    missing = [program for program in ("patroni", "etcd") if shutil.which(program) is None]
    return f"{' and '.join(missing)} are not installed (apt-get install patroni etcd-server)" if missing else None


class _Machine:
    """One of the servers, with its patroni."""

    def __init__(self, folder: Path, settings: Path, port: int, rest: int) -> None:
        self._data = folder / settings.stem
        self._settings = settings
        self.port = port
        self._rest = rest
        self._patroni: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._settings.with_suffix(".log").open("ab") as log:
            program = str(shutil.which("patroni"))
            self._patroni = _started([program, str(self._settings)], log)

    @property
    def has_ended(self) -> bool:
        """Whether its patroni has given up."""
        return self._patroni is not None and self._patroni.poll() is not None

    def may_take_over(self) -> bool:
        """Whether patroni has it down as the synchronous standby."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self._rest}/sync", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """Kill all its processes at once, as when the machine is gone."""
        if self._patroni:
            self._patroni.kill()
            self._patroni.wait()
        with contextlib.suppress(OSError):
            server: Any = object.__new__(PostgresServer)
            server._data = self._data
            server.kill()


class PatroniCluster(PostgresServer):
    """The servers, as one: whatever is asked is asked of the one that leads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        etcd, peer, *ports = _free_ports(6)
        client = f"http://127.0.0.1:{etcd}"
        words = [str(shutil.which("etcd")), "--data-dir", str(folder / "etcd")]
        words += ["--listen-client-urls", client, "--advertise-client-urls", client]
        words += ["--listen-peer-urls", f"http://127.0.0.1:{peer}", "--initial-advertise-peer-urls"]
        words += [f"http://127.0.0.1:{peer}", "--initial-cluster", f"default=http://127.0.0.1:{peer}"]
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        with (folder / "etcd.log").open("wb") as log:
            self._etcd = _started(words, log)
        self._machines: list[_Machine] = []
        for name, port, rest in (("first", ports[0], ports[1]), ("second", ports[2], ports[3])):
            settings = folder / f"{name}.yml"
            settings.write_text(
                _SETTINGS.format(
                    name=name, port=port, rest=rest, etcd=etcd, folder=folder, programs=installed_programs()
                )
            )
            self._machines.append(_Machine(folder, settings, port, rest))
            self._machines[-1].start()

    def form(self) -> bool:
        """Wait until it is safe, and make the roles. Returns whether it is: a port may have been taken meanwhile."""
        _wait_until(lambda: self.is_safe() or self._has_given_up(), self._last_words)
        if self._has_given_up():
            return False
        for text in (
            f"CREATE ROLE {MEMBERS}",
            *(f"CREATE ROLE {who} LOGIN IN ROLE {MEMBERS}" for who in ("asel", "boris")),
        ):
            self.sql(text)
        return True

    def _has_given_up(self) -> bool:
        return self._etcd.poll() is not None or any(each.has_ended for each in self._machines)

    def _last_words(self) -> str:
        logs = [f"{log.name}:\n{log.read_text(errors='replace')[-2000:]}" for log in sorted(self.folder.glob("*.log"))]
        return "\n".join(["no second server keeps all that the first one does", *logs])

    @property
    def _hosts(self) -> str:
        return ",".join(f"127.0.0.1:{each.port}" for each in self._machines)

    def connected(self, database: str, role: str = OWNER) -> psycopg.Connection[Any]:
        """A connection that is not the program's, to the one that leads."""
        options = "?target_session_attrs=read-write&connect_timeout=5"
        return psycopg.connect(f"postgresql://{role}@{self._hosts}/{database}{options}", autocommit=True)

    def url(self, database: str, role: str = OWNER) -> str:
        """The name of the store in that database, which names both servers."""
        return f"postgresql://{role}@{self._hosts}/{database}"

    def is_safe(self) -> bool:
        """Whether there is a synchronous standby, and the cluster has noted down that it may take over."""
        return any(each.may_take_over() for each in self._machines)

    def kill_leader(self) -> None:
        """Kill the machine that leads, wait until the other one does, and start the first one again."""
        _wait_until(self.is_safe, self._last_words)
        ((port,),) = self.sql("SELECT current_setting('port')::int")
        (machine,) = (each for each in self._machines if each.port == port)
        machine.kill()
        _wait_until(lambda: self._leads() not in (None, port), lambda: f"nobody took its place: {self._last_words()}")
        machine.start()

    def _leads(self) -> int | None:
        try:
            return int(self.sql("SELECT current_setting('port')")[0][0])
        except psycopg.Error:
            return None

    def end(self) -> None:
        """Kill all of it."""
        for machine in self._machines:
            machine.kill()
        self._etcd.kill()
        self._etcd.wait()


@contextlib.contextmanager
def running_cluster() -> Iterator[PatroniCluster]:
    """Run a cluster; all of it is killed in the end."""
    for tries_left in (2, 1, 0):
        with short_folder() as folder:
            cluster = PatroniCluster(folder)
            try:
                if cluster.form():
                    yield cluster
                    return
                assert tries_left, cluster._last_words()
            finally:
                cluster.end()


def _started(words: list[str], log: Any) -> subprocess.Popen[bytes]:
    # A server refuses to run as root.
    as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    return subprocess.Popen([*as_user, *words], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as stack:
        found = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        return [each.getsockname()[1] for each in found]


def _wait_until(is_so: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    end = time.monotonic() + _PATIENCE
    while not is_so():
        assert time.monotonic() < end, otherwise()
        time.sleep(0.2)
