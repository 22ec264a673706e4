"""Benchmarks of a store on a PostgreSQL server, beside the same store in a file."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks import goals
from benchmarks.bench_app import figures
from benchmarks.bench_commands import FOLLOWUP, Workshop, timed
from benchmarks.compare_with_goals import Measurement, at_least, at_most
from benchmarks.goals import LARGE, MOST_ROUNDS, ROUND_TRIPS, SMALL
from benchmarks.timing import CommandFailed, Sample, Series, Subject, run, samples_in_turn
from store import operations
from store.database import Database
from tests.support.fixed_day_and_user import StandingClock
from tests.support.postgres_server import OWNER, PostgresServer, running_server, why_no_server
from tests.support.tcp_with_delay import DistantLine

_PASSWORD = "of the benchmarks"
_WITHOUT_DRIVER = [sys.executable, "-I", "-c", "import store.server.server_store"]
_WITH_DRIVER = [sys.executable, "-I", "-c", "import store.server.server_store, psycopg"]
"""What the program loads for a store on a server, and the driver beside it: many modules of the library are of both."""

_CONNECT = [
    sys.executable,
    "-I",
    "-c",
    "import os; from store.server.connection import Connection; Connection(os.environ['FOLLOWUP_STORE']).close()",
]

_COMMANDS = ("status --short", "list", "show 250", "note 250 the letter is on its way")

_DELAYS = (0, 20, 100)
"""Milliseconds there and back."""

_WRITERS = (1, 8, 32)

_SECONDS = 3.0
"""How long the writers write."""

_SIZES = (500, 1_000, 10_000, 100_000)
_EVENTS = 5


@dataclass
class _Stores:
    """The server, and the store of each size on it."""

    workshop: Workshop
    server: PostgresServer
    names: dict[tuple[int, int], str]

    def name(self, size: tuple[int, int]) -> str:
        """The database with the store of this size."""
        if size not in self.names:
            name = self.server.make_database()
            environment = self.environment(self.server.url(name))
            for words in (["init", self.server.url(name)], ["restore", str(self.workshop.store(size))]):
                run([FOLLOWUP, *words], environment, is_quiet=True)
            self.server.sql("VACUUM ANALYZE", name)
            self.names[size] = name
        return self.names[size]

    def environment(self, url: str) -> dict[str, str]:
        """The environment of a program that works on the store of this name."""
        return {**self.workshop.environment(Path()), "FOLLOWUP_STORE": url, "PGPASSWORD": _PASSWORD}

    def by_socket(self, size: tuple[int, int]) -> dict[str, str]:
        """The environment for the store of this size, over a Unix socket."""
        return self.environment(self.server.url(self.name(size)))

    def by_tcp(self, size: tuple[int, int], port: int = 0) -> dict[str, str]:
        """The same over TCP, with a password by SCRAM; `port` is that of a line to the server."""
        return self.environment(f"postgresql://{OWNER}@127.0.0.1:{port or self.server.port}/{self.name(size)}")


def server(workshop: Workshop) -> Iterator[Measurement]:
    """A store on a server of its own on this machine, beside the same one in a file."""
    if reason := why_no_server():
        yield Measurement("left out", f"    {reason}")
        return
    with running_server() as postgres:
        postgres.sql(f"ALTER ROLE {OWNER} PASSWORD '{_PASSWORD}'")
        postgres.listen("host all all 127.0.0.1/32 scram-sha-256", "max_connections=120")
        stores = _Stores(workshop, postgres, {})
        yield from _commands(stores, SMALL)
        yield from _commands(stores, LARGE)
        yield from _round_trips(stores)
        yield from _far_away(stores)
        yield from _writers(stores)
        yield from _in_the_app(stores)
        yield from _growth(stores)


def _command(environment: dict[str, str], words: str) -> Subject:
    return lambda: run([FOLLOWUP, *words.split()], environment)


def _commands(stores: _Stores, size: tuple[int, int]) -> Iterator[Measurement]:
    workshop = stores.workshop
    file = workshop.environment(workshop.own_store(size, f"beside-a-server-{size[0]}"))
    ways = {"file": file, "socket": stores.by_socket(size), "TCP": stores.by_tcp(size)}
    subjects = [_command(environment, words) for words in _COMMANDS for environment in ways.values()]
    driver: Subject = lambda: run(_WITH_DRIVER, file)  # noqa: E731
    bare: Subject = lambda: run(_WITHOUT_DRIVER, file)  # noqa: E731
    (without, with_driver, *found) = samples_in_turn([bare, driver, *subjects], workshop.count)
    loading = [Sample(loaded.seconds - started.seconds) for loaded, started in zip(with_driver, without, strict=True)]
    yield Measurement(
        f"{size[0]:,}: import of the driver", figures([sample.seconds * 1000 for sample in loading], "ms")
    )
    for number, words in enumerate(_COMMANDS):
        on_file, *on_server = found[number * 3 : number * 3 + 3]
        for way, samples in zip(("socket", "TCP"), on_server, strict=True):
            rest = [Sample(each.seconds - taken.seconds) for each, taken in zip(samples, loading, strict=True)]
            most = goals.ON_SERVER.get((size, words), {}).get(way)
            yield timed(f"{words[:17].strip()}, {way}", Series(rest, on_file), most, "file")
            if way == "TCP" and (size, words) == (SMALL, "status --short"):
                yield timed("  the driver included", Series(samples, on_file), goals.ON_SERVER_WITH_DRIVER, "file")


def _round_trips(stores: _Stores) -> Iterator[Measurement]:
    with DistantLine(stores.server.port) as line:
        environment = stores.by_tcp(SMALL, line.port)

        def counted(command: list[str]) -> int:
            before = line.round_trips
            run(command, environment)
            return line.round_trips - before

        connecting = counted(_CONNECT)
        compared = at_most(connecting, goals.ROUND_TRIPS_TO_CONNECT)
        yield Measurement("round trips to connect", f"{connecting:8}", compared)
        changes = ("note 250 by hand", "mark 250 in-progress --take-back", "undo", "redo")
        for words in ("status --short", "show 250", *changes):
            count = counted([FOLLOWUP, *words.split()]) - connecting
            name = f"  and for {words.split()[0]}"
            yield Measurement(name, f"{count:8}", at_most(count, ROUND_TRIPS))


def _far_away(stores: _Stores) -> Iterator[Measurement]:
    workshop = stores.workshop
    for delay in _DELAYS:
        with DistantLine(stores.server.port, delay / 2000) as line:
            environment = stores.by_tcp(SMALL, line.port)
            run(_CONNECT, environment)
            connecting = line.round_trips
            near, far = samples_in_turn(
                [_command(stores.by_tcp(SMALL), "status --short"), _command(environment, "status --short")],
                min(workshop.count, MOST_ROUNDS["server-far-away"]),
            )
            waited = (connecting + ROUND_TRIPS) * delay / 1000
            expected = [Sample(waited + 1.5 * each.seconds) for each in near]
            yield timed(f"{delay:3} ms, status --short", Series(far, expected), 1.0, "the sum")
            for writers in (1, 8):
                rate = _changes_a_second([environment] * writers)
                least = goals.LEAST_CHANGES_AT_20_MS[writers] if delay == 20 else None
                yield _rate(f"{delay:3} ms, {writers} writing", rate, least=least)


def _rate(name: str, rate: float, *, least: float | None = None, beside: float = 0.0, floor: str = "") -> Measurement:
    """A row about changes a second; `least` is how many, or how many times those of `beside`, there must be."""
    shown = f"{rate:8.0f} {f'{rate / beside:7.2f}' if beside else ' ' * 7}  changes a second"
    if least is None:
        return Measurement(name, shown)
    return Measurement(name, shown, at_least(rate, least, floor, times=beside or 1))


def _writers(stores: _Stores) -> Iterator[Measurement]:
    file = stores.workshop.environment(stores.workshop.own_store(SMALL, "written"))
    on_file, on_server = {}, {}
    for writers in _WRITERS:
        on_file[writers] = _changes_a_second([file] * writers)
        on_server[writers] = _changes_a_second([stores.by_socket(SMALL)] * writers)
        yield _rate(f"{writers} writing, file", on_file[writers])
        beside, least, floor = goals.LEAST_CHANGES_BESIDE_FILE[writers]
        yield _rate(f"{writers} writing, server", on_server[writers], least=least, beside=on_file[beside], floor=floor)


def _changes_a_second(writers: Sequence[dict[str, str]]) -> float:
    """What people with an open batch each make together, one note after the other."""
    begin, end = threading.Barrier(len(writers) + 1), threading.Event()
    counts: list[int] = []

    def write(environment: dict[str, str], number: int) -> None:
        command = [FOLLOWUP, "batch"]
        waiting = {**environment, "FOLLOWUP_LOCK_TIMEOUT": "60"}
        with subprocess.Popen(command, env=waiting, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            stdin, stdout, count = process.stdin, process.stdout, 0
            assert stdin
            assert stdout

            def note() -> None:
                # Another commitment each time: the history of one would grow without end.
                about = 1 + (17 * number + count) % SMALL[0]
                stdin.write(f"note {about} the letter is on its way\n".encode())
                stdin.flush()
                answer = stdout.readline()
                if not answer.startswith(b"ok"):
                    begin.abort()
                    raise CommandFailed(f"a batch answered {answer.decode()!r}")

            note()
            begin.wait()
            while not end.is_set():
                note()
                count += 1
            counts.append(count)

    threads = [threading.Thread(target=write, args=(each, number)) for number, each in enumerate(writers)]
    for thread in threads:
        thread.start()
    try:
        begin.wait()
    except threading.BrokenBarrierError:
        raise CommandFailed("not every batch began") from None
    started = time.perf_counter()
    time.sleep(_SECONDS)
    end.set()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def _in_the_app(stores: _Stores) -> Iterator[Measurement]:
    """What the app asks of the server, in this process."""
    url = stores.by_socket(LARGE)["FOLLOWUP_STORE"]
    database, other = (Database(url, StandingClock(), OWNER, 10.0) for _ in range(2))
    first, stamps, reads = [], [], []
    for _ in range(max(3, min(stores.workshop.count, MOST_ROUNDS["server-in-the-app"]))):
        first.append(_milliseconds(database.snapshot_to_keep))
        kept, _ = database.snapshot_to_keep()
        with other.transaction(about=[250]) as tx:
            operations.note(tx, 250, "the letter is on its way")
        stamps.append(_milliseconds(database.stamp))
        reads.append(_milliseconds(partial(database.snapshot_to_keep, kept)))
    yield Measurement("app, 10,000 read", figures(first, "ms"))
    yield Measurement("app, the stamp", figures(stamps, "ms"))
    yield Measurement("app, one change", figures(reads, "ms", median(reads) / median(first)))


def _milliseconds(done: Callable[[], object]) -> float:
    start = time.perf_counter()
    done()
    return (time.perf_counter() - start) * 1000


def _growth(stores: _Stores) -> Iterator[Measurement]:
    """The quick check with the driver; to bring the largest store in takes minutes."""
    workshop = stores.workshop
    for size in _SIZES:
        file = workshop.environment(workshop.store((size, _EVENTS)))
        ways = [_command(file, "status --short"), _command(stores.by_socket((size, _EVENTS)), "status --short")]
        on_file, on_server = samples_in_turn(ways, min(workshop.count, MOST_ROUNDS["server-growth"]))
        yield timed(f"status, {size:,} of {_EVENTS} events", Series(on_server, on_file))


BENCHMARKS: dict[str, Callable[[Workshop], Iterator[Measurement]]] = {"server": server}
"""Name -> benchmark of a store on a server."""
