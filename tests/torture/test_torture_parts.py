"""Each part of the torture in its short form: the program holds, and a broken one is caught."""

from functools import cache
from importlib import import_module

import pytest

from tests.support.program_with_injections import Program
from torture.broken_builds import REGISTERED, BrokenBuild
from torture.parts import NAMES, Part, Prove, all_parts
from torture.testbed import Testbed

PARTS = all_parts()
FAILS_AGAINST = [
    pytest.param(part, prove, build, id=f"{part.name}-{prove.__name__.strip('_')}-{build.name}")
    for part in PARTS.values()
    for prove, build in part.fails_against
]
_TORTURE = pytest.mark.torture
TRIES = 6
"""Seeds with which a broken build is tried: what is a matter of luck has luck enough."""


@_TORTURE
@pytest.mark.parametrize("name", NAMES)
def test_it_holds(name: str) -> None:
    proofs = list(PARTS[name].torture(Testbed(Program(), is_short=True, seed=7)))
    assert proofs
    wrong = [line for proof in proofs if proof.verdict == "WRONG" for line in proof.lines()]
    assert not wrong, "\n".join(wrong)
    left_out = [f"{proof.about}: {proof.left_out}" for proof in proofs if proof.verdict == "left out"]
    if left_out:
        pytest.skip("the rest held; left out: " + "; ".join(left_out))


@_TORTURE
@pytest.mark.parametrize(("part", "prove", "build"), FAILS_AGAINST)
def test_it_fails_against_a_broken_build(part: Part, prove: Prove, build: BrokenBuild) -> None:
    program = Program().after(build)
    assert _runs(build), "a build that does not run proves nothing"
    for seed in range(TRIES):
        proofs = []
        for proof in part.proofs(prove, Testbed(program, is_short=True, seed=seed)):
            if proof.wrong:
                assert proof.goal, f"it did not come to a verdict: {proof.wrong[0]}"
                return
            proofs.append(proof)
        if all(proof.verdict == "left out" for proof in proofs):
            pytest.skip(f"left out: {proofs[0].left_out}")
    pytest.fail(f"{build.name} was not noticed")


@cache
def _runs(build: BrokenBuild) -> bool:
    """Whether a broken build still answers."""
    with Testbed(Program().after(build), is_short=True, seed=7).sandbox() as sandbox:
        sandbox.make()
        return sandbox.run("list", "--ids").code == 0


def test_every_broken_build_is_noticed_by_some_part() -> None:
    assert {build.name for part in PARTS.values() for _, build in part.fails_against} == set(REGISTERED)


def test_each_part_says_against_what_it_was_shown_to_fail() -> None:
    for part in PARTS.values():
        docstring = import_module(f"torture.{part.name}").__doc__ or ""
        assert "Shown to fail against" in docstring, part.name
        for _, build in part.fails_against:
            assert f"`{build.name}`" in docstring, (part.name, build.name)
