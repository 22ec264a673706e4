"""Check what a change left when something failed in it: files old or new, a true answer, a next change that works."""

import re
from collections.abc import Callable
from pathlib import Path

from store.clock import MachineClock
from store.file.automatic_copies import Copies
from store.maintenance.doctor import examine
from tests.support.fixed_day_and_user import TODAY
from tests.support.run_command import Result
from tests.support.store_builders import do, open_store
from torture.faults.change_cases import FilesState, Ready, state, tables_of
from torture.proof import Proof
from torture.testbed import Sandbox


def judge(
    proof: Proof,
    sandbox: Sandbox,
    ready: Ready,
    result: Result,
    when: str,
    *,
    is_mute: bool = False,
    may_die: bool = False,
    mend: Callable[[], None] = lambda: None,
) -> None:
    """Judge what a run left and said, then `mend` what failed, and go on.

    `is_mute`: stderr may be what failed. `may_die`: it may have been killed, without an answer.
    """
    now = state(sandbox)
    when = f"{ready.case.name}: {when}"
    is_damaged = "damaged" in str(now) and "damaged" not in str(ready.old)
    proof.count("damaged", is_damaged)
    if result.code < 0 and may_die:
        _judge_killed(proof, ready, now, when)
    elif not _is_true(proof, sandbox, ready, result, now, f"{when}: {short(result)}", is_mute=is_mute):
        proof.count("untrue answers")
    mend()
    if not is_damaged:
        _go_on(proof, sandbox, ready, now, when)


_OLDER_COPY = (99,)
# That a store was made comes before what became of the visit.
_OF_A_NEW_STORE = re.compile(r"^followup: (made a store at|the store is made, but) .*\n", re.MULTILINE)


def _is_an_older_copy(ready: Ready, now: FilesState, result: Result) -> bool:
    """Whether a restore took the copy before one that it could not read, says so, and kept what it replaced."""
    if ready.case.argv != ["restore"] or result.code:
        return False
    back = re.match(r"revision (\d+) is back", result.out)
    store = now.get("shared/commitments.json", "")
    is_kept = any(now.get(name) == ready.old["shared/commitments.json"] for name in now if ".replaced-" in name)
    return bool(back and f'"brought back revision {back[1]}"' in store and is_kept)


def short(result: Result) -> str:
    return f"exit {result.code}, {result.out[-100:]!r}, {result.err[-250:]!r}"


def _judge_killed(proof: Proof, ready: Ready, now: FilesState, when: str) -> None:
    """Old or new; the second name that a restore gives to what it replaces may be there already."""
    kept = {name: text for name, text in now.items() if ".replaced-" in name and text in ready.old.values()}
    for allowed in (*ready.done.values(), *ready.on_the_way):
        if now == allowed or ({**allowed, **kept} == now and kept):
            return
    proof.check(False, f"{when}: killed, and neither old nor new: {_differences(ready, now)}")


def _differences(ready: Ready, now: FilesState) -> str:
    return str({name: "as it was" if text == ready.old.get(name) else text[-150:] for name, text in now.items()})


def _is_true(
    proof: Proof, sandbox: Sandbox, ready: Ready, result: Result, now: FilesState, when: str, *, is_mute: bool
) -> bool:
    """Whether the answer fits what is on the disk; `is_mute` when stderr may be what failed."""
    before = len(proof.wrong)
    which = _done(ready, now, result)
    if not proof.check(which is not None, f"{when}: neither old nor new: {_differences(ready, now)}"):
        return False
    assert which is not None
    is_new = now == ready.new or which == _OLDER_COPY
    err = _OF_A_NEW_STORE.sub("", result.err)
    is_silent = is_mute and not err
    if len(ready.case.steps) > 1:
        _judge_lines(proof, result, which, when, is_mute=is_mute)
    else:
        is_reported = err.startswith("followup: saved, but") or is_silent
        proof.check(
            is_new if result.code == 0 else not is_new or is_reported,
            f"{when}, and it is {'' if is_new else 'not '}new",
        )
        proof.check(is_new or not err.startswith("followup: saved"), f"{when}: saved, it says, and it is not")
        proof.check(result.code in (0, 1, 4, 5), f"{when}: exit {result.code}")
        if not is_silent:
            sandbox.check_answer(proof, Result(result.code, result.out, err), when)
    output = result.out + result.err
    proof.check(not is_new or "not saved" not in output, f"{when}: not saved, it says, and it is")
    proof.check("Traceback" not in output, f"{when}: a traceback")
    return len(proof.wrong) == before


