"""The limited process: what it has, and that whatever it does ends in one refusal, in bounded time and memory."""

from __future__ import annotations

import errno
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.errors import FollowUpError, NotAllowed
from store.foreign_files import limited_process
from store.foreign_files.limited_process import LimitedProcess
from store.foreign_files.limits import Limits
from store.foreign_files.refusals import Stopped, stopped
from store.imports.files.reading_options import ReadOptions
from tests.support import sample_lists
from tests.support.child_processes import child_processes

MAIN = "tests.support.hostile_readers"
QUICK = Limits(128, clock=2)
AMPLE = Limits(256, processor=30, clock=60)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[int]:
    """An open file of three bytes."""
    path = tmp_path / "list.csv"
    path.write_bytes(b"a,b")
    descriptor = os.open(path, os.O_RDONLY)
    yield descriptor
    os.close(descriptor)


def answers(file: int, reader: str, limits: Limits = AMPLE, **more: Any) -> list[Any]:
    """All that this reader answers."""
    with LimitedProcess(file, main=MAIN) as process:
        return list(process.answers(reader, "list.csv", more.pop("options", {}), limits, **more))


def refusal(file: int, reader: str, limits: Limits = AMPLE, **more: Any) -> FollowUpError:
    """What the reading is refused with; nothing of its process is left."""
    descriptors, children = os.listdir("/proc/self/fd"), child_processes()
    with pytest.raises(FollowUpError) as caught:
        answers(file, reader, limits, **more)
    assert len(os.listdir("/proc/self/fd")) <= len(descriptors)
    assert child_processes() <= children
    return caught.value


def test_it_reads_the_file_it_was_given_and_answers_in_plain_data(file: int) -> None:
    options = {"sheet": None, "name": "Лист \udc80\x1b", "number": 3}
    assert answers(file, "states", options=options) == [[3, "list.csv", options], b"\x00\xff"]


