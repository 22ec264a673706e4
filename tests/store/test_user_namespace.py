"""In a user namespace, which anybody can make with any number in it, no name is taken."""

import json
import os
from pathlib import Path

import pytest

from store import user_namespace
from store.database import Database
from store.errors import NotAllowed
from store.user_namespace import unverified_user
from tests.support.check_answers_and_refusals import assert_refused, document
from tests.support.enter_user_namespace import INSIDE, NO_NAMESPACE, enter_namespace
from tests.support.fixed_day_and_user import StandingClock, isolated
from tests.support.folder_for_all_users import folder_for_all
from tests.support.program_with_injections import Program
from tests.support.run_command import Result
from tests.support.store_builders import do, make_store

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two others")
WHOLE = "         0          0 4294967295\n"
_ACCOUNT = "setpriv --reuid={0} --regid={0} --groups=1"
_TWO = ((2, ()), (1, (enter_namespace,)))
"""The numbers of two accounts, and what runs before the program of each."""


@pytest.mark.parametrize(
    ("mapping", "signed"),
    [
        (WHOLE, ""),
        ("1002 1001 1\n", "uid {} (user namespace, unverified)"),
        ("{0} 1001 1\n", "uid 1001 (user namespace, unverified)"),
        ("{0} {0} 1\n", "uid {0} (user namespace, unverified)"),
        ("{0} 1001 1\n100000 100000 65535\n", "uid 1001 (user namespace, unverified)"),
        ("0 0 4294967294\n", "uid {} (user namespace, unverified)"),
        ("", "uid {} (user namespace, unverified)"),
    ],
)
def test_a_name_is_taken_by_the_machines_own_numbers_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mapping: str, signed: str
) -> None:
    file = tmp_path / "uid_map"
    file.write_text(mapping.format(os.getuid()))
    monkeypatch.setattr(user_namespace, "_MAP", str(file))
    assert unverified_user() == signed.format(os.getuid())


def test_a_kernel_without_namespaces_has_the_machines_own_numbers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(user_namespace, "_MAP", str(tmp_path / "uid_map"))
    assert unverified_user() == ""
    monkeypatch.setattr(user_namespace, "_STATUS", str(tmp_path / "status"))
    assert unverified_user().endswith("(user namespace, unverified)")


@pytest.mark.parametrize(("mode", "is_undone"), [(0o600, True), (0o660, False)])
def test_in_a_store_of_ones_own_one_takes_back_what_one_signed_in_a_namespace(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int, *, is_undone: bool
) -> None:
    store = tmp_path / "c.json"
    make_store(str(store))
    file = tmp_path / "uid_map"
    file.write_text(f"{os.getuid()} 1001 1\n")
    monkeypatch.setattr(user_namespace, "_MAP", str(file))
    database = Database(str(store), StandingClock(), "asel", uid=os.getuid())
    do(database, "note", 2, "x")
    store.chmod(mode)
    if not is_undone:
        with pytest.raises(NotAllowed, match="no change of yours"):
            do(database, "undo", None)
        return
    do(database, "undo", None)
    with pytest.raises(NotAllowed, match="no change of yours"):
        do(database, "undo", None)


@as_root
@pytest.mark.parametrize("inside", [2, 0])
def test_nobody_signs_as_a_colleague_or_as_root_nor_takes_back_what_they_did(inside: int) -> None:
    hers, his = (Program().after(*more).under(*_ACCOUNT.format(uid).split()) for uid, more in _TWO)
    with folder_for_all() as place:
        folder = place / "srv"
        folder.mkdir()
        store = folder / "c.json"
        make_store(str(store))
        for path in (folder, *folder.rglob("*")):
            os.chown(path, 0, 1)
            path.chmod(0o2770 if path.is_dir() else 0o660)

        def run(program: Program, *argv: str) -> Result:
            env = isolated(str(place), FOLLOWUP_STORE=str(store), PYTHONDONTWRITEBYTECODE="1", **{INSIDE: str(inside)})
            return program.run(*argv, env=env, cwd=str(place))

        if run(hers, "--version").code or run(his, "--version").code == NO_NAMESPACE:
            pytest.skip("another account may not start the interpreter, or make no namespace")
        assert run(hers, "note", "2", "hers").code == 0
        assert_refused(run(his, "undo"), 1, "no change of yours")
        if inside == 0:  # Who is root there gives a file to its owner, who is not there.
            os.chown(store, 1, 1)
        assert run(his, "note", "2", "x").code == 0
        events = document(run(hers, "history", "--json"))
        assert events[-1]["who"] == "uid 1 (user namespace, unverified)"
        accounts = json.loads(store.read_bytes())["_meta"]["1"]["accounts"]["numbers"]
        assert list(accounts) == [events[-2]["who"]]
