"""Make each system call on files fail in turn, or kill the process there, during one change (R2)."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from torture.faults.change_cases import CASES, MARK, Ready
from torture.faults.judge_failed_change import judge
from torture.proof import Proof
from torture.system_calls import Call, calls_in, failing, failing_by_order, traced, why_not
from torture.testbed import Testbed, processors

KILL = "signal=KILL"
ERRORS = ("error=EIO", "error=ENOSPC", "error=EACCES")

CHANGING = frozenset(
    [
        "write",
        "pwrite64",
        "ftruncate",
        "fsync",
        "fchmod",
        "link",
        "linkat",
        "rename",
        "renameat",
        "mkdir",
        "mkdirat",
        "unlink",
        "unlinkat",
    ]
)
"""The calls that change what is on the disk; `openat` of a new file besides."""

ODD = {
    "openat": ("error=EMFILE", "error=EROFS"),
    "write": ("error=EDQUOT", "error=EFBIG", "error=EINTR"),
    "pwrite64": ("error=EDQUOT",),
    "fsync": ("error=EDQUOT", "error=EINTR"),
    "linkat": ("error=EPERM", "error=EMLINK"),
    "rename": ("error=EPERM", "error=EROFS"),
    "renameat": ("error=EPERM", "error=EROFS"),
    "flock": ("error=ENOLCK", "error=EINTR"),
    "mkdirat": ("error=EDQUOT",),
}
"""Errors of some calls that people meet besides: a quota, a disk that turned read-only, no descriptors left."""


class InjectedFailure(NamedTuple):
    """One thing that goes wrong: the call of this name and number (`3`; `3+` all from it on), and how."""

    call: str
    when: str
    how: str
    about: str

    def __str__(self) -> str:
        return f"{self.how.partition('=')[2]} at {self.about} ({self.call} {self.when})"


def each_call_fails(testbed: Testbed) -> Iterator[Proof]:
    """One `mark` in full, then the other changes."""
    mark = Proof("R2", "each file call of one mark fails, or is where it is killed")
    others = Proof("R2", "the same of other changes")
    memory = Proof("R2", "a mark that gets no memory")
    several = [case.name for case in CASES if case != MARK]
    some = testbed.chance.sample(several, testbed.amount(len(several), 2))
    if reason := why_not():
        for proof, names in ((mark, [MARK.name]), (others, some[: testbed.amount(len(some), 1)])):
            proof.note(f"as the program itself makes its calls fail: {reason}")
            yield _fail_calls_within(testbed, proof, names)
        memory.leave_out(reason)
        yield memory
        return
    yield _fail_calls(testbed, mark, [MARK.name], is_whole=True)
    yield _fail_calls(testbed, others, some, is_whole=False)
    yield _without_memory(testbed, memory)


def _count_from_nought(proof: Proof) -> None:
    for name in ("injected failures", "kills", "failing calls", "damaged", "untrue answers", "good copies"):
        proof.count(name, 0)


def _fail_calls(testbed: Testbed, proof: Proof, names: list[str], *, is_whole: bool) -> Proof:
    _count_from_nought(proof)
    tries: list[tuple[Ready, InjectedFailure]] = []
    with TemporaryDirectory(prefix="followup-ready-") as folder, ThreadPoolExecutor(processors()) as pool:
        for case in [case for case in CASES if case.name in names]:
            ready = Ready(testbed, case, Path(folder, case.name.replace(" ", "-")))
            calls = _calls(testbed, ready)
            chosen = list(_chosen(testbed, _failures(calls), is_whole=is_whole))
            # The last calls first: what goes wrong around the rename is the worst, and is then found at once.
            tries += [(ready, failure) for failure in reversed(chosen)]
        for done, _ in enumerate(pool.map(lambda each: _try(testbed, proof, *each), tries)):
            testbed.progress("injected failures", done, len(tries))
            if proof.wrong and testbed.is_short:
                pool.shutdown(cancel_futures=True)
                break
    return proof


def _calls(testbed: Testbed, ready: Ready) -> list[tuple[Call, int, str]]:
    """The file calls of one run from its first access to its folder on, with their numbers and paths."""
    with testbed.sandbox() as sandbox:
        ready.put_into(sandbox)
        log = sandbox.home.parent / "log"
        sandbox.program = traced(testbed.program, log, "%file,%desc")
        result = sandbox.run(*ready.case.argv, input=ready.case.typed)
        assert result.code == 0, (ready.case.name, result)
        counts: dict[str, int] = {}
        found: list[tuple[Call, int, str]] = []
        has_begun = False
        for call in calls_in(log):
            counts[call.name] = counts.get(call.name, 0) + 1
            own = str(sandbox.home.parent)
            has_begun = has_begun or f'"{own}' in call.arguments
            if has_begun and call.name not in ("ioctl", "mmap", "fcntl", "exit_group"):
                found.append((call, counts[call.name], _about(call, own)))
    return found


def _about(call: Call, own: str) -> str:
    """What a call is on, in a word or two: `store`, `tmp`, `lock`; or the file of the program."""
    paths = [call.file] if call.file else call.names or [""]
    names = [path.removeprefix(own).lstrip("/") for path in paths]
    is_own = any(path.startswith(own) for path in paths) or "/dev" in names[0] or "pipe" in names[0]
    return ("" if is_own else "import of ") + " -> ".join(name.rpartition("/")[2] or "folder" for name in names)


def _failures(calls: list[tuple[Call, int, str]]) -> Iterator[tuple[InjectedFailure, bool, bool]]:
    """Each point, with whether its call changes something, and whether it is on a file of the store."""
    for call, number, about in calls:
        is_own = not about.startswith("import")
        is_changing = is_own and (call.name in CHANGING or "O_CREAT" in call.arguments)
        for how in (KILL, *ERRORS, *(ODD.get(call.name, ()) if is_own else ())):
            # Python that can import nothing more of its own prints what it likes.
            for when in (str(number), f"{number}+") if how in ERRORS and is_own else (str(number),):
                yield InjectedFailure(call.name, when, how, about), is_changing, is_own


def _chosen(
    testbed: Testbed, failures: Iterator[tuple[InjectedFailure, bool, bool]], *, is_whole: bool
) -> Iterator[InjectedFailure]:
    """In full all of one change on its own files, and a part of its imports; less of the others, much less in short."""
    for failure, is_changing, is_own in failures:
        if is_whole and is_changing:
            share = testbed.amount(100, 100 if failure.call == "fsync" else 25 if failure.how == KILL else 6)
        elif is_changing:
            share = testbed.amount(25, 3)
        elif is_own:
            share = testbed.amount(100 if is_whole else 6, 2 if is_whole else 0)
        else:
            share = testbed.amount(4 if is_whole else 1, 0)
        if testbed.chance.random() * 100 < share:
            yield failure


def _try(testbed: Testbed, proof: Proof, ready: Ready, failure: InjectedFailure) -> None:
    with testbed.sandbox() as sandbox:
        ready.put_into(sandbox)
        tried = failing(testbed.program, sandbox.home.parent / "log", failure.call, failure.how, failure.when)
        # What fails may be the close of the lock: the next line of a batch would wait for itself.
        env = {**sandbox.env, "FOLLOWUP_LOCK_TIMEOUT": "0.05"}
        result = tried.run(*ready.case.argv, env=env, input=ready.case.typed)
        proof.count("injected failures")
        proof.count("kills" if failure.how == KILL else "failing calls")
        # Without memory the interpreter itself may fall: as good as killed.
        may_die = failure.how == KILL or failure.about == "memory"
        judge(proof, sandbox, ready, result, str(failure), is_mute=failure.call == "write", may_die=may_die)


def _fail_calls_within(testbed: Testbed, proof: Proof, names: list[str]) -> Proof:
    """Without strace: one call of Python's after the other fails, until there are no more."""
    _count_from_nought(proof)
    with TemporaryDirectory(prefix="followup-ready-") as folder:
        for case in [case for case in CASES if case.name in names]:
            ready = Ready(testbed, case, Path(folder, case.name.replace(" ", "-")))
            for how in ("KILL once", "EIO once", "ENOSPC on", "EACCES once")[: testbed.amount(4, 2)]:
                number = 1
                while _fail_call_within(testbed, proof, ready, f"{number} {how}"):
                    number += testbed.amount(1, testbed.chance.randrange(1, 4))
    return proof


