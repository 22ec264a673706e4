"""Each file call fails in turn, the disk is full, files may not grow: the store is old or new, the answer true."""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof

CAUGHT = ()


def torture(lab: Lab) -> Iterator[Proof]:
    yield from ()
