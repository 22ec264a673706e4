"""In a user namespace, which anybody can make with any number in it, a name is taken only where it deceives nobody."""

import json
import os
from pathlib import Path

import pytest

from store import user_namespace
from store.open_folder import OpenFolder
from store.user_namespace import unverified_user
from tests.support.command_line import assert_refused, document, folder_for_all
from tests.support.run_command import Result, isolated
from tests.support.store_builders import make_store
from torture.injected.namespace import INSIDE, NO_NAMESPACE, enter_namespace
from torture.program import Program

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become two others")
WHOLE = "         0          0 4294967295\n"
ALONE = "0 1001 1\n"
PODMAN = "0 1001 1\n1 100000 65536\n"
UNMAPPED = 65534
_ACCOUNT = "setpriv --reuid={0} --regid={0} --groups=1"
_TWO = ((2, ()), (1, (enter_namespace,)))
"""The numbers of two accounts, and what runs before the program of each."""


def _signed(folder: Path) -> str:
    with OpenFolder.at(str(folder)) as opened:
        return unverified_user(opened, "c.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "srv"
    place.mkdir(mode=0o700)
    (place / "c.json").touch(0o600)
    return place


def _with_map(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    file = folder.parent / "uid_map"
    file.write_text(text)
    monkeypatch.setattr(user_namespace, "_MAP", str(file))


@pytest.mark.parametrize("folder_mode", [0o700, 0o2770])
def test_with_the_machines_own_numbers_a_name_is_taken(
    monkeypatch: pytest.MonkeyPatch, folder: Path, folder_mode: int
) -> None:
    _with_map(monkeypatch, folder, WHOLE)
    folder.chmod(folder_mode)
    assert _signed(folder) == ""


@pytest.mark.parametrize("mapping", [ALONE, PODMAN, ""])
def test_in_a_store_of_ones_own_a_name_is_taken_in_every_namespace(
    monkeypatch: pytest.MonkeyPatch, folder: Path, mapping: str
) -> None:
    _with_map(monkeypatch, folder, mapping)
    assert _signed(folder) == ""
    (folder / "c.json").unlink()
    assert _signed(folder) == ""


@as_root
@pytest.mark.parametrize(
    ("mapping", "owner", "signed"),
    [
        (PODMAN, 0, ""),
        (PODMAN, UNMAPPED, "uid 1001 (user namespace, unverified)"),
        (ALONE, 0, "uid 1001 (user namespace, unverified)"),
        ("1002 1001 1\n", 0, "uid 0 (user namespace, unverified)"),
        ("", 0, "uid 0 (user namespace, unverified)"),
    ],
)
def test_in_a_shared_store_all_have_to_be_inside_of_a_namespace_as_wide_as_a_machine(
    monkeypatch: pytest.MonkeyPatch, folder: Path, mapping: str, owner: int, signed: str
) -> None:
    _with_map(monkeypatch, folder, mapping)
    folder.chmod(0o2770)
    os.chown(folder, owner, -1)
    assert _signed(folder) == signed


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
