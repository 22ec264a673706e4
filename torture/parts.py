"""The parts of the torture, in the order in which they are run."""

from collections.abc import Callable, Iterator
from importlib import import_module

from torture.broken import BREAKAGES, Breakage
from torture.lab import Lab
from torture.proof import Proof

Harness = Callable[[Lab], Iterator[Proof]]
"""Tries the program and gives a proof for each goal, as each is finished."""

NAMES = ("kills", "faults", "power", "many", "model", "files", "sharing", "hostile", "terminal")


class Part:
    """One part: a module with `torture(lab)`, and `CAUGHT`, the breakages against which it must fail.

    `CAUGHT` holds names of `broken.BREAKAGES`, and breakages that only this part knows.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        module = import_module(f"torture.{name}")
        self.about = (module.__doc__ or "").strip().partition("\n")[0]
        self.torture: Harness = module.torture
        self.caught: dict[str, Breakage] = {
            each.name: each for each in (BREAKAGES[each] if isinstance(each, str) else each for each in module.CAUGHT)
        }


def all_parts() -> dict[str, Part]:
    """Name -> part."""
    return {name: Part(name) for name in NAMES}
