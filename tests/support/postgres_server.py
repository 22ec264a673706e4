"""A PostgreSQL server of the tests' own, on a Unix socket; skipped, with its reason, where none is installed."""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import glob
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import psycopg
import pytest

OWNER = "postgres"
MEMBERS = "offices"
READERS = "donors"

_PATIENCE = 180
"""Seconds that a server may take to start or to stop, on a machine that is busy; only a failure reaches them."""

_TRIES = 5
"""How many free ports are tried: another program may take one before the server has it."""


def _programs() -> Path | None:
    """The folder of the newest installed server's programs."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"), key=lambda path: int(path.split("/")[4]))
    on_path = shutil.which("initdb")
    return Path(found[-1]).parent if found else Path(on_path).parent if on_path else None


def why_no_server() -> str | None:
    """Why no server can be started here; None when one can."""
    return None if _programs() else "no PostgreSQL server is installed (apt-get install postgresql)"


def as_postgres() -> list[str]:
    """What a command begins with that must not run as root, as a server refuses to; it may not be on the path."""
    return [shutil.which("runuser") or "/usr/sbin/runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


_END_UNUSED = """
import fcntl, os, shutil, signal, sys, time
folder = sys.argv[1]
if os.fork():
    os._exit(0)  # Nobody's child: it outlives who started it.
with open(f"{folder}/in_use") as users:
    fcntl.flock(users, fcntl.LOCK_EX)
try:
    with open(f"{folder}/data/postmaster.pid") as note:
        server = int(note.readline())
    if os.readlink(f"/proc/{server}/cwd") == f"{folder}/data":
        os.kill(server, signal.SIGQUIT)
    while os.path.exists(f"/proc/{server}"):
        time.sleep(0.1)
except (OSError, ValueError):
    pass  # It was stopped.