def _fail_call_within(testbed: Testbed, proof: Proof, ready: Ready, order: str) -> bool:
    """Let one call fail. Returns whether there was one of that number."""
    with testbed.sandbox() as sandbox:
        ready.put_into(sandbox)
        file = sandbox.home / "order"
        file.write_text(order)
        tried = failing_by_order(testbed.program, file)
        env = {**sandbox.env, "FOLLOWUP_LOCK_TIMEOUT": "0.05"}
        result = tried.run(*ready.case.argv, env=env, input=ready.case.typed)
        failed = Path(f"{file}.failed")
        failed_calls = failed.read_text() if failed.exists() else ""
        proof.count("injected failures")
        proof.count("kills" if "KILL" in order else "failing calls")
        is_mute = "write" in failed_calls
        judge(proof, sandbox, ready, result, f"{order} ({failed_calls})", is_mute=is_mute, may_die="KILL" in order)
    return bool(failed_calls)


def _without_memory(testbed: Testbed, proof: Proof) -> Proof:
    """ENOMEM for mmap and brk while its own modules are loaded and run."""
    _count_from_nought(proof)
    with TemporaryDirectory(prefix="followup-ready-") as folder, ThreadPoolExecutor(processors()) as pool:
        ready = Ready(testbed, MARK, Path(folder, "mark"))
        counts = _memory_calls(testbed, ready)
        failures = [
            InjectedFailure(call, f"{number}{plus}", "error=ENOMEM", "memory")
            for call, numbers in counts.items()
            for number in numbers
            for plus in ("", "+")
        ]
        chosen = failures if not testbed.is_short else testbed.chance.sample(failures, min(2, len(failures)))
        list(pool.map(lambda failure: _try(testbed, proof, ready, failure), chosen))
    return proof


def _memory_calls(testbed: Testbed, ready: Ready) -> dict[str, range]:
    """Name -> the numbers of its calls from the program's first module on; a change itself needs hardly any."""
    with testbed.sandbox() as sandbox:
        ready.put_into(sandbox)
        log = sandbox.home.parent / "log"
        sandbox.program = traced(testbed.program, log, "%file,mmap,brk")
        assert sandbox.run(*ready.case.argv).code == 0
        calls = calls_in(log)
        first = next(at for at, call in enumerate(calls) if "/tui/" in call.arguments)
        names = {name: [call.name == name for call in calls] for name in ("mmap", "brk")}
        return {name: range(sum(found[:first]) + 1, sum(found) + 1) for name, found in names.items()}
