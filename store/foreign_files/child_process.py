"""The inside of a limited process: gives up what it does not need, reads one file, answers in frames.

It is started by `limited_process` with the number of that process as its only word, and with these descriptors:
0 the file, 1 and 2 a pipe that takes whatever libraries print, 3 the answers, 4 the request, which comes when the
limits are known.
"""

from __future__ import annotations

import gc
import os
import resource
import signal
import stat
import sys
from contextlib import suppress

from store.errors import FollowUpError, UsageError
from store.foreign_files.answer_frames import BYTES, END, INPUT_READ, MESSAGE, REFUSAL, TooLong, frame, json_frame
from store.foreign_files.limits import MOST_INPUT
from store.foreign_files.refusals import too_large
from store.quick_json import loads
from store.translation import ENGLISH, speak, tr

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    Reader = Callable[[bytes, str, Mapping[str, Any]], Iterable[object]]
    """Reads the bytes of a file of this name with these options: documents of plain data, and pieces of bytes."""

FILE, ANSWERS, REQUEST = 0, 3, 4
"""Descriptors of the process."""

_DESCRIPTORS = 32
"""Files that it may have open: libraries load their own modules and the zones of the calendar."""

_NO_NEW_PRIVILEGES, _SIGNAL_AT_PARENTS_DEATH = 38, 1
"""Options of prctl(2)."""

_MOST_LEFT_OPEN = 1024
"""Descriptors that are closed where it cannot be seen which are open."""

_PIECE = 1 << 20


def serve(readers: Mapping[str, Callable[[], Reader]]) -> None:
    """Answer the one request, and leave; `readers`: name -> function that imports what it reads with."""
    _die_with_parent()
    for limit in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
        _lower(limit, 0)
    _close_others()
    gc.disable()  # What is read lives until the end.
    request = loads(read_whole(REQUEST, _PIECE))
    os.close(REQUEST)
    # One second between both: at the hard limit the kernel kills, and does not say that it was for the time.
    _lower(resource.RLIMIT_CPU, request["processor"], request["processor"] + 1)
    _lower(resource.RLIMIT_AS, request["memory"])
    _lower(resource.RLIMIT_NOFILE, _DESCRIPTORS)
    out_of_memory = json_frame(REFUSAL, {"kind": "memory"})
    try:
        _speak(request["language"])
        _answer(readers[request["reader"]](), request)
        return
    except FollowUpError as error:
        refusal = json_frame(REFUSAL, _described(error))
    except TooLong:
        refusal = json_frame(REFUSAL, _described(too_large(request["name"], tr("has a part that is too long"))))
    except MemoryError:
        refusal = out_of_memory
    except BaseException as error:  # A library's panic is no Exception.
        refusal = json_frame(REFUSAL, {"kind": "broken", "why": type(error).__name__})
    _write(refusal)


def _speak(language: str) -> None:
    """Word the error in the language of the parent."""
    speak(None)
    if language != ENGLISH:
        from store.translation_catalogue_and_plurals import load_catalogue

        speak(load_catalogue(language))


def _answer(reader: Reader, request: Mapping[str, Any]) -> None:
    raw = read_whole(FILE, MOST_INPUT)
    _write(frame(INPUT_READ))
    for message in reader(raw, request["name"], request["options"]):
        _write(frame(BYTES, message) if isinstance(message, bytes) else json_frame(MESSAGE, message))
    _write(frame(END))


def _described(error: FollowUpError) -> dict[str, object]:
    return {
        "kind": "usage" if isinstance(error, UsageError) else "not-allowed",
        "sentence": error.sentence,
        "code": error.code,
        "field": error.field,
        "values": dict(error.values),
    }


def read_whole(descriptor: int, most: int) -> bytes:
    """All bytes; of more than `most` just enough to notice."""
    status = os.fstat(descriptor)
    if stat.S_ISREG(status.st_mode) and status.st_size <= most:
        # In one piece: joining pieces takes the memory twice.
        with open(descriptor, "rb", buffering=0, closefd=False) as file:
            return file.readall()
    data = bytearray()
    while len(data) <= most and (piece := os.read(descriptor, _PIECE)):
        data += piece
    return bytes(data)


def _write(data: bytes) -> None:
    while data:
        data = data[os.write(ANSWERS, data) :]


def _lower(limit: int, soft: int, hard: int | None = None) -> None:
    """Set a limit for good, unless it is lower already."""
    _, set_before = resource.getrlimit(limit)
    hard = soft if hard is None else hard
    if set_before != resource.RLIM_INFINITY:
        hard = min(hard, set_before)
    resource.setrlimit(limit, (min(soft, hard), hard))


def _die_with_parent() -> None:
    """Have the kernel end this process when its parent ends; never gain privileges by starting a program."""
    with suppress(ImportError, OSError, AttributeError):  # Elsewhere than on Linux.
        import ctypes

        prctl = ctypes.CDLL(None).prctl
        prctl(_SIGNAL_AT_PARENTS_DEATH, signal.SIGKILL, 0, 0, 0)
        prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if os.getppid() != int(sys.argv[1]):
        os._exit(0)


def _close_others() -> None:
    """Close what a careless parent of the parent left open."""
    try:
        names = os.listdir("/proc/self/fd")
    except OSError:  # There is no /proc.
        names = list(map(str, range(_MOST_LEFT_OPEN)))
    for name in names:
        if int(name) > REQUEST:
            with suppress(OSError):  # That of the listing itself.
                os.close(int(name))
