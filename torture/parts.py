"""The parts of the torture, in the order in which they run."""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from torture.broken_builds import BrokenBuild
from torture.proof import Proof
from torture.testbed import Testbed

NAMES = (
    "random_kills",
    "faults",
    "power",
    "many_writers",
    "concurrent_histories",
    "files",
    "sharing",
    "hostile",
    "misspelt_names_and_huge_numbers",
    "terminal",
    "redacted_passages",
    "audit_trail",
    "server",
)


Prove = Callable[[Testbed], Proof | Iterable[Proof]]


class Part:
    """A module with `torture(testbed)`, and `FAILS_AGAINST`: proof -> the broken builds that it must notice."""

    def __init__(self, name: str) -> None:
        self.name = name
        module = import_module(f"torture.{name}")
        self.about = (module.__doc__ or "").strip().partition("\n")[0]
        self._torture: Prove = module.torture
        self.fails_against: list[tuple[Prove, BrokenBuild]] = [
            (prove, build) for prove, builds in module.FAILS_AGAINST.items() for build in builds
        ]

    def torture(self, testbed: Testbed) -> Iterator[Proof]:
        """Try the program: a proof for each goal, as each is finished."""
        return self.proofs(self._torture, testbed)

    def proofs(self, prove: Prove, testbed: Testbed) -> Iterator[Proof]:
        """Those of the part or of one of `fails_against`, then one without a goal for the error that stopped it."""
        try:
            found = prove(testbed)
            yield from [found] if isinstance(found, Proof) else found
        except Exception as error:
            stopped = Proof("", f"{self.name} stopped before its end")
            stopped.check(False, f"{type(error).__name__}: {error}")
            yield stopped


def all_parts() -> dict[str, Part]:
    """Name -> part."""
    return {name: Part(name) for name in NAMES}
