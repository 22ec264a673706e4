"""Three accounts on one server: who may, who may not, and what is planted for others."""

from collections.abc import Iterator

from torture.lab import Lab
from torture.proof import Proof

CAUGHT = ()


def torture(lab: Lab) -> Iterator[Proof]:
    yield from ()