def test_it_has_nothing_but_what_it_needs(file: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("SECRET", "1")
    inheritable = os.open(os.devnull, os.O_RDONLY)
    os.set_inheritable(inheritable, True)
    (found,) = answers(file, "surroundings")
    os.close(inheritable)
    limits = found["limits"]
    assert limits.pop("RLIMIT_NOFILE")[1] <= 64
    assert limits == {
        "RLIMIT_AS": [256 << 20] * 2,
        "RLIMIT_CPU": [30, 31],
        "RLIMIT_CORE": [0, 0],
        "RLIMIT_FSIZE": [0, 0],
        "RLIMIT_NPROC": [0, 0],
    }
    assert [each.partition(":")[0] for each in found["descriptors"] if each.startswith("pipe:")] == ["pipe"] * 3
    assert len(found["descriptors"]) == 4
    assert (found["session"], found["terminal"], found["flags"]) == (True, False, [1, 1])
    assert set(found["environment"]) <= {"TZ", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "LC_CTYPE"}


def test_it_loads_what_it_reads_with_and_nothing_else(tmp_path: Path) -> None:
    libraries = {"chardet", "icalendar", "python_calamine"}
    small_letters = "обучить сотрудников МВД и направить список экспертов в бюро"
    files = {
        "plain.csv": (sample_lists.as_csv([["Action", "By"], ["Send it", "UNODC"]]).encode(), set()),
        "russian.csv": (sample_lists.as_csv([["раздел"], [small_letters]]).encode("cp1251"), {"chardet"}),
        "list.xlsx": (sample_lists.as_xlsx([["Action"], ["Send it"]]), {"python_calamine"}),
    }
    options = dict.fromkeys((*ReadOptions.FIELDS, "timezone"))
    for name, (raw, expected) in files.items():
        path = tmp_path / name
        path.write_bytes(raw)
        with path.open("rb") as opened:
            (modules,) = answers(opened.fileno(), "modules_of_the_list_reader", options=options)
        assert libraries & set(modules) == expected, name
        assert {"rich", "textual", "argparse", "subprocess", "store.database"}.isdisjoint(modules)


def test_its_own_refusal_is_told_and_its_codes_are_those_that_were_named(file: int) -> None:
    told = refusal(file, "refuses", codes={"import.file-empty": ("rule",)})
    assert (type(told), told.sentence, told.code) == (NotAllowed, "no\\x1b[31m list", "import.file-empty")
    assert (told.field, dict(told.values)) == ("sheet", {"rule": "x"})
    assert refusal(file, "refuses", codes={"import.file-empty": ("missing",)}).code == ""
    assert refusal(file, "refuses").code == ""


@pytest.mark.parametrize(
    ("reader", "code", "words"),
    [
        ("killed", "foreign.broke-off", "broke off (SIGKILL)"),
        ("aborts", "foreign.broke-off", "broke off (SIGABRT)"),
        ("aborts_for_memory", "foreign.memory", "more than 256 MB of memory"),
        ("crashes", "foreign.broke-off", "broke off (SIGSEGV)"),
        ("takes_memory", "foreign.memory", "more than 256 MB of memory"),
        ("takes_the_last_memory", "foreign.memory", "more than 256 MB of memory"),
        ("leaves", "foreign.broke-off", "broke off;"),
        ("raises", "foreign.broke-off", "broke off (SystemExit)"),
        ("answers_rubbish", "foreign.no-answer", "unfit"),
        ("answers_no_json", "foreign.no-answer", "unfit"),
        ("answers_deep_json", "foreign.no-answer", "unfit"),
        ("states_a_huge_frame", "foreign.no-answer", "unfit"),
        ("answers_for_ever", "foreign.too-long", "longer than 32 MB"),
        ("answers_nothing_for_ever", "foreign.too-long", "longer than 32 MB"),
        ("half_a_frame", "foreign.broke-off", "broke off;"),
        ("closes_its_pipe", "foreign.broke-off", "broke off;"),
        ("no_such_reader", "foreign.broke-off", "broke off (KeyError)"),
    ],
)
def test_whatever_it_does_is_one_refusal(file: int, reader: str, code: str, words: str) -> None:
    told = refusal(file, reader)
    assert told.code == code
    assert words in told.sentence
    assert told.sentence.startswith("list.csv ")
    assert "\n" not in told.sentence


@pytest.mark.parametrize(
    ("reader", "limits", "seconds"),
    [
        ("hangs", Limits(128, clock=1), 1),
        ("stops_itself", Limits(128, clock=0.5), 0.5),
        ("works_for_ever", Limits(128, processor=1, clock=600), 1),
    ],
)
def test_it_has_so_much_time(file: int, reader: str, limits: Limits, seconds: int) -> None:
    told = refusal(file, reader, limits)
    assert told.code == "foreign.time"
    assert f"after {seconds} seconds" in told.sentence


def test_what_it_prints_goes_nowhere(file: int, capfd: pytest.CaptureFixture[str]) -> None:
    assert answers(file, "prints") == ["said"]
    assert capfd.readouterr() == ("", "")


def test_what_it_starts_ends_with_it(file: int) -> None:
    with LimitedProcess(file, main=MAIN) as process:
        found = process.answers("forks", "list.csv", {}, AMPLE)
        child = next(found)
        assert isinstance(child, int)
        if os.geteuid() != 0:
            assert child == errno.EAGAIN
            return
        with pytest.raises(NotAllowed, match="broke off"):
            next(found)
        os.kill(child, 0)
    _wait_gone(child)


def test_it_writes_no_file(file: int, tmp_path: Path) -> None:
    path = tmp_path / "new"
    assert answers(file, "writes_a_file", options={"path": str(path)}) == [[errno.EFBIG]]
    assert path.read_bytes() == b""


@pytest.mark.parametrize(
    "told",
    [
        [],
        {"kind": "memory"},
        {"kind": "not-allowed"},
        {"kind": "not-allowed", "sentence": 1, "values": {}},
        {"kind": "not-allowed", "sentence": "x", "values": []},
        {"kind": "usage", "sentence": "x" * 100_000, "values": {}, "code": ["a"], "field": {}},
        {"kind": "broken", "why": "x" * 100_000},
        {"kind": "store", "sentence": "x", "values": {}},
    ],
)
def test_a_refusal_of_its_own_that_is_none_is_no_answer(file: int, told: object) -> None:
    found = refusal(file, "refuses_rubbish", options={"refusal": told})
    assert len(found.sentence) < 2100
    assert found.code in ("", "foreign.no-answer", "foreign.memory", "foreign.broke-off")
    assert found.field is None


def test_what_it_says_after_its_end_is_not_read(file: int) -> None:
    assert answers(file, "says_end_and_more") == []


def test_watching_ends_it(file: int) -> None:
    def watch() -> None:
        raise stopped("list.csv")

    told = refusal(file, "hangs", watch=watch)
    assert isinstance(told, Stopped)
    assert told.sentence == "list.csv was not read: it was stopped"


def test_a_pipe_takes_the_time_that_its_writer_takes() -> None:
    reader, writer = os.pipe()
    with LimitedProcess(reader, main=MAIN) as process:
        os.close(reader)
        found = process.answers("states", "stdin", {}, QUICK, watch=_Writing(writer, QUICK.clock * 1.5))
        assert next(found) == [4, "stdin", {}]


def test_time_in_which_the_program_itself_was_stopped_does_not_count(
    file: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    leap = 0.0

    def watch() -> None:
        nonlocal leap
        leap = 1000.0

    monkeypatch.setattr(limited_process, "monotonic", lambda: time.monotonic() + leap)
    assert answers(file, "states_late", watch=watch) == ["late"]
    assert leap


class _Writing:
    """Writes into a pipe when so many seconds are over."""

    def __init__(self, writer: int, seconds: float) -> None:
        self._writer, self._at = writer, time.monotonic() + seconds

    def __call__(self) -> None:
        if self._writer >= 0 and time.monotonic() >= self._at:
            os.write(self._writer, b"late")
            os.close(self._writer)
            self._writer = -1


_PARENT = """\
import os, sys, tempfile
from store.foreign_files.limited_process import LimitedProcess
from store.foreign_files.limits import Limits
with tempfile.TemporaryFile() as file, LimitedProcess(file.fileno(), main="tests.support.hostile_readers") as process:
    found = process.answers("hangs", "x", {}, Limits())
    next(found)
    print(process._pid, flush=True)
    next(found)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_with_its_parent(number: int) -> None:
    parent = subprocess.Popen([sys.executable, "-c", _PARENT], stdout=subprocess.PIPE)
    assert parent.stdout
    child = int(parent.stdout.readline())
    os.kill(child, 0)
    parent.send_signal(number)
    parent.communicate()
    _wait_gone(child)


_MEASURED = """\
import os, resource, sys, tempfile
from store.errors import FollowUpError
from store.foreign_files.limited_process import LimitedProcess
from store.foreign_files.limits import Limits
with tempfile.TemporaryFile() as file, LimitedProcess(file.fileno(), main="tests.support.hostile_readers") as process:
    try:
        for _ in process.answers(sys.argv[1], "x", {}, Limits(256)):
            pass
    except FollowUpError as error:
        print(error.code)
# Of this process not its usage, which counts what ran in it before.
(own,) = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(own >> 10, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)
"""


@pytest.mark.parametrize("reader", ["answers_for_ever", "answers_nothing_for_ever", "takes_memory", "prints"])
def test_its_memory_and_that_of_its_parent_are_bounded(reader: str) -> None:
    done = subprocess.run([sys.executable, "-c", _MEASURED, reader], capture_output=True, text=True, check=True)
    of_parent, of_child = map(int, done.stdout.splitlines()[-1].split())
    assert of_parent < 64
    assert of_child < 256


def test_without_a_program_to_start_it_is_refused(file: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    descriptors = os.listdir("/proc/self/fd")
    with pytest.raises(NotAllowed, match="no process can be started to read the file in: No such file"):
        LimitedProcess(file)
    assert len(os.listdir("/proc/self/fd")) <= len(descriptors)


@pytest.mark.parametrize("left", range(5))
def test_without_room_for_its_descriptors_it_is_refused(file: int, left: int) -> None:
    descriptors = os.listdir("/proc/self/fd")
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(map(int, descriptors))
    taken = [os.open(os.devnull, os.O_RDONLY)]  # All numbers below, which other tests may have left free.
    while taken[-1] <= highest:
        taken.append(os.open(os.devnull, os.O_RDONLY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (taken[-1] + 1 + left, limits[1]))
    try:
        with pytest.raises(NotAllowed, match="no process can be started to read the file in: "):
            LimitedProcess(file)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)
        for descriptor in taken:
            os.close(descriptor)
    assert len(os.listdir("/proc/self/fd")) <= len(descriptors)


def _wait_gone(pid: int) -> None:
    """Wait until no process has this number, or only a dead one that nobody asks for."""
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state in "ZX":
            return
        time.sleep(0.01)