shutil.rmtree(folder, ignore_errors=True)
"""


def _in_use(folder: Path) -> TextIO:
    """Say that this process uses the server in this folder: when the last that did is gone, killed or not, so is it."""
    note = folder / "in_use"
    is_first = not note.exists()
    users = note.open("a")
    fcntl.flock(users, fcntl.LOCK_SH)
    if is_first:
        nothing = subprocess.DEVNULL
        command = [sys.executable, "-ISc", _END_UNUSED, str(folder)]
        subprocess.run(
            command, cwd="/", check=True, start_new_session=True, stdin=nothing, stdout=nothing, stderr=nothing
        )
    return users


class PostgresServer:
    """A running server; `url` names a store in one of its databases."""

    made_with: tuple[str, ...] = ("--group", MEMBERS)
    """The options of `init` there."""

    has_templates = True
    """Whether a database can be made as a copy of another one."""

    port = 5432
    """Part of the name of its socket, and what it listens on after `listen`."""

    def __init__(self, programs: Path, folder: Path, *options: str) -> None:
        """Make a cluster in this folder, whose path is short (a socket's has at most 107 bytes), and start it."""
        self.folder = folder
        self.programs = programs
        self._data = folder / "data"
        self._in_use = _in_use(folder)
        self._as_user = as_postgres()
        if self._as_user:
            shutil.chown(folder, "postgres")
        self._call("initdb", "-D", str(self._data), "-A", "trust", "-U", OWNER, "--no-sync", "-E", "UTF8", "--locale=C")
        self.start(*options)
        for role in (MEMBERS, READERS):
            self.sql(f"CREATE ROLE {role}")
        for role in dict.fromkeys(["asel", "boris", "root", getpass.getuser()]):
            self.sql(f'CREATE ROLE "{role}" LOGIN IN ROLE {MEMBERS}')
        self.sql(f"CREATE ROLE clara LOGIN IN ROLE {READERS}")

    @classmethod
    def attached(cls, programs: Path, folder: Path) -> PostgresServer:
        """The server that runs in this folder."""
        server = object.__new__(cls)
        server.folder, server.programs, server._data = folder, programs, folder / "data"
        server._in_use = _in_use(folder)
        server._as_user = as_postgres()
        return server

    def _call(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as_user, str(self.programs / program), *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_PATIENCE + 60,
        )
        assert done.returncode == 0, f"{program}: {done.stderr.decode(errors='replace')}{self._last_words()}"

    def _last_words(self) -> str:
        """The end of the server's log."""
        try:
            return (self.folder / "log").read_text(errors="replace")[-4000:]
        except OSError:
            return ""

    def _control(self, *arguments: str) -> None:
        """Call pg_ctl, and wait until it is done."""
        self._call("pg_ctl", "-D", str(self._data), "-w", "-t", str(_PATIENCE), *arguments)

    def start(self, *options: str) -> None:
        """Start it; `options` are settings, `name=value`."""
        settings = ["-c listen_addresses=", f"-c port={self.port}", "-c max_connections=100"]
        # Its memory stands in its folder, so that a killed one leaves nothing behind.
        settings += ["-c dynamic_shared_memory_type=mmap"]
        settings += [f"-c unix_socket_directories={self.folder}"]
        settings += [f"-c {option}" for option in options]
        self._control("-l", str(self.folder / "log"), "-o", " ".join(settings), "start")

    def listen(self, rule: str, *options: str, address: str = "127.0.0.1") -> None:
        """Start it anew on a free TCP port of this address; `rule` of pg_hba.conf says who is let in there, and how."""
        self.stop("fast")
        (self._data / "pg_hba.conf").write_text(f"local all all trust\n{rule}\n")
        for tries_left in reversed(range(_TRIES)):
            self.port = free_port(address)
            try:
                self.start(f"listen_addresses={address}", *options)
                break
            except AssertionError:
                if not tries_left:
                    raise

    def restart(self) -> None:
        """Start it anew with the options that it had."""
        self._control("-m", "fast", "-l", str(self.folder / "log"), "restart")

    def put(self, name: str, content: str) -> Path:
        """Put a file into its data, which nobody else may read."""
        path = self._data / name
        path.write_text(content)
        path.chmod(0o600)
        if self._as_user:
            shutil.chown(path, "postgres")
        return path

    def make_standby(self, folder: Path, name: str) -> PostgresServer:
        """Make and start a standby in this folder, which the primary knows by this name."""
        standby = object.__new__(PostgresServer)
        standby.folder, standby.programs, standby._as_user = folder, self.programs, self._as_user
        standby._data = folder / "data"
        standby._in_use = _in_use(folder)
        if self._as_user:
            shutil.chown(folder, "postgres")
        source = f"host={self.folder} user={OWNER} application_name={name}"
        self._call("pg_basebackup", "-d", source, "-D", str(standby._data), "-R", "-X", "stream", "-c", "fast")
        standby.start()
        return standby

    def promote(self) -> None:
        """Make a standby the primary."""
        self._control("promote")

    def kill(self) -> None:
        """Kill all its processes at once, as when the machine is gone; nothing is done to one that is gone already."""
        try:
            lines = (self._data / "postmaster.pid").read_text().splitlines()
            main = int(lines[0])
            if not os.path.samefile(f"/proc/{main}/cwd", self._data):
                return  # Its number is another's.
            os.kill(main, signal.SIGSTOP)  # It must not start one anew meanwhile.
            children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        except (OSError, ValueError, IndexError):
            return
        for pid in (*map(int, children), main):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if len(lines) > 6:  # The kernel has room for some thousands of them, and would keep it.
            subprocess.run(["ipcrm", "-m", lines[6].split()[-1]], check=False, stderr=subprocess.DEVNULL)

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """Let all its processes stand still meanwhile; its kernel goes on to take connections."""
        main = int((self._data / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGSTOP)
        processes = [main, *map(int, Path(f"/proc/{main}/task/{main}/children").read_text().split())]
        try:
            for pid in processes:
                os.kill(pid, signal.SIGSTOP)
            yield
        finally:
            for pid in reversed(processes):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def stop(self, mode: str = "immediate") -> None:
        """Stop it: `immediate` as a crash, `fast` in order."""
        self._control("-m", mode, "stop")

    def end(self) -> None:
        """Stop it at once for good, if it still runs."""
        try:
            self.stop()
        except (AssertionError, subprocess.TimeoutExpired):
            self.kill()

    def connected(self, database: str, role: str = OWNER) -> psycopg.Connection[Any]:
        """A connection that is not the program's."""
        return psycopg.connect(host=str(self.folder), port=self.port, dbname=database, user=role, autocommit=True)

    def sql(self, text: str, database: str = "postgres", role: str = OWNER) -> list[tuple[Any, ...]]:
        """Run SQL that is not the program's."""
        with self.connected(database, role) as connection:
            cursor = connection.execute(text.encode())
            return cursor.fetchall() if cursor.description else []

    def role_of(self, person: str) -> str:
        """The role of a person there."""
        return person

    @property
    def address(self) -> str | tuple[str, int]:
        """Where it listens: its socket."""
        return str(self.folder / f".s.PGSQL.{self.port}")

    def make_database(self, template: str = "template1") -> str:
        """Make a database like this one, which nobody may be connected to. Returns its name."""
        name = f"store_{uuid.uuid4().hex[:12]}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, and end the connections to it that a test left open."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def url(self, database: str, role: str = OWNER) -> str:
        """The name of the store in that database, for this role."""
        port = "" if self.port == 5432 else f"&port={self.port}"
        return f"postgresql://{role}@/{database}?host={self.folder}{port}"


@contextlib.contextmanager
def running_server() -> Iterator[PostgresServer]:
    """Start a server, and remove it in the end. Skips where there is none."""
    with short_folder() as folder:
        server = PostgresServer(installed_programs(), folder)
        try:
            yield server
        finally:
            server.end()


def common_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder that all workers of a run of the tests share."""
    own = factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextlib.contextmanager
def server_of_session(shared: Path) -> Iterator[PostgresServer]:
    """The server of all workers of a run, whose common folder is `shared`: the first starts it, the last stops it.

    Skips where there is none.
    """
    programs, note = installed_programs(), shared / "postgres"
    with open(shared / "postgres.turn", "a") as turn, open(shared / "postgres.users", "a") as users:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if note.exists():
            server = PostgresServer.attached(programs, Path(note.read_text()))
        else:
            # Memory, where there is enough: what is made and thrown away for each test need not reach a disk.
            folder = _make_short_folder("/dev/shm" if _has_room("/dev/shm") else "/tmp")
            server = PostgresServer(programs, folder, "max_wal_size=128MB")
            note.write_text(str(server.folder))
        fcntl.flock(users, fcntl.LOCK_SH)
        fcntl.flock(turn, fcntl.LOCK_UN)
        try:
            yield server
        finally:
            fcntl.flock(turn, fcntl.LOCK_EX)
            fcntl.flock(users, fcntl.LOCK_UN)
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)  # Nobody else uses it.
                note.unlink(missing_ok=True)
                server.end()
                shutil.rmtree(server.folder, ignore_errors=True)


def _has_room(folder: str) -> bool:
    try:
        return shutil.disk_usage(folder).free > 1 << 30 and os.access(folder, os.W_OK)
    except OSError:
        return False


@contextlib.contextmanager
def running_pair(name: str) -> Iterator[tuple[PostgresServer, PostgresServer]]:
    """Start a primary and its standby of this name; both are killed in the end. Skips where there is none."""
    with short_folder() as first, short_folder() as second, contextlib.ExitStack() as stack:
        primary = PostgresServer(installed_programs(), first)
        stack.callback(primary.kill)
        standby = primary.make_standby(second, name)
        stack.callback(standby.kill)
        yield primary, standby


def free_port(address: str = "127.0.0.1") -> int:
    """A TCP port of this address that nobody has now."""
    with socket.socket() as free:
        free.bind((address, 0))
        return int(free.getsockname()[1])


def installed_programs() -> Path:
    """The folder of the server's programs. Skips where there is none."""
    programs = _programs()
    if programs is None:
        pytest.skip(str(why_no_server()))
    return programs


@contextlib.contextmanager
def short_folder() -> Iterator[Path]:
    """A folder for a server and its socket, gone afterwards: the path of a socket has at most 107 bytes."""
    folder = _make_short_folder("/tmp")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _make_short_folder(within: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="fu-pg-", dir=within))
    folder.chmod(0o755)
    return folder


class _Kept:
    """The server that all proofs of a process share while `keeping_server` lasts."""

    is_asked = False
    stack = contextlib.ExitStack()
    server: PostgresServer | None = None


@contextlib.contextmanager
def keeping_server(given: PostgresServer | None = None) -> Iterator[None]:
    """Let `shared_server` start one server only, when it is first asked for one; or none, when one is given."""
    if _Kept.is_asked:
        yield
        return
    with contextlib.ExitStack() as stack:
        _Kept.is_asked, _Kept.stack = True, stack
        try:
            yield
        finally:
            _Kept.is_asked, _Kept.server = False, None


@contextlib.contextmanager
def shared_server() -> Iterator[PostgresServer]:
    """The server that is kept, or one of its own, gone afterwards."""
    if not _Kept.is_asked:
        with running_server() as server:
            yield server
        return
    if _Kept.server is None:
        _Kept.server = _Kept.stack.enter_context(running_server())
    yield _Kept.server
