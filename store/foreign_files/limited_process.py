"""Reads a file of others in a child process with limits, so that no file can take the machine or the terminal.

A library that is given a hostile file can ask for all memory, abort, crash, hang or print. Here that happens to another
process, which has its limits from the kernel (setrlimit), a session without a terminal, and a pipe to answer on.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from contextlib import suppress
from fcntl import F_DUPFD_CLOEXEC, fcntl
from math import inf
from stat import S_ISREG
from time import monotonic, sleep
from types import MappingProxyType

from store.errors import FollowUpError, NotAllowed, UsageError, reason
from store.foreign_files.answer_frames import BYTES, END, HEAD, INPUT_READ, MESSAGE, MOST_OF_FRAME, REFUSAL
from store.foreign_files.limits import Limits
from store.foreign_files.refusals import broke_off, no_answer, not_started, too_long, too_much_memory, too_slow
from store.quick_json import dumps, loads
from store.sanitise_text import visible
from store.translation import language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MAIN = "store.foreign_file_child_main"
"""The module that the process runs: it knows the readers."""

_START = "import sys; sys.path[:] = {path!r}; from {main} import main; main()"
"""Started with -I and -S, so that nothing of the environment, of the folder one stands in or of the user is loaded: the
path is that of this process, and what is found on it the same code."""

_VARIABLES = ("TZ", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
"""What the process gets of the environment: which day it is, and by what Python itself may be found."""

_TICK = 0.1
"""Seconds after which `watch` is called again."""

_FIRST_FREE = 10
"""Descriptors below it are those of the child: none of ours may be in its way when they are put there."""

_PIECE = 1 << 16

_COST = 1024
"""Bytes that a frame counts beside its payload: empty ones without end are soon too many."""

_MOST_PRINTED = 4096
"""Bytes kept of what the process prints, to see why it ended."""

_SHORT_OF_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"out of memory")
"""What the run-time systems of Rust, C++, Python and Go print before they abort."""


_STANDSTILL = 5.0
"""Seconds without a tick after which this program itself was stopped, as by ctrl+z: they are not counted."""

_PATIENCE = 20
"""Ticks after which a process that has no memory left is given up."""

_LAST = 1 << 20
"""The last bytes of its memory: a larger piece than what is left of it is what fails."""

_GRACE = 1.0
"""Seconds that a process which closed its pipe has to end."""

_LONGEST_SENTENCE, _LONGEST_WORD = 2_000, 60
"""Characters of a refusal, and of the name of what went wrong, that are taken."""

_KINDS: dict[str, type[FollowUpError]] = {"usage": UsageError, "not-allowed": NotAllowed}

_NO_CODES: Mapping[str, Sequence[str]] = MappingProxyType({})


class LimitedProcess:
    """A process that reads one file; use it as a context manager, which ends it.

    It starts at once, and so is ready when `answers` is asked for.
    """

    def __init__(self, file: int, *, main: str = MAIN) -> None:
        """`file` is an open descriptor, which stays the caller's. Raises: NotAllowed when no process can be started."""
        self._pid = 0
        self._is_whole = S_ISREG(os.fstat(file).st_mode)
        opened: list[int] = []
        try:
            answers, answers_end = _pipe(opened)
            printed, printed_end = _pipe(opened)
            request_end, request = _pipe(opened)
            ends = {0: _moved(file, opened), 1: printed_end, 2: printed_end, 3: answers_end, 4: request_end}
            self._pid = os.posix_spawn(
                sys.executable,
                [sys.executable, "-I", "-S", "-c", _start(main), str(os.getpid())],
                {name: os.environ[name] for name in _VARIABLES if name in os.environ},
                file_actions=[(os.POSIX_SPAWN_DUP2, end, number) for number, end in ends.items()],
                setsid=True,
                setsigmask=[],
                setsigdef=[signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGXCPU],
            )
        except OSError as error:
            for descriptor in opened:
                os.close(descriptor)
            raise not_started(reason(error)) from None
        for end in {*ends.values()}:
            os.close(end)
        self._answers, self._printed, self._request = answers, printed, request
        for descriptor in (answers, printed):
            os.set_blocking(descriptor, False)

    def __enter__(self) -> LimitedProcess:
        return self

    def __exit__(self, *_: object) -> None:
        """End the process and all that it started, in any state."""
        if self._pid:
            self._end()
        self._close()

    def answers(
        self,
        reader: str,
        name: str,
        options: Mapping[str, object],
        limits: Limits,
        *,
        codes: Mapping[str, Sequence[str]] = _NO_CODES,
        watch: Callable[[], None] = lambda: None,
    ) -> Iterator[object]:
        """Have the file, called `name`, read by this reader, from now on. Yields plain data and bytes as they come.

        `codes` are those of the refusals of the reader, with the names of their values. `watch` is called ten times a
        second; what it raises ends the reading.
        Raises: FollowUpError: the refusal of the reader, or one for a process that did not keep to its limits or ended.
        """
        self._ask(
            {
                "reader": reader,
                "name": name,
                "options": dict(options),
                "language": language(),
                "memory": limits.memory,
                "processor": limits.processor,
            }
        )
        return self._answered(name, limits, codes, watch)

    def _answered(
        self, name: str, limits: Limits, codes: Mapping[str, Sequence[str]], watch: Callable[[], None]
    ) -> Iterator[object]:
        room = limits.answer
        for kind, payload in self._frames(name, limits, watch):
            room -= _COST + len(payload)
            if room < 0:
                raise too_long(name, limits.answer)
            if kind == END:
                return
            if kind == REFUSAL:
                raise _refusal(_parsed(payload, name), name, limits, codes)
            if kind == BYTES:
                yield payload
            elif kind == MESSAGE:
                yield _parsed(payload, name)

    def _ask(self, request: Mapping[str, object]) -> None:
        data = dumps(request).encode("utf-8", "surrogatepass")
        with suppress(BrokenPipeError):  # Why it ended is found when its answer is read.
            while data:
                data = data[os.write(self._request, data) :]
        os.close(self._request)
        self._request = -1

    def _frames(self, name: str, limits: Limits, watch: Callable[[], None]) -> Iterator[tuple[int, bytes]]:
        """The frames as they come. Raises: FollowUpError when they end before the last one, or take too long."""
        buffer, printed = bytearray(), bytearray()
        poll = select.poll()
        poll.register(self._answers, select.POLLIN)
        poll.register(self._printed, select.POLLIN)
        ticked = monotonic()
        # What comes through a pipe takes as long as another program takes to write it.
        until = ticked + limits.clock if self._is_whole else inf
        is_last, ticks_without_memory = False, 0
        while True:
            while (size := _frame_size(buffer, name)) is not None:
                kind, payload = buffer[0], bytes(buffer[HEAD:size])
                del buffer[:size]
                if kind == INPUT_READ and not self._is_whole:
                    until = monotonic() + limits.clock
                yield kind, payload
            if is_last:
                raise self._broke_off(bytes(printed), name, limits)
            now = monotonic()
            if now - ticked >= _STANDSTILL:
                until += now - ticked
            if now - ticked >= _TICK:
                watch()
                ticked = now
                ticks_without_memory = ticks_without_memory + 1 if self._is_short_of_memory(limits) else 0
                if ticks_without_memory >= _PATIENCE:
                    raise too_much_memory(name, limits.memory)
            if now >= until:
                raise too_slow(name, limits.clock)
            ready = dict(poll.poll(_TICK * 1000))
            if self._printed in ready:
                piece = _read(self._printed)
                if piece == b"":
                    poll.unregister(self._printed)
                printed += (piece or b"")[: _MOST_PRINTED - len(printed)]
            # What the process started may hold the pipe open: so its own end counts as well.
            has_ended = self._answers not in ready and self._status(is_waited_for=False) is not None
            if self._answers in ready or has_ended:
                piece = _read(self._answers)
                is_last = piece == b"" or (has_ended and piece is None)
                buffer += piece or b""

    def _broke_off(self, printed: bytes, name: str, limits: Limits) -> FollowUpError:
        """The refusal for a process that ended before its answer."""
        status = self._status(is_waited_for=True)
        if status == signal.SIGXCPU:
            return too_slow(name, limits.processor)
        if any(words in printed for words in _SHORT_OF_MEMORY):
            return too_much_memory(name, limits.memory)
        return broke_off(name, "" if status is None else signal.Signals(status).name if status > 0 else "")

    def _is_short_of_memory(self, limits: Limits) -> bool:
        """Whether nearly all of its memory is used.

        Python up to 3.11 or so, when it has not even the memory to tell that it has none, tries for ever.
        """
        try:
            with open(f"/proc/{self._pid}/statm", "rb") as file:
                pages = int(file.read().split()[0])
        except (OSError, ValueError, IndexError):
            return False
        return pages * os.sysconf("SC_PAGE_SIZE") > limits.memory - _LAST

    def _status(self, *, is_waited_for: bool) -> int | None:
        """The signal that ended the process, 0 for none; None while it lives. It is not reaped yet.

        Waits a moment for a process that has closed its pipe.
        """
        until = monotonic() + _GRACE
        while True:
            try:
                found = os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return 0  # Where the program was started with SIGCHLD ignored.
            if found is not None:
                return found.si_status if found.si_code != os.CLD_EXITED else 0
            if not is_waited_for or monotonic() > until:
                return None
            sleep(_GRACE / 100)

    def _end(self) -> None:
        # Before it is reaped: until then no other process or group can have this number.
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError, PermissionError):
                kill(self._pid, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self._pid = 0

    def _close(self) -> None:
        for descriptor in (self._answers, self._printed, self._request):
            if descriptor >= 0:
                os.close(descriptor)
        self._answers = self._printed = self._request = -1


def _refusal(document: object, name: str, limits: Limits, codes: Mapping[str, Sequence[str]]) -> FollowUpError:
    """The refusal that the process answered with."""
    if not isinstance(document, dict):
        return no_answer(name)
    kind, sentence, code = document.get("kind"), document.get("sentence"), document.get("code")
    if kind == "memory":
        return too_much_memory(name, limits.memory)
    if kind == "broken":
        return broke_off(name, str(document.get("why"))[:_LONGEST_WORD])
    field, values = document.get("field"), document.get("values")
    if kind not in _KINDS or not isinstance(sentence, str) or not isinstance(values, dict):
        return no_answer(name)
    needed = codes.get(code) if isinstance(code, str) else None
    texts = {key: value for key, value in values.items() if isinstance(value, str)}
    if needed is None or not texts.keys() >= set(needed):
        code = ""
    return _KINDS[kind](
        visible(sentence[:_LONGEST_SENTENCE]),
        code=str(code),
        field=field if isinstance(field, str) else None,
        values={key: visible(texts[key][:_LONGEST_SENTENCE]) for key in needed or () if key in texts},
    )


# Pipes.


def _start(main: str) -> str:
    # The own root as well: of a program in one file (zipapp) it may stand on the path as it was typed.
    root = os.path.abspath(__file__.removesuffix(os.path.join("store", "foreign_files", "limited_process.py")))
    path = list(dict.fromkeys([*(folder for folder in sys.path if os.path.isabs(folder)), root]))
    return _START.format(path=path, main=main)


def _pipe(opened: list[int]) -> tuple[int, int]:
    """Both ends of a pipe, for reading and for writing, as high descriptors that no other program inherits."""
    low = os.pipe()
    try:
        return _moved(low[0], opened), _moved(low[1], opened)
    finally:
        for end in low:
            os.close(end)


def _moved(descriptor: int, opened: list[int]) -> int:
    """A high duplicate of the descriptor, added to the open ones. Raises: OSError."""
    moved = fcntl(descriptor, F_DUPFD_CLOEXEC, _FIRST_FREE)
    opened.append(moved)
    return moved


def _read(descriptor: int) -> bytes | None:
    """What there is to read: empty at the end, None when there is nothing yet."""
    try:
        return os.read(descriptor, _PIECE)
    except BlockingIOError:
        return None


def _frame_size(buffer: bytearray, name: str) -> int | None:
    """The size of the first frame, if it is complete. Raises: NotAllowed for an invalid one."""
    if len(buffer) < HEAD:
        return None
    size = int.from_bytes(buffer[1:HEAD], "big")
    if buffer[0] not in (MESSAGE, BYTES, REFUSAL, INPUT_READ, END) or size > MOST_OF_FRAME:
        raise no_answer(name)
    return HEAD + size if len(buffer) >= HEAD + size else None


def _parsed(payload: bytes, name: str) -> object:
    try:
        return loads(payload)
    except (ValueError, RecursionError):
        raise no_answer(name) from None
