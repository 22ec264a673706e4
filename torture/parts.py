"""The parts of the torture, in the order in which they are run."""

import subprocess
from collections.abc import Callable, Iterator
from importlib import import_module

from torture.broken import BREAKAGES, Breakage
from torture.lab import Lab
from torture.proof import Proof

NAMES = ("kills", "faults", "power", "many", "model", "files", "sharing", "hostile", "terminal", "forgetting")


class Part:
    """One part: a module with `torture(lab)`, and `CAUGHT`, the breakages against which it must fail.

    `CAUGHT` holds names of `broken.BREAKAGES`, and breakages that only this part knows.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        module = import_module(f"torture.{name}")
        self.about = (module.__doc__ or "").strip().partition("\n")[0]
        self._torture: Callable[[Lab], Iterator[Proof]] = module.torture
        self.caught: dict[str, Breakage] = {
            each.name: each for each in (BREAKAGES[each] if isinstance(each, str) else each for each in module.CAUGHT)
        }

    def torture(self, lab: Lab) -> Iterator[Proof]:
        """Try the program: a proof for each goal, as each is finished; the last one tells what stopped the part."""
        try:
            yield from self._torture(lab)
        except (AssertionError, OSError, subprocess.SubprocessError) as error:
            stopped = Proof("", f"{self.name} stopped before its end")
            stopped.wrong.append(f"{type(error).__name__}: {error}")
            yield stopped


def all_parts() -> dict[str, Part]:
    """Name -> part."""
    return {name: Part(name) for name in NAMES}
