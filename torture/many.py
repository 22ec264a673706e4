"""Many at once: nothing is lost, every look is whole, and who waits is told for whom."""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof

CAUGHT = ()


def torture(lab: Lab) -> Iterator[Proof]:
    yield from ()
