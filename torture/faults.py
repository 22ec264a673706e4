"""Each call to the file system fails in turn, the disk is full, files may not grow: old or new, and the answer is true."""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof

CAUGHT = ()


def torture(lab: Lab) -> Iterator[Proof]:
    yield from ()
