"""`python -m torture`: what it says of itself, and of words that it does not know."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.support.program_with_injections import ROOT
from tests.support.run_command import PATIENCE
from torture.__main__ import main
from torture.broken_builds import REGISTERED
from torture.parts import NAMES
from torture.proof import Proof


def torture(*argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "torture", *argv], capture_output=True, text=True, cwd=ROOT, timeout=PATIENCE
    )


@pytest.mark.parametrize(
    ("argv", "fragment"),
    [
        (["kill"], "there is no part kill: it is one of random_kills"),
        (["--against", "nothing"], "there is no broken build nothing: it is one of"),
        (["--seed", "many"], "--seed"),
        (["--long"], "--long"),
    ],
)
def test_words_that_it_does_not_know_are_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], argv: list[str], fragment: str
) -> None:
    monkeypatch.setattr(sys, "argv", ["torture", *argv])
    with pytest.raises(SystemExit) as left:
        main()
    said = capsys.readouterr()
    assert (left.value.code, said.out) == (2, "")
    assert fragment in said.err


def test_help_names_every_part_and_every_broken_build() -> None:
    done = torture("--help")
    assert done.returncode == 0
    for name in (*NAMES, *REGISTERED):
        assert f"\n  {name} " in done.stdout


def test_a_proof_holds_only_when_something_was_tried() -> None:
    proof = Proof("R1", "kills")
    proof.count("kills", 0)
    assert (proof.has_held, proof.verdict) == (False, "WRONG")
    assert proof.lines()[1:] == ["     ! nothing was tried"]
    proof.leave_out("it needs root")
    assert (proof.has_held, proof.verdict) == (False, "left out")
    proof.count("kills", 2)
    assert (proof.has_held, proof.verdict, proof.figures) == (True, "ok", "2 kills")
    proof.check(False, "lost")
    assert (proof.has_held, proof.verdict) == (False, "WRONG")
    assert any("! lost" in line for line in proof.lines())


@pytest.mark.parametrize(
    ("what", "one"),
    [
        ("kills", "1 kill"),
        ("acknowledged changes", "1 acknowledged change"),
        ("histories", "1 history"),
        ("processes", "1 process"),
        ("mended", "1 mended"),
        ("bytes on the wire", "1 byte on the wire"),
    ],
)
def test_one_is_told_as_one(what: str, one: str) -> None:
    proof = Proof("R1", "kills")
    proof.count(what)
    assert proof.figures == one