def _done(ready: Ready, now: FilesState, result: Result) -> tuple[int, ...] | None:
    """Which of the steps are done; None when the files are as none of them leaves them."""
    which = next((which for which, done in ready.done.items() if done == now), None)
    if which is None and _is_an_older_copy(ready, now, result):
        return _OLDER_COPY
    if which is None and now in ready.on_the_way and result.code:
        return ()
    return which


def _judge_lines(proof: Proof, result: Result, which: tuple[int, ...], when: str, *, is_mute: bool) -> None:
    """Judge a batch: each acknowledgement of its two lines is true, and exit 0 means that both are done."""
    proof.check(which == (0, 1) or result.code, f"{when}: lines {which} alone are there")
    # 2: its lines could not be read to their end, which is reported.
    is_cut = "nothing more can be read" in result.err
    proof.check(result.code in (0, 1, 4, 5) or (result.code == 2 and is_cut), f"{when}: exit {result.code}")
    saved = re.search(r"saved up to line (\d)", result.err)
    proof.check(not saved or int(saved[1]) - 1 in which, f"{when}: lines {which} are there")
    for number in (0, 1):
        answers = [line.split()[0] for line in result.out.splitlines() if line.split()[1:2] == [str(number + 1)]]
        fits = {"ok": number in which, "error": number not in which}
        proof.check(all(fits[answer] for answer in answers), f"{when}: lines {which} are there")
        proof.check(answers or result.code or is_mute, f"{when}: no answer to a line")


def _go_on(proof: Proof, sandbox: Sandbox, ready: Ready, now: FilesState, when: str) -> None:
    """The next change works, sweeps what was left, and doctor finds nothing; the copies are good."""
    if tables_of(_read(sandbox.store)) is None:
        if now != ready.new or ready.case.argv[0] == "restore":
            result = sandbox.judged(*ready.case.argv)
            proof.check(result.code == 0, f"{when}, then once more: {short(result)}")
        if not sandbox.store.exists():
            return
    if ready.case.argv[0] == "backup":
        sandbox.judged(*ready.case.argv)  # It sweeps what one of this name left that was killed.
    if ready.case.argv[0] == "redact" and now == ready.new:
        sandbox.judged(*ready.case.argv)  # Cut off amid the copies: said once more it reaches the others.
        kept = [str(path) for path in sandbox.folder.rglob("*.json") if b"secret" in path.read_bytes()]
        proof.check(not kept, f"{when}: the passage stands in {kept}")
    database = open_store(str(sandbox.store), who="next", lock_timeout=1)
    database.clock = MachineClock(TODAY)  # That of the program under test, whose events would be of the future.
    # What a backup could not remove only the next backup of that name sweeps.
    if [path for path in sandbox.leftovers() if ".backup-" not in path]:
        # That is what the program under test must sweep; else the next change takes less as a call.
        has_some = bool(database.snapshot().rows)
        sandbox.run(*(["note", "2", "after"] if has_some else ["config", "silent-after", "50", "--shared"]))
        left = [path for path in sandbox.leftovers() if ".backup-" not in path]
        proof.check(not left, f"{when}, left behind after the next change: {left}")
    if database.snapshot().rows:
        do(database, "note", 2, "after all that")
    else:
        do(database, "add_visit", "After all that", place="Lyon", start="2023-01-01")
    found = [finding.sentence for finding in examine(database)]
    proof.check(not found, f"{when}, says doctor after the next change: {found}")
    for copy in Copies(str(sandbox.folder), sandbox.store.name).all():
        proof.check(tables_of(_read(Path(copy.path))) is not None, f"{when}: a copy is damaged")
        proof.count("good copies")


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
