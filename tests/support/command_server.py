"""A process that has loaded the program and forks for each command line: `command_server.py SOCKET`.

A packet of the socket is a command line, `{"argv", "env", "cwd"}` with the three streams as descriptors; the answer is
its exit code. It ends with the socket.
"""

import gc
import json
import os
import socket
import sys
import time
from importlib import import_module
from typing import Any, NoReturn

from tui.__main__ import main

_LOADED = (
    "psycopg",
    "store.database",
    "store.file.strict_reader",
    "store.operations",
    "store.transaction",
    "store.rules.dates.parse",
    "store.server.server_store",
    "tui.session",
    "tui.cli.main",
    "tui.cli.run_change",
    "tui.cli.commands.change",
    "tui.cli.commands.list",
    "tui.cli.commands.show",
    "tui.cli.commands.status",
    "tui.render.commitment_page",
    "tui.render.event_words",
    "tui.render.status_page",
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
        main()
    finally:
        os._exit(70)  # It leaves by itself.


if __name__ == "__main__":
    for _name in _LOADED:
        import_module(_name)
    gc.collect()
    gc.freeze()
    _serve(socket.socket(fileno=int(sys.argv[1])))
