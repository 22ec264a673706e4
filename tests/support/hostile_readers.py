"""A main module of the limited process whose readers misbehave in every way that a library can."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store import foreign_file_child_main
from store.errors import NotAllowed
from store.foreign_files.answer_frames import BYTES, END, HEAD, MESSAGE, MOST_OF_FRAME, REFUSAL, frame, json_frame
from store.foreign_files.child_process import ANSWERS, serve

if TYPE_CHECKING:
    from store.foreign_files.child_process import Reader

Options = Mapping[str, Any]

HEAD_OF_GRID: dict[str, Any] = {
    "headings": None,
    "noun": "row",
    "notices": [],
    "sheet": "",
    "sheets": [],
    "may_be_guarded": False,
    "date_system": None,
    "set_apart": [],
    "colours": [],
}
_SOUND = ["head", HEAD_OF_GRID]
"""How the answer of the reader of lists begins."""


def states(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Answers as it should."""
    yield [len(raw), name, dict(options)]
    yield b"\x00\xff"


def states_late(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Answers after a while."""
    time.sleep(0.5)
    yield "late"


def surroundings(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Tells what the process has and may have."""
    limits = ("RLIMIT_AS", "RLIMIT_CPU", "RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_NOFILE")
    yield {
        "limits": {each: list(resource.getrlimit(getattr(resource, each))) for each in limits},
        "descriptors": sorted(os.readlink(f"/proc/self/fd/{each}") for each in os.listdir("/proc/self/fd")[:-1]),
        "session": os.getsid(0) == os.getpid(),
        "terminal": os.path.exists("/dev/tty") and _can_open("/dev/tty"),
        "environment": dict(os.environ),
        "flags": [sys.flags.isolated, sys.flags.no_site],
        "modules": sorted(sys.modules),
    }


def _can_open(path: str) -> bool:
    try:
        os.close(os.open(path, os.O_RDWR))
    except OSError:
        return False
    return True


def modules_of_the_list_reader(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Reads a list as it should, and tells what was loaded for that."""
    list(foreign_file_child_main.READERS["list"]()(raw, name, options))
    yield sorted(sys.modules)


def refuses(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Refuses the file in its own words."""
    raise NotAllowed("no\x1b[31m list", code="import.file-empty", field="sheet", values={"rule": "x", "other": 1})


def killed(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Is killed amid its answer."""
    yield _SOUND
    os.kill(os.getpid(), signal.SIGKILL)


def aborts(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Aborts as C++ does for a fault of its own."""
    os.write(2, b"terminate called after throwing an instance of 'std::logic_error'\n")
    os.abort()
    return iter(())


def aborts_for_memory(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Aborts as Rust does when there is no more memory."""
    os.write(2, b"memory allocation of 20971520 bytes failed\n")
    os.abort()
    return iter(())


def crashes(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Reads where no memory is."""
    yield ctypes.string_at(8)


def takes_memory(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Takes more memory than it may, in Python."""
    yield [bytearray(1 << 20) for _ in range(100_000)]


def takes_the_last_memory(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Takes it in pieces so small that none is left to say so with: Python 3.11 then tries for ever."""
    kept: list[object] = []
    while True:
        kept.append(str(len(kept)))


def leaves(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Ends as if it were done."""
    yield _SOUND
    os._exit(0)


def raises(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Raises what is no Exception, as a library of Rust does."""
    raise SystemExit(0)


def hangs(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Waits for ever, and for no signal that it can put off."""
    for number in range(1, signal.NSIG):
        if number not in (signal.SIGKILL, signal.SIGSTOP):
            try:
                signal.signal(number, signal.SIG_IGN)
            except (OSError, ValueError):
                continue
    yield _SOUND
    time.sleep(3600)


def stops_itself(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Stops, so that only the kernel can end it."""
    os.kill(os.getpid(), signal.SIGSTOP)
    return iter(())


def works_for_ever(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Uses the processor and never answers."""
    while True:
        pass


def prints(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Prints much on stdout and stderr, and answers as it should."""
    for number in (1, 2):
        for _ in range(64):
            os.write(number, b"\x1b[2J\x07rubbish\n" * 4096)
    yield "said"


def answers_rubbish(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Writes what is no frame."""
    os.write(ANSWERS, b"\x80\x04\x95rubbish, or a pickle" * 10)
    return iter(())


def answers_no_json(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Writes a frame whose payload is no JSON."""
    os.write(ANSWERS, frame(MESSAGE, b"\x80\x04\x95\x1a"))
    return iter(())


def answers_deep_json(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Writes JSON that is nested too deeply for a parser."""
    os.write(ANSWERS, frame(MESSAGE, b"[" * 60_000))
    return iter(())


def states_a_huge_frame(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Tells of a frame of four gigabytes."""
    os.write(ANSWERS, bytes([MESSAGE]) + b"\xff\xff\xff\xff" + b"a" * 1000)
    return iter(())


def answers_for_ever(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Sends sound frames without end."""
    while True:
        yield b"a" * (1 << 20)


def answers_nothing_for_ever(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Sends empty frames without end."""
    while True:
        os.write(ANSWERS, frame(BYTES) * 4096)


def half_a_frame(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Ends amid a frame."""
    os.write(ANSWERS, frame(BYTES, b"a" * 1000)[: HEAD + 10])
    os._exit(0)
    return iter(())


def closes_its_pipe(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Closes the pipe, and stays."""
    os.close(ANSWERS)
    time.sleep(3600)
    return iter(())


def forks(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Leaves a process behind that holds all pipes; where no process may be started, says so."""
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError as error:
        yield error.errno
        return
    if child == 0:
        os.write(writer, b"1")
        time.sleep(3600)
    os.read(reader, 1)
    yield child
    os._exit(0)


def writes_a_file(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Tries to write a file."""
    path = Path(options["path"])
    try:
        path.write_text("written")
    except OSError as error:
        yield [error.errno]
    else:
        yield [0]


def refuses_rubbish(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Refuses with values that no refusal has."""
    os.write(ANSWERS, json_frame(REFUSAL, options["refusal"]))
    return iter(())


def says_end_and_more(raw: bytes, name: str, options: Options) -> Iterator[object]:
    """Says more after its end."""
    os.write(ANSWERS, frame(END) + b"rubbish")
    yield "more"


_READERS: tuple[Reader, ...] = (
    *(states, states_late, surroundings, refuses, killed, aborts, aborts_for_memory, crashes, takes_memory),
    *(modules_of_the_list_reader, takes_the_last_memory, leaves, raises, hangs),
    *(stops_itself, works_for_ever, prints, answers_rubbish, answers_no_json, answers_deep_json, states_a_huge_frame),
    *(answers_for_ever, answers_nothing_for_ever, half_a_frame, closes_its_pipe, forks, writes_a_file),
    *(refuses_rubbish, says_end_and_more),
)


def _importing(reader: Reader) -> Any:
    return lambda: reader


READERS = {reader.__name__: _importing(reader) for reader in _READERS}


def main() -> None:
    """Serve with these readers."""
    assert MOST_OF_FRAME > 60_000
    serve(READERS)
    os._exit(0)
