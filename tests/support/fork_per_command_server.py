"""A process that has loaded the program and forks for each command line: `fork_per_command_server.py SOCKET`.

The process that reads a foreign file is a fork of that of its command, with the limits of its own.

A packet of the socket is a command line, `{"argv", "env", "cwd"}` with the three streams as descriptors; the answer is
its exit code. It ends with the socket.
"""

import gc
import json
import os
import signal
import socket
import sys
import time
from importlib import import_module
from typing import Any, NoReturn

from store import foreign_file_child_main
from store.foreign_files import limited_process
from tui.__main__ import main

_LOADED = (
    "psycopg",
    "store.database",
    "store.file.strict_reader",
    "store.file.file_write_transaction",
    "store.imports.files.child_list_reader",
    "store.operations",
    "store.query.parse_query",
    "store.rules.dates.parse_date",
    "store.server.server_store",
    "store.transaction",
    "store.user_namespace",
    "tui.cli.commands.change",
    "tui.cli.commands.check",
    "tui.cli.commands.show_history",
    "tui.cli.commands.imports",
    "tui.cli.commands.list",
    "tui.cli.commands.show",
    "tui.cli.commands.status",
    "tui.cli.commands.undo_redact",
    "tui.cli.hints_after_refusal",
    "tui.cli.import_rows",
    "tui.cli.main",
    "tui.cli.refused_lines.suggestions_from_the_store",
    "tui.cli.refused_lines.entry_lines",
    "tui.cli.refused_lines.unknown_command",
    "tui.cli.run_change",
    "tui.render.commitment_page",
    "tui.render.event_words",
    "tui.render.history_page",
    "tui.render.status_page",
    "tui.render.undo_words",
    "tui.session",
)
"""What most commands load; the rest is loaded by the process of a command, as ever."""


def _serve(requests: socket.socket) -> None:
    while True:
        packet, streams, *_ = socket.recv_fds(requests, 1 << 20, 3)
        if not packet:
            return
        child = os.fork()
        if child == 0:
            requests.close()
            _run(json.loads(packet), streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(child, 0)
        requests.send(str(os.waitstatus_to_exitcode(status)).encode())


def _run(request: Any, streams: list[int]) -> NoReturn:
    """Run a command line in this process, as the script of the installed command does."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    try:
        os.environ.clear()
        os.environ.update(request["env"])
        time.tzset()
        os.chdir(request["cwd"])
        sys.argv[:] = request["argv"]
        os.posix_spawn = _forked  # type: ignore[assignment]
        main()
    finally:
        os._exit(70)  # It leaves by itself.


def _forked(
    path: str,
    argv: list[str],
    env: dict[str, str],
    *,
    file_actions: list[tuple[int, int, int]],
    setsigdef: list[int],
    **_: object,
) -> int:
    """Do as os.posix_spawn does of `store.foreign_files.limited_process`, the only one that calls it."""
    assert limited_process.MAIN in argv[-2], argv
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        for number in setsigdef:
            signal.signal(number, signal.SIG_DFL)
        for _action, end, descriptor in file_actions:
            os.dup2(end, descriptor)
        os.environ.clear()
        os.environ.update(env)
        sys.argv[:] = ["-c", argv[-1]]
        foreign_file_child_main.main()
    finally:
        os._exit(70)


if __name__ == "__main__":
    for _name in _LOADED:
        import_module(_name)
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
