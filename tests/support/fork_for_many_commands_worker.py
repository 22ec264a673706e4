"""The process that forks once for many command lines: a start costs more than a command.

Each line of stdin is JSON: `[environment, command lines]`. For each of these stdout gets one JSON line `[exit code,
stdout, stderr, the store]`, and after the last `[status of the process]`. The store is given by its inode and a digest
of its bytes.
"""

import hashlib
import json
import os
import signal
import sys
from importlib import import_module

from tui.__main__ import FullScreenApp
from tui.cli.main import run

LIMIT = 60
"""Seconds after which a command line counts as hanging, and is ended."""

LOADED = (
    *(
        "store.file.strict_reader",
        "store.maintenance.backup",
        "store.maintenance.create_store",
        "store.maintenance.import_store",
        "store.maintenance.restore",
        "store.maintenance.doctor",
        "store.operations",
        "store.formats.records_as_json",
        "store.rules.dates.parse_date",
        "tui.session",
    ),
    *(
        "tui.cli.commands.check",
        "tui.cli.commands.show_history",
        "tui.cli.commands.list",
        "tui.cli.commands.show",
        "tui.cli.commands.show_visits_parties",
        "tui.cli.commands.status",
        "tui.render.status_page",
        "tui.render.commitment_page",
        "tui.render.history_page",
        "tui.cli.run_change",
        "tui.cli.commands.batch",
        "tui.render.event_words",
    ),
    *(
        "tui.cli.commands.change",
        "tui.cli.commands.undo_redact",
        "tui.cli.commands.visits_parties",
        "tui.cli.commands.maintenance",
        "encodings.utf_8_sig",
    ),
)


def _answers(environment: dict[str, str], lines: list[list[str]], to: int) -> None:
    """Run command lines in this process, each with fresh streams."""
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for argv in lines:
        signal.alarm(LIMIT)
        streams = [os.memfd_create(name) for name in ("stdout", "stderr")]
        for number, stream in enumerate(streams, 1):
            os.dup2(stream, number)
        code = run(argv, os.environ, FullScreenApp())
        outputs = [os.pread(stream, 1 << 24, 0).decode("utf-8", "backslashreplace") for stream in streams]
        for stream in streams:
            os.close(stream)
        os.write(to, json.dumps([code, *outputs, _store()]).encode() + b"\n")


def _store() -> str:
    try:
        # It may be a pipe by now, which nobody writes to.
        with open(os.open(os.environ["FOLLOWUP_STORE"], os.O_RDONLY | os.O_NONBLOCK), "rb") as file:
            return f"{os.fstat(file.fileno()).st_ino} {hashlib.sha1(file.read()).hexdigest()}"
    except OSError as error:
        return str(error)


def main() -> None:
    """Answer until stdin ends."""
    for name in LOADED:
        import_module(name)
    to = os.dup(1)
    for request in sys.stdin:
        environment, lines = json.loads(request)
        child = os.fork()
        if child == 0:
            _answers(environment, lines, to)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        os.write(to, json.dumps([os.waitstatus_to_exitcode(status)]).encode() + b"\n")
