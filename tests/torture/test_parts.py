"""Each part of the torture in its short form: the program holds, and a broken one is caught."""

from itertools import chain
from pathlib import Path

import pytest

from torture.broken import BREAKAGES
from torture.lab import Lab
from torture.parts import NAMES, all_parts
from torture.program import Program, broken_program

PARTS = all_parts()
CAUGHT = [(part.name, breakage) for part in PARTS.values() for breakage in part.caught]
TRIES = 6
"""Seeds with which a broken build is tried: what is a matter of luck has luck enough."""


@pytest.mark.parametrize("name", NAMES)
def test_it_holds(name: str) -> None:
    proofs = list(PARTS[name].torture(Lab(Program(), is_short=True, seed=7)))
    assert proofs
    wrong = [line for proof in proofs if proof.wrong for line in proof.lines()]
    assert not wrong, "\n".join(wrong)
    left_out = [f"{proof.about}: {proof.left_out}" for proof in proofs if proof.verdict == "left out"]
    if left_out:
        pytest.skip("the rest held; left out: " + "; ".join(left_out))


@pytest.mark.parametrize(("name", "breakage"), CAUGHT)
def test_it_fails_against_a_broken_build(name: str, breakage: str, tmp_path: Path) -> None:
    program = broken_program(PARTS[name].caught[breakage], tmp_path)
    with Lab(program, is_short=True, seed=7).place() as place:
        place.make()
        assert place.run("list", "--ids").code == 0, "a build that does not run proves nothing"
    proofs = chain.from_iterable(PARTS[name].torture(Lab(program, is_short=True, seed=seed)) for seed in range(TRIES))
    assert any(proof.wrong for proof in proofs), f"{breakage} was not noticed"


def test_every_broken_build_of_the_issue_is_caught_by_some_part() -> None:
    assert {breakage for _, breakage in CAUGHT} >= set(BREAKAGES)


def test_each_part_says_against_what_it_was_shown_to_fail() -> None:
    import importlib

    for part in PARTS.values():
        told = importlib.import_module(f"torture.{part.name}").__doc__ or ""
        assert "Shown to fail against" in told, part.name
        for breakage in part.caught:
            assert f"`{breakage}`" in told, (part.name, breakage)
